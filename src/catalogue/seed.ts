import type { Field, ProcedureVersion } from './contract.ts'
import { saveFields } from './field-store.ts'
import { publishVersion, type CatalogueRefusal } from './version-store.ts'
import type { CatalogueDb } from './tables.ts'

export type CatalogueData = { fields: readonly Field[]; versions: readonly unknown[] }

export type SeedReport = {
  published: number
  unchanged: number
  refused: { code: string; validFrom: string; refusal: CatalogueRefusal }[]
}

/** Brings the procedures that come with the program into the database; doing it again changes nothing. */
export async function seedCatalogue(db: CatalogueDb, data: CatalogueData): Promise<SeedReport> {
  await saveFields(db, data.fields)
  const report: SeedReport = { published: 0, unchanged: 0, refused: [] }
  const start = (candidate: unknown) => (candidate as Partial<ProcedureVersion> | null)?.validFrom ?? ''
  for (const candidate of data.versions.toSorted((one, other) => (start(one) < start(other) ? -1 : 1))) {
    const result = await publishVersion(db, candidate, { mayLeaveGap: true })
    if (result.ok) report[result.value.outcome] += 1
    else
      report.refused.push({
        code: (candidate as Partial<ProcedureVersion> | null)?.code ?? '?',
        validFrom: start(candidate),
        refusal: result.refusal,
      })
  }
  return report
}
