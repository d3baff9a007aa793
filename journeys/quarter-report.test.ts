import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import mammoth from 'mammoth'
import type { Page } from 'playwright-core'
import { checkFile } from '../src/statistics/checker/index.ts'
import type { Cell, ReportReply } from '../src/statistics/forms/contract.ts'
import { ask } from './officer.ts'
import { settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()

const main = (page: Page) => page.getByRole('main')
const place = (form: string, row: string) => `#o-${form}-${row.replaceAll('.', '-')}`

async function show(page: Page, form: string): Promise<void> {
  await main(page)
    .getByRole('navigation', { name: 'Các biểu của báo cáo' })
    .getByRole('button', { name: new RegExp(`^${form}`) })
    .click()
  await page.locator('table.rf-table, table').first().waitFor()
  await settled(page)
}

/** Types down a column as the clerk does: each number with Enter. Waits until the server has kept them all. */
async function enter(page: Page, form: string, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [row, value] of Object.entries(values)) {
    const field = page.locator(place(form, row))
    await field.fill(value)
    await field.press('Enter')
  }
  await kept(page, form, (cell) => !(cell.row in values) || cell.value === Number(values[cell.row]))
}

async function kept(page: Page, form: string, isKept: (cell: Cell) => boolean): Promise<void> {
  const [reportId = ''] = /[0-9a-f-]{36}/.exec(page.url()) ?? []
  for (let tries = 0; tries < 300; tries++) {
    const report = await reportOf(page, reportId)
    if (report.forms.find(({ definition }) => definition.form === form)?.cells.every(isKept)) return settled(page)
    await page.waitForTimeout(100)
  }
  throw new Error(`${form}: what was typed is not kept`)
}

/** A percentage without part rows: numerator and denominator. */
async function enterParts(page: Page, form: string, row: string, [numerator, denominator]: [string, string]) {
  await page.locator(place(form, row)).fill(numerator)
  await page.locator(`${place(form, row)}-mau`).fill(denominator)
  await page.locator(`${place(form, row)}-mau`).press('Enter')
  await kept(page, form, (cell) => cell.row !== row || cell.denominator === Number(denominator))
}

async function zeros(page: Page): Promise<void> {
  await main(page).getByRole('button', { name: 'Điền 0 vào các ô còn trống' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Điền 0' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await settled(page)
}

const reportOf = (page: Page, reportId: string) => ask<ReportReply>(page, `/api/reports/${reportId}`)

function cellOf(report: ReportReply, form: string, row: string): Cell {
  const cell = report.forms.find(({ definition }) => definition.form === form)?.cells.find((each) => each.row === row)
  assert.ok(cell, `${form} has no row ${row}`)
  return cell
}

/** Waits until the report stands so. */
async function stands(page: Page, reportId: string, state: ReportReply['state']): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if ((await reportOf(page, reportId)).state === state) return settled(page)
    await page.waitForTimeout(100)
  }
  throw new Error(`the report is not ${state}`)
}

const blocks = (report: ReportReply, form: string, row: string): boolean =>
  report.findings.some((each) => each.severity === 'blocking' && each.form === form && each.row === row)

/** Opens a number of the form: behind it lie as many dossiers. */
async function countBehind(page: Page, form: string, row: string, wanted: number): Promise<void> {
  await page.locator(place(form, row)).click()
  await page.waitForFunction(
    (count) => {
      const tables = [...document.querySelectorAll('[role="dialog"] table.k-table')]
      const more = document.querySelector<HTMLButtonElement>('[role="dialog"] .k-more-rows')
      if (tables.some((table) => table.getAttribute('aria-busy') === 'true')) return false
      more?.click()
      return !more && document.querySelectorAll('[role="dialog"] tbody tr[data-opens]').length === count
    },
    wanted,
    { polling: 100 },
  )
}

