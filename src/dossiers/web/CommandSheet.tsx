import { Button } from '@mantine/core'
import { type ComponentProps, type FormEvent, useEffect, useRef, useState } from 'react'
import { DueExplanation } from '../../calendar/web/index.ts'
import { dayOf } from '../../platform/day.ts'
import {
  Dialog,
  Icon,
  KeyHint,
  ProblemAlert,
  SideSheet,
  useCommand,
  useDraft,
  useFormat,
  useNow,
  useShortcut,
  useUnsentFiles,
} from '../../platform/web/index.ts'
import type { CommandReply, DossierView, IntakePreview } from '../contract.ts'
import { ChangedNotice } from './ChangedNotice.tsx'
import { CommandFields } from './CommandFields.tsx'
import { type Draft, emptyDraft, feeInTheWay, fieldsOf, type FormError, toCommand } from './command-form.ts'
import type { CommandType } from './dossier-view.ts'
import { FeeGap } from './FeeGap.tsx'
import { useAnswer } from './use-answer.ts'
import { useDossierText, useRefusals } from './use-dossier-text.ts'
import { useViewer } from './use-viewer.ts'

type SheetProps = {
  type: CommandType
  label: string
  view: DossierView
  reload: () => void
  onClose: () => void
  onDone: (what: string, before: number) => void
}

/**
 * The form of one command. What is typed outlives a lock, a reload and a refusal; when somebody else was faster, it says
 * what changed and lets one go on with the new state.
 */
export function CommandSheet({ type, label, view, reload, onClose, onDone }: SheetProps) {
  const text = useDossierText()
  const words = text.dossier.form
  const format = useFormat()
  const viewer = useViewer()
  const today = dayOf(useNow())
  const [seen, setSeen] = useState(view.version)
  const [draft, setDraft, saved] = useDraft<Draft>(
    `dossier.${view.dossierId}.${type}`,
    emptyDraft(type, view, viewer, today),
  )
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const command = useCommand<CommandReply>(`/api/dossiers/${view.dossierId}/commands`)
  const form = useRef<HTMLFormElement>(null)
  const { unsent, Watch, mayLeave } = useUnsentFiles()
  const close = () => void mayLeave().then((yes) => yes && onClose())
  const [heldBack, setHeldBack] = useState(false)
  const fields = fieldsOf(type, draft, view)
  const changed = view.version > seen
  const option = view.commands.find((each) => each.type === type)
  const fee = feeInTheWay(type, view)

  const submit = async () => {
    if (command.busy || changed) return
    setHeldBack(unsent)
    if (unsent) return form.current?.querySelector<HTMLElement>('[data-unsent]')?.focus()
    const input = toCommand(type, draft, view)
    setErrors(input.ok ? [] : input.refusal)
    if (!input.ok) return
    if (await command.run({ version: seen, command: input.value })) {
      saved.clear()
      onDone(label, seen)
    }
  }
  // The first field with an error takes the focus, once the error stands beside it.
  const problem = useRefusals().ofProblem(command.problem)
  const isRefused = command.problem !== null
  useEffect(() => {
    if (errors.length > 0 || isRefused)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong]')?.focus()
  }, [errors, isRefused])

  const submitEvent = (event: FormEvent) => {
    event.preventDefault()
    void submit()
  }
  useShortcut(['Ctrl', 'Enter'], words.submitKey, () => void submit())

  const conflict = command.problem?.kind === 'changed'
  const content = (
    <form ref={form} className="d-form" noValidate onSubmit={submitEvent}>
      <Consequence type={type} view={view} onRecounted={({ version }) => setSeen(version)} />
      {fee > 0 && <p className="d-caution">{words.owed(format.money(fee))}</p>}
      {saved.restored && (
        <p className="k-note">
          {words.restored}{' '}
          <Button variant="subtle" size="compact-xs" onClick={() => saved.clear(emptyDraft(type, view, viewer, today))}>
            {words.discard}
          </Button>
        </p>
      )}
      {changed && (
        <ChangedNotice
          view={view}
          since={seen}
          option={option}
          onSeen={() => {
            setSeen(view.version)
            command.reset()
          }}
        />
      )}
      <Watch>
        <CommandFields
          type={type}
          fields={fields}
          draft={draft}
          onChange={(change) => {
            setErrors((all) => all.filter(({ field }) => fieldsOf(type, { ...draft, ...change }, view).includes(field)))
            setDraft({ ...draft, ...change })
          }}
          errors={errors}
          problem={problem}
          view={view}
          today={today}
        />
      </Watch>
      {unsent && heldBack && (
        <p className="d-field-error" role="alert">
          {words.unsentFile}
        </p>
      )}
      {!changed && (
        <ProblemAlert problem={problem} keeps={fields.length > 0} {...(conflict ? { onRetry: reload } : {})} />
      )}
      <div className="k-dialog-actions">
        <Button variant="default" onClick={close}>
          {words.cancel}
        </Button>
        <Button
          type="submit"
          loading={command.busy}
          disabled={changed}
          rightSection={<KeyHint keys={['Ctrl', '↵']} />}
          aria-keyshortcuts="Control+Enter"
          {...(fields.length === 0 ? { 'data-autofocus': true } : {})}
        >
          {label}
        </Button>
      </div>
    </form>
  )
  return fields.length === 0 ? (
    <Dialog opened onClose={close} title={label}>
      {content}
    </Dialog>
  ) : (
    <SideSheet opened onClose={close} title={label}>
      {content}
    </SideSheet>
  )
}

