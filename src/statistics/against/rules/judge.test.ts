import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judge, roundTo, writeNumber } from './judge.ts'
import type { PublishedValue } from './published.ts'
import { reports } from './reports.ts'

const value = (key: string, number: number, more: Partial<PublishedValue> = {}): [string, PublishedValue] => [
  key,
  { key, place: 'Mục 1', words: key, value: number, unit: 'hồ sơ', ...more },
]

describe('what a report says of its own numbers', () => {
  const values = new Map([
    value('a', 3),
    value('b', 4),
    value('sum', 7, { check: { kind: 'sum', of: ['a', 'b'] } }),
    value('wrong', 8, { check: { kind: 'sum', of: ['a', 'b'] } }),
    value('left', 3, { check: { kind: 'difference', from: 'sum', less: ['b'] } }),
    value('rate', 42.86, { decimals: 2, check: { kind: 'percent', numerator: 'a', denominator: 'sum' } }),
    value('truncated', 42.85, { decimals: 2, check: { kind: 'percent', numerator: 'a', denominator: 'sum' } }),
    value('resting', 37.5, { decimals: 1, check: { kind: 'percent', numerator: 'a', denominator: 'wrong' } }),
    value('shifted', 523, { check: { kind: 'at-most-100' } }),
    value('again', 9, { check: { kind: 'same', as: 'sum' } }),
    value('none', 0, { check: { kind: 'not-zero', since: ['a'] } }),
  ])
  const of = (key: string) => judge(values.get(key) ?? value('?', 0)[1], values)

  it('holds where parts make it', () => {
    for (const key of ['sum', 'left', 'rate']) assert.equal(of(key).standing, 'holds', key)
    assert.equal(of('a').standing, 'alone')
  })
  it('is contradicted where they make another, with the sum that proves it', () => {
    assert.deepEqual(of('wrong'), { standing: 'contradicted', should: 7, proof: '3 + 4 = 7' })
    assert.deepEqual(of('truncated'), { standing: 'contradicted', should: 42.86, proof: '3 : 7 = 42,86 %' })
    assert.deepEqual(of('again'), { standing: 'contradicted', should: 7, proof: 'Mục 1: 7' })
    assert.equal(of('shifted').standing, 'contradicted')
    assert.deepEqual(of('none'), { standing: 'contradicted', should: null, proof: '3 > 0' })
  })
  it('rests on what is contradicted, and says so', () => {
    assert.equal(of('resting').standing, 'rests')
  })
  it('rounds half up and writes numbers as officials do', () => {
    assert.equal(roundTo(25.8621, 1), 25.9)
    assert.equal(roundTo(0.125, 2), 0.13)
    assert.equal(writeNumber(27_630), '27.630')
    assert.equal(writeNumber(98.74, 2), '98,74')
  })
})

describe('the published reports', () => {
  it('name each value once, and only values that they have', () => {
    for (const { key, values } of reports) {
      const byKey = new Map(values.map((each) => [each.key, each]))
      assert.equal(byKey.size, values.length, key)
      for (const each of values) judge(each, byKey)
    }
  })

  it('contradict themselves here, and nowhere else', () => {
    const found = reports.flatMap(({ key: report, values }) => {
      const byKey = new Map(values.map((each) => [each.key, each]))
      return values
        .map((each) => ({ each, ...judge(each, byKey) }))
        .filter(({ standing }) => standing === 'contradicted')
        .map(({ each, proof }) => `${report} ${each.key} ${each.value}: ${proof}`)
    })
    assert.deepEqual(found, [
      'doan-ket-2023-q1 online 495: 126 + 349 + 19 + 9 + 1 = 504',
      'doan-ket-2023-q1 counter 28: 523 − 126 − 349 − 19 − 9 − 1 = 19',
      'doan-ket-2023-q1 level-4-used 0: 126 + 349 + 19 + 9 + 1 > 0',
      'doan-ket-2023-q1 row-6.7 523: 523 % > 100 %',
      'doan-ket-2023-q1 row-6.7.1 0: Mục II.2.c: 523',
      'doan-ket-2023-q1 row-6.7.2 0: Mục II.2.c: 495',
      'doan-ket-2023-q1 tasks-rate 50: 15 : 36 = 42 %',
      'doan-ket-2023-q1 present-3 19: Mục II.4; biểu mẫu 4, dòng 2.2: 18',
      'thien-hung-2023 resolved 2395: 619 + 81 + 1.395 + 200 = 2.295',
      'thien-hung-2023 q1/3/percent 25.8: 45 : 174 = 25,9 %',
      'thien-hung-2023 q4/0/percent 89.6: 156 : 174 = 89,7 %',
      'thien-hung-2023 q6/2/percent 2.36: 10 : 174 = 5,75 %',
      'thien-hung-2023 q8/2/percent 1.14: 2 : 174 = 1,15 %',
      'bach-quang-2022-q1 resolved 396: 445 − 14 = 431',
      'bach-quang-2022-q1 staff 18: 10 + 9 = 19',
      'tan-hong-2023 district/in-time-rate 99.15: 3.190 : 3.252 = 98,09 %',
      'tan-hong-2023 communes/online-rate 62.02: 15.121 : 24.378 = 62,03 %',
      'tan-hong-2023 communes/in-time-rate 99.61: 24.092 : 24.378 = 98,83 %',
      'cu-chi-2019 communes/in-time-rate 99.997: 417.974 : 417.983 = 99,998 %',
      'cu-chi-2019 communes/late-rate 0.0021: 9 : 417.983 = 0,0022 %',
    ])
  })
})
