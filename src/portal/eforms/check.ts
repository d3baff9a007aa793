import { Compile } from 'typebox/compile'
import { FormDefinition, type DefinitionFinding } from './contract.ts'
import { checkForm } from './rules/definition.ts'

const compiled = Compile(FormDefinition)

/** A definition from outside: its shape first, then what the rules say of it. */
export function checkDefinition(candidate: unknown): {
  definition: FormDefinition | undefined
  findings: DefinitionFinding[]
} {
  if (!compiled.Check(candidate))
    return {
      definition: undefined,
      findings: [...compiled.Errors(candidate)].slice(0, 20).map((fault) => ({
        pointer: fault.instancePath,
        code: 'shape',
        severity: 'error',
        words: {
          vi: `Không đúng khuôn của biểu mẫu: ${fault.message}`,
          en: `Not in the shape of a form: ${fault.message}`,
        },
      })),
    }
  return { definition: candidate, findings: checkForm(candidate) }
}
