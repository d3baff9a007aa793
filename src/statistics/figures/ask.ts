import { packCursor, unpackCursor } from '../../platform/cursor.ts'
import { addDays, isDay, type Instant } from '../../platform/day.ts'
import { withScope, withSnapshot } from '../../platform/db.ts'
import { isId } from '../../platform/id.ts'
import { percentOf } from '../../platform/money.ts'
import type { Breakdown, FigureDossier, FigureId, FigureTable, Question, RateId } from './contract.ts'
import { knownMembers } from './fact-store.ts'
import {
  listFacts,
  sumFacts,
  sumNotYetDue,
  sumRollUps,
  type ListedFact,
  type ListPlace,
  type SumRow,
} from './figure-store.ts'
import type { FigureContext } from './followers.ts'
import { procedureName } from './labels.ts'
import { addUp, linesOf, valuesOf } from './lines.ts'
import { notApportioned } from './predecessors.ts'
import { figures, rates, type MeasureId, type Period } from './rules/figures.ts'
import {
  coverOf,
  dayBefore,
  grainFor,
  measuresOf,
  periodOf,
  piecesOf,
  piecesUntil,
  tellable,
  type Grain,
  type LineKey,
} from './rules/question.ts'
import { catchUp, narrow, selectionOf } from './selection.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

/**
 * The numbers of these figures for the agencies and days of the question, told apart by `by`. Agencies must have been
 * checked against who asks; row-level security shows no others. With `knownAt` the answer is that of the log as it stood
 * then and stays so for ever. Figures that a breakdown cannot tell (what stands open, by weekday) are left out of it.
 */
export async function askFigures(
  context: FigureContext,
  question: Question,
  ids: readonly FigureId[],
  by?: Breakdown,
  line?: LineKey,
): Promise<FigureTable> {
  const narrowed = await narrow(context, question, line)
  const now = context.clock()
  const knownAt = question.knownAt ?? now
  await catchUp(context, question.knownAt, now)
  const told = tellable(ids, by ?? narrowed?.line?.by)
  const period = periodOf(narrowed?.question ?? question, knownAt)
  const rows = narrowed ? await sum(context, narrowed.question, { period, ids: told, by, line: narrowed.line }) : []
  const lines = by === undefined ? [] : await linesOf(context, { rows, by, told, period, knownAt })
  return {
    knownAt,
    notApportioned: await notApportioned(context, question.agencies),
    total: { key: null, label: vi.total, labelEn: en.total, values: valuesOf(told, addUp(rows)) },
    lines,
  }
}

/** The shares that people compare, each under its own convention; null where nothing arose: neither 0 nor 100 %. */
export type RateValue = { rate: RateId; numerator: number; denominator: number; percent: number | null }

/** All rates of the question; `percent` with two decimals, half up (QĐ 766: two decimals). */
export async function askRates(
  context: FigureContext,
  question: Question,
  only?: readonly RateId[],
): Promise<RateValue[]> {
  const wanted = only ?? (Object.keys(rates) as RateId[])
  const needed = new Set(
    wanted.flatMap((rate) => [...rates[rate].numerator, ...rates[rate].denominator].map(({ figure }) => figure)),
  )
  const { total } = await askFigures(context, question, [...needed])
  const sumOf = (terms: (typeof rates)[RateId]['numerator']) =>
    terms.reduce((sum, { figure, sign }) => sum + sign * (total.values[figure] ?? 0), 0)
  return wanted.map((rate) => {
    const [numerator, denominator] = [sumOf(rates[rate].numerator), sumOf(rates[rate].denominator)]
    return { rate, numerator, denominator, percent: percentOf(numerator, denominator) ?? null }
  })
}

/** The dossiers behind a figure, the latest first; as many as the number says. */
export async function listFigure(
  context: FigureContext,
  question: Question,
  figure: FigureId,
  { cursor, limit = 50, line }: { cursor?: string | undefined; limit?: number; line?: LineKey | undefined } = {},
): Promise<{ items: FigureDossier[]; next: string | null; knownAt: Instant }> {
  const now = context.clock()
  const knownAt = question.knownAt ?? now
  await catchUp(context, question.knownAt, now)
  const narrowed = await narrow(context, question, line)
  if (!narrowed || tellable([figure], narrowed.line?.by).length === 0) return { items: [], next: null, knownAt }
  const period = periodOf(narrowed.question, knownAt)
  const { agencies } = narrowed.question
  const selection = selectionOf(narrowed.question, narrowed.line)
  const found = await withScope(context.db, { agencies }, (tx) =>
    listFacts(tx, selection, { figure, period, after: readPlace(cursor), limit: limit + 1 }),
  )
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items: await Promise.all(items.map((fact) => toFigureDossier(context, fact))),
    next: found.length > limit && last ? packCursor([last.sortOn, last.dossierId]) : null,
    knownAt,
  }
}

