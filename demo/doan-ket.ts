import { addWorkingMinutes, closingOf, dueAt, isWorkingDay, readingOn } from '../src/calendar/index.ts'
import { timeLimitFor, type Channel } from '../src/catalogue/index.ts'
import {
  addDays,
  addMinutes,
  dayOf,
  instantAt,
  minuteFromClock,
  weekdayOf,
  type Day,
  type Instant,
} from '../src/platform/day.ts'
import { follow, isAtOnce, lodge, quick, receiptOf, say, usual, type Case, type Wish, type World } from './case.ts'
import { doanKetHome, quarter } from './facts.ts'
import { invent, newbornOf, withOldCard, type Person } from './people.ts'
import { random, type Random } from './random.ts'

type Line = { field: string; code: string; caseKey: string; online: number; counter: number; book: string }

/**
 * What xã Đoàn Kết received from 10/12/2022 to 9/3/2023: the counts by field and channel of its report (seed S001),
 * spread over the procedures of the field. 523, of them 504 online; the report prints 495 and 28, which its own lines
 * contradict.
 */
const lines: readonly Line[] = [
  { field: 'civil-status', code: '1.001193', caseKey: 'on-time', online: 29, counter: 4, book: 'KS' },
  { field: 'civil-status', code: '1.001193', caseKey: 'late', online: 3, counter: 1, book: 'KS' },
  { field: 'civil-status', code: '1.000894', caseKey: 'standard', online: 11, counter: 3, book: 'KH' },
  { field: 'civil-status', code: '1.000656', caseKey: 'on-time', online: 10, counter: 2, book: 'KT' },
  { field: 'civil-status', code: '1.004873', caseKey: 'first', online: 36, counter: 3, book: 'XNHN' },
  { field: 'civil-status', code: '1.004873', caseKey: 'again', online: 4, counter: 0, book: 'XNHN' },
  { field: 'civil-status', code: '2.000635', caseKey: 'standard', online: 33, counter: 2, book: 'TLBS' },
  { field: 'authentication', code: '2.000815', caseKey: 'standard', online: 262, counter: 0, book: 'SCT/BS' },
  { field: 'authentication', code: '2.000815', caseKey: 'large', online: 6, counter: 0, book: 'SCT/BS' },
  { field: 'authentication', code: '2.000884', caseKey: 'standard', online: 52, counter: 0, book: 'SCT/CK,ĐC' },
  { field: 'authentication', code: '2.001035', caseKey: 'standard', online: 29, counter: 0, book: 'SCT/HĐ,GD' },
  { field: 'social-protection', code: '1.001699', caseKey: 'first', online: 6, counter: 0, book: 'GXN-KT' },
  { field: 'social-protection', code: '1.001776', caseKey: 'allowance', online: 9, counter: 0, book: 'QĐ-TCXH' },
  { field: 'social-protection', code: '1.001731', caseKey: 'standard', online: 4, counter: 0, book: 'QĐ-MTP' },
  { field: 'merit', code: '1.010833', caseKey: 'standard', online: 5, counter: 2, book: 'GXN-NCC' },
  { field: 'merit', code: '1.010803', caseKey: 'standard', online: 3, counter: 1, book: 'QĐ-TCLS' },
  { field: 'merit', code: '1.010824', caseKey: 'once', online: 1, counter: 1, book: 'QĐ-MTP' },
  { field: 'land', code: '1.003554', caseKey: 'standard', online: 1, counter: 0, book: 'BB-HG' },
]

/** Mornings are busy, the hours after the break less so. */
const receptionTime = (by: Random): number =>
  by.chance(0.68) ? minuteFromClock('07:08') + by.between(0, 235) : minuteFromClock('13:38') + by.between(0, 130)

type Planned = { wish: Wish; receiveAt: Instant }

/** Every dossier of the quarter with the moments at which it is lodged and received. */
function planQuarter({ calendar, town, versionOf }: World): Planned[] {
  const by = random('doan-ket/plan')
  const crowd = invent('doan-ket', { count: 330, home: doanKetHome, on: quarter.from })
  const days = Array.from({ length: 90 }, (_, index) => addDays(quarter.from, index)).filter((day) =>
    isWorkingDay(calendar, day),
  )
  const planned = lines.flatMap((line) =>
    Array.from({ length: line.online + line.counter }, (_, index) => {
      const channel: Channel = index < line.online ? 'online' : 'counter'
      const key = `doan-ket/${line.code}/${line.caseKey}/${index}`
      const version = versionOf(line.code, instantAt(quarter.from, 600))
      const limit = timeLimitFor(version, line.caseKey, channel)
      if (!limit) throw new Error(`demo: ${line.code} ${line.caseKey} has no time limit ${channel}`)
      const due = (day: Day) =>
        dueAt({
          start: instantAt(day, 8 * 60),
          limit: limit.parts,
          reading: readingOn(calendar, day),
          calendar,
          nextDayAfter15: limit.nextDayAfter15,
        }).dueOn
      const atOnce = limit.parts.every(({ unit }) => unit === 'atOnce')
      // Nothing may be carried over: the day must leave time to settle and to hand over.
      const possible = days.filter((day) => (atOnce ? day <= quarter.to : due(day) < addDays(quarter.to, -1)))
      const day = by.weighted(
        possible.map((each) => [each, [0, 1.35, 1.1, 1, 1, 0.85, 0.5, 0][weekdayOf(each)] ?? 1] as const),
      )
      const minute = receptionTime(by)
      const receiveAt = instantAt(
        day,
        day === quarter.to ? Math.min(minute, minuteFromClock('14:05') + by.between(0, 20)) : minute,
      )
      return { line, key, channel, receiveAt, lodgedAt: channel === 'online' ? lodgedBefore(receiveAt, by) : receiveAt }
    }),
  )
  const numbers = new Map<string, number>()
  return planned
    .toSorted((one, other) => (one.receiveAt < other.receiveAt ? -1 : 1))
    .map(({ line, key, channel, receiveAt, lodgedAt }) => {
      const year = receiveAt.slice(0, 4)
      const book = `${line.book}/${year}`
      const number = (numbers.get(book) ?? (year === '2022' ? 400 : 0)) + 1
      numbers.set(book, number)
      const person = by.pick(crowd)
      const wish: Wish = {
        key,
        code: line.code,
        caseKey: line.caseKey,
        channel,
        lodgedAt,
        receiver: by.pick(town.at('one-stop')),
        number: `${String(number).padStart(2, '0')}/${year}-${line.book}`,
        delivery: deliveryFor(line, channel, by),
        ...peopleFor(line, person, by, lodgedAt),
        units: { copies: by.between(1, 4), pages: by.between(1, 12), signatures: by.between(1, 2) },
      }
      return { wish, receiveAt }
    })
}

