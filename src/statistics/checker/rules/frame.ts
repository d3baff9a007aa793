// When a report was written and which period it tells of, as its head says.
import type { Day } from '../../../platform/day.ts'
import { dayOfParts } from './citations.ts'
import type { Passage } from './passages.ts'

export type Period = {
  type: 'month' | 'quarter' | 'half' | 'nine-months' | 'year'
  number: number
  year: number | undefined
}

export type Frame = {
  /** The day of the report, or of its posting; the latest day that a cited document can bear. */
  writtenOn: Day | undefined
  /** First and last day of the figures. */
  from: Day | undefined
  to: Day | undefined
  /** The year that the report tells of. */
  year: number | undefined
  title: { passages: readonly Passage[]; current: Period | undefined; next: Period | undefined }
}

const HEAD = 25

/** Reads the head of a report: place and date, title, period of the figures. */
export function readFrame(passages: readonly Passage[]): Frame {
  const head = passages.slice(0, HEAD)
  const title = findTitle(head)
  const text = title.map((one) => one.text).join(' ')
  const period = findPeriod(head.slice(0, 12))
  const periods = splitPeriods(text)
  const titleYear = periods.current?.year ?? firstYear(text)
  return {
    writtenOn: findWritten(head),
    from: period?.from,
    to: period?.to,
    year: titleYear ?? (period ? Number(period.to.slice(0, 4)) : undefined),
    title: { passages: title, ...periods },
  }
}

function findTitle(head: readonly Passage[]): Passage[] {
  const at = head.findIndex(({ text }) => /^\s*[*#]*\s*BÁO CÁO(?![\p{Ll}])/u.test(text))
  if (at !== -1) {
    const lines = head.slice(at, at + 4)
    const stop = lines.findIndex(
      ({ text }, index) => index > 0 && (/^\s*(?:Thực hiện|Căn cứ|Theo|I\.|1\.)/u.test(text) || text.length > 300),
    )
    return lines.slice(0, stop === -1 ? undefined : stop)
  }
  const headline = head
    .slice(0, 16)
    .find(
      ({ text }) =>
        /(?:cải cách hành chính|thủ tục hành chính|báo cáo|kết quả)/iu.test(text) &&
        /năm\s+\d{4}/iu.test(text) &&
        text.length < 200,
    )
  return headline ? [headline] : []
}

const firstYear = (text: string): number | undefined => {
  const year = /năm\s+(\d{4})/iu.exec(text)?.[1] ?? /[IVX\d]\/(\d{4})/u.exec(text)?.[1]
  return year === undefined ? undefined : Number(year)
}

function findPeriod(head: readonly Passage[]): { from: Day; to: Day } | undefined {
  for (const { text } of head) {
    const match =
      /từ(?: ngày)?\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*(?:đến|-|–)(?: hết)?(?: ngày)?\s*(\d{1,2})\/(\d{1,2})\/(\d{4})/iu.exec(
        text,
      )
    const from = dayOfParts(match?.[1], match?.[2], match?.[3])
    const to = dayOfParts(match?.[4], match?.[5], match?.[6])
    if (from && to && from < to) return { from, to }
  }
  return undefined
}

const months = ['giêng', 'hai', 'ba', 'tư', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười', 'mười một', 'mười hai']

function findWritten(head: readonly Passage[]): Day | undefined {
  for (const { text } of head) {
    if (text.length > 160) continue
    const place = /^[^,\d]{2,60},\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})/iu.exec(text)
    if (place) return dayOfParts(place[1], place[2], place[3])
  }
  for (const { text } of head) {
    if (text.length > 100) continue
    const iso = /^\s*(\d{4})-(\d{2})-(\d{2})[ T]\d{2}:\d{2}/u.exec(text)
    if (iso) return dayOfParts(iso[3], iso[2], iso[1])
    const posted = /(\d{1,2})\/(\d{1,2})\/(\d{4})\s+\d{1,2}:\d{2}/u.exec(text)
    if (posted) return dayOfParts(posted[1], posted[2], posted[3])
    const named = /(\d{1,2})\s+tháng\s+(\p{L}+(?:\s\p{L}+)?|\d{1,2})\s+(\d{4})\s+\d{1,2}:\d{2}/iu.exec(text)
    if (named) {
      const month = /^\d/u.test(named[2] ?? '') ? Number(named[2]) : months.indexOf((named[2] ?? '').toLowerCase()) + 1
      return month > 0 ? dayOfParts(named[1], String(month), named[3]) : undefined
    }
  }
  return undefined
}

const roman: Record<string, number> = { I: 1, II: 2, III: 3, IV: 4 }
const periodPattern =
  /(?:(quý)\s+([IV]+|[1-4])|(6|sáu|06)\s+tháng(?:\s+(đầu|cuối)\s+năm)?|(9|chín|09)\s+tháng(?:\s+đầu\s+năm)?|(tháng)\s+(\d{1,2})(?!\s*\/\d{1,2}\/))(?:\s*(?:\/|năm\s+|-\s*)?(\d{4}))?|(năm)\s+(\d{4})/iu

function readPeriod(text: string): Period | undefined {
  const match = periodPattern.exec(text)
  if (!match) return undefined
  const [, quarter, quarterNumber = '', half, halfPart, nine, month, monthNumber, yearText, , onlyYear] = match
  const found = yearText ?? onlyYear
  const year = found === undefined ? undefined : Number(found)
  if (quarter) return { type: 'quarter', number: roman[quarterNumber.toUpperCase()] ?? Number(quarterNumber), year }
  if (half) return { type: 'half', number: /cuối/iu.test(halfPart ?? '') ? 2 : 1, year }
  if (nine) return { type: 'nine-months', number: 1, year }
  if (month) return { type: 'month', number: Number(monthNumber), year }
  return { type: 'year', number: 1, year }
}

/** The period told of, and the one that the plans are for. */
export function splitPeriods(text: string): { current: Period | undefined; next: Period | undefined } {
  const plain = text.replaceAll(/\([^)]*\)/gu, ' ')
  const turn = /phương hướng|nhiệm vụ(?:,? giải pháp)?(?: trọng tâm)?(?=[^;]{0,60}(?:quý|tháng|năm \d))/iu.exec(plain)
  const told = plain.slice(0, turn?.index)
  const planned = turn ? plain.slice(turn.index) : undefined
  return { current: readPeriod(told), next: planned === undefined ? undefined : readPeriod(planned) }
}
