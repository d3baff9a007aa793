import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toCalendar, usualHours } from '../../../calendar/index.ts'
import { addMinutes, instantAt, minuteOf } from '../../../platform/day.ts'
import { bookableDays, refuseBooking, slotsOf } from './booking.ts'
import { readMachineCode, writeMachineCode } from './machine-code.ts'
import { closedAt, givesNumbers, receptionDayFrom } from './opening.ts'
import { average, callOrder, estimatedWait, isFor, median, runOf, ticketLabel, type Queued } from './queue.ts'
import { faultsOfRoom, usualRoom } from './room.ts'

const day = '2026-11-23'
const now = instantAt(day, 9 * 60)
const [desk] = usualRoom.desks
assert.ok(desk)
const ticket = (number: number, change: Partial<Queued> = {}): Queued => ({
  series: 'A',
  number,
  matter: 'ho-tich',
  priority: null,
  state: 'waiting',
  appointmentMinute: null,
  forDesk: null,
  takenAt: addMinutes(now, number - 60),
  ...change,
})
const labels = (tickets: readonly Queued[], run = 0) =>
  callOrder(tickets, { desk, settings: usualRoom, run, day, now }).map(ticketLabel)

test('who goes before others goes first, and after two of them one who waits like everybody', () => {
  const elderly = { priority: 'cao-tuoi' }
  const queue = [ticket(1), ticket(2), ticket(3, elderly), ticket(4, elderly), ticket(5, elderly)]
  assert.deepEqual(labels(queue), ['A003', 'A004', 'A001', 'A005', 'A002'])
  assert.deepEqual(labels(queue, 2), ['A001', 'A003', 'A004', 'A002', 'A005'])
})

test('an appointment goes first when its time has come, not before; who was sent on from another desk at once', () => {
  assert.deepEqual(labels([ticket(1), ticket(2, { appointmentMinute: 9 * 60 + 5 })]), ['A002', 'A001'])
  assert.deepEqual(labels([ticket(1), ticket(2, { appointmentMinute: 10 * 60 })]), ['A001', 'A002'])
  assert.deepEqual(labels([ticket(1, { priority: 'cao-tuoi' }), ticket(9, { matter: 'dat-dai', forDesk: 1 })]), [
    'A009',
    'A001',
  ])
  assert.equal(isFor(ticket(1, { forDesk: 2 }), desk), false)
  assert.deepEqual(labels([ticket(1, { matter: 'dat-dai' }), ticket(2, { state: 'called' })]), [])
})

test('property: everybody who waits for the desk is in its order once, and who waits alike keeps the order of arrival', () => {
  const any = fc.array(
    fc.record({
      priority: fc.constantFrom(null, 'cao-tuoi'),
      appointmentMinute: fc.constantFrom(null, 540, 660),
      matter: fc.constantFrom('ho-tich', 'dat-dai'),
      minute: fc.integer({ min: 0, max: 59 }),
    }),
  )
  fc.assert(
    fc.property(any, fc.integer({ min: 0, max: 5 }), (people, run) => {
      const queue = people.map(({ minute, ...change }, index) =>
        ticket(index + 1, { ...change, takenAt: addMinutes(now, minute - 60) }),
      )
      const order = callOrder(queue, { desk, settings: usualRoom, run, day, now })
      assert.deepEqual(
        order.map(ticketLabel).toSorted(),
        queue
          .filter((each) => isFor(each, desk))
          .map(ticketLabel)
          .toSorted(),
      )
      const isPlain = ({ priority, appointmentMinute }: Queued) => priority === null && appointmentMinute !== 540
      const plain = order.filter(isPlain)
      assert.ok(plain.every((each, index) => index === 0 || (plain[index - 1]?.takenAt ?? '') <= each.takenAt))
      // Nobody stands behind more than a run of those who go first.
      const second = order.findIndex(isPlain)
      if (second >= 0) assert.ok(second <= usualRoom.priorityRun)
    }),
  )
})

test('numbers of the waiting room', () => {
  assert.equal(
    runOf([
      { priority: 'a', appointmentMinute: null },
      { priority: null, appointmentMinute: 5 },
      { priority: null, appointmentMinute: null },
    ]),
    2,
  )
  assert.equal(median([]), null)
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 2, 3]), 2.5)
  assert.equal(average([1, 2]), 1.5)
  assert.equal(estimatedWait({ before: 0, desks: 1, recentMinutes: [], usualMinutes: 15 }), 0)
  assert.equal(estimatedWait({ before: 3, desks: 2, recentMinutes: [], usualMinutes: 15 }), 25)
  assert.equal(estimatedWait({ before: 3, desks: 1, recentMinutes: [5, 5, 5, 5, 60], usualMinutes: 15 }), 15)
})

