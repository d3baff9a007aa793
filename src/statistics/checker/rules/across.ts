// One fact in several places: text against text, text against forms.
import { addDays } from '../../../platform/day.ts'
import { write } from './arithmetic.ts'
import type { Breakdown } from './breakdowns.ts'
import { findCitations } from './citations.ts'
import { locate, quoteOf, type Location, type Outcome } from './document.ts'
import type { FormColumn, FormRow } from './forms.ts'
import type { Frame } from './frame.ts'
import { quoteRow } from './grid.ts'
import type { Quantity } from './numbers.ts'
import { labelOf, sentenceAt, type Passage } from './passages.ts'

type Fact = { value: number; location: Location; quote: string }

/** Facts that the report gives more than once. */
export function judgeAcross({
  passages,
  forms,
  breakdowns,
  frame,
}: {
  passages: readonly Passage[]
  forms: readonly FormColumn[]
  breakdowns: readonly Breakdown[]
  frame: Frame
}): Outcome[] {
  return [
    ...judgeHeadcount(passages, forms),
    ...judgeDifferences(passages),
    ...judgeForms(passages, forms, breakdowns, frame),
    ...judgeSubparts(breakdowns),
    ...judgeTotalsInForms(passages, forms),
    ...judgeSameWords(passages),
  ]
}

const staff = /biên chế|cán bộ|công chức|cbcc|viên chức/iu

/** "được giao 20 người, hiện có mặt 18 người": posts given and filled, wherever they are told. */
function judgeHeadcount(passages: readonly Passage[], forms: readonly FormColumn[]): Outcome[] {
  const given: Fact[] = []
  const present: Fact[] = []
  for (const passage of passages)
    for (const sentence of passage.sentences) {
      const inside = passage.quantities.filter(
        (one) =>
          one.start >= sentence.start && one.end <= sentence.end && !one.percent && !one.approximate && !one.over,
      )
      const assigned = inside.find(
        (one) =>
          /được giao(?: là| năm \d+ là)?\s*:?$/u.test(labelOf(passage, one).before) &&
          staff.test(passage.text.slice(sentence.start, one.end)),
      )
      const filled = inside.find(
        (one) =>
          assigned &&
          one.start > assigned.start &&
          /có mặt(?: tại thời điểm báo cáo)?(?: là)?\s*:?$/u.test(labelOf(passage, one).before),
      )
      if (!assigned || !filled || !/tổng/iu.test(passage.text.slice(sentence.start, assigned.start))) continue
      // Departments and levels have staff of their own; only the whole is told without another name.
      if (/sự nghiệp|phòng|khối|hành chính là/iu.test(passage.text.slice(sentence.start, filled.start))) continue
      given.push(factOf(passage, assigned))
      present.push(factOf(passage, filled))
    }
  for (const form of forms) {
    given.push(...rowFacts(form, /^Tổng số biên chế được giao/iu))
    present.push(...rowFacts(form, /^Tổng số biên chế có mặt/iu))
  }
  return [...judgeSame(given), ...judgeSame(present)]
}

const factOf = (passage: Passage, quantity: Quantity): Fact => ({
  value: quantity.value,
  location: locate(passage.block, quantity.start),
  quote: quoteOf(passage.text, quantity.start, quantity.unitEnd),
})

const rowFacts = (form: FormColumn, label: RegExp): Fact[] =>
  form.rows
    .filter((row) => label.test(row.label))
    .flatMap((row) =>
      row.value.kind === 'number' ? [{ value: row.value.value, location: row.at, quote: quoteRow(row.row) }] : [],
    )

