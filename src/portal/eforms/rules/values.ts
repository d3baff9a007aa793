// How Vietnamese write days, numbers and telephones, and what is kept of them.
import { isDay, writeDay } from '../../../platform/day.ts'
import { cleanIdentityNumber, type IdentityKind } from '../../../platform/identity-number.ts'
import { writeNumber } from '../../../platform/money.ts'
import type { Address, Answer, Field, Widget } from '../contract.ts'

const WRITTEN_OUT = /^(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})$/i
const WRITTEN_MONTH = /^tháng\s*(\d{1,2})\s*năm\s*(\d{4})$/i

/** `5/3/1985`, `05.03.1985`, `05031985`, `ngày 5 tháng 3 năm 1985` → `1985-03-05`; `3/1985` → `1985-03`; `1985`. What is no day stays as it was typed. */
export function readDay(typed: string): string {
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, ' ')
  const full =
    /^(\d{1,2})\s?[/.\-\s]\s?(\d{1,2})\s?[/.\-\s]\s?(\d{4})$/.exec(text) ??
    WRITTEN_OUT.exec(text) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(text)
  if (full) return joined(full[3], full[2], full[1]) ?? text
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const month = /^(\d{1,2})\s?[/.-]\s?(\d{4})$/.exec(text) ?? WRITTEN_MONTH.exec(text)
  if (month) return joined(month[2], month[1], '01')?.slice(0, 7) ?? text
  const year = /^(?:năm\s*)?(\d{4})$/i.exec(text)
  return year?.[1] ?? text
}

const joined = (year = '', month = '', day = ''): string | undefined => {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(text) ? text : undefined
}

/** `1985-03-05` → `05/03/1985`, `1985-03` → `03/1985`, `1985`; anything else as it is. */
export const writeDayAnswer = (answer: string): string =>
  /^\d{4}(-\d{2}){0,2}$/.test(answer) ? writeDay(answer) : answer

/** As a plain question: what is no day is still a text. */
export const isWholeDay = (text: string): boolean => isDay(text)

/** Whether it is a whole day, a month or a year. */
export const isPartialDay = (text: string): boolean =>
  isWholeDay(text) || (/^\d{4}-\d{2}$/.test(text) && isWholeDay(`${text}-01`)) || /^\d{4}$/.test(text)

/** `1.234.567 đ` → 1234567, `12,5` → 12.5; what is no number stays as it was typed. */
export function readNumber(typed: string): number | string {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/\s*(đồng|vnđ|vnd|đ|m2|m²)\.?$/i, '')
    .replace(/\s/g, '')
  const grouped = /^-?\d{1,3}([.]\d{3})+(,\d+)?$/.test(text) ? text.replaceAll('.', '') : text
  const plain = grouped.replace(',', '.')
  return /^-?\d{1,15}([.]\d{1,6})?$/.test(plain) ? Number(plain) : typed.trim()
}

/** Which number this is among the kinds that will do. Nine digits are the card that ended, where nobody asks for a passport alone. */
export function identityKindOf(typed: string, kinds: readonly IdentityKind[] = ['citizen']): IdentityKind {
  const number = cleanIdentityNumber(typed)
  const first = kinds[0] ?? 'citizen'
  if (number === '') return 'none'
  if (kinds.length === 1) return first
  if (/^\d{12}$/.test(number) && kinds.includes('citizen')) return 'citizen'
  if (/^\d{9}$/.test(number) && (kinds.includes('old-citizen') || kinds.includes('citizen'))) return 'old-citizen'
  if (/^\d{10}(\d{3})?$/.test(number) && kinds.includes('tax-code')) return 'tax-code'
  if (/[A-Z]/.test(number) && kinds.includes('passport')) return 'passport'
  return first
}

/** `+84 912 345 678` → `0912 345 678`, grouped for the eye. */
export function writePhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return /^0\d{9}$/.test(digits) ? `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}` : phone
}
export const readPhone = (typed: string): string => {
  const plain = typed.normalize('NFKC').replace(/[\s.\-()]/g, '')
  return /^\+84\d{9}$/.test(plain) ? `0${plain.slice(3)}` : plain
}

/** The whole address in one line. */
export const writeAddress = ({ detail, place }: Address): string =>
  [detail, place].filter((part) => part !== '').join(', ')

export const isAddress = (answer: Answer | undefined): answer is Address =>
  typeof answer === 'object' && !Array.isArray(answer) && 'detail' in answer && 'place' in answer

/** One line without what nobody sees; long texts keep their lines. */
const line = (typed: string): string =>
  typed
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
const lines = (typed: string): string =>
  typed
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const readers: Partial<Record<Widget, (typed: string) => string | number | boolean>> = {
  day: (typed) => readDay(line(typed)),
  number: (typed) => readNumber(line(typed)),
  money: (typed) => readNumber(line(typed)),
  'yes-no': (typed) => typed === 'yes' || (typed === 'no' ? false : ''),
  'identity-number': (typed) => cleanIdentityNumber(line(typed)),
  phone: (typed) => readPhone(line(typed)),
  'long-text': lines,
}

/** What is kept of something typed; '' is no answer. */
export const readValue = ({ widget }: Pick<Field, 'widget'>, typed: string): string | number | boolean =>
  typed.trim() === '' ? '' : (readers[widget] ?? line)(typed)

/** What stands in the field for an answer; the opposite of `readValue`. */
export function typedOf(field: Field, answer: Answer | undefined): string {
  if (answer === undefined || Array.isArray(answer) || (typeof answer === 'object' && !isAddress(answer))) return ''
  if (isAddress(answer)) return writeAddress(answer)
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no'
  if (typeof answer === 'number')
    return field.widget === 'number' ? String(answer).replace('.', ',') : writeNumber(answer)
  if (field.widget === 'day') return writeDayAnswer(answer)
  if (field.widget === 'phone') return writePhone(answer)
  return answer
}
