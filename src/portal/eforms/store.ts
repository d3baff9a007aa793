import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { canonical } from '../../platform/canonical.ts'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import { randomPiece } from '../../platform/id.ts'
import type { Keys } from '../../platform/keys.ts'
import type { Answers, Comparison, EForm, FormDefinition, FormItem } from './contract.ts'

export type EformTables = {
  'portal.eform': {
    form_id: number
    key: string
    version: number
    procedure_code: string
    case_keys: string[]
    valid_from: Day
    valid_to: Day | null
    definition: FormDefinition
    hash: string
    reason: string
    changed_by: number | null
    changed_by_name: string
    changed_at: Instant
    compared_by: number | null
    compared_by_name: string | null
    compared_on: Day | null
    compared_note: string | null
  }
  'portal.filled_form': {
    agency_id: number
    dossier_id: string
    row_version: number
    form_id: number
    case_key: string | null
    answers: Buffer | null
    hash: Buffer
    salt: Buffer
    kept_by: FilledBy
    kept_at: Instant
    erased_at: Instant | null
  }
}
type EformDb = Db<EformTables>

// --- Definitions --------------------------------------------------------------------------------------------------------

type FormRow = {
  formId: number
  version: number
  definition: FormDefinition
  validFrom: Day
  validTo: Day | null
  comparedBy: string | null
  comparedOn: Day | null
  comparedNote: string | null
}
const columns = sql`form_id as "formId", version, definition, valid_from as "validFrom", valid_to as "validTo",
  compared_by_name as "comparedBy", compared_on as "comparedOn", compared_note as "comparedNote"`

const toForm = ({ formId, version, definition, validFrom, validTo, ...row }: FormRow): EForm => ({
  ...definition,
  validFrom,
  validTo,
  formId,
  version,
  comparedWithOfficial: comparisonOf(row),
})
const comparisonOf = ({
  comparedBy,
  comparedOn,
  comparedNote,
}: Pick<FormRow, 'comparedBy' | 'comparedOn' | 'comparedNote'>): Comparison | null =>
  comparedOn === null ? null : { by: comparedBy ?? '', on: comparedOn, note: comparedNote ?? '' }

/** The form to fill in for a case of a procedure on a day; one that names the case stands before one for all cases. */
export async function formFor(
  db: EformDb,
  { procedureCode, caseKey, day }: { procedureCode: string; caseKey: string | null; day: Day },
): Promise<EForm | undefined> {
  const { rows } = await sql<FormRow>`
    select ${columns} from portal.eform
    where procedure_code = ${procedureCode} and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})
      and (case_keys = '{}' or ${caseKey}::text = any (case_keys))
    order by case_keys = '{}', version desc, form_id desc limit 1`.execute(db)
  return rows[0] && toForm(rows[0])
}

/** All forms of a procedure that hold on a day, the newest version of each. */
export async function formsOf(db: EformDb, procedureCode: string, day: Day): Promise<EForm[]> {
  const { rows } = await sql<FormRow>`
    select distinct on (key) ${columns} from portal.eform
    where procedure_code = ${procedureCode} and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})
    order by key, version desc`.execute(db)
  return rows.map(toForm)
}

/** A version that is known to exist: a filled form names it. */
export async function getForm(db: EformDb, formId: number): Promise<EForm> {
  const form = await findForm(db, formId)
  if (!form) throw new Error(`no form ${formId}`)
  return form
}
export async function findForm(db: EformDb, formId: number): Promise<EForm | undefined> {
  const { rows } = await sql<FormRow>`select ${columns} from portal.eform where form_id = ${formId}`.execute(db)
  return rows[0] && toForm(rows[0])
}

