import { Button } from '@mantine/core'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import {
  announce,
  Choice,
  DayField,
  FindChoice,
  Icon,
  IdentityNumberField,
  KeyHint,
  TextField,
  useFormat,
  useShortcut,
  withQuery,
} from '../../platform/web/index.ts'
import type { KnownPerson, PersonInput } from '../contract.ts'
import { isWholeNumber, type PersonForm, type Role, withCard, withKnown, withNumber, withPlace } from './intake-view.ts'
import { useAnswer } from './use-answer.ts'
import { useDossierText } from './use-dossier-text.ts'

type Place = { code: string; name: string; provinceName: string; formerly: readonly string[] }

const kindsOf = (role: Role): PersonInput['kind'][] =>
  role === 'submitter' || role === 'delegate'
    ? ['individual', 'foreigner', 'organisation']
    : ['individual', 'foreigner', 'organisation', 'newborn']

/** One person at the counter: the number first, since it brings the rest with it. */
export function IntakePerson({
  role,
  agencyId,
  person,
  onChange,
  onAccepted,
  judged,
  errorAt,
  numberRef,
}: {
  role: Role
  agencyId: number
  /** The form was found wanting as it stands: also what is empty is said. */
  judged: boolean
  person: PersonForm
  onChange: (person: PersonForm) => void
  /** Somebody met before was accepted: the conversation goes on with the next topic. */
  onAccepted?: () => void
  errorAt: (pointer: string) => string | undefined
  numberRef?: RefObject<HTMLInputElement | null>
}) {
  const text = useDossierText().intake
  const { known, accept, isUsed, onEnter } = useKnownPerson({ agencyId, person, onChange, onAccepted })
  const [sound, setSound] = useState(false)
  const at = (field: string) => `/persons/${role}/${field}`
  // What is wrong is said after leaving a field, not while it is being typed.
  const error = (field: keyof PersonForm) => {
    const said = errorAt(at(field))
    return judged || (sound && person[field]) ? said : undefined
  }
  const set = (change: Partial<PersonForm>) => onChange({ ...person, ...change })
  const scan = (raw: string) => {
    const filled = withCard(person, raw)
    if (filled) onChange(filled)
    else announce(text.notACard)
  }
  const isOrganisation = person.kind === 'organisation'
  const number = {
    label: text.numbers[person.kind],
    value: person.identityNumber,
    error: error('identityNumber'),
    required: role === 'applicant',
  }
  return (
    <div className="intake-person" onBlur={() => setSound(true)}>
      <div className="intake-kind">
        <Choice
          label={text.kind}
          required
          value={person.kind}
          options={kindsOf(role).map((kind) => ({ value: kind, label: text.kinds[kind] }))}
          onChange={(kind) => kind && set({ kind: kind as PersonForm['kind'] })}
        />
      </div>
      {person.kind !== 'newborn' && (
        <div className="intake-number" role="presentation" data-pointer={at('identityNumber')} onKeyDown={onEnter}>
          {person.kind === 'foreigner' ? (
            <TextField
              {...number}
              maxLength={12}
              onChange={(identityNumber) => set({ identityNumber: identityNumber.toUpperCase() })}
              {...(numberRef ? { inputRef: numberRef } : {})}
            />
          ) : (
            <IdentityNumberField
              {...number}
              width="100%"
              maxLength={isOrganisation ? 13 : 12}
              onChange={(identityNumber) => onChange(withNumber(person, identityNumber))}
              {...(isOrganisation ? {} : { onScan: scan })}
              {...(numberRef ? { inputRef: numberRef } : {})}
            />
          )}
        </div>
      )}
      <div className="intake-name" data-pointer={at('name')}>
        <TextField
          label={isOrganisation ? text.organisationName : text.name}
          required
          maxLength={200}
          value={person.name}
          error={error('name')}
          onChange={(name) => set({ name })}
        />
      </div>
      {known && !isUsed && <KnownStrip known={known} onAccept={accept} withKey={role === 'applicant'} />}
      {known && isUsed && (
        <p className="intake-known" role="status">
          <Icon name="check" /> <span>{text.knownUsed}</span>{' '}
          <LastDossier known={known} withKey={role === 'applicant'} />
        </p>
      )}
      {!isOrganisation && (
        <>
          <div data-pointer={at('birthDay')}>
            <DayField
              label={text.birthDay}
              century="past"
              width="100%"
              value={person.birthDay}
              error={error('birthDay')}
              onChange={(birthDay) => set({ birthDay })}
            />
          </div>
          <div data-pointer={at('sex')}>
            <Choice
              label={text.sex}
              value={person.sex}
              options={(['male', 'female'] as const).map((sex) => ({ value: sex, label: text.sexes[sex] }))}
              onChange={(sex) => set({ sex: sex as PersonForm['sex'] })}
            />
          </div>
        </>
      )}
      {person.kind !== 'newborn' && (
        <>
          <div data-pointer={at('phone')}>
            <TextField
              label={text.phone}
              inputMode="tel"
              maxLength={20}
              value={person.phone}
              error={error('phone')}
              onChange={(phone) => set({ phone })}
            />
          </div>
          <div data-pointer={at('email')}>
            <TextField
              label={text.email}
              inputMode="email"
              maxLength={200}
              value={person.email}
              error={error('email')}
              onChange={(email) => set({ email })}
            />
          </div>
        </>
      )}
      <div className="intake-address" data-pointer={at('address')}>
        <TextField
          label={text.address}
          maxLength={200}
          value={person.address}
          error={error('address')}
          onChange={(address) => set({ address })}
        />
      </div>
      <div className="intake-place">
        <FindChoice<{ places: readonly Place[] }>
          label={text.place}
          placeholder={text.placeHint}
          path={(query) => withQuery('/api/places', { query, limit: 20, near: agencyId })}
          read={({ places }) => places.map(toOption)}
          value={person.place?.code ?? null}
          chosen={person.place ? { value: person.place.code, label: person.place.label } : undefined}
          onChange={(code, option) =>
            onChange(
              code === null
                ? { ...person, place: null }
                : withPlace(person, { code, label: option?.label ?? code, formerly: option?.note ?? '' }),
            )
          }
        />
      </div>
      {role !== 'applicant' && (
        <div className="intake-relation" data-pointer={at('relation')}>
          <TextField
            label={text.relation}
            maxLength={100}
            value={person.relation}
            onChange={(relation) => set({ relation })}
          />
        </div>
      )}
    </div>
  )
}

