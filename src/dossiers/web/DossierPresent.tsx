import { DueExplanation } from '../../calendar/web/index.ts'
import { DueCell, Facts, Section, StatusBadge, useFormat } from '../../platform/web/index.ts'
import type { DossierView, StepView } from '../contract.ts'
import { apologyDay, isEnded, isWaiting } from './dossier-view.ts'
import { StatusMark } from './StatusMark.tsx'
import { useDossierText } from './use-dossier-text.ts'

type Row = { name: string; value: React.ReactNode }

/** State, due date and who holds it. */
export function DossierPresent({ view }: { view: DossierView }) {
  const text = useDossierText().dossier
  const format = useFormat()
  const apology = apologyDay(view)
  const rows: (Row | false)[] = [
    {
      name: text.status,
      value: (
        <>
          <StatusMark status={view.status} />
          {view.outcome && <span className="d-beside">{outcomeWord(view.outcome, text.outcome)}</span>}
        </>
      ),
    },
    { name: text.due, value: <DueLine view={view} /> },
    view.due.original !== null &&
      view.due.original !== view.due.current && { name: text.dueOriginal, value: format.instant(view.due.original) },
    apology !== null && { name: text.apologised, value: format.day(apology) },
    view.receivedAt === null &&
      view.acceptBy !== null &&
      view.status === 'lodged' && { name: text.acceptBy, value: <DueCell dueAt={view.acceptBy} withDate /> },
    view.status === 'received' &&
      view.forwardBy !== null && { name: text.forwardBy, value: <DueCell dueAt={view.forwardBy} withDate /> },
    view.completeBy !== null && { name: text.completeBy, value: format.day(view.completeBy) },
    view.finishedAt !== null && { name: text.finishedAt, value: format.instant(view.finishedAt) },
    view.returnedAt !== null && { name: text.returnedAt, value: format.instant(view.returnedAt) },
    { name: text.holder, value: <Holders view={view} /> },
    ...resultRows(view, text),
    view.correction !== null && {
      name: text.correction,
      value: <StatusBadge tone="today">{text.correctBy(format.day(view.correction.correctBy))}</StatusBadge>,
    },
  ]
  const explanation = view.due.explanation as Parameters<typeof DueExplanation>[0]['explanation'] | null
  return (
    <Section title={text.present}>
      <Facts items={rows.filter((row) => row !== false)} />
      {explanation && <DueExplanation explanation={explanation} />}
      <Opinions view={view} />
    </Section>
  )
}

const outcomeWord = (outcome: string, words: Readonly<Record<string, string>>): string => words[outcome] ?? outcome

function DueLine({ view }: { view: DossierView }) {
  const text = useDossierText().dossier
  const format = useFormat()
  const { current } = view.due
  if (current === null) return <span className="k-dimmed">{text.noDue}</span>
  if (isWaiting(view.status)) return <span className="k-dimmed">{text.waitingNote}</span>
  if (isEnded(view.status) && view.finishedAt === null) return format.instant(current)
  return <DueCell dueAt={current} finishedAt={view.finishedAt} withDate />
}

function Holders({ view }: { view: DossierView }) {
  const text = useDossierText().dossier
  if (view.open.length === 0) return <span className="k-dimmed">{text.ended}</span>
  return (
    <ul className="d-plain">
      {view.open.map((step) => (
        <li key={step.key}>
          <Holder step={step} ownAgencyId={view.agencyId} />
        </li>
      ))}
    </ul>
  )
}

function Holder({ step, ownAgencyId }: { step: StepView; ownAgencyId: number }) {
  const text = useDossierText().dossier
  const format = useFormat()
  return (
    <>
      <strong>{step.officerName ?? step.unitName}</strong>
      {step.officerName && `, ${step.unitName}`}
      {step.agencyId !== ownAgencyId && <> {text.atAgency(step.agencyName)}</>}
      {!step.officerName && `, ${text.nobody}`}
      <span className="d-line k-dimmed">
        {step.name} · {text.since(format.instant(step.openedAt))}
        {step.dueAt && ` · ${text.stepDue(format.instant(step.dueAt))}`}
      </span>
    </>
  )
}

function resultRows(view: DossierView, text: ReturnType<typeof useDossierText>['dossier']): Row[] {
  const { result } = view
  if (!result) return []
  return [
    {
      name: text.result,
      value: (
        <>
          {[
            result.number && `${text.resultNumber} ${result.number}`,
            result.signedBy,
            result.electronic && text.electronic,
          ]
            .filter(Boolean)
            .join(' · ') || '–'}
          {result.fileId && (
            <a className="d-line" href={`/api/files/${result.fileId}?inline=1`} target="_blank" rel="noreferrer">
              {text.openFile}
            </a>
          )}
        </>
      ),
    },
  ]
}

function Opinions({ view }: { view: DossierView }) {
  const text = useDossierText().dossier
  const format = useFormat()
  if (view.opinions.length === 0) return null
  return (
    <>
      <h3>{text.opinions}</h3>
      <ul className="d-plain">
        {view.opinions.map(({ opinionId, unitName, answerBy, answered }) => (
          <li key={opinionId}>
            {text.opinionFrom(unitName)}:{' '}
            {answered ? text.answered : `${text.notAnswered}, ${text.answerBy(format.day(answerBy))}`}
          </li>
        ))}
      </ul>
    </>
  )
}
