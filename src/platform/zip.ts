import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/** Why a zip is not read on: it is none or damaged, or holds or unpacks to more than its reader takes. */
export class ZipFault extends Error {
  readonly code: 'damaged' | 'too-many' | 'too-large'

  constructor(code: ZipFault['code'], options?: ErrorOptions) {
    super(code, options)
    this.name = 'ZipFault'
    this.code = code
  }
}

/** A file in a zip, as the directory tells of it; `unpack` reads what it holds. */
export type ZipFile = { name: string; isEncrypted: boolean; crc: number; unpack: () => Buffer }

/**
 * The files of a zip, one after the other. What the directory says of sizes is the sender's word, and a small file can
 * unpack to gigabytes: all that is unpacked counts against `maxUnpacked` bytes. Throws `ZipFault`.
 */
export function* zipFiles(
  bytes: Buffer,
  { maxUnpacked, maxEntries }: { maxUnpacked: number; maxEntries: number },
): Generator<ZipFile> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) throw new ZipFault('damaged')
  const count = bytes.readUInt16LE(end + 10)
  if (count > maxEntries) throw new ZipFault('too-many')
  let at = bytes.readUInt32LE(end + 16)
  let left = maxUnpacked
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw new ZipFault('damaged')
    const place = at
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    yield {
      name: bytes.toString('utf8', at + 46, nameEnd),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      crc: bytes.readUInt32LE(at + 16),
      unpack: () => {
        const content = unpack(bytes, place, left)
        left -= content.length
        return content
      },
    }
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
}

function unpack(bytes: Buffer, at: number, most: number): Buffer {
  const method = bytes.readUInt16LE(at + 10)
  const packed = bytes.readUInt32LE(at + 20)
  const local = bytes.readUInt32LE(at + 42)
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL || (method !== 0 && method !== 8))
    throw new ZipFault('damaged')
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  if (start + packed > bytes.length) throw new ZipFault('damaged')
  const content = bytes.subarray(start, start + packed)
  if (method === 8) return inflate(content, most)
  if (packed > most) throw new ZipFault('too-large')
  return content
}

function inflate(packed: Buffer, most: number): Buffer {
  try {
    // Zero would mean no limit.
    const content = inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
    if (content.length <= most) return content
  } catch (cause) {
    throw new ZipFault(cause instanceof RangeError ? 'too-large' : 'damaged', { cause })
  }
  throw new ZipFault('too-large')
}
