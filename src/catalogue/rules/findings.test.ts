import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProcedureVersion } from '../contract.ts'
import { aCase, aComponent, aFee, aTimeLimit, aVersion } from '../testing.ts'
import { mayPublish, validateVersion } from './findings.ts'

const found = (change: Partial<ProcedureVersion>, fields?: string[]) =>
  validateVersion(aVersion(change), fields ? { fields } : {}).map(({ code, pointer }) => `${code} ${pointer}`)
const inCase = (change: Parameters<typeof aCase>[0]) => found({ cases: [aCase(change)] })

test('a complete version has no findings', () => {
  assert.deepEqual(found({}, ['ho-tich']), [])
  assert.equal(mayPublish([]), true)
})

test('published parts may not be empty', () => {
  assert.deepEqual(found({ name: ' ', source: '', sequence: ['a', ' '], subjects: [''] }), [
    'empty-text /name',
    'empty-text /source',
    'empty-text /sequence/1',
    'empty-text /subjects/0',
  ])
  assert.deepEqual(found({}, ['dat-dai']), ['unknown-field /field'])
})

test('days exist and stand in order', () => {
  assert.deepEqual(found({ validTo: '2025-06-30' }), ['validity-reversed /validTo'])
  assert.deepEqual(found({ validTo: '2026-02-30' }), ['impossible-day /validTo'])
  assert.deepEqual(found({ validFrom: '2025-13-01' }), ['impossible-day /validFrom'])
  assert.deepEqual(found({ legalBasis: [{ number: '1', name: 'x', date: '2025-02-29', agency: null }] }), [
    'impossible-day /legalBasis/0/date',
  ])
})

test('keys are unique among cases and components', () => {
  assert.deepEqual(found({ cases: [aCase(), aCase()] }), ['duplicate-key /cases/1/key'])
  assert.deepEqual(inCase({ components: [aComponent(), aComponent({ name: 'Khác' })] }), [
    'duplicate-key /cases/0/components/1/key',
  ])
})

test('each channel has one time limit and is described', () => {
  assert.deepEqual(inCase({ timeLimits: [aTimeLimit(), aTimeLimit({ channels: ['online'] })] }), [
    'overlapping-time-limits /cases/0/timeLimits/1/channels',
  ])
  assert.deepEqual(found({ channelNotes: [{ channel: 'counter', note: 'x' }] }), [
    'channel-not-described /cases/0/timeLimits/0/channels',
    'channel-not-described /cases/0/timeLimits/0/channels',
  ])
  const findings = validateVersion(
    aVersion({ cases: [aCase({ timeLimits: [aTimeLimit({ channels: ['counter'] })] })] }),
  )
  assert.deepEqual(
    findings.map(({ code, about }) => `${code} ${about}`),
    ['channel-without-time-limit online', 'channel-without-time-limit post'],
  )
  assert.equal(mayPublish(findings), true)
})

test('at once stands alone, and nothing else has amount 0', () => {
  const parts = (...list: { amount: number; unit: 'atOnce' | 'workingDay' }[]) =>
    inCase({ timeLimits: [aTimeLimit({ parts: list })] })
  assert.deepEqual(parts({ amount: 0, unit: 'atOnce' }), [])
  assert.deepEqual(parts({ amount: 1, unit: 'atOnce' }), ['at-once-mixed /cases/0/timeLimits/0/parts'])
  assert.deepEqual(parts({ amount: 0, unit: 'atOnce' }, { amount: 1, unit: 'workingDay' }), [
    'at-once-mixed /cases/0/timeLimits/0/parts',
  ])
  assert.deepEqual(parts({ amount: 0, unit: 'workingDay' }), ['empty-time-limit /cases/0/timeLimits/0/parts'])
})

test('fees do not overlap, tiers have a start, exemptions have their own keys', () => {
  assert.deepEqual(inCase({ fees: [aFee(), aFee({ amount: 1 })] }), ['overlapping-fees /cases/0/fees/1'])
  assert.deepEqual(inCase({ fees: [aFee({ per: 'page', fromUnit: 3 })] }), [
    'fee-tier-without-start /cases/0/fees/0/fromUnit',
  ])
  assert.deepEqual(inCase({ fees: [aFee({ per: 'page' }), aFee({ per: 'page', fromUnit: 3 })] }), [])
  const exemption = { key: 'a', name: 'a', percent: 50, basis: 'x' }
  assert.deepEqual(inCase({ fees: [aFee({ exemptions: [exemption, exemption] })] }), [
    'duplicate-key /cases/0/fees/0/exemptions/1/key',
  ])
})

test('a conditional paper names its condition; a required paper without a number is doubtful', () => {
  assert.deepEqual(
    inCase({
      components: [aComponent({ need: 'conditional', condition: ' ' }), aComponent({ key: 'b', originals: 0 })],
    }),
    ['condition-missing /cases/0/components/0/condition', 'component-without-number /cases/0/components/1'],
  )
})

test('a procedure with a result names it, one without does not', () => {
  assert.deepEqual(found({ results: [] }), ['result-missing /results'])
  assert.deepEqual(found({ hasResult: false }), ['result-unexpected /results'])
})

test('dated attributes cover the whole validity once', () => {
  const level = (validFrom: string, validTo: string | null) => ({
    level: 'full' as const,
    validFrom,
    validTo,
    reason: null,
  })
  assert.deepEqual(found({ serviceLevels: [level('2025-07-01', '2025-12-31'), level('2025-12-31', null)] }), [
    'dated-overlap /serviceLevels/1',
  ])
  assert.deepEqual(found({ serviceLevels: [level('2026-02-01', null), level('2025-07-01', '2025-12-31')] }), [
    'dated-gap /serviceLevels',
  ])
  assert.deepEqual(found({ serviceLevels: [level('2020-01-01', '2025-12-31'), level('2020-01-01', '2024-12-31')] }), [
    'dated-overlap /serviceLevels/1',
    'dated-gap /serviceLevels',
  ])
  assert.deepEqual(found({ validTo: '2025-12-31', serviceLevels: [level('2025-07-01', '2025-12-31')] }), [])
  assert.deepEqual(
    found({ linkages: [{ kind: 'none', boundaryFree: false, validFrom: '2025-08-01', validTo: null }] }),
    ['dated-gap /linkages'],
  )
  assert.deepEqual(
    found({ linkages: [{ kind: 'none', boundaryFree: false, validFrom: '2025-07-01', validTo: '2026-02-31' }] }),
    ['impossible-day /linkages/0/validTo', 'dated-gap /linkages'],
  )
})

test('a partial service after 1/7/2026 gives its reason; liên thông between levels names the hand-off', () => {
  const partial = (validTo: string | null, reason: string | null) => [
    { level: 'partial' as const, validFrom: '2025-07-01', validTo, reason },
  ]
  assert.deepEqual(found({ serviceLevels: partial(null, null) }), ['reason-missing /serviceLevels/0/reason'])
  assert.deepEqual(found({ serviceLevels: partial(null, 'Phải kiểm tra thực địa') }), [])
  assert.deepEqual(found({ validTo: '2026-06-30', serviceLevels: partial('2026-06-30', null) }), [])
  for (const kind of ['between-levels', 'mixed'] as const)
    assert.deepEqual(found({ linkages: [{ kind, boundaryFree: false, validFrom: '2025-07-01', validTo: null }] }), [
      'hand-off-missing /linkages/0',
    ])
})
