import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { aNeighbour, ask, choose, dossierOf, openDossier, perform, takeIn } from './officer.ts'
import { shoot, startWorld, story } from './world.ts'

const world = startWorld()

const text = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })

async function openIntake(page: Page): Promise<void> {
  await page.goto('/can-bo/tiep-nhan')
  await text(page, 'Số định danh').waitFor()
}

async function fillPerson(page: Page, person: { name: string; number: string; birthDay: string }): Promise<void> {
  await text(page, 'Số định danh').fill(person.number)
  await text(page, 'Họ và tên').fill(person.name)
  await text(page, 'Ngày sinh').fill(person.birthDay)
}

const countOf = async (name: string): Promise<number> => {
  const { rows } = await world.database.ownerPool.query<{ count: number }>(
    'select count(*)::int as count from dossiers.dossier where applicant_name = $1',
    [name],
  )
  return rows[0]?.count ?? 0
}

story('a half-typed intake outlives the idle lock and a reload', async () => {
  const counter = await world.visit({ as: 'motcua.lan', expects: [/4(01|22|23) .*\/api\//, /status of 42[23]/] })
  await counter.clock.install()
  await openIntake(counter)
  await fillPerson(counter, { name: 'Lý Thị Nửa Chừng', number: '030191002222', birthDay: '12/12/1991' })
  await choose(counter, 'Tên thủ tục', 'khai sinh')
  const { idleMinutes } = await ask<{ idleMinutes: number }>(counter, '/api/me')

  await counter.clock.fastForward((idleMinutes + 1) * 60_000)
  const lock = counter.getByRole('dialog', { name: 'Phiên làm việc đã khóa' })
  await lock.waitFor()
  await shoot(counter, 'locked')
  // Behind the lock nothing answers: not the page, not the server.
  assert.equal((await counter.context().request.get('/api/queue?whose=mine')).ok(), false)
  await lock.getByLabel(/^Mật khẩu/).fill('sai mật khẩu')
  await lock.getByRole('button', { name: 'Mở khóa' }).click()
  await lock
    .getByText(/không đúng|sai/i)
    .first()
    .waitFor()
  await lock.getByLabel(/^Mật khẩu/).fill(world.passwordOf('motcua.lan'))
  await lock.getByRole('button', { name: 'Mở khóa' }).click()
  await lock.waitFor({ state: 'detached' })
  assert.equal(await text(counter, 'Họ và tên').inputValue(), 'Lý Thị Nửa Chừng')

  await counter.reload()
  await counter.getByText('Đã mở lại hồ sơ đang nhập dở.').waitFor()
  assert.equal(await text(counter, 'Họ và tên').inputValue(), 'Lý Thị Nửa Chừng')
  assert.equal(await text(counter, 'Số định danh').inputValue(), '030191002222')
  assert.equal(await text(counter, 'Ngày sinh').inputValue(), '12/12/1991')
  assert.match(await counter.getByRole('combobox', { name: /^Tên thủ tục/ }).inputValue(), /khai sinh/i)
})

story('an intake whose answer was lost is sent again and is one dossier', async () => {
  const counter = await world.visit({
    as: 'motcua.lan',
    expects: [/failed: net::ERR_(CONNECTION_RESET|FAILED) POST/, /Failed to load resource: net::ERR_/],
  })
  await openIntake(counter)
  await fillPerson(counter, { name: 'Mạc Văn Một Lần', number: '030092003333', birthDay: '03/03/1992' })
  await choose(counter, 'Tên thủ tục', 'xác nhận tình trạng hôn nhân')
  await counter.getByRole('table', { name: /Phí/ }).or(counter.getByText('Không thu phí, lệ phí.')).first().waitFor()
  await counter.keyboard.press('F8')

  // The server takes it in, but none of the answers arrives.
  let sent = 0
  let isCut = true
  await counter.route('**/api/dossiers', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    sent++
    if (!isCut) return route.fallback()
    await route.fetch()
    return route.abort('connectionreset')
  })
  await counter.keyboard.press('Control+Enter')
  await counter.getByText('Không liên lạc được với máy chủ.').waitFor()
  await shoot(counter, 'intake-network-lost')
  assert.equal(await text(counter, 'Họ và tên').inputValue(), 'Mạc Văn Một Lần')
  assert.ok(sent >= 2, 'it tried again by itself')

  isCut = false
  await counter.keyboard.press('Control+Enter')
  await counter.getByText(/^H24\.34\.21-261014-\d{4}$/).waitFor()
  assert.equal(await countOf('Mạc Văn Một Lần'), 1)
})

story('two officers at once: one wins, the other is told what changed and keeps what was typed', async () => {
  const counter = await world.visit({ as: 'motcua.lan' })
  const { dossierId } = await takeIn(counter, { code: '1.004873', caseKey: 'first' })
  await openDossier(counter, dossierId)
  await perform(counter, 'Chuyển xử lý')
  const first = await world.visit({ as: 'tuphap.hung' })
  const second = await world.visit({ as: 'tuphap.trang', expects: [/409 POST/, /status of 409/] })
  await openDossier(first, dossierId)
  await openDossier(second, dossierId)
  await second.getByRole('button', { name: 'Yêu cầu bổ sung' }).first().click()
  const sheet = second.getByRole('dialog')
  await sheet.getByLabel('Lý do').fill('Thiếu giấy tờ chứng minh nơi cư trú.')
  await perform(first, 'Hoàn thành bước', async (own) => {
    await own.getByLabel('Ý kiến xử lý').fill('Đủ điều kiện.')
  })
  await sheet.getByRole('checkbox').first().check()
  await sheet.getByRole('button', { name: 'Yêu cầu bổ sung' }).click()
  await sheet
    .getByText(/vừa được người khác cập nhật|đã thay đổi sau khi bạn mở/)
    .first()
    .waitFor()
  await shoot(second, 'changed-meanwhile')
  assert.equal(await sheet.getByLabel('Lý do').inputValue(), 'Thiếu giấy tờ chứng minh nơi cư trú.')
  await sheet.getByRole('button', { name: /Tải lại|Thử lại/ }).click()
  await sheet.getByText('Vũ Quốc Hùng').first().waitFor()
  await shoot(second, 'changed-what')
  const { timeline } = await dossierOf(second, dossierId)
  assert.equal(timeline.filter(({ type }) => type === 'supplementRequested').length, 0)
})

story('a reader types the QR code of an identity card into the number and the person is filled in', async () => {
  const counter = await world.visit({ as: 'motcua.huong' })
  await openIntake(counter)
  await text(counter, 'Số định danh').focus()
  await counter.keyboard.type(
    '030093004444|142345678|Hà Thị Quét Thẻ|09091993|Nữ|Thôn Đoài, Hải Hưng, Hải Phòng|01022022',
  )
  await counter.keyboard.press('Enter')
  await counter.waitForFunction(() =>
    [...document.querySelectorAll('input')].some(({ value }) => value === 'Hà Thị Quét Thẻ'),
  )
  assert.equal(await text(counter, 'Số định danh').inputValue(), '030093004444')
  assert.equal(await text(counter, 'Ngày sinh').inputValue(), '09/09/1993')
  assert.equal(await counter.getByRole('combobox', { name: /^Giới tính/ }).inputValue(), 'Nữ')
  assert.match(await text(counter, 'Số nhà').inputValue(), /Thôn Đoài/)
})

story('an old number of nine digits is refused with the reason, and nothing is written', async () => {
  const counter = await world.visit({ as: 'motcua.lan' })
  await openIntake(counter)
  await fillPerson(counter, { name: 'Bùi Văn Số Cũ', number: '142345678', birthDay: '01/05/1975' })
  await choose(counter, 'Tên thủ tục', 'khai sinh')
  await counter.keyboard.press('Control+Enter')
  await counter
    .getByText(/Chứng minh nhân dân 9 số hết giá trị từ 01\/01\/2025/)
    .first()
    .waitFor()
  await shoot(counter, 'nine-digits')
  assert.equal(await countOf('Bùi Văn Số Cũ'), 0)
})

story('somebody known with a common procedure is taken in with few keys', async (context) => {
  const counter = await world.visit({ as: 'motcua.lan' })
  const applicant = aNeighbour({ name: 'Tô Thị Quen', identityNumber: '030189006666', birthDay: '1989-06-06' })
  await takeIn(counter, { code: '1.004873', caseKey: 'first', applicant })
  await openIntake(counter)
  let strokes = 0
  const press = async (key: string) => {
    strokes++
    await counter.keyboard.press(key)
  }
  const type = async (words: string) => {
    strokes += words.length
    await counter.keyboard.type(words)
  }
  const began = performance.now()
  await type(applicant.identityNumber)
  await press('Enter')
  await counter.getByText('Đang dùng thông tin của lần nộp trước.').waitFor()
  // Typed at one go, faster than the server can answer.
  await type('hon nhan')
  await press('Enter')
  await counter.getByRole('button', { name: 'Đủ giấy tờ' }).waitFor()
  await press('F8')
  await press('Control+Enter')
  await counter.getByRole('heading', { name: 'Đã tiếp nhận hồ sơ' }).waitFor()
  const seconds = (performance.now() - began) / 1000
  context.diagnostic(`${strokes} keystrokes, ${seconds.toFixed(1)} s of waiting and answering`)
  assert.equal(await countOf('Tô Thị Quen'), 2)
})
