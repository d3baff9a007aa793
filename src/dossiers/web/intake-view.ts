import type { ComponentRule, FeeRule, ProcedureCase, ProcedureVersion } from '../../catalogue/contract.ts'
import type { Day } from '../../platform/day.ts'
import type { ComponentInput, ComponentWay, Delivery, IntakeBody, NoticeWay, PersonInput } from '../contract.ts'
import { isMissing, openWays } from '../rules/component-way.ts'
import { cleanIdentityNumber, parseIdentityCard, readCitizenNumber } from '../../platform/identity-number.ts'
import { fold } from '../../platform/web/fold.ts'
import { checkPerson, type PersonRefusal } from '../rules/person.ts'

/** A person as typed at the counter: the commune stands apart from the rest of the address. */
export type PersonForm = {
  kind: PersonInput['kind']
  name: string
  identityNumber: string
  birthDay: Day | null
  sex: PersonInput['sex']
  phone: string
  email: string
  address: string
  place: { code: string; label: string } | null
  relation: string
}

export const otherRoles = ['submitter', 'owner', 'delegate'] as const
export type OtherRole = (typeof otherRoles)[number]
export type Role = 'applicant' | OtherRole

/** What is remembered of a paper once somebody touched it; the rest follows from the procedure. */
export type PaperForm = Omit<ComponentInput, 'key' | 'files' | 'way'> & { way?: ComponentWay | undefined }

export type IntakeForm = {
  persons: { applicant: PersonForm } & Partial<Record<OtherRole, PersonForm>>
  procedure: { code: string; name: string } | null
  /** The competent authority when it is another than that of the desk (phi địa giới); not chosen yet: null inside. */
  elsewhere: { agencyId: number | null; name: string } | null
  caseKey: string
  papers: Readonly<Record<string, PaperForm>>
  sets: number
  delivery: Delivery
  deliveryAddress: string
  feeUnits: IntakeBody['feeUnits']
  exemptions: readonly string[]
  remark: string
  /** By which ways they ask to be told; without it as the authority sends. */
  noticeWays?: readonly NoticeWay[]
}

/** What stays from one dossier to the next: where the officer sits and how the dossiers come in. */
export type DeskForm = { agencyId: number | null; receivingPointId: number | null; way: Way }

/** The ways in, as the counter says them; `assisted` is filed online by the officer beside the citizen. */
export const ways = ['counter', 'post', 'assisted'] as const
export type Way = (typeof ways)[number]
export const channelOf = (way: Way): IntakeBody['channel'] => (way === 'assisted' ? 'online' : way)

/** A point that was remembered from another agency, or was closed since, does not count. */
export const pointOf = (
  { receivingPoints }: { receivingPoints: readonly { receivingPointId: number }[] },
  desk: DeskForm,
): number | null =>
  receivingPoints.find(({ receivingPointId }) => receivingPointId === desk.receivingPointId)?.receivingPointId ?? null

export const emptyPerson: PersonForm = {
  kind: 'individual',
  name: '',
  identityNumber: '',
  birthDay: null,
  sex: null,
  phone: '',
  email: '',
  address: '',
  place: null,
  relation: '',
}

export const emptyIntake: IntakeForm = {
  persons: { applicant: emptyPerson },
  procedure: null,
  elsewhere: null,
  caseKey: '',
  papers: {},
  sets: 1,
  delivery: 'counter',
  deliveryAddress: '',
  feeUnits: { copies: 1, pages: 1, signatures: 1, contracts: 1 },
  exemptions: [],
  remark: '',
}

/** The next dossier of the same persons: only who stays. */
export const samePersons = (form: IntakeForm): IntakeForm => ({ ...emptyIntake, persons: form.persons })

export const isEmptyIntake = (form: IntakeForm): boolean => JSON.stringify(form) === JSON.stringify(emptyIntake)

// Who

/** What the card says goes over what was typed; what it does not know stays. Undefined when the text is no card. */
export function withCard(person: PersonForm, raw: string): PersonForm | undefined {
  const card = parseIdentityCard(raw)
  if (!card) return undefined
  const address = card.residence || person.address
  return {
    ...person,
    kind: 'individual',
    identityNumber: card.number,
    name: card.name,
    birthDay: card.birthDay,
    sex: card.sex,
    address,
    place: null,
  }
}

/** A whole number tells the sex; nobody has to type it. */
export function withNumber(person: PersonForm, identityNumber: string): PersonForm {
  const tells = person.kind === 'individual' && /^\d{12}$/.test(identityNumber)
  return {
    ...person,
    identityNumber,
    sex: tells && person.sex === null ? readCitizenNumber(identityNumber).sex : person.sex,
  }
}

/** Somebody met before: what is known goes in, what was already typed or scanned and is not known stays. */
export function withKnown(person: PersonForm, known: PersonInput): PersonForm {
  return {
    ...person,
    kind: known.kind,
    name: known.name || person.name,
    identityNumber: known.identityNumber || person.identityNumber,
    birthDay: known.birthDay ?? person.birthDay,
    sex: known.sex ?? person.sex,
    phone: known.phone || person.phone,
    email: known.email || person.email,
    ...(known.address ? splitAddress(known.address, known.unitCode) : {}),
  }
}

