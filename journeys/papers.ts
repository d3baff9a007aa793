import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const run = promisify(execFile)
const jars = ['preflight', 'pdfbox2', 'fontbox2', 'xmpbox', 'commons-logging', 'jaxb-api', 'javax.activation'].map(
  (name) => `/usr/share/java/${name}.jar`,
)

/** Why papers cannot be looked into here; undefined where they can. */
export const missingTools = (): string | undefined =>
  ['/usr/bin/pdftotext', '/usr/bin/pdftoppm', '/usr/bin/java', ...jars].find((file) => !existsSync(file))

async function inFolder<Value>(work: (dir: string) => Promise<Value>): Promise<Value> {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-papers-'))
  try {
    return await work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The words of a paper in one line, as another program reads them. */
export const textOf = (pdf: Buffer): Promise<string> =>
  inFolder(async (dir) => {
    keep('paper.pdf', pdf, dir)
    const { stdout } = await run('pdftotext', ['-layout', join(dir, 'paper.pdf'), '-'], { maxBuffer: 50_000_000 })
    return stdout.normalize('NFC').replace(/[\s\u200B]+/gu, ' ')
  })

/** How many pages it has. */
export const pagesOf = (pdf: Buffer): Promise<number> =>
  inFolder(async (dir) => {
    const { stdout } = await run('pdfinfo', [keep('paper.pdf', pdf, dir)])
    return Number(/Pages:\s+(\d+)/.exec(stdout)?.[1])
  })

let isReaderReady = false

/** What a QR code in a picture says, read by a decoder that is not ours. */
export async function qrOfImage(png: Buffer): Promise<string> {
  if (!isReaderReady) {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
    const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)
    prepareZXingModule({ overrides: { wasmBinary } })
    isReaderReady = true
  }
  const [code] = await readBarcodes(new Uint8Array(png), { formats: ['QRCode'] })
  assert.ok(code, 'no QR code in the picture')
  return code.text
}

/** What the QR code of the first page says. */
export const qrOf = (pdf: Buffer): Promise<string> =>
  inFolder(async (dir) => {
    const file = keep('paper.pdf', pdf, dir)
    await run('pdftoppm', ['-r', '150', '-gray', '-f', '1', '-l', '1', '-singlefile', '-png', file, file])
    return qrOfImage(readFileSync(`${file}.png`))
  })

/** Each of them is PDF/A-1b, says PDFBox. */
export const assertArchivable = (papers: ReadonlyMap<string, Buffer>): Promise<void> =>
  inFolder(async (dir) => {
    for (const [name, bytes] of papers) keep(`${name}.pdf`, bytes, dir)
    const { stdout } = await run(
      'java',
      ['-cp', jars.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', 'batch', dir],
      { maxBuffer: 50_000_000 },
    ).catch((fault: { stdout: string }) => fault)
    for (const name of papers.keys())
      assert.ok(stdout.includes(`The file ${name}.pdf is a valid PDF/A-1b file`), `${name}\n${stdout}`)
  })

/** Keeps a paper beside the screenshots, for people to look at. */
export function showPaper(name: string, bytes: Buffer): void {
  const folder = process.env['MOTCUA_SHOTS']
  if (folder) keep(`${name}.pdf`, bytes, folder)
}

function keep(name: string, bytes: Buffer, dir: string): string {
  mkdirSync(dir, { recursive: true })
  const file = join(dir, name)
  writeFileSync(file, bytes)
  return file
}
