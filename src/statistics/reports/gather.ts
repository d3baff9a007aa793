import { addDays, dayOf, type Day, type Instant } from '../../platform/day.ts'
import {
  answersFor,
  authorityName,
  getAgency,
  inSentence,
  listAgencies,
  shortAuthorityName,
  subtree,
} from '../../staff/index.ts'
import { askFigures } from '../figures/index.ts'
import type { Breakdown, FigureId, Question } from '../figures/contract.ts'
import type { LoadedReport } from '../forms/contract.ts'
import type { ReportContext } from './context.ts'
import type { Template } from './contract.ts'
import { hasRecords, type FactLine, type Facts, type PeriodFacts, type ReportAgency } from './rules/facts.ts'
import { inSentence as nameInSentence, lastYearSpan, nextName, previousSpan } from './rules/period.ts'

/** What reports count; the rest of the figures has no place in them. */
const wanted: readonly FigureId[] = [
  'carried',
  'received',
  'received-online',
  'received-counter',
  'received-post',
  'resolved',
  'resolved-early',
  'resolved-on-time',
  'resolved-late',
  'withdrawn',
  'stopped',
  'closed',
  'open',
  'open-in-time',
  'open-overdue',
  'open-waiting',
  'not-received',
  'supplemented',
  'extended',
  'apologised',
  'late-without-apology',
  'digitised',
  'reused',
  'electronic-result',
]

type Span = { from: Day; to: Day }
type PeriodQuestion = {
  agencies: readonly number[]
  span: Span
  name: string
  knownAt: Instant | null
  by: readonly Breakdown[]
}

/** The figures of a period, of everything and by each breakdown. */
export async function periodFacts(
  context: ReportContext,
  { agencies, span, name, knownAt, by }: PeriodQuestion,
): Promise<PeriodFacts & { knownAt: Instant }> {
  const question: Question = { agencies: [...agencies], from: span.from, to: span.to, knownAt, filter: {} }
  const ask = context.answerFigures ?? ((...asked) => askFigures(context, ...asked))
  const tables = await Promise.all(
    (by.length === 0 ? [undefined] : by).map(async (one) => ({
      one,
      table: await ask(question, wanted, one),
    })),
  )
  const [first] = tables
  if (!first) throw new Error('no figures')
  const lines = Object.fromEntries(
    tables.flatMap(({ one, table }) => (one ? [[one, table.lines.flatMap(toLine)]] : [])),
  )
  return { name, ...span, total: first.table.total.values, lines, knownAt: first.table.knownAt }
}

const toLine = ({
  key,
  label,
  values,
}: {
  key: string | null
  label: string
  values: Record<string, number>
}): FactLine[] => (key === null ? [] : [{ key, label, values }])

/** Everything that a report is written from: its own period, the one before, the year before, its forms. */
export async function factsOf(context: ReportContext, report: LoadedReport, template: Template): Promise<Facts> {
  const { period } = report
  const knownAt = report.state === 'draft' || report.state === 'returned' ? null : report.knownAt
  const area = template === 'thematic' || report.basis === 'units'
  const agency = await describeAgency(context, report.agency.agencyId, period.to)
  const agencies = await (area ? subtree : answersFor)(context.db, agency.agencyId, period.to)
  const by: Breakdown[] = template === 'thematic' ? ['field', 'level', 'agency'] : ['field']
  const name = nameInSentence(period.name)
  const span = { from: period.from, to: period.to }
  const current = await periodFacts(context, { agencies, span, name, knownAt, by })
  const earlier = async (span: Span | null) => {
    if (!span) return null
    // Told as of the same moment: the report agrees with itself.
    const facts = await periodFacts(context, { agencies, span, name: '', knownAt: current.knownAt, by: [] })
    return hasRecords(facts) ? facts : null
  }
  const [previous, lastYear] = await Promise.all([
    earlier(previousSpan(period.type, period)),
    earlier(lastYearSpan(period)),
  ])
  return {
    agency,
    agencies,
    current: await withAgencyNames(context, current),
    unit: period.type === 'year' ? 'năm' : 'kỳ',
    previous,
    lastYear,
    next: nextName(period.type, period.to),
    year: Number(period.to.slice(0, 4)),
    forms: report.forms,
    knownAt: current.knownAt,
  }
}

export async function describeAgency({ db }: ReportContext, agencyId: number, day: Day): Promise<ReportAgency> {
  const agency = await getAgency(db, agencyId, day)
  return {
    agencyId,
    name: authorityName(agency),
    short: shortAuthorityName(agency),
    territory: inSentence(agency.fullName),
    level: agency.kind,
  }
}

/** Communes beside each other stand under the names of their authorities. */
async function withAgencyNames({ db }: ReportContext, facts: PeriodFacts): Promise<PeriodFacts> {
  const lines = facts.lines.agency
  if (!lines) return facts
  const ids = lines.map(({ key }) => Number(key)).filter(Number.isSafeInteger)
  const agencies = new Map((await listAgencies(db, ids, facts.to)).map((agency) => [String(agency.agencyId), agency]))
  const named = lines.map((line) => {
    const agency = agencies.get(line.key)
    return agency ? { ...line, label: shortAuthorityName(agency) } : line
  })
  return { ...facts, lines: { ...facts.lines, agency: named } }
}

/** Days that a routine paper tells of. */
export async function routineFacts(
  context: ReportContext,
  { agencyId, span, knownAt, unit }: { agencyId: number; span: Span; knownAt: Instant | null; unit: 'ngày' | 'tuần' },
): Promise<Facts> {
  const agency = await describeAgency(context, agencyId, span.to)
  const agencies = await answersFor(context.db, agencyId, span.to)
  const by: Breakdown[] = unit === 'tuần' ? ['field', 'unit'] : ['field']
  const current = await periodFacts(context, { agencies, span, name: unit, knownAt, by })
  const before = { from: addDays(span.from, -7), to: addDays(span.from, -1) }
  const previous =
    unit === 'tuần'
      ? await periodFacts(context, { agencies, span: before, name: '', knownAt: current.knownAt, by: [] })
      : null
  return {
    agency,
    agencies,
    current,
    unit,
    previous: previous && hasRecords(previous) ? previous : null,
    lastYear: null,
    next: '',
    year: Number(span.to.slice(0, 4)),
    forms: [],
    knownAt: current.knownAt,
  }
}

export const todayOf = ({ clock }: Pick<ReportContext, 'clock'>): Day => dayOf(clock())
