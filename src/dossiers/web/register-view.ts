import { type Day, dayOf, isDay } from '../../platform/day.ts'
import type { DeskView, RegisterItem } from '../contract.ts'
import { daysLate } from '../rules/row.ts'

/** The two pages of one register: everything received in a period, and what became late. */
export type View = 'all' | 'late'

/** The register opens with this month; what is late is asked for whenever it was received. */
export const firstFilters = (view: View, today: Day) => ({
  agencyId: '',
  from: view === 'late' ? '' : `${today.slice(0, 8)}01`,
  to: view === 'late' ? '' : today,
  field: '',
  channel: '',
  status: '',
  timeliness: view === 'late' ? 'late' : '',
})
export type Filters = ReturnType<typeof firstFilters>

type Agency = DeskView['agencies'][number]

/** Registers that may be opened: of each agency, and of one together with those before it (`5+`). */
export const agencyChoices = (
  agencies: readonly Agency[],
  words: { withOld: (name: string) => string; closed: (name: string, day: Day) => string },
): { value: string; label: string }[] =>
  agencies.flatMap(({ agencyId, name, validTo, hasPredecessors }) => [
    { value: String(agencyId), label: validTo === null ? name : words.closed(name, validTo) },
    ...(hasPredecessors ? [{ value: `${agencyId}+`, label: words.withOld(name) }] : []),
  ])

const readDay = (text: string): Day | undefined => (isDay(text) ? text : undefined)

/** The filters as the server is asked; a broken day in the address asks for nothing. */
export function toQuery(
  { agencyId, from, to, field, channel, status, timeliness }: Filters,
  home: number | null,
): Record<string, string | undefined> {
  const chosen = agencyId || String(home ?? '')
  return {
    agencyId: chosen.replace('+', '') || undefined,
    inherited: chosen.endsWith('+') ? 'true' : undefined,
    from: readDay(from),
    to: readDay(to),
    field: field || undefined,
    channel: channel || undefined,
    status: status || undefined,
    timeliness: timeliness || undefined,
  }
}

/** Where the register prints; it belongs to one authority and a period, so without them there is nothing to print. */
export function printPath(
  format: 'pdf' | 'xlsx',
  query: Record<string, string | undefined>,
): { path: string } | { why: 'one' | 'period' } {
  const { agencyId, inherited, from, to, ...filters } = query
  if (agencyId === undefined || inherited !== undefined) return { why: 'one' }
  if (from === undefined || to === undefined) return { why: 'period' }
  const said = Object.entries({ agencyId, from, to, ...filters }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value]],
  )
  return { path: `/api/register/${format}?${new URLSearchParams(said).toString()}` }
}

/** How late a dossier is or was: in whole days, `0` within the day; undefined while it is in time. */
export function lateBy(
  item: Pick<RegisterItem, 'dueAt' | 'finishedAt' | 'timeliness'>,
  today: Day,
): number | undefined {
  if (item.dueAt === null || (item.timeliness !== 'late' && item.timeliness !== 'open-late')) return undefined
  return daysLate(dayOf(item.dueAt), item.finishedAt ? dayOf(item.finishedAt) : today)
}
