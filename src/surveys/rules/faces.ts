// Máy tại quầy: khuôn mặt lớn kèm chữ; chữ là câu trả lời, khuôn mặt chỉ giúp tìm nhanh.
import type { Question } from '../contract.ts'
import { isJudged, optionsOf } from './questionnaire.ts'

/** The mouth of each mood, from 1 (not at all) to 5 (very). */
export const faces = {
  '1': 'M12 30 Q20 20 28 30',
  '2': 'M13 28 Q20 23 27 28',
  '3': 'M13 26 H27',
  '4': 'M13 24 Q20 30 27 24',
  '5': 'M11 23 Q20 35 29 23',
} as const

/** Which face stands beside an option; none where the answer is no judgement. */
export function faceOf(question: Question, index: number): keyof typeof faces | undefined {
  if (!isJudged(question) || question.kind === 'yes-no') return undefined
  const options = optionsOf(question)
  const own = options[index]
  if (!own) return undefined
  // From the best to the worst, each side of content and not content for itself: the middle of a scale is no sad face.
  const side = options
    .filter(({ positive }) => (positive === true) === (own.positive === true))
    .toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0))
  const at = side.indexOf(own)
  if (own.positive) return at === 0 ? '5' : '4'
  if (side.length === 1) return '2'
  if (at === 0) return '3'
  return at === side.length - 1 ? '1' : '2'
}

/** What a kiosk asks: what can be answered by a touch, and nothing about the person. */
export const touchable = (questions: readonly Question[]): Question[] =>
  questions.filter(({ kind, personal }) => kind !== 'text' && !personal)
