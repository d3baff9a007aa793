import { createHash } from 'node:crypto'
import { sameBytes } from '../same-bytes.ts'
import type { Keys } from '../keys.ts'
import { randomPiece } from '../id.ts'
import { html, type Html } from './html.ts'

/**
 * Work that a browser does before it may ask for something that robots would ask for a thousand times. No picture to
 * decipher, nobody else's service: a number is sought for which SHA-256 of `nonce:number` begins with so many zero bits.
 * Who runs no script waits instead (`wait`).
 */
export type ProofOfWork = {
  /** A new task. The more a source solved of late, and the more everybody does, the harder. */
  challenge: (purpose: string, source: string, now: number) => string
  /** Judges what came back; right only once. */
  check: (purpose: string, proof: string, source: string, now: number) => ProofOutcome
  /** For a browser without script: a ticket that is worth as much after a while. Undefined when the source has too many. */
  wait: (purpose: string, source: string, now: number) => { ticket: string; seconds: number } | undefined
}

export type ProofOutcome =
  | { state: 'right' }
  /** Nothing was solved: the browser runs no script. */
  | { state: 'missing' }
  | { state: 'too-early'; seconds: number }
  /** Forged, for something else, solved wrongly, used before, too old. */
  | { state: 'worthless' }

const LIVES_MS = 30 * 60_000
const WINDOW_MS = 10 * 60_000
const BASE_BITS = 14
const MOST_BITS = 22
/** So many solved in ten minutes by one source, by all together, cost nothing extra; each doubling costs another bit. */
const FREE_OF_SOURCE = 6
const FREE_OF_ALL = 300
const WAIT_SECONDS = 20
const MOST_WAITING = 12
const REMEMBER = 100_000

/** How hard it is after so much was solved. */
export const bitsFor = (ofSource: number, ofAll: number): number =>
  Math.min(
    MOST_BITS,
    BASE_BITS +
      Math.ceil(Math.log2(Math.max(1, (ofSource + 1) / FREE_OF_SOURCE))) * 2 +
      Math.ceil(Math.log2(Math.max(1, ofAll / FREE_OF_ALL))),
  )

export function openProofOfWork(keys: Pick<Keys, 'mac'>): ProofOfWork {
  const solved = new Map<string, number[]>()
  const waiting = new Map<string, number[]>()
  const spent = new Map<string, number>()
  let all: number[] = []
  const recent = (times: readonly number[] | undefined, now: number) =>
    (times ?? []).filter((time) => time > now - WINDOW_MS)
  const note = (map: Map<string, number[]>, source: string, now: number) => {
    const times = [...recent(map.get(source), now), now]
    map.delete(source)
    map.set(source, times)
    const [oldest] = map.keys()
    if (map.size > REMEMBER && oldest !== undefined) map.delete(oldest)
  }
  const sign = (text: string) => keys.mac('proof-of-work', text).subarray(0, 16).toString('base64url')
  const signed = (text: string) => `${text}.${sign(text)}`
  const spend = (nonce: string, now: number): boolean => {
    if (spent.has(nonce)) return false
    for (const [old, until] of spent) {
      if (until > now && spent.size < REMEMBER) break
      spent.delete(old)
    }
    spent.set(nonce, now + LIVES_MS)
    return true
  }
  /** `kind.purpose.moment.strength.nonce.mac`, when it is ours. */
  const read = (text: string) => {
    const cut = text.lastIndexOf('.')
    if (!sameBytes(text.slice(cut + 1), sign(text.slice(0, Math.max(0, cut))))) return undefined
    const [kind = '', purpose = '', moment = '', strength = '', nonce = ''] = text.split('.')
    return { kind, purpose, moment: Number.parseInt(moment, 36), strength: Number(strength), nonce }
  }
  return {
    challenge(purpose, source, now) {
      all = recent(all, now)
      const bits = bitsFor(recent(solved.get(source), now).length, all.length)
      return signed(`w.${purpose}.${now.toString(36)}.${bits}.${randomPiece(12).toString('base64url')}`)
    },
    check(purpose, proof, source, now) {
      if (proof === '') return { state: 'missing' }
      if (proof.length > 200) return { state: 'worthless' }
      const [task = '', number = ''] = proof.split('~')
      const known = read(task)
      if (!known || known.purpose !== purpose || known.moment + LIVES_MS < now) return { state: 'worthless' }
      if (known.kind === 't') {
        const seconds = Math.ceil((known.moment + known.strength * 1000 - now) / 1000)
        if (seconds > 0) return { state: 'too-early', seconds }
      } else if (!/^\d{1,12}$/.test(number) || zeroBits(known.nonce, number) < known.strength)
        return { state: 'worthless' }
      if (!spend(known.nonce, now)) return { state: 'worthless' }
      note(solved, source, now)
      all = [...recent(all, now), now]
      return { state: 'right' }
    },
    wait(purpose, source, now) {
      if (recent(waiting.get(source), now).length >= MOST_WAITING) return undefined
      note(waiting, source, now)
      const text = `t.${purpose}.${now.toString(36)}.${WAIT_SECONDS}.${randomPiece(12).toString('base64url')}`
      return { ticket: signed(text), seconds: WAIT_SECONDS }
    },
  }
}

/** Zero bits at the beginning of SHA-256 of `nonce:number`. */
function zeroBits(nonce: string, number: string): number {
  let bits = 0
  for (const byte of createHash('sha256').update(`${nonce}:${number}`).digest()) {
    if (byte === 0) bits += 8
    else return bits + Math.clz32(byte) - 24
  }
  return bits
}

/** The script that solves it, for `scripts` of the page. */
export const PROOF_SCRIPT = 'proof-of-work'

/** The field of a form in which the script puts the solution; `proof` in what is posted. */
export const proofField = (challenge: string, busy: string): Html =>
  html`<input
    type="hidden"
    name="proof"
    value=""
    data-challenge="${challenge}"
    data-busy="${busy}"
    autocomplete="off"
  />`

/** What the form of a page carries: a task for a script, or a ticket for a browser without; and what is to be said. */
export type ProofAsked = { field: Html; words: string | null }

export type ProofWords = {
  working: string
  needsWait: (seconds: number) => string
  tooEarly: (seconds: number) => string
  proofWorthless: string
}

type Asking = { purpose: string; source: string; now: number; text: ProofWords }

/** A fresh task for a form. */
export const newProof = (proofs: ProofOfWork, { purpose, source, now, text }: Asking): ProofAsked => ({
  field: proofField(proofs.challenge(purpose, source, now), text.working),
  words: null,
})

/**
 * Whether the work was done. If not, what the form must carry the next time: another task, or for a browser without
 * script a ticket that is worth as much after a while. Undefined: done. Null: too many wait already.
 */
export function judgeProof(proofs: ProofOfWork, given: string, asking: Asking): ProofAsked | null | undefined {
  const { purpose, source, now, text } = asking
  const outcome = proofs.check(purpose, given, source, now)
  if (outcome.state === 'right') return undefined
  if (outcome.state === 'too-early') return { field: ticketField(given), words: text.tooEarly(outcome.seconds) }
  if (outcome.state === 'worthless') return { ...newProof(proofs, asking), words: text.proofWorthless }
  const wait = proofs.wait(purpose, source, now)
  return wait ? { field: ticketField(wait.ticket), words: text.needsWait(wait.seconds) } : null
}

const ticketField = (ticket: string): Html => html`<input type="hidden" name="proof" value="${ticket}" />`
