import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { closeRenderer } from '../../documents/index.ts'
import { give, readDossier } from '../../dossiers/index.ts'
import { aCommune, at, type Commune } from '../../dossiers/testing.ts'
import { createAccount, type Actor, type IdentityContext } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../../identity/testing.ts'
import { withScope } from '../../platform/db.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { adoptCollections } from './books.ts'
import type { PaymentContext } from './context.ts'
import type { DayView, HandOverView, NoticeView, PaymentView, SettingsView } from './contract.ts'
import { openPayment, askGateway, findGateway } from './gateway.ts'
import { listPaid, paymentOf, takesPaymentsOnline } from './index.ts'
import { keepDelivery, workPayments } from './notices.ts'
import { ensureOrder } from './orders.ts'
import { paymentPath, readPaymentToken } from './path.ts'
import { paymentRoutes } from './routes.ts'
import { behaved, startSandbox } from './sandbox.ts'
import { readAmount, readStatement, readTime } from './statement.ts'
import { saveProvider } from './settings-store.ts'
import { ACCOUNT, aCollectingCommune, aDossierWithFee, aMovement, signedNotice } from './testing.ts'
import { qrPng, vietQr } from './vietqr.ts'

type Browser = ReturnType<typeof aBrowser>

let database: TestDatabase<never>
let context: PaymentContext
let http: Http
let commune: Commune
let other: Commune
const browsers = new Map<Actor, Browser>()

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as PaymentContext
  database.setClock(at('2026-11-20', '09:00'))
  commune = await aCollectingCommune(context)
  other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  const identity = database.context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    paymentRoutes(server, context)
  })
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) },
  })
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

/** Another time; whoever was signed in signs in again. */
function setClock(now: string | undefined): void {
  database.setClock(now)
  browsers.clear()
}

