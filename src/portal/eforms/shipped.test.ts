import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogueData } from '../../catalogue/index.ts'
import { checkDefinition } from './check.ts'
import type { Answers } from './contract.ts'
import { families } from './families.ts'
import { checkAnswers, warningsOf } from './rules/check.ts'
import { checkForm } from './rules/definition.ts'
import { describe } from './rules/describe.ts'
import { ethnicGroups, isEthnicGroup } from './rules/ethnic-groups.ts'
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

test('eleven forms ship, each for a procedure that exists, with its cases and its paper, nobody having compared them', () => {
  const forms = readShippedForms()
  assert.equal(forms.length, 11)
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
  assert.deepEqual(found('birth', 'on-time', { requesterNumber: 'khong nho so nay' }), [
    'requesterNumber identity-number',
  ])
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
  const wordsOf = (form: string, change: Answers) =>
    checkAnswers(
      shippedForm(form),
      { ...families.find((one) => one.form === form)?.answers, ...change },
      { today },
    ).map(({ words }) => words.vi)
  assert.ok(wordsOf('register-copy', { copies: 'abc' }).includes('Chỉ viết số, ví dụ 2'))
  assert.ok(wordsOf('household-business', { capital: 'nhiều' }).includes('Chỉ viết số, ví dụ 1.500.000'))
  assert.deepEqual(found('social-allowance', 'allowance', { group: 'nobody' }), ['group not-allowed'])
})

test('a parent is older by years, not by days; an officer reads that the mother is who asks', () => {
  const form = shippedForm('birth')
  const given = families.find((one) => one.form === 'birth')?.answers ?? {}
  const facts = { today, caseKey: 'on-time', partKey: 'mother' }
  const at = (motherBirthDay: string) => {
    const answers = { ...given, requesterRelation: 'grandparent', childBirthDay: '2026-11-01', motherBirthDay }
    const list = (all: { path: string }[]) => all.filter(({ path }) => path === 'motherBirthDay').length
    return [list(checkAnswers(form, answers, facts)), list(warningsOf(form, answers, facts))]
  }
  assert.deepEqual(at('2026-10-30'), [1, 0])
  assert.deepEqual(at('2016-11-02'), [1, 0])
  assert.deepEqual(at('2016-11-01'), [0, 1])
  assert.deepEqual(at('2010-11-02'), [0, 1])
  assert.deepEqual(at('2010-11-01'), [0, 0])
  const answers = { ...given, requesterRelation: 'mother' }
  const labels = (all: boolean) =>
    describe(form, answers, { caseKey: 'on-time', all }).flatMap(({ lines }) => lines.map(({ label }) => label))
  assert.ok(labels(true).includes('Mẹ là người yêu cầu') && !labels(true).includes('Cha là người yêu cầu'))
  assert.ok(!labels(false).includes('Mẹ là người yêu cầu'))
})

test('ethnic groups are offered, and what is none of them is asked about without keeping anybody back', () => {
  assert.equal(new Set(ethnicGroups).size, 54)
  for (const name of [...ethnicGroups, 'kinh', 'ê-đê', 'dân tộc Thái', 'H’Mông']) assert.ok(isEthnicGroup(name), name)
  for (const name of ['Nguyễn Văn An', 'Khác', 'Kinhh']) assert.ok(!isEthnicGroup(name), name)
  const form = shippedForm('birth')
  const answers = { ...families.find((one) => one.form === 'birth')?.answers, childEthnicity: 'Nguyễn Văn An' }
  const facts = { today, caseKey: 'on-time', partKey: 'child' }
  const at = (list: { path: string }[]) => list.filter(({ path }) => path === 'childEthnicity').length
  assert.deepEqual([at(checkAnswers(form, answers, facts)), at(warningsOf(form, answers, facts))], [0, 1])
})

