import { canonical } from '../../platform/canonical.ts'
import type { Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import { findAgencyByCode, type StaffTables } from '../../staff/index.ts'
import type { FormDefinition } from './contract.ts'
import { shippedForms } from './data/forms.ts'
import { shippedPeriods, shippedRegimes } from './data/regimes.ts'
import { getForms, listFormVersions, publishForm } from './form-store.ts'
import { addPeriod, listRegimes, saveRegime } from './period-store.ts'
import { proposePeriods } from './rules/period.ts'
import type { FormTables } from './store.ts'

/** Brings forms, regimes and periods that come with the program; what is there already stays as people left it. */
export async function seedForms(
  db: Db<FormTables & StaffTables>,
  at: Instant,
): Promise<{ forms: number; periods: number }> {
  const newest = await newestForms(db)
  const missing = shippedForms.filter((definition) => {
    const known = newest.get(definition.form)
    // What an administrator changed stays; what only ever came with the program follows it.
    return !known || (known.changedBy === null && !isSame(known.definition, definition))
  })
  for (const definition of missing) await publishForm(db, { definition, reason: '', by: null, at })
  const regimes = new Set((await listRegimes(db)).map(({ regime }) => regime))
  let periods = 0
  for (const [position, shipped] of shippedRegimes.entries()) {
    if (regimes.has(shipped.regime)) continue
    await saveRegime(db, { ...shipped, position })
    const area = shipped.area && (await findAgencyByCode(db, 'gso', shipped.area.code, shipped.area.day))
    // Without the tree of agencies nobody knows whom the area means; then the regime is everybody's.
    const agencyId = area?.agencyId ?? null
    const proposed = shipped.years.flatMap((year) => proposePeriods(shipped.shape, year))
    const further = shippedPeriods.filter(({ regime }) => regime === shipped.regime)
    for (const period of [...proposed, ...further]) {
      await addPeriod(db, { period: { ...period, regime: shipped.regime, agencyId }, by: null, at })
      periods += 1
    }
  }
  return { forms: missing.length, periods }
}

async function newestForms(
  db: Db<FormTables>,
): Promise<Map<string, { definition: FormDefinition; changedBy: number | null }>> {
  const newest = new Map((await listFormVersions(db)).toReversed().map((version) => [version.form, version]))
  const versions = [...newest.values()]
  const definitions = await getForms(db, versions)
  return new Map(
    definitions.map((definition, at) => [definition.form, { definition, changedBy: versions[at]?.changedBy ?? null }]),
  )
}

const isSame = (one: FormDefinition, other: FormDefinition): boolean =>
  canonical({ ...one, version: 0, validTo: null }) === canonical({ ...other, version: 0, validTo: null })
