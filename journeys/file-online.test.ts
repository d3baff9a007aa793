import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { assertAccessible, assertFits, DESK, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()
const START = '/nop-ho-so/1.004873'

/** A sheet on a dark table, photographed from the side with the telephone held upright. */
async function photograph(page: Page, words: string): Promise<Buffer> {
  const data = await page.evaluate((title) => {
    const canvas = document.createElement('canvas')
    canvas.width = 1600
    canvas.height = 1200
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.fillStyle = '#3a3f45'
    context.fillRect(0, 0, 1600, 1200)
    context.fillStyle = '#fdfdfb'
    context.beginPath()
    context.moveTo(260, 140)
    context.lineTo(1340, 190)
    context.lineTo(1420, 1080)
    context.lineTo(180, 1040)
    context.fill()
    context.fillStyle = '#111'
    context.font = '64px serif'
    context.fillText(title, 420, 340)
    for (let line = 0; line < 9; line += 1) context.fillRect(360, 430 + line * 60, 880, 4)
    return canvas.toDataURL('image/jpeg', 0.9)
  }, words)
  const jpeg = Buffer.from(data.split(',')[1] ?? '', 'base64')
  const tiff = Buffer.alloc(26)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(6, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 20.43 106.17')])
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff])
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}

const goOn = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click()
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()

async function look(page: Page, what: string): Promise<void> {
  await settled(page)
  await assertFits(page, what)
  await assertAccessible(page, what)
  await shoot(page, `file-online-${what}`)
}

/** The four screens of the form, as somebody types them for oneself. */
async function requester(page: Page, name: string): Promise<void> {
  await heading(page, 'Người yêu cầu')
  await page.locator('[name="requesterName"]').fill(name)
  await page.locator('[name="requesterBirthDay"]').fill('1/5/1990')
  await page.locator('[name="requesterNumber"]').fill('001190012345')
  await page.locator('[name="requesterAddress.place"]').fill('Xã Hải Hưng, Ninh Bình')
  await page.locator('[name="requesterAddress.detail"]').fill('Thôn Đông')
  await page.locator('[name="requesterPhone"]').fill('0987 654 321')
}

async function begin(page: Page): Promise<void> {
  await page.goto(START)
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Bắt đầu' }).click()
}

story('a citizen files from a cheap phone, with a photograph of a paper', async () => {
  const page = await world.visit({ size: PHONE })
  await page.goto(START)
  await look(page, 'start')
  await begin(page)
  await heading(page, 'Người yêu cầu')
  await goOn(page)
  await page.getByRole('heading', { name: /cần sửa/ }).waitFor()
  await look(page, 'what-is-wrong')
  await requester(page, 'Trần Thị Mai')
  await look(page, 'form')
  await goOn(page)

  await heading(page, 'Xác nhận cho ai')
  await page.locator('[name="forSelf"][value="yes"]').check()
  await page.locator('[name="subjectSex"][value="female"]').check()
  await page.locator('[name="subjectEthnicity"]').fill('Kinh')
  await page.locator('[name="subjectNationality"][value="vietnam"]').check()
  await goOn(page)

  await heading(page, 'Tình trạng hôn nhân')
  await page.locator('[name="maritalStatus"][value="single"]').check()
  await page.locator('[name="periodPlace.place"]').fill('Xã Hải Hưng, Ninh Bình')
  await page.locator('[name="periodPlace.detail"]').fill('Thôn Đông')
  await page.locator('[name="periodFrom"]').fill('1/5/2008')
  await goOn(page)

  await heading(page, 'Mục đích sử dụng')
  await page.locator('[name="purposeKind"][value="property"]').check()
  await page.locator('[name="purposeOther"]').fill('Mua bán nhà đất')
  await page.locator('[name="copies"]').fill('2')
  await goOn(page)

  await page.waitForURL(/giay-to/)
  for (let papers = 0; papers < 6 && page.url().includes('/giay-to/'); papers += 1) {
    const before = page.url()
    const other = page.getByRole('radio', { name: /Tôi không thuộc trường hợp/ })
    if ((await other.count()) > 0) await other.check()
    else {
      for (const words of ['MẶT TRƯỚC', 'MẶT SAU']) {
        await page
          .locator('#files')
          .setInputFiles({ name: `${words}.jpg`, mimeType: 'image/jpeg', buffer: await photograph(page, words) })
        const dialog = page.getByRole('dialog', { name: 'Làm thẳng ảnh' })
        await dialog.waitFor()
        const corner = dialog.getByRole('button', { name: 'Góc trên trái' })
        const was = await corner.getAttribute('style')
        await corner.focus()
        await page.keyboard.press('ArrowRight')
        assert.notEqual(await corner.getAttribute('style'), was)
        await page.keyboard.press('ArrowLeft')
        if (words === 'MẶT TRƯỚC') {
          await assertAccessible(page, 'photo')
          await shoot(page, 'file-online-photo')
        }
        await dialog.getByRole('button', { name: 'Dùng ảnh này' }).click()
        await page.locator(`[data-filing-files] li:has-text("${words}")`).waitFor()
      }
      await look(page, 'paper')
    }
    await goOn(page)
    await page.waitForURL((url) => url.href !== before)
  }

  await heading(page, 'Bạn muốn nhận kết quả thế nào?')
  await page
    .getByRole('radio', { name: /Nhận tại quầy/ })
    .first()
    .check()
  await look(page, 'delivery')
  await goOn(page)
  await heading(page, 'Phí và ngày trả kết quả')
  await look(page, 'cost')
  await goOn(page)
  await heading(page, 'Kiểm tra rồi nộp')
  await look(page, 'summary')
  await page.getByRole('checkbox', { name: /cam đoan/ }).check()
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).dblclick()
  await heading(page, 'Đã nộp hồ sơ')
  await look(page, 'lodged')
  await page.setViewportSize(DESK)
  await shoot(page, 'file-online-lodged-1280')
  const code = (await page.locator('.filing-code').first().textContent())?.trim() ?? ''
  await page.reload()
  assert.equal((await page.locator('.filing-code').first().textContent())?.trim(), code)

  const { rows } = await world.database.ownerPool.query<{ name: string; component: string; size: number }>(
    `select f.name, f.component, f.size::int as size from documents.file f
     join dossiers.dossier d using (agency_id, dossier_id) where d.code = $1 order by f.component`,
    [code],
  )
  assert.deepEqual(
    rows.map(({ component }) => component),
    ['declaration', 'identity-paper'],
  )
  assert.ok((rows[1]?.size ?? 0) < 1_000_000, 'two photographs as one small PDF')
})

