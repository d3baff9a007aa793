import { clockOfMinute, type Day } from '../platform/day.ts'
import { type Explanation, type ExplanationLine, isProvisional } from './rules/explanation.ts'
import type { TimeLimit } from './rules/time-limit.ts'
import { en } from './text.en.ts'
import { type CalendarText, vi } from './text.vi.ts'

export type Language = 'vi' | 'en'

/** One row of the explanation as a person reads it. */
export type ExplainedLine = {
  /** The day or days, with the hours when only part of a day is meant. */
  when: string
  counted: boolean
  /** How much of the limit this used up; empty when nothing. */
  amount: string
  why: string
  /** The notice or the article of law. */
  law: string
}

export type Explained = {
  summary: string[]
  /** One a part of the time limit; `title` is empty when there is only one. */
  parts: { title: string; lines: ExplainedLine[] }[]
  due: string
  warnings: string[]
}

const texts: Record<Language, CalendarText> = { vi, en }

/** "7 ngày làm việc + 12 ngày" */
export const writeLimit = (limit: TimeLimit, language: Language): string =>
  limit.map(({ unit, amount }) => texts[language].units[unit](amount)).join(' + ')

/** The explanation of a due date, ready for a table on the screen or on paper. */
export function explainInDetail(explanation: Explanation, language: Language): Explained {
  const text = texts[language]
  const words = text.explanation
  const { start, restartedFrom, limit, lines, dueAt, unknownYears } = explanation
  return {
    summary: [
      words.summary({ limit: writeLimit(limit, language), start: text.instant(start) }),
      ...(restartedFrom ? [words.restarted(text.instant(restartedFrom))] : []),
    ],
    parts: limit.map((part, index) => ({
      title: limit.length > 1 ? words.part(index + 1, writeLimit([part], language)) : '',
      lines: explainLines(joinNeighbours(lines.filter((line) => line.part === index)), text),
    })),
    due: words.due(text.instant(dueAt)),
    warnings: [
      ...(isProvisional({ lines, unknownYears: [] }) ? [words.provisional] : []),
      ...unknownYears.map(words.unknownYear),
    ],
  }
}

/** The same as sentences, one after the other: for the API, for mail and for plain paper. */
export function explain(explanation: Explanation, language: Language): string[] {
  const { summary, parts, due, warnings } = explainInDetail(explanation, language)
  const sentences = parts.flatMap(({ title, lines }) => [
    ...(title ? [`${title}.`] : []),
    ...lines.map(({ when, amount, why, law }) => `${when}: ${why}${amount ? ` – ${amount}` : ''} (${law}).`),
  ])
  return [...summary, ...sentences, due, ...warnings]
}

type Joined = ExplanationLine & { clocks: { from: number; to: number }[] }

/** The weekend becomes one line, morning and afternoon of a day too; each working day keeps its own. */
function joinNeighbours(lines: readonly ExplanationLine[]): Joined[] {
  const joined: Joined[] = []
  for (const line of lines) {
    const before = joined.at(-1)
    const isSame = before?.phase === line.phase && JSON.stringify(before.why) === JSON.stringify(line.why)
    const isSameDay = isSame && before.to === line.from && line.clock !== undefined
    if (before && (isSameDay || (isSame && !line.counted && !line.clock))) {
      before.to = line.to
      before.amount += line.amount
      if (line.clock) before.clocks.push(line.clock)
    } else {
      joined.push({ ...line, clocks: line.clock ? [line.clock] : [] })
    }
  }
  return joined
}

function explainLines(lines: readonly Joined[], text: CalendarText): ExplainedLine[] {
  let workingDays = 0
  return lines.map((line) => {
    const { counted, amount, unit, rule } = line
    if (counted && unit === 'workingDay') workingDays += amount
    return {
      when: writeWhen(line, text),
      counted,
      amount: writeAmount(amount, unit, text),
      why: writeWhy(line, workingDays, text),
      law: ('notice' in line.why && line.why.notice) || text.laws[rule],
    }
  })
}

function writeWhen({ from, to, clocks }: Joined, text: CalendarText): string {
  const days = (first: Day, last: Day) =>
    first === last ? text.longDay(first) : `${text.longDay(first)} – ${text.longDay(last)}`
  const hours = clocks.map((clock) => `${clockOfMinute(clock.from)}–${clockOfMinute(clock.to)}`).join(', ')
  return hours ? `${days(from, to)} (${hours})` : days(from, to)
}

/** Working days are numbered instead. */
function writeAmount(amount: number, unit: ExplanationLine['unit'], text: CalendarText): string {
  if (amount === 0 || unit === 'workingDay') return ''
  return unit === 'minute' ? text.minutes(amount) : text.units[unit](amount)
}

function writeWhy({ why }: ExplanationLine, ordinal: number, { why: words }: CalendarText): string {
  if ('notice' in why) return words[why.code](why)
  if (why.code === 'paused') return words.paused(why.reason)
  return why.code === 'working-day' ? words[why.code](ordinal) : words[why.code]
}
