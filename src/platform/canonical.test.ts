import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonical } from './canonical.ts'

test('canonical JSON does not depend on the order of keys', () => {
  assert.equal(canonical({ b: [1, { d: undefined, c: 'đ' }], a: null }), '{"a":null,"b":[1,{"c":"đ"}]}')
  fc.assert(fc.property(fc.jsonValue(), (value) => canonical(JSON.parse(canonical(value))) === canonical(value)))
})