const toFigureDossier = async (
  context: Pick<FigureContext, 'db'>,
  {
    procedureVersionId,
    ended,
    timely,
    isOverdue,
    isWaiting,
    sortOn: _sort,
    unitId: _unit,
    officerId: _officer,
    ...fact
  }: ListedFact,
): Promise<FigureDossier> => ({
  ...fact,
  procedureName: await procedureName(context, { procedureVersionId, procedureCode: fact.procedureCode }),
  timeliness: timelinessOf({ ended, timely, isOverdue, isWaiting }),
})

/** In the words of the register: how it ended, or how it stood at the end of the period. */
function timelinessOf({
  ended,
  timely,
  isOverdue,
  isWaiting,
}: Pick<ListedFact, 'ended' | 'timely' | 'isOverdue' | 'isWaiting'>): string {
  if (ended !== null) return timely ?? 'none'
  if (isWaiting) return 'waiting'
  return isOverdue ? 'open-late' : 'open'
}

function readPlace(cursor: string | undefined): ListPlace | undefined {
  const [sortOn, dossierId] = (cursor === undefined ? undefined : unpackCursor(cursor)) ?? []
  return typeof sortOn === 'string' && isDay(sortOn) && isId(dossierId) ? { sortOn, dossierId } : undefined
}

type Asked = { period: Period; ids: readonly FigureId[]; by: Breakdown | undefined; line: LineKey | undefined }

/** Roll-ups for what is known now; for an earlier moment corrected by the facts that have changed since. */
async function sum(
  context: FigureContext,
  question: Question,
  { period, ids: told, by, line }: Asked,
): Promise<SumRow[]> {
  const ids = measuresOf(told)
  const selection = selectionOf(question, line)
  const grain = grainFor(question.filter, by, line)
  // One moment of the database: sums and what corrects them must not part.
  return withSnapshot(context.db, { agencies: question.agencies }, async (tx) => {
    const [dueLater, members] = await Promise.all([
      sumNotYetDue(tx, selection, { by, period }),
      knownMembers(tx, context.db),
    ])
    const notYetDue = dueLater.map((row) => ({
      ...row,
      sums: Object.fromEntries(Object.entries(row.sums).filter(([id]) => ids.includes(id as MeasureId))),
    }))
    if (grain === undefined)
      return [...(await sumFacts(tx, selection, { by, ids, period, correcting: false })), ...notYetDue]
    const cover = coverOf(question.agencies, members)
    const asked = {
      pieces: [
        ...(needsBefore(told)
          ? piecesUntil(dayBefore(period)).map((piece) => ({ ...piece, part: 'before' as const }))
          : []),
        ...piecesOf(period.from, addDays(period.to, 1), coarsestFor(by, line)).map((piece) => ({
          ...piece,
          part: 'during' as const,
        })),
      ],
      filter: question.filter,
      line,
      by,
      ids,
    }
    const summed = await Promise.all([
      ...scopesFor(cover, grain, by).map(({ scopes, grain: of }) => sumRollUps(tx, { ...asked, scopes, grain: of })),
      ...(question.knownAt === null
        ? []
        : [sumFacts(tx, { ...selection, agencies: cover.agencies }, { by, ids, period, correcting: true })]),
    ])
    return [...summed.flat(), ...notYetDue]
  })
}

/** Which roll-ups to read: of the fewest scopes, or where agencies are told apart, of these. */
function scopesFor(
  { scopes, agencies }: ReturnType<typeof coverOf>,
  grain: Grain,
  by: Breakdown | undefined,
): { scopes: number[]; grain: Grain }[] {
  if (by !== 'agency' && by !== 'level') return [{ scopes: grain === 'unit' ? agencies : scopes, grain }]
  if (grain !== 'all') return [{ scopes: agencies, grain }]
  return [
    { scopes: scopes.filter((scopeId) => scopeId < 0), grain: 'agency' },
    { scopes: scopes.filter((scopeId) => scopeId > 0), grain: 'all' },
  ]
}

const needsBefore = (ids: readonly FigureId[]): boolean =>
  ids.some((id) => figures[id].some(({ when }) => when !== 'during'))

function coarsestFor(by: Breakdown | undefined, line: LineKey | undefined): 'day' | 'month' | 'year' {
  if (by === 'day' || by === 'week' || by === 'weekday' || line?.by === 'weekday') return 'day'
  return by === 'month' ? 'month' : 'year'
}
