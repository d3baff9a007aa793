import { dayOf, type Day } from '../../platform/day.ts'
import { Choice, DayField, serverNow, TextField, useApi, useMay, useText } from '../../platform/web/index.ts'
import { roles } from '../rules/post.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { AgencyChoice } from './AgenciesPage.tsx'
import type { AgencyReply } from './replies.ts'
import { stageOf } from './staff-view.ts'

export type PostForm = {
  agencyId: string | null
  unitId: string | null
  role: string | null
  title: string
  validFrom: Day | null
  validTo: Day | null
}

export const emptyPost = (agencyId: number): PostForm => ({
  agencyId: String(agencyId),
  unitId: null,
  role: null,
  title: '',
  validFrom: dayOf(serverNow()),
  validTo: null,
})

export const isPostReady = (post: PostForm): boolean =>
  post.agencyId !== null && post.unitId !== null && post.role !== null && post.validFrom !== null

/** The body that the server takes. */
export const toPost = (post: PostForm) => ({ ...post, agencyId: Number(post.agencyId), unitId: Number(post.unitId) })

/** Where, as what and how long; only roles that an administrator of this kind can give. */
export function PostFields({
  value,
  onChange,
  agency,
}: {
  value: PostForm
  onChange: (value: PostForm) => void
  agency?: AgencyReply['agency'] | undefined
}) {
  const text = useText({ vi, en })
  const may = useMay()
  const reply = useApi<AgencyReply>(value.agencyId === null ? null : `/api/agencies/${value.agencyId}`)
  const today = dayOf(serverNow())
  const units = (reply.data?.units ?? []).filter((unit) => stageOf(unit, value.validFrom ?? today) === 'running')
  const near = may('system.manage')
    ? roles
    : roles.filter((role) => !['supervisor', 'auditor', 'system-admin'].includes(role))
  return (
    <>
      <AgencyChoice
        label={text.officers.agency}
        required
        value={value.agencyId}
        onChange={(agencyId) => onChange({ ...value, agencyId, unitId: null })}
        chosen={agency}
      />
      <Choice
        label={text.officers.unit}
        required
        value={value.unitId}
        onChange={(unitId) => onChange({ ...value, unitId })}
        options={units.map((unit) => ({ value: String(unit.unitId), label: unit.name }))}
      />
      <Choice
        label={text.officers.role}
        required
        value={value.role}
        onChange={(role) => onChange({ ...value, role })}
        options={near.map((role) => ({ value: role, label: text.roles[role], note: text.roleNotes[role] }))}
      />
      <TextField
        label={text.officers.postTitle}
        hint={text.officers.postTitleHint}
        maxLength={120}
        value={value.title}
        onChange={(title) => onChange({ ...value, title })}
      />
      <DayField
        label={text.from}
        required
        value={value.validFrom}
        onChange={(validFrom) => onChange({ ...value, validFrom })}
      />
      <DayField
        label={text.to}
        hint={text.toHint}
        value={value.validTo}
        onChange={(validTo) => onChange({ ...value, validTo })}
      />
    </>
  )
}
