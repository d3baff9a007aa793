// A printed percentage and the two numbers it is made of: "05 phiếu/174 phiếu, chiếm 2,9%", "(3.750/10.119 hồ sơ)".
import { judgeRatio, ratio, write, type Written } from './arithmetic.ts'
import type { Breakdown } from './breakdowns.ts'
import { locate, quoteOf, type Outcome } from './document.ts'
import type { Quantity } from './numbers.ts'
import { labelOf, sentenceAt, type Passage } from './passages.ts'

/** A percentage with the count before it, and the whole it is of when the text names one. */
export type Share = { passage: Passage; percent: Quantity; part: Quantity; whole: Quantity | undefined; sure: boolean }

// Directly before a share stands one of these; "văn bản được ký số là 81,87%" speaks of something else.
const introduces =
  /(?:chiếm|đạt|bằng|tương đương|tương ứng|=)(?:\s+(?:khoảng|tới|đến))?(?:\s+(?:tỷ lệ|tỉ lệ))?(?:\s+(?:là|đạt|bằng))?\s*[:(]?\s*$|(?:tỷ lệ|tỉ lệ)(?:\s+(?:là|đạt|chiếm|bằng))?\s*[:(]?\s*$|\(\s*$/iu
const shifts = /(?<!\p{L})(?:tăng|giảm|cùng kỳ|so với năm|vượt)(?!\p{L})/iu
// "58/60 thủ tục theo kế hoạch" names its whole; "58 thủ tục theo kế hoạch" does not.
const plans = /(?<!\p{L})(?:kế hoạch|chỉ tiêu|dự toán)(?!\p{L})/iu
const otherBase =
  /^\s*\)?\s*(?:so với(?! (?:tổng|số))|kế hoạch|chỉ tiêu|dự toán|nghị quyết|cùng kỳ|đúng hạn|trước hạn|hài lòng|của năm|năm trước|vốn|khối lượng|số (?!hồ sơ|phiếu|người|thủ tục|tthc)|tổng (?:vốn|chi|thu|mức)|diện tích|dân số|trở lên|hộ dân|theo)/iu

/** The shares of a paragraph with their counts. */
export function findShares(passage: Passage, breakdowns: readonly Breakdown[], told: readonly ToldCounts[]): Share[] {
  const shares: Share[] = []
  for (const [index, percent] of passage.quantities.entries()) {
    if (!percent.percent || percent.change || percent.approximate) continue
    const share = fractionAfter(passage, percent, index) ?? countBefore(passage, percent, index, breakdowns, told)
    if (share && !otherBase.test(passage.text.slice(percent.end))) shares.push(share)
  }
  return shares
}

/** "37,06% (3.750/10.119 hồ sơ)". */
function fractionAfter(passage: Passage, percent: Quantity, index: number): Share | undefined {
  const next = passage.quantities[index + 1]
  if (!next?.over || !/^\s?\(\s?$|^\s?\((?:tương ứng|bằng|=)\s?$/iu.test(passage.text.slice(percent.end, next.start)))
    return undefined
  return { passage, percent, part: next, whole: next.over, sure: true }
}

function countBefore(
  passage: Passage,
  percent: Quantity,
  index: number,
  breakdowns: readonly Breakdown[],
  told: readonly ToldCounts[],
): Share | undefined {
  const part = passage.quantities[index - 1]
  if (!part || part.percent || part.approximate || part.change) return undefined
  const gap = passage.text.slice(part.unitEnd, percent.start)
  if (
    closesBracket(gap) ||
    gap.length > 260 ||
    !introduces.test(gap) ||
    shifts.test(gap) ||
    (!part.over && plans.test(gap)) ||
    /;/u.test(gap)
  )
    return undefined
  if (sentenceAt(passage, part.start).index !== sentenceAt(passage, percent.start).index) return undefined
  if (passage.doubtful.some(({ start, end }) => start >= part.unitEnd && end <= percent.start)) return undefined
  if (part.over) return { passage, percent, part, whole: part.over, sure: true }
  // A count and its share lie close together; between far ones the subject may have changed.
  const words = gap.split(/[,(]/u).length
  if (gap.length > 120 || words > 4) return undefined
  const owner = breakdowns.find(({ parts }) => parts.some(({ quantity }) => quantity === part))
  if (owner) {
    const isSame = part.family === owner.total.family || part.family === 'bare' || owner.total.family === 'bare'
    return { passage, percent, part, whole: isSame ? owner.total : undefined, sure: isSame }
  }
  const whole = told.map((counts) => wholeAmong(counts, part)).find((one) => one !== undefined)
  return whole
    ? { passage, percent, part, whole, sure: true }
    : { passage, percent, part, whole: wholeBefore(passage, part), sure: false }
}

/** Counts of dossiers by what they are of: see dossier-facts.ts. */
export type ToldCounts = { facts: ReadonlyMap<string, Quantity>; mixed: ReadonlySet<string> }

/** Early, on time and late are shares of what was resolved. */
function wholeAmong({ facts, mixed }: ToldCounts, part: Quantity): Quantity | undefined {
  const resolved = facts.get('resolved')
  if (!resolved || mixed.has('resolved') || resolved.value < part.value) return undefined
  return ['late', 'early', 'onTime', 'onTimeAll'].some((fact) => facts.get(fact) === part) ? resolved : undefined
}

/** "(…, 400 DVC một phần), đạt 63,5%": the share outside the bracket is not of the last count inside. */
function closesBracket(gap: string): boolean {
  let depth = 0
  for (const sign of gap) {
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if (depth < 0) return true
  }
  return false
}

const taking = /tiếp nhận|tổng|phát ra|thu về|được giao|phải|đến hạn|nộp/u
const doing = /giải quyết|thực hiện|hoàn thành|trả|xử lý|đạt|số hóa|số hoá|trực tuyến|dứt điểm|đúng hạn/u

/** "tiếp nhận được 27.630 hồ sơ, đã giải quyết 27.282 hồ sơ, đạt …": the count taken in, in the same sentence. */
function wholeBefore(passage: Passage, part: Quantity): Quantity | undefined {
  const sentence = sentenceAt(passage, part.start)
  if (!doing.test(labelOf(passage, part).all)) return undefined
  return passage.quantities.findLast(
    (one) =>
      one.start >= sentence.start &&
      one.unitEnd <= part.start &&
      !one.percent &&
      !one.approximate &&
      one.family === part.family &&
      part.family !== 'bare' &&
      part.family !== 'other' &&
      one.value >= part.value &&
      taking.test(labelOf(passage, one).before),
  )
}

/** Compares a share with its two numbers. Says nothing when another whole of the paragraph explains it. */
export function judgeShare(share: Share): Outcome[] {
  const { passage, percent, part, whole } = share
  if (!whole || whole.value === 0) return []
  const { exact, rounded } = compute(percent, part, whole)
  const verdict = judgeRatio(percent, exact, rounded)
  const found = describeShare(share, whole)
  if (verdict === 'equal') return [{ ok: true, found: { ...found, kind: 'PERCENT', reason: 'ratio' } }]
  if (part.over === null && /đúng hạn|trước hạn|sớm hạn/u.test(labelOf(passage, part).all)) {
    const isResolved = /giải quyết|trả kết quả/u.test(labelOf(passage, whole).before)
    if (!(share.sure && isResolved) && hasHiddenWhole(percent, part, whole)) return []
  }
  const other = part.over ? undefined : explains(share, whole)
  if (other) return [{ ok: true, found: { ...describeShare(share, other), kind: 'PERCENT', reason: 'ratio' } }]
  // 5 of 100 late beside "95 %" may be the share on time.
  const rest = compute(percent, { value: whole.value - part.value, decimals: whole.decimals }, whole)
  if (judgeRatio(percent, rest.exact, rest.rounded) === 'equal' && Math.abs(whole.value - 2 * part.value) > 0) return []
  // "99,8% hồ sơ đến hạn" names a whole of its own.
  if (
    /^\s*(?:số |tổng số )?(?:hồ sơ|phiếu|người|thủ tục|TTHC|văn bản)\s+(?!(?:đã )?(?:tiếp nhận|khảo sát|phát ra)|[\p{P}])\p{L}/iu.test(
      passage.text.slice(percent.end),
    )
  )
    return []
  if (verdict === 'within-a-unit')
    return [
      { ok: false, found: { ...found, kind: 'ROUNDING', severity: 'warning', reason: 'cut-off-instead-of-rounded' } },
    ]
  return [{ ok: false, found: { ...found, kind: 'PERCENT', severity: 'error', reason: 'ratio' } }]
}

/** The exact share and the share at the printed precision. */
export function compute(percent: Written, part: Written, whole: Written): { exact: number; rounded: number } {
  const exact = ratio(part, whole, 9) ?? Number.NaN
  return { exact, rounded: ratio(part, whole, percent.decimals) ?? Number.NaN }
}

/** On-time shares are of what was resolved, which may not be printed: a whole number between part and received that fits. */
export function hasHiddenWhole(percent: Quantity, part: Quantity, received: Quantity): boolean {
  if (percent.value <= 0 || part.decimals > 0) return false
  const guess = Math.round((part.value * 100) / percent.value)
  for (let whole = Math.max(part.value, guess - 2); whole <= Math.min(received.value, guess + 2); whole += 1)
    if (compute(percent, part, { value: whole, decimals: 0 }).rounded === percent.value) return true
  return false
}

function explains({ passage, percent, part }: Share, whole: Quantity): Quantity | undefined {
  return passage.quantities.find(
    (one) =>
      one !== whole &&
      one !== part &&
      !one.percent &&
      one.unitEnd <= part.start &&
      one.value >= part.value &&
      one.value > 1 &&
      (one.family === part.family || one.family === 'bare') &&
      compute(percent, part, one).rounded === percent.value,
  )
}

export function describeShare({ passage, percent, part }: Share, whole: Quantity) {
  const { exact, rounded } = compute(percent, part, whole)
  const isClose = judgeRatio(percent, exact, rounded) !== 'wrong'
  const decimals = isClose ? percent.decimals : Math.max(2, percent.decimals)
  const computed = ratio(part, whole, decimals) ?? 0
  const start = Math.min(part.start, percent.start)
  const sign = Math.abs(computed - percent.value) < 1e-9 ? '' : ` ≠ ${write(percent.value, percent.decimals)}%`
  return {
    location: locate(passage.block, percent.start),
    quote: quoteOf(passage.text, start, Math.max(percent.end, part.unitEnd)),
    stated: percent.value,
    computed,
    proof: `${write(part.value)} / ${write(whole.value)} × 100 = ${write(computed, decimals)}%${sign}`,
  }
}

/** "đã xử lý 45/43 kiến nghị": no part of counted things is above its whole; plans may be. */
export function judgeFractions(passage: Passage): Outcome[] {
  return passage.quantities.flatMap((one): Outcome[] => {
    const { over } = one
    if (
      !over ||
      one.value <= over.value ||
      !['dossier', 'vote', 'procedure', 'petition', 'person'].includes(one.family)
    )
      return []
    const { start, end } = sentenceAt(passage, one.start)
    if (/kế hoạch|chỉ tiêu|vượt|so với|cùng kỳ|dự kiến|định mức|trên\s*$/iu.test(passage.text.slice(start, end)))
      return []
    const found = {
      kind: 'SUBSET',
      severity: 'error',
      reason: 'part-above-whole',
      location: locate(passage.block, one.start),
      quote: quoteOf(passage.text, one.start, one.unitEnd),
      stated: one.value,
      computed: over.value,
      proof: `${write(one.value)} > ${write(over.value)}`,
    } as const
    return [{ ok: false, found }]
  })
}

/** Answers of one question over the same number of ballots: "117 phiếu/174 phiếu …; 53 phiếu/174 phiếu …; 4 phiếu/174 phiếu". */
export function judgeAnswers(passage: Passage): Outcome[] {
  const parts = passage.quantities.filter((one) => one.over && !one.percent && one.family === 'vote')
  const [first] = parts
  const over = first?.over
  if (!first || !over || parts.length < 2 || parts.some((one) => one.over?.value !== over.value)) return []
  const value = parts.reduce((all, one) => all + one.value, 0)
  const shares = passage.quantities.filter((one) => one.percent).reduce((all, one) => all + one.value, 0)
  const last = parts.at(-1) ?? first
  const found = {
    kind: 'SUM',
    reason: 'parts-and-total',
    location: locate(passage.block, first.start),
    quote: quoteOf(passage.text, first.start, Math.min(last.end, first.start + 230)),
    stated: over.value,
    computed: value,
    proof: `${parts.map((one) => write(one.value)).join(' + ')} = ${write(value)}${value === over.value ? '' : ` ≠ ${write(over.value)}`}`,
  } as const
  if (value === over.value) return [{ ok: true, found }]
  // Fewer answers than ballots are blanks; more, or shares that make up the whole, are not.
  const isWhole = shares > 99.4 && shares < 100.6
  if (!isWhole) return []
  return [{ ok: false, found: { ...found, severity: 'error' } }]
}
