import { sql } from 'kysely'
import { isDeepStrictEqual } from 'node:util'
import type { Day, Instant } from '../platform/day.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { checkVersion } from './check.ts'
import type { ProcedureVersion } from './contract.ts'
import { listFields } from './field-store.ts'
import { mayPublish, type Finding } from './rules/findings.ts'
import { fitVersion, isInForce, type PublishRefusal, type Validity } from './rules/validity.ts'
import type { CatalogueDb } from './tables.ts'

/** A version as it is kept; `version.validTo` is the end that holds now. */
export type StoredVersion = { versionId: number; version: ProcedureVersion }

export type CatalogueRefusal =
  | PublishRefusal
  | { code: 'not-valid'; findings: Finding[] }
  | { code: 'unknown-procedure' }
  | { code: 'ends-before-start'; validFrom: Day }
  | { code: 'already-closed'; validTo: Day }

// What was published never changes, so it is read once. The days on which versions hold are asked again after a while,
// because another process (the command line) may have published.
const RANGES_FRESH_MS = 30_000

type Ranges = { readAt: number; ranges: (Validity & { versionId: number })[] }

type Cache = { versions: Map<number, ProcedureVersion>; ranges: Map<string, Ranges> }

const caches = new WeakMap<object, Cache>()

function cacheOf(db: CatalogueDb): Cache {
  const cache = caches.get(db) ?? { versions: new Map<number, ProcedureVersion>(), ranges: new Map<string, Ranges>() }
  caches.set(db, cache)
  return cache
}

/** Other versions than were read may hold now. */
export const versionsChanged = (db: CatalogueDb): void => cacheOf(db).ranges.clear()

/** The version of a procedure that holds on a day. */
export async function versionOn(db: CatalogueDb, code: string, day: Day): Promise<StoredVersion | undefined> {
  const range = (await rangesOf(db, code)).find((each) => isInForce(each, day))
  if (!range) return undefined
  return { versionId: range.versionId, version: { ...(await contentOf(db, range.versionId)), validTo: range.validTo } }
}

/** A version that is known to be there; dossiers keep its id. */
export async function getVersion(db: CatalogueDb, versionId: number): Promise<StoredVersion> {
  const stored = await findVersion(db, versionId)
  if (!stored) throw new Error(`catalogue: no version ${versionId}`)
  return stored
}

export async function findVersion(db: CatalogueDb, versionId: number): Promise<StoredVersion | undefined> {
  const known = cacheOf(db).versions.get(versionId) ?? (await loadContent(db, versionId))
  if (!known) return undefined
  const range = (await rangesOf(db, known.code)).find((each) => each.versionId === versionId)
  return { versionId, version: { ...known, validTo: range?.validTo ?? null } }
}

async function contentOf(db: CatalogueDb, versionId: number): Promise<ProcedureVersion> {
  const content = cacheOf(db).versions.get(versionId) ?? (await loadContent(db, versionId))
  if (!content) throw new Error(`catalogue: no version ${versionId}`)
  return content
}

async function loadContent(db: CatalogueDb, versionId: number): Promise<ProcedureVersion | undefined> {
  const row = await db
    .selectFrom('catalogue.procedure_version')
    .select('content')
    .where('version_id', '=', versionId)
    .executeTakeFirst()
  if (row) cacheOf(db).versions.set(versionId, row.content)
  return row?.content
}

async function rangesOf(db: CatalogueDb, code: string): Promise<Ranges['ranges']> {
  const { ranges: known } = cacheOf(db)
  const found = known.get(code)
  if (found && performance.now() - found.readAt < RANGES_FRESH_MS) return found.ranges
  const rows = await db
    .selectFrom('catalogue.procedure_version')
    .select(['version_id as versionId', 'valid_from as validFrom', 'valid_to as validTo'])
    .where('code', '=', code)
    .orderBy('valid_from', 'desc')
    .execute()
  if (rows.length > 0) known.set(code, { readAt: performance.now(), ranges: rows })
  return rows
}

export type VersionSummary = Validity & {
  versionId: number
  shortName: string
  decision: string
  publishedAt: Instant
  publishedBy: number | null
}

/** All versions of a procedure, the newest first. */
export const listVersions = (db: CatalogueDb, code: string): Promise<VersionSummary[]> =>
  db
    .selectFrom('catalogue.procedure_version')
    .select([
      'version_id as versionId',
      'valid_from as validFrom',
      'valid_to as validTo',
      'short_name as shortName',
      sql<string>`content ->> 'decision'`.as('decision'),
      'published_at as publishedAt',
      'published_by as publishedBy',
    ])
    .where('code', '=', code)
    .orderBy('valid_from', 'desc')
    .execute()

export type Published = { versionId: number; outcome: 'published' | 'unchanged'; warnings: Finding[] }

/** `fields`: keys that are known besides those in the database. */
type PublishOptions = { by?: number | null; mayLeaveGap?: boolean; fields?: readonly string[] }

/** Publishes a version; the one before it ends on the day before. Publishing the same again changes nothing. */
export async function publishVersion(
  db: CatalogueDb,
  candidate: unknown,
  options: PublishOptions = {},
): Promise<Result<Published, CatalogueRefusal>> {
  const fields = [...(await listFields(db)).map(({ key }) => key), ...(options.fields ?? [])]
  const checked = checkVersion(candidate, fields.length > 0 ? { fields } : {})
  if (!checked.version || !mayPublish(checked.findings))
    return refuse({ code: 'not-valid', findings: checked.findings })
  const { version, findings: warnings } = checked
  const write = (tx: CatalogueDb) => writeVersion(tx, version, warnings, options)
  const result = db.isTransaction ? await write(db) : await db.transaction().execute(write)
  cacheOf(db).ranges.delete(version.code)
  return result
}

