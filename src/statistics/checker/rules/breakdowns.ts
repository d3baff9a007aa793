// A total and the parts named after it: "523 hồ sơ (gồm: … 495 …, … 28 …)", "24.704 hồ sơ. Trong đó, … 23.972 …; còn 732".
import { sum, write } from './arithmetic.ts'
import { isField, partitionOf } from './axes.ts'
import { locate, quoteOf, type Outcome } from './document.ts'
import type { Quantity } from './numbers.ts'
import { closingOf, depthAt, labelOf, sentenceAt, type Passage } from './passages.ts'

/** A part of a total: where it stands and the words that name it. */
export type Part = { passage: Passage; quantity: Quantity; label: string }

/** A total with the parts that the text names for it. */
export type Breakdown = {
  passage: Passage
  total: Quantity
  totalLabel: string
  parts: readonly Part[]
  /** "gồm", "chia ra": the text says that this is all. */
  saysAll: boolean
  /** One part in each place, nothing doubtful between: a sum that differs is an error, not another reading. */
  clear: boolean
  /** Further counts within the places ("có mặt 99 người"), for other readings. */
  readings: readonly (readonly Part[])[]
  quoteEnd: number
}

const cue =
  /(?<!\p{L})(trong (?:đó|số đó)|bao gồm|gồm có|gồm|chia ra|cụ thể)(?!\p{L})(?!\s+(?:cả|nhiều|các))(?:\s*(?:là|như sau|có|gồm|bao gồm))*\s*[:,]?/giu

// No paragraph divides as often.
const MOST_CUES = 80

/** All totals with parts in one paragraph and the list below it. */
export function findBreakdowns(passage: Passage): Breakdown[] {
  const found: Breakdown[] = []
  const cues = [...passage.text.matchAll(cue)].slice(0, MOST_CUES)
  for (const [index, match] of cues.entries()) {
    const breakdown = breakdownAt(passage, match, cues.slice(index + 1))
    // "10 cán bộ, 09 công chức, cụ thể: …" may divide either of them, or both.
    const isUnsure =
      breakdown &&
      found.some(
        ({ parts, quoteEnd }) =>
          parts.length > 1 &&
          quoteEnd >= breakdown.quoteEnd &&
          parts.some(({ quantity }) => quantity === breakdown.total),
      )
    if (breakdown) found.push(isUnsure ? { ...breakdown, clear: false } : breakdown)
  }
  found.push(...bracketsOf(passage, found), ...colonLists(passage, found))
  if (found.every(({ parts }) => parts.every((part) => part.passage === passage))) {
    const list = listBelow(passage)
    if (list) found.push(list)
  }
  return found
}

function breakdownAt(
  passage: Passage,
  match: RegExpExecArray,
  later: readonly RegExpExecArray[],
): Breakdown | undefined {
  const { text } = passage
  const total = totalBefore(passage, match.index)
  if (!total) return undefined
  const from = match.index + match[0].length
  const end = endOfScope(passage, match.index, from)
  const inside = later.filter(({ index }) => index < end)
  const scopes = inside.map((next) => ({
    start: next.index,
    end: endOfScope(passage, next.index, next.index + next[0].length),
  }))
  const base = depthAt(passage, from)
  const places: Part[][] = []
  let lastSemicolon = -1
  const outer = scopes
    .reduce(
      (all, scope) => all.slice(0, scope.start) + ' '.repeat(scope.end - scope.start) + all.slice(scope.end),
      text,
    )
    .slice(from, end)
  for (const quantity of passage.quantities) {
    if (quantity.start < from || quantity.start >= end || quantity.percent) continue
    if (depthAt(passage, quantity.start) !== base) continue
    if (scopes.some((scope) => quantity.start >= scope.start && quantity.start < scope.end)) continue
    const semicolon = text.slice(from, quantity.start).lastIndexOf(';')
    const { all } = labelOf(passage, quantity)
    const part = { passage, quantity, label: all }
    if (semicolon === lastSemicolon && places.length > 0 && outer.includes(';')) places.at(-1)?.push(part)
    else places.push([part])
    lastSemicolon = semicolon
  }
  const all = places.flat()
  if (all.length === 0) return undefined
  const firsts = places.map(([first]) => first).filter((part) => part !== undefined)
  const isClear =
    places.every((place) => place.length === 1) &&
    !passage.doubtful.some((span) => span.start >= from && span.end <= end) &&
    !/(?:\.{3}|…|v\.v)/u.test(outer) &&
    !/chủ yếu|một số|đáng chú ý|nổi bật|riêng|tập trung|còn lại(?! là)|(?:các|những|nhiều)[^,;\d]{0,30}khác/iu.test(
      outer,
    ) &&
    !/chủ yếu|một số/iu.test(text.slice(total.unitEnd, from))
  return {
    passage,
    total,
    totalLabel: labelOf(passage, total).all,
    parts: places.length > 1 || all.length === 1 ? firsts : all,
    saysAll: /gồm|chia ra/iu.test(match[0]) || (/cụ thể/iu.test(match[0]) && /:/u.test(match[0])),
    clear: isClear && text.slice(total.unitEnd, match.index).length < 200,
    readings: [all, firsts, ...prefixes(all)],
    quoteEnd: end,
  }
}

