import assert from 'node:assert/strict'
import { test } from 'node:test'
import { landingPath } from './landing.ts'

for (const [next, path] of [
  [undefined, '/'],
  ['', '/'],
  ['/can-bo/ho-so?cua=toi', '/ho-so?cua=toi'],
  ['/ho-so/1', '/ho-so/1'],
  ['/can-bo', '/'],
  ['/can-bo/dang-nhap', '/'],
  ['https://example.org/', '/'],
  ['//example.org', '/'],
  ['/can-bo//example.org', '/'],
  ['/\\example.org', '/'],
  ['javascript:alert(1)', '/'],
] as const)
  test(`after signing in, ${next ?? 'nothing'} leads to ${path}`, () => assert.equal(landingPath(next, null), path))

test('what must be done first comes first', () => assert.equal(landingPath('/ho-so', 'change-password'), '/tai-khoan'))
