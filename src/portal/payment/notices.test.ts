import assert from 'node:assert/strict'
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { closeRenderer } from '../../documents/index.ts'
import { give, listFeeEvents, readDossier, verifyLog } from '../../dossiers/index.ts'
import { at, type Commune } from '../../dossiers/testing.ts'
import type { IdentityContext } from '../../identity/index.ts'
import { testHttp } from '../../identity/testing.ts'
import { withScope } from '../../platform/db.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { settleDossier } from './books.ts'
import type { PaymentContext } from './context.ts'
import { keepDelivery, workDelivery, workPayments } from './notices.ts'
import { ensureOrder } from './orders.ts'
import { paymentRoutes } from './routes.ts'
import { referenceOf } from './rules/reference.ts'
import { intendBooking, listBookings } from './booking-store.ts'
import { listNoticesOfDossier } from './notice-store.ts'
import { listReceipts } from './receipt-store.ts'
import { saveProvider } from './settings-store.ts'
import { ACCOUNT, aCollectingCommune, aDossierWithFee, aMovement, SECRET, signedNotice } from './testing.ts'

let database: TestDatabase<never>
let context: PaymentContext
let http: Http
let commune: Commune
let address: string

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as PaymentContext
  database.setClock(at('2026-11-20', '09:00'))
  commune = await aCollectingCommune(context)
  address = `/api/payments/notices/${commune.agencyId}-vietinbank`
  http = await testHttp(database.context as unknown as IdentityContext, (server) => paymentRoutes(server, context))
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

let lastId = 0
const nextId = () => `FT${String((lastId += 1)).padStart(6, '0')}`

const post = async (
  { payload, headers }: { payload: string; headers: Record<string, string> },
  { url = address, from = '203.0.113.7' } = {},
) => {
  const reply = await http.inject({ method: 'POST', url, headers, payload, remoteAddress: from })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}
const tell = (...transactions: Record<string, unknown>[]) =>
  post(signedNotice({ transactions }, { now: context.clock() }))

const feesOf = async (of: { agencyId: number; dossierId: string }) => {
  const opened = await readDossier(context, of.agencyId, of.dossierId)
  assert.ok(opened)
  const { feeDue, feePaid, status } = opened.dossier
  return { feeDue, feePaid, status }
}
const noticesOf = (of: { agencyId: number; dossierId: string }) =>
  withScope(context.db, { agencies: [of.agencyId] }, (tx) => listNoticesOfDossier(tx, of))

/** What the payer was told of the money, in the order of time. */
const toldOf = async ({ dossierId }: { dossierId: string }): Promise<string[]> => {
  const { rows } = await database.ownerPool.query<{ template: string }>(
    `select template from portal.message where dossier_id = $1 and template like 'payment-%' order by position`,
    [dossierId],
  )
  return rows.map(({ template }) => template)
}

async function aDebt(copies = 1) {
  const dossier = await aDossierWithFee(context, commune, { copies })
  const standing = await ensureOrder(context, dossier)
  assert.ok(standing?.order)
  return { ...dossier, order: standing.order }
}

/** The books agree: what the log collected by bank and kept is what the notices say was accepted. */
async function assertBooksAgree(): Promise<void> {
  const { agencyId } = commune
  const totals = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const log = await listFeeEvents(tx, { agencyId, from: at('2020-01-01', '00:00'), to: at('2030-01-01', '00:00') })
    const notices = await tx.selectFrom('portal.payment_notice').selectAll().where('kind', '=', 'credit').execute()
    const open = await tx.selectFrom('portal.payment_booking').selectAll().where('state', '=', 'intended').execute()
    return { log, notices, open }
  })
  const collected = totals.log
    .filter(({ type, method }) => type === 'feeCollected' && method !== 'cash')
    .reduce((sum, { amount }) => sum + amount, 0)
  const reversed = totals.log.filter(({ type }) => type === 'feeReversed').reduce((sum, { amount }) => sum + amount, 0)
  const accepted = totals.notices.reduce((sum, row) => sum + row.accepted, 0)
  assert.equal(totals.open.length, 0)
  assert.equal(collected - reversed, accepted)
}

