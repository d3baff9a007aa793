import { getVersion } from '../catalogue/index.ts'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import { sameBytes } from '../platform/same-bytes.ts'
import { authorityName, findAgencyByCode, findUnit, getAgency } from '../staff/index.ts'
import type { DossierContext } from './commands.ts'
import type { TrackingView } from './contract.ts'
import { namesFor } from './names.ts'
import { processUnder } from './plan.ts'
import { parseDossierCode } from './rules/code.ts'
import { identityIndex, phoneIndex } from './sealing.ts'
import { readDossier, stepName, type OpenedDossier } from './view.ts'

/** Below the public address of the system; QR codes on paper carry it, so it stays as it is. */
export const trackingPath = '/tra-cuu'

/** The key on the receipt: without it, or a number known to the applicant, a code opens nothing. 50 bits in Crockford's letters. */
export function trackingKey(
  keys: Keys,
  { agencyId, dossierId, dossier }: Pick<OpenedDossier, 'agencyId' | 'dossierId' | 'dossier'>,
): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const mac = keys.mac('tracking', `${agencyId}/${dossierId}/${dossier.code}`)
  return Array.from(mac.subarray(0, 10), (byte) => letters[byte % 32]).join('')
}

/**
 * What anybody may see who has the code and a second factor: the key of the receipt, or the telephone or identity number
 * of somebody in the dossier. Undefined for a wrong code and for a wrong factor alike. No personal data goes out.
 */
export async function track(context: DossierContext, code: string, factor: string): Promise<TrackingView | undefined> {
  const opened = await openByCode(context, code)
  return opened && knows(context, opened, factor) ? viewTracking(context, opened) : undefined
}

/** The dossier of a code, for whoever asks for proofs of the asker afterwards (`knows`). */
export async function openByCode(context: DossierContext, code: string): Promise<OpenedDossier | undefined> {
  const parsed = parseDossierCode(code)
  const agency = parsed && (await findAgencyByCode(context.db, 'dossier', parsed.agencyCode, parsed.day))
  if (!agency) return undefined
  const row = await withScope(context.db, { agencies: [agency.agencyId] }, (tx) =>
    tx
      .selectFrom('dossiers.dossier')
      .select('dossier_id')
      .where('agency_id', '=', agency.agencyId)
      .where('code', '=', code.trim().toUpperCase())
      .executeTakeFirst(),
  )
  return row && (await readDossier(context, agency.agencyId, row.dossier_id))
}

/**
 * Whether what was typed proves something: `key`, that one holds the receipt; `person`, that one knows a number of
 * somebody in the dossier.
 */
export function knows(
  context: Pick<DossierContext, 'keys'>,
  opened: OpenedDossier,
  factor: string,
): 'key' | 'person' | undefined {
  const typed = factor.trim()
  if (!typed) return undefined
  if (sameBytes(trackingKey(context.keys, opened), typed.toUpperCase())) return 'key'
  const identity = identityIndex(context.keys, typed)
  const phone = phoneIndex(context.keys, typed)
  const isKnown = opened.persons.some(
    (person) =>
      (identity && person.identity_index && identity.equals(person.identity_index)) ||
      (phone && person.phone_index && phone.equals(person.phone_index)) === true,
  )
  return isKnown ? 'person' : undefined
}

/** Steps that the applicant understands; hand-offs inside the office are not told one by one. */
const told = new Set([
  'lodged',
  'received',
  'notReceived',
  'supplementRequested',
  'supplementReceived',
  'amended',
  'feesRecounted',
  'forwarded',
  'paymentRequired',
  'paymentConfirmed',
  'extended',
  'apologised',
  'resultSigned',
  'withdrawn',
  'stopped',
  'closedUnsupplemented',
  'resultReturned',
  'correctionIssued',
])

/** The same for somebody who has shown otherwise that the dossier is theirs. */
export async function viewTracking(
  context: DossierContext,
  { dossier, events, agencyId, dossierId }: OpenedDossier,
): Promise<TrackingView> {
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const day = dayOf(dossier.lodgedAt)
  const [holder] = dossier.open
  const [names, agency, unit, process] = await Promise.all([
    namesFor(context.db, {
      units: holder ? [holder.unitId] : [],
      agencies: holder ? [holder.agencyId] : [],
      day,
    }),
    getAgency(context.db, agencyId, day),
    holder && findUnit(context.db, holder.unitId),
    holder && processUnder(context.db, { dossier, version, day }),
  ])
  return {
    agencyId,
    dossierId,
    code: dossier.code,
    procedureName: version.name,
    agencyName: authorityName(agency),
    status: dossier.status,
    holder: holder
      ? [names.unit(holder.unitId), ...(holder.agencyId === agencyId ? [] : [names.agency(holder.agencyId)])].join(', ')
      : null,
    ready: dossier.status === 'resultSigned' && dossier.open.some(({ kind }) => kind === 'return'),
    holderKind: unit?.kind ?? null,
    step: holder && process ? stepName(process, holder) : null,
    since: holder?.openedAt ?? null,
    receivedAt: dossier.receivedAt,
    answerBy: dossier.status === 'lodged' ? dossier.acceptBy : null,
    dueAt: dossier.dueCurrent,
    finishedAt: dossier.finishedAt,
    returnedAt: dossier.returnedAt,
    resultFileId: dossier.returnedAt === null ? null : dossier.resultFileId,
    completeBy: dossier.completeBy,
    steps: events
      .filter(({ type }) => told.has(type))
      .map(({ type, occurred_at, source }) => ({
        at: occurred_at,
        type: type === 'amended' && source === 'officer' ? 'amendedAtDesk' : type,
      })),
  }
}
