import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { exemptionsIn, isSamePerson, patched, recounted, wantedFrom, type Filed } from './amend.ts'
import { supersededIn, type FeeLine } from './events.ts'
import { JUSTICE, moment, ref, Story } from './testing.ts'

const person: Filed['persons']['applicant'] = {
  kind: 'individual',
  name: 'Nguyễn Văn An',
  identityKind: 'citizen',
  identityNumber: '001085012345',
  birthDay: '1985-03-02',
  sex: 'male',
  phone: '0912345678',
  email: '',
  address: 'Thôn Đông',
  unitCode: null,
  relation: '',
}
const none = { copies: 0, pages: 0, signatures: 0, contracts: 0 }
const filed = (change: Partial<Filed> = {}): Filed => ({
  persons: { applicant: person },
  delivery: null,
  deliveryAddress: '',
  feeUnits: none,
  ...change,
})
const fee = (amount: number): FeeLine => ({ name: 'Phí bản sao', kind: 'charge', amount, basis: 'b' })
const nothing = { persons: {}, delivery: null, fees: null, counted: null }

test('only what two versions of a form differ in is wanted', () => {
  assert.deepEqual(wantedFrom(filed(), filed()), {
    persons: {},
    delivery: null,
    deliveryAddress: null,
    feeUnits: null,
  })
  const after = filed({
    persons: { applicant: { ...person, name: 'Nguyễn Văn Ân' }, submitter: person },
    feeUnits: { ...none, copies: 3 },
  })
  const wanted = wantedFrom(filed(), after)
  assert.deepEqual(wanted.persons, { applicant: { name: 'Nguyễn Văn Ân' }, submitter: person })
  assert.deepEqual([wanted.feeUnits?.before.copies, wanted.feeUnits?.after.copies], [1, 3])
  assert.deepEqual(wantedFrom(after, filed()).persons.submitter, null)
  // One copy, whether it was counted or not.
  assert.equal(wantedFrom(filed(), filed({ feeUnits: { ...none, copies: 1 } })).feeUnits, null)
})

test('a person keeps what the form did not change; nobody comes of facts without a name', () => {
  const now = patched({ ...person, relation: 'người được ủy quyền' }, { name: 'Nguyễn Văn Ân' })
  assert.deepEqual([now?.name, now?.relation], ['Nguyễn Văn Ân', 'người được ủy quyền'])
  assert.equal(patched(undefined, { phone: '0912345678' }), undefined)
  assert.ok(isSamePerson(person, { ...person, name: ' Nguyễn  Văn An', identityNumber: '001 085 012 345' }))
  assert.ok(!isSamePerson(person, { ...person, phone: '0912345679' }))
})

test('counts that the form did not change stay as they were typed; exemptions stay', () => {
  const known = { feeUnits: { copies: 2, pages: 7, signatures: 1, contracts: 1 }, exemptions: ['ho-ngheo'] }
  const ones = { copies: 1, pages: 1, signatures: 1, contracts: 1 }
  assert.deepEqual(recounted(known, { before: ones, after: { ...ones, copies: 5 } }), {
    feeUnits: { copies: 5, pages: 7, signatures: 1, contracts: 1 },
    exemptions: ['ho-ngheo'],
  })
  const rule = { name: 'Phí bản sao', exemptions: [{ key: 'ho-ngheo', name: 'Hộ nghèo', percent: 100, basis: 'b' }] }
  assert.deepEqual(exemptionsIn([fee(0)], [rule as never]), ['ho-ngheo'])
  assert.deepEqual(exemptionsIn([{ ...fee(0), basis: 'khác' }], [rule as never]), [])
})

test('an amendment changes persons, delivery and what is owed, and no other entry names the rows before', () => {
  const story = new Story(moment('2026-11-20 08:30'), { lodge: { fees: [fee(8000)], channel: 'online' } })
  story.do({
    type: 'recordComponents',
    components: [],
    amendment: { ...nothing, persons: { applicant: ref('p2'), owner: ref('o') }, delivery: 'post' },
  })
  assert.deepEqual(story.events.at(-1)?.type, 'amended')
  assert.deepEqual(story.dossier.persons, { applicant: ref('p2'), owner: ref('o') })
  assert.equal(story.dossier.delivery, 'post')
  story.do({
    type: 'recordComponents',
    components: [],
    amendment: { ...nothing, persons: { owner: null }, fees: [fee(24000)] },
  })
  assert.deepEqual(story.dossier.persons, { applicant: ref('p2') })
  assert.equal(story.dossier.feeDue, 24000)
  const happened = story.events.map((event, index) => ({
    agencyId: 1,
    event,
    occurredAt: moment('2026-11-20 08:30'),
    officerId: null,
    version: index + 1,
  }))
  assert.deepEqual([...supersededIn(happened).keys()], ['p', 'o'])
})

test('a supplement and its amendment are two entries of one command; the clock starts once', () => {
  const story = new Story(moment('2026-11-16 09:00'), { lodge: { fees: [fee(8000)] } })
    .do({ type: 'receive' })
    .do({ type: 'forward' })
    .do(
      { type: 'requestSupplement', details: ref(), componentKeys: [] },
      { at: moment('2026-11-17 09:00'), by: JUSTICE },
    )
    .do(
      { type: 'acceptSupplement', components: [], amendment: { ...nothing, fees: [fee(16000)] } },
      { at: moment('2026-11-18 09:00') },
    )
  assert.deepEqual(
    story.events.slice(-2).map(({ type }) => type),
    ['supplementReceived', 'amended'],
  )
  assert.equal(story.dossier.clockStartedAt, moment('2026-11-18 09:00'))
  assert.equal(story.dossier.feeDue, 16000)
})

test('whatever was waived, collected and changed, nobody owes less than nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50_000), { minLength: 1, maxLength: 6 }), fc.nat(100), (amounts, percent) => {
      const story = new Story(moment('2026-11-20 08:30'), { lodge: { fees: [fee(amounts[0] ?? 0)] } })
      for (const amount of amounts) {
        const owed = story.dossier.feeDue - story.dossier.feePaid
        const waived = Math.floor((owed * percent) / 100)
        if (waived > 0) story.do({ type: 'waiveFee', amount: waived, details: ref() })
        story.do({ type: 'recordComponents', components: [], amendment: { ...nothing, fees: [fee(amount)] } })
        assert.ok(story.dossier.feeDue >= 0)
        assert.ok(story.dossier.feeDue <= amount)
      }
    }),
  )
})
