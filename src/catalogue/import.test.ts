import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { readCatalogueData } from './data.ts'
import { importCatalogue, type ImportOptions } from './import.ts'
import { listFields } from './field-store.ts'
import type { CatalogueTables } from './tables.ts'
import { exportVersions, listVersions, versionOn } from './version-store.ts'
import { aCase, aFee, aTimeLimit, aVersion } from './testing.ts'
import { writeWorkbook } from './workbook.ts'

let database: TestDatabase<CatalogueTables>
before(async () => {
  database = await testDatabase<CatalogueTables>()
})
after(() => database.close())

const fields = [{ key: 'ho-tich', name: 'Hộ tịch', nameEn: 'Civil status', order: 1 }, ...readCatalogueData().fields]
const full = (code: string, change: Parameters<typeof aVersion>[0] = {}) =>
  aVersion({
    code,
    sequence: ['- Nếu nộp trực tiếp…', '=cmd|calc', 'Dòng một\nDòng hai'],
    cases: [
      aCase({
        fees: [
          aFee({ exemptions: [{ key: 'ho-ngheo', name: 'Hộ nghèo', percent: 50, basis: 'NQ' }] }),
          aFee({ name: 'Bản sao', kind: 'fee', per: 'page', cap: 200_000 }),
        ],
      }),
      aCase({
        key: 'xac-minh',
        name: 'Phải xác minh',
        timeLimits: [
          aTimeLimit({
            parts: [
              { amount: 7, unit: 'workingDay' },
              { amount: 12, unit: 'calendarDay' },
            ],
          }),
        ],
      }),
    ],
    handOffs: [{ to: 'police', name: 'Công an xã', parts: [{ amount: 2, unit: 'workingDay' }] }],
    coordinatingAgencies: ['Công an xã', 'Sở Tư pháp'],
    ...change,
  })
const take = async (bytes: Buffer, options: ImportOptions = {}) => {
  const result = await importCatalogue(database.db, bytes, options)
  assert.ok(result.ok, JSON.stringify(result))
  const { value: report } = result
  assert.equal(report.rows.read, report.rows.imported + report.rows.reported, JSON.stringify(report.lines))
  return report
}
/** A workbook of these versions, changed by hand before it is saved. */
const workbook = async (
  versions: ReturnType<typeof full>[],
  change: (book: exceljs.Workbook) => void = () => undefined,
) => {
  const book = new exceljs.Workbook()
  await book.xlsx.load((await writeWorkbook(versions, fields)) as unknown as exceljs.Buffer)
  change(book)
  return Buffer.from(await book.xlsx.writeBuffer())
}
const sheet = (book: exceljs.Workbook, name: string) => {
  const worksheet = book.getWorksheet(name)
  assert.ok(worksheet)
  return worksheet
}

test('what is exported is imported again as it was', async () => {
  const versions = [full('1.910001'), full('1.910002', { validTo: '2026-12-31' })]
  const preview = await take(await workbook(versions), { dryRun: true })
  assert.deepEqual(
    preview.procedures.map(({ outcome }) => outcome),
    ['published', 'published'],
  )
  assert.deepEqual(await listVersions(database.db, '1.910001'), [])
  const report = await take(await workbook(versions))
  assert.deepEqual(report.lines, [])
  assert.deepEqual(
    report.procedures.map(({ outcome }) => outcome),
    ['published', 'published'],
  )
  const codes = ['1.910001', '1.910002']
  const stored = await exportVersions(database.db, { codes })
  assert.deepEqual(stored, versions)
  const again = await take(await writeWorkbook(stored, await listFields(database.db)))
  assert.deepEqual(
    again.procedures.map(({ outcome }) => outcome),
    ['unchanged', 'unchanged'],
  )
  assert.equal((await listVersions(database.db, '1.910001')).length, 1)
})

