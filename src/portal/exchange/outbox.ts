import {
  dossierWords,
  evolve,
  followLog,
  loadLogs,
  nationalStatus,
  readDossier,
  toHappened,
  type Dossier,
  type DossierContext,
  type DossierKey,
} from '../../dossiers/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import { withScope, type Tx } from '../../platform/db.ts'
import { listCodedAgencyIds, listUnitNames } from '../../staff/index.ts'
import {
  listNationalOf,
  queueStatuses,
  settleStatus,
  takeDueStatuses,
  type NationalTables,
  type StatusRow,
} from './national-store.ts'
import { findPartner, listPartners, type PartnerTables } from './partner-store.ts'
import { sendSigned } from './partners.ts'
import { judgeAnswer, MOST_ATTEMPTS, pauseAfter } from './rules/national.ts'
import { isTold } from './rules/told.ts'
import { writeStatus, type StatusMessage } from './wire.ts'

type OutboxTables = TablesOf<DossierContext> & NationalTables & PartnerTables
export type OutboxContext = Context<OutboxTables>

const NAME = 'national-status'

/** Reads the log to its end and puts what the national portal must be told into the outbox. */
export async function followStatuses(context: OutboxContext, stopping?: AbortSignal): Promise<void> {
  const agencies = await listCodedAgencyIds(context.db)
  const read = () =>
    followLog(context, { name: NAME, agencies }, async (tx, entries) => {
      const touched = entries.map(({ agency_id, dossier_id }) => ({ agencyId: agency_id, dossierId: dossier_id }))
      await queueFor(tx, [...new Map(touched.map((key) => [key.dossierId, key])).values()], context.clock())
    })
  while (!stopping?.aborted && (await read()) > 0);
}

/** The same for one dossier that has just become known as one of the portal's: the reader of the log may be past it. */
export const queueMissing = ({ db, clock }: Pick<OutboxContext, 'db' | 'clock'>, key: DossierKey): Promise<void> =>
  withScope(db, { agencies: [key.agencyId] }, (tx) => queueFor(tx, [key], clock()))

/** Every event of these dossiers that changes what the portal shows, counted anew from the log; known ones stay as they are. */
async function queueFor(tx: Tx<OutboxTables>, keys: readonly DossierKey[], at: string): Promise<void> {
  // To a partner without an address nothing is sent.
  const told = new Set((await listPartners(tx)).flatMap((one) => (one.address === null ? [] : [one.partner_id])))
  const national = (await listNationalOf(tx, keys)).filter((row) => told.has(row.partner_id))
  const known = new Map(national.map((row) => [row.dossier_id, row]))
  if (known.size === 0) return
  const events = await loadLogs(
    tx,
    keys.filter(({ dossierId }) => known.has(dossierId)),
  )
  const rows: StatusRow[] = []
  const folded = new Map<string, Dossier>()
  for (const event of events) {
    const before = folded.get(event.dossier_id)
    const after = evolve(before, toHappened(event))
    folded.set(event.dossier_id, after)
    const from = known.get(event.dossier_id)
    if (!from || !isTold(event.body.type, before?.status, after.status)) continue
    rows.push({
      agency_id: event.agency_id,
      dossier_id: event.dossier_id,
      version: event.version,
      partner_id: from.partner_id,
      national_code: from.national_code,
      status: nationalStatus[after.status],
      happened_at: event.occurred_at,
      state: 'queued',
      attempts: 0,
      next_at: at,
      last_code: null,
      queued_at: at,
      sent_at: null,
      changed_by: null,
    })
  }
  await queueStatuses(tx, rows)
}

const LEASE_MS = 90_000
const AT_ONCE = 20

