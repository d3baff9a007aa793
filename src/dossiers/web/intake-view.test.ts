import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogueData } from '../../catalogue/index.ts'
import type { ProcedureVersion } from '../../catalogue/contract.ts'
import {
  addressOf,
  allGiven,
  caseIn,
  type DeskForm,
  emptyIntake,
  emptyPerson,
  exemptionsOf,
  feeUnitsOf,
  type IntakeForm,
  isComplete,
  isEmptyIntake,
  isOffered,
  isWholeNumber,
  missingPapers,
  paperLines,
  toPaper,
  problemsOf,
  samePersons,
  toIntake,
  toPersonInput,
  withCard,
  withKnown,
  withNumber,
  withPlace,
} from './intake-view.ts'

const versions = readCatalogueData().versions as ProcedureVersion[]
const versionOf = (code: string): ProcedureVersion => {
  const version = versions.find((each) => each.code === code && each.validTo === null)
  if (!version) throw new Error(code)
  return version
}
const birth = versionOf('1.001193')
const desk: DeskForm = { agencyId: 1, receivingPointId: null, way: 'counter' }
const an = { ...emptyPerson, name: 'Nguyễn Văn An', identityNumber: '001085012345' }
const filled: IntakeForm = {
  ...emptyIntake,
  persons: { applicant: an },
  procedure: { code: birth.code, name: birth.shortName },
}
const today = '2026-11-20'

test('the card fills the person in, and what it does not know stays', () => {
  const person = withCard(
    { ...emptyPerson, phone: '0912345678' },
    '030185000123|112233445|Trần Thị Bích|05031985|Nữ|Thôn Đông, Đoàn Kết, Thanh Miện, Hải Dương|01052021',
  )
  assert.equal(person?.identityNumber, '030185000123')
  assert.equal(person?.birthDay, '1985-03-05')
  assert.equal(person?.sex, 'female')
  assert.equal(person?.phone, '0912345678')
  assert.equal(person?.address, 'Thôn Đông, Đoàn Kết, Thanh Miện, Hải Dương')
  assert.equal(withCard(emptyPerson, 'H99.01-261122-0001'), undefined)
})

test('a whole number tells the sex, half a number does not, and what was chosen stays', () => {
  assert.equal(withNumber(emptyPerson, '030185000123').sex, 'female')
  assert.equal(withNumber(emptyPerson, '0301850').sex, null)
  assert.equal(withNumber({ ...emptyPerson, sex: 'male' }, '030185000123').sex, 'male')
  assert.equal(withNumber({ ...emptyPerson, kind: 'organisation' }, '030185000123').sex, null)
})

test('somebody met before comes with the address in its parts and goes back unchanged', () => {
  const known = toPersonInput({
    ...an,
    address: 'Thôn Đông',
    place: { code: '11317', label: 'Xã Hải Hưng, Thành phố Hải Phòng' },
    phone: '0912345678',
  })
  assert.equal(known.address, 'Thôn Đông, xã Hải Hưng, thành phố Hải Phòng')
  const person = withKnown(emptyPerson, known)
  assert.deepEqual(person.place, { code: '11317', label: 'Xã Hải Hưng, Thành phố Hải Phòng' })
  assert.equal(person.address, 'Thôn Đông')
  assert.deepEqual(toPersonInput(person), known)
  assert.deepEqual(withKnown(person, known), person)
})

test('an address without a commune of the lists stays one text', () => {
  const person = withKnown(emptyPerson, toPersonInput({ ...an, address: 'Thôn 3, xã Đoàn Kết, huyện Thanh Miện' }))
  assert.equal(person.place, null)
  assert.equal(addressOf(person), 'Thôn 3, xã Đoàn Kết, huyện Thanh Miện')
})

