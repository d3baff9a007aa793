// What a photograph is and says besides its picture: where and when it was taken (EXIF), and which way up it is.

export type Picture = {
  kind: 'jpeg' | 'png'
  width: number
  height: number
  /** EXIF: 1 upright, 3 upside down, 6 and 8 on its side, 2, 4, 5, 7 the same mirrored. */
  orientation: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Size and orientation of a JPEG or PNG; undefined for anything else and for what is damaged. */
export function readPicture(bytes: Buffer): Picture | undefined {
  if (bytes.subarray(0, 8).equals(PNG)) {
    if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined
    return sized({ kind: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), orientation: 1 })
  }
  const parts = segmentsOf(bytes)
  const frame = parts?.find(({ marker }) => isFrame(marker))
  if (!parts || !frame || frame.end - frame.start < 10) return undefined
  const exif = parts.find(
    ({ marker, start }) => marker === 0xe1 && bytes.toString('latin1', start + 4, start + 10) === 'Exif\0\0',
  )
  return sized({
    kind: 'jpeg',
    height: bytes.readUInt16BE(frame.start + 5),
    width: bytes.readUInt16BE(frame.start + 7),
    orientation: exif ? orientationOf(bytes.subarray(exif.start + 10, exif.end)) : 1,
  })
}

const sized = (picture: Picture): Picture | undefined => (picture.width > 0 && picture.height > 0 ? picture : undefined)

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** The same picture without anything that tells of the person: no EXIF, no comments, nothing after its end. */
export function cleanPicture(bytes: Buffer): Buffer | undefined {
  if (bytes.subarray(0, 8).equals(PNG)) return cleanPng(bytes)
  const parts = segmentsOf(bytes)
  if (!parts) return undefined
  return Buffer.concat([
    bytes.subarray(0, 2),
    ...parts.filter((part) => isPicture(bytes, part)).map(({ start, end }) => bytes.subarray(start, end)),
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

/** The segments of the first picture in the file, its scans with their data; undefined where they do not fit together. */
function segmentsOf(bytes: Buffer): Segment[] | undefined {
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
    if (marker === 0xd9) return found
    const start = at
    let end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length || end < at + 4) return undefined
    if (marker === 0xda) end = endOfScan(bytes, end)
    found.push({ marker, start, end })
    at = end
    if (at + 2 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] === 0xd9) return found
  }
  // Cut off within its last scan: browsers show such a picture, and so do we.
  return found.some(({ marker }) => marker === 0xda) ? found : undefined
}

/** Where the data of a scan end: at the first marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
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
