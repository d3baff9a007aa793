import { addDays, isDay, type Day } from '../../../platform/day.ts'
import { accept, refuse, type Result } from '../../../platform/result.ts'
import { finishWithThirdParty, type RequestKind, type TimerRule } from './timers.ts'

export type RequestStatus = 'received' | 'accepted' | 'refused' | 'finished' | 'withdrawn'

export type RequestState = {
  /** The times that hold for it: those of the day on which it was received. */
  rule: TimerRule
  kind: RequestKind
  status: RequestStatus
  receivedOn: Day
  finishBy: Day
  thirdParty: boolean
  extended: boolean
}

/** What an officer (or, for `withdraw`, the person) does with a request. */
export type RequestAction =
  /** It will be done; with `thirdParty` somebody else has a part in it. */
  | { type: 'accept'; note: string; thirdParty: boolean }
  | { type: 'refuse'; reason: string }
  | { type: 'extend'; until: Day; reason: string }
  | { type: 'finish'; note: string }
  | { type: 'withdraw' }

export type RequestRefusal = {
  code:
    | 'not-allowed-now'
    | 'reason-missing'
    | 'not-extendable'
    | 'extended-already'
    | 'extension-too-long'
    | 'third-party-never'
}

export type EraseRefusal = { code: 'not-found' | 'not-allowed-now' | 'identity-unproven' | 'nothing-to-erase' }

export type RequestChange = {
  status: RequestStatus
  step: 'accepted' | 'refused' | 'extended' | 'finished' | 'withdrawn'
  finishBy: Day
  thirdParty: boolean
  extended: boolean
  note: string
}

const allowed: Record<RequestStatus, readonly RequestAction['type'][]> = {
  received: ['accept', 'refuse', 'withdraw'],
  accepted: ['extend', 'finish', 'refuse', 'withdraw'],
  refused: [],
  finished: [],
  withdrawn: [],
}

/** What may be done now; the screens show exactly these. */
export const allowedActions = (state: RequestState): readonly RequestAction['type'][] =>
  allowed[state.status].filter((type) => type !== 'extend' || (!state.extended && isExtendable(state)))

const isExtendable = ({ kind, rule }: RequestState) => rule.extension.kinds.includes(kind)

export function decide(state: RequestState, action: RequestAction): Result<RequestChange, RequestRefusal> {
  if (!allowed[state.status].includes(action.type)) return refuse({ code: 'not-allowed-now' })
  const { finishBy, thirdParty, extended } = state
  const same = { finishBy, thirdParty, extended }
  switch (action.type) {
    case 'accept': {
      if (!action.thirdParty) return accept({ ...same, status: 'accepted', step: 'accepted', note: action.note.trim() })
      const longer = finishWithThirdParty(state.kind, state.rule, state.receivedOn)
      if (!longer) return refuse({ code: 'third-party-never' })
      return accept({
        ...same,
        status: 'accepted',
        step: 'accepted',
        finishBy: longer,
        thirdParty: true,
        note: action.note.trim(),
      })
    }
    case 'refuse':
      if (action.reason.trim().length < 5) return refuse({ code: 'reason-missing' })
      return accept({ ...same, status: 'refused', step: 'refused', note: action.reason.trim() })
    case 'extend': {
      const { extension } = state.rule
      if (!isExtendable(state)) return refuse({ code: 'not-extendable' })
      if (extended) return refuse({ code: 'extended-already' })
      if (action.reason.trim().length < 5) return refuse({ code: 'reason-missing' })
      if (!isDay(action.until) || action.until <= finishBy || action.until > addDays(finishBy, extension.days))
        return refuse({ code: 'extension-too-long' })
      return accept({
        ...same,
        status: 'accepted',
        step: 'extended',
        finishBy: action.until,
        extended: true,
        note: action.reason.trim(),
      })
    }
    case 'finish':
      if (action.note.trim().length < 5) return refuse({ code: 'reason-missing' })
      return accept({ ...same, status: 'finished', step: 'finished', note: action.note.trim() })
    case 'withdraw':
      return accept({ ...same, status: 'withdrawn', step: 'withdrawn', note: '' })
  }
}
