import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import ExcelJS from 'exceljs'
import { closeRenderer, renderRegisterXlsx } from './render.ts'
import { aRegister } from './testing.ts'

after(closeRenderer)

async function readBack(form = aRegister()): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook()
  const bytes = await renderRegisterXlsx(form)
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer)
  const [sheet] = workbook.worksheets
  assert.ok(sheet)
  return sheet
}

const headRow = 5
const column = (sheet: ExcelJS.Worksheet, head: string): number => {
  const heads = sheet.getRow(headRow).values as unknown[]
  return heads.indexOf(head)
}

test('the workbook has a frozen head, filters and one row a dossier', async () => {
  const sheet = await readBack(aRegister(30))
  assert.deepEqual(
    sheet.views.map(({ state }) => state),
    ['frozen'],
  )
  assert.equal(sheet.rowCount, headRow + 30)
  assert.ok(sheet.autoFilter)
  assert.equal(sheet.getRow(headRow + 30).getCell(column(sheet, 'Mã hồ sơ')).value, 'H42.28.15-261120-0030')
})

test('numbers and days do not touch the words beside them; the rows of the heading hold their letters', async () => {
  const sheet = await readBack()
  const first = sheet.getRow(headRow + 1)
  for (const head of ['TT', 'Số bộ', 'Ngày nhận hồ sơ'])
    assert.equal(first.getCell(column(sheet, head)).alignment.horizontal, 'center', head)
  assert.equal(first.getCell(column(sheet, 'Địa chỉ')).alignment.horizontal, undefined)
  for (const row of [1, 2, 3, 4]) {
    const { height } = sheet.getRow(row)
    assert.ok(height >= (sheet.getCell(row, 1).font.size ?? 0) * 1.4, String(height))
  }
})

test('days are real dates that show the Vietnamese hour', async () => {
  const sheet = await readBack()
  const cell = sheet.getRow(headRow + 1).getCell(column(sheet, 'Ngày nhận hồ sơ'))
  assert.equal(cell.type, ExcelJS.ValueType.Date)
  assert.equal((cell.value as Date).toISOString(), '2026-11-20T09:15:00.000Z')
  assert.equal(cell.numFmt, 'dd/mm/yyyy hh:mm')
})

test('text that looks like a formula stays text', async () => {
  const dangerous = ['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x","y")', "'=1", '\u0000=1']
  const form = aRegister(dangerous.length)
  const rows = form.rows.map((row, index) => ({ ...row, name: dangerous[index] ?? '', note: dangerous[index] ?? '' }))
  const sheet = await readBack({ ...form, rows, filter: '=1+1' })
  for (const [index, text] of dangerous.entries())
    for (const head of ['Tên cá nhân, tổ chức', 'Ghi chú']) {
      const cell = sheet.getRow(headRow + 1 + index).getCell(column(sheet, head))
      assert.equal(cell.type, ExcelJS.ValueType.String)
      assert.equal(cell.value, text.replace('\u0000', ''))
      assert.equal(cell.numFmt, '@')
      assert.equal(cell.formula, undefined)
    }
})
