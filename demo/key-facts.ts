import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Field, ProcedureVersion } from '../src/catalogue/index.ts'
import { addDays, type Day } from '../src/platform/day.ts'

/** A procedure of which only the key facts are known: `data/key-facts.tsv`, sources in docs/data-sources.md. */
export type KeyFacts = {
  /** Which authorities have it in their lists: `doan-ket`, `commune`, `district`, `commune-2019`, `district-2019`. */
  lists: readonly string[]
  code: string
  field: string
  unit: ProcedureVersion['defaultUnit']
  level: '3' | '4' | 'none'
  linkage: 'none' | 'same-level' | 'between-levels'
  limit: string
  validFrom: Day
  validTo: Day
  name: string
}

/** Fields that the curated procedures do not have. */
export const extraFields: readonly Field[] = (
  [
    ['adoption', 'Nuôi con nuôi', 'Adoption'],
    ['mediation', 'Hòa giải ở cơ sở', 'Grassroots mediation'],
    ['cooperative', 'Tổ hợp tác, hợp tác xã', 'Cooperatives'],
    ['agriculture', 'Nông nghiệp, thủy lợi', 'Agriculture and irrigation'],
    ['environment', 'Tài nguyên, môi trường', 'Resources and environment'],
    ['disaster-prevention', 'Phòng, chống thiên tai', 'Disaster prevention'],
    ['transport', 'Giao thông', 'Transport'],
    ['other', 'Lĩnh vực khác', 'Other fields'],
  ] as const
).map(([key, name, nameEn], index) => ({ key, name, nameEn, order: 20 + index }))

export function readKeyFacts(): KeyFacts[] {
  const [, ...lines] = readFileSync(join(import.meta.dirname, 'data/key-facts.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => {
    const [
      lists = '',
      code = '',
      field = '',
      unit,
      level,
      linkage,
      limit = '',
      validFrom = '',
      validTo = '',
      name = '',
    ] = line.split('\t')
    // The file is ours; what is made of it is checked when it enters the catalogue.
    return { lists: lists.split(','), code, field, unit, level, linkage, limit, validFrom, validTo, name } as KeyFacts
  })
}

const LEVELS_UNTIL = '2023-06-30'
const SHORT = 90

const units = { wd: 'workingDay', d: 'calendarDay', wh: 'workingHour' } as const

function timeLimit(limit: string): ProcedureVersion['cases'][number]['timeLimits'][number] {
  const channels = ['counter', 'online', 'post'] as const
  const found = /^(\d+)(wd|wh|d)$/.exec(limit)
  if (found) {
    const [, amount = '', unit = 'wd'] = found
    const parts = [{ amount: Number(amount), unit: units[unit as keyof typeof units] }]
    const basis = 'Danh mục thủ tục hành chính công bố; văn bản của thời kỳ này chưa đối chiếu'
    return { channels: [...channels], parts, nextDayAfter15: false, basis }
  }
  const basis =
    limit === '0'
      ? 'Giải quyết ngay trong ngày; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo'
      : 'Nguồn không ghi thời hạn; tạm ghi ngày làm việc tiếp theo'
  const parts = limit === '0' ? [{ amount: 0, unit: 'atOnce' as const }] : [{ amount: 1, unit: 'workingDay' as const }]
  return { channels: [...channels], parts, nextDayAfter15: limit === '0', basis }
}

/** The version that these facts make; it says itself that it is no full publication. */
export function versionOf(facts: KeyFacts, curated: ReadonlyMap<string, string>): ProcedureVersion {
  const { code, validFrom, validTo, level } = facts
  const name = facts.name || curated.get(code) || code
  const isDistrict = facts.lists.every((list) => list.startsWith('district'))
  const isBoth = !isDistrict && facts.lists.includes('district')
  const authority = isDistrict ? 'Ủy ban nhân dân cấp huyện' : 'Ủy ban nhân dân cấp xã'
  const validity = { validFrom, validTo }
  const newLevel = level === '4' ? ('full' as const) : ('partial' as const)
  const splits = validFrom <= LEVELS_UNTIL && validTo > LEVELS_UNTIL && level !== 'none'
  const reason = 'Mức độ được phân bổ cho đúng tổng số đã công bố của đơn vị; từng thủ tục chưa đối chiếu'
  return {
    code,
    name,
    shortName: name.length > SHORT ? `${name.slice(0, name.lastIndexOf(' ', SHORT))} …` : name,
    field: facts.field,
    decision: '(chưa xác minh)',
    ...validity,
    levels: [...(isDistrict || isBoth ? (['district'] as const) : []), ...(isDistrict ? [] : (['commune'] as const))],
    kind: 'Chỉ ghi dữ kiện chính',
    sequence: ['Nguồn không ghi trình tự thực hiện.'],
    channelNotes: (['counter', 'online', 'post'] as const).map((channel) => ({
      channel,
      note: 'Nguồn không ghi cách thực hiện.',
    })),
    cases: [
      {
        key: 'standard',
        name: 'Thông thường',
        components: [
          {
            key: 'request',
            name: 'Đơn, tờ khai và giấy tờ kèm theo (nguồn không ghi từng thành phần)',
            form: null,
            originals: 1,
            copies: 0,
            need: 'required',
            condition: null,
            reusable: false,
          },
        ],
        timeLimits: [timeLimit(facts.limit)],
        fees: [],
      },
    ],
    sets: 1,
    subjects: ['Cá nhân, tổ chức'],
    executingAgency: authority,
    competentAgency: authority,
    delegatedAgency: null,
    coordinatingAgencies: [],
    receivingPlace: `Bộ phận Tiếp nhận và Trả kết quả của ${authority}`,
    results: [{ code: null, name: 'Kết quả giải quyết thủ tục' }],
    conditions: '',
    legalBasis: [
      {
        number: '61/2018/NĐ-CP',
        name: 'Nghị định về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính',
        date: '2018-04-23',
        agency: 'Chính phủ',
      },
    ],
    keywords: [],
    description:
      'Chỉ ghi dữ kiện chính (mã, tên, lĩnh vực, thời hạn, mức độ dịch vụ công). Thành phần hồ sơ, trình tự, phí, lệ phí không có trong nguồn.',
    related: [],
    serviceLevels: splits
      ? [
          { level, validFrom, validTo: LEVELS_UNTIL, reason },
          { level: newLevel, validFrom: addDays(LEVELS_UNTIL, 1), validTo, reason },
        ]
      : [{ level, ...validity, reason }],
    linkages: [{ kind: facts.linkage, boundaryFree: false, ...validity }],
    defaultUnit: facts.unit,
    handOffs:
      facts.linkage === 'between-levels' && !isBoth && !isDistrict
        ? [{ to: 'district', name: 'Cơ quan cấp huyện phối hợp giải quyết', parts: [] }]
        : [],
    hasResult: true,
    source:
      'Dữ kiện chính (demo/data/key-facts.tsv): mã, tên, thời hạn theo danh mục năm 2026 hoặc theo trí nhớ về danh mục của thời kỳ; mức độ, liên thông phân bổ cho đúng tổng đã công bố. Chưa đối chiếu với quyết định công bố.',
  }
}
