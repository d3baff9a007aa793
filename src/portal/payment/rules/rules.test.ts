import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dongInWords } from './amount-words.ts'
import { differencesOf, figuresOf, sameFigures, type DayRows } from './reconcile.ts'
import { isReference, referenceOf, referencesIn, toAscii } from './reference.ts'
import { paidDossiers } from './figures.ts'
import { judgeRefund, mostRefundable } from './refund.ts'
import { nextStep, orderState, restOf, stillRight, type Credit, type Owing } from './settle.ts'

test('a reference is short plain ASCII and survives what banks do to a content', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (random) => {
      const reference = referenceOf(random)
      assert.match(reference, /^MC[0-9A-Z]{9}$/)
      assert.ok(isReference(reference))
      for (const content of [
        reference,
        reference.toLowerCase(),
        `MBVCB.123456.NGUYEN VAN AN chuyen tien ${reference.slice(0, 5)} ${reference.slice(5)}.CT tu 0011 toi 999`,
        `Nộp lệ phí hồ sơ ${reference}-271126-08:00`,
        `MC MCMC${reference}`,
        reference.replaceAll('0', 'O').replaceAll('1', 'l'),
      ])
        assert.ok(referencesIn(content).includes(reference), content)
    }),
  )
})

test('one wrong letter, or two that changed places, is not read as another reference', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 8 }),
      fc.integer({ min: 2, max: 9 }),
      fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXY'),
      (random, place, letter) => {
        const reference = referenceOf(random)
        const swapped = `${reference.slice(0, place)}${reference[place + 1]}${reference[place]}${reference.slice(place + 2)}`
        if (swapped !== reference) assert.ok(!isReference(swapped), swapped)
        const wrong = `${reference.slice(0, place)}${letter}${reference.slice(place + 1)}`
        if (wrong !== reference) assert.ok(!isReference(wrong), wrong)
      },
    ),
  )
})

test('the purpose of a transfer is written in 7-bit letters', () => {
  assert.equal(toAscii('Lệ phí “Đăng ký” – hồ sơ số 5'), 'Le phi Dang ky ho so so 5')
})

// --- The books -------------------------------------------------------------------------------------------------------

type Told = { id: number; amount: number; at: number; reversal: boolean }

/** A dossier and its notices, carried out step by step as the shell does. */
function playBooks(feeDue: number, told: readonly Told[]): { paid: number; rest: number; credits: Credit[] } {
  const owing: Owing = { feeDue, feePaid: 0, collects: true }
  const credits = new Map<number, Credit>()
  const reversed = new Set<number>()
  let collected = 0
  for (const { id, amount, at, reversal } of told) {
    if (reversal) reversed.add(id)
    else if (!credits.has(id))
      credits.set(id, {
        noticeId: String(id),
        amount,
        at: String(at).padStart(4, '0'),
        method: 'transfer',
        reversed: false,
        accepted: 0,
        refunded: 0,
        reserved: 0,
        stuck: null,
      })
    for (const number of reversed) {
      const credit = credits.get(number)
      if (credit) credit.reversed = true
    }
    for (let step = nextStep(owing, [...credits.values()]); step; step = nextStep(owing, [...credits.values()])) {
      const credit = credits.get(Number(step.noticeId))
      assert.ok(credit && step.amount > 0)
      const sign = step.kind === 'collect' ? 1 : -1
      credit.accepted += sign * step.amount
      owing.feePaid += sign * step.amount
      collected += sign * step.amount
      const accepted = [...credits.values()].reduce((sum, each) => sum + each.accepted, 0)
      assert.equal(collected, accepted, 'the log holds what was accepted of the notices')
      assert.ok(owing.feePaid >= 0 && owing.feePaid <= feeDue)
    }
  }
  const all = [...credits.values()]
  return { paid: owing.feePaid, rest: all.reduce((sum, credit) => sum + restOf(credit), 0), credits: all }
}

const someNotices = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 5 }),
    at: fc.integer({ min: 0, max: 99 }),
    reversal: fc.boolean(),
  }),
  { maxLength: 14 },
)

