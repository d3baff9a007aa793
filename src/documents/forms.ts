import type { FormInputs, FormName } from './form-data.ts'
import { paperOf } from './paper.ts'
import { renderPdf } from './render.ts'
import type { Edition } from './rules/form-editions.ts'

export type * from './form-data.ts'

/** Prints a form as PDF/A-1b in the edition of its time. The same data give the same bytes. */
export async function renderForm<Name extends FormName>(
  name: Name,
  edition: Edition,
  data: FormInputs[Name],
): Promise<Buffer> {
  const paper = paperOf(name, edition, data)
  return renderPdf(paper.template, paper.data)
}
