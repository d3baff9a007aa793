import {
  addWorkingDays,
  dueAt,
  isWorkingDay,
  nextWorkingDay,
  openingOf,
  readingOn,
  type WorkingCalendar,
} from '../src/calendar/index.ts'
import { channelsOf, timeLimitFor, type Channel, type ProcedureVersion } from '../src/catalogue/index.ts'
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
import { limitMinutes } from '../src/workflow/index.ts'
import { follow, isAtOnce, lodge, quick, receiptOf, say, usual, type Wish, type World } from './case.ts'
import { groupsOf, share, type PastGroup, type PastKind } from './past-lines.ts'
import type { PastAuthority } from './past-places.ts'
import { invent, newbornOf, type Person } from './people.ts'
import { random, type Random } from './random.ts'
import type { Town } from './town.ts'

/** How a dossier of the past ends: in time within the period, late within it, or after it. */
type Fate = 'in-time' | 'late' | 'open'
export type PastCase = { wish: Wish; receiveAt: Instant; fate: Fate }

type Ground = Pick<World, 'calendar' | 'versionOf'> & { town: Town }

const WORKING_DAY = 480
/** What is still open at the end has at least this part of its time left, and two days. */
const LEFT_AT_END = 0.35

/** Every dossier of one agency of an authority, in the order in which they came; the same in each run. */
export function planPast(
  authority: PastAuthority,
  place: number,
  ground: Ground,
  crowd: readonly Person[],
): PastCase[] {
  const { gso } = authority.agencies[place] ?? { gso: '' }
  const name = `${authority.name}/${gso}`
  const by = random(`past/${name}`)
  const groups = groupsOf(authority.name)[place] ?? []
  const days = daysOf(ground.calendar, authority)
  const drafts = groups.flatMap((group, index) =>
    draftsOf(group, { ...ground, authority, days, by, name: `${name}/${index}` }),
  )
  const numbers = new Map<string, number>()
  return drafts
    .toSorted((one, other) => (one.receiveAt < other.receiveAt ? -1 : 1))
    .map(({ kind, channel, key, fate, receiveAt, lodgedAt, digitised }): PastCase => {
      const year = receiveAt.slice(0, 4)
      const book = `${kind.book}/${year}`
      const number = (numbers.get(book) ?? 0) + 1
      numbers.set(book, number)
      const person = by.pick(crowd)
      return {
        fate,
        receiveAt,
        wish: {
          key,
          code: kind.code,
          caseKey: kind.caseKey,
          channel,
          lodgedAt,
          receiver: by.pick(ground.town.at('one-stop')),
          number: `${String(number).padStart(2, '0')}/${year}-${kind.book}`,
          delivery: channel === 'online' ? by.pick(['counter', 'counter', 'counter-and-online', 'online']) : 'counter',
          applicant: person,
          ...(kind.code === '1.001193' ? { owner: newbornOf(person, by, dayOf(lodgedAt)) } : {}),
          units: { copies: by.between(1, 4), pages: by.between(1, 12), signatures: by.between(1, 2) },
          digitised,
        },
      }
    })
    .toSorted((one, other) => (one.wish.lodgedAt < other.wish.lodgedAt ? -1 : 1))
}

const daysOf = (calendar: WorkingCalendar, { from, to }: { from: Day; to: Day }): Day[] => {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) days.push(day)
  return days
}

type Draft = {
  kind: PastKind
  key: string
  channel: Channel
  fate: Fate
  digitised: boolean
  receiveAt: Instant
  lodgedAt: Instant
}
type Drafting = Ground & { authority: PastAuthority; days: readonly Day[]; by: Random; name: string }