async function as(actor: Actor): Promise<Browser> {
  const known = browsers.get(actor)
  if (known) return known
  const userName = `officer${actor.officerId}`
  const identity = database.context as unknown as IdentityContext
  await createAccount(identity, { officerId: actor.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  await browser.signIn(userName)
  browsers.set(actor, browser)
  return browser
}

const feesOf = async (of: { agencyId: number; dossierId: string }) =>
  (await readDossier(context, of.agencyId, of.dossierId))?.dossier
let number = 0
const bankTells = async (content: string, amount: number, change: Record<string, unknown> = {}) => {
  const id = `FT-${(number += 1)}`
  const body = JSON.stringify({ transactions: [aMovement({ id, content, amount, ...change })] })
  await keepDelivery(context, { agencyId: commune.agencyId, provider: 'vietinbank', source: 'webhook', body })
  await workPayments(context, commune.agencyId)
  return id
}

// --- The code ----------------------------------------------------------------------------------------------------------

/** A reader of our own: tag, length, value; it knows nothing of the library that wrote them. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (let place = 0; place < text.length;) {
    const length = Number(text.slice(place + 2, place + 4))
    fields.set(text.slice(place, place + 2), text.slice(place + 4, place + 4 + length))
    place += 4 + length
  }
  return fields
}

/** CRC-16/CCITT-FALSE, bit by bit. */
function crcOf(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text, 'latin1'))
    for (let bit = 7; bit >= 0; bit--) {
      const top = (crc >> 15) & 1
      crc = (crc << 1) & 0xffff
      if ((top ^ ((byte >> bit) & 1)) === 1) crc ^= 0x1021
    }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

test('the code on the page is read by another program, and says account, sum and reference with a right checksum', async () => {
  const debt = await aDossierWithFee(context, commune, { copies: 3 })
  const standing = await ensureOrder(context, debt)
  const path = paymentPath(context, debt)
  const picture = await http.inject({ url: `${path}/ma-qr.png` })
  assert.equal(picture.headers['content-type'], 'image/png')
  const [code] = await readBarcodes(new Uint8Array(picture.rawPayload), { formats: ['QRCode'] })
  assert.ok(code)
  assert.equal(crcOf(code.text.slice(0, -4)), code.text.slice(-4))
  const fields = fieldsOf(code.text)
  assert.equal(fields.get('53'), '704')
  assert.equal(fields.get('54'), '24000')
  assert.equal(fields.get('58'), 'VN')
  const account = fieldsOf(fields.get('38') ?? '')
  assert.equal(account.get('00'), 'A000000727')
  assert.deepEqual([...fieldsOf(account.get('01') ?? '').values()], ['970415', ACCOUNT])
  assert.equal(fieldsOf(fields.get('62') ?? '').get('08'), standing?.order?.reference)
  const plain = vietQr({ bankBin: '970415', accountNumber: ACCOUNT, amount: 1000, purpose: 'Lệ phí số 1' })
  assert.equal(fieldsOf(fieldsOf(plain).get('62') ?? '').get('08'), 'Le phi so 1')
  assert.throws(() => vietQr({ bankBin: '970415', accountNumber: ACCOUNT, amount: 0.5, purpose: '' }))
  assert.ok((await readBarcodes(new Uint8Array(qrPng(plain)), { formats: ['QRCode'] }))[0])
})

test('the page says what to pay without a name, follows the money, and is nobody else’s', async () => {
  const debt = await aDossierWithFee(context, commune)
  const path = paymentPath(context, debt)
  const standing = await ensureOrder(context, debt)
  const page = (await http.inject({ url: path })).body
  for (const text of ['8.000 đồng', ACCOUNT, 'UBND XA MAU', standing?.order?.reference ?? '?', debt.code])
    assert.ok(page.includes(text), text)
  assert.ok(!page.includes('Nguyễn Văn An'))
  assert.match((await http.inject({ url: `${path}?lang=en` })).body, /Pay the fee/)
  const live = async () => (await http.inject({ url: `${path}/trang-thai` })).json<{ state: string; owed: number }>()
  assert.deepEqual(await live(), { state: 'open', owed: 8000, toPay: 8000 })
  await bankTells(standing?.order?.reference ?? '', 3000)
  assert.deepEqual(await live(), { state: 'partial', owed: 5000, toPay: 5000 })
  await bankTells(standing?.order?.reference ?? '', 6000)
  assert.equal((await live()).state, 'paid')
  const paid = (await http.inject({ url: path })).body
  assert.match(paid, /Đã nhận đủ tiền/)
  assert.match(paid, /nộp thừa 1.000 đồng/)
  const receipt = /href="([^"]+bien-lai[^"]+)"/.exec(paid)?.[1] ?? ''
  const pdf = await http.inject({ url: receipt })
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.ok(pdf.rawPayload.subarray(0, 5).equals(Buffer.from('%PDF-')))
  // The receipt of one is not opened by the address of another.
  const stranger = await aDossierWithFee(context, commune)
  const elsewhere = receipt.replace(path, paymentPath(context, stranger))
  assert.equal((await http.inject({ url: elsewhere })).statusCode, 404)
})

test('a changed, shortened or guessed address opens nothing, and guessing is slowed down', async () => {
  const debt = await aDossierWithFee(context, commune)
  const token = paymentPath(context, debt).split('/').at(-1) ?? ''
  const [agency = '', dossier = '', mark = ''] = token.split('.')
  assert.deepEqual(readPaymentToken(context, token), { agencyId: debt.agencyId, dossierId: debt.dossierId })
  const otherMark =
    paymentPath(context, { ...debt, agencyId: other.agencyId })
      .split('.')
      .at(-1) ?? ''
  for (const wrong of [
    `${agency}.${dossier}.${mark.slice(0, -1)}`,
    `${agency}.${dossier}.${mark}A`,
    `${agency}.${dossier}.${'A'.repeat(mark.length)}`,
    `${(debt.agencyId + 1).toString(36)}.${dossier}.${mark}`,
    `${agency}.${dossier}.${otherMark}`,
    `${agency}.${dossier}`,
    `${agency}.${dossier}.`,
    `${token}.x`,
    '%00',
    '..',
  ])
    assert.ok(
      (await http.inject({ url: `/thanh-toan/${wrong}`, remoteAddress: '198.51.100.1' })).statusCode >= 400,
      wrong,
    )
  let status = 0
  for (let tries = 0; tries < 40 && status !== 429; tries++)
    status = (await http.inject({ url: `/thanh-toan/a.b.${tries}`, remoteAddress: '198.51.100.2' })).statusCode
  assert.equal(status, 429)
  // A right address is never in the way of who guessed before.
  assert.equal((await http.inject({ url: `/thanh-toan/${token}`, remoteAddress: '198.51.100.2' })).statusCode, 200)
})

// --- The desk ----------------------------------------------------------------------------------------------------------

test('cash has a receipt from a series without a gap; pressed twice it is taken once; a reprint says so', async () => {
  const desk = await as(commune.reception)
  const marks: string[] = []
  for (let copies = 1; copies <= 3; copies++) {
    const debt = await aDossierWithFee(context, commune, { copies })
    const body = { commandId: randomUUID(), amount: debt.fee }
    const path = `/api/dossiers/${debt.dossierId}/payment`
    const replies = await Promise.all([desk.post(`${path}/cash`, body), desk.post(`${path}/cash`, body)])
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200],
      JSON.stringify(replies[0].body),
    )
    assert.equal((await feesOf(debt))?.feePaid, debt.fee)
    const again = await desk.post(`${path}/cash`, { commandId: randomUUID(), amount: 1000 })
    assert.equal(again.body['code'], 'nothing-to-pay')
    const view = (await desk.get(path)).body as unknown as PaymentView
    assert.equal(view.receipts.length, 1)
    const [receipt] = view.receipts
    assert.ok(receipt)
    marks.push(receipt.mark)
    const paper = `${path}/receipts/${receipt.year}/${receipt.number}/paper.pdf`
    const first = await desk.raw(paper)
    const second = await desk.raw(paper)
    assert.notDeepEqual(first.rawPayload, second.rawPayload)
    const after = (await desk.get(path)).body as unknown as PaymentView
    assert.equal(after.receipts[0]?.prints, 2)
  }
  const numbers = await withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
    tx.selectFrom('portal.payment_receipt').select('number').orderBy('number').execute(),
  )
  assert.deepEqual(
    numbers.map((row) => row.number),
    numbers.map((_row, index) => index + 1),
  )
})