/** Sends what is due. Returns how many messages were tried. */
export async function sendStatuses(context: OutboxContext, stopping?: AbortSignal): Promise<number> {
  const agencies = await listCodedAgencyIds(context.db)
  let tried = 0
  while (!stopping?.aborted) {
    const now = context.clock()
    const until = new Date(Date.parse(now) + LEASE_MS).toISOString()
    const due = await withScope(context.db, { agencies }, (tx) =>
      takeDueStatuses(tx, { agencies, now, until, limit: AT_ONCE }),
    )
    if (due.length === 0) break
    await Promise.all(due.map((row) => sendOne(context, row)))
    tried += due.length
  }
  return tried
}

async function sendOne(context: OutboxContext, row: StatusRow): Promise<void> {
  const settle = (change: Parameters<typeof settleStatus>[2]) =>
    withScope(context.db, { agencies: [row.agency_id] }, (tx) =>
      settleStatus(
        tx,
        { agencyId: row.agency_id, dossierId: row.dossier_id, version: row.version, attempts: row.attempts },
        change,
      ),
    )
  const again = (code: string) => {
    const next = new Date(Date.parse(context.clock()) + pauseAfter(row.attempts) * 1000).toISOString()
    const state = row.attempts >= MOST_ATTEMPTS ? ('failed' as const) : ('queued' as const)
    return settle({ state, next_at: next, last_code: code })
  }
  const partner = await findPartner(context.db, row.partner_id)
  if (!partner?.enabled || !partner.address) return again('no-address')
  const message = await messageOf(context, row)
  if (!message) return settle({ state: 'skipped', last_code: 'no-dossier' })
  try {
    const answer = await sendSigned(context, {
      partnerId: row.partner_id,
      address: partner.address,
      body: writeStatus(message),
    })
    if (answer === 'no-key') return await again('no-key')
    const code = `http-${answer.status}`
    switch (judgeAnswer(answer.status)) {
      case 'done':
        return await settle({ state: 'sent', sent_at: context.clock(), last_code: code })
      case 'again':
        return await again(code)
      case 'look':
        return await settle({ state: 'failed', last_code: code })
    }
  } catch (fault) {
    // The boundary to another system: not reached is not a fault of ours.
    context.log.warn({ what: 'status-not-sent', partner: row.partner_id, reason: faultCode(fault) })
    return again(faultCode(fault))
  }
}

/** Timeouts and refused connections by their codes, without addresses. */
export function faultCode(fault: unknown): string {
  if (!(fault instanceof Error)) return 'fault'
  const { code } = (fault.cause ?? fault) as { code?: unknown }
  if (typeof code === 'string') return code.toLowerCase().slice(0, 60)
  return fault.name === 'TimeoutError' ? 'timeout' : 'not-reached'
}

/** What the portal is told, as the dossier stood after that event. */
async function messageOf(context: OutboxContext, row: StatusRow): Promise<StatusMessage | undefined> {
  const opened = await readDossier(context, row.agency_id, row.dossier_id)
  const entry = opened?.events.find(({ version }) => version === row.version)
  if (!opened || !entry) return undefined
  const dossier = opened.events
    .filter(({ version }) => version <= row.version)
    .reduce<Dossier | undefined>((before, event) => evolve(before, toHappened(event)), undefined)
  if (!dossier) return undefined
  const body = entry.body
  const ref = 'details' in body && body.details ? body.details.id : null
  const note = opened.notes.find(({ note_id }) => note_id === ref)?.content as
    | { reason?: string; items?: { paper: string; change: string }[] }
    | null
    | undefined
  const [holder] = dossier.open
  const units = holder ? await listUnitNames(context.db, [holder.unitId]) : undefined
  return {
    nationalCode: row.national_code,
    code: dossier.code,
    messageId: `${row.dossier_id}/${row.version}`,
    order: row.version,
    status: row.status,
    happenedAt: row.happened_at,
    receivedAt: dossier.receivedAt,
    dueAt: dossier.dueCurrent,
    finishedAt: dossier.finishedAt,
    unitName: holder ? (units?.get(holder.unitId) ?? null) : null,
    sentence: dossierWords.events[body.type],
    reason: note?.reason ?? null,
    items: note?.items ?? [],
    completeBy: dossier.completeBy,
    resultNumber: dossier.resultNumber,
  }
}