/** Every version, newest first; with `key` those of one form. */
export async function listForms(db: EformDb, key?: string): Promise<Omit<FormItem, 'procedureName'>[]> {
  const { rows } = await sql<
    Omit<FormItem, 'procedureName' | 'comparedWithOfficial'> &
      Pick<FormRow, 'comparedBy' | 'comparedOn' | 'comparedNote'>
  >`
    select form_id as "formId", key, version, procedure_code as "procedureCode", case_keys as "caseKeys",
      definition -> 'title' as title, valid_from as "validFrom", valid_to as "validTo", reason,
      changed_by_name as "changedBy", changed_at as "changedAt",
      compared_by_name as "comparedBy", compared_on as "comparedOn", compared_note as "comparedNote"
    from portal.eform ${key === undefined ? sql`` : sql`where key = ${key}`}
    order by procedure_code, key, version desc`.execute(db)
  return rows.map(({ comparedBy, comparedOn, comparedNote, ...item }) => ({
    ...item,
    comparedWithOfficial: comparisonOf({ comparedBy, comparedOn, comparedNote }),
  }))
}

export type Publication = {
  definition: FormDefinition
  reason: string
  by: { officerId: number; name: string } | null
  at: Instant
  /** The version that was looked at; left out where nobody could have been faster. */
  baseVersion?: number
}

