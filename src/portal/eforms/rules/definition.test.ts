import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Condition, Field, FormDefinition, Group, Widget } from '../contract.ts'
import { readShippedForms } from '../shipped-forms.ts'
import { shippedForm } from '../testing.ts'
import { blankParts, filledParts } from './declaration.ts'
import { checkForm, mayPublish } from './definition.ts'
import {
  addField,
  addPart,
  agree,
  emptyForm,
  freeKey,
  moveItem,
  removeItem,
  replaceItem,
  replacePart,
  setLimits,
  setRequired,
} from './edit.ts'
import { allFields } from './layout.ts'
import { isRequired, schemaOf } from './schema.ts'

const form = shippedForm('birth')
const codes = (changed: FormDefinition) => checkForm(changed).map(({ code }) => code)
const fieldOf = (one: FormDefinition, key: string): Field => {
  const found = allFields(one).find(({ field }) => field.key === key)?.field
  assert.ok(found, key)
  return found
}
const withField = (key: string, change: Partial<Field>): FormDefinition =>
  replaceItem(form, key, { ...fieldOf(form, key), ...change })

test('each mistake in a definition is found by its name', () => {
  const when = (condition: Condition) => codes(withField('childSex', { when: condition }))
  assert.deepEqual(when({ field: 'nobody', is: 'x' }), ['condition-unknown'])
  assert.deepEqual(when({ field: 'childEthnicity', filled: true }), ['condition-later'])
  assert.deepEqual(when({ field: 'requesterRelation', is: 'aunt' }), ['condition-value'])
  assert.deepEqual(when({ all: [{ field: 'requesterRelation', in: ['mother', 'uncle'] }] }), ['condition-value'])
  assert.deepEqual(when({ field: 'requesterRelation', isNot: 'mother' }), [])
  assert.deepEqual(when({ any: [{ caseIn: ['late'] }] }), [])
  assert.deepEqual(codes(withField('copies', { when: { field: 'witnessName', filled: true } })), ['condition-in-group'])
  assert.deepEqual(codes(withField('childName', { label: { vi: ' ', en: 'x' } })), ['label-empty'])
  assert.deepEqual(codes(withField('childName', { label: { vi: 'Tên', en: '' } })), ['english-missing'])
  assert.deepEqual(codes(withField('requesterNumber', { ofBirthDay: 'childName' })), ['reference-unknown'])
  assert.deepEqual(codes(withField('childSex', { options: [] })), ['options-differ'])
  assert.deepEqual(codes({ ...form, source: { document: '', note: '' } }), ['source-empty'])
  assert.deepEqual(codes({ ...form, validTo: '2020-01-01' }), ['validity'])
  assert.deepEqual(codes({ ...form, persons: { applicant: { kind: 'individual' } } }), [
    'fill-no-person',
    'fill-no-person',
    'fill-no-person',
  ])
  assert.deepEqual(codes(withField('requesterName', { fills: ['owner.name'] })), ['fill-twice', 'applicant-nameless'])
  assert.deepEqual(codes(addPart(form).form), ['label-empty', 'part-empty'])
  assert.deepEqual(
    codes({ ...form, schema: { ...form.schema, properties: { ...form.schema.properties, ghost: {} } } }),
    ['schema-left-over'],
  )
  const { childSex: _, ...properties } = form.schema.properties
  assert.deepEqual(codes({ ...form, schema: { ...form.schema, properties } }), ['schema-missing'])
  assert.deepEqual(codes(setLimits(form, { key: 'childName' }, { type: 'boolean' })), ['schema-type'])
  assert.deepEqual(codes(setLimits(form, { key: 'childName' }, { pattern: '(' })), ['schema-type'])
  assert.deepEqual(codes(setLimits(form, { key: 'witnesses' }, { maxItems: undefined })), ['group-endless'])
  const files = addField(form, { part: 'proof', widget: 'files' })
  assert.ok(codes(files.form).includes('component-missing'))
  const twice = { ...form, layout: { parts: [...form.layout.parts, ...form.layout.parts.slice(-1)] } }
  assert.deepEqual([...new Set(codes(twice))], ['key-twice'])
})

test('what only warns may be published', () => {
  assert.ok(mayPublish(checkForm(withField('childName', { label: { vi: 'Tên', en: '' } }))))
  assert.ok(!mayPublish(checkForm(withField('childName', { label: { vi: '', en: '' } }))))
  assert.deepEqual(
    checkForm({ ...form, checks: [], caseKeys: ['nowhere'] }, { cases: ['late'] }).map(({ code }) => code),
    ['reference-unknown'],
  )
})

test('an empty form begins with somebody who asks, and needs a source and a name', () => {
  assert.deepEqual(codes(emptyForm('new', '2026-11-20')), ['label-empty', 'source-empty'])
})

