import './officer.css'
import { PageLink, StatusBadge, useApi, useFormat, useNow } from '../../../platform/web/index.ts'
import type { WaitingList } from '../officer-contract.ts'
import { useOfficerText } from './use-officer-text.ts'
import { countWaiting } from './waiting-view.ts'

const REFRESH_MS = 60_000

/** At the desk: what came in online meanwhile; nothing stands there while nothing waits. */
export function WaitingLine() {
  const text = useOfficerText().waiting
  const format = useFormat()
  const now = useNow()
  const { data } = useApi<WaitingList>('/api/filing/waiting', { every: REFRESH_MS })
  const { all, late } = countWaiting(data?.items ?? [], now)
  if (all === 0) return null
  return (
    <p className="k-note f-waiting-line">
      <PageLink to="/truc-tuyen">{text.count(format.number(all))}</PageLink>{' '}
      {late > 0 && <StatusBadge tone="late">{text.late(format.number(late))}</StatusBadge>}
    </p>
  )
}
