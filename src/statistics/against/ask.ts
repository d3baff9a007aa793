import { linkageOn, offeredOn, serviceLevelOn, versionOn, type ProcedureVersion } from '../../catalogue/index.ts'
import { hasUnread } from '../../dossiers/index.ts'
import { may, mayEverywhere, type Action, type Actor } from '../../identity/index.ts'
import { findAgencies, findAgencyByCode } from '../../staff/index.ts'
import { askFigures, listFigure, type FigureContext } from '../figures/index.ts'
import type { FigureDossier, FigureId, FigureTable } from '../figures/contract.ts'
import type { Comparison, Line, Loading, LoadingItem, Ours, Part, ReportItem } from './contract.ts'
import { judge, roundTo } from './rules/judge.ts'
import type { Counted, FromRecords, ListMeasure, PublishedReport, PublishedValue, Whose } from './rules/published.ts'
import { reports } from './rules/reports.ts'
import { isDemo, readLoading } from './store.ts'

/** The reader of the log that makes the figures. */
const FOLLOWER = 'statistics'

const loaded: Loading = { state: 'loaded', done: 0, of: 0 }
const waiting: Loading = { state: 'waiting', done: 0, of: 0 }

type Shown = { report: PublishedReport; item: ReportItem; agencies: Record<Whose, readonly number[]> }

/** The reports that this officer may see, each with how far its records are there. Outside of a demo there are none. */
export async function reportsFor(context: FigureContext, actor: Actor): Promise<Shown[]> {
  const { db } = context
  if (!(await isDemo(db))) return []
  const known = await readLoading(db)
  const shown: Shown[] = []
  for (const report of reports) {
    const agencies = await agenciesOf(context, report)
    if (!agencies || !isVisible(actor, 'report.read', agencies.all)) continue
    const { key, title, source, from, to, loadedAs } = report
    const loading = loadedAs === null ? loaded : (known.get(loadedAs) ?? waiting)
    shown.push({ report, agencies, item: { key, title, source, from, to, loading } })
  }
  return shown
}

/** How far the records of each report are loaded, for whoever looks after the system; empty where this is no demo. */
export async function listLoading({ db }: FigureContext): Promise<LoadingItem[]> {
  if (!(await isDemo(db))) return []
  const known = await readLoading(db)
  return reports.flatMap(({ loadedAs, title }) =>
    loadedAs === null ? [] : [{ name: loadedAs, title, ...(known.get(loadedAs) ?? waiting) }],
  )
}

export const isVisible = (actor: Actor, action: Action, agencies: readonly number[]): boolean =>
  mayEverywhere(actor, action) || agencies.every((agencyId) => may(actor, action, { agencyId }))

export const findReport = async (context: FigureContext, actor: Actor, key: string): Promise<Shown | undefined> =>
  (await reportsFor(context, actor)).find(({ report }) => report.key === key)

async function agenciesOf({ db }: FigureContext, { agency: { code, on } }: PublishedReport) {
  const agency = await findAgencyByCode(db, 'gso', code, on)
  if (!agency) return undefined
  const own = [agency.agencyId]
  const below =
    agency.kind === 'district'
      ? (await findAgencies(db, { day: on, kinds: ['commune'], parentId: agency.agencyId })).map(
          (each) => each.agencyId,
        )
      : []
  return { own, below, all: [...own, ...below] }
}

/** Every value of the report beside what our records say, as known now or at a moment. */
export async function compare(
  context: FigureContext,
  { report, item, agencies }: Shown,
  knownAt: string | null = null,
): Promise<Comparison> {
  const answers = new Answers(context, { report, agencies, knownAt })
  const values = new Map(report.values.map((value) => [value.key, value]))
  const lines: Line[] = []
  for (const value of report.values) {
    const { key, place, words, unit, decimals = 0, note = null } = value
    const ours = value.records ? await answers.to(value, value.records) : null
    lines.push({ key, place, words, value: value.value, unit, decimals, note, ours, ...judge(value, values) })
  }
  const counting = await hasUnread(context, { name: FOLLOWER, agencies: agencies.all })
  return { ...item, counting, lines }
}

type Asking = { report: PublishedReport; agencies: Shown['agencies']; knownAt: string | null }

/** Asks once for each group of agencies and takes the values out of it. */
class Answers {
  readonly #context: FigureContext
  readonly #asking: Asking
  readonly #tables = new Map<Whose, Promise<FigureTable>>()
  #list: Promise<ProcedureVersion[]> | undefined

  constructor(context: FigureContext, asking: Asking) {
    this.#context = context
    this.#asking = asking
  }

