import { isDeepStrictEqual } from 'node:util'
import { sql, type Generated, type JSONColumnType } from 'kysely'
import type { Day, Instant } from '../platform/day.ts'
import { addDays } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { checkVersion } from './check.ts'
import type { Field, ProcedureVersion } from './contract.ts'
import type { Finding } from './rules/findings.ts'
import { mayPublish } from './rules/findings.ts'
import { meaningsOf, type Meaning } from './rules/everyday.ts'
import { searchWords } from './rules/search-key.ts'
import { fitVersion, isInForce, type PublishRefusal, type Validity } from './rules/validity.ts'

export type CatalogueTables = {
  'catalogue.field': { field: string; name: string; name_en: string; position: number }
  'catalogue.procedure': { code: string; created_at: Generated<Instant> }
  'catalogue.procedure_version': {
    version_id: Generated<number>
    code: string
    valid_from: Day
    valid_to: Day | null
    name: string
    short_name: string
    field: string
    keywords: string
    content: JSONColumnType<ProcedureVersion>
    published_at: Generated<Instant>
    published_by: number | null
  }
  'catalogue.offering': { agency_id: number; code: string; valid_from: Day; valid_to: Day | null }
  'catalogue.fee_amount': {
    agency_id: number
    code: string
    fee_key: string
    valid_from: Day
    valid_to: Day | null
    amount: number
    basis: string
  }
  'catalogue.change': {
    change_id: Generated<number>
    changed_at: Generated<Instant>
    changed_by: number | null
    what: string
    code: string | null
    details: JSONColumnType<object>
  }
}

/** A version as it is kept; `version.validTo` is the end that holds now. */
export type StoredVersion = { versionId: number; version: ProcedureVersion }

export type CatalogueRefusal =
  | PublishRefusal
  | { code: 'not-valid'; findings: Finding[] }
  | { code: 'unknown-procedure' }
  | { code: 'ends-before-start'; validFrom: Day }
  | { code: 'already-closed'; validTo: Day }

type CatalogueDb = Db<CatalogueTables>

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