/** Adds the next version; the one before ends on the day before it. `undefined`: somebody else was faster. */
export async function publishForm(
  tx: EformDb,
  { definition, reason, by, at, baseVersion }: Publication,
): Promise<{ formId: number; version: number } | undefined> {
  const { key, validFrom, validTo } = definition
  await sql`select pg_advisory_xact_lock(hashtextextended(${`eform ${key}`}, 0))`.execute(tx)
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) as version from portal.eform where key = ${key}`.execute(tx)
  const newest = rows[0]?.version ?? 0
  if (baseVersion !== undefined && baseVersion !== newest) return undefined
  await sql`
    update portal.eform set valid_to = greatest(${validFrom}::date - 1, valid_from - 1)
    where key = ${key} and (valid_to is null or valid_to >= ${validFrom})`.execute(tx)
  const { rows: added } = await sql<{ formId: number }>`
    insert into portal.eform (key, version, procedure_code, case_keys, valid_from, valid_to, definition, hash, reason,
      changed_by, changed_by_name, changed_at)
    values (${key}, ${newest + 1}, ${definition.procedureCode}, ${definition.caseKeys}::text[], ${validFrom}, ${validTo},
      ${JSON.stringify(definition)}::jsonb, ${definitionHash(definition)}, ${reason}, ${by?.officerId ?? null},
      ${by?.name ?? ''}, ${at})
    returning form_id as "formId"`.execute(tx)
  const [row] = added
  if (!row) throw new Error('a form was not added')
  return { formId: row.formId, version: newest + 1 }
}

export const definitionHash = (definition: FormDefinition): string =>
  createHash('sha256')
    .update(canonical({ ...definition, validTo: null }))
    .digest('hex')

/** The newest version of each form: whether it came with the program, and what it is. */
export async function newestHashes(db: EformDb): Promise<Map<string, { hash: string; changedBy: number | null }>> {
  const { rows } = await sql<{ key: string; hash: string; changedBy: number | null }>`
    select distinct on (key) key, hash, changed_by as "changedBy" from portal.eform order by key, version desc`.execute(
    db,
  )
  return new Map(rows.map(({ key, ...row }) => [key, row]))
}

/** Notes who held a version against the official form, or takes the note back. */
export const markCompared = async (
  db: EformDb,
  { formId, officerId, compared }: { formId: number; officerId: number; compared: Comparison | null },
): Promise<void> => {
  await sql`
    update portal.eform set compared_by = ${compared ? officerId : null}, compared_by_name = ${compared?.by ?? null},
      compared_on = ${compared?.on ?? null}, compared_note = ${compared?.note ?? null}
    where form_id = ${formId}`.execute(db)
}

// --- Filled forms -------------------------------------------------------------------------------------------------------

export type FilledBy = 'citizen' | 'officer' | 'exchange'
export type FilledForm = {
  agencyId: number
  dossierId: string
  rowVersion: number
  formId: number
  caseKey: string | null
  /** Empty when they were erased. */
  answers: Answers
  erased: boolean
  keptBy: FilledBy
  keptAt: Instant
}

/** Keeps what was filled in; a mended form is a new row version beside the earlier one. Within the scope of its agency. */
export async function keepFilled(
  tx: EformDb,
  keys: Keys,
  {
    agencyId,
    dossierId,
    formId,
    caseKey,
    answers,
    by,
    at,
  }: {
    agencyId: number
    dossierId: string
    formId: number
    caseKey: string | null
    answers: Answers
    by: FilledBy
    at: Instant
  },
): Promise<number> {
  const salt = randomPiece(16)
  const { rows } = await sql<{ rowVersion: number }>`
    insert into portal.filled_form (agency_id, dossier_id, row_version, form_id, case_key, answers, hash, salt, kept_by, kept_at)
    select ${agencyId}, ${dossierId}, coalesce(max(row_version), 0) + 1, ${formId}, ${caseKey},
      ${keys.encrypt(canonical(answers))}, ${hashOf(salt, answers)}, ${salt}, ${by}, ${at}
    from portal.filled_form where agency_id = ${agencyId} and dossier_id = ${dossierId}
    returning row_version as "rowVersion"`.execute(tx)
  return rows[0]?.rowVersion ?? 1
}

const hashOf = (salt: Buffer, answers: Answers): Buffer =>
  createHash('sha256').update(salt).update(canonical(answers)).digest()

type FilledRow = Omit<FilledForm, 'answers' | 'erased'> & { answers: Buffer | null; hash: Buffer; salt: Buffer }

const listRows = async (
  tx: EformDb,
  { agencyId, dossierId, limit }: { agencyId: number; dossierId: string; limit: number },
): Promise<FilledRow[]> => {
  const { rows } = await sql<FilledRow>`
    select agency_id as "agencyId", dossier_id as "dossierId", row_version as "rowVersion", form_id as "formId",
      case_key as "caseKey", answers, hash, salt, kept_by as "keptBy", kept_at as "keptAt"
    from portal.filled_form where agency_id = ${agencyId} and dossier_id = ${dossierId}
    order by row_version desc limit ${limit}`.execute(tx)
  return rows
}

function openFilled(keys: Keys, { answers: bytes, hash, salt, ...row }: FilledRow): FilledForm {
  if (!bytes) return { ...row, answers: {}, erased: true }
  const answers = JSON.parse(keys.decrypt(bytes)) as Answers
  if (!hashOf(salt, answers).equals(hash)) throw new Error(`filled form ${row.dossierId}/${row.rowVersion} was altered`)
  return { ...row, answers, erased: false }
}

/** The form of a dossier as it stands now; undefined where none was filled in. */
export async function findFilled(
  tx: EformDb,
  keys: Keys,
  owner: { agencyId: number; dossierId: string },
): Promise<FilledForm | undefined> {
  const [row] = await listRows(tx, { ...owner, limit: 1 })
  return row && openFilled(keys, row)
}

/** Every row version, newest first. */
export const listFilled = async (
  tx: EformDb,
  keys: Keys,
  owner: { agencyId: number; dossierId: string },
): Promise<FilledForm[]> => (await listRows(tx, { ...owner, limit: 100 })).map((row) => openFilled(keys, row))

/** Luật 91/2025/QH15: empties what was filled in; hash and history stay. */
export async function eraseFilled(
  tx: EformDb,
  { agencyId, dossierId, at }: { agencyId: number; dossierId: string; at: Instant },
): Promise<void> {
  await sql`
    update portal.filled_form set answers = null, erased_at = ${at}
    where agency_id = ${agencyId} and dossier_id = ${dossierId} and erased_at is null`.execute(tx)
}
