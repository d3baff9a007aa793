import type { Context } from '../../platform/context.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { maskIdentityNumber } from '../../platform/identity-number.ts'
import {
  answersFromPost,
  checkAnswers,
  findFilled,
  formFor,
  keepFilled,
  postOf,
  type Answers,
  type EForm,
  type EformTables,
} from '../eforms/index.ts'
import type { OtherData } from './contract.ts'
import type { NationalRow } from './national-store.ts'
import type { FormData } from './wire.ts'

type FormContext = Pick<Context<EformTables>, 'db' | 'keys' | 'clock'>
type Place = { agencyId: number; dossierId: string }

/**
 * Keeps the form that the portal sent. What passes every check of our own form for this case is kept as that form filled
 * in. Everything else is given back as it came, sealed, for the officer to read: a dossier is not refused for it.
 */
export async function keepFormData(
  context: FormContext,
  { agencyId, dossierId }: Place,
  { data, procedureCode, caseKey }: { data: FormData | null; procedureCode: string; caseKey: string },
): Promise<Pick<NationalRow, 'other_data'> | undefined> {
  if (data === null || Object.keys(data).length === 0) return undefined
  const { db, keys, clock } = context
  const at = clock()
  const form = await formFor(db, { procedureCode, caseKey, day: dayOf(at) })
  const { answers, rest } = sort(data, form, { caseKey, today: dayOf(at) })
  await withScope(db, { agencies: [agencyId] }, async (tx) => {
    const before = await findFilled(tx, keys, { agencyId, dossierId })
    if (form && answers && JSON.stringify(before?.answers) !== JSON.stringify(answers))
      await keepFilled(tx, keys, { agencyId, dossierId, formId: form.formId, caseKey, answers, by: 'exchange', at })
  })
  return { other_data: rest.length > 0 ? keys.encrypt(JSON.stringify(rest)) : null }
}

/** What our form understands of it, when all of that is right, and the rest as words. */
function sort(
  data: FormData,
  form: EForm | undefined,
  { caseKey, today }: { caseKey: string; today: string },
): { answers: Answers | null; rest: OtherData[] } {
  const answers = form ? answersFromPost(form, data, { caseKey }) : {}
  const isRight = form !== undefined && checkAnswers(form, answers, { today, caseKey }).length === 0
  const known = new Set(isRight ? Object.keys(postOf(form, answers)) : [])
  const rest = Object.entries(data)
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ({ name, value: [value].flat().join('; ') }))
    .filter(({ value }) => value.trim() !== '')
  return { answers: isRight ? answers : null, rest }
}

/** As an officer reads it: numbers of persons are masked here as everywhere. */
export const openOtherData = ({ keys }: Pick<FormContext, 'keys'>, row: Pick<NationalRow, 'other_data'>) =>
  row.other_data === null
    ? []
    : (JSON.parse(keys.decrypt(row.other_data)) as OtherData[]).map(({ name, value }) => ({
        name,
        value: value.replace(/\b\d{9}(?:\d{3})?\b/g, maskIdentityNumber),
      }))