/** The commune and its province are the last two parts of an address that was made with them. */
function splitAddress(address: string, unitCode: string | null): Pick<PersonForm, 'address' | 'place'> {
  const parts = address.split(', ')
  if (unitCode === null || parts.length < 2) return { address, place: null }
  return {
    address: parts.slice(0, -2).join(', '),
    place: { code: unitCode, label: parts.slice(-2).map(asName).join(', ') },
  }
}

/** The commune that was chosen; what the address said of it in its old or new names goes. */
export function withPlace(person: PersonForm, place: { code: string; label: string; formerly: string }): PersonForm {
  const names = ` ${plain(`${place.label} ${place.formerly}`)} `
  const parts = person.address.split(',').map((part) => part.trim())
  while (parts.length > 1 && names.includes(` ${plain(parts.at(-1) ?? '')} `)) parts.pop()
  return { ...person, address: parts.join(', '), place: { code: place.code, label: place.label } }
}

const plain = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

export const addressOf = (person: PersonForm): string =>
  [person.address, within(person.place?.label ?? '', person.address !== '')].filter(Boolean).join(', ')

const kinds = /(^|, )(Xã|Phường|Đặc khu|Thị trấn|Tỉnh|Thành phố)(?= )/g

/** Within an address the kinds of places are common words: «Thôn Đông, xã Hải Hưng, thành phố Hải Phòng». */
const within = (label: string, follows: boolean): string =>
  label.replace(kinds, (found, before: string) => (follows || before !== '' ? found.toLocaleLowerCase('vi') : found))

const asName = (part: string): string => part.charAt(0).toLocaleUpperCase('vi') + part.slice(1)

const identityKinds = {
  individual: 'citizen',
  foreigner: 'passport',
  organisation: 'tax-code',
  newborn: 'none',
} as const

export function toPersonInput(person: PersonForm): PersonInput {
  const { place, ...rest } = person
  const identityNumber = person.kind === 'newborn' ? '' : cleanIdentityNumber(person.identityNumber)
  const isOrganisation = person.kind === 'organisation'
  return {
    ...rest,
    name: person.name.normalize('NFC').replace(/\s+/g, ' ').trim(),
    identityKind: identityNumber === '' ? 'none' : identityKinds[person.kind],
    identityNumber,
    birthDay: isOrganisation ? null : person.birthDay,
    sex: isOrganisation ? null : person.sex,
    address: addressOf(person),
    unitCode: place?.code ?? null,
  }
}

/** Whether a number is whole, so that it can be looked up. */
export const isWholeNumber = ({ kind, identityNumber }: Pick<PersonForm, 'kind' | 'identityNumber'>): boolean =>
  ({ individual: /^\d{12}$/, foreigner: /^[A-Za-z0-9]{6,12}$/, organisation: /^\d{10}(\d{3})?$/, newborn: /^$/ })[
    kind
  ].test(identityNumber) && kind !== 'newborn'

/** Whoever stands at the counter must be of age; a child may be the one whom it is about. */
const mustBeAdult = (form: IntakeForm, role: Role): boolean =>
  role === 'submitter' ||
  role === 'delegate' ||
  (role === 'applicant' && !form.persons.submitter && !form.persons.delegate)

export const personRefusal = (form: IntakeForm, role: Role, today: Day): PersonRefusal | undefined => {
  const person = form.persons[role]
  return (
    person &&
    checkPerson(toPersonInput(person), {
      today,
      mustBeKnown: role === 'applicant',
      mustBeAdult: mustBeAdult(form, role),
    })
  )
}

// What

export const caseIn = (version: ProcedureVersion | undefined, caseKey: string): ProcedureCase | undefined =>
  version?.cases.find(({ key }) => key === caseKey) ?? version?.cases[0]

/** Whether a case can be handed in this way at all. */
export const isOffered = (found: ProcedureCase, way: Way): boolean =>
  found.timeLimits.some(({ channels }) => channels.includes(channelOf(way)))

// Which papers

/** `ways`: how this paper may be left out here. */
export type PaperLine = PaperForm & { rule: ComponentRule; ways: readonly ComponentWay[] }

const usualForm = (rule: ComponentRule, way: Way): ComponentInput['form'] => {
  if (way === 'assisted') return 'electronic'
  return rule.originals > 0 ? 'original' : 'copy'
}

/** The checklist of a case: what was said of each paper, and the usual for the others. */
export const paperLines = (found: ProcedureCase | undefined, papers: IntakeForm['papers'], way: Way): PaperLine[] =>
  (found?.components ?? []).map((rule) => {
    const usual: PaperForm = {
      given: false,
      form: usualForm(rule, way),
      count: Math.max(1, rule.originals || rule.copies),
      digital: way === 'assisted' ? 'uploaded' : null,
    }
    // Who stands at the desk brings and shows everything there and then.
    const ways = openWays(rule).filter((each) => way === 'assisted' || each === 'data' || each === 'not-mine')
    return { rule, ways, ...(papers[rule.key] ?? usual) }
  })