test('in whatever order and however often notices come, the books end the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      someNotices.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 6, maxLength: 6 }),
      (feeDue, [list, shuffled], amounts) => {
        // The bank's id decides what a movement is; the same id never means two sums.
        const told = (each: readonly { id: number; at: number; reversal: boolean }[]): Told[] =>
          each.map((one) => ({ ...one, amount: amounts[one.id] ?? 1 }))
        const one = playBooks(feeDue, told(list))
        const other = playBooks(feeDue, [...told(shuffled), ...told(list)])
        assert.equal(one.paid, other.paid)
        assert.equal(one.rest, other.rest)
        const valid = one.credits.filter(({ reversed }) => !reversed).reduce((sum, { amount }) => sum + amount, 0)
        assert.equal(one.paid, Math.min(feeDue, valid))
        assert.equal(one.rest, valid - one.paid)
      },
    ),
  )
})

const aCredit = (change: Partial<Credit> = {}): Credit => ({
  noticeId: 'n',
  amount: 100,
  at: '2026-11-20T01:00:00.000Z',
  method: 'transfer',
  reversed: false,
  accepted: 0,
  refunded: 0,
  reserved: 0,
  stuck: null,
  ...change,
})

test('nothing is taken for a dossier that has ended, from what was given back, or again after a refusal', () => {
  const owing = { feeDue: 100, feePaid: 0, collects: true }
  assert.equal(nextStep({ ...owing, collects: false }, [aCredit()]), undefined)
  assert.equal(nextStep(owing, [aCredit({ refunded: 100 })]), undefined)
  assert.equal(nextStep(owing, [aCredit({ reserved: 100 })]), undefined)
  assert.equal(nextStep(owing, [aCredit({ reserved: 40 })])?.amount, 60)
  assert.equal(nextStep(owing, [aCredit({ stuck: 'nothing-to-pay' })]), undefined)
  assert.equal(nextStep({ ...owing, feePaid: 100 }, [aCredit()]), undefined)
  assert.deepEqual(
    nextStep({ ...owing, collects: false, feePaid: 100 }, [aCredit({ reversed: true, accepted: 100 })]),
    {
      kind: 'reverse',
      noticeId: 'n',
      amount: 100,
      method: 'transfer',
    },
  )
  assert.equal(nextStep(owing, [aCredit({ noticeId: 'b' }), aCredit({ noticeId: 'a' })])?.noticeId, 'a')
})

test('an order stands open, partly paid, paid, expired or without object', () => {
  const order = { amount: 100, expiresAt: '2026-12-01T00:00:00.000Z', closedWhy: null }
  const now = '2026-11-20T00:00:00.000Z'
  assert.equal(orderState(order, { owed: 100, received: 0, now }), 'open')
  assert.equal(orderState(order, { owed: 60, received: 40, now }), 'partial')
  assert.equal(orderState(order, { owed: 0, received: 100, now }), 'paid')
  assert.equal(orderState(order, { owed: 0, received: 0, now }), 'nothing-owed')
  assert.equal(orderState(order, { owed: 1, received: 0, now: '2026-12-02T00:00:00.000Z' }), 'expired')
  assert.equal(orderState({ ...order, closedWhy: 'replaced' }, { owed: 1, received: 0, now }), 'replaced')
  assert.ok(stillRight(order, { owed: 60, accepted: 40, now }))
  assert.ok(!stillRight(order, { owed: 100, accepted: 40, now }))
  assert.ok(!stillRight(order, { owed: 100, accepted: 0, now: '2026-12-02T00:00:00.000Z' }))
})

// --- A day -----------------------------------------------------------------------------------------------------------

const notice = (change: Partial<DayRows['notices'][number]> = {}): DayRows['notices'][number] => ({
  kind: 'credit',
  method: 'transfer',
  amount: 100,
  accepted: 100,
  refunded: 0,
  state: 'matched',
  byWebhook: true,
  byStatement: true,
  conflict: false,
  stuck: false,
  ...change,
})
const aDay = (change: Partial<DayRows> = {}): DayRows => ({
  orders: [{ amount: 100 }],
  notices: [notice()],
  log: [{ type: 'feeCollected', method: 'transfer', amount: 100, known: true }],
  receipts: [{ amount: 100, method: 'transfer', voided: false }],
  hasStatement: true,
  ...change,
})

