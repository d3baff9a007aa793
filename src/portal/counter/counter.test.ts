import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as later } from 'node:timers/promises'
import { seedCalendar, type CalendarTables } from '../../calendar/index.ts'
import type { IdentityTables } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, anOfficer, testHttp } from '../../identity/testing.ts'
import { instantAt } from '../../platform/day.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { createReceivingPoint, setAgencyCode } from '../../staff/index.ts'
import type { Citizen } from '../accounts/index.ts'
import { solveProof } from '../accounts/testing.ts'
import type { FrameTables } from '../page-frame.ts'
import type { NoticeTables } from '../notices/index.ts'
import { book, cancelAppointment, checkIn, moveAppointment, tidyCounter, type Wish } from './appointments.ts'
import { actAtDesk, placeOf, takeTicket, viewBoard, viewDesk } from './queue.ts'
import { findRoom, type CounterContext, type Room } from './rooms.ts'
import { counterRoutes } from './routes.ts'
import { usualRoom } from './rules/room.ts'
import type { CounterTables } from './store.ts'
import { refusalText } from './text.vi.ts'

type Tables = CounterTables & NoticeTables & FrameTables & CalendarTables & IdentityTables
type Officer = Awaited<ReturnType<typeof anOfficer>>
let database: TestDatabase<Tables>
let context: CounterContext & TestDatabase<Tables>['context']
let http: Http
let room: Room
let desk: Officer
let clerk: Officer
let leader: Officer
let stranger: Officer
const DAY = '2026-11-23' // a Monday
const at = (minute: number, day = DAY) => database.setClock(instantAt(day, minute))

before(async () => {
  database = await testDatabase<Tables>()
  context = database.context
  await seedCalendar(database.db)
  at(9 * 60)
  desk = await anOfficer(context, { role: 'receiving-officer', unitKind: 'one-stop' })
  clerk = await anOfficer(context, { role: 'clerk', agencyId: desk.agencyId, unitId: desk.unitId })
  leader = await anOfficer(context, { role: 'leader', agencyId: desk.agencyId, unitId: desk.unitId })
  stranger = await anOfficer(context, { role: 'receiving-officer', unitKind: 'one-stop' })
  await setAgencyCode(database.db, desk.agencyId, { scheme: 'dossier', code: 'H61.1', from: '2025-07-01' })
  room = await aRoom('Điểm tiếp nhận số 1')
  http = await testHttp(context, (server) => {
    identityRoutes(server, context)
    counterRoutes(server, context)
  })
})
after(async () => {
  await http.close()
  await database.close()
})

async function aRoom(name: string): Promise<Room> {
  const receivingPointId = await createReceivingPoint(database.db, {
    agencyId: desk.agencyId,
    unitId: desk.unitId,
    name,
    address: 'Xóm 5',
    validFrom: '2025-07-01',
  })
  const found = await findRoom(context, `${desk.agencyId}-${receivingPointId}`)
  assert.ok(found)
  return found
}
const take = async (where: Room, matter = 'ho-tich', priority: string | null = null) => {
  const taken = await takeTicket(context, where, { matter, priority })
  assert.ok(taken.ok)
  return taken.value
}
const act = (where: Room, number: number, type: 'next' | 'recall' | 'skip' | 'finish') =>
  actAtDesk(context, { room: where, desk: number, officerId: desk.officerId, act: { type } })

test('numbers taken at once by many leave no gap and come once', async () => {
  const own = await aRoom('Điểm đông người')
  const numbers = (await Promise.all(Array.from({ length: 30 }, () => take(own)))).map(({ number }) => number)
  assert.deepEqual(
    numbers.toSorted((one, other) => one - other),
    Array.from({ length: 30 }, (_, index) => index + 1),
  )
  assert.equal((await take(own, 'dat-dai')).number, 1)
  at(9 * 60, '2026-11-25')
  assert.equal((await take(own)).number, 1) // each day begins anew
  at(9 * 60)
})

test('two officers who call at the same moment never call the same number', async () => {
  const own = await aRoom('Điểm hai quầy')
  const both = {
    ...own,
    settings: { ...own.settings, desks: usualRoom.desks.map((each) => ({ ...each, matters: ['ho-tich'] })) },
  }
  for (let count = 0; count < 20; count++) await take(both)
  const called: string[] = []
  for (let round = 0; round < 10; round++)
    for (const outcome of await Promise.all([act(both, 1, 'next'), act(both, 2, 'next')])) {
      assert.ok(outcome.ok && outcome.value)
      called.push(`${outcome.value.series}${outcome.value.number}`)
    }
  assert.equal(new Set(called).size, 20)
  const [first, second] = await Promise.all([act(both, 1, 'next'), act(both, 2, 'next')])
  assert.ok(first.ok && second.ok) // both finish whom they had
  const end = await act(both, 1, 'next')
  assert.ok(!end.ok && end.refusal.code === 'nobody-waits')
})

