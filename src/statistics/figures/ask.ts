import { findVersion, listFields, listShortNames } from '../../catalogue/index.ts'
import { addDays, dayOf, type Day, type Instant } from '../../platform/day.ts'
import { packCursor, unpackCursor } from '../../platform/cursor.ts'
import { loadLogs } from '../../dossiers/index.ts'
import { withScope, withSnapshot } from '../../platform/db.ts'
import { listAgencies, listOfficerNames, listPredecessors, listUnitNames } from '../../staff/index.ts'
import type { Breakdown, FigureDossier, FigureId, FigureLine, FigureTable, Question, RateId } from './contract.ts'
import { knownMembers } from './fact-store.ts'
import {
  countLoad,
  listDifferences,
  listFacts,
  sumFacts,
  sumLoad,
  sumNotYetDue,
  sumRollUps,
  type ListedFact,
  type ListPlace,
  type Selection,
  type SumRow,
} from './figure-store.ts'
import { bringUpToDate, type FigureContext } from './followers.ts'
import { type ListedStay, listStays, listSteps, type StayPlace, type StepRow, sumSteps } from './step-store.ts'
import { bottlenecks, ownTime, percentile } from './rules/steps.ts'
import { percentOf } from '../../platform/money.ts'
import { figures, rates, type MeasureId, type Part, type Period } from './rules/figures.ts'
import {
  bucketOf,
  bucketsOf,
  coverOf,
  dayBefore,
  grainFor,
  isTime,
  measuresOf,
  narrowTo,
  periodOf,
  piecesOf,
  piecesUntil,
  tellable,
  type Grain,
  type LineKey,
  type TimeBreakdown,
} from './rules/question.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

/** Sums before the period and during it. */
type Sums = { before: Map<MeasureId, number>; during: Map<MeasureId, number> }
type Values = Record<string, number>

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
  if (typeof dossierId !== 'string' || !/^[0-9a-f-]{36}$/.test(dossierId)) return undefined
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

const wordIn = (words: Record<string, string>, key: string): string => words[key] ?? key

/** A dossier that figures count otherwise than before, and the later entries of its log that made it so. */
export type Difference = Pick<
  FigureDossier,
  'agencyId' | 'dossierId' | 'code' | 'field' | 'procedureCode' | 'procedureName'
> & {
  figures: { figure: FigureId; before: number; after: number }[]
  causes: { version: number; type: string; occurredAt: Instant; recordedAt: Instant; officer: string | null }[]
}

/** What was learnt between two moments and changed these figures of the period, dossier by dossier. */
export async function listDifferencesOf(
  context: FigureContext,
  question: Question & { knownAt: Instant },
  {
    until,
    figures: ids,
    cursor,
    limit = 50,
  }: { until: Instant | null; figures: readonly FigureId[]; cursor?: string | undefined; limit?: number },
): Promise<{ items: Difference[]; next: string | null }> {
  const later = until ?? context.clock()
  await bringUpToDate(context, { patienceMs: PAGE_PATIENCE_MS })
  const { agencies } = question
  const [after] = (cursor === undefined ? undefined : unpackCursor(cursor)) ?? []
  return withScope(context.db, { agencies }, async (tx) => {
    const found = await listDifferences(tx, selectionOf(question), {
      ids,
      earlier: { knownAt: question.knownAt, period: periodOf(question, question.knownAt) },
      later: { knownAt: later, period: periodOf(question, later) },
      after: typeof after === 'string' && /^[0-9a-f-]{36}$/.test(after) ? after : undefined,
      limit: limit + 1,
    })
    const page = found.slice(0, limit)
    const entries = await loadLogs(tx, page)
    const names = await listOfficerNames(context.db, [
      ...new Set(entries.flatMap(({ officer_id: id }) => (id === null ? [] : [id]))),
    ])
    const items = await Promise.all(
      page.map(async ({ before, after: now, versions, procedureVersionId, ...dossier }): Promise<Difference> => ({
        ...dossier,
        procedureName: await procedureName(context, { procedureVersionId, procedureCode: dossier.procedureCode }),
        figures: ids
          .map((figure, index) => ({ figure, before: before[index] ?? 0, after: now[index] ?? 0 }))
          .filter((each) => each.before !== each.after),
        causes: entries
          .filter((entry) => entry.dossier_id === dossier.dossierId && versions.includes(entry.version))
          .map((entry) => ({
            version: entry.version,
            type: entry.type,
            occurredAt: entry.occurred_at,
            recordedAt: entry.recorded_at,
            officer: entry.officer_id === null ? null : (names.get(entry.officer_id) ?? null),
          })),
      })),
    )
    const last = page.at(-1)
    return { items, next: found.length > limit && last ? packCursor([last.dossierId]) : null }
  })
}