test('a question can be added, named, moved and removed without writing data', () => {
  const added = addField(form, { part: 'child', widget: 'choice' })
  assert.deepEqual([added.key, isRequired(added.form, fieldOf(added.form, added.key))], ['question', true])
  const named = replaceItem(added.form, added.key, {
    key: 'twins',
    widget: 'choice',
    label: { vi: 'Sinh mấy?', en: 'How many?' },
    options: [
      { value: 'one', label: { vi: 'Một', en: 'One' } },
      { value: 'two', label: { vi: 'Hai', en: 'Two' } },
    ],
  })
  assert.deepEqual(named.schema.properties['twins'], { type: 'string', enum: ['one', 'two'] })
  assert.ok(isRequired(named, fieldOf(named, 'twins')))
  assert.deepEqual(codes(named), [])
  const moved = moveItem(named, 'twins', -1)
  const keys = (one: FormDefinition) =>
    one.layout.parts.find(({ key }) => key === 'child')?.fields.map(({ key }) => key)
  assert.deepEqual(keys(moved)?.slice(-2), ['twins', 'hometown'])
  assert.deepEqual(removeItem(moved, 'twins'), form)
})

test('a new name is followed by conditions, references and the schema', () => {
  const renamed = replaceItem(form, 'requesterRelation', { ...fieldOf(form, 'requesterRelation'), key: 'kinship' })
  assert.deepEqual(codes(renamed), [])
  assert.ok(!JSON.stringify(renamed).includes('requesterRelation"'))
  const day = replaceItem(renamed, 'witnessBirthDay', { ...fieldOf(form, 'witnessBirthDay'), key: 'born' })
  assert.deepEqual(codes(day), [])
  const inner = day.schema.properties['witnesses']?.items
  assert.ok(inner?.properties?.['born'] && inner.required?.includes('born'))
})

test('a repeated group is made, filled and limited', () => {
  const group = addField(form, { part: 'child', widget: 'group' })
  const more = addField(group.form, { part: 'child', group: group.key, widget: 'identity-number' })
  const limited = setLimits(
    setRequired(more.form, { key: group.key }, true),
    { key: group.key },
    { minItems: 2, maxItems: 3 },
  )
  const made = limited.layout.parts[1]?.fields.at(-1) as Group
  assert.deepEqual(
    made.fields.map(({ widget }) => widget),
    ['text', 'identity-number'],
  )
  assert.equal(schemaOf(limited, made)?.minItems, 2)
  assert.ok(isRequired(limited, made.fields[1] as Field, made))
  const swapped = moveItem(limited, more.key, -1)
  const first = swapped.layout.parts[1]?.fields.at(-1) as Group
  assert.equal(first.fields[0]?.key, more.key)
})

test('a question at the end of a part moves on into the next one', () => {
  const moved = moveItem(form, 'hometown', 1)
  assert.equal(moved.layout.parts[2]?.fields[0]?.key, 'hometown')
  assert.equal(moveItem(moved, 'hometown', -1).layout.parts[1]?.fields.at(-1)?.key, 'hometown')
  assert.equal(moveItem(form, 'child', -1).layout.parts[0]?.key, 'child')
  assert.deepEqual(moveItem(form, 'requesterName', -1), form)
})

test('whatever is added, moved or removed, layout and schema agree', () => {
  const widgets = ['text', 'day', 'choice', 'choices', 'address', 'note', 'group', 'money', 'files'] as const
  const step = fc.record({ act: fc.nat(4), at: fc.nat(30), widget: fc.constantFrom<Widget | 'group'>(...widgets) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let now = form
      for (const { act, at, widget } of steps) {
        const keys = [...now.layout.parts.map(({ key }) => key), ...allFields(now).map(({ field }) => field.key)]
        const key = keys[at % keys.length] ?? ''
        const part = now.layout.parts[at % now.layout.parts.length]
        if (act === 0) now = addPart(now).form
        else if (act === 1 && part) now = addField(now, { part: part.key, widget }).form
        else if (act === 2) now = moveItem(now, key, at % 2 === 0 ? 1 : -1)
        else if (act === 3 && now.layout.parts.length > 1) now = removeItem(now, key)
        else if (part) now = replacePart(now, part.key, { ...part, title: { vi: 'Phần', en: 'Part' } })
      }
      assert.deepEqual(agree(now), now)
      const wrong = codes(now).filter(
        (code) => code.startsWith('schema') || code === 'options-differ' || code === 'key-twice',
      )
      assert.deepEqual(wrong, [])
      assert.ok(!new Set(allFields(now).map(({ field }) => field.key)).has(freeKey(now, 'question')))
    }),
    { numRuns: 60 },
  )
})

test('a blank declaration has every question, a filled one only what was answered', () => {
  for (const one of readShippedForms()) {
    const lines = blankParts(one).flatMap((part) => part.lines)
    const asked = allFields(one).filter(({ field }) => field.widget !== 'note')
    assert.ok(lines.length >= asked.length, one.key)
  }
  const proof = blankParts(form).find(({ title }) => title === 'Giấy tờ về việc sinh')
  assert.deepEqual(proof?.lines[0]?.options?.length, 3)
  assert.equal(proof?.lines[1]?.condition, 'nếu Giấy tờ về việc sinh: Giấy chứng sinh')
  const household = shippedForm('household-business')
  const titles = (caseKey: string) => blankParts(household, { caseKey }).map(({ title }) => title)
  assert.ok(
    titles('household').includes('Thành viên hộ gia đình') && !titles('individual').includes('Thành viên hộ gia đình'),
  )
  const filled = filledParts(
    form,
    { requesterName: 'Trần Thị Lan', requesterNumber: '036194001234' },
    { isMasked: true },
  )
  assert.deepEqual(
    filled[0]?.lines.map(({ value }) => value),
    ['Trần Thị Lan', '0361••••1234'],
  )
})
