import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import mammoth from 'mammoth'
import { parse } from 'parse5'
import { closeRenderer } from '../../documents/index.ts'
import { checkFile } from '../checker/index.ts'
import { writeDocx } from './docx.ts'
import { writeHtml } from './html.ts'
import { writePdf } from './pdf.ts'
import type { Facts } from './rules/facts.ts'
import { print } from './rules/document.ts'
import { startBody, usualOptions } from './rules/outline.ts'
import type { Printed } from './rules/printed.ts'
import { routinePaper } from './rules/routine.ts'
import { aForm, aPeriod, aSignOff, someDistrict, someFacts, someValues } from './testing.ts'

const run = promisify(execFile)
const dir = mkdtempSync(join(tmpdir(), 'motcua-reports-'))
const ISSUED = '2023-03-14T02:00:00.000Z'

after(async () => {
  await closeRenderer()
  rmSync(dir, { recursive: true, force: true })
})

const jars = ['preflight', 'pdfbox2', 'fontbox2', 'xmpbox', 'commons-logging', 'jaxb-api', 'javax.activation'].map(
  (name) => `/usr/share/java/${name}.jar`,
)
const tools = {
  poppler: ['/usr/bin/pdftotext', '/usr/bin/pdfinfo'],
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

const forms = [
  aForm('bm3', 'Biểu mẫu 3', 'Cải cách thủ tục hành chính', [
    { code: '3', label: 'Kết quả giải quyết TTHC' },
    { code: '3.3.1', label: 'Tổng số hồ sơ TTHC đã giải quyết xong', value: 520 },
    { code: '3.3.2', label: 'Số hồ sơ TTHC giải quyết đúng hạn', value: 520 },
    { code: '3.4.1', label: 'Tổng số PAKN đã tiếp nhận', value: 0, unit: 'PAKN', manual: true },
  ]),
  aForm(
    'bm9',
    'Biểu mẫu 9',
    'Bảng dài hơn một trang',
    Array.from({ length: 60 }, (_, index) => ({
      code: `${index + 1}`,
      label: `Chỉ tiêu thứ ${index + 1}`,
      value: index,
    })),
  ),
]
const late: Facts = someFacts({
  forms,
  current: aPeriod({
    total: someValues({
      'resolved-late': 4,
      'open-overdue': 2,
      apologised: 4,
      'late-without-apology': 2,
      withdrawn: 2,
    }),
  }),
})

/** Every kind of paper, also one whose words are meant to break out of where they stand. */
function papers(): Record<string, Printed> {
  const periodic = startBody('periodic', { ...usualOptions, papi: true }, ['bm3', 'bm9'])
  const hostile = '#panic("x") <script>alert(1)</script> *b* _c_ `d` & "q" \u0007\u202E漢字 😀'
  const spoilt = {
    ...periodic,
    blocks: periodic.blocks.map((block) =>
      block.kind === 'passage' && block.hint
        ? { ...block, written: [[{ text: hostile }, { note: [{ text: hostile }] }]] }
        : block,
    ),
  }
  const dossier = {
    agencyId: 1,
    dossierId: 'd',
    code: '000.21.38.H23-230309-0007',
    field: 'Hộ tịch',
    procedureCode: '1.001193',
    procedureName: 'Đăng ký khai sinh',
    channel: 'online',
    status: 'inProcess',
    timeliness: 'open-late',
    receivedOn: '2023-03-06',
    dueAt: '2023-03-08T10:00:00.000Z',
    finishedOn: null,
  }
  return {
    periodic: print(periodic, aSignOff(), someFacts({ forms })),
    late: print(periodic, aSignOff(), late),
    nothing: print(periodic, aSignOff(), someFacts({ current: aPeriod({ total: {}, lines: {} }), previous: null })),
    spoilt: print(spoilt, aSignOff({ subject: hostile, recipients: [hostile] }), late),
    thematic: print(startBody('thematic', usualOptions, []), aSignOff({ title: 'Báo cáo chuyên đề' }), someDistrict()),
    daily: routinePaper(
      'daily',
      {
        facts: { ...late, unit: 'ngày', current: { ...late.current, from: '2023-03-09' } },
        overdue: { dossiers: [dossier], all: 3 },
        dueSoon: { dossiers: [], all: 0 },
      },
      aSignOff(),
    ),
    weekly: routinePaper(
      'weekly',
      {
        facts: { ...late, unit: 'tuần' },
        overdue: { dossiers: [dossier], all: 1 },
        dueSoon: { dossiers: [dossier], all: 1 },
      },
      aSignOff(),
    ),
  }
}

const marked = (paper: Printed): Printed => ({ ...paper, mark: 'BẢN DÙNG THỬ' })

test('every paper is PDF/A-1b, also when its words are hostile', async (context) => {
  const batch = join(dir, 'batch')
  mkdirSync(batch)
  const names: string[] = []
  for (const [name, paper] of Object.entries(papers())) {
    names.push(name)
    writeFileSync(join(batch, `${name}.pdf`), await writePdf(marked(paper), ISSUED))
  }
  if (!has('validator', context)) return
  const validator = ['-cp', jars.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', 'batch', batch]
  const { stdout } = await run('java', validator, { maxBuffer: 20_000_000 }).catch((fault: { stdout: string }) => fault)
  for (const name of names)
    assert.ok(stdout.includes(`The file ${name}.pdf is a valid PDF/A-1b file`), `${name}\n${stdout}`)
})

test('the same report of the same moment is the same file', async () => {
  const { periodic } = papers()
  assert.ok(periodic)
  assert.ok((await writePdf(periodic, ISSUED)).equals(await writePdf(periodic, ISSUED)))
})

test('pages are numbered from the second on, annexes for themselves, their heads repeat', async (context) => {
  if (!has('poppler', context)) return
  const { periodic } = papers()
  assert.ok(periodic)
  const file = join(dir, 'pages.pdf')
  writeFileSync(file, await writePdf(periodic, ISSUED))
  const { stdout } = await run('pdftotext', ['-layout', file, '-'], { maxBuffer: 50_000_000 })
  const pages = stdout
    .normalize('NFC')
    .split('\f')
    .filter((page) => page.trim() !== '')
  const first = (page: string) => page.trim().split('\n')[0]?.trim()
  assert.match(first(pages[0] ?? '') ?? '', /HUYỆN THANH MIỆN/)
  assert.equal(first(pages[1] ?? ''), '2')
  const annex = pages.findIndex((page) => page.includes('PHỤ LỤC'))
  assert.equal(first(pages[annex] ?? ''), 'PHỤ LỤC')
  assert.equal(first(pages[annex + 1] ?? ''), '2')
  assert.match(pages[annex + 1] ?? '', /Chỉ tiêu thống kê/)
  assert.match(pages[annex - 1] ?? '', /Đoàn Kết\.\/\./, 'the last sentence stands with the signature')
})

test('Word holds the layout of the decree: A4, margins, numbers, notes, landscape annexes, repeated heads', async () => {
  const { thematic, periodic } = papers()
  assert.ok(thematic && periodic)
  const file = join(dir, 'one.docx')
  writeFileSync(file, await writeDocx(periodic))
  const part = async (from: string, name: string) =>
    (await run('unzip', ['-p', from, name], { maxBuffer: 50_000_000 })).stdout
  const xml = await part(file, 'word/document.xml')
  const [main, annex] = Array.from(xml.matchAll(/<w:sectPr.*?<\/w:sectPr>/gs), ([section]) => section)
  assert.match(main ?? '', /w:w="11906" w:h="16838"/)
  assert.match(main ?? '', /w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/)
  assert.match(main ?? '', /<w:titlePg\/>/)
  assert.match(annex ?? '', /w:orient="landscape"/)
  assert.match(annex ?? '', /<w:pgNumType w:start="1"/)
  assert.ok((xml.match(/<w:tblHeader\/>/g) ?? []).length >= 4)
  assert.match(await part(file, 'word/styles.xml'), /Times New Roman/)
  writeFileSync(file, await writeDocx(thematic))
  assert.match(await part(file, 'word/footnotes.xml'), /Cấp huyện tiếp nhận/)
})

test('Word, PDF and HTML of a paper say the same words', async (context) => {
  if (!has('poppler', context)) return
  for (const [name, paper] of Object.entries(papers())) {
    if (name === 'spoilt') continue
    const file = join(dir, `${name}.pdf`)
    writeFileSync(file, await writePdf(paper, ISSUED))
    const pdf = squeezed((await run('pdftotext', ['-raw', file, '-'], { maxBuffer: 50_000_000 })).stdout)
    const docx = squeezed((await mammoth.extractRawText({ buffer: await writeDocx(paper) })).value)
    const html = squeezed(writeHtml(paper).replace(/<sup>.*?<\/sup>|<[^>]+>/gs, ''))
    const sentences = paper.blocks.flatMap((block) =>
      block.kind === 'paragraph' ? [block.runs.map(({ text }) => text).join('')] : [],
    )
    assert.ok(sentences.length > 3)
    for (const sentence of sentences) {
      // A page may turn within a sentence of the PDF.
      const said = squeezed(sentence)
      assert.ok(docx.includes(said), `${name} docx: ${sentence}`)
      assert.ok(html.includes(said), `${name} html: ${sentence}`)
      assert.ok(pdf.includes(said.slice(0, 40)), `${name} pdf: ${sentence}`)
    }
  }
})

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
const squeezed = (text: string): string =>
  text
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .normalize('NFC')
    .replace(/[\s\u200B]+/gu, '')

test('HTML can be read by a screen reader, and words never become markup', () => {
  const { spoilt, thematic, daily } = papers()
  assert.ok(spoilt && thematic && daily)
  const page = writeHtml(spoilt)
  assert.equal(page.includes('<script>'), false)
  for (const said of ['<html lang="vi">', '<caption>', 'scope="col"', 'scope="row"', 'aria-label="Chú thích 1"'])
    assert.ok(page.includes(said), said)
  for (const paper of [spoilt, thematic, daily]) {
    const levels = Array.from(writeHtml(paper).matchAll(/<h([1-6])/g), ([, level]) => Number(level))
    assert.equal(levels[0], 1)
    for (const [index, level] of levels.entries()) assert.ok(index === 0 || level <= (levels[index - 1] ?? 0) + 1)
    assert.equal(parse(writeHtml(paper)).childNodes.length > 0, true)
  }
})

test('a paper that was not issued is told that its number is missing, nothing else', async () => {
  const draft = print(startBody('periodic', usualOptions, ['bm3']), aSignOff({ number: null, day: null }), late)
  const checked = await checkFile(await writeDocx(draft), 'draft.docx')
  assert.ok(checked.ok)
  assert.deepEqual(
    checked.value.findings.map(({ quote }) => quote),
    ['Số: /BC-UBND'],
  )
})

test('every paper passes the checker, as Word, PDF and HTML', async () => {
  for (const [name, paper] of Object.entries(papers())) {
    if (name === 'spoilt') continue
    const all = ['late', 'thematic'].includes(name)
    const files = {
      docx: await writeDocx(paper),
      ...(all && { pdf: await writePdf(paper, ISSUED), html: Buffer.from(writeHtml(paper)) }),
    }
    for (const [format, bytes] of Object.entries(files)) {
      const checked = await checkFile(bytes, `${name}.${format}`)
      assert.ok(checked.ok, `${name}.${format} can be read`)
      assert.deepEqual(
        checked.value.findings.map(({ kind, quote, proof }) => ({ kind, quote, proof })),
        [],
        `${name}.${format}`,
      )
    }
  }
})
