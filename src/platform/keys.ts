import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomPiece } from './id.ts'

/** Keys that live outside the database and its backups; each has one purpose. */
export type Keys = {
  /** AES-256-GCM; the result carries key version, nonce and tag. */
  encrypt: (text: string) => Buffer
  /** Throws when the bytes were altered or belong to another key. */
  decrypt: (bytes: Buffer) => string
  /** Deterministic index of a value that must be found without being readable. */
  blindIndex: (purpose: string, value: string) => Buffer
  /** Authenticates seals of the event log. */
  mac: (purpose: string, bytes: Buffer | string) => Buffer
  /** The folder, for records that must be kept apart from the database (heads of the seals). */
  dir: string
}

const VERSION = 1

/** Reads the keys, or makes them on the first start. Files are readable by their owner only. */
export function openKeys(dir: string): Keys {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  // As objects: made anew from its bytes for each use, a key costs more than the work that is done with it.
  const key = (name: string): KeyObject => {
    const file = join(dir, `${name}.key`)
    if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    const bytes = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    if (bytes.length !== 32) throw new Error(`${file}: khóa hỏng (not a 32-byte key in hex)`)
    return createSecretKey(bytes)
  }
  const encryption = key('encryption')
  const index = key('blind-index')
  const seal = key('seal')
  return {
    dir,
    encrypt(text) {
      const nonce = randomPiece(12)
      const cipher = createCipheriv('aes-256-gcm', encryption, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body])
    },
    decrypt(bytes) {
      if (bytes[0] !== VERSION || bytes.length < 29) throw new Error('cannot decrypt: unknown key version')
      const decipher = createDecipheriv('aes-256-gcm', encryption, bytes.subarray(1, 13))
      decipher.setAuthTag(bytes.subarray(13, 29))
      return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8')
    },
    blindIndex: (purpose, value) => createHmac('sha256', index).update(`${purpose}\0${value}`).digest().subarray(0, 16),
    mac: (purpose, bytes) => createHmac('sha256', seal).update(`${purpose}\0`).update(bytes).digest(),
  }
}
