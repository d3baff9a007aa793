import { useApi, useFilters } from '../../../platform/web/index.ts'
import type { PointItem } from '../contract.ts'

const KEPT = 'motcua.counter.desk'

/** The point and desk at which one works: in the address, otherwise where one worked last on this machine. */
export function usePoint() {
  const [filters, setFilters] = useFilters({ point: '', desk: '' })
  const points = useApi<{ items: PointItem[] }>('/api/counter/points')
  const [keptPoint = '', keptDesk = ''] = (localStorage.getItem(KEPT) ?? '').split('/')
  const items = points.data?.items
  const point =
    items?.find(({ key }) => key === (filters.point || keptPoint)) ??
    items?.find(({ key }) => key === filters.point) ??
    items?.[0]
  const asked = Number(filters.desk || (point?.key === keptPoint ? keptDesk : ''))
  const desk = point?.settings.desks.find(({ number }) => number === asked) ?? point?.settings.desks[0]
  const choose = (change: { point?: string; desk?: string }) => {
    localStorage.setItem(KEPT, `${change.point ?? point?.key ?? ''}/${change.desk ?? ''}`)
    setFilters({ point: change.point ?? point?.key ?? '', desk: change.desk ?? '' })
  }
  return { points, items, point, desk, choose }
}
