import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Answers, Check, FormDefinition } from '../contract.ts'
import { readShippedForms } from '../shipped-forms.ts'
import { shippedForm, someAnswers } from '../testing.ts'
import { checkAnswers, findingsWithin, warningsOf } from './check.ts'
import { crossCheck } from './cross-check.ts'
import { checkForm, mayPublish } from './definition.ts'
import { checkOf, kindOfCheck, newCheck, putCheck, replaceItem } from './edit.ts'
import { allFields, clean, visible } from './layout.ts'
import { renderPart } from './render.ts'

const today = '2026-11-22'
const birth = shippedForm('birth')
const told = { key: 'one', words: { vi: 'Không khớp', en: 'Does not fit' }, severity: 'error', source: 'thử' } as const
const withChecks = (form: FormDefinition, ...checks: Check[]): FormDefinition => ({ ...form, checks })
const paths = (form: FormDefinition, answers: Answers, caseKey = 'on-time') =>
  crossCheck(form, clean(form, answers, { caseKey }), { today, caseKey }).map(({ path }) => path)

const family: Answers = {
  requesterRelation: 'grandparent',
  requesterNumber: '036160000111',
  childBirthDay: '2026-11-05',
  motherBirthDay: '1990',
  motherNumber: '036190000222',
}

test('days are compared as far as they are known: only what cannot be is told', () => {
  const form = withChecks(birth, { ...told, compare: { left: 'motherBirthDay', is: '<', right: 'childBirthDay' } })
  const cases: [motherBirthDay: string, isWrong: boolean][] = [
    ['1990', false],
    ['2026', false],
    ['2026-11', false],
    ['2026-12', true],
    ['2026-11-05', true],
    ['2026-11-04', false],
    ['2027', true],
    ['hôm qua', false],
  ]
  for (const [motherBirthDay, isWrong] of cases)
    assert.equal(paths(form, { ...family, motherBirthDay }).length > 0, isWrong, motherBirthDay)
})

test('every order holds what it says, from both sides', () => {
  for (const [is, right] of [
    ['<', '2026-11-06'],
    ['<=', '2026-11-05'],
    ['=', '2026-11-05'],
    ['>=', '2026-11-05'],
    ['>', '2026-11-04'],
  ] as const) {
    const form = withChecks(birth, { ...told, compare: { left: 'childBirthDay', is, right: 'noticeDay' } })
    const answers = { ...family, proofKind: 'notice', noticeDay: right }
    assert.deepEqual(paths(form, answers), [], is)
    const other = is.startsWith('>') ? '2026-11-20' : '2026-11-01'
    assert.deepEqual(paths(form, { ...answers, noticeDay: other }), ['noticeDay'], is)
  }
})

test('years, months and days are added to the right side; today is the day of filing', () => {
  const within = (days: number) =>
    withChecks(birth, { ...told, compare: { left: 'today', is: '<=', right: 'childBirthDay', plus: { days } } })
  assert.deepEqual(paths(within(17), family), [])
  assert.deepEqual(paths(within(16), family), ['childBirthDay'])
  const answers = { childBirthDay: '2026-11-05' }
  const found = (facts: { filedOn?: string }) =>
    checkAnswers(within(16), answers, { today, caseKey: 'on-time', partKey: 'child', ...facts }).filter(
      ({ code }) => code === 'check',
    )
  assert.equal(found({}).length, 1)
  assert.equal(found({ filedOn: '2026-11-10' }).length, 0)
})

test('numbers are compared, and a group counts as its elements', () => {
  const form = withChecks(shippedForm('signature'), {
    ...told,
    compare: { left: 'signatures', is: '>=', right: 'signers' },
  })
  const signers = [{ signerName: 'Một' }, { signerName: 'Hai' }]
  assert.deepEqual(paths(form, { signers, signatures: 2 }), [])
  assert.deepEqual(paths(form, { signers, signatures: 1 }), ['signatures'])
})

test('within a repeated group each element is looked at by itself', () => {
  const form = withChecks(shippedForm('social-allowance'), {
    ...told,
    compare: { left: 'childBirthDay', is: '>', right: 'personBirthDay' },
  })
  const children = [{ childBirthDay: '2018-01-01' }, { childBirthDay: '1980-01-01' }, {}]
  assert.deepEqual(paths(form, { group: 'single-parent', personBirthDay: '1990', children }, 'allowance'), [
    'children.1.childBirthDay',
  ])
})

test('answers that must differ are told beside the one that repeats another', () => {
  const form = withChecks(birth, {
    ...told,
    differ: ['requesterNumber', 'motherNumber', 'fatherNumber', 'witnessNumber'],
  })
  assert.deepEqual(paths(form, family), [])
  assert.deepEqual(paths(form, { ...family, motherNumber: '036160000111' }), ['motherNumber'])
  const witnesses = [{ witnessNumber: '036160000111' }, { witnessNumber: '036058000555' }]
  assert.deepEqual(paths(form, { ...family, proofKind: 'witness', witnesses }), ['witnesses.0.witnessNumber'])
  const named = withChecks(shippedForm('certified-copy'), { ...told, differ: ['paperName'] })
  assert.deepEqual(paths(named, { papers: [{ paperName: 'Học bạ' }, { paperName: 'học  bạ' }] }), [
    'papers.1.paperName',
  ])
})