test('a signed notice becomes one collection of the log, with a receipt, and the order is closed', async () => {
  const debt = await aDebt(2)
  assert.equal(debt.fee, 16_000)
  const reply = await tell(
    aMovement({ id: nextId(), amount: 16_000, content: `MBVCB.99.NGUYEN VAN AN ${debt.order.reference} GD 123` }),
  )
  assert.equal(reply.status, 200)
  assert.deepEqual(await feesOf(debt), { feeDue: 16_000, feePaid: 16_000, status: 'received' })
  const opened = await readDossier(context, debt.agencyId, debt.dossierId)
  const event = opened?.events.findLast(({ type }) => type === 'feeCollected')
  assert.ok(event?.body.type === 'feeCollected')
  assert.equal(event.source, 'system')
  assert.equal(event.body.method, 'transfer')
  assert.match(event.body.receiptNumber ?? '', /^BL26-\d{7}$/)
  const standing = await ensureOrder(context, debt)
  assert.equal(standing?.order, null)
  assert.equal(standing?.orders[0]?.closed_why, 'paid')
  await assertBooksAgree()
  assert.deepEqual(await toldOf(debt), ['payment-received'])
})

test('told again, at once and later, by the same or another delivery, a movement counts once', async () => {
  const debt = await aDebt()
  const movement = aMovement({ id: nextId(), content: debt.order.reference })
  const signed = signedNotice({ transactions: [movement, movement] }, { now: context.clock() })
  const replies = await Promise.all(Array.from({ length: 6 }, () => post(signed)))
  assert.ok(replies.every(({ status }) => status === 200))
  await workPayments(context, commune.agencyId)
  assert.equal((await feesOf(debt)).feePaid, 8000)
  const [notice, ...others] = await noticesOf(debt)
  assert.equal(others.length, 0)
  assert.equal(notice?.accepted, 8000)
  assert.equal(notice?.times, 12)
  assert.equal(notice?.conflict, false)
  // The same number with another sum is shown to an officer and changes nothing.
  await tell({ ...movement, amount: 9000 })
  const [again] = await noticesOf(debt)
  assert.equal(again?.amount, 8000)
  assert.equal(again?.conflict, true)
  await assertBooksAgree()
  assert.deepEqual(await toldOf(debt), ['payment-received'])
})

test('two different payments of one order in the same moment: one is taken, one is too much', async () => {
  const debt = await aDebt()
  await Promise.all([
    tell(aMovement({ id: nextId(), content: debt.order.reference })),
    tell(aMovement({ id: nextId(), content: debt.order.reference })),
    settleDossier(context, debt),
  ])
  await workPayments(context, commune.agencyId)
  assert.equal((await feesOf(debt)).feePaid, 8000)
  const notices = await noticesOf(debt)
  assert.equal(notices.length, 2)
  assert.equal(
    notices.reduce((sum, { accepted }) => sum + accepted, 0),
    8000,
  )
  const receipts = await withScope(context.db, { agencies: [commune.agencyId] }, (tx) => listReceipts(tx, debt))
  assert.equal(receipts.filter(({ voided_at: voided }) => voided === null).length, 1)
  await assertBooksAgree()
})

test('too little, then the rest: the order stays, asks for the rest, and nobody can be released before', async () => {
  const debt = await aDebt(3)
  await tell(aMovement({ id: nextId(), amount: 10_000, content: debt.order.reference }))
  assert.equal((await feesOf(debt)).feePaid, 10_000)
  const standing = await ensureOrder(context, debt)
  assert.equal(standing?.order?.order_id, debt.order.order_id)
  assert.equal(standing?.owed, 14_000)
  await tell(aMovement({ id: nextId(), amount: 20_000, content: debt.order.reference }))
  assert.equal((await feesOf(debt)).feePaid, 24_000)
  const rest = (await noticesOf(debt)).reduce((sum, row) => sum + row.amount - row.accepted, 0)
  assert.equal(rest, 6000)
  await assertBooksAgree()
})

