import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import ExcelJS from 'exceljs'
import { openFileStore } from './file-store.ts'
import { closeRenderer } from './render.ts'
import { renderForm } from './forms.ts'
import { aPdf, aPicture, aReceipt } from './testing.ts'

const dir = mkdtempSync(join(tmpdir(), 'motcua-files-'))
const files = openFileStore(dir)

after(async () => {
  await closeRenderer()
  rmSync(dir, { recursive: true, force: true })
})

async function* pieces(content: Buffer, size = 1000): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}

const outcome = async (content: Buffer): Promise<string> => {
  const kept = await files.put(pieces(content))
  return kept.ok ? kept.value.mediaType : kept.refusal.code
}

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex')
const placeOf = (sha256: string): string => join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

/** An archive with stored entries, as office packages are. */
function zip(entries: Record<string, string>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const body = Buffer.from(text)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04_03_4b_50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt32LE(crc32(body), 14)
    head.writeUInt32LE(body.length, 18)
    head.writeUInt32LE(body.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02_01_4b_50, 0)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(offset, 42)
    locals.push(head, Buffer.from(name), body)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + body.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06_05_4b_50, 0)
  end.writeUInt16LE(Object.keys(entries).length, 8)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

const wordPackage = (kind: string): Buffer =>
  zip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.${kind}+xml"/></Types>`,
    'word/document.xml': '<w/>',
  })

/** A compound file with these streams in its directory ([MS-CFB]), as Word and Excel wrote before 2007. */
function compoundFile(names: readonly string[]): Buffer {
  const file = Buffer.alloc(512 * 3, 0xff)
  file.fill(0, 0, 76)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  file.writeUInt16LE(3, 26)
  file.writeUInt16LE(0xff_fe, 28)
  file.writeUInt16LE(9, 30)
  file.writeUInt16LE(6, 32)
  file.writeUInt32LE(1, 44)
  file.writeUInt32LE(1, 48)
  file.writeUInt32LE(4096, 56)
  file.writeUInt32LE(0, 76)
  file.writeUInt32LE(0xff_ff_ff_fd, 512)
  file.writeUInt32LE(0xff_ff_ff_fe, 516)
  file.fill(0, 1024)
  for (const [index, name] of ['Root Entry', ...names].entries()) {
    file.write(name, 1024 + index * 128, 'utf16le')
    file.writeUInt16LE(name.length * 2 + 2, 1024 + index * 128 + 64)
  }
  return file
}

