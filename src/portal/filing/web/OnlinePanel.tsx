import './officer.css'
import { Button, Checkbox, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { CommandReply, DossierView } from '../../../dossiers/contract.ts'
import {
  announce,
  Dialog,
  DueCell,
  Icon,
  PrintButton,
  ProblemAlert,
  Section,
  type SlotFacts,
  StatusBadge,
  TextField,
  useApi,
  useCommand,
  useDraft,
  useFormat,
} from '../../../platform/web/index.ts'
import type { FilledPart, OnlineFile, OnlinePaper, OnlineView, RevealReply } from '../officer-contract.ts'
import { FilePreview } from './FilePreview.tsx'
import { MarkRounds } from './MarkRounds.tsx'
import {
  emptyMarks,
  isMarked,
  keyOf,
  type MarkDraft,
  type Place,
  placesIn,
  toggle,
  toMarks,
  withoutNote,
} from './marks-view.ts'
import { useOfficerText } from './use-officer-text.ts'

/** What a citizen sent: the answers, the papers, and at each of them a place for a mark. */
export function OnlinePanel({ facts }: { facts: SlotFacts }) {
  const view = facts['view'] as DossierView
  const reload = facts['reload'] as () => void
  return view.channel === 'online' ? <Online key={view.dossierId} view={view} reload={reload} /> : null
}

function Online({ view, reload }: { view: DossierView; reload: () => void }) {
  const text = useOfficerText()
  // A new version of the dossier may have brought new answers.
  const {
    data,
    problem,
    reload: again,
  } = useApi<OnlineView>(`/api/dossiers/${view.dossierId}/online?v=${view.version}`)
  const [judged, setJudged] = useState(false)
  const [draft, setDraft, saved] = useDraft<MarkDraft>(`marks.${view.dossierId}`, emptyMarks)
  const option = view.commands.find(({ type }) => type === 'requestSupplement')
  const mayAsk = option !== undefined && option.refusal === null
  if (!data) return problem ? <ProblemAlert problem={problem} onRetry={again} /> : null
  const marking = mayAsk && draft.open
  const change = (next: MarkDraft) => setDraft(next)
  return (
    <Section
      title={text.panel.title}
      actions={
        mayAsk && !draft.open ? (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Icon name="edit" size={14} />}
            onClick={() => change({ ...draft, open: true, basis: draft.basis || view.procedure.citation })}
          >
            {text.marks.begin}
          </Button>
        ) : null
      }
    >
      <Watch view={data} />
      {!view.mayHandle && <p className="k-note">{text.panel.notYours}</p>}
      {option?.refusal && <p className="k-note">{option.refusal.detail}</p>}
      {marking && (
        <div className="fo-hint">
          <p>{text.marks.hint}</p>
          <p>
            <strong>{text.marks.once}</strong>
          </p>
          {view.contactPhone === null && <p>{text.marks.noPhone}</p>}
        </div>
      )}
      {view.mayHandle && (
        <>
          <Filled view={view} filled={data.filled} {...{ marking, judged, draft }} onChange={change} />
          <Papers papers={data.papers} {...{ marking, judged, draft }} onChange={change} />
        </>
      )}
      {marking && (
        <Ask
          view={view}
          places={placesIn(data)}
          draft={draft}
          onChange={change}
          onJudge={setJudged}
          onDone={() => {
            saved.clear(emptyMarks)
            reload()
          }}
        />
      )}
      <MarkRounds rounds={data.rounds} />
      {!marking && view.status === 'supplementAtIntake' && view.mayHandle && <SupplementForm view={view} />}
    </Section>
  )
}

function SupplementForm({ view }: { view: DossierView }) {
  const text = useOfficerText().marks
  const form = view.forms.findLast(({ form: name }) => name.startsWith('supplement'))
  return form ? <PrintButton path={form.url}>{text.print}</PrintButton> : null
}

