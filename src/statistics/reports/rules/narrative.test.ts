import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FigureId } from '../../figures/contract.ts'
import { aForm, aPeriod, aSignOff, someFacts, someValues } from '../testing.ts'
import { print } from './document.ts'
import { measureOf, type Facts } from './facts.ts'
import { fieldName, valueOf } from './field.ts'
import { findingsOf } from './findings.ts'
import { draft, recipes } from './narrative.ts'
import { writePercent, writeCount } from './numbers.ts'
import { startBody, usualOptions } from './outline.ts'
import type { Printed } from './printed.ts'
import { measure, roman, skeleton, writeDate } from './sentence.ts'

const textOf = (recipe: string, facts: Facts): string =>
  draft(recipe, facts)
    .map((runs) =>
      runs
        .map((run) => {
          if ('text' in run) return run.text
          return 'field' in run ? valueOf(run.field, facts).text : ''
        })
        .join(''),
    )
    .join('\n')

const facts = (total: Partial<Record<FigureId, number>>, changes: Partial<Facts> = {}): Facts =>
  someFacts({ current: aPeriod({ total: someValues(total) }), previous: null, ...changes })

const empty = { carried: 0, 'received-online': 0, 'received-counter': 0, 'resolved-early': 0, 'resolved-on-time': 0 }

test('numbers are written as officials write them: 2.395, 43,1%, 07', () => {
  assert.deepEqual([writeCount(2395), writeCount(7), writeCount(0), writeCount(10)], ['2.395', '07', '0', '10'])
  assert.deepEqual(
    [writePercent(75, 174), writePercent(1, 8), writePercent(0, 0), writePercent(0, 5)],
    ['43,1', '12,5', null, '0'],
  )
})

test('nearly all is not 100%, and hardly anything is not 0%', () => {
  assert.equal(writePercent(417_974, 417_983), '99,9978')
  assert.equal(writePercent(9, 417_983), '0,0022')
  assert.equal(writePercent(523, 523), '100')
})

test('what was received is said with its channels, and compared where the time before is known', () => {
  assert.equal(
    textOf('received', someFacts()),
    'Tính từ ngày 10/12/2022 đến ngày 09/3/2023, Bộ phận Một cửa UBND xã Đoàn Kết đã tiếp nhận mới 523 hồ sơ (gồm: ' +
      'tiếp nhận trực tuyến 495 hồ sơ, chiếm 94,65%; tiếp nhận trực tiếp 28 hồ sơ, chiếm 5,35%), tăng 12 hồ sơ (tăng 2,35%) ' +
      'so với kỳ trước. Không phát sinh hồ sơ nộp qua dịch vụ bưu chính công ích.',
  )
})

test('nothing received is said in words, without a percentage', () => {
  const text = textOf('received', facts(empty))
  assert.match(text, /không phát sinh hồ sơ thủ tục hành chính mới tiếp nhận\.$/)
  assert.doesNotMatch(text, /%/)
})

test('late dossiers are named with the apologies that were sent, and those that were not', () => {
  const text = textOf('late', facts({ 'resolved-late': 4, apologised: 3, 'late-without-apology': 1 }))
  assert.equal(
    text,
    'Trong kỳ có 04 hồ sơ giải quyết quá hạn. Cơ quan đã có thư xin lỗi và hẹn lại ngày trả kết quả đối với 03 hồ sơ. ' +
      'Còn 01 hồ sơ quá hạn chưa có thư xin lỗi, đề nghị bộ phận giải quyết thực hiện ngay theo quy định.',
  )
  assert.equal(textOf('late', facts({})), '')
})

test('a change says its direction, none, or that the time before had none', () => {
  const change = (now: number, then: number) =>
    valueOf(
      { of: 'change', measure: measure('received-post'), against: 'previous' },
      someFacts({
        current: aPeriod({ total: { 'received-post': now } }),
        previous: aPeriod({ total: { 'received-post': then } }),
      }),
    ).text
  assert.equal(change(387, 375), 'tăng 12 hồ sơ (tăng 3,2%) so với kỳ trước')
  assert.equal(change(5, 10), 'giảm 05 hồ sơ (giảm 50%) so với kỳ trước')
  assert.equal(change(5, 5), 'không thay đổi so với kỳ trước')
  assert.equal(change(5, 0), 'kỳ trước không phát sinh')
  assert.equal(change(0, 0), 'kỳ trước cũng không phát sinh')
})

