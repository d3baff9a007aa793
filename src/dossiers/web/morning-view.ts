import { withQuery } from '../../platform/web/filters.ts'
import type { MorningView } from '../contract.ts'

type Holder = MorningView['byHolder'][number]
type State = 'overdue' | 'today' | 'open' | 'waiting' | ''

/** The list behind a number of the morning: the same agency, the same conditions, so that it has as many lines. */
export const queueBehind = (
  agencyId: number,
  state: State,
  narrowed: { field?: string; kind?: 'sign'; holder?: Pick<Holder, 'unitId' | 'officerId'> } = {},
): string =>
  withQuery('/ho-so', {
    whose: 'agency',
    agencyId,
    state,
    field: narrowed.field,
    kind: narrowed.kind,
    ...(narrowed.holder ? { unitId: narrowed.holder.unitId, holder: narrowed.holder.officerId ?? 'none' } : {}),
  })

/** Late dossiers without a letter, of the agency and of those whose dossiers it answers for. */
export const apologiesOwed = (agencyId: number, hasPredecessors: boolean): string =>
  withQuery('/so-qua-han', {
    agencyId: hasPredecessors ? `${agencyId}+` : agencyId,
    timeliness: 'late-without-apology',
  })

export const sumsKey = ({ unitId, officerId }: Holder): string => `${unitId}/${officerId ?? ''}`

/** The same page of another agency. */
export const morningOf = (agencyId: number): string => withQuery('/dau-ngay', { agencyId })
