import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { aCommune, at, type Commune } from '../../dossiers/testing.ts'
import { receivePetition } from '../../feedback/index.ts'
import { aPetition } from '../../feedback/testing.ts'
import { createAccount, type IdentityContext } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../../identity/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import type { FormContext } from './context.ts'
import type { OpenedCell, PetitionsReply, ReportReply, ReportsReply } from './contract.ts'
import { reportFormRoutes } from './routes.ts'
import { seedForms } from './shipped-forms.ts'

let database: TestDatabase<never>
let http: Http
let context: FormContext
let commune: Commune
let other: Commune

before(async () => {
  database = await testDatabase()
  database.setClock(at('2026-11-20', '09:00'))
  context = database.context as unknown as FormContext
  const identity = database.context as unknown as IdentityContext
  await seedForms(context.db, context.clock())
  commune = await aCommune(database.context as never)
  other = await aCommune(database.context as never, { name: 'Xã Bên', code: 'H99.02' })
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    reportFormRoutes(server, context)
  })
})
after(async () => {
  await http.close()
  await database.close()
})

async function clerkOf({ clerk }: Commune) {
  const userName = `officer${clerk.officerId}`
  const identity = database.context as unknown as IdentityContext
  await createAccount(identity, { officerId: clerk.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  await browser.signIn(userName)
  return browser
}

test('một ô đếm phản ánh, kiến nghị mở ra từng phản ánh, theo trang, chỉ cho người được đọc', async () => {
  const taken = 101 // one more than a page
  for (let count = 0; count < taken; count += 1) {
    const outcome = await receivePetition(
      database.context as never,
      { actor: null, source: 'sender' },
      aPetition(commune.agencyId),
    )
    assert.ok(outcome.ok)
  }
  const browser = await clerkOf(commune)
  const { periods } = (await browser.get('/api/reports?year=2026')).body as unknown as ReportsReply
  const period = periods.find(({ regime, code }) => regime === 'cchc' && code === '2026-N')
  const begun = await browser.post('/api/reports', { agencyId: commune.agencyId, periodId: period?.periodId })
  const path = `/api/reports/${String(begun.body['reportId'])}`
  const { forms } = (await browser.get(path)).body as unknown as ReportReply
  const rows = forms.flatMap(({ definition, cells }) =>
    definition.rows
      .filter(({ source }) => source.kind === 'petition' && source.figure === 'petitions-received' && !source.of)
      .map(({ code }) => ({ form: definition.form, row: code, value: cells.find(({ row }) => row === code)?.value })),
  )
  assert.ok(rows.length > 0)
  for (const { form, row, value } of rows) {
    assert.equal(value, taken)
    const opened = (await browser.get(`${path}/cell?form=${form}&row=${row}`)).body as unknown as OpenedCell
    assert.equal(opened.petitions, taken)
    const first = await pageOf(form, row)
    const second = await pageOf(form, row, first.next)
    assert.deepEqual([first.items.length, second.items.length, second.next], [100, 1, null])
    assert.equal(new Set([...first.items, ...second.items].map(({ petitionId }) => petitionId)).size, taken)
  }
  assert.equal((await browser.get(`${path}/cell/petitions?form=bm1&row=không-có`)).status, 404)
  const stranger = await clerkOf(other)
  assert.equal((await stranger.get(`${path}/cell/petitions?form=${rows[0]?.form}&row=${rows[0]?.row}`)).status, 404)

  async function pageOf(form: string, row: string, cursor: string | null = null): Promise<PetitionsReply> {
    const asked = new URLSearchParams({ form, row, ...(cursor ? { cursor } : {}) })
    const reply = await browser.get(`${path}/cell/petitions?${asked.toString()}`)
    return reply.body as unknown as PetitionsReply
  }
})
