import './eforms.css'
import { Button, Checkbox, MultiSelect, NumberInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ProcedureList, ProcedureVersion } from '../../../catalogue/contract.ts'
import { dayOf } from '../../../platform/day.ts'
import {
  announce,
  Choice,
  DayField,
  FindChoice,
  Fields,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  TextField,
  useApi,
  useCommand,
  useDraft,
  useGo,
  useLanguage,
  useParameter,
  useText,
} from '../../../platform/web/index.ts'
import type { EForm, FormDefinition, FormItem, Group, Part, Widget } from '../contract.ts'
import { checkForm } from '../rules/definition.ts'
import { say } from '../rules/describe.ts'
import {
  addField,
  addPart,
  agree,
  emptyForm,
  moveItem,
  removeItem,
  replaceItem,
  replacePart,
  setLimits,
  setRequired,
} from '../rules/edit.ts'
import { isGroup } from '../rules/layout.ts'
import { isRequired, schemaOf } from '../rules/schema.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { ChecksEditor } from './ChecksEditor.tsx'
import { ConditionEditor } from './ConditionEditor.tsx'
import { FieldEditor, KeyField, without, WordsFields, type EditorFacts } from './FieldEditor.tsx'
import { CHECKS, chosenBy, earlierFields, keyAt } from './form-view.ts'
import { PapersEditor } from './PapersEditor.tsx'
import { Preview } from './Preview.tsx'

/** A form that was not there before. */
export function NewFormPage() {
  return <Editor draftKey="eform.new" initial={emptyForm('', dayOf(serverNow()))} baseVersion={0} />
}

/** The next version of a form, beginning with the newest one. */
export function FormEditorPage() {
  const { web: text } = useText({ vi, en })
  const key = useParameter('key')
  const list = useApi<{ items: FormItem[] }>(`/api/eforms?key=${encodeURIComponent(key)}`)
  const newest = list.data?.items[0]
  const stored = useApi<EForm>(newest ? `/api/eforms/${newest.formId}` : null)
  if (!newest || !stored.data || stored.data.formId !== newest.formId)
    return (
      <>
        <PageHeader title={key} back={{ to: '/bieu-mau-dien-tu', label: text.back }} />
        <ProblemAlert problem={list.problem ?? stored.problem} onRetry={list.reload} />
      </>
    )
  const { formId, version, comparedWithOfficial: _, ...definition } = stored.data
  const today = dayOf(serverNow())
  const initial: FormDefinition = { ...definition, validFrom: today, validTo: null }
  return <Editor key={formId} draftKey={`eform.${formId}`} initial={initial} baseVersion={version} />
}

