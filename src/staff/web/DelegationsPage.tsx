import { Button } from '@mantine/core'
import { useState } from 'react'
import { addDays, dayOf, type Day } from '../../platform/day.ts'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  DayField,
  Dialog,
  EmptyState,
  Fields,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  TextField,
  useApi,
  useCommand,
  useFormat,
  useMay,
  useMe,
  useText,
  withQuery,
  worded,
} from '../../platform/web/index.ts'
import { isDelegable } from '../rules/post.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { DelegationTable } from './DelegationTable.tsx'
import type { AbsenceRow, DelegationRow, OfficersReply } from './replies.ts'
import { writeValidity } from './staff-view.ts'

/** Who acts in whose place, and who is away. */
export function DelegationsPage() {
  const text = useText({ vi, en })
  const may = useMay()
  const delegations = useApi<{ delegations: DelegationRow[] }>('/api/delegations')
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader
        title={text.delegations.title}
        note={text.delegations.note}
        actions={
          may('delegation.manage') && (
            <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
              {text.delegations.add}
            </Button>
          )
        }
      />
      <ProblemAlert problem={delegations.problem} onRetry={delegations.reload} />
      <DelegationTable rows={delegations.data?.delegations} />
      <Absences />
      {adding && <DelegationDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function Absences() {
  const text = useText({ vi, en })
  const format = useFormat()
  const may = useMay()
  const today = dayOf(serverNow())
  const absences = useApi<{ absences: AbsenceRow[] }>(
    withQuery('/api/absences', { from: today, to: addDays(today, 60) }),
  )
  const [adding, setAdding] = useState(false)
  const columns: Column<AbsenceRow>[] = [
    { key: 'who', head: text.delegations.absent, main: true, grow: true, cell: (row) => row.officerName },
    { key: 'period', head: text.delegations.period, cell: (row) => writeValidity(row, text, format.day) },
    { key: 'substitute', head: text.delegations.substitute, grow: true, cell: (row) => row.substituteName },
    { key: 'reason', head: text.delegations.absenceReason, grow: true, wideOnly: true, cell: (row) => row.reason },
  ]
  return (
    <Section
      title={text.delegations.absences}
      actions={
        may('work.reassign') && (
          <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
            {text.delegations.addAbsence}
          </Button>
        )
      }
    >
      <ProblemAlert problem={absences.problem} onRetry={absences.reload} />
      <DataTable
        label={text.delegations.absences}
        rows={absences.data?.absences}
        columns={columns}
        rowKey={(row) => String(row.absenceId)}
        empty={<EmptyState title={text.delegations.absencesEmpty} hint={text.delegations.absencesEmptyHint} />}
      />
      {adding && <AbsenceDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}

/** The colleagues of the own agency with their posts, for the two dialogs. */
const useColleagues = () => {
  const me = useMe()
  return (
    useApi<OfficersReply>(withQuery('/api/officers', { agencyId: me.agency.agencyId, limit: 200 })).data?.officers ?? []
  )
}

function DelegationDialog({ onClose }: { onClose: () => void }) {
  const text = useText({ vi, en })
  const me = useMe()
  const officers = useColleagues()
  const today = dayOf(serverNow())
  const ownPost = me.posts.find((post) => post.onBehalfOf === null)
  const [postId, setPostId] = useState<string | null>(ownPost ? String(ownPost.postId) : null)
  const [toOfficerId, setToOfficerId] = useState<string | null>(null)
  const [validFrom, setValidFrom] = useState<Day | null>(today)
  const [validTo, setValidTo] = useState<Day | null>(null)
  const [reason, setReason] = useState('')
  const save = useCommand('/api/delegations', {
    forget: ['/api/delegations', '/api/officers'],
    onDone: () => {
      announce(text.delegations.added)
      onClose()
    },
  })
  const posts = officers.flatMap((officer) =>
    officer.posts
      .filter((post) => isDelegable(post.role))
      .map((post) => ({
        value: String(post.postId),
        label: `${officer.name} – ${text.roles[post.role]}`,
        note: post.unitName,
        officerId: officer.officerId,
      })),
  )
  const holder = posts.find((post) => post.value === postId)?.officerId
  const ready =
    postId !== null && toOfficerId !== null && validFrom !== null && validTo !== null && reason.trim() !== ''
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.delegations.add}
      actions={
        <Button
          loading={save.busy}
          disabled={!ready}
          onClick={() =>
            void save.run({ postId: Number(postId), toOfficerId: Number(toOfficerId), validFrom, validTo, reason })
          }
        >
          {text.delegations.add}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(save.problem, text.refusals)} keeps />
        <Choice
          label={text.delegations.who}
          hint={text.delegations.whoHint}
          required
          value={postId}
          onChange={setPostId}
          options={posts}
        />
        <Choice
          label={text.delegations.toWhom}
          required
          value={toOfficerId}
          onChange={setToOfficerId}
          options={officers
            .filter((officer) => officer.officerId !== holder)
            .map((officer) => ({ value: String(officer.officerId), label: officer.name, note: officer.title }))}
        />
        <DayField label={text.from} required value={validFrom} onChange={setValidFrom} />
        <DayField label={text.to} required value={validTo} onChange={setValidTo} />
        <TextField label={text.delegations.reason} required maxLength={1000} value={reason} onChange={setReason} />
      </Fields>
    </Dialog>
  )
}

function AbsenceDialog({ onClose }: { onClose: () => void }) {
  const text = useText({ vi, en })
  const me = useMe()
  const officers = useColleagues()
  const [officerId, setOfficerId] = useState<string | null>(null)
  const [substituteId, setSubstituteId] = useState<string | null>(null)
  const [validFrom, setValidFrom] = useState<Day | null>(dayOf(serverNow()))
  const [validTo, setValidTo] = useState<Day | null>(null)
  const [reason, setReason] = useState('')
  const save = useCommand('/api/absences', {
    forget: ['/api/absences'],
    onDone: () => {
      announce(text.delegations.absenceAdded)
      onClose()
    },
  })
  const options = officers.map((officer) => ({
    value: String(officer.officerId),
    label: officer.name,
    note: officer.title,
  }))
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.delegations.addAbsence}
      actions={
        <Button
          loading={save.busy}
          disabled={officerId === null || validFrom === null || validTo === null}
          onClick={() =>
            void save.run({
              agencyId: me.agency.agencyId,
              officerId: Number(officerId),
              substituteId: substituteId === null ? null : Number(substituteId),
              validFrom,
              validTo,
              reason,
            })
          }
        >
          {text.delegations.addAbsence}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(save.problem, text.refusals)} keeps />
        <Choice label={text.delegations.absent} required value={officerId} onChange={setOfficerId} options={options} />
        <Choice
          label={text.delegations.substitute}
          value={substituteId}
          onChange={setSubstituteId}
          options={options.filter((option) => option.value !== officerId)}
        />
        <DayField label={text.from} required value={validFrom} onChange={setValidFrom} />
        <DayField label={text.to} required value={validTo} onChange={setValidTo} />
        <TextField label={text.delegations.absenceReason} maxLength={500} value={reason} onChange={setReason} />
      </Fields>
    </Dialog>
  )
}
