import { Button } from '@mantine/core'
import { useId } from 'react'
import { Icon, type IconName, KeyHint, Section, useShortcut } from '../../platform/web/index.ts'
import type { DossierView } from '../contract.ts'
import { actionsOf, type BlockedAction, type CommandType, takeable } from './dossier-view.ts'
import { useDossierText, useRefusals } from './use-dossier-text.ts'
import { useViewer } from './use-viewer.ts'

const icons: Partial<Record<CommandType, IconName>> = {
  receive: 'intake',
  forward: 'forward',
  completeStep: 'check',
  signResult: 'sign',
  issueCorrection: 'sign',
  returnResult: 'hand',
  acceptSupplement: 'intake',
  sendBack: 'undo',
  assign: 'person',
  recordComponents: 'file',
  requestSupplement: 'waiting',
  extend: 'calendar',
  apologise: 'calendar',
}

/** What can be done now: the next right thing first, then the rest, then why something is not possible. */
export function DossierActions({
  view,
  labelOf,
  busy,
  listening,
  onBegin,
  onTake,
}: {
  view: DossierView
  labelOf: (type: CommandType) => string
  busy: boolean
  /** Keys of the page count only while no sheet is open. */
  listening: boolean
  onBegin: (type: CommandType) => void
  onTake: (key: string, stepName: string) => void
}) {
  const text = useDossierText().dossier
  const viewer = useViewer()
  const { primary, others, instead, blocked, idle } = actionsOf(view, viewer)
  const free = takeable(view, viewer)
  const [first] = free
  useShortcut(['X'], text.primaryKey, () => primary && onBegin(primary), listening && primary !== null && !busy)
  useShortcut(
    ['N'],
    text.takeKey,
    () => first && onTake(first.key, first.name),
    listening && first !== undefined && !busy,
  )
  if (view.commands.length === 0) return null
  return (
    <Section title={text.nextActions}>
      {primary === null && free.length === 0 && others.length === 0 && <p className="k-note">{text.nothingToDo}</p>}
      <div className="d-actions" hidden={primary === null && free.length === 0}>
        {primary && (
          <Button
            leftSection={<Icon name={icons[primary] ?? 'right'} />}
            rightSection={<KeyHint keys={['X']} />}
            aria-keyshortcuts="X"
            loading={busy}
            onClick={() => onBegin(primary)}
          >
            {labelOf(primary)}
          </Button>
        )}
        {free.map((step) => (
          <Button
            key={step.key}
            variant="default"
            leftSection={<Icon name="hand" />}
            rightSection={step === first ? <KeyHint keys={['N']} /> : null}
            {...(step === first ? { 'aria-keyshortcuts': 'N' } : {})}
            disabled={busy}
            onClick={() => onTake(step.key, step.name)}
          >
            {free.length > 1 ? text.takeStep(step.name) : text.take}
          </Button>
        ))}
      </div>
      <Others label={text.otherActions} types={others} labelOf={labelOf} busy={busy} onBegin={onBegin} />
      {instead.length > 0 && (
        <details className="d-idle">
          <summary>{text.instead}</summary>
          <Others label={text.instead} types={instead} labelOf={labelOf} busy={busy} onBegin={onBegin} />
        </details>
      )}
      {blocked.length > 0 && (
        <>
          <h3>{text.blocked}</h3>
          <BlockedList actions={blocked} labelOf={labelOf} />
        </>
      )}
      {idle.length > 0 && (
        <details className="d-idle">
          <summary>{text.blockedMore(idle.length)}</summary>
          <BlockedList actions={idle} labelOf={labelOf} />
        </details>
      )}
    </Section>
  )
}

function Others({
  label,
  types,
  labelOf,
  busy,
  onBegin,
}: {
  label: string
  types: readonly CommandType[]
  labelOf: (type: CommandType) => string
  busy: boolean
  onBegin: (type: CommandType) => void
}) {
  if (types.length === 0) return null
  return (
    <div className="d-actions" role="group" aria-label={label}>
      {types.map((type) => (
        <Button
          key={type}
          size="xs"
          variant="default"
          leftSection={icons[type] ? <Icon name={icons[type]} size={14} /> : null}
          disabled={busy}
          onClick={() => onBegin(type)}
        >
          {labelOf(type)}
        </Button>
      ))}
    </div>
  )
}

/** Buttons that say why they do nothing: they keep the focus, and the reason is read with their name. */
function BlockedList({
  actions,
  labelOf,
}: {
  actions: readonly BlockedAction[]
  labelOf: (type: CommandType) => string
}) {
  const id = useId()
  const refusals = useRefusals()
  return (
    <ul className="d-plain d-blocked">
      {actions.map(({ type, refusal }) => (
        <li key={type}>
          <button type="button" className="d-blocked-name" aria-disabled="true" aria-describedby={`${id}${type}`}>
            {labelOf(type)}
          </button>
          <span id={`${id}${type}`} className="k-dimmed">
            {refusals.of(refusal)}
          </span>
        </li>
      ))}
    </ul>
  )
}
