import './workflow.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { dayOf, type Day } from '../../platform/day.ts'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  DayField,
  Dialog,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useMay,
  useMe,
  useParameter,
  useText,
  withQuery,
} from '../../platform/web/index.ts'
import type { Process, ProcessSummary, ProcessView } from '../contract.ts'
import { limitMinutes, processMinutes, stepMinutes, validateProcess } from '../rules/process.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { ProcessPicture, ProcessSum } from './ProcessPicture.tsx'
import { addBeside, addStageAfter, blankStep, moveStep, type Place, removeStep, withStep } from './process-view.ts'
import { StepDialog } from './StepDialog.tsx'

/** The process of one procedure in the own agency: the picture, the sum against the law, and its editor. */
export function ProcessPage() {
  const { web: text } = useText({ vi, en })
  const format = useFormat()
  const may = useMay()
  const code = useParameter('code')
  const { agencyId } = useMe().agency
  const [filters, setFilters] = useFilters({ case: '' })
  const path = `/api/agencies/${agencyId}/procedures/${encodeURIComponent(code)}/process`
  const view = useApi<ProcessView>(withQuery(path, { caseKey: filters.case }))
  const foreseen = useApi<ProcessView>(withQuery(path, { caseKey: filters.case, foreseen: true }))
  const [draft, setDraft] = useState<Process | null>(null)
  const shown = view.data
  const isOwn = shown !== undefined && shown.processId !== null
  const note = isOwn
    ? text.ownNote(format.day(shown.validFrom ?? ''), shown.validTo ? format.day(shown.validTo) : null)
    : text.foreseenNote
  return (
    <>
      <PageHeader
        title={text.titleOf(shown?.shortName ?? code)}
        note={shown && note}
        back={{ to: '/quy-trinh', label: text.back }}
        actions={
          may('process.manage') &&
          shown &&
          !draft && (
            <>
              {isOwn && shown.validTo === null && <EndButton agencyId={agencyId} processId={shown.processId ?? 0} />}
              <Button leftSection={<Icon name="edit" />} onClick={() => setDraft(shown.process)}>
                {text.edit}
              </Button>
            </>
          )
        }
      />
      <ProblemAlert problem={view.problem} onRetry={view.reload} />
      {shown && shown.cases.length > 1 && (
        <Choice
          label={text.case}
          disabled={draft !== null}
          value={filters.case}
          onChange={(next) => setFilters({ case: next ?? '' })}
          width="36rem"
          options={[
            { value: '', label: text.allCases },
            ...shown.cases.map(({ key, name }) => ({ value: key, label: name })),
          ]}
        />
      )}
      {shown && (
        <Section title={text.picture}>
          {draft ? (
            <Editor
              view={shown}
              path={path}
              caseKey={filters.case || null}
              process={draft}
              onChange={setDraft}
              onClose={() => setDraft(null)}
              {...(foreseen.data && { onForeseen: () => setDraft(foreseen.data?.process ?? draft) })}
            />
          ) : (
            <>
              <ProcessSum process={shown.process} limit={shown.limit ?? []} />
              <ProcessPicture process={shown.process} />
            </>
          )}
        </Section>
      )}
      <Section title={text.history}>
        <History agencyId={agencyId} code={code} cases={shown?.cases ?? []} />
      </Section>
    </>
  )
}

type EditorProps = {
  view: ProcessView
  path: string
  caseKey: string | null
  process: Process
  onChange: (process: Process) => void
  onClose: () => void
  onForeseen?: () => void
}

