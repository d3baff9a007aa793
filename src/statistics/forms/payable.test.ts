import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { aCommune, at, type Commune } from '../../dossiers/testing.ts'
import { createAccount, type IdentityContext } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../../identity/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { give } from '../../dossiers/index.ts'
import type { PaymentContext } from '../../portal/payment/index.ts'
import { aCollectingCommune, aDossierWithFee } from '../../portal/payment/testing.ts'
import type { FormContext } from './context.ts'
import type { OpenedCell, ReportReply, ReportsReply } from './contract.ts'
import { reportFormRoutes } from './routes.ts'
import { seedForms } from './shipped-forms.ts'

let database: TestDatabase<never>
let http: Http
let payments: PaymentContext
let collecting: Commune
let other: Commune

before(async () => {
  database = await testDatabase()
  database.setClock(at('2026-11-20', '09:00'))
  payments = database.context as unknown as PaymentContext
  const identity = database.context as unknown as IdentityContext
  const context = database.context as unknown as FormContext
  await seedForms(context.db, context.clock())
  collecting = await aCollectingCommune(payments)
  other = await aCommune(payments, { name: 'Xã Khác', code: 'H99.02' })
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    reportFormRoutes(server, context)
  })
})
after(async () => {
  await http.close()
  await database.close()
})

async function reportOf({ agencyId, clerk }: Commune) {
  const identity = database.context as unknown as IdentityContext
  const userName = `officer${clerk.officerId}`
  await createAccount(identity, { officerId: clerk.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  await browser.signIn(userName)
  const { periods } = (await browser.get('/api/reports?year=2026')).body as unknown as ReportsReply
  const period = periods.find(({ regime, code }) => regime === 'cchc' && code === '2026-N')
  const begun = await browser.post('/api/reports', { agencyId, periodId: period?.periodId })
  assert.equal(begun.status, 201, JSON.stringify(begun.body))
  const path = `/api/reports/${String(begun.body['reportId'])}`
  const cell = async (row: string) => {
    const { forms } = (await browser.get(path)).body as unknown as ReportReply
    return forms.find(({ definition }) => definition.form === 'bm7')?.cells.find((each) => each.row === row)
  }
  return { browser, path, cell }
}

test('BM7 6.8: thủ tục có phí mà người dân nộp trực tuyến được; mở ra thủ tục và hồ sơ đã nộp trực tuyến', async () => {
  const { browser, path, cell } = await reportOf(collecting)
  const [online, cash] = [await aDossierWithFee(payments, collecting), await aDossierWithFee(payments, collecting)]
  await aDossierWithFee(payments, collecting)
  const pay = async ({ dossierId }: typeof cash, method: 'cash' | 'transfer', number: number) => {
    const commandId = `00000000-0000-4000-8000-00000000000${number}`
    const command = { type: 'collectFee', method, receiptNumber: null } as const
    const giver = { actor: collecting.reception, source: 'officer' } as const
    const { agencyId } = collecting
    const outcome = await give(payments, giver, { agencyId, dossierId, body: { commandId, version: null, command } })
    assert.equal(outcome.ok, true)
  }
  await pay(online, 'transfer', 1)
  await pay(cash, 'cash', 2)
  const [part, whole, ratio] = [await cell('6.8.2'), await cell('6.8.1'), await cell('6.8')]
  assert.equal(part?.source, 'records')
  assert.ok((whole?.value ?? 0) > 0)
  assert.deepEqual([part?.value, ratio?.value], [whole?.value, 100])
  const opened = (await browser.get(`${path}/cell?form=bm7&row=6.8.2`)).body as unknown as OpenedCell
  assert.equal(opened.procedures?.length, whole?.value)
  assert.deepEqual(opened.payments, {
    paid: 2,
    online: [{ dossierId: online.dossierId, code: online.code, paidOn: '2026-11-20' }],
  })
})

test('BM7 6.8.2: nơi chưa thu trực tuyến để trống, nhập tay số trên Cổng khác kèm căn cứ', async () => {
  const { browser, path, cell } = await reportOf(other)
  assert.deepEqual([(await cell('6.8.2'))?.source, (await cell('6.8.2'))?.state], ['manual', 'blank'])
  const entries = [
    { form: 'bm7', row: '6.8.2', value: 3, evidence: 'Báo cáo của Sở', reason: 'Cổng Dịch vụ công quốc gia' },
  ]
  assert.equal((await browser.post(`${path}/entries`, { entries })).status, 200)
  assert.deepEqual([(await cell('6.8.2'))?.value, (await cell('6.8.2'))?.source], [3, 'manual'])
})
