import { withScope } from '../../platform/db.ts'
import { reaches, type Citizen, type WantedLevel } from '../accounts/index.ts'
import type { FilingContext } from './flow.ts'
import { levelRule } from './store.ts'

/** How well the one who files must be known, if that is better than now; the first authority that asks for more counts. */
export async function wantedLevelFor(
  { db }: Pick<FilingContext, 'db'>,
  {
    agencyIds,
    procedureCode,
    citizen,
  }: { agencyIds: readonly number[]; procedureCode: string; citizen: Citizen | null },
): Promise<WantedLevel | null> {
  for (const agencyId of agencyIds) {
    const wanted = await withScope(db, { agencies: [agencyId] }, (tx) => levelRule(tx, agencyId, procedureCode))
    if (wanted && !reaches(citizen?.level ?? null, wanted)) return wanted
  }
  return null
}
