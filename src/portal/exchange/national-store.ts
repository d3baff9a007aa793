import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'

export type NationalRow = {
  agency_id: number
  national_id: string
  partner_id: string
  national_code: string
  dossier_id: string | null
  state: 'arriving' | 'open' | 'withdrawn'
  updated_at: Instant | null
  content_hash: Buffer | null
  filed_at: Instant | null
  verified: boolean
  digitised: boolean
  paid: number
  busy_until: Instant | null
  made_at: Instant
  other_data: Buffer | null
}

export type DeliveryRow = {
  agency_id: number
  delivery_id: string
  partner_id: string
  received_at: Instant
  national_code: string
  outcome: 'lodged' | 'supplemented' | 'withdrawn' | 'repeated' | 'superseded' | 'refused'
  code: string | null
  detail: string | null
  dossier_id: string | null
}

export type StatusRow = {
  agency_id: number
  dossier_id: string
  version: number
  partner_id: string
  national_code: string
  status: number
  happened_at: Instant
  state: 'queued' | 'sending' | 'sent' | 'failed' | 'skipped'
  attempts: number
  next_at: Instant
  last_code: string | null
  queued_at: Instant
  sent_at: Instant | null
  changed_by: number | null
}

export type NationalTables = {
  'portal.national_dossier': NationalRow
  'portal.delivery': DeliveryRow
  'portal.status_message': StatusRow
}

type NationalDb = Db<NationalTables>

type Claimed = Pick<NationalRow, 'agency_id' | 'national_id'>

/**
 * Takes a dossier of the portal for one delivery, making its row when it is new. Undefined while another delivery of it
 * is at work; what a process that ended held is free again after its time.
 */
export async function claimNational(
  db: NationalDb,
  row: Pick<NationalRow, 'agency_id' | 'national_id' | 'partner_id' | 'national_code'> & {
    now: Instant
    until: Instant
  },
): Promise<NationalRow | undefined> {
  const { rows } = await sql<NationalRow>`
    insert into portal.national_dossier as d (agency_id, national_id, partner_id, national_code, state, busy_until, made_at)
    values (${row.agency_id}, ${row.national_id}, ${row.partner_id}, ${row.national_code}, 'arriving', ${row.until}, ${row.now})
    on conflict (partner_id, national_code) do update set busy_until = excluded.busy_until
      where d.busy_until is null or d.busy_until < ${row.now}
    returning d.*`.execute(db)
  return rows[0]
}

/** Gives the dossier free with what came of the delivery. */
export async function releaseNational(
  db: NationalDb,
  { agency_id, national_id }: Claimed,
  change: Partial<
    Pick<
      NationalRow,
      | 'dossier_id'
      | 'state'
      | 'updated_at'
      | 'content_hash'
      | 'filed_at'
      | 'verified'
      | 'digitised'
      | 'paid'
      | 'other_data'
    >
  >,
): Promise<void> {
  await db
    .updateTable('portal.national_dossier')
    .set({ ...change, busy_until: null })
    .where('agency_id', '=', agency_id)
    .where('national_id', '=', national_id)
    .execute()
}

/** A first delivery was refused: nothing is known of its dossier. */
export async function forgetNational(db: NationalDb, { agency_id, national_id }: Claimed): Promise<void> {
  await db
    .deleteFrom('portal.national_dossier')
    .where('agency_id', '=', agency_id)
    .where('national_id', '=', national_id)
    .where('dossier_id', 'is', null)
    .where('state', '=', 'arriving')
    .execute()
}

export const findNationalOf = (
  db: NationalDb,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
): Promise<NationalRow | undefined> =>
  db
    .selectFrom('portal.national_dossier')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst()

/** Of these dossiers the ones that came from a national portal. */
export async function listNationalOf(
  db: NationalDb,
  dossiers: readonly { agencyId: number; dossierId: string }[],
): Promise<NationalRow[]> {
  if (dossiers.length === 0) return []
  const { rows } = await sql<NationalRow>`
    select n.* from portal.national_dossier n
    join unnest(${dossiers.map(({ agencyId }) => agencyId)}::int[], ${dossiers.map(({ dossierId }) => dossierId)}::uuid[])
      as d (agency_id, dossier_id) on d.agency_id = n.agency_id and d.dossier_id = n.dossier_id`.execute(db)
  return rows
}

