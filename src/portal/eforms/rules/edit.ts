// Changes of a definition as the editor makes them: layout and schema go together.
import type {
  AnswersSchema,
  Check,
  Condition,
  Field,
  FormDefinition,
  Group,
  Item,
  Part,
  ValueSchema,
  Widget,
} from '../contract.ts'
import { allFields, isAsked, isGroup } from './layout.ts'
import { fitsWidget, newSchema } from './widgets.ts'

/** The definition with a schema that names exactly what is asked; limits that were set stay. */
export function agree(form: FormDefinition): FormDefinition {
  const items = form.layout.parts.flatMap(({ fields }) => fields)
  const properties: Record<string, ValueSchema> = {}
  for (const item of items) {
    const old = form.schema.properties[item.key]
    if (isGroup(item)) properties[item.key] = groupSchema(item, old)
    else if (isAsked(item)) properties[item.key] = fieldSchema(item, old)
  }
  const schema: AnswersSchema = {
    type: 'object',
    properties,
    required: form.schema.required.filter((key) => key in properties),
    additionalProperties: false,
  }
  return { ...form, schema }
}

function groupSchema(group: Group, old: ValueSchema | undefined): ValueSchema {
  const properties: Record<string, ValueSchema> = {}
  for (const field of group.fields)
    if (isAsked(field)) properties[field.key] = fieldSchema(field, old?.items?.properties?.[field.key])
  return {
    type: 'array',
    minItems: old?.minItems ?? 0,
    maxItems: old?.maxItems ?? 10,
    items: {
      type: 'object',
      properties,
      required: (old?.items?.required ?? []).filter((key) => key in properties),
      additionalProperties: false,
    },
  }
}

function fieldSchema(field: Field, old: ValueSchema | undefined): ValueSchema {
  const fresh = newSchema(field) ?? {}
  const { widget } = field
  if (!old || widget === 'note' || !fitsWidget(widget, old)) return fresh
  // What follows from the way of asking is made anew, what somebody set stays.
  if (widget === 'choice' || widget === 'day' || widget === 'address') return fresh
  if (widget === 'choices' && fresh.items) return { ...old, items: fresh.items }
  return old
}

type Spot = { key: string; group?: string | undefined }

/** Changes the schema of one field or group. */
export function setLimits(
  form: FormDefinition,
  { key, group }: Spot,
  change: { [Name in keyof ValueSchema]?: ValueSchema[Name] | undefined },
): FormDefinition {
  const apply = (schema: ValueSchema | undefined): ValueSchema => {
    const next: Record<string, unknown> = { ...schema, ...change }
    for (const [name, value] of Object.entries(change)) if (value === undefined) delete next[name]
    return next
  }
  return onProperties(form, group, (properties) => ({ ...properties, [key]: apply(properties[key]) }))
}

export function setRequired(form: FormDefinition, { key, group }: Spot, isRequired: boolean): FormDefinition {
  const apply = (required: readonly string[] = []) => [
    ...required.filter((one) => one !== key),
    ...(isRequired ? [key] : []),
  ]
  if (group === undefined) return { ...form, schema: { ...form.schema, required: apply(form.schema.required) } }
  return onProperties(form, undefined, (properties) => ({
    ...properties,
    [group]: {
      ...properties[group],
      items: { ...properties[group]?.items, required: apply(properties[group]?.items?.required) },
    },
  }))
}

function onProperties(
  form: FormDefinition,
  group: string | undefined,
  change: (properties: Record<string, ValueSchema>) => Record<string, ValueSchema>,
): FormDefinition {
  const { properties } = form.schema
  if (group === undefined) return { ...form, schema: { ...form.schema, properties: change(properties) } }
  const items = properties[group]?.items
  const inner = { ...items, properties: change(items?.properties ?? {}) }
  return {
    ...form,
    schema: { ...form.schema, properties: { ...properties, [group]: { ...properties[group], items: inner } } },
  }
}

// --- Parts and questions --------------------------------------------------------------------------------------------------

const onParts = (form: FormDefinition, change: (parts: readonly Part[]) => Part[]): FormDefinition =>
  agree({ ...form, layout: { parts: change(form.layout.parts) } })

const keysOf = (form: FormDefinition): Set<string> =>
  new Set(
    form.layout.parts.flatMap((part) => [
      part.key,
      ...part.fields.flatMap((item) => [item.key, ...(isGroup(item) ? item.fields.map(({ key }) => key) : [])]),
    ]),
  )

/** A name that nothing in the form has yet. */
export function freeKey(form: FormDefinition, wanted: string): string {
  const taken = keysOf(form)
  for (let number = 1; ; number++) {
    const key = number === 1 ? wanted : `${wanted}${number}`
    if (!taken.has(key)) return key
  }
}

const noWords = { vi: '', en: '' }

export function addPart(form: FormDefinition): { form: FormDefinition; key: string } {
  const key = freeKey(form, 'part')
  return { form: onParts(form, (parts) => [...parts, { key, title: noWords, fields: [] }]), key }
}

