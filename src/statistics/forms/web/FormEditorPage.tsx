import './forms.css'
import { Button, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  DayField,
  Dialog,
  Fields,
  Icon,
  PageHeader,
  PageLink,
  ProblemAlert,
  Section,
  TextField,
  useApi,
  useCommand,
  useDraft,
  useFilters,
  useFormat,
  useParameter,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { Check, EndingColumn, Endings, FilledForm, FormDefinition, FormRow } from '../contract.ts'
import { CheckDialog } from './CheckDialog.tsx'
import { FormTable } from './FormTable.tsx'
import { MatrixTable } from './MatrixTable.tsx'
import { RowDialog } from './RowDialog.tsx'
import { writeTerms } from './terms.ts'
import { useFormText } from './use-form-text.ts'

type Version = {
  version: number
  validFrom: string
  validTo: string | null
  reason: string
  changedBy: string | null
  changedAt: string
}
type Reply = { definition: FormDefinition; versions: Version[]; mayManage: boolean }

/** A form as data: changed here, looked at before it is kept, kept as a new version. */
export function FormEditorPage() {
  const form = useParameter('form')
  const words = useFormText().web
  const [filters] = useFilters({ version: '' })
  const { data, problem, reload } = useApi<Reply>(
    withQuery(`/api/report-forms/${form}`, { version: filters.version || undefined }),
  )
  if (problem && !data)
    return (
      <>
        <PageHeader title={words.formsTitle} back={{ to: '/bieu-mau', label: words.formsTitle }} />
        <ProblemAlert problem={problem} onRetry={reload} />
      </>
    )
  return data ? <Editor key={`${form} ${data.definition.version}`} reply={data} /> : null
}

function Editor({ reply }: { reply: Reply }) {
  const words = useFormText().web
  const { definition: kept, versions, mayManage } = reply
  const [definition, setDefinition, draft] = useDraft(`form-${kept.form}-${kept.version}`, kept)
  const [saving, setSaving] = useState(false)
  const [preview, setPreview] = useState(false)
  const isChanged = JSON.stringify(definition) !== JSON.stringify(kept)
  const change = (part: Partial<FormDefinition>) => setDefinition({ ...definition, ...part })
  return (
    <>
      <PageHeader
        title={words.editForm(kept.number)}
        note={kept.title}
        back={{ to: '/bieu-mau', label: words.formsTitle }}
        actions={
          <>
            <Button variant="default" leftSection={<Icon name="show" />} onClick={() => setPreview(true)}>
              {words.preview}
            </Button>
            {mayManage && (
              <Button disabled={!isChanged} onClick={() => setSaving(true)}>
                {words.saveForm}
              </Button>
            )}
          </>
        }
      />
      {isChanged && <p className="rf-changed">{words.changedNotSaved}</p>}
      <Head definition={definition} onChange={change} />
      {definition.layout === 'rows' ? (
        <Rows rows={definition.rows} onChange={(rows) => change({ rows })} />
      ) : (
        <EndingChoices
          endings={definition.endings ?? { withdrawn: 'resolved-on-time', stopped: 'apart', closed: 'apart' }}
          onChange={(endings) => change({ endings })}
        />
      )}
      <CheckList checks={definition.checks} onChange={(checks) => change({ checks })} />
      <Versions form={kept.form} versions={versions} />
      <Dialog opened={preview} onClose={() => setPreview(false)} title={words.preview} size="xl">
        {preview && <Preview definition={definition} />}
      </Dialog>
      <Dialog opened={saving} onClose={() => setSaving(false)} title={words.saveFormTitle}>
        {saving && (
          <SaveForm definition={definition} onClose={() => setSaving(false)} onSaved={() => draft.clear(definition)} />
        )}
      </Dialog>
    </>
  )
}

type Change = (part: Partial<FormDefinition>) => void

function Head({ definition, onChange }: { definition: FormDefinition; onChange: Change }) {
  const words = useFormText().web
  return (
    <Section title={words.formHead}>
      <Fields columns={2}>
        <TextField
          label={words.number}
          required
          value={definition.number}
          onChange={(number) => onChange({ number })}
        />
        <TextField
          label={words.formTitle}
          required
          value={definition.title}
          onChange={(title) => onChange({ title })}
        />
        <TextField
          label={words.legalBasis}
          required
          maxLength={500}
          value={definition.legalBasis}
          onChange={(legalBasis) => onChange({ legalBasis })}
        />
        <TextField label={words.printedNote} value={definition.note} onChange={(note) => onChange({ note })} />
        <DayField
          label={words.validFrom}
          required
          value={definition.validFrom}
          onChange={(validFrom) => validFrom && onChange({ validFrom })}
        />
        <DayField label={words.validTo} value={definition.validTo} onChange={(validTo) => onChange({ validTo })} />
      </Fields>
    </Section>
  )
}

function Rows({ rows, onChange }: { rows: readonly FormRow[]; onChange: (rows: FormRow[]) => void }) {
  const words = useFormText().web
  const [edited, setEdited] = useState<{ at: number; row: FormRow } | null>(null)
  const move = (at: number, by: 1 | -1) => {
    const next = [...rows]
    const [row] = next.splice(at, 1)
    if (row) next.splice(at + by, 0, row)
    onChange(next)
  }
  const columns: Column<{ row: FormRow; at: number }>[] = [
    { key: 'code', head: words.rowCode, width: '6rem', main: true, cell: ({ row }) => row.code },
    { key: 'label', head: words.rowLabel, grow: 2, wrap: true, cell: ({ row }) => row.label },
    { key: 'type', head: words.rowType, width: '9rem', cell: ({ row }) => words.rowTypes[row.type] },
    {
      key: 'source',
      head: words.rowSource,
      grow: 1,
      wrap: true,
      cell: ({ row }) => <SourceWords row={row} />,
    },
    {
      key: 'move',
      head: words.actions,
      width: '6rem',
      cell: ({ row, at }) => (
        <span className="rf-move">
          <Button
            size="compact-xs"
            variant="default"
            disabled={at === 0}
            aria-label={words.moveUp(row.code)}
            onClick={() => move(at, -1)}
          >
            ↑
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            disabled={at === rows.length - 1}
            aria-label={words.moveDown(row.code)}
            onClick={() => move(at, 1)}
          >
            ↓
          </Button>
        </span>
      ),
    },
  ]
  const fresh: FormRow = {
    code: '',
    label: '',
    unit: '',
    type: 'count',
    source: { kind: 'manual' },
    levels: [],
    cumulative: false,
  }
  return (
    <Section
      title={words.rows}
      actions={
        <Button
          variant="default"
          leftSection={<Icon name="plus" />}
          onClick={() => setEdited({ at: rows.length, row: fresh })}
        >
          {words.addRow}
        </Button>
      }
    >
      <DataTable
        label={words.rows}
        rows={rows.map((row, at) => ({ row, at }))}
        columns={columns}
        rowKey={({ row, at }) => `${row.code} ${at}`}
        onOpen={setEdited}
      />
      <RowDialog
        edited={edited}
        isNew={edited?.at === rows.length}
        onClose={() => setEdited(null)}
        onSave={(row) =>
          onChange(edited ? [...rows.slice(0, edited.at), row, ...rows.slice(edited.at + 1)] : [...rows])
        }
        onRemove={() => onChange(rows.filter((_, at) => at !== edited?.at))}
      />
    </Section>
  )
}

function SourceWords({ row: { source, cumulative } }: { row: FormRow }) {
  const words = useFormText().web
  const detail = {
    none: () => '',
    manual: () => '',
    'entered-ratio': () => '',
    figure: () =>
      source.kind === 'figure'
        ? [source.figure, ...(source.plus ?? [])].map((figure) => words.figures[figure]).join(' + ')
        : '',
    payment: () => '',
    survey: () => (source.kind === 'survey' ? words.surveyMeasures[source.measure] : ''),
    catalogue: () =>
      source.kind === 'catalogue'
        ? (words.measures[source.measure as keyof typeof words.measures] ?? source.measure)
        : '',
    petition: () =>
      source.kind === 'petition'
        ? [words.petitionFigures[source.figure], source.of && words.petitionKinds[source.of]]
            .filter(Boolean)
            .join(' · ')
        : '',
    sum: () => (source.kind === 'sum' ? source.of.join(' + ') : ''),
    ratio: () => (source.kind === 'ratio' ? `${source.numerator} / ${source.denominator}` : ''),
  }[source.kind]()
  return (
    <span>
      {words.sources[source.kind]}
      {detail && <span className="rf-small"> {detail}</span>}
      {cumulative && <span className="rf-small"> ({words.cumulative})</span>}
    </span>
  )
}

function EndingChoices({ endings, onChange }: { endings: Endings; onChange: (endings: Endings) => void }) {
  const words = useFormText().web
  return (
    <Section title={words.endings}>
      <Fields columns={3}>
        {(['withdrawn', 'stopped', 'closed'] as const).map((ending) => (
          <Choice
            key={ending}
            label={words.endingNames[ending]}
            required
            value={endings[ending]}
            onChange={(next) => next && onChange({ ...endings, [ending]: next as EndingColumn })}
            options={Object.entries(words.endingColumns).map(([value, label]) => ({ value, label }))}
          />
        ))}
      </Fields>
    </Section>
  )
}

function CheckList({ checks, onChange }: { checks: readonly Check[]; onChange: (checks: Check[]) => void }) {
  const words = useFormText().web
  const [edited, setEdited] = useState<{ at: number; check: Check } | null>(null)
  const columns: Column<{ check: Check; at: number }>[] = [
    { key: 'code', head: words.checkCode, width: '11rem', main: true, cell: ({ check }) => check.code },
    {
      key: 'rule',
      head: words.checkRules,
      grow: true,
      wrap: true,
      cell: ({ check }) =>
        `${writeTerms(check.left)} ${words.operators[check.operator]} ${writeTerms(check.right)}`.trim(),
    },
    { key: 'words', head: words.words, grow: 2, wrap: true, wideOnly: true, cell: ({ check }) => check.words },
    {
      key: 'severity',
      head: words.severity,
      width: '8rem',
      cell: ({ check }) => words.severities[check.severity].split(':')[0],
    },
  ]
  const fresh: Check = {
    code: '',
    left: [],
    operator: '<=',
    right: [],
    missing: 'skip',
    severity: 'blocking',
    words: '',
  }
  return (
    <Section
      title={words.checkRules}
      actions={
        <Button
          variant="default"
          leftSection={<Icon name="plus" />}
          onClick={() => setEdited({ at: checks.length, check: fresh })}
        >
          {words.addCheck}
        </Button>
      }
    >
      <DataTable
        label={words.checkRules}
        rows={checks.map((check, at) => ({ check, at }))}
        columns={columns}
        rowKey={({ check, at }) => `${check.code} ${at}`}
        onOpen={setEdited}
      />
      <CheckDialog
        edited={edited}
        isNew={edited?.at === checks.length}
        onClose={() => setEdited(null)}
        onSave={(check) =>
          onChange(edited ? [...checks.slice(0, edited.at), check, ...checks.slice(edited.at + 1)] : [...checks])
        }
        onRemove={() => onChange(checks.filter((_, at) => at !== edited?.at))}
      />
    </Section>
  )
}

function Versions({ form, versions }: { form: string; versions: readonly Version[] }) {
  const words = useFormText().web
  const format = useFormat()
  const columns: Column<Version>[] = [
    {
      key: 'version',
      head: words.versionHead,
      main: true,
      width: '7rem',
      cell: ({ version }) => <PageLink to={`/bieu-mau/${form}?version=${version}`}>{String(version)}</PageLink>,
    },
    {
      key: 'valid',
      head: words.validity,
      width: '14rem',
      cell: ({ validFrom, validTo }) =>
        validTo ? words.fromTo(format.day(validFrom), format.day(validTo)) : words.since(format.day(validFrom)),
    },
    { key: 'by', head: words.changedBy, width: '13rem', cell: ({ changedBy }) => changedBy ?? words.shipped },
    { key: 'at', head: words.changedAt, width: '10rem', cell: ({ changedAt }) => format.instant(changedAt) },
    { key: 'why', head: words.why, grow: true, wrap: true, cell: ({ reason }) => reason },
  ]
  return (
    <Section title={words.versions}>
      <DataTable label={words.versions} rows={versions} columns={columns} rowKey={({ version }) => String(version)} />
    </Section>
  )
}

type Looked = { faults: { pointer: string; words: string }[]; preview: FilledForm | null }

/** What the server says of it: faults in words, or the form as a commune would find it. */
function Preview({ definition }: { definition: FormDefinition }) {
  const words = useFormText().web
  const look = useCommand<Looked>(`/api/report-forms/${definition.form}/preview`, { forget: ['/nothing'] })
  useEffect(() => {
    void look.run({ definition })
    // Asked once, for the form as it stood when the window was opened.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const { faults = [], preview } = look.reply ?? {}
  return (
    <>
      <ProblemAlert problem={look.problem} />
      {faults.length > 0 && (
        <>
          <p>{words.faults}</p>
          <ul>
            {faults.map(({ pointer, words: said }) => (
              <li key={pointer + said}>{said}</li>
            ))}
          </ul>
        </>
      )}
      {preview && (
        <>
          <p role="status">
            {words.noFaults} {words.previewNote}
          </p>
          {preview.definition.layout === 'matrix' ? <MatrixTable form={preview} /> : <FormTable form={preview} />}
        </>
      )}
    </>
  )
}

function SaveForm({
  definition,
  onClose,
  onSaved,
}: {
  definition: FormDefinition
  onClose: () => void
  onSaved: () => void
}) {
  const text = useFormText()
  const words = text.web
  const [reason, setReason] = useState('')
  const save = useCommand<{ version: number }>(`/api/report-forms/${definition.form}`, {
    forget: ['/api/report-forms'],
    onDone: ({ version }) => {
      announce(words.savedForm(version))
      onSaved()
      onClose()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ definition, reason })
      }}
    >
      <Textarea
        label={words.saveFormReason}
        autosize
        minRows={3}
        maxLength={1000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProblemAlert problem={worded(save.problem, text.refusals)} keeps />
      <div className="k-dialog-actions">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" loading={save.busy} disabled={reason.trim() === ''}>
          {words.saveForm}
        </Button>
      </div>
    </form>
  )
}
