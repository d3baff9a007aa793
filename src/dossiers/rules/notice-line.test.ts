import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noticeLine, reachedAmong } from './notice-line.ts'

const both = { phone: '0912 345 678', email: 'mai@thu.example' }

test('the receipt says exactly the ways that were chosen, each with its address', () => {
  assert.equal(noticeLine(['email'], both), 'Thư điện tử mai@thu.example')
  assert.equal(noticeLine(['zalo', 'sms'], both), 'Tin nhắn SMS đến số 0912 345 678; Zalo 0912 345 678')
  assert.equal(
    noticeLine(['sms', 'zalo', 'email'], both),
    'Thư điện tử mai@thu.example; Tin nhắn SMS đến số 0912 345 678; Zalo 0912 345 678',
  )
})

test('where nothing was chosen it says whatever was given', () => {
  assert.equal(noticeLine(null, both), 'Điện thoại 0912 345 678; Thư điện tử mai@thu.example')
  assert.equal(noticeLine(null, { phone: '', email: '' }), null)
})

test('a way without an address is not said, and never an empty line where there is an address', () => {
  assert.equal(noticeLine(['email', 'sms'], { ...both, email: '' }), 'Tin nhắn SMS đến số 0912 345 678')
  assert.equal(noticeLine(['email'], { ...both, email: '' }), 'Điện thoại 0912 345 678')
  // A number of the fixed network takes no messages.
  assert.equal(
    noticeLine(['sms'], { ...both, phone: '02203870000' }),
    'Điện thoại 02203870000; Thư điện tử mai@thu.example',
  )
})

test('notices go to who acts, else to the next who can be reached', () => {
  const none = { phone: ' ', email: '' }
  const other = { phone: '', email: 'con@thu.example' }
  assert.equal(reachedAmong({ applicant: both, submitter: other }), other)
  assert.equal(reachedAmong({ applicant: both, delegate: none, submitter: none }), both)
  assert.deepEqual(reachedAmong({ applicant: none }), { phone: '', email: '' })
})
