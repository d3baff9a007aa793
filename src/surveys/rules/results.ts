// SIPAS (QĐ 2640/QĐ-BNV): HL_i = (số trả lời mức 4, 5) / (số trả lời hợp lệ) × 100; phiếu trống đếm riêng.
import { percentOf } from '../../platform/money.ts'
import type { Answers, Option, Question, Questionnaire, QuestionResult, Results } from '../contract.ts'
import { isAsked, isJudged, optionsOf } from './questionnaire.ts'

/** What was counted: on how many ballots a question was asked, how many answered, and how often each option. */
export type Counted = Map<string, { asked: number; valid: number; options: Map<string, number> }>

type Loose = readonly { question: string; choice: string | null; answers: number }[]

/** Counts ballots. What lies apart from them (`loose`) is given as sums, `answers` of them. */
export function countBallots(questionnaire: Questionnaire, ballots: readonly Answers[], loose: Loose | null): Counted {
  const counted: Counted = new Map()
  for (const question of questionnaire.questions) {
    const { key, kind, personal } = question
    const options = new Map(optionsOf(question).map((option) => [option.key, 0]))
    if (kind === 'text' || personal) {
      // Of a part of the ballots nobody knows what lies apart.
      if (!loose) continue
      const own = loose.filter((each) => each.question === key)
      for (const { choice, answers } of own)
        if (choice !== null) options.set(choice, (options.get(choice) ?? 0) + answers)
      counted.set(key, {
        asked: ballots.length,
        valid: Math.min(
          ballots.length,
          own.reduce((sum, each) => sum + each.answers, 0),
        ),
        options,
      })
      continue
    }
    let asked = 0
    let valid = 0
    for (const ballot of ballots) {
      if (!isAsked(question, ballot)) continue
      asked++
      const given = ballot[key]
      if (given === undefined) continue
      valid++
      for (const choice of Array.isArray(given) ? given : [given]) options.set(choice, (options.get(choice) ?? 0) + 1)
    }
    counted.set(key, { asked, valid, options })
  }
  return counted
}

/** The same from published sums: what is missing to the number of ballots was left blank. */
export function countTotals(
  { questions }: Questionnaire,
  { ballots, counts }: { ballots: number; counts: Record<string, Record<string, number>> },
): Counted {
  return new Map(
    questions
      .filter(({ key, kind }) => kind !== 'text' && counts[key] !== undefined)
      .map((question) => {
        const own = counts[question.key] ?? {}
        const options = new Map(optionsOf(question).map(({ key }) => [key, own[key] ?? 0]))
        const sum = [...options.values()].reduce((all, count) => all + count, 0)
        return [question.key, { asked: ballots, valid: Math.min(sum, ballots), options }]
      }),
  )
}

export type TotalsFault = { question: string; code: 'unknown-question' | 'unknown-option' | 'more-than-ballots' }

export function faultsOfTotals(
  { questions }: Questionnaire,
  { ballots, counts }: { ballots: number; counts: Record<string, Record<string, number>> },
): TotalsFault[] {
  return Object.entries(counts).flatMap(([key, own]): TotalsFault[] => {
    const question = questions.find((each) => each.key === key)
    if (!question || question.kind === 'text') return [{ question: key, code: 'unknown-question' }]
    const keys = new Set(optionsOf(question).map((option) => option.key))
    if (Object.keys(own).some((option) => !keys.has(option))) return [{ question: key, code: 'unknown-option' }]
    const values = Object.values(own)
    const most = question.kind === 'several' ? Math.max(0, ...values) : values.reduce((sum, count) => sum + count, 0)
    return most > ballots ? [{ question: key, code: 'more-than-ballots' }] : []
  })
}

/**
 * Numbers and both percentages, without those questions that have too few answers to be shown. Percentages are half up
 * with two decimals, of the counts and never of other percentages.
 */
export function resultsOf(
  questionnaire: Questionnaire,
  { ballots, counted, hidden = nothing }: { ballots: number; counted: Counted; hidden?: ReadonlySet<string> },
): Results {
  const questions = questionnaire.questions.flatMap((question): QuestionResult[] => {
    const own = counted.get(question.key)
    return own ? [resultOf(question, own, hidden.has(question.key))] : []
  })
  const judged = questions.filter(({ hidden, satisfied }) => !hidden && satisfied !== null)
  const factors = questionnaire.factors.map(({ key, name }) => {
    const own = judged.filter((question) => question.factor === key)
    return {
      key,
      name,
      satisfied: meanOf(own.map(({ satisfied }) => satisfied)),
      mean: meanOf(own.map(({ mean }) => mean)),
      questions: own.length,
    }
  })
  const counting = judged.filter(({ factor }) => factor !== null)
  const indexPositive = sumOf(counting.map(positiveOf))
  const indexValid = sumOf(counting.map(({ valid }) => valid))
  const overall = questions.find(({ key, hidden }) => key === questionnaire.overall && !hidden)
  return {
    ballots,
    questions,
    factors: factors.filter((factor) => factor.questions > 0),
    index: percentOf(indexPositive, indexValid) ?? null,
    indexPositive,
    indexValid,
    overall: overall
      ? { satisfied: overall.satisfied, positive: positiveOf(overall), valid: overall.valid, question: overall.text }
      : null,
  }
}

const nothing: ReadonlySet<string> = new Set()

function resultOf(
  question: Question,
  { asked, valid, options }: { asked: number; valid: number; options: ReadonlyMap<string, number> },
  hidden: boolean,
): QuestionResult {
  const lines = optionsOf(question)
  const count = ({ key }: Option) => options.get(key) ?? 0
  const judged = isJudged(question)
  const positive = sumOf(lines.filter((line) => line.positive).map(count))
  const scored = lines.filter(({ score }) => score !== undefined)
  const points = sumOf(scored.map((line) => (line.score ?? 0) * count(line)))
  const scoredAnswers = sumOf(scored.map(count))
  return {
    key: question.key,
    kind: question.kind,
    text: question.text,
    factor: question.factor ?? null,
    personal: question.personal === true,
    asked,
    valid: hidden ? 0 : valid,
    blank: hidden ? 0 : asked - valid,
    blankOfAll: hidden ? null : (percentOf(asked - valid, asked) ?? null),
    options: lines.map((line) => ({
      key: line.key,
      text: line.text,
      positive: line.positive === true,
      count: hidden ? 0 : count(line),
      ofAll: hidden ? null : (percentOf(count(line), asked) ?? null),
      ofValid: hidden ? null : (percentOf(count(line), valid) ?? null),
    })),
    satisfied: judged && !hidden ? (percentOf(positive, valid) ?? null) : null,
    mean: judged && !hidden && scoredAnswers > 0 ? roundHalfUp(points / scoredAnswers) : null,
    hidden,
  }
}

const positiveOf = ({ options }: QuestionResult): number =>
  sumOf(options.filter(({ positive }) => positive).map(({ count }) => count))
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Mean of the criteria of a factor, each with the same weight. */
function meanOf(values: readonly (number | null)[]): number | null {
  const given = values.filter((value) => value !== null)
  return given.length === 0 ? null : roundHalfUp(sumOf(given) / given.length)
}

const roundHalfUp = (value: number): number => Math.floor(value * 100 + 0.5 + 1e-9) / 100
