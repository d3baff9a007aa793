// What a report says of its dossiers, sentence by sentence: received, resolved, open, on time, late; and the identities between them.
import { ratio, sum, write } from './arithmetic.ts'
import { locate, quoteOf, type Consistent, type Outcome } from './document.ts'
import type { Quantity } from './numbers.ts'
import { depthAt, labelOf, type Passage } from './passages.ts'
import type { Share } from './percents.ts'

type Fact =
  | 'received'
  | 'fresh'
  | 'carried'
  | 'resolved'
  | 'early'
  | 'onTime'
  | 'onTimeAll'
  | 'late'
  | 'open'
  | 'openLate'
  | 'withdrawn'
  | 'online'
  | 'direct'
  | 'both'

/** Dossiers of one authority or level, as one run of sentences tells them. */
export type Scope = { passage: Passage; facts: Map<Fact, Quantity>; mixed: Set<Fact>; saysTotal: boolean }

const kinds: readonly [Fact, RegExp][] = [
  ['both', /tiếp nhận(?:,| và|, đã| và đã)? giải quyết/u],
  [
    'received',
    /tổng số hồ sơ (?:yêu cầu|đã tiếp nhận|tiếp nhận|phải giải quyết|nhận)(?!.*(?:trực tuyến|online|trực tiếp|kỳ trước|mới tiếp))/u,
  ],
  ['openLate', /(?:đang giải quyết|chưa giải quyết|tồn)[^;]*(?:quá hạn|trễ hạn)/u],
  ['late', /(?<!chưa |không )(?:quá hạn|trễ hạn|chậm hạn|quá thời hạn|muộn)/u],
  ['onTimeAll', /(?:trước|sớm)[^;]{0,14}đúng hạn|đúng[^;]{0,8}(?:trước|sớm) hạn/u],
  ['early', /trước hạn|sớm hạn/u],
  [
    'open',
    /đang (?:được )?(?:giải quyết|xử lý|thực hiện|trong)|chưa giải quyết|chưa đến hạn|còn lại|^[\s,-]*còn(?!\p{L})|chuyển (?:kỳ|quý|tháng|năm) sau/u,
  ],
  ['onTime', /đúng hạn/u],
  ['withdrawn', /rút hồ sơ|xin rút|trả lại|từ chối|không đủ điều kiện|hủy/u],
  ['carried', /kỳ trước|năm trước|tháng trước|quý trước|tồn (?:kỳ|đầu|từ)/u],
  ['fresh', /mới tiếp nhận|tiếp nhận mới|mới phát sinh|tiếp nhận trong kỳ/u],
  ['online', /trực tuyến|online|qua mạng|toàn trình|một phần|mức độ/u],
  ['direct', /trực tiếp|bưu chính/u],
  [
    'resolved',
    /giải quyết (?!tthc|thủ tục|hồ sơ của|cho)|giải quyết$|giải quyết (?:được|xong)|đã giải quyết|trả kết quả(?! của)/u,
  ],
  ['received', /tiếp nhận|tổng số hồ sơ|hồ sơ yêu cầu/u],
]

function factOf(label: { before: string; after: string }): Fact | undefined {
  const clean = (words: string) =>
    words.replaceAll(
      /bộ phận (?:tiếp nhận|một cửa)[^,;]{0,40}?trả kết quả|bộ phận tiếp nhận giải quyết tthc|kết quả giải quyết (?:tthc|thủ tục hành chính)\s*:/gu,
      ' ',
    )
  for (const words of [clean(label.before), clean(label.after)]) {
    const kind = kinds.find(([, pattern]) => pattern.test(words))
    if (kind && !/số hóa|số hoá|thanh toán|chữ ký số|phí/u.test(words)) return kind[0]
  }
  return undefined
}

/** Reads the scopes of a paragraph: each time dossiers are received anew, another authority is spoken of. */
export function readScopes(passage: Passage): Scope[] {
  const scopes: Scope[] = []
  let scope: Scope | undefined
  for (const quantity of passage.quantities) {
    if (quantity.percent || quantity.over || quantity.approximate || quantity.change) continue
    if (
      quantity.family !== 'dossier' &&
      !(quantity.family === 'bare' && /hồ sơ/u.test(labelOf(passage, quantity).before))
    )
      continue
    const label = labelOf(passage, quantity)
    const fact = factOf(label)
    const isNested = depthAt(passage, quantity.start) > 0
    if (!fact) continue
    // "… mới 444; kỳ trước 01; tổng số 445": the total may come last.
    const isContinued =
      fact === 'received' && scope !== undefined && !scope.facts.has('received') && !scope.facts.has('resolved')
    if (isContinued && scope) {
      scope.facts.set('received', quantity)
      scope.saysTotal ||= /tổng/u.test(label.before)
    } else if ((fact === 'received' || fact === 'both') && !isNested) {
      scope = { passage, facts: new Map(), mixed: new Set(), saysTotal: /tổng/u.test(label.before) }
      scopes.push(scope)
      scope.facts.set('received', quantity)
      if (fact === 'both') scope.facts.set('resolved', quantity)
    } else if (scope) {
      if (scope.facts.has(fact)) scope.mixed.add(fact)
      else scope.facts.set(fact, quantity)
    } else {
      scope = { passage, facts: new Map([[fact, quantity]]), mixed: new Set(), saysTotal: false }
      scopes.push(scope)
    }
  }
  return scopes
}