/** The value told most often is taken as meant; the others are reported beside it. */
function judgeSame(facts: readonly Fact[]): Outcome[] {
  if (facts.length < 2) return []
  const byValue = Map.groupBy(facts, ({ value }) => value)
  const [meant, ...others] = [...byValue.entries()].toSorted((a, b) => b[1].length - a[1].length)
  if (!meant) return []
  const [value, places] = meant
  const [first, ...more] = places
  if (!first) return []
  const outcomes: Outcome[] =
    more.length > 0
      ? [
          {
            ok: true,
            found: {
              kind: 'REPEATED',
              reason: 'same-fact',
              location: first.location,
              also: more.map((one) => one.location),
              quote: first.quote,
              stated: value,
              computed: value,
              proof: places.map((one) => write(one.value)).join(' = '),
            },
          },
        ]
      : []
  for (const [stated, wrong] of others)
    for (const one of wrong)
      outcomes.push({
        ok: false,
        found: {
          kind: 'REPEATED',
          severity: 'error',
          reason: 'same-fact',
          location: one.location,
          also: places.map((place) => place.location),
          quote: one.quote,
          stated,
          computed: value,
          proof: `${write(stated)} ≠ ${write(value)}`,
        },
      })
  return outcomes
}

/** "giao 20, có mặt 18 (thiếu 02)", "80,41 điểm (tăng 2,35 điểm so với … 78,06 điểm)", "1.250, tăng 5,2% so với … (1.188)". */
function judgeDifferences(passages: readonly Passage[]): Outcome[] {
  return passages.flatMap((passage) =>
    passage.quantities.flatMap((one, at): Outcome[] => [
      ...judgeMissing(passage, one, at),
      ...judgeChange(passage, one, at),
    ]),
  )
}

