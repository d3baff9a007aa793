import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allSteps } from '../rules/process.ts'
import { aProcess, aStep } from '../testing.ts'
import {
  addBeside,
  addStageAfter,
  blankStep,
  freeKey,
  moveStep,
  placeOf,
  removeStep,
  withStep,
} from './process-view.ts'

const process = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 })
  .map((sizes) =>
    aProcess(
      ...sizes.map((size, stage) => Array.from({ length: size }, (_, step) => aStep({ key: `s${stage}-${step}` }))),
    ),
  )
const keys = (each: ReturnType<typeof aProcess>) =>
  each.stages.map(({ steps }) => steps.map(({ key }) => key).join('+'))

test('moving a step keeps every step once and leaves no empty stage', () => {
  fc.assert(
    fc.property(process, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (each, pick, direction) => {
      const all = allSteps(each)
      const place = placeOf(each, all[pick % all.length]?.key ?? '')
      assert.ok(place)
      const moved = moveStep(each, place, direction)
      assert.deepEqual(
        allSteps(moved)
          .map(({ key }) => key)
          .toSorted(),
        all.map(({ key }) => key).toSorted(),
      )
      assert.ok(moved.stages.every(({ steps }) => steps.length > 0))
    }),
  )
})

test('a step leaves its stage before it passes another one', () => {
  const each = aProcess([aStep({ key: 'a' })], [aStep({ key: 'b' }), aStep({ key: 'c' })], [aStep({ key: 'd' })])
  assert.deepEqual(keys(moveStep(each, { stage: 1, step: 0 }, -1)), ['a', 'b', 'c', 'd'])
  assert.deepEqual(keys(moveStep(each, { stage: 1, step: 0 }, 1)), ['a', 'c', 'b', 'd'])
  assert.deepEqual(keys(moveStep(each, { stage: 0, step: 0 }, 1)), ['b+c', 'a', 'd'])
  assert.deepEqual(keys(moveStep(each, { stage: 0, step: 0 }, -1)), keys(each))
  assert.deepEqual(keys(moveStep(each, { stage: 9, step: 0 }, 1)), keys(each))
})

test('steps are added, changed and removed; the last one stays', () => {
  const one = aProcess([aStep({ key: 'step' })])
  const added = addStageAfter(one, 0, blankStep(one, { name: 'Mới', room: 60 }))
  assert.deepEqual(keys(added), ['step', 'step-2'])
  assert.deepEqual(keys(addBeside(added, 1, aStep({ key: freeKey(added, 'step') }))), ['step', 'step-2+step-3'])
  assert.equal(
    withStep(added, { stage: 1, step: 0 }, aStep({ key: 'x', name: 'Khác' })).stages[1]?.steps[0]?.name,
    'Khác',
  )
  assert.deepEqual(keys(removeStep(added, { stage: 0, step: 0 })), ['step-2'])
  assert.deepEqual(keys(removeStep(one, { stage: 0, step: 0 })), ['step'])
  assert.equal(placeOf(one, 'khong-co'), undefined)
})
