import { sql } from 'kysely'
import { loadCalendar } from '../src/calendar/index.ts'
import {
  isInForce,
  readCatalogueData,
  recordPastVersions,
  saveFields,
  type ProcedureVersion,
} from '../src/catalogue/index.ts'
import { openBulk, type Bulk } from '../src/dossiers/index.ts'
import { dayOf } from '../src/platform/day.ts'
import { addAccounts } from './accounts.ts'
import type { World } from './case.ts'
import { extraFields, readKeyFacts, versionOf, type KeyFacts } from './key-facts.ts'
import { crowdOf, planPast, settlePast } from './past.ts'
import { groupsOf } from './past-lines.ts'
import { authorities, authorityOf, type AuthorityName, type PastAuthority } from './past-places.ts'
import { openPastAccounts } from './past-accounts.ts'
import { foundPast, pastTowns } from './past-town.ts'
import { playPastPetitions } from './petitions.ts'
import { surveyThienHung } from './surveys.ts'
import type { DemoContext } from './town.ts'

/** How far the loading of an authority has come; kept in `platform.setting` as `demo/<name>`. */
export type LoadProgress = {
  name: AuthorityName
  title: string
  isOption: boolean
  state: 'waiting' | 'loading' | 'loaded'
  done: number
  of: number
}

type Query = Parameters<Parameters<Bulk['write']>[0] & object>[0]
type Kept = { state: 'loading' | 'loaded'; done: number; of: number; chunks: Record<string, number> }

/** So many dossiers are written together; a loading that is cut short goes on behind the last that were. */
const CHUNK = 1500

const settingOf = (name: string) => `demo/${name}`

const sizeOf = (name: AuthorityName): number =>
  groupsOf(name).reduce((sum, groups) => sum + groups.reduce((all, { count }) => all + count, 0), 0)

/** What is loaded and what is not. */
export async function loadingProgress({ db }: Pick<DemoContext, 'db'>): Promise<LoadProgress[]> {
  const { rows } = await sql<{ name: string; value: Kept }>`
    select name, value from platform.setting where name = any (${authorities.map(({ name }) => settingOf(name))}::text[])`.execute(
    db,
  )
  const kept = new Map(rows.map(({ name, value }) => [name, value]))
  return authorities.map(({ name, title, isOption }) => {
    const { state = 'waiting', done = 0, of = sizeOf(name) } = kept.get(settingOf(name)) ?? {}
    return { name, title, isOption, state, done, of }
  })
}

type Tell = (progress: { title: string; done: number; of: number }) => void
export type LoadOptions = { tell?: Tell; signal?: AbortSignal }
/** `elsewhere`: another process loads it at this moment. */
export type LoadOutcome = 'loaded' | 'stopped' | 'elsewhere'

/**
 * Loads an authority, or goes on where it was cut short; one that is loaded stays as it is. The dossiers are decided by
 * the rules of every day and written in chunks, each in one transaction with the count of what is done.
 */
export async function loadAuthority(
  context: DemoContext,
  name: AuthorityName,
  { tell = () => undefined, signal }: LoadOptions = {},
): Promise<LoadOutcome> {
  const authority = authorityOf(name)
  if (!authority) throw new Error(`demo: there is no authority ${name}`)
  const lock = await context.pool.connect()
  try {
    const { rows } = await lock.query<{ got: boolean }>('select pg_try_advisory_lock(hashtext($1)) as got', [
      settingOf(name),
    ])
    if (!rows[0]?.got) return 'elsewhere'
    try {
      return await load(context, authority, { tell, ...(signal ? { signal } : {}) })
    } finally {
      await lock.query('select pg_advisory_unlock(hashtext($1))', [settingOf(name)])
    }
  } finally {
    lock.release()
  }
}

