import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetSessions, rememberSession, toldToMemory } from './session-memory.ts'

const known = (expiresAt = '2026-11-22T18:00:00.000Z') => ({ session: { expiresAt } })

/** Asks like the hook does and counts how often the database was asked. */
function desk(answer: () => ReturnType<typeof known> | undefined = () => known()) {
  const db = {}
  let asked = 0
  const ask = async () => {
    asked++
    return answer()
  }
  return {
    at: (now: string, key = 'token') => rememberSession(db, { key, now, ask }),
    asked: () => asked,
  }
}

test('who asks again at once is known, and everybody for themselves', async () => {
  const { at, asked } = desk()
  await at('2026-11-22T03:00:00.000Z')
  await at('2026-11-22T03:00:04.900Z')
  assert.equal(asked(), 1)
  await at('2026-11-22T03:00:04.900Z', 'another token')
  assert.equal(asked(), 2)
})

test('what another process changed is noticed after five seconds', async () => {
  const { at, asked } = desk()
  await at('2026-11-22T03:00:00.000Z')
  await at('2026-11-22T03:00:05.000Z')
  assert.equal(asked(), 2)
})

test('a change by this process is noticed at once, also one that failed half way', async () => {
  const { at, asked } = desk()
  await at('2026-11-22T03:00:00.000Z')
  forgetSessions()
  await at('2026-11-22T03:00:00.000Z')
  assert.equal(asked(), 2)
  await assert.rejects(toldToMemory(Promise.reject(new Error('lost'))), /lost/)
  await at('2026-11-22T03:00:00.000Z')
  assert.equal(asked(), 3)
})

test('what is read while somebody changes it is not remembered', async () => {
  const { at, asked } = desk(() => {
    forgetSessions()
    return known()
  })
  await at('2026-11-22T03:00:00.000Z')
  await at('2026-11-22T03:00:00.000Z')
  assert.equal(asked(), 2)
})

test('nothing is kept over midnight, nor a session that is over, nor that there was none', async () => {
  const overnight = desk()
  await overnight.at('2026-11-22T16:59:59.500Z')
  await overnight.at('2026-11-22T17:00:00.500Z')
  assert.equal(overnight.asked(), 2)
  const ending = desk(() => known('2026-11-22T03:00:01.000Z'))
  await ending.at('2026-11-22T03:00:00.000Z')
  await ending.at('2026-11-22T03:00:01.000Z')
  assert.equal(ending.asked(), 2)
  const nobody = desk(() => undefined)
  await nobody.at('2026-11-22T03:00:00.000Z')
  await nobody.at('2026-11-22T03:00:00.000Z')
  assert.equal(nobody.asked(), 2)
})
