/** A version laid out in the sheets of the workbook, and put together again. */
import type { ProcedureVersion } from '../contract.ts'

/** One row of a sheet, its values already read. `faulty` when a cell of it could not be read. */
export type SheetRow = { part: string; row: number; values: Readonly<Record<string, unknown>>; faulty: boolean }

export type RowFault = 'unknown-version' | 'unknown-case' | 'unknown-fee' | 'duplicate-version'

/** A version as the rows say it, not yet checked, and from which row each part of it comes. */
export type Draft = {
  code: string
  validFrom: string
  version: Record<string, unknown>
  faulty: boolean
  rows: { part: string; row: number }[]
  origins: { pointer: string; part: string; row: number }[]
}

const scalars = [
  'code', 'validFrom', 'validTo', 'name', 'shortName', 'field', 'decision', 'levels', 'kind', 'sets', 'subjects', 'executingAgency',
  'competentAgency', 'delegatedAgency', 'coordinatingAgencies', 'receivingPlace', 'conditions', 'keywords', 'description', 'related',
  'defaultUnit', 'hasResult', 'source',
] as const satisfies readonly (keyof ProcedureVersion)[] // prettier-ignore

const simpleParts = [
  'channelNotes',
  'results',
  'legalBasis',
  'serviceLevels',
  'linkages',
  'handOffs',
] as const satisfies readonly (keyof ProcedureVersion)[]
const caseParts = ['components', 'timeLimits', 'fees'] as const

/** The rows of each sheet for these versions, in order. */
export function layOut(versions: readonly ProcedureVersion[]): Map<string, Record<string, unknown>[]> {
  const rows = new Map<string, Record<string, unknown>[]>()
  const add = (part: string, values: Record<string, unknown>) => {
    const list = rows.get(part) ?? []
    list.push(values)
    rows.set(part, list)
  }
  for (const version of versions) {
    const of = { code: version.code, version: version.validFrom }
    add('versions', Object.fromEntries(scalars.map((key) => [key, version[key]])))
    for (const text of version.sequence) add('sequence', { ...of, text })
    for (const part of simpleParts)
      for (const item of version[part])
        add(part, part === 'results' ? { ...of, ...asResult(item) } : { ...of, ...item })
    for (const { key, text, textEn, answers } of version.guide ?? [])
      for (const { text: answer, textEn: answerEn, to } of answers)
        add('guide', { ...of, question: key, text, textEn, answer, answerEn, ...asTarget(to) })
    for (const item of version.cases) {
      const inCase = { ...of, caseKey: item.key }
      add('cases', { ...inCase, name: item.name })
      for (const part of caseParts) for (const each of item[part]) add(part, { ...inCase, ...each })
      item.fees.forEach(({ exemptions }, index) =>
        exemptions.forEach((exemption) => add('exemptions', { ...inCase, fee: index + 1, ...exemption })),
      )
    }
  }
  return rows
}

// A result has a code of its own, which would hide the code of the procedure.
const asResult = (item: object): Record<string, unknown> => {
  const { code, ...rest } = { code: null, ...item }
  return { ...rest, resultCode: code }
}

type Step = NonNullable<ProcedureVersion['guide']>[number]['answers'][number]['to']

const asTarget = (to: Step): Record<string, unknown> => {
  if ('question' in to) return { leadsTo: 'question', target: to.question, words: '', wordsEn: '' }
  if ('case' in to) return { leadsTo: 'case', target: to.case, words: '', wordsEn: '' }
  return { leadsTo: 'stop', target: to.instead ?? '', words: to.stop, wordsEn: to.stopEn }
}

function targetOf({ leadsTo, target, words, wordsEn }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (leadsTo !== 'stop') return { [String(leadsTo)]: target }
  return { stop: words, stopEn: wordsEn, ...(target === '' ? {} : { instead: target }) }
}

