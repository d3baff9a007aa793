import { dayOf } from '../platform/day.ts'
import { findOfficer, listReceivingPoints } from '../staff/index.ts'
import type { DossierContext } from './commands.ts'
import type { Dossier } from './rules/events.ts'

/** Where an applicant asks about a slip: the officer's own telephone, else that of the place of the dossier. */
export async function contactPhone(
  { db, clock }: DossierContext,
  { agencyId, dossier }: { agencyId: number; dossier: Pick<Dossier, 'receivingPointId'> },
  officerId: number | null,
): Promise<string | null> {
  const officer = officerId === null ? undefined : await findOfficer(db, officerId)
  if (officer?.phone) return officer.phone
  const points = await listReceivingPoints(db, agencyId, dayOf(clock()))
  const own = points.find(({ receivingPointId }) => receivingPointId === dossier.receivingPointId)
  return (own?.phone || points.find(({ phone }) => phone)?.phone) ?? null
}