test('a reversal before or after its credit leaves the fee owed; a second payment then takes its place', async () => {
  for (const order of ['credit first', 'reversal first']) {
    const debt = await aDebt()
    const id = nextId()
    const credit = aMovement({ id, content: debt.order.reference })
    const reversal = aMovement({ id: nextId(), kind: 'reversal', reverses: id, content: 'hoan' })
    for (const one of order === 'credit first' ? [credit, reversal] : [reversal, credit]) await tell(one)
    assert.equal((await feesOf(debt)).feePaid, 0, order)
    const standing = await ensureOrder(context, debt)
    assert.equal(standing?.owed, 8000)
    const receipts = await withScope(context.db, { agencies: [commune.agencyId] }, (tx) => listReceipts(tx, debt))
    assert.ok(receipts.every(({ void_reason: why }) => why !== null))
    await tell(aMovement({ id: nextId(), content: standing?.order?.reference }))
    assert.equal((await feesOf(debt)).feePaid, 8000, order)
  }
  await assertBooksAgree()
})

test('late: after the last day of the order it is still taken; after the dossier ended it waits to be given back', async () => {
  const late = await aDebt()
  const ended = await aDebt()
  database.setClock(at('2026-12-10', '09:00'))
  const outcome = await give(
    context,
    { actor: commune.reception, source: 'officer' },
    {
      agencyId: commune.agencyId,
      dossierId: ended.dossierId,
      body: {
        commandId: randomUUID(),
        version: null,
        command: { type: 'withdraw', details: { reason: 'Không cần nữa' } },
      },
    },
  )
  assert.ok(outcome.ok)
  const paidAt = '2026-12-10T01:00:00Z'
  await tell(aMovement({ id: nextId(), content: late.order.reference, paidAt }))
  await tell(aMovement({ id: nextId(), content: ended.order.reference, paidAt }))
  assert.equal((await feesOf(late)).feePaid, 8000)
  assert.equal((await feesOf(ended)).feePaid, 0)
  const [notice] = await noticesOf(ended)
  assert.equal(notice?.accepted, 0)
  assert.ok(notice?.settled_at)
  database.setClock(at('2026-11-20', '09:00'))
  await assertBooksAgree()
})

test('a further demand makes a new order, and paying it lets the dossier go on by itself', async () => {
  const debt = await aDebt()
  await tell(aMovement({ id: nextId(), content: debt.order.reference }))
  const doIt = async (actor: Commune['reception'], command: Parameters<typeof give>[2]['body']['command']) => {
    const outcome = await give(
      context,
      { actor, source: 'officer' },
      {
        agencyId: commune.agencyId,
        dossierId: debt.dossierId,
        body: { commandId: randomUUID(), version: null, command },
      },
    )
    assert.ok(outcome.ok, outcome.ok ? '' : outcome.refusal.code)
  }
  await doIt(commune.reception, { type: 'forward' })
  const details = { reason: 'Nghĩa vụ tài chính' }
  await doIt(commune.justice, { type: 'requirePayment', amount: 50_000, payBy: null, details })
  assert.equal((await feesOf(debt)).status, 'awaitingPayment')
  const standing = await ensureOrder(context, debt)
  assert.notEqual(standing?.order?.reference, debt.order.reference)
  assert.equal(standing?.order?.amount, 50_000)
  await tell(aMovement({ id: nextId(), amount: 50_000, content: standing?.order?.reference }))
  assert.deepEqual(await feesOf(debt), { feeDue: 58_000, feePaid: 58_000, status: 'processing' })
  await assertBooksAgree()
})

test('money before its order, under no, a wrong or several references, or to another account waits in suspense', async () => {
  const one = await aDebt()
  const two = await aDebt()
  await tell(
    aMovement({ id: nextId(), content: 'ung ho quy khuyen hoc' }),
    aMovement({ id: nextId(), content: `${one.order.reference} ${two.order.reference}` }),
    aMovement({ id: nextId(), content: one.order.reference, account: '999' }),
  )
  assert.equal((await feesOf(one)).feePaid, 0)
  const suspense = await withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
    tx.selectFrom('portal.payment_notice').select('why').where('state', '=', 'suspense').execute(),
  )
  for (const why of ['no-reference', 'several-references', 'other-account'])
    assert.ok(
      suspense.some((row) => row.why === why),
      why,
    )
  // A reference that is not known yet: the order arrives later, as after a restored backup.
  const debt = await aDossierWithFee(context, commune)
  const reference = referenceOf(new Uint8Array([9, 8, 7, 6, 5, 4, 3, 2]))
  await tell(aMovement({ id: nextId(), content: reference }))
  await ensureOrder(context, debt, { reference })
  assert.equal((await feesOf(debt)).feePaid, 8000)
  await assertBooksAgree()
})

