import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hadSecondFactor, levelOf, officerKeyOf, readPerson, usualSettings } from './provider.ts'

const settings = {
  ...usualSettings,
  levels: [
    { value: '2', level: 'substantial' as const },
    { value: 'urn:loa:3', level: 'high' as const },
  ],
  secondFactorValues: ['mfa'],
}

test('the level is what the rules name, and the lowest for anything else', () => {
  assert.equal(levelOf({ acr: '2' }, settings), 'substantial')
  assert.equal(levelOf({ acr: 2 }, settings), 'substantial')
  assert.equal(levelOf({ acr: 'urn:loa:3' }, settings), 'high')
  for (const acr of ['3', '', null, undefined, {}, ['2'], true]) assert.equal(levelOf({ acr }, settings), 'basic')
  assert.equal(levelOf({ loa: { value: 2 } }, { ...settings, levelClaim: 'loa.value' }), 'substantial')
  assert.equal(levelOf({}, { ...settings, levelClaim: '__proto__' }), 'basic')
  assert.ok(hadSecondFactor({ acr: 'mfa' }, settings))
  assert.ok(!hadSecondFactor({ acr: ['mfa'] }, settings))
})

test('a person is read from claims by their configured names', () => {
  const person = readPerson(
    {
      sub: 'x',
      so_dinh_danh: '001 085 012 345',
      name: '  Nguyễn   Văn An ',
      birthdate: '14/03/1985',
      gender: 'Nam',
      address: { formatted: 'Thôn 5,\nxã Hải Hưng' },
    },
    settings,
  )
  assert.deepEqual(person, {
    subject: 'x',
    level: 'basic',
    name: 'Nguyễn Văn An',
    identityNumber: '001085012345',
    birthDay: '1985-03-14',
    sex: 'male',
    phone: '',
    email: '',
    address: 'Thôn 5, xã Hải Hưng',
  })
  for (const birthdate of ['1985', '0000', '1985-02-30', '31/04/1985', '29/02/1900', 'x'])
    assert.equal(readPerson({ sub: 'x', birthdate }, settings).birthDay, null, birthdate)
  assert.equal(readPerson({ birthdate: '29/02/2000' }, settings).birthDay, '2000-02-29')
  assert.equal(readPerson({ birthdate: '19850314' }, settings).birthDay, '1985-03-14')
  assert.equal(readPerson({ so_dinh_danh: '12345' }, settings).identityNumber, '')
})

test('an address of mail finds an officer only when the provider checked it', () => {
  const byMail = { ...settings, officer: { claim: 'email', match: 'email' as const } }
  assert.equal(officerKeyOf({ email: 'a@b.vn' }, byMail), undefined)
  assert.equal(officerKeyOf({ email: 'a@b.vn', email_verified: 'true' }, byMail), undefined)
  assert.deepEqual(officerKeyOf({ email: 'A@b.vn', email_verified: true }, byMail), { by: 'email', value: 'a@b.vn' })
  assert.equal(officerKeyOf({}, settings), undefined)
  const byCode = { ...settings, officer: { claim: 'ma', match: 'staff-code' as const } }
  assert.deepEqual(officerKeyOf({ ma: 'CB-01' }, byCode), { by: 'staff-code', value: 'CB-01' })
})
