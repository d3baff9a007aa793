import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import fc from 'fast-check'
import { characterFilter, characterSet } from './characters.ts'
import { editionOn, formEdition, formEditions } from './form-editions.ts'
import { dayInWords, instantInWords } from './form-words.ts'

test('a dossier gets the forms of its time', () => {
  for (const [day, edition] of [
    ['2018-11-22', '2018'],
    ['2018-11-23', '2018'],
    ['2025-06-30', '2018'],
    ['2025-07-01', '2025'],
    ['2026-11-22', '2025'],
  ] as const)
    assert.equal(editionOn(day), edition)
})

test('editions follow each other without gap, and their forms are numbered without gap', () => {
  assert.deepEqual(
    formEditions.map(({ validFrom, validTo }) => [validFrom, validTo]),
    [
      ['2018-11-23', '2025-06-30'],
      ['2025-07-01', null],
    ],
  )
  for (const { forms } of formEditions)
    assert.deepEqual(
      Object.values(forms).map(({ number }) => Number(number)),
      Object.values(forms).map((_form, index) => index + 1),
    )
  assert.equal(formEdition('2018').forms.stop, undefined)
  assert.throws(() => formEdition('1999' as '2018'), /unknown/)
})

test('days are written as the decree on papers says', () => {
  assert.equal(dayInWords('2026-02-05'), 'ngày 05 tháng 02 năm 2026')
  assert.equal(dayInWords('2026-03-15'), 'ngày 15 tháng 3 năm 2026')
  assert.equal(instantInWords('2026-11-20T17:05:00.000Z'), '00 giờ 05 phút, ngày 21 tháng 11 năm 2026')
})

const require = createRequire(import.meta.url)
const tinos = readFileSync(require.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'))
const filter = characterFilter([tinos])

test('the font has every Vietnamese letter', () => {
  const letters = 'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ'
  const set = characterSet(tinos)
  for (const letter of letters + letters.toUpperCase()) assert.ok(set.has(letter.codePointAt(0) ?? 0), letter)
})

test('text for print is composed, without controls, with a box for what the font lacks', () => {
  assert.equal(filter('Nguye\u0302\u0303n\u0007 Thi\u0323\tA\r\nB'), 'Nguyễn  Thị A\nB')
  assert.equal(filter('漢😀\u202Ex\u200B\uE000'), '□□x')
})

test('any text becomes printable, and again is the same', () => {
  const set = characterSet(tinos)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const printed = filter(text)
      for (const character of printed)
        assert.ok(['\n', ' ', '\u200B'].includes(character) || set.has(character.codePointAt(0) ?? 0))
      assert.equal(filter(printed), printed)
      for (const word of printed.split(/[\s\u200B]/u)) assert.ok(Array.from(word).length <= 28)
    }),
  )
})

test('a font without a character map is refused', () => {
  assert.throws(() => characterSet(new Uint8Array(64)), /without cmap/)
})
