import type { CellTerm, CheckTerm } from '../contract.ts'

/**
 * The sides of a check as an administrator types them: `4.2 + 4.3`, `bm4:2.1`, `06a:total(7)`, `3@prev`, `3@year`,
 * `2.5.tu`, `2.5.mau`, `#0`.
 */
const shape = /^(?:([a-z0-9][a-z0-9-]*):)?([a-z]+|\d+(?:\.\d+)*)(?:\.(tu|mau))?(?:\((\d+)\))?(?:@(prev|year))?$/

export function readTerms(text: string): CheckTerm[] | undefined {
  const parts = text.split('+').map((part) => part.trim())
  if (text.trim() === '') return []
  const terms = parts.map(readTerm)
  return terms.includes(undefined) ? undefined : (terms as CheckTerm[])
}

function readTerm(text: string): CheckTerm | undefined {
  if (/^#-?\d+([.,]\d+)?$/.test(text)) return { number: Number(text.slice(1).replace(',', '.')) }
  const found = shape.exec(text)
  if (!found) return undefined
  const [, form, row = '', part, column, period] = found
  return {
    ...(form === undefined ? {} : { form }),
    row,
    ...(column === undefined ? {} : { column: Number(column) }),
    ...(part === undefined ? {} : { part: part === 'tu' ? 'numerator' : 'denominator' }),
    ...(period === undefined ? {} : { period: period === 'prev' ? 'previous' : 'previous-in-year' }),
  }
}

export const writeTerms = (terms: readonly CheckTerm[]): string =>
  terms.map((term) => ('number' in term ? `#${term.number}` : writeCellTerm(term))).join(' + ')

export function writeCellTerm({ form, row, column, part, period }: CellTerm): string {
  const partWord = part === 'numerator' ? '.tu' : '.mau'
  const periodWord = period === 'previous' ? '@prev' : '@year'
  return [
    form === undefined ? '' : `${form}:`,
    row,
    part === undefined ? '' : partWord,
    column === undefined ? '' : `(${column})`,
    period === undefined ? '' : periodWord,
  ].join('')
}

/** `0 = Không; 1 = Có` */
export function readChoices(text: string): { value: number; label: string }[] | undefined {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
  const choices = parts.map((part) => /^(\d+)\s*=\s*(.+)$/.exec(part))
  if (choices.includes(null)) return undefined
  return choices.map((found) => ({ value: Number(found?.[1]), label: found?.[2]?.trim() ?? '' }))
}

export const writeChoices = (choices: readonly { value: number; label: string }[]): string =>
  choices.map(({ value, label }) => `${value} = ${label}`).join('; ')
