// Dates and numbers of cited documents against each other, the day of the report and its period.
import { weekdayOf, writeDay, type Day } from '../../../platform/day.ts'
import { dayOfParts, findCitations, type Citation } from './citations.ts'
import { locate, quoteOf, type Finding, type Outcome, type Reason } from './document.ts'
import { splitPeriods, type Frame, type Period } from './frame.ts'
import type { Passage } from './passages.ts'

/** Judges every date of the text; all of it warnings. */
export function judgeDates(passages: readonly Passage[], frame: Frame): Outcome[] {
  const citations = passages.flatMap(findCitations)
  const late = citations.filter((one) => frame.writtenOn !== undefined && one.day > frame.writtenOn)
  const lateOutcomes = late.map((one) => afterTheReport(one, frame))
  const beside = citations.flatMap((one) => (late.includes(one) ? [] : yearBeside(one, citations, frame)))
  const taken = new Set([...late, ...beside.map(({ citation }) => citation)])
  const rest = citations.filter((one) => !taken.has(one))
  const old = rest.filter((one) => isPlanOfLastYear(one, frame))
  return [
    ...lateOutcomes,
    ...beside.map(({ outcome }) => outcome),
    ...old.map((one) => planOfLastYear(one, frame)),
    ...rest.filter((one) => !old.includes(one)).flatMap(beforeItsYear),
    ...judgeOrder(rest),
    ...judgeSame(rest),
    ...passages.flatMap((passage) => [...judgeDays(passage), ...judgeWeekdays(passage), ...judgeSpans(passage)]),
    ...judgeTitle(passages, frame),
  ]
}

function warn(
  citation: Citation,
  reason: Reason,
  stated: Finding['stated'],
  computed: Finding['computed'],
  proof: string,
): Outcome {
  const { passage, start, end } = citation
  const quote = quoteOf(passage.text, start, end)
  return {
    ok: false,
    found: {
      kind: 'DATE',
      severity: 'warning',
      reason,
      location: locate(passage.block, start),
      quote,
      stated,
      computed,
      proof,
    },
  }
}

/** A report cannot cite what is not yet written; mostly the year is one too high. */
function afterTheReport(citation: Citation, frame: Frame): Outcome {
  const writtenOn = frame.writtenOn ?? citation.day
  const earlier = shiftYear(citation.day, -1)
  const likely = earlier && earlier <= writtenOn ? writeDay(earlier) : `≤ ${writeDay(writtenOn)}`
  return warn(citation, 'after-the-report', citation.written, likely, `${citation.written} > ${writeDay(writtenOn)}`)
}

const shiftYear = (day: Day, by: number): Day | undefined =>
  dayOfParts(day.slice(8, 10), day.slice(5, 7), String(Number(day.slice(0, 4)) + by))

/** "22/TB-UBND ngày 30/01/2022" beside "23/TB-UBND ngày 30/01/2023". */
function yearBeside(one: Citation, all: readonly Citation[], frame: Frame): { citation: Citation; outcome: Outcome }[] {
  const { from, writtenOn } = frame
  const isInside = (day: Day) => (from === undefined || day >= from) && (writtenOn === undefined || day <= writtenOn)
  if (!isOwn(one) || from === undefined || isInside(one.day)) return []
  const [number = 0] = one.numbers
  const other = all.find(
    (two) =>
      two !== one &&
      two.symbol === one.symbol &&
      isOwn(two) &&
      two.numbers.some((near) => Math.abs(near - number) <= 2 && near !== number) &&
      two.day.slice(5) === one.day.slice(5) &&
      isInside(two.day),
  )
  if (!other) return []
  const proof = `${shortOf(one)}; ${shortOf(other)}`
  return [{ citation: one, outcome: warn(one, 'year-beside', one.written, other.written, proof) }]
}

const isOwn = ({ issuer, symbol }: Citation): boolean => issuer === '' && /UBND|HĐND/u.test(symbol)

