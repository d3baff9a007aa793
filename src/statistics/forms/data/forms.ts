import type { Check, CheckTerm, FormDefinition, FormRow, RowSource } from '../contract.ts'

// CV 725/BNV-CCHC 2021, Biểu mẫu 1–7 (rows of a commune as its report prints them; rows of other levels carry `levels`);
// TT 01/2020/TT-VPCP, Biểu số 06a/VPCP/KSTT. What comes here is a beginning: versions after it are made in the web.

const BASIS = 'Công văn số 725/BNV-CCHC năm 2021 của Bộ Nội vụ về chế độ báo cáo cải cách hành chính định kỳ'
const NOTE = 'sử dụng cho kỳ báo cáo hàng quý, 6 tháng, năm'

const manual: RowSource = { kind: 'manual' }
const enteredRatio: RowSource = { kind: 'entered-ratio' }
const sum = (...of: string[]): RowSource => ({ kind: 'sum', of })
const ratio = (numerator: string, denominator: string): RowSource => ({ kind: 'ratio', numerator, denominator })
type PetitionSource = Extract<RowSource, { kind: 'petition' }>
const petition = (figure: PetitionSource['figure'], of?: PetitionSource['of']): RowSource => ({
  kind: 'petition',
  figure,
  ...(of ? { of } : {}),
})
const survey = (measure: 'held' | 'ballots' | 'form'): RowSource => ({ kind: 'survey', measure })
const payableOnline: RowSource = { kind: 'payment', measure: 'payable-online' }
const catalogue = (measure: string): RowSource => ({ kind: 'catalogue', measure })

type Extra = Partial<Pick<FormRow, 'hint' | 'levels' | 'cumulative' | 'italic' | 'printed' | 'choices'>>
const row = (
  [code, label, unit, type, source]: [string, string, string, FormRow['type'], RowSource],
  extra: Extra = {},
): FormRow => ({ code, label, unit, type, source, levels: [], cumulative: false, ...extra })

const heading = (code: string, label: string, extra?: Extra) =>
  row([code, label, '', 'heading', { kind: 'none' }], extra)
const count = (code: string, label: string, unit: string, extra?: Extra & { source?: RowSource }) => {
  const { source = manual, ...rest } = extra ?? {}
  return row([code, label, unit, 'count', source], rest)
}
const percent = (code: string, label: string, source: RowSource, extra?: Extra) =>
  row([code, label, '%', 'percent', source], extra)
const choice = (
  code: string,
  label: string,
  choices: readonly string[],
  { source = manual, ...rest }: Extra & { source?: RowSource } = {},
) => row([code, label, '', 'enum', source], { choices: choices.map((label, value) => ({ value, label })), ...rest })

const part: Extra = { italic: true }
const higher: Extra = { levels: ['district', 'province'], printed: true }
const province: Extra = { levels: ['province'], printed: true }

const cell = (code: string): CheckTerm => ({ row: code })
const terms = (given: string | readonly string[]): CheckTerm[] => [given].flat().map(cell)
const check = (
  code: string,
  [left, operator, right]: [string | string[], '=' | '<=' | '>=', string | string[]],
  words: string,
  wordsEn: string,
  more: Partial<Check> = {},
): Check => ({
  code,
  left: terms(left),
  operator,
  right: terms(right),
  missing: 'skip',
  severity: 'blocking',
  words,
  wordsEn,
  ...more,
})

/** A cumulative number never falls within a year of reporting. */
const grows = (code: string, what: string, whatEn: string): Check =>
  check(
    `${code}-luy-ke`,
    [code, '>=', []],
    `${what} là số lũy kế nên không được nhỏ hơn kỳ trước trong cùng năm ({left} < {right}).`,
    `${whatEn} is cumulative and cannot be below the period before of the same year ({left} < {right}).`,
    { right: [{ row: code, period: 'previous-in-year' }], severity: 'warning' },
  )

const form = (
  id: string,
  {
    number,
    title,
    rows,
    checks,
    ...more
  }: Pick<FormDefinition, 'number' | 'title' | 'rows' | 'checks'> & Partial<FormDefinition>,
): FormDefinition => ({
  form: id,
  version: 1,
  validFrom: '2021-01-01',
  validTo: null,
  number,
  title,
  legalBasis: BASIS,
  layout: 'rows',
  note: NOTE,
  rows,
  checks,
  ...more,
})

