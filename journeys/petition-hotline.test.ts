import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { choose } from './officer.ts'
import { assertAccessible, DESK, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()

/** Opens the petition and gives one command with what its sheet asks for. */
async function order(page: Page, path: string, command: string, fill: (sheet: Locator) => Promise<void>) {
  await page.goto(path)
  await settled(page)
  await page.getByRole('button', { name: command }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.waitFor()
  await fill(sheet)
  await sheet.getByRole('button', { name: command, exact: true }).click()
  await sheet.waitFor({ state: 'hidden' })
}

story(
  'a petition by telephone: written down, sorted, drafted, answered, published without names, reopened',
  async () => {
    const desk = await world.visit({ as: 'motcua.lan', size: DESK })
    await desk.goto('/can-bo/phan-anh/ghi-nhan')
    await settled(desk)
    await desk
      .getByLabel('Chuyện gì đã xảy ra?')
      .fill('Ông Trần Văn Sáu ở Xóm 5, điện thoại 0912 345 678, đến ba lần vẫn không được hướng dẫn hồ sơ đất.')
    await desk.getByLabel('Họ tên hoặc tên tổ chức').fill('Trần Văn Sáu')
    await desk.getByLabel('Điện thoại').fill('0912 345 678')
    await desk.getByRole('button', { name: 'Ghi nhận' }).last().click()
    await desk.getByRole('link', { name: 'Mở phản ánh' }).waitFor()
    await shoot(desk, 'hotline-registered')
    const said = await desk.locator('main').innerText()
    const [code = ''] = /PA\d+-26-\d{4}/.exec(said) ?? []
    const key = await desk.locator('.f-key').first().innerText()
    assert.match(key, /^[0-9A-Z]{5} [0-9A-Z]{5}$/)
    await desk.getByRole('link', { name: 'Mở phản ánh' }).click()
    await desk.waitForURL(/\/phan-anh\/[0-9a-f-]{36}/)
    const path = new URL(desk.url()).pathname

    const clerk = await world.visit({ as: 'vanthu.mai', size: DESK })
    await order(clerk, path, 'Phân loại và giao xử lý', async (sheet) => {
      await choose(sheet, 'Đơn vị xử lý', 'Tư pháp')
      await shoot(clerk, 'hotline-sort')
    })
    const handler = await world.visit({ as: 'tuphap.hung', size: DESK })
    await order(handler, path, 'Trình dự thảo trả lời', (sheet) =>
      sheet
        .getByLabel('Dự thảo trả lời')
        .fill('Đã nhắc nhở bộ phận tiếp nhận và hướng dẫn ông Trần Văn Sáu đủ giấy tờ.'),
    )
    const leader = await world.visit({ as: 'chutich.thang', size: DESK })
    await order(leader, path, 'Duyệt và trả lời', async (sheet) => {
      assert.match(await sheet.getByLabel('Nội dung trả lời người gửi').inputValue(), /Đã nhắc nhở/)
    })

    // Published are words of their own: the telephone and the name are hidden before the clerk even reads.
    await clerk.goto(path)
    await settled(clerk)
    await clerk.getByRole('button', { name: 'Công khai', exact: true }).click()
    const sheet = clerk.getByRole('dialog', { name: 'Công khai kết quả' })
    const words = sheet.getByLabel('Nội dung phản ánh, đã che')
    await words.waitFor()
    assert.doesNotMatch(await words.inputValue(), /0912|Sáu/)
    await assertAccessible(clerk, 'publication')
    await shoot(clerk, 'hotline-publish')
    for (let left = await sheet.getByRole('button', { name: 'Che', exact: true }).count(); left > 0; left -= 1)
      await sheet.getByRole('button', { name: 'Che', exact: true }).first().click()
    await sheet.getByRole('checkbox', { name: /không còn thông tin cá nhân/ }).check()
    await sheet.getByRole('button', { name: 'Công khai', exact: true }).click()
    await sheet.waitFor({ state: 'hidden' })

    const phone = await world.visit({ size: PHONE })
    await phone.goto(`/phan-anh/cong-khai/${code}`)
    await phone.getByText('Đã nhắc nhở').first().waitFor()
    assert.doesNotMatch(await phone.locator('main').innerText(), /Sáu|0912/)
    await shoot(phone, 'hotline-published')

    // The sender follows with the code that was read out, is not content, and has it opened again.
    await phone.goto('/phan-anh/theo-doi')
    await phone.getByLabel('Mã phản ánh').fill(code)
    await phone.getByLabel('Mã tra cứu, hoặc số điện thoại bạn đã ghi').fill(key.toLowerCase())
    await phone.getByRole('button', { name: 'Xem', exact: true }).click()
    await phone.getByRole('radio', { name: 'Chưa' }).check()
    await phone.getByRole('button', { name: 'Gửi đánh giá' }).click()
    await phone.getByText('Cảm ơn bạn đã đánh giá').waitFor()
    await phone.locator('summary', { hasText: 'Yêu cầu mở lại' }).click()
    await phone.getByLabel('Điều gì chưa được giải quyết?').fill('Hôm nay tôi đến vẫn chưa được nhận hồ sơ.')
    await phone.getByRole('button', { name: 'Yêu cầu mở lại' }).click()
    await phone.getByText('Đã mở lại theo yêu cầu của bạn').first().waitFor()
    await shoot(phone, 'hotline-reopened')
  },
)
