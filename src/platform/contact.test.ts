import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { phoneDigits, readEmail, readMobile, readPhone } from './contact.ts'

test('a mobile number is the same however it is written', () => {
  for (const typed of [
    '0912345678',
    '+84 912 345 678',
    '84912345678',
    '0084912345678',
    '0912.345.678',
    '(+84) 0912-345-678',
    '０９１２３４５６７８',
  ])
    assert.equal(readMobile(typed), '0912345678', typed)
  // 084 is a prefix of a network, not the country code.
  assert.equal(readMobile('0841234567'), '0841234567')
  assert.equal(readMobile('+84841234567'), '0841234567')
  for (const typed of [
    '0243 8250 000',
    '091234567',
    '09123456789',
    '12345',
    '',
    'abc',
    '+1 202 555 0100',
    '0912345678x',
  ])
    assert.equal(readMobile(typed), undefined, typed)
})

test('a telephone of the fixed network is a telephone but takes no messages', () => {
  assert.equal(readPhone('0220 3870 000'), '02203870000')
  assert.equal(readPhone('+84 (24) 3825 0000'), '02438250000')
  for (const typed of ['1022', '113', '0000000000', '0912 345 678 hoặc 0987 654 321'])
    assert.equal(readPhone(typed), undefined, typed)
})

test('every mobile number survives any way of writing', () => {
  const national = fc
    .tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{8}$/))
    .map(([first, rest]) => `${first}${rest}`)
  const way = fc.constantFrom('0', '+84', '84', '0084', '+84 0')
  fc.assert(
    fc.property(national, way, fc.constantFrom('', ' ', '.', '-'), (number, prefix, gap) => {
      const typed = `${prefix}${gap}${number.slice(0, 3)}${gap}${number.slice(3)}`
      assert.equal(readMobile(typed), `0${number}`)
      assert.equal(phoneDigits(typed), `0${number}`)
    }),
  )
})

test('mail that cannot be written to, or would break a header, is none', () => {
  assert.equal(readEmail(' An.Nguyen@Thu.Example '), 'An.Nguyen@thu.example')
  for (const typed of [
    'a@b',
    'a b@c.vn',
    'a@c.vn\r\nBcc: x@y.vn',
    '@c.vn',
    'a@',
    'a@1.2',
    'a..b@c.vn',
    '.a@c.vn',
    'ạ@c.vn',
    'a,b@c.vn',
    '<a@c.vn>',
    `${'a'.repeat(65)}@c.vn`,
    '',
  ])
    assert.equal(readEmail(typed), undefined, typed)
})
