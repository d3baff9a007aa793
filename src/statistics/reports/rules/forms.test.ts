import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FilledForm } from '../../forms/contract.ts'
import { aForm, aPeriod, aSignOff, someFacts, someValues } from '../testing.ts'
import { print, viewBlocks } from './document.ts'
import type { Facts } from './facts.ts'
import { valueOf } from './field.ts'
import { fieldChoices } from './field-choices.ts'
import { findingsOf } from './findings.ts'
import { draft } from './narrative.ts'
import { changeOptions, optionsOf, startBody, usualOptions } from './outline.ts'
import { formTable } from './tables.ts'

const cells = (form: string, rows: Record<string, number | null>): FilledForm =>
  aForm(
    form,
    `Biểu mẫu ${form.slice(2)}`,
    form,
    Object.entries(rows).map(([code, value]) => ({ code, label: code, value, manual: true })),
  )

/** What the drafts say of rows that were filled in like this. */
function said(recipe: string, form: string, rows: Record<string, number | null>): string {
  const facts = someFacts({ forms: [cells(form, rows)] })
  return draft(recipe, facts)
    .map((runs) =>
      runs.map((run) => ('text' in run ? run.text : 'field' in run && valueOf(run.field, facts).text)).join(''),
    )
    .join('\n')
}

