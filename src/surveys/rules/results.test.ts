import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Answers, Questionnaire } from '../contract.ts'
import { templates } from '../templates.ts'
import { formOf } from './form.ts'
import { optionsOf } from './questionnaire.ts'
import { countBallots, countTotals, faultsOfTotals, resultsOf } from './results.ts'

const { commune, sipas, rating } = templates as Record<'commune' | 'sipas' | 'rating', Questionnaire>
const of = (form: Questionnaire, ballots: readonly Answers[]) =>
  resultsOf(form, { ballots: ballots.length, counted: countBallots(form, ballots, []) })

test('both bases: all ballots and valid answers; a blank is not “Trung bình”', () => {
  // Question 6 of the survey of Thiện Hưng: 4, 44, 10 and 116 blank.
  const counts = { q6: { 'very-good': 4, good: 44, fair: 10 } }
  const [q6] = resultsOf(commune, { ballots: 174, counted: countTotals(commune, { ballots: 174, counts }) }).questions
  assert.ok(q6)
  assert.deepEqual([q6.asked, q6.valid, q6.blank, q6.blankOfAll], [174, 58, 116, 66.67])
  assert.deepEqual(
    q6.options.map(({ count, ofAll, ofValid }) => [count, ofAll, ofValid]),
    [
      [4, 2.3, 6.9],
      [44, 25.29, 75.86],
      [10, 5.75, 17.24],
      [0, 0, 0],
    ],
  )
  assert.equal(q6.satisfied, 82.76)
})

test('HL is positive of valid, the factor is the mean of its criteria, the index counts answers', () => {
  const ballots: Answers[] = [
    { 'result-1': '5', 'result-2': '3' },
    { 'result-1': '4', 'result-2': '2' },
    { 'result-1': '1' },
    {},
  ]
  const { questions, factors, index, indexPositive, indexValid, overall } = of(sipas, ballots)
  const hl = (key: string) => questions.find((question) => question.key === key)
  assert.deepEqual([hl('result-1')?.satisfied, hl('result-1')?.mean], [66.67, 3.33])
  assert.deepEqual([hl('result-2')?.satisfied, hl('result-2')?.mean], [0, 2.5])
  assert.equal(hl('result-3')?.satisfied, null)
  assert.deepEqual(factors, [
    { key: 'result', name: sipas.factors[3]?.name, satisfied: 33.34, mean: 2.92, questions: 2 },
  ])
  assert.deepEqual([index, indexPositive, indexValid], [40, 2, 5])
  assert.equal(overall, null)
})

test('who was not asked is not blank', () => {
  const { questions } = of(rating, [
    { overall: 'satisfied' },
    { overall: 'dissatisfied', reasons: ['time', 'fees'] },
    { overall: 'neutral' },
  ])
  const reasons = questions.find(({ key }) => key === 'reasons')
  assert.deepEqual([reasons?.asked, reasons?.valid, reasons?.blank], [2, 1, 1])
  assert.equal(reasons?.options.find(({ key }) => key === 'time')?.ofValid, 100)
  assert.equal(reasons?.satisfied, null)
})

test('what lies apart is counted for the whole and unknown for a part', () => {
  const loose = [
    { question: 'sex', choice: 'male', answers: 3 },
    { question: 'words', choice: null, answers: 2 },
  ]
  const ballots: Answers[] = Array.from({ length: 4 }, () => ({}))
  const whole = countBallots(sipas, ballots, loose)
  assert.deepEqual([whole.get('sex')?.valid, whole.get('sex')?.options.get('male')], [3, 3])
  assert.equal(whole.get('words')?.valid, 2)
  const part = countBallots(sipas, ballots, null)
  assert.equal(part.has('sex'), false)
  assert.equal(part.has('words'), false)
})

test('hidden questions show nothing and count for nothing', () => {
  const ballots: Answers[] = [{ 'result-1': '5', 'result-2': '1' }]
  const { questions, index } = resultsOf(sipas, {
    ballots: 1,
    counted: countBallots(sipas, ballots, null),
    hidden: new Set(['result-2']),
  })
  const hidden = questions.find(({ key }) => key === 'result-2')
  assert.deepEqual([hidden?.hidden, hidden?.valid, hidden?.satisfied, hidden?.mean], [true, 0, null, null])
  assert.ok(hidden?.options.every(({ count, ofAll, ofValid }) => count === 0 && ofAll === null && ofValid === null))
  assert.equal(index, 100)
})

test('published sums that cannot be are refused', () => {
  const faults = (counts: Record<string, Record<string, number>>) =>
    faultsOfTotals(commune, { ballots: 10, counts }).map(({ code }) => code)
  assert.deepEqual(faults({ q1: { officer: 4, board: 6 } }), [])
  assert.deepEqual(faults({ q1: { officer: 5, board: 6 } }), ['more-than-ballots'])
  assert.deepEqual(faults({ q1: { nobody: 5 } }), ['unknown-option'])
  assert.deepEqual(faults({ other: { a: 1 } }), ['unknown-question'])
  assert.deepEqual(faultsOfTotals(rating, { ballots: 10, counts: { reasons: { time: 9, fees: 8 } } }), [])
})

test('counts add up and percentages stay within 0 and 100, whatever was answered', () => {
  const ballot = fc.record(
    Object.fromEntries(
      commune.questions.map((question) => [
        question.key,
        fc.option(fc.constantFrom(...optionsOf(question).map(({ key }) => key)), { nil: undefined }),
      ]),
    ),
  )
  fc.assert(
    fc.property(fc.array(ballot, { maxLength: 40 }), (given) => {
      const ballots = given.map((each) =>
        Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)),
      ) as Answers[]
      for (const { asked, valid, blank, options, satisfied } of of(commune, ballots).questions) {
        assert.equal(asked, ballots.length)
        assert.equal(valid + blank, asked)
        assert.equal(
          options.reduce((sum, { count }) => sum + count, 0),
          valid,
        )
        for (const percent of [satisfied, ...options.flatMap(({ ofAll, ofValid }) => [ofAll, ofValid])])
          assert.ok(percent === null || (percent >= 0 && percent <= 100))
        if (valid === 0) assert.equal(satisfied, null)
      }
    }),
  )
})

test('the form of the survey as Biểu mẫu 1, mục 5.2 counts it', () => {
  assert.equal(formOf([]), null)
  assert.equal(formOf(['token', 'kiosk', 'link']), 0)
  assert.equal(formOf(['paper', 'telephone']), 1)
  assert.equal(formOf(['token', 'paper']), 2)
})