test('called, called again, skipped and called back, sent on to another desk', async () => {
  const own = await aRoom('Điểm một')
  const [first, second] = [await take(own), await take(own)]
  assert.ok(first && second)
  const refused = await act(own, 1, 'recall')
  assert.ok(!refused.ok && refused.refusal.code === 'nobody-called')
  await act(own, 1, 'next')
  at(9 * 60 + 1)
  const again = await act(own, 1, 'recall')
  assert.ok(again.ok && again.value?.calls === 2)
  assert.deepEqual(
    (await viewBoard(context, own)).calls.map(({ label, desk: number, calls }) => [label, number, calls]),
    [['A001', 1, 2]],
  )
  await act(own, 1, 'skip')
  const back = await actAtDesk(context, {
    room: own,
    desk: 1,
    officerId: 1,
    act: { type: 'back', ticketId: first.ticket_id },
  })
  assert.ok(back.ok && back.value?.number === 1)
  const sent = await actAtDesk(context, { room: own, desk: 1, officerId: 1, act: { type: 'transfer', desk: 2 } })
  assert.ok(sent.ok)
  const there = await act(own, 2, 'next') // the second desk does not take the matter, but this person was sent on
  assert.ok(there.ok && there.value?.number === 1)
  assert.equal((await placeOf(context, own, second.ticket_id))?.before, 0)
  const unknown = await actAtDesk(context, { room: own, desk: 9, officerId: 1, act: { type: 'next' } })
  assert.ok(!unknown.ok && unknown.refusal.code === 'unknown-desk')
  at(9 * 60)
})

const wish = (change: Partial<Wish> = {}): Wish => ({
  matter: 'ho-tich',
  day: DAY,
  minute: 14 * 60,
  name: 'Nguyễn Văn An',
  phone: '0912 345 678',
  email: 'an@thu.example',
  language: 'vi',
  ...change,
})
const phone = (index: number) => `09123456${String(index).padStart(2, '0')}`

test('many who want the same time at once: as many as there are places, and no telephone more than it may', async () => {
  const own = await aRoom('Điểm hẹn đông')
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, index) => book(context, own, wish({ phone: phone(index) }))),
  )
  assert.equal(outcomes.filter(({ ok }) => ok).length, 2)
  assert.ok(outcomes.every((outcome) => outcome.ok || outcome.refusal.code === 'full'))
  const mine = await Promise.all(
    [15, 15.5, 16].map((hour) => book(context, own, wish({ phone: phone(77), minute: hour * 60 }))),
  )
  assert.deepEqual(
    mine.filter(({ ok }) => !ok).map((outcome) => !outcome.ok && outcome.refusal.code),
    ['too-many'],
  )
})

test('the reminder goes the working day before; who books later than that is not reminded', async () => {
  const own = await aRoom('Điểm hẹn nhắc')
  const reminderOf = async (day: string, telephone: string) => {
    const booked = await book(context, own, wish({ day, phone: telephone }))
    assert.ok(booked.ok)
    const { rows } = await database.ownerPool.query<{ not_before: Date | string }>(
      `select not_before from portal.message where dedupe_key = $1`,
      [`appointment/${booked.value.appointment_id}/0/reminder`],
    )
    return rows.map(({ not_before: from }) => new Date(from).toISOString())
  }
  assert.deepEqual(await reminderOf('2026-11-30', '0987654301'), [instantAt('2026-11-27', 14 * 60)]) // Monday, Friday
  assert.deepEqual(await reminderOf('2026-11-27', '0987654302'), [instantAt('2026-11-26', 14 * 60)])
  at(15 * 60, '2026-11-28') // a Saturday
  assert.deepEqual(await reminderOf('2026-11-30', '0987654303'), [])
  at(9 * 60)
})

