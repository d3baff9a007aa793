// Phiếu hỏi là dữ liệu: thang đo riêng của từng câu, câu bỏ trống là bỏ trống chứ không phải “bình thường”.
import type { Answer, Answers, Option, Question, Questionnaire } from '../contract.ts'

const scaleWords: readonly (readonly [vi: string, en: string])[] = [
  ['Rất không hài lòng', 'Very dissatisfied'],
  ['Không hài lòng', 'Dissatisfied'],
  ['Bình thường', 'Neither'],
  ['Hài lòng', 'Satisfied'],
  ['Rất hài lòng', 'Very satisfied'],
]

const scale: readonly Option[] = scaleWords.map(([vi, en], index) => ({
  key: String(index + 1),
  text: { vi, en },
  score: index + 1,
  positive: index >= 3,
}))
const yesNo: readonly Option[] = [
  { key: 'yes', text: { vi: 'Có', en: 'Yes' } },
  { key: 'no', text: { vi: 'Không', en: 'No' } },
]

/** What may be chosen, in the order in which it is shown. */
export function optionsOf({ kind, options }: Pick<Question, 'kind' | 'options'>): readonly Option[] {
  if (kind === 'text') return []
  if (options && options.length > 0) return options
  if (kind === 'scale') return scale
  return kind === 'yes-no' ? yesNo : []
}

/** Whether a question has a right and a wrong side; the others only count. */
export const isJudged = (question: Question): boolean =>
  question.personal !== true && question.kind !== 'several' && optionsOf(question).some(({ positive }) => positive)

/** Whether it is asked of somebody who answered so far like this. */
export function isAsked({ when }: Question, answers: Answers): boolean {
  if (!when) return true
  const given = answers[when.question]
  if (given === undefined) return false
  return (Array.isArray(given) ? given : [given]).some((key) => when.options.includes(key))
}

export const askedOf = ({ questions }: Questionnaire, answers: Answers): Question[] =>
  questions.filter((question) => isAsked(question, answers))

export type QuestionnaireFault = {
  code:
    | 'key-twice'
    | 'option-twice'
    | 'options-missing'
    | 'options-not-here'
    | 'factor-unknown'
    | 'condition-unknown'
    | 'condition-later'
    | 'overall-unknown'
    | 'overall-unjudged'
    | 'personal-condition'
    | 'text-factor'
  question: string
}

/** What is wrong with a questionnaire; nothing when it can be asked. */
export function faultsOf({ questions, factors, overall }: Questionnaire): QuestionnaireFault[] {
  const faults: QuestionnaireFault[] = []
  const fault = (code: QuestionnaireFault['code'], question: string) => faults.push({ code, question })
  const factorKeys = new Set(factors.map(({ key }) => key))
  if (factorKeys.size < factors.length) fault('key-twice', factors[0]?.key ?? '')
  const before = new Map<string, Question>()
  for (const question of questions) {
    const { key, kind, options, factor, when, personal } = question
    if (before.has(key)) fault('key-twice', key)
    const keys = optionsOf(question).map((option) => option.key)
    if (new Set(keys).size < keys.length) fault('option-twice', key)
    if ((kind === 'single' || kind === 'several') && keys.length < 2) fault('options-missing', key)
    if (kind === 'text' && options !== undefined) fault('options-not-here', key)
    if (factor !== undefined && !factorKeys.has(factor)) fault('factor-unknown', key)
    if (factor !== undefined && !isJudged(question)) fault('text-factor', key)
    if (when) {
      const asked = before.get(when.question)
      if (!asked)
        fault(questions.some((each) => each.key === when.question) ? 'condition-later' : 'condition-unknown', key)
      else if (asked.personal || asked.kind === 'text') fault('personal-condition', key)
      else if (when.options.some((option) => !optionsOf(asked).some((each) => each.key === option)))
        fault('condition-unknown', key)
    }
    // What lies apart from the ballot cannot say any more who was to be asked.
    if (when && (personal || kind === 'text')) fault('personal-condition', key)
    before.set(key, question)
  }
  const whole = questions.find(({ key }) => key === overall)
  if (overall !== undefined && !whole) fault('overall-unknown', overall)
  if (whole && !isJudged(whole)) fault('overall-unjudged', whole.key)
  return faults
}

export const LONGEST_WORDS = 1000

export type AnswerFault = { question: string; code: 'unknown-question' | 'unknown-option' | 'not-one' | 'too-long' }

/** Judges what was sent: answers outside of the scale are refused, blanks are left out, unasked ones too. */
export function readAnswers(questionnaire: Questionnaire, given: Answers): { answers: Answers; faults: AnswerFault[] } {
  const faults: AnswerFault[] = []
  const known = new Set(questionnaire.questions.map(({ key }) => key))
  for (const question of Object.keys(given))
    if (!known.has(question)) faults.push({ question, code: 'unknown-question' })
  const answers: Answers = {}
  for (const question of questionnaire.questions) {
    const raw = Object.hasOwn(given, question.key) ? given[question.key] : undefined
    if (raw === undefined || !isAsked(question, answers)) continue
    const read = readAnswer(question, raw)
    if (typeof read === 'object' && 'fault' in read) faults.push({ question: question.key, code: read.fault })
    else if (read !== undefined) answers[question.key] = read
  }
  return { answers, faults }
}

function readAnswer(question: Question, raw: Answer): Answer | undefined | { fault: AnswerFault['code'] } {
  const list = (Array.isArray(raw) ? raw : [raw]).map((each) => each.trim()).filter((each) => each !== '')
  if (list.length === 0) return undefined
  if (question.kind === 'text') {
    if (list.length > 1) return { fault: 'not-one' }
    const words = (list[0] ?? '').normalize('NFC')
    return words.length > LONGEST_WORDS ? { fault: 'too-long' } : words
  }
  const keys = new Set(optionsOf(question).map(({ key }) => key))
  if (list.some((key) => !keys.has(key))) return { fault: 'unknown-option' }
  if (question.kind === 'several') return [...new Set(list)].toSorted()
  return list.length > 1 ? { fault: 'not-one' } : list[0]
}

/** Where two people typed the same ballot differently. A blank differs from an answer. */
export function differencesOf(
  { questions }: Questionnaire,
  first: Answers,
  second: Answers,
): { question: string; first: Answer | null; second: Answer | null }[] {
  return questions.flatMap(({ key, kind }) => {
    const one = first[key] ?? null
    const other = second[key] ?? null
    const same = kind === 'text' ? squeezed(one) === squeezed(other) : JSON.stringify(one) === JSON.stringify(other)
    return same ? [] : [{ question: key, first: one, second: other }]
  })
}

// Spaces and capitals of free words are not worth an argument.
const squeezed = (answer: Answer | null): string =>
  String(answer ?? '')
    .toLowerCase()
    .replace(/[\s.,;]+/g, ' ')
    .trim()

/** What stays together and what lies apart: facts about the person and free words lead to nobody's ballot. */
export function parted(
  { questions }: Questionnaire,
  answers: Answers,
): { together: Answers; apart: { question: string; choice: string | null; words: string | null }[] } {
  const together: Answers = {}
  const apart: { question: string; choice: string | null; words: string | null }[] = []
  for (const { key, kind, personal } of questions) {
    const given = answers[key]
    if (given === undefined) continue
    if (kind === 'text') apart.push({ question: key, choice: null, words: String(given) })
    else if (personal)
      for (const choice of Array.isArray(given) ? given : [given]) apart.push({ question: key, choice, words: null })
    else together[key] = given
  }
  return { together, apart }
}
