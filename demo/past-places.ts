import type { Day } from '../src/platform/day.ts'
import type { Desk, UnitFact } from './facts.ts'

/** One agency of an authority of the past; places are real, codes of dossiers and people are invented. */
export type PastPlace = { gso: string; kind: 'commune' | 'district'; code: string }

/** An authority whose published report the demo follows. The first agency is the one that reported. */
export type PastAuthority = {
  name: AuthorityName
  title: string
  /** The days that its report covers. */
  from: Day
  to: Day
  /** First digits of the numbers of the people. */
  province: string
  agencies: readonly PastPlace[]
  /** Loaded with the demo, or only when it is asked for. */
  isOption: boolean
  /** Who answers for it today, with accounts to look at its figures; the first part of each user name is the post. */
  today: { province: string; commune?: string; user: string }
}

export const authorityNames = ['thien-hung', 'bach-quang', 'tan-hong', 'cu-chi'] as const
export type AuthorityName = (typeof authorityNames)[number]

const communes = (codes: readonly string[], pattern: (number: string) => string): PastPlace[] =>
  codes.map((gso, index) => ({ gso, kind: 'commune', code: pattern(String(index + 31)) }))

/** On this day all of them were there. */
export const PAST_DAY: Day = '2023-06-30'
export const PAST_FROM: Day = '2018-07-01'

export const authorities: readonly PastAuthority[] = [
  {
    name: 'thien-hung',
    title: 'Xã Thiện Hưng, năm 2023',
    from: '2023-01-01',
    to: '2023-12-31',
    province: '070',
    agencies: [{ gso: '25312', kind: 'commune', code: '000.24.47.H10' }],
    isOption: false,
    today: { province: '75', commune: '25308', user: 'thienhung' },
  },
  {
    name: 'bach-quang',
    title: 'Phường Bách Quang, tháng 1–2/2022',
    from: '2022-01-01',
    to: '2022-02-28',
    province: '019',
    agencies: [{ gso: '05528', kind: 'commune', code: '000.28.32.H55' }],
    isOption: false,
    today: { province: '19', commune: '05528', user: 'bachquang' },
  },
  {
    name: 'tan-hong',
    title: 'Huyện Tân Hồng, năm 2023',
    from: '2023-01-01',
    to: '2023-12-31',
    province: '087',
    agencies: [
      { gso: '869', kind: 'district', code: '000.00.38.H20' },
      ...communes(
        ['29926', '29929', '29932', '29935', '29938', '29941', '29944', '29947', '29950'],
        (number) => `000.${number}.38.H20`,
      ),
    ],
    isOption: false,
    today: { province: '82', commune: '29926', user: 'tanhong' },
  },
  {
    name: 'cu-chi',
    title: 'Huyện Củ Chi, năm 2019',
    from: '2019-01-01',
    to: '2019-12-31',
    province: '079',
    agencies: [
      { gso: '783', kind: 'district', code: '000.00.43.H29' },
      ...communes(
        // Twenty-one communes, three apart: 27496, 27499 … 27556.
        Array.from({ length: 21 }, (_, index) => String(27_496 + 3 * index)),
        (number) => `000.${number}.43.H29`,
      ),
    ],
    isOption: true,
    today: { province: '79', user: 'cuchi' },
  },
]

export const authorityOf = (name: string): PastAuthority | undefined => authorities.find((each) => each.name === name)

type Desks = {
  unit: UnitFact
  officers: readonly { role: 'receiving-officer' | 'specialist' | 'leader' | 'clerk'; title: string }[]
}
const desk = (name: Desk, title: string, officers: Desks['officers']): Desks => ({
  unit: { desk: name, kind: name, name: title },
  officers,
})
const reception = { role: 'receiving-officer', title: 'Công chức trực Bộ phận Một cửa' } as const
const leaders = (of: string) => [
  { role: 'leader', title: 'Chủ tịch' } as const,
  { role: 'leader', title: `Phó Chủ tịch, phụ trách ${of}` } as const,
]

/** Who sat where; the officers are invented one by one when the agency is founded. */
export const desksOf: Record<PastPlace['kind'], readonly Desks[]> = {
  commune: [
    desk('leadership', 'Lãnh đạo Ủy ban nhân dân', leaders('văn hóa – xã hội')),
    desk('one-stop', 'Bộ phận Tiếp nhận và Trả kết quả', [reception, reception]),
    desk('office', 'Văn phòng – Thống kê', [{ role: 'clerk', title: 'Văn thư' }]),
    desk('justice', 'Tư pháp – Hộ tịch', [
      { role: 'specialist', title: 'Công chức Tư pháp – Hộ tịch' },
      { role: 'specialist', title: 'Công chức Tư pháp – Hộ tịch' },
    ]),
    desk('land', 'Địa chính – Xây dựng', [{ role: 'specialist', title: 'Công chức Địa chính – Xây dựng' }]),
    desk('social', 'Văn hóa – Xã hội', [{ role: 'specialist', title: 'Công chức Văn hóa – Xã hội' }]),
  ],
  district: [
    desk('leadership', 'Lãnh đạo Ủy ban nhân dân', leaders('cải cách hành chính')),
    desk('one-stop', 'Bộ phận Tiếp nhận và Trả kết quả', [reception, reception, reception, reception]),
    desk('office', 'Văn phòng HĐND và UBND', [{ role: 'clerk', title: 'Văn thư' }]),
    desk('justice', 'Phòng Tư pháp', [{ role: 'specialist', title: 'Chuyên viên Phòng Tư pháp' }]),
    desk('land', 'Phòng Tài nguyên và Môi trường', [
      { role: 'specialist', title: 'Chuyên viên Phòng Tài nguyên và Môi trường' },
      { role: 'specialist', title: 'Chuyên viên Phòng Tài nguyên và Môi trường' },
    ]),
    desk('social', 'Phòng Lao động – Thương binh và Xã hội', [
      { role: 'specialist', title: 'Chuyên viên Phòng Lao động – Thương binh và Xã hội' },
    ]),
    desk('economy', 'Phòng Tài chính – Kế hoạch và Kinh tế – Hạ tầng', [
      { role: 'specialist', title: 'Chuyên viên đăng ký kinh doanh' },
      { role: 'specialist', title: 'Chuyên viên quản lý xây dựng' },
    ]),
  ],
}