/** Most file in the evening before or earlier the same day; the counter has eight working hours to answer. */
function lodgedBefore(receiveAt: Instant, by: Random): Instant {
  const day = dayOf(receiveAt)
  const evening = instantAt(addDays(day, -1), minuteFromClock('18:20') + by.between(0, 250))
  const morning = instantAt(day, minuteFromClock('06:20') + by.between(0, 30))
  const before = addMinutes(receiveAt, -by.between(9, 48))
  const earlier = before > instantAt(day, minuteFromClock('06:20')) ? before : morning
  return by.chance(0.4) && dayOf(evening) >= quarter.from ? evening : earlier
}

function deliveryFor(
  { field }: Line,
  channel: Channel,
  by: Random,
): 'counter' | 'post' | 'online' | 'counter-and-online' {
  if (channel === 'counter' || field === 'authentication') return 'counter'
  return by.weighted([
    ['counter', 55],
    ['counter-and-online', 25],
    ['online', 14],
    ['post', 6],
  ] as const)
}

function peopleFor({ code }: Line, person: Person, by: Random, at: Instant): Pick<Wish, 'applicant' | 'owner'> {
  const day = dayOf(at)
  const applicant = by.chance(0.04) ? withOldCard(person, by) : person
  return code === '1.001193' ? { applicant, owner: newbornOf(person, by, day) } : { applicant }
}

/** Some applicants of longer cases have to bring something; the pause was added to the time under the law of then. */
const isSupplemented = ({ dossier, by }: Case, at: Instant): boolean =>
  !isAtOnce(dossier) && at < instantAt('2023-02-14', 0) && by.chance(0.14)

/** Settles one dossier from its reception to the hand-over. Everything ends by the last day of the quarter. */
async function settle(world: World, one: Case, receiveAt: Instant): Promise<void> {
  const { calendar, town } = world
  const until = closingOf(calendar, quarter.to)
  const { wish, by } = one
  let at = receiveAt
  if (wish.channel === 'online') {
    if (one.dossier.feeDue > 0 && by.chance(0.7))
      await one.give(null, wish.lodgedAt, { type: 'collectFee', method: 'online', receiptNumber: receiptOf(wish) })
    await one.give(wish.receiver, receiveAt, { type: 'receive' })
  }
  const pace = isAtOnce(one.dossier) || by.chance(0.18) ? quick : usual
  if (isSupplemented(one, at)) {
    at = await follow(world, one, { from: at, pace: quick, until, stop: ({ status }) => status === 'processing' })
    const examine = one.dossier.open[0]
    if (examine?.kind === 'examine') {
      at = addWorkingMinutes(calendar, at, by.between(30, 200))
      await one.give(by.pick(town.staffOf(examine.unitId)), at, {
        type: 'requestSupplement',
        details: say('Tờ khai chưa đủ thông tin, đề nghị bổ sung.', {
          items: [{ paper: 'Tờ khai', change: 'Ghi đủ nơi cư trú và ký tên' }],
        }),
        componentKeys: one.dossier.components.slice(0, 1).map(({ key }) => key),
      })
      at = addWorkingMinutes(calendar, at, by.between(120, 900))
      await one.give(wish.receiver, at, {
        type: 'acceptSupplement',
        components: one.dossier.components
          .slice(0, 1)
          .map((component) => ({ ...component, given: true, count: Math.max(1, component.count), files: [] })),
      })
    }
  }
  await follow(world, one, { from: at, pace, until })
  if (one.dossier.status !== 'returned')
    throw new Error(`demo: ${wish.key} ended as ${one.dossier.status} on ${quarter.to}`)
}

/** The quarter, day by day so that codes follow the hours; different days run beside each other. */
export async function playQuarter(world: World, told: (done: number, of: number) => void): Promise<number> {
  const planned = planQuarter(world)
  const byDay = Map.groupBy(planned, ({ wish }) => dayOf(wish.lodgedAt))
  let done = 0
  await Promise.all(
    Array.from(byDay.values(), async (ofDay) => {
      const settling: Promise<void>[] = []
      for (const { wish, receiveAt } of ofDay.toSorted((one, other) =>
        one.wish.lodgedAt < other.wish.lodgedAt ? -1 : 1,
      )) {
        const one = await lodge(world, wish)
        settling.push(settle(world, one, receiveAt).then(() => told(++done, planned.length)))
      }
      await Promise.all(settling)
    }),
  )
  return planned.length
}
