import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// Argon2id with 19 MiB, two passes, one lane: the smallest of the OWASP choices, so that a counter's old server keeps up.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes under way at once; more would only take memory from everybody. */
const LANES = 4
let busy = 0
const waiting: (() => void)[] = []

async function inLane<Value>(work: () => Promise<Value>): Promise<Value> {
  if (busy >= LANES) await new Promise<void>((go) => waiting.push(go))
  else busy++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else busy--
  }
}

export const hashPassword = (password: string): Promise<string> =>
  inLane(() => hash(password.normalize('NFC'), options))

let dummy: Promise<string> | undefined

/** Whether the password is right; an account that does not exist costs the same work. */
export async function verifyPassword(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  dummy ??= hashPassword(randomBytes(16).toString('hex'))
  const against = passwordHash ?? (await dummy)
  const right = await inLane(() => verify(against, password.normalize('NFC')))
  return right && passwordHash !== null && passwordHash !== undefined
}

/** A secret for a cookie or a link, and what is stored of it. */
export function makeToken(): { token: string; tokenHash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}

/** Tokens carry 256 random bits, so a plain hash is enough. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()
