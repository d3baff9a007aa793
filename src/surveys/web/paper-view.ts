import type { Answer, Answers, Question } from '../contract.ts'
import { optionsOf } from '../rules/questionnaire.ts'

/** What a key does on a question: chooses, takes back, leaves blank; undefined where it means nothing. */
export function answerByKey(
  question: Question,
  given: Answer | undefined,
  key: string,
): { answer: Answer | undefined } | undefined {
  if (question.kind === 'text') return undefined
  if (key === '0' || key === ' ') return { answer: undefined }
  if (!/^[1-9]$/.test(key)) return undefined
  const option = optionsOf(question)[Number(key) - 1]
  if (!option) return undefined
  if (question.kind !== 'several') return { answer: option.key }
  const chosen = Array.isArray(given) ? given : []
  const next = chosen.includes(option.key) ? chosen.filter((each) => each !== option.key) : [...chosen, option.key]
  return { answer: next.length > 0 ? next : undefined }
}

export function withAnswer(answers: Answers, key: string, answer: Answer | undefined): Answers {
  const { [key]: _old, ...rest } = answers
  return answer === undefined ? rest : { ...rest, [key]: answer }
}

/** `11/2026` → `2026-11`; undefined where it is no month. */
export function readMonth(typed: string): string | undefined {
  const found = /^\s*(\d{1,2})[/.-](20\d{2})\s*$/.exec(typed)
  const month = Number(found?.[1])
  return found && month >= 1 && month <= 12 ? `${found[2]}-${String(month).padStart(2, '0')}` : undefined
}
export const writeMonth = (month: string): string => `${month.slice(5)}/${month.slice(0, 4)}`
