import { Value } from 'typebox/value'
import { ProcedureVersion } from './contract.ts'
import { type Finding, validateVersion } from './rules/findings.ts'

export type Checked = { version: ProcedureVersion | undefined; findings: Finding[] }

/** Checks the shape by the schema, then what the law asks of it. Texts come out composed (NFC). */
export function checkVersion(candidate: unknown, options: { fields?: readonly string[] } = {}): Checked {
  const composed = compose(candidate)
  if (Value.Check(ProcedureVersion, composed))
    return { version: composed, findings: validateVersion(composed, options) }
  const findings = Value.Errors(ProcedureVersion, composed).map(({ keyword, params, instancePath }): Finding => ({
    pointer: instancePath,
    code: 'schema',
    severity: 'error',
    about: [keyword, ...Object.values(params).flat().map(String)].join(' '),
  }))
  return { version: undefined, findings: mostTelling(findings) }
}

/** The same text in one form of Unicode, all the way down. */
function compose(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC')
  if (Array.isArray(value)) return value.map(compose)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, compose(inner)]))
  return value
}

/** The first finding of each place, without the echo of what is only a part of another finding. */
function mostTelling(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>()
  for (const finding of findings)
    if (!byPlace.has(finding.pointer) && !finding.about.startsWith('boolean')) byPlace.set(finding.pointer, finding)
  return [...byPlace.values()].slice(0, 100)
}