test('what a number says of the sex', () => {
  const form = withChecks(birth, { ...told, identity: { number: 'motherNumber', sex: 'female' } })
  assert.deepEqual(paths(form, family), [])
  assert.deepEqual(paths(form, { ...family, motherNumber: '036090000222' }), ['motherNumber'])
  assert.deepEqual(paths(form, { ...family, motherNumber: 'C01X00T47' }), [])
})

test('a condition is asked first, and what is not asked is not checked', () => {
  const check: Check = {
    ...told,
    when: { caseIn: ['on-time'] },
    compare: { left: 'motherBirthDay', is: '<', right: 'childBirthDay' },
  }
  const form = withChecks(birth, check)
  const wrong = { ...family, motherBirthDay: '2030' }
  assert.deepEqual(paths(form, wrong), ['motherBirthDay'])
  assert.deepEqual(paths(form, wrong, 'late'), [])
  // The mother who files is not asked for herself.
  assert.deepEqual(paths(form, { ...wrong, requesterRelation: 'mother' }), [])
})

test('a warning never keeps anybody back, and gives way to an error', () => {
  const warning: Check = {
    ...told,
    severity: 'warning',
    compare: { left: 'motherBirthDay', is: '<', right: 'childBirthDay' },
  }
  const facts = { today, caseKey: 'on-time', partKey: 'mother' }
  const answers = { ...family, motherBirthDay: '2026-11-06' }
  const codes = (form: FormDefinition) => checkAnswers(form, answers, facts).filter(({ code }) => code === 'check')
  assert.deepEqual(codes(withChecks(birth, warning)), [])
  assert.deepEqual(
    warningsOf(withChecks(birth, warning), answers, facts).map(({ path }) => path),
    ['motherBirthDay'],
  )
  const both = withChecks(birth, warning, { ...warning, key: 'two', severity: 'error' })
  assert.equal(codes(both).length, 1)
  assert.deepEqual(warningsOf(both, answers, facts), [])
})

test('what is wrong by itself is mended before it is compared', () => {
  const form = withChecks(birth, {
    ...told,
    compare: { left: 'today', is: '<=', right: 'childBirthDay', plus: { days: 1 } },
  })
  const found = checkAnswers(form, { childBirthDay: '2027-01-01' }, { today, partKey: 'child' })
  assert.deepEqual(
    found.filter(({ path }) => path === 'childBirthDay').map(({ code }) => code),
    ['day-future'],
  )
})

test('where only one answer may be changed, a contradiction is told there', () => {
  const form = withChecks(birth, { ...told, compare: { left: 'motherBirthDay', is: '<', right: 'childBirthDay' } })
  const found = checkAnswers(form, { ...family, motherBirthDay: '2026-11-06' }, { today, caseKey: 'on-time' })
  const open = (list: string[] | null) =>
    findingsWithin(found, list)
      .filter(({ code }) => code === 'check')
      .map(({ path }) => path)
  assert.deepEqual(open(null), ['motherBirthDay'])
  assert.deepEqual(open(['childBirthDay']), ['childBirthDay'])
  assert.deepEqual(open(['hometown']), [])
})

test('for any answers at all nothing is thrown, and only what is asked is told of', () => {
  for (const form of readShippedForms())
    fc.assert(
      fc.property(
        someAnswers(form),
        fc.constantFrom(null, 'on-time', 'late', 'care', 'household', 'standard'),
        fc.constantFrom('2026-11-22', '1950-02-28', '2024-02-29'),
        (answers, caseKey, day) => {
          const kept = clean(form, answers, { caseKey })
          const { places, groups } = visible(form, kept, { caseKey })
          const asked = new Set([...places, ...groups].map(({ path }) => path))
          for (const { path, about } of crossCheck(form, kept, { today: day, caseKey })) {
            assert.ok(asked.has(path), path)
            for (const one of about) assert.ok(asked.has(one), one)
          }
        },
      ),
      { numRuns: 60 },
    )
})

test('a stranger’s answers throw nothing either', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 2 }), (answers) => {
      checkAnswers(birth, answers as Answers, { today, caseKey: 'on-time' })
      warningsOf(birth, answers as Answers, { today })
    }),
  )
})

