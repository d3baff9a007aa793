import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'

export type PartnerKind = 'national-portal' | 'post'

export type PartnerRow = {
  partner_id: string
  kind: PartnerKind
  name: string
  address: string | null
  enabled: boolean
  made_at: Instant
  made_by: number | null
  changed_at: Instant
  changed_by: number | null
}

export type PartnerKeyRow = {
  key_id: string
  partner_id: string
  secret: Buffer
  made_at: Instant
  made_by: number | null
  last_used_at: Instant | null
  revoked_at: Instant | null
  revoked_by: number | null
}

export type PartnerTables = {
  'portal.partner': PartnerRow
  'portal.partner_key': PartnerKeyRow
  'portal.partner_nonce': { partner_id: string; nonce: string; used_at: Instant }
}

type PartnerDb = Db<PartnerTables>

export const listPartners = (db: PartnerDb): Promise<PartnerRow[]> =>
  db.selectFrom('portal.partner').selectAll().orderBy('partner_id').execute()

export const findPartner = (db: PartnerDb, partnerId: string): Promise<PartnerRow | undefined> =>
  db.selectFrom('portal.partner').selectAll().where('partner_id', '=', partnerId).executeTakeFirst()

/** False when there is one of this name already. */
export async function insertPartner(db: PartnerDb, row: PartnerRow): Promise<boolean> {
  const made = await db
    .insertInto('portal.partner')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('partner_id')
    .executeTakeFirst()
  return made !== undefined
}

export async function changePartner(
  db: PartnerDb,
  partnerId: string,
  change: Pick<PartnerRow, 'name' | 'address' | 'enabled' | 'changed_at' | 'changed_by'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.partner')
    .set(change)
    .where('partner_id', '=', partnerId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Keys without their secrets. */
export const listKeys = (db: PartnerDb): Promise<Omit<PartnerKeyRow, 'secret'>[]> =>
  db
    .selectFrom('portal.partner_key')
    .select(['key_id', 'partner_id', 'made_at', 'made_by', 'last_used_at', 'revoked_at', 'revoked_by'])
    .orderBy('made_at')
    .orderBy('key_id')
    .execute()

export const insertKey = (db: PartnerDb, row: PartnerKeyRow): Promise<unknown> =>
  db.insertInto('portal.partner_key').values(row).execute()

export async function revokeKey(
  db: PartnerDb,
  { partnerId, keyId, by, at }: { partnerId: string; keyId: string; by: number | null; at: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.partner_key')
    .set({ revoked_at: at, revoked_by: by })
    .where('partner_id', '=', partnerId)
    .where('key_id', '=', keyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A key that may be used now, of a partner that is switched on. */
export const findUsableKey = (
  db: PartnerDb,
  { partnerId, keyId }: { partnerId: string; keyId: string },
): Promise<(PartnerKeyRow & Pick<PartnerRow, 'kind' | 'address'>) | undefined> =>
  db
    .selectFrom('portal.partner_key as k')
    .innerJoin('portal.partner as p', 'p.partner_id', 'k.partner_id')
    .selectAll('k')
    .select(['p.kind', 'p.address'])
    .where('k.partner_id', '=', partnerId)
    .where('k.key_id', '=', keyId)
    .where('k.revoked_at', 'is', null)
    .where('p.enabled', '=', true)
    .executeTakeFirst()

/** The key with which we sign what we send: the one that the partner has used last, so that it is known there; else the newest. */
export const findSendingKey = (db: PartnerDb, partnerId: string): Promise<PartnerKeyRow | undefined> =>
  db
    .selectFrom('portal.partner_key')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .where('revoked_at', 'is', null)
    .orderBy('last_used_at', (order) => order.desc().nullsLast())
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Whether this number is used for the first time; notes it. */
export async function useNonce(
  db: PartnerDb,
  { partnerId, keyId, nonce, at }: { partnerId: string; keyId: string; nonce: string; at: Instant },
): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    with used as (
      insert into portal.partner_nonce (partner_id, nonce, used_at) values (${partnerId}, ${nonce}, ${at})
      on conflict do nothing returning nonce),
    noted as (
      update portal.partner_key set last_used_at = ${at} where key_id = ${keyId} and exists (select from used))
    select exists (select from used) as fresh`.execute(db)
  return rows[0]?.fresh ?? false
}

export const forgetNonces = (db: PartnerDb, before: Instant): Promise<unknown> =>
  db.deleteFrom('portal.partner_nonce').where('used_at', '<', before).execute()
