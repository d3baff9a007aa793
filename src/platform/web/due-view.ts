import { type Instant, dayOf, daysBetween } from '../day.ts'
import { type WorkingTimes, workingMinutes } from '../working-times.ts'
import { formatIn } from './format.ts'
import type { Language } from './language.ts'

/** How a dossier stands against its clock. `done` is silent, like `normal`: being in time is nothing special. */
export type Tone = 'late' | 'today' | 'normal' | 'waiting' | 'done'

export type Due = {
  /** When the result is promised; null while nothing is promised. */
  dueAt: Instant | null
  /** When it was finished; then lateness is counted up to there. */
  finishedAt?: Instant | null | undefined
  /** The clock stands still: somebody else (mostly the citizen) has to act. */
  paused?: boolean | undefined
}

const words = {
  vi: {
    minutes: (n: number) => `${n} phút`,
    hours: (n: number) => `${n} giờ`,
    days: (n: number) => `${formatIn('vi').number(n)} ngày`,
    ofWork: {
      minutes: (n: number) => `${n} phút làm việc`,
      hours: (n: number) => `${n} giờ làm việc`,
      days: (n: number) => `${n} ngày làm việc`,
    },
    left: (amount: string) => `còn ${amount}`,
    late: (amount: string) => `trễ ${amount}`,
    finishedInTime: 'đúng hẹn',
    finishedEarly: 'trước hẹn',
    waiting: 'chờ bổ sung',
    none: 'chưa hẹn',
  },
  en: {
    minutes: (n: number) => `${n} min`,
    hours: (n: number) => `${n} h`,
    days: (n: number) => (n === 1 ? '1 day' : `${formatIn('en').number(n)} days`),
    ofWork: {
      minutes: (n: number) => `${n} working min`,
      hours: (n: number) => (n === 1 ? '1 working hour' : `${n} working hours`),
      days: (n: number) => `${n} working days`,
    },
    left: (amount: string) => `${amount} left`,
    late: (amount: string) => `${amount} late`,
    finishedInTime: 'on time',
    finishedEarly: 'early',
    waiting: 'waiting',
    none: 'no due date',
  },
}

/** The first column of every queue: how much time is left, in words that fit one line, and its tone. */
export function dueView(
  due: Due,
  now: Instant,
  language: Language,
  times?: WorkingTimes,
): { tone: Tone; text: string } {
  const text = words[language]
  const { dueAt, finishedAt } = due
  if (dueAt === null) return due.paused ? { tone: 'waiting', text: text.waiting } : { tone: 'normal', text: text.none }
  if (finishedAt) {
    if (finishedAt > dueAt) return { tone: 'late', text: text.late(amountBetween(dueAt, finishedAt, language, times)) }
    return { tone: 'done', text: dayOf(finishedAt) < dayOf(dueAt) ? text.finishedEarly : text.finishedInTime }
  }
  if (due.paused) return { tone: 'waiting', text: text.waiting }
  if (now > dueAt) return { tone: 'late', text: text.late(amountBetween(dueAt, now, language, times)) }
  const tone = dayOf(now) === dayOf(dueAt) ? 'today' : 'normal'
  return { tone, text: text.left(amountBetween(now, dueAt, language, times)) }
}

const DAY_OF_WORK = 480

/**
 * In working time where the office's calendar is known: the limits of the law are hours and days of work. Two days and
 * more are told in days.
 */
function amountBetween(from: Instant, to: Instant, language: Language, times: WorkingTimes | undefined): string {
  const worked = times && workingMinutes(times, from, to)
  if (worked === undefined) return amountOfClock(from, to, language)
  const { ofWork } = words[language]
  if (worked < 60) return ofWork.minutes(Math.max(1, worked))
  return worked < 2 * DAY_OF_WORK
    ? ofWork.hours(Math.floor(worked / 60))
    : ofWork.days(Math.floor(worked / DAY_OF_WORK))
}

/** Days by the calendar when the days differ by at least one night and half a day, otherwise hours, otherwise minutes. */
function amountOfClock(from: Instant, to: Instant, language: Language): string {
  const text = words[language]
  const minutes = Math.max(1, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000))
  if (minutes < 60) return text.minutes(minutes)
  const days = daysBetween(dayOf(from), dayOf(to))
  if (days >= 1 && minutes >= 12 * 60) return text.days(days)
  return text.hours(Math.floor(minutes / 60))
}