const bm1 = form('bm1', {
  number: 'Biểu mẫu 1',
  title: 'Công tác chỉ đạo điều hành CCHC',
  rows: [
    count('1', 'Số văn bản chỉ đạo CCHC đã ban hành', 'Văn bản', {
      hint: 'Kết luận, chỉ thị, công văn chỉ đạo, quán triệt',
    }),
    percent('2', 'Tỷ lệ hoàn thành Kế hoạch CCHC năm', ratio('2.2', '2.1'), {
      hint: 'Lũy kế đến thời điểm báo cáo',
      cumulative: true,
    }),
    count('2.1', 'Số nhiệm vụ đề ra trong kế hoạch', 'Nhiệm vụ', { cumulative: true }),
    count('2.2', 'Số nhiệm vụ đã hoàn thành', 'Nhiệm vụ', { cumulative: true }),
    heading('3', 'Kiểm tra CCHC'),
    count('3.1', 'Số phòng chuyên môn đã kiểm tra', 'Phòng, đơn vị'),
    count('3.2', 'Số UBND cấp xã đã kiểm tra', 'Cơ quan, đơn vị', higher),
    percent('3.3', 'Tỷ lệ xử lý các vấn đề qua kiểm tra', ratio('3.3.2', '3.3.1')),
    count('3.3.1', 'Số vấn đề phát hiện qua kiểm tra', 'Vấn đề'),
    count('3.3.2', 'Số vấn đề phát hiện đã xử lý xong', 'Vấn đề'),
    heading('4', 'Thực hiện nhiệm vụ của UBND, Chủ tịch UBND cấp trên giao', {
      hint: 'Trước 1/7/2025: UBND huyện, Chủ tịch UBND huyện; từ 1/7/2025: UBND tỉnh, Chủ tịch UBND tỉnh',
    }),
    count('4.1', 'Tổng số nhiệm vụ được giao', 'Nhiệm vụ'),
    count('4.2', 'Số nhiệm vụ đã hoàn thành đúng hạn', 'Nhiệm vụ'),
    count('4.3', 'Số nhiệm vụ đã hoàn thành nhưng quá hạn', 'Nhiệm vụ'),
    count('4.4', 'Số nhiệm vụ quá hạn nhưng chưa hoàn thành', 'Nhiệm vụ'),
    choice('5', 'Khảo sát sự hài lòng của người dân, tổ chức', ['Không', 'Có'], { source: survey('held') }),
    count('5.1', 'Số lượng phiếu khảo sát', 'Phiếu', { source: survey('ballots') }),
    choice('5.2', 'Hình thức khảo sát', ['Trực tuyến', 'Phát phiếu', 'Kết hợp'], { source: survey('form') }),
    choice('6', 'Tổ chức đối thoại của lãnh đạo với người dân, cộng đồng doanh nghiệp', ['Không', 'Có']),
  ],
  checks: [
    check(
      '4.1-du',
      ['4.1', '>=', ['4.2', '4.3', '4.4']],
      'Tổng số nhiệm vụ được giao (4.1 = {left}) phải từ {right} trở lên, là tổng các dòng 4.2, 4.3, 4.4.',
      'The tasks given (4.1 = {left}) must be at least {right}, the sum of 4.2, 4.3 and 4.4.',
      { missing: 'zero' },
    ),
    {
      code: '5-phieu',
      left: terms('5.1'),
      operator: 'present',
      right: [],
      when: { cell: { row: '5' }, equals: 1 },
      missing: 'fail',
      severity: 'blocking',
      words: 'Đã khai có khảo sát sự hài lòng (5 = 1) thì phải có số lượng phiếu khảo sát (5.1).',
      wordsEn: 'A survey was made (5 = 1), so the number of ballots (5.1) is required.',
    },
    {
      code: '5-hinh-thuc',
      left: terms('5.2'),
      operator: 'present',
      right: [],
      when: { cell: { row: '5' }, equals: 1 },
      missing: 'fail',
      severity: 'blocking',
      words: 'Đã khai có khảo sát sự hài lòng (5 = 1) thì phải có hình thức khảo sát (5.2).',
      wordsEn: 'A survey was made (5 = 1), so its form (5.2) is required.',
    },
    {
      code: '5-khong-phieu',
      left: terms('5.1'),
      operator: '=',
      right: [{ number: 0 }],
      when: { cell: { row: '5' }, equals: 0 },
      missing: 'skip',
      severity: 'blocking',
      words: 'Đã khai không khảo sát (5 = 0) nhưng dòng 5.1 ghi {left} phiếu.',
      wordsEn: 'No survey was made (5 = 0) but 5.1 says {left} ballots.',
    },
    grows('2.2', 'Số nhiệm vụ đã hoàn thành (2.2)', 'The number of finished tasks (2.2)'),
    check(
      '2.1-on-dinh',
      ['2.1', '=', []],
      'Số nhiệm vụ đề ra trong kế hoạch năm (2.1) là {left}, kỳ trước cùng năm ghi {right}.',
      'The tasks of the yearly plan (2.1) are {left}; the period before said {right}.',
      { right: [{ row: '2.1', period: 'previous-in-year' }], severity: 'warning' },
    ),
  ],
})

const bm2 = form('bm2', {
  number: 'Biểu mẫu 2',
  title: 'Cải cách thể chế',
  rows: [
    count('1', 'Tổng số Văn bản quy phạm pháp luật (VBQPPL) do địa phương ban hành', 'Văn bản', {
      source: sum('1.1', '1.2', '1.3'),
    }),
    count('1.1', 'Số VBQPPL do cấp tỉnh ban hành', 'Văn bản', { levels: ['province'] }),
    count('1.2', 'Số VBQPPL do cấp huyện ban hành', 'Văn bản', { levels: ['district', 'province'] }),
    count('1.3', 'Số VBQPPL do cấp xã ban hành', 'Văn bản'),
    heading('2', 'Kiểm tra, xử lý VBQPPL'),
    count('2.1', 'Số VBQPPL đã kiểm tra theo thẩm quyền của cấp huyện', 'Văn bản', higher),
    percent('2.2', 'Tỷ lệ xử lý VBQPPL sau kiểm tra', ratio('2.2.2', '2.2.1')),
    count('2.2.1', 'Tổng số VBQPPL cần phải xử lý sau kiểm tra', 'Văn bản', part),
    count('2.2.2', 'Số VBQPPL có kiến nghị xử lý đã được xử lý xong', 'Văn bản', part),
    heading('3', 'Rà soát VBQPPL'),
    count('3.1', 'Số VBQPPL đã rà soát thuộc thẩm quyền của cấp huyện', 'Văn bản', higher),
    percent('3.2', 'Tỷ lệ xử lý VBQPPL sau rà soát', ratio('3.2.2', '3.2.1')),
    count('3.2.1', 'Tổng số VBQPPL cần phải xử lý sau rà soát', 'Văn bản', part),
    count('3.2.2', 'Số VBQPPL có kiến nghị xử lý đã được xử lý xong', 'Văn bản', part),
  ],
  checks: [
    check(
      '2.2.1-trong-2.1',
      ['2.2.1', '<=', '2.1'],
      'Số văn bản cần xử lý sau kiểm tra (2.2.1 = {left}) không thể lớn hơn số văn bản đã kiểm tra (2.1 = {right}).',
      'Documents to be dealt with (2.2.1 = {left}) cannot exceed those checked (2.1 = {right}).',
    ),
    check(
      '3.2.1-trong-3.1',
      ['3.2.1', '<=', '3.1'],
      'Số văn bản cần xử lý sau rà soát (3.2.1 = {left}) không thể lớn hơn số văn bản đã rà soát (3.1 = {right}).',
      'Documents to be dealt with (3.2.1 = {left}) cannot exceed those reviewed (3.1 = {right}).',
    ),
  ],
})