const recordChange = (
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

// Search

export type ProcedureItem = Validity & {
  versionId: number
  code: string
  name: string
  shortName: string
  field: string
}
export type ProcedureQuery = {
  /** As typed: accents, tone marks and order do not matter, the last word may be unfinished. */
  words?: string
  day: Day
  field?: string
  /** Only procedures that one of these agencies offers on that day. */
  agencyIds?: readonly number[]
  after?: { rank: number; name: string; versionId: number }
  limit?: number
}
export type ProcedurePage = {
  items: ProcedureItem[]
  next: ProcedureQuery['after'] | null
  /** The words were found nowhere; these are the nearest names. */
  approximate: boolean
}

/** Procedures in force by words, names first. Without words in the order of the alphabet. */
export async function searchProcedures(db: CatalogueDb, query: ProcedureQuery): Promise<ProcedurePage> {
  const { day, after, limit = 20 } = query
  const words = [...new Set(searchWords(query.words ?? ''))].slice(0, 12)
  // A word of one or two letters begins too many others; only the last may still be on its way.
  const begun = (word: string, place: number) => (word.length < 3 && place < words.length - 1 ? word : `${word}:*`)
  const whole = (part: 'A' | 'AB') =>
    words.length === 0
      ? sql`false`
      : sql`search @@ to_tsquery('simple', ${words.map((word) => `${word}:${part}`).join(' & ')})`
  const asked = words.map(begun).join(' & ')
  const within = (part: 'A' | 'AB') =>
    sql`(search @@ to_tsquery('simple', ${words.map((word, place) => `${word}:${begun(word, place).endsWith('*') ? '*' : ''}${part}`).join(' & ')}))::int`
  // All words in the everyday name, then all in it and the keywords; of these the shortest name, which says nothing else.
  const rank =
    words.length === 0
      ? sql<number>`0`
      : sql<number>`(2000 * ${within('A')} + 1000 * ${within('AB')} + 900 - least(length(short_name), 900))`
  const name = sql`short_name collate "vi-x-icu"`
  const found = await sql<ProcedureItem & { rank: number; named: boolean; whole: boolean }>`
    select version_id as "versionId", code, name, short_name as "shortName", field, valid_from as "validFrom", valid_to as "validTo",
      ${rank} as rank, ${whole('A')} as named, ${whole('AB')} as whole
    from catalogue.procedure_version
    where valid_from <= ${day} and (valid_to is null or valid_to >= ${day})
      ${words.length === 0 ? sql`` : sql`and search @@ to_tsquery('simple', ${asked})`}
      ${narrowed(query)}
      ${after ? sql`and (-${rank}, ${name}, version_id) > (${-after.rank}::int, ${after.name} collate "vi-x-icu", ${after.versionId}::int)` : sql``}
    order by ${words.length === 0 ? sql`` : sql`${rank} desc,`} ${name}, version_id
    limit ${limit + 1}`.execute(db)
  // A known saying goes before; and the words of a question may all stand in a long official name by chance.
  const isSaying = meaningsOf(query.words ?? '').some((meaning) => meaning.length > 1)
  if (words.length > 0 && !after && (isSaying || (found.rows[0]?.rank ?? 0) < 1000)) {
    const meant = await byMeaning(db, query)
    if (meant.items.length > 0 && (!meant.approximate || found.rows.length === 0)) return meant
    if (found.rows.length === 0) return nearest(db, query, words.join(' '))
  }
  // Where an everyday name has just these words, what only begins like them or hides them in its official name is none of it.
  const isNamed = found.rows.some(({ named }) => named)
  const items = found.rows.slice(0, limit).filter(({ whole }) => !isNamed || whole)
  const last = items.at(-1)
  return {
    items: items.map(({ rank: _, named: _named, whole: _whole, ...item }) => item),
    next:
      last && found.rows.length > limit && items.length === limit
        ? { rank: last.rank, name: last.shortName, versionId: last.versionId }
        : null,
    approximate: false,
  }
}

/** A rare word of the question says more than a common one, and the everyday name more than the keywords. */
async function byMeaning(db: CatalogueDb, query: ProcedureQuery): Promise<ProcedurePage> {
  const meanings = meaningsOf(query.words ?? '').slice(0, 8)
  const asked = (meaning: Meaning, part: string) =>
    meaning
      .map((words) => `(${words.map((word) => `${word}:${word.length < 3 ? '' : '*'}${part}`).join(' & ')})`)
      .join(' | ')
  const weight = (meaning: Meaning) =>
    sql`(case when search @@ to_tsquery('simple', ${asked(meaning, 'A')}) then 3
              when search @@ to_tsquery('simple', ${asked(meaning, 'B')}) then 2
              when search @@ to_tsquery('simple', ${asked(meaning, 'ABC')}) then 1 else 0 end)`
  const { rows } = await sql<ProcedureItem & { weights: number[] }>`
    select version_id as "versionId", code, name, short_name as "shortName", field, valid_from as "validFrom", valid_to as "validTo",
      array[${sql.join(meanings.map(weight))}] as weights
    from catalogue.procedure_version
    where valid_from <= ${query.day} and (valid_to is null or valid_to >= ${query.day})
      and search @@ to_tsquery('simple', ${meanings.map((meaning) => asked(meaning, 'ABC')).join(' | ')})
      ${narrowed(query)}`.execute(db)
  const rarity = meanings.map((_, place) => 1 / (1 + rows.filter(({ weights }) => weights[place] !== 0).length))
  const scored = rows
    .map(({ weights, ...item }) => ({
      item,
      score: weights.reduce((sum, each, place) => sum + each * Math.sqrt(rarity[place] ?? 0), 0),
      met: weights.filter(Boolean).length,
    }))
    .toSorted(
      (a, b) =>
        b.met - a.met ||
        b.score - a.score ||
        a.item.shortName.length - b.item.shortName.length ||
        a.item.versionId - b.item.versionId,
    )
  const best = scored[0]?.met ?? 0
  // What merely mentions a word somewhere stands far behind what is called so.
  const enough = (meanings.length === 1 ? 0.7 : 0.4) * (scored[0]?.score ?? 0)
  const items = scored.filter(({ met, score }) => met * 2 > best && score >= enough).map(({ item }) => item)
  return {
    items: items.slice(0, query.limit ?? 20),
    next: null,
    approximate: items.length > 0 && best < meanings.length,
  }
}

async function nearest(db: CatalogueDb, query: ProcedureQuery, words: string): Promise<ProcedurePage> {
  const text = sql`platform.search_text(short_name || ' ' || keywords)`
  const { rows } = await sql<ProcedureItem>`
    select version_id as "versionId", code, name, short_name as "shortName", field, valid_from as "validFrom", valid_to as "validTo"
    from catalogue.procedure_version
    where valid_from <= ${query.day} and (valid_to is null or valid_to >= ${query.day})
      and ${words} operator(public.<%) ${text}
      ${narrowed(query)}
    order by public.word_similarity(${words}, ${text}) desc, version_id
    limit ${query.limit ?? 20}`.execute(db)
  return { items: rows, next: null, approximate: rows.length > 0 }
}

const narrowed = ({ field, agencyIds, day }: ProcedureQuery) => sql`
  ${field === undefined ? sql`` : sql`and field = ${field}`}
  ${
    agencyIds === undefined
      ? sql``
      : sql`and exists (select from catalogue.offering where offering.code = procedure_version.code and offering.agency_id = any (${agencyIds}::int[])
          and offering.valid_from <= ${day} and (offering.valid_to is null or offering.valid_to >= ${day}))`
  }`

// Fields

export const listFields = (db: CatalogueDb): Promise<Field[]> =>
  db
    .selectFrom('catalogue.field')
    .select(['field as key', 'name', 'name_en as nameEn', 'position as order'])
    .orderBy('position')
    .orderBy('field')
    .execute()

/** How many procedures of each field hold on a day. */
export async function countByField(db: CatalogueDb, day: Day): Promise<Map<string, number>> {
  const { rows } = await sql<{ field: string; count: number }>`
    select field, count(*)::int as count from catalogue.procedure_version
    where valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) group by field`.execute(db)
  return new Map(rows.map(({ field, count }) => [field, count]))
}

// Which agency offers what, and for how much

/** Agencies take these procedures in from a day on; what they offer already stays as it is. */
export async function offerProcedures(
  db: CatalogueDb,
  {
    agencyId,
    codes,
    validFrom,
    by = null,
  }: { agencyId: number; codes: readonly string[]; validFrom: Day; by?: number | null },
): Promise<number> {
  if (codes.length === 0) return 0
  const { rows } = await sql<{ code: string }>`
    insert into catalogue.offering (agency_id, code, valid_from)
    select ${agencyId}::int, code, ${validFrom}::date from catalogue.procedure
    where code = any (${codes}::text[]) and not exists (
      select from catalogue.offering o where o.agency_id = ${agencyId}::int and o.code = procedure.code and (o.valid_to is null or o.valid_to >= ${validFrom}::date))
    returning code`.execute(db)
  if (rows.length > 0)
    await recordChange(db, {
      by,
      what: 'offered',
      code: null,
      details: { agencyId, validFrom, codes: rows.map(({ code }) => code) },
    })
  return rows.length
}

/** The agency no longer takes these procedures in after the last day. */
export async function stopOffering(
  db: CatalogueDb,
  {
    agencyId,
    codes,
    lastDay,
    by = null,
  }: { agencyId: number; codes: readonly string[]; lastDay: Day; by?: number | null },
): Promise<number> {
  const { rows } = await sql<{ code: string }>`
    update catalogue.offering set valid_to = ${lastDay}::date
    where agency_id = ${agencyId}::int and code = any (${codes}::text[]) and valid_from <= ${lastDay}::date and valid_to is null
    returning code`.execute(db)
  if (rows.length > 0)
    await recordChange(db, {
      by,
      what: 'offering-ended',
      code: null,
      details: { agencyId, lastDay, codes: rows.map(({ code }) => code) },
    })
  return rows.length
}

/** Codes that an agency offers on a day. */
export async function offeredOn(db: CatalogueDb, agencyId: number, day: Day): Promise<string[]> {
  const rows = await db
    .selectFrom('catalogue.offering')
    .select('code')
    .where('agency_id', '=', agencyId)
    .where('valid_from', '<=', day)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', day)]))
    .orderBy('code')
    .execute()
  return rows.map(({ code }) => code)
}

/** Agencies that offer a procedure on a day. */
export async function agenciesOffering(db: CatalogueDb, code: string, day: Day): Promise<number[]> {
  const rows = await db
    .selectFrom('catalogue.offering')
    .select('agency_id')
    .where('code', '=', code)
    .where('valid_from', '<=', day)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', day)]))
    .orderBy('agency_id')
    .execute()
  return rows.map((row) => row.agency_id)
}

/** Agencies that offer anything at all on a day, at most so many. */
export async function listOfferingAgencies(db: CatalogueDb, day: Day, limit: number): Promise<number[]> {
  const { rows } = await sql<{ agency_id: number }>`
    select distinct agency_id from catalogue.offering
    where valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by agency_id limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.agency_id)
}

/** Amounts by `feeKey` that hold at an agency; the agency named first wins, so give the nearest first, then its province. */
export async function feeAmountsOn(
  db: CatalogueDb,
  { agencyIds, code, day }: { agencyIds: readonly number[]; code: string; day: Day },
): Promise<Record<string, number>> {
  const { rows } = await sql<{ fee_key: string; amount: number }>`
    select distinct on (fee_key) fee_key, amount from catalogue.fee_amount
    where code = ${code} and agency_id = any (${agencyIds}::int[]) and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})
    order by fee_key, array_position(${agencyIds}::int[], agency_id), valid_from desc`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.fee_key, row.amount]))
}

/** Sets an amount from a day on; the one before it ends on the day before. */
export async function setFeeAmount(
  db: CatalogueDb,
  amount: {
    agencyId: number
    code: string
    feeKey: string
    validFrom: Day
    amount: number
    basis: string
    by?: number | null
  },
): Promise<Result<true, CatalogueRefusal>> {
  return db.transaction().execute(async (tx) => {
    await tx.selectFrom('catalogue.procedure').select('code').where('code', '=', amount.code).forUpdate().execute()
    const newest = await tx
      .selectFrom('catalogue.fee_amount')
      .select(['valid_from as validFrom', 'valid_to as validTo'])
      .where('agency_id', '=', amount.agencyId)
      .where('code', '=', amount.code)
      .where('fee_key', '=', amount.feeKey)
      .orderBy('valid_from', 'desc')
      .executeTakeFirst()
    const fit = fitVersion(newest, { validFrom: amount.validFrom, validTo: null }, { mayLeaveGap: true })
    if (!fit.ok) return fit
    await tx
      .updateTable('catalogue.fee_amount')
      .set({ valid_to: addDays(amount.validFrom, -1) })
      .where('agency_id', '=', amount.agencyId)
      .where('code', '=', amount.code)
      .where('fee_key', '=', amount.feeKey)
      .where('valid_from', '<', amount.validFrom)
      .where('valid_to', 'is', null)
      .execute()
    await tx
      .insertInto('catalogue.fee_amount')
      .values({
        agency_id: amount.agencyId,
        code: amount.code,
        fee_key: amount.feeKey,
        valid_from: amount.validFrom,
        valid_to: null,
        amount: amount.amount,
        basis: amount.basis,
      })
      .execute()
    const { by = null, ...details } = amount
    await recordChange(tx, { by, what: 'fee-amount-set', code: amount.code, details })
    return accept(true as const)
  })
}

// Seed

export type CatalogueData = { fields: readonly Field[]; versions: readonly unknown[] }
export type SeedReport = {
  published: number
  unchanged: number
  refused: { code: string; validFrom: string; refusal: CatalogueRefusal }[]
}

/** Brings the procedures that come with the program into the database; doing it again changes nothing. */
export async function seedCatalogue(db: CatalogueDb, data: CatalogueData): Promise<SeedReport> {
  await saveFields(db, data.fields)
  const report: SeedReport = { published: 0, unchanged: 0, refused: [] }
  const start = (candidate: unknown) => (candidate as Partial<ProcedureVersion> | null)?.validFrom ?? ''
  for (const candidate of data.versions.toSorted((one, other) => (start(one) < start(other) ? -1 : 1))) {
    const result = await publishVersion(db, candidate, { mayLeaveGap: true })
    if (result.ok) report[result.value.outcome] += 1
    else
      report.refused.push({
        code: (candidate as Partial<ProcedureVersion> | null)?.code ?? '?',
        validFrom: start(candidate),
        refusal: result.refusal,
      })
  }
  return report
}

export async function saveFields(db: CatalogueDb, fields: readonly Field[]): Promise<void> {
  if (fields.length === 0) return
  await db
    .insertInto('catalogue.field')
    .values(fields.map(({ key, name, nameEn, order }) => ({ field: key, name, name_en: nameEn, position: order })))
    .onConflict((conflict) =>
      conflict.column('field').doUpdateSet((update) => ({
        name: update.ref('excluded.name'),
        name_en: update.ref('excluded.name_en'),
        position: update.ref('excluded.position'),
      })),
    )
    .execute()
}

/** A procedure that an agency takes in, with what its versions say in short; for counting. */
export type OfferedProcedure = {
  code: string
  offered: Validity[]
  versions: (Validity &
    Pick<ProcedureVersion, 'shortName' | 'levels' | 'serviceLevels' | 'linkages'> & {
      isOnline: boolean
      hasFees: boolean
    })[]
}

/** What an agency took in at some day of a span, with every version of it, also those before and after. */
export async function offeredDuring(
  db: CatalogueDb,
  agencyIds: readonly number[],
  { from, to }: { from: Day; to: Day },
): Promise<OfferedProcedure[]> {
  const { rows } = await sql<OfferedProcedure>`
    select o.code, o.offered, v.versions
    from (
      select code, jsonb_agg(jsonb_build_object('validFrom', valid_from, 'validTo', valid_to) order by valid_from) as offered
      from catalogue.offering
      where agency_id = any (${agencyIds}::int[]) and valid_from <= ${to} and (valid_to is null or valid_to >= ${from})
      group by code) o
    join lateral (
      select jsonb_agg(jsonb_build_object(
        'validFrom', valid_from, 'validTo', valid_to, 'shortName', short_name,
        'levels', content -> 'levels', 'serviceLevels', content -> 'serviceLevels', 'linkages', content -> 'linkages',
        'isOnline', jsonb_path_exists(content, '$.channelNotes[*] ? (@.channel == "online")'),
        'hasFees', jsonb_path_exists(content, '$.cases[*].fees[*]')) order by valid_from) as versions
      from catalogue.procedure_version where code = o.code) v on true
    where v.versions is not null
    order by o.code`.execute(db)
  return rows
}
