import { addDays, addMonths, type Day, type Instant, instantAt, isDay } from '../../../platform/day.ts'
import { withQuery } from '../../../platform/web/filters.ts'
import type { Breakdown, FigureId } from '../contract.ts'
import { isStepsBy, type StepsBy } from './steps-view.ts'
import { nothingOpened, readLine } from './opened-view.ts'
import {
  type Cutoff,
  periodAt,
  type Period,
  readCutoff,
  readPeriod,
  type Span,
  spanOf,
  stepped,
  writePeriod,
} from './period-view.ts'

/** The filters of the pages, all of them in the address. */
export const firstFilters = (today: Day) => ({
  period: writePeriod(periodAt('month', today, 1)),
  cutoff: '1',
  /** `5`, `5+` with the area of its predecessors, `5*` with those under it; empty is the own agency. */
  agencyId: '',
  /** The figures as known by the end of a day; empty is now. */
  asOf: '',
  field: '',
  procedure: '',
  channel: '',
  unitId: '',
  officerId: '',
  by: 'field',
  view: 'balance',
  sort: '',
  compare: 'previous',
  step: '',
  times: 'step',
  table: '',
  open: '',
  line: '',
  of: '',
})
export type Filters = ReturnType<typeof firstFilters>

export type Reach = 'own' | 'area' | 'under'
export const reaches = { own: '', area: '+', under: '*' } as const satisfies Record<Reach, string>

/** What the server is asked: which records, in which days, as known when. */
export type Asked = {
  agencyId: number
  reach: Reach
  from: Day
  to: Day
  knownAt: Instant | null
  field?: string
  procedure?: string
  channel?: string
  unitId?: string
  officerId?: string
  /** One line of a breakdown that no filter tells. */
  by?: string
  key?: string
}

export type Reading = { period: Period; cutoff: Cutoff; span: Span; asOf: Day | null; asked: Asked | null }

/** Reads the address; a broken period is this month, a broken day is now. */
export function readQuestion(filters: Filters, { today, home }: { today: Day; home: number | null }): Reading {
  const cutoff = readCutoff(filters.cutoff)
  const period = readPeriod(filters.period) ?? periodAt('month', today, cutoff)
  const span = spanOf(period, cutoff)
  const asOf = isDay(filters.asOf) ? filters.asOf : null
  const { agencyId, reach } = readAgency(filters.agencyId, home)
  if (agencyId === null) return { period, cutoff, span, asOf, asked: null }
  const asked: Asked = { agencyId, reach, ...span, knownAt: asOf && endOf(asOf) }
  for (const key of ['field', 'procedure', 'channel', 'unitId', 'officerId'] as const)
    if (filters[key] !== '') asked[key] = filters[key]
  return { period, cutoff, span, asOf, asked }
}

export function readAgency(text: string, home: number | null): { agencyId: number | null; reach: Reach } {
  const reach = (['area', 'under'] as const).find((each) => text.endsWith(reaches[each])) ?? 'own'
  const number = Number.parseInt(text, 10)
  return { agencyId: Number.isSafeInteger(number) && number > 0 ? number : home, reach }
}

/** Whoever may see several living agencies stands above them. */
export const isAboveOthers = ({ agencies }: { agencies: readonly { validTo: string | null }[] }): boolean =>
  agencies.filter(({ validTo }) => validTo === null).length > 1

/** A day is known when it is over. */
export const endOf = (day: Day): Instant => instantAt(addDays(day, 1), 0)

/** The period to compare with. */
export function comparedPeriod(period: Period, compare: 'previous' | 'year'): Period {
  if (compare === 'previous') return stepped(period, -1)
  if (period.kind === 'days') return { ...period, from: addMonths(period.from, -12), to: addMonths(period.to, -12) }
  return { ...period, year: period.year - 1 }
}

/** Its days; null compares with nothing. */
export const comparedSpan = (period: Period, cutoff: Cutoff, compare: string): Span | null =>
  compare === 'previous' || compare === 'year' ? spanOf(comparedPeriod(period, compare), cutoff) : null

/** What both pages of figures keep when one goes from one to the other. */
export function keptFilters(filters: Filters): Record<string, string> {
  const { period, cutoff, agencyId, asOf, field, procedure, channel, unitId, officerId } = filters
  const kept = {
    period,
    cutoff: cutoff === '1' ? '' : cutoff,
    agencyId,
    asOf,
    field,
    procedure,
    channel,
    unitId,
    officerId,
  }
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== ''))
}

/** Narrowing the page to one line of this breakdown; the next breakdown is the one a reader would ask for then. */
export function narrowingBy(by: Breakdown): ((key: string) => Partial<Filters>) | undefined {
  const fresh = { ...nothingOpened, sort: '' }
  switch (by) {
    case 'field':
      return (field) => ({ ...fresh, field, by: 'procedure' })
    case 'procedure':
      return (procedure) => ({ ...fresh, procedure, by: 'month' })
    case 'channel':
      return (channel) => ({ ...fresh, channel, by: 'field' })
    case 'unit':
      return (unitId) => ({ ...fresh, unitId, by: 'officer' })
    case 'officer':
      return (officerId) => ({ ...fresh, officerId, by: 'field' })
    case 'agency':
      return (agencyId) => ({ ...fresh, agencyId, by: 'field', unitId: '', officerId: '' })
    case 'month':
      return (month) => ({ ...fresh, period: month, cutoff: '1', by: 'field' })
    case 'level':
    case 'day':
    case 'week':
    case 'weekday':
    case 'hour':
      return undefined
  }
}

/** The question behind one line of a table; null where the line is of no known kind. */
export function narrowed(asked: Asked, line: string): Asked | null {
  if (line === '') return asked
  const read = readLine(line)
  if (!read) return null
  const { by, key } = read
  if (by === 'field' || by === 'procedure' || by === 'channel') return { ...asked, [by]: key }
  if (by === 'unit') return { ...asked, unitId: key }
  if (by === 'officer') return { ...asked, officerId: key }
  return { ...asked, by, key }
}

const said = ({ agencyId, reach, knownAt, procedure, ...rest }: Asked) => ({
  agencyId,
  ...(reach === 'own' ? {} : { reach }),
  knownAt: knownAt ?? undefined,
  procedures: procedure,
  ...rest,
})

export const figuresPath = (asked: Asked, by?: Breakdown): string =>
  withQuery('/api/statistics/figures', { ...said(asked), by })

export const dossiersPath = (figure: FigureId): string => `/api/statistics/figures/${figure}/dossiers`
export const dossiersQuery = (asked: Asked): Record<string, string | number | undefined> => said(asked)

export const stepsPath = (asked: Asked, by: StepsBy): string =>
  withQuery('/api/statistics/steps', { ...said(asked), by })
export const loadPath = (asked: Asked): string => withQuery('/api/statistics/load', said(asked))

/** The stays behind one line of the steps; null where there is no such line. */
export function staysQuery(asked: Asked, line: string): Record<string, string | number | undefined> | null {
  const read = readLine(line)
  if (!read || !isStepsBy(read.by)) return null
  return { ...said(asked), ...read }
}