const isAsked = ({ rule }: PaperLine): boolean => rule.need !== 'conditional'

const isSettled = ({ given, way }: PaperLine): boolean => given || way === 'data'

export const isComplete = (lines: readonly PaperLine[]): boolean => lines.filter(isAsked).every(isSettled)

/** One key: everything that this case asks of everybody was given; what holds only in some situation stays as it is. */
export function allGiven(lines: readonly PaperLine[]): IntakeForm['papers'] {
  return Object.fromEntries(
    lines.map((line) => [line.rule.key, toPaper(isAsked(line) && !isSettled(line) ? { ...line, given: true } : line)]),
  )
}

export const toPaper = ({ given, form, count, digital, way }: PaperForm): Omit<ComponentInput, 'key' | 'files'> => ({
  given,
  form,
  count,
  digital,
  ...(way && !given ? { way } : {}),
})

export const missingPapers = (lines: readonly PaperLine[]): PaperLine[] =>
  lines.filter((line) => isMissing(line.rule, line))

// Fees

const unitNames = { copy: 'copies', page: 'pages', signature: 'signatures', contract: 'contracts' } as const
export type FeeUnit = keyof IntakeBody['feeUnits']

const feesThrough = (found: ProcedureCase | undefined, way: Way): FeeRule[] =>
  (found?.fees ?? []).filter(({ channels }) => channels.includes(channelOf(way)))

/** By what this case counts its fees; nothing when they are flat. Pages are counted for each copy. */
export function feeUnitsOf(found: ProcedureCase | undefined, way: Way): FeeUnit[] {
  const per = new Set(feesThrough(found, way).map((fee) => fee.per))
  if (per.has('page')) per.add('copy')
  return (['copy', 'page', 'signature', 'contract'] as const)
    .filter((unit) => per.has(unit))
    .map((unit) => unitNames[unit])
}

export function exemptionsOf(
  found: ProcedureCase | undefined,
  way: Way,
): { key: string; name: string; percent: number; basis: string }[] {
  const all = feesThrough(found, way).flatMap(({ exemptions }) => exemptions)
  return [...new Map(all.map((exemption) => [exemption.key, exemption])).values()]
}

// What is sent

export type IntakeContent = Omit<IntakeBody, 'commandId'>

type Facts = {
  agencyId: number
  desk: DeskForm
  version: ProcedureVersion | undefined
  decision: IntakeBody['decision']
}

/** The intake as it is sent; the server judges it. */
export function toIntake(form: IntakeForm, { agencyId, desk, version, decision }: Facts): IntakeContent {
  const found = caseIn(version, form.caseKey)
  const { applicant } = form.persons
  const others = otherRoles.flatMap((role) => {
    const person = form.persons[role]
    return person ? [[role, toPersonInput(person)] as const] : []
  })
  const exemptions = exemptionsOf(found, desk.way).map(({ key }) => key)
  const competent = form.elsewhere?.agencyId ?? null
  return {
    ...(competent === null
      ? { agencyId, receivingPointId: desk.receivingPointId }
      : { agencyId: competent, lodgedAtAgencyId: agencyId, receivingPointId: null }),
    procedureCode: form.procedure?.code ?? '',
    caseKey: found?.key ?? '',
    channel: channelOf(desk.way),
    assisted: desk.way === 'assisted',
    sets: form.sets,
    persons: { applicant: toPersonInput(applicant), ...Object.fromEntries(others) },
    components: paperLines(found, form.papers, desk.way).map((line) => ({
      key: line.rule.key,
      ...toPaper(line),
      files: [],
    })),
    delivery: form.delivery,
    deliveryAddress: form.delivery === 'post' ? form.deliveryAddress.trim() || addressOf(applicant) : '',
    feeUnits: form.feeUnits,
    exemptions: form.exemptions.filter((key) => exemptions.includes(key)),
    remark: form.remark,
    ...(form.noticeWays?.length ? { noticeWays: [...form.noticeWays] } : {}),
    decision: competent === null ? decision : { type: 'none' },
  }
}

export type FieldProblem = {
  pointer: string
  code: PersonRefusal['code'] | 'name-missing' | 'procedure-missing' | 'agency-missing'
}

/** What can be told without the server, in the order of the page. */
export function problemsOf(form: IntakeForm, today: Day): FieldProblem[] {
  const persons = (['applicant', ...otherRoles] as const).flatMap((role) => {
    const refusal = personRefusal(form, role, today)
    if (!refusal) return []
    const isEmpty = refusal.code === 'name-not-a-name' && form.persons[role]?.name.trim() === ''
    return [{ pointer: `/persons/${role}${refusal.field}`, code: isEmpty ? ('name-missing' as const) : refusal.code }]
  })
  if (!form.procedure) return [...persons, { pointer: '/procedureCode', code: 'procedure-missing' }]
  const isOpen = form.elsewhere && form.elsewhere.agencyId === null
  return isOpen ? [...persons, { pointer: '/agencyId', code: 'agency-missing' }] : persons
}