test('an appointment: told, reminded, moved with its reminder, cancelled; name and telephone lie encrypted and go', async () => {
  const own = await aRoom('Điểm hẹn')
  const booked = await book(context, own, wish({ day: '2026-11-26', phone: '0987654321' }))
  assert.ok(booked.ok)
  const messages = async () =>
    (
      await database.ownerPool.query<{ template: string; state: string }>(
        `select template, state from portal.message where dedupe_key like $1 order by position`,
        [`appointment/${booked.value.appointment_id}/%`],
      )
    ).rows.map(({ template, state }) => `${template} ${state}`)
  assert.deepEqual(await messages(), ['appointment-booked queued', 'appointment-reminder queued'])
  const moved = await moveAppointment(context, own, { code: booked.value.code, day: '2026-11-27', minute: 8 * 60 })
  assert.ok(moved.ok && moved.value.sequence === 1)
  // The same time again is no move, and nobody is told of one.
  const same = await moveAppointment(context, own, { code: booked.value.code, day: '2026-11-27', minute: 8 * 60 })
  assert.ok(same.ok && same.value.sequence === 1)
  const holiday = await moveAppointment(context, own, { code: booked.value.code, day: '2026-11-24', minute: 8 * 60 })
  assert.ok(!holiday.ok && holiday.refusal.code === 'not-open')
  assert.ok((await cancelAppointment(context, own, booked.value.code)).ok)
  assert.deepEqual(await messages(), [
    'appointment-booked queued',
    'appointment-reminder given-up',
    'appointment-moved queued',
    'appointment-reminder given-up',
    'appointment-cancelled queued',
  ])
  const { rows } = await database.ownerPool.query('select * from portal.appointment where appointment_id = $1', [
    booked.value.appointment_id,
  ])
  assert.doesNotMatch(JSON.stringify(rows), /Nguyễn Văn An|0987654321/)
  at(9 * 60, '2027-01-15')
  await tidyCounter(context)
  const { rows: later } = await database.ownerPool.query(
    'select secret, phone_index from portal.appointment where appointment_id = $1',
    [booked.value.appointment_id],
  )
  assert.deepEqual(later, [{ secret: null, phone_index: null }])
  at(9 * 60)
})

test('who has an appointment gets a number for it once, on its day', async () => {
  const own = await aRoom('Điểm có hẹn')
  const booked = await book(context, own, wish({ phone: '0977777777' }))
  const other = await book(context, own, wish({ phone: '0977777778', day: '2026-11-26' }))
  assert.ok(booked.ok && other.ok)
  const early = await checkIn(context, own, { code: other.value.code, priority: null })
  assert.ok(!early.ok && early.refusal.code === 'not-today')
  const arrived = await checkIn(context, own, { code: booked.value.code, priority: null })
  assert.ok(arrived.ok && arrived.value.appointment_minute === 14 * 60)
  const twice = await checkIn(context, own, { code: booked.value.code, priority: null })
  assert.ok(!twice.ok)
})

const form = (url: string, payload: Record<string, string>) =>
  http.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(payload).toString(),
  })

/** What the page asks of a browser, solved. */
const solved = async (page: string): Promise<string> => {
  const [, challenge = ''] = /data-challenge="([^"]+)"/.exec((await http.inject({ url: page })).body) ?? []
  return solveProof(challenge)
}

