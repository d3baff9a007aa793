import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMissing, isOpenWay, openWays } from './component-way.ts'
import { evolve, type ComponentState, type Dossier } from './events.ts'
import { moment, Story } from './testing.ts'

const required = { need: 'required', reusable: false } as const
const conditional = { need: 'conditional', reusable: true } as const
const shown = { need: 'shown', reusable: false } as const

test('the ways follow from the rule of the paper', () => {
  assert.deepEqual(openWays(required), ['counter'])
  assert.deepEqual(openWays({ ...required, reusable: true }), ['counter', 'data'])
  assert.deepEqual(openWays(conditional), ['counter', 'data', 'not-mine'])
  assert.deepEqual(openWays(shown), ['shown'])
})

test('a way is open as the rule says, and only for a paper that is not handed in', () => {
  assert.ok(isOpenWay({ given: false }, required))
  assert.ok(isOpenWay({ given: true }, required))
  assert.ok(isOpenWay({ given: false, way: 'not-mine' }, conditional))
  assert.ok(!isOpenWay({ given: true, way: 'not-mine' }, conditional))
  assert.ok(!isOpenWay({ given: false, way: 'data' }, required))
  assert.ok(!isOpenWay({ given: false, way: 'shown' }, required))
})

test('what the agency looks up is not missing; what is still to be brought is', () => {
  assert.ok(isMissing(required, undefined))
  assert.ok(isMissing(required, { given: false, way: 'counter' }))
  assert.ok(!isMissing(required, { given: false, way: 'data' }))
  assert.ok(!isMissing(required, { given: true }))
  assert.ok(!isMissing(conditional, undefined))
})

const paper = (key: string, change: Partial<ComponentState> = {}): ComponentState => ({
  key,
  given: false,
  form: 'electronic',
  count: 0,
  digital: null,
  files: [],
  ...change,
})

const waysIn = ({ components }: Dossier) => components.map(({ key, given, way }) => [key, given ? 'given' : way])

test('it lives with the paper: kept while others change, gone once the paper is there', () => {
  const start = moment('2026-11-20 08:30')
  const lodged = new Story(start, {
    lodge: { components: [paper('a', { way: 'data' }), paper('b', { way: 'counter' })] },
  })
  const record = (components: readonly ComponentState[]) =>
    evolve(lodged.dossier, {
      agencyId: 1,
      event: { type: 'componentsRecorded', components },
      occurredAt: start,
      officerId: 1,
      version: 2,
    })
  assert.deepEqual(waysIn(record([paper('b', { given: true })])), [
    ['a', 'data'],
    ['b', 'given'],
  ])
})

test('a dossier from before it was kept is read as it was written', () => {
  const { dossier } = new Story(moment('2026-11-20 08:30'), { lodge: { components: [paper('a')] } })
  assert.deepEqual(waysIn(dossier), [['a', undefined]])
  assert.ok(!('way' in (dossier.components[0] ?? assert.fail())))
})
