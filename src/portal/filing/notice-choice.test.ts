import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { aPicture } from '../../documents/testing.ts'
import { readNoticeWays } from '../../dossiers/index.ts'
import { withScope } from '../../platform/db.ts'
import { aBrowser, aFront, fillIn, maritalStatus, type Browser, type Front, type Page } from './testing.ts'

let front: Front
const GATEWAY = 'https://gateway.example/messages'

before(async () => {
  front = await aFront({
    mail: { host: 'mail.example', port: 25, from: 'mot.cua@xa.example', perMinute: 60 } as never,
    noticeGateways: [GATEWAY],
  })
  const gateway = { url: GATEWAY, sender: 'XA MAU', perMinute: 60 }
  await front.database.ownerPool.query(
    `insert into portal.message_setting (agency_id, version, body, secret, written_by, written_at) values ($1, 1, $2, $3, 1, $4)`,
    [
      front.commune.agencyId,
      JSON.stringify({ channels: ['email', 'sms'], sms: gateway, zalo: gateway }),
      front.context.keys.encrypt(JSON.stringify({ sms: 'a secret of the gateway', zalo: 'a secret of the gateway' })),
      front.context.clock(),
    ],
  )
})
after(() => front.close())

const { requester } = maritalStatus
const withMail = { ...maritalStatus, requester: { ...requester, requesterEmail: 'mai@thu.example' } }

/** Filled in up to the summary; the path of the draft leads to its other screens. */
async function summary(browser: Browser, answers: Record<string, Record<string, string>> = withMail): Promise<Page> {
  const start = await browser.post('/nop-ho-so/1.004873', { case: 'first' })
  return fillIn(browser, start, answers, aPicture('jpeg'))
}
const deliveryOf = ({ url }: Page) => url.replace('xac-nhan', 'nhan-ket-qua')
const boxes = ({ body }: Page) =>
  [...body.matchAll(/<input type="checkbox" id="notice-(\w+)"[^>]*?>/g)].map(([tag, way]) => [
    way,
    / checked/.test(tag),
  ])

async function lodged(browser: Browser, page: Page): Promise<string> {
  const done = await browser.post(page.url, { _lam: 'nop', promise: 'co' })
  assert.match(done.url, /da-nop$/, done.body)
  const [, code = ''] = /filing-code unbroken">([^<]+)</.exec(done.body) ?? []
  const { rows } = await front.database.ownerPool.query<{ dossier_id: string }>(
    'select dossier_id from dossiers.dossier where code = $1',
    [code],
  )
  return rows[0]?.dossier_id ?? assert.fail()
}
const waysOf = (dossierId: string) =>
  withScope(front.context.db, { agencies: [front.commune.agencyId] }, (tx) =>
    readNoticeWays(tx, { agencyId: front.commune.agencyId, dossierId }),
  )
const messages = async (dossierId: string) =>
  (
    await front.database.ownerPool.query<{ template: string; channel: string }>(
      'select template, channel from portal.message where dossier_id = $1 order by position',
      [dossierId],
    )
  ).rows

test('who files chooses among the ways of the authority, reads the choice over, and is told by it', async () => {
  const browser = aBrowser(front.http)
  const first = await summary(browser)
  assert.match(first.body, /Báo tin: theo cách cơ quan thường dùng/)
  const asked = await browser.get(deliveryOf(first))
  // Zalo is not among the channels of this authority.
  assert.deepEqual(boxes(asked), [
    ['email', false],
    ['sms', false],
  ])
  assert.match(asked.body, /Thư điện tử mai@thu\.example/)
  await browser.post(deliveryOf(first), { delivery: 'counter', notice: ['sms', 'zalo'] })
  assert.deepEqual(boxes(await browser.get(deliveryOf(first))), [
    ['email', false],
    ['sms', true],
  ])
  const again = await browser.get(first.url)
  assert.match(again.body, /Báo tin: Tin nhắn SMS đến số 0987654321/)
  const dossierId = await lodged(browser, again)
  assert.deepEqual(await waysOf(dossierId), ['sms'])
  assert.deepEqual(await messages(dossierId), [{ template: 'filing-lodged', channel: 'sms' }])
})

test('who chooses nothing is told as the authority sends', async () => {
  const browser = aBrowser(front.http)
  const dossierId = await lodged(browser, await summary(browser))
  assert.equal(await waysOf(dossierId), null)
  assert.deepEqual(await messages(dossierId), [{ template: 'filing-lodged', channel: 'email' }])
})

test('an address that was taken out again takes its way along; one way alone is told, not asked', async () => {
  const browser = aBrowser(front.http)
  const page = await summary(browser)
  await browser.post(deliveryOf(page), { delivery: 'counter', notice: 'email' })
  await browser.post(page.url.replace('xac-nhan', 'to-khai/requester'), { ...requester, requesterEmail: '' })
  const asked = await browser.get(deliveryOf(page))
  assert.deepEqual(boxes(asked), [])
  assert.match(asked.body, /Tin về hồ sơ này được gửi qua: Tin nhắn SMS đến số 0987654321\./)
  const dossierId = await lodged(browser, await browser.get(page.url))
  assert.equal(await waysOf(dossierId), null)
})

test('in English the question is asked in English', async () => {
  const browser = aBrowser(front.http)
  const page = await summary(browser)
  const asked = await browser.get(`${deliveryOf(page)}?lang=en`)
  assert.match(asked.body, /How do you want to be told about this dossier\?/)
  assert.match(asked.body, /Text message \(SMS\) to 0987654321/)
})

test('on the own page the choice is shown, changed and taken back; a stranger gets nowhere', async () => {
  const browser = aBrowser(front.http)
  const page = await summary(browser)
  await browser.post(deliveryOf(page), { delivery: 'counter', notice: 'sms' })
  const dossierId = await lodged(browser, await browser.get(page.url))
  const own = `/ho-so-cua-toi/${dossierId}`
  const shown = await browser.get(own)
  assert.deepEqual(boxes(shown), [
    ['email', false],
    ['sms', true],
  ])
  const changed = await browser.post(`${own}/bao-tin`, { notice: ['email', 'zalo'] })
  assert.match(changed.body, /Đã ghi cách báo tin bạn chọn\./)
  assert.deepEqual(await waysOf(dossierId), ['email'])
  const stranger = await aBrowser(front.http, { address: '203.0.113.9' }).post(`${own}/bao-tin`, { notice: 'sms' })
  assert.equal(stranger.status, 404)
  assert.deepEqual(await waysOf(dossierId), ['email'])
  await browser.post(`${own}/bao-tin`, {})
  assert.equal(await waysOf(dossierId), null)
  // Withdrawn, nothing more will be told of it.
  await browser.post(`${own}/rut`, { reason: 'Tôi nộp nhầm' })
  assert.deepEqual(boxes(await browser.get(own)), [])
  await browser.post(`${own}/bao-tin`, { notice: 'sms' })
  assert.equal(await waysOf(dossierId), null)
})