test('the curated procedures go through the workbook and come back as they were', async () => {
  const { versions } = readCatalogueData()
  const report = await take(await writeWorkbook(versions as ReturnType<typeof full>[], fields), { mayLeaveGap: true })
  assert.deepEqual(
    report.lines.filter(({ severity }) => severity === 'error'),
    [],
  )
  const codes = [...new Set(report.procedures.map(({ code }) => code))]
  const key = ({ code, validFrom }: { code: string; validFrom: string }) => `${code} ${validFrom}`
  const stored = new Map((await exportVersions(database.db, { codes })).map((version) => [key(version), version]))
  for (const version of versions as ReturnType<typeof full>[]) assert.deepEqual(stored.get(key(version)), version)
})

test('a procedure with one bad cell stays out whole, and every row of it is told', async () => {
  const bytes = await workbook([full('1.910003'), full('1.910004')], (book) => {
    sheet(book, 'Thời hạn giải quyết').getCell('E2').value = 'vài hôm'
  })
  const report = await take(bytes)
  assert.deepEqual(
    report.procedures.map(({ code, outcome }) => [code, outcome]),
    [
      ['1.910003', 'held-back'],
      ['1.910004', 'published'],
    ],
  )
  const first = report.lines.find(({ code }) => code === 'not-a-time-limit')
  assert.deepEqual(first && { ...first, words: '' }, {
    sheet: 'Thời hạn giải quyết',
    row: 2,
    column: 'Thời hạn',
    code: 'not-a-time-limit',
    about: 'vài hôm',
    finding: null,
    words: '',
    severity: 'error',
    procedure: '1.910003',
  })
  assert.match(first?.words ?? '', /Không hiểu thời hạn «vài hôm»/)
  assert.ok(report.lines.some(({ code, sheet: name }) => code === 'held-back' && name === 'Trình tự thực hiện'))
  assert.equal(await versionOn(database.db, '1.910003', '2026-01-01'), undefined)
})

test('what the law finds missing is led back to sheet, row and column', async () => {
  const report = await take(
    await workbook([full('1.910005', { results: [] })], (book) => {
      sheet(book, 'Liên thông').getCell('E2').value = '01/08/2025'
    }),
  )
  assert.deepEqual(
    report.lines.filter(({ code }) => code === 'finding').map((line) => [line.sheet, line.row, line.column]),
    [
      ['Thủ tục', 2, 'results'],
      ['Thủ tục', 2, 'linkages'],
    ],
  )
})

test('nothing is lost in silence: unknown sheets, columns, rows without a procedure, formulas', async () => {
  const bytes = await workbook([full('1.910006'), full('1.910007')], (book) => {
    sheet(book, 'Kết quả').addRow(['1.919999', '01/07/2025', null, 'Không của ai'])
    sheet(book, 'Kết quả').getCell('F1').value = 'Ghi chú'
    sheet(book, 'Kết quả').getCell('F2').value = 'bị bỏ qua'
    sheet(book, 'Trường hợp').getCell('D2').value = { formula: '1+1', result: 2 }
    const extra = book.addWorksheet('Nhật ký')
    extra.addRows([['a'], [null], ['b']])
  })
  const report = await take(bytes)
  assert.deepEqual(
    report.lines.filter(({ code }) => code !== 'held-back').map(({ sheet: name, row, code }) => [name, row, code]),
    [
      ['Trường hợp', 2, 'formula'],
      ['Kết quả', 1, 'unknown-column'],
      ['Nhật ký', 1, 'unknown-sheet'],
      ['Nhật ký', 3, 'unknown-sheet'],
      ['Kết quả', 4, 'unknown-version'],
    ],
  )
})

test('a sheet without one of its columns is told once and again for each of its rows', async () => {
  const bytes = await workbook([full('1.910008')], (book) => {
    sheet(book, 'Kết quả').getCell('D1').value = null
  })
  const report = await take(bytes)
  assert.deepEqual(
    report.lines.filter(({ code }) => code === 'missing-column').map(({ row, column }) => [row, column]),
    [
      [1, 'Tên kết quả'],
      [2, null],
    ],
  )
  assert.equal(report.procedures[0]?.outcome, 'held-back')
})

