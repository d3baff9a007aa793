import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instantAt } from '../platform/day.ts'
import { explain, explainInDetail, writeLimit } from './explain.ts'
import { dueAt, restart, shift } from './rules/due.ts'
import { toCalendar, usualHours } from './rules/working-calendar.ts'
import { shippedDays } from './shipped-days.ts'

const calendar = toCalendar([usualHours], shippedDays)
const input = {
  start: instantAt('2026-11-20', 960),
  limit: [{ amount: 3, unit: 'workingDay' }],
  reading: 'days',
  calendar,
  nextDayAfter15: true,
} as const

test('three working days over a holiday are explained day by day, with the law and the notice', () => {
  assert.deepEqual(explain(dueAt(input).explanation, 'vi'), [
    'Thời hạn 3 ngày làm việc, tính từ lúc nhận đủ hồ sơ: 16:00 Thứ Sáu, 20/11/2026.',
    'Thứ Sáu, 20/11/2026: Ngày nhận đủ hồ sơ, chưa tính (Bộ luật Dân sự 2015, Điều 147 khoản 2).',
    'Thứ Bảy, 21/11/2026 – Chủ nhật, 22/11/2026: Nghỉ hằng tuần, không tính (Quyết định 188/1999/QĐ-TTg).',
    'Thứ Hai, 23/11/2026: Ngày làm việc thứ 1 (Bộ luật Dân sự 2015, Điều 147 khoản 2).',
    'Thứ Ba, 24/11/2026: Nghỉ lễ, không tính: Ngày Văn hóa Việt Nam (Nghị quyết 28/2026/QH16, Điều 2).',
    'Thứ Tư, 25/11/2026: Ngày làm việc thứ 2 (Bộ luật Dân sự 2015, Điều 147 khoản 2).',
    'Thứ Năm, 26/11/2026: Ngày làm việc thứ 3 (Bộ luật Dân sự 2015, Điều 147 khoản 2).',
    'Hạn trả kết quả: 17:00 Thứ Năm, 26/11/2026.',
  ])
})

test('the hour clock shows the hours of each day and how many they are', () => {
  const [, first, , monday] = explain(dueAt({ ...input, reading: 'hours' }).explanation, 'vi')
  assert.equal(
    first,
    'Thứ Sáu, 20/11/2026 (16:00–17:00): Trong giờ làm việc – 1 giờ (Bộ luật Dân sự 2015, Điều 147 khoản 1).',
  )
  assert.match(monday ?? '', /^Thứ Hai, 23\/11\/2026 \(07:00–11:30, 13:30–17:00\): Trong giờ làm việc – 8 giờ/)
})

test('a sum is told part by part, an end on a day off with where it moved', () => {
  const limit = [
    { amount: 7, unit: 'workingDay' },
    { amount: 12, unit: 'calendarDay' },
  ] as const
  const { parts, due } = explainInDetail(
    dueAt({ ...input, start: instantAt('2026-11-12', 600), limit }).explanation,
    'vi',
  )
  assert.deepEqual(
    parts.map(({ title }) => title),
    ['Phần 1: 7 ngày làm việc', 'Phần 2: 12 ngày'],
  )
  assert.deepEqual(
    parts[1]?.lines.map(({ when, counted, amount }) => [when, counted, amount]),
    [
      ['Thứ Ba, 24/11/2026 – Thứ Bảy, 05/12/2026', true, '12 ngày'],
      ['Thứ Bảy, 05/12/2026 – Chủ nhật, 06/12/2026', false, ''],
      ['Thứ Hai, 07/12/2026', false, ''],
    ],
  )
  assert.equal(due, 'Hạn trả kết quả: 17:00 Thứ Hai, 07/12/2026.')
  assert.equal(writeLimit(limit, 'en'), '7 working days + 12 days')
})

test('a supplement is told: begun again from zero, or shifted', () => {
  const again = explain(restart(input, instantAt('2026-11-25', 600)).explanation, 'vi')
  assert.match(again[1] ?? '', /Điều 19 khoản 5.*tiếp nhận lần đầu: 16:00 Thứ Sáu, 20\/11\/2026/)
  const pause = { from: instantAt('2026-11-23', 600), to: instantAt('2026-11-26', 600), reason: 'supplement' } as const
  assert.ok(
    explain(shift(input, pause).explanation, 'vi').some((line) => line.includes('Chờ bổ sung hồ sơ, không tính')),
  )
})

test('what is still uncertain is said at the end', () => {
  const { warnings } = explainInDetail(dueAt({ ...input, start: instantAt('2027-04-15', 600) }).explanation, 'vi')
  assert.equal(warnings.length, 1)
  assert.match(
    explain(dueAt({ ...input, start: instantAt('2027-12-30', 600) }).explanation, 'en').at(-1) ?? '',
    /2028 are not announced/,
  )
})

test('every explanation has words in both languages', () =>
  fc.assert(
    fc.property(
      fc.nat(2000),
      fc.nat(1439),
      fc.constantFrom('hours', 'days'),
      fc.nat(30),
      (days, minute, reading, amount) => {
        const start = instantAt(`202${days % 8}-0${(days % 9) + 1}-15`, minute)
        const limit =
          amount === 0
            ? ([{ amount, unit: 'atOnce' }] as const)
            : ([
                { amount, unit: 'workingDay' },
                { amount, unit: 'calendarDay' },
              ] as const)
        const { explanation } = dueAt({ ...input, start, limit, reading })
        const [vi, en] = [explain(explanation, 'vi'), explain(explanation, 'en')]
        assert.equal(vi.length, en.length)
        assert.ok([...vi, ...en].every((line) => !/undefined|\[object|NaN/.test(line)))
      },
    ),
  ))
