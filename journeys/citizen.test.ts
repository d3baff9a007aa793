import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { ACCOUNT, PROVIDER, SECRET } from '../demo/payments.ts'
import { signHmac, SIGNATURE, TIMESTAMP } from '../src/portal/payment/signature.ts'
import { followNotices, sendDue } from '../src/portal/notices/index.ts'
import { openMailbox } from '../src/portal/notices/testing.ts'
import { followReturns } from '../src/surveys/index.ts'
import { bringOn, dossierOf, dossiersWhere, openDossier, tell } from './officer.ts'
import { qrOfImage } from './papers.ts'
import { DESK, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()
const PHONE_NUMBER = '0987654321'

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const goOn = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click()

/** A photograph as a telephone makes it. */
async function photograph(page: Page, words: string): Promise<Buffer> {
  const data = await page.evaluate((title) => {
    const canvas = document.createElement('canvas')
    canvas.width = 1200
    canvas.height = 900
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.fillStyle = '#fdfdfb'
    context.fillRect(0, 0, 1200, 900)
    context.fillStyle = '#111'
    context.font = '64px serif'
    context.fillText(title, 200, 300)
    return canvas.toDataURL('image/jpeg', 0.9)
  }, words)
  return Buffer.from(data.split(',')[1] ?? '', 'base64')
}

async function give(page: Page, words: string): Promise<void> {
  await page
    .locator('#files')
    .setInputFiles({ name: `${words}.jpg`, mimeType: 'image/jpeg', buffer: await photograph(page, words) })
  const dialog = page.getByRole('dialog', { name: 'Làm thẳng ảnh' })
  await dialog.waitFor()
  await dialog.getByRole('button', { name: 'Dùng ảnh này' }).click()
  await page.locator(`[data-filing-files] li:has-text("${words}")`).first().waitFor()
}

/** Finds the procedure by everyday words and files it; gives the code and the key of tracking. */
async function file(page: Page): Promise<{ code: string; key: string }> {
  await page.goto('/')
  await page.getByRole('searchbox').fill('xin trích lục khai sinh')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Cấp bản sao trích lục hộ tịch' }).first().click()
  await heading(page, /trích lục/i)
  await page.getByRole('link', { name: 'Nộp hồ sơ ngay tại đây' }).first().click()
  await page.getByRole('button', { name: 'Bắt đầu' }).click()

  await heading(page, 'Người yêu cầu')
  await page.locator('[name="requesterName"]').fill('Trần Thị Mai')
  await page.locator('[name="requesterBirthDay"]').fill('1/5/1990')
  await page.locator('[name="requesterNumber"]').fill('001190012345')
  await page.locator('[name="requesterAddress.place"]').fill('Xã Hải Hưng, Ninh Bình')
  await page.locator('[name="requesterAddress.detail"]').fill('Thôn Đông')
  await page.locator('[name="requesterPhone"]').fill(PHONE_NUMBER)
  await page.locator('[name="requesterEmail"]').fill('mai@vidu.vn')
  await page.locator('[name="requesterRelation"][value="self"]').check()
  await goOn(page)
  await heading(page, 'Việc hộ tịch')
  await page.locator('[name="recordKind"][value="birth"]').check()
  await goOn(page)
  await heading(page, 'Đã đăng ký ở đâu')
  await page.locator('[name="registeredAt.place"]').fill('Xã Hải Hưng, Ninh Bình')
  await goOn(page)
  await heading(page, 'Số lượng')
  await page.locator('[name="copies"]').fill('2')
  await goOn(page)
  await page.waitForURL(/giay-to/)
  for (let papers = 0; papers < 8 && page.url().includes('/giay-to/'); papers += 1) {
    const before = page.url()
    await page.locator('#files').waitFor({ state: 'attached' })
    const other = page.getByRole('radio', { name: /Tôi không thuộc trường hợp/ })
    if ((await other.count()) > 0) await other.check()
    else await give(page, 'CĂN CƯỚC')
    await goOn(page)
    await page.waitForURL((url) => url.href !== before)
  }
  await heading(page, 'Bạn muốn nhận kết quả thế nào?')
  await page
    .getByRole('radio', { name: /Nhận tại quầy/ })
    .first()
    .check()
  await goOn(page)
  await heading(page, 'Phí và ngày trả kết quả')
  await page
    .getByText(/16\.000/)
    .first()
    .waitFor()
  await goOn(page)
  await heading(page, 'Kiểm tra rồi nộp')
  await page.getByRole('checkbox', { name: /cam đoan/ }).check()
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click()
  await heading(page, 'Đã nộp hồ sơ')
  const [code = '', key = ''] = await page.locator('.filing-code').allTextContents()
  return { code: code.trim(), key: key.trim() }
}

async function track(page: Page, { code, key }: { code: string; key: string }): Promise<void> {
  await page.goto('/tra-cuu')
  await page.getByLabel('Mã hồ sơ').fill(code)
  await page.getByLabel(/^Mã tra cứu/).fill(key)
  await page.getByRole('button', { name: 'Tra cứu' }).click()
  await heading(page, new RegExp(code))
}

/** What the running system does by itself. */
async function sendMail(server: NonNullable<typeof world.context.config.mail>): Promise<void> {
  const context = { ...world.context, clock: world.now, config: { ...world.context.config, mail: server } }
  await followNotices(context)
  while ((await sendDue(context)) > 0);
}

story('a person finds, files with photographs, mends, pays by QR, follows, is told, and rates', async () => {
  const mailbox = await openMailbox()
  try {
    const phone = await world.visit({ size: PHONE })
    const receipt = await file(phone)
    await shoot(phone, 'citizen-filed')
    const [row] = await dossiersWhere(world, `code = '${receipt.code}'`)
    assert.ok(row)

    // The officer marks one answer and one paper; nothing else is asked again.
    const counter = await world.visit({ as: 'motcua.lan', size: DESK })
    await openDossier(counter, row.dossierId)
    await counter.getByRole('button', { name: 'Đánh dấu chỗ sai để yêu cầu bổ sung' }).click()
    const mark = async (what: RegExp, note: string) => {
      const box: Locator = counter.getByRole('checkbox', { name: what }).first()
      await box.check()
      await counter
        .getByRole('textbox', { name: /^Sai gì, sửa thế nào/ })
        .last()
        .fill(note)
    }
    await mark(/Chỗ này cần sửa: .*Số bản sao/, 'Ghi đúng số bản cần')
    await shoot(counter, 'citizen-officer-marks')
    await counter.getByRole('button', { name: 'Xem lại trước khi gửi' }).click()
    await counter.getByText('Người dân sẽ đọc').waitFor()
    await shoot(counter, 'citizen-officer-request')
    await counter.getByRole('button', { name: 'Gửi cho người dân' }).click()
    await counter.getByText('Đã yêu cầu bổ sung.').first().waitFor()

    await sendMail(mailbox.server)
    assert.ok(
      mailbox.letters.some(
        ({ subject = '', text = '' }) => /bổ sung|cần sửa/i.test(subject + text) && text.includes(receipt.code),
      ),
      mailbox.letters.map(({ subject }) => subject).join(' | '),
    )

    // The citizen sees what was marked, mends just that and sends it.
    await track(phone, receipt)
    await phone.getByRole('link', { name: 'Bổ sung ngay tại đây' }).click()
    await heading(phone, 'Sửa và bổ sung hồ sơ')
    await phone.getByText('Ghi đúng số bản cần').first().waitFor()
    assert.equal(await phone.locator('[name="requesterName"]').count(), 0)
    await shoot(phone, 'citizen-mend')
    await phone.locator('[name="copies"]').fill('3')
    await phone.getByRole('button', { name: 'Gửi cho cơ quan' }).click()
    await phone.getByText('Đã gửi.').first().waitFor()

    // The officer takes it in.
    await openDossier(counter, row.dossierId)
    await counter.getByText('Người dân đã gửi lại').first().waitFor()
    const lodged = await dossierOf(counter, row.dossierId)
    await tell(counter, `/api/dossiers/${row.dossierId}/commands`, {
      commandId: crypto.randomUUID(),
      version: lodged.version,
      command: { type: 'receive' },
    })

    // Payment: the QR code is read by somebody else's decoder, the bank tells it, the page says so.
    await track(phone, receipt)
    await phone.getByRole('link', { name: /bằng mã QR/ }).click()
    await heading(phone, 'Nộp phí, lệ phí')
    await settled(phone)
    await shoot(phone, 'citizen-pay')
    const image = await phone.locator('main figure svg, main figure img, main .pay-qr svg').first().screenshot()
    const payload = await qrOfImage(image)
    assert.match(payload, /^000201/)
    assert.ok(payload.includes(ACCOUNT), payload)
    const reference = /62\d{2}08(\d{2})(.+?)6304/.exec(payload)?.[2] ?? ''
    const amount = Number(/54\d{2}(\d+)5802VN/.exec(payload)?.[1])
    assert.ok(amount > 0 && reference.length > 4, payload)
    const body = JSON.stringify({
      transactions: [
        {
          id: 'FT26287000001',
          kind: 'credit',
          amount,
          currency: 'VND',
          account: ACCOUNT,
          content: `MBVCB.777.${reference}.CT tu 0011`,
          paidAt: world.now(),
        },
      ],
    })
    const timestamp = String(Math.floor(Date.parse(world.now()) / 1000))
    const { agencyId } = await dossierOf(counter, row.dossierId)
    for (let time = 0; time < 2; time += 1) {
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
    await phone.getByText('Đã nhận đủ tiền.').first().waitFor()
    const paid = await dossierOf(counter, row.dossierId)
    assert.equal(paid.fee.paid, amount)

    // Through the hands of the office until the result is handed over.
    await bringOn(world, row.dossierId)
    await sendMail(mailbox.server)
    await track(phone, receipt)
    await phone.getByText('Trả kết quả').first().waitFor()
    await shoot(phone, 'citizen-followed')

    // One invitation; the ballot is cast once.
    await followReturns({ ...world.context, clock: world.now })
    await track(phone, receipt)
    await phone.getByRole('link', { name: 'Đánh giá việc phục vụ' }).click()
    await settled(phone)
    for (let question = 0; question < 60; question += 1) {
      if ((await phone.getByRole('button', { name: 'Gửi phiếu' }).count()) > 0) break
      const first = phone.getByRole('radio').first()
      const before = await phone.locator('main').innerText()
      if ((await first.count()) > 0) await first.check()
      const next = phone.getByRole('button', { name: /^(Tiếp tục|Bỏ qua câu này|Bắt đầu)$/ }).first()
      await next.click()
      await phone.waitForFunction((was) => document.querySelector('main')?.innerText !== was, before)
    }
    await shoot(phone, 'citizen-rates')
    await phone.getByRole('button', { name: 'Gửi phiếu' }).click()
    await heading(phone, /Cảm ơn/)
    await track(phone, receipt)
    assert.equal(await phone.getByRole('link', { name: 'Đánh giá việc phục vụ' }).count(), 0)
  } finally {
    await mailbox.close()
  }
})

story('a petition with a picture: sent, answered, followed', async () => {
  const phone = await world.visit({ size: PHONE })
  await phone.goto('/phan-anh')
  await phone.getByRole('button', { name: 'Bắt đầu' }).click()
  await phone
    .getByLabel('Kể lại bằng lời của bạn')
    .fill('Biển báo giờ làm việc ở cổng Ủy ban bị gãy đã hai tuần, người dân đến không biết giờ.')
  for (let step = 0; step < 12; step += 1) {
    const before = phone.url()
    if (before.endsWith('/anh')) {
      await phone
        .getByLabel('Chọn ảnh hoặc tệp PDF')
        .setInputFiles({ name: 'bien-bao.jpg', mimeType: 'image/jpeg', buffer: await photograph(phone, 'BIỂN BÁO') })
      await phone.getByRole('button', { name: 'Thêm tệp đã chọn' }).click()
      await phone.getByText('bien-bao').first().waitFor()
    }
    const kind = phone.getByRole('radio', { name: 'Tôi chưa rõ' })
    if ((await kind.count()) > 0) await kind.check()
    const name = phone.getByLabel('Họ và tên, hoặc tên tổ chức')
    if ((await name.count()) > 0) {
      await name.fill('Lê Văn Bình')
      await phone.getByLabel('Số điện thoại').fill('0912345678')
    }
    if (before.endsWith('/kiem-tra')) break
    await goOn(phone)
    await phone.waitForURL((url) => url.href !== before)
  }
  await shoot(phone, 'petition-check')
  const truth = phone.getByRole('checkbox', { name: /chịu trách nhiệm/ })
  if ((await truth.count()) > 0) await truth.check()
  await phone.getByRole('button', { name: 'Gửi phản ánh' }).click()
  await heading(phone, 'Đã gửi phản ánh của bạn')
  await shoot(phone, 'petition-sent')
  await phone.getByRole('button', { name: 'Theo dõi phản ánh này' }).click()
  await phone.getByText('Cơ quan đã nhận').first().waitFor()

  // The other side: the clerk finds it first in the queue.
  const clerk = await world.visit({ as: 'vanthu.mai' })
  await clerk.goto('/can-bo/phan-anh')
  await settled(clerk)
  await clerk
    .getByText(/Biển báo giờ làm việc|Lê Văn Bình/)
    .first()
    .waitFor()
  await shoot(clerk, 'petition-queue')
})
