import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evolve, type Dossier, type DossierEvent } from '../../../dossiers/index.ts'
import { mostRefundable, type RefundState } from './refund.ts'
import { excessOf, freeOf, nextStep, restOf, type Credit } from './settle.ts'

/** What may happen to the money of a dossier, in any order. */
type Act =
  | { do: 'fee'; amount: number }
  | { do: 'transfer'; id: number }
  | { do: 'reverse'; id: number }
  | { do: 'cash'; amount: number }
  | { do: 'ask'; of: 'fee' | number; amount: number }
  | { do: 'pay' | 'reject'; refund: number }

type Refund = { of: 'fee' | number; amount: number; state: RefundState; ofExcess: boolean }

/** The rules of the room over the fold of the log, without a database: what stands in the books after each act. */
class Books {
  fee = { feeDue: 0, feePaid: 0, feeRefunded: 0, open: [], participants: [] as readonly number[] } as unknown as Dossier
  readonly credits = new Map<number, Credit>()
  readonly refunds: Refund[] = []
  came = 0
  went = 0

  told(event: DossierEvent): void {
    const happened = { agencyId: 1, occurredAt: '2026-11-20T02:00:00.000Z', officerId: null, version: 1 }
    this.fee = evolve(this.fee, { ...happened, event })
  }

  underWay(of: Refund['of']): Refund[] {
    return this.refunds.filter((refund) => refund.of === of)
  }

  settle(): void {
    for (let round = 0; round < 100; round++) {
      for (const [id, credit] of this.credits) credit.reserved = -mostRefundable({ held: 0 }, this.underWay(id)) || 0
      const { feeDue, feePaid } = this.fee
      const step = nextStep({ feeDue, feePaid, collects: true }, [...this.credits.values()])
      const credit = step && this.credits.get(Number(step.noticeId))
      if (!step || !credit) return
      const { amount } = step
      if (step.kind === 'reverse' && amount > feePaid - this.fee.feeRefunded) {
        // The log refuses: the money was given back already. An officer is shown it.
        credit.stuck = 'amount-too-high'
        continue
      }
      credit.accepted += step.kind === 'collect' ? amount : -amount
      if (step.kind === 'collect')
        this.told({ type: 'feeCollected', lines: [], amount, method: 'transfer', receiptNumber: null })
      else this.told({ type: 'feeReversed', amount, details: { id: 'n' } as never })
    }
    assert.fail('the books do not come to an end')
  }

  act(act: Act): void {
    switch (act.do) {
      case 'fee':
        this.fee = { ...this.fee, feeDue: act.amount }
        break
      case 'transfer':
        // The bank's number is one movement, however often it is told; its sum follows from the number.
        if (!this.credits.has(act.id)) this.credits.set(act.id, aCredit(act.id))
        break
      case 'reverse': {
        const credit = this.credits.get(act.id)
        if (credit) credit.reversed = true
        break
      }
      case 'cash': {
        const amount = Math.min(act.amount, this.fee.feeDue - this.fee.feePaid)
        if (amount <= 0) break
        this.came += amount
        this.told({ type: 'feeCollected', lines: [], amount, method: 'cash', receiptNumber: null })
        break
      }
      case 'ask': {
        const { feePaid, feeRefunded } = this.fee
        const credit = act.of === 'fee' ? undefined : this.credits.get(act.of)
        const held = act.of === 'fee' ? feePaid - feeRefunded : credit ? restOf(credit) : 0 // oxlint-disable-line no-nested-ternary
        const others = this.underWay(act.of)
        const amount = Math.min(act.amount, mostRefundable({ held }, others))
        const ofExcess = act.of === 'fee' && amount <= mostRefundable({ held: excessOf(this.fee) }, others)
        if (amount > 0) this.refunds.push({ of: act.of, amount, state: 'asked', ofExcess })
        break
      }
      case 'reject': {
        const refund = this.refunds[act.refund]
        if (refund?.state === 'asked') refund.state = 'rejected'
        break
      }
      case 'pay':
        this.pay(this.refunds[act.refund])
    }
    this.settle()
  }

  pay(refund: Refund | undefined): void {
    if (refund?.state !== 'asked') return
    const { amount, of } = refund
    if (of === 'fee') {
      if (refund.ofExcess && amount > excessOf(this.fee)) return
      if (amount > this.fee.feePaid - this.fee.feeRefunded) return
      this.told({ type: 'feeRefunded', amount, details: { id: 'n' } as never })
    } else {
      const credit = this.credits.get(of)
      if (!credit || amount > restOf(credit)) return
      credit.refunded += amount
    }
    refund.state = 'paid'
    this.went += amount
  }
}

