import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import { meaningsOf, type Meaning } from './rules/everyday.ts'
import { searchWords } from './rules/search-key.ts'
import type { Validity } from './rules/validity.ts'
import type { CatalogueDb } from './tables.ts'

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
