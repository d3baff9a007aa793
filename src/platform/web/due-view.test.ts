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

test('where the calendar is known, hours and days are those of work', () => {
  const office = [
    { from: 420, to: 690 },
    { from: 810, to: 1020 },
  ]
  const days = ['2026-11-19', '2026-11-20', '2026-11-23', '2026-11-25', '2026-11-26', '2026-11-27']
  const times = { from: '2026-11-01', to: '2026-12-01', days: days.map((day) => ({ day, intervals: office })) }
  const told = (dueAt: string, when = now) => dueView({ dueAt }, when, 'vi', times).text
  assert.equal(told(at('2026-11-23', 9), at('2026-11-21', 3)), 'còn 2 giờ làm việc')
  assert.equal(told(at('2026-11-23', 17)), 'còn 11 giờ làm việc')
  assert.equal(told(at('2026-11-26', 17)), 'còn 3 ngày làm việc')
  assert.equal(told(at('2026-11-20', 14, 40)), 'còn 40 phút làm việc')
  assert.equal(told(at('2026-11-20', 15), at('2026-11-23', 2)), 'trễ 2 giờ làm việc')
  assert.equal(told(at('2027-11-20', 15)), 'còn 365 ngày', 'beyond what is known, by the clock')
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
