import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCase, aTimeLimit, aVersion } from '../testing.ts'
import { caseOf, channelsOf, timeLimitFor } from './time-limit.ts'

const version = aVersion({
  cases: [
    aCase({
      timeLimits: [
        aTimeLimit({ channels: ['counter', 'post'], parts: [{ amount: 0, unit: 'atOnce' }], nextDayAfter15: true }),
        aTimeLimit({ channels: ['online'], parts: [{ amount: 1, unit: 'workingDay' }] }),
      ],
    }),
    aCase({
      key: 'xac-minh',
      timeLimits: [
        aTimeLimit({
          channels: ['counter'],
          parts: [
            { amount: 7, unit: 'workingDay' },
            { amount: 12, unit: 'calendarDay' },
          ],
        }),
      ],
    }),
  ],
})

test('the time limit depends on the case and on the channel', () => {
  assert.equal(timeLimitFor(version, 'thong-thuong', 'post')?.parts[0]?.unit, 'atOnce')
  assert.equal(timeLimitFor(version, 'thong-thuong', 'online')?.parts[0]?.amount, 1)
  assert.equal(timeLimitFor(version, 'xac-minh', 'counter')?.parts.length, 2)
})

test('a case has no time limit through a channel that it does not take', () => {
  assert.equal(timeLimitFor(version, 'xac-minh', 'online'), undefined)
  assert.equal(timeLimitFor(version, 'khong-co', 'counter'), undefined)
  assert.equal(caseOf(version, 'khong-co'), undefined)
  assert.deepEqual(channelsOf(version, 'xac-minh'), ['counter'])
  assert.deepEqual(channelsOf(version, 'thong-thuong'), ['counter', 'online', 'post'])
})
