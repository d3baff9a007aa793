import type { Option, Question, Questionnaire, QuestionKind } from '../contract.ts'
import { optionsOf } from '../rules/questionnaire.ts'

/** A key that is not taken: `q10`, `o3`. */
export function freeKey(prefix: string, taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number++) {
    const key = `${prefix}${number}`
    if (!taken.includes(key)) return key
  }
}

export const newOption = (options: readonly Option[], words: string): Option => ({
  key: freeKey(
    'o',
    options.map(({ key }) => key),
  ),
  text: { vi: words, en: '' },
})

export function newQuestion(
  { questions }: Questionnaire,
  words: { question: string; option: (at: number) => string },
): Question {
  const first = newOption([], words.option(1))
  return {
    key: freeKey(
      'q',
      questions.map(({ key }) => key),
    ),
    kind: 'single',
    text: { vi: words.question, en: '' },
    options: [first, newOption([first], words.option(2))],
  }
}

/** Another kind of answer: its options come along where it has some of its own. */
export function withKind(question: Question, kind: QuestionKind, option: (at: number) => string): Question {
  const { options, factor, ...rest } = question
  if (kind === 'scale' || kind === 'yes-no') return { ...rest, ...(factor && kind === 'scale' ? { factor } : {}), kind }
  if (kind === 'text') return { ...rest, kind }
  const first = newOption([], option(1))
  return {
    ...rest,
    ...(factor ? { factor } : {}),
    kind,
    options: options ?? (question.kind === 'text' ? [first, newOption([first], option(2))] : [...optionsOf(question)]),
  }
}

export function moved<Each>(list: readonly Each[], at: number, by: -1 | 1): Each[] {
  const next = [...list]
  const [one, other] = [next[at], next[at + by]]
  if (one === undefined || other === undefined) return next
  next[at] = other
  next[at + by] = one
  return next
}

/** Without a property, or with it: `undefined` must not be sent as a value. */
export function withMaybe<Given extends object, Key extends keyof Given>(
  given: Given,
  key: Key,
  value: Given[Key] | undefined,
): Given {
  const { [key]: _old, ...rest } = given
  return value === undefined ? (rest as Given) : ({ ...rest, [key]: value } as Given)
}
