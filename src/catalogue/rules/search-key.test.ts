import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { searchKey, searchWords } from './search-key.ts'

test('words are found without accents, with the tone mark anywhere and in any order', () => {
  assert.equal(searchKey('Đăng ký khai sinh'), searchKey('sinh KHAI ky dang'))
  assert.equal(searchKey('hoà giải'), searchKey('hòa giải'))
  assert.equal(searchKey('Chứng thực'.normalize('NFD')), searchKey('chứng thực'.normalize('NFC')))
  assert.deepEqual(searchWords('1.001193 – Hộ tịch/Ủy ban'), ['1', '001193', 'ho', 'tich', 'uy', 'ban'])
})

test('a key is its own key, and only plain letters and digits are in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const key = searchKey(text)
      assert.match(key, /^([a-z0-9]+( [a-z0-9]+)*)?$/)
      assert.equal(searchKey(key), key)
    }),
  )
})

test('the order of words never matters', () => {
  const word = fc.constantFrom('đăng', 'ký', 'kết', 'hôn', 'đất', 'đai', 'hộ', 'kinh', 'doanh')
  fc.assert(
    fc.property(fc.array(word), (words) =>
      assert.equal(searchKey(words.join(' ')), searchKey(words.toReversed().join(', '))),
    ),
  )
})
