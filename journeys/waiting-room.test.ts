import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { qrOfImage } from './papers.ts'
import { assertAccessible, assertFits, DESK, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()
// Nobody waits here yet; at the other point of the demo many do.
const PLACE = /Điểm tiếp nhận Đoàn Kết/

/** Books today's first free time with a telephone; gives the code and which place it is. */
async function bookToday(phone: Page): Promise<{ code: string; point: string }> {
  await phone.goto('/dat-lich')
  await phone.getByRole('link', { name: PLACE }).click()
  await phone.getByRole('heading', { name: 'Bạn cần làm việc gì?' }).waitFor()
  const point = new URL(phone.url()).pathname.split('/').at(-1) ?? ''
  await phone.getByRole('link', { name: 'Hộ tịch' }).click()
  await phone.getByRole('link', { name: /14\/10\/2026/ }).click()
  await phone.locator('.counter-times a').first().click()
  await assertFits(phone, 'booking')
  await assertAccessible(phone, 'booking')
  await shoot(phone, 'room-booking')
  await phone.getByLabel('Họ và tên').fill('Trần Thị Mai')
  await phone.getByLabel('Số điện thoại di động').fill('0987 654 321')
  await phone.getByRole('button', { name: 'Đặt lịch' }).click()
  await phone.getByRole('heading', { level: 1, name: 'Đã đặt lịch hẹn' }).waitFor()
  await shoot(phone, 'room-booked')
  return { code: await phone.locator('.counter-code').innerText(), point }
}

/** An officer gets a code at the own desk; somebody enters it on the device in the room, where no officer signs in. */
async function openMachine(point: string): Promise<{ machine: Page; officer: Page }> {
  const officer = await world.visit({ as: 'motcua.lan', size: DESK })
  await officer.goto(`/can-bo/quay?point=${point}`)
  await officer.getByRole('button', { name: 'Máy lấy số' }).click()
  const sheet = officer.getByRole('dialog')
  await sheet.getByText('Chưa có máy nào được ghép.').waitFor()
  await sheet.getByLabel('Tên máy, nơi đặt').fill('Máy ở cửa')
  await sheet.getByRole('button', { name: 'Lấy mã ghép' }).click()
  const code = await sheet.locator('.machine-digits').innerText()
  const address = await sheet.locator('.machine-address').innerText()
  await assertAccessible(officer, 'pairing code')
  await shoot(officer, 'room-machine-code')

  // A code that was used is refused in words, of a machine as of an appointment.
  const expects = [/422/]
  const machine = await world.visit({ size: { width: 1080, height: 1400 }, expects })
  await machine.addInitScript('window.print = () => { window.printed = (window.printed ?? 0) + 1 }')
  await machine.goto(`/lay-so/${point}`)
  await machine.getByRole('link', { name: 'ghép thiết bị này làm máy lấy số' }).click()
  await machine.waitForURL(address)
  await machine.getByLabel('Mã ghép').fill('12')
  await machine.getByRole('button', { name: 'Ghép thiết bị này' }).click()
  await machine.getByText('Mã không đúng').waitFor()
  await assertAccessible(machine, 'pairing')
  await shoot(machine, 'room-machine-pairing')
  await machine.getByLabel('Mã ghép').fill(code)
  await machine.getByRole('button', { name: 'Ghép thiết bị này' }).click()
  await machine.getByRole('heading', { name: 'Bạn cần làm việc gì?' }).waitFor()
  await sheet.getByText('Đã ghép Máy ở cửa.').waitFor()
  await shoot(officer, 'room-machine-paired')
  return { machine, officer }
}

/** The device is anybody's again, and shows it by itself: no number without work, and the way to pair it anew. */
async function unpairMachine(officer: Page, machine: Page, home: string): Promise<void> {
  await machine.clock.install()
  await machine.goto(home)
  await machine.getByRole('heading', { name: 'Bạn cần làm việc gì?' }).waitFor()
  await officer.getByRole('dialog').getByRole('button', { name: 'Bỏ ghép' }).click()
  await officer.getByRole('dialog', { name: 'Bỏ ghép Máy ở cửa?' }).getByRole('button', { name: 'Bỏ ghép' }).click()
  await officer.getByText('Chưa có máy nào được ghép.').waitFor()
  await machine.clock.fastForward(46_000)
  await machine.getByRole('link', { name: 'ghép thiết bị này làm máy lấy số' }).waitFor()
}

const numberOn = (page: Page): Promise<string> => page.locator('.ticket-number').innerText()

/** A television that writes down what it would say. */
async function openScreen(path: string): Promise<Page> {
  const screen = await world.visit({ size: { width: 1920, height: 1080 } })
  await screen.addInitScript(`window.said = []
    Object.defineProperty(window, 'speechSynthesis', { value: { speak: (words) => window.said.push(words.text) } })`)
  await screen.goto(path)
  await screen.getByText('Chưa gọi số nào').waitFor()
  await shoot(screen, 'room-screen-empty')
  await screen.getByRole('button', { name: 'Bật giọng đọc' }).click()
  return screen
}
const said = (screen: Page): Promise<string[]> => screen.evaluate('window.said')

story('the waiting room: booked, arrived, called by keyboard, shown and spoken, served or not, added up', async () => {
  const phone = await world.visit({ size: PHONE })
  const { code, point } = await bookToday(phone)

  const { machine, officer: pairing } = await openMachine(point)
  const home = new URL(machine.url()).pathname
  await shoot(machine, 'room-machine')
  await assertAccessible(machine, 'machine')
  await machine.getByText('Tôi có lịch hẹn').click()
  await machine.getByLabel('Mã hẹn').fill(code.toLowerCase())
  await machine.getByRole('button', { name: 'Nhận số theo lịch hẹn' }).click()
  await machine.getByText('Có lịch hẹn lúc').waitFor()
  assert.equal(await numberOn(machine), 'A001')
  await machine.waitForFunction('window.printed === 1')
  await shoot(machine, 'room-ticket')
  const follow = await qrOfImage(await machine.locator('.ticket-qr').screenshot())

  // The same code gives no second number; the next person is of age.
  await machine.goto(home)
  await machine.getByText('Tôi có lịch hẹn').click()
  await machine.getByLabel('Mã hẹn').fill(code)
  await machine.getByRole('button', { name: 'Nhận số theo lịch hẹn' }).click()
  await machine.getByText('đã hủy, đã dùng').waitFor()
  await machine.goto(home)
  await machine.getByRole('link', { name: 'Tôi thuộc diện ưu tiên' }).click()
  await machine.getByRole('link', { name: /Người cao tuổi/ }).click()
  await machine.getByRole('button', { name: 'Hộ tịch' }).click()
  await machine.locator('.ticket-number').waitFor()
  assert.equal(await numberOn(machine), 'A002')

  await unpairMachine(pairing, machine, home)

  // Somebody takes a number with the own telephone, whose browser works for it.
  const other = await world.visit({ size: PHONE })
  await other.goto(home)
  await assertFits(other, 'machine on a telephone')
  await other.getByRole('button', { name: 'Chứng thực' }).click()
  await other.locator('.ticket-number').waitFor()
  assert.equal(await numberOn(other), 'B001')
  await assertFits(other, 'ticket')
  await shoot(other, 'room-ticket-phone')

  assert.ok(follow.startsWith(world.url), follow)
  await phone.goto(follow)
  await phone.getByText('Còn 1 người trước bạn').waitFor()

  const screen = await openScreen(home.replace('lay-so', 'man-hinh'))
  const officer = await world.visit({ as: 'motcua.lan', size: DESK })
  await officer.goto(`/can-bo/quay?point=${point}`)
  await settled(officer)
  const serves = officer.locator('.desk-number')
  const call = async (key: string, number: string) => {
    await officer.keyboard.press(key)
    await serves.getByText(number, { exact: true }).waitFor()
  }
  await officer.getByRole('row', { name: /A001/ }).waitFor()
  await call('n', 'A002')
  await screen.locator('.tv-number', { hasText: 'A002' }).waitFor()
  await screen.locator('.tv-desk', { hasText: 'Quầy 1' }).waitFor()
  assert.deepEqual(await said(screen), ['Mời số A 0 0 2, đến quầy 1'])
  await officer.keyboard.press('r')
  for (const end = Date.now() + 10_000; (await said(screen)).length < 2 && Date.now() < end;)
    await screen.waitForTimeout(100)
  assert.equal((await said(screen)).length, 2)
  await assertAccessible(officer, 'desk')
  await shoot(officer, 'room-desk')
  await shoot(screen, 'room-screen')

  await call('n', 'A001')
  await phone.reload()
  await phone.getByText('Mời đến quầy 1').waitFor()
  await shoot(phone, 'room-called')
  // Nobody comes; a little later the person stands there after all.
  await call('s', '–')
  await phone.reload()
  await phone.getByText('chưa có người đến').waitFor()
  await officer.getByRole('button', { name: 'Gọi lại số này' }).click()
  await serves.getByText('A001', { exact: true }).waitFor()
  await call('x', '–')
  await call('n', 'B001')
  await call('s', '–')
  await officer.getByText('Hôm nay quầy đã phục vụ 2 người').waitFor()
  await shoot(officer, 'room-desk-after')

  await officer.goto(`/can-bo/thoi-gian-cho?point=${point}`)
  await settled(officer)
  const whole = officer.getByRole('row', { name: /Cả kỳ/ })
  await whole.getByRole('button', { name: '3', exact: true }).click()
  const list = officer.getByRole('dialog').getByRole('table')
  await list.getByRole('row', { name: /B001/ }).waitFor()
  assert.equal(await list.getByRole('row').count(), 4)
  await shoot(officer, 'room-times')
  const hours = await officer.locator('table').first().getByRole('row').getByRole('button').allInnerTexts()
  const all = hours.map(Number)
  assert.equal(all.pop(), 3)
  assert.equal(
    all.reduce((sum, tickets) => sum + tickets, 0),
    3,
  )

  await officer.goto(`/can-bo/lich-hen?point=${point}`)
  await officer.getByText('Đã đến').waitFor()
  await shoot(officer, 'room-appointments')
})
