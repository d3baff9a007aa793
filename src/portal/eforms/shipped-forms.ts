import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import { inTransaction } from '../../platform/db.ts'
import type { FormDefinition } from './contract.ts'
import { definitionHash, newestHashes, publishForm, type EformTables } from './store.ts'

const folder = join(import.meta.dirname, 'data')

export const readShippedForms = (): FormDefinition[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as FormDefinition)

/** Brings the forms that come with the program; what an administrator changed stays as it is. */
export async function seedEforms(db: Db<EformTables>, at: Instant): Promise<number> {
  const newest = await newestHashes(db)
  const missing = readShippedForms().filter((definition) => {
    const known = newest.get(definition.key)
    return !known || (known.changedBy === null && known.hash !== definitionHash(definition))
  })
  for (const definition of missing)
    await inTransaction(db, (tx) => publishForm(tx, { definition, reason: '', by: null, at }))
  return missing.length
}
