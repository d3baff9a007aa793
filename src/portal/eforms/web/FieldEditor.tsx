import { Button, Checkbox, Fieldset, MultiSelect, NumberInput, Textarea } from '@mantine/core'
import { Choice, Fields, TextField, useText } from '../../../platform/web/index.ts'
import {
  prefills,
  targets,
  type Field,
  type FormDefinition,
  type Group,
  type ValueSchema,
  type Words,
} from '../contract.ts'
import { replaceItem, setLimits, setRequired } from '../rules/edit.ts'
import { allFields } from '../rules/layout.ts'
import { isRequired, schemaOf } from '../rules/schema.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import { earlierFields, keyFromLabel } from './form-view.ts'

export type EditorFacts = {
  form: FormDefinition
  change: (form: FormDefinition) => void
  cases: readonly { key: string; name: string }[]
  components: readonly { key: string; name: string; isConditional: boolean }[]
}

/** Words in both languages, side by side. */
export function WordsFields({
  vi: labelVi,
  en: labelEn,
  value,
  onChange,
  required = false,
  isLong = false,
}: {
  vi: string
  en: string
  value: Words
  onChange: (value: Words) => void
  required?: boolean
  isLong?: boolean
}) {
  if (isLong)
    return (
      <Fields columns={2}>
        <Textarea
          label={labelVi}
          autosize
          maxLength={1000}
          value={value.vi}
          onChange={(event) => onChange({ ...value, vi: event.currentTarget.value })}
        />
        <Textarea
          label={labelEn}
          autosize
          maxLength={1000}
          value={value.en}
          onChange={(event) => onChange({ ...value, en: event.currentTarget.value })}
        />
      </Fields>
    )
  return (
    <Fields columns={2}>
      <TextField
        label={labelVi}
        required={required}
        value={value.vi}
        onChange={(next) => onChange({ ...value, vi: next })}
      />
      <TextField label={labelEn} value={value.en} onChange={(next) => onChange({ ...value, en: next })} />
    </Fields>
  )
}

/** The same without what is undefined: the definition names only what is set. */
export const without = <Thing extends object>(thing: { [Name in keyof Thing]?: Thing[Name] | undefined }): Thing =>
  Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as Thing

const noWords = { vi: '', en: '' }
const given = (words: Words): Words | undefined => (words.vi === '' && words.en === '' ? undefined : words)

export function FieldEditor({
  field,
  group,
  onRenamed,
  ...facts
}: EditorFacts & { field: Field; group?: Group | undefined; onRenamed: (key: string) => void }) {
  const { web: text } = useText({ vi, en })
  const { form, change, cases, components } = facts
  const put = (part: { [Name in keyof Field]?: Field[Name] | undefined }) =>
    change(replaceItem(form, field.key, without<Field>({ ...field, ...part })))
  const rename = (key: string) => {
    if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(key) || key === field.key) return
    if (allFields(form).some((one) => one.field.key === key || one.group?.key === key)) return
    change(replaceItem(form, field.key, { ...field, key }))
    onRenamed(key)
  }
  const earlier = earlierFields(form, field.key)
  const isUnnamed = /^question\d*$/.test(field.key)
  return (
    <>
      <WordsFields
        vi={text.label}
        en={text.labelEn}
        required
        value={field.label}
        onChange={(label) => put({ label })}
      />
      <WordsFields
        isLong
        vi={text.help}
        en={text.helpEn}
        value={field.help ?? noWords}
        onChange={(help) => put({ help: given(help) })}
      />
      {field.widget !== 'note' && (
        <Checkbox
          my={12}
          label={text.required}
          checked={isRequired(form, field, group)}
          onChange={(event) =>
            change(setRequired(form, { key: field.key, group: group?.key }, event.currentTarget.checked))
          }
        />
      )}
      <Fields columns={2}>
        <KeyField value={field.key} onChange={rename} suggested={isUnnamed ? keyFromLabel(field.label.vi) : ''} />
        <TextField
          label={text.printed}
          value={field.printed?.vi ?? ''}
          onChange={(next) => put({ printed: next === '' ? undefined : { vi: next, en: '' } })}
        />
      </Fields>
      {(field.widget === 'choice' || field.widget === 'choices') && <Options field={field} put={put} />}
      <Limits {...facts} field={field} group={group} />
      <OfKind field={field} put={put} form={form} components={components} />
      <ConditionEditor
        legend={text.condition}
        always={text.always}
        value={field.when}
        onChange={(when) => put({ when })}
        fields={earlier}
        cases={cases}
      />
      {field.widget !== 'note' && !group && (
        <Fields columns={2}>
          <MultiSelect
            label={text.fills}
            searchable
            data={targets.map((target) => ({ value: target, label: targetName(target, text) }))}
            value={field.fills ?? []}
            onChange={(chosen) => {
              const fills = targets.filter((target) => chosen.includes(target))
              put({ fills: fills.length > 0 ? fills : undefined })
            }}
          />
          <Choice
            label={text.prefill}
            value={field.prefill ?? ''}
            onChange={(next) => put({ prefill: prefills.find((one) => one === next) })}
            options={[
              { value: '', label: text.noPrefill },
              ...prefills.map((one) => ({ value: one, label: text.targets[one] ?? one })),
            ]}
          />
        </Fields>
      )}
      {field.prefill && !group && (
        <ConditionEditor
          legend={text.prefillWhen}
          always={text.alwaysPrefills}
          value={field.prefillWhen}
          onChange={(prefillWhen) => put({ prefillWhen })}
          fields={earlier}
          cases={cases}
        />
      )}
      {field.fills && (
        <ConditionEditor
          legend={text.fillsWhen}
          always={text.alwaysFills}
          value={field.fillsWhen}
          onChange={(fillsWhen) => put({ fillsWhen })}
          fields={allFields(form)
            .filter((one) => !one.group && one.field.widget !== 'note')
            .map((one) => one.field)}
          cases={cases}
        />
      )}
    </>
  )
}

