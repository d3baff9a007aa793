import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { followReturns, invitationPath } from '../src/surveys/index.ts'
import { isFocused, pick, press, reach, tick, write } from './keyboard.ts'
import { dossiersWhere, openDossier } from './officer.ts'
import { assertFits, DESK, PHONE, settled, startWorld, story } from './world.ts'

const world = startWorld()

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const goOn = (page: Page, name: string | RegExp = 'Tiếp tục') => press(page, page.getByRole('button', { name }))
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`)
const option = (page: Page, name: string, value: string) => page.locator(`[name="${name}"][value="${value}"]`)

/** What is answered when something was left out or wrong. */
const refused = [/422 POST/, /status of 422/]

story('by keyboard: past the head, find a procedure, answer a few questions, follow a dossier', async () => {
  const page = await world.visit({ size: DESK, expects: [/404 POST .*tra-cuu/, /status of 404/] })
  await page.goto('/')
  const skip = page.getByRole('link', { name: 'Đến nội dung chính' })
  await press(page, skip)
  await isFocused(page, page.locator('main'))
  await write(page, page.getByRole('searchbox'), 'làm giấy khai sinh cho con')
  await page.keyboard.press('Enter')
  await heading(page, /Kết quả/)
  await press(page, page.getByRole('link', { name: 'Đăng ký khai sinh', exact: true }))
  await heading(page, 'Đăng ký khai sinh')
  await press(page, page.getByRole('link', { name: /Trả lời vài câu hỏi/ }))
  for (let questions = 0; questions < 8 && page.url().includes('/hoi'); questions++) {
    const before = page.url()
    await press(page, page.locator('main a[href*="/hoi?t="], main a[href*="truong-hop"]'))
    await page.waitForURL((url) => url.href !== before)
  }
  await heading(page, 'Đăng ký khai sinh')

  await page.goto('/tra-cuu')
  const [dossier] = await dossiersWhere(world, `status = 'processing' and code like 'H24%'`)
  assert.ok(dossier)
  await write(page, page.getByLabel('Mã hồ sơ'), dossier.code)
  await write(page, page.getByLabel(/^Mã tra cứu/), '0900000000')
  await page.keyboard.press('Enter')
  await isFocused(page, page.locator('#problem'))
  await reach(page, page.getByLabel(/^Mã tra cứu/))
})

story('at twice the size of letters no public page has to be moved sideways', async () => {
  const page = await world.visit({ size: PHONE })
  for (const path of [
    '/',
    '/thu-tuc?tu=passport',
    '/thu-tuc/1.001193',
    '/tra-cuu',
    '/dat-lich',
    '/phan-anh',
    '/danh-gia',
    '/dang-nhap',
  ]) {
    await page.goto(path)
    await page.addStyleTag({ content: 'html { font-size: 200% }' })
    await assertFits(page, `${path} at large type`)
  }
})

story('by keyboard: book an appointment', async () => {
  const page = await world.visit({ size: PHONE, expects: refused })
  await page.goto('/dat-lich')
  await heading(page, 'Đặt lịch hẹn')
  const name = page.locator('main input[name="ten"]')
  for (let steps = 0; steps < 6 && (await name.count()) === 0; steps++) {
    const before = page.url()
    await press(page, page.locator('main .counter-choices a, main .counter-times a'))
    await page.waitForURL((url) => url.href !== before)
  }
  // Nothing typed: the field that is missing has the focus; what the server finds wrong has it on a summary.
  await goOn(page, 'Đặt lịch')
  await isFocused(page, name)
  await page.keyboard.type('Trần Thị Mai')
  await write(page, page.locator('main input[name="dien-thoai"]'), '12')
  await goOn(page, 'Đặt lịch')
  await isFocused(page, page.getByRole('alert'))
  await write(page, page.locator('main input[name="dien-thoai"]'), '0987654321')
  await goOn(page, 'Đặt lịch')
  await heading(page, 'Đã đặt lịch hẹn')
})

story('by keyboard: file a certificate of marital status up to the last look', async () => {
  const page = await world.visit({ size: DESK })
  await page.goto('/nop-ho-so/1.004873')
  await pick(page, page.getByRole('radio').first())
  await goOn(page, 'Bắt đầu')
  await heading(page, 'Người yêu cầu')
  // Nothing filled in: the summary has the focus and leads to the first field.
  await goOn(page)
  await isFocused(page, page.getByRole('alert'))
  await press(page, page.getByRole('alert').getByRole('link').first())
  await isFocused(page, field(page, 'requesterName'))
  await page.keyboard.type('Trần Thị Mai')
  await write(page, field(page, 'requesterBirthDay'), '1/5/1990')
  await write(page, field(page, 'requesterNumber'), '001190012345')
  await write(page, field(page, 'requesterAddress.place'), 'Xã Hải Hưng, Ninh Bình')
  await write(page, field(page, 'requesterAddress.detail'), 'Thôn Đông')
  await write(page, field(page, 'requesterPhone'), '0987 654 321')
  await goOn(page)
  await heading(page, 'Xác nhận cho ai')
  await pick(page, option(page, 'forSelf', 'yes'))
  await pick(page, option(page, 'subjectSex', 'female'))
  await write(page, field(page, 'subjectEthnicity'), 'Kinh')
  await pick(page, option(page, 'subjectNationality', 'vietnam'))
  await goOn(page)
  await heading(page, 'Tình trạng hôn nhân')
  await pick(page, option(page, 'maritalStatus', 'single'))
  await write(page, field(page, 'periodPlace.place'), 'Xã Hải Hưng, Ninh Bình')
  await write(page, field(page, 'periodPlace.detail'), 'Thôn Đông')
  await write(page, field(page, 'periodFrom'), '1/5/2008')
  await goOn(page)
  await heading(page, 'Mục đích sử dụng')
  await pick(page, option(page, 'purposeKind', 'property'))
  await write(page, field(page, 'purposeOther'), 'Mua bán nhà đất')
  await write(page, field(page, 'copies'), '1')
  await goOn(page)
  await page.waitForURL(/giay-to/)
  for (let papers = 0; papers < 6 && page.url().includes('/giay-to/'); papers++) {
    const before = page.url()
    // The picture itself is chosen in a window of the system; the way to it must be reached.
    const other = page.getByRole('radio', { name: /Tôi không thuộc trường hợp|mang|sau/i })
    if ((await other.count()) > 0) await pick(page, other.first())
    else {
      await reach(page, page.locator('#files'))
      await page.locator('#files').setInputFiles({ name: 'giay.pdf', mimeType: 'application/pdf', buffer: onePagePdf })
      await page.locator('[data-filing-files] li').first().waitFor()
    }
    await goOn(page)
    await page.waitForURL((url) => url.href !== before)
  }
  await heading(page, 'Bạn muốn nhận kết quả thế nào?')
  await pick(page, page.getByRole('radio', { name: /Nhận tại quầy/ }).first())
  await goOn(page)
  await heading(page, 'Phí và ngày trả kết quả')
  await goOn(page)
  await heading(page, 'Kiểm tra rồi nộp')
  await tick(page, page.getByRole('checkbox', { name: /cam đoan/ }))
  await reach(page, page.getByRole('button', { name: 'Nộp hồ sơ' }))
})

story('by keyboard: speak up, and rate the service', async () => {
  const page = await world.visit({ size: PHONE, expects: refused })
  await page.goto('/phan-anh')
  await goOn(page, 'Bắt đầu')
  await page.waitForURL(/gui\//)
  for (let steps = 0; steps < 14; steps++) {
    await settled(page)
    const before = page.url()
    if (before.includes('kiem-tra')) break
    if (before.includes('nguoi-gui')) {
      await goOn(page)
      await isFocused(page, page.getByRole('alert'))
      await write(page, page.locator('main [name="ten"]'), 'Trần Thị Mai')
      await write(page, page.locator('main [name="dien-thoai"]'), '0987654321')
    } else if ((await page.locator('main form textarea').count()) > 0)
      await write(page, page.locator('main form textarea').first(), 'Đèn đường thôn Đông hỏng đã hai tuần.')
    else if ((await page.locator('main form input[type="radio"]').count()) > 0)
      await pick(page, page.locator('main form input[type="radio"]').last())
    await goOn(page)
    await page.waitForURL((url) => url.href !== before)
  }
  await reach(page, page.getByRole('button', { name: /^Gửi/ }))

  const context = { ...world.context, clock: world.now }
  await followReturns(context)
  const { rows } = await world.database.ownerPool.query<{ agencyId: number; dossierId: string }>(
    `select agency_id as "agencyId", dossier_id as "dossierId" from surveys.invitation order by invited_on desc`,
  )
  const invitations = await Promise.all(rows.map((of) => invitationPath(context, of)))
  const invitation = invitations.find((path) => path !== undefined)
  assert.ok(invitation)
  await page.goto(invitation)
  for (let questions = 0; questions < 40; questions++) {
    await settled(page)
    if ((await page.getByRole('button', { name: 'Gửi phiếu' }).count()) > 0) break
    const before = await page.locator('main').innerText()
    if ((await page.getByRole('radio').count()) > 0) await pick(page, page.getByRole('radio').first())
    await press(page, page.getByRole('button', { name: /^(Tiếp tục|Bỏ qua câu này|Bắt đầu)$/ }).first())
    await page.waitForFunction((was) => document.querySelector('main')?.innerText !== was, before)
  }
  await press(page, page.getByRole('button', { name: 'Gửi phiếu' }))
  await heading(page, /Cảm ơn/)
})

story('by keyboard: an officer finds a page, goes through the queue, marks what is wrong', async () => {
  const page = await world.visit({ as: 'motcua.lan' })
  await page.goto('/can-bo/ho-so?whose=agency')
  await settled(page)
  await press(page, page.getByRole('link', { name: 'Đến nội dung chính' }))
  await isFocused(page, page.locator('main'))

  // The box of commands, opened and left by keys, gives the focus back.
  const search = page.getByRole('button', { name: /^Tìm/ }).first()
  await press(page, search)
  await isFocused(page, page.getByRole('combobox', { name: /Tìm/ }))
  await page.keyboard.press('Escape')
  await isFocused(page, search)
  await page.keyboard.press('Control+k')
  await isFocused(page, page.getByRole('combobox', { name: /Tìm/ }))
  await page.keyboard.type('quay')
  await page.getByRole('option', { name: /Gọi số/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/can-bo\/quay/)

  // A row of the queue is reached and opened.
  await page.goto('/can-bo/ho-so?whose=agency')
  await settled(page)
  await press(page, page.locator('main table a[href*="/ho-so/"], main table tbody tr[tabindex="0"]'))
  await page.waitForURL(/\/ho-so\/[0-9a-f-]{36}/)

  // Marking a field of what was filed online.
  const [lodged] = await dossiersWhere(world, `status = 'lodged' and code like 'H24%'`)
  assert.ok(lodged)
  await openDossier(page, lodged.dossierId)
  await press(page, page.getByRole('button', { name: 'Đánh dấu chỗ sai để yêu cầu bổ sung' }))
  await tick(page, page.getByRole('checkbox', { name: /^Chỗ này cần sửa/ }))
  await write(page, page.getByRole('textbox', { name: /^Sai gì, sửa thế nào/ }), 'Ghi đúng như giấy tờ')
  // What will be sent is shown first; whoever leaves it is back where it was opened.
  const look = page.getByRole('button', { name: 'Xem lại trước khi gửi' })
  const sheet = page.getByRole('dialog', { name: /Gửi yêu cầu bổ sung/ })
  await press(page, look)
  await sheet.waitFor()
  await page.keyboard.press('Escape')
  await isFocused(page, look)
  await page.keyboard.press('Enter')
  await sheet.waitFor()
  await press(page, sheet.getByRole('button', { name: 'Gửi cho người dân' }))
  await page.getByText('Đã yêu cầu bổ sung.').first().waitFor()
})

const onePagePdf = Buffer.from(
  `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000052 00000 n 
0000000101 00000 n 
trailer<</Size 4/Root 1 0 R>>
startxref
164
%%EOF
`,
)
