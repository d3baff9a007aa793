import { addDays, type Day } from '../../platform/day.ts'
import type { FindingWords, ImportAnswer, ProcedureVersion } from '../contract.ts'
import { isInForce, type Validity } from '../rules/validity.ts'
import type { WebText } from '../text.vi.ts'

export type VersionState = 'inForce' | 'notYet' | 'ended'

export function stateOf(validity: Validity, day: Day): VersionState {
  if (isInForce(validity, day)) return 'inForce'
  return validity.validFrom > day ? 'notYet' : 'ended'
}

/** The next version as it begins: the parts of the present one, from tomorrow on. */
export const nextVersion = (version: ProcedureVersion, today: Day): ProcedureVersion => ({
  ...version,
  validFrom: addDays(today, 1),
  validTo: null,
})

/** A procedure about which nothing is known yet. */
export const emptyVersion = (today: Day): ProcedureVersion => ({
  code: '',
  name: '',
  shortName: '',
  field: '',
  decision: '',
  validFrom: addDays(today, 1),
  validTo: null,
  levels: ['commune'],
  kind: '',
  sequence: [''],
  channelNotes: [{ channel: 'counter', note: '' }],
  cases: [
    {
      key: 'thong-thuong',
      name: 'Trường hợp thông thường',
      components: [],
      timeLimits: [
        { channels: ['counter'], parts: [{ amount: 1, unit: 'workingDay' }], nextDayAfter15: false, basis: '' },
      ],
      fees: [],
    },
  ],
  sets: 1,
  subjects: [],
  executingAgency: 'Ủy ban nhân dân cấp xã',
  competentAgency: 'Ủy ban nhân dân cấp xã',
  delegatedAgency: null,
  coordinatingAgencies: [],
  receivingPlace: 'Trung tâm Phục vụ hành chính công cấp xã',
  results: [],
  conditions: '',
  legalBasis: [],
  keywords: [],
  description: '',
  related: [],
  serviceLevels: [{ level: 'full', validFrom: addDays(today, 1), validTo: null, reason: null }],
  linkages: [{ kind: 'none', boundaryFree: false, validFrom: addDays(today, 1), validTo: null }],
  defaultUnit: 'office',
  handOffs: [],
  hasResult: true,
  source: '',
})

/** Findings about a part of the version or anything inside it. */
export const findingsAt = (findings: readonly FindingWords[], pointer: string): FindingWords[] =>
  findings.filter((finding) => finding.pointer === pointer || finding.pointer.startsWith(`${pointer}/`))

