// Ảnh chụp mang vị trí, máy và giờ chụp: bỏ hết trước khi lưu, chỉ giữ chiều xoay ảnh. Luật 91/2025/QH15 (dữ liệu vị trí).

import { accept, refuse, type Result } from '../../platform/result.ts'

type Broken = { code: 'file-broken' }

/** The picture without what the camera wrote about place, time and device. Papers are given back as they are. */
export function stripLocation(bytes: Uint8Array, mediaType: string): Result<Uint8Array, Broken> {
  if (mediaType === 'image/jpeg') return stripJpeg(bytes)
  if (mediaType === 'image/png') return stripPng(bytes)
  if (mediaType === 'image/webp') return stripWebp(bytes)
  return accept(bytes)
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

const START_OF_SCAN = 0xda

/** Keeps what draws the picture: application segments but JFIF, colour profile and Adobe's, and comments, are left out. */
function stripJpeg(bytes: Uint8Array): Result<Uint8Array, Broken> {
  const data = view(bytes)
  if (bytes.length < 4 || data.getUint16(0) !== 0xff_d8) return refuse({ code: 'file-broken' })
  const pieces: Uint8Array[] = [bytes.subarray(0, 2)]
  let orientation = 1
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return refuse({ code: 'file-broken' })
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = data.getUint16(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) return refuse({ code: 'file-broken' })
    const segment = bytes.subarray(at, end)
    if (marker === 0xe1) orientation = orientationOf(segment.subarray(4)) ?? orientation
    else if (!isTold(marker, segment)) pieces.push(segment)
    at = end
    if (marker === START_OF_SCAN) {
      const last = endOfImage(bytes, at)
      if (last === undefined) return refuse({ code: 'file-broken' })
      if (orientation !== 1) pieces.splice(1, 0, exifWith(orientation))
      return accept(join([...pieces, bytes.subarray(at, last)]))
    }
  }
  return refuse({ code: 'file-broken' })
}

/** Application segments 1–15 and comments, apart from colour profile (2) and Adobe's transform (14). */
function isTold(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xfe) return true
  if (marker === 0xe2) return text(segment, 4, 11) !== 'ICC_PROFILE'
  return marker >= 0xe1 && marker <= 0xef && marker !== 0xee
}

const text = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length))

/** Behind the end of the image cameras hide a second one, with its own place; and others hide other things. */
function endOfImage(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xd9) return at + 2
    // Within and between scans: stuffed bytes, restarts, tables and further scans.
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) continue
    if (marker === 0xfe || (marker >= 0xe0 && marker <= 0xef)) return undefined
    if (at + 4 > bytes.length) return undefined
    at += 1 + view(bytes).getUint16(at + 2)
  }
  return undefined
}

/** Tag 0x0112 of the first directory of an EXIF block. */
function orientationOf(block: Uint8Array): number | undefined {
  if (text(block, 0, 4) !== 'Exif' || block.length < 14) return undefined
  const tiff = block.subarray(6)
  const data = view(tiff)
  const little = data.getUint16(0) === 0x49_49
  const start = data.getUint32(4, little)
  if (start + 2 > tiff.length) return undefined
  const count = data.getUint16(start, little)
  for (let index = 0; index < count; index++) {
    const entry = start + 2 + index * 12
    if (entry + 12 > tiff.length) return undefined
    if (data.getUint16(entry, little) !== 0x01_12) continue
    const value = data.getUint16(entry + 8, little)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** A segment that says how the picture is turned and nothing else. */
const exifWith = (orientation: number): Uint8Array =>
  Uint8Array.from([
    0xff,
    0xe1,
    0x00,
    0x22,
    0x45,
    0x78,
    0x69,
    0x66,
    0x00,
    0x00,
    0x4d,
    0x4d,
    0x00,
    0x2a,
    0x00,
    0x00,
    0x00,
    0x08,
    0x00,
    0x01,
    0x01,
    0x12,
    0x00,
    0x03,
    0x00,
    0x00,
    0x00,
    0x01,
    0x00,
    orientation,
    0x00,
    0x00,
    0x00,
    0x00,
    0x00,
    0x00,
  ])

/** Chunks that draw; texts, times and EXIF are left out, and what stands behind the end. */
const drawing = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'pHYs',
  'bKGD',
])

function stripPng(bytes: Uint8Array): Result<Uint8Array, Broken> {
  const data = view(bytes)
  const pieces: Uint8Array[] = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + data.getUint32(at)
    if (end > bytes.length) return refuse({ code: 'file-broken' })
    const name = text(bytes, at + 4, 4)
    if (drawing.has(name)) pieces.push(bytes.subarray(at, end))
    if (name === 'IEND') return accept(join(pieces))
    at = end
  }
  return refuse({ code: 'file-broken' })
}

function stripWebp(bytes: Uint8Array): Result<Uint8Array, Broken> {
  const data = view(bytes)
  const size = bytes.length >= 12 ? data.getUint32(4, true) + 8 : 0
  if (size < 20 || size > bytes.length) return refuse({ code: 'file-broken' })
  const pieces: Uint8Array[] = []
  for (let at = 12; at + 8 <= size;) {
    const length = data.getUint32(at + 4, true)
    const end = at + 8 + length + (length % 2)
    if (end > size) return refuse({ code: 'file-broken' })
    const name = text(bytes, at, 4)
    const chunk = bytes.slice(at, end)
    // The flags of the head say which chunks follow; those left out are no longer said.
    if (name === 'VP8X' && chunk.length > 8) chunk[8] = (chunk[8] ?? 0) & ~0b0000_1100
    if (name !== 'EXIF' && name !== 'XMP ') pieces.push(chunk)
    at = end
  }
  const body = join(pieces)
  const head = bytes.slice(0, 12)
  view(head).setUint32(4, body.length + 4, true)
  return accept(join([head, body]))
}