test('a code typed as a number keeps its noughts, days may be dates of the spreadsheet', async () => {
  const bytes = await workbook([full('1.910080')], (book) => {
    book.eachSheet((worksheet) =>
      worksheet.eachRow((row, number) => {
        if (number === 1 || row.getCell(1).value !== '1.910080') return
        row.getCell(1).value = 1.91008
        row.getCell(2).value = new Date('2025-07-01T00:00:00Z')
      }),
    )
  })
  assert.deepEqual((await take(bytes)).procedures, [
    { code: '1.910080', validFrom: '2025-07-01', shortName: 'Đăng ký khai sinh', outcome: 'published' },
  ])
})

test('two versions of one procedure come in together or not at all', async () => {
  const old = full('1.910009', {
    validFrom: '2022-01-01',
    validTo: '2025-06-30',
    serviceLevels: [{ level: '3', validFrom: '2022-01-01', validTo: null, reason: null }],
    linkages: [{ kind: 'none', boundaryFree: false, validFrom: '2022-01-01', validTo: null }],
  })
  const report = await take(await workbook([full('1.910009', { results: [] }), old]))
  assert.deepEqual(
    report.procedures.map(({ outcome }) => outcome),
    ['held-back', 'held-back'],
  )
  assert.deepEqual(
    (await take(await workbook([full('1.910009'), old]))).procedures.map(({ outcome }) => outcome),
    ['published', 'published'],
  )
  const back = await take(await workbook([{ ...old, validFrom: '2025-06-01', validTo: null }]))
  assert.deepEqual(
    back.lines.filter(({ code }) => code === 'refusal').map(({ sheet: name, row }) => [name, row]),
    [['Thủ tục', 2]],
  )
})

test('JSON comes in the same way', async () => {
  const report = await take(
    Buffer.from(JSON.stringify({ fields, versions: [full('1.910010'), full('1.910011', { name: '' }), 7] })),
  )
  assert.deepEqual(
    report.procedures.map(({ outcome }) => outcome),
    ['published', 'held-back', 'held-back'],
  )
  assert.deepEqual(
    report.lines.map(({ sheet: name, row, column }) => [name, row, column]),
    [
      ['JSON', 2, 'name'],
      ['JSON', 3, null],
    ],
  )
  assert.equal((await take(Buffer.from(JSON.stringify([full('1.910010')])))).procedures[0]?.outcome, 'unchanged')
})

test('files that are no workbook, damaged, or unpack to gigabytes are refused', async () => {
  const code = async (bytes: Buffer) => {
    const result = await importCatalogue(database.db, bytes)
    return result.ok ? 'taken' : result.refusal.code
  }
  assert.equal(await code(Buffer.from('')), 'not-a-workbook')
  assert.equal(await code(Buffer.from('PK\u0003\u0004 nothing')), 'not-a-workbook')
  assert.equal(await code(Buffer.from('{ "versions": [')), 'not-json')
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  for (const text of [deep, `{"versions":[${deep}]}`, `[{"code":${deep}}]`])
    assert.equal(await code(Buffer.from(text)), 'not-json')
  const good = await writeWorkbook([], [])
  assert.equal(await code(good.subarray(0, good.length / 2)), 'not-a-workbook')
  assert.equal(await code(bomb()), 'too-large')
  assert.equal(await code(Buffer.alloc(21 * 1024 * 1024)), 'too-large')
})

/** A zip of 200 kB with one entry that unpacks to 200 MB and says that it is ten bytes long. */
function bomb(): Buffer {
  const packed = deflateRawSync(Buffer.alloc(200 * 1024 * 1024))
  const name = Buffer.from('xl/workbook.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(10, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(10, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, entry, name, end])
}
