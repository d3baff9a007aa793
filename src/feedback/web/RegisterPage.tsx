import './feedback.css'
import { Button, Checkbox, Radio, Group, SegmentedControl, Stack, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { dayOf, instantAt, minuteOf, type Day } from '../../platform/day.ts'
import {
  Choice,
  DayField,
  Facts,
  Fields,
  FileDrop,
  FindChoice,
  KeyHint,
  LinkButton,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  TextField,
  uploadFile,
  useUnsentFiles,
  useApi,
  useCommand,
  useDraft,
  useShortcut,
  withQuery,
} from '../../platform/web/index.ts'
import type { AgencyChoices, PetitionFile, RegisterBody, Story } from '../contract.ts'
import { useFeedbackText, useRefusal } from './use-feedback-text.ts'

type Form = {
  agencyId: string | null
  channel: RegisterBody['channel']
  reference: string
  happened: string
  wish: string
  on: Day | null
  place: { value: string; label: string } | null
  detail: string
  about: Story['about']
  concerns: string
  dossier: string
  procedure: { value: string; label: string } | null
  unnamed: boolean
  kind: 'individual' | 'organisation'
  name: string
  phone: string
  email: string
  address: string
  hidesName: boolean
  restricted: boolean
  receivedOn: Day | null
}

const empty: Form = {
  agencyId: null,
  channel: 'hotline',
  reference: '',
  happened: '',
  wish: '',
  on: null,
  place: null,
  detail: '',
  about: 'unsure',
  concerns: '',
  dossier: '',
  procedure: null,
  unnamed: false,
  kind: 'individual',
  name: '',
  phone: '',
  email: '',
  address: '',
  hidesName: true,
  restricted: false,
  receivedOn: null,
}

type Registered = { petitionId: string; code: string; key: string }
type Place = { code: string; name: string; provinceName: string; formerly: readonly string[] }

/** What the hotline's operator writes while somebody speaks, and the clerk from a letter: in the order of the talk. */
export function RegisterPage() {
  const text = useFeedbackText()
  const words = text.register
  const { data, problem } = useApi<AgencyChoices>('/api/petition-agencies')
  const agencies = data?.agencies.filter(({ mayRegister }) => mayRegister) ?? []
  const [form, setForm, draft] = useDraft<Form>('petition.register', empty)
  const set = (change: Partial<Form>) => setForm({ ...form, ...change })
  const worded = useRefusal()
  const send = useCommand<Registered>('/api/petitions', { forget: ['/api/petitions'] })
  const first = useRef<HTMLTextAreaElement>(null)
  const agencyId = form.agencyId === null ? agencies[0]?.agencyId : Number(form.agencyId)
  const isReady = form.happened.trim() !== '' && agencyId !== undefined && (form.unnamed || form.name.trim() !== '')
  const submit = async () => {
    if (!isReady || send.busy || agencyId === undefined) return
    if (await send.run(toBody(form, agencyId))) draft.clear()
  }
  useShortcut(['Ctrl', 'Enter'], words.send, () => void submit())
  if (send.reply)
    return (
      <Done
        done={send.reply}
        onAnother={() => {
          send.reset()
          setForm(empty)
          requestAnimationFrame(() => first.current?.focus())
        }}
      />
    )
  return (
    <>
      <PageHeader title={words.title} note={words.lead} back={{ to: '/phan-anh', label: text.page.back }} />
      <ProblemAlert problem={problem} />
      <form
        className="f-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <ProblemAlert problem={worded(send.problem)} keeps />
          {agencies.length > 1 && (
            <Choice
              label={words.agency}
              options={agencies.map((agency) => ({ value: String(agency.agencyId), label: agency.name }))}
              value={String(agencyId ?? '')}
              onChange={(value) => set({ agencyId: value })}
            />
          )}
          <Group align="end">
            <Radio.Group label={words.channel} value={form.channel} onChange={(channel) => set({ channel })}>
              <Group mt={4}>
                {(['hotline', 'counter', 'post', 'email'] as const).map((channel) => (
                  <Radio key={channel} value={channel} label={text.channels[channel]} />
                ))}
              </Group>
            </Radio.Group>
            <TextField
              label={words.reference}
              width="16rem"
              value={form.reference}
              onChange={(reference) => set({ reference })}
              maxLength={60}
            />
          </Group>
          <Textarea
            ref={first}
            label={words.happened}
            withAsterisk
            autoFocus
            autosize
            minRows={5}
            maxRows={16}
            maxLength={8000}
            value={form.happened}
            onChange={(event) => set({ happened: event.currentTarget.value })}
          />
          <Fields columns={2}>
            <FindChoice<{ places: readonly Place[] }>
              label={words.place}
              placeholder={words.placeHint}
              path={(query) => withQuery('/api/places', { query, limit: 20 })}
              read={({ places }) =>
                places.map((place) => ({
                  value: place.code,
                  label: `${place.name}, ${place.provinceName}`,
                  note: place.formerly.join('; '),
                }))
              }
              value={form.place?.value ?? null}
              chosen={form.place ?? undefined}
              onChange={(value, option) =>
                set({ place: value === null ? null : { value, label: option?.label ?? value } })
              }
            />
            <TextField label={words.detail} value={form.detail} onChange={(detail) => set({ detail })} />
            <DayField label={words.on} value={form.on} onChange={(on) => set({ on })} max={dayOf(serverNow())} />
            <TextField
              label={words.concerns}
              value={form.concerns}
              onChange={(concerns) => set({ concerns })}
              maxLength={500}
            />
          </Fields>
          <Radio.Group label={words.about} value={form.about} onChange={(about) => set({ about })}>
            <Group mt={4}>
              {(['behaviour', 'regulation', 'unsure'] as const).map((about) => (
                <Radio key={about} value={about} label={text.page.abouts[about]} />
              ))}
            </Group>
          </Radio.Group>
          <Textarea
            label={words.wish}
            autosize
            minRows={2}
            maxLength={4000}
            value={form.wish}
            onChange={(event) => set({ wish: event.currentTarget.value })}
          />
          <Fields columns={2}>
            <TextField
              label={words.dossier}
              value={form.dossier}
              onChange={(dossier) => set({ dossier })}
              maxLength={80}
            />
            <FindChoice<{ items: readonly { code: string; shortName: string }[] }>
              label={words.procedure}
              path={(q) => withQuery('/api/procedures', { q, limit: 10 })}
              read={({ items }) => items.map(({ code, shortName }) => ({ value: code, label: shortName, note: code }))}
              value={form.procedure?.value ?? null}
              chosen={form.procedure ?? undefined}
              onChange={(value, option) =>
                set({ procedure: value === null ? null : { value, label: option?.label ?? value } })
              }
            />
          </Fields>
          <Section title={words.sender}>
            <Stack>
              <Checkbox
                label={words.withoutName}
                checked={form.unnamed}
                onChange={(event) => set({ unnamed: event.currentTarget.checked })}
              />
              {!form.unnamed && (
                <>
                  <Fields columns={2}>
                    <TextField
                      label={words.name}
                      required
                      value={form.name}
                      onChange={(name) => set({ name })}
                      maxLength={200}
                    />
                    <TextField
                      label={words.phone}
                      inputMode="tel"
                      value={form.phone}
                      onChange={(phone) => set({ phone })}
                      maxLength={30}
                    />
                    <TextField label={words.address} value={form.address} onChange={(address) => set({ address })} />
                    <TextField
                      label={words.email}
                      inputMode="email"
                      value={form.email}
                      onChange={(email) => set({ email })}
                      maxLength={200}
                    />
                  </Fields>
                  <Group>
                    <SegmentedControl
                      aria-label={words.kind}
                      value={form.kind}
                      onChange={(kind) => set({ kind })}
                      data={(['individual', 'organisation'] as const).map((kind) => ({
                        value: kind,
                        label: words.kinds[kind],
                      }))}
                      transitionDuration={0}
                    />
                    <Checkbox
                      label={words.hidesName}
                      checked={form.hidesName}
                      onChange={(event) => set({ hidesName: event.currentTarget.checked })}
                    />
                  </Group>
                </>
              )}
            </Stack>
          </Section>
          <Checkbox
            label={words.restricted}
            checked={form.restricted}
            onChange={(event) => set({ restricted: event.currentTarget.checked })}
          />
          <DayField
            label={words.received}
            width="12rem"
            value={form.receivedOn}
            onChange={(receivedOn) => set({ receivedOn })}
            max={dayOf(serverNow())}
          />
          <div className="f-actions">
            <Button type="submit" loading={send.busy} disabled={!isReady}>
              {words.send}
            </Button>
            <KeyHint keys={['Ctrl', 'Enter']} />
          </div>
        </Stack>
      </form>
    </>
  )
}

function toBody(form: Form, agencyId: number): Omit<RegisterBody, 'commandId'> {
  const now = serverNow()
  const isEarlier = form.receivedOn !== null && form.receivedOn < dayOf(now)
  return {
    agencyId,
    channel: form.channel,
    reference: form.reference,
    story: {
      happened: form.happened.trim(),
      wish: form.wish.trim(),
      happenedOn: form.on,
      placeCode: form.place?.value ?? null,
      placeName: form.place?.label ?? '',
      placeDetail: form.detail,
      coordinates: null,
      about: form.about,
      concerns: form.concerns,
      dossierCode: form.dossier.trim().toUpperCase() || null,
      procedureCode: form.procedure?.value ?? null,
      procedureName: form.procedure?.label ?? '',
    },
    sender: form.unnamed
      ? null
      : {
          kind: form.kind,
          name: form.name.trim(),
          phone: form.phone,
          email: form.email,
          address: form.address,
          identityNumber: '',
          hidesName: form.hidesName,
        },
    restricted: form.restricted,
    ...(isEarlier ? { receivedAt: instantAt(form.receivedOn ?? '', minuteOf(now)) } : {}),
  }
}

/** Code and key to read to the person; a letter is scanned in here. */
function Done({ done, onAnother }: { done: Registered; onAnother: () => void }) {
  const text = useFeedbackText()
  const words = text.register
  const { Watch, mayLeave } = useUnsentFiles()
  return (
    <>
      <PageHeader title={words.done(done.code)} />
      <Section title={words.read}>
        <div className="f-ticket">
          <Facts
            items={[
              { name: words.code, value: done.code },
              { name: words.key, value: <span className="f-key">{done.key.replace(/(.{5})/, '$1 ')}</span> },
            ]}
          />
        </div>
      </Section>
      <Watch>
        <FileDrop<PetitionFile>
          label={words.scan}
          hint={words.scanHint}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          maxBytes={10 * 1024 * 1024}
          send={(file, options) =>
            uploadFile(`/api/petitions/${done.petitionId}/files?origin=scan`, { file, ...options })
          }
          onSent={() => undefined}
        />
      </Watch>
      <div className="f-actions">
        <Button onClick={() => void mayLeave().then((yes) => yes && onAnother())} autoFocus>
          {words.another}
        </Button>
        <LinkButton to={`/phan-anh/${done.petitionId}`} variant="default">
          {words.open}
        </LinkButton>
      </div>
    </>
  )
}