test('each kind on the list is taken by its content', async () => {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('A').addRow(['=1'])
  const office = 'application/vnd.openxmlformats-officedocument'
  for (const [content, mediaType] of [
    [aPdf(), 'application/pdf'],
    [await renderForm('receipt', '2025', aReceipt()), 'application/pdf'],
    [aPicture('png'), 'image/png'],
    [aPicture('jpeg'), 'image/jpeg'],
    [aPicture('webp'), 'image/webp'],
    [Buffer.from('49492a0008000000000000000000', 'hex'), 'image/tiff'],
    [Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypheic\0\0\0\0mif1heic')]), 'image/heic'],
    [Buffer.from(await workbook.xlsx.writeBuffer()), `${office}.spreadsheetml.sheet`],
    [
      wordPackage('openxmlformats-officedocument.wordprocessingml.document.main'),
      `${office}.wordprocessingml.document`,
    ],
    [
      zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' }),
      'application/vnd.oasis.opendocument.text',
    ],
    [compoundFile(['WordDocument']), 'application/msword'],
    [compoundFile(['Workbook']), 'application/vnd.ms-excel'],
    [Buffer.from('<?xml version="1.0"?><HoSo><Ten>Ưỡn</Ten></HoSo>'), 'application/xml'],
    [Buffer.from('Kính gửi Ủy ban nhân dân xã'), 'text/plain'],
  ] as const)
    assert.equal(await outcome(content), mediaType)
})

test('what runs, hides or packs something is refused, whatever it is called', async () => {
  const archive = zip({ 'a.txt': 'x' })
  for (const [content, code] of [
    [Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'file-executable'],
    [Buffer.from(`7f454c46020101${'00'.repeat(60)}`, 'hex'), 'file-executable'],
    [Buffer.from('#!/bin/sh\nrm -rf /'), 'file-executable'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'file-active'],
    [Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'file-active'],
    [Buffer.from('<!doctype html><script>alert(1)</script>'), 'file-active'],
    [wordPackage('ms-word.document.macroEnabled.main'), 'file-active'],
    [compoundFile(['WordDocument', '_VBA_PROJECT']), 'file-active'],
    [compoundFile(['EncryptedPackage']), 'file-type-refused'],
    [compoundFile([]), 'file-type-refused'],
    [archive, 'file-archive'],
    [Buffer.from('1f8b0800000000000003', 'hex'), 'file-archive'],
    [Buffer.concat([Buffer.from('rác'), aPdf()]), 'file-disguised'],
    [Buffer.concat([Buffer.from('<html>'), aPdf()]), 'file-disguised'],
    [Buffer.concat([aPdf(), archive]), 'file-disguised'],
    [Buffer.concat([aPicture('png'), archive]), 'file-disguised'],
    [Buffer.concat([aPicture('jpeg'), archive]), 'file-disguised'],
    [Buffer.from('GIF89a\u0001\0\u0001\0', 'latin1'), 'file-type-refused'],
    [Buffer.from('fffe580000', 'hex'), 'file-type-refused'],
    [Buffer.from('00ff00ff00ff', 'hex'), 'file-type-refused'],
    [Buffer.alloc(0), 'file-empty'],
  ] as const)
    assert.equal(await outcome(content), code, content.subarray(0, 40).toString('latin1'))
  assert.deepEqual(readdirSync(join(dir, 'incoming')), [], 'nothing is left of what was refused')
})

test('a file is kept once under the hash of its content and comes back the same', async () => {
  const content = Buffer.concat([aPdf(), Buffer.from('% một\n%%EOF\n')])
  const first = await files.put(pieces(content, 7))
  const second = await files.put(pieces(content, 4000))
  assert.deepEqual(first, second)
  assert.ok(first.ok)
  assert.deepEqual(first.value, { sha256: hashOf(content), size: content.length, mediaType: 'application/pdf' })
  assert.equal(statSync(placeOf(first.value.sha256)).size, content.length)
  const read = await files.get(first.value.sha256)
  assert.ok(read)
  assert.equal(read.size, content.length)
  assert.ok(content.equals(await buffer(read.stream)))
})

test('the same content from many at once is one file', async () => {
  const content = Buffer.concat([aPdf(), Buffer.from('% cùng lúc\n%%EOF\n')])
  const kept = await Promise.all(Array.from({ length: 8 }, async () => files.put(pieces(content, 50))))
  assert.ok(kept.every((one) => one.ok && one.value.sha256 === hashOf(content)))
})

test('a stream that is too long is stopped at the limit, without reading the rest', async () => {
  const small = openFileStore(join(dir, 'small'), { limit: 10_000 })
  let given = 0
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      given += 1000
      yield Buffer.alloc(1000, 32)
    }
  }
  assert.deepEqual(await small.put(endless()), { ok: false, refusal: { code: 'file-too-large' } })
  assert.equal(given, 11_000)
  assert.deepEqual(readdirSync(join(dir, 'small')), ['incoming'])
  assert.deepEqual(readdirSync(join(dir, 'small', 'incoming')), [])
})

test('a stream that breaks leaves nothing behind', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield aPdf()
    throw new Error('hung up')
  }
  await assert.rejects(files.put(broken()), /hung up/)
  assert.deepEqual(readdirSync(join(dir, 'incoming')), [])
})

test('only a hash opens a file', async () => {
  for (const wrong of ['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(64)}/..`, 'a'.repeat(64)])
    assert.equal(await files.get(wrong), undefined)
})

test('leftovers of a crash are swept after a day', async () => {
  const folder = join(dir, 'crashed')
  await openFileStore(folder).put(pieces(aPdf()))
  const [old, fresh] = ['old', 'fresh'].map((name) => join(folder, 'incoming', name)) as [string, string]
  for (const path of [old, fresh]) writeFileSync(path, 'half')
  const yesterday = Date.now() / 1000 - 25 * 3600
  utimesSync(old, yesterday, yesterday)
  await openFileStore(folder).put(pieces(aPdf()))
  assert.deepEqual(readdirSync(join(folder, 'incoming')), ['fresh'])
})
