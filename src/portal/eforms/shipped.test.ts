import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogueData } from '../../catalogue/index.ts'
import { checkDefinition } from './check.ts'
import type { Answers } from './contract.ts'
import { families } from './families.ts'
import { checkAnswers } from './rules/check.ts'
import { checkForm } from './rules/definition.ts'
import { describe } from './rules/describe.ts'
import { clean } from './rules/layout.ts'
import { intakeOf, personsOf, prefilled } from './rules/persons.ts'
import { answersFromPost, postOf } from './rules/post.ts'
import { readShippedForms } from './shipped-forms.ts'
import { shippedForm } from './testing.ts'

const today = '2026-11-22'
type Version = { code: string; validTo: string | null; cases: { key: string; components: { key: string }[] }[] }
const versions = readCatalogueData().versions as Version[]

const found = (form: string, caseKey: string, change: Answers): string[] => {
  const family = families.find((one) => one.form === form)
  return checkAnswers(shippedForm(form), { ...family?.answers, ...change }, { today, caseKey }).map(
    ({ path, code }) => `${path} ${code}`,
  )
}

test('ten forms ship, each for a procedure that exists, with its cases and its paper, nobody having compared them', () => {
  const forms = readShippedForms()
  assert.equal(forms.length, 10)
  for (const form of forms) {
    const version = versions.find(({ code, validTo }) => code === form.procedureCode && validTo === null)
    assert.ok(version, form.procedureCode)
    const cases = version.cases.map(({ key }) => key)
    const components = version.cases.flatMap((one) => one.components.map(({ key }) => key))
    assert.deepEqual(checkDefinition(form).findings, [], form.key)
    assert.deepEqual(checkForm(form, { cases, components }), [], form.key)
    if (form.component !== null) assert.ok(components.includes(form.component))
    assert.ok(form.source.document.length > 20 && form.source.note.length > 20)
    assert.ok(!('comparedWithOfficial' in form))
  }
})

for (const { form: key, caseKey, answers } of families)
  test(`a family fills in ${key}, and everything they say enters`, () => {
    const form = shippedForm(key)
    assert.deepEqual(checkAnswers(form, answers, { today, caseKey }), [])
    assert.deepEqual(clean(form, answers, { caseKey }), answers)
    assert.deepEqual(answersFromPost(form, postOf(form, answers), { caseKey }), answers)
    assert.ok(describe(form, answers, { caseKey }).every(({ lines }) => lines.every(({ value }) => value !== '')))
    const { applicant } = personsOf(form, answers, { caseKey })
    assert.ok(applicant.name !== '' && applicant.identityNumber.length === 12 && applicant.phone !== '')
  })

test('the persons of the dossier are those whom the answers name', () => {
  const birth = families.find(({ form }) => form === 'birth')
  assert.deepEqual(personsOf(shippedForm('birth'), birth?.answers ?? {}, { caseKey: 'on-time' }), {
    applicant: {
      kind: 'individual',
      name: 'Trần Thị Lan',
      identityKind: 'citizen',
      identityNumber: '036194001234',
      birthDay: '1994-08-12',
      sex: null,
      phone: '0912345678',
      email: 'lan@vidu.vn',
      address: 'Xóm 5, Xã Hải Hưng, Tỉnh Ninh Bình',
      unitCode: '14248',
      relation: '',
    },
    owner: {
      kind: 'newborn',
      name: 'Nguyễn Gia Bảo',
      identityKind: 'none',
      identityNumber: '',
      birthDay: '2026-11-05',
      sex: 'male',
      phone: '',
      email: '',
      address: '',
      unitCode: null,
      relation: 'người được khai sinh',
    },
  })
})

test('who files a marriage is the applicant', () => {
  const form = shippedForm('marriage')
  const answers = families.find((one) => one.form === 'marriage')?.answers ?? {}
  assert.equal(personsOf(form, answers).applicant.name, 'Đỗ Minh Quân')
  assert.equal(personsOf(form, { ...answers, filer: 'bride' }).applicant.identityNumber, '011302000123')
})

