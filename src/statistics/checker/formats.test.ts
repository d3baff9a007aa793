import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readReport } from './read-report.ts'
import { checkBlocks } from './rules/check.ts'
import { asDocx, asHtml, asPdf, asText, asXlsx, type Written } from './testing.ts'

const formats: readonly (readonly [string, (report: Written) => Buffer | Promise<Buffer>])[] = [
  ['docx', asDocx],
  ['xlsx', asXlsx],
  ['pdf', asPdf],
  ['html', asHtml],
  ['txt', asText],
]

/** Kinds with what is stated and what was computed, whatever the format. */
async function told(
  report: Written,
  format: string,
  write: (report: Written) => Buffer | Promise<Buffer>,
): Promise<string[]> {
  const { findings } = checkBlocks(await readReport(await write(report), `bao-cao.${format}`))
  return findings.map(({ kind, stated, computed }) => `${kind} ${String(stated)} ${String(computed)}`).toSorted()
}

function inEveryFormat(name: string, report: Written, expected: readonly string[]): void {
  for (const [format, write] of formats)
    test(`${name} in .${format}`, async () => assert.deepEqual(await told(report, format, write), expected.toSorted()))
}

const form = (...rows: (readonly [string, string, string, string])[]): string[][] => [
  ['STT', 'Chỉ tiêu thống kê', 'Đơn vị tính', 'Số lượng/ Tỷ lệ', 'Ghi chú'],
  ...rows.map((row) => [...row, '']),
]

inEveryFormat(
  'sentences, lists and footnotes',
  [
    'BÁO CÁO',
    'Công tác cải cách hành chính quý II năm 2024 của Ủy ban nhân dân phường An Lạc',
    'Phường tiếp nhận 1.250 hồ sơ (gồm: trực tuyến 1.100 hồ sơ, chiếm 88%; trực tiếp 140 hồ sơ, chiếm 11,2%). Trong đó:',
    '- Lĩnh vực Hộ tịch: 700 hồ sơ (trong đó trực tuyến 650 hồ sơ);',
    '- Lĩnh vực Chứng thực: 450 hồ sơ (trong đó trực tuyến 400 hồ sơ);',
    '- Lĩnh vực Đất đai: 100 hồ sơ (trong đó trực tuyến 60 hồ sơ).',
    'Phường hiện có 21 cán bộ, công chức¹ làm việc tại các bộ phận chuyên môn theo vị trí việc làm được phê duyệt.',
    'Kết quả khảo sát: hài lòng 114 phiếu/174 phiếu, chiếm 65,5%; rất hài lòng 58 phiếu/174 phiếu, chiếm 33,3%; bình thường 02 phiếu/174 phiếu, chiếm 1,14%.',
    'Đã số hóa 1.016/1.250 hồ sơ, đạt 83,28%.',
    '¹ Trong đó: cán bộ 11 người; công chức 09 người.',
  ],
  ['SUM 1250 1240', 'SUM 1100 1110', 'SUM 21 20', 'ROUNDING 1.14 1.15', 'PERCENT 83.28 81.28'],
)

inEveryFormat(
  'a statutory form',
  [
    'BÁO CÁO',
    'Tình hình cải cách hành chính quý II năm 2024 của Ủy ban nhân dân phường An Lạc',
    'Biểu mẫu 7',
    form(
      ['6.4.', 'Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến mức độ 3', '%', '90'],
      ['6.4.1.', 'Tổng số TTHC đủ điều kiện cung cấp trực tuyến mức độ 3', 'Thủ tục', '60'],
      ['6.4.2.', 'Số TTHC đang cung cấp trực tuyến mức độ 3', 'Thủ tục', '57'],
      ['6.5.', 'Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến mức độ 4', '%', ''],
      ['6.5.1.', 'Tổng số TTHC đủ điều kiện cung cấp trực tuyến mức độ 4', 'Thủ tục', '40'],
      ['6.5.2.', 'Số TTHC đang cung cấp trực tuyến mức độ 4', 'Thủ tục', '30'],
      ['6.6.', 'Tỷ lệ TTHC đã tích hợp, công khai trên Cổng DVC quốc gia', '%', '100'],
      ['6.6.1.', 'Tổng số TTHC đang cung cấp trực tuyến mức độ 3 và 4 của địa phương', 'Thủ tục', '88'],
      ['6.6.2.', 'Số TTHC mức độ 3 và 4 đã tích hợp trên Cổng DVC quốc gia', 'Thủ tục', '88'],
      ['6.7.', 'Tỷ lệ hồ sơ TTHC được tiếp nhận trực tuyến', '%', '523'],
      ['6.7.1.', 'Tổng số hồ sơ TTHC đã tiếp nhận', 'Hồ sơ', '0'],
      ['6.7.2.', 'Số hồ sơ TTHC đã tiếp nhận trực tuyến', 'Hồ sơ', '0'],
      ['6.8.', 'Tỷ lệ phản ánh, kiến nghị được xử lý', '%', '100'],
      ['6.8.1.', 'Tổng số phản ánh, kiến nghị đã tiếp nhận', 'PAKN', '0'],
      ['6.8.2.', 'Số phản ánh, kiến nghị đã xử lý', 'PAKN', '0'],
      ['7.', 'Tổ chức đối thoại', 'Không = 0 Có = 1', '3'],
    ),
  ],
  ['PERCENT 90 95', 'ROW null 75', 'SUM 88 87', 'ROW 523 0–100', 'PERCENT 100 không phát sinh', 'ROW 3 0 | 1'],
)

