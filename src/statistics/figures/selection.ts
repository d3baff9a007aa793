import { dayOf, type Instant } from '../../platform/day.ts'
import { listAgencies } from '../../staff/index.ts'
import type { Question } from './contract.ts'
import type { Selection } from './figure-store.ts'
import { bringUpToDate, type FigureContext } from './followers.ts'
import { narrowTo, type LineKey } from './rules/question.ts'

const JUST_NOW_MS = 5 * 60_000

/** A page would rather show what was read so far than wait for a mass that is being brought in. */
export const PAGE_PATIENCE_MS = 2000

/** What is asked as of a moment just past must stay so: the log is read up to it first. */
export async function catchUp(context: FigureContext, knownAt: Instant | null, now: Instant): Promise<void> {
  if (knownAt !== null && Date.parse(now) - Date.parse(knownAt) < JUST_NOW_MS)
    await bringUpToDate(context, { patienceMs: PAGE_PATIENCE_MS })
}

/** The question of one line; undefined when there is no such line. */
export async function narrow(
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

export const selectionOf = ({ agencies, filter, knownAt }: Question, line?: LineKey): Selection => ({
  agencies,
  filter,
  knownAt,
  line,
})
