import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { feeKey, readCatalogueData, setFeeAmount, type ProcedureVersion } from '../../catalogue/index.ts'
import { give, mend, readDossier, takeIn, type IntakeBody } from '../../dossiers/index.ts'
import { anIntake, aPerson, at, type Commune } from '../../dossiers/testing.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { bookByOfficer } from './books.ts'
import type { PaymentContext } from './context.ts'
import { followPayments, paymentOf } from './index.ts'
import { keepDelivery, workPayments } from './notices.ts'
import { ensureOrder } from './orders.ts'
import { askRefund, decideRefund, listProposed, payRefund } from './refunds.ts'
import { aCollectingCommune, aMovement } from './testing.ts'
import { viewPayment } from './views.ts'

let database: TestDatabase<never>
let context: PaymentContext
let commune: Commune

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as PaymentContext
  database.setClock(at('2026-11-20', '09:00'))
  commune = await aCollectingCommune(context)
})
after(() => database.close())

const unitsOf = (copies: number) => ({ copies, pages: 0, signatures: 0, contracts: 0 })
const PRICE = 8000

/** Filed online with so many copies at 8,000 đồng; the person may mend the number. */
async function aFiledDossier(copies: number) {
  const { agencyId } = commune
  const persons: IntakeBody['persons'] = { applicant: aPerson() }
  const taken = await takeIn(
    context,
    { actor: null, source: 'citizen' },
    anIntake(context, commune, {
      procedureCode: '2.000635',
      caseKey: 'standard',
      channel: 'online',
      persons,
      components: [],
      feeUnits: unitsOf(copies),
      decision: { type: 'none' },
    }),
  )
  assert.ok(taken.ok, JSON.stringify(taken))
  const of = { agencyId, dossierId: taken.value.dossierId }
  let now = copies
  return {
    of,
    async mendTo(next: number) {
      const filed = (count: number) => ({ persons, delivery: null, deliveryAddress: '', feeUnits: unitsOf(count) })
      const outcome = await mend(context, {
        ...of,
        commandId: randomUUID(),
        type: 'recordComponents',
        components: [],
        before: filed(now),
        after: filed(next),
      })
      assert.ok(outcome.ok, JSON.stringify(outcome))
      now = next
    },
    fee: async () => {
      const opened = await readDossier(context, agencyId, of.dossierId)
      const { feeDue, feePaid, feeRefunded } = opened?.dossier ?? assert.fail()
      return [feeDue, feePaid, feeRefunded]
    },
    order: async () => (await ensureOrder(context, of))?.order ?? null,
  }
}

let number = 0
async function bankTells(content: string, amount: number): Promise<void> {
  const body = JSON.stringify({ transactions: [aMovement({ id: `FT-${(number += 1)}`, content, amount })] })
  await keepDelivery(context, { agencyId: commune.agencyId, provider: 'vietinbank', source: 'webhook', body })
  await workPayments(context, commune.agencyId)
}

const ask = async (of: { dossierId: string } | { noticeId: string }, amount: number) => {
  const refundId = randomUUID()
  const { agencyId, reception } = commune
  const way = 'cash' as const
  const asked = await askRefund(context, reception, { refundId, agencyId, of, way, amount, reason: 'Mức phí giảm' })
  assert.ok(asked.ok, JSON.stringify(asked))
  return { agencyId, refundId }
}
const approve = (key: { agencyId: number; refundId: string }) =>
  decideRefund(context, commune.leader, { ...key, act: 'approve', note: '' })
const pay = (key: { agencyId: number; refundId: string }) =>
  payRefund(context, commune.reception, { ...key, voucher: 'PC01' })

test('paid, then more copies: a new code asks for the rest; what comes under the old one is right', async () => {
  const dossier = await aFiledDossier(1)
  const first = await dossier.order()
  await bankTells(first?.reference ?? '', PRICE)
  assert.equal(await dossier.order(), null)
  await dossier.mendTo(3)
  const second = await dossier.order()
  assert.notEqual(second?.reference, first?.reference)
  assert.equal(second?.amount, 2 * PRICE)
  assert.equal((await paymentOf(context, dossier.of))?.state, 'partial')
  // The old code still lies on a telephone: its money is the dossier's, and the rest is asked for again.
  await bankTells(first?.reference ?? '', PRICE)
  assert.deepEqual(await dossier.fee(), [3 * PRICE, 2 * PRICE, 0])
  assert.equal((await dossier.order())?.amount, PRICE)
  await bankTells(second?.reference ?? '', 2 * PRICE)
  assert.deepEqual(await dossier.fee(), [3 * PRICE, 3 * PRICE, 0])
  assert.equal((await viewPayment(context, commune.reception.officerId, dossier.of))?.surplus, PRICE)
})

