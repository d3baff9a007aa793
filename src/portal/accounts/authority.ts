import { cleanIdentityNumber } from '../../dossiers/index.ts'
import { inTransaction } from '../../platform/db.ts'
import type { Day } from '../../platform/day.ts'
import { newId } from '../../platform/id.ts'
import type { Authority, AuthorityKind } from './contract.ts'
import { identityIndex } from './local.ts'
import type { AuthorityContent } from './rules/authority.ts'
import type { AccountContext } from './sessions.ts'
import {
  endAuthority as endRow,
  findProof,
  insertAuthority,
  insertProof,
  listAuthorities,
  type AuthorityRow,
} from './authority-store.ts'

/** So many a person may have at once; a robot would fill the house with papers. */
export const MOST_AUTHORITIES = 50

export type Proof = { fileName: string; mediaType: string; content: Buffer }

/** Records it; sent twice under one id, it is one. */
export async function recordAuthority(
  { db, keys, clock }: AccountContext,
  accountId: string,
  {
    kind,
    principal,
    basis,
    validFrom,
    validTo,
    proof,
    authorityId = newId(Date.parse(clock())),
  }: AuthorityContent & {
    kind: AuthorityKind
    validFrom: Day
    validTo: Day | null
    proof: Proof | null
    authorityId?: string
  },
): Promise<string> {
  const now = clock()
  const content: AuthorityContent = { principal, basis }
  await inTransaction(db, async (tx) => {
    const isNew = await insertAuthority(tx, {
      authorityId,
      accountId,
      kind,
      secret: keys.encrypt(JSON.stringify(content)),
      principalIndex: identityIndex(keys, cleanIdentityNumber(principal.identityNumber)),
      validFrom,
      validTo,
      now,
    })
    if (isNew && proof)
      await insertProof(tx, {
        authorityId,
        mediaType: proof.mediaType,
        fileName: keys.encrypt(proof.fileName),
        content: keys.encrypt(proof.content.toString('base64')),
        bytes: proof.content.length,
      })
  })
  return authorityId
}

/** For whom the account may act on this day; with `day` null, everything that was not ended. */
export async function mayActFor(
  { db, keys }: Pick<AccountContext, 'db' | 'keys'>,
  accountId: string,
  day: Day | null,
): Promise<Authority[]> {
  const rows = await listAuthorities(db, accountId)
  return rows
    .filter((row) => day === null || (row.validFrom <= day && (row.validTo === null || row.validTo >= day)))
    .map((row) => toAuthority(keys, row))
}

/** One of them; undefined when it is another person's, over or ended. */
export const findAuthority = async (
  context: Pick<AccountContext, 'db' | 'keys'>,
  { accountId, authorityId, day }: { accountId: string; authorityId: string; day: Day },
): Promise<Authority | undefined> =>
  (await mayActFor(context, accountId, day)).find((one) => one.authorityId === authorityId)

function toAuthority(keys: AccountContext['keys'], row: AuthorityRow): Authority {
  const { principal, basis } = JSON.parse(keys.decrypt(row.secret)) as AuthorityContent
  return {
    authorityId: row.authorityId,
    kind: row.kind,
    principal,
    basis,
    validFrom: row.validFrom,
    validTo: row.validTo,
    proof:
      row.proofName && row.proofType
        ? { fileName: keys.decrypt(row.proofName), mediaType: row.proofType, bytes: row.proofBytes ?? 0 }
        : null,
    recordedAt: row.recordedAt,
  }
}

export async function readProof(
  { db, keys }: Pick<AccountContext, 'db' | 'keys'>,
  { accountId, authorityId }: { accountId: string; authorityId: string },
): Promise<Proof | undefined> {
  const row = await findProof(db, { accountId, authorityId })
  return (
    row && {
      fileName: keys.decrypt(row.fileName),
      mediaType: row.mediaType,
      content: Buffer.from(keys.decrypt(row.content), 'base64'),
    }
  )
}

/** Ends it today. What was filed under it stays as it is. */
export const endAuthority = ({ db, clock }: AccountContext, accountId: string, authorityId: string) =>
  endRow(db, { accountId, authorityId, now: clock() })
