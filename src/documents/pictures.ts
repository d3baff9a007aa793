// What a photograph is and says besides its picture: where and when it was taken (EXIF), and which way up it is.

export type Picture = {
  kind: 'jpeg' | 'png' | 'webp'
  width: number
  height: number
  /** EXIF: 1 upright, 3 upside down, 6 and 8 on its side, 2, 4, 5, 7 the same mirrored. */
  orientation: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(PNG)
const isWebp = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'

/** Whether it begins as a picture that we know, whole or not. */
export const beginsAsPicture = (bytes: Buffer): boolean =>
  isPng(bytes) || isWebp(bytes) || (bytes[0] === 0xff && bytes[1] === 0xd8)

/** Size and orientation of a JPEG, PNG or WebP; undefined for anything else and for what is damaged. */
export function readPicture(bytes: Buffer): Picture | undefined {
  if (isPng(bytes)) {
    if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined
    return sized({ kind: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), orientation: 1 })
  }
  if (isWebp(bytes)) return readWebp(bytes)
  const parts = segmentsOf(bytes)?.segments
  const frame = parts?.find(({ marker }) => isFrame(marker))
  if (!parts || !frame || frame.end - frame.start < 10) return undefined
  return sized({
    kind: 'jpeg',
    height: bytes.readUInt16BE(frame.start + 5),
    width: bytes.readUInt16BE(frame.start + 7),
    orientation: turnOf(bytes, parts),
  })
}

const sized = (picture: Picture): Picture | undefined => (picture.width > 0 && picture.height > 0 ? picture : undefined)

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

type Cleaning = {
  /** Says in the clean picture which way up it is; without, whoever shows it turns it. */
  keepTurn?: boolean
  /** A photograph that was cut off is refused instead of shown as far as it goes. */
  whole?: boolean
}

/** The same picture without anything that tells of the person: no EXIF, no comments, nothing after its end. */
export function cleanPicture(bytes: Buffer, { keepTurn = false, whole = false }: Cleaning = {}): Buffer | undefined {
  if (isPng(bytes)) return cleanPng(bytes)
  if (isWebp(bytes)) return cleanWebp(bytes)
  const found = segmentsOf(bytes)
  if (!found || (whole && !found.whole)) return undefined
  const turn = keepTurn ? turnOf(bytes, found.segments) : 1
  return Buffer.concat([
    bytes.subarray(0, 2),
    ...(turn === 1 ? [] : [exifWith(turn)]),
    ...found.segments.filter((part) => isPicture(bytes, part)).map(({ start, end }) => bytes.subarray(start, end)),
    Buffer.from([0xff, 0xd9]),
  ])
}

type Segment = { marker: number; start: number; end: number }

/** Segments that make the picture: tables, frames, scans, the colour profile and what Adobe says of colours. */
function isPicture(bytes: Buffer, { marker, start }: Segment): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const name = bytes.toString('latin1', start + 4, start + 16)
  return (
    (marker === 0xe0 && name.startsWith('JFIF\0')) ||
    (marker === 0xe2 && name === 'ICC_PROFILE\0') ||
    (marker === 0xee && name.startsWith('Adobe'))
  )
}

/**
 * The segments of the first picture in the file, its scans with their data, and whether its end was there; undefined where
 * they do not fit together.
 */
function segmentsOf(bytes: Buffer): { segments: Segment[]; whole: boolean } | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  const found: Segment[] = []
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) return { segments: found, whole: hasScan(found) }
    const start = at
    let end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length || end < at + 4) return undefined
    if (marker === 0xda) end = endOfScan(bytes, end)
    found.push({ marker, start, end })
    at = end
    if (at + 2 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] === 0xd9)
      return { segments: found, whole: hasScan(found) }
  }
  // Cut off within its last scan: browsers show such a picture, and so do we.
  return hasScan(found) ? { segments: found, whole: false } : undefined
}

const hasScan = (segments: readonly Segment[]): boolean => segments.some(({ marker }) => marker === 0xda)

/** Where the data of a scan end: at the first marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

/** Which way up, as the camera wrote it. */
function turnOf(bytes: Buffer, segments: readonly Segment[]): Picture['orientation'] {
  const exif = segments.find(
    ({ marker, start }) => marker === 0xe1 && bytes.toString('latin1', start + 4, start + 10) === 'Exif\0\0',
  )
  return exif ? orientationOf(bytes.subarray(exif.start + 10, exif.end)) : 1
}

function orientationOf(tiff: Buffer): Picture['orientation'] {
  if (tiff.length < 14) return 1
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number => {
    if (at + 2 > tiff.length) return 0
    return little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  }
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const count = Math.min(short(first), 200)
  for (let index = 0; index < count; index += 1) {
    const entry = first + 2 + index * 12
    if (short(entry) !== 0x0112) continue
    const value = short(entry + 8)
    return value >= 1 && value <= 8 ? (value as Picture['orientation']) : 1
  }
  return 1
}

/** A segment of EXIF that says how the picture is turned and nothing else. */
function exifWith(orientation: Picture['orientation']): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0xffe1)
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

const KEPT_CHUNKS = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'pHYs',
  'sBIT',
  'bKGD',
])

function cleanPng(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = [PNG]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return undefined
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (KEPT_CHUNKS.has(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return undefined
}

type Chunk = { name: string; start: number; end: number }

/** The chunks of a WebP within the length that it says; undefined where they do not fit into it. */
function chunksOf(bytes: Buffer): Chunk[] | undefined {
  const size = bytes.length >= 20 ? bytes.readUInt32LE(4) + 8 : 0
  if (size < 20 || size > bytes.length) return undefined
  const chunks: Chunk[] = []
  for (let at = 12; at + 8 <= size;) {
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (end > size) return undefined
    chunks.push({ name: bytes.toString('latin1', at, at + 4), start: at, end })
    at = end
  }
  return chunks
}

/** RFC 9649: the canvas of `VP8X`, or the one frame. */
function readWebp(bytes: Buffer): Picture | undefined {
  const first = chunksOf(bytes)?.[0]
  if (!first || first.end - first.start < 18) return undefined
  const at = first.start + 8
  const [width, height] = (() => {
    if (first.name === 'VP8X') return [bytes.readUIntLE(at + 4, 3) + 1, bytes.readUIntLE(at + 7, 3) + 1]
    if (first.name === 'VP8 ') return [bytes.readUInt16LE(at + 6) & 0x3fff, bytes.readUInt16LE(at + 8) & 0x3fff]
    if (first.name !== 'VP8L' || bytes[at] !== 0x2f) return [0, 0]
    const bits = bytes.readUInt32LE(at + 1)
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
  })()
  return sized({ kind: 'webp', width: width ?? 0, height: height ?? 0, orientation: 1 })
}

/** Chunks that draw: the head, frames, transparency, colours. */
const DRAWING = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])

function cleanWebp(bytes: Buffer): Buffer | undefined {
  const kept = chunksOf(bytes)?.filter(({ name }) => DRAWING.has(name))
  if (!kept?.some(({ name }) => name === 'VP8 ' || name === 'VP8L' || name === 'ANMF')) return undefined
  const chunks = kept.map(({ name, start, end }) => {
    const chunk = Buffer.from(bytes.subarray(start, end))
    // The flags of the head say which chunks follow; EXIF and XMP no longer do.
    if (name === 'VP8X' && chunk.length > 8) chunk[8] = (chunk[8] ?? 0) & ~0b0000_1100
    return chunk
  })
  const body = Buffer.concat(chunks)
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}
