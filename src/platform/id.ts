import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** A UUID of version 7: begins with the time, so that rows made one after the other lie together in an index. */
export function newId(epoch: number = Date.now()): string {
  const time = epoch.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${randomUUID().slice(15)}`
}

/** An id that follows from another one: what is sent again is recognised. */
export function derivedId(id: string, what: string): string {
  const hex = createHash('sha256').update(`${id}/${what}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Whether this is an id as `newId` and browsers write it; the database takes nothing else for one. */
export const isId = (given: unknown): given is string =>
  typeof given === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given)

const STORE = 4096
let store = Buffer.alloc(0)

/** A few random bytes, for salts and nonces: asking the system once for many costs as much as once for few. */
export function randomPiece(bytes: number): Buffer {
  if (store.length < bytes) store = randomBytes(Math.max(bytes, STORE))
  const piece = store.subarray(0, bytes)
  store = store.subarray(bytes)
  return piece
}
