import type { CellTerm, FormDefinition, FormRow } from '../contract.ts'

/** What is wrong with a definition, at a JSON pointer; the words come with it since they name rows. */
export type DefinitionFault = { pointer: string; code: DefinitionFaultCode; about: string }
export type DefinitionFaultCode =
  | 'row-twice'
  | 'row-code-form'
  | 'unknown-reference'
  | 'refers-in-circle'
  | 'percent-source'
  | 'source-type'
  | 'enum-choices'
  | 'unknown-measure'
  | 'unknown-level'
  | 'check-twice'
  | 'check-reference'
  | 'check-right'
  | 'matrix-columns'
  | 'no-rows'
  | 'validity-reversed'

export const measures = [
  'in-force',
  'in-force-province',
  'in-force-district',
  'in-force-commune',
  'new',
  'abolished',
  'same-level',
  'between-levels',
  'boundary-free',
  'level-3',
  'level-3-provided',
  'level-3-used-online',
  'level-4',
  'level-4-provided',
  'level-4-used-online',
  'level-3-or-4',
  'with-fees',
] as const
export type Measure = (typeof measures)[number]

export const levels = ['central', 'province', 'district', 'commune', 'department', 'police', 'other'] as const

/** Everything about a form that its shape alone does not say; `others` are the forms that its checks may look into. */
export function findFaults(
  definition: FormDefinition,
  others: ReadonlyMap<string, ReadonlySet<string>>,
): DefinitionFault[] {
  const codes = new Map(definition.rows.map((row, at) => [row.code, at]))
  const faults: DefinitionFault[] = []
  const add = (pointer: string, code: DefinitionFaultCode, about: string) => faults.push({ pointer, code, about })
  if (definition.validTo !== null && definition.validTo < definition.validFrom)
    add('/validTo', 'validity-reversed', definition.validTo)
  if (definition.layout === 'rows' && definition.rows.length === 0) add('/rows', 'no-rows', '')
  if (definition.layout === 'matrix' && (!definition.endings || (definition.columns ?? []).length !== 11))
    add('/columns', 'matrix-columns', '')
  definition.rows.forEach((row, at) => {
    const pointer = `/rows/${at}`
    if (codes.get(row.code) !== at) add(pointer, 'row-twice', row.code)
    if (!/^\d+(\.\d+)*$/.test(row.code)) add(pointer, 'row-code-form', row.code)
    for (const level of row.levels)
      if (!(levels as readonly string[]).includes(level)) add(pointer, 'unknown-level', level)
    for (const code of referencesOf(row))
      if (!codes.has(code)) add(pointer, 'unknown-reference', `${row.code} → ${code}`)
    const wrong = judgeSource(row)
    if (wrong) add(pointer, wrong, row.code)
  })
  for (const code of circles(definition.rows)) add(`/rows/${codes.get(code) ?? 0}`, 'refers-in-circle', code)
  checkChecks(definition, { codes: new Set(codes.keys()), others, add })
  return faults
}

function judgeSource({ type, source, choices = [] }: FormRow): DefinitionFaultCode | undefined {
  const isRatio = source.kind === 'ratio' || source.kind === 'entered-ratio'
  if ((type === 'percent') !== isRatio) return 'percent-source'
  if ((type === 'heading') !== (source.kind === 'none')) return 'source-type'
  if (type === 'enum' && source.kind !== 'manual' && source.kind !== 'survey') return 'source-type'
  if (source.kind === 'survey' && (source.measure === 'ballots') !== (type === 'count')) return 'source-type'
  if (source.kind === 'payment' && type !== 'count') return 'source-type'
  if (type === 'enum' && (choices.length < 2 || new Set(choices.map(({ value }) => value)).size < choices.length))
    return 'enum-choices'
  const measure =
    source.kind === 'catalogue' ? source.measure : source.kind === 'figure' ? source.procedures : undefined // oxlint-disable-line no-nested-ternary
  return measure !== undefined && !(measures as readonly string[]).includes(measure) ? 'unknown-measure' : undefined
}

export function referencesOf({ source }: FormRow): readonly string[] {
  if (source.kind === 'sum') return source.of
  return source.kind === 'ratio' ? [source.numerator, source.denominator] : []
}

/** Rows whose value would need itself. */
function circles(rows: readonly FormRow[]): string[] {
  const references = new Map(rows.map((row) => [row.code, referencesOf(row)]))
  return rows.map(({ code }) => code).filter((code) => leadsTo(code, code))

  function leadsTo(from: string, target: string, seen = new Set<string>()): boolean {
    if (seen.has(from)) return false
    seen.add(from)
    return (references.get(from) ?? []).some((to) => to === target || leadsTo(to, target, seen))
  }
}

function checkChecks(
  definition: FormDefinition,
  {
    codes,
    others,
    add,
  }: {
    codes: ReadonlySet<string>
    others: ReadonlyMap<string, ReadonlySet<string>>
    add: (pointer: string, code: DefinitionFaultCode, about: string) => void
  },
): void {
  const seen = new Set<string>()
  const isKnown = ({ form, row, column }: CellTerm) => {
    if (form !== undefined && form !== definition.form) return others.get(form)?.has(row) ?? false
    return column === undefined ? codes.has(row) : row === 'total' || row === 'apart'
  }
  definition.checks.forEach((check, at) => {
    const pointer = `/checks/${at}`
    if (seen.has(check.code)) add(pointer, 'check-twice', check.code)
    seen.add(check.code)
    if ((check.operator === 'present') !== (check.right.length === 0)) add(pointer, 'check-right', check.code)
    const terms = [...check.left, ...check.right, ...(check.when ? [check.when.cell] : [])]
    for (const term of terms)
      if ('row' in term && !isKnown(term))
        add(pointer, 'check-reference', `${check.code} → ${term.form ?? ''} ${term.row}`)
  })
}
