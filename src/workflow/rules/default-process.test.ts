import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ProcedureVersion, TimeLimitPart } from '../../catalogue/index.ts'
import { aCase, aTimeLimit, aVersion } from '../../catalogue/testing.ts'
import { aProcess } from '../testing.ts'
import { defaultProcess, judgeProcess, shortestLimit } from './default-process.ts'
import { allSteps, findStep, limitMinutes, processMinutes, stepMinutes, validateProcess } from './process.ts'

const withLimit = (parts: TimeLimitPart[], change: Partial<ProcedureVersion> = {}) =>
  aVersion({ cases: [aCase({ timeLimits: [aTimeLimit({ parts })] })], ...change })
const byDefault = (version: ProcedureVersion) => defaultProcess(version, 'thong-thuong', 'counter')
const kinds = (version: ProcedureVersion) =>
  byDefault(version).stages.map(({ steps }) => steps.map(({ kind }) => kind).join('+'))

const part = fc.record({
  amount: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom('workingHour', 'workingDay', 'calendarDay', 'month'),
})
const limit: fc.Arbitrary<TimeLimitPart[]> = fc.oneof(
  fc.constant<TimeLimitPart[]>([{ amount: 0, unit: 'atOnce' }]),
  fc.array(part, { minLength: 1, maxLength: 3 }),
)
const handOff = fc.record({
  to: fc.constantFrom('police', 'province-department', 'other-commune'),
  name: fc.constant('Cơ quan khác'),
  parts: fc.array(part, { maxLength: 2 }),
})
const version = fc
  .record({
    limit,
    handOffs: fc.array(handOff, { maxLength: 3 }),
    hasResult: fc.boolean(),
    defaultUnit: fc.constantFrom('one-stop', 'justice', 'land', 'police'),
  })
  .map(({ limit: parts, ...change }) => ({ parts, version: withLimit(parts, change) }))

test('by default the unit examines, a leader signs, the office registers, the one-stop desk returns', () => {
  const process = byDefault(aVersion())
  assert.deepEqual(
    process.stages.map(({ steps }) => steps.map(({ kind, unitKind }) => `${kind} ${unitKind}`).join()),
    ['examine justice', 'sign leadership', 'register office', 'return one-stop'],
  )
  assert.equal(processMinutes(process), 3 * 480)
  assert.deepEqual(kinds(aVersion({ hasResult: false })), ['examine', 'return'])
})

test('a procedure settled at once is done within the working day', () => {
  assert.equal(processMinutes(byDefault(withLimit([{ amount: 0, unit: 'atOnce' }]))), 480)
})

test('what the law gives to another authority comes after the commune has signed, with its own time', () => {
  const parts: TimeLimitPart[] = [
    { amount: 7, unit: 'workingDay' },
    { amount: 12, unit: 'calendarDay' },
  ]
  const department = { to: 'province-department' as const, name: 'Sở Nội vụ quyết định', parts: parts.slice(1) }
  const process = byDefault(withLimit(parts, { handOffs: [department] }))
  assert.deepEqual(
    process.stages.map(({ steps }) => steps[0]?.kind),
    ['examine', 'sign', 'register', 'hand-off', 'return'],
  )
  assert.deepEqual(findStep(process, 'hand-off-1')?.limit, department.parts)
  assert.equal(processMinutes(process), limitMinutes(parts))
})

test('the police sign what the police settle', () => {
  const process = byDefault(withLimit([{ amount: 7, unit: 'workingDay' }], { defaultUnit: 'police' }))
  assert.deepEqual(
    process.stages.map(({ steps }) => steps[0]?.key),
    ['examine', 'hand-off-police', 'sign', 'register', 'return'],
  )
  assert.deepEqual(findStep(process, 'sign')?.agency, { relation: 'police' })
  const named = withLimit([{ amount: 7, unit: 'workingDay' }], {
    defaultUnit: 'police',
    handOffs: [{ to: 'police', name: 'Công an xã', parts: [] }],
  })
  assert.deepEqual(
    byDefault(named).stages.map(({ steps }) => steps[0]?.key),
    ['examine', 'hand-off-1', 'sign', 'register', 'return'],
  )
})

test('an unknown case or channel still gives a process, of one working day', () => {
  assert.equal(processMinutes(defaultProcess(aVersion(), 'khong-co', 'post')), 480)
})

test('a default process takes exactly the time limit and may always be used', () => {
  fc.assert(
    fc.property(version, ({ parts, version: each }) => {
      const process = byDefault(each)
      assert.equal(processMinutes(process), limitMinutes(parts))
      assert.ok(allSteps(process).every((step) => stepMinutes(step) >= 0))
      assert.deepEqual(
        validateProcess(process, { limit: parts, hasResult: each.hasResult }).filter(
          ({ severity }) => severity === 'error',
        ),
        [],
      )
    }),
  )
})

test('a process for all cases keeps the shortest limit of any case and channel', () => {
  const cases = [
    aCase({
      timeLimits: [
        aTimeLimit({ channels: ['counter'] }),
        aTimeLimit({ channels: ['online'], parts: [{ amount: 2, unit: 'workingDay' }] }),
      ],
    }),
    aCase({ key: 'xac-minh', timeLimits: [aTimeLimit({ parts: [{ amount: 8, unit: 'workingHour' }] })] }),
  ]
  const each = aVersion({ cases })
  assert.deepEqual(shortestLimit(each, null), [{ amount: 8, unit: 'workingHour' }])
  assert.deepEqual(shortestLimit(each, 'thong-thuong'), [{ amount: 2, unit: 'workingDay' }])
  assert.equal(shortestLimit(each, 'khong-co'), undefined)
  assert.deepEqual(
    judgeProcess(each, null, aProcess()).map(({ code }) => code),
    ['over-limit'],
  )
  assert.deepEqual(judgeProcess(each, 'thong-thuong', aProcess()), [])
  assert.deepEqual(judgeProcess(each, 'khong-co', aProcess()), [])
})
