import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { checkFile } from './index.ts'
import { asDocx, asPdf, asText } from './testing.ts'

const qpdf = '/usr/bin/qpdf'
const text = 'Tiếp nhận 523 hồ sơ (gồm: trực tuyến 495 hồ sơ, trực tiếp 38 hồ sơ).'

/** The code of the refusal, or what was found. */
async function outcome(bytes: Uint8Array, name: string): Promise<string> {
  const result = await checkFile(bytes, name)
  return result.ok ? `read: ${result.value.findings.length}` : result.refusal.code
}

/** A ZIP file of one entry, with what it says of itself at will. */
function zip(name: string, data: Buffer, flags = 0): Buffer {
  const packed = deflateRawSync(data)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(crc32(data), 14)
  head.writeUInt32LE(packed.length, 18)
  head.writeUInt32LE(data.length, 22)
  head.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(flags, 8)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(crc32(data), 16)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(data.length, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([head, Buffer.from(name), packed, entry, Buffer.from(name), end])
}

test('what is no report is refused with a code', async () => {
  assert.equal(await outcome(Buffer.alloc(0), 'a.txt'), 'empty')
  assert.equal(await outcome(Buffer.from(' \n\n'), 'a.txt'), 'empty')
  assert.equal(await outcome(Buffer.from('MZ\u0000\u0001'), 'a.txt'), 'wrong-content')
  assert.equal(await outcome(Buffer.from('chữ'), 'a.docx'), 'wrong-content')
  assert.equal(await outcome(Buffer.from('chữ'), 'a.exe'), 'unknown-type')
  assert.equal(await outcome(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc'), 'old-office')
  assert.equal(await outcome(Buffer.from('PK\u0003\u0004 and nothing more'), 'a.docx'), 'damaged')
  assert.equal(await outcome(zip('a.txt', Buffer.from('x')), 'a.docx'), 'unknown-type')
  assert.equal(await outcome(zip('word/document.xml', Buffer.from('<x'), 1), 'a.docx'), 'encrypted')
  assert.equal(await outcome(zip('word/document.xml', Buffer.from('<x')), 'a.docx'), 'damaged')
  assert.equal(await outcome(Buffer.from('%PDF-1.7\nno more'), 'a.pdf'), 'damaged')
  assert.equal(await outcome(Buffer.alloc(20_000_001, 'a'), 'a.txt'), 'too-large')
})

test('the content decides, whatever the name says', async () => {
  assert.equal(await outcome(await asDocx([text]), 'báo cáo.pdf'), 'read: 1')
  assert.equal(await outcome(asPdf([text]), 'bao-cao.docx'), 'read: 1')
})

test('a small file that unpacks to gigabytes is refused before anything is unpacked', async () => {
  assert.equal(await outcome(zip('word/document.xml', Buffer.alloc(200_000_000, ' ')), 'a.docx'), 'unpacks-too-large')
})

test('a scan has no text layer', async () => {
  assert.equal(await outcome(asPdf([]), 'a.pdf'), 'no-text-layer')
})

test('a PDF behind a password is refused', { skip: existsSync(qpdf) ? false : 'SKIPPED: no qpdf' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-check-'))
  try {
    const [plain, closed] = [join(folder, 'a.pdf'), join(folder, 'b.pdf')]
    writeFileSync(plain, asPdf([text]))
    execFileSync(qpdf, ['--encrypt', 'mo', 'chu', '256', '--', plain, closed])
    assert.equal(await outcome(readFileSync(closed), 'b.pdf'), 'encrypted')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a sheet that claims a million rows and a page nested without end do no harm', async () => {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('A')
  sheet.getCell('A1').value = text
  sheet.getCell('XFD1048576').value = 1
  assert.equal(await outcome(Buffer.from(await workbook.xlsx.writeBuffer()), 'a.xlsx'), 'too-heavy')
  assert.match(await outcome(Buffer.from(`${'<div>'.repeat(200_000)}${text}`), 'a.html'), /too-heavy|read/)
  assert.match(
    await outcome(Buffer.from(`<table><tr><td colspan="99999999" rowspan="99999999">${text}`), 'a.html'),
    /read/,
  )
})

test('many numbers in one line end in time', { timeout: 90_000 }, async () => {
  const long = Buffer.from(`Tổng số 5 hồ sơ, gồm ${'1 hồ sơ, (trong đó '.repeat(3000)}`)
  assert.match(await outcome(long, 'a.txt'), /read|too-slow/)
  assert.match(await outcome(Buffer.from('1.'.repeat(200_000)), 'a.txt'), /read|too-slow|empty/)
})

test('letters of two marks, of UTF-16 and of the old code page are read', async () => {
  assert.equal(await outcome(Buffer.from(text.normalize('NFD')), 'a.txt'), 'read: 1')
  assert.equal(await outcome(Buffer.from(`\ufeff${text}`, 'utf16le'), 'a.txt'), 'read: 1')
  assert.equal(await outcome(asText([text]), 'A.TXT'), 'read: 1')
})
