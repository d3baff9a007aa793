import {
  addWorkingMinutes,
  dueAt,
  hoursOn,
  isReceptionOpen,
  isWorkingDay,
  closingOf,
  loadCalendar,
  nextWorkingDay,
  openingOf,
  type CalendarTables,
  type Due,
  type OfficeHours,
  type WorkingCalendar,
} from '../../calendar/index.ts'
import {
  agenciesOffering,
  channelsOf,
  feeAmountsOn,
  feeSetters,
  feeKey,
  timeLimitFor,
  type CatalogueTables,
  type Channel,
  type FeeRule,
  type ProcedureCase,
  type ProcedureVersion,
  type TimeLimitRule,
} from '../../catalogue/index.ts'
import type { Context } from '../../platform/context.ts'
import { clockOfMinute, dayOf, minuteOf, type Day, type Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import {
  authorityName,
  listAgencies,
  listReceivingPoints,
  type Agency,
  type ReceivingPoint,
  type StaffTables,
} from '../../staff/index.ts'

export type PortalTables = CatalogueTables & StaffTables & CalendarTables
export type PortalContext = Context<PortalTables>

/** An authority that takes the procedure in, with its desks and hours. */
export type Place = { agency: Agency; name: string; points: ReceivingPoint[]; hours: OfficeHours }

/** When a dossier taken in at `startDay` is ready, through these channels. */
export type Ready = {
  channels: Channel[]
  rule: TimeLimitRule
  /** Until when an officer answers what is filed online now; null for what is handed in. */
  answerBy: Instant | null
  startDay: Day
  startsToday: boolean
  dueOn: Day
  clock: string | null
  /** How the day came about; `explain` of the calendar puts it into words. */
  explanation: Due['explanation']
}

/** How many authorities a page names; beyond that it gives the general place of receipt. */
const MOST_PLACES = 8

export const placeOf = async (db: Db<PortalTables>, agency: Agency, day: Day): Promise<Place> => ({
  agency,
  name: authorityName(agency),
  points: await listReceivingPoints(db, agency.agencyId, day),
  hours: hoursOn((await loadCalendar(db, agency.agencyId)).calendar, day),
})

export async function placesFor(db: Db<PortalTables>, code: string, day: Day): Promise<Place[]> {
  const agencyIds = await agenciesOffering(db, code, day)
  if (agencyIds.length > MOST_PLACES) return []
  const agencies = await listAgencies(db, agencyIds, day)
  return Promise.all(agencies.map((agency) => placeOf(db, agency, day)))
}

/**
 * Ready days of a case for somebody who comes or files now, by the calendar of the only place or of the country. Time
 * counts from the receipt (NĐ 118/2025/NĐ-CP, Điều 17): over the counter at once, online within 08 working hours, and
 * nobody is promised an earlier day than the law makes sure.
 */
export async function readyFor(
  db: Db<PortalTables>,
  {
    version,
    caseKey,
    places,
    now,
  }: { version: ProcedureVersion; caseKey: string; places: readonly Place[]; now: Instant },
): Promise<Ready[]> {
  const agencyId = places.length === 1 ? (places[0]?.agency.agencyId ?? null) : null
  const { calendar } = await loadCalendar(db, agencyId)
  const answerBy = onlineAnswerBy(calendar, now)
  const found = new Map<string, { rule: TimeLimitRule; channels: Channel[] }>()
  for (const channel of channelsOf(version, caseKey)) {
    const rule = timeLimitFor(version, caseKey, channel)
    if (!rule) continue
    const key = `${channel === 'online'} ${JSON.stringify(rule)}`
    found.set(key, { rule, channels: [...(found.get(key)?.channels ?? []), channel] })
  }
  return [...found.values()].map(({ rule, channels }) => {
    const isOnline = channels.includes('online')
    const start = isOnline ? answerBy : receptionFrom(calendar, now)
    const {
      dueOn,
      dueAt: at,
      precision,
      explanation,
    } = dueAt({
      start,
      limit: rule.parts,
      reading: hoursOn(calendar, dayOf(start)).reading,
      calendar,
      nextDayAfter15: rule.nextDayAfter15,
    })
    const startDay = dayOf(start)
    return {
      channels,
      rule,
      answerBy: isOnline ? answerBy : null,
      startDay,
      startsToday: startDay === dayOf(now),
      dueOn,
      explanation,
      clock: precision === 'hour' ? clockOfMinute(minuteOf(at)) : null,
    }
  })
}

/** NĐ 118/2025/NĐ-CP, Điều 17: hồ sơ trực tuyến được tiếp nhận hoặc yêu cầu bổ sung trong 08 giờ làm việc. */
const onlineAnswerBy = (calendar: WorkingCalendar, now: Instant): Instant => addWorkingMinutes(calendar, now, 8 * 60)

/** The moment from which a dossier brought now would count: now, or the next opening. */
function receptionFrom(calendar: WorkingCalendar, now: Instant): Instant {
  const today = dayOf(now)
  if (isReceptionOpen(calendar, now)) return now
  if (isWorkingDay(calendar, today) && now < closingOf(calendar, today))
    return now < openingOf(calendar, today) ? openingOf(calendar, today) : now
  return openingOf(calendar, nextWorkingDay(calendar, today))
}

/** Fees of a case as they are asked today, with the amounts of the only place that takes it in. */
export async function feesOf(
  db: Db<PortalTables>,
  {
    version,
    item,
    places,
    day,
  }: { version: ProcedureVersion; item: ProcedureCase; places: readonly Place[]; day: Day },
): Promise<(FeeRule & { known: boolean })[]> {
  const only = places.length === 1 ? places[0]?.agency : undefined
  const amounts = only ? await feeAmountsOn(db, { agencyIds: feeSetters(only), code: version.code, day }) : {}
  return item.fees.map((rule) => {
    const own = amounts[feeKey(item.key, rule)]
    return {
      ...rule,
      amount: own ?? rule.amount,
      known: own !== undefined || rule.setBy === 'nation' || rule.amount > 0,
    }
  })
}
