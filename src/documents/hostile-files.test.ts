import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { inspectFile } from './inspect-file.ts'
import { cleanPicture, readPicture } from './pictures.ts'
import { printPages } from './page-pictures.ts'
import { closeRenderer } from './render.ts'
import { aPdf, aPicture } from './testing.ts'

const dir = mkdtempSync(join(tmpdir(), 'motcua-hostile-'))
after(async () => {
  await closeRenderer()
  rmSync(dir, { recursive: true, force: true })
})

async function codeOf(bytes: Buffer, { quiet = false } = {}): Promise<string> {
  const path = join(dir, 'file')
  writeFileSync(path, bytes)
  const outcome = await inspectFile(path, { quiet })
  return outcome.ok ? outcome.value.mediaType : outcome.refusal.code
}

const pdf = (...objects: (string | Buffer)[]): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n', 'latin1'),
    ...objects.flatMap((object, index) => [
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]),
    Buffer.from('trailer<</Root 1 0 R>>\n%%EOF\n'),
  ])
const stream = (dictionary: string, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<<${dictionary}/Length ${content.length}>>\nstream\r\n`),
    content,
    Buffer.from('\nendstream'),
  ])

test('a PDF that runs something is refused, however its names are written', async () => {
  for (const action of [
    '/S/JavaScript/JS(app.alert(1))',
    '/S/#4aavaScript/JS(1)',
    '/S/J#61v#61Script/#4aS(1)',
    '/S/Launch/F(cmd.exe)',
    '/S/SubmitForm/F(https://vidu.vn)',
    '/S/ImportData/F(x)',
  ])
    assert.equal(await codeOf(pdf(`<</Type/Catalog/OpenAction<<${action}>>>>`)), 'file-active', action)
  const hidden = deflateSync(Buffer.from('5 0 <</S/JavaScript/JS(app.alert(1))>>'))
  assert.equal(
    await codeOf(pdf('<</Type/Catalog>>', stream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode', hidden))),
    'file-active',
  )
  const twice = deflateSync(deflateSync(Buffer.from('5 0 <</S/Launch>>')))
  assert.equal(
    await codeOf(pdf('<</Type/Catalog>>', stream('/Type/ObjStm/Filter[/FlateDecode/FlateDecode]', twice))),
    'file-active',
  )
})

test('in a PDF of a stranger nothing happens by itself', async () => {
  for (const jump of ['/OpenAction[3 0 R/Fit]', '/Open#41ction<</S/URI/URI(https://vidu.vn)>>', '/AA<</O 5 0 R>>']) {
    const bytes = pdf(`<</Type/Catalog${jump}>>`)
    assert.equal(await codeOf(bytes), 'application/pdf', jump)
    assert.equal(await codeOf(bytes, { quiet: true }), 'file-active', jump)
  }
  const hidden = deflateSync(Buffer.from('5 0 <</OpenAction 6 0 R>>'))
  const packed = pdf('<</Type/Catalog>>', stream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode', hidden))
  assert.equal(await codeOf(packed, { quiet: true }), 'file-active')
  assert.equal(await codeOf(aPdf(), { quiet: true }), 'application/pdf')
})

test('a PDF that carries files, or that nobody can look into, is refused', async () => {
  assert.equal(await codeOf(pdf('<</Type/Catalog/Names<</EmbeddedFiles 2 0 R>>>>')), 'file-carries-files')
  assert.equal(
    await codeOf(pdf('<</Type/Catalog>>', stream('/Type/EmbeddedFile', Buffer.from('MZ')))),
    'file-carries-files',
  )
  const encrypted = Buffer.concat([pdf('<</Type/Catalog>>'), Buffer.from('trailer<</Encrypt 9 0 R>>\n%%EOF')])
  assert.equal(await codeOf(encrypted), 'file-encrypted')
})

test('words within a text of a PDF are no commands', async () => {
  const text = deflateSync(Buffer.from('BT (Lap trinh /JavaScript va /Launch) Tj ET'))
  assert.equal(await codeOf(pdf('<</Type/Catalog>>', stream('/Filter/FlateDecode', text))), 'application/pdf')
  assert.equal(await codeOf(pdf('<</Type/Catalog>>', stream('', Buffer.from('(/JavaScript)')))), 'application/pdf')
  assert.equal(await codeOf(aPdf()), 'application/pdf')
})

test('what becomes too large when it is opened is refused before it does', async () => {
  const bomb = deflateSync(Buffer.alloc(300 * 1024 * 1024), { level: 9 })
  assert.ok(bomb.length < 1024 * 1024)
  assert.equal(await codeOf(pdf('<</Type/Catalog>>', stream('/Filter/FlateDecode', bomb))), 'file-bomb')
  const nested = deflateSync(deflateSync(deflateSync(Buffer.alloc(1000))))
  assert.equal(
    await codeOf(pdf('<</Type/Catalog>>', stream('/Filter[/FlateDecode/FlateDecode/FlateDecode]', nested))),
    'file-bomb',
  )
  assert.equal(await codeOf(aPng(60_000, 60_000)), 'file-bomb')
  assert.equal(await codeOf(aPng(2, 2)), 'image/png')
  assert.equal(await codeOf(aWebp(16_000, 16_000)), 'file-bomb')
  assert.equal(await codeOf(aWebp(2, 2)), 'image/webp')
})

test('one file that is two is refused', async () => {
  const zip = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)])
  assert.equal(await codeOf(Buffer.concat([aPicture('jpeg'), zip])), 'file-disguised')
  assert.equal(await codeOf(Buffer.concat([Buffer.from('GIF89a/*'), pdf('<</Type/Catalog>>')])), 'file-disguised')
  assert.equal(
    await codeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')),
    'file-active',
  )
  assert.equal(await codeOf(Buffer.from('MZ\u0090\u0000'.padEnd(4000, '\u0000'), 'latin1')), 'file-executable')
})

test('a photograph loses where and when it was taken, and what hangs on its end, but not its picture', () => {
  const taken = withExif(aPicture('jpeg'), 6, 'GPS 20.4 N 106.2 E')
  const telling = Buffer.concat([taken, Buffer.from('<script>alert(1)</script>')])
  assert.equal(readPicture(telling)?.orientation, 6)
  const clean = cleanPicture(telling)
  assert.ok(clean)
  assert.doesNotMatch(clean.toString('latin1'), /Exif|GPS|script/)
  assert.deepEqual(readPicture(clean), { kind: 'jpeg', width: 1, height: 1, orientation: 1 })
  const png = cleanPicture(Buffer.concat([aPng(2, 2, ['tEXt', 'Author\0Mai']), Buffer.from('PHP<?')]))
  assert.ok(png)
  assert.doesNotMatch(png.toString('latin1'), /Author|PHP/)
  const webp = cleanPicture(Buffer.concat([aWebp(2, 2, 'GPS 20.4 N'), Buffer.from('PHP<?')]))
  assert.ok(webp)
  assert.doesNotMatch(webp.toString('latin1'), /EXIF|GPS|PHP/)
  assert.deepEqual(readPicture(webp), { kind: 'webp', width: 2, height: 2, orientation: 1 })
  for (const broken of [
    aWebp(2, 2).subarray(0, -4),
    Buffer.from([0xff, 0xd8, 0xff]),
    Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 0, 0]),
    Buffer.alloc(0),
  ]) {
    assert.equal(readPicture(broken), undefined)
    assert.equal(cleanPicture(broken), undefined)
  }
})

test('where the picture is shown as it is, it keeps which way up it is and must be whole', () => {
  const taken = withExif(aPicture('jpeg'), 6, 'GPS 20.4 N 106.2 E')
  const clean = cleanPicture(taken, { keepTurn: true, whole: true })
  assert.ok(clean)
  assert.doesNotMatch(clean.toString('latin1'), /GPS/)
  assert.equal(readPicture(clean)?.orientation, 6)
  const cut = taken.subarray(0, -2)
  assert.ok(cleanPicture(cut))
  assert.equal(cleanPicture(cut, { whole: true }), undefined)
  // A picture within the picture, which cameras hide behind the first with a place of its own.
  assert.deepEqual(cleanPicture(Buffer.concat([taken, taken]), { keepTurn: true, whole: true }), clean)
  assert.deepEqual(cleanPicture(clean, { keepTurn: true, whole: true }), clean)
})

test('photographs become one PDF, a page each, and the same again', async () => {
  const about = { title: 'Giấy chứng sinh', author: 'Đăng ký khai sinh', at: '2026-11-20T02:00:00.000Z' }
  const pages = [withExif(aPicture('jpeg'), 6, 'GPS'), aPicture('png')]
  const first = await printPages(pages, about)
  assert.ok(first)
  assert.equal(await codeOf(first), 'application/pdf')
  assert.doesNotMatch(first.toString('latin1'), /Exif|GPS/)
  assert.deepEqual(await printPages(pages, about), first)
  assert.equal(await printPages([Buffer.from('not a picture')], about), undefined)
})

/** The same picture with the words of a telephone in front. */
function withExif(jpeg: Buffer, orientation: number, words: string): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(words)])
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0xffe1)
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}

/** A WebP that says that it is so large, with what the telephone wrote behind its frame. */
function aWebp(width: number, height: number, words = ''): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  }
  const canvas = Buffer.alloc(10)
  canvas[0] = words ? 0b0000_1000 : 0
  canvas.writeUIntLE(width - 1, 4, 3)
  canvas.writeUIntLE(height - 1, 7, 3)
  const frame = aPicture('webp').subarray(12)
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', canvas),
    frame,
    ...(words ? [chunk('EXIF', Buffer.from(words))] : []),
  ])
  return chunk('RIFF', body)
}

/** A PNG that says that it is so large. */
function aPng(width: number, height: number, extra?: [string, string]): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...(extra ? [chunk(extra[0], Buffer.from(extra[1]))] : []),
    chunk('IDAT', deflateSync(Buffer.alloc(6))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