test('a crash between any two steps is made good by the next run, once', async () => {
  // Kept and not worked on.
  const first = await aDebt()
  const body = JSON.stringify({ transactions: [aMovement({ id: nextId(), content: first.order.reference })] })
  await keepDelivery(context, { agencyId: commune.agencyId, provider: 'vietinbank', source: 'webhook', body })
  await workPayments(context, commune.agencyId)
  assert.equal((await feesOf(first)).feePaid, 8000)
  // Announced, given to the log, and cut off before it was written down as done.
  const second = await aDebt()
  const scope = { agencies: [commune.agencyId] }
  const bookingId = randomUUID()
  const told = JSON.stringify({ transactions: [aMovement({ id: nextId(), content: second.order.reference })] })
  await keepDelivery(context, { agencyId: commune.agencyId, provider: 'vietinbank', source: 'webhook', body: told })
  await workDelivery(context, commune.agencyId)
  const [notice] = await noticesOf(second)
  const intend = (dossierId: string, id: string, officerId: number | null, noticeId: string | null = null) =>
    withScope(context.db, scope, (tx) =>
      intendBooking(tx, {
        agency_id: commune.agencyId,
        booking_id: id,
        dossier_id: dossierId,
        kind: 'collect',
        method: 'transfer',
        amount: 8000,
        notice_id: noticeId,
        refund_id: null,
        officer_id: officerId,
        state: 'intended',
        refusal: null,
        intended_at: context.clock(),
        done_at: null,
        hand_over_id: null,
      }),
    )
  await intend(second.dossierId, bookingId, null, notice?.notice_id)
  await give(
    context,
    { actor: null, source: 'system' },
    {
      agencyId: commune.agencyId,
      dossierId: second.dossierId,
      body: {
        commandId: bookingId,
        version: null,
        command: { type: 'collectFee', method: 'transfer', receiptNumber: null, amount: 8000 },
      },
    },
  )
  await workPayments(context, commune.agencyId)
  await workPayments(context, commune.agencyId)
  assert.equal((await feesOf(second)).feePaid, 8000)
  const opened = await readDossier(context, commune.agencyId, second.dossierId)
  assert.equal(opened?.events.filter(({ type }) => type === 'feeCollected').length, 1)
  // An officer's own, announced and never given: after a minute it is called off, and others are not kept waiting.
  const third = await aDebt()
  await intend(third.dossierId, randomUUID(), commune.reception.officerId)
  await workPayments(context, commune.agencyId)
  assert.equal((await feesOf(third)).feePaid, 0)
  database.setClock(at('2026-11-20', '09:05'))
  await tell(aMovement({ id: nextId(), content: third.order.reference }))
  await workPayments(context, commune.agencyId)
  assert.equal((await feesOf(third)).feePaid, 8000)
  const bookings = await withScope(context.db, scope, (tx) => listBookings(tx, third))
  assert.deepEqual(
    bookings.map(({ state, refusal }) => [state, refusal]),
    [
      ['refused', 'interrupted'],
      ['done', null],
    ],
  )
  database.setClock(at('2026-11-20', '09:00'))
})

