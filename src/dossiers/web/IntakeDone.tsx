import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import {
  Facts,
  Icon,
  KeyHint,
  LinkButton,
  printFile,
  ProblemAlert,
  useApi,
  useFormat,
  useShortcut,
} from '../../platform/web/index.ts'
import type { CommandReply, DossierView } from '../contract.ts'
import type { Ending } from './IntakeAside.tsx'
import { useDossierText } from './use-dossier-text.ts'

/** The paper that the person takes home; whoever is competent makes it when the dossier only was sent on. */
const papers = { receive: 'receipt', supplement: 'supplement', refuse: 'refusal', sendOn: null } as const

/** The dossier is in: its code, its paper with one key, and on to the next. */
export function IntakeDone({
  ending,
  reply,
  onNext,
}: {
  ending: Ending
  reply: CommandReply
  onNext: (whose: 'next' | 'same') => void
}) {
  const { intake, roles } = useDossierText()
  const text = intake.done
  const format = useFormat()
  const opened = useApi<DossierView>(`/api/dossiers/${reply.dossierId}`)
  // Asked for before the answer was there: printed as soon as it is.
  const wanted = useRef(false)
  const dossier = opened.data?.dossierId === reply.dossierId ? opened.data : undefined
  const kind = papers[ending]
  const paper = kind === null ? undefined : dossier?.forms.find(({ form }) => form.startsWith(kind))
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  useEffect(() => {
    if (!paper || !wanted.current) return
    wanted.current = false
    printFile(paper.url)
  }, [paper])
  const printNow = () => {
    if (paper) printFile(paper.url)
    else wanted.current = true
  }
  useShortcut(['N'], text.next, () => onNext('next'))
  useShortcut(['C'], text.same, () => onNext('same'))
  const title = { receive: text.received, supplement: text.supplement, refuse: text.refused, sendOn: text.sentOn }[
    ending
  ]
  return (
    <section className="intake-done" aria-labelledby="intake-done-title">
      <div role="status">
        <Icon name="check" size={20} />
        <h2 id="intake-done-title">{title}</h2>
      </div>
      <p className="intake-code">{reply.code}</p>
      {reply.repeated && <p className="k-dimmed">{text.repeated}</p>}
      <ProblemAlert problem={opened.problem} onRetry={opened.reload} />
      {dossier && (
        <Facts
          items={[
            ...(dossier.due.current
              ? [{ name: intake.due, value: <strong>{format.instant(dossier.due.current)}</strong> }]
              : []),
            { name: roles.applicant, value: dossier.persons.find(({ role }) => role === 'applicant')?.name },
            { name: text.procedure, value: dossier.procedure.name },
            ...(kind ? [] : [{ name: intake.competent, value: dossier.agencyName }]),
            ...(dossier.fee.due > 0 ? [{ name: text.fee, value: format.money(dossier.fee.due) }] : []),
          ]}
        />
      )}
      <div className="k-actions">
        {kind && (
          <Button
            ref={first}
            leftSection={<Icon name="print" />}
            onClick={printNow}
            rightSection={<KeyHint keys={['Enter']} />}
          >
            {ending === 'receive' ? text.printReceipt : text.printSlip}
          </Button>
        )}
        <Button
          {...(kind ? {} : { ref: first })}
          variant="default"
          onClick={() => onNext('next')}
          rightSection={<KeyHint keys={['N']} />}
        >
          {text.next}
        </Button>
        <Button variant="default" onClick={() => onNext('same')} rightSection={<KeyHint keys={['C']} />}>
          {text.same}
        </Button>
        <LinkButton to={`/ho-so/${reply.dossierId}`} variant="subtle">
          {text.open}
        </LinkButton>
      </div>
    </section>
  )
}
