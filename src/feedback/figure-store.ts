import { sql, type RawBuilder } from 'kysely'
import { packCursor, readCursor } from '../platform/cursor.ts'
import { withScope, type Db } from '../platform/db.ts'
import type { CountedPetition, PetitionFigureId, PetitionFigureKind, PetitionQuestion } from './contract.ts'
import { petitionFigures, type FigureDefinition } from './rules/figures.ts'

// Answered or refused, withdrawn, passed on: from then on nothing of the agency is outstanding.
const finished = sql`least(f.resolved_on, f.ended_on)`
const isForwarded = sql`(f.referral is not null or f.transferred)`
const days = { received: sql`f.received_on`, finished, published: sql`f.published_on`, resolved: sql`f.resolved_on` }

function conditionOf(definition: FigureDefinition, { from, to }: PetitionQuestion): RawBuilder<unknown> {
  const { counts, own, forwarded, resolved, withdrawn, inTime } = definition
  const parts: RawBuilder<unknown>[] = []
  if ('day' in counts) parts.push(sql`${days[counts.day]} between ${from}::date and ${to}::date`)
  else if ('receivedAndSettled' in counts)
    parts.push(sql`f.received_on between ${from}::date and ${to}::date and f.resolved_on <= ${to}::date`)
  else if (counts.open === 'before')
    parts.push(sql`f.received_on < ${from}::date and (${finished} is null or ${finished} >= ${from}::date)`)
  else parts.push(sql`f.received_on <= ${to}::date and (${finished} is null or ${finished} > ${to}::date)`)
  if (own) parts.push(sql`not ${isForwarded}`)
  if (forwarded) parts.push(isForwarded)
  if (resolved) parts.push(sql`f.resolved_on is not null`)
  if (withdrawn) parts.push(sql`f.status = 'withdrawn'`)
  if (inTime !== undefined) parts.push(sql`f.resolved_in_time = ${inTime}`)
  return sql`(${sql.join(parts, sql` and `)})`
}

const kindOf = (kind: PetitionFigureKind | undefined): RawBuilder<unknown> => {
  if (kind === undefined) return sql`true`
  return kind === 'other' ? sql`f.kind is null` : sql`f.kind = ${kind}`
}

/** The facts as they were known at the moment that is asked for; the number and the list are both taken from them. */
function behind(
  figure: PetitionFigureId,
  kind: PetitionFigureKind | undefined,
  question: PetitionQuestion,
): RawBuilder<unknown> {
  const { agencies, knownAt } = question
  const known = (alias: string) =>
    knownAt === null ? sql`true` : sql`${sql.ref(`${alias}.known_from`)} <= ${knownAt}::timestamptz`
  return sql`from feedback.fact f
    where f.agency_id = any(${[...agencies]}::int[]) and ${known('f')}
      and not exists (select from feedback.fact l where l.agency_id = f.agency_id and l.petition_id = f.petition_id
        and l.version > f.version and ${known('l')})
      and ${conditionOf(petitionFigures[figure], question)} and ${kindOf(kind)}`
}

type Asked = { figure: PetitionFigureId; kind?: PetitionFigureKind | undefined }

/** How many petitions a figure counts. */
export async function countPetitions<Tables>(
  db: Db<Tables>,
  question: PetitionQuestion,
  { figure, kind }: Asked,
): Promise<number> {
  return withScope(db, { agencies: question.agencies }, async (tx) => {
    const { rows } = await sql<{
      count: number
    }>`select count(*)::int as count ${behind(figure, kind, question)}`.execute(tx)
    return rows[0]?.count ?? 0
  })
}

const PAGE = 100

/** The petitions behind a number, a page at a time, in the order in which they came. */
export async function listCounted<Tables>(
  db: Db<Tables>,
  question: PetitionQuestion,
  { figure, kind, cursor, limit = PAGE }: Asked & { cursor?: string | undefined; limit?: number },
): Promise<{ items: CountedPetition[]; next: string | null }> {
  const after = readCursor(cursor, ['day', 'id'])
  const from = after ? sql`(f.received_on, f.petition_id) > (${after[0]}::date, ${after[1]}::uuid)` : sql`true`
  return withScope(db, { agencies: question.agencies }, async (tx) => {
    const { rows } = await sql<CountedPetition>`select f.agency_id as "agencyId", f.petition_id as "petitionId", f.code,
      f.received_on as "receivedOn", f.status, ${finished} as "endedOn"
      ${behind(figure, kind, question)} and ${from}
      order by f.received_on, f.petition_id limit ${limit + 1}`.execute(tx)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? packCursor([last.receivedOn, last.petitionId]) : null }
  })
}
