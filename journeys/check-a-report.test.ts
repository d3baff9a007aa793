import assert from 'node:assert/strict'
import { asDocx, asPdf } from '../src/statistics/checker/testing.ts'
import { assertAccessible, assertFits, PHONE, startWorld, story } from './world.ts'

const world = startWorld()

const report = [
  'BÁO CÁO',
  'Kết quả cải cách hành chính quý II năm 2024',
  'Trong quý, Ủy ban nhân dân phường tiếp nhận 1.250 hồ sơ (gồm: trực tuyến 1.100 hồ sơ, chiếm 88%; trực tiếp 140 hồ sơ, chiếm 11,2%).',
  'Kết quả khảo sát: 117 phiếu/174 phiếu đánh giá tốt, chiếm 67,1%; 57 phiếu/174 phiếu đánh giá rất tốt, chiếm 32,8%.',
]

story('a leader has the report of another authority checked', async () => {
  const page = await world.visit({ as: 'chutich.thang' })
  await page.goto('/can-bo/kiem-tra-bao-cao')
  const choose = page.locator('input[type=file]')
  await choose.setInputFiles({
    name: 'bao-cao-quy-2.docx',
    mimeType: 'application/octet-stream',
    buffer: await asDocx(report),
  })
  const finding = page.getByRole('listitem').filter({ hasText: 'Các phần cộng lại không bằng tổng số' })
  await finding.waitFor()
  assert.match(await finding.innerText(), /1\.100 \+ 140 = 1\.240 ≠ 1\.250/)
  await page.getByText('Đã kiểm tra và đúng').click()
  await page.getByText('1.100 / 1.250 × 100 = 88%').first().waitFor()
  await assertAccessible(page, 'checked report')
})

story('a scan is refused in plain words, on a phone as well', async () => {
  const page = await world.visit({ as: 'chutich.thang', size: PHONE, expects: [/422/] })
  await page.goto('/can-bo/kiem-tra-bao-cao')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'ban-quet.pdf', mimeType: 'application/pdf', buffer: asPdf([]) })
  await page.getByText('không có lớp văn bản').waitFor()
  await assertFits(page, 'checked report')
  // What was chosen and not sent is not lost by a step aside: whoever leaves is asked first.
  const away = page.getByRole('link', { name: 'Hồ sơ', exact: true })
  await away.click()
  const question = page.getByRole('dialog', { name: 'Bỏ tệp chưa gửi?' })
  await question.waitFor()
  await assertAccessible(page, 'leaving with a file unsent')
  await question.getByRole('button', { name: 'Không' }).click()
  await question.waitFor({ state: 'hidden' })
  assert.match(page.url(), /kiem-tra-bao-cao$/)
  await page.getByText('không có lớp văn bản').waitFor()
  await away.click()
  await question.getByRole('button', { name: 'Bỏ tệp và đi tiếp' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/kiem-tra-bao-cao'))
})