export const insertDelivery = (db: NationalDb, row: DeliveryRow): Promise<unknown> =>
  db.insertInto('portal.delivery').values(row).execute()

export const listDeliveries = (
  db: NationalDb,
  { agencies, refusedOnly, limit }: { agencies: readonly number[]; refusedOnly: boolean; limit: number },
): Promise<DeliveryRow[]> =>
  db
    .selectFrom('portal.delivery')
    .selectAll()
    .where('agency_id', 'in', [...agencies])
    .$if(refusedOnly, (query) => query.where('outcome', '=', 'refused'))
    .orderBy('received_at', 'desc')
    .orderBy('delivery_id', 'desc')
    .limit(limit)
    .execute()

// --- The outbox -----------------------------------------------------------------------------------------------------

/** Puts messages into the outbox; one that is there stays as it is. */
export async function queueStatuses(db: NationalDb, rows: readonly StatusRow[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('portal.status_message')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Takes the next message of each dossier that is due, in the order of its log: none while an earlier one is not through.
 * What a process that ended had taken is due again after its time.
 */
export async function takeDueStatuses(
  db: NationalDb,
  { agencies, now, until, limit }: { agencies: readonly number[]; now: Instant; until: Instant; limit: number },
): Promise<StatusRow[]> {
  const { rows } = await sql<StatusRow>`
    update portal.status_message m set state = 'sending', next_at = ${until}, attempts = m.attempts + 1
    from (
      select s.agency_id, s.dossier_id, s.version from portal.status_message s
      where s.agency_id = any(${[...agencies]}::int[]) and s.state in ('queued', 'sending') and s.next_at <= ${now}
        and not exists (select from portal.status_message e where e.agency_id = s.agency_id and e.dossier_id = s.dossier_id
          and e.version < s.version and e.state not in ('sent', 'skipped'))
      order by s.next_at limit ${limit} for update skip locked) due
    where m.agency_id = due.agency_id and m.dossier_id = due.dossier_id and m.version = due.version
    returning m.*`.execute(db)
  return rows
}

type StatusKey = { agencyId: number; dossierId: string; version: number }

/** What came of an attempt; nothing when somebody else has decided on the message meanwhile. */
export async function settleStatus(
  db: NationalDb,
  { agencyId, dossierId, version, attempts }: StatusKey & { attempts: number },
  change: Partial<Pick<StatusRow, 'state' | 'next_at' | 'last_code' | 'sent_at'>>,
): Promise<void> {
  await db
    .updateTable('portal.status_message')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('version', '=', version)
    .where('state', '=', 'sending')
    .where('attempts', '=', attempts)
    .execute()
}

/** An administrator has it sent again or leaves it out. False when it is not for a person to decide. */
export async function decideStatus(
  db: NationalDb,
  { agencyId, dossierId, version, by, at, state }: StatusKey & { by: number; at: Instant; state: 'queued' | 'skipped' },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.status_message')
    .set({ state, next_at: at, attempts: 0, changed_by: by })
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('version', '=', version)
    .where('state', 'in', ['failed', 'queued'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const listStatuses = (
  db: NationalDb,
  {
    agencies,
    unsentOnly,
    dossierId,
    limit,
  }: { agencies: readonly number[]; unsentOnly: boolean; dossierId?: string | undefined; limit: number },
): Promise<StatusRow[]> =>
  db
    .selectFrom('portal.status_message')
    .selectAll()
    .where('agency_id', 'in', [...agencies])
    .$if(unsentOnly, (query) => query.where('state', 'in', ['queued', 'sending', 'failed']))
    .$if(dossierId !== undefined, (query) => query.where('dossier_id', '=', dossierId ?? ''))
    .orderBy('queued_at', 'desc')
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()

/** Luật 91/2025/QH15: what the portal sent of a person besides goes with the person. */
export async function eraseOtherData(
  tx: NationalDb,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
): Promise<void> {
  await tx
    .updateTable('portal.national_dossier')
    .set({ other_data: null })
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .execute()
}