test('a name wholly in small letters is asked about; in capitals, as papers write it, it is not', () => {
  const form = shippedForm('birth')
  const given = families.find((one) => one.form === 'birth')?.answers ?? {}
  const facts = { today, caseKey: 'on-time', partKey: 'child' }
  const asked = (childName: string) =>
    warningsOf(form, { ...given, childName }, facts).some(({ path }) => path === 'childName')
  assert.deepEqual(['phạm thu hà', 'đỗ an', 'Phạm thu hà', 'PHẠM THU HÀ', 'Đỗ An'].map(asked), [
    true,
    true,
    false,
    false,
    false,
  ])
})

const ofPerson = (key: string) => key.endsWith('Name') && !/^(paper|business|branch|trade|notice)/.test(key)
/** The same with the names of all persons in small letters, and where they stand. */
function inSmall(answers: Answers): { answers: Answers; paths: string[] } {
  const paths: string[] = []
  const each = (given: Answers, before: string): Answers =>
    Object.fromEntries(
      Object.entries(given).map(([key, answer]) => {
        if (Array.isArray(answer))
          return [key, answer.map((item, index) => (typeof item === 'string' ? item : each(item, `${key}.${index}.`)))]
        if (!ofPerson(key) || typeof answer !== 'string') return [key, answer]
        paths.push(before + key)
        return [key, answer.toLocaleLowerCase('vi')]
      }),
    ) as Answers
  return { answers: each(answers, ''), paths }
}

test('so is the name of everybody whom a form names: mother, spouse, witness, member of the household …', () => {
  const all = families.flatMap(({ form, caseKey, answers }) => {
    const small = inSmall(answers)
    const told = warningsOf(shippedForm(form), small.answers, { today, caseKey })
    for (const path of small.paths)
      assert.match(
        told.find((finding) => finding.path === path)?.words.vi ?? '',
        /viết thường toàn bộ/,
        `${form} ${path}`,
      )
    return small.paths
  })
  for (const path of ['fatherName', 'witnesses.1.witnessName', 'members.0.memberName', 'cared.0.caredName'])
    assert.ok(all.includes(path), path)
  const known = warningsOf(
    shippedForm('household-business'),
    families.find(({ form }) => form === 'household-business')?.answers ?? {},
    { today, caseKey: 'household' },
  )
  assert.ok(!known.some(({ words }) => /viết thường/.test(words.vi)), 'a trade is no person')
})

const address = { unitCode: null, place: 'Xã Hải Hưng', detail: '' }
const otherMother: Answers = {
  requesterRelation: 'grandparent',
  requesterBirthDay: '1960-05-05',
  requesterNumber: '036160000111',
  motherName: 'Trần Thị Lan',
  motherBirthDay: '1994-08-12',
  motherNumber: '036194001234',
  motherAddress: address,
}
const forSelf: Answers = {
  forSelf: true,
  subjectSex: 'female',
  periodFrom: '2015',
  partnerBirthDay: '2000-01-01',
  partnerNumber: '037200000789',
}
const self: Answers = { requesterRelation: 'self' }
const child: Answers = {
  requesterRelation: 'child',
  recordName: 'Trần Văn Ký',
  recordBirthDay: '1960',
  recordNumber: '036060000123',
}
const member = (change: Answers): Answers => ({
  members: [
    {
      memberName: 'Mai Văn Lực',
      memberBirthDay: '1983-01-15',
      memberSex: 'male',
      memberNumber: '036083000333',
      memberAddress: address,
      ...change,
    },
  ],
})
const kid = (change: Answers): Answers => ({
  children: [{ childName: 'Cao Gia Hân', childBirthDay: '2018-04-04', childSchool: 'school', ...change }],
})
const group = (name: string, born: string, more: Answers = {}): Answers => ({
  group: name,
  personBirthDay: born,
  personNumber: `036${born < '2000' ? 1 : 3}${born.slice(2, 4)}000444`,
  household: 'poor',
  selfDeclares: false,
  declarantName: 'Cao Văn Bình',
  declarantBirthDay: '1980-01-01',
  declarantNumber: '036080000111',
  declarantRelation: 'anh',
  declarantAddress: address,
  ...more,
})
const cared = (change: Answers): Answers => ({
  cared: [
    {
      caredName: 'Phạm Gia Phúc',
      caredBirthDay: '2016-03-08',
      caredSex: 'male',
      caredRelation: 'cháu',
      caredGroup: 'child',
      caredAllowance: false,
      ...change,
    },
  ],
})

