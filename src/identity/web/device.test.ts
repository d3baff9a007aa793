import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDevice } from './device.ts'

test('a browser is named as people name it', () => {
  const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
  assert.deepEqual(readDevice(`${windows} Chrome/140.0.0.0 Safari/537.36`), { browser: 'Chrome', system: 'Windows' })
  assert.equal(readDevice(`${windows} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`)?.browser, 'Edge')
  assert.equal(readDevice(`${windows} coc_coc_browser/130.0 Chrome/124.0 Safari/537.36`)?.browser, 'Cốc Cốc')
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1'
  assert.deepEqual(readDevice(phone), { browser: 'Safari', system: 'iOS' })
  assert.equal(readDevice('curl/8.5.0'), undefined)
})
