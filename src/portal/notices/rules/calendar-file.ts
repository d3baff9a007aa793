// RFC 5545: a calendar file. Times are written in Vietnam's zone, which has had no summer time since 1975.
import { addMinutes, clockOfMinute, dayOf, minuteOf, type Day, type Instant } from '../../../platform/day.ts'

export type CalendarEntry = {
  /** The same for every version of an entry, so that a moved appointment replaces the former. */
  uid: string
  /** Goes up with each change. */
  sequence: number
  title: string
  place: string
  description: string
  url: string
  cancelled?: boolean
} & ({ from: Instant; minutes: number } | { day: Day })

/** The whole file, lines ended by CRLF and folded at 75 octets. */
export function writeCalendar(entry: CalendarEntry, { made }: { made: Instant }): string {
  const timed = 'from' in entry
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Mot Cua//VI',
    'CALSCALE:GREGORIAN',
    `METHOD:${entry.cancelled === true ? 'CANCEL' : 'PUBLISH'}`,
    ...(timed ? zone : []),
    'BEGIN:VEVENT',
    `UID:${escapeText(entry.uid)}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${utc(made)}`,
    ...(timed
      ? [
          `DTSTART;TZID=Asia/Ho_Chi_Minh:${local(entry.from)}`,
          `DTEND;TZID=Asia/Ho_Chi_Minh:${local(addMinutes(entry.from, entry.minutes))}`,
        ]
      : [`DTSTART;VALUE=DATE:${entry.day.replaceAll('-', '')}`]),
    `SUMMARY:${escapeText(entry.title)}`,
    ...(entry.place ? [`LOCATION:${escapeText(entry.place)}`] : []),
    ...(entry.description ? [`DESCRIPTION:${escapeText(entry.description)}`] : []),
    ...(entry.url ? [`URL:${entry.url.replace(/[\r\n]/g, '')}`] : []),
    `STATUS:${entry.cancelled === true ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:OPAQUE',
    ...(entry.cancelled === true ? [] : alarm(entry.title, timed ? '-PT2H' : '-PT15H')),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

const zone = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Ho_Chi_Minh',
  'BEGIN:STANDARD',
  'DTSTART:19750613T000000',
  'TZOFFSETFROM:+0700',
  'TZOFFSETTO:+0700',
  'TZNAME:+07',
  'END:STANDARD',
  'END:VTIMEZONE',
]

const alarm = (title: string, before: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escapeText(title)}`,
  `TRIGGER:${before}`,
  'END:VALARM',
]

const local = (moment: Instant): string =>
  `${dayOf(moment).replaceAll('-', '')}T${clockOfMinute(minuteOf(moment)).replace(':', '')}00`
const utc = (moment: Instant): string => `${moment.slice(0, 19).replace(/[-:]/g, '')}Z`

const escapeText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll('\\', '\\\\')
    .replaceAll(';', String.raw`\;`)
    .replaceAll(',', String.raw`\,`)
    .replace(/\r\n?|\n/g, String.raw`\n`)
    // eslint-disable-next-line no-control-regex -- these may not stand in such a file at all
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')

const octets = (letter: string): number => {
  const point = letter.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  if (point < 0x8_00) return 2
  return point < 0x1_00_00 ? 3 : 4
}

/** No line is longer than 75 octets, and no letter is cut in two. */
function foldLine(line: string): string {
  let folded = ''
  let length = 0
  for (const letter of line) {
    const size = octets(letter)
    if (length + size > 75) {
      folded += '\r\n '
      length = 1
    }
    folded += letter
    length += size
  }
  return folded
}
