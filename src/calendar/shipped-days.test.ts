import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isDay, weekdayOf } from '../platform/day.ts'
import { judgeDay } from './rules/changes.ts'
import { countWorkingDays, toCalendar, usualHours } from './rules/working-calendar.ts'
import { shippedDays } from './shipped-days.ts'

const compiled = new URL('../../../shared/data/holidays/vn_civil_service_calendar_2019_2027.csv', import.meta.url)
const calendar = toCalendar([usualHours], shippedDays)

test('each shipped day exists, appears once and is one that an administrator could have entered', () => {
  assert.equal(new Set(shippedDays.map(({ day }) => day)).size, shippedDays.length)
  for (const day of shippedDays) {
    assert.ok(isDay(day.day), day.day)
    assert.deepEqual(judgeDay(day, { isOtherwiseWorked: weekdayOf(day.day) <= 5 }), { ok: true, value: day })
  }
})

test('the years 2024 to 2027 have as many working days as the notices leave', () => {
  const workingDays = (year: number) => countWorkingDays(calendar, `${year}-01-01`, `${year}-12-31`)
  assert.deepEqual([2024, 2025, 2026, 2027].map(workingDays), [251, 250, 249, 249])
})

test('the worked Saturdays are those that a swap asked for', () => {
  const saturdays = shippedDays.filter(({ kind }) => kind === 'swap-work').map(({ day }) => day)
  assert.deepEqual(saturdays, ['2019-01-05', '2019-05-04', '2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22'])
  for (const day of saturdays) assert.equal(weekdayOf(day), 6)
})

test('what is only computed is provisional, what a notice set is official', () => {
  for (const { day, status, confidence } of shippedDays) {
    assert.equal(status, confidence === 'computed' ? 'provisional' : 'official', day)
    if (confidence === 'computed') assert.ok(day.startsWith('2027'), day)
  }
})

test('the shipped days agree with the compiled list, line by line', (t) => {
  if (!existsSync(compiled)) {
    t.skip('NOT COMPARED: ../shared/data/holidays is not here; the shipped days were only checked against themselves')
    return
  }
  const rows = readFileSync(compiled, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [day = '', , kind = '', name = ''] = line.split(',')
      const [confidence = ''] = (line.split(',').at(-1) ?? '').split(' ')
      const number = /\d+\/[^\s;,)]*[A-ZĐ0-9]/.exec(line.slice(line.indexOf(name) + name.length))?.[0] ?? ''
      return {
        day,
        kind: kind.replace('_', '-'),
        name: name.replace('hoán đổi', '').replace('làm bù cho ', ''),
        confidence,
        number,
      }
    })
  assert.deepEqual(
    shippedDays.map(({ day, kind, confidence }) => ({ day, kind, confidence })),
    rows.map(({ day, kind, confidence }) => ({ day, kind, confidence })),
  )
  for (const [index, { name, number }] of rows.entries()) {
    const shipped = shippedDays[index]
    assert.ok(shipped?.name.includes(name), `${shipped?.name} ~ ${name}`)
    assert.ok(shipped?.notice.includes(number), `${shipped?.notice} ~ ${number}`)
  }
})