test('a day whose tellers agree has no differences; each kind of difference is named', () => {
  assert.deepEqual(differencesOf(figuresOf(aDay())), [])
  const differences = (change: Partial<DayRows>) => differencesOf(figuresOf(aDay(change)))
  assert.deepEqual(differences({ notices: [notice({ amount: 130 })] }), ['surplus'])
  assert.deepEqual(differences({ notices: [notice({ state: 'suspense', accepted: 0 })] }), ['suspense'])
  assert.deepEqual(differences({ notices: [notice({ byStatement: false })] }), ['onlyWebhook'])
  assert.deepEqual(differences({ notices: [notice({ byStatement: false })], hasStatement: false }), [])
  assert.deepEqual(differences({ notices: [notice({ conflict: true })] }), ['conflicts'])
  assert.deepEqual(differences({ log: [{ type: 'feeCollected', method: 'cash', amount: 5, known: false }] }), [
    'unknownInLog',
  ])
  assert.deepEqual(
    differences({
      notices: [
        notice({ state: 'reversed', accepted: 0 }),
        notice({ kind: 'reversal', state: 'reversal', accepted: 0 }),
      ],
    }),
    [],
  )
  const one = figuresOf(aDay())
  assert.ok(sameFigures(one, figuresOf(aDay())))
  assert.ok(!sameFigures(one, figuresOf(aDay({ orders: [] }))))
})

// --- Refunds and words -----------------------------------------------------------------------------------------------

test('a refund takes two people and is paid once', () => {
  const asked = { state: 'asked', askedBy: 1 } as const
  assert.deepEqual(judgeRefund(asked, 'approve', 1), { ok: false, refusal: { code: 'refund-own' } })
  assert.deepEqual(judgeRefund(asked, 'reject', 1), { ok: true, value: 'rejected' })
  assert.deepEqual(judgeRefund(asked, 'approve', 2), { ok: true, value: 'approved' })
  assert.deepEqual(judgeRefund(asked, 'pay', 2), { ok: false, refusal: { code: 'refund-not-now' } })
  assert.deepEqual(judgeRefund({ state: 'approved', askedBy: 1 }, 'pay', 1), { ok: true, value: 'paying' })
  assert.deepEqual(judgeRefund({ state: 'approved', askedBy: 1 }, 'reject', 1), { ok: true, value: 'rejected' })
  assert.deepEqual(judgeRefund({ state: 'paying', askedBy: 1 }, 'settle', null), { ok: true, value: 'paid' })
  assert.deepEqual(judgeRefund({ state: 'paying', askedBy: 1 }, 'fail', null), { ok: true, value: 'failed' })
  assert.deepEqual(judgeRefund({ state: 'paid', askedBy: 1 }, 'pay', 2), {
    ok: false,
    refusal: { code: 'refund-not-now' },
  })
  assert.equal(
    mostRefundable({ held: 100 }, [
      { amount: 30, state: 'asked' },
      { amount: 50, state: 'rejected' },
    ]),
    70,
  )
})

test('số tiền bằng chữ', () => {
  for (const [amount, words] of [
    [0, 'Không đồng'],
    [8000, 'Tám nghìn đồng'],
    [75_000, 'Bảy mươi lăm nghìn đồng'],
    [100_000, 'Một trăm nghìn đồng'],
    [1_005_021, 'Một triệu không trăm linh năm nghìn không trăm hai mươi mốt đồng'],
    [2_015_000, 'Hai triệu không trăm mười lăm nghìn đồng'],
    [3_000_000_000, 'Ba tỷ đồng'],
    [1_234_567, 'Một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy đồng'],
    [11_511, 'Mười một nghìn năm trăm mười một đồng'],
  ] as const)
    assert.equal(dongInWords(amount), words)
})

test('online payment: what came by bank and was not taken back; paid in two ways counts once', () => {
  const event = (
    dossier: string,
    type: 'feeCollected' | 'feeReversed' | 'feeWaived',
    amount: number,
    method: 'cash' | 'transfer' | 'online' | null,
  ) => ({ dossier_id: dossier, code: dossier, type, amount, method, occurred_at: '2026-11-20T02:00:00.000Z' }) as const
  const paid = paidDossiers([
    event('cash', 'feeCollected', 8000, 'cash'),
    event('both', 'feeCollected', 3000, 'cash'),
    event('both', 'feeCollected', 5000, 'online'),
    event('gone', 'feeCollected', 8000, 'transfer'),
    event('gone', 'feeReversed', 8000, null),
    event('cash after gone', 'feeCollected', 8000, 'transfer'),
    event('cash after gone', 'feeReversed', 8000, null),
    event('cash after gone', 'feeCollected', 8000, 'cash'),
    event('waived', 'feeWaived', 8000, null),
  ])
  assert.deepEqual(
    paid.map(({ dossierId, amount, isOnline }) => [dossierId, amount, isOnline]),
    [
      ['cash', 8000, false],
      ['both', 8000, true],
      ['cash after gone', 8000, false],
    ],
  )
})
