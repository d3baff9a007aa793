import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FeeRule } from '../contract.ts'
import { aCase, aFee, aVersion } from '../testing.ts'
import { feeKey, feesFor } from './fees.ts'

const withFees = (fees: FeeRule[]) => aVersion({ cases: [aCase({ fees })] })

// Thông tư 226/2016/TT-BTC: 2.000 đồng/trang, từ trang thứ ba 1.000 đồng/trang, tối đa 200.000 đồng/bản.
const certifiedCopies = [
  aFee({ kind: 'fee', name: 'Phí chứng thực bản sao', per: 'page', amount: 2000, cap: 200_000 }),
  aFee({ kind: 'fee', name: 'Từ trang thứ ba', per: 'page', amount: 1000, fromUnit: 3, cap: 200_000 }),
]

test('certified copies: two pages, five pages, three copies, and never more than the most for one copy', () => {
  const total = (page: number, copy = 1) =>
    feesFor(withFees(certifiedCopies), 'thong-thuong', 'counter', { units: { page, copy } }).total
  assert.equal(total(1), 2000)
  assert.equal(total(2), 4000)
  assert.equal(total(5), 7000)
  assert.equal(total(5, 3), 21_000)
  assert.equal(total(1000), 200_000)
  assert.equal(total(1000, 2), 400_000)
  assert.equal(total(0), 0)
})

test('what the cap takes off is told', () => {
  const { lines } = feesFor(withFees(certifiedCopies), 'thong-thuong', 'counter', { units: { page: 1000 } })
  assert.deepEqual(
    lines.map(({ amount, overCap, units }) => [units, amount, overCap]),
    [
      [2, 4000, 0],
      [998, 196_000, 802_000],
    ],
  )
})

test('fees of a channel: online may cost nothing', () => {
  const version = withFees([aFee({ channels: ['counter', 'post'] }), aFee({ channels: ['online'], amount: 0 })])
  assert.equal(feesFor(version, 'thong-thuong', 'counter').total, 8000)
  assert.deepEqual(
    feesFor(version, 'thong-thuong', 'online').lines.map(({ amount }) => amount),
    [0],
  )
  assert.deepEqual(feesFor(version, 'khong-co', 'online'), { lines: [], total: 0 })
})

test('of several exemptions that hold the greatest counts, and a half đồng falls to the payer', () => {
  const exemptions = [
    { key: 'ho-ngheo', name: 'Người thuộc hộ nghèo', percent: 50, basis: 'NQ mẫu' },
    { key: 'co-cong', name: 'Người có công', percent: 100, basis: 'NQ mẫu' },
  ]
  const version = withFees([aFee({ amount: 8001, exemptions })])
  const half = feesFor(version, 'thong-thuong', 'counter', { exemptionKeys: ['ho-ngheo', 'khac'] })
  assert.equal(half.total, 4000)
  assert.deepEqual(half.lines[0]?.exemption, { ...exemptions[0], amount: 4001 })
  assert.equal(feesFor(version, 'thong-thuong', 'counter', { exemptionKeys: ['ho-ngheo', 'co-cong'] }).total, 0)
})

test('an amount set by the province stands in place of the national text', () => {
  const rule = aFee({ setBy: 'province', amount: 0 })
  assert.equal(feeKey('thong-thuong', rule), 'thong-thuong/charge/dossier/1/counter+online+post/Lệ phí mẫu')
  const amounts = { [feeKey('thong-thuong', rule)]: 15_000 }
  assert.equal(feesFor(withFees([rule]), 'thong-thuong', 'counter', { amounts }).total, 15_000)
  const bases = { [feeKey('thong-thuong', rule)]: 'NQ 12/2025' }
  const { lines } = feesFor(withFees([rule, aFee({ name: 'Khác' })]), 'thong-thuong', 'counter', { amounts, bases })
  assert.deepEqual(
    lines.map(({ basis }) => basis),
    ['NQ 12/2025', aFee().basis],
  )
})

test('two fees of the same unit add up, copies are counted, a dossier is one', () => {
  const version = withFees([
    aFee(),
    aFee({ kind: 'fee', name: 'Bản sao trích lục', per: 'copy' }),
    aFee({ kind: 'fee', name: 'Khác', per: 'copy', amount: 1 }),
  ])
  assert.equal(feesFor(version, 'thong-thuong', 'post', { units: { copy: 3, dossier: 9 } }).total, 8000 + 24_000 + 3)
  assert.equal(feesFor(version, 'thong-thuong', 'post').total, 8000 + 8000 + 1)
})

const feeRule = fc.record({
  amount: fc.integer({ min: 0, max: 1_000_000 }),
  per: fc.constantFrom('dossier', 'copy', 'page', 'signature', 'contract'),
  fromUnit: fc.integer({ min: 1, max: 5 }),
  cap: fc.option(fc.integer({ min: 0, max: 300_000 })),
  percent: fc.integer({ min: 1, max: 100 }),
})

test('the total is the sum of its lines, never negative, never more without than with an exemption', () => {
  const units = fc.record({ copy: fc.nat(30), page: fc.nat(300), signature: fc.nat(5), contract: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(feeRule), units, (drawn, asked) => {
      const version = withFees(
        drawn.map(({ percent, ...rule }, index) =>
          aFee({ ...rule, name: `Phí ${index}`, exemptions: [{ key: 'x', name: 'x', percent, basis: 'x' }] }),
        ),
      )
      const full = feesFor(version, 'thong-thuong', 'counter', { units: asked })
      const reduced = feesFor(version, 'thong-thuong', 'counter', { units: asked, exemptionKeys: ['x'] })
      for (const fees of [full, reduced]) {
        assert.equal(
          fees.total,
          fees.lines.reduce((sum, { amount }) => sum + amount, 0),
        )
        for (const line of fees.lines) {
          assert.ok(Number.isInteger(line.amount) && line.amount >= 0)
          assert.equal(line.amount + line.overCap + (line.exemption?.amount ?? 0), line.units * line.unitAmount)
        }
      }
      assert.ok(reduced.total <= full.total)
    }),
  )
})