const aCredit = (id: number): Credit => ({
  noticeId: String(id),
  amount: (id + 1) * 30,
  at: String(id),
  method: 'transfer',
  reversed: false,
  accepted: 0,
  refunded: 0,
  reserved: 0,
  stuck: null,
})

const amount = fc.integer({ min: 1, max: 200 })
const id = fc.integer({ min: 0, max: 4 })
const plain: fc.Arbitrary<Act>[] = [
  fc.record({ do: fc.constant('fee' as const), amount: fc.integer({ min: 0, max: 200 }) }),
  fc.record({ do: fc.constant('transfer' as const), id }),
  fc.record({ do: fc.constant('cash' as const), amount }),
  fc.record({ do: fc.constant('ask' as const), of: fc.oneof(fc.constant('fee' as const), id), amount }),
  fc.record({ do: fc.constantFrom('pay' as const, 'reject' as const), refund: fc.integer({ min: 0, max: 6 }) }),
]
const reverse = fc.record({ do: fc.constant('reverse' as const), id })

/** What holds after every act, whatever the order. */
function check(books: Books): void {
  const { fee } = books
  const credits = [...books.credits.values()]
  const came = books.came + credits.reduce((sum, credit) => sum + (credit.reversed ? 0 : credit.amount), 0)
  const rest = credits.reduce((sum, credit) => sum + restOf(credit), 0)
  const stuck = credits.filter((credit) => credit.stuck !== null).reduce((sum, credit) => sum + credit.accepted, 0)
  const gone = credits.filter(({ reversed }) => reversed).reduce((sum, { refunded }) => sum + refunded, 0)
  // Every đồng that came is in the log, lies free, or went back; what the bank took back after that is shown as stuck.
  assert.equal(came + stuck + gone, fee.feePaid - fee.feeRefunded + rest + books.went)
  for (const credit of credits) {
    assert.ok(credit.accepted >= 0 && credit.refunded >= 0)
    assert.ok(credit.accepted + credit.refunded + credit.reserved <= credit.amount)
    // Nobody is asked to pay while their money lies here unused.
    if (fee.feeDue > fee.feePaid) assert.ok(freeOf(credit) === 0 || credit.stuck !== null)
  }
  assert.ok(fee.feePaid >= fee.feeRefunded && fee.feeRefunded >= 0)
}

test('payments, a fee that changes, refunds and reversals in any order: nothing lost, nothing twice', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(...plain, reverse), { maxLength: 25 }), (acts) => {
      const books = new Books()
      for (const act of acts) {
        books.act(act)
        check(books)
      }
    }),
    { numRuns: 3000 },
  )
})

test('whatever a fee went through, what is held in the end is what the last fee says, and the rest goes back', () => {
  const fees = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fees, fc.array(id, { maxLength: 8 }), fc.integer({ min: 0, max: 200 }), (changes, transfers, last) => {
      const books = new Books()
      for (let step = 0; step < Math.max(changes.length, transfers.length); step++) {
        const [fee, transfer] = [changes[step], transfers[step]]
        if (fee !== undefined) books.act({ do: 'fee', amount: fee })
        if (transfer !== undefined) books.act({ do: 'transfer', id: transfer })
        // The proposal is followed each time.
        books.act({ do: 'ask', of: 'fee', amount: excessOf(books.fee) })
        books.act({ do: 'pay', refund: books.refunds.length - 1 })
      }
      books.act({ do: 'fee', amount: last })
      const missing = last - books.fee.feePaid
      if (missing > 0) books.act({ do: 'cash', amount: missing })
      else books.act({ do: 'ask', of: 'fee', amount: excessOf(books.fee) })
      books.act({ do: 'pay', refund: books.refunds.length - 1 })
      assert.equal(books.fee.feePaid - books.fee.feeRefunded, last)
      check(books)
    }),
    { numRuns: 2000 },
  )
})

test('paid 20, lowered to 10, 10 given back, raised to 20: 10 are owed again', () => {
  const books = new Books()
  books.act({ do: 'fee', amount: 20 })
  books.act({ do: 'cash', amount: 20 })
  books.act({ do: 'fee', amount: 10 })
  assert.equal(excessOf(books.fee), 10)
  books.act({ do: 'ask', of: 'fee', amount: 10 })
  books.act({ do: 'fee', amount: 20 })
  books.act({ do: 'pay', refund: 0 })
  assert.equal(books.went, 0, 'not while it is owed again')
  books.act({ do: 'fee', amount: 10 })
  books.act({ do: 'pay', refund: 0 })
  assert.equal(books.went, 10)
  books.act({ do: 'fee', amount: 20 })
  assert.equal(books.fee.feeDue - books.fee.feePaid, 10)
})
