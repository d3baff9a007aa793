import { sql } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { FormDefinition } from './contract.ts'
import type { FormTables, FormUse } from './store.ts'

type FormDb = Db<FormTables>

export type FormVersion = {
  form: string
  version: number
  validFrom: Day
  validTo: Day | null
  title: string
  reason: string
  changedBy: number | null
  changedAt: Instant
}

/** The definition as it was made, with the end that holds now. */
const definitionOf = sql<FormDefinition>`definition || jsonb_build_object('validTo', valid_to)`

/** The newest version of each form that holds on a day. */
export async function formsOn(db: FormDb, day: Day): Promise<FormDefinition[]> {
  const { rows } = await sql<{ definition: FormDefinition }>`
    select distinct on (form) ${definitionOf} as definition from statistics.form
    where valid_from <= ${day} and (valid_to is null or valid_to >= ${day})
    order by form, version desc`.execute(db)
  return rows.map(({ definition }) => definition)
}

/** The named versions, in the order asked. */
export async function getForms(db: FormDb, uses: readonly FormUse[]): Promise<FormDefinition[]> {
  const { rows } = await sql<{ definition: FormDefinition }>`
    select ${definitionOf} as definition from statistics.form
    where (form, version) in (select * from unnest(${uses.map(({ form }) => form)}::text[], ${uses.map(({ version }) => version)}::int[]))`.execute(
    db,
  )
  return uses.map(({ form, version }) => {
    const found = rows.find(({ definition }) => definition.form === form && definition.version === version)
    if (!found) throw new Error(`no form ${form} version ${version}`)
    return found.definition
  })
}

export async function listFormVersions(db: FormDb, form?: string): Promise<FormVersion[]> {
  const { rows } = await sql<FormVersion>`
    select form, version, valid_from as "validFrom", valid_to as "validTo", title, reason, changed_by as "changedBy", changed_at as "changedAt"
    from statistics.form ${form === undefined ? sql`` : sql`where form = ${form}`}
    order by form, version desc`.execute(db)
  return rows
}

/** Adds the next version; the one before ends on the day before it, where it would still hold. */
export async function publishForm(
  db: FormDb,
  { definition, reason, by, at }: { definition: FormDefinition; reason: string; by: number | null; at: Instant },
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`form ${definition.form}`}, 0))`.execute(db)
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) + 1 as version from statistics.form where form = ${definition.form}`.execute(db)
  const version = rows[0]?.version ?? 1
  await sql`
    update statistics.form set valid_to = ${definition.validFrom}::date - 1
    where form = ${definition.form} and valid_from < ${definition.validFrom} and (valid_to is null or valid_to >= ${definition.validFrom})`.execute(
    db,
  )
  await sql`
    insert into statistics.form (form, version, valid_from, valid_to, title, definition, reason, changed_by, changed_at)
    values (${definition.form}, ${version}, ${definition.validFrom}, ${definition.validTo}, ${definition.title},
      ${JSON.stringify({ ...definition, version })}::jsonb, ${reason}, ${by}, ${at})`.execute(db)
  return version
}