const procedureName = async (
  { db }: Pick<FigureContext, 'db'>,
  { procedureVersionId, procedureCode }: { procedureVersionId: number; procedureCode: string },
): Promise<string> => (await findVersion(db, procedureVersionId))?.version.shortName ?? procedureCode

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
  if (typeof sortOn !== 'string' || typeof dossierId !== 'string') return undefined
  return /^\d{4}-\d\d-\d\d$/.test(sortOn) && /^[0-9a-f-]{36}$/.test(dossierId) ? { sortOn, dossierId } : undefined
}

const JUST_NOW_MS = 5 * 60_000
/** A page would rather show what was read so far than wait for a mass that is being brought in. */
const PAGE_PATIENCE_MS = 2000

/** What is asked as of a moment just past must stay so: the log is read up to it first. */
async function catchUp(context: FigureContext, knownAt: Instant | null, now: Instant): Promise<void> {
  if (knownAt !== null && Date.parse(now) - Date.parse(knownAt) < JUST_NOW_MS)
    await bringUpToDate(context, { patienceMs: PAGE_PATIENCE_MS })
}

/** The question of one line; undefined when there is no such line. */
async function narrow(
  context: FigureContext,
  question: Question,
  line: LineKey | undefined,
): Promise<{ question: Question; line?: LineKey } | undefined> {
  const { filter } = question
  const with_ = (change: Question['filter']) => ({ question: { ...question, filter: { ...filter, ...change } } })
  switch (line?.by) {
    case undefined:
      return { question }
    case 'day':
    case 'week':
    case 'month': {
      const narrowed = narrowTo(question, line.by, line.key)
      return narrowed && { question: narrowed }
    }
    case 'agency':
      return question.agencies.includes(Number(line.key))
        ? { question: { ...question, agencies: [Number(line.key)] } }
        : undefined
    case 'level': {
      const found = await listAgencies(context.db, question.agencies, dayOf(context.clock()))
      const agencies = found.filter(({ kind }) => kind === line.key).map(({ agencyId }) => agencyId)
      return agencies.length > 0 ? { question: { ...question, agencies } } : undefined
    }
    case 'field':
      return with_({ field: line.key })
    case 'procedure':
      return with_({ procedures: [line.key] })
    case 'channel':
      return with_({ channel: line.key })
    case 'unit':
      return with_({ unitId: Number(line.key) })
    case 'officer':
      return with_({ officerId: Number(line.key) })
    case 'weekday':
    case 'hour':
    case 'load':
      return { question, line }
  }
}

const selectionOf = ({ agencies, filter, knownAt }: Question, line?: LineKey): Selection => ({
  agencies,
  filter,
  knownAt,
  line,
})

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

// --- From sums to values --------------------------------------------------------------------------------------------------

function addUp(rows: readonly SumRow[]): Sums {
  const sums: Sums = { before: new Map(), during: new Map() }
  for (const { part, sums: some } of rows)
    for (const [id, count] of Object.entries(some) as [MeasureId, number][])
      sums[part].set(id, (sums[part].get(id) ?? 0) + count)
  return sums
}

const valuesOf = (ids: readonly FigureId[], sums: Sums): Values =>
  Object.fromEntries(ids.map((id) => [id, figures[id].reduce((sum, part) => sum + valueOf(part, sums), 0)]))

function valueOf({ measure, when }: Part, { before, during }: Sums): number {
  const [earlier, here] = [before.get(measure) ?? 0, during.get(measure) ?? 0]
  if (when === 'before') return earlier
  return when === 'during' ? here : earlier + here
}

type Lines = { rows: readonly SumRow[]; by: Breakdown; told: readonly FigureId[]; period: Period; knownAt: Instant }

