import './forms.css'
import { Button, Textarea } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import {
  announce,
  Choice,
  Dialog,
  Fields,
  PageHeader,
  PageLink,
  ProblemAlert,
  StatusBadge,
  TextField,
  Toolbar,
  useApi,
  useConfirm,
  useDraft,
  useFilters,
  useFormat,
  useParameter,
  worded,
} from '../../../platform/web/index.ts'
import type { Cell, FilledForm, Finding, FormRow, ReportReply } from '../contract.ts'
import type { SaveCells } from './CellField.tsx'
import { CellSheet } from './CellSheet.tsx'
import { Checks } from './Checks.tsx'
import { FormTable, type OpenedPlace } from './FormTable.tsx'
import { MatrixTable } from './MatrixTable.tsx'
import { cellId, stateTones, withoutEvidence, zeroable } from './report-view.ts'
import { Steps } from './Steps.tsx'
import { LaterKnowledge, Story } from './Story.tsx'
import { type SaveState, useEntries, useReport } from './use-report.ts'
import { useFormText } from './use-form-text.ts'

/** One report: the form itself is the screen, the checks stand beside it. */
export function ReportPage() {
  const reportId = useParameter('reportId')
  const words = useFormText().web
  const { data, problem, reload } = useReport(reportId)
  if (problem && !data)
    return (
      <>
        <PageHeader title={words.title} back={{ to: '/bao-cao', label: words.title }} />
        <ProblemAlert problem={problem} onRetry={reload} />
      </>
    )
  return data ? <Report key={data.reportId} report={data} /> : null
}

function Report({ report }: { report: ReportReply }) {
  const text = useFormText()
  const words = text.web
  const format = useFormat()
  const [filters, setFilters] = useFilters({ form: report.forms[0]?.definition.form ?? '', compare: '' })
  const [place, setPlace] = useState<OpenedPlace | null>(null)
  // The cell to go to once its form is there.
  const targetRef = useRef<string | null>(null)
  const { save, state, isNewest } = useEntries(report.reportId)
  const form = report.forms.find(({ definition }) => definition.form === filters.form) ?? report.forms[0]
  const { agency, period } = report
  const mayEnter = report.steps.includes('enter')

  const jump = ({ form: to, row }: Finding) => {
    if (to === form?.definition.form) return focusOn(cellId(to, row))
    targetRef.current = cellId(to, row)
    return setFilters({ form: to })
  }

  return (
    <>
      <PageHeader
        title={words.heading(period.name, agency.name)}
        back={{
          to: `/bao-cao?agencyId=${agency.agencyId}&year=${period.to.slice(0, 4)}`,
          label: words.title,
        }}
        note={words.draftOf(words.span(format.day(period.from), format.day(period.to)), format.day(period.deadline))}
        actions={<Steps report={report} />}
      />
      <State report={report} />
      <FormChooser
        report={report}
        current={form?.definition.form ?? ''}
        onChoose={(next) => setFilters({ form: next })}
      />
      <div className="rf-columns" data-layout={form?.definition.layout}>
        <div className="rf-main">
          {form && (
            <OneForm
              key={form.definition.form}
              report={report}
              form={form}
              targetRef={targetRef}
              mayEnter={mayEnter}
              save={save}
              saveState={state}
              isNewest={isNewest}
              compare={filters.compare}
              onCompare={(compare) => setFilters({ compare })}
              onOpen={report.basis === 'own' ? setPlace : undefined}
            />
          )}
          <LaterKnowledge report={report} />
          <Story report={report} />
        </div>
        <Checks report={report} current={form?.definition.form ?? ''} mayExplain={mayEnter} onJump={jump} />
      </div>
      <CellSheet
        reportId={report.reportId}
        agencyId={agency.agencyId}
        place={place}
        forms={report.forms}
        onClose={() => setPlace(null)}
      />
    </>
  )
}

function focusOn(id: string): void {
  const cell = document.getElementById(id)
  cell?.scrollIntoView({ block: 'center' })
  cell?.focus({ preventScroll: true })
}

function State({ report }: { report: ReportReply }) {
  const text = useFormText()
  const words = text.web
  const format = useFormat()
  const { state, version, basis, knownAt, lockedAt, hash, corrects, correctionReason, isCorrected } = report
  return (
    <div className="rf-state">
      <p>
        <StatusBadge tone={stateTones[state]}>{text.states[state]}</StatusBadge>{' '}
        {version > 1 && `${words.version(version)} · `}
        {basis === 'units' ? words.unitsNote : words.asRead(format.instant(knownAt))}
        {lockedAt && ` ${words.locked(format.instant(lockedAt))}`}
      </p>
      {corrects && (
        <p>
          {words.corrects} {correctionReason} <PageLink to={`/bao-cao/${corrects}`}>{words.toCorrected}</PageLink>
        </p>
      )}
      {isCorrected && <p>{words.correctedAlready}</p>}
      {hash && (
        <p className="rf-hash">
          {words.hash}: <code>{hash}</code>
        </p>
      )}
    </div>
  )
}