test('forged, changed, old, future, replayed with another time, unsigned or for a stranger: refused, nothing is kept', async () => {
  const debt = await aDebt()
  const now = context.clock()
  const value = { transactions: [aMovement({ id: nextId(), content: debt.order.reference })] }
  const good = signedNotice(value, { now })
  const hours = (count: number) => new Date(Date.parse(now) + count * 3_600_000).toISOString()
  const other = signedNotice(value, { now: hours(0.05) })
  const count = async () =>
    (
      await withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
        tx.selectFrom('portal.payment_delivery').select('delivery_id').execute(),
      )
    ).length
  const before = await count()
  const { 'x-motcua-signature': _signature, ...unsigned } = good.headers
  for (const [what, message, url] of [
    ['another secret', signedNotice(value, { now, secret: `${SECRET}!` }), address],
    ['body changed', { ...good, payload: good.payload.replace('8000', '9000') }, address],
    ['body with a space more', { ...good, payload: `${good.payload} ` }, address],
    ['an hour old', signedNotice(value, { now: hours(-1) }), address],
    ['an hour ahead', signedNotice(value, { now: hours(1) }), address],
    [
      'the time of another',
      { ...good, headers: { ...good.headers, 'x-motcua-timestamp': other.headers['x-motcua-timestamp'] ?? '' } },
      address,
    ],
    ['no signature', { ...good, headers: unsigned }, address],
    ['empty signature', { ...good, headers: { ...good.headers, 'x-motcua-signature': 'sha256=' } }, address],
    ['unknown provider', good, address.replace('vietinbank', 'agribank')],
    ['another agency', good, `/api/payments/notices/${commune.agencyId + 1}-vietinbank`],
  ] as const) {
    const reply = await post(message, { url, from: `198.51.100.${what.length}` })
    assert.equal(reply.status, 401, what)
    assert.match(String(reply.body['code']), /^signature-/, what)
  }
  assert.equal(await count(), before)
  assert.equal((await feesOf(debt)).feePaid, 0)
  // Clocks that differ by minutes are believed.
  assert.equal((await post(other)).status, 200)
  assert.equal((await feesOf(debt)).feePaid, 8000)
})

test('who guesses signatures is soon told to wait, and the bank is not', async () => {
  const debt = await aDebt()
  const message = signedNotice(
    { transactions: [aMovement({ id: nextId(), content: debt.order.reference })] },
    { now: context.clock() },
  )
  const forged = { ...message, headers: { ...message.headers, 'x-motcua-signature': `sha256=${'0'.repeat(64)}` } }
  let status = 0
  for (let tries = 0; tries < 110 && status !== 429; tries++)
    status = (await post(forged, { from: '192.0.2.66' })).status
  assert.equal(status, 429)
  assert.equal((await post(message, { from: '192.0.2.67' })).status, 200)
})

test('signed but senseless: kept for an officer to see, and no money moves', async () => {
  const debt = await aDebt()
  const at8000 = aMovement({ id: nextId(), content: debt.order.reference })
  for (const value of [
    { transactions: [{ ...at8000, amount: -8000 }] },
    { transactions: [{ ...at8000, amount: 0 }] },
    { transactions: [{ ...at8000, amount: 8000.5 }] },
    { transactions: [{ ...at8000, amount: 1e15 }] },
    { transactions: [{ ...at8000, amount: '8000' }] },
    { transactions: [{ ...at8000, currency: 'USD' }] },
    { transactions: [{ ...at8000, paidAt: 'hôm qua' }] },
    { transactions: [{ ...at8000, kind: 'reversal' }] },
    { transactions: [{ ...at8000, id: '' }] },
    { transactions: [] },
    [],
    'not json at all',
    `{"transactions":${'['.repeat(5000)}`,
  ])
    assert.equal((await post(signedNotice(value, { now: context.clock() }))).status, 200)
  const unreadable = await withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
    tx.selectFrom('portal.payment_delivery').select('delivery_id').where('outcome', '=', 'unreadable').execute(),
  )
  assert.equal(unreadable.length, 13)
  assert.equal((await feesOf(debt)).feePaid, 0)
})

test('a bank may sign with its RSA key instead', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
    saveProvider(tx, {
      agency_id: commune.agencyId,
      provider: 'bidv',
      kind: 'bank',
      name: 'BIDV',
      method: 'rsa-sha256',
      secret: null,
      public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      base_url: null,
      window_seconds: 300,
      enabled: true,
      changed_by: 1,
      changed_at: context.clock(),
    }),
  )
  const debt = await aDebt()
  const message = signedNotice(
    { transactions: [aMovement({ id: nextId(), content: debt.order.reference })] },
    { now: context.clock() },
  )
  const timestamp = message.headers['x-motcua-timestamp'] ?? ''
  const signature = createSign('RSA-SHA256').update(`${timestamp}.${message.payload}`).sign(privateKey, 'base64')
  const url = `/api/payments/notices/${commune.agencyId}-bidv`
  assert.equal((await post(message, { url, from: '198.51.100.200' })).status, 401, 'an HMAC is none of its signatures')
  const headers = { ...message.headers, 'x-motcua-signature': `rs256=${signature}` }
  assert.equal(
    (
      await post(
        { ...message, headers: { ...headers, 'x-motcua-signature': `rs256=${signature.slice(0, -8)}AAAAAAA=` } },
        { url, from: '198.51.100.200' },
      )
    ).status,
    401,
  )
  assert.equal((await post({ ...message, headers }, { url })).status, 200)
  assert.equal((await feesOf(debt)).feePaid, 8000)
})