function judgeMissing(passage: Passage, lack: Quantity, at: number): Outcome[] {
  const [whole, part] = [passage.quantities[at - 2], passage.quantities[at - 1]]
  if (
    !whole ||
    !part ||
    !/\((?:còn )?thiếu\s*$/iu.test(passage.text.slice(0, lack.start)) ||
    [whole, part, lack].some((one) => one.family !== 'person' || one.percent)
  )
    return []
  if (!/giao/u.test(labelOf(passage, whole).all) || !/có mặt|hiện có/u.test(labelOf(passage, part).all)) return []
  const computed = whole.value - part.value
  const found = {
    kind: 'SUM',
    reason: 'difference',
    location: locate(passage.block, lack.start),
    quote: quoteOf(passage.text, whole.start, lack.unitEnd),
    stated: lack.value,
    computed,
    proof: `${write(whole.value)} − ${write(part.value)} = ${write(computed)}${computed === lack.value ? '' : ` ≠ ${write(lack.value)}`}`,
  } as const
  return [computed === lack.value ? { ok: true, found } : { ok: false, found: { ...found, severity: 'error' } }]
}

function judgeChange(passage: Passage, change: Quantity, at: number): Outcome[] {
  const [now, base] = [passage.quantities[at - 1], passage.quantities[at + 1]]
  if (
    !change.change ||
    !now ||
    !base ||
    now.percent ||
    base.percent ||
    now.approximate ||
    base.approximate ||
    now.change ||
    base.change ||
    now.over ||
    base.over
  )
    return []
  const before = passage.text.slice(now.unitEnd, change.start)
  const after = passage.text.slice(change.unitEnd, base.start)
  const isTied =
    /^[\s,;(–-]*(?:tăng|giảm)(?: thêm| lên| xuống)?\s*$/iu.test(before) &&
    /^\s*(?:hồ sơ |điểm )?so với (?:cùng kỳ|kỳ trước|năm|quý|tháng)[^.;]{0,50}(?:là|\(|đạt|:)\s*$/iu.test(after)
  if (!isTied || now.family !== base.family || now.family === 'other') return []
  if (sentenceAt(passage, now.start).index !== sentenceAt(passage, base.start).index || base.value === 0) return []
  const sign = change.change === 'up' ? 1 : -1
  const decimals = Math.max(now.decimals, base.decimals, change.decimals)
  const exact = change.percent ? ((now.value - base.value) / base.value) * 100 * sign : (now.value - base.value) * sign
  if (!change.percent && change.family !== now.family && change.family !== 'bare') return []
  const computed = Number(exact.toFixed(change.percent ? change.decimals : decimals))
  const unit = change.percent ? '%' : ''
  const sum = change.percent
    ? `(${write(now.value)} − ${write(base.value)}) / ${write(base.value)} × 100`
    : `${write(now.value)} − ${write(base.value)}`
  const isEqual = Math.abs(computed - change.value) < 10 ** -(decimals + 2)
  const found = {
    kind: change.percent ? 'PERCENT' : 'SUM',
    reason: 'change',
    location: locate(passage.block, change.start),
    quote: quoteOf(passage.text, now.start, base.unitEnd),
    stated: change.value,
    computed,
    proof: `${sum} = ${write(computed * sign)}${unit}${isEqual ? '' : ` ≠ ${sign < 0 ? '-' : ''}${write(change.value)}${unit}`}`,
  } as const
  if (isEqual) return [{ ok: true, found }]
  if (change.percent && Math.abs(exact - change.value) <= change.grain)
    return [
      { ok: false, found: { ...found, kind: 'ROUNDING', severity: 'warning', reason: 'cut-off-instead-of-rounded' } },
    ]
  return [{ ok: false, found: { ...found, severity: 'error' } }]
}

/** Rows of forms that the text speaks against. */
function judgeForms(
  passages: readonly Passage[],
  forms: readonly FormColumn[],
  breakdowns: readonly Breakdown[],
  frame: Frame,
): Outcome[] {
  return forms.flatMap((form) => [
    ...judgeOnlineRows(form, breakdowns),
    ...judgeSimplified(form, passages, frame),
    ...judgePublished(form, passages, frame),
  ])
}

const zero = (row: FormRow): boolean => row.value.kind === 'number' && row.value.value === 0

/** No procedure with online dossiers, although the text counts online dossiers. */
function judgeOnlineRows(form: FormColumn, breakdowns: readonly Breakdown[]): Outcome[] {
  const rows = form.rows.filter(({ label }) => /^Số (?:TTHC|DVC).*có phát sinh hồ sơ (?:nộp )?trực tuyến/iu.test(label))
  const told = breakdowns
    .filter(({ total }) => total.family === 'dossier')
    .flatMap(({ parts }) => parts)
    .find(({ label, quantity }) => /trực tuyến|online/u.test(label) && quantity.value > 0)
  if (!told || rows.length === 0 || !rows.every((row) => zero(row) || row.value.kind === 'empty')) return []
  return rows.filter(zero).map((row) => ({
    ok: false,
    found: {
      kind: 'COUNT',
      severity: 'error',
      reason: 'none-although-online',
      location: row.at,
      also: [locate(told.passage.block, told.quantity.start)],
      quote: quoteRow(row.row),
      stated: 0,
      computed: '≥ 1',
      proof: `${write(told.quantity.value)} > 0 ⇒ ${rows.map(({ code }) => code).join(' + ')} ≥ 1`,
    },
  }))
}

/** All procedures simplified, although the plan of the review is only just issued. */
function judgeSimplified(form: FormColumn, passages: readonly Passage[], frame: Frame): Outcome[] {
  const row = form.rows.find(({ label }) => /đã được phê duyệt phương án đơn giản hóa/iu.test(label))
  const all = form.rows.find(({ label }) => /^Tổng số TTHC thuộc thẩm quyền/iu.test(label))
  const until = frame.to ?? frame.writtenOn
  if (
    row?.value.kind !== 'number' ||
    all?.value.kind !== 'number' ||
    row.value.value !== all.value.value ||
    all.value.value < 2 ||
    !until
  )
    return []
  const plan = passages
    .flatMap(findCitations)
    .find(
      ({ subject, symbol, day }) =>
        symbol.startsWith('KH') &&
        /rà soát[^.]{0,20}đơn giản hóa thủ tục/iu.test(subject) &&
        day <= (frame.writtenOn ?? until) &&
        addDays(day, 31) >= until,
    )
  if (!plan) return []
  return [
    {
      ok: false,
      found: {
        kind: 'COUNT',
        severity: 'warning',
        reason: 'all-simplified',
        location: row.at,
        also: [locate(plan.passage.block, plan.start)],
        quote: quoteRow(row.row),
        stated: row.value.value,
        computed: null,
        proof: `${row.code}: ${write(row.value.value)} = ${all.code}: ${write(all.value.value)}; ${plan.numbers.join(', ')}/${plan.symbol} ${plan.written}`,
      },
    },
  ]
}

/** No procedure newly published, although the text names lists published in the period. */
function judgePublished(form: FormColumn, passages: readonly Passage[], frame: Frame): Outcome[] {
  const row = form.rows.find(({ label }) => /^Số TTHC công bố mới/iu.test(label))
  const { from, to } = frame
  if (!row || !zero(row) || !from || !to) return []
  const notices = passages
    .flatMap(findCitations)
    .filter(({ subject, day }) => /công bố danh mục (?:thủ tục|TTHC)/iu.test(subject) && day >= from && day <= to)
  const [first] = notices
  if (!first) return []
  return [
    {
      ok: false,
      found: {
        kind: 'COUNT',
        severity: 'warning',
        reason: 'none-although-published',
        location: row.at,
        also: notices.map((one) => locate(one.passage.block, one.start)),
        quote: quoteRow(row.row),
        stated: 0,
        computed: '≥ 1',
        proof: notices.map((one) => `${one.numbers.join(', ')}/${one.symbol} ${one.written}`).join('; '),
      },
    },
  ]
}

/** Each item says "(trong đó online …)": together they are the online part of the total above. */
function judgeSubparts(breakdowns: readonly Breakdown[]): Outcome[] {
  return breakdowns.flatMap((list) => {
    const items = list.parts.filter((part) => part.passage !== list.passage).map((part) => part.passage)
    if (items.length < 2 || items.length !== list.parts.length) return []
    const subs = items.map((item) =>
      breakdowns.find(
        (one) =>
          one.passage === item &&
          one.parts.length === 1 &&
          one.total === list.parts.find((part) => part.passage === item)?.quantity,
      ),
    )
    const known = subs.flatMap((one) => (one?.parts[0] ? [one.parts[0]] : []))
    if (known.length !== items.length) return []
    const key = channelOf(known[0]?.label ?? '')
    if (key === undefined || known.some(({ label }) => channelOf(label) !== key)) return []
    const owner = breakdowns.find(
      (one) => one !== list && one.passage === list.passage && one.total.value === list.total.value,
    )
    const target = owner?.parts.find(({ label }) => channelOf(label) === key)
    if (!target) return []
    const value = known.reduce((all, { quantity }) => all + quantity.value, 0)
    const isEqual = value === target.quantity.value
    const found = {
      kind: 'SUM',
      reason: 'sub-parts-and-part',
      location: locate(target.passage.block, target.quantity.start),
      also: known.map(({ passage, quantity }) => locate(passage.block, quantity.start)),
      quote: quoteOf(target.passage.text, list.total.start, target.quantity.unitEnd),
      stated: target.quantity.value,
      computed: value,
      proof: `${known.map(({ quantity }) => write(quantity.value)).join(' + ')} = ${write(value)}${isEqual ? '' : ` ≠ ${write(target.quantity.value)}`}`,
    } as const
    return [isEqual ? { ok: true, found } : { ok: false, found: { ...found, severity: 'error' } }]
  })
}

function channelOf(label: string): string | undefined {
  if (/trực tuyến|online|qua mạng/u.test(label)) return 'online'
  if (/trực tiếp/u.test(label)) return 'direct'
  if (/quá hạn|trễ hạn/u.test(label)) return 'late'
  if (/trước[^;]*đúng hạn|đúng hạn/u.test(label)) return 'onTime'
  return /bưu chính|bcci/u.test(label) ? 'postal' : undefined
}

const told: readonly { text: RegExp; row: RegExp }[] = [
  {
    text: /^(?:[-–+*]\s*)?tổng số (?:tthc|thủ tục hành chính) thuộc thẩm quyền giải quyết của (?:xã|phường|thị trấn|ubnd (?:xã|phường))/u,
    row: /^Tổng số TTHC thuộc thẩm quyền giải quyết/iu,
  },
  { text: /đưa$|cung cấp$/u, row: /^Tổng số TTHC đang cung cấp trực tuyến/iu },
]

/** Totals of procedures in the text and in the forms. */
function judgeTotalsInForms(passages: readonly Passage[], forms: readonly FormColumn[]): Outcome[] {
  return told.flatMap(({ text, row }) => {
    const facts = passages.flatMap((passage) =>
      passage.quantities
        .filter(
          (one) =>
            one.family === 'procedure' &&
            !one.approximate &&
            !one.over &&
            text.test(labelOf(passage, one).before.replace(/:$/u, '')),
        )
        .map((one) => factOf(passage, one)),
    )
    const inForms = forms.flatMap((form) => rowFacts(form, row))
    return facts.length > 0 && inForms.length > 0 && sameOnly([...facts, ...inForms])
      ? judgeSame([...inForms, ...facts])
      : []
  })
}

/** Text and form differ in what they count more often than not; only agreement is told here. */
const sameOnly = (facts: readonly Fact[]): boolean => new Set(facts.map(({ value }) => value)).size === 1

/** The same words with another number: "Tổng số phiếu khảo sát: 174 phiếu" and "… 175 phiếu". */
function judgeSameWords(passages: readonly Passage[]): Outcome[] {
  const facts = new Map<string, (Fact & { scope: string })[]>()
  for (const passage of passages)
    for (const one of passage.quantities) {
      if (one.percent || one.approximate || one.change || one.over || one.family === 'bare' || one.family === 'other')
        continue
      const { before } = labelOf(passage, one)
      const words = before
        .replaceAll(/[^\p{L}\s]|(?<!\p{L})(?:là|có|được|đã|hiện|tại|nay|gồm|đạt|thì|và|của|cả)(?!\p{L})/gu, ' ')
        .replaceAll(/\s+/gu, ' ')
        .trim()
      if (!words.startsWith('tổng số') || words.split(' ').length < 4) continue
      const key = `${words} ${one.family}`
      const scope = scopeOf(passages, passage, one)
      facts.set(key, [...(facts.get(key) ?? []), { ...factOf(passage, one), scope }])
    }
  return [...facts.values()].flatMap((group) =>
    [...Map.groupBy(group, ({ scope }) => scope).values()].flatMap((same) => (same.length > 1 ? judgeSame(same) : [])),
  )
}

/** Which authority, level, field, year a number is of: the names in its paragraph and in the headings above. */
function scopeOf(passages: readonly Passage[], passage: Passage, quantity: Quantity): string {
  const heading = passages
    .slice(0, passage.index)
    .findLast(({ block, text }) => block.kind === 'heading' || /^\s*(?:[IVX]+\.|\d+[.)]|[a-z]\))\s/u.test(text))
  const sentence = sentenceAt(passage, quantity.start)
  const words = `${heading?.text ?? ''} ${passage.text.slice(sentence.start, quantity.end)}`.toLowerCase()
  const names = words.match(
    /cấp (?:tỉnh|huyện|xã)|(?:huyện|xã|phường|thị trấn|sở|phòng) \p{L}+|lĩnh vực [\p{L}\s]{3,20}|(?:năm|quý|tháng|kỳ) (?:\d+|[ivx]+|trước)|cùng kỳ|lũy kế|toàn (?:tỉnh|huyện|xã)/gu,
  )
  return [...new Set(names ?? [])].toSorted().join(';')
}
