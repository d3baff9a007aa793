import { dayOf, type Day } from '../../platform/day.ts'
import { listPredecessors } from '../../staff/index.ts'
import type { FigureContext } from './followers.ts'

/** Agencies that only partly went into those asked for, so that nobody can tell which of their past belongs here. */
export async function notApportioned({ db, clock }: FigureContext, agencies: readonly number[]): Promise<number[]> {
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
