import { type Day, type Instant, clockOfMinute, dayOf, minuteOf, weekdayOf, writeDay, writeInstant } from '../day.ts'
import { type Dong, writeNumber, writeSum } from '../money.ts'
import type { Language } from './language.ts'

const weekdays = {
  vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}

const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const englishDay = (day: Day): string => {
  const [year = '', month = '1', date = '1'] = day.split('-')
  return `${Number(date)} ${shortMonths[Number(month) - 1] ?? ''} ${year}`
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** How days, moments, money and durations are written in each language. */
export function formatIn(language: Language) {
  const vietnamese = language === 'vi'
  return {
    /** 14/03/2023 */
    day: (day: Day): string => (vietnamese ? writeDay(day) : englishDay(day)),
    /** Thứ Ba, 14/03/2023 */
    longDay: (day: Day): string =>
      `${weekdays[language][weekdayOf(day) - 1] ?? ''}, ${vietnamese ? writeDay(day) : englishDay(day)}`,
    /** 15:00 14/03/2023 */
    instant: (instant: Instant): string =>
      vietnamese ? writeInstant(instant) : `${clockOfMinute(minuteOf(instant))}, ${englishDay(dayOf(instant))}`,
    /** 15:00 */
    clock: (instant: Instant): string => clockOfMinute(minuteOf(instant)),
    /** 14/03, for narrow columns */
    shortDay: (day: Day): string =>
      vietnamese ? writeDay(day).slice(0, 5) : englishDay(day).split(' ').slice(0, 2).join(' '),
    /** 2.395 */
    number: (value: number): string => (vietnamese ? writeNumber(value) : value.toLocaleString('en-GB')),
    /** 43,1 % */
    percent: (value: number, digits = 1): string => {
      const rounded = value.toFixed(digits)
      return `${vietnamese ? rounded.replace('.', ',') : rounded} %`
    },
    /** 8.000 đồng; nothing to pay is written as a word. */
    money: (amount: Dong): string => {
      if (amount === 0) return vietnamese ? 'Không thu' : 'Free'
      return writeSum(amount, language)
    },
    /** As in books: `0 đồng` where nothing is a sum like others. */
    sum: (amount: Dong): string => writeSum(amount, language),
    /** Office minutes as days, hours and minutes; a working day has 480 minutes unless told otherwise. */
    duration: (minutes: number, minutesOfDay = 480): string => {
      const days = Math.floor(minutes / minutesOfDay)
      const hours = Math.floor((minutes % minutesOfDay) / 60)
      const rest = Math.round((minutes % minutesOfDay) % 60)
      const parts = vietnamese
        ? [days && `${days} ngày`, hours && `${hours} giờ`, rest && `${rest} phút`]
        : [days && plural(days, 'day'), hours && plural(hours, 'hour'), rest && plural(rest, 'minute')]
      return parts.filter(Boolean).join(' ') || (vietnamese ? 'ngay' : 'at once')
    },
    /** 12,4 MB */
    fileSize: (bytes: number): string => {
      const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
      const rounded = value < 10 ? value.toFixed(1) : String(Math.round(value))
      return `${vietnamese ? rounded.replace('.', ',') : rounded} ${unit}`
    },
  }
}

export type Format = ReturnType<typeof formatIn>
