import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Step } from '../contract.ts'
import { aProcess, aStep } from '../testing.ts'
import {
  allSteps,
  firstSteps,
  limitMinutes,
  mayUse,
  nextSteps,
  processMinutes,
  stepMinutes,
  validateProcess,
} from './process.ts'

const process = fc
  .array(fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  .map((stages) =>
    aProcess(
      ...stages.map((steps, stage) => steps.map((minutes, place) => aStep({ key: `s${stage}-${place}`, minutes }))),
    ),
  )

test('time limits are set against each other in working minutes', () => {
  assert.equal(
    limitMinutes([
      { amount: 7, unit: 'workingDay' },
      { amount: 12, unit: 'calendarDay' },
    ]),
    15 * 480,
  )
  assert.equal(
    limitMinutes([
      { amount: 4, unit: 'workingHour' },
      { amount: 1, unit: 'month' },
    ]),
    240 + 21 * 480,
  )
  assert.equal(limitMinutes([{ amount: 0, unit: 'atOnce' }]), 480)
})

test('following the next steps always ends and takes each step once, in whatever order steps side by side are done', () => {
  fc.assert(
    fc.property(process, fc.infiniteStream(fc.nat(100)), (each, choices) => {
      const done: string[] = []
      let open = firstSteps(each)
      while (open.length > 0) {
        const pick: Step | undefined = open[(choices.next().value ?? 0) % open.length]
        assert.ok(pick && !done.includes(pick.key))
        done.push(pick.key)
        open = nextSteps(each, done)
      }
      assert.deepEqual(
        done.toSorted(),
        allSteps(each)
          .map(({ key }) => key)
          .toSorted(),
      )
    }),
  )
})

test('the time of a process lies between its longest step and the sum of all', () => {
  fc.assert(
    fc.property(process, (each) => {
      const minutes = allSteps(each).map(stepMinutes)
      assert.ok(processMinutes(each) >= Math.max(...minutes))
      assert.ok(processMinutes(each) <= minutes.reduce((sum, one) => sum + one, 0))
    }),
  )
})

test('a process over the legal limit may not be used, and the finding says by how much', () => {
  const findings = validateProcess(aProcess(), { limit: [{ amount: 1, unit: 'workingDay' }], hasResult: true })
  assert.deepEqual(
    findings.map(({ code, about }) => [code, about]),
    [['over-limit', '300']],
  )
  assert.equal(mayUse(findings), false)
  assert.deepEqual(validateProcess(aProcess(), { hasResult: true }), [])
})

test('each mistake in a process has its finding', () => {
  const codes = (...stages: Step[][]) =>
    validateProcess(aProcess(...stages), { hasResult: true }).map(({ code }) => code)
  const sign = aStep({ key: 'sign', kind: 'sign' })
  const back = aStep({ key: 'return', kind: 'return', minutes: 0 })
  assert.deepEqual(codes([aStep()], [back]), ['no-signature'])
  assert.deepEqual(codes([aStep()], [sign]), ['no-return'])
  assert.deepEqual(codes([sign], [back]), ['sign-before-work'])
  assert.deepEqual(codes([sign], [aStep()], [back]), ['sign-before-work'])
  assert.deepEqual(codes([aStep()], [back], [sign]), ['return-not-last'])
  assert.deepEqual(codes([aStep(), aStep()], [sign], [back]), ['duplicate-step'])
  assert.deepEqual(codes([aStep({ unitKind: null, minutes: 0 })], [sign], [back]), ['no-unit', 'no-time'])
  assert.deepEqual(codes([aStep({ kind: 'hand-off' })], [sign], [back]), ['hand-off-to-itself'])
  const elsewhere = { agency: { relation: 'police' as const }, unitKind: null }
  assert.deepEqual(codes([aStep(elsewhere)], [sign], [aStep({ ...elsewhere, key: 'return', kind: 'return' })]), [
    'partner-without-hand-off',
  ])
})
