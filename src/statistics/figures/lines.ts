import { dayOf, type Day, type Instant } from '../../platform/day.ts'
import { listAgencies } from '../../staff/index.ts'
import type { Breakdown, FigureId, FigureLine } from './contract.ts'
import type { SumRow } from './figure-store.ts'
import type { FigureContext } from './followers.ts'
import { labelsFor } from './labels.ts'
import { figures, type MeasureId, type Part, type Period } from './rules/figures.ts'
import { bucketOf, bucketsOf, isTime, type TimeBreakdown } from './rules/question.ts'

/** Sums before the period and during it. */
type Sums = { before: Map<MeasureId, number>; during: Map<MeasureId, number> }

type Values = Record<string, number>

export function addUp(rows: readonly SumRow[]): Sums {
  const sums: Sums = { before: new Map(), during: new Map() }
  for (const { part, sums: some } of rows)
    for (const [id, count] of Object.entries(some) as [MeasureId, number][])
      sums[part].set(id, (sums[part].get(id) ?? 0) + count)
  return sums
}

export const valuesOf = (ids: readonly FigureId[], sums: Sums): Values =>
  Object.fromEntries(ids.map((id) => [id, figures[id].reduce((sum, part) => sum + valueOf(part, sums), 0)]))

function valueOf({ measure, when }: Part, { before, during }: Sums): number {
  const [earlier, here] = [before.get(measure) ?? 0, during.get(measure) ?? 0]
  if (when === 'before') return earlier
  return when === 'during' ? here : earlier + here
}

type Lines = { rows: readonly SumRow[]; by: Breakdown; told: readonly FigureId[]; period: Period; knownAt: Instant }

export async function linesOf(
  context: FigureContext,
  { rows, by, told, period, knownAt }: Lines,
): Promise<FigureLine[]> {
  if (isTime(by)) return timeLines({ rows, by, told, period })
  const day = dayOf(knownAt)
  const keyed = by === 'level' ? await byLevel(context, rows, day) : rows
  const groups = new Map<string, SumRow[]>()
  for (const row of keyed) groups.set(row.key, [...(groups.get(row.key) ?? []), row])
  const label = await labelsFor(context, { by, keys: [...groups.keys()], day })
  return [...groups]
    .map(([key, some]) => ({ key, ...label(key), values: valuesOf(told, addUp(some)) }))
    .filter(({ values }) => Object.values(values).some((value) => value !== 0))
    .toSorted((one, other) => one.order - other.order || one.label.localeCompare(other.label, 'vi'))
    .map(({ order: _order, ...line }) => line)
}

/** What stands open at the end of one day, week or month stands before the next. */
function timeLines({ rows, by, told, period }: Omit<Lines, 'by' | 'knownAt'> & { by: TimeBreakdown }): FigureLine[] {
  const before = addUp(rows.filter(({ part }) => part === 'before')).before
  const during = new Map<string, SumRow[]>()
  for (const row of rows) {
    if (row.part === 'before') continue
    const key = bucketOf(row.key, by)
    during.set(key, [...(during.get(key) ?? []), row])
  }
  const running = new Map(before)
  return bucketsOf(period, by).map((key) => {
    const sums = { before: new Map(running), during: addUp(during.get(key) ?? []).during }
    for (const [id, count] of sums.during) running.set(id, (running.get(id) ?? 0) + count)
    return { key, label: key, labelEn: key, values: valuesOf(told, sums) }
  })
}

async function byLevel({ db }: FigureContext, rows: readonly SumRow[], day: Day): Promise<SumRow[]> {
  const found = await listAgencies(db, [...new Set(rows.map(({ key }) => Number(key)))], day)
  const kinds = new Map(found.map(({ agencyId, kind }) => [String(agencyId), kind as string]))
  return rows.map((row) => ({ ...row, key: kinds.get(row.key) ?? 'other' }))
}
