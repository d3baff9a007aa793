import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { aPicture } from '../../documents/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import type { TestDatabase } from '../../platform/testing.ts'
import { aFront, aBrowser, fillIn, maritalStatus, type Page, type Front } from './testing.ts'

let front: Front
let database: TestDatabase<never>
let http: Http
const CODE = '1.004873'

before(async () => {
  front = await aFront()
  ;({ database, http } = front)
})
after(() => front.close())

const dossiers = async (): Promise<number> => {
  const { rows } = await database.ownerPool.query<{ count: number }>(
    'select count(*)::int as count from dossiers.dossier',
  )
  return rows[0]?.count ?? -1
}
const draftOf = ({ url }: Page): string => /^.*\/ho-so\/[0-9a-f-]{36}/.exec(url)?.[0] ?? assert.fail(url)

/** A step that passes with these answers, and what makes it contradict the others. */
const married = { ...maritalStatus['status'], maritalStatus: 'married', spouseName: 'Lê Văn Mơ', statusPaper: 'Số 1' }
const wedding = {
  purposeKind: 'marriage',
  partnerName: 'Đỗ Minh Quân',
  partnerBirthDay: '30/06/1995',
  partnerNumber: '036095000321',
  'marriagePlace.place': 'Xã Hải Hưng, Ninh Bình',
  'marriagePlace.detail': '',
  copies: '1',
}

test('answers that contradict one another keep the step, in both languages, and lodge nothing', async () => {
  const before_ = await dossiers()
  for (const [language, words] of [
    ['vi', 'Người đang có vợ hoặc chồng không được kết hôn với người khác.'],
    ['en', 'Who is married cannot marry somebody else.'],
  ] as const) {
    const browser = aBrowser(http)
    const page = await browser.post(`/nop-ho-so/${CODE}?lang=${language}`, { case: 'first', lang: language })
    const draft = draftOf(page)
    for (const [part, answers] of Object.entries({ ...maritalStatus, status: married }))
      if (part !== 'purpose') await browser.post(`${draft}/to-khai/${part}?lang=${language}`, answers)
    const stays = await browser.post(`${draft}/to-khai/purpose?lang=${language}`, wedding)
    assert.match(stays.url, /to-khai\/purpose\?loi=sai/)
    const shown = await browser.get(`${draft}/to-khai/purpose?loi=sai&lang=${language}`)
    assert.ok(shown.body.includes(words), language)
    assert.match(shown.body, /id="e-purposeKind-error"(?! hidden)/)
    const forced = await browser.post(`${draft}/xac-nhan`, { _lam: 'nop', promise: 'co' })
    assert.doesNotMatch(forced.url, /da-nop/)
  }
  assert.equal(await dossiers(), before_)
})

test('an earlier answer that is changed afterwards takes back what was done', async () => {
  const before_ = await dossiers()
  const browser = aBrowser(http)
  const start = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const summary = await fillIn(browser, start, { ...maritalStatus, purpose: wedding }, aPicture('jpeg'))
  const draft = draftOf(summary)
  await browser.post(`${draft}/to-khai/status`, married)
  const refused = await browser.post(`${draft}/xac-nhan`, { _lam: 'nop', promise: 'co' })
  assert.doesNotMatch(refused.url, /da-nop/)
  assert.equal(await dossiers(), before_)
  await browser.post(`${draft}/to-khai/status`, maritalStatus['status'] ?? {})
  const lodged = await browser.post(`${draft}/xac-nhan`, { _lam: 'nop', promise: 'co' })
  assert.match(lodged.url, /da-nop$/, lodged.body)
  assert.equal(await dossiers(), before_ + 1)
})

test('what is only unlikely is told beside the question and in the summary, and may be sent', async () => {
  const browser = aBrowser(http)
  const start = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const early = { ...maritalStatus['status'], periodFrom: '01/05/2001' }
  const summary = await fillIn(browser, start, { ...maritalStatus, status: early }, aPicture('jpeg'))
  const words = 'Thường xác nhận từ ngày đủ tuổi kết hôn'
  assert.ok(summary.body.includes(words))
  assert.match(summary.body, /to-khai\/status#e-periodFrom/)
  const step = await browser.get(`${draftOf(summary)}/to-khai/status`)
  assert.ok(step.body.includes(words))
  const lodged = await browser.post(summary.url, { _lam: 'nop', promise: 'co' })
  assert.match(lodged.url, /da-nop$/)
})