test('a citizen books without a script: matter, day, time, name; then moves and cancels by the link', async () => {
  const base = `/dat-lich/${room.key}`
  assert.match((await http.inject({ url: base })).body, /Bạn cần làm việc gì\?/)
  assert.match((await http.inject({ url: `${base}?viec=ho-tich` })).body, /ngay=2026-11-23/)
  assert.doesNotMatch((await http.inject({ url: `${base}?viec=ho-tich` })).body, /ngay=2026-11-24/) // a holiday
  assert.match((await http.inject({ url: `${base}?viec=ho-tich&ngay=${DAY}` })).body, /gio=840/)
  const given = { viec: 'ho-tich', ngay: DAY, gio: '840', ten: 'Lê Thị Bình', 'dien-thoai': '0966666666', thu: '' }
  const last = `${base}?viec=ho-tich&ngay=${DAY}&gio=840`
  const wrong = await form(base, { ...given, 'dien-thoai': '12', proof: await solved(last) })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /Số điện thoại di động chưa đúng/)
  assert.match(wrong.body, /value="Lê Thị Bình"/)
  // Without a script one waits instead; what was typed is kept.
  const waits = await form(base, given)
  assert.equal(waits.statusCode, 422)
  assert.match(waits.body, /chờ 20 giây/)
  assert.match(waits.body, /value="Lê Thị Bình"/)
  const [, ticket = ''] = /name="proof" value="([^"]+)"/.exec(waits.body) ?? []
  assert.match((await form(base, { ...given, proof: ticket })).body, /Còn 20 giây nữa/)
  database.setClock('2026-11-23T02:00:21.000Z')
  const done = await form(base, { ...given, proof: ticket })
  assert.equal(done.statusCode, 303)
  const path = String(done.headers.location).replace('?moi=1', '')
  const page = await http.inject({ url: path })
  assert.match(page.body, /14:00/)
  assert.doesNotMatch(page.body, /Lê Thị Bình|0966666666/)
  const [, file = ''] = /href="(\/lich\/[^"]+\.ics)"/.exec(page.body) ?? []
  assert.notEqual(file, '')
  assert.equal((await form(`${path}/doi`, { ngay: DAY, gio: '900' })).statusCode, 303)
  const moved = (await http.inject({ url: path })).body
  assert.match(moved, /15:00/)
  // The time that one has is no choice.
  assert.doesNotMatch((await http.inject({ url: `${path}/doi?ngay=${DAY}` })).body, /value="900"/)
  assert.equal((await form(`${path}/huy`, {})).statusCode, 303)
  assert.match((await http.inject({ url: path })).body, /Lịch hẹn đã hủy/)
  assert.equal((await http.inject({ url: `/dat-lich/hen/${desk.agencyId}/HAAAAAAAA` })).statusCode, 404)
})

test('who is signed in finds name and telephone filled in, and keeps them for others', async () => {
  const last = `/dat-lich/${room.key}?viec=ho-tich&ngay=${DAY}&gio=840`
  const own = await testHttp(context, (server) => {
    server.decorateRequest('citizen', null)
    server.addHook('onRequest', (request, _reply, done) => {
      request.citizen = { name: 'Lê Thị Bình', phone: '+84966666666', email: 'binh@thu.example' } as Citizen
      done()
    })
    counterRoutes(server, context)
  })
  const page = (await own.inject({ url: last })).body
  await own.close()
  for (const value of ['Lê Thị Bình', '0966666666', 'binh@thu.example']) assert.ok(page.includes(`value="${value}"`))
  assert.doesNotMatch((await http.inject({ url: last })).body, /Lê Thị Bình/)
})

test('robots book nothing and take no number: work that is missing, forged, of another page, or used', async () => {
  const own = await aRoom('Điểm chống máy tự động')
  const base = `/dat-lich/${own.key}`
  const given = { viec: 'ho-tich', ngay: DAY, gio: '870', ten: 'Lê Văn Tám', 'dien-thoai': '0955555555', thu: '' }
  const last = `${base}?viec=ho-tich&ngay=${DAY}&gio=870`
  const machine = `/lay-so/${own.key}`
  const ofTicket = await solved(machine)
  const proof = await solved(last)
  const [task = '', number = ''] = proof.split('~')
  for (const bad of ['', 'w.appointment.1.1.x.y~1', `${task}~${Number(number) + 1}`, `${task}x~${number}`, ofTicket])
    assert.equal((await form(base, { ...given, proof: bad })).statusCode, 422, bad)
  assert.equal((await form(base, { ...given, proof })).statusCode, 303)
  const again = await form(base, { ...given, gio: '900', proof })
  assert.equal(again.statusCode, 422)
  assert.match(again.body, /bấm lại một lần nữa/)
  for (const bad of ['', 'w.ticket.1.1.x.y~1', proof])
    assert.equal((await form(machine, { viec: 'khac', proof: bad })).statusCode, 422, bad)
  assert.equal((await form(machine, { viec: 'khac', proof: ofTicket })).statusCode, 303)
  assert.equal((await form(machine, { viec: 'khac', proof: ofTicket })).statusCode, 422)
})

const as = async (officer: Officer, address: string) => {
  const browser = aBrowser(http, { address })
  assert.equal((await browser.signIn(officer.userName)).status, 200)
  return browser
}
type Browser = Awaited<ReturnType<typeof as>>
const machinesOf = (where: Room) => `/api/counter/points/${where.key}/machines`

async function askCode(
  browser: Browser,
  where: Room,
  name = 'Máy ở cửa',
): Promise<{ machineId: string; code: string }> {
  const asked = await browser.post(machinesOf(where), { name })
  assert.equal(asked.status, 200)
  return { machineId: String(asked.body['machineId']), code: String(asked.body['code']) }
}

