import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonical } from '../platform/canonical.ts'
import type { Instant } from '../platform/day.ts'
import { GENESIS } from './chain.ts'
import type { DossierContext } from './commands.ts'
import { followLog } from './followers.ts'
import type { DossierTables, DossierTx } from './store.ts'
import { listCodedAgencyIds } from '../staff/index.ts'

export type Seal = DossierTables['dossiers.seal']
export type SealedHead = DossierTables['dossiers.sealed_head']

/** One hash for a set of heads, whatever order they were found in. */
export const headsHash = (heads: readonly Pick<SealedHead, 'dossier_id' | 'version' | 'head_hash'>[]): Buffer =>
  createHash('sha256')
    .update(
      canonical(
        heads
          .map(({ dossier_id, version, head_hash }) => [dossier_id, version, head_hash.toString('hex')])
          .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      ),
    )
    .digest()

/** What a seal says, as it is hashed. */
export const sealHash = (seal: Omit<Seal, 'hash' | 'mac'>): Buffer =>
  createHash('sha256')
    .update(
      canonical({
        agencyId: seal.agency_id,
        number: seal.number,
        sealedAt: seal.sealed_at,
        dossiers: seal.dossiers,
        events: seal.events,
        heads: seal.heads_hash.toString('hex'),
        previous: seal.previous_hash.toString('hex'),
      }),
    )
    .digest()

/** The last seal of each agency, kept beside the keys: it shows when the newest seals themselves were taken away. */
export type SealHeads = Record<string, { number: number; hash: string }>

const headsFile = (context: Pick<DossierContext, 'keys'>) => join(context.keys.dir, 'seals.json')

export function readSealHeads(context: Pick<DossierContext, 'keys'>): SealHeads {
  const file = headsFile(context)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SealHeads) : {}
}

function writeSealHeads(context: DossierContext, made: readonly Seal[]): void {
  const heads = readSealHeads(context)
  for (const seal of made) heads[seal.agency_id] = { number: seal.number, hash: seal.hash.toString('hex') }
  const file = headsFile(context)
  writeFileSync(`${file}.new`, `${JSON.stringify(heads, null, 1)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/**
 * Seals what has come to the log since the last time: for each agency the heads of the dossiers that changed, how many
 * dossiers and events there are in all, chained to the seal before and authenticated by a key outside the database.
 */
export async function sealLog(context: DossierContext): Promise<number> {
  const agencies = await listCodedAgencyIds(context.db)
  const made: Seal[] = []
  let read: number
  do {
    const round: Seal[] = []
    read = await followLog(context, { name: 'dossiers.seals', agencies, limit: 20_000 }, async (tx, entries) => {
      for (const [agencyId, own] of Map.groupBy(entries, (entry) => entry.agency_id)) {
        const heads = new Map<string, { version: number; head_hash: Buffer }>()
        for (const entry of own) {
          if (entry.version > (heads.get(entry.dossier_id)?.version ?? 0))
            heads.set(entry.dossier_id, { version: entry.version, head_hash: entry.hash })
        }
        round.push(
          await sealAgency(context, tx, {
            agencyId,
            heads,
            events: own.length,
            begun: own.filter(({ version }) => version === 1).length,
            at: context.clock(),
          }),
        )
      }
    })
    made.push(...round)
  } while (read > 0)
  if (made.length > 0) writeSealHeads(context, made)
  return made.length
}

async function sealAgency(
  context: DossierContext,
  tx: DossierTx,
  {
    agencyId,
    heads,
    events,
    begun,
    at,
  }: {
    agencyId: number
    heads: ReadonlyMap<string, { version: number; head_hash: Buffer }>
    events: number
    begun: number
    at: Instant
  },
): Promise<Seal> {
  const last = await tx
    .selectFrom('dossiers.seal')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const number = (last?.number ?? 0) + 1
  const sealed = [...heads].map(([dossier_id, head]) => ({ agency_id: agencyId, number, dossier_id, ...head }))
  const seal = {
    agency_id: agencyId,
    number,
    sealed_at: at,
    dossiers: (last?.dossiers ?? 0) + begun,
    events: (last?.events ?? 0) + events,
    heads_hash: headsHash(sealed),
    previous_hash: last?.hash ?? GENESIS,
  }
  const hash = sealHash(seal)
  const whole = { ...seal, hash, mac: context.keys.mac('seal', hash) }
  await tx.insertInto('dossiers.seal').values(whole).execute()
  for (let from = 0; from < sealed.length; from += 5000)
    await tx
      .insertInto('dossiers.sealed_head')
      .values(sealed.slice(from, from + 5000))
      .execute()
  return whole
}
