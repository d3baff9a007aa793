import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { aNeighbour, choose, dossierOf, openDossier, perform, takeIn } from './officer.ts'
import { showPaper, textOf } from './papers.ts'
import { nextPrinted, shoot, startWorld, story } from './world.ts'

const world = startWorld()

async function paperOf(page: Page, dossierId: string, form: string): Promise<string> {
  const view = await dossierOf(page, dossierId)
  const paper = view.forms.find((each) => each.form.startsWith(form))
  assert.ok(paper, `no paper ${form} among ${view.forms.map((each) => each.form).join(', ')}`)
  const bytes = await world.fetch(page, paper.url)
  showPaper(`ended-${form}`, bytes)
  return textOf(bytes)
}

story('a dossier is withdrawn by its applicant and its papers go back, with form 05', async () => {
  const counter = await world.visit({ as: 'motcua.huong' })
  const { dossierId, code } = await takeIn(counter, { code: '1.004873', caseKey: 'first' })
  await openDossier(counter, dossierId)
  await perform(counter, 'Chuyển xử lý')
  await perform(counter, 'Rút hồ sơ', async (sheet) => {
    await sheet.getByText('Hồ sơ kết thúc theo yêu cầu của người nộp; không mở lại được.').waitFor()
    // Nothing is done without the reason.
    await sheet.getByRole('button', { name: 'Rút hồ sơ' }).click()
    await sheet.getByText('Mục này là bắt buộc.').waitFor()
    await shoot(counter, 'sheet-withdraw-missing')
    await sheet.getByLabel('Lý do').fill('Người nộp đã có giấy xác nhận từ lần trước.')
  })
  const words = await paperOf(counter, dossierId, 'stop')
  assert.match(words, /THÔNG BÁO .*DỪNG GIẢI QUYẾT/)
  assert.match(words, /Mẫu số 05/)
  assert.ok(words.includes(code))
  await perform(counter, 'Trả lại giấy tờ', async () => undefined)
  await counter.getByText('Hồ sơ đã kết thúc.').waitFor()
  assert.equal((await dossierOf(counter, dossierId)).status, 'withdrawn')
  await shoot(counter, 'withdrawn')
})

story('a dossier is refused at the counter, with form 03 and the reason', async () => {
  const counter = await world.visit({ as: 'motcua.lan' })
  await counter.goto('/can-bo/tiep-nhan')
  const person = aNeighbour({ name: 'Trần Thị Thu', identityNumber: '030190007777', birthDay: '1990-03-08' })
  await counter.getByLabel('Số định danh').fill(person.identityNumber)
  await counter.getByLabel('Họ và tên').fill(person.name)
  await counter.getByRole('textbox', { name: 'Ngày sinh' }).fill('08/03/1990')
  await choose(counter, 'Tên thủ tục', 'giấy phép xây dựng')
  await counter.getByRole('button', { name: 'Từ chối tiếp nhận…' }).click()
  const slip = counter.getByRole('dialog')
  await slip.getByText(/mẫu số 03/).waitFor()
  await slip.getByLabel('Lý do').fill('Công trình do cơ quan khác cấp phép.')
  await slip.getByLabel('Căn cứ').fill('Điều 17 Nghị định số 118/2025/NĐ-CP')
  await slip.getByLabel('Hướng dẫn thực hiện').fill('Nộp tại Sở Xây dựng.')
  await shoot(counter, 'intake-refusal')
  await slip.getByRole('button', { name: 'Lập phiếu từ chối' }).click()
  const code = (await counter.getByText(/^H24\.34\.21-261014-\d{4}$/).textContent()) ?? ''
  await counter.keyboard.press('Enter')
  const printed = await world.fetch(counter, await nextPrinted())
  showPaper('refused-at-intake', printed)
  const words = await textOf(printed)
  assert.match(words, /PHIẾU TỪ CHỐI TIẾP NHẬN(, | )GIẢI QUYẾT HỒ SƠ/)
  assert.ok(words.includes(code))
  assert.match(words, /Công trình do cơ quan khác cấp phép/)
  assert.match(words, /Mẫu số 03/)
})

story('a dossier is refused in processing by the leader, never without reason and basis', async () => {
  const counter = await world.visit({ as: 'motcua.lan' })
  const { dossierId } = await takeIn(counter, {
    code: '1.004837',
    caseKey: 'natural',
    applicant: aNeighbour({ name: 'Đỗ Văn Bền', identityNumber: '030080001234', birthDay: '1980-01-15', sex: 'male' }),
  })
  await openDossier(counter, dossierId)
  await perform(counter, 'Chuyển xử lý')
  const justice = await world.visit({ as: 'tuphap.trang' })
  await openDossier(justice, dossierId)
  await perform(justice, 'Hoàn thành bước', async (sheet) => {
    await sheet.getByLabel('Ý kiến xử lý').fill('Không thuộc trường hợp phải có người giám hộ.')
  })
  const leader = await world.visit({ as: 'phochutich.phuong' })
  await openDossier(leader, dossierId)
  await perform(leader, 'Ký kết quả', async (sheet) => {
    await sheet.getByRole('radio', { name: 'Từ chối giải quyết' }).check()
    await sheet.getByRole('button', { name: 'Ký kết quả' }).click()
    await sheet.getByText('Mục này là bắt buộc.').first().waitFor()
    await sheet.getByLabel('Số văn bản kết quả').fill('38/TB-UBND')
    await sheet.getByLabel('Lý do').fill('Người được giám hộ đã đủ 18 tuổi và có năng lực hành vi dân sự.')
    await sheet.getByLabel('Căn cứ pháp lý').fill('Điều 47 Bộ luật Dân sự')
    await shoot(leader, 'sheet-sign-refusal')
  })
  const words = await paperOf(leader, dossierId, 'refusal')
  assert.match(words, /từ chối giải quyết hồ sơ này/)
  assert.match(words, /Người được giám hộ đã đủ 18 tuổi/)
  assert.match(words, /Mẫu số 03/)

  // What was refused costs nothing and is handed over like any result.
  await openDossier(counter, dossierId)
  await perform(counter, 'Trả kết quả', async () => undefined)
  const view = await dossierOf(counter, dossierId)
  assert.deepEqual([view.status, view.outcome], ['returned', 'refused'])
})
