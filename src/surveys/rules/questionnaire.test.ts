import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { templates } from '../templates.ts'
import type { Answers, Question, Questionnaire } from '../contract.ts'
import { faceOf, touchable } from './faces.ts'
import {
  askedOf,
  differencesOf,
  faultsOf,
  isJudged,
  LONGEST_WORDS,
  optionsOf,
  parted,
  readAnswers,
} from './questionnaire.ts'

const { commune, sipas, rating } = templates as Record<'commune' | 'sipas' | 'rating', Questionnaire>

test('the templates are without fault, in both languages', () => {
  for (const [name, template] of Object.entries(templates)) {
    assert.deepEqual(faultsOf(template), [], name)
    for (const { text, ...question } of template.questions) {
      assert.ok(text.vi && text.en, name)
      for (const option of optionsOf({ ...question })) assert.ok(option.text.vi && option.text.en, name)
    }
  }
})

test('SIPAS has five factors with 4 + 5 + 6 + 3 + 4 criteria', () => {
  const counts = sipas.factors.map(({ key }) => sipas.questions.filter(({ factor }) => factor === key).length)
  assert.deepEqual(counts, [4, 5, 6, 3, 4])
  for (const question of sipas.questions.filter(({ factor }) => factor))
    assert.deepEqual(
      optionsOf(question).map(({ score, positive }) => [score, positive]),
      [
        [1, false],
        [2, false],
        [3, false],
        [4, true],
        [5, true],
      ],
    )
})

test('the survey of the commune has nine questions with scales of their own', () => {
  assert.equal(commune.questions.length, 9)
  assert.deepEqual(
    commune.questions.map((question) => optionsOf(question).length),
    [4, 4, 4, 4, 4, 4, 2, 3, 4],
  )
  assert.equal(commune.questions.filter(isJudged).length, 8)
})

test('faults are found', () => {
  const broken = (change: (template: Questionnaire) => void): string[] => {
    const copy = structuredClone(rating)
    change(copy)
    return faultsOf(copy).map(({ code }) => code)
  }
  const question = (key: string, change: Partial<Question>): Question => ({
    key,
    kind: 'single',
    text: { vi: 'Câu', en: '' },
    ...change,
  })
  const a = { key: 'a', text: { vi: 'A', en: '' } }
  const two = [a, { key: 'b', text: { vi: 'B', en: '' } }]
  assert.deepEqual(
    broken((form) => form.questions.push(question('overall', { options: two }))),
    ['key-twice'],
  )
  assert.deepEqual(
    broken((form) => form.questions.push(question('x', {}))),
    ['options-missing'],
  )
  assert.deepEqual(
    broken((form) => form.questions.push(question('x', { options: [a, a] }))),
    ['option-twice'],
  )
  assert.deepEqual(
    broken((form) => form.questions.push(question('x', { kind: 'text', options: two }))),
    ['options-not-here'],
  )
  assert.deepEqual(
    broken((form) => form.questions.push(question('x', { kind: 'scale', factor: 'none' }))),
    ['factor-unknown'],
  )
  const factor = { key: 'f', name: { vi: 'F', en: '' } }
  assert.deepEqual(
    broken((form) => {
      form.factors.push(factor)
      form.questions.push(question('x', { options: two, factor: 'f' }))
    }),
    ['text-factor'],
  )
  assert.deepEqual(
    broken((form) => form.factors.push(factor, factor)),
    ['key-twice'],
  )
  assert.deepEqual(
    broken((form) =>
      form.questions.unshift(question('x', { options: two, when: { question: 'overall', options: ['neutral'] } })),
    ),
    ['condition-later'],
  )
  for (const when of [
    { question: 'nobody', options: ['a'] },
    { question: 'overall', options: ['nothing'] },
  ])
    assert.deepEqual(
      broken((form) => form.questions.push(question('x', { options: two, when }))),
      ['condition-unknown'],
    )
  const when = { question: 'overall', options: ['neutral'] }
  assert.deepEqual(
    broken((form) => form.questions.push(question('x', { options: two, personal: true, when }))),
    ['personal-condition'],
  )
  assert.deepEqual(
    broken((form) => form.questions.push(question('x', { options: two, when: { question: 'words', options: ['a'] } }))),
    ['personal-condition'],
  )
  assert.deepEqual(
    broken((form) => (form.overall = 'nobody')),
    ['overall-unknown'],
  )
  assert.deepEqual(
    broken((form) => (form.overall = 'reasons')),
    ['overall-unjudged'],
  )
})