/** Adds a question at the end of a part, or of a repeated group in it. */
export function addField(
  form: FormDefinition,
  { part, group, widget }: { part: string; group?: string | undefined; widget: Widget | 'group' },
): { form: FormDefinition; key: string } {
  const key = freeKey(form, widget === 'group' ? 'group' : 'question')
  const made: Item =
    widget === 'group'
      ? {
          key,
          widget,
          label: noWords,
          itemLabel: noWords,
          fields: [{ key: freeKey(form, 'name'), widget: 'text', label: noWords }],
        }
      : {
          key,
          widget,
          label: noWords,
          ...(widget === 'choice' || widget === 'choices' ? { options: [{ value: 'one', label: noWords }] } : {}),
          ...(widget === 'identity-number' ? { kinds: ['citizen', 'passport'] } : {}),
        }
  const next = onParts(form, (parts) =>
    parts.map((one) => {
      if (one.key !== part) return one
      if (group === undefined) return { ...one, fields: [...one.fields, made] }
      return {
        ...one,
        fields: one.fields.map((item) =>
          item.key === group && isGroup(item) && !isGroup(made) ? { ...item, fields: [...item.fields, made] } : item,
        ),
      }
    }),
  )
  return { form: widget === 'note' ? next : setRequired(next, { key, group }, widget !== 'group'), key }
}

/** Puts another item or part in the place of the one with this key; a new name is followed by all that refer to it. */
export function replaceItem(form: FormDefinition, key: string, made: Item): FormDefinition {
  const named = made.key === key ? form : renamed(form, key, made.key)
  return onParts(named, (parts) =>
    parts.map((part) => ({
      ...part,
      fields: part.fields.map((item) => {
        if (item.key === made.key) return made
        if (!isGroup(item) || isGroup(made)) return item
        return { ...item, fields: item.fields.map((field) => (field.key === made.key ? made : field)) }
      }),
    })),
  )
}
export const replacePart = (form: FormDefinition, key: string, made: Part): FormDefinition =>
  onParts(form, (parts) => parts.map((part) => (part.key === key ? made : part)))

const references = new Set(['key', 'field', 'notBefore', 'ofBirthDay', 'ofSex'])
/** How checks name questions; `differ` is a list of them. */
const checkReferences = new Set(['field', 'at', 'left', 'right', 'number', 'sex'])

function renamed(form: FormDefinition, from: string, to: string): FormDefinition {
  const layout = JSON.parse(JSON.stringify(form.layout), (name, value: unknown) =>
    references.has(name) && value === from ? to : value,
  ) as FormDefinition['layout']
  const schema = JSON.parse(
    JSON.stringify(form.schema, (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value) && from in value
        ? Object.fromEntries(
            Object.entries(value).map(([name, inner]) => [name === from ? to : name, inner as unknown]),
          )
        : value,
    ),
    (_, value: unknown) => (Array.isArray(value) ? value.map((one: unknown) => (one === from ? to : one)) : value),
  ) as AnswersSchema
  const checks = JSON.parse(JSON.stringify(form.checks ?? []), (name, value: unknown) => {
    if (name === 'differ' && Array.isArray(value)) return value.map((key: unknown) => (key === from ? to : key))
    return checkReferences.has(name) && value === from ? to : value
  }) as Check[]
  const papers = JSON.parse(JSON.stringify(form.papers ?? []), (name, value: unknown) =>
    name === 'field' && value === from ? to : value,
  ) as NonNullable<FormDefinition['papers']>
  return { ...form, layout, schema, ...(form.checks && { checks }), ...(form.papers && { papers }) }
}

export const removeItem = (form: FormDefinition, key: string): FormDefinition =>
  onParts(form, (parts) =>
    parts
      .filter((part) => part.key !== key)
      .map((part) => ({
        ...part,
        fields: part.fields
          .filter((item) => item.key !== key)
          .map((item) =>
            isGroup(item) ? { ...item, fields: item.fields.filter((field) => field.key !== key) } : item,
          ),
      })),
  )

/** Moves a part or question by one place among its neighbours; at the end of a part it goes into the next one. */
export function moveItem(form: FormDefinition, key: string, by: -1 | 1): FormDefinition {
  const { parts } = form.layout
  if (parts.some((part) => part.key === key)) return onParts(form, () => moved(parts, key, by))
  const home = parts.findIndex(({ fields }) => fields.some((item) => item.key === key))
  const part = parts[home]
  if (!part)
    return onParts(form, (all) =>
      all.map((one) => ({
        ...one,
        fields: one.fields.map((item) => (isGroup(item) ? { ...item, fields: moved(item.fields, key, by) } : item)),
      })),
    )
  const at = part.fields.findIndex((item) => item.key === key)
  const item = part.fields[at]
  const next = parts[home + by]
  const leaves = by < 0 ? at === 0 : at === part.fields.length - 1
  if (!leaves || !next || !item)
    return onParts(form, (all) =>
      all.map((one, index) => (index === home ? { ...one, fields: moved(one.fields, key, by) } : one)),
    )
  return onParts(form, (all) =>
    all.map((one, index) => {
      if (index === home) return { ...one, fields: one.fields.filter((each) => each !== item) }
      if (one !== next) return one
      return { ...one, fields: by < 0 ? [...one.fields, item] : [item, ...one.fields] }
    }),
  )
}