const targetName = (target: string, text: typeof vi.web): string => {
  const known = text.targets[target]
  if (known) return known
  const [who = '', part = ''] = target.split('.')
  return `${text.targets[who] ?? who}: ${text.targets[part] ?? part}`
}

/** The name in the data; while it has none of its own, one made of the question is offered. */
export function KeyField({
  value,
  onChange,
  suggested,
}: {
  value: string
  onChange: (key: string) => void
  suggested: string
}) {
  const { web: text } = useText({ vi, en })
  return (
    <div>
      <TextField label={text.key} hint={text.keyHint} maxLength={40} value={value} onChange={onChange} />
      {suggested !== '' && suggested !== value && (
        <Button size="compact-xs" variant="subtle" onClick={() => onChange(suggested)}>
          → {suggested}
        </Button>
      )}
    </div>
  )
}

type Put = (part: { [Name in keyof Field]?: Field[Name] | undefined }) => void

function Options({ field, put }: { field: Field; put: Put }) {
  const { web: text } = useText({ vi, en })
  const options = field.options ?? []
  type Option = (typeof options)[number]
  const set = (index: number, option: Option) =>
    put({ options: options.map((one, at) => (at === index ? option : one)) })
  const free = (): string => {
    for (let number = options.length + 1; ; number++)
      if (!options.some(({ value }) => value === `option-${number}`)) return `option-${number}`
  }
  return (
    <Fieldset legend={text.options} mt={12}>
      {options.map((option, index) => (
        // An option may be named anew while it is being written; its place is what it has.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="eform-option" key={index}>
          <TextField
            label={`${text.option} ${index + 1}`}
            value={option.label.vi}
            onChange={(next) => set(index, { ...option, label: { ...option.label, vi: next } })}
          />
          <TextField
            label={text.optionEn}
            value={option.label.en}
            onChange={(next) => set(index, { ...option, label: { ...option.label, en: next } })}
          />
          <TextField
            label={text.optionValue}
            maxLength={60}
            value={option.value}
            onChange={(value) => value !== '' && set(index, { ...option, value })}
          />
          <Button
            size="xs"
            variant="subtle"
            aria-label={`${text.remove}: ${option.label.vi}`}
            onClick={() => put({ options: options.filter((_, at) => at !== index) })}
          >
            {text.remove}
          </Button>
        </div>
      ))}
      <Button
        size="xs"
        variant="default"
        mt={8}
        onClick={() => put({ options: [...options, { value: free(), label: noWords }] })}
      >
        {text.addOption}
      </Button>
      {field.widget === 'choice' && (
        <Checkbox
          mt={12}
          label={text.asList}
          checked={field.asList ?? false}
          onChange={(event) => put({ asList: event.currentTarget.checked || undefined })}
        />
      )}
    </Fieldset>
  )
}

