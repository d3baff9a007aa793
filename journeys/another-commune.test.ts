import assert from 'node:assert/strict'
import { newId } from '../src/platform/id.ts'
import { aNeighbour, ask, choose, dossierOf, openDossier, perform, tell } from './officer.ts'
import { PHONE, settled, shoot, startWorld, story, type World } from './world.ts'

const world = startWorld()

const PASSWORD = 'gió mùa thu về 2026'

/** A neighbour begins to work: its desk, its offices, and one officer in each, founded by the system's administrator. */
async function foundNeighbour(home: World): Promise<{ agencyId: number; name: string }> {
  const admin = await home.visit({ as: 'hethong.tri' })
  const { agencies } = await ask<{ agencies: { agencyId: number; fullName: string; parentName: string }[] }>(
    admin,
    `/api/agencies?query=${encodeURIComponent('Xã Thanh Miện')}&kind=commune`,
  )
  const found = agencies.find(
    ({ fullName, parentName }) => fullName === 'Xã Thanh Miện' && /Hải Phòng/.test(parentName),
  )
  assert.ok(found, 'there is a neighbour')
  const { agencyId } = found
  const said = (body: object) => ({ ...body, commandId: newId() })
  const coded = await admin.context().request.put(`/api/agencies/${agencyId}/code`, {
    headers: { 'x-motcua': '1' },
    data: said({ scheme: 'dossier', code: 'H24.34.20', from: '2025-07-01' }),
  })
  assert.equal(coded.status(), 200, await coded.text())
  await tell(
    admin,
    `/api/agencies/${agencyId}/procedures`,
    said({ codes: ['1.000894', '1.004884', '2.000635'], validFrom: '2025-07-01' }),
  )
  for (const { kind, unit, role, name, userName } of [
    {
      kind: 'one-stop',
      unit: 'Trung tâm Phục vụ hành chính công',
      role: 'receiving-officer',
      name: 'Hà Thị Quầy',
      userName: 'quay.thanhmien',
    },
    { kind: 'justice', unit: 'Bộ phận Tư pháp', role: 'specialist', name: 'Lý Văn Hộ', userName: 'tuphap.thanhmien' },
    {
      kind: 'leadership',
      unit: 'Lãnh đạo Ủy ban nhân dân',
      role: 'leader',
      name: 'Cao Thị Ký',
      userName: 'chutich.thanhmien',
    },
    { kind: 'office', unit: 'Văn phòng', role: 'clerk', name: 'Mạc Văn Thư', userName: 'vanthu.thanhmien' },
  ]) {
    const { unitId } = await tell<{ unitId: number }>(
      admin,
      `/api/agencies/${agencyId}/units`,
      said({ kind, name: unit, validFrom: '2025-07-01' }),
    )
    const { officerId } = await tell<{ officerId: number }>(
      admin,
      '/api/officers',
      said({
        name,
        title: '',
        email: '',
        phone: '',
        staffCode: null,
        post: { agencyId, unitId, role, title: name, validFrom: '2025-07-01', validTo: null },
      }),
    )
    const { link } = await tell<{ link: string }>(admin, '/api/accounts', said({ officerId, userName }))
    const officer = await home.visit()
    await officer.goto(link)
    const passwords = officer.locator('input[type="password"]')
    await passwords.first().fill(PASSWORD)
    await passwords.nth(1).fill(PASSWORD)
    await officer.getByRole('button', { name: 'Hoàn tất' }).click()
    await officer.getByText('Đã xong. Bây giờ bạn có thể đăng nhập.').waitFor()
    await officer.context().close()
  }
  await admin.context().close()
  return { agencyId, name: found.fullName }
}

/** Signs in by the door, as these accounts are not of the demo. */
async function visitAs(userName: string) {
  const page = await world.visit()
  await page.goto('/can-bo')
  await page.getByLabel('Tên đăng nhập').fill(userName)
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  return page
}