/** The identities of one scope: received = resolved + open, resolved = early + on time + late, and the order of size. */
export function judgeScope(scope: Scope): Outcome[] {
  const { facts, mixed } = scope
  const get = (fact: Fact): Quantity | undefined => (mixed.has(fact) ? undefined : facts.get(fact))
  const [received, fresh, carried, resolved, open, late] = (
    ['received', 'fresh', 'carried', 'resolved', 'open', 'late'] as const
  ).map(get)
  const outcomes: Outcome[] = []
  const isWhole = scope.saysTotal || (received && fresh && carried && fresh.value + carried.value === received.value)
  if (received && fresh && carried && !mixed.has('received'))
    outcomes.push(...judgeSum(scope, received, [fresh, carried], 'carried-and-new', true))
  if (received && resolved && open && received !== resolved) {
    const openLate = get('openLate')
    const withdrawn = get('withdrawn')
    const more = [openLate, withdrawn].filter((one) => one !== undefined)
    const sums = [
      [resolved, open],
      [resolved, open, ...more],
    ]
    const fitting = sums.find(
      (parts) => fitsTotal(parts, received) || (carried && !fresh && fitsTotal(parts, received, carried)),
    )
    if (fitting) outcomes.push(...judgeSum(scope, received, fitting, 'received-resolved-open', false))
    else
      outcomes.push(...judgeSum(scope, received, [resolved, open, ...more], 'received-resolved-open', Boolean(isWhole)))
  }
  const onTime = get('onTimeAll') ?? get('onTime')
  if (resolved && onTime && late) {
    const early = get('onTimeAll') ? undefined : get('early')
    const parts = [...(early ? [early] : []), onTime, late]
    const isComplete = Boolean(get('onTimeAll')) || early !== undefined || sum(parts).value > resolved.value
    outcomes.push(...judgeSum(scope, resolved, parts, 'early-on-time-late', isComplete))
  } else if (resolved && onTime && resolved !== received) outcomes.push(...judgeOrder(scope, onTime, resolved))
  else if (resolved && late) outcomes.push(...judgeOrder(scope, late, resolved))
  return outcomes
}

const fitsTotal = (parts: readonly Quantity[], total: Quantity, more?: Quantity): boolean =>
  Math.abs(sum(parts).value - total.value - (more?.value ?? 0)) < 1e-9

function judgeSum(
  { passage }: Scope,
  total: Quantity,
  parts: readonly Quantity[],
  reason: 'received-resolved-open' | 'carried-and-new' | 'early-on-time-late',
  sure: boolean,
): Outcome[] {
  const { value } = sum(parts)
  const terms = parts.map((one) => write(one.value)).join(' + ')
  const last = [total, ...parts].toSorted((a, b) => a.start - b.start).at(-1) ?? total
  const isEqual = Math.abs(value - total.value) < 1e-9
  const found = {
    kind: 'SUM',
    reason,
    location: locate(passage.block, total.start),
    quote: quoteOf(passage.text, total.start, Math.min(last.unitEnd, total.start + 230)),
    stated: total.value,
    computed: value,
    proof: `${terms} = ${write(value)}${isEqual ? '' : ` ≠ ${write(total.value)}`}`,
  } as const
  if (isEqual) return [{ ok: true, found }]
  return sure ? [{ ok: false, found: { ...found, severity: 'error' } }] : []
}

function judgeOrder({ passage }: Scope, part: Quantity, whole: Quantity): Outcome[] {
  if (part.value <= whole.value || part.start < whole.start) return []
  return [
    {
      ok: false,
      found: {
        kind: 'SUBSET',
        severity: 'error',
        reason: 'part-above-whole',
        location: locate(passage.block, part.start),
        quote: quoteOf(passage.text, whole.start, Math.min(part.unitEnd, whole.start + 230)),
        stated: part.value,
        computed: whole.value,
        proof: `${write(part.value)} > ${write(whole.value)}`,
      },
    },
  ]
}