const bm3 = form('bm3', {
  number: 'Biểu mẫu 3',
  title: 'Cải cách thủ tục hành chính',
  rows: [
    count('1', 'Thống kê TTHC', 'Thủ tục', { source: sum('1.4') }),
    count('1.1', 'Số TTHC đã được phê duyệt phương án đơn giản hóa', 'Thủ tục'),
    count('1.2', 'Số TTHC công bố mới', 'Thủ tục', { source: catalogue('new') }),
    count('1.3', 'Số TTHC bãi bỏ, thay thế', 'Thủ tục', { source: catalogue('abolished') }),
    count('1.4', 'Tổng số TTHC thuộc thẩm quyền giải quyết tại địa phương', 'Thủ tục', {
      source: sum('1.4.1', '1.4.2', '1.4.3'),
    }),
    count('1.4.1', 'Số TTHC cấp tỉnh', 'Thủ tục', { source: catalogue('in-force-province'), levels: ['province'] }),
    count('1.4.2', 'Số TTHC cấp huyện', 'Thủ tục', {
      source: catalogue('in-force-district'),
      levels: ['district', 'province'],
    }),
    count('1.4.3', 'Số TTHC cấp xã', 'Thủ tục', {
      hint: 'Bao gồm cả TTHC của cơ quan ngành dọc',
      source: catalogue('in-force-commune'),
    }),
    heading('2', 'Thực hiện cơ chế một cửa, một cửa liên thông'),
    count('2.1', 'Số TTHC liên thông cùng cấp', 'Thủ tục', { source: catalogue('same-level') }),
    count('2.2', 'Số TTHC liên thông giữa các cấp chính quyền', 'Thủ tục', { source: catalogue('between-levels') }),
    count(
      '2.3',
      'Số TTHC đã thực hiện tiếp nhận và giải quyết hồ sơ không phụ thuộc vào địa giới hành chính',
      'Thủ tục',
      { source: catalogue('boundary-free') },
    ),
    heading('3', 'Kết quả giải quyết TTHC'),
    percent('3.3', 'Tỷ lệ hồ sơ TTHC do UBND cấp xã tiếp nhận được giải quyết đúng hạn', ratio('3.3.2', '3.3.1'), {
      hint: 'Đúng hạn và trước hạn, trên số đã giải quyết xong',
    }),
    count('3.3.1', 'Tổng số hồ sơ TTHC đã giải quyết xong', 'Hồ sơ', {
      source: { kind: 'figure', figure: 'resolved' },
    }),
    count('3.3.2', 'Số hồ sơ TTHC giải quyết đúng hạn', 'Hồ sơ', {
      source: { kind: 'figure', figure: 'resolved-early', plus: ['resolved-on-time'] },
    }),
    percent('3.4', 'Tỷ lệ giải quyết phản ánh, kiến nghị (PAKN) về quy định TTHC', ratio('3.4.2', '3.4.1')),
    count('3.4.1', 'Tổng số PAKN đã tiếp nhận', 'PAKN', {
      hint: 'Trực tiếp hoặc do cơ quan có thẩm quyền chuyển đến',
      source: petition('petitions-received'),
    }),
    count('3.4.2', 'Số PAKN đã giải quyết xong', 'PAKN', { source: petition('petitions-settled') }),
  ],
  checks: [
    check(
      '1.1-trong-1.4',
      ['1.1', '<=', '1.4'],
      'Số TTHC được phê duyệt phương án đơn giản hóa (1.1 = {left}) không thể lớn hơn tổng số TTHC (1.4 = {right}).',
      'Simplified procedures (1.1 = {left}) cannot exceed all procedures (1.4 = {right}).',
    ),
    {
      code: '1.1-khong-phai-tat-ca',
      left: [{ row: '1.1' }, { number: 1 }],
      operator: '<=',
      right: terms('1.4'),
      missing: 'skip',
      severity: 'warning',
      words: 'Dòng 1.1 ghi mọi TTHC đều đã có phương án đơn giản hóa được phê duyệt trong kỳ. Xin kiểm tra lại.',
      wordsEn: 'Line 1.1 says that every procedure has an approved plan of simplification. Please check.',
    },
    check(
      '2-lien-thong',
      [['2.1', '2.2'], '<=', '1.4'],
      'Số TTHC liên thông (2.1 + 2.2 = {left}) không thể lớn hơn tổng số TTHC (1.4 = {right}).',
      'Linked procedures (2.1 + 2.2 = {left}) cannot exceed all procedures (1.4 = {right}).',
    ),
    check(
      '2.3-trong-1.4',
      ['2.3', '<=', '1.4'],
      'Số TTHC không phụ thuộc địa giới (2.3 = {left}) không thể lớn hơn tổng số TTHC (1.4 = {right}).',
      'Boundary-free procedures (2.3 = {left}) cannot exceed all procedures (1.4 = {right}).',
    ),
    check(
      '1.2-trong-1.4',
      ['1.2', '<=', '1.4'],
      'Số TTHC công bố mới (1.2 = {left}) không thể lớn hơn tổng số TTHC (1.4 = {right}).',
      'New procedures (1.2 = {left}) cannot exceed all procedures (1.4 = {right}).',
    ),
  ],
})

