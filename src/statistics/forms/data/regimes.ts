import type { RegimeShape } from '../rules/period.ts'

const reformForms = ['bm1', 'bm2', 'bm3', 'bm4', 'bm5', 'bm6', 'bm7', '06a', 'nhan-su']

type ShippedRegime = {
  regime: string
  name: string
  nameEn: string
  legalBasis: string
  forms: string[]
  shape: RegimeShape
  /** Code (GSO) of the agency whose area uses it, with a day on which it means that; none means everybody. */
  area: { code: string; day: string } | null
  /** Years whose periods come along. */
  years: readonly number[]
}

/**
 * DOMAIN: NĐ 09/2019/NĐ-CP, Điều 12 (the 15th of the month before to the 14th); CV 725/BNV-CCHC as Hải Dương applied it
 * (CV 508/UBND-VP: 10/12–9/3); reports over calendar years. Deadlines are proposals: no source of ours states them.
 */
export const shippedRegimes: readonly ShippedRegime[] = [
  {
    regime: 'cchc-hai-duong',
    name: 'Báo cáo CCHC định kỳ (Hải Dương)',
    nameEn: 'Reform report (Hải Dương)',
    legalBasis: 'Công văn số 725/BNV-CCHC năm 2021; Công văn số 508/UBND-VP ngày 01/3/2022 của UBND tỉnh Hải Dương',
    forms: reformForms,
    shape: { closesOn: 9, types: ['quarter', 'half-year', 'nine-months', 'year'], daysToSubmit: 6 },
    area: { code: '30', day: '2023-03-09' },
    years: [2022, 2023, 2024, 2025],
  },
  {
    regime: 'cchc',
    name: 'Báo cáo CCHC định kỳ',
    nameEn: 'Reform report',
    legalBasis: 'Công văn số 725/BNV-CCHC năm 2021; Nghị định số 09/2019/NĐ-CP, Điều 12',
    forms: reformForms,
    shape: { closesOn: 14, types: ['quarter', 'half-year', 'nine-months', 'year'], daysToSubmit: 6 },
    area: null,
    years: [2022, 2023, 2024, 2025, 2026, 2027],
  },
  {
    regime: 'kiem-soat-tthc',
    name: 'Báo cáo kiểm soát TTHC',
    nameEn: 'Report on control of procedures',
    legalBasis: 'Thông tư số 01/2020/TT-VPCP; Nghị định số 09/2019/NĐ-CP, Điều 12',
    forms: ['05a', '06a'],
    shape: { closesOn: 14, types: ['month', 'quarter', 'half-year', 'nine-months', 'year'], daysToSubmit: 3 },
    area: null,
    years: [2022, 2023, 2024, 2025, 2026, 2027],
  },
  {
    regime: 'nam-duong-lich',
    name: 'Báo cáo theo năm dương lịch',
    nameEn: 'Report over the calendar year',
    legalBasis: 'Theo yêu cầu của cơ quan cấp trên',
    forms: reformForms,
    shape: { closesOn: 0, types: ['quarter', 'year'], daysToSubmit: 10 },
    area: null,
    years: [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026],
  },
]

/** Periods that no shape gives. */
export const shippedPeriods = [
  {
    regime: 'nam-duong-lich',
    type: 'other',
    code: '2022-2T',
    name: 'Quý I năm 2022 (số liệu 2 tháng)',
    from: '2022-01-01',
    to: '2022-02-28',
    yearFrom: '2022-01-01',
    deadline: '2022-03-10',
  },
] as const