function Editor({
  draftKey,
  initial,
  baseVersion,
}: {
  draftKey: string
  initial: FormDefinition
  baseVersion: number
}) {
  const { web: text } = useText({ vi, en })
  const { language } = useLanguage()
  const go = useGo()
  const [form, setForm, draft] = useDraft<FormDefinition>(draftKey, initial)
  const [chosenKey, choose] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const procedure = useApi<{ version: ProcedureVersion }>(
    form.procedureCode === '' ? null : `/api/procedures/${encodeURIComponent(form.procedureCode)}`,
  )
  const cases = procedure.data?.version.cases ?? []
  const components = [
    ...new Map(
      cases.flatMap((one) =>
        one.components.map(
          ({ key, name, shortName = name, need }) =>
            [key, { key, name: shortName, isConditional: need === 'conditional' }] as const,
        ),
      ),
    ).values(),
  ]
  const known = procedure.data
    ? { cases: cases.map(({ key }) => key), components: components.map(({ key }) => key) }
    : {}
  const findings = checkForm(form, known)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const chosen = chosenBy(form, chosenKey)
  const publish = useCommand<{ formId: number; version: number }>('/api/eforms', {
    forget: ['/api/eforms'],
    onDone: ({ version }) => {
      announce(text.published(version))
      draft.clear()
      void go(`/bieu-mau-dien-tu/${form.key}`)
    },
  })
  const facts: EditorFacts = { form, change: setForm, cases, components }
  const isReady = errors.length === 0 && reason.trim().length >= 5 && form.procedureCode !== '' && form.key !== ''
  return (
    <>
      <PageHeader
        title={baseVersion === 0 ? text.newTitle : text.editorTitle(say(form.title, language))}
        back={{ to: baseVersion === 0 ? '/bieu-mau-dien-tu' : `/bieu-mau-dien-tu/${form.key}`, label: text.back }}
        {...(draft.restored && { note: text.restored })}
        actions={
          <>
            {draft.restored && (
              <Button variant="default" onClick={() => draft.clear()}>
                {text.discard}
              </Button>
            )}
            <Button
              loading={publish.busy}
              disabled={!isReady}
              leftSection={<Icon name="check" />}
              onClick={() => void publish.run({ definition: form, reason, baseVersion })}
            >
              {text.publish}
            </Button>
          </>
        }
      />
      <ProblemAlert problem={publish.problem} keeps />
      <TextField
        label={text.reason}
        hint={text.reasonHint}
        required
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
      <Findings findings={findings} form={form} choose={choose} />
      <div className="eform-editor">
        <Outline {...facts} chosenKey={chosenKey} choose={choose} findings={findings} />
        <div className="eform-item-side">
          {chosen.kind === 'general' && <General {...facts} isNew={baseVersion === 0} />}
          {chosen.kind === 'general' && <PapersEditor {...facts} />}
          {chosen.kind === 'checks' && <ChecksEditor {...facts} />}
          {chosen.kind === 'part' && <PartEditor {...facts} part={chosen.part} choose={choose} />}
          {chosen.kind === 'group' && (
            <GroupEditor {...facts} group={chosen.group} part={chosen.part} choose={choose} />
          )}
          {chosen.kind === 'field' && (
            <Section
              title={say(chosen.field.label, language) || text.unnamed}
              actions={text.widgets[chosen.field.widget]}
            >
              <FieldEditor {...facts} field={chosen.field} group={chosen.group} onRenamed={choose} />
            </Section>
          )}
        </div>
        <div className="eform-preview-side">
          <Section title={text.preview}>
            <Preview form={form} partKey={'part' in chosen ? chosen.part.key : ''} onPart={choose} cases={cases} />
          </Section>
        </div>
      </div>
    </>
  )
}

