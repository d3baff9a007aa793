import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { ACCOUNT, PROVIDER, SECRET } from '../demo/payments.ts'
import type { DayView, PaymentView } from '../src/portal/payment/contract.ts'
import { signHmac, SIGNATURE, TIMESTAMP } from '../src/portal/payment/signature.ts'
import { ask, dossierOf, openDossier, takeIn } from './officer.ts'
import { missingTools, pagesOf, qrOfImage, showPaper, textOf } from './papers.ts'
import { assertAccessible, assertFits, DESK, nextPrinted, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()
// An extract: 8,000 đồng a copy.
const EXTRACT = { code: '2.000635', caseKey: 'standard' }

const feeOf = (page: Page, dossierId: string) => ask<PaymentView>(page, `/api/dossiers/${dossierId}/payment`)

let transfers = 0
/** What the bank tells of a transfer, signed as it signs. */
async function bankTells(agencyId: number, content: string, amount: number): Promise<void> {
  const id = `FT26287${String((transfers += 1)).padStart(6, '0')}`
  const movement = { id, kind: 'credit', amount, currency: 'VND', account: ACCOUNT, content, paidAt: world.now() }
  const body = JSON.stringify({ transactions: [movement] })
  const timestamp = String(Math.floor(Date.parse(world.now()) / 1000))
  const reply = await fetch(`${world.url}/api/payments/notices/${agencyId}-${PROVIDER}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [TIMESTAMP]: timestamp,
      [SIGNATURE]: signHmac(SECRET, timestamp, body),
    },
    body,
  })
  assert.ok(reply.ok, await reply.text())
}

/** A sheet of one of the pages of money: opens it by its button, fills it, sends it. */
async function say(
  page: Page,
  [button, send]: readonly [string, string],
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  const sheet = page.getByRole('dialog')
  for (const [label, value] of Object.entries(fields)) await sheet.getByLabel(label).fill(value)
  await sheet.getByRole('button', { name: send, exact: true }).click()
}

story('money: cash and its receipt, a wrong sum, a refund by two, the books of the day close', async () => {
  const desk = await world.visit({ as: 'motcua.lan' })
  const clerk = await world.visit({ as: 'vanthu.mai' })
  await takesCash(desk)
  await takesWrongSum(desk, clerk)
  await refunds(desk, clerk)
  await closesTheDay(clerk)
})

/** Cash at the desk; the receipt is printed and says what was paid. */
async function takesCash(desk: Page): Promise<void> {
  const { dossierId } = await takeIn(desk, EXTRACT)
  await openDossier(desk, dossierId)
  await say(desk, ['Thu tiền mặt', 'Thu tiền mặt'], {})
  const printed = await nextPrinted()
  await desk.getByText(/Đã thu\. Biên lai BL26-/).waitFor()
  const fee = await feeOf(desk, dossierId)
  assert.deepEqual([fee.owed, fee.paid], [0, 8000])
  const pdf = await world.fetch(desk, printed)
  showPaper('money-receipt', pdf)
  if (missingTools()) return
  assert.equal(await pagesOf(pdf), 1)
  const words = await textOf(pdf)
  for (const said of ['BIÊN LAI', fee.code, '8.000', 'Tám nghìn đồng', 'Nguyễn Thị Hoa Mai', 'Tiền mặt'])
    assert.ok(words.includes(said), `${said}: ${words}`)
}

/** Paid by the code, but too little; the rest under no reference is matched by an officer. */
async function takesWrongSum(desk: Page, clerk: Page): Promise<void> {
  const { dossierId, code } = await takeIn(desk, EXTRACT)
  const { agencyId } = await dossierOf(desk, dossierId)
  const fee = await feeOf(desk, dossierId)
  const phone = await world.visit({ size: PHONE })
  await phone.goto(fee.path)
  await settled(phone)
  const payload = await qrOfImage(await phone.locator('.pay-code svg').first().screenshot())
  const reference = fee.order?.reference ?? ''
  assert.ok(payload.includes(reference) && payload.includes('54048000'), payload)
  await bankTells(agencyId, `MBVCB.1.${reference}.CT`, 5000)
  await phone.getByText('Đã nhận 5.000 đồng. Còn phải nộp 3.000 đồng.').waitFor()
  await shoot(phone, 'money-part')
  await bankTells(agencyId, `nop not le phi ${code.slice(-4)} toi quen ma`, 4000)

  await clerk.goto('/can-bo/giao-dich-cho-khop')
  const row = clerk.getByRole('row', { name: /toi quen ma/ })
  await row.getByRole('button', { name: 'Khớp với hồ sơ' }).click()
  const sheet = clerk.getByRole('dialog')
  await sheet.getByLabel('Mã hồ sơ').fill(code)
  await sheet.getByLabel('Vì sao biết là của hồ sơ này').fill('Người nộp gọi, đọc đúng mã hồ sơ')
  await sheet.getByRole('button', { name: 'Khớp với hồ sơ' }).click()
  await clerk.getByText('Đã khớp.').first().waitFor()
  await phone.getByText('Đã nhận đủ tiền.').first().waitFor()
  // One thousand too much: the person is told, and the officer sees what is left over.
  await phone.reload()
  await phone.getByText('Bạn đã nộp thừa 1.000 đồng.', { exact: false }).waitFor()
  await assertAccessible(phone, 'the page of a fee')
  await shoot(phone, 'money-too-much')
}

/** A refund: asked for by one officer, approved by another, paid once. */
async function refunds(desk: Page, clerk: Page): Promise<void> {
  await clerk.goto('/can-bo/giao-dich-cho-khop')
  const row = clerk.getByRole('row', { name: /toi quen ma/ })
  await row.getByText('1.000 đồng').waitFor()
  await desk.goto('/can-bo/giao-dich-cho-khop')
  await desk
    .getByRole('row', { name: /toi quen ma/ })
    .getByRole('button', { name: 'Đề nghị hoàn' })
    .click()
  const sheet = desk.getByRole('dialog')
  await sheet.getByLabel('Lý do').fill('Nộp thừa 1.000 đồng')
  await sheet.getByRole('button', { name: 'Gửi' }).click()
  await desk.getByText('Đã gửi đề nghị.', { exact: false }).first().waitFor()

  await desk.goto('/can-bo/hoan-phi')
  const asked = (page: Page) => page.getByRole('row', { name: /Nộp thừa 1\.000 đồng/ })
  await asked(desk).waitFor()
  assert.equal(await asked(desk).getByRole('button', { name: 'Duyệt', exact: true }).count(), 0, 'not by who asked')
  await clerk.goto('/can-bo/hoan-phi')
  await asked(clerk).getByRole('button', { name: 'Duyệt', exact: true }).click()
  await clerk.getByRole('dialog').getByRole('button', { name: 'Duyệt', exact: true }).click()
  await asked(clerk).getByText('Đã duyệt, chờ chi').waitFor()
  await desk.reload()
  await asked(desk).getByRole('button', { name: 'Chi tiền hoàn' }).click()
  await desk.getByRole('dialog').getByLabel('Số chứng từ chi').fill('UNC-07')
  await desk.getByRole('dialog').getByRole('button', { name: 'Chi tiền hoàn' }).click()
  await asked(desk).getByText('Đã chi', { exact: true }).waitFor()
  assert.equal(await asked(desk).getByRole('button').count(), 0)
  await shoot(desk, 'money-refunds')
}

/** The day: its numbers open their rows, agree with the log, and are signed. */
async function closesTheDay(clerk: Page): Promise<void> {
  await clerk.goto('/can-bo/doi-soat?day=2026-10-13')
  await settled(clerk)
  const { agency } = await ask<{ agency: { agencyId: number } }>(clerk, '/api/me')
  const { figures } = await ask<DayView>(clerk, `/api/payments/day?agencyId=${agency.agencyId}&day=2026-10-14`)
  assert.equal(figures.unknownInLog.count, 0, 'whatever the log says has its paper')
  assert.ok(figures.logCash.amount >= 8000 && figures.accepted.amount >= 8000)
  // Yesterday is over and can be signed; what still differs wants a reason.
  const differs = (await clerk.getByRole('list', { name: 'Chênh lệch phải giải trình' }).count()) > 0
  await say(clerk, ['Ký đối soát', 'Ký đối soát'], differs ? { 'Giải trình chênh lệch': 'Đã kiểm từng khoản' } : {})
  await clerk
    .getByText(/đã ký lúc/)
    .first()
    .waitFor()
  // The bar of today opens today; its number opens the rows behind it.
  await clerk.getByRole('button', { name: /^14\/10\/2026: / }).click()
  await clerk.getByRole('heading', { name: /14\/10\/2026/ }).waitFor()
  await clerk.getByRole('button', { name: /: Thu tiền mặt$/ }).click()
  await clerk.getByRole('dialog').getByText('BL26-', { exact: false }).first().waitFor()
  await clerk.keyboard.press('Escape')
  await assertAccessible(clerk, 'the books of a day')
  await shoot(clerk, 'money-day')
  await clerk.setViewportSize(PHONE)
  await assertFits(clerk, 'the books of a day')
  await shoot(clerk, 'money-day-phone')
  await clerk.setViewportSize(DESK)
}