/** What a family says differently, and where an error (`!`) or a warning (`?`) then stands; nothing where it fits. */
const contradictions: readonly [form: string, caseKey: string, change: Answers, told: string][] = [
  ['birth', 'on-time', {}, '?proofKind'],
  ['birth', 'on-time', { childBirthDay: '1990-01-01' }, '!childBirthDay !fatherBirthDay ?proofKind'],
  ['birth', 'on-time', { childBirthDay: '2026-09-01' }, '!childBirthDay ?proofKind'],
  ['birth', 'on-time', { childBirthDay: '2026-09-23' }, '?proofKind'],
  ['birth', 'on-time', { childBirthDay: '2026-09-22' }, '?childBirthDay ?proofKind'],
  ['birth', 'late', { childBirthDay: '2026-09-01' }, '?proofKind'],
  ['birth', 'late', { childBirthDay: '2020-01-01' }, '?proofKind'],
  ['birth', 'late', {}, '?childBirthDay ?proofKind'],
  ['birth', 'on-time', { birthPlaceKind: 'home' }, ''],
  ['birth', 'late', { childBirthDay: '1994-08-12', birthPlaceKind: 'home' }, '!childBirthDay !fatherBirthDay'],
  ['birth', 'late', { childBirthDay: '2006-01-01', birthPlaceKind: 'home' }, '?childBirthDay'],
  ['birth', 'on-time', { birthPlaceKind: 'home', ...otherMother }, ''],
  [
    'birth',
    'on-time',
    { birthPlaceKind: 'home', ...otherMother, motherBirthDay: '2026', motherNumber: '' },
    '!motherBirthDay',
  ],
  [
    'birth',
    'on-time',
    { birthPlaceKind: 'home', ...otherMother, motherBirthDay: '2026-11-05', motherNumber: '' },
    '!motherBirthDay',
  ],
  [
    'birth',
    'on-time',
    { birthPlaceKind: 'home', ...otherMother, motherBirthDay: '1960', motherNumber: '' },
    '?motherBirthDay',
  ],
  ['birth', 'on-time', { birthPlaceKind: 'home', fatherBirthDay: '2016', fatherNumber: '' }, '?fatherBirthDay'],
  [
    'birth',
    'on-time',
    { birthPlaceKind: 'home', fatherNumber: '036194001234', fatherBirthDay: '1994' },
    '!fatherNumber',
  ],
  ['birth', 'on-time', { birthPlaceKind: 'home', fatherNumber: '036190004321' }, '!fatherNumber'],
  ['birth', 'on-time', { birthPlaceKind: 'home', requesterNumber: '036094001234' }, '!requesterRelation'],
  ['marriage', 'standard', {}, ''],
  ['marriage', 'standard', { groomNumber: '036195000321' }, '!groomNumber'],
  ['marriage', 'standard', { brideNumber: '011202000123' }, '!brideNumber'],
  ['marriage', 'standard', { brideNumber: 'B1234567', groomNumber: 'b1234567' }, '!groomNumber'],
  ['marriage', 'standard', { brideCount: 2 }, '!brideCount'],
  ['marriage', 'standard', { groomCount: 1 }, '?groomCount'],
  ['marriage', 'standard', { groomBirthDay: '1895-06-30', groomNumber: 'B1234567' }, '?groomBirthDay'],
  ['death', 'on-time', {}, ''],
  ['death', 'on-time', { deathDay: '2026-10-20', noticeDay: '2026-10-21' }, '!deathDay'],
  ['death', 'on-time', { deathDay: '2026-11-06' }, '?deathDay'],
  ['death', 'late', { deathDay: '2026-10-20' }, ''],
  ['death', 'late', {}, '?deathDay'],
  [
    'death',
    'on-time',
    { deceasedNumber: '036194001234', deceasedBirthDay: '1994', deceasedSex: 'female' },
    '!deceasedNumber ?deceasedBirthDay',
  ],
  ['death', 'on-time', { deceasedBirthDay: '1995' }, '!deceasedBirthDay'],
  ['death', 'on-time', { deceasedBirthDay: '1985' }, '?deceasedBirthDay'],
  ['death', 'on-time', { requesterRelation: 'parent' }, '!deceasedBirthDay'],
  ['death', 'on-time', { requesterRelation: 'spouse', deceasedBirthDay: '2015' }, '?deathDay'],
  ['death', 'on-time', { deceasedBirthDay: '1900' }, '?deathDay'],
  ['marital-status', 'first', {}, ''],
  [
    'marital-status',
    'first',
    { maritalStatus: 'married', spouseName: 'Lê Thị Mơ', statusPaper: 'Số 1' },
    '!purposeKind',
  ],
  [
    'marital-status',
    'first',
    { subjectBirthDay: '2007-03-09', subjectNumber: '036207000456', periodFrom: '2025-04' },
    '!purposeKind',
  ],
  ['marital-status', 'first', { periodFrom: '2003-01' }, '!periodFrom'],
  ['marital-status', 'first', { periodFrom: '2019' }, '?periodFrom'],
  ['marital-status', 'first', { partnerNumber: '037204000789' }, '!partnerNumber'],
  [
    'marital-status',
    'first',
    {
      subjectNumber: '036194001234',
      subjectBirthDay: '1994-08-12',
      subjectSex: 'female',
      partnerNumber: '037204000789',
      partnerBirthDay: '2004-12-01',
    },
    '!subjectNumber',
  ],
  ['marital-status', 'first', forSelf, ''],
  ['marital-status', 'first', { ...forSelf, subjectSex: 'male', partnerNumber: '037300000789' }, '!subjectSex'],
  [
    'marital-status',
    'first',
    { ...forSelf, partnerBirthDay: '2008-01-01', partnerNumber: '037208000789' },
    '!partnerBirthDay',
  ],
  [
    'marital-status',
    'first',
    { ...forSelf, requesterBirthDay: '2009-01-01', requesterNumber: '036309001234', periodFrom: '2026' },
    '!purposeKind ?requesterBirthDay ?periodFrom',
  ],
  ['civil-extract', 'standard', {}, ''],
  ['civil-extract', 'standard', { ...self, recordKind: 'death' }, '!recordKind'],
  ['civil-extract', 'standard', { ...self, registeredOn: '1993' }, '!registeredOn'],
  ['civil-extract', 'standard', { ...self, recordKind: 'marriage', registeredOn: '2005' }, '?registeredOn'],
  ['civil-extract', 'standard', child, ''],
  [
    'civil-extract',
    'standard',
    { ...child, recordBirthDay: '1995', recordNumber: '' },
    '!recordBirthDay !registeredOn',
  ],
  ['civil-extract', 'standard', { ...child, requesterRelation: 'parent' }, '!recordBirthDay'],
  [
    'civil-extract',
    'standard',
    { ...child, recordBirthDay: '1994', recordNumber: '036194001234' },
    '!recordNumber ?recordBirthDay',
  ],
  ['certified-copy', 'standard', {}, ''],
  [
    'certified-copy',
    'standard',
    { requesterBirthDay: '2022-01-01', requesterNumber: '036322000123' },
    '!requesterBirthDay',
  ],
  [
    'certified-copy',
    'standard',
    { requesterBirthDay: '2014-01-01', requesterNumber: '036314000123' },
    '?requesterBirthDay',
  ],
  ['signature', 'standard', {}, ''],
  ['signature', 'standard', { signatures: 1 }, '?signatures'],
  ['signature', 'standard', { paperLanguage: 'foreign', paperTranslated: false }, '?paperTranslated'],
  ['household-business', 'household', {}, ''],
  [
    'household-business',
    'household',
    member({ memberNumber: '036185000222', memberSex: 'female', memberBirthDay: '1985-07-07' }),
    '!members.0.memberNumber',
  ],
  ['household-business', 'household', { startDay: '2026-11-01' }, '?startDay'],
  ['social-allowance', 'allowance', {}, ''],
  ['social-allowance', 'allowance', { household: 'no' }, '!household'],
  ['social-allowance', 'allowance', { benefits: ['none', 'pension'], benefitAmount: 500_000 }, '!benefits'],
  ['social-allowance', 'allowance', { benefits: ['social'], benefitAmount: 500_000 }, '?benefits'],
  ['social-allowance', 'allowance', kid({ childBirthDay: '1989-01-01' }), '!children.0.childBirthDay'],
  ['social-allowance', 'allowance', kid({ childBirthDay: '2003-01-01' }), '!children.0.childBirthDay'],
  [
    'social-allowance',
    'allowance',
    kid({ childBirthDay: '2009-01-01', childSchool: 'before' }),
    '?children.0.childSchool',
  ],
  ['social-allowance', 'allowance', group('elderly', '1970', { hasSupporter: false }), '!personBirthDay'],
  ['social-allowance', 'allowance', group('elderly', '1960', { hasSupporter: false }), ''],
  ['social-allowance', 'allowance', group('elderly', '1945', { hasSupporter: false }), '?personBirthDay'],
  ['social-allowance', 'allowance', group('child', '2012', { schooling: 'attending', schoolName: 'Lớp 8' }), ''],
  [
    'social-allowance',
    'allowance',
    group('child', '2005', { schooling: 'attending', schoolName: 'Lớp 8' }),
    '!personBirthDay',
  ],
  [
    'social-allowance',
    'allowance',
    group('youth', '2012', { schooling: 'attending', schoolName: 'Lớp 8' }),
    '!personBirthDay',
  ],
  ['social-allowance', 'allowance', group('youth', '2008', { schooling: 'stopped' }), '!schooling'],
  ['social-allowance', 'allowance', group('child-poor', '2020'), '!personBirthDay'],
  ['social-allowance', 'allowance', group('child-poor', '2025', { selfDeclares: true }), '!selfDeclares'],
  ['register-copy', 'standard', {}, ''],
  ['register-copy', 'standard', { holderNumber: '036194001234' }, '!holderNumber'],
  ['register-copy', 'standard', { requesterRelation: 'holder', issuedOn: '1990' }, '!issuedOn'],
  ['social-care', 'care', {}, ''],
  ['social-care', 'care', { carerBirthDay: '2010-10-02', carerNumber: '036310000888' }, '!carerBirthDay'],
  ['social-care', 'care', cared({ caredBirthDay: '2000' }), '!cared.0.caredGroup'],
  ['social-care', 'care', cared({ caredGroup: 'elderly' }), '!cared.0.caredGroup'],
  [
    'social-care',
    'care',
    { carerKind: 'family', disabledCount: 9, ...cared({ caredGroup: 'disabled', caredPaper: '12' }) },
    '!disabledCount',
  ],
]

for (const [form, caseKey, change, told] of contradictions)
  test(`${form}, ${caseKey}: ${JSON.stringify(change).slice(0, 100)} → ${told || 'fits'}`, () => {
    const family = families.find((one) => one.form === form)
    const answers = { ...family?.answers, ...change }
    const facts = { today, caseKey }
    const definition = shippedForm(form)
    const errors = checkAnswers(definition, answers, facts)
    assert.deepEqual(
      errors.filter(({ code }) => code !== 'check'),
      [],
    )
    const warnings = warningsOf(definition, answers, facts)
    const found = [...errors.map(({ path }) => `!${path}`), ...warnings.map(({ path }) => `?${path}`)]
    assert.equal(found.join(' '), told)
  })

test('every check of a shipped form names its source, says itself in two languages, and its case exists', () => {
  for (const form of readShippedForms()) {
    assert.ok((form.checks ?? []).length >= 3, form.key)
    for (const { key, words, source } of form.checks ?? [])
      assert.ok(words.vi.length > 10 && words.en.length > 10 && source.length > 5, `${form.key} ${key}`)
  }
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
