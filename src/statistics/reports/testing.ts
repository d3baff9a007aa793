import type { FigureId } from '../figures/contract.ts'
import type { Cell, FilledForm, FormRow } from '../forms/contract.ts'
import type { SignOff } from './contract.ts'
import type { FactLine, Facts, PeriodFacts } from './rules/facts.ts'

/** Figures of one line that fit together: everything received is resolved or open. */
export function someValues(changes: Partial<Record<FigureId, number>> = {}): Record<string, number> {
  const online = changes['received-online'] ?? 495
  const counter = changes['received-counter'] ?? 28
  const post = changes['received-post'] ?? 0
  const early = changes['resolved-early'] ?? 400
  const onTime = changes['resolved-on-time'] ?? 120
  const late = changes['resolved-late'] ?? 0
  const carried = changes.carried ?? 11
  const received = online + counter + post
  const resolved = early + onTime + late
  const open = carried + received - resolved - (changes.withdrawn ?? 0) - (changes.stopped ?? 0) - (changes.closed ?? 0)
  const overdue = changes['open-overdue'] ?? 0
  return {
    ...changes,
    carried,
    received,
    'received-online': online,
    'received-counter': counter,
    'received-post': post,
    resolved,
    'resolved-early': early,
    'resolved-on-time': onTime,
    'resolved-late': late,
    open,
    'open-overdue': overdue,
    'open-in-time': open - overdue,
  }
}

const line = (key: string, label: string, changes: Partial<Record<FigureId, number>>): FactLine => ({
  key,
  label,
  values: someValues(changes),
})

const none = {
  carried: 0,
  'received-counter': 0,
  'received-online': 0,
  'resolved-early': 0,
  'resolved-on-time': 0,
} as const

export const someFields = (): FactLine[] => [
  line('Hộ tịch', 'Hộ tịch', {
    ...none,
    'received-online': 117,
    'received-counter': 24,
    'resolved-early': 100,
    'resolved-on-time': 38,
  }),
  line('Chứng thực', 'Chứng thực', { ...none, 'received-online': 349, 'resolved-early': 268, 'resolved-on-time': 81 }),
  line('Bảo trợ xã hội', 'Bảo trợ xã hội', {
    ...none,
    carried: 11,
    'received-online': 19,
    'resolved-early': 22,
    'resolved-on-time': 1,
  }),
  line('Người có công', 'Người có công', {
    ...none,
    'received-online': 9,
    'received-counter': 4,
    'resolved-early': 10,
  }),
  line('Đất đai', 'Đất đai', { ...none, 'received-online': 1 }),
]

export const aPeriod = (changes: Partial<PeriodFacts> = {}): PeriodFacts => ({
  name: 'quý I năm 2023',
  from: '2022-12-10',
  to: '2023-03-09',
  total: someValues(),
  lines: { field: someFields() },
  ...changes,
})

/** A district with its communes, as the thematic report compares them; figures of the communes are invented. */
export const someDistrict = (): Facts => {
  const communes = [
    line('11', 'UBND thị trấn Sa Rài', {
      ...none,
      'received-online': 3121,
      'received-counter': 1200,
      'resolved-early': 4000,
      'resolved-on-time': 272,
      'resolved-late': 9,
    }),
    line('12', 'UBND xã Bình Phú', {
      ...none,
      'received-online': 2500,
      'received-counter': 900,
      'resolved-early': 3100,
      'resolved-on-time': 262,
    }),
    line('13', 'UBND xã Tân Thành B', {
      ...none,
      'received-online': 1500,
      'received-counter': 1057,
      'received-post': 4,
      'resolved-early': 2000,
      'resolved-on-time': 500,
    }),
  ]
  const district = {
    ...none,
    'received-online': 2413,
    'received-counter': 839,
    'resolved-early': 2900,
    'resolved-on-time': 290,
    'open-overdue': 2,
  } as const
  const level = line('commune', 'Cấp xã', sumOf(communes))
  const own = line('district', 'Cấp huyện', district)
  const total = sumOf([own, level])
  return someFacts({
    agency: {
      agencyId: 9,
      name: 'Ủy ban nhân dân huyện Tân Hồng',
      short: 'UBND huyện Tân Hồng',
      territory: 'huyện Tân Hồng',
      level: 'district',
    },
    agencies: [9, 11, 12, 13],
    unit: 'năm',
    current: aPeriod({
      name: 'năm 2023',
      from: '2022-12-15',
      to: '2023-12-14',
      total: { ...total, digitised: 13_000 },
      lines: {
        level: [own, level],
        agency: [line('9', 'UBND huyện Tân Hồng', district), ...communes],
        field: [line('Chứng thực', 'Chứng thực', sumOf([own, level]))],
      },
    }),
    previous: null,
    lastYear: aPeriod({
      name: 'năm 2022',
      total: someValues({
        'received-online': 5000,
        'received-counter': 7000,
        'resolved-early': 11_000,
        'resolved-late': 30,
      }),
    }),
    next: 'năm 2024',
  })
}

