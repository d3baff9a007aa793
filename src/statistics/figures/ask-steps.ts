import { packCursor, unpackCursor } from '../../platform/cursor.ts'
import { addDays, type Instant } from '../../platform/day.ts'
import { withScope, withSnapshot } from '../../platform/db.ts'
import { isId } from '../../platform/id.ts'
import { listOfficerNames, listUnitNames } from '../../staff/index.ts'
import type { Question } from './contract.ts'
import { knownMembers } from './fact-store.ts'
import { countLoad, sumLoad } from './figure-store.ts'
import type { FigureContext } from './followers.ts'
import { procedureName, wordIn } from './labels.ts'
import { coverOf, periodOf, piecesOf } from './rules/question.ts'
import { bottlenecks, ownTime, percentile } from './rules/steps.ts'
import { catchUp, selectionOf } from './selection.ts'
import { listStays, listSteps, sumSteps, type ListedStay, type StayPlace, type StepRow } from './step-store.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

export type LoadCell = { weekday: number; hour: number; count: number }

/** How many dossiers were received in each hour of each weekday (1 Monday … 7 Sunday) of the period. */
export async function askLoad(
  context: FigureContext,
  question: Question,
): Promise<{ cells: LoadCell[]; knownAt: Instant }> {
  const now = context.clock()
  const knownAt = question.knownAt ?? now
  await catchUp(context, question.knownAt, now)
  const period = periodOf(question, knownAt)
  const isPlain = question.knownAt === null && Object.values(question.filter).every((value) => value === undefined)
  const hours = await withScope(context.db, { agencies: question.agencies }, async (tx) => {
    if (!isPlain) return countLoad(tx, selectionOf(question), period)
    const { scopes } = coverOf(question.agencies, await knownMembers(tx, context.db))
    return sumLoad(tx, { scopes, pieces: piecesOf(period.from, addDays(period.to, 1)) })
  })
  return {
    knownAt,
    cells: hours.map(({ hour, count }) => ({ weekday: Math.floor(hour / 24), hour: hour % 24, count })),
  }
}

/** How long one step took, or what one unit or officer did; in minutes. */
export type StepTime = {
  key: string
  name: string
  nameEn: string
  /** Stays that ended in the period. */
  count: number
  median: number
  /** Nine in ten took no longer. */
  p90: number
  total: number
  /** Of them those that took longer than was allotted. */
  late: number
}

export type StepTimes = {
  knownAt: Instant
  /** The authority's own steps (or its units, its officers), the most time first. */
  steps: StepTime[]
  /** Where a dossier waited for the applicant, or for somebody to collect the result. */
  others: StepTime[]
  /** The fewest that make up half of the time. */
  bottlenecks: string[]
}

/**
 * Time that dossiers spent in each step that ended in the period, in minutes of the office, or of the clock. Medians of
 * several agencies are taken from classes of length and may be off by 2 %.
 */
export async function askSteps(
  context: FigureContext,
  question: Question,
  { by = 'step', clock = false }: { by?: 'step' | 'unit' | 'officer'; clock?: boolean } = {},
): Promise<StepTimes> {
  const now = context.clock()
  const knownAt = question.knownAt ?? now
  await catchUp(context, question.knownAt, now)
  const period = periodOf(question, knownAt)
  const { agencies, filter } = question
  const rows = await withSnapshot(context.db, { agencies }, async (tx) => {
    const selected = { agencies, filter, knownAt: question.knownAt, clock }
    const isPlain = by === 'step' && Object.values(filter).every((value) => value === undefined)
    const cover = coverOf(agencies, await knownMembers(tx, context.db))
    const scopes = cover.scopes.filter((scopeId) => scopeId < 0)
    if (!isPlain || scopes.length === 0) return listSteps(tx, selected, { by, period, own: by !== 'step' })
    const rest = cover.scopes.filter((scopeId) => scopeId > 0)
    const pieces = piecesOf(period.from, addDays(period.to, 1))
    const inside = cover.agencies.filter((agencyId) => !rest.includes(agencyId))
    return [
      ...(await sumSteps(tx, { ...selected, scopes, agencies: inside, pieces, period })),
      ...(await listSteps(tx, { ...selected, agencies: rest }, { by, period, own: false })),
    ]
  })
  const steps = await stepTimes(context, rows, by)
  const own = by === 'step' ? steps.filter(({ key }) => ownTime(key)) : steps
  return {
    knownAt,
    steps: own,
    others: by === 'step' ? steps.filter(({ key }) => !ownTime(key)) : [],
    bottlenecks: bottlenecks(own),
  }
}

