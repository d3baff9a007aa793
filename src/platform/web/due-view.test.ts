import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantAt } from '../day.ts'
import { dueView } from './due-view.ts'

const at = (day: string, hour: number, minute = 0) => instantAt(day, hour * 60 + minute)
const now = at('2026-11-20', 14)
const words = (dueAt: string, more = {}) => dueView({ dueAt, ...more }, now, 'vi')

test('time left is told in days, then hours, then minutes', () => {
  assert.deepEqual(words(at('2026-11-25', 17)), { tone: 'normal', text: 'còn 5 ngày' })
  assert.deepEqual(words(at('2026-11-21', 8)), { tone: 'normal', text: 'còn 1 ngày' })
  assert.deepEqual(words(at('2026-11-21', 1)), { tone: 'normal', text: 'còn 11 giờ' })
  assert.deepEqual(words(at('2026-11-20', 17)), { tone: 'today', text: 'còn 3 giờ' })
  assert.deepEqual(words(at('2026-11-20', 14, 40)), { tone: 'today', text: 'còn 40 phút' })
})

test('what is past its time is late, also on the same day', () => {
  assert.deepEqual(words(at('2026-11-18', 17)), { tone: 'late', text: 'trễ 2 ngày' })
  assert.deepEqual(words(at('2026-11-20', 11)), { tone: 'late', text: 'trễ 3 giờ' })
  assert.deepEqual(words(at('2020-11-20', 15)), { tone: 'late', text: 'trễ 2.191 ngày' })
})

test('the very moment of the promise is still in time', () => {
  assert.equal(words(now).tone, 'today')
})

test('a paused dossier waits, whatever its old date', () => {
  assert.deepEqual(words(at('2026-11-18', 17), { paused: true }), { tone: 'waiting', text: 'chờ bổ sung' })
})

test('a finished dossier is judged by when it was finished', () => {
  const dueAt = at('2026-11-18', 17)
  assert.deepEqual(words(dueAt, { finishedAt: at('2026-11-18', 9) }), { tone: 'done', text: 'đúng hẹn' })
  assert.deepEqual(words(dueAt, { finishedAt: at('2026-11-17', 9) }), { tone: 'done', text: 'trước hẹn' })
  assert.deepEqual(words(dueAt, { finishedAt: at('2026-11-19', 9) }), { tone: 'late', text: 'trễ 1 ngày' })
})

test('nothing promised is said in words', () => {
  assert.deepEqual(dueView({ dueAt: null }, now, 'vi'), { tone: 'normal', text: 'chưa hẹn' })
  assert.deepEqual(dueView({ dueAt: at('2026-11-19', 17) }, now, 'en'), { tone: 'late', text: '1 day late' })
})
