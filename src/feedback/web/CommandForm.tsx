import { Button, Checkbox, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  Choice,
  KeyHint,
  ProblemAlert,
  SideSheet,
  useCommand,
  useDraft,
  useShortcut,
} from '../../platform/web/index.ts'
import type { CommandReply, Kind, PetitionView, Rating, Referral, RefusalGround } from '../contract.ts'
import { useFeedbackText, useRefusal } from './use-feedback-text.ts'

type Draft = {
  text: string
  kind: Kind
  unitId: string | null
  officerId: string | null
  referral: Referral
  authority: string
  ground: RefusalGround
  agencyId: string | null
  rating: Rating
  restricted: boolean
  concerned: string[]
}

/** Words of these are read by the sender. */
const toSender = new Set(['requestSupplement', 'guide', 'refuse', 'answer', 'extend'])

/** The form of one command; what is typed outlives a lock, a reload and a refusal. */
export function CommandForm({
  type,
  view,
  onClose,
  onDone,
  reload,
}: {
  type: string
  view: PetitionView
  onClose: () => void
  onDone: () => void
  reload: () => void
}) {
  const text = useFeedbackText()
  const words = text.forms
  const [draft, setDraft, saved] = useDraft<Draft>(`petition.${view.petitionId}.${type}`, {
    text: type === 'answer' ? (view.proposal ?? '') : '',
    kind: view.kind ?? (view.story.about === 'regulation' ? 'regulation' : 'behaviour'),
    unitId: view.unitId === null ? null : String(view.unitId),
    officerId: null,
    referral: 'complaint',
    authority: '',
    ground: view.status === 'awaiting-supplement' ? 'not-supplemented' : 'no-content',
    agencyId: null,
    rating: 'satisfied',
    restricted: view.restricted,
    concerned: view.concerned.map(({ officerId }) => String(officerId)),
  })
  const [seen] = useState(view.version)
  const command = useCommand<CommandReply>(`/api/petitions/${view.petitionId}/commands`, {
    forget: ['/api/petitions'],
  })
  const worded = useRefusal()
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const input = toInput(type, draft)
  const submit = async () => {
    if (command.busy || !input) return
    if (await command.run({ version: seen, command: input })) {
      saved.clear()
      onDone()
    } else reload()
  }
  useShortcut(['Ctrl', 'Enter'], text.commands[type as keyof typeof text.commands], () => void submit())
  const label = Object.hasOwn(words.text, type) ? words.text[type as keyof typeof words.text] : null
  return (
    <SideSheet opened onClose={onClose} title={text.commands[type as keyof typeof text.commands]}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <ProblemAlert problem={worded(command.problem)} keeps />
          <Particular type={type} view={view} draft={draft} set={set} />
          {label !== null && (
            <Textarea
              label={label}
              description={toSender.has(type) ? words.sent : words.inside}
              value={draft.text}
              onChange={(event) => set({ text: event.currentTarget.value })}
              autosize
              minRows={4}
              maxRows={16}
              maxLength={8000}
              data-autofocus={type === 'accept' ? undefined : true}
            />
          )}
          <div className="f-actions">
            <Button type="submit" loading={command.busy} disabled={!input}>
              {text.commands[type as keyof typeof text.commands]}
            </Button>
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <KeyHint keys={['Ctrl', 'Enter']} />
          </div>
        </Stack>
      </form>
    </SideSheet>
  )
}

type Part = { type: string; view: PetitionView; draft: Draft; set: (change: Partial<Draft>) => void }