story(
  'what is filled in without a network is kept, sent when it is back, and nothing is lost by a reload',
  async () => {
    const page = await world.visit({
      size: PHONE,
      expects: [/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/, /GET|POST/],
    })
    await begin(page)
    await requester(page, 'Lê Thị Mất Mạng')
    await page.waitForTimeout(600)
    await page.reload()
    await page.getByText('đã được đưa lại vào đây').waitFor()
    assert.equal(await page.locator('[name="requesterName"]').inputValue(), 'Lê Thị Mất Mạng')
    await page.context().setOffline(true)
    await goOn(page)
    await page.locator('[data-filing-state]', { hasText: 'Đang mất mạng.' }).waitFor()
    await shoot(page, 'file-online-offline')
    await page.context().setOffline(false)
    await heading(page, 'Xác nhận cho ai')
    await page.goBack()
    await page.goto(page.url())
  },
)

story('two devices work on one draft; the newer answer stands and the other is kept', async () => {
  const phone = await world.visit({ size: PHONE })
  await begin(phone)
  await requester(phone, 'Phạm Văn Hai Máy')
  await phone.getByRole('button', { name: 'Lưu và làm tiếp sau' }).last().click()
  await heading(phone, 'Đã lưu')
  await phone.getByLabel('Số điện thoại').fill('0987654321')
  await phone.getByRole('button', { name: 'Lấy mã làm tiếp' }).click()
  const code = (await phone.locator('.filing-code').textContent())?.trim() ?? ''
  assert.match(code, /^\w{4}-\w{4}-\w{4}$/)
  await look(phone, 'saved')

  const other = await world.visit({ size: DESK })
  await other.goto('/nop-ho-so/lam-tiep')
  await look(other, 'resume')
  await other.getByLabel('Mã làm tiếp').fill(code.toLowerCase())
  await other.getByLabel('Số điện thoại').fill('+84 987 654 321')
  await other.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await heading(other, 'Xác nhận cho ai')
  await other.goto(other.url().replace(/to-khai\/.*/, 'to-khai/requester'))
  assert.equal(await other.locator('[name="requesterName"]').inputValue(), 'Phạm Văn Hai Máy')
  await phone.goto(other.url())
  await other.locator('[name="requesterName"]').fill('Phạm Văn Máy Bàn')
  await goOn(other)
  await heading(other, 'Xác nhận cho ai')
  await phone.locator('[name="requesterName"]').fill('Phạm Văn Điện Thoại')
  await goOn(phone)
  await phone.getByText('vừa được sửa trên một máy khác').waitFor()
  await phone.getByText('Bản đã được thay').click()
  await phone.getByText('Phạm Văn Máy Bàn').waitFor()
  await look(phone, 'two-devices')
  assert.equal(await phone.locator('[name="requesterName"]').inputValue(), 'Phạm Văn Điện Thoại')
  await phone.getByRole('button', { name: 'Dùng bản này' }).click()
  assert.equal(await phone.locator('[name="requesterName"]').inputValue(), 'Phạm Văn Máy Bàn')
})
