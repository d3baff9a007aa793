import { clockOfMinute, type Day, dayOf, type Instant, minuteOf, weekdayOf } from '../platform/day.ts'
import type { DayFacts, PauseReason } from './rules/explanation.ts'
import type { CalendarText } from './text.vi.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const day = (value: Day): string => {
  const [year = '', month = '', date = ''] = value.split('-')
  return `${Number(date)} ${(months[Number(month) - 1] ?? '').slice(0, 3)} ${year}`
}
const longDay = (value: Day): string => `${weekdays[weekdayOf(value) - 1]}, ${day(value)}`
const instant = (at: Instant): string => `${clockOfMinute(minuteOf(at))}, ${longDay(dayOf(at))}`
const provisional = ({ status }: DayFacts) => (status === 'provisional' ? ' (provisional)' : '')
const count = (amount: number, one: string) => `${amount} ${one}${amount === 1 ? '' : 's'}`

const pauses: Record<PauseReason, string> = {
  supplement: 'Waiting for a supplement, does not count',
  opinion: 'Waiting for the opinion of another agency, does not count',
  finance: 'Waiting for a financial duty to be met, does not count',
  other: 'Suspended, does not count',
}

export const en = {
  weekdays,
  shortWeekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
  month: (month) => months[month - 1] ?? '',
  day,
  longDay,
  instant,
  units: {
    workingHour: (amount) => count(amount, 'working hour'),
    workingDay: (amount) => count(amount, 'working day'),
    calendarDay: (amount) => count(amount, 'day'),
    month: (amount) => count(amount, 'month'),
    atOnce: () => 'the same day',
  },
  kinds: {
    holiday: 'Public holiday',
    substitute: 'Day off in lieu',
    'swap-off': 'Swapped day off',
    'swap-work': 'Worked instead',
    closure: 'Office closed',
  },
  statuses: { official: 'Official', provisional: 'Provisional' },
  readings: {
    days: 'By days: the end of working hours on the last day',
    hours: 'By hours: the hour of receipt on the last day',
  },
  why: {
    'working-hours': 'Working hours',
    'working-day': (ordinal) => `Working day no. ${ordinal}`,
    'swap-work': (facts) => `${facts.name}: counts as a working day${provisional(facts)}`,
    'calendar-day': 'Runs on, days off included',
    month: 'By calendar months',
    'same-day': 'The result is due on this working day',
    'receipt-day': 'Day on which the dossier was complete, not counted yet',
    'before-opening': 'Before working hours, not counted yet',
    'midday-break': 'Midday break, not counted yet',
    'after-closing': 'After working hours, counts from the next working day',
    'after-15': 'Received after 15:00, moves to the next working day',
    'weekly-rest': 'Weekly rest, does not count',
    'saturday-session': 'Saturday session: dossiers are received, the time does not count',
    'moved-to': 'The last day is not a working day, so the due date moves to this one',
    holiday: (facts) => `Public holiday, does not count: ${facts.name}${provisional(facts)}`,
    substitute: (facts) => `Day off in lieu, does not count: ${facts.name}${provisional(facts)}`,
    'swap-off': (facts) => `Swapped day off, does not count: ${facts.name}${provisional(facts)}`,
    closure: (facts) => `Office closed, does not count: ${facts.name}${provisional(facts)}`,
    paused: (reason) => pauses[reason],
  },
  laws: {
    'hour-clock': 'Civil Code 2015, Article 147(1)',
    'day-clock': 'Civil Code 2015, Article 147(2)',
    'calendar-clock': 'Civil Code 2015, Articles 147, 148',
    'at-once': 'Time limit of the procedure',
    'receipt-day-not-counted': 'Civil Code 2015, Article 147(2)',
    'office-hours': 'Working hours of the agency',
    'weekly-rest': 'Decision 188/1999/QĐ-TTg',
    'public-holiday': 'Labour Code 2019, Article 112',
    'substitute-rest': 'Labour Code 2019, Article 111(3)',
    'swapped-day': 'Notice on swapped working days',
    closure: 'Decision of the agency',
    'saturday-session': 'Working calendar of the agency',
    'next-day-after-15': 'Time limit of the procedure',
    'rest-day-at-the-end': 'Civil Code 2015, Article 148(5)',
    pause: 'Rules on suspending the time limit of the procedure',
  },
  refusals: {
    'day-impossible': (refusal) => `There is no day ${refusal.day}. Enter a day that exists, from 2000 to 2099.`,
    'day-name-missing': () => 'A day needs a name, for example "Tết Dương lịch".',
    'day-notice-missing': () => 'An official day names the notice that set it. Without a notice choose "Provisional".',
    'day-worked-anyway': (refusal) => `${longDay(refusal.day)} is a working day anyway and cannot be worked instead.`,
    'day-off-anyway': (refusal) => `${longDay(refusal.day)} is a day off anyway.`,
    'hours-missing': () => 'There must be at least one stretch of working hours a day.',
    'hours-out-of-order': () => 'Stretches follow the order of the day, begin before they end and do not overlap.',
    'weekdays-missing': () => 'There must be at least one working day a week.',
    'session-on-a-working-saturday': () =>
      'A Saturday that is a working day cannot have a session that does not count.',
  },
  minutes: (minutes) => {
    const hours = Math.floor(minutes / 60)
    const rest = minutes % 60
    return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ')
  },
  explanation: {
    summary: ({ limit, start }) => `Time limit ${limit}, counted from when the dossier was complete: ${start}.`,
    restarted: (first) =>
      `The time began again from zero when the supplement was complete (Decree 118/2025/NĐ-CP, Article 19(5)); first received: ${first}.`,
    part: (ordinal, limit) => `Part ${ordinal}: ${limit}`,
    due: (at) => `The result is due: ${at}.`,
    provisional:
      'The count contains days off that are still provisional; the due date may change when they are announced.',
    unknownYear: (year) => `The holidays of ${year} are not announced yet: only weekly rest is left out.`,
  },
  notFound: {
    day: 'Nothing was entered for this day.',
    hours: 'No working hours begin on this day.',
  },
  limitImpossible: 'Not a time limit: each part is a whole number from 1, only "the same day" has no amount.',
  momentImpossible: 'Not a moment between the years 2000 and 2099.',
  pauseImpossible: 'Each suspension begins before it ends, in the order of time.',
} satisfies CalendarText