async function linesOf(context: FigureContext, { rows, by, told, period, knownAt }: Lines): Promise<FigureLine[]> {
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

// --- Labels ---------------------------------------------------------------------------------------------------------------

type Label = { label: string; labelEn: string; order: number }

/** What people call the keys of a breakdown, in Vietnamese and English, and their order where it is not that of the words. */
async function labelsFor(
  { db }: FigureContext,
  { by, keys, day }: { by: Breakdown; keys: readonly string[]; day: Day },
): Promise<(key: string) => Label> {
  const ids = keys.map(Number)
  const same = (label: string | undefined, key: string, order = 0): Label => ({
    label: label ?? key,
    labelEn: label ?? key,
    order,
  })
  switch (by) {
    case 'field': {
      const fields = new Map((await listFields(db)).map((field, index) => [field.key, { ...field, order: index }]))
      return (key) => {
        const field = fields.get(key)
        return field
          ? { label: field.name, labelEn: field.nameEn || field.name, order: field.order }
          : same(undefined, key, 999)
      }
    }
    case 'procedure': {
      const names = await listShortNames(db, keys, day)
      return (key) => same(names.get(key), key)
    }
    case 'agency': {
      const found = await listAgencies(db, ids, day)
      const names = new Map(found.map(({ agencyId, fullName, fullNameEn }) => [agencyId, { fullName, fullNameEn }]))
      return (key) => {
        const name = names.get(Number(key))
        return { ...same(name?.fullName, key), ...(name?.fullNameEn ? { labelEn: name.fullNameEn } : {}) }
      }
    }
    case 'unit': {
      const names = await listUnitNames(db, ids)
      return (key) =>
        names.has(Number(key))
          ? same(names.get(Number(key)), key)
          : { label: vi.unknown, labelEn: en.unknown, order: 1 }
    }
    case 'officer': {
      const names = await listOfficerNames(db, ids)
      return (key) =>
        names.has(Number(key)) ? same(names.get(Number(key)), key) : { label: vi.nobody, labelEn: en.nobody, order: 1 }
    }
    case 'channel':
      return worded(vi.channels, en.channels)
    case 'level':
      return worded(vi.levels, en.levels)
    case 'weekday':
      return (key) => ({ ...worded(vi.weekdays, en.weekdays)(key), order: Number(key) })
    case 'hour':
      return (key) => ({ ...same(vi.hour(Number(key)), key, Number(key)), labelEn: en.hour(Number(key)) })
    case 'day':
    case 'week':
    case 'month':
      return (key) => same(undefined, key)
  }
}

const worded =
  (words: Record<string, string>, wordsEn: Record<string, string>) =>
  (key: string): Label => ({
    label: words[key] ?? key,
    labelEn: wordsEn[key] ?? key,
    order: Object.keys(words).indexOf(key),
  })

// --- Predecessors ---------------------------------------------------------------------------------------------------------

/** Agencies that only partly went into those asked for, so that nobody can tell which of their past belongs here. */
async function notApportioned({ db, clock }: FigureContext, agencies: readonly number[]): Promise<number[]> {
  const asked = new Set(agencies)
  const found = await predecessorsOf(db, agencies, dayOf(clock()))
  return [
    ...new Set(found.filter(({ agencyId, whole }) => !whole && !asked.has(agencyId)).map(({ agencyId }) => agencyId)),
  ]
}

type Found = Awaited<ReturnType<typeof listPredecessors>>
const FRESH_MS = 30_000
const remembered = new WeakMap<object, Map<string, { at: number; found: Promise<Found> }>>()

/** Successions change a few times in years; they are asked for again after half a minute. */
export function predecessorsOf(db: FigureContext['db'], agencies: readonly number[], day: Day): Promise<Found> {
  const known = remembered.get(db) ?? new Map<string, { at: number; found: Promise<Found> }>()
  remembered.set(db, known)
  const key = `${day} ${agencies.join(',')}`
  const recent = known.get(key)
  if (recent && performance.now() - recent.at < FRESH_MS) return recent.found
  if (known.size > 1000) known.clear()
  const found = listPredecessors(db, agencies, day)
  known.set(key, { at: performance.now(), found })
  found.catch(() => known.delete(key))
  return found
}
