import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { FormName } from './form-data.ts'
import { renderForm } from './forms.ts'
import { closeRenderer } from './render.ts'
import { formEditions, type Edition } from './rules/form-editions.ts'
import { aLetterhead, aPerson, aReceipt, aRegister, someForms } from './testing.ts'

const run = promisify(execFile)
const dir = mkdtempSync(join(tmpdir(), 'motcua-forms-'))

after(async () => {
  await closeRenderer()
  rmSync(dir, { recursive: true, force: true })
})

const jars = ['preflight', 'pdfbox2', 'fontbox2', 'xmpbox', 'commons-logging', 'jaxb-api', 'javax.activation'].map(
  (name) => `/usr/share/java/${name}.jar`,
)
const tools = {
  poppler: ['/usr/bin/pdftoppm', '/usr/bin/pdftotext', '/usr/bin/pdfinfo'],
  validator: ['/usr/bin/java', ...jars],
}

/** False when the tool is not here; then the test is skipped loudly, or fails where everything must be run. */
function has(tool: keyof typeof tools, context: TestContext): boolean {
  const missing = tools[tool].filter((file) => !existsSync(file))
  if (missing.length === 0) return true
  if (process.env['CI'] === 'true') assert.fail(`cannot be tested without ${missing.join(', ')}`)
  process.stderr.write(`SKIPPED: ${context.name}: no ${missing.join(', ')}\n`)
  context.skip(`SKIPPED: no ${missing.join(', ')}`)
  return false
}

function store(name: string, bytes: Buffer): string {
  const file = join(dir, name)
  writeFileSync(file, bytes)
  return file
}

async function textOf(file: string): Promise<string> {
  const { stdout } = await run('pdftotext', ['-layout', file, '-'], { maxBuffer: 50_000_000 })
  return stdout.normalize('NFC')
}

const flat = (text: string): string => text.replace(/[\s\u200B]+/gu, ' ')

async function pagesOf(file: string): Promise<number> {
  const { stdout } = await run('pdfinfo', [file])
  return Number(/Pages:\s+(\d+)/.exec(stdout)?.[1])
}

const names = Object.keys(someForms()) as FormName[]
const printable: { edition: Edition; name: FormName }[] = formEditions.flatMap(({ edition, forms }) =>
  names
    .filter((name) => name in forms || !(name in (formEditions.at(-1)?.forms ?? {})))
    .map((name) => ({ edition, name })),
)

const hostile =
  '#panic("x") #import "/etc/passwd" $a$ *b* _c_ `d` <e> @f \\ "q" \'s\' [z] {y} // c /* d */ #sys.inputs =1+1 \u0007\u202E漢字 😀 '

/** The same form with something added to every text that a person could have typed. */
function spoil(value: unknown, key = ''): unknown {
  const chosen = ['issuedAt', 'from', 'to', 'completeBy', 'stage', 'askedBy', 'kind', 'result', 'url', 'trackingUrl']
  if (typeof value === 'string') return chosen.includes(key) || key.endsWith('At') ? value : hostile + value
  if (Array.isArray(value)) return value.map((item) => spoil(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, name)]))
}