story('a dossier of the neighbour is lodged here, decided there, and handed over here (phi địa giới)', async () => {
  const neighbour = await foundNeighbour(world)
  const person = aNeighbour()

  // The counter of Hải Hưng takes the papers in for Thanh Miện.
  const counter = await world.visit({ as: 'motcua.lan' })
  await counter.goto('/can-bo/tiep-nhan')
  await settled(counter)
  await counter.getByLabel('Số định danh').first().fill(person.identityNumber)
  await counter.getByLabel('Họ và tên').first().fill(person.name)
  await counter.getByLabel('Ngày sinh').first().fill('02/04/1995')
  await counter.getByLabel('Điện thoại').first().fill(person.phone)
  await counter.getByLabel('Số nhà, đường, thôn').first().fill('Thôn Đông')
  await choose(counter, 'Xã, phường', 'Thanh Miện')
  await choose(counter, 'Tên thủ tục', 'Đăng ký lại khai sinh')
  await counter.getByRole('checkbox', { name: /Cơ quan có thẩm quyền là nơi khác/ }).check()
  await shoot(counter, 'elsewhere-empty')
  await choose(counter, 'Cơ quan có thẩm quyền giải quyết', 'Thanh Miện')
  await counter.keyboard.press('F8')
  await shoot(counter, 'elsewhere-chosen')
  await counter.setViewportSize(PHONE)
  await shoot(counter, 'elsewhere-chosen-360')
  await counter.setViewportSize({ width: 1280, height: 860 })
  await counter.keyboard.press('Control+Enter')
  const open = counter.getByRole('link', { name: 'Mở hồ sơ' })
  await open.waitFor()
  await shoot(counter, 'elsewhere-done')
  await open.click()
  await counter.getByRole('heading', { level: 1, name: /Nguyễn Thị Hoa Mai/ }).waitFor()
  const dossierId = new URL(counter.url()).pathname.split('/').at(-1) ?? ''
  const lodged = await dossierOf(counter, dossierId)
  assert.equal(lodged.agencyId, neighbour.agencyId)
  assert.equal(lodged.status, 'lodged')
  assert.match(lodged.code, /^H24\.34\.20-261014-\d{4}$/)
  assert.equal(await counter.getByRole('button', { name: 'Tiếp nhận', exact: true }).count(), 0, 'not here')
  await shoot(counter, 'elsewhere-dossier')

  // Thanh Miện finds it among its waiting work, receives it and settles it; its clock starts there.
  const there = await visitAs('quay.thanhmien')
  await there.goto('/can-bo/ho-so?whose=unit')
  await there.getByRole('link', { name: /Nguyễn Thị Hoa Mai/ }).click()
  await there.getByRole('heading', { name: 'Hiện trạng' }).waitFor()
  await shoot(there, 'elsewhere-arrived')
  await perform(there, 'Tiếp nhận', async () => undefined)
  await perform(there, 'Chuyển xử lý')
  const justice = await visitAs('tuphap.thanhmien')
  await openDossier(justice, dossierId)
  await perform(justice, 'Hoàn thành bước', async () => undefined)
  const leader = await visitAs('chutich.thanhmien')
  await leader.goto('/can-bo/dau-ngay')
  await leader.getByRole('link', { name: /Nguyễn Thị Hoa Mai/ }).click()
  await leader.getByRole('heading', { name: 'Hiện trạng' }).waitFor()
  await perform(leader, 'Ký kết quả', async () => undefined)
  const clerk = await visitAs('vanthu.thanhmien')
  await openDossier(clerk, dossierId)
  await perform(clerk, 'Hoàn thành bước', async (sheet) => {
    await sheet.getByLabel('Số văn bản').fill('77/2026')
  })

  // Where it was lodged the result is handed over.
  await openDossier(counter, dossierId)
  if ((await dossierOf(counter, dossierId)).fee.due > 0)
    await perform(counter, 'Thu phí, lệ phí', async (sheet) => {
      await sheet.getByLabel('Số biên lai').fill('BL0001234')
    })
  await perform(counter, 'Trả kết quả', async () => undefined)
  await shoot(counter, 'elsewhere-returned')
  assert.equal((await dossierOf(counter, dossierId)).status, 'returned')
})
