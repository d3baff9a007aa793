import type { AnswerFault, QuestionnaireFault } from './questionnaire.ts'
import type { TotalsFault } from './results.ts'

/** Why something was not done. */
export type SurveyRefusal =
  | { code: 'questionnaire-faulty'; faults: readonly QuestionnaireFault[] }
  | { code: 'questionnaire-unknown' }
  | { code: 'changed-meanwhile' }
  | { code: 'days-reversed' }
  | { code: 'end-fixed' }
  | { code: 'agencies-not-yours' }
  | { code: 'not-now' }
  | { code: 'not-taking' }
  | { code: 'channel-closed' }
  | { code: 'answers-faulty'; faults: readonly AnswerFault[] }
  | { code: 'nothing-answered' }
  | { code: 'used' }
  | { code: 'same-person' }
  | { code: 'paper-settled' }
  | { code: 'answers-differ'; questions: readonly string[] }
  | { code: 'totals-faulty'; faults: readonly TotalsFault[] }