test('a commune that is chosen takes its old names out of the address', () => {
  const place = {
    code: '11317',
    label: 'Xã Hải Hưng, Thành phố Hải Phòng',
    formerly: 'Xã Đoàn Kết, Huyện Thanh Miện, Tỉnh Hải Dương',
  }
  const person = withPlace({ ...an, address: 'Thôn Đông, Đoàn Kết, Thanh Miện, Hải Dương' }, place)
  assert.equal(addressOf(person), 'Thôn Đông, xã Hải Hưng, thành phố Hải Phòng')
  assert.equal(withPlace({ ...an, address: 'Thôn Đoàn' }, place).address, 'Thôn Đoàn')
  assert.equal(withPlace({ ...an, address: 'Thôn Tây, Ngũ Hùng' }, place).address, 'Thôn Tây, Ngũ Hùng')
})

test('each kind of person is sent with its kind of number', () => {
  assert.equal(toPersonInput(an).identityKind, 'citizen')
  assert.equal(toPersonInput({ ...an, kind: 'foreigner', identityNumber: 'c1234567' }).identityNumber, 'C1234567')
  const organisation = toPersonInput({
    ...an,
    kind: 'organisation',
    identityNumber: '0100109106',
    birthDay: '1990-01-01',
    sex: 'male',
  })
  assert.deepEqual([organisation.identityKind, organisation.birthDay, organisation.sex], ['tax-code', null, null])
  assert.deepEqual(
    [toPersonInput({ ...an, kind: 'newborn' }).identityKind, toPersonInput({ ...an, kind: 'newborn' }).identityNumber],
    ['none', ''],
  )
  assert.equal(toPersonInput({ ...an, identityNumber: '' }).identityKind, 'none')
})

test('a number is looked up when it is whole', () => {
  assert.equal(isWholeNumber(an), true)
  assert.equal(isWholeNumber({ kind: 'individual', identityNumber: '00108501234' }), false)
  assert.equal(isWholeNumber({ kind: 'organisation', identityNumber: '0100109106' }), true)
  assert.equal(isWholeNumber({ kind: 'newborn', identityNumber: '' }), false)
})

test('what can be told without the server stands at its field, in the order of the page', () => {
  assert.deepEqual(
    problemsOf(emptyIntake, today).map(({ pointer }) => pointer),
    ['/persons/applicant/name', '/procedureCode'],
  )
  assert.equal(problemsOf(emptyIntake, today)[0]?.code, 'name-missing')
  assert.deepEqual(problemsOf(filled, today), [])
  assert.deepEqual(problemsOf({ ...filled, persons: { applicant: { ...an, identityNumber: '' } } }, today), [
    { pointer: '/persons/applicant/identityNumber', code: 'identity-number-missing' },
  ])
})

test('a child may be the one whom it is about when somebody of age hands it in', () => {
  const child = { ...emptyPerson, name: 'Trần Gia Bảo', kind: 'newborn' as const, birthDay: '2026-11-01' }
  assert.equal(problemsOf({ ...filled, persons: { applicant: child } }, today)[0]?.code, 'applicant-under-age')
  assert.deepEqual(problemsOf({ ...filled, persons: { applicant: child, submitter: an } }, today), [])
  assert.deepEqual(problemsOf({ ...filled, persons: { applicant: an, owner: child } }, today), [])
})

test('one key gives everything that is asked of everybody and leaves the rest', () => {
  const lines = paperLines(caseIn(birth, ''), {}, 'counter')
  assert.equal(missingPapers(lines).length, 2)
  assert.equal(isComplete(lines), false)
  const after = paperLines(caseIn(birth, ''), allGiven(lines), 'counter')
  assert.equal(missingPapers(after).length, 0)
  assert.equal(isComplete(after), true)
  assert.equal(after.find(({ rule }) => rule.key === 'authorisation')?.given, false)
  const touched = { authorisation: { given: true, form: 'certified-copy' as const, count: 1, digital: null } }
  assert.equal(allGiven(paperLines(caseIn(birth, ''), touched, 'counter'))['authorisation']?.form, 'certified-copy')
})