test('an exemption after the intake needs its basis and lowers what is owed', async () => {
  const desk = await as(commune.reception)
  const debt = await aDossierWithFee(context, commune, { copies: 2 })
  const path = `/api/dossiers/${debt.dossierId}/payment`
  const body = { amount: 16_000, reason: 'Hộ nghèo', basis: 'Luật Phí và lệ phí, Điều 10' }
  assert.equal((await desk.post(`${path}/waivers`, { ...body, commandId: randomUUID(), basis: '' })).status, 400)
  assert.equal((await desk.post(`${path}/waivers`, { ...body, commandId: randomUUID(), amount: 17_000 })).status, 422)
  assert.equal((await desk.post(`${path}/waivers`, { ...body, commandId: randomUUID() })).status, 200)
  assert.equal((await feesOf(debt))?.feeDue, 0)
  assert.equal((await paymentOf(context, debt))?.state, 'none')
})

test('a refund is asked by one, approved by another, paid once, and never more than was paid', async () => {
  const desk = await as(commune.reception)
  const leader = await as(commune.leader)
  const debt = await aDossierWithFee(context, commune)
  const path = `/api/dossiers/${debt.dossierId}/payment`
  await desk.post(`${path}/cash`, { commandId: randomUUID(), amount: 8000 })
  const ask = (amount: number) =>
    desk.post(`${path}/refunds`, { commandId: randomUUID(), way: 'cash', amount, reason: 'Nộp nhầm hồ sơ' })
  assert.equal((await ask(9000)).body['code'], 'refund-too-high')
  const both = await Promise.all([ask(8000), ask(8000)])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 422])
  const refundId = String(both.find(({ status }) => status === 200)?.body['refundId'])
  const { agencyId } = commune
  const act = (browser: Browser, act: 'approve' | 'reject') =>
    browser.post(`/api/payments/refunds/${refundId}/decision`, { agencyId, act, note: '' })
  const pay = () => desk.post(`/api/payments/refunds/${refundId}/payment`, { agencyId, voucher: 'PC 12' })
  assert.equal((await act(desk, 'approve')).status, 404, 'the desk does not approve')
  assert.equal((await pay()).body['code'], 'refund-not-now')
  assert.equal((await act(leader, 'approve')).status, 200)
  const unnumbered = await desk.post(`/api/payments/refunds/${refundId}/payment`, { agencyId, voucher: '' })
  assert.equal(unnumbered.body['code'], 'voucher-missing')
  const paid = await Promise.all([pay(), pay(), pay()])
  assert.ok(paid.some(({ status }) => status === 200))
  assert.equal((await pay()).status, 422)
  const dossier = await feesOf(debt)
  assert.equal(dossier?.feeRefunded, 8000)
  const opened = await readDossier(context, agencyId, debt.dossierId)
  assert.equal(opened?.events.filter(({ type }) => type === 'feeRefunded').length, 1)
  // Now that the money is back its receipt may be made void, once, with a reason.
  const view = (await desk.get(path)).body as unknown as PaymentView
  const receipt = `${path}/receipts/${view.receipts[0]?.year}/${view.receipts[0]?.number}/void`
  assert.equal((await desk.post(receipt, { reason: 'Đã hoàn tiền' })).status, 200)
  assert.equal((await desk.post(receipt, { reason: 'Đã hoàn tiền' })).body['code'], 'receipt-voided')
})