test('where nothing is recorded nothing is said: the officer is asked', () => {
  const body = startBody('periodic', usualOptions, [])
  const printed = print(body, aSignOff(), someFacts())
  assert.ok(printed.blocks.some((block) => block.kind === 'paragraph' && block.hint))
  assert.equal(textOf('staffing', someFacts()), '')
  const bm4 = aForm('bm4', 'Biểu mẫu 4', 'Cải cách bộ máy', [
    { code: '2.1', label: 'Tổng số biên chế được giao trong năm', value: 20, manual: true },
    { code: '2.2', label: 'Tổng số biên chế có mặt', value: 18, manual: true },
  ])
  assert.equal(
    textOf('staffing', someFacts({ forms: [bm4] })),
    'Tổng số biên chế được giao trong năm là 20 người, có mặt tại thời điểm báo cáo 18 người.',
  )
})

test('the outline takes PAPI and discipline in only where an agency uses them', () => {
  const headings = (options: typeof usualOptions) =>
    startBody('periodic', options, []).blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
  const has = (list: string[]) => list.some((text) => text.includes('PAPI'))
  assert.equal(has(headings(usualOptions)), false)
  assert.equal(has(headings({ ...usualOptions, papi: true, discipline: true })), true)
})

test('headings are numbered I, 1, a) and begin anew in each part; the body ends with ./.', () => {
  const printed = print(startBody('periodic', usualOptions, []), aSignOff(), someFacts())
  const headings = printed.blocks.flatMap((block) => (block.kind === 'heading' ? [block] : []))
  assert.deepEqual(
    headings.filter(({ level }) => level === 1).map(({ number }) => number),
    ['I.', 'II.', 'III.', 'IV.', 'V.'],
  )
  assert.deepEqual(
    headings.slice(0, 4).map(({ number }) => number),
    ['I.', '1.', '2.', '3.'],
  )
  const last = printed.blocks.findLast((block) => block.kind === 'paragraph')
  assert.match(last?.runs.at(-1)?.text ?? '', /Đoàn Kết\.\/\.$/)
  assert.equal(roman(14), 'XIV')
})

test('a passage that an officer wrote keeps its words, its fields live on', () => {
  const body = startBody('periodic', usualOptions, [])
  const written = body.blocks.map((block) =>
    block.kind === 'passage' && block.recipe === 'received'
      ? {
          ...block,
          written: [
            [
              { text: 'Xã đã nhận ' },
              { field: { of: 'count' as const, measure: measure('received'), role: 'current' as const } },
              { text: ' hồ sơ, trong đó có 495 hồ sơ trực tuyến.' },
            ],
          ],
          drafted: skeleton(draft('received', someFacts())),
        }
      : block,
  )
  const changed = { ...body, blocks: written }
  const later = someFacts({ current: aPeriod({ total: someValues({ 'received-online': 500 }) }) })
  const words = (printed: Printed) =>
    printed.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.runs.map(({ text }) => text).join('')] : []))
  assert.ok(
    words(print(changed, aSignOff(), later)).includes('Xã đã nhận 528 hồ sơ, trong đó có 495 hồ sơ trực tuyến.'),
  )
  const typed = findingsOf(changed, someFacts()).find(({ code }) => code === 'typed-number')
  assert.ok(typed?.code === 'typed-number' && typed.words === '495 hồ sơ')
  assert.equal(fieldName(typed.fields[0] ?? { of: 'cell', form: '', row: '' }).includes('received-online'), true)
  assert.equal(
    findingsOf(changed, someFacts()).some(({ code }) => code === 'draft-moved'),
    false,
  )
  const none = someFacts({ current: aPeriod({ total: someValues({ 'received-post': 3 }) }) })
  assert.equal(
    findingsOf(changed, none).some(({ code }) => code === 'draft-moved'),
    true,
  )
})

