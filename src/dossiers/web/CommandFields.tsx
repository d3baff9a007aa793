import { Checkbox, Radio, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import type { FileEntry } from '../../documents/contract.ts'
import {
  type ApiProblem,
  Choice,
  DayField,
  Fields,
  FileDrop,
  IdentityNumberField,
  MoneyField,
  TextField,
  uploadFile,
  useApi,
  useFormat,
} from '../../platform/web/index.ts'
import {
  causes,
  deliveries,
  type FieldName,
  type FieldSetting,
  type FormError,
  methods,
  pointers,
} from './command-form.ts'
import { ComponentChecklist } from './ComponentChecklist.tsx'
import { FileLinks } from './ComponentList.tsx'
import { type CommandType, owed, stepsFor } from './dossier-view.ts'
import { AgencyAndUnit, OfficerChoice } from './StaffChoices.tsx'
import { useDossierText } from './use-dossier-text.ts'

/** The parts of a form that a command asks for, in their order; the first takes the focus. */
export function CommandFields({
  fields,
  errors,
  problem,
  ...setting
}: Omit<FieldSetting, 'errorOf'> & {
  fields: readonly FieldName[]
  errors: readonly FormError[]
  problem: ApiProblem | null
}) {
  const words = useDossierText().dossier.form
  const format = useFormat()
  const { fee } = setting.view
  const errorOf = (field: FieldName): string | undefined => {
    const code = errors.find((error) => error.field === field)?.code
    if (code === 'tooHigh') return words.tooHigh(format.money(fee.paid - fee.refunded))
    if (code) return words[code]
    return (pointers[field] ?? []).map((pointer) => problem?.fieldError(pointer)).find((said) => said !== undefined)
  }
  const shown = fields.filter((field) => field !== 'step' || hasChoiceOfStep(setting))
  // What is proposed already is passed over: a choice would open over the rest of the form.
  const first = shown.find((field) => !passedOver.has(field)) ?? shown[0]
  return (
    <Fields>
      {shown.map((field) => (
        <CommandField key={field} {...setting} field={field} first={field === first} errorOf={errorOf} />
      ))}
    </Fields>
  )
}

const passedOver: ReadonlySet<FieldName> = new Set(['step', 'toStep', 'opinion', 'draftFile', 'draftFiles'])

function hasChoiceOfStep({ type, view }: Pick<FieldSetting, 'type' | 'view'>): boolean {
  const named = type === 'completeStep' || type === 'signResult' || type === 'sendBack' || type === 'assign'
  return named && stepsFor(type, view).length > 1
}

function CommandField(setting: FieldSetting & { field: FieldName; first: boolean }): ReactNode {
  const { field, first, draft, onChange, errorOf, view, type, today } = setting
  const text = useDossierText()
  const words = text.dossier.form
  const format = useFormat()
  const error = errorOf(field)
  const shared = { error, autoFocus: first }
  switch (field) {
    case 'step':
      return (
        <Choice
          {...shared}
          label={words.step}
          required
          value={draft.key}
          onChange={(key) => onChange({ key, officer: null })}
          options={(type === 'completeStep' || type === 'signResult' || type === 'sendBack' || type === 'assign'
            ? stepsFor(type, view)
            : []
          ).map(({ key, name, unitName }) => ({ value: key, label: name, note: unitName }))}
        />
      )
    case 'toStep':
      return (
        <Choice
          {...shared}
          label={words.toStep}
          required
          value={draft.toKey}
          onChange={(toKey) => onChange({ toKey })}
          options={view.stages
            .flat()
            .filter(({ state, kind }) => state === 'done' && kind !== 'return')
            .map(({ key, name, unitName }) => ({ value: key, label: name, note: unitName }))}
        />
      )
    case 'officer':
      return <OfficerChoice {...setting} />
    case 'opinion':
      return (
        <Choice
          {...shared}
          label={words.opinion}
          required
          value={draft.opinionId}
          onChange={(opinionId) => onChange({ opinionId })}
          options={view.opinions
            .filter(({ answered }) => !answered)
            .map(({ opinionId, unitName, answerBy }) => ({
              value: opinionId,
              label: unitName,
              note: text.dossier.answerBy(format.day(answerBy)),
            }))}
        />
      )
    case 'place':
      return <AgencyAndUnit {...setting} />
    case 'answerBy':
      return (
        <DayField
          {...shared}
          label={words.answerBy}
          required
          min={today}
          value={draft.answerBy}
          onChange={(answerBy) => onChange({ answerBy })}
        />
      )
    case 'newDay':
      return (
        <DayField
          {...shared}
          label={words.newDay}
          hint={words.newDayHint}
          required
          min={today}
          value={draft.newDay}
          onChange={(newDay) => onChange({ newDay })}
        />
      )
    case 'payBy':
      return (
        <DayField
          {...shared}
          label={words.payBy}
          min={today}
          value={draft.payBy}
          onChange={(payBy) => onChange({ payBy })}
        />
      )
    case 'signedOn':
      return (
        <DayField
          {...shared}
          label={words.signedOn}
          required
          max={today}
          value={draft.signedOn}
          onChange={(signedOn) => onChange({ signedOn })}
        />
      )
    case 'cause':
      return (
        <Choice
          {...shared}
          label={words.cause}
          required
          value={draft.cause}
          onChange={(cause) => onChange({ cause })}
          options={causes.map((cause) => ({ value: cause, label: text.causes[cause] }))}
        />
      )
    case 'amount':
      return (
        <MoneyField
          {...shared}
          label={words.amount}
          required
          hint={type === 'refundFee' ? words.refundMost(format.money(view.fee.paid - view.fee.refunded)) : undefined}
          value={draft.amount}
          onChange={(amount) => onChange({ amount })}
        />
      )
    case 'amountNow':
      return (
        <div>
          <span className="k-dimmed">{words.amountNow}</span>
          <strong className="d-amount">{format.money(owed(view))}</strong>
        </div>
      )
    case 'method':
      return (
        <Radio.Group
          label={words.method}
          value={draft.method}
          onChange={(method) => onChange({ method })}
          error={error}
        >
          {methods.map((method) => (
            <Radio
              key={method}
              value={method}
              label={text.methods[method]}
              mt={8}
              data-autofocus={draft.method === method ? true : undefined}
            />
          ))}
        </Radio.Group>
      )
    case 'receiptNumber':
      return (
        <TextField
          {...shared}
          label={words.receiptNumber}
          width="14rem"
          maxLength={60}
          value={draft.receiptNumber}
          onChange={(receiptNumber) => onChange({ receiptNumber })}
        />
      )
    case 'outcome':
      return (
        <Radio.Group
          label={words.outcome}
          value={draft.outcome}
          onChange={(outcome) => onChange({ outcome: outcome === 'refused' ? 'refused' : 'granted' })}
        >
          <Radio
            value="granted"
            label={text.dossier.outcome.granted}
            mt={8}
            data-autofocus={first ? true : undefined}
          />
          <Radio value="refused" label={text.dossier.outcome.refused} mt={8} />
        </Radio.Group>
      )
    case 'documentNumber':
    case 'resultNumber':
      return (
        <ResultNumber
          {...setting}
          {...shared}
          label={field === 'documentNumber' ? words.documentNumber : words.resultNumber}
        />
      )
    case 'electronic':
      return (
        <Radio.Group
          label={words.resultForm}
          value={draft.electronic ? 'electronic' : 'paper'}
          onChange={(form) => onChange({ electronic: form === 'electronic' })}
        >
          <Radio value="paper" label={words.resultForms.paper} mt={8} />
          <Radio
            value="electronic"
            label={words.resultForms.electronic}
            description={words.resultForms.electronicNote}
            mt={8}
          />
        </Radio.Group>
      )
    case 'file':
      return <ResultFile {...setting} error={error} />
    case 'draftFile':
      return <DraftFile {...setting} />
    case 'draftFiles':
      return <DraftFiles {...setting} />
    case 'delivery':
      return (
        <Radio.Group
          label={words.delivery}
          value={draft.delivery}
          onChange={(delivery) => onChange({ delivery })}
          error={error}
        >
          {deliveries.map((delivery) => (
            <Radio
              key={delivery}
              value={delivery}
              label={text.deliveries[delivery]}
              mt={8}
              data-autofocus={first && draft.delivery === delivery ? true : undefined}
            />
          ))}
        </Radio.Group>
      )
    case 'recipientNumber':
      // Part of the recipient; named apart for its errors.
      return null
    case 'recipient':
      return <Recipient {...setting} />
    case 'componentsToMend':
    case 'componentsReceived':
    case 'components':
      return <ComponentChecklist {...setting} purpose={field} />
    case 'reason':
      return (
        <LongField
          {...shared}
          label={reasonWord(type, words)}
          required={type !== 'completeStep'}
          maxLength={4000}
          value={draft.reason}
          onChange={(reason) => onChange({ reason })}
        />
      )
    case 'basis':
      return (
        <LongField
          {...shared}
          label={words.basis}
          required={type === 'signResult'}
          maxLength={1000}
          value={draft.basis}
          onChange={(basis) => onChange({ basis })}
        />
      )
    case 'guidance':
      return (
        <LongField
          {...shared}
          label={words.guidance}
          maxLength={2000}
          value={draft.guidance}
          onChange={(guidance) => onChange({ guidance })}
        />
      )
  }
}

type Words = ReturnType<typeof useDossierText>['dossier']['form']

function reasonWord(type: CommandType, words: Words): string {
  if (type === 'completeStep') return words.note
  if (type === 'askOpinion') return words.question
  if (type === 'answerOpinion') return words.answer
  return type === 'requestCorrection' ? words.fault : words.reason
}

/** Some lines of text; Ctrl+Enter sends the form from within. */
function LongField({
  label,
  value,
  onChange,
  error,
  required,
  maxLength,
  autoFocus,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
  required?: boolean
  maxLength: number
  autoFocus: boolean
}) {
  return (
    <Textarea
      label={label}
      withAsterisk={required ?? false}
      aria-required={required ?? false}
      error={error}
      value={value}
      maxLength={maxLength}
      autosize
      minRows={2}
      maxRows={10}
      data-autofocus={autoFocus ? true : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const clean = value.normalize('NFC').trim()
        if (clean !== value) onChange(clean)
      }}
    />
  )
}

