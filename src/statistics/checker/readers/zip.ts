import { inflateRawSync } from 'node:zlib'
import { UnreadableFile } from './unreadable.ts'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const MOST_UNPACKED = 150_000_000
const MOST_ENTRIES = 5000

/**
 * The names in a ZIP file. Every entry is unpacked once with a limit before a library may touch the file: what the
 * directory says of sizes is the sender's word, and a small file can unpack to gigabytes.
 */
export function inspectZip(bytes: Buffer): string[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) throw new UnreadableFile('damaged')
  const count = bytes.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) throw new UnreadableFile('unpacks-too-large')
  const names: string[] = []
  let at = bytes.readUInt32LE(end + 16)
  let left = MOST_UNPACKED
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw new UnreadableFile('damaged')
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw new UnreadableFile('encrypted')
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    names.push(bytes.toString('utf8', at + 46, nameEnd))
    left -= unpackedSize(bytes, at, left)
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return names
}

function unpackedSize(bytes: Buffer, at: number, left: number): number {
  const method = bytes.readUInt16LE(at + 10)
  const packed = bytes.readUInt32LE(at + 20)
  const local = bytes.readUInt32LE(at + 42)
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL || (method !== 0 && method !== 8))
    throw new UnreadableFile('damaged')
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  if (start + packed > bytes.length) throw new UnreadableFile('damaged')
  if (method === 0) {
    if (packed > left) throw new UnreadableFile('unpacks-too-large')
    return packed
  }
  try {
    return inflateRawSync(bytes.subarray(start, start + packed), { maxOutputLength: Math.max(1, left) }).length
  } catch (cause) {
    throw new UnreadableFile(cause instanceof RangeError ? 'unpacks-too-large' : 'damaged', { cause })
  }
}