test('a refund that could not be paid is taken back by who asked, and asked for another way', async () => {
  const desk = await as(commune.reception)
  const leader = await as(commune.leader)
  const debt = await aDossierWithFee(context, commune)
  const path = `/api/dossiers/${debt.dossierId}/payment`
  await desk.post(`${path}/cash`, { commandId: randomUUID(), amount: 8000 })
  const ask = (way: string) =>
    desk.post(`${path}/refunds`, { commandId: randomUUID(), way, amount: 8000, reason: 'Nộp nhầm hồ sơ' })
  const url = `/api/payments/refunds/${String((await ask('gateway')).body['refundId'])}`
  const { agencyId } = commune
  const decide = (browser: Browser, act: string) => browser.post(`${url}/decision`, { agencyId, act, note: '' })
  assert.equal((await decide(leader, 'approve')).status, 200)
  assert.equal((await desk.post(`${url}/payment`, { agencyId, voucher: '' })).body['code'], 'refund-no-payment')
  assert.equal((await ask('cash')).body['code'], 'refund-too-high')
  assert.equal((await decide(desk, 'reject')).status, 200)
  const { refunds } = (await desk.get(path)).body as unknown as PaymentView
  // Nobody rejected it.
  assert.deepEqual(
    refunds.map(({ state, decidedBy }) => [state, decidedBy]),
    [['rejected', null]],
  )
  assert.equal((await ask('cash')).status, 200)
})

test('who has no right, or belongs elsewhere, finds nothing', async () => {
  const debt = await aDossierWithFee(context, commune)
  const path = `/api/dossiers/${debt.dossierId}/payment`
  const cash = { commandId: randomUUID(), amount: 8000 }
  assert.equal((await (await as(other.reception)).get(path)).status, 404)
  assert.equal((await (await as(other.reception)).post(`${path}/cash`, cash)).status, 404)
  assert.equal((await (await as(commune.justice)).get(path)).status, 403)
  assert.equal((await (await as(commune.leader)).post(`${path}/cash`, cash)).status, 403)
  const { agencyId } = commune
  const foreign = await as(other.leader)
  for (const url of ['day', 'suspense', 'refunds', 'hand-over'])
    assert.equal(
      (await foreign.get(`/api/payments/${url}?agencyId=${agencyId}&day=2026-11-20`)).status,
      url === 'day' ? 404 : 400,
    )
  for (const url of ['suspense', 'refunds', 'hand-over'])
    assert.equal((await foreign.get(`/api/payments/${url}?agencyId=${agencyId}`)).status, 404)
  assert.equal((await (await as(other.admin)).get(`/api/payments/settings?agencyId=${agencyId}`)).status, 404)
  for (const amount of [0, -1, 1.5, 1e15])
    assert.equal(
      (await (await as(commune.reception)).post(`${path}/cash`, { ...cash, amount })).status,
      400,
      String(amount),
    )
})

// --- The day -----------------------------------------------------------------------------------------------------------

