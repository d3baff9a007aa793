import { Skeleton } from '@mantine/core'
import type { DeskView } from '../../../dossiers/contract.ts'
import { Icon, useFormat } from '../../../platform/web/index.ts'
import { usePeriodName } from './PeriodChooser.tsx'
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

/** Whose past cannot be told apart by the area asked for. */
export function NotApportioned({ agencies, desk }: { agencies: readonly number[]; desk: DeskView | undefined }) {
  const text = usePageText().agency
  if (agencies.length === 0) return null
  const names = agencies.map((id) => desk?.agencies.find(({ agencyId }) => agencyId === id)?.name ?? String(id))
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
