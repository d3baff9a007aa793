// Số liệu trong một báo cáo phải khớp với nhau: tổng và phần, tỷ lệ ở độ chính xác đã in.
import { writeNumber as writePlain } from '../../../platform/money.ts'
import type { PublishedValue } from './published.ts'

/**
 * `holds`: the report's own numbers make this one. `contradicted`: they make another. `rests`: it fits, but on numbers
 * that are contradicted. `alone`: nothing in the report says what it must be.
 */
export type Standing = 'holds' | 'contradicted' | 'rests' | 'alone'
export type Judgement = { standing: Standing; should: number | null; proof: string | null }

type Values = ReadonlyMap<string, PublishedValue>

/** Rounds half up, as percentages are printed. */
export const roundTo = (value: number, decimals: number): number =>
  Math.floor(value * 10 ** decimals + 0.5 + 1e-9) / 10 ** decimals

/** 2.395 · 43,1 · −5 */
export const writeNumber = (value: number, decimals = 0): string =>
  `${value < 0 ? '−' : ''}${writePlain(Math.abs(value), decimals)}`

export function judge(value: PublishedValue, values: Values): Judgement {
  const { check, decimals = 0 } = value
  if (!check) return { standing: 'alone', should: null, proof: null }
  if (check.kind === 'at-most-100')
    return value.value <= 100
      ? { standing: 'holds', should: null, proof: null }
      : { standing: 'contradicted', should: null, proof: `${writeNumber(value.value)} % > 100 %` }
  if (check.kind === 'not-zero') {
    const parts = check.since.map((key) => find(values, key).value)
    const fits = value.value > 0 || parts.every((part) => part === 0)
    const proof = `${parts.map((part) => writeNumber(part)).join(' + ')} > 0`
    return { standing: fits ? 'holds' : 'contradicted', should: null, proof: fits ? null : proof }
  }
  const { should, proof } = worked(check, values, decimals)
  if (should !== value.value) return { standing: 'contradicted', should, proof }
  const parts = partsOf(check).map((key) => judge(find(values, key), values).standing)
  const rests = parts.some((standing) => standing === 'contradicted' || standing === 'rests')
  return { standing: rests ? 'rests' : 'holds', should, proof }
}

type Worked = { should: number; proof: string }
type Sum = Exclude<NonNullable<PublishedValue['check']>, { kind: 'at-most-100' | 'not-zero' }>

function worked(check: Sum, values: Values, decimals: number): Worked {
  const of = (key: string) => find(values, key).value
  const write = (number: number) => writeNumber(number)
  switch (check.kind) {
    case 'sum': {
      const parts = check.of.map(of)
      const should = parts.reduce((all, part) => all + part, 0)
      return { should, proof: `${parts.map(write).join(' + ')} = ${write(should)}` }
    }
    case 'difference': {
      const from = of(check.from)
      const parts = check.less.map(of)
      const should = parts.reduce((left, part) => left - part, from)
      return { should, proof: `${[from, ...parts].map(write).join(' − ')} = ${write(should)}` }
    }
    case 'percent': {
      const [numerator, denominator] = [of(check.numerator), of(check.denominator)]
      const should = roundTo((100 * numerator) / denominator, decimals)
      return { should, proof: `${write(numerator)} : ${write(denominator)} = ${writeNumber(should, decimals)} %` }
    }
    case 'same': {
      const should = of(check.as)
      const { place } = find(values, check.as)
      return { should, proof: `${place}: ${write(should)}` }
    }
  }
}

function partsOf(check: Sum): readonly string[] {
  switch (check.kind) {
    case 'sum':
      return check.of
    case 'difference':
      return [check.from, ...check.less]
    case 'percent':
      return [check.numerator, check.denominator]
    case 'same':
      return [check.as]
  }
}

function find(values: Values, key: string): PublishedValue {
  const value = values.get(key)
  if (!value) throw new Error(`no published value ${key}`)
  return value
}