/** Puts versions together from the rows of all sheets; rows that belong nowhere come back with the reason. */
export function putTogether(rows: readonly SheetRow[]): {
  drafts: Draft[]
  lost: { row: SheetRow; fault: RowFault }[]
} {
  const drafts = new Map<string, Draft>()
  const lost: { row: SheetRow; fault: RowFault }[] = []
  const of = (part: string) => rows.filter((row) => row.part === part)
  for (const row of of('versions')) {
    const [code, validFrom] = [String(row.values['code']), String(row.values['validFrom'])]
    const key = `${code} ${validFrom}`
    const twice = drafts.get(key)
    if (twice) {
      twice.faulty = true
      lost.push({ row, fault: 'duplicate-version' })
      continue
    }
    const lists = Object.fromEntries(['sequence', 'cases', ...simpleParts].map((part) => [part, []]))
    const draft: Draft = { code, validFrom, version: { ...row.values, ...lists }, faulty: false, rows: [], origins: [] }
    drafts.set(key, draft)
    take(draft, row, '')
  }
  /** The draft that a row belongs to; a row without one is lost. */
  const home = (row: SheetRow): Draft | undefined => {
    const draft = drafts.get(`${String(row.values['code'])} ${String(row.values['version'])}`)
    if (!draft) lost.push({ row, fault: 'unknown-version' })
    return draft
  }
  for (const part of ['sequence', ...simpleParts, 'cases'])
    for (const row of of(part)) {
      const draft = home(row)
      if (draft) push(draft, row, listIn(draft.version, part), `/${part}`, itemOf(row))
    }
  for (const row of of('guide')) {
    const draft = home(row)
    if (!draft) continue
    const { question, text, textEn, answer, answerEn } = row.values
    const questions = (draft.version['guide'] ??= []) as unknown[]
    let place = questions.findIndex((each) => field(each, 'key') === question)
    if (place === -1) place = questions.push({ key: question, text, textEn, answers: [] }) - 1
    const answers = listIn(questions[place], 'answers')
    push(draft, row, answers, `/guide/${place}/answers`, { text: answer, textEn: answerEn, to: targetOf(row.values) })
  }
  for (const part of [...caseParts, 'exemptions'])
    for (const row of of(part)) {
      const draft = home(row)
      if (!draft) continue
      const cases = listIn(draft.version, 'cases')
      const place = cases.findIndex((item) => field(item, 'key') === row.values['caseKey'])
      if (place === -1) {
        draft.faulty = true
        lost.push({ row, fault: 'unknown-case' })
        continue
      }
      if (part !== 'exemptions') {
        push(draft, row, listIn(cases[place], part), `/cases/${place}/${part}`, itemOf(row))
        continue
      }
      const number = Number(row.values['fee']) - 1
      const fee = listIn(cases[place], 'fees')[number]
      if (fee === undefined) {
        draft.faulty = true
        lost.push({ row, fault: 'unknown-fee' })
        continue
      }
      push(draft, row, listIn(fee, 'exemptions'), `/cases/${place}/fees/${number}/exemptions`, itemOf(row))
    }
  return { drafts: [...drafts.values()], lost }
}

function take(draft: Draft, row: SheetRow, pointer: string): void {
  draft.faulty ||= row.faulty
  draft.rows.push({ part: row.part, row: row.row })
  draft.origins.push({ pointer, part: row.part, row: row.row })
}

function push(draft: Draft, row: SheetRow, list: unknown[], pointer: string, item: unknown): void {
  take(draft, row, `${pointer}/${list.length}`)
  list.push(item)
}

/** What a row adds to its list, in the shape of the contract. */
function itemOf({ part, values }: SheetRow): unknown {
  const { code: _code, version: _version, caseKey, fee: _fee, ...rest } = values
  if (part === 'sequence') return rest['text']
  if (part === 'cases') return { ...rest, key: caseKey, components: [], timeLimits: [], fees: [] }
  if (part === 'fees') return { ...rest, exemptions: [] }
  if (part === 'components') return withoutEmpty(rest, ['shortName', 'shortNameEn'])
  if (part === 'results') {
    const { resultCode, ...result } = rest
    return { ...result, code: resultCode }
  }
  return rest
}

const withoutEmpty = (values: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== '' || !keys.includes(key)))

// Items and their lists were put there by `itemOf` and by the drafts themselves.
const field = (item: unknown, key: string): unknown => (item as Record<string, unknown>)[key]
const listIn = (item: unknown, key: string): unknown[] => field(item, key) as unknown[]

/** The row and the part that a finding at this pointer is about: the nearest one above it. */
export function originOf(draft: Draft, pointer: string): { part: string; row: number; rest: string } | undefined {
  const above = draft.origins
    .filter((origin) => pointer === origin.pointer || pointer.startsWith(`${origin.pointer}/`))
    .toSorted((one, other) => other.pointer.length - one.pointer.length)[0]
  return above && { part: above.part, row: above.row, rest: pointer.slice(above.pointer.length + 1) }
}
