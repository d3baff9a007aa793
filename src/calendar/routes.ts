import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { type Actor, may, mayEverywhere } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { addDays, type Day, dayOf } from '../platform/day.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { listAgencies, listOfficerNames, type StaffTables } from '../staff/index.ts'
import {
  CalendarChange,
  CalendarYear,
  DayEntry,
  DueAnswer,
  DueQuestion,
  HoursEntry,
  WorkingTimesReply,
} from './contract.ts'
import { explain } from './explain.ts'
import { type CalendarRefusal, judgeDay, judgeHours } from './rules/changes.ts'
import { dueAt, restart } from './rules/due.ts'
import { isTimeLimit } from './rules/time-limit.ts'
import {
  calendarWithout,
  countWorkingDays,
  isWorkingDay,
  readingOn,
  usualHours,
  workingIntervals,
} from './rules/working-calendar.ts'
import {
  type CalendarTables,
  findInheritedDay,
  listChanges,
  listDays,
  listHours,
  loadCalendar,
  removeDay,
  removeHours,
  saveDay,
  saveHours,
} from './store.ts'
import { vi, wordRefusal } from './text.vi.ts'

const tags = ['calendar']
const DayParam = Type.Object({ day: Type.String({ format: 'date' }) })
const AgencyParam = { agencyId: Type.Integer() }
const AgencyQuery = Type.Object({ agencyId: Type.Optional(Type.Integer()) })

export function calendarRoutes(http: Http, context: Context<CalendarTables & StaffTables>): void {
  readCalendars(http, context)
  changeDays(http, context)
  changeHours(http, context)
  explainDueDates(http, context)
}

/** How far the pages that count working time look back and ahead. */
const DAYS_AROUND = 120

const mayRead = (actor: Actor, agencyId: number | null): boolean =>
  agencyId === null || may(actor, 'calendar.read', { agencyId })

function readCalendars(http: Http, { db, clock }: Context<CalendarTables & StaffTables>): void {
  const config = { permission: 'calendar.read' }

  /** Names of agencies and officers for ids, null for null. */
  async function namesOf(rows: readonly { agencyId?: number | null; changedBy: number | null }[]) {
    const ids = (values: (number | null | undefined)[]) => [
      ...new Set(values.filter((value) => typeof value === 'number')),
    ]
    const agencies = await listAgencies(db, ids(rows.map((row) => row.agencyId)), dayOf(clock()))
    const officers = await listOfficerNames(db, ids(rows.map((row) => row.changedBy)))
    return {
      agency: (id: number | null) => {
        const found = agencies.find(({ agencyId }) => agencyId === id)
        return found ? { agencyId: found.agencyId, name: found.fullName } : null
      },
      officer: (id: number | null) => (id === null ? null : (officers.get(id) ?? null)),
    }
  }

  http.get(
    '/api/calendar/years/:year',
    {
      config,
      schema: {
        tags,
        summary: 'Lịch làm việc của một năm: ngày nghỉ, ngày làm bù, giờ làm việc',
        params: Type.Object({ year: Type.Integer({ minimum: 2000, maximum: 2099 }) }),
        querystring: AgencyQuery,
        response: { 200: CalendarYear },
      },
    },
    async ({ actor, params: { year }, query }, reply) => {
      const agencyId = query.agencyId ?? null
      if (!mayRead(actor, agencyId)) return sendNotFound(reply)
      const { calendar } = await loadCalendar(db, agencyId)
      const days = await listDays(db, agencyId, year)
      const hours = agencyId === null ? [] : await listHours(db, agencyId)
      const names = await namesOf([...days, ...hours, { agencyId, changedBy: null }])
      if (agencyId !== null && !names.agency(agencyId)) return sendNotFound(reply)
      return {
        year,
        agency: names.agency(agencyId),
        isKnown: calendar.knownYears.has(year),
        workingDays: countWorkingDays(calendar, `${year}-01-01`, `${year}-12-31`),
        days: days.map(({ agencyId: by, changedBy, ...day }) => ({
          ...day,
          agency: names.agency(by),
          changedBy: names.officer(changedBy),
        })),
        hours:
          hours.length > 0
            ? hours.map(({ agencyId: by, changedBy, ...own }) => ({
                ...toReply(own),
                agency: names.agency(by),
                changedBy: names.officer(changedBy),
                changedAt: own.changedAt,
              }))
            : [{ ...toReply(usualHours), agency: null, changedBy: null, changedAt: null }],
        mayChangeCountry: mayEverywhere(actor, 'calendar.manage'),
        mayChangeAgency: agencyId !== null && may(actor, 'calendar.manage', { agencyId }),
      }
    },
  )

  http.get(
    '/api/calendar/working-times',
    {
      config,
      schema: { tags, summary: 'Giờ làm việc của cơ quan quanh hôm nay', response: { 200: WorkingTimesReply } },
    },
    async ({ actor }) => {
      const { calendar } = await loadCalendar(db, actor.posts[0]?.agencyId ?? null)
      const today = dayOf(clock())
      const [from, to] = [addDays(today, -DAYS_AROUND), addDays(today, DAYS_AROUND)]
      const days = []
      for (let day = from; day <= to; day = addDays(day, 1)) {
        const intervals = workingIntervals(calendar, day).map((interval) => ({ from: interval.from, to: interval.to }))
        if (intervals.length > 0) days.push({ day, intervals })
      }
      return { from, to, days }
    },
  )

  http.get(
    '/api/calendar/changes',
    {
      config,
      schema: {
        tags,
        summary: 'Lịch sử thay đổi lịch làm việc',
        querystring: AgencyQuery,
        response: { 200: Type.Array(CalendarChange) },
      },
    },
    async ({ actor, query }, reply) => {
      const agencyId = query.agencyId ?? null
      if (!mayRead(actor, agencyId)) return sendNotFound(reply)
      const changes = await listChanges(db, agencyId)
      const names = await namesOf(changes)
      return changes.map(({ changeId, subject, day, before, after, changedBy, changedAt }) => {
        return { changeId, subject, day, before, after, changedBy: names.officer(changedBy), changedAt }
      })
    },
  )
}