/** The one year that a document is for: "… năm 2022", but not "giai đoạn" and not "đến năm 2025". */
function subjectYear(subject: string): number | null {
  const plain = subject.slice(0, 260)
  if (/giai đoạn|\d{4}\s?[-–]\s?\d{4}|từ năm|đến năm|nhiệm kỳ|tầm nhìn/iu.test(plain)) return null
  const years = new Set([...plain.matchAll(/năm\s+(\d{4})/giu)].map((match) => Number(match[1])))
  const [year] = years
  return years.size === 1 && year !== undefined ? year : null
}

function isPlanOfLastYear(citation: Citation, frame: Frame): boolean {
  const year = subjectYear(citation.subject)
  const isPlan = /^(?:\d{4}\/)?KH/u.test(citation.symbol) && isOwn(citation)
  if (!isPlan || year === null || frame.year === undefined || year !== frame.year - 1) return false
  const isRetold =
    /căn cứ|theo|tổng kết|sơ kết|khắc phục|kế thừa|tiếp tục|thực hiện\s*$/iu.test(citation.lead.slice(-60)) ||
    /tổng kết|khắc phục|kết quả/iu.test(citation.subject)
  const isIssued =
    /ban hành/iu.test(citation.lead) || /ban hành/iu.test(citation.passage.text.slice(citation.start, citation.end))
  const start = frame.from ?? `${String(frame.year)}-01-01`
  if (isRetold || !isIssued || citation.day >= start || citation.day.slice(0, 4) !== String(year)) return false
  return true
}

function planOfLastYear(citation: Citation, { year }: Frame): Outcome {
  const stated = subjectYear(citation.subject)
  return warn(
    citation,
    'plan-of-last-year',
    stated,
    year ?? null,
    `${citation.written}: ${String(stated)} < ${String(year)}`,
  )
}

/** A letter of 2021 about the work of 2024. */
function beforeItsYear(citation: Citation): Outcome[] {
  const year = subjectYear(citation.subject)
  const written = Number(citation.day.slice(0, 4))
  if (year === null || year - written < 2 || year - written > 4 || /^(?:Luật|Nghị)/u.test(citation.lead)) return []
  const isWork = /nhiệm vụ|công tác|kế hoạch|thực hiện|cải cách/iu.test(citation.subject)
  if (!isWork || !/CV|KH|TB|CTr|UBND|HU|TU/u.test(citation.symbol)) return []
  return [warn(citation, 'plan-before-its-year', citation.written, year, `${String(written)} < ${String(year)}`)]
}

/** Numbers of one series rise with the days of the year: what breaks the longest rising run is reported. */
function judgeOrder(citations: readonly Citation[]): Outcome[] {
  const series = Map.groupBy(
    citations.filter(isOwnSeries),
    (one) => `${one.symbol} ${one.issuer} ${one.day.slice(0, 4)}`,
  )
  return [...series.values()].flatMap((group) => {
    const unique = group.filter(
      (one, index) => group.findIndex((two) => two.numbers[0] === one.numbers[0] && two.day === one.day) === index,
    )
    const sorted = unique.toSorted((a, b) => (a.numbers[0] ?? 0) - (b.numbers[0] ?? 0) || a.day.localeCompare(b.day))
    if (sorted.length < 2) return []
    const run = longestRun(sorted)
    const broken = sorted.filter((one) => !run.includes(one))
    if (broken.length > sorted.length / 3 && sorted.length > 2) return []
    if (broken.length === 0) {
      const [first] = sorted
      const last = sorted.at(-1)
      if (!first || !last || first === last) return []
      return [order(first, `${shortOf(first)} … ${shortOf(last)}`)]
    }
    return broken.map((one) => {
      const at = sorted.indexOf(one)
      const next = sorted.slice(at + 1).find((two) => run.includes(two))
      const previous = sorted.slice(0, at).findLast((two) => run.includes(two))
      const isLate = next !== undefined && one.day > next.day
      const neighbour = isLate ? next : previous
      const likely = neighbour ? `${isLate ? '≤' : '≥'} ${neighbour.written}` : null
      return warn(
        one,
        'number-order',
        one.written,
        likely,
        neighbour ? `${shortOf(one)}; ${shortOf(neighbour)}` : shortOf(one),
      )
    })
  })
}

