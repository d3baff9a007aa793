import { sql } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { AuthorityKind } from './contract.ts'
import type { AccountDb } from './tables.ts'

/** False when it was recorded before. */
export const insertAuthority = async (
  db: AccountDb,
  authority: {
    authorityId: string
    accountId: string
    kind: AuthorityKind
    secret: Buffer
    principalIndex: Buffer | null
    validFrom: Day
    validTo: Day | null
    now: Instant
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('portal.authority')
    .values({
      authority_id: authority.authorityId,
      account_id: authority.accountId,
      kind: authority.kind,
      secret: authority.secret,
      principal_index: authority.principalIndex,
      valid_from: authority.validFrom,
      valid_to: authority.validTo,
      recorded_at: authority.now,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.column('authority_id').doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const insertProof = (
  db: AccountDb,
  proof: { authorityId: string; mediaType: string; fileName: Buffer; content: Buffer; bytes: number },
) =>
  db
    .insertInto('portal.authority_proof')
    .values({
      authority_id: proof.authorityId,
      media_type: proof.mediaType,
      file_name: proof.fileName,
      content: proof.content,
      bytes: proof.bytes,
    })
    .execute()

export type AuthorityRow = {
  authorityId: string
  kind: AuthorityKind
  secret: Buffer
  validFrom: Day
  validTo: Day | null
  recordedAt: Instant
  proofName: Buffer | null
  proofType: string | null
  proofBytes: number | null
}

export async function listAuthorities(db: AccountDb, accountId: string): Promise<AuthorityRow[]> {
  const { rows } = await sql<AuthorityRow>`
    select a.authority_id as "authorityId", a.kind, a.secret, a.valid_from as "validFrom", a.valid_to as "validTo",
      a.recorded_at as "recordedAt", p.file_name as "proofName", p.media_type as "proofType", p.bytes as "proofBytes"
    from portal.authority a left join portal.authority_proof p on p.authority_id = a.authority_id
    where a.account_id = ${accountId} and a.ended_at is null order by a.recorded_at desc, a.authority_id desc`.execute(
    db,
  )
  return rows
}

export async function findProof(
  db: AccountDb,
  { accountId, authorityId }: { accountId: string; authorityId: string },
): Promise<{ mediaType: string; fileName: Buffer; content: Buffer } | undefined> {
  const { rows } = await sql<{ mediaType: string; fileName: Buffer; content: Buffer }>`
    select p.media_type as "mediaType", p.file_name as "fileName", p.content
    from portal.authority_proof p join portal.authority a on a.authority_id = p.authority_id
    where a.account_id = ${accountId} and a.authority_id = ${authorityId}`.execute(db)
  return rows[0]
}

export async function endAuthority(
  db: AccountDb,
  { accountId, authorityId, now }: { accountId: string; authorityId: string; now: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.authority')
    .set({ ended_at: now })
    .where('authority_id', '=', authorityId)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