/** Received, resolved and the rate that the text draws from them. */
type Rate = { share: Share; received: Quantity; resolved: Quantity; exact: number }

/**
 * A rate of the whole and the rates of its levels: when the counts of the levels add up to the counts of the whole,
 * each rate must be of its own counts, and the rate of the whole lies between them.
 */
export function judgeLevels(scopes: readonly Scope[], shares: readonly Share[]): Outcome[] {
  const rates = scopes.flatMap((scope) => rateOf(scope, shares))
  const outcomes: Outcome[] = []
  for (const whole of rates) {
    const parts = rates.filter((one) => one !== whole && one.share.passage !== whole.share.passage)
    const groups = Map.groupBy(parts, ({ share }) => share.passage)
    for (const group of groups.values()) {
      if (group.length < 2 || !addsUp(whole, group)) continue
      outcomes.push(...judgeGroup(whole, group))
    }
  }
  return outcomes
}

const addsUp = (whole: Rate, group: readonly Rate[]): boolean =>
  sum(group.map(({ received }) => received)).value === whole.received.value &&
  sum(group.map(({ resolved }) => resolved)).value === whole.resolved.value

function rateOf({ passage, facts, mixed }: Scope, shares: readonly Share[]): Rate[] {
  const received = facts.get('received')
  const resolved = facts.get('resolved') ?? facts.get('onTimeAll') ?? facts.get('onTime')
  if (!received || !resolved || received === resolved || mixed.has('resolved')) return []
  const share = shares.find((one) => one.passage === passage && one.part === resolved)
  return share ? [{ share, received, resolved, exact: ratio(resolved, received, 6) ?? 0 }] : []
}

function judgeGroup(whole: Rate, group: readonly Rate[]): Outcome[] {
  const outcomes: Outcome[] = []
  const sums = (['received', 'resolved'] as const).map((name) => ({
    total: whole[name],
    parts: group.map((one) => one[name]),
  }))
  const places = group.map(({ share, resolved }) => locate(share.passage.block, resolved.start))
  for (const { total, parts } of sums)
    outcomes.push({
      ok: true,
      found: {
        kind: 'SUM',
        reason: 'parts-and-total',
        location: locate(whole.share.passage.block, total.start),
        also: places.slice(0, 1),
        quote: quoteOf(whole.share.passage.text, total.start, total.unitEnd),
        stated: total.value,
        computed: total.value,
        proof: `${parts.map((one) => write(one.value)).join(' + ')} = ${write(total.value)}`,
      },
    })
  const stated = group.map(({ share: { percent } }) => percent)
  const [least, most] = [Math.min(...stated.map(({ value }) => value)), Math.max(...stated.map(({ value }) => value))]
  const { percent } = whole.share
  const first = group[0]
  if (!first) return outcomes
  const isInside = percent.value >= least - percent.grain && percent.value <= most + percent.grain
  for (const one of group) {
    const rounded = ratio(one.resolved, one.received, one.share.percent.decimals) ?? 0
    if (isInside || Math.abs(rounded - one.share.percent.value) <= one.share.percent.grain) continue
    const computed = ratio(one.resolved, one.received, Math.max(2, one.share.percent.decimals)) ?? 0
    const { passage, percent: share } = one.share
    outcomes.push({
      ok: false,
      found: {
        kind: 'PERCENT',
        severity: 'error',
        reason: 'ratio',
        location: locate(passage.block, share.start),
        quote: quoteOf(passage.text, one.resolved.start, share.end),
        stated: share.value,
        computed,
        proof: `${write(one.resolved.value)} / ${write(one.received.value)} × 100 = ${write(computed)}% ≠ ${write(share.value, share.decimals)}%`,
      },
    })
  }
  const weighted =
    group.reduce((all, one) => all + one.received.value * one.share.percent.value, 0) / whole.received.value
  const computed = Math.round(weighted * 100) / 100
  const mean: Consistent = {
    kind: 'PERCENT',
    reason: 'mean-outside-its-parts',
    location: locate(first.share.passage.block, first.share.percent.start),
    also: [locate(whole.share.passage.block, percent.start)],
    quote: `${quoteOf(whole.share.passage.text, whole.resolved.start, percent.end)} … ${stated.map((one) => `${write(one.value, one.decimals)}%`).join(' … ')}`,
    stated: percent.value,
    computed,
    proof: `(${group.map((one) => `${write(one.received.value)} × ${write(one.share.percent.value, one.share.percent.decimals)}%`).join(' + ')}) / ${write(whole.received.value)} = ${write(computed)}%; ${write(least)}% … ${write(most)}%`,
  }
  outcomes.push(isInside ? { ok: true, found: mean } : { ok: false, found: { ...mean, severity: 'error' } })
  return outcomes
}
