import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { hashWords, isSolution, readChallenge } from './solve-proof.ts'
import { bitsFor, openProofOfWork } from '../http/proof-of-work.ts'

const keys = {
  mac: (purpose: string, bytes: Uint8Array | string) => createHmac('sha256', purpose).update(bytes).digest(),
}
const now = Date.parse('2026-11-22T02:00:00.000Z')

function solve(challenge: string): string {
  const { bits, nonce } = readChallenge(challenge)
  for (let number = 0; ; number++) if (isSolution(nonce, bits, number)) return `${challenge}~${number}`
}

test('the browser computes the same SHA-256 as the server', () => {
  for (const text of ['', 'a', 'abcdefghijklmnop:0', 'x'.repeat(55)]) {
    const digest = createHash('sha256').update(text).digest()
    assert.deepEqual(hashWords(text), [digest.readInt32BE(0), digest.readInt32BE(4)])
  }
})

test('a solved task is right once, for its purpose and for half an hour', () => {
  const proofs = openProofOfWork(keys)
  const proof = solve(proofs.challenge('sign-up', 'a', now))
  assert.deepEqual(proofs.check('feedback', proof, 'a', now), { state: 'worthless' })
  assert.deepEqual(proofs.check('sign-up', proof, 'a', now + 31 * 60_000), { state: 'worthless' })
  assert.deepEqual(proofs.check('sign-up', proof, 'a', now), { state: 'right' })
  assert.deepEqual(proofs.check('sign-up', proof, 'a', now), { state: 'worthless' })
})

test('nothing solved, wrongly solved, made easier or invented is worth nothing', () => {
  const proofs = openProofOfWork(keys)
  const challenge = proofs.challenge('sign-up', 'a', now)
  assert.deepEqual(proofs.check('sign-up', '', 'a', now), { state: 'missing' })
  const { bits, nonce } = readChallenge(challenge)
  const wrong = [0, 1, 2, 3, 4, 5, 6, 7].find((number) => !isSolution(nonce, bits, number))
  const easier = challenge.replace(`.${bits}.`, '.0.')
  for (const proof of [`${challenge}~${wrong}`, `${easier}~1`, 'w.sign-up.a.0.b.c~1', '~', '.', 'x'.repeat(5000)])
    assert.deepEqual(proofs.check('sign-up', proof, 'a', now), { state: 'worthless' }, proof.slice(0, 80))
})

test('who asks often has to work harder, others do not', () => {
  const proofs = openProofOfWork(keys)
  const bitsOf = (source: string) => readChallenge(proofs.challenge('sign-up', source, now)).bits
  for (let index = 0; index < 30; index++) {
    const { ticket, seconds } = proofs.wait('sign-up', `w${index}`, now) ?? { ticket: '', seconds: 0 }
    assert.deepEqual(proofs.check('sign-up', ticket, 'greedy', now + seconds * 1000), { state: 'right' })
  }
  assert.equal(bitsOf('other'), 14)
  assert.ok(bitsOf('greedy') >= 18)
  assert.equal(bitsFor(100_000, 100_000), 22)
  assert.equal(bitsFor(0, 0), 14)
})

test('without script a ticket counts after a while, once, and a source gets a few', () => {
  const proofs = openProofOfWork(keys)
  const { ticket, seconds } = proofs.wait('sign-up', 'a', now) ?? { ticket: '', seconds: 0 }
  assert.deepEqual(proofs.check('sign-up', ticket, 'a', now + 1000), { state: 'too-early', seconds: seconds - 1 })
  assert.deepEqual(proofs.check('sign-up', ticket, 'a', now + seconds * 1000), { state: 'right' })
  assert.deepEqual(proofs.check('sign-up', ticket, 'a', now + seconds * 1000), { state: 'worthless' })
  const more = Array.from({ length: 40 }, () => proofs.wait('sign-up', 'a', now)).filter(Boolean)
  assert.ok(more.length < 20)
})
