import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  ApiProblem,
  api,
  Choice,
  type Column,
  DataTable,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  useApi,
  useConfirm,
  useFormat,
  withQuery,
} from '../../platform/web/index.ts'
import type { QueueItem } from '../contract.ts'
import { useDossierText } from './use-dossier-text.ts'
import { useOwnAgencies } from './use-own-agencies.ts'

type Officers = { officers: { officerId: number; name: string; posts: { unitName?: string; title: string }[] }[] }

/** The open work of an absent officer goes to a colleague, each step with an entry in its log. */
export function HandOverPage() {
  const text = useDossierText().handOver
  const format = useFormat()
  const confirm = useConfirm()
  const agencies = useOwnAgencies()
  const [agency, setAgency] = useState<string | null>(agencies[0]?.value ?? null)
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const { data: staff } = useApi<Officers>(agency ? withQuery('/api/officers', { agencyId: agency }) : null)
  const work = useApi<{ items: QueueItem[] }>(
    agency && from ? withQuery(`/api/work/${from}`, { agencyId: agency }) : null,
  )
  const items = from ? work.data?.items : []
  const people = (staff?.officers ?? []).map(({ officerId, name, posts }) => ({
    value: String(officerId),
    label: name,
    note: posts[0]?.title ?? '',
  }))
  const columns: Column<QueueItem>[] = [
    { key: 'code', head: text.code, main: true, cell: (row) => row.code },
    { key: 'procedure', head: text.procedure, grow: true, cell: (row) => row.procedureName },
    { key: 'step', head: text.step, cell: (row) => row.stepName },
    { key: 'unit', head: text.unit, wideOnly: true, cell: (row) => row.unitName },
    { key: 'due', head: text.due, cell: (row) => (row.dueAt ? format.instant(row.dueAt) : '') },
  ]
  const run = async () => {
    const name = people.find(({ value }) => value === to)?.label ?? ''
    const question = text.question(items?.length ?? 0, name)
    if (!(await confirm({ question, consequence: text.consequence, action: text.run }))) return
    try {
      const body = { agencyId: Number(agency), fromOfficerId: Number(from), toOfficerId: Number(to), reason }
      const { moved, stayed } = await api.post<{ moved: number; stayed: number }>('/api/work/hand-over', body)
      announce(text.done(moved, stayed))
      setProblem(null)
      work.reload()
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(fault)
    }
  }
  const ready = from && to && from !== to && reason.trim().length >= 3 && (items?.length ?? 0) > 0
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <Fields columns={2}>
        <Choice label={text.agency} required value={agency} onChange={setAgency} options={agencies} />
        <Choice label={text.from} required value={from} onChange={setFrom} options={people} />
        <Choice
          label={text.to}
          required
          value={to}
          onChange={setTo}
          options={people.filter(({ value }) => value !== from)}
        />
        <TextField label={text.reason} required value={reason} onChange={setReason} maxLength={500} />
      </Fields>
      <ProblemAlert problem={work.problem ?? problem} />
      <Section title={from && items ? text.work(items.length) : text.table}>
        <DataTable
          label={text.table}
          rows={items}
          columns={columns}
          rowKey={(row) => `${row.dossierId}/${row.key}`}
          empty={<p className="k-dimmed">{from ? text.empty : text.choose}</p>}
        />
      </Section>
      <Button onClick={() => void run()} disabled={!ready}>
        {text.run}
      </Button>
    </>
  )
}
