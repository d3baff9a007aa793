// Whether a definition holds together: what the editor shows at once and what publishing asks for.
import type {
  Clause,
  Condition,
  DefinitionCode,
  DefinitionFinding,
  Field,
  FormDefinition,
  Group,
  ValueSchema,
  Words,
} from '../contract.ts'
import { conditionsOf, faultsOfChecks, groupOfCheck } from './check-definition.ts'
import { clausesOf, isAsked, isGroup } from './layout.ts'
import { schemaOf } from './schema.ts'
import { chosenFrom, fitsWidget } from './widgets.ts'

export type DefinitionFacts = { components?: readonly string[]; cases?: readonly string[] }

type Spot = { field: Field | Group; group?: Group; pointer: string; order: number; always: boolean }

/** What is wrong with a definition. Errors keep it from being published, warnings are told. */
export function checkForm(form: FormDefinition, facts: DefinitionFacts = {}): DefinitionFinding[] {
  const found: DefinitionFinding[] = []
  const tell = (pointer: string, code: DefinitionCode, about = '', severity: 'error' | 'warning' = 'error') =>
    found.push({ pointer, code, severity, words: wordsFor(code, about) })
  const spots = spotsOf(form)
  checkHead(form, facts, tell)
  const seen = new Set<string>()
  for (const { field, pointer } of spots) {
    if (seen.has(field.key)) tell(`${pointer}/key`, 'key-twice', field.key)
    seen.add(field.key)
  }
  for (const [at, part] of form.layout.parts.entries()) {
    const pointer = `/layout/parts/${at}`
    if (form.layout.parts.findIndex(({ key }) => key === part.key) !== at) tell(`${pointer}/key`, 'key-twice', part.key)
    if (part.title.vi.trim() === '') tell(`${pointer}/title`, 'label-empty')
    if (part.fields.length === 0) tell(pointer, 'part-empty', part.title.vi)
    const order = spots.find((spot) => spot.pointer.startsWith(`${pointer}/`))?.order ?? 0
    checkCondition(part.when, { spots, pointer: `${pointer}/when`, order, facts, tell })
  }
  for (const spot of spots) {
    const { field, group, pointer, order } = spot
    if (field.label.vi.trim() === '') tell(`${pointer}/label`, 'label-empty')
    checkCondition(field.when, { spots, pointer: `${pointer}/when`, order, group, facts, tell })
    if (!isGroup(field))
      checkCondition(field.prefillWhen, { spots, pointer: `${pointer}/prefillWhen`, order, group, facts, tell })
    if (isGroup(field)) {
      const schema = schemaOf(form, field)
      if (!schema) tell(pointer, 'schema-missing', field.label.vi)
      else if (schema.type !== 'array' || schema.items?.type !== 'object') tell(pointer, 'schema-type', field.label.vi)
      else if (schema.maxItems === undefined) tell(pointer, 'group-endless', field.label.vi, 'warning')
    } else checkField(form, { ...spot, field }, { spots, facts, tell })
  }
  checkLeftOver(form, spots, tell)
  checkFills(form, spots, tell)
  faultsOfChecks(form, tell)
  for (const [at, { component, when }] of (form.papers ?? []).entries()) {
    const pointer = `/papers/${at}`
    if (facts.components && !facts.components.includes(component)) tell(pointer, 'reference-unknown', component)
    checkCondition(when, { spots, pointer, order: Number.POSITIVE_INFINITY, facts, tell })
  }
  for (const [at, check] of (form.checks ?? []).entries())
    for (const clause of conditionsOf(check))
      checkClause(clause, {
        spots,
        pointer: `/checks/${at}`,
        order: Number.POSITIVE_INFINITY,
        group: groupOfCheck(form, check),
        facts,
        tell,
      })
  if (form.checks?.some(({ words: told }) => told.vi !== '' && told.en === ''))
    tell('/checks', 'english-missing', '', 'warning')
  if (spots.some(({ field }) => field.label.vi !== '' && field.label.en === ''))
    tell('/layout', 'english-missing', '', 'warning')
  return found
}