/** What happens when a code is entered on a device; the mark is what the device keeps from then on. */
async function enter(where: Room, code: string, { address = '10.3.0.1', mark = '' } = {}) {
  const reply = await http.inject({
    method: 'POST',
    url: `/lay-so/${where.key}/may`,
    remoteAddress: address,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    cookies: mark ? { motcua_may: mark } : {},
    payload: new URLSearchParams({ ma: code }).toString(),
  })
  return {
    status: reply.statusCode,
    body: reply.body,
    mark: reply.cookies.find(({ name }) => name === 'motcua_may')?.value ?? '',
  }
}

/** Takes a number as the machine does: without work. */
const takeAt = async (where: Room, mark: string): Promise<number> => {
  const reply = await http.inject({
    method: 'POST',
    url: `/lay-so/${where.key}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    cookies: { motcua_may: mark },
    payload: 'viec=khac',
  })
  return reply.statusCode
}

test('a device becomes the machine by the code of an officer, gives numbers without work, and is a visitor again at once', async () => {
  const own = await aRoom('Điểm có máy')
  const officer = await as(desk, '10.2.1.3')
  const sheet = await http.inject({ url: `/lay-so/${own.key}/may` })
  assert.match(sheet.body, /inputmode="numeric"/)
  assert.match((await http.inject({ url: `/lay-so/${own.key}` })).body, new RegExp(`href="/lay-so/${own.key}/may"`))
  const { machineId, code } = await askCode(officer, own)
  assert.match(code, /^\d{4} \d{4}$/)
  const listed = async () => (await officer.get(machinesOf(own))).body['items'] as { name: string; machineId: string }[]
  assert.deepEqual(await listed(), [])
  const paired = await enter(own, code)
  assert.equal(paired.status, 303)
  assert.deepEqual(
    (await listed()).map(({ name, machineId: id }) => [name, id]),
    [['Máy ở cửa', machineId]],
  )
  // The frame of the machine is without links by its mark; only the language is changed on it, and it stays paired.
  const atMachine = await http.inject({ url: `/lay-so/${own.key}`, cookies: { motcua_may: paired.mark } })
  assert.match(atMachine.body, /class="kiosk"[^>]*data-machine="1"/)
  // The next person begins in Vietnamese, whatever the last one chose.
  assert.match(atMachine.body, /data-home="[^"]*\?lang=vi"/)
  assert.match(atMachine.body, /href="[^"]*\?lang=en"[^>]*>English/)
  assert.doesNotMatch(atMachine.body, /\/may"/)
  assert.equal(atMachine.headers['cache-control'], 'no-store')
  assert.equal(atMachine.cookies.find(({ name }) => name === 'motcua_may')?.value, paired.mark)
  assert.doesNotMatch((await http.inject({ url: `/lay-so/${own.key}` })).body, /data-machine/)
  for (let count = 0; count < 10; count += 1) assert.equal(await takeAt(own, paired.mark), 303)
  assert.equal(await takeAt(room, paired.mark), 422)
  assert.equal(await takeAt(own, `${own.key}.AAAAAAAAAAAAAAAAAAAAAA`), 422)

  assert.equal((await officer.send('DELETE', `${machinesOf(own)}/${machineId}`, {})).status, 204)
  assert.equal((await officer.send('DELETE', `${machinesOf(own)}/${machineId}`, {})).status, 404)
  assert.deepEqual(await listed(), [])
  assert.equal(await takeAt(own, paired.mark), 422)
  const after = await http.inject({ url: `/lay-so/${own.key}`, cookies: { motcua_may: paired.mark } })
  assert.doesNotMatch(after.body, /data-machine/)
})

test('a code pairs one device, once, within ten minutes, at its own point; the database tells no code and no key', async () => {
  at(9 * 60)
  const [own, other] = [await aRoom('Điểm ghép máy'), await aRoom('Điểm ghép máy khác')]
  const officer = await as(desk, '10.2.2.1')
  const { code } = await askCode(officer, own)
  assert.equal((await enter(other, code, { address: '10.3.1.1' })).status, 422)
  const both = await Promise.all(['10.3.1.2', '10.3.1.3'].map((address) => enter(own, code, { address })))
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [303, 422])
  const used = await enter(own, code, { address: '10.3.1.4' })
  assert.equal(used.status, 422)
  assert.match(used.body, /Mã không đúng, đã dùng hoặc đã quá 10 phút/)
  assert.equal(used.mark, '')

  // Two devices of a room, each by its own code; a device that is paired elsewhere leaves the first room.
  const { mark: first } = both.find(({ status }) => status === 303) ?? { mark: '' }
  const second = await enter(own, (await askCode(officer, own, 'Máy thứ hai')).code.replace(' ', ''))
  assert.deepEqual([await takeAt(own, first), await takeAt(own, second.mark)], [303, 303])
  const moved = await enter(other, (await askCode(officer, other)).code, { mark: second.mark })
  assert.deepEqual([await takeAt(own, second.mark), await takeAt(other, moved.mark)], [422, 303])

  const late = await askCode(officer, own)
  at(9 * 60 + 10)
  assert.equal((await enter(own, late.code, { address: '10.3.1.5' })).status, 422)
  at(9 * 60)
  // Asked for and then withdrawn.
  const withdrawn = await askCode(officer, own)
  assert.equal((await officer.send('DELETE', `${machinesOf(own)}/${withdrawn.machineId}`, {})).status, 204)
  assert.equal((await enter(own, withdrawn.code, { address: '10.3.1.5' })).status, 422)

  const { rows } = await database.ownerPool.query<{ code_mark: Buffer | null; key_hash: Buffer | null }>(
    'select code_mark, key_hash from portal.number_machine',
  )
  assert.ok(rows.length >= 3)
  const stored = rows.map(({ code_mark: mark, key_hash: hash }) => `${mark?.toString()}${hash?.toString('base64url')}`)
  for (const secret of [late.code.replace(' ', ''), first.split('.')[1] ?? ''])
    assert.ok(secret && stored.every((each) => !each.includes(secret)))
})

test('who guesses codes is stopped, alone and from many places, and then the right code does not help either', async () => {
  at(9 * 60)
  const [own, other] = [await aRoom('Điểm bị dò mã'), await aRoom('Điểm không bị dò')]
  const officer = await as(desk, '10.2.3.1')
  const { code } = await askCode(officer, own)
  const wrong = code.startsWith('0') ? '1111 1111' : '0000 0000'
  for (let count = 0; count < 10; count += 1)
    assert.equal((await enter(own, count % 2 === 0 ? wrong : 'abc', { address: '10.4.0.1' })).status, 422)
  assert.equal((await enter(own, code, { address: '10.4.0.1' })).status, 429)
  // From many places: sixty for the room, ten of them are spent.
  for (let count = 0; count < 50; count += 1)
    assert.equal((await enter(own, wrong, { address: `10.5.0.${count}` })).status, 422)
  assert.equal((await enter(own, code, { address: '10.6.0.1' })).status, 429)
  assert.equal((await enter(other, (await askCode(officer, other)).code, { address: '10.6.0.2' })).status, 303)
  at(9 * 60 + 11)
  assert.equal((await enter(own, (await askCode(officer, own)).code, { address: '10.4.0.1' })).status, 303)
  at(9 * 60)
})

test('only officers who call or arrange the room, in their own authority, see, pair and end its machines', async () => {
  const own = await aRoom('Điểm có quyền ghép')
  const { machineId } = await askCode(await as(desk, '10.2.4.1'), own)
  const one = `${machinesOf(own)}/${machineId}`
  const nobody = aBrowser(http)
  assert.equal((await nobody.get(machinesOf(own))).status, 401)
  assert.equal((await nobody.post(machinesOf(own), { name: 'x' })).status, 401)
  assert.equal((await nobody.send('DELETE', one, {})).status, 401)
  for (const [officer, address] of [
    [clerk, '10.2.4.2'],
    [stranger, '10.2.4.3'],
  ] as const) {
    const browser = await as(officer, address)
    assert.equal((await browser.get(machinesOf(own))).status, 404)
    assert.equal((await browser.post(machinesOf(own), { name: 'x' })).status, 404)
    assert.equal((await browser.send('DELETE', one, {})).status, 404)
  }
  const chief = await as(leader, '10.2.4.4')
  assert.equal((await chief.get(machinesOf(own))).status, 200)
  assert.equal((await chief.post(machinesOf(own), { name: ' ' })).status, 400)
  assert.equal((await chief.send('DELETE', one, {})).status, 204)
  // What changes something is no mere address any more.
  assert.equal((await chief.get(`/api/counter/points/${own.key}/machine`)).status, 404)
  assert.equal((await enter(own, '')).status, 422)
  assert.equal((await http.inject({ url: '/lay-so/1-999999/may' })).statusCode, 404)
})

test('on English pages of the room the names of the authority say that they are Vietnamese', async () => {
  const english = async (path: string) => (await http.inject({ url: path, cookies: { motcua_lang: 'en' } })).body
  assert.match(await english(`/lay-so/${room.key}`), /<p class="lead" lang="vi">\s*Điểm tiếp nhận số 1/)
  assert.match(await english(`/lay-so/${room.key}/may`), /<p class="lead" lang="vi">\s*Điểm tiếp nhận số 1/)
  assert.match(await english(`/dat-lich/${room.key}`), /<p class="lead" lang="vi">\s*Điểm tiếp nhận số 1/)
  assert.match(await english(`/lay-so/${room.key}?uu-tien=chon`), /<small lang="vi">\s*Luật Người cao tuổi/)
  assert.match(await english('/lay-so'), /<li lang="vi">\s*<a href="\/lay-so\//)
})

test('the machine gives a number with its place, the ticket follows the queue, the screen shows the call', async () => {
  const base = `/lay-so/${room.key}`
  assert.match((await http.inject({ url: base })).body, /Hộ tịch/)
  const taken = await form(base, { viec: 'chung-thuc', 'uu-tien': 'cao-tuoi', proof: await solved(base) })
  assert.equal(taken.statusCode, 303)
  const ticket = String(taken.headers.location).replace('?moi=1', '')
  const page = await http.inject({ url: ticket })
  assert.match(page.body, /B001/)
  assert.match(page.body, /Bạn là người tiếp theo/)
  assert.match(page.body, /<svg/)
  const nothing = await form(base, { viec: 'nothing', proof: await solved(base) })
  assert.equal(nothing.statusCode, 422)
  assert.match(nothing.body, /Hãy chọn việc/)
  await act(room, 1, 'next')
  assert.deepEqual((await http.inject({ url: `${ticket}/hien-tai` })).json(), {
    words: ['Mời đến quầy 1'],
    called: true,
  })
  const screen = await http.inject({ url: `/man-hinh/${room.key}` })
  assert.match(screen.body, /tv-number">\s*B001/)
  assert.equal((await http.inject({ url: '/man-hinh/1-999999' })).statusCode, 404)
  const proof = await solved(base)
  at(20 * 60)
  const closed = await form(base, { viec: 'ho-tich', proof })
  assert.equal(closed.statusCode, 422)
  // A holiday follows; the page says so before anybody presses, and so does the screen of a room that called nobody.
  assert.match(closed.body, /Ngoài giờ tiếp nhận\. Mở lại lúc 07:00 thứ Tư, 25\/11\/2026\./)
  const shut = (await http.inject({ url: base })).body
  assert.doesNotMatch(shut, /name="viec"/)
  // Only a demo tells how to try it at night.
  assert.doesNotMatch(shut, /Bản dùng thử/)
  at(9 * 60, '2026-11-24')
  assert.match((await http.inject({ url: `/man-hinh/${room.key}` })).body, /Hôm nay nghỉ: [^.]+\. Mở lại lúc 07:00/)
  at(9 * 60)
})

test('after closing time: who holds a number is called, then it is said why nobody comes; the screen invites nobody', async () => {
  const own = await aRoom('Điểm sau giờ')
  at(16 * 60 + 50)
  const [first, second] = [await take(own), await take(own)]
  at(17 * 60 + 5)
  const view = await viewDesk(context, own, 1)
  assert.deepEqual([view.waiting.length, view.givesNumbers, view.closed?.dayOff], [2, false, null])
  for (const { number } of [first, second]) {
    const called = await act(own, 1, 'next')
    assert.ok(called.ok && called.value?.number === number)
  }
  assert.ok((await act(own, 1, 'finish')).ok)
  const none = await act(own, 1, 'next')
  assert.ok(!none.ok && none.refusal.code === 'nobody-comes')
  assert.match(
    refusalText(none.refusal),
    /không cấp số mới\. Ngoài giờ tiếp nhận\. Mở lại lúc 07:00 thứ Tư, 25\/11\/2026\./,
  )
  const latest = async () => (await viewBoard(context, own)).calls.map(({ label }) => label)
  assert.deepEqual(await latest(), ['A002', 'A001'])
  at(17 * 60 + 35)
  assert.deepEqual(await latest(), [])
  assert.match((await http.inject({ url: `/man-hinh/${own.key}` })).body, /Ngoài giờ tiếp nhận\. Mở lại lúc 07:00/)
  // In the midday break numbers are given: who comes is called later, and that is no reason.
  at(12 * 60)
  const noon = await act(await aRoom('Điểm giữa trưa'), 1, 'next')
  assert.ok(!noon.ok && noon.refusal.code === 'nobody-waits')
  at(9 * 60)
})

test('the screen hears of a call at once, over the stream', async () => {
  await http.listen({ port: 0, host: '127.0.0.1' })
  const bound = http.server.address()
  const stop = new AbortController()
  const reply = await fetch(
    `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/man-hinh/${room.key}/truc-tiep`,
    {
      signal: stop.signal,
    },
  )
  assert.match(String(reply.headers.get('content-type')), /^text\/event-stream/)
  const reader = reply.body?.getReader()
  let heard = ''
  const until = async (pattern: RegExp) => {
    while (!pattern.test(heard)) heard += Buffer.from((await reader?.read())?.value ?? []).toString('utf8')
  }
  await until(/data: /)
  await take(room, 'khac')
  await act(room, 1, 'next')
  await until(/"label":"E001","desk":1/)
  stop.abort()
})

test('pressed ten times at once, one is called; what is sent again changes nothing', async () => {
  const path = `/api/counter/points/${room.key}/desks/1`
  const own = await as(desk, '10.2.0.8')
  const current = async () => {
    const { body } = await own.get(path)
    return { now: body['current'] as { ticketId: string } | null, waiting: (body['waiting'] as unknown[]).length }
  }
  const press = (act: string, serving: string | null) => own.post(`${path}/${act}`, { serving })
  for (let count = 0; count < 4; count++) await take(room, 'khac')
  const before = await current()
  const replies = await Promise.all(Array.from({ length: 10 }, () => press('next', before.now?.ticketId ?? null)))
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200])
  assert.equal(new Set(replies.map(({ body }) => (body['called'] as { ticketId: string }).ticketId)).size, 1)
  const after = await current()
  assert.equal(after.waiting, before.waiting - 1)
  // An old "done" that arrives late does not end the next one.
  assert.equal((await press('next', after.now?.ticketId ?? null)).status, 200)
  const third = await current()
  assert.equal((await press('finish', after.now?.ticketId ?? null)).status, 200)
  assert.deepEqual(await current(), third)
  assert.equal((await own.post(`${path}/next`, {})).status, 400)
})

test('only who serves at the desk calls, and only in the own authority; only who manages arranges the room', async () => {
  const path = `/api/counter/points/${room.key}/desks/1`
  assert.equal((await aBrowser(http).post(`${path}/next`, { serving: null })).status, 401)
  assert.equal((await (await as(clerk, '10.2.0.1')).post(`${path}/next`, { serving: null })).status, 403)
  assert.equal((await (await as(stranger, '10.2.0.2')).post(`${path}/next`, { serving: null })).status, 404)
  const own = await as(desk, '10.2.0.3')
  assert.equal((await own.get(path)).status, 200)
  assert.equal((await own.get(`/api/counter/points/${room.key}/appointments?day=${DAY}`)).status, 200)
  const times = await own.get(`/api/counter/points/${room.key}/waiting-times?from=${DAY}&to=${DAY}`)
  const all = times.body['all'] as { tickets: number }
  const opened = await own.get(`/api/counter/points/${room.key}/tickets?from=${DAY}&to=${DAY}`)
  assert.equal((opened.body['items'] as unknown[]).length, all.tickets)
  const change = { version: 0, settings: { ...usualRoom, priorityRun: 3 } }
  assert.equal((await own.send('PUT', `/api/counter/rooms/${room.key}`, change)).status, 403)
  const chief = await as(leader, '10.2.0.4')
  assert.equal(
    (
      await chief.send('PUT', `/api/counter/rooms/${room.key}`, {
        ...change,
        settings: { ...usualRoom, desks: usualRoom.desks.slice(0, 1) },
      })
    ).status,
    422,
  )
  assert.equal((await chief.send('PUT', `/api/counter/rooms/${room.key}`, change)).status, 204)
  assert.equal((await chief.send('PUT', `/api/counter/rooms/${room.key}`, change)).status, 409)
})

test('a demo says on the closed page how to try it', async () => {
  await database.ownerPool.query(`insert into platform.setting (name, value) values ('demo', '{}')`)
  // That it is none is remembered for a second.
  await later(1100)
  at(20 * 60)
  assert.match((await http.inject({ url: `/lay-so/${room.key}` })).body, /Quản trị › Lịch làm việc/)
})
