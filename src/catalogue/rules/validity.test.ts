import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../../platform/day.ts'
import { aVersion } from '../testing.ts'
import { fitVersion, isInForce, linkageOn, overlap, serviceLevelOn, type Validity } from './validity.ts'

const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2025-06-01', days))
const validity = fc
  .tuple(day, fc.option(fc.integer({ min: 0, max: 30 })))
  .map(([validFrom, length]): Validity => ({ validFrom, validTo: length === null ? null : addDays(validFrom, length) }))

test('the service level and the kind of liên thông are those of the day', () => {
  const version = aVersion({
    serviceLevels: [
      { level: '3', validFrom: '2020-01-01', validTo: '2022-08-14', reason: null },
      { level: 'full', validFrom: '2022-08-15', validTo: null, reason: null },
    ],
    linkages: [{ kind: 'mixed', boundaryFree: true, validFrom: '2025-07-01', validTo: null }],
  })
  assert.equal(serviceLevelOn(version, '2022-08-14')?.level, '3')
  assert.equal(serviceLevelOn(version, '2022-08-15')?.level, 'full')
  assert.equal(serviceLevelOn(version, '2019-12-31'), undefined)
  assert.equal(linkageOn(version, '2026-11-22')?.boundaryFree, true)
  assert.equal(linkageOn(version, '2025-06-30'), undefined)
})

test('two validities overlap exactly when some day is in both', () => {
  fc.assert(
    fc.property(validity, validity, (one, other) => {
      const days = Array.from({ length: 140 }, (_, index) => addDays('2025-06-01', index))
      assert.equal(
        overlap(one, other),
        days.some((each) => isInForce(one, each) && isInForce(other, each)),
      )
    }),
  )
})

test('publishing leaves neither a gap nor a day with two versions', () => {
  fc.assert(
    fc.property(validity, validity, fc.boolean(), (previous, next, mayLeaveGap) => {
      const fit = fitVersion(previous, next, { mayLeaveGap })
      if (!fit.ok) return
      const closed = { ...previous, validTo: fit.closePreviousOn ?? previous.validTo }
      assert.equal(overlap(closed, next), false)
      assert.ok(closed.validFrom <= String(closed.validTo))
      if (!mayLeaveGap) assert.equal(addDays(String(closed.validTo), 1), next.validFrom)
    }),
  )
})

test('each refusal says which days stand in the way', () => {
  const open = { validFrom: '2025-07-01', validTo: null }
  const refusal = (previous: Validity | undefined, next: Validity) => {
    const fit = fitVersion(previous, next)
    return fit.ok ? undefined : fit.refusal
  }
  assert.deepEqual(refusal(undefined, { validFrom: '2026-01-02', validTo: '2026-01-01' }), {
    code: 'validity-reversed',
  })
  assert.equal(refusal(undefined, open), undefined)
  assert.equal(refusal(open, open)?.code, 'starts-before-previous')
  assert.deepEqual(refusal({ ...open, validTo: '2025-12-31' }, { validFrom: '2026-01-02', validTo: null }), {
    code: 'leaves-gap',
    previousTo: '2025-12-31',
  })
  assert.equal(
    fitVersion({ ...open, validTo: '2025-12-31' }, { validFrom: '2026-03-01', validTo: null }, { mayLeaveGap: true })
      .ok,
    true,
  )
  assert.equal(
    refusal({ ...open, validTo: '2025-12-31' }, { validFrom: '2025-12-31', validTo: null })?.code,
    'starts-before-previous',
  )
})