export const mayPublish = (findings: readonly DefinitionFinding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error')

type Tell = (pointer: string, code: DefinitionCode, about?: string, severity?: 'error' | 'warning') => void

function spotsOf(form: FormDefinition): Spot[] {
  let order = 0
  return form.layout.parts.flatMap((part, at) =>
    part.fields.flatMap((item, index): Spot[] => {
      const pointer = `/layout/parts/${at}/fields/${index}`
      const always = part.when === undefined && item.when === undefined
      const own: Spot = { field: item, pointer, order: order++, always }
      if (!isGroup(item)) return [own]
      return [
        own,
        ...item.fields.map((field, inner) => ({
          field,
          group: item,
          pointer: `${pointer}/fields/${inner}`,
          order: order++,
          always: always && field.when === undefined,
        })),
      ]
    }),
  )
}

function checkHead(form: FormDefinition, { cases, components }: DefinitionFacts, tell: Tell): void {
  if (form.title.vi.trim() === '') tell('/title', 'label-empty')
  if (form.source.document.trim() === '') tell('/source', 'source-empty')
  if (form.validTo !== null && form.validTo < form.validFrom) tell('/validTo', 'validity')
  if (form.component !== null && form.furtherComponents?.includes(form.component))
    tell('/furtherComponents', 'key-twice', form.component)
  for (const key of form.furtherComponents ?? [])
    if (components && !components.includes(key)) tell('/furtherComponents', 'reference-unknown', key)
  for (const key of form.caseKeys) if (cases && !cases.includes(key)) tell('/caseKeys', 'reference-unknown', key)
}

function checkCondition(
  when: Condition | undefined,
  at: {
    spots: readonly Spot[]
    pointer: string
    order: number
    group?: Group | undefined
    facts: DefinitionFacts
    tell: Tell
  },
): void {
  if (!when) return
  for (const clause of clausesOf(when)) checkClause(clause, at)
}

function checkClause(
  clause: Clause,
  { spots, pointer, order, group, facts, tell }: Parameters<typeof checkCondition>[1],
): void {
  if ('caseIn' in clause) {
    for (const key of clause.caseIn)
      if (facts.cases && !facts.cases.includes(key)) tell(pointer, 'reference-unknown', key, 'warning')
    return
  }
  const spot = spots.find(({ field }) => field.key === clause.field)
  if (!spot) return tell(pointer, 'condition-unknown', clause.field)
  if (spot.order >= order) return tell(pointer, 'condition-later', spot.field.label.vi)
  if (spot.group && spot.group !== group) return tell(pointer, 'condition-in-group', spot.field.label.vi)
  const values = valuesOf(clause)
  if (values.some((value) => !canBe(spot.field, value))) tell(pointer, 'condition-value', values.join(', '))
}

const valuesOf = (clause: Exclude<Clause, { caseIn: string[] }>): readonly (string | number | boolean)[] => {
  if ('is' in clause) return [clause.is]
  if ('isNot' in clause) return [clause.isNot]
  return 'in' in clause ? clause.in : []
}

/** Whether the answer to a field can ever be this. */
function canBe(field: Field | Group, value: string | number | boolean): boolean {
  if (field.widget === 'yes-no') return typeof value === 'boolean'
  if (field.widget === 'number' || field.widget === 'money') return typeof value === 'number'
  if (field.widget === 'choice' || field.widget === 'choices')
    return (field.options ?? []).some((option) => option.value === value)
  return typeof value === 'string' && field.widget !== 'note'
}

function checkField(
  form: FormDefinition,
  { field, group, pointer }: Spot & { field: Field },
  { spots, facts, tell }: { spots: readonly Spot[]; facts: DefinitionFacts; tell: Tell },
): void {
  const { widget } = field
  if (widget === 'note') return
  const schema = schemaOf(form, field, group)
  if (!schema) return tell(pointer, 'schema-missing', field.label.vi)
  if (!fitsWidget(widget, schema) || !isPattern(schema)) return tell(pointer, 'schema-type', field.label.vi)
  if (widget === 'choice' || widget === 'choices') {
    const options = (field.options ?? []).map(({ value }) => value)
    const allowed = chosenFrom(schema)
    if (options.length === 0 || options.length !== allowed.length || options.some((value) => !allowed.includes(value)))
      tell(`${pointer}/options`, 'options-differ', field.label.vi)
    if (new Set(options).size !== options.length) tell(`${pointer}/options`, 'key-twice', field.label.vi)
    if ((field.options ?? []).some(({ label }) => label.vi.trim() === '')) tell(`${pointer}/options`, 'label-empty')
  }
  const refers = (key: string | undefined, kinds: readonly string[]) => {
    if (key === undefined) return
    const spot = spots.find((one) => one.field.key === key)
    if (!spot || !kinds.includes(spot.field.widget) || (spot.group && spot.group !== group))
      tell(pointer, 'reference-unknown', key)
  }
  refers(field.notBefore, ['day'])
  refers(field.ofBirthDay, ['day'])
  refers(field.ofSex, ['choice'])
  if (widget === 'files' && (!field.component || (facts.components && !facts.components.includes(field.component))))
    tell(pointer, 'component-missing', field.label.vi)
}

function isPattern({ pattern }: ValueSchema): boolean {
  if (pattern === undefined) return true
  try {
    return new RegExp(pattern, 'u').source !== ''
  } catch {
    return false
  }
}

/** What the schema names and nobody asks. */
function checkLeftOver(form: FormDefinition, spots: readonly Spot[], tell: Tell): void {
  const known = (group?: Group) =>
    new Set(
      spots
        .filter((spot) => spot.group === group && (isGroup(spot.field) || isAsked(spot.field)))
        .map(({ field }) => field.key),
    )
  const check = (schema: ValueSchema | undefined, pointer: string, group?: Group) => {
    const keys = known(group)
    for (const key of [...Object.keys(schema?.properties ?? {}), ...(schema?.required ?? [])])
      if (!keys.has(key)) tell(pointer, 'schema-left-over', key)
    if (schema && schema.additionalProperties !== false) tell(pointer, 'schema-type', 'additionalProperties')
  }
  check(form.schema, '/schema')
  for (const { field } of spots)
    if (isGroup(field)) check(schemaOf(form, field)?.items, `/schema/properties/${field.key}/items`, field)
}

function checkFills(form: FormDefinition, spots: readonly Spot[], tell: Tell): void {
  const always = new Map<string, string>()
  let isNamed = false
  for (const { field, pointer, always: isAlways, group } of spots) {
    if (isGroup(field)) continue
    for (const target of field.fills ?? []) {
      const [who = ''] = target.split('.')
      if (target === 'applicant.name') isNamed = true
      if (['owner', 'submitter', 'delegate'].includes(who) && !(who in form.persons))
        tell(pointer, 'fill-no-person', target)
      if (!isAlways || group || field.fillsWhen || target.startsWith('feeUnits')) continue
      if (always.has(target)) tell(pointer, 'fill-twice', target, 'warning')
      always.set(target, pointer)
    }
  }
  if (!isNamed) tell('/layout', 'applicant-nameless')
}

const words: Record<DefinitionCode, (about: string) => Words> = {
  shape: (about) => ({ vi: `Không đúng khuôn: ${about}`, en: `Not in shape: ${about}` }),
  'key-twice': (about) => ({ vi: `“${about}” dùng hai lần`, en: `“${about}” is used twice` }),
  'condition-unknown': (about) => ({
    vi: `Điều kiện nhắc tới câu hỏi không có: “${about}”`,
    en: `The condition names a question that is not there: “${about}”`,
  }),
  'condition-later': (about) => ({
    vi: `Điều kiện nhắc tới câu hỏi đứng sau: “${about}”`,
    en: `The condition names a question that comes later: “${about}”`,
  }),
  'condition-value': (about) => ({
    vi: `Điều kiện chờ câu trả lời không thể có: ${about}`,
    en: `The condition waits for an answer that cannot be: ${about}`,
  }),
  'condition-in-group': (about) => ({
    vi: `“${about}” nằm trong nhóm lặp lại khác, không dùng làm điều kiện ở đây được`,
    en: `“${about}” stands in another repeated group and cannot be a condition here`,
  }),
  'schema-missing': (about) => ({ vi: `“${about}” chưa có kiểu dữ liệu`, en: `“${about}” has no schema` }),
  'schema-left-over': (about) => ({
    vi: `Lược đồ còn mục không ai hỏi: “${about}”`,
    en: `The schema names what nobody asks: “${about}”`,
  }),
  'schema-type': (about) => ({
    vi: `Kiểu dữ liệu không hợp với cách hỏi: “${about}”`,
    en: `The schema does not fit the question: “${about}”`,
  }),
  'options-differ': (about) => ({
    vi: `Các lựa chọn của “${about}” còn trống hoặc không khớp lược đồ`,
    en: `The options of “${about}” are empty or differ from the schema`,
  }),
  'reference-unknown': (about) => ({
    vi: `Không có “${about}”, hoặc không dùng ở đây được`,
    en: `There is no “${about}”, or it does not fit here`,
  }),
  'component-missing': (about) => ({
    vi: `“${about}” chưa gắn với giấy tờ nào của thủ tục`,
    en: `“${about}” belongs to no paper of the procedure`,
  }),
  'fill-twice': (about) => ({
    vi: `Hai câu hỏi luôn hiện cùng điền ${about}; câu sau được dùng`,
    en: `Two questions that are always asked fill ${about}; the later one counts`,
  }),
  'fill-no-person': (about) => ({
    vi: `${about} được điền nhưng biểu mẫu không khai người này`,
    en: `${about} is filled but the form names no such person`,
  }),
  'applicant-nameless': () => ({
    vi: 'Chưa có câu hỏi nào điền họ tên người yêu cầu',
    en: 'No question fills the name of the applicant',
  }),
  'label-empty': () => ({ vi: 'Chưa có tên', en: 'It has no name' }),
  'part-empty': (about) => ({ vi: `Phần “${about}” chưa có câu hỏi`, en: `The part “${about}” asks nothing` }),
  'source-empty': () => ({ vi: 'Chưa ghi nguồn của các mục', en: 'The source of the questions is not named' }),
  'group-endless': (about) => ({
    vi: `Nhóm “${about}” không có số lượng nhiều nhất`,
    en: `The group “${about}” has no end`,
  }),
  validity: () => ({ vi: 'Ngày hết hiệu lực trước ngày có hiệu lực', en: 'It ends before it begins' }),
  'check-wordless': (about) => ({
    vi: `Điều phải khớp thứ ${about} chưa có lời nói với người dân`,
    en: `Check ${about} says nothing to the citizen`,
  }),
  'check-sourceless': (about) => ({
    vi: `Chưa ghi căn cứ của điều phải khớp: “${about}”`,
    en: `The check names no article: “${about}”`,
  }),
  'check-kind': (about) => ({
    vi: `Chỉ so được hai ngày, hoặc hai số, khác nhau: “${about}”`,
    en: `Only two different days, or two numbers, can be compared: “${about}”`,
  }),
  'check-groups': (about) => ({
    vi: `Không so được hai câu hỏi nằm trong hai nhóm lặp lại khác nhau: “${about}”`,
    en: `Questions of two repeated groups cannot be held against each other: “${about}”`,
  }),
  'check-idle': (about) => ({
    vi: `Điều phải khớp này không bao giờ sai được, hãy chọn câu hỏi khác: “${about}”`,
    en: `This check can never find anything, choose other questions: “${about}”`,
  }),
  'check-sex': (about) => ({
    vi: `Cần một câu hỏi số định danh và một câu hỏi giới tính: “${about}”`,
    en: `It takes a question for an identity number and one for the sex: “${about}”`,
  }),
  'english-missing': () => ({
    vi: 'Có câu hỏi chưa có tên tiếng Anh; trang tiếng Anh sẽ hiện tiếng Việt',
    en: 'Some questions have no English; they will stand in Vietnamese',
  }),
}
const wordsFor = (code: DefinitionCode, about: string): Words => words[code](about)