/** The forms of the report, each with what its checks found. */
function FormChooser({
  report,
  current,
  onChoose,
}: {
  report: ReportReply
  current: string
  onChoose: (form: string) => void
}) {
  const words = useFormText().web
  const found = (form: string, severity: Finding['severity']) =>
    report.findings.filter(
      (each) => each.form === form && each.severity === severity && each.explanation?.holds !== true,
    ).length
  return (
    <nav className="rf-forms" aria-label={words.forms}>
      <ul>
        {report.forms.map(({ definition: { form, number, title } }) => {
          const errors = found(form, 'blocking')
          const warnings = found(form, 'warning')
          return (
            <li key={form}>
              <button type="button" aria-current={form === current ? 'page' : undefined} onClick={() => onChoose(form)}>
                <span className="rf-form-number">{number}</span>
                <span className="rf-form-title">{title}</span>
                {errors > 0 && <StatusBadge tone="late">{words.errorsIn(errors)}</StatusBadge>}
                {errors === 0 && warnings > 0 && <StatusBadge tone="today">{words.warningsIn(warnings)}</StatusBadge>}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

type Comparison = Record<'previous' | 'yearBefore', { name: string; forms: FilledForm[] } | null>

function OneForm({
  report,
  form,
  targetRef,
  mayEnter,
  save,
  saveState,
  isNewest,
  compare,
  onCompare,
  onOpen,
}: {
  report: ReportReply
  form: FilledForm
  targetRef: RefObject<string | null>
  mayEnter: boolean
  save: SaveCells
  saveState: SaveState
  isNewest: (form: string, cell: Cell) => boolean
  compare: string
  onCompare: (compare: string) => void
  onOpen: ((place: OpenedPlace) => void) | undefined
}) {
  const words = useFormText().web
  const [evidence, setEvidence] = useDraft(`report-evidence-${report.reportId}`, '')
  const [edited, setEdited] = useState<{ row: FormRow; cell: Cell } | null>(null)
  const { data } = useApi<Comparison>(compare === '' ? null : `/api/reports/${report.reportId}/comparison`)
  const other = compare === 'year' ? data?.yearBefore : data?.previous
  const id = form.definition.form
  const marked = marksOf(report.findings, id)
  const isMatrix = form.definition.layout === 'matrix'
  useEffect(() => {
    if (targetRef.current !== null) focusOn(targetRef.current)
    targetRef.current = null
  }, [targetRef])
  const writes = mayEnter && !isMatrix
  return (
    <>
      <Toolbar label={words.form}>
        <Choice
          label={words.compare}
          required
          width="13rem"
          value={compare || 'none'}
          onChange={(next) => onCompare(next === 'none' || next === null ? '' : next)}
          options={[
            { value: 'none', label: words.compareNone },
            { value: 'previous', label: words.comparePrevious },
            { value: 'year', label: words.compareYear },
          ]}
        />
        {writes && (
          <WritingTools form={form} evidence={evidence} onEvidence={setEvidence} save={save} isNewest={isNewest} />
        )}
      </Toolbar>
      {compare !== '' && data && (
        <p className="k-note">{other ? words.comparedWith(other.name) : words.nothingToCompare}</p>
      )}
      {writes && (
        <p className="rf-keys">
          {words.keysHint} <span role="status">{saveState === 'idle' ? '' : words[saveState]}</span>
        </p>
      )}
      {isMatrix ? (
        <MatrixTable form={form} onOpen={onOpen} />
      ) : (
        <FormTable
          form={form}
          onOpen={onOpen}
          marked={marked}
          writing={writes ? { save, evidence, onEvidence: (row, cell) => setEdited({ row, cell }) } : undefined}
          compared={other?.forms.find(({ definition }) => definition.form === id)}
        />
      )}
      <Dialog
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited ? words.editEvidence(edited.row.code) : ''}
      >
        {edited && <EvidenceForm form={id} {...edited} save={save} onClose={() => setEdited(null)} />}
      </Dialog>
    </>
  )
}

function marksOf(findings: readonly Finding[], form: string): Map<string, 'blocking' | 'warning'> {
  const marks = new Map<string, 'blocking' | 'warning'>()
  for (const finding of findings) {
    if (finding.form !== form || finding.check === 'con-trong') continue
    if (finding.severity === 'blocking' || !marks.has(finding.row)) marks.set(finding.row, finding.severity)
  }
  return marks
}

/** Evidence that goes with what is typed next, and two short cuts over many cells. */
function WritingTools({
  form,
  evidence,
  onEvidence,
  save,
  isNewest,
}: {
  form: FilledForm
  evidence: string
  onEvidence: (evidence: string) => void
  save: SaveCells
  isNewest: (form: string, cell: Cell) => boolean
}) {
  const text = useFormText()
  const words = text.web
  const confirm = useConfirm()
  const [problem, setProblem] = useState<Awaited<ReturnType<SaveCells>>>()
  const id = form.definition.form
  const blank = zeroable(form)
  const bare = withoutEvidence(form)

  async function fillZeros() {
    const sure = await confirm({
      question: words.zeroQuestion,
      consequence: words.zeroConsequence,
      action: words.zeroAction,
    })
    if (!sure) return
    const said = evidence.trim() === '' ? {} : { evidence: evidence.trim() }
    // The revision says that it was seen blank: what was typed meanwhile, here or elsewhere, is not written over.
    const still = blank.filter((cell) => isNewest(id, cell))
    const failed = await save(still.map(({ row, revision = 0 }) => ({ form: id, row, value: 0, revision, ...said })))
    setProblem(failed)
    if (!failed) announce(words.zeroFilled(still.length))
  }

  async function fillEvidence() {
    const still = bare.filter((cell) => isNewest(id, cell))
    const failed = await save(
      still.map((cell) => ({
        form: id,
        row: cell.row,
        ...(typeof cell.numerator === 'number'
          ? { numerator: cell.numerator, denominator: cell.denominator ?? null }
          : { value: cell.value }),
        evidence: evidence.trim(),
        ...(cell.revision === undefined ? {} : { revision: cell.revision }),
      })),
    )
    setProblem(failed)
    if (!failed) announce(words.evidenceFilled(still.length))
  }

  return (
    <>
      <TextField
        label={words.evidenceAll}
        hint={words.evidenceAllHint}
        width="22rem"
        maxLength={1000}
        value={evidence}
        onChange={onEvidence}
      />
      {bare.length > 0 && evidence.trim() !== '' && (
        <Button variant="default" onClick={() => void fillEvidence()}>
          {words.evidenceFill}
        </Button>
      )}
      {blank.length > 0 && (
        <Button variant="default" onClick={() => void fillZeros()}>
          {words.zeroFill}
        </Button>
      )}
      {problem && <ProblemAlert problem={worded(problem, text.refusals)} />}
    </>
  )
}

function EvidenceForm({
  form,
  row,
  cell,
  save,
  onClose,
}: {
  form: string
  row: FormRow
  cell: Cell
  save: SaveCells
  onClose: () => void
}) {
  const text = useFormText()
  const words = text.web
  const [said, setSaid] = useState({
    evidence: cell.evidence ?? '',
    reason: cell.reason ?? '',
    note: cell.note ?? '',
  })
  const [problem, setProblem] = useState<Awaited<ReturnType<SaveCells>>>()
  const busy = useRef(false)

  async function submit() {
    if (busy.current) return
    busy.current = true
    const parts = typeof cell.numerator === 'number'
    const failed = await save([
      {
        form,
        row: row.code,
        ...(parts
          ? { numerator: cell.numerator ?? null, denominator: cell.denominator ?? null }
          : { value: cell.value }),
        ...said,
        ...(cell.revision === undefined ? {} : { revision: cell.revision }),
      },
    ])
    busy.current = false
    setProblem(failed)
    if (!failed) onClose()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p>{row.label}</p>
      <Fields>
        <Textarea
          label={words.evidence}
          description={words.evidenceHint}
          autosize
          minRows={2}
          maxLength={1000}
          data-autofocus
          value={said.evidence}
          onChange={(event) => setSaid({ ...said, evidence: event.currentTarget.value })}
        />
        <Textarea
          label={words.reason}
          autosize
          minRows={2}
          maxLength={1000}
          value={said.reason}
          onChange={(event) => setSaid({ ...said, reason: event.currentTarget.value })}
        />
        <TextField
          label={words.noteField}
          maxLength={500}
          value={said.note}
          onChange={(note) => setSaid({ ...said, note })}
        />
      </Fields>
      <ProblemAlert problem={worded(problem, text.refusals)} keeps />
      <div className="k-dialog-actions">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit">{words.save}</Button>
      </div>
    </form>
  )
}