function draftsOf(group: PastGroup, drafting: Drafting): Draft[] {
  const { authority, by, name, days } = drafting
  const { kinds } = group
  const counts = share(
    group.count,
    kinds.map(({ weight }) => weight),
  )
  const items = by.shuffle(kinds.flatMap((kind, index) => Array.from({ length: counts[index] ?? 0 }, () => kind)))
  const times = new Map(kinds.map((kind) => [kind, timesOf(kind, drafting, group.carried > 0)]))
  // Who may be open or late: whoever is not settled on the spot.
  let { open, late } = group
  let { online, undigitised } = group
  const slow = items.filter((kind) => !times.get(kind)?.atOnce).length
  if (slow < open + late) throw new Error(`demo: ${name} has ${slow} dossiers that could be open or late`)
  return items.map((kind, index): Draft => {
    const left = items.length - index
    const time = times.get(kind)
    if (!time) throw new Error(`demo: ${kind.code} has no times`)
    let fate: Fate = 'in-time'
    if (!time.atOnce && open > 0) {
      fate = 'open'
      open--
    } else if (!time.atOnce && late > 0) {
      fate = 'late'
      late--
    }
    const isOnline = online > 0 && by.next() < online / left
    if (isOnline) online--
    const atCounter = left - online - (isOnline ? 1 : 0)
    const isPaper = !isOnline && undigitised > 0 && by.next() < undigitised / Math.max(1, atCounter)
    if (isPaper) undigitised--
    const day =
      group.carried > 0 ? lastWorkingDayBefore(drafting.calendar, authority.from) : by.weighted(time.days[fate])
    const lastDays = day > addDays(days.at(-1) ?? day, -6)
    const minute = lastDays && time.atOnce ? minuteFromClock('07:40') + by.between(0, 150) : receptionMinute(by)
    const receiveAt = instantAt(day, minute)
    return {
      kind,
      key: `${name}/${index}`,
      channel: isOnline ? 'online' : 'counter',
      fate,
      digitised: !isPaper,
      receiveAt,
      lodgedAt: isOnline ? lodgedBefore(receiveAt, { by, from: authority.from }) : receiveAt,
    }
  })
}

const lastWorkingDayBefore = (calendar: WorkingCalendar, day: Day): Day => {
  let before = addDays(day, -1)
  while (!isWorkingDay(calendar, before)) before = addDays(before, -1)
  return before
}

/** Mornings are busy, the hours after the break less so. */
const receptionMinute = (by: Random): number =>
  by.chance(0.66) ? minuteFromClock('07:35') + by.between(0, 200) : minuteFromClock('13:38') + by.between(0, 125)

/** Online ones come in the evening before or earlier the same day. */
function lodgedBefore(receiveAt: Instant, { by, from }: { by: Random; from: Day }): Instant {
  const day = dayOf(receiveAt)
  const evening = instantAt(addDays(day, -1), minuteFromClock('18:20') + by.between(0, 250))
  const before = addMinutes(receiveAt, -by.between(9, 32))
  return by.chance(0.35) && dayOf(evening) >= from ? evening : before
}

type Times = { atOnce: boolean; days: Record<Fate, readonly (readonly [Day, number])[]> }

/** On which days a dossier of this kind may come so that it ends as it must. */
function timesOf(kind: PastKind, { calendar, versionOf, days, authority }: Drafting, isCarried: boolean): Times {
  const day = isCarried ? lastWorkingDayBefore(calendar, authority.from) : authority.from
  const version = versionOf(kind.code, instantAt(day, 600))
  const limit = limitOf(version, kind)
  const atOnce = limit.parts.every(({ unit }) => unit === 'atOnce')
  const weighted = days.map((day) => [day, [0, 1.35, 1.1, 1, 1, 0.85, 0.5, 0][weekdayOf(day)] ?? 1] as const)
  if (atOnce) return { atOnce, days: { 'in-time': weighted, late: [], open: [] } }
  const due = new Map(
    days.map((day) => [
      day,
      dueAt({
        start: instantAt(day, 8 * 60),
        limit: limit.parts,
        reading: readingOn(calendar, day),
        calendar,
        nextDayAfter15: limit.nextDayAfter15,
      }).dueOn,
    ]),
  )
  const lastDue = addDays(authority.to, -1)
  const needed = Math.ceil((limitMinutes(limit.parts) / WORKING_DAY) * LEFT_AT_END) + 1
  const stillTimely = addWorkingDays(calendar, nextWorkingDay(calendar, authority.to), needed)
  const inTime = weighted.filter(([day]) => (due.get(day) ?? '') < lastDue)
  const open = weighted.filter(([day]) => (due.get(day) ?? '') >= stillTimely)
  // A late one is finished some days after its due day, and still within the period.
  const late = weighted.filter(([day]) => (due.get(day) ?? '') < addDays(authority.to, -30))
  return { atOnce, days: { 'in-time': inTime, late, open: open.length > 0 ? open : weighted.slice(-1) } }
}