test('nothing of what a bank tells of a person can be read in the database', async () => {
  const debt = await aDebt()
  await tell(
    aMovement({
      id: nextId(),
      content: `NGUYEN VAN BI MAT ${debt.order.reference}`,
      payer: { name: 'NGUYEN VAN BI MAT' },
    }),
  )
  const { rows } = await database.ownerPool.query<{ text: string }>(
    `select string_agg(convert_from(decode(replace(t::text, '\\x', ''), 'escape'), 'SQL_ASCII'), '') as text from (
      select body::text as t from portal.payment_delivery union all select content::text from portal.payment_notice) as all_rows`,
  )
  assert.ok(!rows[0]?.text.includes('BI MAT'))
  assert.ok(!Buffer.from(rows[0]?.text ?? '', 'hex').includes('BI MAT'))
})

test('in any order, as often as you like, cut into any deliveries: the books end the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ kind: fc.constantFrom('credit', 'reversal'), number: fc.nat({ max: 3 }) }), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.array(fc.constantFrom(3000, 5000, 8000, 11_000, 16_000), { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.infiniteStream(fc.nat({ max: 99 })),
      async (list, amounts, copies, dice) => {
        const play = async (order: readonly (typeof list)[number][], together: boolean) => {
          const debt = await aDebt(copies)
          const prefix = nextId()
          const movements = order.map(({ kind, number }) =>
            aMovement({
              id: `${prefix}-${kind}-${number}`,
              kind,
              ...(kind === 'reversal' ? { reverses: `${prefix}-credit-${number}` } : {}),
              amount: amounts[number] ?? 1,
              content: debt.order.reference,
              paidAt: `2026-11-20T01:0${number}:00Z`,
            }),
          )
          if (together) await tell(...movements)
          else for (const movement of movements) await tell(movement)
          const rest = (await noticesOf(debt))
            .filter(({ state }) => state !== 'reversed')
            .reduce((sum, row) => sum + row.amount - row.accepted, 0)
          return { ...(await feesOf(debt)), rest }
        }
        const shuffled = [...list, ...list]
          .map((one) => ({ one, key: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one)
        assert.deepEqual(await play(list, true), await play(shuffled, false))
      },
    ),
    { numRuns: 12 },
  )
  await assertBooksAgree()
})

test('ten thousand movements in one morning: each once, in seconds', async (testing) => {
  const debts = await Promise.all(Array.from({ length: 20 }, () => aDebt()))
  const started = performance.now()
  for (let part = 0; part < 10; part++) {
    const movements = Array.from({ length: 1000 }, (_, number) =>
      aMovement({
        id: `BULK-${part}-${number}`,
        amount: 8000,
        account: ACCOUNT,
        content: number < 20 ? (debts[number]?.order.reference ?? '') : `khong ro ${part} ${number}`,
      }),
    )
    assert.equal((await tell(...movements)).status, 200)
    assert.equal((await tell(...movements.slice(0, 100))).status, 200)
  }
  await workPayments(context, commune.agencyId)
  testing.diagnostic(`10,000 movements took ${Math.round(performance.now() - started)} ms`)
  for (const debt of debts) assert.equal((await feesOf(debt)).feePaid, 8000)
  const { rows } = await database.ownerPool.query<{ count: string }>(
    `select count(*) from portal.payment_notice where transaction_id like 'BULK-%'`,
  )
  assert.equal(Number(rows[0]?.count), 10_000)
  await assertBooksAgree()
})

test('the log of the dossiers is whole after all that', async () => {
  const report = await verifyLog(context)
  assert.deepEqual(report.findings, [])
})
