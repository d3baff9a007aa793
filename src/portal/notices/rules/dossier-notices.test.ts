import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Dossier, DossierEvent } from '../../../dossiers/index.ts'
import { recipientsOf, isFresh, noticesFor, type Contact } from './dossier-notices.ts'

const person = (roles: string[], email: string, phone = ''): Contact => ({ roles, email, phone })

test('who handed it in is told; the applicant too where it matters, but nobody twice', () => {
  const mother = person(['applicant'], 'me@thu.example')
  const son = person(['submitter'], 'con@thu.example')
  assert.deepEqual(recipientsOf([mother, son], false), [son])
  assert.deepEqual(recipientsOf([mother, son], true), [son, mother])
  assert.deepEqual(recipientsOf([person(['applicant'], 'a@b.vn'), person(['submitter'], 'a@b.vn')], true).length, 1)
  assert.deepEqual(recipientsOf([mother, person(['submitter'], '')], true), [mother])
  assert.deepEqual(recipientsOf([person(['applicant'], '')], true), [])
})

test('property: nobody without an address is told, and no address twice', () => {
  const someone = fc.record({
    roles: fc.subarray(['applicant', 'submitter', 'owner', 'delegate']),
    email: fc.constantFrom('', 'a@b.vn', 'c@d.vn'),
    phone: fc.constantFrom('', '0912345678'),
  })
  fc.assert(
    fc.property(fc.array(someone), fc.boolean(), (persons, toApplicant) => {
      const told = recipientsOf(persons, toApplicant)
      assert.ok(told.every(({ email, phone }) => email !== '' || phone !== ''))
      assert.equal(new Set(told.map(({ email, phone }) => email || phone)).size, told.length)
      assert.ok(told.length <= 2)
    }),
  )
})

test('a result on paper and as a file: where to fetch the one, and where to download the other', () => {
  const told = (type: 'resultSigned' | 'resultReturned', change: Partial<Dossier>) =>
    noticesFor({
      event: { type } as DossierEvent,
      before: undefined,
      after: {
        status: type === 'resultSigned' ? 'resultSigned' : 'returned',
        open: [{ kind: 'return' }],
        outcome: 'granted',
        finishedAt: null,
        dueCurrent: null,
        ...change,
      } as Dossier,
      paperNames: new Map(),
      fields: [],
      language: 'vi',
      place: 'Quầy 1',
      resultLink: '/ket-qua',
    }).map(({ facts }) => [facts['where'], facts['resultLink']])
  assert.deepEqual(told('resultSigned', { delivery: 'counter-and-online', resultFileId: 'a' }), [
    ['Quầy 1', '/ket-qua'],
  ])
  assert.deepEqual(told('resultSigned', { delivery: 'counter-and-online', resultFileId: null }), [['Quầy 1', '']])
  assert.deepEqual(told('resultSigned', { delivery: 'counter', resultFileId: 'a' }), [['Quầy 1', '']])
  assert.deepEqual(told('resultReturned', { resultFileId: 'a' }), [[undefined, '/ket-qua']])
  assert.deepEqual(told('resultReturned', { resultFileId: null }), [[undefined, '']])
})

test('what happened days ago is not announced', () => {
  assert.equal(isFresh('2026-11-22T02:00:00.000Z', '2026-11-23T02:00:00.000Z'), true)
  assert.equal(isFresh('2026-11-20T02:00:00.000Z', '2026-11-23T02:00:00.000Z'), false)
})

test('fees counted again are told with what is left to pay, and not where nothing is', () => {
  const told = (after: Pick<Dossier, 'feeDue' | 'feePaid'>) =>
    noticesFor({
      event: { type: 'feesRecounted', fees: [] },
      before: undefined,
      after: after as Dossier,
      paperNames: new Map(),
      fields: [],
      language: 'vi',
      place: '',
      resultLink: '',
    }).map(({ template, facts }) => [template, facts['amount']])
  assert.deepEqual(told({ feeDue: 18_000, feePaid: 10_000 }), [['dossier-fee', '8.000 đồng']])
  assert.deepEqual(told({ feeDue: 10_000, feePaid: 10_000 }), [])
})
