/** The workbook of the catalogue: one sheet for each published part, in the words of those who fill it in. */

import type { CellKind } from './rules/cells.ts'

export type Column = {
  key: string
  label: string
  cell: CellKind
  note: string
  width?: number
  /** Workbooks written before this column came are read as well. */
  mayLack?: boolean
}
export type Sheet = { part: string; name: string; note: string; columns: readonly Column[] }

export const channelNames = { counter: 'Trực tiếp', online: 'Trực tuyến', post: 'Bưu chính công ích' } as const
export const levelNames = {
  ministry: 'Cấp bộ',
  province: 'Cấp tỉnh',
  district: 'Cấp huyện',
  commune: 'Cấp xã',
  other: 'Cơ quan khác',
} as const
export const needNames = { required: 'Bắt buộc', conditional: 'Có điều kiện', shown: 'Xuất trình' } as const
export const feeKindNames = { fee: 'Phí', charge: 'Lệ phí' } as const
export const perNames = {
  dossier: 'Hồ sơ',
  copy: 'Bản',
  page: 'Trang',
  signature: 'Chữ ký',
  contract: 'Hợp đồng',
} as const
export const setByNames = { nation: 'Trung ương', province: 'Tỉnh' } as const
export const serviceLevelNames = {
  '3': 'Mức độ 3',
  '4': 'Mức độ 4',
  partial: 'Một phần',
  full: 'Toàn trình',
  none: 'Chưa trực tuyến',
} as const
export const linkageNames = {
  none: 'Không liên thông',
  'same-level': 'Liên thông cùng cấp',
  'between-levels': 'Liên thông giữa các cấp',
  mixed: 'Liên thông hỗn hợp',
} as const
export const unitNames = {
  'one-stop': 'Bộ phận Một cửa',
  justice: 'Tư pháp – hộ tịch',
  land: 'Địa chính – xây dựng',
  social: 'Văn hóa – xã hội',
  office: 'Văn phòng – thống kê',
  economy: 'Kinh tế',
  culture: 'Văn hóa',
  police: 'Công an',
} as const
export const partnerNames = {
  police: 'Công an',
  'province-department': 'Sở, ngành cấp tỉnh',
  'other-commune': 'Cấp xã khác',
  district: 'Cấp huyện',
} as const
export const guideStepNames = { question: 'Câu hỏi', case: 'Trường hợp', stop: 'Không phải thủ tục này' } as const
export const timeUnitNames = {
  workingHour: 'giờ làm việc',
  workingDay: 'ngày làm việc',
  calendarDay: 'ngày',
  month: 'tháng',
  atOnce: 'trả ngay',
} as const
export const yes = 'Có'
export const no = 'Không'

const code: Column = {
  key: 'code',
  label: 'Mã thủ tục',
  cell: { type: 'text' },
  note: 'Mã trên Cơ sở dữ liệu quốc gia, ví dụ 1.001193. Định dạng ô là văn bản.',
  width: 14,
}
const from: Column = {
  key: 'version',
  label: 'Phiên bản từ ngày',
  cell: { type: 'day' },
  note: 'Ngày phiên bản bắt đầu có hiệu lực, như ở trang «Thủ tục».',
  width: 14,
}
const caseKey: Column = {
  key: 'caseKey',
  label: 'Mã trường hợp',
  cell: { type: 'text' },
  note: 'Như ở trang «Trường hợp».',
  width: 18,
}
const basis: Column = {
  key: 'basis',
  label: 'Căn cứ',
  cell: { type: 'text' },
  note: 'Văn bản, điều, khoản quy định.',
  width: 40,
}
const channels: Column = {
  key: 'channels',
  label: 'Hình thức nộp',
  cell: { type: 'choices', choices: channelNames },
  note: 'Một hoặc nhiều hình thức, cách nhau bằng dấu phẩy.',
  width: 30,
}
const validFrom: Column = {
  key: 'validFrom',
  label: 'Từ ngày',
  cell: { type: 'day' },
  note: 'Ngày đầu tiên.',
  width: 12,
}
const validTo: Column = {
  key: 'validTo',
  label: 'Đến ngày',
  cell: { type: 'day', mayBeNull: true },
  note: 'Ngày cuối cùng; để trống nếu chưa có.',
  width: 12,
}
const text = (key: string, label: string, note: string, width = 30): Column => ({
  key,
  label,
  cell: { type: 'text' },
  note,
  width,
})
const optional = (key: string, label: string, note: string, width = 30): Column => ({
  key,
  label,
  cell: { type: 'text', optional: true },
  note,
  width,
})
const nullable = (key: string, label: string, note: string, width = 30): Column => ({
  key,
  label,
  cell: { type: 'text', mayBeNull: true },
  note,
  width,
})
const list = (key: string, label: string, note: string): Column => ({
  key,
  label,
  cell: { type: 'list' },
  note: `${note} Mỗi mục một dòng trong ô.`,
  width: 30,
})

