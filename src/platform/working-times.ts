import { type Day, type Instant, type MinuteOfDay, instantAt } from './day.ts'

/** When an office works, day by day, so that a page can count hours and days as the law does. */
export type WorkingTimes = {
  from: Day
  to: Day
  /** Only the days on which somebody works, each with its intervals. */
  days: readonly { day: Day; intervals: readonly { from: MinuteOfDay; to: MinuteOfDay }[] }[]
}

/** Working minutes between two moments; undefined when one of them is further away than what is known. */
export function workingMinutes(times: WorkingTimes, from: Instant, to: Instant): number | undefined {
  if (from < instantAt(times.from, 0) || to > instantAt(times.to, 24 * 60)) return undefined
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  let sum = 0
  for (const { day, intervals } of times.days)
    for (const interval of intervals) {
      const opens = Math.max(begin, Date.parse(instantAt(day, interval.from)))
      const closes = Math.min(end, Date.parse(instantAt(day, interval.to)))
      if (closes > opens) sum += closes - opens
    }
  return Math.floor(sum / 60_000)
}
