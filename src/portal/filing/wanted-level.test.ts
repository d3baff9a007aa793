import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeRenderer } from '../../documents/index.ts'
import { aPicture } from '../../documents/testing.ts'
import { aCommune, at, type Commune } from '../../dossiers/testing.ts'
import { identityHooks } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { citizenHooks, type WantedLevel } from '../accounts/index.ts'
import { aSignedInCitizen } from '../accounts/testing.ts'
import { seedEforms } from '../eforms/index.ts'
import type { FilingContext } from './flow.ts'
import { filingRoutes } from './routes.ts'
import { defaultSetting } from './rules/online.ts'
import { setFilingSetting } from './settings.ts'
import { aBrowser, fillIn, maritalStatus, type Browser } from './testing.ts'

let database: TestDatabase<never>
let context: FilingContext
let commune: Commune
let http: Http
const CODE = '1.004873'

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as FilingContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
  await seedEforms(context.db, context.clock())
  const setting = { ...defaultSetting, ownFront: true }
  await setFilingSetting(context, { agencyId: commune.agencyId, setting, at: context.clock(), by: null })
  http = await createHttp({ config: context.config, log: context.log })
  identityHooks(http, context)
  identityRoutes(http, context)
  citizenHooks(http, context)
  filingRoutes(http, context)
  await http.ready()
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

const asks = (level: WantedLevel, procedureCode = '*') =>
  database.ownerPool.query(
    `insert into portal.level_rule (agency_id, procedure_code, level, changed_at, changed_by) values ($1, $2, $3, now(), 1)
     on conflict (agency_id, procedure_code) do update set level = excluded.level`,
    [commune.agencyId, procedureCode, level],
  )

/** Somebody known so surely; null: nobody is signed in. */
async function known(level: 'basic' | 'substantial' | 'high' | null): Promise<Browser> {
  if (level === null) return aBrowser(http)
  const identityVerified = level !== 'basic'
  const { cookie } = await aSignedInCitizen(context, { name: 'Trần Thị Mai', level, identityVerified })
  return aBrowser(http, { cookie })
}

const begins = async (browser: Browser): Promise<boolean> =>
  !(await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })).url.endsWith(`/nop-ho-so/${CODE}`)

test('who is not known surely enough does not begin; the rule of the procedure goes before the general one', async () => {
  const who = [null, 'basic', 'substantial', 'high'] as const
  const open: Record<WantedLevel, readonly boolean[]> = {
    none: [true, true, true, true],
    basic: [false, true, true, true],
    substantial: [false, false, true, true],
    high: [false, false, false, true],
  }
  for (const wanted of ['none', 'basic', 'substantial', 'high'] as const) {
    await asks(wanted)
    for (const [index, level] of who.entries())
      assert.equal(await begins(await known(level)), open[wanted][index], `${wanted} is wanted of ${level}`)
  }
  await asks('none', CODE)
  assert.equal(await begins(await known(null)), true)
})

test('what is wanted when it is sent counts: a draft begun before lets nobody past', async () => {
  await asks('none', CODE)
  const browser = await known('basic')
  const start = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const summary = await fillIn(browser, start, maritalStatus, aPicture('jpeg'))
  await asks('substantial', CODE)
  const refused = await browser.post(summary.url, { _lam: 'nop', promise: 'co' })
  assert.equal(refused.status, 403)
  await asks('basic', CODE)
  assert.match((await browser.post(summary.url, { _lam: 'nop', promise: 'co' })).url, /da-nop$/)
})
