import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Http } from '../../platform/http/route.ts'
import { aFront, aBrowser, type Page, type Front } from './testing.ts'

let front: Front
let http: Http
const CODE = '1.004873'

before(async () => {
  front = await aFront()
  ;({ http } = front)
})
after(() => front.close())

const draftOf = ({ url }: Page): string => /^.*\/ho-so\/[0-9a-f-]{36}/.exec(url)?.[0] ?? assert.fail(url)

test('in a draft another case is chosen, and what was typed stays', async () => {
  const browser = aBrowser(http)
  const start = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const choice = await browser.post(start.url, { requesterName: 'Trần Thị Mai', _lam: 'truong-hop' })
  assert.match(choice.url, /\/truong-hop$/)
  const cases = [...choice.body.matchAll(/name="case" value="([\w-]+)"/g)].map(([, key = '']) => key)
  const other = cases.find((key) => key !== 'first') ?? assert.fail(choice.body)
  const draft = draftOf(start)
  const again = await browser.post(`${draft}/truong-hop`, { case: other })
  assert.equal(draftOf(again), draft)
  assert.match(again.body, /Trần Thị Mai/)
  const chosen = await browser.get(`${draft}/truong-hop`)
  assert.match(chosen.body, new RegExp(`value="${other}"[^>]*checked|checked[^>]*value="${other}"`))
})

test('a case that there is not, and somebody else, change nothing', async () => {
  const browser = aBrowser(http)
  const draft = draftOf(await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' }))
  assert.match((await browser.post(`${draft}/truong-hop`, { case: 'none' })).url, /\/truong-hop$/)
  assert.equal((await aBrowser(http).post(`${draft}/truong-hop`, { case: 'first' })).status, 404)
})
