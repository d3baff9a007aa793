import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import {
  type ApiProblem,
  api,
  Dialog,
  Facts,
  Icon,
  ProblemAlert,
  Section,
  toProblem,
  useFormat,
} from '../../platform/web/index.ts'
import type { DossierView, PersonView } from '../contract.ts'
import { AmendSheet } from './AmendSheet.tsx'
import { useDossierText } from './use-dossier-text.ts'

/** The persons of a dossier; numbers are masked until somebody says why they are needed. */
export function PersonList({ view, onDone }: { view: DossierView; onDone: (what: string, before: number) => void }) {
  const text = useDossierText().dossier
  const [amending, setAmending] = useState<PersonView | null>(null)
  const mayAmend = view.commands.some(({ type, refusal }) => type === 'amend' && refusal === null)
  return (
    <Section title={text.persons}>
      {view.persons.map((person) => (
        <PersonCard
          key={person.personId}
          person={person}
          view={view}
          onAmend={mayAmend && person.role !== 'recipient' && !person.erased ? () => setAmending(person) : undefined}
        />
      ))}
      {amending && (
        <AmendSheet
          view={view}
          person={amending}
          onClose={() => setAmending(null)}
          onDone={(what, before) => {
            setAmending(null)
            onDone(what, before)
          }}
        />
      )}
    </Section>
  )
}

function PersonCard({
  person,
  view: { dossierId, mayReveal, mayHandle },
  onAmend,
}: {
  person: PersonView
  view: Pick<DossierView, 'dossierId' | 'mayReveal' | 'mayHandle'>
  onAmend: (() => void) | undefined
}) {
  const text = useDossierText()
  const words = text.dossier.person
  const format = useFormat()
  const about = [
    person.sex && words.sexes[person.sex],
    person.birthDay && `${words.birthDay.toLocaleLowerCase('vi')} ${format.day(person.birthDay)}`,
    person.relation && words.relation(person.relation),
  ].filter(Boolean)
  return (
    <div className="d-person">
      <p className="d-person-name">
        <strong>{person.name || '–'}</strong> <span className="k-dimmed">· {text.roles[person.role]}</span>{' '}
        {onAmend && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<Icon name="edit" size={14} />}
            aria-label={text.dossier.amend.buttonOf(person.name)}
            onClick={onAmend}
          >
            {text.dossier.amend.button}
          </Button>
        )}
      </p>
      {person.erased ? (
        <p className="k-note">{words.erased}</p>
      ) : (
        <>
          {about.length > 0 && <p className="d-person-name">{about.join(' · ')}</p>}
          <Facts
            items={[
              {
                name: numberWord(person.identityKind, words),
                value: <IdentityNumber person={person} dossierId={dossierId} mayReveal={mayReveal} />,
              },
              ...(person.phone
                ? [
                    {
                      name: words.phone,
                      value: mayHandle ? <a href={`tel:${person.phone}`}>{person.phone}</a> : person.phone,
                    },
                  ]
                : []),
              ...(person.email
                ? [
                    {
                      name: words.email,
                      value: mayHandle ? <a href={`mailto:${person.email}`}>{person.email}</a> : person.email,
                    },
                  ]
                : []),
              ...(person.address ? [{ name: words.address, value: person.address }] : []),
            ]}
          />
        </>
      )}
    </div>
  )
}

type Words = ReturnType<typeof useDossierText>['dossier']['person']

function numberWord(kind: PersonView['identityKind'], words: Words): string {
  switch (kind) {
    case 'passport':
      return words.passport
    case 'tax-code':
      return words.taxCode
    case 'old-citizen':
      return words.oldNumber
    case 'citizen':
    case 'none':
      return words.number
  }
}

/** Masked, and whole after a reason was given; the server records each look. */
function IdentityNumber({
  person,
  dossierId,
  mayReveal,
}: {
  person: PersonView
  dossierId: string
  mayReveal: boolean
}) {
  const words = useDossierText().dossier.person
  const [whole, setWhole] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  if (person.identityNumber === '') return words.noNumber
  return (
    <>
      <span className="d-code">{whole ?? person.identityNumber}</span>{' '}
      {mayReveal && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Icon name={whole === null ? 'show' : 'hide'} size={14} />}
          aria-label={whole === null ? words.revealOf(person.name) : words.hide}
          onClick={() => (whole === null ? setAsking(true) : setWhole(null))}
        >
          {whole === null ? words.reveal : words.hide}
        </Button>
      )}
      {asking && (
        <RevealDialog
          path={`/api/dossiers/${dossierId}/persons/${person.personId}/disclosure`}
          onClose={() => setAsking(false)}
          onShown={(number) => {
            setWhole(number)
            setAsking(false)
          }}
        />
      )}
    </>
  )
}

function RevealDialog({
  path,
  onClose,
  onShown,
}: {
  path: string
  onClose: () => void
  onShown: (number: string) => void
}) {
  const words = useDossierText().dossier.person
  const [reason, setReason] = useState('')
  const [tooShort, setTooShort] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const show = async () => {
    const why = reason.normalize('NFC').trim()
    setTooShort(why.length < 5)
    if (why.length < 5 || busy) return
    setBusy(true)
    try {
      onShown((await api.post<{ identityNumber: string }>(path, { reason: why })).identityNumber)
    } catch (error) {
      setProblem(toProblem(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      opened
      onClose={onClose}
      title={words.revealTitle}
      actions={
        <Button loading={busy} onClick={() => void show()}>
          {words.show}
        </Button>
      }
    >
      <p className="k-note">{words.revealWhy}</p>
      <Textarea
        mt={16}
        data-autofocus
        label={words.revealReason}
        description={words.revealReasonHint}
        error={tooShort && words.revealShort}
        value={reason}
        maxLength={500}
        minRows={2}
        autosize
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          void show()
        }}
      />
      <ProblemAlert problem={problem} keeps />
    </Dialog>
  )
}