function Editor({ view, path, caseKey, process, onChange, onClose, onForeseen }: EditorProps) {
  const all = useText({ vi, en })
  const { web: text } = all
  const [place, setPlace] = useState<Place | null>(null)
  const [saving, setSaving] = useState(false)
  const limit = view.limit ?? []
  const findings = validateProcess(process, {
    hasResult: view.hasResult,
    ...(limit.length > 0 ? { limit } : {}),
  })
  const isFine = findings.every(({ severity }) => severity !== 'error')
  const step = place && process.stages[place.stage]?.steps[place.step]
  const done = (next: Process) => {
    onChange(next)
    setPlace(null)
  }
  const left = limit.length > 0 ? limitMinutes(limit) - processMinutes(process) : 240
  const longest = (at: Place) => Math.max(0, ...(process.stages[at.stage]?.steps.map(stepMinutes) ?? []))
  const changes = {
    addAfter: (at: Place) => addStageAfter(process, at.stage, blankStep(process, { name: text.newStep, room: left })),
    addBeside: (at: Place) =>
      addBeside(process, at.stage, blankStep(process, { name: text.newStep, room: longest(at) })),
    earlier: (at: Place) => moveStep(process, at, -1),
    later: (at: Place) => moveStep(process, at, 1),
    remove: (at: Place) => removeStep(process, at),
  }
  return (
    <>
      <p className="process-note">{text.editing}</p>
      <ProcessSum process={process} limit={limit} />
      {findings.length > 0 ? (
        <ul className="process-findings" aria-label={text.findings}>
          {findings.map(({ pointer, code, severity, about }) => (
            <li key={pointer + code} data-severity={severity}>
              {all.findings[code](about)}
            </li>
          ))}
        </ul>
      ) : (
        <p className="process-note">{text.fine}</p>
      )}
      <ProcessPicture process={process} onEdit={setPlace} />
      <div className="k-actions" style={{ marginTop: 16 }}>
        <Button disabled={!isFine} onClick={() => setSaving(true)}>
          {text.save}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text.discard}
        </Button>
        {onForeseen && (
          <Button variant="subtle" onClick={onForeseen}>
            {text.startFromForeseen}
          </Button>
        )}
      </div>
      {place && step && (
        <StepDialog
          key={step.key}
          step={step}
          partners={view.partners}
          onClose={() => setPlace(null)}
          onSave={(next) => done(withStep(process, place, next))}
          onMove={(move) => done(changes[move](place))}
        />
      )}
      {saving && (
        <SaveDialog
          path={path}
          caseKey={caseKey}
          process={process}
          onClose={() => setSaving(false)}
          onSaved={onClose}
        />
      )}
    </>
  )
}

type SaveProps = { path: string; caseKey: string | null; process: Process; onClose: () => void; onSaved: () => void }

function SaveDialog({ path, caseKey, process, onClose, onSaved }: SaveProps) {
  const { web: text } = useText({ vi, en })
  const [validFrom, setValidFrom] = useState<Day | null>(dayOf(serverNow()))
  const send = useCommand(path, {
    forget: ['/api/agencies'],
    onDone: () => {
      announce(text.saved)
      onSaved()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.saveTitle}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            disabled={!validFrom}
            loading={send.busy}
            onClick={() => void send.run({ caseKey, validFrom, process })}
          >
            {text.saveTitle}
          </Button>
        </>
      }
    >
      <p className="process-note">{text.saveHint}</p>
      <DayField label={text.from} required autoFocus value={validFrom} onChange={setValidFrom} />
      <ProblemAlert problem={send.problem} keeps />
    </Dialog>
  )
}

function EndButton({ agencyId, processId }: { agencyId: number; processId: number }) {
  const { web: text } = useText({ vi, en })
  const [asking, setAsking] = useState(false)
  const [lastDay, setLastDay] = useState<Day | null>(dayOf(serverNow()))
  const send = useCommand(`/api/agencies/${agencyId}/processes/${processId}/end`, {
    forget: ['/api/agencies'],
    onDone: () => {
      announce(text.ended)
      setAsking(false)
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {text.end}
      </Button>
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={text.endTitle}
        actions={
          <>
            <Button variant="default" onClick={() => setAsking(false)}>
              {text.cancel}
            </Button>
            <Button disabled={!lastDay} loading={send.busy} onClick={() => void send.run({ lastDay })}>
              {text.end}
            </Button>
          </>
        }
      >
        <p className="process-note">{text.endHint}</p>
        <DayField label={text.lastDay} required value={lastDay} onChange={setLastDay} />
        <ProblemAlert problem={send.problem} keeps />
      </Dialog>
    </>
  )
}

function History({ agencyId, code, cases }: { agencyId: number; code: string; cases: ProcessView['cases'] }) {
  const all = useText({ vi, en })
  const { web: text } = all
  const format = useFormat()
  const list = useApi<ProcessSummary[]>(withQuery(`/api/agencies/${agencyId}/processes`, { code }))
  const columns: Column<ProcessSummary>[] = [
    { key: 'since', head: text.since, cell: ({ validFrom }) => format.day(validFrom), main: true, width: '9rem' },
    { key: 'until', head: text.until, cell: ({ validTo }) => (validTo ? format.day(validTo) : '–'), width: '9rem' },
    {
      key: 'case',
      head: text.case,
      cell: ({ caseKey }) => cases.find(({ key }) => key === caseKey)?.name ?? text.allCases,
      grow: true,
    },
    { key: 'steps', head: text.steps, cell: ({ steps }) => format.number(steps), align: 'right', width: '7rem' },
    { key: 'sum', head: text.sum, cell: ({ minutes }) => all.minutes(minutes), width: '14rem' },
  ]
  return (
    <DataTable
      label={text.history}
      rows={list.data}
      columns={columns}
      rowKey={({ processId }) => String(processId)}
      empty={<p className="process-note">{text.foreseenNote}</p>}
    />
  )
}
