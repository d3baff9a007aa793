import { reaches, wantedLevel, type Citizen, type WantedLevel } from '../accounts/index.ts'
import type { FilingContext } from './flow.ts'

/** How well the one who files must be known, if that is better than now; the first authority that asks for more counts. */
export async function wantedLevelFor(
  context: Pick<FilingContext, 'db'>,
  {
    agencyIds,
    procedureCode,
    citizen,
  }: { agencyIds: readonly number[]; procedureCode: string; citizen: Citizen | null },
): Promise<WantedLevel | null> {
  for (const agencyId of agencyIds) {
    const wanted = await wantedLevel(context, { agencyId, procedureCode })
    if (!reaches(citizen?.level ?? null, wanted)) return wanted
  }
  return null
}
