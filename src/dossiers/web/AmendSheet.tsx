import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  Choice,
  DayField,
  Fields,
  IdentityNumberField,
  ProblemAlert,
  SideSheet,
  TextField,
  useCommand,
} from '../../platform/web/index.ts'
import type { CommandReply, DossierView, PersonView } from '../contract.ts'
import { changeOf, personDraft } from './amend-form.ts'
import { useDossierText, useRefusals } from './use-dossier-text.ts'

/** What is written of one person, corrected at the desk; only what was changed is sent, with its reason. */
export function AmendSheet({
  view,
  person,
  onClose,
  onDone,
}: {
  view: DossierView
  person: PersonView
  onClose: () => void
  onDone: (what: string, before: number) => void
}) {
  const text = useDossierText()
  const words = text.dossier.amend
  const labels = text.intake
  const [draft, setDraft] = useState(() => personDraft(person))
  const [reason, setReason] = useState('')
  const [tooShort, setTooShort] = useState(false)
  const command = useCommand<CommandReply>(`/api/dossiers/${view.dossierId}/amendments`)
  const set = (change: Partial<typeof draft>) => setDraft((all) => ({ ...all, ...change }))
  const errorOf = (fact: string) => command.problem?.fieldError(`/persons/${person.role}/${fact}`)
  const isOrganisation = person.kind === 'organisation'
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const why = reason.normalize('NFC').trim()
    setTooShort(why.length < 5)
    if (why.length < 5 || command.busy) return
    const body = { version: view.version, role: person.role, change: changeOf(person, draft), reason: why }
    if (await command.run(body)) onDone(words.done, view.version)
  }
  return (
    <SideSheet opened onClose={onClose} title={words.title(text.roles[person.role])}>
      <form className="d-form" noValidate onSubmit={(event) => void save(event)}>
        <p className="d-consequence">{words.note}</p>
        <Fields>
          <TextField
            label={isOrganisation ? labels.organisationName : labels.name}
            required
            autoFocus
            maxLength={200}
            error={errorOf('name')}
            value={draft.name}
            onChange={(name) => set({ name })}
          />
          {person.kind !== 'newborn' && (
            <IdentityNumberField
              label={person.identityNumber ? words.number(person.identityNumber) : words.numberFirst}
              width="100%"
              error={errorOf('identityNumber')}
              value={draft.identityNumber}
              onChange={(identityNumber) => set({ identityNumber })}
            />
          )}
          {!isOrganisation && (
            <>
              <DayField
                label={labels.birthDay}
                century="past"
                error={errorOf('birthDay')}
                value={draft.birthDay}
                onChange={(birthDay) => set({ birthDay })}
              />
              <Choice
                label={labels.sex}
                value={draft.sex}
                options={(['male', 'female'] as const).map((sex) => ({ value: sex, label: labels.sexes[sex] }))}
                onChange={(sex) => set({ sex: sex as typeof draft.sex })}
              />
            </>
          )}
          <TextField
            label={labels.phone}
            inputMode="tel"
            maxLength={20}
            error={errorOf('phone')}
            value={draft.phone}
            onChange={(phone) => set({ phone })}
          />
          <TextField
            label={labels.email}
            maxLength={200}
            error={errorOf('email')}
            value={draft.email}
            onChange={(email) => set({ email })}
          />
          <TextField
            label={text.dossier.person.address}
            maxLength={300}
            error={errorOf('address')}
            value={draft.address}
            onChange={(address) => set({ address })}
          />
          <Textarea
            label={words.reason}
            description={words.reasonHint}
            withAsterisk
            autosize
            minRows={2}
            maxLength={2000}
            error={tooShort && words.reasonShort}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Fields>
        <ProblemAlert problem={useRefusals().ofProblem(command.problem)} keeps />
        <div className="k-dialog-actions">
          <Button variant="default" onClick={onClose}>
            {text.dossier.form.cancel}
          </Button>
          <Button type="submit" loading={command.busy}>
            {words.save}
          </Button>
        </div>
      </form>
    </SideSheet>
  )
}
