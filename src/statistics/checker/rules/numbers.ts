import type { Written } from './arithmetic.ts'
import { nounPattern, readUnit, type Family } from './units.ts'

/** A quantity as an official wrote it. Positions are offsets in the text; `end` covers the number, `unitEnd` its noun. */
export type Quantity = Written & {
  /** What one step of the last printed digit is worth: 0.1 in "43,1%", ten million in "1,25 tỷ đồng". */
  grain: number
  start: number
  end: number
  unitEnd: number
  percent: boolean
  family: Family
  unit: string
  /** "trên 50 ngàn", "khoảng", a range: never compared. */
  approximate: boolean
  /** "tăng 5,2%": a change, not a share. */
  change: 'up' | 'down' | null
  /** The whole of a fraction: "05 phiếu/174 phiếu". */
  over: Quantity | null
}

/** The quantities of a text in order, and the spans of digits that may or may not be quantities. */
export type Reading = { quantities: readonly Quantity[]; doubtful: readonly { start: number; end: number }[] }

// Never a quantity, whoever wrote it.
const masks: readonly RegExp[] = [
  /https?:\/\/\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+/giu,
  /(?:\d+[a-z]?\s*,\s*)*\d+[a-z]?\s*\/\s*(?:\d{4}\s*\/\s*)?\p{Lu}[\p{Lu}\p{Ll}\d]*(?:[-.&/]\s?\p{Lu}[\p{L}\d&]*)+/gu,
  /(?<!\d)\d+\s*\/\s*\d{4}\s*\/\s*\p{Lu}[\p{Lu}đ]*\d*/gu,
  /(?<!\d)\d+\s*-\s*\p{Lu}{2,}\s*\/\s*[\p{L}]+/gu,
  /(?<!\d)\d+\s*\/\s*(?:KH|QĐ|NQ|CT|TB|BC|TTr|CV|BTP|UBND|HĐND|NĐ|TT)(?!\p{L})/gu,
  /ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?/giu,
  /(?<!\d)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d{2}(?!\d)/gu,
  /(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)/gu,
  /(?:từ )?(?:ngày|sáng|chiều)\s+\d{1,2}(?:\s?[/-]\s?\d{1,2})?(?:\s?(?:,|và|đến|-|–)\s?\d{1,2}\/\d{1,2})*(?![.,]?\d)/giu,
  /(?:tháng|quý|kỳ|năm học)\s+(?:\d{1,2}|[IVX]+)(?:\s?[/-]\s?\d{4})?(?!\d)/giu,
  /năm\s+\d{4}(?:\s?(?:[-–,/]|đến|và)\s?\d{4})*/giu,
  /(?<![\d.,])(?:19|20)\d{2}\s?[-–]\s?(?:19|20)?\d{2}(?!\d)/gu,
  /(?<!\d)\d{1,2}\s?[h:]\s?\d{2}(?:[:.]\d{2})*(?:\.\d)?/giu,
  /(?<!\d)\d{1,2}\s?(?:h|giờ)(?!\p{L})/giu,
  /(?<!\d)(?:24\/7|24\/24)(?!\d)/gu,
  /(?<![\p{L}])(?:mức độ|mức|cấp độ|bước|iso|tcvn|qcvn|điều|khoản|chương|phụ lục|biểu mẫu|biểu số|mẫu số|lần thứ|covid)[\s-]*(?:số\s*)?\d+[a-z]?(?:[:.]\s?\d+)*(?:\s?(?:,|và|-)\s?(?:mức độ\s)?\d(?![\d.,]*\d)(?!\s?(?:TTHC|thủ tục|hồ sơ|người|phiếu)))*(?![\d%])/giu,
  /(?<![\p{L}])(?:hotline|điện thoại|đt|sđt|fax|tel|tổng đài|mã số|zalo)\s*:?\s*\(?\+?\d[\d\s.()-]{2,}\d/giu,
  /(?<![\d.,])0\d{2,3}[\s.-]?\d{3,4}[\s.-]?\d{3,4}(?![\d.,]?\d)/gu,
  /xếp(?:\s\p{L}+){0,5}\s\d+\s?\/\s?\d+/giu,
  /(?:hạng|vị trí|thứ hạng)(?:\s\p{L}+){0,3}\s+\d+(?:\s?\/\s?\d+)?/giu,
  /\(\s?\d{1,2}\s?\)/gu,
  /(?<!\p{L})\p{Lu}{1,4}\d+(?!\p{L})/gu,
  /(?<!\d)\d{1,2}[.)](?=\s*\p{Lu})(?<=(?:^|[;:]\s|\n)\d{1,2}[.)])/gu,
  /^\s*(?:[-–+•*]\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+)(?=\s|\p{L})/gu,
  /(?<![\d.,])\d{9,}(?![\d.,])/gu,
]