test('answers outside of the scale are refused, blanks and what was not asked are left out', () => {
  const read = (given: Answers) => readAnswers(rating, given)
  assert.deepEqual(read({ overall: 'satisfied', words: '  ' }), { answers: { overall: 'satisfied' }, faults: [] })
  assert.deepEqual(read({ overall: '9' }).faults, [{ question: 'overall', code: 'unknown-option' }])
  assert.deepEqual(read({ overall: ['satisfied', 'neutral'] }).faults, [{ question: 'overall', code: 'not-one' }])
  assert.deepEqual(read({ other: 'x' }).faults, [{ question: 'other', code: 'unknown-question' }])
  assert.deepEqual(read({ words: 'x'.repeat(LONGEST_WORDS + 1) }).faults, [{ question: 'words', code: 'too-long' }])
  assert.deepEqual(read({ words: ['a', 'b'] }).faults, [{ question: 'words', code: 'not-one' }])
  // Who is content is not asked why not.
  assert.deepEqual(read({ overall: 'satisfied', reasons: ['time'] }).answers, { overall: 'satisfied' })
  assert.deepEqual(read({ overall: 'neutral', reasons: ['time', 'fees', 'time'] }).answers, {
    overall: 'neutral',
    reasons: ['fees', 'time'],
  })
  assert.deepEqual(read(JSON.parse('{"__proto__":"x","constructor":"y"}') as Answers).answers, {})
  assert.deepEqual(
    askedOf(rating, {}).map(({ key }) => key),
    ['overall', 'words'],
  )
})

test('whatever is sent, what is kept is within the scale', () => {
  const value = fc.oneof(
    fc.string(),
    fc.array(fc.string(), { maxLength: 4 }),
    fc.constantFrom('1', '5', 'yes', 'no', 'male'),
  )
  const key = fc.oneof(fc.constantFrom(...sipas.questions.map((question) => question.key)), fc.string())
  fc.assert(
    fc.property(fc.dictionary(key, value), (given) => {
      const { answers } = readAnswers(sipas, given)
      for (const [name, answer] of Object.entries(answers)) {
        const question = sipas.questions.find((each) => each.key === name)
        assert.ok(question)
        if (question.kind === 'text') continue
        const keys = optionsOf(question).map((option) => option.key)
        for (const one of Array.isArray(answer) ? answer : [answer]) assert.ok(keys.includes(one))
      }
      // Reading what was read changes nothing.
      assert.deepEqual(readAnswers(sipas, answers), { answers, faults: [] })
    }),
  )
})

test('two entries of a ballot differ where one is blank or another option', () => {
  assert.deepEqual(differencesOf(commune, { q1: 'board', q6: 'good' }, { q1: 'board' }), [
    { question: 'q6', first: 'good', second: null },
  ])
  assert.deepEqual(differencesOf(commune, { q1: 'board' }, { q1: 'media' }), [
    { question: 'q1', first: 'board', second: 'media' },
  ])
  assert.deepEqual(differencesOf(rating, { words: 'Cần thêm ghế.' }, { words: 'cần  thêm ghế' }), [])
})

test('facts about the person and free words lie apart from the ballot', () => {
  const { together, apart } = parted(sipas, { 'access-1': '4', sex: 'female', words: 'Tốt', wishes: ['faster'] })
  assert.deepEqual(together, { 'access-1': '4', wishes: ['faster'] })
  assert.deepEqual(apart, [
    { question: 'words', choice: null, words: 'Tốt' },
    { question: 'sex', choice: 'female', words: null },
  ])
})

test('a kiosk shows faces from glad to sad where there is a scale, and asks nothing about the person', () => {
  const [overall] = rating.questions
  assert.ok(overall)
  assert.deepEqual(
    [0, 1, 2, 3].map((index) => faceOf(overall, index)),
    ['5', '4', '3', '1'],
  )
  const scale = sipas.questions.find(({ kind }) => kind === 'scale')
  assert.ok(scale)
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((index) => faceOf(scale, index)),
    ['1', '2', '3', '4', '5'],
  )
  const [first, , , , , , seventh] = commune.questions
  assert.ok(first && seventh)
  assert.equal(faceOf(first, 0), undefined)
  assert.equal(faceOf(seventh, 0), undefined)
  assert.equal(faceOf(overall, 9), undefined)
  assert.ok(touchable(sipas.questions).every(({ kind, personal }) => kind !== 'text' && !personal))
})