/** The number of the result; that there is none is said, not left out. */
function ResultNumber({
  type,
  draft,
  onChange,
  label,
  error,
  autoFocus,
}: FieldSetting & { label: string; error: string | undefined; autoFocus: boolean }) {
  const words = useDossierText().dossier.form
  return (
    <div>
      <TextField
        label={label}
        error={error}
        autoFocus={autoFocus}
        width="16rem"
        maxLength={100}
        disabled={draft.unnumbered}
        value={draft.documentNumber}
        onChange={(documentNumber) => onChange({ documentNumber })}
      />
      {type !== 'issueCorrection' && (
        <Checkbox
          mt={8}
          label={words.unnumbered}
          checked={draft.unnumbered}
          onChange={(event) =>
            onChange({
              unnumbered: event.currentTarget.checked,
              ...(event.currentTarget.checked ? { documentNumber: '' } : {}),
            })
          }
        />
      )}
    </div>
  )
}

/** The signed paper, kept with the dossier as soon as it was sent. */
function ResultFile({ type, draft, onChange, view, error }: FieldSetting & { error: string | undefined }) {
  const words = useDossierText().dossier.form
  const isElectronic = draft.electronic || type === 'returnResult'
  return (
    <div>
      <FileDrop<FileEntry>
        label={isElectronic ? words.fileElectronic : words.file}
        hint={isElectronic ? words.fileElectronicHint : words.fileHint}
        accept="application/pdf,image/jpeg,image/png"
        multiple={false}
        send={(file, options) =>
          uploadFile<FileEntry>(
            `/api/dossiers/${view.dossierId}/files?purpose=result&origin=${isElectronic ? 'upload' : 'scan'}`,
            {
              file,
              ...options,
            },
          )
        }
        onSent={({ fileId, name }) => onChange({ file: { fileId, name } })}
      />
      {draft.file && <p className="k-note">{words.fileKept(draft.file.name)}</p>}
      {error && (
        <p className="d-field-error" role="alert" tabIndex={-1} data-wrong="">
          {error}
        </p>
      )}
    </div>
  )
}

