import type { Context } from '../../platform/context.ts'
import type { Dossier, Filed } from '../../dossiers/index.ts'
import { dayOf, type Day } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { maskIdentityNumber } from '../../platform/identity-number.ts'
import {
  answersFromPost,
  checkAnswers,
  findFilled,
  formFor,
  intakeOf,
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

/** The form that the portal sent, read by our own form of the case, and what that form said before. */
export type ReadForm = {
  form: EForm | undefined
  caseKey: string
  before: Answers | null
  /** What passes every check of ours; null where something does not, or there is no form of ours. */
  answers: Answers | null
  rest: OtherData[]
}

/** Reads what came; undefined when no form came along. Days are judged as of the first filing. */
export async function readFormData(
  { db, keys, clock }: FormContext,
  { agencyId, dossierId }: Place,
  {
    data,
    procedureCode,
    caseKey,
    lodgedAt,
  }: { data: FormData | null } & Pick<Dossier, 'procedureCode' | 'caseKey' | 'lodgedAt'>,
): Promise<ReadForm | undefined> {
  if (data === null || Object.keys(data).length === 0) return undefined
  const filedOn = dayOf(lodgedAt)
  const form = await formFor(db, { procedureCode, caseKey, day: filedOn })
  const known = await withScope(db, { agencies: [agencyId] }, (tx) => findFilled(tx, keys, { agencyId, dossierId }))
  const isSame = known !== undefined && !known.erased && known.formId === form?.formId
  const read = sort(data, form, { caseKey, filedOn, today: dayOf(clock()) })
  return { form, caseKey, before: isSame ? known.answers : null, ...read }
}

/**
 * Keeps the form that the portal sent. What passes every check of our own form for this case is kept as that form filled
 * in. Everything else is given back as it came, sealed, for the officer to read: a dossier is not refused for it.
 */
export async function keepFormData(
  { db, keys, clock }: FormContext,
  { agencyId, dossierId }: Place,
  read: ReadForm | undefined,
): Promise<Pick<NationalRow, 'other_data'> | undefined> {
  if (!read) return undefined
  const { form, caseKey, before, answers, rest } = read
  if (form && answers && JSON.stringify(before) !== JSON.stringify(answers))
    await withScope(db, { agencies: [agencyId] }, (tx) =>
      keepFilled(tx, keys, { agencyId, dossierId, formId: form.formId, caseKey, answers, by: 'exchange', at: clock() }),
    )
  return { other_data: rest.length > 0 ? keys.encrypt(JSON.stringify(rest)) : null }
}

/** What the two versions of the form fill of the dossier; null where there are not two. */
export function filledOf(read: ReadForm | undefined): { before: Filed | null; after: Filed | null } {
  if (!read?.form || !read.before || !read.answers) return { before: null, after: null }
  const { form, caseKey } = read
  const says = (answers: Answers) => intakeOf(form, answers, { caseKey })
  return { before: says(read.before), after: says(read.answers) }
}

/** What our form understands of it, when all of that is right, and the rest as words. */
function sort(
  data: FormData,
  form: EForm | undefined,
  days: { caseKey: string; today: Day; filedOn: Day },
): { answers: Answers | null; rest: OtherData[] } {
  const answers = form ? answersFromPost(form, data, { caseKey: days.caseKey }) : {}
  const isRight = form !== undefined && checkAnswers(form, answers, days).length === 0
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