function moved<Thing extends { key: string }>(things: readonly Thing[], key: string, by: -1 | 1): Thing[] {
  const at = things.findIndex((thing) => thing.key === key)
  const to = at + by
  const thing = things[at]
  if (!thing || to < 0 || to >= things.length) return [...things]
  return things.toSpliced(at, 1).toSpliced(to, 0, thing)
}

// --- Checks between answers -----------------------------------------------------------------------------------------------

export const checkKinds = ['compare', 'differ', 'identity', 'never'] as const
export type CheckKind = (typeof checkKinds)[number]
export const kindOfCheck = (check: Check): CheckKind => checkKinds.find((kind) => kind in check) ?? 'compare'

/** A check of this kind to begin with, of the first questions that it could be about. */
export function newCheck(form: FormDefinition, kind: CheckKind): Check {
  const taken = (form.checks ?? []).map((check) => check.key)
  let number = taken.length + 1
  while (taken.includes(`check${number}`)) number++
  return checkOf(form, kind, { key: `check${number}`, words: noWords, severity: 'error', source: '' })
}

/** What a check says stays when it is made another kind. */
export function checkOf(
  form: FormDefinition,
  kind: CheckKind,
  told: Pick<Check, 'key' | 'when' | 'words' | 'severity' | 'source'>,
): Check {
  const { key, when, words, severity, source } = told
  const kept = { key, ...(when && { when }), words, severity, source }
  const fields = allFields(form).flatMap(({ field }) => (isAsked(field) ? [field] : []))
  const firstOf = (widget: Widget, at = 0) => fields.filter((field) => field.widget === widget)[at]?.key ?? 'question'
  if (kind === 'compare') return { ...kept, compare: { left: firstOf('day'), is: '<=', right: 'today' } }
  if (kind === 'differ') return { ...kept, differ: [firstOf('identity-number'), firstOf('identity-number', 1)] }
  if (kind === 'identity') return { ...kept, identity: { number: firstOf('identity-number'), sex: 'male' } }
  return { ...kept, never: { field: fields[0]?.key ?? 'question', filled: true } }
}

/** Puts a check in its place, or at the end; `undefined` takes it away. */
export function putCheck(form: FormDefinition, index: number, check: Check | undefined): FormDefinition {
  const checks = (form.checks ?? []).toSpliced(index, 1, ...(check ? [check] : []))
  const { checks: _, ...rest } = form
  return checks.length > 0 ? { ...rest, checks } : rest
}

/** Says who needs to hand in a paper; `undefined` leaves it to the person. */
export function putPaper(form: FormDefinition, component: string, when: Condition | undefined): FormDefinition {
  const others = (form.papers ?? []).filter((paper) => paper.component !== component)
  const papers = when ? [...others, { component, when }] : others
  const { papers: _, ...rest } = form
  return papers.length > 0 ? { ...rest, papers } : rest
}

/** A form to begin with: one part that asks who it is. */
export const emptyForm = (key: string, day: string): FormDefinition =>
  agree({
    key,
    procedureCode: '',
    caseKeys: [],
    title: noWords,
    validFrom: day,
    validTo: null,
    source: { document: '', note: '' },
    component: null,
    schema: {
      type: 'object',
      properties: {},
      required: ['applicantName', 'applicantNumber', 'applicantPhone'],
      additionalProperties: false,
    },
    layout: {
      parts: [
        {
          key: 'applicant',
          title: { vi: 'Người yêu cầu', en: 'Who asks' },
          fields: [
            {
              key: 'applicantName',
              widget: 'text',
              label: { vi: 'Họ, chữ đệm, tên', en: 'Full name' },
              autocomplete: 'name',
              fills: ['applicant.name'],
              prefill: 'name',
            },
            {
              key: 'applicantNumber',
              widget: 'identity-number',
              label: { vi: 'Số định danh cá nhân', en: 'Personal identification number' },
              kinds: ['citizen', 'passport'],
              fills: ['applicant.identityNumber'],
              prefill: 'identityNumber',
            },
            {
              key: 'applicantPhone',
              widget: 'phone',
              label: { vi: 'Số điện thoại', en: 'Telephone' },
              autocomplete: 'tel',
              fills: ['applicant.phone'],
              prefill: 'phone',
            },
          ],
        },
      ],
    },
    persons: { applicant: { kind: 'individual' } },
    print: {
      heading: '',
      addressee: '',
      promise: 'Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.',
      signatures: ['NGƯỜI YÊU CẦU'],
    },
  })
