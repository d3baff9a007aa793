import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeFilters, parseSearch, readFilters, withQuery, writeSearch } from './filters.ts'

const defaults = { whose: 'mine', state: '', page: '1' }

test('filters are what the address says, otherwise the default', () => {
  assert.deepEqual(readFilters(parseSearch('?state=late&other=x'), defaults), {
    whose: 'mine',
    state: 'late',
    page: '1',
  })
})

test('a filter at its default leaves the address, other keys stay', () => {
  assert.deepEqual(changeFilters({ state: 'late', other: 'x' }, defaults, { state: '', whose: 'unit' }), {
    other: 'x',
    whose: 'unit',
  })
  assert.deepEqual(changeFilters({ whose: 'unit' }, defaults, { whose: 'mine' }), {})
})

test('a filter that was emptied against its default stays empty', () => {
  const changed = changeFilters({}, defaults, { whose: '' })
  assert.deepEqual(readFilters(parseSearch(writeSearch(changed)), defaults).whose, '')
})

test('text survives the address bar', () => {
  assert.deepEqual(parseSearch(writeSearch({ q: 'Nguyễn & Trần = 100%' })), { q: 'Nguyễn & Trần = 100%' })
})

test('numbers that look like text stay text', () => {
  assert.deepEqual(parseSearch('?q=001099000123'), { q: '001099000123' })
})

test('an API path carries only filters that say something', () => {
  assert.equal(
    withQuery('/api/queue', { q: '', state: 'late', page: null, limit: 20 }),
    '/api/queue?state=late&limit=20',
  )
  assert.equal(withQuery('/api/queue', {}), '/api/queue')
})
