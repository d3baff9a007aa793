import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPlaces, listPlaces, type Place } from '../../staff/index.ts'
import { emptyDraft } from '../drafts.ts'
import { vi } from '../public-text.vi.ts'
import { beginAtHome, readPlace } from '../place-step.ts'
import { choosePlace, placeInFull } from './place-choice.ts'

const choose = (query: string, home: string | null = '11257') =>
  choosePlace(query, findPlaces({ query, limit: 12, near: home ?? undefined }), home)
const placed = (query: string, home?: string | null): string | undefined => {
  const choice = choose(query, home)
  return choice !== 'unknown' && 'place' in choice ? choice.place.code : undefined
}

test('the name of the commune whose office is written to means that commune', () => {
  for (const typed of ['Hải Hưng', 'xã hải hưng', 'hai hung', 'Xã Hải Hưng']) assert.equal(placed(typed), '11257')
})

test('a place written in full, as the page itself writes it, is that place wherever the office is', () => {
  const typed = 'Xã Hải Hưng, Thành phố Hải Phòng'
  for (const home of ['11257', '00004', null]) {
    const body = (name: string) => (name === 'noi' ? typed : '')
    const { draft, places } = readPlace(body, emptyDraft(), { text: vi.place, home })
    assert.deepEqual([draft.placeCode, draft.placeName, places], ['11257', typed, undefined])
  }
  assert.equal(placeInFull('xã hải hưng,  thành phố hải phòng ', listPlaces())?.code, '11257')
  // None hides behind those that only sound like it or were called so.
  const labels = listPlaces().map(({ name, provinceName }) => `${name}, ${provinceName}`)
  assert.equal(new Set(labels.map((label) => label.toLocaleLowerCase('vi'))).size, labels.length)
})

test('a name that several have is offered with the province, without those that only sound like it', () => {
  const choice = choose('Hải Hưng', null)
  assert.ok(choice !== 'unknown' && 'offers' in choice)
  assert.ok(choice.offers.length >= 2)
  assert.ok(choice.offers.every(({ name, formerly }) => name.startsWith('Xã Hải Hưng, ') && formerly.length === 0))
})

test('the province tells two of the same name apart', () => {
  const found = placed('hải hưng ninh bình')
  assert.ok(found !== undefined && found !== '11257')
})

test('an old name is shown where it was the old name that was typed', () => {
  const choice = choose('Đoàn Kết', null)
  assert.ok(choice !== 'unknown' && 'offers' in choice)
  const { offers } = choice
  assert.ok(offers.length <= 6)
  const by = offers.find(({ formerly }) => formerly.length > 0)
  assert.ok(!by || by.formerly.every((name) => /Đoàn Kết/iu.test(name)))
})

test('the own commune by the name of one that was merged into it comes first', () => {
  const choice = choose('Đoàn Kết')
  assert.ok(choice !== 'unknown' && 'offers' in choice)
  const [first] = choice.offers
  assert.equal(first?.code, '11257')
  assert.match(first?.formerly.join() ?? '', /^Xã Đoàn Kết, Huyện Thanh Miện/)
})

test('what is no place is unknown', () => {
  assert.equal(choose('xyz không có'), 'unknown')
  assert.equal(choosePlace('gì đó', [] satisfies Place[], null), 'unknown')
})

test('the commune of the office stands there already, and goes with another office; what was written stays', () => {
  const begun = beginAtHome(emptyDraft(), '11257')
  assert.match(begun.placeName, /^Xã Hải Hưng, /)
  const other = listPlaces().find(({ code }) => code !== '11257')
  assert.ok(other)
  assert.equal(beginAtHome(begun, other.code, '11257').placeCode, other.code)
  const own = { ...begun, placeQuery: 'Chợ cũ', placeCode: null, placeName: 'Chợ cũ' }
  assert.equal(beginAtHome(own, other.code, '11257').placeName, 'Chợ cũ')
})
