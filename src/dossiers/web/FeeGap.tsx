import './dossiers.css'
import { Button } from '@mantine/core'
import { LinkButton, ProblemAlert, useCommand, useFormat, useMay, useMe } from '../../platform/web/index.ts'
import type { CommandReply, DossierView } from '../contract.ts'
import { useDossierText, useRefusals } from './use-dossier-text.ts'

/** That amounts are missing, where nothing to pay would be read as free, and who can put it right. */
export function UnsetFees({ names, place, next }: { names: readonly string[]; place: FeePlace; next: string }) {
  const words = useDossierText().dossier.fee
  if (names.length === 0) return null
  return (
    <div className="d-caution">
      <p>{words.unset(names.join('; '))}</p>
      <EnterAmount {...place} />
      <p>{next}</p>
    </div>
  )
}

/** Where the amount of a fee is entered: the procedure, its case, and the agency that takes the fee. */
export type FeePlace = { agencyId: number; procedureCode: string; caseKey: string }

function EnterAmount({ agencyId, procedureCode, caseKey }: FeePlace) {
  const words = useDossierText().dossier.fee
  const may = useMay()
  const me = useMe()
  if (!may('procedure.manage') || me.agency.agencyId !== agencyId) return <p>{words.askAdmin}</p>
  const to = `/thu-tuc/${encodeURIComponent(procedureCode)}?${new URLSearchParams({ case: caseKey, part: 'fees' })}`
  return (
    <LinkButton to={to} size="xs" variant="default">
      {words.enter}
    </LinkButton>
  )
}

/** The same of a dossier: once the amount was entered, the fees are counted again from here. */
export function FeeGap({
  view,
  next,
  first = '',
  onDone,
}: {
  view: DossierView
  /** What follows while the amount is missing. */
  next: string
  /** Why it is counted again before anything else. */
  first?: string
  onDone: (reply: CommandReply) => void
}) {
  const words = useDossierText().dossier.fee
  const { unset, recount } = view.fee
  if (!recount) return null
  if (recount.state === 'final') return <p className="d-caution">{words.final(unset.join('; '))}</p>
  const entered = recount.lines.map(({ name }) => name)
  const { agencyId, procedure } = view
  const place = { agencyId, procedureCode: procedure.code, caseKey: procedure.caseKey }
  return (
    <>
      {recount.state === 'entered' && <Recount view={view} recount={recount} first={first} onDone={onDone} />}
      <UnsetFees names={unset.filter((name) => !entered.includes(name))} place={place} next={next} />
    </>
  )
}

function Recount({
  view,
  recount,
  first,
  onDone,
}: {
  view: DossierView
  recount: NonNullable<DossierView['fee']['recount']>
  first: string
  onDone: (reply: CommandReply) => void
}) {
  const text = useDossierText()
  const words = text.dossier.fee
  const format = useFormat()
  const refusals = useRefusals()
  const command = useCommand<CommandReply>(`/api/dossiers/${view.dossierId}/commands`, { onDone })
  const give = () => void command.run({ version: view.version, command: { type: 'recountFees' } })
  return (
    <div className="d-caution">
      <p>{words.entered}</p>
      <ul>
        {recount.lines.map(({ name, amount, basis }) => (
          <li key={name + basis}>
            {name}: {format.money(amount)} <span className="d-line">{basis}</span>
          </li>
        ))}
      </ul>
      {first && <p>{first}</p>}
      {recount.mayRecount ? (
        <Button size="xs" variant="default" loading={command.busy} onClick={give}>
          {text.commands.recountFees}
        </Button>
      ) : (
        <p>{words.byReception}</p>
      )}
      <ProblemAlert problem={refusals.ofProblem(command.problem)} />
    </div>
  )
}
