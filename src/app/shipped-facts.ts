import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { seedCalendar } from '../calendar/index.ts'
import { readCatalogueData, seedCatalogue } from '../catalogue/index.ts'
import type { Context } from '../platform/context.ts'
import { importUnits } from '../staff/index.ts'
import { seedEforms } from '../portal/eforms/index.ts'
import { seedForms } from '../statistics/forms/index.ts'
import { root } from './system.ts'
import type { Tables } from './tables.ts'

const folders = [
  'src/staff/data',
  'src/calendar/data',
  'src/catalogue/data',
  'src/statistics/forms/data',
  'src/portal/eforms/data',
]

/**
 * Brings units, holidays and procedures that come with the program into the database: at the first start, and again
 * when the program brings other ones. What people entered or changed stays as they left it.
 */
export async function bringShippedFacts({
  db,
  log,
  clock,
}: Pick<Context<Tables>, 'db' | 'log' | 'clock'>): Promise<void> {
  const wanted = fingerprint()
  const { rows } = await sql<{ value: string }>`
    select value #>> '{}' as value from platform.setting where name = 'shipped-facts'`.execute(db)
  if (rows[0]?.value === wanted) return
  const units = await importUnits(db)
  const days = await seedCalendar(db)
  const { published, refused } = await seedCatalogue(db, readCatalogueData())
  // What was published here stays as it is, also where the copy that travels with the program was worded better since.
  const kept = refused.filter(({ refusal }) => refusal.code === 'version-differs').map(({ code }) => code)
  if (kept.length > 0) log.info({ what: 'published-procedures-kept', procedures: kept })
  for (const { code, validFrom, refusal } of refused)
    if (refusal.code !== 'version-differs')
      log.error({ what: 'shipped-procedure-refused', procedure: code, validFrom, refusal: refusal.code })
  const { forms, periods } = await seedForms(db, clock())
  const eforms = await seedEforms(db, clock())
  await sql`
    insert into platform.setting (name, value) values ('shipped-facts', to_jsonb(${wanted}::text))
    on conflict (name) do update set value = excluded.value, set_at = now()`.execute(db)
  log.info({
    what: 'shipped-facts',
    agencies: units.addedAgencies,
    days,
    procedures: published,
    forms,
    periods,
    eforms,
  })
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).toSorted())
      if (/[.](json|ts)$/.test(name)) hash.update(name).update(readFileSync(join(root, folder, name)))
  return hash.digest('hex')
}
