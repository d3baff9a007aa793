import { randomUUID } from 'node:crypto'

/** A UUID of version 7: begins with the time, so that rows made one after the other lie together in an index. */
export function newId(epoch: number = Date.now()): string {
  const time = epoch.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${randomUUID().slice(15)}`
}
