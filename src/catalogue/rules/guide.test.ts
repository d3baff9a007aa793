import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Guide } from '../contract.ts'
import { aCase, aVersion } from '../testing.ts'
import { follow, guideFaults } from './guide.ts'

const yesNo = (yes: Guide[number]['answers'][number]['to'], no: Guide[number]['answers'][number]['to']) => [
  { text: 'Có', textEn: 'Yes', to: yes },
  { text: 'Không', textEn: 'No', to: no },
]
const guide: Guide = [
  {
    key: 'first',
    text: 'Lần đầu?',
    textEn: '',
    answers: yesNo({ question: 'late' }, { stop: 'Không phải', stopEn: 'No' }),
  },
  { key: 'late', text: 'Muộn?', textEn: '', answers: yesNo({ case: 'late' }, { case: 'on-time' }) },
]
const cases = [aCase({ key: 'on-time' }), aCase({ key: 'late' })]

test('answers lead to a case, to a word, or stay at their question', () => {
  assert.deepEqual(follow({ guide }, [1, 2]), { caseKey: 'on-time' })
  assert.deepEqual(follow({ guide }, [2]), { stop: 'Không phải', stopEn: 'No', instead: undefined })
  for (const answers of [[1], [1, 3], [1, 0]]) {
    const guided = follow({ guide }, answers)
    assert.ok(guided && 'asked' in guided && guided.asked.key === 'late' && guided.given.length === 1)
  }
  assert.equal(follow({}, [1]), undefined)
})

test('a guide that leads nowhere, back, or past a question is found, and walking it ends', () => {
  assert.deepEqual(guideFaults({ guide, cases }), [])
  assert.deepEqual(
    guideFaults({ guide, cases: cases.slice(0, 1) }).map(({ code, at }) => `${code} ${at}`),
    ['guide-leads-nowhere /guide/1/answers/0/to'],
  )
  const circle: Guide = [
    { ...aQuestion('a'), answers: yesNo({ question: 'b' }, { case: 'late' }) },
    { ...aQuestion('b'), answers: yesNo({ question: 'a' }, { question: 'x' }) },
    { ...aQuestion('c'), answers: yesNo({ case: 'late' }, { case: 'late' }) },
  ]
  assert.deepEqual(
    guideFaults(aVersion({ guide: circle, cases })).map(({ code, about }) => `${code} ${about}`),
    ['guide-runs-in-circles a', 'guide-leads-nowhere x', 'guide-unreached c'],
  )
  assert.equal(follow({ guide: circle }, [1, 1, 1, 1]), undefined)
})

const aQuestion = (key: string) => ({ key, text: key, textEn: '' })