function changeDays(http: Http, { db, clock }: Context<CalendarTables & StaffTables>): void {
  const config = { permission: 'calendar.manage' }

  async function enter(
    reply: FastifyReply,
    { actor, agencyId, day, entry }: { actor: Actor; agencyId: number | null; day: Day; entry: DayEntry },
  ) {
    const { kind, status } = entry
    const candidate = { day, kind, name: entry.name.trim(), notice: entry.notice.trim(), status }
    const isOtherwiseWorked = await isWorkedWithout(agencyId, day)
    const judged = judgeDay(candidate, { isOtherwiseWorked })
    if (!judged.ok) return sendRefusal(reply, judged.refusal)
    await saveDay(db, { agencyId, day: candidate, by: actor.officerId, at: clock() })
    return candidate
  }

  /** Whether people would work on this day if nothing were entered here; what was entered above still holds. */
  async function isWorkedWithout(agencyId: number | null, day: Day): Promise<boolean> {
    const inherited = await findInheritedDay(db, agencyId, day)
    const { calendar } = await loadCalendar(db, agencyId)
    return inherited ? inherited.kind === 'swap-work' : isWorkingDay(calendarWithout(calendar, day), day)
  }

  async function takeBack(
    reply: FastifyReply,
    { actor, agencyId, day }: { actor: Actor; agencyId: number | null; day: Day },
  ) {
    await removeDay(db, { agencyId, day, by: actor.officerId, at: clock() })
    return reply.code(204).send()
  }

  http.put(
    '/api/calendar/days/:day',
    { config, schema: { tags, summary: 'Nhập hoặc sửa một ngày của cả nước', params: DayParam, body: DayEntry } },
    async ({ actor, params: { day }, body: entry }, reply) =>
      mayEverywhere(actor, 'calendar.manage')
        ? enter(reply, { actor, agencyId: null, day, entry })
        : sendNotFound(reply),
  )
  http.delete(
    '/api/calendar/days/:day',
    { config, schema: { tags, summary: 'Xóa một ngày của cả nước', params: DayParam } },
    async ({ actor, params: { day } }, reply) =>
      mayEverywhere(actor, 'calendar.manage') ? takeBack(reply, { actor, agencyId: null, day }) : sendNotFound(reply),
  )

  const params = Type.Object({ ...AgencyParam, ...DayParam.properties })
  http.put(
    '/api/calendar/agencies/:agencyId/days/:day',
    { config, schema: { tags, summary: 'Nhập hoặc sửa một ngày riêng của cơ quan', params, body: DayEntry } },
    async ({ actor, params: { agencyId, day }, body: entry }, reply) => {
      if (!may(actor, 'calendar.manage', { agencyId }) || !(await isAgency(agencyId))) return sendNotFound(reply)
      return enter(reply, { actor, agencyId, day, entry })
    },
  )
  http.delete(
    '/api/calendar/agencies/:agencyId/days/:day',
    { config, schema: { tags, summary: 'Xóa một ngày riêng của cơ quan', params } },
    async ({ actor, params: { agencyId, day } }, reply) =>
      may(actor, 'calendar.manage', { agencyId }) ? takeBack(reply, { actor, agencyId, day }) : sendNotFound(reply),
  )

  const isAgency = async (agencyId: number) => (await listAgencies(db, [agencyId], dayOf(clock()))).length > 0
}

