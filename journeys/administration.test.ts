import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { ask, choose, takeIn } from './officer.ts'
import { settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()

story(
  'an administrator gives a new officer a post and an account, and the officer sets a password and works',
  async () => {
    const admin = await world.visit({ as: 'quantri.dat' })
    await admin.goto('/can-bo/nhan-su')
    await admin.getByRole('button', { name: 'Thêm cán bộ' }).click()
    const form = admin.getByRole('dialog')
    await form.getByLabel('Họ và tên').fill('Nguyễn Thị Cán Bộ Mới')
    await choose(form, 'Bộ phận', 'Tư pháp')
    await choose(form, 'Vai trò', 'chuyên môn')
    await form.getByLabel('Chức danh của vị trí').fill('Công chức Tư pháp – Hộ tịch')
    await form.getByLabel('Tên đăng nhập').fill('tuphap.moi')
    await shoot(admin, 'officer-new')
    await form.getByRole('button', { name: 'Thêm cán bộ' }).click()
    const link = admin
      .getByRole('dialog')
      .getByText(/http:\/\/\S+thiet-lap\S+/)
      .or(admin.getByRole('dialog').locator('input[value*="thiet-lap"]'))
      .first()
    await link.waitFor()
    await shoot(admin, 'officer-link')
    const address = await link.evaluate((element) => (element as HTMLInputElement).value || element.textContent || '')

    const officer = await world.visit()
    await officer.goto(address.trim())
    await officer.getByRole('heading', { level: 1 }).waitFor()
    const passwords = officer.locator('input[type="password"]')
    await passwords.first().fill('gió mùa thu về 2026')
    await passwords.nth(1).fill('gió mùa thu về 2026')
    await shoot(officer, 'officer-password')
    await officer.getByRole('button', { name: 'Hoàn tất' }).click()
    await officer.getByText('Đã xong. Bây giờ bạn có thể đăng nhập.').waitFor()
    await officer.getByRole('link', { name: /đăng nhập/i }).click()
    await officer.getByLabel('Tên đăng nhập').fill('tuphap.moi')
    await officer.getByRole('textbox', { name: 'Mật khẩu' }).fill('gió mùa thu về 2026')
    await officer.keyboard.press('Enter')
    await officer.getByRole('heading', { name: 'Việc đang chờ' }).waitFor()
    await officer.getByText('Bộ phận của tôi').waitFor()
    await shoot(officer, 'officer-first-day')
  },
)

story('a day off is tried, entered, and moves the due dates only after they were seen', async () => {
  const counter = await world.visit({ as: 'motcua.lan' })
  const { dossierId, code } = await takeIn(counter, { code: '1.004873', caseKey: 'first' })
  const dueOf = async () => (await ask<{ due: { current: string } }>(counter, `/api/dossiers/${dossierId}`)).due.current
  const before = await dueOf()

  const admin = await world.visit({ as: 'quantri.dat' })
  await admin.goto('/can-bo/tinh-lai-han')
  await settled(admin)
  await admin.getByRole('textbox', { name: /Ngày$/ }).fill('15/10/2026')
  await choose(admin, 'Loại', 'Cơ quan nghỉ')
  const row = admin.getByRole('row').filter({ hasText: code })
  await row.waitFor()
  await shoot(admin, 'due-preview')
  assert.equal(await dueOf(), before, 'a preview changes nothing')

  await admin.goto('/can-bo/lich-lam-viec')
  await admin.getByRole('button', { name: 'Thêm ngày' }).click()
  const form = admin.getByRole('dialog')
  await form.getByRole('textbox', { name: /^Ngày/ }).fill('15/10/2026')
  await choose(form, 'Loại', 'Cơ quan nghỉ')
  await form.getByLabel(/^Tên/).fill('Hội nghị toàn xã')
  await form.getByLabel(/^Văn bản quy định/).fill('Thông báo số 12/TB-UBND ngày 12/10/2026')
  await shoot(admin, 'calendar-day')
  await form.getByRole('button', { name: 'Lưu' }).click()
  await admin
    .getByText(/^Đã lưu Thứ Năm, 15\/10\/2026/)
    .first()
    .waitFor()

  await admin.goto('/can-bo/tinh-lai-han')
  await admin.getByRole('row').filter({ hasText: code }).waitFor()
  await admin.getByLabel(/^Văn bản làm căn cứ/).fill('Thông báo số 12/TB-UBND ngày 12/10/2026')
  await admin.getByRole('button', { name: 'Áp dụng' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Áp dụng' }).click()
  await admin
    .getByText(/^Đã tính lại hạn của \d+ hồ sơ/)
    .first()
    .waitFor()
  assert.ok((await dueOf()) > before)

  // The dossier explains itself: why this day.
  await counter.goto(`/can-bo/ho-so/${dossierId}`)
  await counter.getByText('Vì sao là ngày này?').click()
  await counter
    .getByText(/Hội nghị toàn xã/)
    .first()
    .waitFor()
  await counter.getByText('Tính lại hạn do thay đổi lịch làm việc').first().waitFor()
  await shoot(counter, 'due-moved')
})

story('office hours change from a day on', async () => {
  const admin = await world.visit({ as: 'quantri.dat' })
  await admin.goto('/can-bo/lich-lam-viec')
  await settled(admin)
  await admin
    .getByRole('button', { name: /giờ làm việc/i })
    .first()
    .click()
  const form = admin.getByRole('dialog')
  await form.getByRole('textbox', { name: /ngày/i }).first().fill('02/11/2026')
  await shoot(admin, 'office-hours')
  await form.getByRole('button', { name: 'Lưu' }).click()
  await form.waitFor({ state: 'detached' })
  await admin
    .getByText(/02\/11\/2026/)
    .first()
    .waitFor()
})

story('a procedure gets its next version, and a citizen reads it from its first day on', async () => {
  const admin = await world.visit({ as: 'hethong.tri' })
  await admin.goto('/can-bo/thu-tuc/1.004873/phien-ban-moi')
  await settled(admin)
  await admin
    .getByLabel(/^Tên thường gọi|^Tên ngắn|^Tên gọi/)
    .first()
    .fill('Giấy độc thân (xác nhận tình trạng hôn nhân)')
  await admin
    .getByRole('textbox', { name: /^Áp dụng từ|^Có hiệu lực từ|^Từ ngày/ })
    .first()
    .fill('14/10/2026')
  await shoot(admin, 'procedure-next')
  const publish = admin.getByRole('button', { name: /^(Công bố|Ban hành|Áp dụng)/ })
  await publish.click()
  await admin.waitForURL(/\/thu-tuc\/1\.004873$/)
  await admin.getByText('Giấy độc thân (xác nhận tình trạng hôn nhân)').first().waitFor()
  const citizen = await world.visit({ script: false })
  // The server remembers for a few seconds which version holds.
  for (let tries = 0; tries < 40; tries++) {
    await citizen.goto('/thu-tuc?tu=giay+doc+than')
    if ((await citizen.getByRole('link', { name: /Giấy độc thân/ }).count()) > 0) return
    await wait(250)
  }
  assert.fail('citizens do not see the new version')
})

story('a process is edited as a picture; more time than the law gives is not taken', async () => {
  const admin = await world.visit({ as: 'quantri.dat' })
  await admin.goto('/can-bo/quy-trinh/1.004873')
  await admin.getByRole('button', { name: 'Sửa quy trình' }).click()
  await admin
    .getByRole('button', { name: /^Sửa bước: .*Thẩm định/ })
    .or(admin.getByRole('button', { name: /Thẩm định/ }))
    .first()
    .click()
  const step = admin.getByRole('dialog')
  await step.getByLabel('Tên bước').fill('Tra cứu và dự thảo giấy xác nhận')
  await step.getByLabel('Ngày làm việc').fill('30')
  await step.getByLabel('Giờ').press('Tab')
  await step.getByRole('button', { name: 'Xong' }).click()
  await admin.getByText(/Tổng thời gian vượt thời hạn pháp luật quy định/).waitFor()
  await shoot(admin, 'process-over')
  assert.ok(await admin.getByRole('button', { name: 'Áp dụng…' }).isDisabled())

  await admin
    .getByRole('button', { name: /Tra cứu và dự thảo/ })
    .first()
    .click()
  await step.getByLabel('Ngày làm việc').fill('0')
  await step.getByLabel('Giờ').fill('4')
  await step.getByLabel('Giờ').press('Tab')
  await step.getByRole('button', { name: 'Xong' }).click()
  await admin.getByRole('button', { name: 'Áp dụng…' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Áp dụng quy trình' }).click()
  await admin.getByText('Đã lưu quy trình.').first().waitFor()
  await shoot(admin, 'process-saved')

  // What is received from now on goes this way.
  const counter = await world.visit({ as: 'motcua.lan' })
  const { dossierId } = await takeIn(counter, { code: '1.004873', caseKey: 'first' })
  await counter.goto(`/can-bo/ho-so/${dossierId}`)
  await counter.getByText('Tra cứu và dự thảo giấy xác nhận').first().waitFor()
})