const bm4 = form('bm4', {
  number: 'Biểu mẫu 4',
  title: 'Cải cách bộ máy hành chính nhà nước',
  rows: [
    heading('1', 'Sắp xếp, kiện toàn tổ chức bộ máy'),
    percent(
      '1.2',
      'Tỷ lệ UBND cấp xã đã hoàn thành việc sắp xếp cơ cấu tổ chức và bố trí các bộ phận chuyên môn đáp ứng các tiêu chí theo quy định của Chính phủ',
      enteredRatio,
      { hint: 'Tử số: số UBND cấp xã đã hoàn thành; mẫu số: số UBND cấp xã' },
    ),
    heading('2', 'Số liệu về biên chế công chức'),
    count('2.1', 'Tổng số biên chế được giao trong năm', 'Người'),
    count('2.2', 'Tổng số biên chế có mặt tại thời điểm báo cáo', 'Người', { hint: 'Không tính hợp đồng ở dòng 2.3' }),
    count('2.3', 'Số hợp đồng lao động làm việc tại cơ quan hành chính nhà nước', 'Người'),
    count('2.4', 'Số biên chế đã tinh giản trong kỳ báo cáo', 'Người'),
    percent('2.5', 'Tỷ lệ phần trăm biên chế đã tinh giản so với năm 2015', enteredRatio, {
      hint: 'Tử số: tổng số đã tinh giản từ năm 2015; mẫu số: biên chế năm 2015',
    }),
  ],
  checks: [
    check(
      '2.2-trong-2.1',
      ['2.2', '<=', '2.1'],
      'Biên chế giao = có mặt + còn thiếu: số có mặt (2.2 = {left}) không thể lớn hơn số được giao (2.1 = {right}).',
      'Given = present + vacant: those present (2.2 = {left}) cannot exceed those given (2.1 = {right}).',
    ),
    {
      code: '2.4-trong-2.5',
      left: terms('2.4'),
      operator: '<=',
      right: [{ row: '2.5', part: 'numerator' }],
      missing: 'skip',
      severity: 'blocking',
      words:
        'Số tinh giản trong kỳ (2.4 = {left}) không thể lớn hơn tổng số đã tinh giản từ năm 2015 (tử số của 2.5 = {right}).',
      wordsEn:
        'Reduced in the period (2.4 = {left}) cannot exceed all reduced since 2015 (numerator of 2.5 = {right}).',
    },
  ],
})

const discipline = (code: string, label: string, extra?: Extra) => count(code, label, 'Người', extra)

const bm5 = form('bm5', {
  number: 'Biểu mẫu 5',
  title: 'Cải cách chế độ công vụ',
  rows: [
    heading('1', 'Vị trí việc làm của công chức, viên chức'),
    count('1.1', 'Số cơ quan, tổ chức hành chính đã được phê duyệt vị trí việc làm theo quy định', 'Cơ quan, đơn vị'),
    count('1.2', 'Số đơn vị sự nghiệp đã được phê duyệt vị trí việc làm theo quy định', 'Cơ quan, đơn vị'),
    count(
      '1.3',
      'Số cơ quan, tổ chức có vi phạm trong thực hiện vị trí việc làm phát hiện qua thanh tra',
      'Cơ quan, đơn vị',
    ),
    count('2', 'Tuyển dụng công chức, viên chức', 'Người', { source: sum('2.1', '2.2', '2.3', '2.4', '2.5') }),
    count('2.1', 'Số công chức được tuyển dụng (thi tuyển, xét tuyển)', 'Người'),
    count('2.2', 'Số công chức được tuyển dụng theo trường hợp đặc biệt', 'Người'),
    count('2.3', 'Số cán bộ, công chức cấp xã được xét chuyển thành công chức cấp huyện trở lên', 'Người'),
    count('2.4', 'Số viên chức được tuyển dụng (thi tuyển, xét tuyển)', 'Người'),
    count('2.5', 'Số viên chức được tuyển dụng theo trường hợp đặc biệt', 'Người'),
    count('3', 'Số lượng lãnh đạo quản lý được tuyển chọn, bổ nhiệm thông qua thi tuyển', 'Người', {
      hint: 'Lũy kế từ đầu năm',
      cumulative: true,
    }),
    count('4', 'Số lượng cán bộ, công chức, viên chức bị kỷ luật (cả về Đảng và chính quyền)', 'Người', {
      source: sum('4.1', '4.2', '4.3', '4.4', '4.5'),
    }),
    discipline('4.1', 'Số lãnh đạo cấp huyện bị kỷ luật', higher),
    discipline('4.2', 'Số lãnh đạo cấp phòng thuộc huyện bị kỷ luật', higher),
    discipline('4.3', 'Số lãnh đạo cấp xã bị kỷ luật'),
    discipline('4.4', 'Số công chức (huyện và xã) bị kỷ luật'),
    discipline('4.5', 'Số người làm việc hưởng lương từ NSNN tại các đơn vị SNCL bị kỷ luật'),
  ],
  checks: [
    grows('3', 'Số lãnh đạo bổ nhiệm qua thi tuyển (3)', 'Leaders appointed by examination (3)'),
    check(
      '1.3-trong-1',
      ['1.3', '<=', ['1.1', '1.2']],
      'Số cơ quan có vi phạm (1.3 = {left}) lớn hơn số cơ quan, đơn vị đã được phê duyệt vị trí việc làm (1.1 + 1.2 = {right}).',
      'Agencies with violations (1.3 = {left}) exceed those with approved posts (1.1 + 1.2 = {right}).',
      { severity: 'warning' },
    ),
  ],
})