/** A key from a name: `'Đăng ký lại'` → `'dang-ky-lai'`, different from those that are taken. */
export function keyFrom(words: readonly string[], taken: readonly string[]): string {
  const base = words.slice(0, 6).join('-').slice(0, 50) || 'muc'
  if (!taken.includes(base)) return base
  let number = 2
  while (taken.includes(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}

/** A key for a field: letters only, since it stands in addresses; none is given twice. */
export function fieldKeyFrom(words: readonly string[], taken: readonly string[]): string {
  const letters = words.map((word) => word.replace(/[^a-z]/g, '')).filter((word) => word !== '')
  let key = keyFrom(letters, []).slice(0, 40)
  while (taken.includes(key)) key += '-x'
  return key
}

/** The list with an item in place of the one that stood there. */
export const replaced = <Item>(items: readonly Item[], index: number, item: Item): Item[] =>
  items.map((each, place) => (place === index ? item : each))

/** The list with the item one place nearer to its start. */
export function movedUp<Item>(items: readonly Item[], index: number): Item[] {
  const next = [...items]
  const [item] = next.splice(index, 1)
  if (item !== undefined) next.splice(Math.max(0, index - 1), 0, item)
  return next
}

/** Labels of the parts, as the form shows them. */
const labelKeys: Readonly<Record<string, keyof WebText>> = {
  code: 'code',
  name: 'official',
  shortName: 'shortName',
  shortNameEn: 'paperShortEn',
  field: 'field',
  decision: 'decision',
  validFrom: 'since',
  validTo: 'until',
  levels: 'levels',
  kind: 'kind',
  sequence: 'itemStep',
  channelNotes: 'channelNotes',
  cases: 'case',
  components: 'itemPaper',
  timeLimits: 'limit',
  fees: 'itemFee',
  exemptions: 'exemptions',
  sets: 'sets',
  subjects: 'subjects',
  executingAgency: 'executing',
  competentAgency: 'competent',
  receivingPlace: 'place',
  results: 'results',
  conditions: 'conditions',
  legalBasis: 'legalBasis',
  keywords: 'keywords',
  description: 'description',
  related: 'related',
  serviceLevels: 'serviceLevels',
  linkages: 'linkages',
  handOffs: 'handOffs',
  source: 'source',
  condition: 'condition',
  channels: 'channel',
  channel: 'channel',
  parts: 'limit',
  basis: 'basis',
  key: 'key',
  number: 'lawNumber',
  date: 'lawDate',
  reason: 'reason',
  fromUnit: 'fromUnit',
  amount: 'amount',
}

/** `'/cases/0/components/1/condition'` → `'Trường hợp 1 › Giấy tờ 2 › Khi nào phải nộp'`. */
export function pointerWords(pointer: string, text: WebText): string {
  const words: string[] = []
  for (const part of pointer.split('/').slice(1)) {
    if (/^\d+$/.test(part) && words.length > 0) {
      words[words.length - 1] += ` ${Number(part) + 1}`
      continue
    }
    const isInside = words.length > 0 && part === 'name'
    const key = labelKeys[part]
    const label = key === undefined ? part : text[key]
    if (!isInside && typeof label === 'string') words.push(label)
  }
  return words.join(' › ')
}

type Say = Readonly<Record<string, (about: string) => string>>

type PartTitle =
  | 'general'
  | 'people'
  | 'sequence'
  | 'channelNotes'
  | 'cases'
  | 'results'
  | 'legalBasis'
  | 'serviceLevels'
  | 'linkages'
  | 'handOffs'

/** The parts of the editor in their order; `pointers` say what of a version stands in them. */
export const partsOf = (
  text: Readonly<Record<PartTitle, string>>,
): { id: string; title: string; pointers: readonly string[] }[] => [
  {
    id: 'part-general',
    title: text.general,
    pointers: [
      '/code',
      '/name',
      '/shortName',
      '/field',
      '/decision',
      '/kind',
      '/valid',
      '/defaultUnit',
      '/sets',
      '/levels',
      '/description',
      '/source',
      '/keywords',
      '/related',
    ],
  },
  {
    id: 'part-people',
    title: text.people,
    pointers: [
      '/subjects',
      '/conditions',
      '/executingAgency',
      '/competentAgency',
      '/delegatedAgency',
      '/receivingPlace',
      '/coordinatingAgencies',
    ],
  },
  { id: 'part-sequence', title: text.sequence, pointers: ['/sequence'] },
  { id: 'part-channels', title: text.channelNotes, pointers: ['/channelNotes'] },
  { id: 'part-cases', title: text.cases, pointers: ['/cases'] },
  { id: 'part-results', title: text.results, pointers: ['/results', '/hasResult'] },
  { id: 'part-law', title: text.legalBasis, pointers: ['/legalBasis'] },
  { id: 'part-service', title: text.serviceLevels, pointers: ['/serviceLevels'] },
  { id: 'part-linkages', title: text.linkages, pointers: ['/linkages'] },
  { id: 'part-handoffs', title: text.handOffs, pointers: ['/handOffs'] },
]

/** The sentence in the language of the page; what a newer server found keeps its own words. */
export const findingWords = (
  { code, about, words }: Pick<FindingWords, 'code' | 'about' | 'words'>,
  say: Say,
): string => say[code]?.(about) ?? words

type ImportWords = Pick<ImportAnswer['lines'][number], 'code' | 'about' | 'words' | 'finding'>

/** The same for a line of an import, which may pass a finding on. */
export const importWords = (line: ImportWords, text: { findings: Say; importLines: Say }): string =>
  line.finding
    ? findingWords({ ...line.finding, words: line.words }, text.findings)
    : (text.importLines[line.code]?.(line.about) ?? line.words)