async function writeVersion(
  tx: CatalogueDb,
  version: ProcedureVersion,
  warnings: Finding[],
  { by = null, mayLeaveGap = false }: PublishOptions,
): Promise<Result<Published, CatalogueRefusal>> {
  const { code, validFrom, validTo } = version
  await tx
    .insertInto('catalogue.procedure')
    .values({ code })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.selectFrom('catalogue.procedure').select('code').where('code', '=', code).forUpdate().execute()
  const stored = await tx
    .selectFrom('catalogue.procedure_version')
    .select(['version_id as versionId', 'valid_from as validFrom', 'valid_to as validTo', 'content'])
    .where('code', '=', code)
    .orderBy('valid_from', 'desc')
    .execute()
  const sameStart = stored.find((each) => each.validFrom === validFrom)
  if (sameStart) {
    const same = isDeepStrictEqual({ ...sameStart.content, validTo: null }, { ...version, validTo: null })
    if (!same) return refuse({ code: 'version-differs', validFrom })
    return accept({ versionId: sameStart.versionId, outcome: 'unchanged', warnings })
  }
  const previous = stored[0]
  const fit = fitVersion(previous, { validFrom, validTo }, { mayLeaveGap })
  if (!fit.ok) return fit
  if (previous && fit.closePreviousOn)
    await tx
      .updateTable('catalogue.procedure_version')
      .set({ valid_to: fit.closePreviousOn })
      .where('version_id', '=', previous.versionId)
      .execute()
  const { versionId } = await tx
    .insertInto('catalogue.procedure_version')
    .values({
      code,
      valid_from: validFrom,
      valid_to: validTo,
      name: version.name,
      short_name: version.shortName,
      field: version.field,
      keywords: searchedWords(version),
      content: JSON.stringify(version),
      published_by: by,
    })
    .returning('version_id as versionId')
    .executeTakeFirstOrThrow()
  await recordChange(tx, {
    by,
    what: 'version-published',
    code,
    details: { versionId, closedPreviousOn: fit.closePreviousOn },
  })
  return accept({ versionId, outcome: 'published', warnings })
}

/** Runs `work` in one transaction; what it did stays only when it says so. */
export async function withinTransaction<Value>(
  db: CatalogueDb,
  work: (tx: CatalogueDb) => Promise<{ keep: boolean; value: Value }>,
): Promise<Value> {
  const undone = new Error('undone')
  const outcome: { value?: Value } = {}
  try {
    await db.transaction().execute(async (tx) => {
      const { keep, value } = await work(tx)
      outcome.value = value
      if (!keep) throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  cacheOf(db).ranges.clear()
  // `work` has run to its end, or its fault was thrown above.
  return outcome.value as Value
}

/** What a version is found by besides its names. */
export const searchedWords = (version: ProcedureVersion): string =>
  [...version.keywords, ...version.cases.map(({ name }) => name), ...version.results.map(({ name }) => name)]
    .join(' ')
    .slice(0, 4000)

/** Ends the newest version of a procedure, e.g. because it was abolished. The last day is still in force. */
export async function closeVersion(
  db: CatalogueDb,
  { code, lastDay, by = null }: { code: string; lastDay: Day; by?: number | null },
): Promise<Result<{ versionId: number }, CatalogueRefusal>> {
  const result = await db
    .transaction()
    .execute(async (tx): Promise<Result<{ versionId: number }, CatalogueRefusal>> => {
      await tx.selectFrom('catalogue.procedure').select('code').where('code', '=', code).forUpdate().execute()
      const newest = await tx
        .selectFrom('catalogue.procedure_version')
        .select(['version_id as versionId', 'valid_from as validFrom', 'valid_to as validTo'])
        .where('code', '=', code)
        .orderBy('valid_from', 'desc')
        .executeTakeFirst()
      if (!newest) return refuse({ code: 'unknown-procedure' })
      if (newest.validTo !== null) return refuse({ code: 'already-closed', validTo: newest.validTo })
      if (lastDay < newest.validFrom) return refuse({ code: 'ends-before-start', validFrom: newest.validFrom })
      await tx
        .updateTable('catalogue.procedure_version')
        .set({ valid_to: lastDay })
        .where('version_id', '=', newest.versionId)
        .execute()
      await recordChange(tx, { by, what: 'version-closed', code, details: { versionId: newest.versionId, lastDay } })
      return accept({ versionId: newest.versionId })
    })
  cacheOf(db).ranges.delete(code)
  return result
}

export const recordChange = (
  db: CatalogueDb,
  change: { by: number | null; what: string; code: string | null; details: object },
) =>
  db
    .insertInto('catalogue.change')
    .values({ changed_by: change.by, what: change.what, code: change.code, details: JSON.stringify(change.details) })
    .execute()

/** Versions for an export: those that hold on a day, or all when none is named. */
export async function exportVersions(
  db: CatalogueDb,
  { day, codes }: { day?: Day; codes?: readonly string[] } = {},
): Promise<ProcedureVersion[]> {
  const { rows } = await sql<{ content: ProcedureVersion; valid_to: Day | null }>`
    select content, valid_to from catalogue.procedure_version
    where true ${day === undefined ? sql`` : sql`and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})`}
      ${codes === undefined ? sql`` : sql`and code = any (${codes}::text[])`}
    order by code, valid_from`.execute(db)
  return rows.map(({ content, valid_to }) => ({ ...content, validTo: valid_to }))
}