const bm6 = form('bm6', {
  number: 'Biểu mẫu 6',
  title: 'Cải cách tài chính công',
  rows: [
    percent('1', 'Tỷ lệ thực hiện Kế hoạch giải ngân vốn đầu tư công', ratio('1.2', '1.1')),
    row(['1.1', 'Kế hoạch được giao', 'Triệu đồng', 'money', manual]),
    row(['1.2', 'Đã thực hiện', 'Triệu đồng', 'money', manual]),
    heading('2', 'Thực hiện tự chủ tài chính của đơn vị sự nghiệp (ĐVSN) tại địa phương', {
      hint: 'Lũy kế đến thời điểm báo cáo',
    }),
    count('2.1', 'Tổng số ĐVSN công lập tại địa phương', 'Đơn vị', {
      cumulative: true,
      source: sum('2.2', '2.3', '2.4', '2.5'),
    }),
    count('2.2', 'Số ĐVSN tự bảo đảm chi thường xuyên và chi đầu tư', 'Đơn vị', { cumulative: true }),
    count('2.3', 'Số ĐVSN tự bảo đảm chi thường xuyên', 'Đơn vị', { cumulative: true }),
    count('2.4', 'Số ĐVSN tự bảo đảm một phần chi thường xuyên', 'Đơn vị', {
      cumulative: true,
      source: sum('2.4.1', '2.4.2', '2.4.3'),
    }),
    count('2.4.1', 'Số ĐVSN tự bảo đảm từ 70% - dưới 100% chi thường xuyên', 'Đơn vị', { ...part, cumulative: true }),
    count('2.4.2', 'Số ĐVSN tự bảo đảm từ 30% - dưới 70% chi thường xuyên', 'Đơn vị', { ...part, cumulative: true }),
    count('2.4.3', 'Số ĐVSN tự bảo đảm từ 10% - dưới 30% chi thường xuyên', 'Đơn vị', { ...part, cumulative: true }),
    count('2.5', 'Số ĐVSN do Nhà nước bảo đảm chi thường xuyên', 'Đơn vị', { cumulative: true }),
    count('2.6', 'Số lượng ĐVSN đã chuyển đổi thành công ty cổ phần', 'Đơn vị', {
      hint: 'Lũy kế đến thời điểm báo cáo',
      cumulative: true,
    }),
  ],
  checks: [
    grows('2.6', 'Số ĐVSN đã chuyển đổi thành công ty cổ phần (2.6)', 'Units turned into companies (2.6)'),
    grows('1.2', 'Vốn đầu tư công đã thực hiện (1.2)', 'Disbursed investment (1.2)'),
  ],
})

