// Thời hạn của phản ánh, kiến nghị: chuyển (NĐ 20/2008/NĐ-CP); từ chối, yêu cầu bổ sung, xử lý, công khai (QĐ 766/QĐ-TTg, cách tính của DVCQG).

import { dueAt, type Due, type Pause, type WorkingCalendar } from '../../calendar/index.ts'
import { dayOf, type Instant } from '../../platform/day.ts'
import type { DeadlineWhat, Timers } from '../contract.ts'
import type { Petition } from './lifecycle.ts'

/** What a timer is set to while the agency says nothing else. */
export const defaultTimers: Timers = {
  refuse: 2,
  supplement: 5,
  forward: 5,
  process: 15,
  publish: 2,
  extend: 10,
  supplementWait: 10,
  reopen: 15,
}

export type Deadline = {
  what: DeadlineWhat
  due: Due
  /** When it was done; null while it is still to be done. */
  doneAt: Instant | null
}

/** All deadlines that hold for a petition now, those to come first in the order of the work. */
export function deadlinesOf(petition: Petition, calendar: WorkingCalendar): Deadline[] {
  const { timers, receivedAt, status } = petition
  const term = (start: Instant, days: number, pauses: readonly Pause[] = []): Due =>
    dueAt({
      start,
      limit: [{ unit: 'workingDay', amount: days }],
      // Days and not hours, whatever the agency counts for dossiers: the law says working days.
      reading: 'days',
      calendar,
      nextDayAfter15: false,
      pauses,
    })
  if (status === 'new')
    return [
      { what: 'refuse', due: term(receivedAt, timers.refuse), doneAt: null },
      { what: 'supplement', due: term(receivedAt, timers.supplement), doneAt: null },
      { what: 'forward', due: term(receivedAt, timers.forward), doneAt: null },
      { what: 'process', due: term(receivedAt, timers.process), doneAt: null },
    ]
  const asked = petition.supplements.at(-1)
  if (status === 'awaiting-supplement' && asked)
    return [{ what: 'supplementWait', due: term(asked.askedAt, timers.supplementWait), doneAt: null }]
  if (status === 'refused')
    return [{ what: 'refuse', due: term(receivedAt, timers.refuse, pausesOf(petition)), doneAt: petition.endedAt }]
  if (status === 'forwarded')
    return [{ what: 'forward', due: term(receivedAt, timers.forward, pausesOf(petition)), doneAt: petition.endedAt }]
  if (status === 'withdrawn') return []
  const start = petition.reopenedAt ?? receivedAt
  const process: Deadline = {
    what: 'process',
    due: term(start, timers.process + petition.extendedDays, pausesOf(petition)),
    doneAt: petition.answeredAt,
  }
  if (!petition.answeredAt) return [process]
  const publish: Deadline[] =
    petition.restricted || petition.keptPrivate
      ? []
      : [{ what: 'publish', due: term(petition.answeredAt, timers.publish), doneAt: petition.publishedAt }]
  const reopen: Deadline[] = petition.reopenedAt
    ? []
    : [{ what: 'reopen', due: term(petition.answeredAt, timers.reopen), doneAt: petition.endedAt }]
  return [process, ...publish, ...reopen]
}

/** The one that a queue sorts by: what the officer must do next. Null when nothing is to be done by an officer. */
export function nextDeadline(petition: Petition, calendar: WorkingCalendar): Deadline | null {
  const open = deadlinesOf(petition, calendar).filter(({ doneAt }) => doneAt === null)
  // A new one is to be sorted; that a refusal must come sooner is told beside it.
  const wanted: readonly DeadlineWhat[] =
    petition.status === 'new' ? ['forward'] : ['process', 'publish', 'supplementWait']
  return open.find(({ what }) => wanted.includes(what)) ?? null
}

/** Until when the sender may have it opened again. */
export function reopenUntil(petition: Petition, calendar: WorkingCalendar): Instant | null {
  return deadlinesOf(petition, calendar).find(({ what }) => what === 'reopen')?.due.dueAt ?? null
}

/** Whether the whole last day has not passed at this moment. */
export const isInTime = ({ due }: Pick<Deadline, 'due'>, at: Instant): boolean => dayOf(at) <= due.dueOn

/** While more is awaited from the sender the time of the agency stands still. */
function pausesOf({ supplements, reopenedAt }: Petition): Pause[] {
  return supplements.flatMap(({ askedAt, givenAt }): Pause[] =>
    givenAt === null || (reopenedAt !== null && askedAt < reopenedAt)
      ? []
      : [{ from: askedAt, to: givenAt, reason: 'supplement' }],
  )
}
