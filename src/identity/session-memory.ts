import { dayOf, type Instant } from '../platform/day.ts'
import { staffGeneration } from '../staff/index.ts'

/** How long a change made by another process (a command at the terminal) may stay unnoticed. */
const FRESH_MS = 5000
const MOST = 20_000

type Known = { session: { expiresAt: Instant } }
type Remembered = { known: Known; askedAt: number; now: Instant; generation: string }

const memories = new WeakMap<object, Map<string, Remembered>>()
let changes = 0

/** Whatever this process changes about accounts, sessions and posts is noticed by the next request. */
export function forgetSessions(): void {
  changes++
}

/** The change and the word of it. */
export const toldToMemory = <Value>(change: Promise<Value>): Promise<Value> => change.finally(forgetSessions)

const generation = () => `${changes}/${staffGeneration()}`

/** Who asks again within five seconds is known; nothing is kept over a change, over midnight, or when the clock jumps. */
export async function rememberSession<KnownSession extends Known>(
  db: object,
  { key, now, ask }: { key: string; now: Instant; ask: () => Promise<KnownSession | undefined> },
): Promise<KnownSession | undefined> {
  const memory = memories.get(db) ?? new Map<string, Remembered>()
  memories.set(db, memory)
  const found = memory.get(key)
  if (found && isFresh(found, now)) return found.known as KnownSession
  // Counted before asking: what is read while somebody changes it is not remembered.
  const asked = { askedAt: performance.now(), now, generation: generation() }
  const known = await ask()
  memory.delete(key)
  if (memory.size >= MOST) memory.clear()
  if (known && asked.generation === generation()) memory.set(key, { known, ...asked })
  return known
}

function isFresh({ known, ...asked }: Remembered, now: Instant): boolean {
  return (
    asked.generation === generation() &&
    performance.now() - asked.askedAt < FRESH_MS &&
    Math.abs(Date.parse(now) - Date.parse(asked.now)) < FRESH_MS &&
    dayOf(now) === dayOf(asked.now) &&
    known.session.expiresAt > now
  )
}