const bm7 = form('bm7', {
  number: 'Biểu mẫu 7',
  title: 'Xây dựng chính quyền điện tử, chính quyền số',
  rows: [
    choice('1', 'Cập nhật Kiến trúc chính quyền điện tử phiên bản mới nhất', ['Chưa', 'Hoàn thành'], province),
    choice('2', 'Xây dựng và vận hành Hệ thống họp trực tuyến', ['Chưa có', '2 cấp', '3 cấp'], {
      hint: 'Liên thông 2 cấp: từ UBND tỉnh đến 100% UBND các huyện. Liên thông 3 cấp: từ UBND tỉnh đến 100% UBND cấp huyện, cấp xã',
      ...province,
    }),
    percent('3', 'Tỷ lệ báo cáo định kỳ được gửi, nhận qua Hệ thống thông tin báo cáo quốc gia', enteredRatio, {
      hint: 'Tử số: số báo cáo gửi, nhận qua Hệ thống; mẫu số: số báo cáo định kỳ phải gửi',
    }),
    choice(
      '4',
      'Triển khai xây dựng nền tảng chia sẻ, tích hợp dùng chung (LGSP)',
      ['Chưa', 'Đang làm', 'Hoàn thành'],
      province,
    ),
    heading('5', 'Số liệu về trao đổi văn bản điện tử'),
    heading('5.1', 'Thực hiện kết nối, liên thông các Hệ thống quản lý văn bản điều hành từ cấp tỉnh đến cấp xã'),
    percent('5.1.3', 'Tỷ lệ UBND cấp xã đã kết nối, liên thông với UBND huyện', enteredRatio, {
      hint: 'Tử số: số UBND cấp xã đã kết nối; mẫu số: số UBND cấp xã',
      ...part,
    }),
    percent('5.2', 'Tỷ lệ sử dụng văn bản điện tử của địa phương', enteredRatio, {
      hint: 'Chỉ thống kê văn bản được gửi hoàn toàn dưới dạng điện tử, ký số và gửi trên môi trường mạng. Tử số: số văn bản đi điện tử, ký số; mẫu số: số văn bản đi',
    }),
    percent('5.2.3', 'Tỷ lệ sử dụng văn bản điện tử của UBND cấp xã', enteredRatio, {
      hint: 'Tử số: số văn bản đi điện tử, ký số của UBND cấp xã; mẫu số: số văn bản đi của UBND cấp xã',
      ...part,
    }),
    heading('5.3', 'Xây dựng, vận hành Hệ thống thông tin một cửa điện tử tập trung của tỉnh'),
    percent('5.3.3', 'Tỷ lệ đơn vị cấp xã đã kết nối liên thông với Hệ thống', enteredRatio, {
      hint: 'Tử số: số đơn vị cấp xã đã kết nối; mẫu số: số đơn vị cấp xã',
      ...part,
    }),
    heading('6', 'Cung cấp dịch vụ công trực tuyến'),
    percent('6.4', 'Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến mức độ 3', ratio('6.4.2', '6.4.1'), {
      hint: 'Từ khi áp dụng Nghị định 42/2022/NĐ-CP: dịch vụ công trực tuyến một phần',
    }),
    count('6.4.1', 'Tổng số TTHC đủ điều kiện cung cấp trực tuyến mức độ 3', 'Thủ tục', {
      source: catalogue('level-3'),
      ...part,
    }),
    count('6.4.2', 'Số TTHC đang cung cấp trực tuyến mức độ 3', 'Thủ tục', { source: catalogue('level-3-provided') }),
    count('6.4.3', 'Số TTHC đang cung cấp trực tuyến mức độ 3 có phát sinh hồ sơ nộp trực tuyến', 'Thủ tục', {
      source: catalogue('level-3-used-online'),
    }),
    percent('6.5', 'Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến mức độ 4', ratio('6.5.2', '6.5.1'), {
      hint: 'Từ khi áp dụng Nghị định 42/2022/NĐ-CP: dịch vụ công trực tuyến toàn trình',
    }),
    count('6.5.1', 'Tổng số TTHC đủ điều kiện cung cấp trực tuyến mức độ 4', 'Thủ tục', {
      source: catalogue('level-4'),
    }),
    count('6.5.2', 'Số TTHC đang cung cấp trực tuyến mức độ 4', 'Thủ tục', { source: catalogue('level-4-provided') }),
    count('6.5.3', 'Số TTHC đang cung cấp trực tuyến mức độ 4 có phát sinh hồ sơ nộp trực tuyến', 'Thủ tục', {
      source: catalogue('level-4-used-online'),
    }),
    percent(
      '6.6',
      'Tỷ lệ TTHC cung cấp trực tuyến mức độ 3 và 4 đã tích hợp, công khai trên Cổng DVC quốc gia',
      ratio('6.6.2', '6.6.1'),
    ),
    count('6.6.1', 'Tổng số TTHC đang cung cấp trực tuyến mức độ 3 và 4 của địa phương', 'Thủ tục', {
      source: sum('6.4.2', '6.5.2'),
    }),
    count(
      '6.6.2',
      'Số TTHC cung cấp trực tuyến mức độ 3 và 4 đã tích hợp, công khai trên Cổng DVC quốc gia',
      'Thủ tục',
    ),
    percent('6.7', 'Tỷ lệ hồ sơ TTHC được tiếp nhận trực tuyến mức độ 3 và 4', ratio('6.7.2', '6.7.1'), {
      hint: 'Chỉ thống kê đối với các TTHC mức độ 3 và 4 có phát sinh hồ sơ',
    }),
    count('6.7.1', 'Tổng số hồ sơ TTHC đã tiếp nhận (cả trực tiếp và trực tuyến)', 'Hồ sơ', {
      source: { kind: 'figure', figure: 'received', procedures: 'level-3-or-4' },
    }),
    count('6.7.2', 'Số hồ sơ TTHC đã tiếp nhận trực tuyến', 'Hồ sơ', {
      source: { kind: 'figure', figure: 'received-online', procedures: 'level-3-or-4' },
    }),
    percent('6.8', 'Tỷ lệ TTHC được tích hợp, triển khai thanh toán trực tuyến', ratio('6.8.2', '6.8.1')),
    count('6.8.1', 'Tổng số TTHC có yêu cầu nghĩa vụ tài chính', 'Thủ tục', {
      hint: 'Tất cả các TTHC có phát sinh phí, lệ phí',
      source: catalogue('with-fees'),
    }),
    count(
      '6.8.2',
      'Số TTHC đã được tích hợp, triển khai thanh toán trực tuyến trên Cổng DVC quốc gia hoặc trên Cổng DVC của tỉnh',
      'Thủ tục',
      { source: payableOnline },
    ),
  ],
  checks: [
    check(
      '6.4.3-trong-6.4.2',
      ['6.4.3', '<=', '6.4.2'],
      'Số TTHC mức độ 3 có phát sinh hồ sơ trực tuyến (6.4.3 = {left}) không thể lớn hơn số đang cung cấp (6.4.2 = {right}).',
      'Procedures of level 3 used online (6.4.3 = {left}) cannot exceed those provided (6.4.2 = {right}).',
    ),
    check(
      '6.5.3-trong-6.5.2',
      ['6.5.3', '<=', '6.5.2'],
      'Số TTHC mức độ 4 có phát sinh hồ sơ trực tuyến (6.5.3 = {left}) không thể lớn hơn số đang cung cấp (6.5.2 = {right}).',
      'Procedures of level 4 used online (6.5.3 = {left}) cannot exceed those provided (6.5.2 = {right}).',
    ),
    check(
      '6.6.1-tong',
      ['6.6.1', '=', ['6.4.2', '6.5.2']],
      'Số TTHC đang cung cấp mức độ 3 và 4 (6.6.1 = {left}) phải bằng 6.4.2 + 6.5.2 = {right}.',
      'Provided at levels 3 and 4 (6.6.1 = {left}) must be 6.4.2 + 6.5.2 = {right}.',
    ),
    {
      code: '6.7-co-thu-tuc',
      left: [{ row: '6.7.2' }],
      operator: '=',
      right: [{ number: 0 }],
      when: { cell: { row: '6.6.1' }, equals: 0 },
      missing: 'skip',
      severity: 'blocking',
      words: 'Có {left} hồ sơ trực tuyến nhưng không có TTHC nào được cung cấp mức độ 3, 4.',
      wordsEn: '{left} dossiers came online although no procedure is provided at level 3 or 4.',
    },
    check(
      '5.2.3-trong-5.2',
      ['5.2.3', '<=', '5.2'],
      'Số văn bản điện tử của UBND cấp xã (tử số 5.2.3 = {left}) không thể lớn hơn của cả địa phương (tử số 5.2 = {right}).',
      'Electronic documents of the commune (5.2.3: {left}) cannot exceed those of the whole area (5.2: {right}).',
      { left: [{ row: '5.2.3', part: 'numerator' }], right: [{ row: '5.2', part: 'numerator' }] },
    ),
    {
      code: '6.7.1-khop-06a',
      left: [{ row: '6.7.1' }],
      operator: '<=',
      right: [
        { form: '06a', row: 'total', column: 4 },
        { form: '06a', row: 'total', column: 5 },
      ],
      missing: 'skip',
      severity: 'blocking',
      words:
        'Số hồ sơ tiếp nhận của TTHC mức độ 3, 4 (6.7.1 = {left}) không thể lớn hơn số tiếp nhận mới của biểu 06a ({right}).',
      wordsEn: 'Received at levels 3 and 4 (6.7.1 = {left}) cannot exceed what form 06a received ({right}).',
    },
  ],
})