/** "48/48 đơn vị … (02 đơn vị …, 46 ĐVSN …)": a bracket of counts without a word before it; the parts must be known to be all. */
function bracketsOf(passage: Passage, known: readonly Breakdown[]): Breakdown[] {
  const { text, quantities, doubtful } = passage
  return [...text.matchAll(/\(\s*(?!(?:gồm|bao gồm|trong đó|trong số|chia ra))(?=[\p{L}\d])/giu)].flatMap(
    (match): Breakdown[] => {
      const from = match.index + match[0].length
      const end = closingOf(text, match.index + 1)
      const total = quantities.findLast((one) => one.unitEnd <= match.index && !one.percent)
      const inside = quantities.filter((one) => one.start >= from && one.end <= end && !one.percent && !one.over)
      if (
        !total ||
        total.approximate ||
        inside.length < 2 ||
        inside.some((one) => one.change !== null || one.approximate) ||
        known.some(({ parts }) => parts.some(({ quantity }) => inside.includes(quantity)))
      )
        return []
      const isDirect = /^[\s:]*$/u.test(text.slice(total.unitEnd, match.index))
      const words = text.slice(from, end)
      const isPlain =
        !doubtful.some((span) => span.start >= from && span.end <= end) &&
        !/\.{3}|…|chủ yếu|một số|trong đó|còn lại/iu.test(words)
      const parts = inside.map((quantity) => ({ passage, quantity, label: labelOf(passage, quantity).all }))
      return [
        {
          passage,
          total,
          totalLabel: labelOf(passage, total).all,
          parts,
          saysAll: false,
          clear: isDirect && isPlain && inside.length === words.split(/[,;](?!\d)|\svà\s/u).length,
          readings: [parts],
          quoteEnd: end,
        },
      ]
    },
  )
}

/** "gồm 10 người: Tư pháp: 01, Hộ tịch: 01, VP: 02 …": a colon behind the total, and a colon before each part. */
function colonLists(passage: Passage, known: readonly Breakdown[]): Breakdown[] {
  const { text, quantities, doubtful } = passage
  return quantities.flatMap((total): Breakdown[] => {
    const colon = /^\s*:\s*(?=\p{L})/u.exec(text.slice(total.unitEnd))
    if (
      !colon ||
      total.family === 'bare' ||
      total.percent ||
      total.approximate ||
      total.over ||
      known.some((one) => one.total === total)
    )
      return []
    const from = total.unitEnd + colon[0].length
    const { end } = sentenceAt(passage, from)
    const inside = quantities.filter((one) => one.start >= from && one.end <= end && !one.percent)
    const isNamed = inside.length >= 3 && inside.every((one) => /:\s*$/u.test(text.slice(from, one.start)))
    // "400 phiếu: rất hài lòng 212 phiếu, hài lòng 188 phiếu": all of one kind, and the parts must be known to be all.
    const isAlike =
      inside.length >= 2 && inside.every((one) => one.family === total.family && !depthAt(passage, one.start))
    const isList = (isNamed || isAlike) && inside.every((one) => !one.over && !one.approximate && one.change === null)
    if (!isList) return []
    const parts = inside.map((quantity) => ({ passage, quantity, label: labelOf(passage, quantity).all }))
    const clear =
      !doubtful.some((span) => span.start >= from && span.end <= end) &&
      !/\.{3}|…|chủ yếu|một số/iu.test(text.slice(from, end))
    return [
      {
        passage,
        total,
        totalLabel: labelOf(passage, total).all,
        parts,
        saysAll: isNamed,
        clear,
        readings: [parts],
        quoteEnd: end,
      },
    ]
  })
}

const prefixes = (parts: readonly Part[]): Part[][] => parts.slice(2).map((_, index) => parts.slice(0, index + 2))

/** The count that the cue divides: the last one before it, brackets skipped, in its sentence or at the end of the one before. */
function totalBefore(passage: Passage, at: number): Quantity | undefined {
  const { text, quantities } = passage
  const depth = depthAt(passage, at)
  const open = depth > 0 ? text.lastIndexOf('(', at) : -1
  // "(trong đó: …)" divides what stands before the bracket.
  const opensBracket = open !== -1 && /^\(\s*$/u.test(text.slice(open, at))
  const limit = opensBracket ? open : at
  const wanted = opensBracket ? depth - 1 : depth
  const sentence = sentenceAt(passage, limit === 0 ? 0 : limit - 1)
  const isFirst = /^[\s*+-]*$/u.test(text.slice(sentence.start, at))
  const here = sentenceAt(passage, at)
  const startsSentence = /^[\s*+\-–]*$/u.test(text.slice(here.start, at))
  const scope = startsSentence || isFirst ? (passage.sentences[here.index - 1] ?? here) : sentence
  const candidates = quantities.filter(
    (one) =>
      one.start >= scope.start &&
      one.unitEnd <= limit &&
      !one.percent &&
      !one.change &&
      depthAt(passage, one.start) === wanted,
  )
  const total = candidates.at(-1)
  if (!total || total.approximate) return undefined
  if (startsSentence && candidates.length > 1 && !/tổng/iu.test(labelOf(passage, total).all)) {
    const [first] = candidates
    if (first && candidates.length === 2 && candidates.every((one) => one.value === first.value)) return total
    return candidates.length > 2 ? undefined : total
  }
  return total
}

/** Where the parts end: at the closing bracket, at the semicolon when others stand around, or with the sentence. */
function endOfScope(passage: Passage, cueAt: number, from: number): number {
  const { text } = passage
  const depth = depthAt(passage, cueAt)
  const sentence = sentenceAt(passage, Math.min(from, Math.max(0, text.length - 1)))
  let end = Math.max(sentence.end, from)
  if (depth > 0) {
    const close = closingOf(text, text.lastIndexOf('(', cueAt) + 1)
    if (close !== -1) end = Math.min(close, text.length)
  }
  const startsClause = /(?:^|[.;(]\s*|\n\s*)[*+\-–]?\s*$/u.test(text.slice(0, cueAt))
  if (startsClause) return end
  const semicolon = text.slice(from, end).indexOf(';')
  if (semicolon === -1) return end
  const isInList = text.slice(sentenceAt(passage, cueAt).start, cueAt).includes(';')
  return isInList || hasTotalLabel(text.slice(from + semicolon, end)) ? from + semicolon : end
}

// After "…, trong đó: có 431 …; Số hồ sơ đang giải quyết: 14" a new subject begins behind the semicolon.
const hasTotalLabel = (rest: string): boolean => /^;\s*(?:Tổng|Số)\s/u.test(rest)

/** A paragraph that ends in a colon and the counts with which its items begin. */
function listBelow(passage: Passage): Breakdown | undefined {
  if (passage.items.length < 2) return undefined
  const total = totalOfList(passage)
  if (!total) return undefined
  const parts: Part[] = []
  for (const item of passage.items) {
    const quantity = item.quantities.find((one) => !one.percent && !one.change && depthAt(item, one.start) === 0)
    if (!quantity || quantity.approximate) return undefined
    const label = item.text.slice(0, quantity.unitEnd)
    parts.push({ passage: item, quantity, label: `${label} ${labelOf(item, quantity).after}`.toLowerCase() })
  }
  const opening = passage.text.slice(total.unitEnd)
  const isClear =
    !/chủ yếu|một số|đáng chú ý|nổi bật|tập trung/iu.test(opening) &&
    parts.every(({ passage: { doubtful }, quantity }) => !doubtful.some(({ end }) => end <= quantity.start))
  return {
    passage,
    total,
    totalLabel: labelOf(passage, total).all,
    parts,
    saysAll:
      /(?<!trong đó )(?:gồm|chia ra)[^.]*$/iu.test(opening) || parts.every(({ label }) => /lĩnh vực/u.test(label)),
    clear: isClear,
    readings: [parts],
    quoteEnd: passage.text.length,
  }
}

function totalOfList(passage: Passage): Quantity | undefined {
  const { text } = passage
  const last = passage.sentences.at(-1)
  if (!last) return undefined
  // The colon must belong to the counting sentence, or to a last sentence that is only "Trong đó:".
  const isBare = /^[\s*+-]*(?:trong đó|cụ thể|gồm|bao gồm)[^.\d]{0,30}:?\s*$/iu.test(text.slice(last.start))
  const scope = isBare ? (passage.sentences.at(-2) ?? last) : last
  const counts = passage.quantities.filter(
    (one) =>
      one.start >= scope.start &&
      one.end <= scope.end &&
      !one.percent &&
      !one.change &&
      depthAt(passage, one.start) === 0,
  )
  const total = counts.length === 1 ? counts[0] : counts.find((one) => /tổng/iu.test(labelOf(passage, one).all))
  return total && !total.approximate ? total : undefined
}

/** Judges a total and its parts. Says nothing when the parts may overlap or are not all. */
export function judgeBreakdown(breakdown: Breakdown): Outcome[] {
  const { total, totalLabel } = breakdown
  const [first] = breakdown.parts
  if (!first || breakdown.parts.some(({ quantity }) => quantity.approximate)) return []
  if (breakdown.parts.length === 1) return judgeSubset(breakdown, first)
  const fits = breakdown.readings.find((parts) => parts.length >= 2 && isEqual(parts, total) && isCounted(parts, total))
  if (fits) return [{ ok: true, found: { ...describe(breakdown, fits), kind: 'SUM', reason: 'parts-and-total' } }]
  const regular = breakdown.parts.filter(({ label }) => !/hợp đồng/u.test(label))
  if (regular.length < breakdown.parts.length && regular.length >= 2 && isEqual(regular, total))
    return [{ ok: true, found: { ...describe(breakdown, regular), kind: 'SUM', reason: 'parts-and-total' } }]
  if (!breakdown.clear || !isCounted(breakdown.parts, total)) return []
  const { value } = sum(breakdown.parts.map(({ quantity }) => quantity))
  if (Math.abs(value - total.value) <= slack(breakdown.parts, total)) return []
  const partition = partitionOf(
    totalLabel,
    breakdown.parts.map(({ label }) => label),
  )
  const isAll =
    breakdown.saysAll ||
    partition === 'complete' ||
    (partition === 'disjoint' && (value > total.value || isFieldList(breakdown, value)))
  if (!isAll) return []
  return [
    {
      ok: false,
      found: { ...describe(breakdown, breakdown.parts), kind: 'SUM', severity: 'error', reason: 'parts-and-total' },
    },
  ]
}

/** "trong đó: lĩnh vực A 619, B 81, C 1.395, D 200" is meant to be all when it comes close to the total. */
const isFieldList = ({ parts, total, totalLabel }: Breakdown, value: number): boolean =>
  parts.length >= 3 &&
  parts.every(({ label }) => isField(label)) &&
  (/tổng/u.test(totalLabel) || value >= total.value * 0.9)

function judgeSubset(breakdown: Breakdown, part: Part): Outcome[] {
  const { total } = breakdown
  const { quantity } = part
  const isSame = quantity.family === total.family && total.family !== 'other' && total.family !== 'money'
  if (!isSame || (total.family === 'bare' && !breakdown.clear)) return []
  const found = { ...describe(breakdown, [part]), kind: 'SUBSET', reason: 'part-above-whole' } as const
  if (quantity.value <= total.value)
    return quantity.over
      ? []
      : [{ ok: true, found: { ...found, proof: `${write(quantity.value)} ≤ ${write(total.value)}` } }]
  if (total.family === 'bare') return []
  return [
    {
      ok: false,
      found: {
        ...found,
        severity: 'error',
        location: locate(part.passage.block, quantity.start),
        stated: quantity.value,
        computed: total.value,
        proof: `${write(quantity.value)} > ${write(total.value)}`,
      },
    },
  ]
}

const isEqual = (parts: readonly Part[], total: Quantity): boolean =>
  Math.abs(sum(parts.map(({ quantity }) => quantity)).value - total.value) <= slack(parts, total)

/** Money printed in millions may differ by what was rounded away; counts may not differ at all. */
const slack = (parts: readonly Part[], total: Quantity): number => {
  const coarse = [...parts.map(({ quantity }) => quantity.grain), total.grain].filter((grain) => grain !== 1)
  return coarse.reduce((all, grain) => all + grain / 2, 0) + 1e-9
}

/** Parts and total count the same kind of thing, or leave it to be understood. */
function isCounted(parts: readonly Part[], total: Quantity): boolean {
  const families = new Set(parts.map(({ quantity }) => quantity.family).filter((family) => family !== 'bare'))
  if (families.has('other')) families.delete('other')
  if (
    parts.some(({ quantity }) => quantity.family === 'other') &&
    parts.some(({ quantity }) => quantity.family === 'money')
  )
    return false
  if (families.size > 1) return false
  const [family] = families
  return (
    family === undefined ||
    total.family === 'bare' ||
    total.family === 'other' ||
    family === total.family ||
    total.family === 'agency'
  )
}

function describe({ passage, total, quoteEnd }: Breakdown, parts: readonly Part[]) {
  const { value } = sum(parts.map(({ quantity }) => quantity))
  const terms = parts.map(({ quantity }) => write(quantity.value)).join(' + ')
  const places = parts
    .filter((part) => part.passage !== passage)
    .map((part) => locate(part.passage.block, part.quantity.start))
  return {
    location: locate(passage.block, total.start),
    ...(places.length > 0 ? { also: places } : {}),
    quote: quoteOf(
      passage.text,
      total.start,
      places.length > 0 ? total.unitEnd : Math.min(quoteEnd, total.start + 230),
    ),
    stated: total.value,
    computed: value,
    proof: `${terms} = ${write(value)}${Math.abs(value - total.value) < 1e-9 ? '' : ` ≠ ${write(total.value)}`}`,
  }
}