const numbers = fc.record({
  carried: fc.nat(2000),
  'received-online': fc.nat(3000),
  'received-counter': fc.nat(3000),
  'received-post': fc.nat(20),
  'resolved-late': fc.nat(9),
  apologised: fc.nat(9),
  'late-without-apology': fc.nat(3),
  withdrawn: fc.nat(3),
  digitised: fc.nat(9),
})

/** Figures that fit together: early and on time share what is not late. */
const anyFacts = fc.tuple(numbers, numbers, fc.boolean(), fc.boolean()).map(([now, then, before, lines]) => {
  const period = (values: typeof now) => {
    if (lines) return aPeriod()
    const all = values.carried + values['received-online'] + values['received-counter'] + values['received-post']
    const late = Math.min(values['resolved-late'], all)
    const withdrawn = Math.min(values.withdrawn, all - late)
    const rest = all - late - withdrawn
    return aPeriod({
      total: someValues({
        ...values,
        digitised: Math.min(values.digitised, all - values.carried),
        withdrawn,
        'resolved-late': late,
        'resolved-early': Math.floor(rest / 2),
        'resolved-on-time': Math.floor(rest / 4),
        'open-overdue': Math.min(2, rest - Math.floor(rest / 2) - Math.floor(rest / 4)),
      }),
      lines: {},
    })
  }
  return someFacts({ current: period(now), previous: before ? period(then) : null, lastYear: null })
})

// Dates are the only figures that are not fields.
const dates = /\d{2}\/\d{1,2}\/\d{4}|(?:quý [IVX]+ )?năm \d{4}/g

test('property: every number of the draft is a field, and prints its value', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      for (const recipe of Object.keys(recipes))
        for (const runs of draft(recipe, given))
          for (const run of runs) {
            if ('text' in run) assert.doesNotMatch(run.text.replace(dates, ''), /\d/, recipe)
            if (!('field' in run)) continue
            const { text, value } = valueOf(run.field, given)
            if (run.field.of === 'count') {
              assert.equal(value, measureOf(given, run.field.role, run.field.measure))
              assert.equal(text, writeCount(value ?? Number.NaN))
            }
            if (run.field.of === 'change' && /\d/.test(text)) {
              assert.equal(text.startsWith((value ?? 0) > 0 ? 'tăng ' : 'giảm '), true)
              assert.ok(text.includes(` ${writeCount(Math.abs(value ?? 0))} hồ sơ`))
            }
          }
    }),
    { numRuns: 300 },
  )
})

test('property: no share of nothing, no count below zero, never a sentence with a hole', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      for (const recipe of Object.keys(recipes)) {
        const text = textOf(recipe, given)
        assert.doesNotMatch(text, /……|-\d|undefined|NaN|\(\)| {2}|\.\.|,,| [.,;]/, `${recipe}: ${text}`)
        for (const runs of draft(recipe, given))
          for (const run of runs)
            if ('field' in run && run.field.of === 'share') {
              assert.ok((measureOf(given, run.field.role, run.field.whole) ?? 0) > 0, `${recipe}: share of nothing`)
              assert.match(valueOf(run.field, given).text, /^\d+(,\d+)?%$/)
            }
      }
    }),
    { numRuns: 300 },
  )
})

test('property: half up, to two digits, and parts of a whole add up as closely as rounding can', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 8 }), (parts) => {
      const whole = parts.reduce((sum, part) => sum + part, 0)
      fc.pre(whole > 0)
      const sum = parts.reduce((total, part) => total + Number(writePercent(part, whole)?.replace(',', '.')), 0)
      assert.ok(Math.abs(sum - 100) <= 0.005 * parts.length + 1e-9)
    }),
  )
})

test('days under ten and the months 1 and 2 carry a zero', () => {
  assert.deepEqual(
    [writeDate('2023-03-09'), writeDate('2023-02-28'), writeDate('2022-12-10')],
    ['09/3/2023', '28/02/2023', '10/12/2022'],
  )
})
