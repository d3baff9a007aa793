import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon, useApi, useFormat } from '../../../platform/web/index.ts'
import { usePeriodName } from './PeriodChooser.tsx'
import type { Asked } from './question-view.ts'
import { usePageText } from './use-figures-text.ts'
import type { Statistics } from './use-statistics.ts'

/** Which days, of which agency, as known when: what a printed page must say of itself. */
export function Covered({ statistics }: { statistics: Statistics }) {
  const text = usePageText()
  const format = useFormat()
  const nameOf = usePeriodName()
  const { period, cutoff, span, asOf, asked, desk } = statistics
  const agency = desk.data?.agencies.find(({ agencyId }) => agencyId === asked?.agencyId)
  const days = text.period.span(format.day(span.from), format.day(span.to))
  return (
    <>
      {[
        agency && (asked?.reach === 'area' ? text.agency.area(agency.name) : agency.name),
        period.kind === 'days' ? days : `${nameOf(period, cutoff)}, ${days}`,
        asOf && text.asKnown(format.day(asOf)),
      ]
        .filter(Boolean)
        .join(' · ')}
    </>
  )
}

type Successions = { successions: { oldAgencyId: number; oldName: string }[] }

/** Whose past cannot be told apart by the area asked for. */
export function NotApportioned({ agencies, asked }: { agencies: readonly number[]; asked: Asked }) {
  const text = usePageText().agency
  const isOfArea = asked.reach !== 'own' && agencies.length > 0
  const agency = useApi<Successions>(isOfArea ? `/api/agencies/${asked.agencyId}` : null)
  if (!isOfArea) return null
  const nameOf = new Map(agency.data?.successions.map(({ oldAgencyId, oldName }) => [oldAgencyId, oldName]))
  const names = agencies.flatMap((agencyId) => nameOf.get(agencyId) ?? [])
  return (
    <p className="f-notice" role="note">
      <Icon name="warning" />
      {text.notApportioned(names.join(', '))}
    </p>
  )
}

/** While the first answer is on its way. */
export function Counting() {
  const text = usePageText().lines
  return (
    <div className="f-counting" role="status">
      {text.counting}
      <Skeleton height={40} width="70%" animate={false} />
      <Skeleton height={120} animate={false} />
    </div>
  )
}

/** What stands on the page while the next answer is counted; said when it takes longer than a breath. */
export function Answered({ busy, children }: { busy: boolean; children: ReactNode }) {
  const text = usePageText().lines
  return (
    <div className="f-answer" aria-busy={busy}>
      <p className="f-busy" role="status" data-busy={busy ? '' : undefined}>
        {busy && text.counting}
      </p>
      {children}
    </div>
  )
}
