import { printTemplate } from '../../documents/index.ts'
import { dayOf, writeDay, type Instant } from '../../platform/day.ts'
import type { Answers, EForm } from './contract.ts'
import { blankParts, filledParts } from './rules/declaration.ts'
import { personsOf } from './rules/persons.ts'
import { vi } from './text.vi.ts'

export type DeclarationFacts = {
  form: EForm
  caseKey: string | null
  at: Instant
  demo: boolean
  /** Who takes it in, e.g. «Ủy ban nhân dân xã Hải Hưng»; null where that is not known. */
  addressee: string | null
  /** `xã Hải Hưng`, before the date. */
  place: string | null
}

/** The form as an answered declaration, PDF/A. */
export function printDeclaration(
  facts: DeclarationFacts & { answers: Answers; code: string | null; isMasked?: boolean },
): Promise<Buffer> {
  const { form, caseKey, answers, at, isMasked = false } = facts
  const [, month = '', day = ''] = dayOf(at).split('-')
  return print(facts, {
    parts: filledParts(form, answers, { caseKey, isMasked }),
    code: facts.code,
    date: `ngày ${day} tháng ${Number(month) > 2 ? Number(month) : month} năm ${dayOf(at).slice(0, 4)}`,
    signer: personsOf(form, answers, { caseKey }).applicant.name,
    further: isMasked ? [vi.print.masked] : [],
  })
}

/** The form to write on by hand. */
export const printBlank = (facts: DeclarationFacts): Promise<Buffer> =>
  print(facts, {
    parts: blankParts(facts.form, { caseKey: facts.caseKey }),
    code: null,
    blank: true,
    date: 'ngày …… tháng …… năm ………',
    signer: '',
    further: [],
  })

function print(
  { form, at, demo, addressee, place }: DeclarationFacts,
  own: {
    parts: ReturnType<typeof blankParts>
    code: string | null
    date: string
    signer: string
    further: readonly string[]
    blank?: boolean
  },
): Promise<Buffer> {
  const { comparedWithOfficial: compared } = form
  return printTemplate('sheets/declaration', {
    title: form.title.vi,
    author: addressee ?? vi.print.author,
    issuedAt: at,
    demo,
    source: `${form.procedureCode} – ${vi.print.version(form.version)}`,
    mark: form.title.vi,
    heading: form.print.heading,
    addressee: form.print.addressee || addressee,
    code: own.code,
    blank: own.blank ?? false,
    parts: own.parts,
    promise: form.print.promise,
    place,
    date: own.date,
    signatures: form.print.signatures.map((label) => ({
      label,
      name: form.print.signatures.length === 1 ? own.signer : '',
    })),
    notes: [
      vi.print.source(form.source.document),
      compared ? vi.print.compared(writeDay(compared.on)) : vi.print.notCompared,
      ...own.further,
    ],
  })
}