test('who declares for somebody else is the applicant, the other the owner', () => {
  const form = shippedForm('social-allowance')
  const answers = families.find((one) => one.form === 'social-allowance')?.answers ?? {}
  assert.equal(personsOf(form, answers, { caseKey: 'allowance' }).applicant.name, 'Cao Thị Nhài')
  const other = personsOf(
    form,
    { ...answers, selfDeclares: false, declarantName: 'Cao Văn Bình' },
    { caseKey: 'allowance' },
  )
  assert.deepEqual([other.applicant.name, other.owner?.name], ['Cao Văn Bình', 'Cao Thị Nhài'])
})

test('fees are counted by what the papers add up to', () => {
  const answers = families.find(({ form }) => form === 'certified-copy')?.answers ?? {}
  assert.deepEqual(intakeOf(shippedForm('certified-copy'), answers).feeUnits, {
    copies: 5,
    pages: 25,
    signatures: 0,
    contracts: 0,
  })
})

test('a number of nine digits stays on the declaration of a death and does not enter the dossier', () => {
  const answers = families.find(({ form }) => form === 'death')?.answers ?? {}
  const { owner } = personsOf(shippedForm('death'), answers, { caseKey: 'on-time' })
  assert.deepEqual([owner?.identityKind, owner?.identityNumber, owner?.birthDay], ['none', '', null])
})

test('what is wrong is found where it stands', () => {
  assert.deepEqual(found('birth', 'on-time', { childBirthDay: '2026-12-01' }), ['childBirthDay day-future'])
  assert.deepEqual(found('birth', 'on-time', { requesterNumber: '123456789' }), ['requesterNumber identity-number'])
  assert.deepEqual(found('birth', 'on-time', { requesterBirthDay: '1993-08-12' }), ['requesterNumber identity-number'])
  assert.deepEqual(found('birth', 'on-time', { requesterPhone: '12345' }), ['requesterPhone phone-format'])
  assert.deepEqual(found('birth', 'on-time', { childName: 'B@o 2' }), ['childName name-format'])
  assert.deepEqual(found('birth', 'on-time', { witnesses: [{}] }), [
    'witnesses.0.witnessName required',
    'witnesses.0.witnessBirthDay required',
    'witnesses.0.witnessNumber required',
    'witnesses.0.witnessAddress required',
  ])
  assert.deepEqual(found('birth', 'on-time', { hometown: { unitCode: null, place: '', detail: 'Xóm 1' } }), [
    'hometown place-missing',
  ])
  assert.deepEqual(found('marriage', 'standard', { groomBirthDay: '2008-01-01', groomNumber: '036208000321' }), [
    'groomBirthDay under-age',
  ])
  assert.deepEqual(found('death', 'on-time', { deathDay: '1940' }), ['deathDay day-order'])
  assert.deepEqual(found('death', 'on-time', { deceasedBirthDay: '5/3/41' }), ['deceasedBirthDay day-year-short'])
  assert.deepEqual(found('certified-copy', 'standard', { papers: [] }), ['papers too-few'])
  assert.deepEqual(found('household-business', 'household', { capital: 'nhiều' }), ['capital not-a-number'])
  assert.deepEqual(found('household-business', 'household', { ownerSex: 'male' }), ['ownerNumber identity-number'])
  assert.deepEqual(found('register-copy', 'standard', { copies: 51 }), ['copies too-large'])
  assert.deepEqual(found('social-allowance', 'allowance', { group: 'nobody' }), ['group not-allowed'])
})

test('a case of the procedure asks its own parts', () => {
  const form = shippedForm('household-business')
  const { members, ...alone } = families.find((one) => one.form === 'household-business')?.answers ?? {}
  assert.ok(members)
  assert.deepEqual(checkAnswers(form, alone, { today, caseKey: 'individual' }), [])
  assert.deepEqual(
    checkAnswers(form, alone, { today, caseKey: 'household' }).map(({ path }) => path),
    ['members'],
  )
})

test('what an account knows is filled in where nothing was answered', () => {
  const form = shippedForm('marriage')
  const account = { name: 'Đỗ Minh Quân', phone: '0987654321', identityNumber: '036095000321' }
  const filled = prefilled(form, { filer: 'groom', contactPhone: '0911111111' }, account)
  assert.deepEqual(
    [filled['groomName'], filled['brideName'], filled['contactPhone']],
    ['Đỗ Minh Quân', undefined, '0911111111'],
  )
})
