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
  const scores = optionsOf(question).map(({ score, positive }, at) => score ?? (positive ? 1000 - at : -at))
  const own = scores[index]
  if (own === undefined) return undefined
  const below = scores.filter((score) => score < own).length
  const most = scores.length - 1
  const step = most === 0 ? 5 : 1 + Math.round((4 * below) / most)
  return String(step) as keyof typeof faces
}

/** What a kiosk asks: what can be answered by a touch, and nothing about the person. */
export const touchable = (questions: readonly Question[]): Question[] =>
  questions.filter(({ kind, personal }) => kind !== 'text' && !personal)