/** What the schema allows: how long, how large. */
function Limits({ form, change, field, group }: EditorFacts & { field: Field; group?: Group | undefined }) {
  const { web: text } = useText({ vi, en })
  const schema: ValueSchema = schemaOf(form, field, group) ?? {}
  const limit = (part: { [Name in keyof ValueSchema]?: ValueSchema[Name] | undefined }) =>
    change(setLimits(form, { key: field.key, group: group?.key }, part))
  const number = (next: string | number) => (next === '' ? undefined : Number(next))
  if (field.widget === 'text' || field.widget === 'long-text')
    return (
      <Fields columns={2}>
        <NumberInput
          label={text.longest}
          min={1}
          max={10_000}
          value={schema.maxLength ?? ''}
          onChange={(next) => limit({ maxLength: number(next) })}
        />
        <TextField
          label={text.pattern}
          value={schema.pattern ?? ''}
          onChange={(next) => limit({ pattern: next === '' ? undefined : next })}
        />
      </Fields>
    )
  if (field.widget === 'number' || field.widget === 'money')
    return (
      <Fields columns={2}>
        <NumberInput
          label={text.least}
          thousandSeparator="."
          decimalSeparator=","
          value={schema.minimum ?? ''}
          onChange={(next) => limit({ minimum: number(next) })}
        />
        <NumberInput
          label={text.most}
          thousandSeparator="."
          decimalSeparator=","
          value={schema.maximum ?? ''}
          onChange={(next) => limit({ maximum: number(next) })}
        />
      </Fields>
    )
  return null
}

/** What only some kinds of question have. */
function OfKind({
  field,
  put,
  form,
  components,
}: {
  field: Field
  put: Put
  form: FormDefinition
  components: EditorFacts['components']
}) {
  const { web: text } = useText({ vi, en })
  const all = allFields(form).map((one) => one.field)
  const none = { value: '', label: '–' }
  const fieldChoice = (
    label: string,
    value: string | undefined,
    kinds: readonly string[],
    set: (key?: string) => void,
  ) => (
    <Choice
      label={label}
      value={value ?? ''}
      onChange={(key) => set(key === '' || key === null ? undefined : key)}
      options={[
        none,
        ...all
          .filter((one) => kinds.includes(one.widget) && one.key !== field.key)
          .map((one) => ({ value: one.key, label: one.label.vi || one.key, note: one.key })),
      ]}
    />
  )
  if (field.widget === 'day')
    return (
      <Fields columns={2}>
        <Choice
          label={text.time}
          value={field.time ?? 'any'}
          onChange={(next) => put({ time: next === 'past' || next === 'future' ? next : undefined })}
          options={(['any', 'past', 'future'] as const).map((value) => ({ value, label: text.times[value] }))}
        />
        {fieldChoice(text.notBefore, field.notBefore, ['day'], (notBefore) => put({ notBefore }))}
        <NumberInput
          label={text.minimumAge}
          min={0}
          max={120}
          value={field.minimumAge ?? ''}
          onChange={(next) => put({ minimumAge: next === '' ? undefined : Number(next) })}
        />
        <Checkbox
          label={text.partial}
          checked={field.partial ?? false}
          onChange={(event) => put({ partial: event.currentTarget.checked || undefined })}
        />
      </Fields>
    )
  if (field.widget === 'identity-number') {
    const kinds = ['citizen', 'old-citizen', 'passport', 'tax-code'] as const
    return (
      <>
        <MultiSelect
          label={text.kinds}
          data={kinds.map((value) => ({ value, label: text.kindNames[value] }))}
          value={field.kinds ?? ['citizen']}
          onChange={(chosen) => chosen.length > 0 && put({ kinds: kinds.filter((kind) => chosen.includes(kind)) })}
        />
        <Fields columns={2}>
          {fieldChoice(text.ofBirthDay, field.ofBirthDay, ['day'], (ofBirthDay) => put({ ofBirthDay }))}
          {fieldChoice(text.ofSex, field.ofSex, ['choice'], (ofSex) => put({ ofSex }))}
        </Fields>
      </>
    )
  }
  if (field.widget === 'text')
    return (
      <Choice
        label={text.offers}
        hint={text.offersHint}
        value={field.offers ?? ''}
        onChange={(next) => put({ offers: next === 'ethnic-groups' ? next : undefined })}
        options={[
          { value: '', label: text.noOffers },
          { value: 'ethnic-groups', label: text.ethnicGroups },
        ]}
      />
    )
  if (field.widget === 'address')
    return (
      <Choice
        label={text.detail}
        value={field.detail ?? ''}
        onChange={(next) => put({ detail: next === 'free' || next === 'none' ? next : undefined })}
        options={(['', 'free', 'none'] as const).map((value) => ({ value, label: text.details[value || 'asked'] }))}
      />
    )
  if (field.widget === 'files')
    return (
      <Choice
        label={text.fileComponent}
        required
        value={field.component ?? null}
        onChange={(component) => put({ component: component ?? undefined })}
        options={components.map(({ key, name }) => ({ value: key, label: name, note: key }))}
      />
    )
  return null
}