test('not yet paid, then fewer copies: a notice of the old sum that comes late is taken as far as it is owed', async () => {
  const dossier = await aFiledDossier(3)
  const before = await dossier.order()
  await dossier.mendTo(1)
  assert.equal((await dossier.order())?.amount, PRICE)
  await bankTells(before?.reference ?? '', 3 * PRICE)
  assert.deepEqual(await dossier.fee(), [PRICE, PRICE, 0])
  assert.equal((await viewPayment(context, commune.reception.officerId, dossier.of))?.surplus, 2 * PRICE)
  // More copies again: what lies here pays for them, also where nobody opens the page.
  await dossier.mendTo(2)
  await followPayments(context)
  assert.deepEqual(await dossier.fee(), [2 * PRICE, 2 * PRICE, 0])
  assert.equal(await dossier.order(), null)
})

test('what a refund under way is to give back pays no fee meanwhile, and does once the refund is dropped', async () => {
  const dossier = await aFiledDossier(1)
  await bankTells((await dossier.order())?.reference ?? '', 2 * PRICE)
  const noticeId = (await ensureOrder(context, dossier.of))?.notices[0]?.notice_id ?? ''
  const key = await ask({ noticeId }, PRICE)
  await dossier.mendTo(2)
  assert.equal((await dossier.order())?.amount, PRICE, 'the rest is asked for')
  assert.deepEqual(await dossier.fee(), [2 * PRICE, PRICE, 0])
  await decideRefund(context, commune.leader, { ...key, act: 'reject', note: 'Người nộp cần thêm bản sao' })
  assert.deepEqual(await dossier.fee(), [2 * PRICE, 2 * PRICE, 0])
})

test('paid, then fewer copies: a refund is proposed, asked for by one, approved by another, and not paid once it is owed again', async () => {
  const dossier = await aFiledDossier(3)
  const paid = await bookByOfficer(context, commune.reception, {
    ...dossier.of,
    bookingId: randomUUID(),
    kind: 'collect',
    method: 'cash',
    amount: 3 * PRICE,
  })
  assert.ok(paid.ok)
  const { agencyId } = commune
  const { dossierId } = dossier.of
  const proposed = async () =>
    (await listProposed(context, agencyId)).filter(({ opened }) => opened.dossierId === dossierId)
  assert.deepEqual(await proposed(), [])
  await dossier.mendTo(1)
  assert.deepEqual(
    (await proposed()).map(({ amount }) => amount),
    [2 * PRICE],
  )
  assert.equal((await paymentOf(context, dossier.of))?.state, 'paid')
  const key = await ask({ dossierId }, 2 * PRICE)
  assert.deepEqual(await proposed(), [], 'asked for once')
  assert.equal((await decideRefund(context, commune.reception, { ...key, act: 'approve', note: '' })).ok, false)
  assert.ok((await approve(key)).ok)
  await dossier.mendTo(2)
  const stale = await pay(key)
  assert.equal(stale.ok ? '' : stale.refusal.code, 'refund-fee-rose')
  assert.ok((await decideRefund(context, commune.leader, { ...key, act: 'reject', note: '' })).ok)
  const again = await ask({ dossierId }, PRICE)
  assert.ok((await approve(again)).ok)
  assert.ok((await pay(again)).ok)
  assert.deepEqual(await dossier.fee(), [2 * PRICE, 2 * PRICE, 0])
  // What was given back because it was too much is owed when the fee rises again.
  await dossier.mendTo(3)
  assert.equal((await dossier.order())?.amount, PRICE)
  assert.equal((await pay(again)).ok, false, 'paid once')
})

test('nobody had entered the amount: nothing is asked; once it is entered and counted again, an order asks for it, once', async () => {
  const { agencyId, reception } = commune
  const BIRTH = '1.001193'
  const versions = readCatalogueData().versions as { code: string; cases: ProcedureVersion['cases'] }[]
  const late = versions.findLast(({ code }) => code === BIRTH)?.cases.find(({ key }) => key === 'late')
  const rule = late?.fees[0] ?? assert.fail()
  const taken = await takeIn(
    context,
    { actor: null, source: 'citizen' },
    anIntake(context, commune, { caseKey: 'late', channel: 'online', decision: { type: 'none' } }),
  )
  assert.ok(taken.ok, JSON.stringify(taken))
  const of = { agencyId, dossierId: taken.value.dossierId }
  assert.equal((await ensureOrder(context, of))?.order, null)
  const amount = { validFrom: '2025-07-01', amount: PRICE, basis: 'Nghị quyết của tỉnh' } as const
  const set = await setFeeAmount(context.db, { agencyId, code: BIRTH, feeKey: feeKey('late', rule), ...amount })
  assert.ok(set.ok)
  const recount = () =>
    give(
      context,
      { actor: reception, source: 'officer' },
      { ...of, body: { commandId: randomUUID(), version: null, command: { type: 'recountFees' } } },
    )
  assert.ok((await recount()).ok)
  const standing = await ensureOrder(context, of)
  assert.equal(standing?.order?.amount, PRICE)
  await bankTells(standing?.order?.reference ?? '', PRICE)
  assert.equal((await paymentOf(context, of))?.state, 'paid')
  const again = await recount()
  assert.equal(again.ok ? '' : again.refusal.code, 'fees-final')
  const fee = (await readDossier(context, agencyId, of.dossierId))?.dossier
  assert.deepEqual([fee?.feeDue, fee?.feePaid], [PRICE, PRICE])
})