/** The two times of the law, until the dossier was answered. */
function Watch({ view: { watch } }: { view: OnlineView }) {
  const text = useOfficerText().panel
  const format = useFormat()
  const { seenAt, seenByName, lookBy, acceptBy, answeredAt, remindedAt } = watch
  const seen = (at: string) => (at > lookBy ? text.seenLate : text.seen)(seenByName ?? '', format.instant(at))
  const answered = (at: string) =>
    (acceptBy !== null && at > acceptBy ? text.answeredLate : text.answered)(format.instant(at))
  return (
    <dl className="fo-watch" aria-label={text.watch}>
      <div>
        <dt>{text.tell}</dt>
        <dd>
          {seenAt === null && answeredAt === null && <DueCell dueAt={lookBy} withDate />}
          {seenAt === null && <span className="fo-beside">{text.notSeen}</span>}
          {seenAt !== null && <span>{seen(seenAt)}</span>}
          {remindedAt !== null && (
            <span className="k-dimmed fo-beside">{text.reminded(format.instant(remindedAt))}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{text.accept}</dt>
        <dd>{answeredAt === null ? <DueCell dueAt={acceptBy} withDate /> : answered(answeredAt)}</dd>
      </div>
    </dl>
  )
}

/** `judged`: what is missing beside a mark is said there. */
type Marking = { marking: boolean; judged: boolean; draft: MarkDraft; onChange: (draft: MarkDraft) => void }

function Filled({ view, filled, ...marking }: { view: DossierView; filled: OnlineView['filled'] } & Marking) {
  const [numbers, setNumbers] = useState<RevealReply['numbers']>({})
  const text = useOfficerText().panel
  const format = useFormat()
  if (!filled) return <p className="k-note">{text.noFilled}</p>
  if (filled.erased) return <p className="k-note">{text.erased}</p>
  const masked = filled.parts.some(({ lines }) => lines.some((line) => line.masked === true))
  const who = text.sentBy[filled.keptBy] ?? filled.keptBy
  return (
    <>
      <h3>
        {text.filled}: {filled.title}
      </h3>
      <p className="k-note">
        {[text.keptAt(who, format.instant(filled.keptAt)), filled.times > 1 && text.times(filled.times)]
          .filter(Boolean)
          .join(' · ')}
        {!filled.comparedWithOfficial && ` · ${text.notCompared}`}
      </p>
      {filled.doubts.length > 0 && (
        <div className="k-note" role="note">
          {text.doubts}
          <ul>
            {filled.doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </div>
      )}
      {filled.parts.map((part) => (
        <FilledPartTable key={part.partKey} part={part} numbers={numbers} {...marking} />
      ))}
      {view.mayReveal && masked && Object.keys(numbers).length === 0 && (
        <Reveal dossierId={view.dossierId} onShown={setNumbers} />
      )}
    </>
  )
}

function Reveal({ dossierId, onShown }: { dossierId: string; onShown: (numbers: RevealReply['numbers']) => void }) {
  const text = useOfficerText().panel
  const [reason, setReason] = useState<string | null>(null)
  const command = useCommand<RevealReply>(`/api/dossiers/${dossierId}/online/disclosure`, { forget: ['/api/none'] })
  const show = async () => {
    const reply = await command.run({ reason: reason ?? '' })
    if (reply) onShown(reply.numbers)
  }
  if (reason === null)
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon name="show" size={14} />}
        onClick={() => setReason('')}
      >
        {text.reveal}
      </Button>
    )
  return (
    <div className="fo-ask">
      <TextField
        label={text.revealReason}
        value={reason}
        onChange={setReason}
        error={command.problem?.fieldError('/reason')}
      />
      <ProblemAlert problem={command.problem} />
      <div className="fo-actions">
        <Button size="compact-sm" loading={command.busy} onClick={() => void show()}>
          {text.reveal}
        </Button>
      </div>
    </div>
  )
}

function FilledPartTable({
  part,
  numbers,
  marking,
  judged,
  draft,
  onChange,
}: { part: FilledPart; numbers: RevealReply['numbers'] } & Marking) {
  const text = useOfficerText()
  const lines = part.lines.filter(({ value }) => marking || value !== '')
  if (lines.length === 0) return null
  return (
    <section className="fo-part" aria-label={part.title}>
      <h4>{part.title}</h4>
      <dl className="fo-lines">
        {lines.map((line) => {
          const place = { kind: 'field', target: line.path } as const
          const label = [line.element, line.label].filter(Boolean).join(': ')
          return (
            <div key={line.path} data-marked={marking && isMarked(draft, place) ? '' : undefined}>
              <dt>{label}</dt>
              <dd>
                {line.value === '' ? (
                  <span className="k-dimmed">{text.panel.empty}</span>
                ) : (
                  <span>{numbers[line.path] ?? line.value}</span>
                )}
                {marking && !line.told && <MarkHere {...{ place, label, judged, draft, onChange }} />}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

function MarkHere({
  place,
  label,
  judged,
  draft,
  onChange,
}: {
  place: Place
  label: string
  judged: boolean
  draft: MarkDraft
  onChange: (draft: MarkDraft) => void
}) {
  const text = useOfficerText().marks
  const marked = isMarked(draft, place)
  const key = keyOf(place)
  return (
    <>
      <Checkbox
        className="fo-tick"
        size="sm"
        aria-label={text.mark(label)}
        checked={marked}
        onChange={() => onChange(toggle(draft, place))}
      />
      {marked && (
        <Textarea
          className="fo-note"
          aria-label={`${text.note}: ${label}`}
          placeholder={text.note}
          error={judged && (draft.notes[key] ?? '').trim() === '' && text.noteMissing}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={1000}
          value={draft.notes[key] ?? ''}
          onChange={(event) => onChange({ ...draft, notes: { ...draft.notes, [key]: event.currentTarget.value } })}
        />
      )}
    </>
  )
}

function Papers({ papers, marking, judged, draft, onChange }: { papers: readonly OnlinePaper[] } & Marking) {
  const text = useOfficerText().panel
  const shown = papers.filter(({ given, way, files }) => marking || given || way !== null || files.length > 0)
  return (
    <>
      <h3>{text.papers}</h3>
      <ul className="fo-papers">
        {shown.map((paper) => {
          const place = { kind: 'paper', target: paper.key } as const
          return (
            <li key={paper.key} data-marked={marking && isMarked(draft, place) ? '' : undefined}>
              <div className="fo-marked-line">
                <div className="fo-paper-name">
                  {paper.name}
                  {!paper.given && paper.way === null && <StatusBadge tone="waiting">{text.notGiven}</StatusBadge>}
                  {paper.way !== null && (
                    <StatusBadge tone={paper.way === 'not-mine' ? 'normal' : 'waiting'}>
                      {text.ways[paper.way]}
                    </StatusBadge>
                  )}
                  {paper.given && paper.files.length === 0 && (
                    <span className="k-dimmed fo-beside">{text.noFiles}</span>
                  )}
                </div>
                {marking && <MarkHere {...{ place, judged, draft, onChange }} label={paper.name} />}
              </div>
              {marking && paper.way === 'data' && <p className="k-note">{text.lookUpFirst}</p>}
              <FileLines files={paper.files} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

function FileLines({ files }: { files: readonly OnlineFile[] }) {
  const [open, setOpen] = useState<string | null>(null)
  if (files.length === 0) return null
  return (
    <ul className="fo-files">
      {files.map((file) => (
        <li key={file.fileId}>
          <FilePreview
            file={file}
            open={open === file.fileId}
            onToggle={() => setOpen(open === file.fileId ? null : file.fileId)}
          />
        </li>
      ))}
    </ul>
  )
}

/** First what was marked is looked at as the citizen will read it, then it is sent. */
function Ask({
  view,
  places,
  draft,
  onChange,
  onJudge,
  onDone,
}: {
  view: DossierView
  places: ReadonlyMap<string, string>
  draft: MarkDraft
  onChange: (draft: MarkDraft) => void
  onJudge: (judged: boolean) => void
  onDone: () => void
}) {
  const text = useOfficerText().marks
  const [fault, setFault] = useState<string | null>(null)
  const [looking, setLooking] = useState(false)
  const count = Object.keys(draft.notes).length
  const look = () => {
    if (count === 0) return setFault(text.none)
    const missing = withoutNote(draft).length
    onJudge(missing > 0)
    if (missing > 0) {
      setFault(text.notesMissing(missing))
      // Once the fault stands beside it, the first such place takes the focus.
      return requestAnimationFrame(() => document.querySelector<HTMLElement>('.fo-note [aria-invalid="true"]')?.focus())
    }
    setFault(null)
    return setLooking(true)
  }
  return (
    <div className="fo-ask">
      <TextField label={text.reason} value={draft.reason} onChange={(reason) => onChange({ ...draft, reason })} />
      <TextField label={text.basis} value={draft.basis} onChange={(basis) => onChange({ ...draft, basis })} />
      {fault && (
        <p className="fo-fault" role="alert">
          {fault}
        </p>
      )}
      <div className="fo-actions">
        <Button onClick={look}>{text.look}</Button>
        <Button variant="subtle" color="gray" onClick={() => onChange({ ...draft, open: false })}>
          {text.cancel}
        </Button>
        <span className="k-dimmed" role="status">
          {text.count(count)}
        </span>
      </div>
      {looking && <AskReview {...{ view, places, draft, onDone }} onClose={() => setLooking(false)} />}
    </div>
  )
}

function AskReview({
  view,
  places,
  draft,
  onClose,
  onDone,
}: {
  view: DossierView
  places: ReadonlyMap<string, string>
  draft: MarkDraft
  onClose: () => void
  onDone: () => void
}) {
  const words = useOfficerText()
  const text = words.marks
  const command = useCommand<CommandReply>(`/api/dossiers/${view.dossierId}/marks`)
  const reason = draft.reason.trim()
  const basis = draft.basis.trim()
  const send = async () => {
    const done = await command.run({
      version: view.version,
      marks: toMarks(draft),
      ...(reason ? { reason } : {}),
      ...(basis ? { basis } : {}),
    })
    if (!done) return
    announce(text.asked)
    onDone()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.reviewTitle}
      actions={
        <>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {text.reviewBack}
          </Button>
          <Button onClick={() => void send()} loading={command.busy}>
            {text.send}
          </Button>
        </>
      }
    >
      <p className="k-note">{text.reviewLead}</p>
      <p>{reason || words.usualReason}</p>
      <ol className="fo-review">
        {Object.entries(draft.notes).map(([key, note]) => (
          <li key={key}>
            <strong>{places.get(key) ?? ''}</strong>
            <div>{note.trim()}</div>
          </li>
        ))}
      </ol>
      <p>{words.guidance}</p>
      {basis && (
        <p className="k-dimmed">
          {text.basis}: {basis}
        </p>
      )}
      <p>
        <strong>{text.once}</strong>
      </p>
      <ProblemAlert problem={command.problem} keeps />
    </Dialog>
  )
}
