import './dossiers.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Day, Instant } from '../../platform/day.ts'
import {
  announce,
  ApiProblem,
  api,
  Choice,
  type Column,
  DataTable,
  DayField,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  useConfirm,
  useFilters,
  useForget,
  useFormat,
  useMay,
} from '../../platform/web/index.ts'
import { useAnswer } from './use-answer.ts'
import { useDossierText } from './use-dossier-text.ts'
import { useOwnAgencies } from './use-own-agencies.ts'

type Change = {
  dossierId: string
  code: string
  before: Instant
  after: Instant
  procedureName: string
  holder: string
  /** Null for whoever administers without reading dossiers. */
  applicantName: string | null
}
type Kind = 'holiday' | 'substitute' | 'swap-off' | 'swap-work' | 'closure'

/** What a changed calendar does to the open dossiers, seen first and then applied. */
export function RecomputePage() {
  const text = useDossierText().recompute
  const format = useFormat()
  const confirm = useConfirm()
  const agencies = useOwnAgencies()
  const [filters, setFilters] = useFilters({ agencyId: agencies[0]?.value ?? '' })
  const agency = filters.agencyId || null
  const may = useMay()
  const [day, setDay] = useState<Day | null>(null)
  const [kind, setKind] = useState<Kind>('holiday')
  const [notice, setNotice] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const forget = useForget()
  const trial = day ? { day, kind, name: text.kinds[kind], notice: '', status: 'provisional' as const } : null
  const preview = useAnswer<{ changes: Change[] }>(
    '/api/dossiers/recompute/preview',
    agency ? { agencyId: Number(agency), day: trial } : null,
  )
  const changes = preview.data?.changes
  const columns: Column<Change>[] = [
    { key: 'code', head: text.code, main: true, width: '11rem', cell: (row) => row.code },
    ...(may('dossier.read')
      ? [
          {
            key: 'applicant',
            head: text.applicant,
            grow: 2,
            wrap: true,
            cell: (row: Change) => row.applicantName ?? '',
          },
        ]
      : []),
    { key: 'procedure', head: text.procedure, grow: 3, wrap: true, cell: (row) => row.procedureName },
    { key: 'holder', head: text.holder, grow: 2, wrap: true, cell: (row) => row.holder },
    { key: 'before', head: text.before, cell: (row) => format.instant(row.before) },
    { key: 'after', head: text.after, cell: (row) => <strong>{format.instant(row.after)}</strong> },
  ]
  const apply = async () => {
    const count = changes?.length ?? 0
    if (!(await confirm({ question: text.question(count), consequence: text.consequence, action: text.apply }))) return
    try {
      const done = await api.post<{ changes: Change[] }>('/api/dossiers/recompute', {
        agencyId: Number(agency),
        notice,
      })
      announce(text.done(done.changes.length))
      setProblem(null)
      setNotice('')
      await forget('/api/dossiers', '/api/queue', '/api/morning')
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(fault)
    }
  }
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <Fields columns={3}>
        <Choice
          label={text.agency}
          required
          value={agency}
          onChange={(agencyId) => setFilters({ agencyId: agencyId ?? '' })}
          options={agencies}
        />
        <DayField label={text.day} hint={text.trial} value={day} onChange={setDay} />
        {day && (
          <Choice
            label={text.kind}
            required
            value={kind}
            onChange={(next) => next && setKind(next as Kind)}
            options={Object.entries(text.kinds).map(([value, label]) => ({ value, label }))}
          />
        )}
      </Fields>
      <ProblemAlert problem={preview.problem ?? problem} />
      <Section title={changes ? text.changes(changes.length) : text.table}>
        <DataTable
          label={text.table}
          rows={changes}
          columns={columns}
          rowKey={(row) => row.dossierId}
          empty={<p className="k-dimmed">{text.empty}</p>}
        />
      </Section>
      {changes && changes.length > 0 && (
        <Section title={text.apply}>
          {trial ? (
            <p>{text.trialOnly}</p>
          ) : (
            <>
              <Fields>
                <TextField
                  label={text.notice}
                  hint={text.noticeHint}
                  required
                  value={notice}
                  onChange={setNotice}
                  maxLength={500}
                />
              </Fields>
              <div className="d-actions">
                <Button onClick={() => void apply()} disabled={notice.trim().length < 5}>
                  {text.apply}
                </Button>
              </div>
            </>
          )}
        </Section>
      )}
    </>
  )
}