/** What the leader will be asked to sign; it stays with the other files of the dossier. */
function DraftFile({ view }: FieldSetting) {
  const words = useDossierText().dossier.form
  return (
    <FileDrop<FileEntry>
      label={words.draft}
      hint={words.draftHint}
      multiple
      send={(file, options) =>
        uploadFile<FileEntry>(`/api/dossiers/${view.dossierId}/files?purpose=other`, { file, ...options })
      }
      onSent={() => undefined}
    />
  )
}

/** Whoever signs reads the draft first. */
function DraftFiles({ view }: FieldSetting) {
  const words = useDossierText().dossier.form
  const { data } = useApi<{ files: FileEntry[] }>(`/api/dossiers/${view.dossierId}/files`)
  const files = (data?.files ?? []).filter(({ component, purpose }) => component === null && purpose !== 'component')
  if (files.length === 0) return null
  return (
    <div>
      <h3>{words.drafts}</h3>
      <FileLinks files={files} />
    </div>
  )
}

function Recipient({ draft, onChange, errorOf }: FieldSetting) {
  const words = useDossierText().dossier.form
  const error = errorOf('recipient')
  return (
    <>
      <Radio.Group
        label={words.recipient}
        value={draft.recipient}
        onChange={(recipient) => onChange({ recipient: recipient === 'other' ? 'other' : 'applicant' })}
      >
        <Radio value="applicant" label={words.recipients.applicant} mt={8} />
        <Radio value="other" label={words.recipients.other} mt={8} />
      </Radio.Group>
      {draft.recipient === 'other' && (
        <>
          <TextField
            label={words.recipientName}
            required
            maxLength={200}
            error={error}
            value={draft.recipientName}
            onChange={(recipientName) => onChange({ recipientName })}
          />
          <IdentityNumberField
            label={words.recipientNumber}
            error={errorOf('recipientNumber')}
            value={draft.recipientNumber}
            onChange={(recipientNumber) => onChange({ recipientNumber })}
            onScan={(raw) => {
              // The QR of the card: number | old number | name | …
              const [number = '', , name = ''] = raw.split('|')
              onChange({ recipientNumber: number, recipientName: name })
            }}
          />
          <TextField
            label={words.recipientRelation}
            maxLength={100}
            value={draft.recipientRelation}
            onChange={(recipientRelation) => onChange({ recipientRelation })}
          />
        </>
      )}
    </>
  )
}
