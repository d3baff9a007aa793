import type { PublishedReport, PublishedValue } from '../published.ts'

const fields = [
  ['land', 'Địa chính – xây dựng', 619, ['land', 'construction']],
  ['social', 'Thương binh, xã hội', 81, ['social-protection', 'merit']],
  ['authentication', 'Tư pháp (chứng thực)', 1395, ['authentication']],
  ['civil-status', 'Hộ tịch', 200, ['civil-status']],
] as const

type Answer = readonly [words: string, ballots: number, percent: number, decimals: number]
const questions: readonly (readonly [key: string, words: string, answers: readonly Answer[]])[] = [
  [
    'q1',
    'Biết thông tin qua',
    [
      ['công chức hướng dẫn', 75, 43.1, 1],
      ['bảng niêm yết', 49, 28.2, 1],
      ['phương tiện thông tin', 5, 2.9, 1],
      ['người quen', 45, 25.8, 1],
    ],
  ],
  [
    'q2',
    'Hướng dẫn, niêm yết',
    [
      ['tốt', 117, 67.2, 1],
      ['rất tốt', 53, 30.5, 1],
      ['trung bình', 4, 2.3, 1],
    ],
  ],
  [
    'q3',
    'Thái độ phục vụ',
    [
      ['tốt', 84, 48.3, 1],
      ['rất tốt', 90, 51.7, 1],
    ],
  ],
  [
    'q4',
    'Giấy tờ, biểu mẫu',
    [
      ['gọn', 156, 89.6, 1],
      ['rất gọn', 11, 6.3, 1],
      ['trung bình', 7, 4.02, 2],
    ],
  ],
  [
    'q5',
    'Thời gian giải quyết',
    [
      ['nhanh', 128, 73.6, 1],
      ['rất nhanh', 45, 25.9, 1],
      ['trung bình', 1, 0.6, 1],
    ],
  ],
  [
    'q6',
    'Thiết bị phục vụ',
    [
      ['tốt', 44, 25.3, 1],
      ['rất tốt', 4, 2.3, 1],
      ['trung bình', 10, 2.36, 2],
      ['để trống', 116, 66.7, 1],
    ],
  ],
  [
    'q7',
    'Thời gian trả kết quả',
    [
      ['đúng hạn', 98, 56.3, 1],
      ['trước hạn', 68, 39.1, 1],
      ['để trống', 8, 4.6, 1],
    ],
  ],
  [
    'q8',
    'Mức độ hài lòng chung',
    [
      ['hài lòng', 114, 65.5, 1],
      ['rất hài lòng', 58, 33.3, 1],
      ['bình thường', 2, 1.14, 2],
    ],
  ],
]

const survey = questions.flatMap(([key, words, answers]): PublishedValue[] => [
  {
    key,
    place: 'Mục 8',
    words: `${words}: tổng số phiếu`,
    value: 174,
    unit: 'phiếu',
    check: { kind: 'sum', of: answers.map((_, index) => `${key}/${index}`) },
  },
  ...answers.flatMap(([answer, ballots, percent, decimals], index): PublishedValue[] => [
    { key: `${key}/${index}`, place: 'Mục 8', words: `${words}: ${answer}`, value: ballots, unit: 'phiếu' },
    {
      key: `${key}/${index}/percent`,
      place: 'Mục 8',
      words: `${words}: ${answer}, tỷ lệ`,
      value: percent,
      unit: '%',
      decimals,
      check: { kind: 'percent', numerator: `${key}/${index}`, denominator: key },
    },
  ]),
])

export const thienHung: PublishedReport = {
  key: 'thien-hung-2023',
  title: 'Xã Thiện Hưng, năm 2023',
  source: 'Kết quả thực hiện nhiệm vụ cải cách hành chính năm 2023, trang thông tin xã Thiện Hưng, 03/4/2024',
  loadedAs: 'thien-hung',
  agency: { code: '25312', on: '2023-12-31' },
  from: '2023-01-01',
  to: '2023-12-31',
  values: [
    {
      key: 'resolved',
      place: 'Mục 11',
      words: 'Hồ sơ giải quyết',
      value: 2395,
      unit: 'hồ sơ',
      check: { kind: 'sum', of: fields.map(([key]) => `resolved/${key}`) },
      records: { kind: 'count', figures: ['resolved'] },
      note: 'Hồ sơ được dựng theo số liệu từng lĩnh vực.',
    },
    ...fields.map(([key, words, value, of]): PublishedValue => ({
      key: `resolved/${key}`,
      place: 'Mục 11',
      words: `Lĩnh vực ${words}`,
      value,
      unit: 'hồ sơ',
      records: { kind: 'count', figures: ['resolved'], fields: of },
    })),
    {
      key: 'late',
      place: 'Mục 3',
      words: 'Hồ sơ quá hạn giải quyết',
      value: 4,
      unit: 'hồ sơ',
      records: { kind: 'count', figures: ['resolved-late', 'open-overdue'] },
    },
    {
      key: 'apologised',
      place: 'Mục 3',
      words: 'Đã xin lỗi bằng văn bản',
      value: 4,
      unit: 'hồ sơ',
      check: { kind: 'same', as: 'late' },
      records: { kind: 'count', figures: ['apologised'] },
    },
    { key: 'cadres', place: 'Mục 4', words: 'Cán bộ', value: 11, unit: 'người' },
    { key: 'officials', place: 'Mục 4', words: 'Công chức', value: 10, unit: 'người' },
    {
      key: 'staff',
      place: 'Mục 4',
      words: 'Cán bộ, công chức',
      value: 21,
      unit: 'người',
      check: { kind: 'sum', of: ['cadres', 'officials'] },
    },
    ...survey,
  ],
}