story('the clerk writes the report of the first quarter of 2023 from the records', async (context) => {
  const clerk = await world.visit({ as: 'vanthu.mai' })
  const { agencies } = await ask<{ agencies: { agencyId: number; name: string }[] }>(clerk, '/api/reports?year=2023')
  const agencyId = agencies.find(({ name }) => name === 'Xã Đoàn Kết')?.agencyId
  await clerk.goto(`/can-bo/bao-cao?agencyId=${agencyId}&year=2023`)
  await clerk
    .getByRole('row', { name: /Quý I năm 2023.*10\/12\/2022.*09\/03\/2023/ })
    .getByRole('button', { name: /Lập báo cáo/ })
    .click()
  await clerk.waitForURL(/bao-cao\/[0-9a-f-]{36}/)
  const [reportId = ''] = /[0-9a-f-]{36}/.exec(clerk.url()) ?? []
  await settled(clerk)

  // Forms 3 and 7 are filled from the records, and say so.
  const first = await reportOf(clerk, reportId)
  for (const [form, row, value] of [
    ['bm3', '1.4', 140],
    ['bm3', '2.1', 2],
    ['bm3', '2.2', 42],
    ['bm3', '3.3.1', 523],
    ['bm3', '3.3.2', 523],
    ['bm3', '3.3', 100],
    ['bm7', '6.4.2', 66],
    ['bm7', '6.5.2', 44],
    ['bm7', '6.5', 100],
    ['bm7', '6.6.1', 110],
    ['bm7', '6.7.1', 523],
    ['bm7', '6.7.2', 504],
    ['bm7', '6.7', 96.37],
  ] as const)
    assert.equal(cellOf(first, form, row).value, value, `${form} ${row}`)
  assert.ok((cellOf(first, 'bm7', '6.5.3').value ?? 0) > 0, 'level 4 had online dossiers')

  // The rest is typed, as the commune printed it. Where its report was wrong, this one cannot be.
  await main(clerk).getByLabel('Căn cứ cho số nhập tay').fill('Sổ theo dõi cải cách hành chính năm 2023')
  await show(clerk, 'Biểu mẫu 1')
  assert.equal(await clerk.locator(`input${place('bm1', '2')}`).count(), 0, 'a percentage has no field')
  await enter(clerk, 'bm1', { '1': '19', '2.1': '36', '2.2': '15', '5': '1', '5.2': '1', '6': '0' })
  let report = await reportOf(clerk, reportId)
  assert.equal(cellOf(report, 'bm1', '2').value, 41.67, 'printed as 50')
  assert.ok(blocks(report, 'bm1', '5.1'), 'a survey without ballots')
  await shoot(clerk, 'quarter-stopped')
  await enter(clerk, 'bm1', { '5.1': '523' })
  await zeros(clerk)

  assert.equal(cellOf(await reportOf(clerk, reportId), 'bm1', '5.1').value, 523, 'zeros go into blank cells alone')

  await show(clerk, 'Biểu mẫu 2')
  await zeros(clerk)
  await show(clerk, 'Biểu mẫu 3')
  await enter(clerk, 'bm3', { '1.1': '0' })
  report = await reportOf(clerk, reportId)
  assert.equal(cellOf(report, 'bm2', '2.2').state, 'none-arose', 'printed as 0')
  assert.equal(cellOf(report, 'bm3', '3.4').state, 'none-arose', 'printed as 0')

  await show(clerk, 'Biểu mẫu 4')
  await enter(clerk, 'bm4', { '2.1': '20', '2.2': '18', '2.3': '1', '2.4': '0' })
  await enterParts(clerk, 'bm4', '1.2', ['1', '1'])
  await enterParts(clerk, 'bm4', '2.5', ['0', '20'])
  await show(clerk, 'Biểu mẫu 5')
  await enter(clerk, 'bm5', { '1.1': '1' })
  await zeros(clerk)
  await show(clerk, 'Biểu mẫu 6')
  await enter(clerk, 'bm6', { '1.1': '750', '1.2': '0' })
  await zeros(clerk)
  await show(clerk, 'Biểu mẫu 7')
  await enter(clerk, 'bm7', { '6.6.2': '110', '6.8.2': '17' })
  report = await reportOf(clerk, reportId)
  assert.equal(cellOf(report, 'bm6', '1').value, 0, 'left blank in the report')
  assert.ok(blocks(report, 'bm7', '6.8.2') || blocks(report, 'bm7', '6.8'), 'more than there are')
  const stopped = main(clerk).getByRole('complementary', { name: 'Kiểm tra' })
  await stopped.getByText(/6\.8/).first().waitFor()
  await enter(clerk, 'bm7', { '6.8.2': '7' })
  for (const row of ['3', '5.1.3', '5.2', '5.2.3', '5.3.3'])
    await enterParts(clerk, 'bm7', row, row.startsWith('5.2') ? ['109', '109'] : ['1', '1'])
  await show(clerk, 'Phụ biểu')
  await enter(clerk, 'nhan-su', { '1': '20', '2.1': '10', '2.2': '8', '3': '2', '4': '1', '6.1.1': '8', '6.2.1': '8' })

  // What is still open must be given a reason, then the leader may send and lock.
  for (;;) {
    report = await reportOf(clerk, reportId)
    const open = report.findings.filter(({ severity, explanation }) => severity === 'warning' && !explanation?.holds)
    assert.deepEqual(
      report.findings
        .filter(({ severity }) => severity === 'blocking')
        .map(({ form, row, words }) => [form, row, words]),
      [],
    )
    if (open.length === 0) break
    context.diagnostic(`to be explained: ${open.map(({ form, row }) => `${form} ${row}`).join(', ')}`)
    await stopped
      .getByRole('button', { name: /^Giải trình(?! lại)/ })
      .first()
      .click()
    const dialog = clerk.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Địa phương không theo dõi riêng chỉ tiêu này trong kỳ')
    await dialog.getByRole('button', { name: /Lưu|Giải trình/ }).click()
    await dialog.waitFor({ state: 'detached' })
    await settled(clerk)
  }
  await shoot(clerk, 'quarter-filled')

  const leader = await world.visit({ as: 'chutich.thang' })
  await leader.goto(`/can-bo/bao-cao/${reportId}`)
  await main(leader).getByRole('button', { name: 'Gửi báo cáo' }).click()
  await leader.getByRole('dialog').getByRole('button', { name: 'Gửi báo cáo' }).click()
  await stands(leader, reportId, 'submitted')
  if ((await reportOf(leader, reportId)).hasUpperLevel) {
    const above = await world.visit({ as: 'giamsat.bao' })
    await above.goto(`/can-bo/bao-cao/${reportId}`)
    await main(above).getByRole('button', { name: 'Chấp nhận' }).click()
    await above.getByRole('dialog').getByRole('button', { name: 'Chấp nhận' }).click()
    await stands(above, reportId, 'accepted')
    await leader.reload()
    await settled(leader)
  }
  await main(leader).getByRole('button', { name: 'Chốt báo cáo' }).click()
  await leader.getByRole('dialog').getByRole('button', { name: 'Chốt báo cáo' }).click()
  await leader.getByRole('dialog').waitFor({ state: 'detached' })
  await main(leader)
    .getByText(/Mã băm/)
    .waitFor()
  const locked = await reportOf(leader, reportId)
  assert.equal(locked.state, 'locked')
  assert.match(locked.hash ?? '', /^[0-9a-f]{64}$/)
  await shoot(leader, 'quarter-locked')

  // Three numbers, down to the dossiers.
  await show(leader, 'Biểu mẫu 3')
  await countBehind(leader, 'bm3', '3.3.1', 523)
  await leader.keyboard.press('Escape')
  await show(leader, 'Biểu mẫu 7')
  await countBehind(leader, 'bm7', '6.7.2', 504)
  await leader.keyboard.press('Escape')
  await show(leader, 'Biểu mẫu 3')
  await countBehind(leader, 'bm3', '3.3.2', 523)
  await leader.getByRole('dialog').locator('tbody tr').first().getByRole('link').first().click()
  await leader.waitForURL(/\/ho-so\/[0-9a-f-]{36}/)
  await leader.getByRole('heading', { name: 'Hiện trạng' }).waitFor()

  // Word and Excel, and nothing in them contradicts itself.
  await leader.goto(`/can-bo/bao-cao/${reportId}/loi-van`)
  await settled(leader)
  const [word] = await Promise.all([
    leader.waitForEvent('download'),
    main(leader).getByRole('button', { name: 'Tải Word' }).click(),
  ])
  const docx = await readFile(await word.path())
  const { value: text } = await mammoth.extractRawText({ buffer: docx })
  assert.match(text, /523 hồ sơ/)
  assert.match(text, /96,37/)
  const workbook = new ExcelJS.Workbook()
  const xlsx = await world.fetch(leader, `/api/reports/${reportId}/workbook`)
  await workbook.xlsx.load(xlsx as unknown as ExcelJS.Buffer)
  assert.ok(workbook.worksheets.length >= 8, `${workbook.worksheets.length} sheets`)
  for (const [bytes, name] of [
    [docx, 'bao-cao.docx'],
    [xlsx, 'bieu.xlsx'],
  ] as const) {
    const checked = await checkFile(bytes, name)
    assert.ok(checked.ok, name)
    assert.deepEqual(
      checked.value.findings.filter(({ severity }) => severity === 'error'),
      [],
      name,
    )
  }
})