test('what the agency looks up is not missing and is not counted as handed in by one key for all', () => {
  const looked = {
    'birth-notice': { given: false, form: 'original' as const, count: 1, digital: null, way: 'data' as const },
  }
  const lines = paperLines(caseIn(birth, ''), looked, 'counter')
  assert.deepEqual(
    missingPapers(lines).map(({ rule }) => rule.key),
    ['declaration'],
  )
  const after = paperLines(caseIn(birth, ''), allGiven(lines), 'counter')
  assert.equal(isComplete(after), true)
  assert.deepEqual(
    toPaper(after.find(({ rule }) => rule.key === 'birth-notice') ?? assert.fail()),
    looked['birth-notice'],
  )
  const ways = (at: 'counter' | 'assisted') => paperLines(caseIn(birth, ''), {}, at).map((line) => line.ways)
  assert.ok(!ways('counter').flat().includes('counter'), 'who stands at the desk brings it there and then')
  assert.ok(ways('assisted').flat().includes('counter'))
})

test('papers filed online are electronic, at the counter the original where it is asked for', () => {
  assert.equal(paperLines(caseIn(birth, ''), {}, 'assisted')[0]?.form, 'electronic')
  assert.equal(paperLines(caseIn(birth, ''), {}, 'assisted')[0]?.digital, 'uploaded')
  assert.equal(paperLines(caseIn(birth, ''), {}, 'counter')[0]?.form, 'original')
})

test('the fee asks only by what it is counted', () => {
  assert.deepEqual(feeUnitsOf(caseIn(birth, ''), 'counter'), [])
  const copies = versionOf('2.000815')
  const units = feeUnitsOf(caseIn(copies, ''), 'counter')
  assert.deepEqual(units, ['copies', 'pages'])
})

test('an exemption of another case is not sent', () => {
  const intake = toIntake(
    { ...filled, exemptions: ['not-there'] },
    { agencyId: 7, desk, version: birth, decision: { type: 'receive' } },
  )
  assert.deepEqual(intake.exemptions, [])
  assert.equal(exemptionsOf(undefined, 'counter').length, 0)
})

test('the intake is sent whole: case, papers, channel, where the post brings it', () => {
  const form: IntakeForm = {
    ...filled,
    delivery: 'post',
    persons: { applicant: { ...an, address: 'Thôn Đông' }, owner: { ...emptyPerson, name: 'Bé', kind: 'newborn' } },
  }
  const intake = toIntake(form, {
    agencyId: 7,
    desk: { ...desk, way: 'assisted', receivingPointId: 3 },
    version: birth,
    decision: { type: 'none' },
  })
  assert.equal(intake.caseKey, birth.cases[0]?.key)
  assert.deepEqual([intake.channel, intake.assisted, intake.receivingPointId, intake.agencyId], ['online', true, 3, 7])
  assert.equal(intake.deliveryAddress, 'Thôn Đông')
  assert.equal(intake.components.length, birth.cases[0]?.components.length)
  assert.deepEqual(Object.keys(intake.persons), ['applicant', 'owner'])
  assert.equal(toIntake(filled, { agencyId: 7, desk, version: birth, decision: { type: 'none' } }).deliveryAddress, '')
})

test('the next dossier of the same persons keeps them alone', () => {
  assert.deepEqual(samePersons(filled), { ...emptyIntake, persons: filled.persons })
  assert.equal(isEmptyIntake(emptyIntake), true)
  assert.equal(isEmptyIntake(filled), false)
})

test('a case is taken in only by the ways that it has', () => {
  const found = caseIn(birth, '')
  assert.ok(found)
  assert.equal(isOffered(found, 'counter'), true)
  assert.equal(
    isOffered({ ...found, timeLimits: found.timeLimits.map((limit) => ({ ...limit, channels: ['online'] })) }, 'post'),
    false,
  )
})
