import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { solveProof } from '../testing.ts'
import type { ProofAsked } from './proof-of-work.ts'
import { countWorkedAttempts } from './worked-attempts.ts'

const keys = {
  mac: (purpose: string, bytes: Uint8Array | string) => createHmac('sha256', purpose).update(bytes).digest(),
}
const text = {
  working: 'working',
  needsWait: (seconds: number) => `wait ${seconds}`,
  tooEarly: (seconds: number) => `early ${seconds}`,
  proofWorthless: 'again',
}
const start = Date.parse('2026-11-22T02:00:00.000Z')
const open = () => countWorkedAttempts(keys, { purpose: 'tracking', free: 3, most: 8, windowMs: 600_000 })
const fieldOf = (asked: ProofAsked | null | undefined, name: string): string =>
  new RegExp(`${name}="([^"]*)"`).exec(asked?.field.html ?? '')?.[1] ?? assert.fail(`no ${name}`)

test('a few wrong guesses are free, then each costs work, and at last it is over; others are not touched', () => {
  const attempts = open()
  for (let now = start; now < start + 3; now++)
    assert.equal(attempts.begin({ source: 'a', now, proof: undefined, text }), undefined)
  for (let turn = 0; turn < 5; turn++) {
    const now = start + 10 + turn
    const asked = attempts.begin({ source: 'a', now, proof: undefined, text })
    const proof = solveProof(fieldOf(asked, 'data-challenge'))
    assert.equal(attempts.begin({ source: 'a', now, proof, text }), undefined)
    // Once worked for is once tried.
    assert.equal(attempts.begin({ source: 'a', now, proof, text })?.words, 'again')
  }
  const last = attempts.begin({ source: 'a', now: start + 20, proof: undefined, text })
  const proof = solveProof(fieldOf(last, 'data-challenge'))
  assert.equal(attempts.begin({ source: 'a', now: start + 20, proof, text }), null)
  assert.equal(attempts.begin({ source: 'b', now: start + 20, proof: undefined, text }), undefined)
  assert.equal(attempts.begin({ source: 'a', now: start + 700_000, proof: undefined, text }), undefined)
})

test('who runs no script waits instead; what succeeds is not counted; a long secret needs no work', () => {
  const attempts = open()
  for (let turn = 0; turn < 20; turn++) {
    assert.equal(attempts.begin({ source: 'a', now: start + turn, proof: undefined, text }), undefined)
    attempts.succeeded('a', start + turn)
  }
  for (let now = start; now < start + 3; now++) attempts.begin({ source: 'a', now, proof: undefined, text })
  assert.equal(attempts.begin({ source: 'a', now: start + 5, proof: undefined, text, isSecret: true }), undefined)
  const asked = attempts.begin({ source: 'a', now: start + 6, proof: '', text })
  assert.match(asked?.words ?? '', /^wait \d+/)
  const ticket = fieldOf(asked, 'value')
  assert.match(attempts.begin({ source: 'a', now: start + 7, proof: ticket, text })?.words ?? '', /^early/)
  assert.equal(attempts.begin({ source: 'a', now: start + 60_000, proof: ticket, text }), undefined)
})