test('every form of both editions is PDF/A-1b, also when every value is hostile', async (context) => {
  const batch = join(dir, 'batch')
  mkdirSync(batch)
  // A file that is not PDF/A proves that the validator looks.
  writeFileSync(join(batch, 'broken.pdf'), '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
  const files: string[] = []
  for (const { edition, name } of printable)
    for (const spoilt of [false, true]) {
      const forms = someForms()
      const form = spoilt ? (spoil(forms[name], name) as (typeof forms)[typeof name]) : forms[name]
      const file = `${edition}-${name}${spoilt ? '-spoilt' : ''}.pdf`
      writeFileSync(join(batch, file), await renderForm(name, edition, form))
      files.push(file)
    }
  if (!has('validator', context)) return
  const validator = ['-cp', jars.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', 'batch', batch]
  // Its exit code says that one of the files was refused, which is meant.
  const { stdout } = await run('java', validator, { maxBuffer: 20_000_000 }).catch((fault: { stdout: string }) => fault)
  for (const file of files)
    assert.ok(stdout.includes(`The file ${file} is a valid PDF/A-1b file`), `${file}\n${stdout}`)
  assert.match(stdout, /The file broken\.pdf is not a valid PDF\/A-1b file/)
})

test('a receipt carries its facts, with the rare letters of Vietnamese intact', async (context) => {
  if (!has('poppler', context)) return
  const rare = 'Ưỡn Ẵng ẵ ặ ẫ ậ ễ ệ ỗ ộ ỡ ợ ữ ự ỷ ỹ ỵ Quỹ Thuở Đặng Khuỷu'
  const receipt = aReceipt({
    submitter: aPerson({ name: rare }),
    owner: aPerson({ name: 'Cụ\u031B Nguye\u0302\u0303n' }),
  })
  const text = flat(await textOf(store('rare.pdf', await renderForm('receipt', '2025', receipt))))
  for (const expected of [
    'ỦY BAN NHÂN DÂN XÃ HẢI HƯNG',
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'Số: 05/TNHS',
    'Hải Hưng, ngày 20 tháng 11 năm 2026',
    'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
    'H42.28.15-261120-0005',
    `Tiếp nhận hồ sơ của: ${rare}`,
    'Nguyễn',
    'Số định danh cá nhân: 001185012345',
    'Giấy chứng nhận kết hôn của cha, mẹ',
    'Bản điện tử',
    'Số lượng hồ sơ: 01 (bộ)',
    'Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 20 tháng 11 năm 2026',
    'Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 23 tháng 11 năm 2026',
    'Lệ phí đăng ký khai sinh: 8.000 đồng',
    'quyển số: 01/2026, số thứ tự: 1.245',
    'NGƯỜI NỘP HỒ SƠ',
    'NGƯỜI TIẾP NHẬN HỒ SƠ',
  ])
    assert.ok(text.includes(expected), `${expected} is missing in: ${text}`)
})

test('typst markup in a value is printed as it was typed', async (context) => {
  if (!has('poppler', context)) return
  const name = '#panic("x") $a$ *b* `d` #sys.inputs \\ "q"'
  const text = await textOf(
    store('markup.pdf', await renderForm('receipt', '2025', aReceipt({ submitter: aPerson({ name }) }))),
  )
  assert.ok(flat(text).includes(name), text)
})

test('what is not known is left as dots to be written by hand', async (context) => {
  if (!has('poppler', context)) return
  const empty = aReceipt({
    head: aLetterhead({ number: null, parentAgency: null }),
    submitter: aPerson({ identity: null, address: null, phone: null, email: null }),
    owner: null,
    papers: [],
    dueAt: null,
    resultDelivery: null,
    fees: [],
    feePayment: null,
    notification: null,
    book: null,
    receiver: { lines: [], name: null },
  })
  const text = await textOf(store('empty.pdf', await renderForm('receipt', '2025', empty)))
  assert.match(text, /Số: …+\/TNHS/)
  assert.match(text, /Địa chỉ: \.{10}/)
  assert.match(text, /quyển số: …+, số thứ tự: …+/)
  assert.doesNotMatch(text, /null|none|undefined/)
})

test('a usual receipt is one page; one with forty papers flows on and keeps its signatures', async (context) => {
  if (!has('poppler', context)) return
  const papers = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `Giấy tờ thứ ${index + 1}`,
      kind: 'original' as const,
      count: 1,
    }))
  for (const edition of ['2018', '2025'] as const)
    assert.equal(await pagesOf(store('usual.pdf', await renderForm('receipt', edition, aReceipt()))), 1)
  assert.equal(
    await pagesOf(store('twelve.pdf', await renderForm('receipt', '2025', aReceipt({ papers: papers(12) })))),
    1,
  )
  const long = store(
    'long.pdf',
    await renderForm(
      'receipt',
      '2025',
      aReceipt({ papers: papers(40), submitter: aPerson({ email: `${'x'.repeat(300)}@example.vn` }) }),
    ),
  )
  assert.equal(await pagesOf(long), 2)
  const text = await textOf(long)
  assert.match(text, /Giấy tờ thứ 40/)
  assert.match(text, /trang 2\/2/)
  assert.equal(text.match(/Tên giấy tờ/g)?.length, 2, 'the head of the table is repeated')
})

