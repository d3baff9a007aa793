import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apologiesOwed, queueBehind } from './morning-view.ts'
import { agencyChoices, firstFilters, lateBy, printPath, toQuery } from './register-view.ts'
import { searchTextOf } from './search-view.ts'

const today = '2026-11-20'
const agency = { agencyId: 5, name: 'Xã Hải Hưng', validTo: null, hasPredecessors: true, receivingPoints: [] }

test('the register opens with this month, the late one with everything that is late', () => {
  assert.deepEqual([firstFilters('all', today).from, firstFilters('all', today).to], ['2026-11-01', '2026-11-20'])
  assert.deepEqual([firstFilters('late', today).from, firstFilters('late', today).timeliness], ['', 'late'])
})

test('the own agency is asked for unless another is chosen; a broken day asks for nothing', () => {
  const query = toQuery({ ...firstFilters('all', today), from: '2026-02-31' }, 5)
  assert.deepEqual(
    [query['agencyId'], query['inherited'], query['from'], query['field']],
    ['5', undefined, undefined, undefined],
  )
  const inherited = toQuery({ ...firstFilters('all', today), agencyId: '5+' }, 5)
  assert.deepEqual([inherited['agencyId'], inherited['inherited']], ['5', 'true'])
})

test('an agency with predecessors is offered with and without them', () => {
  const words = { withOld: (name: string) => `${name} +`, closed: (name: string, day: string) => `${name} ${day}` }
  assert.deepEqual(
    agencyChoices(
      [agency, { ...agency, agencyId: 3, name: 'Xã Đoàn Kết', validTo: '2025-06-30', hasPredecessors: false }],
      words,
    ),
    [
      { value: '5', label: 'Xã Hải Hưng' },
      { value: '5+', label: 'Xã Hải Hưng +' },
      { value: '3', label: 'Xã Đoàn Kết 2025-06-30' },
    ],
  )
})

test('a register is printed for one authority and a period, as narrowed on the screen', () => {
  const query = toQuery({ ...firstFilters('all', today), channel: 'online' }, 5)
  assert.deepEqual(printPath('pdf', query), {
    path: '/api/register/pdf?agencyId=5&from=2026-11-01&to=2026-11-20&channel=online',
  })
  assert.deepEqual(printPath('pdf', { ...query, inherited: 'true' }), { why: 'one' })
  assert.deepEqual(printPath('xlsx', { ...query, from: undefined }), { why: 'period' })
})

test('lateness is counted in days up to the finish, or to today', () => {
  const dueAt = '2026-11-16T10:00:00.000Z'
  assert.equal(lateBy({ dueAt, finishedAt: '2026-11-18T03:00:00.000Z', timeliness: 'late' }, today), 2)
  assert.equal(lateBy({ dueAt, finishedAt: null, timeliness: 'open-late' }, today), 4)
  assert.equal(lateBy({ dueAt, finishedAt: '2026-11-16T11:00:00.000Z', timeliness: 'late' }, today), 0)
  assert.equal(lateBy({ dueAt, finishedAt: null, timeliness: 'open' }, today), undefined)
})

test('a number of the morning leads to the list with its conditions', () => {
  assert.equal(queueBehind(5, 'overdue'), '/ho-so?whose=agency&agencyId=5&state=overdue')
  assert.equal(
    queueBehind(5, '', { holder: { unitId: 7, officerId: null } }),
    '/ho-so?whose=agency&agencyId=5&unitId=7&holder=none',
  )
  assert.equal(queueBehind(5, 'today', { field: 'land' }), '/ho-so?whose=agency&agencyId=5&state=today&field=land')
  assert.equal(apologiesOwed(5, true), '/so-qua-han?agencyId=5%2B&timeliness=late-without-apology')
})

test('what a reader types is understood: the card, the QR code of a receipt', () => {
  assert.equal(searchTextOf('030185000123|112233445|Trần Thị Bích|05031985|Nữ|Thôn Đông|01052021'), '030185000123')
  assert.equal(searchTextOf('http://127.0.0.1:8080/tra-cuu/H99.01-261122-0001?k=abc'), 'H99.01-261122-0001')
  assert.equal(searchTextOf('  tran thi '), 'tran thi')
})
