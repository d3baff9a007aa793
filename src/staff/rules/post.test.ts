import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityName, inSentence, shortAuthorityName } from './agency-name.ts'
import { isDelegable, refuseDelegation, roles, type HeldPost } from './post.ts'
import { standardUnits } from './standard-units.ts'

const post: HeldPost = {
  postId: 1,
  officerId: 1,
  agencyId: 1,
  unitId: 1,
  role: 'leader',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
}
const period = { toOfficerId: 2, validFrom: '2026-11-20', validTo: '2026-11-30' }

for (const [what, given, change, code] of [
  ['a delegation in order', post, {}, undefined],
  ['one to its own holder', post, { toOfficerId: 1 }, 'delegation-to-oneself'],
  ['one of an administrator', { ...post, role: 'agency-admin' as const }, {}, 'role-not-delegable'],
  ['one that ends before it begins', post, { validTo: '2026-11-19' }, 'period-reversed'],
  ['one of more than a year', { ...post, validTo: null }, { validTo: '2027-11-22' }, 'period-too-long'],
  ['one of exactly a year', { ...post, validTo: null }, { validTo: '2027-11-21' }, undefined],
  ['one longer than the post', post, { validTo: '2027-01-01' }, 'post-not-in-force'],
  ['one before the post', post, { validFrom: '2025-12-31' }, 'post-not-in-force'],
] as const)
  test(`${what}: ${code ?? 'taken'}`, () => assert.equal(refuseDelegation(given, { ...period, ...change })?.code, code))

test('who watches or administers does not delegate', () => {
  assert.deepEqual(
    roles.filter((role) => !isDelegable(role)),
    ['agency-admin', 'supervisor', 'auditor', 'system-admin'],
  )
})

test('an authority is named in full, as decree 30 asks', () => {
  assert.equal(authorityName({ kind: 'commune', fullName: 'Xã Hải Hưng' }), 'Ủy ban nhân dân xã Hải Hưng')
  assert.equal(
    authorityName({ kind: 'province', fullName: 'Thành phố Hải Phòng' }),
    'Ủy ban nhân dân thành phố Hải Phòng',
  )
  assert.equal(authorityName({ kind: 'police', fullName: 'Công an xã Hải Hưng' }), 'Công an xã Hải Hưng')
  assert.equal(shortAuthorityName({ kind: 'commune', fullName: 'Đặc khu Côn Đảo' }), 'UBND đặc khu Côn Đảo')
  assert.equal(inSentence('Thị trấn Thanh Bình'), 'thị trấn Thanh Bình')
})

test('every kind of agency begins with a leadership', () => {
  for (const kind of ['commune', 'police', 'department']) assert.equal(standardUnits(kind)[0]?.kind, 'leadership')
})