/** Not a statutory form: what chapter II.4 says of the staff, so that its numbers agree with form 4. */
const headcount = form('nhan-su', {
  number: 'Phụ biểu',
  title: 'Số lượng, cơ cấu cán bộ, công chức',
  legalBasis: 'Phụ biểu của hệ thống, làm căn cứ cho Biểu mẫu 4 và mục II.4 của báo cáo',
  rows: [
    count('1', 'Số biên chế được giao', 'Người'),
    count('2', 'Số có mặt', 'Người', { source: sum('2.1', '2.2') }),
    count('2.1', 'Cán bộ', 'Người'),
    count('2.2', 'Công chức', 'Người'),
    count('3', 'Số còn thiếu so với biên chế giao', 'Người'),
    count('4', 'Số hợp đồng lao động (tính riêng)', 'Người'),
    heading('5', 'Trình độ chuyên môn của số có mặt'),
    count('5.1', 'Sau đại học', 'Người'),
    count('5.2', 'Đại học', 'Người'),
    count('5.3', 'Cao đẳng', 'Người'),
    count('5.4', 'Trung cấp', 'Người'),
    count('5.5', 'Sơ cấp, chưa qua đào tạo', 'Người'),
    heading('6', 'Đạt chuẩn theo quy định'),
    percent('6.1', 'Tỷ lệ cán bộ đạt chuẩn', ratio('6.1.1', '2.1')),
    count('6.1.1', 'Số cán bộ đạt chuẩn', 'Người', part),
    percent('6.2', 'Tỷ lệ công chức đạt chuẩn', ratio('6.2.1', '2.2')),
    count('6.2.1', 'Số công chức đạt chuẩn', 'Người', part),
  ],
  checks: [
    check(
      'giao-co-mat-thieu',
      ['1', '=', ['2', '3']],
      'Biên chế giao (1 = {left}) phải bằng có mặt + còn thiếu (2 + 3 = {right}).',
      'Given (1 = {left}) must be present + vacant (2 + 3 = {right}).',
    ),
    check(
      'trinh-do',
      [['5.1', '5.2', '5.3', '5.4', '5.5'], '=', '2'],
      'Tổng theo trình độ chuyên môn ({left}) phải bằng số có mặt (2 = {right}).',
      'The sum by qualification ({left}) must be those present (2 = {right}).',
    ),
    {
      code: 'giao-khop-bm4',
      left: terms('1'),
      operator: '=',
      right: [{ form: 'bm4', row: '2.1' }],
      missing: 'skip',
      severity: 'blocking',
      words: 'Biên chế giao ở phụ biểu ({left}) khác Biểu mẫu 4, dòng 2.1 ({right}).',
      wordsEn: 'Given here ({left}) differs from form 4, line 2.1 ({right}).',
    },
    {
      code: 'co-mat-khop-bm4',
      left: terms('2'),
      operator: '=',
      right: [{ form: 'bm4', row: '2.2' }],
      missing: 'skip',
      severity: 'blocking',
      words: 'Số có mặt ở phụ biểu ({left}) khác Biểu mẫu 4, dòng 2.2 ({right}); hợp đồng tính riêng.',
      wordsEn: 'Present here ({left}) differs from form 4, line 2.2 ({right}); contracts are counted apart.',
    },
    {
      code: 'hop-dong-khop-bm4',
      left: terms('4'),
      operator: '=',
      right: [{ form: 'bm4', row: '2.3' }],
      missing: 'skip',
      severity: 'blocking',
      words: 'Số hợp đồng ở phụ biểu ({left}) khác Biểu mẫu 4, dòng 2.3 ({right}).',
      wordsEn: 'Contracts here ({left}) differ from form 4, line 2.3 ({right}).',
    },
  ],
})

const RECEIVED = 'Số hồ sơ tiếp nhận'
const RESOLVED = 'Số hồ sơ đã giải quyết'
const OPEN = 'Số hồ sơ đang giải quyết'
const column = (number: number, group: string, label: string) => ({ number, group, label })
const total = (number: number): CheckTerm => ({ row: 'total', column: number })
const matrixCheck = (
  code: string,
  [left, right]: [number[], CheckTerm[]],
  words: string,
  wordsEn: string,
  more: Partial<Check> = {},
): Check => ({
  code,
  left: left.map(total),
  operator: '=',
  right,
  missing: 'zero',
  severity: 'blocking',
  words,
  wordsEn,
  ...more,
})

