import { inflateRawSync } from 'node:zlib'
import { refuse, accept, type Result } from '../platform/result.ts'

export type ZipRefusal = { code: 'not-a-workbook' } | { code: 'too-large'; limit: number }

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/**
 * Unpacks every entry once with a limit before a library may touch the file: what the directory says of sizes is
 * the sender's word, and a small file can unpack to gigabytes.
 */
export function checkZip(
  bytes: Buffer,
  { maxUnpacked, maxEntries = 500 }: { maxUnpacked: number; maxEntries?: number },
): Result<true, ZipRefusal> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END)
    return refuse({ code: 'not-a-workbook' })
  const count = bytes.readUInt16LE(end + 10)
  if (count > maxEntries) return refuse({ code: 'too-large', limit: maxEntries })
  let at = bytes.readUInt32LE(end + 16)
  let left = maxUnpacked
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) return refuse({ code: 'not-a-workbook' })
    const method = bytes.readUInt16LE(at + 10)
    const packed = bytes.readUInt32LE(at + 20)
    const local = bytes.readUInt32LE(at + 42)
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL || (method !== 0 && method !== 8))
      return refuse({ code: 'not-a-workbook' })
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    if (start + packed > bytes.length) return refuse({ code: 'not-a-workbook' })
    const size = method === 0 ? packed : unpackedSize(bytes.subarray(start, start + packed), left)
    if (size === 'damaged') return refuse({ code: 'not-a-workbook' })
    if (size === 'too-large' || size > left) return refuse({ code: 'too-large', limit: maxUnpacked })
    left -= size
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return accept(true)
}

function unpackedSize(packed: Buffer, most: number): number | 'too-large' | 'damaged' {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length
  } catch (error) {
    return error instanceof RangeError ? 'too-large' : 'damaged'
  }
}