// Mostly a name or a length of time, but "cấp 12 giấy" counts: such digits are left out, and what depends on them is not judged.
const doubts: readonly RegExp[] = [
  /(?<!\p{L})(?:cấp|loại|lớp|thứ|lần|khóa|khoá|số|tổ|thôn|ấp|khu phố|đợt|nhóm|phần|mục|điểm|bảng|hình|nghị quyết|quyết định|nghị định|thông tư|chỉ thị|công văn|đề án|luật|tiêu chuẩn|phiên bản|top|quốc lộ|đường|trường|trang)\s+(?:số\s+)?\d+[a-z]?(?:\s?(?:,|và|-)\s?\d+)*(?![\d.,/]*\d|\s*%)/giu,
  /(?<![\d.,])\d+\s*(?:tháng|năm|tuần|ngày|giờ|phút|giây|tuổi|km|m2|m²|ha|kg|m|GB|MB)(?!\p{L})/giu,
  /(?<![\d.,])(?:19|20)\d{2}(?![\d.,%]|\s?(?:hồ sơ|phiếu|người|thủ tục|tthc|văn bản|lượt|hộ))/giu,
]

// "tổng số 110 thủ tục" counts, whatever stands before it.
const counted = new RegExp(`^\\s*(?:${nounPattern})(?!\\p{L})`, 'iu')