function Particular({ type, view, draft, set }: Part) {
  const text = useFeedbackText()
  const words = text.forms
  const { units, agencies } = view.choices
  const unit = units.find(({ unitId }) => String(unitId) === draft.unitId)
  switch (type) {
    case 'accept':
    case 'reassign':
      return (
        <>
          {type === 'accept' && (
            <Radio.Group label={words.kind} value={draft.kind} onChange={(kind) => set({ kind })}>
              <Stack gap={4} mt={4}>
                {(['behaviour', 'regulation'] as const).map((kind) => (
                  <Radio key={kind} value={kind} label={text.kinds[kind]} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <Choice
            label={words.unit}
            required
            options={units.map(({ unitId, name }) => ({ value: String(unitId), label: name }))}
            value={draft.unitId}
            onChange={(unitId) => set({ unitId, officerId: null })}
          />
          <Choice
            label={words.officer}
            placeholder={words.anyone}
            options={(unit?.officers ?? []).map(({ officerId, name }) => ({ value: String(officerId), label: name }))}
            value={draft.officerId}
            onChange={(officerId) => set({ officerId })}
          />
        </>
      )
    case 'guide':
      return (
        <>
          <Radio.Group
            label={words.referral}
            value={draft.referral}
            onChange={(referral) => set({ referral, text: words.guidance[referral] })}
          >
            <Stack gap={4} mt={4}>
              {(['complaint', 'denunciation', 'elsewhere'] as const).map((referral) => (
                <Radio key={referral} value={referral} label={text.referrals[referral]} />
              ))}
            </Stack>
          </Radio.Group>
          <TextInput
            label={words.authority}
            required
            value={draft.authority}
            maxLength={300}
            onChange={(event) =>
              set({
                authority: event.currentTarget.value,
                ...(draft.text ? {} : { text: words.guidance[draft.referral] }),
              })
            }
          />
        </>
      )
    case 'transfer':
      return (
        <Choice
          label={words.agency}
          required
          options={agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
          value={draft.agencyId}
          onChange={(agencyId) => set({ agencyId })}
        />
      )
    case 'refuse':
      return (
        <Choice
          label={words.ground}
          required
          options={Object.entries(text.grounds).map(([value, label]) => ({ value, label }))}
          value={draft.ground}
          onChange={(ground) => set({ ground: (ground ?? 'other') as RefusalGround })}
        />
      )
    case 'rate':
      return (
        <Radio.Group label={words.rating} value={draft.rating} onChange={(rating) => set({ rating })}>
          <Stack gap={4} mt={4}>
            {(['satisfied', 'acceptable', 'dissatisfied'] as const).map((rating) => (
              <Radio key={rating} value={rating} label={text.ratings[rating]} />
            ))}
          </Stack>
        </Radio.Group>
      )
    case 'protect':
      return (
        <>
          <Checkbox
            label={words.restricted}
            checked={draft.restricted}
            onChange={(event) => set({ restricted: event.currentTarget.checked })}
          />
          <Checkbox.Group label={words.concerned} value={draft.concerned} onChange={(concerned) => set({ concerned })}>
            <Stack gap={4} mt={4}>
              {officersOf(view).map(({ officerId, name }) => (
                <Checkbox key={officerId} value={String(officerId)} label={name} />
              ))}
            </Stack>
          </Checkbox.Group>
        </>
      )
    default:
      return null
  }
}

function officersOf({ choices, concerned }: PetitionView): { officerId: number; name: string }[] {
  const all = [...concerned, ...choices.units.flatMap(({ officers }) => officers)]
  return [...new Map(all.map((officer) => [officer.officerId, officer])).values()].toSorted((a, b) =>
    a.name.localeCompare(b.name, 'vi'),
  )
}

/** What is sent; undefined while something is missing. */
function toInput(type: string, draft: Draft): Record<string, unknown> | undefined {
  const text = draft.text.trim()
  const number = (id: string | null) => (id === null ? null : Number(id))
  switch (type) {
    case 'accept':
      return draft.unitId === null
        ? undefined
        : { type, kind: draft.kind, unitId: number(draft.unitId), officerId: number(draft.officerId) }
    case 'reassign':
      return draft.unitId === null
        ? undefined
        : { type, unitId: number(draft.unitId), officerId: number(draft.officerId) }
    case 'guide':
      return text && draft.authority.trim()
        ? { type, referral: draft.referral, authority: draft.authority.trim(), text }
        : undefined
    case 'transfer':
      return text && draft.agencyId !== null ? { type, toAgencyId: number(draft.agencyId), text } : undefined
    case 'refuse':
      return text ? { type, ground: draft.ground, text } : undefined
    case 'rate':
      return { type, rating: draft.rating, text }
    case 'withdraw':
      return { type, text }
    case 'protect':
      return { type, restricted: draft.restricted, concerned: draft.concerned.map(Number) }
    case 'close':
      return { type }
    default:
      return text ? { type, text } : undefined
  }
}
