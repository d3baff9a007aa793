/** How one cell of the workbook is read and written. */
import { addDays, isDay, writeDay } from '../../platform/day.ts'
import type { TimeLimitPart } from '../contract.ts'
import { searchWords } from './search-key.ts'

export type CellKind =
  | { type: 'text'; optional?: boolean; mayBeNull?: boolean }
  | { type: 'list' }
  | { type: 'day'; mayBeNull?: boolean }
  | { type: 'number'; mayBeNull?: boolean }
  | { type: 'yesNo' }
  | { type: 'choice'; choices: Readonly<Record<string, string>> }
  | { type: 'choices'; choices: Readonly<Record<string, string>> }
  | { type: 'timeLimit'; optional?: boolean }

/** What stands in a cell, as plain text or number; null is empty. */
export type CellValue = string | number | boolean | null
export type CellFault = 'empty' | 'not-a-day' | 'not-a-number' | 'not-a-choice' | 'not-yes-or-no' | 'not-a-time-limit'
export type Read = { ok: true; value: unknown } | { ok: false; fault: CellFault }

/** Stands for a line break inside one item of a list, whose items are lines themselves. */
const BREAK = '⏎'

const plain = (text: string): string => searchWords(text).join(' ')

export function readCell(kind: CellKind, cell: CellValue): Read {
  const text = unguard(cell === null ? '' : String(cell)).normalize('NFC')
  const empty = text.trim() === ''
  const value = (found: unknown): Read => ({ ok: true, value: found })
  const fault = (code: CellFault): Read => ({ ok: false, fault: code })
  switch (kind.type) {
    case 'text':
      if (!empty) return value(text)
      if (kind.mayBeNull) return value(null)
      return kind.optional ? value('') : fault('empty')
    case 'list':
      return value(
        text
          .split('\n')
          .map((line) => line.trim().replaceAll(BREAK, '\n'))
          .filter((line) => line !== ''),
      )
    case 'day': {
      if (empty) return kind.mayBeNull ? value(null) : fault('empty')
      // A day in a cell that is not formatted as one: spreadsheets count from 30/12/1899.
      if (typeof cell === 'number')
        return cell > 20_000 && cell < 80_000 ? value(addDays('1899-12-30', Math.floor(cell))) : fault('not-a-day')
      const [, date = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim()) ?? []
      const day = year ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : text.trim().slice(0, 10)
      return isDay(day) ? value(day) : fault('not-a-day')
    }
    case 'number': {
      if (empty) return kind.mayBeNull ? value(null) : fault('empty')
      const digits = typeof cell === 'number' ? text : text.trim().replace(/[.\s](?=\d{3}(\D|$))/g, '')
      return /^\d{1,12}$/.test(digits) ? value(Number(digits)) : fault('not-a-number')
    }
    case 'yesNo': {
      const word = plain(text)
      if (['co', 'x', 'true', 'yes', '1'].includes(word)) return value(true)
      return ['khong', 'false', 'no', '0', ''].includes(word) ? value(false) : fault('not-yes-or-no')
    }
    case 'choice': {
      if (empty) return fault('empty')
      const key = choiceOf(kind.choices, text)
      return key === undefined ? fault('not-a-choice') : value(key)
    }
    case 'choices': {
      if (empty) return fault('empty')
      const keys = text
        .split(/[,;\n]/)
        .filter((item) => item.trim() !== '')
        .map((item) => choiceOf(kind.choices, item))
      return keys.includes(undefined) ? fault('not-a-choice') : value([...new Set(keys)])
    }
    case 'timeLimit': {
      if (empty) return kind.optional ? value([]) : fault('empty')
      const parts = readTimeLimit(text)
      return parts ? value(parts) : fault('not-a-time-limit')
    }
  }
}

const choiceOf = (choices: Readonly<Record<string, string>>, text: string): string | undefined =>
  Object.entries(choices).find(([key, name]) => plain(name) === plain(text) || key === text.trim())?.[0]

export function writeCell(kind: CellKind, value: unknown): CellValue {
  if (value === null || value === undefined) return null
  switch (kind.type) {
    case 'number':
      return Number(value)
    case 'day':
      return writeDay(plainText(value))
    case 'yesNo':
      return value === true ? 'Có' : 'Không'
    case 'list':
      return (
        guard(
          listOf(value)
            .map((item) => item.replaceAll('\n', BREAK))
            .join('\n'),
        ) || null
      )
    case 'choice':
      return kind.choices[plainText(value)] ?? plainText(value)
    case 'choices':
      return listOf(value)
        .map((key) => kind.choices[key] ?? key)
        .join(', ')
    case 'timeLimit':
      // Written by `assemble`, read by `readTimeLimit`: parts as the schema has them.
      return writeTimeLimit(value as readonly TimeLimitPart[]) || null
    case 'text':
      return guard(plainText(value)) || null
  }
}

const plainText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

// A text that a spreadsheet could take for a formula gets an apostrophe in front, also for those who save it as CSV.
const guard = (text: string): string => (/^['=+\-@\t\r]/.test(text) ? `'${text}` : text)
const unguard = (text: string): string => (/^'['=+\-@\t\r]/.test(text) ? text.slice(1) : text)

const units: readonly [RegExp, TimeLimitPart['unit'], string][] = [
  [/^(\d+) (gio|gio lam viec)$/, 'workingHour', 'giờ làm việc'],
  [/^(\d+) ngay lam viec$/, 'workingDay', 'ngày làm việc'],
  [/^(\d+) ngay$/, 'calendarDay', 'ngày'],
  [/^(\d+) thang$/, 'month', 'tháng'],
]

/** `'7 ngày làm việc + 12 ngày'`; undefined when a part is not understood. */
export function readTimeLimit(text: string): TimeLimitPart[] | undefined {
  if (/^(tra ngay|ngay)( (trong ngay|khi nhan du ho so))?$/.test(plain(text))) return [{ amount: 0, unit: 'atOnce' }]
  const parts = text.split('+').map((piece): TimeLimitPart | undefined => {
    for (const [pattern, unit] of units) {
      const amount = Number(pattern.exec(plain(piece))?.[1] ?? 0)
      if (amount > 0 && amount <= 10_000) return { amount, unit }
    }
    return undefined
  })
  return parts.every((part) => part !== undefined) ? parts : undefined
}

export const writeTimeLimit = (parts: readonly TimeLimitPart[]): string =>
  parts
    .map(({ amount, unit }) =>
      unit === 'atOnce' ? 'trả ngay' : `${amount} ${units.find(([, each]) => each === unit)?.[2]}`,
    )
    .join(' + ')