// recipe, form, rows, what is said; a blank row says nothing.
const sentences: readonly [string, string, Record<string, number | null>, string][] = [
  [
    'directive-documents',
    'bm1',
    { '1': 19 },
    'Trong kỳ, UBND xã Đoàn Kết đã ban hành 19 văn bản chỉ đạo, điều hành công tác cải cách hành chính.',
  ],
  [
    'directive-documents',
    'bm1',
    { '1': 0 },
    'Trong kỳ không phát sinh văn bản chỉ đạo riêng về công tác cải cách hành chính.',
  ],
  ['directive-documents', 'bm1', { '1': null }, ''],
  [
    'plan-progress',
    'bm1',
    { '2.1': 36, '2.2': 15 },
    'Lũy kế đến thời điểm báo cáo đã hoàn thành 15/36 nhiệm vụ của Kế hoạch cải cách hành chính năm.',
  ],
  ['plan-progress', 'bm1', { '2.1': 0, '2.2': 0 }, ''],
  [
    'inspections',
    'bm1',
    { '3.1': 2, '3.2': 0, '3.3.1': 4, '3.3.2': 3 },
    'Trong kỳ đã kiểm tra 02 phòng chuyên môn, đơn vị. Đã xử lý xong 03/04 vấn đề phát hiện qua kiểm tra.',
  ],
  [
    'tasks',
    'bm1',
    { '4.1': 12, '4.2': 10, '4.3': 2, '4.4': null },
    'Cấp trên giao 12 nhiệm vụ, trong đó: hoàn thành đúng hạn 10 nhiệm vụ; hoàn thành nhưng quá hạn 02 nhiệm vụ.',
  ],
  [
    'survey',
    'bm1',
    { '5': 1, '5.1': 174 },
    'Trong kỳ đã tổ chức khảo sát sự hài lòng của người dân, tổ chức, thu được 174 phiếu.',
  ],
  ['survey', 'bm1', { '5': 0, '5.1': null }, 'Trong kỳ chưa tổ chức khảo sát sự hài lòng của người dân, tổ chức.'],
  ['dialogue', 'bm1', { '6': 1 }, 'Trong kỳ đã tổ chức đối thoại của lãnh đạo với người dân, cộng đồng doanh nghiệp.'],
  [
    'dialogue',
    'bm1',
    { '6': 0 },
    'Trong kỳ chưa tổ chức đối thoại của lãnh đạo với người dân, cộng đồng doanh nghiệp.',
  ],
  [
    'legal-documents',
    'bm2',
    { '1.3': 2 },
    'Trong kỳ đã ban hành 02 văn bản quy phạm pháp luật theo đúng thẩm quyền, trình tự, thủ tục.',
  ],
  [
    'legal-checks',
    'bm2',
    { '2.1': 3, '3.1': 5 },
    'Trong kỳ đã kiểm tra 03 văn bản, rà soát 05 văn bản quy phạm pháp luật theo thẩm quyền.',
  ],
  [
    'legal-checks',
    'bm2',
    { '2.1': 0, '3.1': 0 },
    'Trong kỳ không phát sinh văn bản quy phạm pháp luật được kiểm tra, rà soát theo thẩm quyền.',
  ],
  [
    'petitions',
    'bm3',
    { '3.4.1': 0 },
    'Trong kỳ không phát sinh phản ánh, kiến nghị của cá nhân, tổ chức về quy định thủ tục hành chính.',
  ],
  ['petitions', 'bm3', { '3.4.1': 2, '3.4.2': 2 }, 'Đã giải quyết xong 02/02 phản ánh, kiến nghị.'],
  [
    'petitions',
    'bm3',
    { '3.4.1': 2, '3.4.2': null },
    'Đã tiếp nhận 02 phản ánh, kiến nghị về quy định thủ tục hành chính.',
  ],
  ['recruitment', 'bm5', { '2': 0 }, 'Trong kỳ không phát sinh việc tuyển dụng công chức, viên chức.'],
  ['discipline', 'bm5', { '4': 1 }, 'Trong kỳ có 01 cán bộ, công chức, viên chức bị xử lý kỷ luật.'],
  [
    'positions',
    'bm5',
    { '1.1': 1 },
    'Có 01 cơ quan, tổ chức hành chính đã được phê duyệt vị trí việc làm theo quy định.',
  ],
  [
    'investment',
    'bm6',
    { '1.1': 750, '1.2': 0 },
    'Kế hoạch vốn đầu tư công được giao 750 triệu đồng; đã thực hiện 0 triệu đồng.',
  ],
  [
    'public-units',
    'bm6',
    { '2.1': 48, '2.3': 2, '2.5': 46 },
    'Tại địa phương có 48 đơn vị sự nghiệp công lập (gồm: 02 đơn vị tự bảo đảm chi thường xuyên; 46 đơn vị do Nhà nước bảo đảm chi thường xuyên).',
  ],
  [
    'online-services',
    'bm7',
    { '6.4.2': 66, '6.5.2': 44, '6.6.1': 110, '6.6.2': 110 },
    'Số thủ tục hành chính cung cấp dịch vụ công trực tuyến là 110 thủ tục (gồm: mức độ 3: 66 thủ tục; mức độ 4: 44 thủ tục). Đã tích hợp, công khai trên Cổng Dịch vụ công quốc gia 110/110 thủ tục.',
  ],
  [
    'online-payment',
    'bm7',
    { '6.8.1': 17, '6.8.2': 8 },
    'Đã tích hợp, triển khai thanh toán trực tuyến đối với 08/17 thủ tục có yêu cầu nghĩa vụ tài chính.',
  ],
]

for (const [recipe, form, rows, expected] of sentences)
  test(`${recipe}: ${JSON.stringify(rows)}`, () => assert.equal(said(recipe, form, rows), expected))

test('a share of a form is printed with its sign, a choice with its words, 0/0 as nothing that arose', () => {
  const form = cells('bm1', { '2': 41.67, '5.2': 1, '3.3': 0 })
  const [first, second, third] = form.definition.rows
  const [, , cell] = form.cells
  assert.ok(first && second && third && cell)
  first.type = 'percent'
  second.type = 'enum'
  second.choices = [{ value: 1, label: 'Phát phiếu' }]
  cell.state = 'none-arose'
  const facts = someFacts({ forms: [form] })
  const text = (row: string) => valueOf({ of: 'cell', form: 'bm1', row }, facts).text
  // Keys that are whole numbers come first in an object.
  const order = form.definition.rows.map(({ code }) => code)
  assert.equal(text(order[0] ?? ''), '41,67%')
  assert.equal(text(order[1] ?? ''), 'Phát phiếu')
  assert.equal(text(order[2] ?? ''), 'không phát sinh')
  assert.equal(text('9'), '……')
})

