import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addMinutes, dayOf, writeDay } from '../../platform/day.ts'
import { aSignedInCitizen } from '../accounts/testing.ts'
import { sendDue } from '../notices/index.ts'
import { openMailbox, type Mailbox } from '../notices/testing.ts'
import { remindOfEnding } from './remind.ts'
import { aBrowser, aFront, maritalStatus, type Browser, type Front, type Page } from './testing.ts'

const DAY = 24 * 60
let front: Front
let mailbox: Mailbox
let start: string

before(async () => {
  front = await aFront()
  mailbox = await openMailbox()
  start = front.context.clock()
})
after(async () => {
  await mailbox.close()
  await front.close()
})

const CODE = '1.004873'
async function begun(browser: Browser, email: string): Promise<Page> {
  const page = await browser.get(`/nop-ho-so/${CODE}`)
  const choice = /name="case" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const first = await browser.post(`/nop-ho-so/${CODE}`, { case: choice })
  assert.match(first.url, /to-khai\/requester$/, first.body)
  await browser.post(first.url, { ...maritalStatus['requester'], requesterPhone: '', requesterEmail: email })
  return first
}

/** The letters about drafts that went out on this day after the beginning. */
async function lettersOn(day: number): Promise<{ to: string; text: string }[]> {
  front.database.setClock(addMinutes(start, day * DAY))
  mailbox.letters.length = 0
  await remindOfEnding(front.context)
  await remindOfEnding(front.context)
  const { config } = front.context
  await sendDue({
    ...front.context,
    config: { ...config, publicUrl: 'https://motcua.example.gov.vn', mail: mailbox.server },
  })
  return mailbox.letters.map(({ to, text }) => ({ to: to && !Array.isArray(to) ? to.text : '', text: text ?? '' }))
}

test('who left a draft hears once that it will be deleted, and again after going on with it', async () => {
  const browser = aBrowser(front.http)
  const page = await begun(browser, 'mai@example.vn')
  await begun(aBrowser(front.http), '')
  assert.deepEqual(await lettersOn(26), [])
  const [letter, ...more] = await lettersOn(28)
  assert.equal(letter?.to, 'mai@example.vn')
  assert.deepEqual(more, [])
  assert.ok(letter.text.includes(writeDay(dayOf(addMinutes(start, 30 * DAY)))), letter.text)
  assert.ok(letter.text.includes(page.url.replace('/to-khai/requester', '')), letter.text)
  assert.deepEqual(await lettersOn(29), [], 'once')
  await browser.post(page.url, { ...maritalStatus['requester'], requesterEmail: 'mai@example.vn' })
  assert.deepEqual(await lettersOn(40), [], 'it has been gone on with')
  assert.equal((await lettersOn(57)).length, 1)
})

test('a draft of an account is told to the address of the account; a lodged one and an officer’s to nobody', async () => {
  front.database.setClock(start)
  const { cookie } = await aSignedInCitizen(front.context, { email: 'cua.toi@example.vn' })
  await begun(aBrowser(front.http, { cookie }), '')
  for (const change of ['officer_id = 1', "lodging_at = '2026-11-20'"]) {
    const { url } = await begun(aBrowser(front.http), 'khac@example.vn')
    await front.database.ownerPool.query(`update portal.draft set ${change} where draft_id = $1`, [
      /ho-so\/([0-9a-f-]{36})/.exec(url)?.[1],
    ])
  }
  assert.deepEqual(
    (await lettersOn(28)).map(({ to }) => to),
    ['cua.toi@example.vn'],
  )
})
