import type { DeskView } from '../../../dossiers/contract.ts'
import { dayOf } from '../../../platform/day.ts'
import { serverNow, useApi, useFilters } from '../../../platform/web/index.ts'
import { type Filters, firstFilters, readQuestion } from './question-view.ts'

/** What the address asks for, of the agencies whose figures this officer may see. */
export function useStatistics() {
  const today = dayOf(serverNow())
  const [filters, setFilters] = useFilters<Filters>(firstFilters(today))
  const desk = useApi<DeskView>('/api/desk?for=register')
  const reading = readQuestion(filters, { today, home: desk.data?.home ?? null })
  return { today, filters, setFilters, desk, ...reading }
}

export type Statistics = ReturnType<typeof useStatistics>
