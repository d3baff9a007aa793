// Documents that a report cites, with number, symbol and date: "Kế hoạch số 171/KH-UBND ngày 25/12/2023".
import { isDay, writeDay, type Day } from '../../../platform/day.ts'
import type { Passage } from './passages.ts'

export type Citation = {
  passage: Passage
  numbers: readonly number[]
  symbol: string
  day: Day
  /** The date as printed. */
  written: string
  start: number
  end: number
  /** What it is about, to the end of its clause. */
  subject: string
  /** "của UBND tỉnh": who issued it, empty when the text does not say. */
  issuer: string
  /** What stands before it in the sentence. */
  lead: string
}

const date =
  '(?:ngày\\s*)?(\\d{1,2})\\s?[/.-]\\s?(\\d{1,2})\\s?[/.-]\\s?(\\d{4})|ngày\\s*(\\d{1,2})\\s+tháng\\s+(\\d{1,2})\\s+năm\\s+(\\d{4})'
const numberAndSymbol =
  '((?:\\d+[a-z]?\\s*,\\s*)*\\d+)\\s*[/-]\\s*((?:\\d{4}\\s*/\\s*)?\\p{Lu}[\\p{L}\\d]*(?:\\s?[-./&]\\s?\\p{Lu}[\\p{L}\\d&]*)+)'
const cited = new RegExp(`(?<![\\d/])${numberAndSymbol}[\\s,(]*(?:${date})`, 'gu')
const dated = new RegExp(
  `ngày\\s*(\\d{1,2})/(\\d{1,2})/(\\d{4})[^.;\\d]{0,60}?số\\s+${numberAndSymbol}(?![\\s,(]*ngày)`,
  'giu',
)

/** Every dated document that the paragraph cites. A date that does not exist is left to the rule of days. */
export function findCitations(passage: Passage): Citation[] {
  const { text } = passage
  const found: Citation[] = []
  for (const match of text.matchAll(cited)) {
    const [, numbers = '', symbol = ''] = match
    const day = dayOfParts(match[3] ?? match[6], match[4] ?? match[7], match[5] ?? match[8])
    if (day) found.push(citation(passage, match, { numbers, symbol, day }))
  }
  for (const match of text.matchAll(dated)) {
    const day = dayOfParts(match[1], match[2], match[3])
    if (day) found.push(citation(passage, match, { numbers: match[4] ?? '', symbol: match[5] ?? '', day }))
  }
  return found.toSorted((a, b) => a.start - b.start)
}

function citation(
  passage: Passage,
  match: RegExpExecArray,
  { numbers, symbol, day }: { numbers: string; symbol: string; day: Day },
): Citation {
  const { text } = passage
  const start = match.index
  const end = start + match[0].length
  const rest = text.slice(end, end + 400)
  const subject = rest.split(/[;]|\.(?:\s|$)/u)[0] ?? ''
  return {
    passage,
    numbers: numbers.split(',').map((one) => Number.parseInt(one, 10)),
    symbol: symbol.replaceAll(/\s/gu, ''),
    day,
    written: writeDay(day),
    start,
    end,
    subject,
    issuer:
      /^[\s,)]*của\s+((?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Chủ tịch|HĐND|Chính phủ|Thủ tướng|Bộ|Sở|Văn phòng|Ban|Tỉnh|Huyện)[^,;.]{0,30})/iu
        .exec(rest)?.[1]
        ?.toLowerCase() ?? '',
    lead: text.slice(Math.max(0, start - 80), start),
  }
}

export function dayOfParts(date?: string, month?: string, year?: string): Day | undefined {
  if (!date || !month || !year) return undefined
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? day : undefined
}