inEveryFormat(
  'a table with totals and rates',
  [
    'Kết quả giải quyết thủ tục hành chính năm 2024 trên địa bàn huyện',
    [
      ['STT', 'Đơn vị', 'Tiếp nhận', 'Trực tuyến', 'Tỷ lệ (%)'],
      ['1', 'Xã An Bình', '200', '150', '75'],
      ['2', 'Xã Bình Minh', '300', '150', '50'],
      ['3', 'Xã Cát Linh', '120', '90', '75'],
      ['4', 'Xã Đông Sơn', '150', '90', '65'],
      ['', 'Tổng cộng', '780', '480', '61,54'],
    ],
  ],
  ['PERCENT 65 60', 'SUM 780 770'],
)

inEveryFormat(
  'documents and dates',
  [
    'Ủy ban nhân dân xã An Bình',
    'An Bình, ngày 14 tháng 6 năm 2024',
    'BÁO CÁO',
    'Công tác cải cách hành chính 6 tháng đầu năm 2024 (Số liệu tính từ ngày 15/12/2023 đến ngày 14/6/2024)',
    'Ủy ban nhân dân xã đã ban hành Kế hoạch số 05/KH-UBND ngày 10/01/2025 về cải cách hành chính năm 2024.',
    'Ủy ban nhân dân xã đã ban hành Kế hoạch số 08/KH-UBND ngày 20/02/2024 về tuyên truyền; Kế hoạch số 09/KH-UBND ngày 15/01/2024 về kiểm tra; Kế hoạch số 12/KH-UBND ngày 01/3/2024 về rà soát; Kế hoạch số 15/KH-UBND ngày 05/3/2024 về đối thoại.',
    'Hội nghị được tổ chức ngày 30/02/2024 tại hội trường Ủy ban nhân dân xã.',
  ],
  ['DATE 10/01/2025 10/01/2024', 'DATE 15/01/2024 ≥ 20/02/2024', 'DATE 30/02/2024 null'],
)

const passage =
  'Ủy ban nhân dân xã thường xuyên chỉ đạo các bộ phận chuyên môn rà soát, cập nhật, niêm yết công khai đầy đủ các thủ tục hành chính thuộc thẩm quyền giải quyết.'
inEveryFormat(
  'a passage pasted twice',
  [
    'Kết quả thực hiện công tác kiểm soát thủ tục hành chính',
    passage,
    'Phần tiếp theo nói về việc khác của cơ quan.',
    passage,
  ],
  ['DUPLICATE null null'],
)

test('places: paragraph of Word, sheet and cell of Excel, page and line of PDF, line of a web page', async () => {
  const report: Written = [
    'Mở đầu',
    'Đạt 85% (340/410 hồ sơ).',
    [
      ['STT', 'Tên', 'Số'],
      ['1', 'A', '10'],
      ['2', 'B', '20'],
      ['', 'Cộng', '31'],
    ],
  ]
  const places = async (format: string, write: (report: Written) => Buffer | Promise<Buffer>) =>
    checkBlocks(await readReport(await write(report), `a.${format}`)).findings.map(({ location }) => location)
  assert.deepEqual(await places('docx', asDocx), [{ line: 2 }, { line: 6 }])
  assert.deepEqual(await places('xlsx', asXlsx), [
    { sheet: 'Báo cáo', cell: 'A3' },
    { sheet: 'Báo cáo', cell: 'C8' },
  ])
  assert.deepEqual(await places('pdf', asPdf), [
    { page: 1, line: 2 },
    { page: 1, line: 6 },
  ])
  assert.deepEqual(await places('html', asHtml), [{ line: 4 }, { line: 9 }])
})
