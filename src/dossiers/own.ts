import { withScope } from '../platform/db.ts'
import type { Instant } from '../platform/day.ts'
import { listCodedAgencyIds } from '../staff/index.ts'
import type { DossierContext } from './commands.ts'
import type { Status } from './rules/events.ts'
import { identityIndex } from './sealing.ts'
import { listDisclosures, listOwn } from './store.ts'

/** A dossier in the list of the person whom it concerns. */
export type OwnDossier = {
  agencyId: number
  dossierId: string
  code: string
  status: Status
  procedureCode: string
  channel: string
  lodgedAt: Instant
  dueAt: Instant | null
  finishedAt: Instant | null
}

const MOST = 200

/**
 * The dossiers in which somebody of this number is applicant, submitter, owner or delegate, newest first, wherever they
 * were handed in. To be asked only for a person whose number was vouched for.
 */
export async function listDossiersOf(context: DossierContext, identityNumber: string): Promise<OwnDossier[]> {
  const index = identityIndex(context.keys, identityNumber)
  if (!index) return []
  const agencies = await listCodedAgencyIds(context.db)
  const rows = await withScope(context.db, { agencies }, (tx) => listOwn(tx, { agencies, index, most: MOST }))
  return rows.map((row) => ({
    agencyId: row.agency_id,
    dossierId: row.dossier_id,
    code: row.code,
    status: row.status,
    procedureCode: row.procedure_code,
    channel: row.channel,
    lodgedAt: row.lodged_at,
    dueAt: row.due_current,
    finishedAt: row.finished_at,
  }))
}

/** Each time a number of the person was shown in full to an officer, newest first. */
export type OwnDisclosure = { agencyId: number; dossierId: string; officerId: number; reason: string; at: Instant }

/** Of these dossiers; to be asked only for a person whose dossiers they are. */
export async function listDisclosuresIn(
  context: DossierContext,
  dossiers: readonly Pick<OwnDossier, 'agencyId' | 'dossierId'>[],
): Promise<OwnDisclosure[]> {
  if (dossiers.length === 0) return []
  const agencies = [...new Set(dossiers.map(({ agencyId }) => agencyId))]
  const dossierIds = dossiers.map(({ dossierId }) => dossierId)
  const rows = await withScope(context.db, { agencies }, (tx) =>
    listDisclosures(tx, { agencies, dossierIds, most: MOST }),
  )
  return rows.map((row) => ({
    agencyId: row.agency_id,
    dossierId: row.dossier_id,
    officerId: row.officer_id,
    reason: row.reason,
    at: row.disclosed_at,
  }))
}
