import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeDay, judgeHours } from './changes.ts'
import { type ExceptionalDay, type OfficeHours, usualHours } from './working-calendar.ts'

const holiday: ExceptionalDay = {
  day: '2028-01-26',
  kind: 'holiday',
  name: 'Tết Nguyên đán',
  notice: 'Thông báo 1/TB-BNV',
  status: 'official',
}
const codeOfDay = (change: Partial<ExceptionalDay>, isOtherwiseWorked = true) => {
  const result = judgeDay({ ...holiday, ...change }, { isOtherwiseWorked })
  return result.ok ? 'accepted' : result.refusal.code
}
const codeOfHours = (change: Partial<OfficeHours>) => {
  const result = judgeHours({ ...usualHours, ...change })
  return result.ok ? 'accepted' : result.refusal.code
}

test('a day must exist, have a name, and name its notice when it is official', () => {
  assert.equal(codeOfDay({}), 'accepted')
  for (const day of ['2026-02-30', '1999-12-31', '2100-01-01', 'hôm qua'])
    assert.equal(codeOfDay({ day }), 'day-impossible')
  assert.equal(codeOfDay({ name: ' ' }), 'day-name-missing')
  assert.equal(codeOfDay({ notice: '' }), 'day-notice-missing')
  assert.equal(codeOfDay({ notice: '', status: 'provisional' }), 'accepted')
})

test('a swap gives back a day of rest and takes a day of work', () => {
  assert.equal(codeOfDay({ kind: 'swap-work' }), 'day-worked-anyway')
  assert.equal(codeOfDay({ kind: 'swap-work' }, false), 'accepted')
  assert.equal(codeOfDay({ kind: 'swap-off' }, false), 'day-off-anyway')
  assert.equal(codeOfDay({ kind: 'closure' }, false), 'day-off-anyway')
  assert.equal(codeOfDay({ kind: 'closure' }), 'accepted')
  assert.equal(codeOfDay({ kind: 'holiday' }, false), 'accepted')
})

test('hours stand in the order of the day and do not overlap', () => {
  assert.equal(codeOfHours({}), 'accepted')
  assert.equal(codeOfHours({ validFrom: '2026-13-01' }), 'day-impossible')
  assert.equal(codeOfHours({ intervals: [] }), 'hours-missing')
  for (const wrong of [
    { from: 700, to: 600 },
    { from: -1, to: 60 },
    { from: 0, to: 1441 },
    { from: 0.5, to: 60 },
    { from: 0, to: 60.5 },
  ]) {
    assert.equal(codeOfHours({ intervals: [wrong] }), 'hours-out-of-order')
    assert.equal(codeOfHours({ saturdaySession: [wrong] }), 'hours-out-of-order')
  }
  assert.equal(
    codeOfHours({
      intervals: [
        { from: 420, to: 700 },
        { from: 690, to: 1020 },
      ],
    }),
    'hours-out-of-order',
  )
  assert.equal(codeOfHours({ workingWeekdays: [] }), 'weekdays-missing')
  assert.equal(
    codeOfHours({ workingWeekdays: [1, 6], saturdaySession: [{ from: 450, to: 690 }] }),
    'session-on-a-working-saturday',
  )
})
