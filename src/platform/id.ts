import { randomBytes } from 'node:crypto'

/** A UUID of version 7: begins with the time, so that rows made one after the other lie together in an index. */
export function newId(epoch: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(epoch, 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