const isOwnSeries = ({ symbol, day }: Citation): boolean => /UBND/u.test(symbol) && day !== ''
const shortOf = ({ numbers, symbol, written }: Citation): string =>
  `${numbers.map((one) => String(one).padStart(2, '0')).join(', ')}/${symbol} ${written}`

function order(first: Citation, proof: string): Outcome {
  const quote = quoteOf(first.passage.text, first.start, first.end)
  return {
    ok: true,
    found: {
      kind: 'DATE',
      reason: 'number-order',
      location: locate(first.passage.block, first.start),
      quote,
      stated: first.written,
      computed: first.written,
      proof,
    },
  }
}

function longestRun(sorted: readonly Citation[]): Citation[] {
  const best: Citation[][] = []
  for (const [at, one] of sorted.entries()) {
    const before = best.slice(0, at).filter((run) => (run.at(-1)?.day ?? '') <= one.day)
    const longest = before.reduce<Citation[]>((most, run) => (run.length > most.length ? run : most), [])
    best.push([...longest, one])
  }
  return best.reduce<Citation[]>((most, run) => (run.length >= most.length ? run : most), [])
}

/** The same document cited with two dates of one year. */
function judgeSame(citations: readonly Citation[]): Outcome[] {
  const outcomes: Outcome[] = []
  for (const [at, one] of citations.entries()) {
    const before = citations
      .slice(0, at)
      .find(
        (two) =>
          two.symbol === one.symbol &&
          two.numbers.join() === one.numbers.join() &&
          two.issuer === one.issuer &&
          two.day !== one.day &&
          two.day.slice(0, 4) === one.day.slice(0, 4),
      )
    if (!before) continue
    const outcome = warn(one, 'same-document', one.written, before.written, `${shortOf(one)}; ${shortOf(before)}`)
    if (!outcome.ok) outcome.found.also = [locate(before.passage.block, before.start)]
    outcomes.push(outcome)
  }
  return outcomes
}

/** 31/02/2023 is no day. */
function judgeDays({ text, block }: Passage): Outcome[] {
  return [
    ...text.matchAll(
      /(?<![\d/])(\d{1,2})\/(\d{1,2})\/((?:19|20)\d{2})(?![\d/])|ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})/gu,
    ),
  ].flatMap((match): Outcome[] => {
    if (dayOfParts(match[1] ?? match[4], match[2] ?? match[5], match[3] ?? match[6])) return []
    const found = {
      kind: 'DATE',
      severity: 'warning',
      reason: 'not-a-day',
      location: locate(block, match.index),
      quote: quoteOf(text, match.index, match.index + match[0].length),
      stated: match[0],
      computed: null,
      proof: match[0],
    } as const
    return [{ ok: false, found }]
  })
}

/** 1 is Monday, `thứ hai` or `thứ 2`. */
const weekdayNumber = (name: string): number => (/^\d/u.test(name) ? Number(name) - 1 : weekdays.indexOf(name) + 1)

const weekdays = ['hai', 'ba', 'tư', 'năm', 'sáu', 'bảy']