const digits = '\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d{1,3}(?:[\\u00a0\\u202f]\\d{3})+(?:,\\d+)?|\\d+[.,]\\d+|\\d+'
const number = new RegExp(`(?<![\\d.,])(${digits})(?!\\d)(\\s?%)?`, 'gu')
const before = new RegExp(
  `(?:trên|hơn|gần|khoảng|xấp xỉ|ước|ước đạt|ước tính|ước khoảng|dưới|tối thiểu|tối đa|ít nhất|nhiều nhất|không quá|từ|đến|hàng|bình quân|trung bình|khoảng chừng|≥|≤|>|<|~)(?:\\s+(?:${nounPattern}|mỗi|là|đạt))?\\s*$`,
  'iu',
)
const changes =
  /(?:^|\s|\()(?:(tăng|vượt|cao hơn|nhiều hơn)|(giảm|thấp hơn|ít hơn|hụt))(?:\s(?:thêm|lên|xuống|so với|được|là|gần|hơn|tới))*\s*:?\s*$/iu

/** Finds what is counted in a text. A range or "trên 50 ngàn" is marked approximate; dates and document numbers are no quantities. */
export function readQuantities(text: string): Reading {
  const hidden = spansOf(masks, text)
  const doubtful = spansOf(doubts, text).filter((span) => !touches(hidden, span) && !counted.test(text.slice(span.end)))
  const blank = blankOut(text, [...hidden, ...doubtful])
  const found: Quantity[] = []
  for (const match of blank.matchAll(number)) {
    const quantity = quantityAt(text, match)
    if (quantity) found.push(quantity)
    else doubtful.push({ start: match.index, end: match.index + match[0].length })
  }
  return { quantities: joinFractions(text, markRanges(text, found), doubtful), doubtful }
}

function quantityAt(text: string, match: RegExpExecArray): Quantity | undefined {
  const raw = match[1] ?? ''
  const start = match.index
  const percent = match[2] !== undefined
  const end = start + match[0].length
  const head = text.slice(Math.max(0, start - 40), start)
  if (/[\p{Lu}\d]-$/u.test(head)) return undefined
  const { family, unit, length, factor } = percent ? noUnit : readUnit(text.slice(end))
  const written = readNumber(raw, percent, family)
  if (!written) return undefined
  const change = changes.exec(head)
  return {
    ...scale(written, factor),
    grain: factor * 10 ** -written.decimals,
    start,
    end,
    unitEnd: end + length,
    percent,
    family,
    unit,
    approximate: before.test(head) || /^\s*(?:\.{3}|…|\+)/u.test(text.slice(end)),
    change: directionOf(change),
    over: null,
  }
}

function directionOf(change: RegExpExecArray | null): 'up' | 'down' | null {
  if (!change) return null
  return change[1] === undefined ? 'down' : 'up'
}

const noUnit = { family: 'bare', unit: '', length: 0, factor: 1 } as const

/** `2.395` is two thousand, `2.36%` and `43,1%` are decimals, `6,819` alone could be either and is not read. */
export function readNumber(raw: string, percent: boolean, family: Family = 'bare'): Written | undefined {
  if (
    /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u.test(raw) &&
    !(percent && /^\d{1,2}\.\d{3}$/u.test(raw)) &&
    !raw.startsWith('0.')
  )
    return decimal(raw.replaceAll('.', '').replace(',', '.'))
  if (/[\u00a0\u202f]/u.test(raw)) return decimal(raw.replaceAll(/[\u00a0\u202f]/gu, '').replace(',', '.'))
  if (/^[1-9]\d{0,2},\d{3}$/u.test(raw) && !percent)
    return family === 'money' || family === 'point' ? decimal(raw.replace(',', '.')) : undefined
  if (/^\d+(?:[.,]\d+)?$/u.test(raw)) return decimal(raw.replace(',', '.'))
  return undefined
}

function decimal(plain: string): Written | undefined {
  const value = Number(plain)
  if (!Number.isFinite(value) || plain.length > 15) return undefined
  return { value, decimals: plain.split('.')[1]?.length ?? 0 }
}

/** Money in triệu or tỷ becomes đồng; decimals then count below zero, i.e. what is not shown is not known. */
const scale = ({ value, decimals }: Written, factor: number): Written =>
  factor === 1
    ? { value, decimals }
    : { value: Math.round(value * factor), decimals: Math.max(0, decimals - Math.log10(factor)) }

/** "từ 10 đến 15 người", "10 - 15 người": both ends are approximate. */
function markRanges(text: string, found: readonly Quantity[]): Quantity[] {
  return found.map((quantity, index) => {
    const next = found[index + 1]
    const previous = found[index - 1]
    const toNext = next && /^\s?(?:[-–]|đến|tới)\s?(?:dưới\s)?$/u.test(text.slice(quantity.unitEnd, next.start))
    const toPrevious =
      previous && /^\s?(?:[-–]|đến|tới)\s?(?:dưới\s)?$/u.test(text.slice(previous.unitEnd, quantity.start))
    return toNext || toPrevious ? { ...quantity, approximate: true } : quantity
  })
}

/** Joins "75 phiếu/174 phiếu" and "3.750/10.119 hồ sơ"; a bare "11/12" is a date or a rank and is dropped. */
function joinFractions(
  text: string,
  found: readonly Quantity[],
  doubtful: { start: number; end: number }[],
): Quantity[] {
  const joined: Quantity[] = []
  for (let index = 0; index < found.length; index += 1) {
    const part = found[index]
    const whole = found[index + 1]
    if (!part) continue
    const between = whole ? text.slice(part.unitEnd, whole.start) : ''
    if (
      !whole ||
      part.percent ||
      whole.percent ||
      !/^\s?(?:\([^)\d]*\)\s?)?\/\s?$|^\s?trên\stổng\s(?:số\s)?$/u.test(between)
    ) {
      joined.push(part)
      continue
    }
    index += 1
    const family = part.family === 'bare' ? whole.family : part.family
    const rest = text.slice(whole.unitEnd)
    const isCount =
      family !== 'bare' ||
      /^\s*[,;(]?\s*(?:chiếm|đạt|tỷ lệ|tỉ lệ|bằng|=|tương)/iu.test(rest) ||
      /%\s?\(\s?$/u.test(text.slice(0, part.start)) ||
      whole.value > 31
    if (!isCount || (family === 'point' && /bậc|điểm/u.test(whole.unit))) {
      doubtful.push({ start: part.start, end: whole.end })
      continue
    }
    const unit = part.family === 'bare' ? whole.unit : part.unit
    joined.push({
      ...part,
      end: whole.end,
      unitEnd: whole.unitEnd,
      family,
      unit,
      approximate: /(?:khoảng|gần|hơn|ước)\s*$/iu.test(text.slice(0, part.start)),
      over: { ...whole, family: whole.family === 'bare' ? family : whole.family, approximate: false },
    })
  }
  return joined
}

function spansOf(patterns: readonly RegExp[], text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  for (const pattern of patterns)
    for (const match of text.matchAll(pattern))
      if (/\d/u.test(match[0])) spans.push({ start: match.index, end: match.index + match[0].length })
  return spans
}

type Span = { start: number; end: number }

const touches = (spans: readonly Span[], { start, end }: Span): boolean =>
  spans.some((span) => span.start < end && start < span.end)

function blankOut(text: string, spans: readonly { start: number; end: number }[]): string {
  let blank = text
  for (const { start, end } of spans) blank = `${blank.slice(0, start)}${'#'.repeat(end - start)}${blank.slice(end)}`
  return blank
}
