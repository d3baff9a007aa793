import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { aPicture } from '../../documents/testing.ts'
import type { Commune } from '../../dossiers/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import type { TestDatabase } from '../../platform/testing.ts'
import { type WantedLevel } from '../accounts/index.ts'
import { aSignedInCitizen } from '../accounts/testing.ts'
import type { FilingContext } from './flow.ts'
import { aFront, aBrowser, fillIn, maritalStatus, type Browser, type Front } from './testing.ts'

let front: Front
let database: TestDatabase<never>
let context: FilingContext
let commune: Commune
let http: Http
const CODE = '1.004873'

before(async () => {
  front = await aFront()
  ;({ database, context, commune, http } = front)
})
after(() => front.close())

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
