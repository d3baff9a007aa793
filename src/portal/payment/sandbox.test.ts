import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runPaymentSandbox } from './sandbox.ts'

test('a secret that the page of settings would refuse is refused at once', async () => {
  const said: string[] = []
  assert.equal(await runPaymentSandbox(['8090', 'x'.repeat(15)], (line) => said.push(line)), 2)
  assert.match(said.join('\n'), /ít nhất 16 ký tự/)
})