/** "Thứ tư - 03/04/2024". */
function judgeWeekdays({ text, block }: Passage): Outcome[] {
  return [
    ...text.matchAll(
      /(?:thứ\s+(hai|ba|tư|năm|sáu|bảy|[2-7])|(chủ nhật))\s*[,-]?\s*\(?(?:ngày\s+)?(\d{1,2})\/(\d{1,2})\/(\d{4})/giu,
    ),
  ].flatMap((match): Outcome[] => {
    const day = dayOfParts(match[3], match[4], match[5])
    if (!day) return []
    const named = (match[1] ?? '').toLowerCase()
    const stated = match[2] ? 7 : weekdayNumber(named)
    const actual = weekdayOf(day)
    const word = actual === 7 ? 'Chủ nhật' : `Thứ ${weekdays[actual - 1] ?? ''}`
    const found = {
      kind: 'DATE',
      reason: 'weekday',
      location: locate(block, match.index),
      quote: quoteOf(text, match.index, match.index + match[0].length),
      stated: match[0],
      computed: `${word}, ${writeDay(day)}`,
      proof: `${writeDay(day)} = ${word}`,
    } as const
    return [stated === actual ? { ok: true, found } : { ok: false, found: { ...found, severity: 'warning' } }]
  })
}

/** "từ ngày 10/12/2023 đến ngày 09/3/2023". */
function judgeSpans({ text, block }: Passage): Outcome[] {
  return [
    ...text.matchAll(
      /từ(?: ngày)?\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*(?:đến|-|–)(?: hết)?(?: ngày)?\s*(\d{1,2})\/(\d{1,2})\/(\d{4})/giu,
    ),
  ].flatMap((match): Outcome[] => {
    const from = dayOfParts(match[1], match[2], match[3])
    const to = dayOfParts(match[4], match[5], match[6])
    if (!from || !to || from <= to) return []
    const found = {
      kind: 'DATE',
      severity: 'warning',
      reason: 'period-backwards',
      location: locate(block, match.index),
      quote: quoteOf(text, match.index, match.index + match[0].length),
      stated: writeDay(from),
      computed: `≤ ${writeDay(to)}`,
      proof: `${writeDay(from)} > ${writeDay(to)}`,
    } as const
    return [{ ok: false, found }]
  })
}

/** The opening sentence names another period than the title: left over from a template. */
function judgeTitle(passages: readonly Passage[], { title }: Frame): Outcome[] {
  const last = title.passages.at(-1)
  if (!last || !title.current || !/báo cáo/iu.test(title.passages[0]?.text ?? '')) return []
  const opening = passages
    .slice(last.index + 1, last.index + 5)
    .find(({ text }) => /báo cáo/iu.test(text) && /như sau|cụ thể/iu.test(text))
  const ending = passages.find(
    ({ text, index }) => index > last.index + 5 && /^\s*Trên đây là (?:nội dung )?báo cáo/iu.test(text),
  )
  const outcomes: Outcome[] = []
  for (const passage of [opening, ending]) {
    if (!passage) continue
    const at = passage === opening ? lastReport(passage.text) : 0
    const told = splitPeriods(passage.text.slice(at))
    const differs = isOther(title.current, told.current) || isOther(title.next, told.next)
    if (!differs) continue
    const found: Finding = {
      kind: 'DATE',
      severity: 'warning',
      reason: 'period-beside-title',
      location: locate(passage.block, at),
      also: [last.block.at],
      quote: quoteOf(passage.text, at, passage.text.length),
      stated: [told.current, told.next]
        .filter((one) => one !== undefined)
        .map(writePeriod)
        .join('; '),
      computed: [title.current, title.next]
        .filter((one) => one !== undefined)
        .map(writePeriod)
        .join('; '),
      proof: last.text.trim().slice(0, 200),
    }
    outcomes.push({ ok: false, found })
  }
  return outcomes
}

/** What is reported begins behind the agency's "báo cáo"; before it stand the letters that asked for it. */
const lastReport = (text: string): number => Math.max(0, [...text.matchAll(/báo cáo/giu)].at(-1)?.index ?? 0)

/** Only what both name may differ: a longer period in the same year is not a contradiction when the type is equal. */
function isOther(one: Period | undefined, two: Period | undefined): boolean {
  if (!one || !two) return false
  const bothYears = one.year !== undefined && two.year !== undefined && one.year !== two.year
  if (one.type === 'year' || two.type === 'year') return bothYears
  return one.type !== two.type || one.number !== two.number || bothYears
}

function writePeriod({ type, number, year }: Period): string {
  const names = {
    month: `tháng ${String(number)}`,
    quarter: `quý ${['I', 'II', 'III', 'IV'][number - 1] ?? ''}`,
    half: `6 tháng ${number === 1 ? 'đầu' : 'cuối'} năm`,
    'nine-months': '9 tháng',
    year: '',
  }
  return [names[type], year === undefined ? '' : `năm ${String(year)}`].filter(Boolean).join(' ')
}