const form06a = form('06a', {
  validFrom: '2018-01-01',
  number: 'Biểu số 06a/VPCP/KSTT',
  title: 'Tình hình, kết quả giải quyết TTHC tại cơ quan, đơn vị trực tiếp giải quyết TTHC',
  legalBasis: 'Thông tư số 01/2020/TT-VPCP của Văn phòng Chính phủ (trước đó: Thông tư số 02/2017/TT-VPCP)',
  note: 'Đơn vị tính: hồ sơ',
  layout: 'matrix',
  rows: [],
  columns: [
    column(3, RECEIVED, 'Tổng số'),
    column(4, RECEIVED, 'Trực tuyến'),
    column(5, RECEIVED, 'Trực tiếp, dịch vụ bưu chính'),
    column(6, RECEIVED, 'Từ kỳ trước'),
    column(7, RESOLVED, 'Tổng số'),
    column(8, RESOLVED, 'Trước hạn'),
    column(9, RESOLVED, 'Đúng hạn'),
    column(10, RESOLVED, 'Quá hạn'),
    column(11, OPEN, 'Tổng số'),
    column(12, OPEN, 'Trong hạn'),
    column(13, OPEN, 'Quá hạn'),
  ],
  endings: { withdrawn: 'resolved-on-time', stopped: 'apart', closed: 'apart' },
  checks: [
    matrixCheck(
      'tiep-nhan',
      [[3], [total(4), total(5), total(6)]],
      'Cột (3) = {left} phải bằng (4) + (5) + (6) = {right}.',
      'Column (3) = {left} must be (4) + (5) + (6) = {right}.',
    ),
    matrixCheck(
      'da-giai-quyet',
      [[7], [total(8), total(9), total(10)]],
      'Cột (7) = {left} phải bằng (8) + (9) + (10) = {right}.',
      'Column (7) = {left} must be (8) + (9) + (10) = {right}.',
    ),
    matrixCheck(
      'dang-giai-quyet',
      [[11], [total(12), total(13)]],
      'Cột (11) = {left} phải bằng (12) + (13) = {right}.',
      'Column (11) = {left} must be (12) + (13) = {right}.',
    ),
    matrixCheck(
      'can-doi',
      [[3], [total(7), total(11), { row: 'apart', column: 7 }]],
      'Tiếp nhận (3) = {left} phải bằng đã giải quyết (7) + đang giải quyết (11) + dừng, kết thúc tính riêng = {right}.',
      'Taken in (3) = {left} must be resolved (7) + open (11) + ended apart = {right}.',
    ),
    {
      code: 'ky-truoc-chuyen-sang',
      left: [total(6)],
      operator: '=',
      right: [{ row: 'total', column: 11, period: 'previous' }],
      missing: 'skip',
      severity: 'blocking',
      words: 'Từ kỳ trước chuyển sang (6) = {left}, nhưng cuối kỳ trước báo cáo còn đang giải quyết (11) = {right}.',
      wordsEn: 'Carried over (6) = {left}, but the report before said {right} were open (11).',
    },
    {
      code: 'khop-bm3',
      left: [{ form: 'bm3', row: '3.3.1' }],
      operator: '<=',
      right: [total(7)],
      missing: 'skip',
      severity: 'blocking',
      words: 'Số đã giải quyết xong ở Biểu mẫu 3 (3.3.1 = {left}) lớn hơn cột (7) của biểu 06a ({right}).',
      wordsEn: 'Resolved in form 3 (3.3.1 = {left}) exceeds column (7) of form 06a ({right}).',
    },
  ],
})

// The columns are known from memory only (DOMAIN §5.2): whoever has the printed form compares it first.
const form05a = form('05a', {
  number: 'Biểu số 05a/VPCP/KSTT',
  title: 'Kết quả tiếp nhận, xử lý phản ánh, kiến nghị về quy định hành chính',
  legalBasis: 'Thông tư số 01/2020/TT-VPCP; Nghị định số 20/2008/NĐ-CP (sửa đổi bởi NĐ 48/2013, NĐ 92/2017)',
  note: 'chưa đối chiếu với mẫu in; số liệu lấy từ sổ theo dõi phản ánh, kiến nghị',
  rows: [
    count('1', 'Tổng số PAKN phải xử lý trong kỳ', 'PAKN', { source: sum('1.1', '1.2') }),
    count('1.1', 'Từ kỳ trước chuyển sang', 'PAKN', { source: petition('petitions-carried') }),
    count('1.2', 'Tiếp nhận trong kỳ', 'PAKN', { source: sum('1.2.1', '1.2.2', '1.2.3') }),
    count('1.2.1', 'Về hành vi hành chính', 'PAKN', {
      source: petition('petitions-taken-in', 'behaviour'),
      italic: true,
    }),
    count('1.2.2', 'Về nội dung quy định hành chính', 'PAKN', {
      source: petition('petitions-taken-in', 'regulation'),
      italic: true,
    }),
    count('1.2.3', 'Chưa phân loại, không phải PAKN', 'PAKN', {
      source: petition('petitions-taken-in', 'other'),
      italic: true,
    }),
    count('2', 'Đã chuyển cơ quan có thẩm quyền', 'PAKN', { source: petition('petitions-forwarded') }),
    count('3', 'Đã xử lý', 'PAKN', { source: sum('3.1', '3.2') }),
    count('3.1', 'Đúng hạn', 'PAKN', { source: petition('petitions-handled-in-time'), italic: true }),
    count('3.2', 'Quá hạn', 'PAKN', { source: petition('petitions-handled-late'), italic: true }),
    count('3.3', 'Trong đó: về hành vi hành chính', 'PAKN', {
      source: petition('petitions-handled', 'behaviour'),
      italic: true,
    }),
    count('3.4', 'Trong đó: về nội dung quy định hành chính', 'PAKN', {
      source: petition('petitions-handled', 'regulation'),
      italic: true,
    }),
    count('4', 'Người gửi rút', 'PAKN', { source: petition('petitions-withdrawn') }),
    count('5', 'Đang xử lý', 'PAKN', { source: petition('petitions-open') }),
    count('6', 'Đã công khai kết quả', 'PAKN', { source: petition('petitions-published') }),
    percent('7', 'Tỷ lệ xử lý đúng hạn', ratio('3.1', '3')),
  ],
  checks: [
    check(
      'can-doi-pakn',
      ['1', '=', ['2', '3', '4', '5']],
      'Phải xử lý (1 = {left}) phải bằng đã chuyển + đã xử lý + rút + đang xử lý ({right}).',
      'To be handled (1 = {left}) must be forwarded + handled + withdrawn + open ({right}).',
    ),
  ],
})

export const shippedForms: readonly FormDefinition[] = [bm1, bm2, bm3, bm4, bm5, bm6, bm7, form05a, form06a, headcount]
