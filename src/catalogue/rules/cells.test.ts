import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCell, readTimeLimit, writeCell, writeTimeLimit, type CellKind, type CellValue } from './cells.ts'

const read = (kind: CellKind, cell: CellValue) => {
  const result = readCell(kind, cell)
  return result.ok ? result.value : result.fault
}
const choices = { counter: 'Trực tiếp', online: 'Trực tuyến' }

test('a text may be empty only where the part may be missing', () => {
  assert.equal(read({ type: 'text' }, 'Đăng ký'), 'Đăng ký')
  assert.equal(read({ type: 'text' }, ' '), 'empty')
  assert.equal(read({ type: 'text', optional: true }, null), '')
  assert.equal(read({ type: 'text', mayBeNull: true }, ''), null)
  assert.equal(read({ type: 'text' }, 'Đất'.normalize('NFD')), 'Đất')
  assert.equal(read({ type: 'text' }, 2024), '2024')
})

test('days are read as people and spreadsheets write them, impossible ones are not', () => {
  assert.equal(read({ type: 'day' }, '1/7/2025'), '2025-07-01')
  assert.equal(read({ type: 'day' }, '2025-07-01'), '2025-07-01')
  assert.equal(read({ type: 'day' }, '30/02/2026'), 'not-a-day')
  assert.equal(read({ type: 'day' }, 'mai'), 'not-a-day')
  assert.equal(read({ type: 'day' }, 45_839), '2025-07-01')
  assert.equal(read({ type: 'day' }, 2025), 'not-a-day')
  assert.equal(read({ type: 'day' }, null), 'empty')
  assert.equal(read({ type: 'day', mayBeNull: true }, null), null)
})

test('numbers are whole; dots between thousands are allowed', () => {
  assert.equal(read({ type: 'number' }, 8000), 8000)
  assert.equal(read({ type: 'number' }, '1.200.000'), 1_200_000)
  assert.equal(read({ type: 'number' }, '1.5'), 'not-a-number')
  assert.equal(read({ type: 'number' }, -1), 'not-a-number')
  assert.equal(read({ type: 'number' }, ''), 'empty')
  assert.equal(read({ type: 'number', mayBeNull: true }, ''), null)
})

test('choices are known by their Vietnamese words, with or without accents', () => {
  assert.equal(read({ type: 'choice', choices }, 'truc tuyen'), 'online')
  assert.equal(read({ type: 'choice', choices }, 'online'), 'online')
  assert.equal(read({ type: 'choice', choices }, 'qua mạng'), 'not-a-choice')
  assert.equal(read({ type: 'choice', choices }, null), 'empty')
  assert.deepEqual(read({ type: 'choices', choices }, 'Trực tiếp; Trực tuyến, trực tiếp,'), ['counter', 'online'])
  assert.equal(read({ type: 'choices', choices }, 'Trực tiếp, khác'), 'not-a-choice')
  assert.equal(read({ type: 'choices', choices }, ''), 'empty')
  assert.deepEqual(
    [
      read({ type: 'yesNo' }, 'Có'),
      read({ type: 'yesNo' }, null),
      read({ type: 'yesNo' }, true),
      read({ type: 'yesNo' }, 'có lẽ'),
    ],
    [true, false, true, 'not-yes-or-no'],
  )
})

test('time limits are read from words', () => {
  assert.deepEqual(readTimeLimit('Trả ngay'), [{ amount: 0, unit: 'atOnce' }])
  assert.deepEqual(readTimeLimit('07 ngày làm việc + 12 ngày'), [
    { amount: 7, unit: 'workingDay' },
    { amount: 12, unit: 'calendarDay' },
  ])
  assert.deepEqual(readTimeLimit('8 giờ làm việc'), [{ amount: 8, unit: 'workingHour' }])
  assert.deepEqual(readTimeLimit('2 THÁNG'), [{ amount: 2, unit: 'month' }])
  for (const text of ['vài ngày', '0 ngày', '3', '3 ngày +', '99999 ngày']) assert.equal(readTimeLimit(text), undefined)
  assert.deepEqual(read({ type: 'timeLimit', optional: true }, null), [])
  assert.equal(read({ type: 'timeLimit' }, null), 'empty')
  assert.equal(read({ type: 'timeLimit' }, 'sớm'), 'not-a-time-limit')
})

test('nothing that is written begins like a formula, and it is read back as it was', () => {
  for (const text of ['=1+1', '+84', '-1', '@SUM(A1)', '\tx', "'=1", "''"]) {
    const written = writeCell({ type: 'text' }, text)
    assert.match(String(written), /^'/)
    assert.equal(read({ type: 'text' }, written), text)
  }
  assert.equal(writeCell({ type: 'text' }, 5), '5')
  assert.equal(writeCell({ type: 'text' }, ''), null)
  assert.equal(writeCell({ type: 'text' }, null), null)
  assert.equal(writeCell({ type: 'choice', choices }, 'xa-la'), 'xa-la')
  assert.equal(writeCell({ type: 'choices', choices }, ['online', 'xa-la']), 'Trực tuyến, xa-la')
  assert.equal(writeCell({ type: 'list' }, undefined), null)
  assert.equal(writeCell({ type: 'list' }, 'khong phai danh sach'), null)
})

test('writing and reading give the value back', () => {
  const part = fc.record(
    {
      amount: fc.integer({ min: 1, max: 10_000 }),
      unit: fc.constantFrom('workingHour', 'workingDay', 'calendarDay', 'month'),
    },
    { noNullPrototype: true },
  )
  const limits = fc.oneof(
    fc.constant([{ amount: 0, unit: 'atOnce' as const }]),
    fc.array(part, { minLength: 1, maxLength: 4 }),
  )
  fc.assert(fc.property(limits, (parts) => assert.deepEqual(readTimeLimit(writeTimeLimit(parts)), parts)))
  const line = fc
    .string({ unit: 'grapheme-composite', minLength: 1 })
    .map((text) =>
      text
        .replace(/[\s⏎\p{Cc}]+/gu, ' ')
        .trim()
        .normalize('NFC'),
    )
    .filter((text) => text !== '')
  const back = (kind: CellKind, value: unknown) => assert.deepEqual(read(kind, writeCell(kind, value)), value)
  fc.assert(fc.property(line, (text) => back({ type: 'text' }, text)))
  fc.assert(fc.property(fc.array(line), (items) => back({ type: 'list' }, items)))
  fc.assert(fc.property(fc.nat(1_000_000_000), (number) => back({ type: 'number' }, number)))
  fc.assert(fc.property(fc.boolean(), (answer) => back({ type: 'yesNo' }, answer)))
  back({ type: 'list' }, ['một\nhai', 'ba'])
  back({ type: 'day' }, '2025-07-01')
  back({ type: 'timeLimit' }, [{ amount: 2, unit: 'month' }])
  back({ type: 'timeLimit', optional: true }, [])
  back({ type: 'choices', choices }, ['counter', 'online'])
})
