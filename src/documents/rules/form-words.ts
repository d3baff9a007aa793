// Days and numbers as official papers write them. NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 4: days under 10 and
// months 1 and 2 carry a zero.
import { dayOf, minuteOf, type Day, type Instant } from '../../platform/day.ts'

/** 3 → '03', 12 → '12'. */
export const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** '2026-03-05' → 'ngày 05 tháng 3 năm 2026'. */
export function dayInWords(day: Day): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return `ngày ${twoDigits(date)} tháng ${month < 3 ? twoDigits(month) : month} năm ${year}`
}

/** '15 giờ 00 phút, ngày 05 tháng 3 năm 2026'. */
export function instantInWords(instant: Instant): string {
  const minute = minuteOf(instant)
  return `${twoDigits(Math.floor(minute / 60))} giờ ${twoDigits(minute % 60)} phút, ${dayInWords(dayOf(instant))}`
}