function limitOf(version: ProcedureVersion, { code, caseKey }: PastKind) {
  const [channel] = channelsOf(version, caseKey)
  const limit = channel && timeLimitFor(version, caseKey, channel)
  if (!limit) throw new Error(`demo: ${code} ${caseKey} has no time limit`)
  return limit
}

/** Settles one dossier as it must end; whatever comes out otherwise is a mistake of the recipe. */
export async function settlePast(
  world: World,
  { wish, receiveAt, fate }: PastCase,
  period: { from: Day; to: Day },
): Promise<void> {
  const { calendar, town } = world
  const one = await lodge(world, wish)
  const { by } = one
  if (wish.channel === 'online') {
    if (one.dossier.feeDue > 0 && by.chance(0.7))
      await one.give(null, wish.lodgedAt, { type: 'collectFee', method: 'online', receiptNumber: receiptOf(wish) })
    await one.give(wish.receiver, receiveAt, { type: 'receive' })
  }
  const end = instantAt(addDays(period.to, 1), 0)
  const never = instantAt(addDays(period.to, 400), 0)
  if (fate === 'open') {
    const from = await follow(world, one, {
      from: receiveAt,
      pace: quick,
      until: end,
      stop: ({ status }) => status === 'processing',
    })
    const again = openingOf(calendar, nextWorkingDay(calendar, period.to))
    await follow(world, one, { from: again > from ? again : from, pace: quick, until: never })
  } else if (fate === 'late') {
    const from = await follow(world, one, {
      from: receiveAt,
      pace: quick,
      until: end,
      stop: ({ status }) => status === 'processing',
    })
    const due = dayOf(one.dossier.dueCurrent ?? from)
    const at = addMinutes(openingOf(calendar, nextWorkingDay(calendar, due)), by.between(20, 90))
    await one.give(by.pick(town.at('leadership')), at, {
      type: 'apologise',
      newDay: addWorkingDays(calendar, due, 5),
      cause: by.pick(['own-agency', 'other-agency']),
      details: say('Khối lượng hồ sơ xác minh thực địa lớn, đơn vị chưa hoàn thành đúng hẹn.'),
    })
    await follow(world, one, { from: at, pace: quick, until: never })
  } else {
    await follow(world, one, {
      from: receiveAt,
      pace: isAtOnce(one.dossier) || by.chance(0.18) ? quick : usual,
      until: never,
    })
  }
  const { finishedAt, dueCurrent, status } = one.dossier
  const isLate = finishedAt !== null && dueCurrent !== null && finishedAt > dueCurrent
  const ended = status === 'returned' && finishedAt !== null
  const fits = ended && isLate === (fate === 'late') && finishedAt >= end === (fate === 'open')
  if (!fits)
    throw new Error(`demo: ${wish.key} ended as ${status} at ${finishedAt}, due ${dueCurrent}, should be ${fate}`)
}

/** The people who come to an agency of the past. */
export const crowdOf = (authority: PastAuthority, { gso, place }: { gso: string; place: string }): Person[] =>
  invent(`${authority.name}/${gso}`, {
    count: 400,
    home: {
      hamlets: ['Ấp 1', 'Ấp 2', 'Ấp 3', 'Ấp 4', 'Ấp 5'],
      place,
      unitCode: gso.length === 5 ? gso : '',
      province: authority.province,
    },
    on: authority.from,
  })