const toOption = (place: Place) => ({
  value: place.code,
  label: `${place.name}, ${place.provinceName}`,
  ...(place.formerly.length > 0 ? { note: place.formerly.join('; ') } : {}),
})

/** Looks a whole number up; Enter in its field accepts who was found, also when the answer comes a moment later. */
function useKnownPerson({
  agencyId,
  person,
  onChange,
  onAccepted,
}: {
  agencyId: number
  person: PersonForm
  onChange: (person: PersonForm) => void
  onAccepted: (() => void) | undefined
}) {
  const question = isWholeNumber(person) ? { agencyId, identityNumber: person.identityNumber } : null
  const answer = useAnswer<{ known: KnownPerson | null }>('/api/persons/known', question)
  const known = answer.data?.known ?? undefined
  const wanted = useRef<string | null>(null)
  const accept = () => {
    if (!known) return
    wanted.current = null
    onChange(withKnown(person, known.person))
    onAccepted?.()
  }
  useEffect(() => {
    if (known && wanted.current === person.identityNumber) accept()
    // Only the arrival of the answer can fulfil the wish.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [known])
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.defaultPrevented || question === null) return
    event.preventDefault()
    if (known) accept()
    else if (answer.busy) wanted.current = person.identityNumber
    else focusNext(event.currentTarget)
  }
  return {
    known,
    accept,
    onEnter,
    isUsed: known !== undefined && JSON.stringify(withKnown(person, known.person)) === JSON.stringify(person),
  }
}

function focusNext(field: Element): void {
  field.nextElementSibling?.querySelector<HTMLElement>('input')?.focus()
}

function KnownStrip({ known, onAccept, withKey }: { known: KnownPerson; onAccept: () => void; withKey: boolean }) {
  const text = useDossierText().intake
  const format = useFormat()
  const { person } = known
  const what = [person.birthDay ? format.day(person.birthDay) : '', person.phone, person.address]
    .filter(Boolean)
    .join(' · ')
  return (
    <div className="intake-known" role="status">
      <Icon name="person" />
      <span>
        <strong>{text.known(person.name)}</strong>
        {what && <span className="k-dimmed"> {what}</span>}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        tabIndex={-1}
        onClick={onAccept}
        rightSection={<KeyHint keys={['Enter']} />}
      >
        {text.useKnown}
      </Button>
      <LastDossier known={known} withKey={withKey} />
    </div>
  )
}

/** The previous dossier of the same person, one key away; in its own tab, so that this one stays. */
function LastDossier({ known, withKey }: { known: KnownPerson; withKey: boolean }) {
  const text = useDossierText().intake
  const last = known.lastDossier
  const href = last ? `/can-bo/ho-so/${last.dossierId}` : ''
  useShortcut(['F4'], text.openLast, () => window.open(href, '_blank', 'noopener'), withKey && last !== null)
  if (!last) return null
  return (
    <span className="intake-last">
      <span className="k-dimmed">{text.lastDossier}:</span>{' '}
      <a href={href} target="_blank" rel="noopener" title={`${text.openLast} ${text.opensTab}`} tabIndex={-1}>
        {last.code}
      </a>{' '}
      <span className="k-dimmed">{last.procedureName}</span> {withKey && <KeyHint keys={['F4']} />}
    </span>
  )
}