/** What the command brings about, before it is given. */
function Consequence({
  type,
  view,
  onRecounted,
}: {
  type: CommandType
  view: DossierView
  onRecounted: (reply: CommandReply) => void
}) {
  const { consequences: words, fee } = useDossierText().dossier
  const isAgain = view.timeline.some(({ type: what }) => what === 'supplementRequested')
  const said: string | undefined = {
    ...words,
    ...(view.status === 'lodged' ? { requestSupplement: words.requestSupplementAtIntake } : {}),
    ...(view.outcome === null ? { returnResult: words.returnPapers } : {}),
  }[type as keyof typeof words]
  if (!said) return null
  return (
    <>
      <p className="d-consequence">
        <Icon name="info" /> {said}
      </p>
      {type === 'receive' && <Appointment view={view} />}
      {type === 'receive' && (
        <FeeGap view={view} next={fee.receiveAnyway} first={fee.recountFirst} onDone={onRecounted} />
      )}
      {type === 'returnResult' && view.outcome === 'granted' && (
        <FeeGap view={view} next={fee.notAfterReturn} first={fee.notAfterReturn} onDone={onRecounted} />
      )}
      {type === 'requestSupplement' && view.contactPhone === null && <p className="d-caution">{words.noPhone}</p>}
      {type === 'requestSupplement' && isAgain && <p className="d-caution">{words.requestSupplementAgain}</p>}
    </>
  )
}

/** When the result will be promised for, and why, before the dossier is received. */
function Appointment({ view }: { view: DossierView }) {
  const text = useDossierText().intake
  const format = useFormat()
  const { data } = useAnswer<IntakePreview>(
    '/api/intake/preview',
    {
      agencyId: view.agencyId,
      procedureCode: view.procedure.code,
      caseKey: view.procedure.caseKey,
      channel: view.channel,
      feeUnits: { copies: 1, pages: 1, signatures: 1, contracts: 1 },
      exemptions: [],
    },
    { every: 60_000, keep: true },
  )
  if (!data) return null
  return (
    <section className="d-appointment" aria-label={text.due}>
      <p>
        {text.due}: <strong>{format.instant(data.dueAt)}</strong>
      </p>
      <DueExplanation explanation={data.explanation as ComponentProps<typeof DueExplanation>['explanation']} />
    </section>
  )
}