export const sheets: readonly Sheet[] = [
  {
    part: 'fields',
    name: 'Lĩnh vực',
    note: 'Các lĩnh vực mà trang «Thủ tục» dùng đến.',
    columns: [
      text('key', 'Mã lĩnh vực', 'Chữ thường không dấu, nối bằng gạch ngang, ví dụ ho-tich.'),
      text('name', 'Tên lĩnh vực', 'Tên đầy đủ.'),
      optional('nameEn', 'Tên tiếng Anh', 'Để trống nếu không cần.'),
      { key: 'order', label: 'Thứ tự', cell: { type: 'number' }, note: 'Thứ tự khi liệt kê.', width: 10 },
    ],
  },
  {
    part: 'versions',
    name: 'Thủ tục',
    note: 'Mỗi phiên bản của thủ tục một dòng.',
    columns: [
      code,
      {
        ...validFrom,
        label: 'Phiên bản từ ngày',
        note: 'Ngày bắt đầu có hiệu lực. Phiên bản trước tự hết hiệu lực vào ngày liền trước.',
      },
      { ...validTo, label: 'Phiên bản đến ngày' },
      text('name', 'Tên thủ tục', 'Tên trong quyết định công bố.', 50),
      text('shortName', 'Tên ngắn', 'Tên thường gọi, để tìm và hiện trên màn hình.'),
      text('field', 'Mã lĩnh vực', 'Như ở trang «Lĩnh vực».', 16),
      text('decision', 'Quyết định công bố', 'Số, ký hiệu.', 18),
      {
        key: 'levels',
        label: 'Cấp thực hiện',
        cell: { type: 'choices', choices: levelNames },
        note: 'Một hoặc nhiều cấp, cách nhau bằng dấu phẩy.',
      },
      text('kind', 'Loại thủ tục', 'Theo Cơ sở dữ liệu quốc gia.'),
      { key: 'sets', label: 'Số bộ hồ sơ', cell: { type: 'number' }, note: 'Số lượng bộ hồ sơ.' },
      list('subjects', 'Đối tượng thực hiện', 'Ai được thực hiện thủ tục.'),
      text('executingAgency', 'Cơ quan thực hiện', ''),
      text('competentAgency', 'Cơ quan có thẩm quyền', ''),
      nullable('delegatedAgency', 'Cơ quan được ủy quyền', 'Để trống nếu không có.'),
      list('coordinatingAgencies', 'Cơ quan phối hợp', 'Để trống nếu không có.'),
      text('receivingPlace', 'Nơi tiếp nhận', ''),
      optional('conditions', 'Yêu cầu, điều kiện', 'Để trống nếu không có.', 50),
      list('keywords', 'Từ khóa', 'Từ mà người dân hay dùng để tìm.'),
      optional('description', 'Mô tả', 'Một, hai câu cho người dân.', 50),
      list('related', 'Thủ tục liên quan', 'Mã các thủ tục liên quan.'),
      {
        key: 'defaultUnit',
        label: 'Bộ phận giải quyết',
        cell: { type: 'choice', choices: unitNames },
        note: 'Bộ phận của cấp xã giải quyết theo mặc định.',
      },
      { key: 'hasResult', label: 'Có kết quả', cell: { type: 'yesNo' }, note: 'Thủ tục có trả kết quả hay không.' },
      text('source', 'Nguồn', 'Lấy từ đâu, đã đối chiếu với văn bản nào.', 40),
    ],
  },
  {
    part: 'sequence',
    name: 'Trình tự thực hiện',
    note: 'Mỗi bước một dòng, theo thứ tự.',
    columns: [code, from, text('text', 'Nội dung bước', '', 100)],
  },
  {
    part: 'channelNotes',
    name: 'Cách thức thực hiện',
    note: 'Mỗi hình thức nộp một dòng.',
    columns: [
      code,
      from,
      { key: 'channel', label: 'Hình thức nộp', cell: { type: 'choice', choices: channelNames }, note: '', width: 20 },
      optional('note', 'Mô tả', 'Nộp ở đâu, bằng cách nào.', 80),
    ],
  },
  {
    part: 'cases',
    name: 'Trường hợp',
    note: 'Thủ tục không chia trường hợp vẫn có một dòng.',
    columns: [
      code,
      from,
      { ...caseKey, note: 'Chữ thường không dấu, nối bằng gạch ngang.' },
      text('name', 'Tên trường hợp', '', 60),
    ],
  },
  {
    part: 'guide',
    name: 'Câu hỏi chọn trường hợp',
    note: 'Mỗi câu trả lời một dòng; câu hỏi đầu tiên được hỏi trước. Thủ tục không cần hỏi thì không có dòng nào.',
    columns: [
      code,
      from,
      text('question', 'Mã câu hỏi', 'Chữ thường không dấu, nối bằng gạch ngang.', 18),
      text('text', 'Câu hỏi', 'Lời hỏi người dân, ngắn và dễ hiểu.', 50),
      optional('textEn', 'Câu hỏi (tiếng Anh)', 'Để trống nếu không cần.'),
      text('answer', 'Trả lời', 'Một lựa chọn.', 40),
      optional('answerEn', 'Trả lời (tiếng Anh)', 'Để trống nếu không cần.'),
      { key: 'leadsTo', label: 'Dẫn tới', cell: { type: 'choice', choices: guideStepNames }, note: '', width: 16 },
      optional('target', 'Mã dẫn tới', 'Mã câu hỏi, mã trường hợp, hoặc mã thủ tục nên làm thay.', 18),
      optional('words', 'Lời giải thích', 'Khi không phải thủ tục này.', 50),
      optional('wordsEn', 'Lời giải thích (tiếng Anh)', 'Để trống nếu không cần.'),
    ],
  },
  {
    part: 'components',
    name: 'Thành phần hồ sơ',
    note: 'Mỗi giấy tờ của mỗi trường hợp một dòng.',
    columns: [
      code,
      from,
      caseKey,
      text('key', 'Mã giấy tờ', 'Chữ thường không dấu, không trùng trong trường hợp.', 18),
      text('name', 'Tên giấy tờ', 'Nguyên văn theo quy định.', 80),
      { ...optional('shortName', 'Tên thường gọi', 'Ví dụ: Giấy chứng sinh. Tối đa 100 ký tự.'), mayLack: true },
      {
        ...optional('shortNameEn', 'Tên thường gọi (tiếng Anh)', 'Để trống nếu không cần.'),
        mayLack: true,
      },
      nullable('form', 'Mẫu đơn, tờ khai', 'Số hiệu hoặc tên mẫu; để trống nếu không có.', 20),
      { key: 'originals', label: 'Bản chính', cell: { type: 'number' }, note: 'Số bản chính.', width: 10 },
      { key: 'copies', label: 'Bản sao', cell: { type: 'number' }, note: 'Số bản sao.', width: 10 },
      { key: 'need', label: 'Yêu cầu', cell: { type: 'choice', choices: needNames }, note: '', width: 14 },
      nullable('condition', 'Khi nào phải nộp', 'Bắt buộc khi cột «Yêu cầu» là «Có điều kiện».', 40),
      {
        key: 'reusable',
        label: 'Cơ quan tự tra cứu',
        cell: { type: 'yesNo' },
        note: 'Dữ liệu mà cơ quan phải tự khai thác, không yêu cầu nộp khi đã có.',
        width: 12,
      },
    ],
  },
  {
    part: 'timeLimits',
    name: 'Thời hạn giải quyết',
    note: 'Mỗi hình thức nộp của mỗi trường hợp có đúng một thời hạn.',
    columns: [
      code,
      from,
      caseKey,
      channels,
      {
        key: 'parts',
        label: 'Thời hạn',
        cell: { type: 'timeLimit' },
        note: 'Ví dụ: trả ngay; 8 giờ làm việc; 3 ngày làm việc; 15 ngày; 2 tháng; 7 ngày làm việc + 12 ngày.',
        width: 30,
      },
      {
        key: 'nextDayAfter15',
        label: 'Sau 15 giờ trả ngày sau',
        cell: { type: 'yesNo' },
        note: 'Hồ sơ trả trong ngày, nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo.',
        width: 14,
      },
      basis,
    ],
  },
  {
    part: 'fees',
    name: 'Phí, lệ phí',
    note: 'Trường hợp không thu thì không có dòng nào. Mức 0 là miễn thu qua hình thức nộp đó.',
    columns: [
      code,
      from,
      caseKey,
      channels,
      { key: 'kind', label: 'Loại', cell: { type: 'choice', choices: feeKindNames }, note: '', width: 10 },
      text('name', 'Tên khoản thu', '', 40),
      { key: 'amount', label: 'Mức thu (đồng)', cell: { type: 'number' }, note: 'Số nguyên, đồng.', width: 14 },
      { key: 'per', label: 'Đơn vị tính', cell: { type: 'choice', choices: perNames }, note: '', width: 12 },
      {
        key: 'fromUnit',
        label: 'Từ đơn vị thứ',
        cell: { type: 'number' },
        note: 'Thường là 1; ví dụ 3 là từ trang thứ ba.',
        width: 12,
      },
      {
        key: 'cap',
        label: 'Tối đa (đồng)',
        cell: { type: 'number', mayBeNull: true },
        note: 'Để trống nếu không giới hạn.',
        width: 14,
      },
      {
        key: 'setBy',
        label: 'Do cấp nào quy định',
        cell: { type: 'choice', choices: setByNames },
        note: '',
        width: 14,
      },
      basis,
    ],
  },
  {
    part: 'exemptions',
    name: 'Miễn, giảm',
    note: 'Mỗi đối tượng được miễn, giảm của mỗi khoản thu một dòng.',
    columns: [
      code,
      from,
      caseKey,
      {
        key: 'fee',
        label: 'Khoản thu thứ',
        cell: { type: 'number' },
        note: 'Thứ tự của khoản thu trong trường hợp ở trang «Phí, lệ phí»: 1, 2, 3…',
        width: 12,
      },
      text('key', 'Mã đối tượng', 'Chữ thường không dấu.', 18),
      text('name', 'Đối tượng', '', 40),
      { key: 'percent', label: 'Giảm (%)', cell: { type: 'number' }, note: '100 là miễn.', width: 10 },
      basis,
    ],
  },
  {
    part: 'results',
    name: 'Kết quả',
    note: 'Mỗi loại kết quả một dòng.',
    columns: [
      code,
      from,
      nullable('resultCode', 'Mã kết quả', 'Để trống nếu chưa có.', 18),
      text('name', 'Tên kết quả', '', 60),
    ],
  },
  {
    part: 'legalBasis',
    name: 'Căn cứ pháp lý',
    note: 'Mỗi văn bản một dòng.',
    columns: [
      code,
      from,
      text('number', 'Số, ký hiệu', '', 24),
      text('name', 'Tên văn bản', '', 60),
      {
        key: 'date',
        label: 'Ngày ban hành',
        cell: { type: 'day', mayBeNull: true },
        note: 'Để trống nếu chưa rõ.',
        width: 14,
      },
      nullable('agency', 'Cơ quan ban hành', 'Để trống nếu chưa rõ.', 24),
    ],
  },
  {
    part: 'serviceLevels',
    name: 'Dịch vụ công trực tuyến',
    note: 'Mức độ theo thời gian, liên tục trong thời gian hiệu lực của phiên bản.',
    columns: [
      code,
      from,
      { key: 'level', label: 'Mức độ', cell: { type: 'choice', choices: serviceLevelNames }, note: '', width: 16 },
      validFrom,
      validTo,
      nullable('reason', 'Lý do', 'Lý do chưa toàn trình; bắt buộc với mức «Một phần» từ 01/7/2026.', 40),
    ],
  },
  {
    part: 'linkages',
    name: 'Liên thông',
    note: 'Theo thời gian, liên tục trong thời gian hiệu lực của phiên bản.',
    columns: [
      code,
      from,
      { key: 'kind', label: 'Loại liên thông', cell: { type: 'choice', choices: linkageNames }, note: '', width: 24 },
      {
        key: 'boundaryFree',
        label: 'Phi địa giới',
        cell: { type: 'yesNo' },
        note: 'Nộp được tại bất kỳ Bộ phận Một cửa nào.',
        width: 12,
      },
      validFrom,
      validTo,
    ],
  },
  {
    part: 'handOffs',
    name: 'Chuyển cơ quan khác',
    note: 'Phần việc của cơ quan khác mà pháp luật quy định, theo thứ tự.',
    columns: [
      code,
      from,
      { key: 'to', label: 'Cơ quan nhận', cell: { type: 'choice', choices: partnerNames }, note: '', width: 20 },
      text('name', 'Nội dung', '', 60),
      {
        key: 'parts',
        label: 'Thời hạn',
        cell: { type: 'timeLimit', optional: true },
        note: 'Thời hạn dành cho cơ quan đó; để trống nếu không quy định riêng.',
        width: 30,
      },
    ],
  },
]

