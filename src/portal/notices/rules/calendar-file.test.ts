import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instantAt } from '../../../platform/day.ts'
import { writeCalendar, type CalendarEntry } from './calendar-file.ts'

const entry = {
  uid: 'HEN-7K2M9@motcua.example.gov.vn',
  sequence: 0,
  title: 'Hẹn làm thủ tục: Hộ tịch',
  place: 'Điểm tiếp nhận số 1; Xóm 5, xã Hải Hưng',
  description: 'Mang theo:\n- căn cước',
  url: 'https://motcua.example.gov.vn/dat-lich',
  from: instantAt('2026-11-23', 9 * 60),
  minutes: 20,
} satisfies CalendarEntry
const made = '2026-11-22T03:04:05.678Z'
const unfold = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

test('an appointment stands in the time of Vietnam, with its zone and an alarm', () => {
  const lines = unfold(writeCalendar(entry, { made }))
  for (const line of [
    'DTSTART;TZID=Asia/Ho_Chi_Minh:20261123T090000',
    'DTEND;TZID=Asia/Ho_Chi_Minh:20261123T092000',
    'DTSTAMP:20261122T030405Z',
    'TZID:Asia/Ho_Chi_Minh',
    String.raw`LOCATION:Điểm tiếp nhận số 1\; Xóm 5\, xã Hải Hưng`,
    String.raw`DESCRIPTION:Mang theo:\n- căn cước`,
    'STATUS:CONFIRMED',
    'BEGIN:VALARM',
  ])
    assert.ok(lines.includes(line), line)
})

test('a due day is a whole day; what is cancelled says so under the same name', () => {
  const { from: _, minutes: __, ...rest } = entry
  const day = unfold(writeCalendar({ ...rest, day: '2026-11-26' }, { made }))
  assert.ok(day.includes('DTSTART;VALUE=DATE:20261126'))
  assert.ok(!day.includes('BEGIN:VTIMEZONE'))
  const gone = unfold(writeCalendar({ ...entry, cancelled: true, sequence: 2 }, { made }))
  assert.ok(gone.includes('METHOD:CANCEL') && gone.includes('STATUS:CANCELLED') && gone.includes('SEQUENCE:2'))
  assert.ok(gone.includes(`UID:${entry.uid}`) && !gone.includes('BEGIN:VALARM'))
})

test('property: no line is longer than 75 octets, nothing typed opens a line, and unfolding gives the words back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('ế', 'a', ',', ';', '\\', '\n', '\r', '😀', ' ', ':') }), (title) => {
      const text = writeCalendar({ ...entry, title: `x${title}` }, { made })
      assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75))
      assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/)
      const line = unfold(text).find((each) => each.startsWith('SUMMARY:')) ?? ''
      const words = line.slice(8).replace(/\\([\\;,n])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
      assert.equal(words, `x${title}`.replace(/\r\n?/g, '\n'))
    }),
  )
})
