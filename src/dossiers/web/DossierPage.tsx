import './dossiers.css'
import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import {
  announce,
  Icon,
  PageHeader,
  ProblemAlert,
  Slot,
  useApi,
  useCommand,
  useGoBack,
  useMe,
  useParameter,
} from '../../platform/web/index.ts'
import type { CommandInput, CommandReply, DossierView } from '../contract.ts'
import { CommandSheet } from './CommandSheet.tsx'
import { isImmediate } from './command-form.ts'
import type { CommandType } from './dossier-view.ts'
import { ComponentList } from './ComponentList.tsx'
import { type Done, DoneNotice } from './DoneNotice.tsx'
import { DossierActions } from './DossierActions.tsx'
import { DossierAbout, DossierFee, DossierPapers } from './DossierParts.tsx'
import { DossierPresent } from './DossierPresent.tsx'
import { DossierStory } from './DossierStory.tsx'
import { PersonList } from './PersonList.tsx'
import { ProcessPicture } from './ProcessPicture.tsx'
import { useDossierText, useRefusals } from './use-dossier-text.ts'

/** One dossier: its story at the left, at the right its present and what can be done now. */
export function DossierPage() {
  const text = useDossierText().dossier
  const dossierId = useParameter('dossierId')
  const { data, problem, reload } = useApi<DossierView>(`/api/dossiers/${dossierId}`)
  // While another dossier is on its way the last one must not be taken for it.
  const view = data?.dossierId === dossierId ? data : undefined
  return (
    <>
      <BackButton />
      {!view && !problem && (
        <p className="k-dimmed" role="status">
          {text.loading}
        </p>
      )}
      {!view && problem && (
        <>
          <PageHeader title={text.page('').trim()} />
          <ProblemAlert problem={problem} onRetry={reload} />
        </>
      )}
      {view && <OpenDossier key={dossierId} view={view} reload={reload} />}
    </>
  )
}

function BackButton() {
  const text = useDossierText().dossier
  const back = useGoBack('/ho-so')
  return (
    <Button
      className="d-back"
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<Icon name="left" />}
      onClick={back}
    >
      {text.back}
    </Button>
  )
}

function OpenDossier({ view, reload }: { view: DossierView; reload: () => void }) {
  const text = useDossierText()
  const me = useMe()
  const [sheet, setSheet] = useState<CommandType | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const opener = useRef<HTMLElement>(null)
  const path = `/api/dossiers/${view.dossierId}`
  const refusals = useRefusals()
  const direct = useCommand<CommandReply>(`${path}/commands`)
  const labelOf = (type: CommandType) =>
    type === 'returnResult' && view.outcome === null ? text.dossier.returnPapers : text.commands[type]

  const finish = (what: string, before: number) => {
    setSheet(null)
    setDone({ what, before })
  }

  /** Without having done anything: back to the button that opened the sheet. */
  const close = () => {
    setSheet(null)
    requestAnimationFrame(() => opener.current?.focus())
  }

  const give = async (command: CommandInput, what: string) => {
    const before = view.version
    if (await direct.run({ version: before, command })) finish(what, before)
    else reload()
  }

  const begin = (type: CommandType) => {
    direct.reset()
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    if (isImmediate(type)) void give({ type: 'forward' }, labelOf(type))
    else setSheet(type)
  }

  const take = (key: string, stepName: string) =>
    void give({ type: 'assign', key, officerId: me.officerId }, text.dossier.takeStep(stepName))

  const applicant = view.persons.find(({ role }) => role === 'applicant')
  return (
    <>
      <PageHeader
        title={`${applicant?.name || view.code} – ${view.procedure.shortName || view.procedure.name}`}
        note={<HeaderNote view={view} />}
      />
      <div className="d-dossier">
        <div className="d-present">
          <DoneNotice done={done} forms={view.forms} onDismiss={() => setDone(null)} />
          <DossierPresent view={view} />
          <ProblemAlert problem={refusals.ofProblem(direct.problem)} />
          <DossierActions
            view={view}
            labelOf={labelOf}
            busy={direct.busy}
            listening={sheet === null}
            onBegin={begin}
            onTake={take}
          />
          <Slot name="dossier-present" facts={{ view, reload }} />
          <PersonList view={view} onDone={finish} />
          <ProcessPicture view={view} />
          <DossierFee view={view} onRecounted={() => finish(text.dossier.fee.recounted, view.version)} />
          <DossierPapers forms={view.forms} />
        </div>
        <div className="d-story">
          <Slot name="dossier-story" facts={{ view, reload }} />
          <DossierStory view={view} />
          <ComponentList view={view} />
          <DossierAbout view={view} />
        </div>
      </div>
      {sheet && (
        <CommandSheet
          key={sheet}
          type={sheet}
          label={labelOf(sheet)}
          view={view}
          reload={reload}
          onClose={close}
          onDone={finish}
        />
      )}
    </>
  )
}

function HeaderNote({ view }: { view: DossierView }) {
  const text = useDossierText().dossier
  const me = useMe()
  const copy = () => void navigator.clipboard?.writeText(view.code).then(() => announce(text.copied))
  return (
    <>
      <span className="d-code">{view.code}</span>{' '}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<Icon name="copy" size={14} />}
        onClick={copy}
      >
        {text.copy}
      </Button>
      {view.agencyId !== me.agency.agencyId && <span className="d-beside">{text.ofAgency(view.agencyName)}</span>}
    </>
  )
}