/** One stay behind a number of steps. */
export type StepStay = Omit<ListedStay, 'procedureVersionId' | 'unitId' | 'officerId'> & {
  procedureName: string
  unit: string | null
  officer: string | null
}

/** The stays behind one step, unit or officer, the longest first; as many as the number says. */
export async function listStepStays(
  context: FigureContext,
  question: Question,
  {
    by,
    key,
    clock = false,
    cursor,
    limit = 50,
  }: { by: 'step' | 'unit' | 'officer'; key: string; clock?: boolean; cursor?: string | undefined; limit?: number },
): Promise<{ items: StepStay[]; next: string | null; knownAt: Instant }> {
  const now = context.clock()
  const knownAt = question.knownAt ?? now
  await catchUp(context, question.knownAt, now)
  const { agencies, filter } = question
  const found = await withScope(context.db, { agencies }, (tx) =>
    listStays(
      tx,
      { agencies, filter, knownAt: question.knownAt, clock },
      { by, key, period: periodOf(question, knownAt), own: by !== 'step', after: readStay(cursor), limit: limit + 1 },
    ),
  )
  const page = found.slice(0, limit)
  const units = await listUnitNames(context.db, [...new Set(page.map(({ unitId }) => unitId))])
  const officers = await listOfficerNames(context.db, [
    ...new Set(page.flatMap(({ officerId }) => (officerId === null ? [] : [officerId]))),
  ])
  const items = await Promise.all(
    page.map(async ({ procedureVersionId, unitId, officerId, ...stay }) => ({
      ...stay,
      procedureName: await procedureName(context, { procedureVersionId, procedureCode: stay.procedureCode }),
      unit: units.get(unitId) ?? null,
      officer: officerId === null ? null : (officers.get(officerId) ?? null),
    })),
  )
  const last = page.at(-1)
  const next = found.length > limit && last ? packCursor([last.minutes, last.dossierId, last.ordinal]) : null
  return { items, next, knownAt }
}

function readStay(cursor: string | undefined): StayPlace | undefined {
  const [minutes, dossierId, ordinal] = (cursor === undefined ? undefined : unpackCursor(cursor)) ?? []
  if (!isId(dossierId)) return undefined
  return Number.isSafeInteger(minutes) && Number.isSafeInteger(ordinal)
    ? { minutes: Number(minutes), dossierId, ordinal: Number(ordinal) }
    : undefined
}

async function stepTimes(
  { db }: FigureContext,
  rows: readonly StepRow[],
  by: 'step' | 'unit' | 'officer',
): Promise<StepTime[]> {
  const groups = new Map<string, StepRow[]>()
  for (const row of rows) groups.set(row.key, [...(groups.get(row.key) ?? []), row])
  const ids = by === 'step' ? [] : [...groups.keys()].map(Number)
  const names = by === 'unit' ? await listUnitNames(db, ids) : await listOfficerNames(db, by === 'officer' ? ids : [])
  const nameOf = (key: string): [string, string] => {
    if (by === 'step') return [wordIn(vi.steps, key), wordIn(en.steps, key)]
    const name = names.get(Number(key))
    return name === undefined ? [vi.nobody, en.nobody] : [name, name]
  }
  const sum = (of: readonly StepRow[], what: 'count' | 'total' | 'late') => of.reduce((all, row) => all + row[what], 0)
  return [...groups]
    .map(([key, of]) => {
      const [name, nameEn] = nameOf(key)
      const lengths = [...Map.groupBy(of, ({ minutes }) => minutes)].map(([minutes, same]) => ({
        minutes,
        count: sum(same, 'count'),
      }))
      return {
        key,
        name,
        nameEn,
        count: sum(of, 'count'),
        median: percentile(lengths, 0.5),
        p90: percentile(lengths, 0.9),
        total: sum(of, 'total'),
        late: sum(of, 'late'),
      }
    })
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.total - one.total || one.name.localeCompare(other.name, 'vi'))
}