function sumOf(lines: readonly FactLine[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const { values } of lines) for (const [id, value] of Object.entries(values)) sum[id] = (sum[id] ?? 0) + value
  return sum
}

/** What an invented commune would report. */
export const someFacts = (changes: Partial<Facts> = {}): Facts => ({
  agency: {
    agencyId: 1,
    name: 'Ủy ban nhân dân xã Đoàn Kết',
    short: 'UBND xã Đoàn Kết',
    territory: 'xã Đoàn Kết',
    level: 'commune',
  },
  agencies: [1],
  unit: 'kỳ',
  current: aPeriod(),
  previous: aPeriod({
    name: 'quý IV năm 2022',
    from: '2022-09-10',
    to: '2022-12-09',
    total: someValues({ 'received-online': 480, 'received-counter': 31, 'resolved-early': 380 }),
  }),
  lastYear: null,
  next: 'quý II năm 2023',
  year: 2023,
  forms: [],
  knownAt: '2023-03-10T01:00:00.000Z',
  ...changes,
})

type RowInput = {
  code: string
  label: string
  value?: number | null
  unit?: string
  type?: FormRow['type']
  manual?: boolean
}

/** A form of rows with values; a row without one is a heading. */
export function aForm(form: string, number: string, title: string, rows: readonly RowInput[]): FilledForm {
  return {
    definition: {
      form,
      version: 1,
      validFrom: '2021-01-01',
      validTo: null,
      number,
      title,
      legalBasis: 'CV 725/BNV-CCHC',
      layout: 'rows',
      note: '',
      checks: [],
      rows: rows.map(({ code, label, unit = 'Hồ sơ', type = 'count', value, manual }) => ({
        code,
        label,
        unit: value === undefined ? '' : unit,
        type: value === undefined ? 'heading' : type,
        source: manual ? { kind: 'manual' } : { kind: 'none' },
        levels: [],
        cumulative: false,
      })),
    },
    cells: rows.map(({ code, value, manual }): Cell => ({
      row: code,
      value: value ?? null,
      state: value === undefined || value === null ? 'blank' : 'value',
      source: manual ? 'manual' : 'records',
    })),
    lines: [],
  }
}

export const aSignOff = (changes: Partial<SignOff> = {}): SignOff => ({
  parent: 'Huyện Thanh Miện',
  agency: 'Ủy ban nhân dân xã Đoàn Kết',
  number: '7',
  symbol: 'BC-UBND',
  place: 'Đoàn Kết',
  day: '2023-03-14',
  title: 'Báo cáo',
  subject: 'Kết quả công tác cải cách hành chính quý I năm 2023,\nphương hướng, nhiệm vụ quý II năm 2023',
  signer: { lines: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], name: 'Trần Văn Thưởng' },
  recipients: ['Phòng Nội vụ', 'TT. Đảng ủy xã', 'TT. HĐND xã', 'Lãnh đạo UBND xã', 'Lưu: VT'],
  layout: { top: 20, bottom: 20, left: 30, right: 20, size: 14 },
  ...changes,
})