test('the day: tellers side by side, a statement finds what is missing, differences are explained and signed', async () => {
  const { agencyId } = commune
  const day = '2026-11-23'
  setClock(at(day, '09:00'))
  let clerk = await as(commune.clerk)
  const [one, two, lost] = await Promise.all([
    aDossierWithFee(context, commune),
    aDossierWithFee(context, commune),
    aDossierWithFee(context, commune),
  ])
  const referenceOf = async (debt: typeof one) => (await ensureOrder(context, debt))?.order?.reference ?? ''
  const paidAt = `${day}T03:00:00Z`
  const first = await bankTells(await referenceOf(one), 8000, { paidAt })
  await bankTells(await referenceOf(two), 8000, { paidAt })
  await bankTells('ung ho', 5000, { paidAt })
  const view = async () =>
    (await clerk.get(`/api/payments/day?agencyId=${agencyId}&day=${day}`)).body as unknown as DayView
  let books = await view()
  assert.deepEqual(books.figures.notices, { count: 3, amount: 21_000 })
  assert.deepEqual(books.figures.accepted, { count: 2, amount: 16_000 })
  assert.deepEqual(books.figures.logTransfer, books.figures.accepted)
  assert.deepEqual(books.differences, ['suspense'])
  // The statement has the first, not the second, and one that no notice told of.
  const csv = [
    'SAO KÊ TÀI KHOẢN',
    'Ngày giao dịch;Số giao dịch;Ghi nợ;Ghi có;Nội dung',
    `23/11/2026 10:00:00;${first};;8.000;"MBVCB ${await referenceOf(one)}; CT"`,
    `23/11/2026 11:00;FT-LOST;;8,000.00;${await referenceOf(lost)}`,
    '23/11/2026 12:00;FT-OUT;50.000;;Phí dịch vụ',
    ';;;16.000;Cộng',
  ].join('\r\n')
  const upload = (text: string) => {
    const boundary = 'xxMOTCUAxx'
    return http.inject({
      method: 'POST',
      url: `/api/payments/statements?agencyId=${agencyId}`,
      headers: {
        'x-motcua': '1',
        cookie: [...clerk.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      payload: `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="sao-ke.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n--${boundary}--\r\n`,
    })
  }
  for (let time = 0; time < 2; time++) {
    const reply = await upload(csv)
    assert.equal(reply.statusCode, 200, reply.body)
  }
  assert.equal((await feesOf(lost))?.feePaid, 8000)
  books = await view()
  assert.deepEqual(books.figures.statement, { count: 2, amount: 16_000 })
  assert.deepEqual(books.figures.onlyStatement, { count: 1, amount: 8000 })
  assert.deepEqual(books.figures.onlyWebhook, { count: 2, amount: 13_000 })
  const broken = await upload(csv.replace('8.000;', 'tám nghìn;'))
  assert.equal(broken.json<{ code: string }>().code, 'statement-line')
  // The wrong one is matched by hand and with a reason.
  const suspense = books.notices.find(({ state }) => state === 'suspense')
  const debt = await aDossierWithFee(context, commune)
  const match = { agencyId, code: debt.code, reason: 'Người nộp đưa biên nhận chuyển khoản' }
  assert.equal((await clerk.post(`/api/payments/notices/${suspense?.noticeId}/match`, match)).status, 200)
  assert.equal((await feesOf(debt))?.feePaid, 5000)
  assert.equal(
    (await clerk.post(`/api/payments/notices/${suspense?.noticeId}/match`, match)).body['code'],
    'not-in-suspense',
  )
  // Signed when it is over, with an explanation; what comes later shows.
  const sign = (explanation: string) => clerk.post('/api/payments/day/sign', { agencyId, day, explanation })
  assert.equal((await sign('Đã đối chiếu')).body['code'], 'day-not-over')
  setClock(at('2026-11-24', '08:00'))
  clerk = await as(commune.clerk)
  assert.equal((await sign('')).body['code'], 'explanation-missing')
  assert.equal((await sign('Ngân hàng chưa xuất đủ sao kê')).status, 200)
  assert.equal((await view()).signed?.stillTrue, true)
  await bankTells('den muon', 1000, { paidAt })
  assert.equal((await view()).signed?.stillTrue, false)
  const workbook = await clerk.raw(`/api/payments/day.xlsx?agencyId=${agencyId}&day=${day}`)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(workbook.rawPayload as unknown as ExcelJS.Buffer)
  assert.deepEqual(
    book.worksheets.map(({ name }) => name),
    ['Tổng hợp', 'Giao dịch', 'Nhật ký', 'Biên lai', 'Lệnh'],
  )
  const paid = await listPaid(context.db, { agencies: [agencyId], from: day, to: day, knownAt: null })
  assert.deepEqual(
    paid.map(({ dossierId }) => dossierId).toSorted(),
    [one, two, lost, debt].map(({ dossierId }) => dossierId).toSorted(),
  )
  assert.ok(paid.every(({ paidOn, isOnline }) => paidOn === day && isOnline))
  assert.equal(await takesPaymentsOnline(context.db, { agencyId, to: day, knownAt: null }), true)
  assert.equal(await takesPaymentsOnline(context.db, { agencyId, to: '2026-11-19', knownAt: null }), false)
})

test('notices that are not believed are counted where the bank is set up', async () => {
  const { agencyId } = commune
  const admin = await as(commune.admin)
  const refused = async () => {
    const { body } = await admin.get(`/api/payments/settings?agencyId=${agencyId}`)
    return (
      (body as unknown as SettingsView).providers.find(({ provider }) => provider === 'vietinbank')?.refused ?? null
    )
  }
  const before = (await refused())?.count ?? 0
  const forged = signedNotice({ transactions: [aMovement()] }, { now: context.clock(), secret: 'khoa-cu-da-doi' })
  const reply = await http.inject({ method: 'POST', url: `/api/payments/notices/${agencyId}-vietinbank`, ...forged })
  assert.equal(reply.statusCode, 401)
  assert.deepEqual(
    [(await refused())?.count, (await refused())?.code, (await refused())?.lastAt],
    [before + 1, 'signature-wrong', context.clock()],
  )
})

test('told twice with two sums: listed until an officer of the books has asked the bank, and told again if it goes on', async () => {
  const { agencyId } = commune
  const debt = await aDossierWithFee(context, commune)
  const reference = (await ensureOrder(context, debt))?.order?.reference ?? ''
  const tell = async (amount: number) => {
    const body = JSON.stringify({ transactions: [aMovement({ id: 'FT-TWO-SUMS', content: reference, amount })] })
    await keepDelivery(context, { agencyId, provider: 'vietinbank', source: 'webhook', body })
    await workPayments(context, agencyId)
  }
  await tell(8000)
  await tell(9000)
  const clerk = await as(commune.clerk)
  const listed = async () => {
    const { body } = await clerk.get(`/api/payments/suspense?agencyId=${agencyId}`)
    return (body as unknown as { items: NoticeView[] }).items.find(
      ({ transactionId }) => transactionId === 'FT-TWO-SUMS',
    )
  }
  const path = `/api/payments/notices/${(await listed())?.noticeId ?? ''}/review`
  const review = { agencyId, reason: 'Ngân hàng xác nhận 8.000 đồng' }
  assert.equal((await (await as(commune.reception)).post(path, review)).status, 403)
  assert.equal((await (await as(other.clerk)).post(path, review)).status, 404)
  assert.equal((await clerk.post(path, { agencyId, reason: '' })).status, 400)
  assert.equal((await clerk.post(path, review)).status, 200)
  assert.equal(await listed(), undefined)
  assert.equal((await clerk.post(path, review)).body['code'], 'nothing-to-review')
  assert.equal((await feesOf(debt))?.feePaid, 8000)
  await tell(9000)
  assert.equal((await listed())?.conflict, true)
})

test('NĐ 118/2025, Điều 24: phí nộp ngân sách trong 08 giờ làm việc; mỗi khoản nộp một lần', async () => {
  const { agencyId } = commune
  setClock(at('2026-11-25', '14:00'))
  let clerk = await as(commune.clerk)
  const debt = await aDossierWithFee(context, commune)
  const cash = { commandId: randomUUID(), amount: 8000 }
  await (await as(commune.reception)).post(`/api/dossiers/${debt.dossierId}/payment/cash`, cash)
  const view = async () =>
    (await clerk.get(`/api/payments/hand-over?agencyId=${agencyId}`)).body as unknown as HandOverView
  const mine = (await view()).waiting.find(({ bookingId }) => bookingId === cash.commandId)
  // Từ 14:00 thứ Tư: 03 giờ trong ngày, 05 giờ ngày sau.
  assert.ok(mine && mine.dueAt > at('2026-11-26', '10:00') && mine.dueAt <= at('2026-11-26', '17:00'), mine?.dueAt)
  assert.equal(mine.late, false)
  setClock(at('2026-11-27', '09:00'))
  clerk = await as(commune.clerk)
  assert.equal((await view()).waiting.find(({ bookingId }) => bookingId === cash.commandId)?.late, true)
  const handOver = (voucher: string) =>
    clerk.post('/api/payments/hand-over', { commandId: randomUUID(), agencyId, voucher, bookingIds: [cash.commandId] })
  const [one, two] = await Promise.all([handOver('GNT 01'), handOver('GNT 02')])
  assert.deepEqual([one.status, two.status].toSorted(), [200, 422])
  assert.ok(!(await view()).waiting.some(({ bookingId }) => bookingId === cash.commandId))
})

test('what an officer collected on the page of the dossier joins the books', async () => {
  const { agencyId } = commune
  const debt = await aDossierWithFee(context, commune)
  await give(
    context,
    { actor: commune.reception, source: 'officer' },
    {
      agencyId,
      dossierId: debt.dossierId,
      body: {
        commandId: randomUUID(),
        version: null,
        command: { type: 'collectFee', method: 'cash', receiptNumber: null },
      },
    },
  )
  await adoptCollections(context, agencyId)
  await adoptCollections(context, agencyId)
  const view = (await (await as(commune.reception)).get(`/api/dossiers/${debt.dossierId}/payment`))
    .body as unknown as PaymentView
  assert.equal(view.receipts.length, 1)
})

test('the words of statements: sums and times as banks write them', async () => {
  for (const [text, amount] of [
    ['8.000', 8000],
    ['8,000', 8000],
    ['8000', 8000],
    ['8.000,00', 8000],
    ['+1,234,000 VND', 1_234_000],
    ['', 0],
    ['-', 0],
  ] as const)
    assert.equal(readAmount(text), amount, text)
  for (const text of ['8.000,50', '-8.000', 'tám', '8.00.0', '1e9', '9'.repeat(20)])
    assert.equal(readAmount(text), undefined, text)
  assert.equal(readTime('20/11/2026 08:30:15'), '2026-11-20T01:30:15.000Z')
  assert.equal(readTime('2026-11-20'), '2026-11-19T17:00:00.000Z')
  for (const text of ['31/02/2026', '20/11/26', '20/11/2026 25:00', 'hôm qua'])
    assert.equal(readTime(text), undefined, text)
  for (const bytes of [Buffer.from('PK\x03\x04rubbish'), Buffer.from('a,b\n1,2'), Buffer.from([0xff, 0xfe, 0, 1])])
    assert.equal((await readStatement(bytes, ACCOUNT)).ok, false)
})

// --- Settings and the gateway --------------------------------------------------------------------------------------------

test('the administrator sets the account and who is believed; a secret is never shown again', async () => {
  const { agencyId } = other
  const admin = await as(other.admin)
  const account = {
    agencyId,
    bankBin: '970436',
    accountNumber: '0011004022878',
    accountName: 'UBND XA KHAC',
    receiptSymbol: 'BL',
    orderDays: 5,
  }
  assert.equal(
    (await admin.post('/api/payments/settings/account', { ...account, bankBin: '000000' })).body['code'],
    'bank-unknown',
  )
  assert.equal((await admin.post('/api/payments/settings/account', { ...account, accountNumber: '00 11' })).status, 400)
  assert.equal((await admin.post('/api/payments/settings/account', account)).status, 200)
  const provider = {
    agencyId,
    provider: 'vcb',
    kind: 'bank',
    name: 'Vietcombank',
    method: 'hmac-sha256',
    baseUrl: null,
    windowSeconds: 300,
    enabled: true,
  }
  const put = (change: object) => admin.send('PUT', '/api/payments/settings/providers', { ...provider, ...change })
  assert.equal((await put({})).body['code'], 'key-missing')
  assert.equal((await put({ method: 'rsa-sha256', publicKey: 'no key' })).body['code'], 'key-missing')
  assert.equal((await put({ secret: 'mot-khoa-bi-mat-dai' })).status, 200)
  assert.equal((await put({ name: 'VCB' })).status, 200, 'the secret stays')
  const reply = await admin.get(`/api/payments/settings?agencyId=${agencyId}`)
  const view = reply.body as unknown as SettingsView
  assert.equal(view.providers[0]?.hasSecret, true)
  assert.ok(!JSON.stringify(reply.body).includes('mot-khoa-bi-mat-dai'))
  assert.ok(view.trialQr?.startsWith('<svg'))
})

test('through a gateway that misbehaves in every way the books come out right', async () => {
  const { agencyId } = commune
  setClock(undefined)
  let dice = 7
  const random = () => (dice = (dice * 16_807) % 2_147_483_647) / 2_147_483_647
  const secret = 'khoa-cua-cong-thanh-toan'
  const sandbox = await startSandbox({ secret, random })
  await http.listen({ port: 0, host: '127.0.0.1' })
  const address = http.server.address()
  assert.ok(typeof address === 'object' && address)
  context.config.publicUrl = `http://127.0.0.1:${address.port}`
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    saveProvider(tx, {
      agency_id: agencyId,
      provider: 'cong',
      kind: 'gateway',
      name: 'Cổng thử',
      method: 'hmac-sha256',
      secret: context.keys.encrypt(secret),
      public_key: null,
      base_url: sandbox.url,
      window_seconds: 300,
      enabled: true,
      changed_by: 1,
      changed_at: context.clock(),
    }),
  )
  try {
    const gateway = await findGateway(context, agencyId)
    assert.ok(gateway)
    const pay = async (debt: { agencyId: number; dossierId: string }) => {
      const standing = await ensureOrder(context, debt)
      assert.ok(standing?.order)
      const returnPath = paymentPath(context, debt)
      for (let tries = 0; tries < 30; tries++) {
        const opened = await openPayment(context, gateway, { order: standing.order, owed: standing.owed, returnPath })
        if (opened.ok) return opened.value.split('/').at(-1) ?? ''
      }
      throw new Error('the gateway never answered')
    }
    // Well-behaved first: pay, refund at the gateway, reversal.
    const good = await aDossierWithFee(context, commune)
    const page = await http.inject({ method: 'POST', url: `${paymentPath(context, good)}/cong` })
    assert.match(page.body, new RegExp(`href="${sandbox.url}/pay/`))
    const payment = await pay(good)
    await sandbox.pay(payment)
    assert.equal((await feesOf(good))?.feePaid, 8000)
    const desk = await as(commune.reception)
    const asked = await desk.post(`/api/dossiers/${good.dossierId}/payment/refunds`, {
      commandId: randomUUID(),
      way: 'gateway',
      amount: 8000,
      reason: 'Hồ sơ không thuộc diện thu',
    })
    const refund = `/api/payments/refunds/${String(asked.body['refundId'])}`
    await (await as(commune.leader)).post(`${refund}/decision`, { agencyId, act: 'approve', note: '' })
    sandbox.behave({ fail: 1 })
    assert.equal((await desk.post(`${refund}/payment`, { agencyId, voucher: '' })).body['state'], 'paying')
    assert.equal((await feesOf(good))?.feeRefunded, 0)
    sandbox.behave(behaved)
    assert.equal((await desk.post(`${refund}/payment`, { agencyId, voucher: '' })).body['state'], 'paid')
    assert.equal((await feesOf(good))?.feeRefunded, 8000)
    assert.equal([...(sandbox.payments.get(payment)?.refunds.values() ?? [])].length, 1)
    // Then all at once: twenty dossiers.
    sandbox.behave({ delayMs: 20, duplicate: 0.5, drop: 0.3, reorder: 0.4, wrongSignature: 0.3, fail: 0.3 })
    const debts = []
    for (let index = 0; index < 12; index++) debts.push(await aDossierWithFee(context, commune))
    for (const debt of debts) await sandbox.pay(await pay(debt))
    await sandbox.flush()
    // What was dropped or not believed is asked for, until nothing is left open.
    for (let round = 0; round < 30; round++) {
      await askGateway(context, agencyId, { olderThanMinutes: -1 })
      const paid = await Promise.all(debts.map(async (debt) => (await feesOf(debt))?.feePaid))
      if (paid.every((amount) => amount === 8000)) break
    }
    for (const debt of debts) assert.equal((await feesOf(debt))?.feePaid, 8000)
    const once = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
      tx.selectFrom('portal.payment_notice').select('transaction_id').where('method', '=', 'online').execute(),
    )
    assert.equal(new Set(once.map((row) => row.transaction_id)).size, once.length)
    assert.equal(once.length, 13)
  } finally {
    await sandbox.close()
  }
})
