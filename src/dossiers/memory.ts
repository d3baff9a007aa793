/** How long a change made elsewhere may stay unnoticed. */
const FRESH_MS = 30_000
const MOST = 20_000

type Remembered = { askedAt: number; answer: Promise<unknown> }
const memories = new WeakMap<object, Map<string, Remembered>>()

/**
 * Facts that change a few times a year and are asked for at every intake (what an agency offers, what it costs there)
 * are read again after half a minute.
 */
export function remember<Value>(db: object, key: string, ask: () => Promise<Value>): Promise<Value> {
  const memory = memories.get(db) ?? new Map<string, Remembered>()
  memories.set(db, memory)
  const found = memory.get(key)
  if (found && performance.now() - found.askedAt < FRESH_MS) return found.answer as Promise<Value>
  if (memory.size >= MOST) memory.clear()
  const answer = ask()
  memory.set(key, { askedAt: performance.now(), answer })
  // A failed reading is not remembered; who asked for it sees the fault.
  answer.catch(() => memory.delete(key))
  return answer
}

/** The next who asks reads again: nobody is refused by what somebody else has just changed. */
export const forget = (db: object, key: string): void => void memories.get(db)?.delete(key)