/** The first sheet of each workbook: how the others are filled in. It is not read. */
export const guide = {
  sheet: 'Hướng dẫn',
  intro: [
    'Danh mục thủ tục hành chính – mỗi trang tính là một bộ phận phải công bố.',
    'Không đổi tên trang tính và dòng tiêu đề. Mỗi dòng mang mã thủ tục và ngày bắt đầu của phiên bản để biết thuộc về thủ tục nào.',
    'Một thủ tục có dòng lỗi thì cả thủ tục đó chưa được nhập; các thủ tục khác vẫn được nhập. Báo cáo nêu từng dòng, từng cột.',
    "Dấu nháy đơn (') ở đầu ô chỉ để phần mềm bảng tính không coi văn bản là công thức; khi nhập dấu này được bỏ đi. Không dùng công thức.",
    'Trong ô liệt kê, mỗi mục là một dòng (Alt + Enter).',
  ],
  head: ['Trang tính', 'Cột', 'Ý nghĩa', 'Cách ghi'],
  form(cell: CellKind): string {
    switch (cell.type) {
      case 'text':
        return cell.optional || cell.mayBeNull ? 'Văn bản; có thể để trống' : 'Văn bản; bắt buộc'
      case 'list':
        return 'Mỗi mục một dòng trong ô; có thể để trống'
      case 'day':
        return cell.mayBeNull ? 'Ngày/tháng/năm, ví dụ 01/07/2025; có thể để trống' : 'Ngày/tháng/năm, ví dụ 01/07/2025'
      case 'number':
        return cell.mayBeNull ? 'Số nguyên; có thể để trống' : 'Số nguyên'
      case 'yesNo':
        return `${yes} hoặc ${no}`
      case 'choice':
        return `Một trong: ${Object.values(cell.choices).join('; ')}`
      case 'choices':
        return `Một hoặc nhiều, cách nhau bằng dấu phẩy: ${Object.values(cell.choices).join('; ')}`
      case 'timeLimit':
        return `Số và đơn vị: ${Object.values(timeUnitNames).join('; ')}; nhiều phần nối bằng dấu +`
    }
  },
}