  async to({ decimals = 0 }: PublishedValue, records: FromRecords): Promise<Ours> {
    if (records.kind === 'list') return { value: await this.#listMeasure(records.measure), parts: [], ofParts: [] }
    if (records.kind === 'count') {
      const parts = await this.#parts(records)
      return { value: sumOf(parts), parts, ofParts: [] }
    }
    const [parts, ofParts] = [await this.#parts(records.numerator), await this.#parts(records.denominator)]
    const denominator = sumOf(ofParts)
    const value = denominator === 0 ? null : roundTo((100 * sumOf(parts)) / denominator, decimals)
    return { value, parts, ofParts }
  }

  async #parts({ figures, whose = 'own', fields }: Counted): Promise<Part[]> {
    const { total, lines } = await this.#table(whose)
    const of = fields ? lines.filter(({ key }) => key !== null && fields.includes(key)) : [total]
    return figures.map((figure) => ({
      figure,
      value: of.reduce((sum, { values }) => sum + (values[figure] ?? 0), 0),
    }))
  }

  #table(whose: Whose): Promise<FigureTable> {
    const { report, agencies, knownAt } = this.#asking
    const found =
      this.#tables.get(whose) ??
      askFigures(this.#context, questionOf(report, agencies[whose], knownAt), figuresOf(report), 'field')
    this.#tables.set(whose, found)
    return found
  }

  async #listMeasure(measure: ListMeasure): Promise<number> {
    const { report } = this.#asking
    const { from, to } = report
    const versions = await (this.#list ??= this.#offered())
    const count = (of: (version: ProcedureVersion) => boolean) => versions.filter(of).length
    const levelIs = (level: '3' | '4') => (version: ProcedureVersion) => serviceLevelOn(version, to)?.level === level
    switch (measure) {
      case 'offered':
        return versions.length
      case 'level-3':
        return count(levelIs('3'))
      case 'level-4':
        return count(levelIs('4'))
      case 'levels-3-and-4':
        return count(levelIs('3')) + count(levelIs('4'))
      case 'same-level':
      case 'between-levels':
        return count((version) => linkageOn(version, to)?.kind === measure)
      case 'begun':
      case 'ended': {
        const { db } = this.#context
        const [agencyId = 0] = this.#asking.agencies.own
        const [before, now] = [await offeredOn(db, agencyId, from), await offeredOn(db, agencyId, to)]
        const inForce = new Set(versions.map(({ code }) => code))
        if (measure === 'ended') return before.filter((code) => !inForce.has(code)).length
        const known = new Set(before)
        return now.filter((code) => !known.has(code)).length
      }
      case 'level-4-used-online': {
        const procedures = versions.filter(levelIs('4')).map(({ code }) => code)
        const { agencies, knownAt } = this.#asking
        const question = { ...questionOf(report, agencies.own, knownAt), filter: { procedures } }
        const { lines } = await askFigures(this.#context, question, ['received-online'], 'procedure')
        return lines.filter(({ values }) => (values['received-online'] ?? 0) > 0).length
      }
    }
  }

  async #offered(): Promise<ProcedureVersion[]> {
    const { db } = this.#context
    const { report, agencies } = this.#asking
    const codes = await offeredOn(db, agencies.own[0] ?? 0, report.to)
    const versions = await Promise.all(codes.map((code) => versionOn(db, code, report.to)))
    return versions.flatMap((stored) => stored?.version ?? [])
  }
}

const sumOf = (parts: readonly Part[]): number => parts.reduce((sum, { value }) => sum + value, 0)

const questionOf = ({ from, to }: PublishedReport, agencies: readonly number[], knownAt: string | null) => ({
  agencies: [...agencies],
  from,
  to,
  knownAt,
  filter: {},
})

const countedOf = ({ records }: PublishedValue): Counted[] => {
  if (!records || records.kind === 'list') return []
  return records.kind === 'count' ? [records] : [records.numerator, records.denominator]
}

const figuresOf = ({ values }: PublishedReport): FigureId[] => [
  ...new Set(values.flatMap((value) => countedOf(value).flatMap(({ figures }) => figures))),
]

/** The dossiers behind one part of a value, page by page; undefined when the report has no such part. */
export async function listPart(
  context: FigureContext,
  { report, agencies }: Shown,
  { line, figure, cursor, limit = 50 }: { line: string; figure: FigureId; cursor?: string | undefined; limit?: number },
): Promise<{ items: FigureDossier[]; next: string | null } | undefined> {
  const value = report.values.find(({ key }) => key === line)
  const counted = value && countedOf(value).find(({ figures }) => figures.includes(figure))
  if (!counted) return undefined
  const question = questionOf(report, agencies[counted.whose ?? 'own'], null)
  if (!counted.fields) return listFigure(context, question, figure, { cursor, limit })
  // One field after the other; the cursor says which.
  const [at = '0', rest] = (cursor ?? '0').split('|')
  const place = Number(at)
  const field = counted.fields[place]
  if (field === undefined) return { items: [], next: null }
  const page = await listFigure(context, { ...question, filter: { field } }, figure, { cursor: rest, limit })
  const following = place + 1 < counted.fields.length ? `${place + 1}` : null
  return { items: page.items, next: page.next === null ? following : `${place}|${page.next}` }
}
