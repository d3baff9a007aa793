import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonView } from '../contract.ts'
import { changeOf, personDraft } from './amend-form.ts'

const person: PersonView = {
  personId: '019a0000-0000-7000-8000-000000000001',
  role: 'applicant',
  kind: 'individual',
  name: 'Nguyễn Thị Hoa',
  identityKind: 'none',
  identityNumber: '',
  birthDay: '1990-01-01',
  sex: 'female',
  phone: '0912345678',
  email: '',
  address: 'Thôn Đông',
  relation: '',
  erased: false,
}

test('only what the desk changed is sent; a masked number is kept unless a new one is typed', () => {
  const draft = personDraft(person)
  assert.deepEqual(changeOf(person, draft), {})
  assert.deepEqual(changeOf(person, { ...draft, name: 'Nguyễn Thị Hòa' }), { name: 'Nguyễn Thị Hòa' })
  assert.deepEqual(changeOf(person, { ...draft, address: 'Thôn Đoài' }), { address: 'Thôn Đoài', unitCode: null })
  assert.deepEqual(changeOf(person, { ...draft, identityNumber: '030190000001' }), {
    identityNumber: '030190000001',
    identityKind: 'citizen',
  })
})
