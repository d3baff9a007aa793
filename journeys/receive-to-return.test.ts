import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { dossierOf, openDossier, perform } from './officer.ts'
import { pagesOf, qrOf, showPaper, textOf } from './papers.ts'
import { nextPrinted, PHONE, shoot, startWorld, story } from './world.ts'

const world = startWorld()

story(
  'a birth is registered: from the counter through every hand and back, then looked up by its QR code',
  async () => {
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
    await counter
      .getByRole('option', { name: /Xã Hải Hưng/ })
      .first()
      .waitFor()
    await keys.press('Enter')
    await focusOn('Tên thủ tục')
    await type('khai sinh')
    await counter
      .getByRole('option', { name: /khai sinh/i })
      .first()
      .waitFor()
    await keys.press('Enter')
    await counter.getByRole('table').first().waitFor()
    await keys.press('F8')
    await shoot(counter, 'intake-filled')
    await keys.press('Control+Enter')
    await counter.getByRole('heading', { name: /tiếp nhận/i, level: 2 }).waitFor()
    const code = (await counter.getByText(/^H24\.34\.21-261014-\d{4}$/).textContent()) ?? ''
    await shoot(counter, 'intake-done')

    // Enter prints the receipt; its QR code leads to the tracking page.
    await keys.press('Enter')
    const receipt = await world.fetch(counter, await nextPrinted())
    showPaper('receipt', receipt)
    const words = await textOf(receipt)
    assert.match(words, /GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ/)
    assert.ok(words.includes(code))
    assert.ok(words.includes('Nguyễn Thị Hoa Mai'))
    assert.equal(await pagesOf(receipt), 1, 'a receipt of a birth fits on one page, signatures included')
    const tracking = await qrOf(receipt)
    assert.ok(tracking.startsWith(`${world.url}/`), tracking)

    // A citizen without any account scans it: where it is, and nothing about anybody.
    const citizen = await world.visit({ size: PHONE, script: false })
    await citizen.goto(tracking)
    await citizen.getByText('Đã tiếp nhận, đang chuyển cho bộ phận giải quyết.').waitFor()

    // On to the justice officer, from the page of the dossier.
    await counter.getByRole('link', { name: 'Mở hồ sơ' }).click()
    await counter.getByRole('heading', { level: 1, name: /Nguyễn Thị Hoa Mai/ }).waitFor()
    const dossierId = new URL(counter.url()).pathname.split('/').at(-1) ?? ''
    await perform(counter, 'Chuyển xử lý')
    await shoot(counter, 'dossier-forwarded')

    // The justice officer finds it in the queue of the unit, takes it, and misses a paper.
    const justice = await world.visit({ as: 'tuphap.hung', expects: [/422.*\/files\?purpose=other/] })
    await justice.goto('/can-bo/ho-so?whose=unit')
    await justice.getByRole('link', { name: 'Nguyễn Thị Hoa Mai' }).click()
    await justice.getByRole('heading', { level: 1, name: /Nguyễn Thị Hoa Mai/ }).waitFor()
    await justice.getByRole('button', { name: 'Nhận việc' }).click()
    await justice.getByText(/Đã thực hiện: Nhận việc/).waitFor()
    await perform(justice, 'Yêu cầu bổ sung', async (sheet) => {
      await sheet.getByRole('checkbox').nth(1).check()
      await sheet
        .getByLabel(/^Nội dung cần bổ sung/)
        .first()
        .fill('Nộp bản có đóng dấu của cơ sở y tế')
      await sheet.getByLabel('Lý do').fill('Giấy chứng sinh không có dấu của cơ sở y tế.')
      await shoot(justice, 'sheet-supplement')
    })
    const slip = await paperOf(justice, dossierId, 'supplement')
    assert.match(slip, /PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ/)
    assert.match(slip, /Giấy chứng sinh không có dấu/)
    await citizen.goto(tracking)
    await citizen.getByText('Tạm dừng: đang chờ bạn bổ sung hồ sơ.').waitFor()

    // The mother brings it to the counter.
    await openDossier(counter, dossierId)
    await perform(counter, 'Nhận bổ sung', async (sheet) => {
      const asked = sheet.getByRole('checkbox', { name: /Giấy chứng sinh/ })
      await asked.check()
      await shoot(counter, 'sheet-supplement-received')
    })

    // The officer finishes, the chairman signs, the clerk registers.
    await openDossier(justice, dossierId)
    await perform(justice, 'Hoàn thành bước', async (sheet) => {
      await sheet.getByLabel('Ý kiến xử lý').fill('Đủ điều kiện đăng ký khai sinh.')
      // A file that was refused holds the step back until it is removed.
      const empty = { name: 'du-thao.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) }
      await sheet.locator('input[type=file]').setInputFiles(empty)
      await sheet.getByText(/^Tệp trống/).waitFor()
      await sheet.getByRole('button', { name: 'Hoàn thành bước' }).click()
      await sheet.getByText(/^Còn tệp chưa gửi xong hoặc không được nhận/).waitFor()
      assert.match((await justice.locator(':focus').textContent()) ?? '', /du-thao\.pdf/)
      await shoot(justice, 'sheet-refused-file')
      await sheet.getByRole('button', { name: 'Bỏ tệp du-thao.pdf' }).click()
    })
    const leader = await world.visit({ as: 'chutich.thang' })
    await openDossier(leader, dossierId)
    await perform(leader, 'Ký kết quả', async (sheet) => {
      // The clerk numbers it afterwards.
      assert.equal(await sheet.getByLabel('Số văn bản kết quả').count(), 0)
      await shoot(leader, 'sheet-sign')
    })
    assert.equal(await leader.getByRole('button', { name: 'Hoàn thành bước' }).count(), 0, 'that is the clerk’s')
    const clerk = await world.visit({ as: 'vanthu.mai' })
    await clerk.goto('/can-bo')
    await clerk.getByRole('heading', { level: 1, name: 'Việc đang chờ' }).waitFor()
    await openDossier(clerk, dossierId)
    await perform(clerk, 'Hoàn thành bước', async (sheet) => {
      await sheet.getByLabel('Số văn bản').fill('412/2026')
    })
    await citizen.goto(tracking)
    await citizen.getByText('Đã có kết quả.').waitFor()

    // Handed over at the counter. Birth registration in time costs nothing.
    await openDossier(counter, dossierId)
    assert.equal((await dossierOf(counter, dossierId)).fee.due, 0)
    await perform(counter, 'Trả kết quả', async (sheet) => {
      await sheet.getByRole('radio', { name: 'Người yêu cầu tự nhận' }).check()
    })
    await shoot(counter, 'dossier-returned')
    const sheet = await paperOf(counter, dossierId, 'control')
    assert.match(sheet, /PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ/)

    await citizen.goto(tracking)
    await citizen.getByText('Đã trả kết quả.').waitFor()
    await shoot(citizen, 'tracking-returned-phone')
    const page = await citizen.content()
    for (const personal of [
      'Hoa Mai',
      'Nguyễn Thị',
      '0912345678',
      '030195004321',
      'Thôn Đông',
      '02/04/1995',
      '412/2026',
    ])
      assert.ok(!page.includes(personal), `the tracking page tells ${personal}`)

    // The story at the counter tells every hand that it went through, and who the result was given to.
    const view = await dossierOf(counter, dossierId)
    assert.deepEqual(
      view.timeline.map(({ type }) => type).filter((type) => type !== 'componentsRecorded'),
      [
        'lodged',
        'received',
        'forwarded',
        'stepAssigned',
        'supplementRequested',
        'supplementReceived',
        'stepCompleted',
        'resultSigned',
        'stepCompleted',
        'resultReturned',
      ],
    )
    assert.equal(view.status, 'returned')
  },
)

async function paperOf(page: Page, dossierId: string, form: string): Promise<string> {
  const view = await dossierOf(page, dossierId)
  const paper = view.forms.find((each) => each.form.startsWith(form))
  assert.ok(paper, `no paper ${form} among ${view.forms.map((each) => each.form).join(', ')}`)
  const bytes = await world.fetch(page, paper.url)
  showPaper(`birth-${form}`, bytes)
  return textOf(bytes)
}