test('a room whose tickets some desk calls', () => {
  assert.deepEqual(faultsOfRoom(usualRoom), [])
  const [first] = usualRoom.matters
  assert.ok(first)
  const codes = (change: Partial<typeof usualRoom>) => faultsOfRoom({ ...usualRoom, ...change }).map(({ code }) => code)
  assert.deepEqual(codes({ matters: [...usualRoom.matters, first] }), ['matter-twice', 'series-twice'])
  assert.deepEqual(codes({ desks: [desk] }), ['matter-without-desk'])
  assert.deepEqual(codes({ desks: [...usualRoom.desks, { ...desk, matters: ['x'] }] }), [
    'desk-twice',
    'unknown-matter',
  ])
})

const isOpen = (moment: string) => {
  const minute = minuteOf(moment)
  return (minute >= 450 && minute < 690) || (minute >= 810 && minute < 1020)
}
const [matter] = usualRoom.matters
const facts = { settings: usualRoom, matter, now, isOpen }

test('times lie inside opening hours; booking is refused in the past, too soon, too far, when full, too often', () => {
  assert.equal(slotsOf(day, facts).length, 15)
  assert.equal(slotsOf(day, facts)[0], 450)
  assert.ok(!slotsOf(day, facts).includes(690))
  const code = (change: Partial<Parameters<typeof refuseBooking>[0]>, more = {}) =>
    refuseBooking({ day, minute: 14 * 60, taken: 0, own: 0, ...change }, { ...facts, ...more })?.code
  assert.equal(code({}), undefined)
  assert.equal(code({ minute: 8 * 60 }), 'in-the-past')
  assert.equal(code({ minute: 9 * 60 + 30 }), 'too-soon')
  assert.equal(code({ day: '2027-01-10' }), 'too-far')
  assert.equal(code({ minute: 12 * 60 }), 'not-open')
  assert.equal(code({ minute: 14 * 60 + 1 }), 'not-open')
  assert.equal(code({ taken: 2 }), 'full')
  assert.equal(code({ own: 2 }), 'too-many')
  assert.equal(code({}, { matter: undefined }), 'not-bookable')
  assert.equal(
    code({}, { settings: { ...usualRoom, booking: { ...usualRoom.booking, open: false } } }),
    'booking-closed',
  )
  assert.equal(bookableDays(usualRoom, now).length, 15)
})

test('closed: outside of the hours, on a weekend, on a holiday with its name, and when the doors open again', () => {
  const holiday = { day: '2026-11-24', kind: 'holiday', name: 'Ngày hội', notice: '', status: 'official' } as const
  const calendar = toCalendar([usualHours], [holiday])
  const closed = (day: string, minute: number) => closedAt(calendar, instantAt(day, minute))
  const monday = instantAt('2026-11-23', 7 * 60)
  assert.equal(closed('2026-11-23', 9 * 60), null)
  assert.deepEqual(closed('2026-11-22', 9 * 60), { dayOff: { name: '' }, opensAt: monday })
  assert.deepEqual(closed('2026-11-23', 3 * 60), { dayOff: null, opensAt: monday })
  assert.deepEqual(closed('2026-11-23', 12 * 60), { dayOff: null, opensAt: instantAt('2026-11-23', 13 * 60 + 30) })
  const afterHoliday = instantAt('2026-11-25', 7 * 60)
  assert.deepEqual(closed('2026-11-23', 18 * 60), { dayOff: null, opensAt: afterHoliday })
  assert.deepEqual(closed('2026-11-24', 9 * 60), { dayOff: { name: 'Ngày hội' }, opensAt: afterHoliday })
  assert.equal(receptionDayFrom(calendar, '2026-11-21'), '2026-11-23')
  assert.equal(receptionDayFrom(calendar, '2026-11-23'), '2026-11-23')
  // Numbers: from half an hour before the doors open, through the midday break, until the end.
  const gives = (day: string, minute: number) => givesNumbers(calendar, instantAt(day, minute))
  assert.deepEqual(
    [5 * 60, 6 * 60 + 29, 6 * 60 + 30, 12 * 60, 16 * 60 + 59, 17 * 60].map((minute) => gives('2026-11-23', minute)),
    [false, false, true, true, true, false],
  )
  assert.equal(gives('2026-11-22', 9 * 60), false)
})

test('the code of a machine is read as people type it, and nothing else is one', () => {
  assert.equal(writeMachineCode('01234567'), '0123 4567')
  for (const typed of ['01234567', '0123 4567', ' 0123-4567 ', '0123.4567'])
    assert.equal(readMachineCode(typed), '01234567')
  for (const typed of ['', '0123', '012345678', '0123456a', '٠١٢٣٤٥٦٧']) assert.equal(readMachineCode(typed), undefined)
})