function Findings({
  findings,
  form,
  choose,
}: {
  findings: ReturnType<typeof checkForm>
  form: FormDefinition
  choose: (key: string | null) => void
}) {
  const { web: text } = useText({ vi, en })
  const { language } = useLanguage()
  if (findings.length === 0)
    return (
      <p role="status" className="eform-preview-note">
        {text.noFindings}
      </p>
    )
  const isWrong = findings.some(({ severity }) => severity === 'error')
  return (
    <div role="status">
      <h2 className={isWrong ? 'eform-wrong' : undefined}>{isWrong ? text.findings : text.warnings}</h2>
      <ul className="eform-findings">
        {findings.slice(0, 12).map(({ pointer, code, severity, words }) => (
          <li key={`${pointer} ${code} ${words.vi}`} data-severity={severity}>
            <button type="button" onClick={() => choose(keyAt(form, pointer))}>
              {say(words, language)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Outline({
  form,
  change,
  chosenKey,
  choose,
  findings,
}: EditorFacts & {
  chosenKey: string | null
  choose: (key: string | null) => void
  findings: ReturnType<typeof checkForm>
}) {
  const { web: text } = useText({ vi, en })
  const { language } = useLanguage()
  const wrong = new Set(
    findings.filter(({ severity }) => severity === 'error').map(({ pointer }) => keyAt(form, pointer)),
  )
  const item = (key: string | null, label: string) => (
    <button type="button" className="eform-item" aria-current={chosenKey === key} onClick={() => choose(key)}>
      <span>{label || text.unnamed}</span>
      {wrong.has(key) && (
        <span className="eform-wrong">
          <Icon name="warning" size={14} />
        </span>
      )}
    </button>
  )
  return (
    <nav className="eform-outline" aria-label={text.outline}>
      <div className="eform-outline-tools">
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            const added = addPart(form)
            change(added.form)
            choose(added.key)
          }}
        >
          {text.addPart}
        </Button>
        {chosenKey !== null && chosenKey !== CHECKS && (
          <Button.Group>
            <Button size="xs" variant="default" onClick={() => change(moveItem(form, chosenKey, -1))}>
              {text.up}
            </Button>
            <Button size="xs" variant="default" onClick={() => change(moveItem(form, chosenKey, 1))}>
              {text.down}
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                change(removeItem(form, chosenKey))
                choose(null)
              }}
            >
              {text.remove}
            </Button>
          </Button.Group>
        )}
      </div>
      {item(null, text.general)}
      {item(CHECKS, text.checksCount(form.checks?.length ?? 0))}
      <ol>
        {form.layout.parts.map((part) => (
          <li key={part.key}>
            {item(part.key, say(part.title, language))}
            <ol>
              {part.fields.map((one) => (
                <li key={one.key}>
                  {item(one.key, say(one.label, language))}
                  {isGroup(one) && (
                    <ol>
                      {one.fields.map((field) => (
                        <li key={field.key}>{item(field.key, say(field.label, language))}</li>
                      ))}
                    </ol>
                  )}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </nav>
  )
}

const widgets: readonly (Widget | 'group')[] = [
  'text',
  'long-text',
  'number',
  'money',
  'day',
  'choice',
  'choices',
  'yes-no',
  'identity-number',
  'phone',
  'email',
  'address',
  'files',
  'note',
  'group',
]

function AddField({
  form,
  change,
  choose,
  part,
  group,
}: EditorFacts & { choose: (key: string) => void; part: string; group?: string }) {
  const { web: text } = useText({ vi, en })
  return (
    <Choice
      label={group === undefined ? text.addQuestion : text.addToGroup}
      placeholder={text.kindOfQuestion}
      value={null}
      onChange={(next) => {
        const widget = widgets.find((one) => one === next)
        if (!widget) return
        const added = addField(form, { part, group, widget })
        change(added.form)
        choose(added.key)
      }}
      options={widgets
        .filter((widget) => group === undefined || widget !== 'group')
        .map((widget) => ({ value: widget, label: text.widgets[widget] }))}
    />
  )
}

function PartEditor({ part, choose, ...facts }: EditorFacts & { part: Part; choose: (key: string) => void }) {
  const { web: text } = useText({ vi, en })
  const { language } = useLanguage()
  const { form, change, cases } = facts
  const put = (next: { [Name in keyof Part]?: Part[Name] | undefined }) =>
    change(replacePart(form, part.key, without<Part>({ ...part, ...next })))
  return (
    <Section title={say(part.title, language) || text.unnamed}>
      <WordsFields
        vi={text.partTitle}
        en={text.labelEn}
        required
        value={part.title}
        onChange={(title) => put({ title })}
      />
      <WordsFields
        isLong
        vi={text.help}
        en={text.helpEn}
        value={part.help ?? { vi: '', en: '' }}
        onChange={(help) => put({ help: help.vi === '' && help.en === '' ? undefined : help })}
      />
      <ConditionEditor
        legend={text.condition}
        always={text.always}
        value={part.when}
        onChange={(when) => put({ when })}
        fields={earlierFields(form, part.key)}
        cases={cases}
      />
      <AddField {...facts} choose={choose} part={part.key} />
    </Section>
  )
}

function GroupEditor({
  group,
  part,
  choose,
  ...facts
}: EditorFacts & { group: Group; part: Part; choose: (key: string) => void }) {
  const { web: text } = useText({ vi, en })
  const { language } = useLanguage()
  const { form, change, cases } = facts
  const schema = schemaOf(form, group)
  const put = (next: { [Name in keyof Group]?: Group[Name] | undefined }) =>
    change(replaceItem(form, group.key, without<Group>({ ...group, ...next })))
  return (
    <Section title={say(group.label, language) || text.unnamed} actions={text.widgets.group}>
      <WordsFields
        vi={text.label}
        en={text.labelEn}
        required
        value={group.label}
        onChange={(label) => put({ label })}
      />
      <WordsFields
        vi={text.itemLabel}
        en={text.itemLabelEn}
        required
        value={group.itemLabel}
        onChange={(itemLabel) => put({ itemLabel })}
      />
      <WordsFields
        isLong
        vi={text.help}
        en={text.helpEn}
        value={group.help ?? { vi: '', en: '' }}
        onChange={(help) => put({ help: help.vi === '' && help.en === '' ? undefined : help })}
      />
      <Fields columns={3}>
        <NumberInput
          label={text.least}
          min={0}
          max={50}
          value={schema?.minItems ?? 0}
          onChange={(next) => change(setLimits(form, { key: group.key }, { minItems: Number(next) || 0 }))}
        />
        <NumberInput
          label={text.most}
          min={1}
          max={50}
          value={schema?.maxItems ?? 10}
          onChange={(next) => change(setLimits(form, { key: group.key }, { maxItems: Number(next) || 1 }))}
        />
        <Checkbox
          label={text.required}
          checked={isRequired(form, group)}
          onChange={(event) => change(setRequired(form, { key: group.key }, event.currentTarget.checked))}
        />
      </Fields>
      <KeyField
        value={group.key}
        suggested=""
        onChange={(key) => {
          if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(key) || chosenBy(form, key).kind !== 'general') return
          change(replaceItem(form, group.key, { ...group, key }))
          choose(key)
        }}
      />
      <ConditionEditor
        legend={text.condition}
        always={text.always}
        value={group.when}
        onChange={(when) => put({ when })}
        fields={earlierFields(form, group.key)}
        cases={cases}
      />
      <AddField {...facts} choose={choose} part={part.key} group={group.key} />
    </Section>
  )
}

function General({ form, change, cases, components, isNew }: EditorFacts & { isNew: boolean }) {
  const { web: text } = useText({ vi, en })
  const put = (part: Partial<FormDefinition>) => change({ ...form, ...part })
  const { owner } = form.persons
  const kinds = ['individual', 'foreigner', 'organisation', 'newborn'] as const
  return (
    <Section title={text.general}>
      <WordsFields
        vi={text.titleVi}
        en={text.titleEn}
        required
        value={form.title}
        onChange={(title) => put({ title })}
      />
      {isNew && (
        <Fields columns={2}>
          <TextField
            label={text.formKey}
            hint={text.formKeyHint}
            required
            maxLength={60}
            value={form.key}
            onChange={(key) => put({ key: key.toLowerCase().replaceAll(/[^a-z0-9-]/g, '') })}
          />
          <FindChoice<ProcedureList>
            label={text.chooseProcedure}
            required
            value={form.procedureCode === '' ? null : form.procedureCode}
            onChange={(code) => put({ procedureCode: code ?? '', caseKeys: [], component: null })}
            path={(query) => `/api/procedures?limit=20&q=${encodeURIComponent(query)}`}
            read={({ items }) => items.map(({ code, shortName }) => ({ value: code, label: shortName, note: code }))}
          />
        </Fields>
      )}
      <Fields columns={2}>
        <MultiSelect
          label={text.caseKeys}
          description={text.caseKeysHint}
          data={cases.map(({ key, name }) => ({ value: key, label: name }))}
          value={form.caseKeys}
          onChange={(caseKeys) => put({ caseKeys })}
        />
        <DayField
          label={text.validFrom}
          required
          value={form.validFrom}
          onChange={(validFrom) => validFrom && put({ validFrom })}
        />
      </Fields>
      <Fields columns={2}>
        <Textarea
          label={text.sourceDocument}
          withAsterisk
          autosize
          maxLength={1000}
          value={form.source.document}
          onChange={(event) => put({ source: { ...form.source, document: event.currentTarget.value } })}
        />
        <Textarea
          label={text.sourceNote}
          autosize
          maxLength={2000}
          value={form.source.note}
          onChange={(event) => put({ source: { ...form.source, note: event.currentTarget.value } })}
        />
      </Fields>
      <Choice
        label={text.component}
        value={form.component ?? ''}
        onChange={(component) => {
          const { furtherComponents: _, ...rest } = form
          change({ ...rest, component: component === '' ? null : component })
        }}
        options={[
          { value: '', label: text.noComponent },
          ...components.map(({ key, name }) => ({ value: key, label: name, note: key })),
        ]}
      />
      {form.component !== null && (
        <MultiSelect
          label={text.furtherComponents}
          data={components
            .filter(({ key }) => key !== form.component)
            .map(({ key, name }) => ({ value: key, label: name }))}
          value={form.furtherComponents ?? []}
          onChange={(keys) => {
            const { furtherComponents: _, ...rest } = form
            change(keys.length > 0 ? { ...rest, furtherComponents: keys } : rest)
          }}
        />
      )}
      <Checkbox
        my={12}
        label={text.owner}
        checked={owner !== undefined}
        onChange={(event) => {
          const { owner: _, ...rest } = form.persons
          put({ persons: event.currentTarget.checked ? { ...rest, owner: { kind: 'individual' } } : rest })
        }}
      />
      {owner && (
        <Fields columns={2}>
          <Choice
            label={text.ownerKind}
            value={owner.kind}
            onChange={(next) => {
              const kind = kinds.find((one) => one === next)
              if (kind) put({ persons: { ...form.persons, owner: { ...owner, kind } } })
            }}
            options={kinds.map((value) => ({ value, label: text.personKinds[value] }))}
          />
          <TextField
            label={text.ownerRelation}
            maxLength={100}
            value={owner.relation ?? ''}
            onChange={(relation) => put({ persons: { ...form.persons, owner: { ...owner, relation } } })}
          />
        </Fields>
      )}
      <Fields columns={2}>
        <TextField
          label={text.heading}
          value={form.print.heading}
          onChange={(heading) => put({ print: { ...form.print, heading } })}
        />
        <TextField
          label={text.addressee}
          value={form.print.addressee}
          onChange={(addressee) => put({ print: { ...form.print, addressee } })}
        />
      </Fields>
      <Textarea
        label={text.promise}
        autosize
        maxLength={2000}
        value={form.print.promise}
        onChange={(event) => put({ print: { ...form.print, promise: event.currentTarget.value } })}
      />
      <Signatures
        value={form.print.signatures}
        onChange={(signatures) => put({ print: { ...form.print, signatures } })}
      />
      <JsonView form={form} change={change} />
    </Section>
  )
}

function Signatures({ value, onChange }: { value: readonly string[]; onChange: (value: string[]) => void }) {
  const { web: text } = useText({ vi, en })
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Textarea
      label={text.signatures}
      autosize
      value={typed ?? value.join('\n')}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        const lines = event.currentTarget.value.split('\n').flatMap((line) => line.trim() || [])
        if (lines.length > 0) onChange(lines.slice(0, 3))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

/** For those who like data: the whole definition, beside the editor and never needed. */
function JsonView({ form, change }: Pick<EditorFacts, 'form' | 'change'>) {
  const { web: text } = useText({ vi, en })
  const [typed, setTyped] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  const apply = () => {
    try {
      const read = JSON.parse(typed ?? '') as FormDefinition
      // What is no form at all must not break the editor; what is a form with mistakes is told by the findings.
      checkForm(agree(read))
      change(read)
      setTyped(null)
      setWrong(false)
    } catch {
      setWrong(true)
    }
  }
  return (
    <details className="eform-json">
      <summary>{text.json}</summary>
      <Textarea
        aria-label={text.json}
        autosize
        minRows={8}
        maxRows={30}
        error={isWrong ? text.jsonWrong : undefined}
        value={typed ?? JSON.stringify(form, null, 2)}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" mt={8} disabled={typed === null} onClick={apply}>
        {text.jsonApply}
      </Button>
    </details>
  )
}