async function load(
  context: DemoContext,
  authority: PastAuthority,
  { tell, signal }: LoadOptions,
): Promise<LoadOutcome> {
  const { db } = context
  const facts = readKeyFacts()
  const versions = [...(await publishKeyFacts(context, facts)), ...curatedVersions()]
  const progress = await begin(context, authority, facts)
  if (progress.state === 'loaded') return 'loaded'
  let { done } = progress
  const say = () => tell?.({ title: authority.title, done, of: progress.of })
  say()
  for (const [index, { place, name, town }] of (await pastTowns(db, authority)).entries()) {
    const { calendar } = await loadCalendar(db, town.agencyId)
    const crowd = crowdOf(authority, { gso: place.gso, place: name })
    const ground = {
      calendar,
      town,
      versionOf(code: string, at: string) {
        const version = versions.find((each) => each.code === code && isInForce(each, dayOf(at)))
        if (!version) throw new Error(`demo: no version of ${code} is in force at ${at}`)
        return version
      },
    }
    let chunk = progress.chunks[place.gso] ?? 0
    const cases = planPast(authority, index, ground, crowd).slice(chunk * CHUNK)
    if (cases.length === 0) continue
    const bulk = await openBulk(context, town.agencyId)
    const world: World = { ...ground, through: bulk }
    let writing = Promise.resolve()
    for (let from = 0; from < cases.length; from += CHUNK) {
      const part = cases.slice(from, from + CHUNK)
      await bulk.expect(
        part.map(({ wish: { code, caseKey, channel, lodgedAt } }) => ({
          procedureCode: code,
          caseKey,
          channel,
          day: dayOf(lodgedAt),
        })),
      )
      for (const [count, one] of part.entries()) {
        if (count % 100 === 0) {
          if (signal?.aborted) {
            await writing
            return 'stopped'
          }
          await new Promise((resume) => setImmediate(resume))
        }
        await settlePast(world, one, authority)
      }
      await writing
      const number = chunk++
      writing = bulk
        .write((query) => countChunk(query, { name: authority.name, gso: place.gso, number, size: part.length }))
        .then(() => {
          done += part.length
          say()
        })
      writing.catch(() => undefined) // told where it is awaited
    }
    await writing
  }
  if (authority.name === 'thien-hung')
    for (const { town } of await pastTowns(db, authority)) await surveyThienHung(context, town.agencyId)
  if (authority.name === 'tan-hong') {
    const [first] = await pastTowns(db, authority)
    if (first) await playPastPetitions(context, first.town, 'Huyện Tân Hồng, Tỉnh Đồng Tháp')
  }
  await sql`update platform.setting set value = jsonb_set(value, '{state}', '"loaded"'), set_at = now()
    where name = ${settingOf(authority.name)}`.execute(db)
  return 'loaded'
}

type Chunk = { name: string; gso: string; number: number; size: number }

/** Written with the chunk: it is there once, whoever tries. */
async function countChunk(query: Query, { name, gso, number, size }: Chunk): Promise<void> {
  const rows = await query(
    `update platform.setting set set_at = now(), value = jsonb_set(jsonb_set(value, array['chunks', $2], to_jsonb($3::int + 1)), '{done}', to_jsonb((value->>'done')::int + $4::int))
     where name = $1 and coalesce((value->'chunks'->>$2)::int, 0) = $3::int returning name`,
    [settingOf(name), gso, number, size],
  )
  if (rows.length === 0) throw new Error(`demo: chunk ${number} of ${gso} is there already`)
}

/** The authority with its people is founded in the transaction that says so: once, or not at all. */
async function begin(context: DemoContext, authority: PastAuthority, facts: readonly KeyFacts[]): Promise<Kept> {
  const name = settingOf(authority.name)
  return context.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ value: Kept }>`select value from platform.setting where name = ${name}`.execute(tx)
    if (rows[0]) return rows[0].value
    const curated = curatedVersions().filter((version) => isInForce(version, '2023-06-30'))
    await foundPast(tx, { authority, facts, curated: [...new Set(curated.map(({ code }) => code))] })
    // The same tables, within the transaction.
    const within: DemoContext = { ...context, db: tx as unknown as DemoContext['db'] }
    await addAccounts(within, await openPastAccounts(within, { authority, today: dayOf(context.clock()) }))
    const kept: Kept = { state: 'loading', done: 0, of: sizeOf(authority.name), chunks: {} }
    await sql`insert into platform.setting (name, value) values (${name}, ${JSON.stringify(kept)}::jsonb)`.execute(tx)
    return kept
  })
}

// Checked when they were published.
const curatedVersions = (): ProcedureVersion[] => readCatalogueData().versions as ProcedureVersion[]

/** Puts the procedures of which only the key facts are known into the catalogue, each for its time. */
export async function publishKeyFacts(
  { db }: Pick<DemoContext, 'db'>,
  facts: readonly KeyFacts[],
): Promise<ProcedureVersion[]> {
  const names = new Map(curatedVersions().map(({ code, name }) => [code, name]))
  const versions = facts.map((each) => versionOf(each, names))
  await saveFields(db, extraFields)
  await recordPastVersions(db, versions)
  return versions
}
