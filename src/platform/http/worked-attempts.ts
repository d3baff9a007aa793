import type { Keys } from '../keys.ts'
import { countAttempts } from './attempts.ts'
import { judgeProof, newProof, openProofOfWork, type ProofAsked, type ProofWords } from './proof-of-work.ts'

type Try = {
  source: string
  now: number
  /** What the form carried; undefined where it was never asked for. */
  proof: string | undefined
  text: ProofWords
  /** What was typed is too long to be guessed, so that work would only hold up who has it. */
  isSecret?: boolean
}

export type WorkedAttempts = {
  /** Undefined: go on. Null: this source has tried too often. Otherwise the work that the form asks for first. */
  begin: (attempt: Try) => ProofAsked | null | undefined
  /** Takes back what `begin` counted at this moment. */
  succeeded: (source: string, now: number) => void
}

type Limits = { purpose: string; free: number; most: number; windowMs: number }

/** Guesses of a source: a few are free, more have to be worked for or waited for, and at `most` it is over for a while. */
export function countWorkedAttempts(
  keys: Pick<Keys, 'mac'>,
  { purpose, free, most, windowMs }: Limits,
): WorkedAttempts {
  const proofs = openProofOfWork(keys)
  const easy = countAttempts({ most: free, windowMs })
  const all = countAttempts({ most, windowMs })
  return {
    begin({ source, now, proof, text, isSecret = false }) {
      const asking = { purpose, source, now, text }
      const isFree = easy.begin(source, now) || isSecret
      if (!isFree && proof === undefined) return newProof(proofs, asking)
      const asked = isFree ? undefined : judgeProof(proofs, proof ?? '', asking)
      if (asked !== undefined) return asked
      return all.begin(source, now) ? undefined : null
    },
    succeeded(source, now) {
      easy.succeeded(source, now)
      all.succeeded(source, now)
    },
  }
}