test('a matrix form has its columns, groups, numbers and the line of everything', () => {
  const matrix: FilledForm = {
    ...aForm('06a', 'Biểu số 06a/VPCP/KSTT', 'Tình hình, kết quả giải quyết TTHC', []),
    lines: [
      { key: 'ht', label: 'Hộ tịch', values: [141, 126, 15] },
      { key: '#apart', label: 'Dừng giải quyết', values: [null, null, 1] },
      { key: null, label: 'Tổng cộng', values: [2395, 126, 15] },
    ],
  }
  matrix.definition.layout = 'matrix'
  matrix.definition.columns = ['Tổng', 'Trực tuyến', 'Trực tiếp'].map((label, index) => ({
    number: index + 3,
    group: index < 2 ? 'Tiếp nhận' : 'Giải quyết',
    label,
  }))
  const table = formTable(matrix)
  assert.deepEqual(
    table.head[0]?.map(({ text, columns }) => [text, columns]),
    [
      ['TT', undefined],
      ['Lĩnh vực giải quyết', undefined],
      ['Tiếp nhận', 2],
      ['Giải quyết', 1],
    ],
  )
  assert.deepEqual(
    table.head[2]?.map(({ text }) => text),
    ['(1)', '(2)', '(3)', '(4)', '(5)'],
  )
  assert.deepEqual(
    table.rows.map((row) => row.map(({ text }) => text).join('|')),
    ['1|Hộ tịch|141|126|15', '|Dừng giải quyết|||1', '|Tổng cộng|2.395|126|15'],
  )
  const paper = print(
    { ...startBody('periodic', usualOptions, ['06a', 'bm1']) },
    aSignOff(),
    someFacts({ forms: [matrix, cells('bm1', { '1': 1 })] }),
  )
  assert.deepEqual(
    paper.annexes.map(({ title, landscape }) => [title, landscape]),
    [
      ['PHỤ LỤC I', true],
      ['PHỤ LỤC II', true],
    ],
  )
})

test('what entered by hand is marked, and the mark is explained', () => {
  const table = formTable(cells('bm1', { '1': 19, '2.1': null }))
  assert.equal(table.rows[0]?.at(-1)?.text, '(*)')
  assert.equal(table.rows[1]?.at(-1)?.text, '')
  assert.match(table.legend ?? '', /^\(\*\) Số liệu do cán bộ nhập/)
})

test('every number that can be put in has a value now', () => {
  const facts: Facts = someFacts({ forms: [cells('bm1', { '1': 19 })], lastYear: aPeriod({ total: someValues() }) })
  const choices = fieldChoices(facts)
  assert.ok(choices.length > 60)
  for (const { field } of choices) assert.notEqual(valueOf(field, facts).text, '……')
  assert.ok(choices.some(({ group, label }) => group === 'forms' && label?.startsWith('Biểu mẫu 1, mục 1')))
})

test('options say what they are of a report, and can be changed back', () => {
  const plain = startBody('periodic', usualOptions, [])
  assert.deepEqual(optionsOf(plain), usualOptions)
  const all = { initiatives: true, survey: true, papi: true, discipline: true }
  const more = changeOptions(plain, all)
  assert.deepEqual(optionsOf(more), all)
  assert.deepEqual(
    changeOptions(more, usualOptions).blocks.map(({ kind }) => kind),
    plain.blocks.map(({ kind }) => kind),
  )
})

test('a number that is not known is a finding, and a page break is a break', () => {
  const body = startBody('periodic', usualOptions, [])
  const written = {
    ...body,
    blocks: [
      { id: 'x', kind: 'passage' as const, written: [[{ field: { of: 'cell' as const, form: 'bm9', row: '1' } }]] },
      { id: 'y', kind: 'page-break' as const },
    ],
  }
  assert.deepEqual(
    findingsOf(written, someFacts()).map(({ code }) => code),
    ['unknown-number'],
  )
  assert.deepEqual(
    viewBlocks(written, someFacts()).views.map(({ printed }) => printed[0]?.kind),
    ['paragraph', 'page-break'],
  )
})
