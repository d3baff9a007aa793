import { useEffect, useState } from 'react'
import type { Day } from '../../platform/day.ts'
import { ApiProblem, api, Icon, LinkButton, useText } from '../../platform/web/index.ts'
import type { DayKind } from '../rules/working-calendar.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type Trial = { day: Day; kind: DayKind; name: string; notice: string; status: 'provisional' }

/** How many open dossiers would be due on another day; undefined while it is not known, or not ours to know. */
function useMovedDueDates(agencyId: number | null, day: Day | null, kind: DayKind, turn = 0): number | undefined {
  const [found, setFound] = useState<{ key: string; count: number }>()
  const key = `${agencyId} ${day} ${kind} ${turn}`
  useEffect(() => {
    if (agencyId === null) return undefined
    const stop = new AbortController()
    const trial: Trial | null = day ? { day, kind, name: day, notice: '', status: 'provisional' } : null
    const { signal } = stop
    api
      .post<{ changes: unknown[] }>('/api/dossiers/recompute/preview', { agencyId, day: trial }, { signal })
      .then(({ changes }) => setFound({ key, count: changes.length }))
      .catch((fault: unknown) => {
        // Only a help: whoever may not know, or has no network, enters the day all the same.
        if (!(fault instanceof ApiProblem) && !signal.aborted) throw fault
      })
    return () => stop.abort()
  }, [agencyId, day, kind, key])
  return found?.key === key ? found.count : undefined
}

/** Said before the day is written down. */
export function WouldMove({ agencyId, day, kind }: { agencyId: number; day: Day; kind: DayKind }) {
  const text = useText({ vi, en }).web
  const count = useMovedDueDates(agencyId, day, kind)
  return (
    <p className="calendar-note" role="status">
      {count !== undefined && text.wouldMove(count)}
    </p>
  )
}

/** Said after it: due dates do not move by themselves, somebody applies them. */
export function DidMove({ agencyId, turn }: { agencyId: number; turn: number }) {
  const text = useText({ vi, en }).web
  const count = useMovedDueDates(agencyId, null, 'holiday', turn)
  if (!count) return null
  return (
    <div className="calendar-warning" role="status">
      <Icon name="calendar" size={16} />
      <span className="calendar-moved">{text.didMove(count)}</span>
      <LinkButton to={`/tinh-lai-han?agencyId=${agencyId}`} size="compact-sm">
        {text.toRecompute}
      </LinkButton>
    </div>
  )
}
