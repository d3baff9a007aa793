import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Field } from './contract.ts'
import type { CatalogueDb } from './tables.ts'

export const listFields = (db: CatalogueDb): Promise<Field[]> =>
  db
    .selectFrom('catalogue.field')
    .select(['field as key', 'name', 'name_en as nameEn', 'position as order'])
    .orderBy('position')
    .orderBy('field')
    .execute()

/** How many procedures of each field hold on a day. */
export async function countByField(db: CatalogueDb, day: Day): Promise<Map<string, number>> {
  const { rows } = await sql<{ field: string; count: number }>`
    select field, count(*)::int as count from catalogue.procedure_version
    where valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) group by field`.execute(db)
  return new Map(rows.map(({ field, count }) => [field, count]))
}

export async function saveFields(db: CatalogueDb, fields: readonly Field[]): Promise<void> {
  if (fields.length === 0) return
  await db
    .insertInto('catalogue.field')
    .values(fields.map(({ key, name, nameEn, order }) => ({ field: key, name, name_en: nameEn, position: order })))
    .onConflict((conflict) =>
      conflict.column('field').doUpdateSet((update) => ({
        name: update.ref('excluded.name'),
        name_en: update.ref('excluded.name_en'),
        position: update.ref('excluded.position'),
      })),
    )
    .execute()
}