function changeHours(http: Http, { db, clock }: Context<CalendarTables & StaffTables>): void {
  const config = { permission: 'calendar.manage' }
  const params = Type.Object({ ...AgencyParam, validFrom: Type.String({ format: 'date' }) })

  http.put(
    '/api/calendar/agencies/:agencyId/hours/:validFrom',
    { config, schema: { tags, summary: 'Đặt giờ làm việc của cơ quan từ một ngày', params, body: HoursEntry } },
    async ({ actor, params: { agencyId, validFrom }, body }, reply) => {
      if (!may(actor, 'calendar.manage', { agencyId })) return sendNotFound(reply)
      if ((await listAgencies(db, [agencyId], dayOf(clock()))).length === 0) return sendNotFound(reply)
      const { intervals, saturdaySession, reading } = body
      const workingWeekdays = body.workingWeekdays.toSorted((a, b) => a - b)
      const judged = judgeHours({ validFrom, intervals, workingWeekdays, saturdaySession, reading })
      if (!judged.ok) return sendRefusal(reply, judged.refusal)
      await saveHours(db, { agencyId, hours: judged.value, by: actor.officerId, at: clock() })
      return judged.value
    },
  )
  http.delete(
    '/api/calendar/agencies/:agencyId/hours/:validFrom',
    { config, schema: { tags, summary: 'Xóa giờ làm việc bắt đầu từ một ngày', params } },
    async ({ actor, params: { agencyId, validFrom } }, reply) => {
      if (!may(actor, 'calendar.manage', { agencyId })) return sendNotFound(reply)
      await removeHours(db, { agencyId, validFrom, by: actor.officerId, at: clock() })
      return reply.code(204).send()
    },
  )
}

function explainDueDates(http: Http, { db }: Context<CalendarTables & StaffTables>): void {
  http.post(
    '/api/calendar/due',
    {
      config: { permission: 'calendar.read' },
      schema: {
        tags,
        summary: 'Tính hạn trả kết quả và giải thích từng ngày',
        body: DueQuestion,
        response: { 200: DueAnswer },
      },
    },
    async ({ actor, body }, reply) => {
      const { agencyId = null, limit, pauses = [], nextDayAfter15 = false, completedAt, language = 'vi' } = body
      if (!mayRead(actor, agencyId)) return sendNotFound(reply)
      const fault = faultOf(body)
      if (fault) return sendProblem(reply, 422, fault)
      const { calendar } = await loadCalendar(db, agencyId)
      const start = new Date(body.start).toISOString()
      const input = {
        start,
        limit,
        calendar,
        nextDayAfter15,
        pauses: pauses.map(toPause),
        reading: body.reading ?? readingOn(calendar, dayOf(start)),
      }
      const due = completedAt ? restart(input, new Date(completedAt).toISOString()) : dueAt(input)
      const { lines, unknownYears } = due.explanation
      const explanation = { ...due.explanation, lines: [...lines], unknownYears: [...unknownYears] }
      return { ...due, explanation, sentences: explain(due.explanation, language) }
    },
  )
}

const toReply = ({ validFrom, intervals, workingWeekdays, saturdaySession, reading }: typeof usualHours) => ({
  validFrom,
  reading,
  intervals: [...intervals],
  workingWeekdays: [...workingWeekdays],
  saturdaySession: [...saturdaySession],
})

type AskedPause = NonNullable<DueQuestion['pauses']>[number]
const toPause = ({ from, to, reason }: AskedPause) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  reason,
})

function faultOf({
  start,
  completedAt = start,
  limit,
  pauses = [],
}: DueQuestion): { code: string; detail: string } | undefined {
  const moments = [start, completedAt, ...pauses.flatMap(({ from, to }) => [from, to])].map((text) => Date.parse(text))
  const isOutside = moments.some((moment) => !(moment >= Date.UTC(2000, 0, 1) && moment < Date.UTC(2100, 0, 1)))
  if (isOutside) return { code: 'moment-impossible', detail: vi.momentImpossible }
  if (!isTimeLimit(limit)) return { code: 'limit-impossible', detail: vi.limitImpossible }
  const isInOrder = moments.slice(2).every((moment, index, all) => index === 0 || (all[index - 1] ?? 0) <= moment)
  return isInOrder ? undefined : { code: 'pause-impossible', detail: vi.pauseImpossible }
}

function sendRefusal(reply: FastifyReply, refusal: CalendarRefusal): FastifyReply {
  return sendProblem(reply, 422, { ...refusal, detail: wordRefusal(refusal, vi) })
}