test('a part alone finds what the whole form finds in it, by the answers that its page knows', () => {
  for (const form of readShippedForms())
    fc.assert(
      fc.property(someAnswers(form), (answers) => {
        const caseKey = form.caseKeys[0] ?? 'on-time'
        const kept = clean(form, answers, { caseKey })
        for (const part of form.layout.parts) {
          const { html } = renderPart(form, part.key, { answers: kept, language: 'vi', caseKey })
          const known = /data-known="([^"]*)"/.exec(html)?.[1]
          if (known === undefined) continue
          const seen = JSON.parse(
            known
              .replaceAll('&quot;', '"')
              .replaceAll('&#39;', "'")
              .replaceAll('&amp;', '&')
              .replaceAll('&lt;', '<')
              .replaceAll('&gt;', '>'),
          ) as Answers
          // What stands on other pages was right when those were left; a wrong answer there is not compared with.
          const wrong = checkAnswers(form, kept, { today, caseKey }).map(({ path }) => path)
          if (wrong.some((path) => path in seen)) continue
          for (const { key } of part.fields) if (kept[key] !== undefined) seen[key] = kept[key]
          const checks = (given: Answers) =>
            checkAnswers(form, given, { today, caseKey, partKey: part.key })
              .filter(({ code }) => code === 'check')
              .map(({ path }) => path)
          assert.deepEqual(checks(seen), checks(kept), `${form.key} ${part.key}`)
        }
      }),
      { numRuns: 15 },
    )
})

test('a definition says what its checks lack', () => {
  const codes = (...checks: Check[]) => checkForm(withChecks(birth, ...checks)).map(({ code }) => code)
  const compare = { left: 'motherBirthDay', is: '<', right: 'childBirthDay' } as const
  assert.deepEqual(codes({ ...told, compare }), [])
  assert.deepEqual(codes({ ...told, compare }, { ...told, compare }), ['key-twice'])
  assert.deepEqual(codes({ ...told, words: { vi: '', en: '' }, compare }), ['check-wordless'])
  assert.deepEqual(codes({ ...told, source: ' ', compare }), ['check-sourceless'])
  assert.deepEqual(codes({ ...told, words: { vi: 'A', en: '' }, compare }), ['english-missing'])
  assert.deepEqual(codes({ ...told, compare: { ...compare, left: 'nobody' } }), ['reference-unknown'])
  assert.deepEqual(codes({ ...told, compare: { ...compare, left: 'copies' } }), ['check-kind'])
  assert.deepEqual(codes({ ...told, compare: { ...compare, left: 'childBirthDay' } }), ['check-kind'])
  assert.deepEqual(codes({ ...told, compare: { left: 'today', is: '<', right: 'today' } }), ['check-idle'])
  assert.deepEqual(codes({ ...told, differ: ['motherNumber'] }), ['check-idle'])
  assert.deepEqual(codes({ ...told, differ: ['witnessNumber'] }), [])
  assert.deepEqual(codes({ ...told, identity: { number: 'motherName', sex: 'female' } }), ['check-sex'])
  assert.deepEqual(codes({ ...told, never: { caseIn: ['late'] } }), ['check-idle'])
  assert.deepEqual(codes({ ...told, never: { field: 'proofKind', is: 'nothing' } }), ['condition-value'])
  assert.deepEqual(codes({ ...told, compare, when: { field: 'nobody', is: true } }), ['condition-unknown'])
  assert.deepEqual(codes({ ...told, compare, when: { field: 'witnessName', filled: true } }), ['condition-in-group'])
  assert.ok(!mayPublish(checkForm(withChecks(birth, { ...told, source: '', compare }))))
  assert.ok(mayPublish(checkForm(withChecks(birth, { ...told, severity: 'warning', source: '', compare }))))
})

test('the editor adds, changes and takes away checks, and a renamed question keeps them', () => {
  const { checks: _, ...bare } = birth
  const first = newCheck(bare, 'compare')
  const one = putCheck(bare, 0, first)
  assert.deepEqual([one.checks?.length, newCheck(one, 'never').key], [1, 'check2'])
  for (const kind of ['compare', 'differ', 'identity', 'never'] as const)
    assert.equal(kindOfCheck(checkOf(bare, kind, { ...first, words: told.words })), kind)
  // What the editor begins with needs words and an article, nothing else.
  for (const kind of ['compare', 'differ', 'identity', 'never'] as const)
    assert.deepEqual(
      checkForm(withChecks(bare, newCheck(bare, kind))).map(({ code }) => code),
      ['check-wordless', 'check-sourceless'],
    )
  assert.ok(!('checks' in putCheck(one, 0, undefined)))
  const compare = { left: 'motherBirthDay', is: '<', right: 'childBirthDay' } as const
  const form = withChecks(
    birth,
    { ...told, compare },
    { ...told, key: 'two', differ: ['motherBirthDay', 'childBirthDay'] },
  )
  const field = allFields(form).find((each) => each.field.key === 'motherBirthDay')?.field
  assert.ok(field)
  const renamed = replaceItem(form, 'motherBirthDay', { ...field, key: 'mother' })
  assert.deepEqual(renamed.checks?.[0], { ...told, compare: { ...compare, left: 'mother' } })
  assert.deepEqual(renamed.checks?.[1], { ...told, key: 'two', differ: ['mother', 'childBirthDay'] })
  assert.deepEqual(
    checkForm(renamed).filter(({ code }) => code === 'reference-unknown'),
    [],
  )
})