test('the QR code holds exactly the address, read from the print by another program', async (context) => {
  if (!has('poppler', context)) return
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) },
  })
  const forms = someForms()
  const wanted: Partial<Record<FormName, string>> = {
    posting: forms.posting.url,
    poster: forms.poster.url,
    feeReceipt: forms.feeReceipt.url,
  }
  for (const { edition, name } of printable.filter(
    ({ edition, name }) => name !== 'register' && (edition === '2025' || name === 'receipt'),
  )) {
    const file = store(`qr-${edition}-${name}.pdf`, await renderForm(name, edition, forms[name]))
    await run('pdftoppm', ['-r', '150', '-gray', '-f', '1', '-l', '1', '-singlefile', '-png', file, file])
    const [code] = await readBarcodes(new Uint8Array(readFileSync(`${file}.png`)), { formats: ['QRCode'] })
    assert.equal(code?.text, wanted[name] ?? forms.receipt.dossier.trackingUrl, `${edition} ${name}`)
  }
})

test('the same data give the same bytes', async () => {
  const first = await renderForm('receipt', '2025', aReceipt())
  assert.ok(first.equals(await renderForm('receipt', '2025', aReceipt())))
  await closeRenderer()
  assert.ok(first.equals(await renderForm('receipt', '2025', aReceipt())))
})

test('a receipt is printed while a long register is still being made', async (context) => {
  const register = renderForm('register', '2025', aRegister(1500))
  let registerDone = false
  void register.then(() => (registerDone = true))
  await renderForm('receipt', '2025', aReceipt())
  const started = performance.now()
  await renderForm('receipt', '2025', aReceipt({ sets: 2 }))
  context.diagnostic(`a receipt took ${Math.round(performance.now() - started)} ms`)
  assert.equal(registerDone, false)
  const bytes = await register
  if (!has('poppler', context)) return
  const file = store('register.pdf', bytes)
  const text = await textOf(file)
  const pages = await pagesOf(file)
  assert.equal(text.match(/Tên thủ tục hành chính/g)?.length, pages, 'the head of the table is repeated on each page')
  assert.ok(text.includes(`trang ${pages}/${pages}`))
  assert.match(text, /Tổng số hồ sơ trong sổ: 1\.500/)
  assert.match((await run('pdfinfo', [file])).stdout, /Page size:\s+841\.\d+ x 595/)
})

test('forms of 2018 are A5, forms of 2025 are A4', async (context) => {
  if (!has('poppler', context)) return
  for (const [edition, size] of [
    ['2018', /419\.5\d* x 595\.\d+/],
    ['2025', /595\.\d+ x 841\.\d+/],
  ] as const) {
    const file = store('size.pdf', await renderForm('refusal', edition, someForms().refusal))
    assert.match((await run('pdfinfo', [file])).stdout, size)
  }
})

test('the edition of 2018 has no notice of stopping', async () => {
  await assert.rejects(async () => renderForm('stop', '2018', someForms().stop), /no form 'stop'/)
})

test('a closed renderer rejects what waits and starts anew when it is needed', async () => {
  const waiting = assert.rejects(renderForm('receipt', '2025', aReceipt()), /closed/)
  await closeRenderer()
  await waiting
  assert.equal((await renderForm('receipt', '2025', aReceipt())).subarray(0, 5).toString(), '%PDF-')
})
