import {
  type Column,
  DataTable,
  Section,
  Timeline,
  type TimelineEntry,
  useApi,
  useFormat,
} from '../../../platform/web/index.ts'
import type { ReportChangeWord, ReportReply } from '../contract.ts'
import type { Difference } from '../rules/compare.ts'
import { useFormText } from './use-form-text.ts'

type Change = { changeId: number; what: ReportChangeWord; details: Record<string, unknown>; by: string; at: string }

/** Who did what to the report, newest first. */
export function Story({ report: { reportId } }: { report: ReportReply }) {
  const text = useFormText()
  const words = text.web
  const format = useFormat()
  const { data } = useApi<Change[]>(`/api/reports/${reportId}/history`)
  if (!data || data.length === 0) return null
  const entries = data.map(({ changeId, what, details, by, at }): TimelineEntry => {
    const { reason, cells } = details
    const more = [
      typeof reason === 'string' ? reason : '',
      Array.isArray(cells) ? words.historyCells(cells.length) : '',
    ].filter(Boolean)
    return {
      key: String(changeId),
      when: format.instant(at),
      title: text.changes[what],
      who: by,
      ...(more.length > 0 ? { detail: more.join('; ') } : {}),
    }
  })
  return (
    <details className="rf-story">
      <summary>{words.history}</summary>
      <Timeline label={words.history} entries={entries} />
    </details>
  )
}

type Differences = { knownAt: string; now: string; cells: Difference[] }

/** What was learnt after the lock. */
export function LaterKnowledge({ report }: { report: ReportReply }) {
  const words = useFormText().web
  const format = useFormat()
  const { data } = useApi<Differences>(
    report.state === 'locked' && report.basis === 'own' ? `/api/reports/${report.reportId}/differences` : null,
  )
  if (!data) return null
  if (data.cells.length === 0) return <p className="k-note">{words.noDifferences}</p>
  const numberOf = (form: string) =>
    report.forms.find(({ definition }) => definition.form === form)?.definition.number ?? form
  const write = (value: number | null) => (value === null ? '–' : format.number(value))
  const columns: Column<Difference>[] = [
    {
      key: 'row',
      head: words.row,
      main: true,
      grow: true,
      wrap: true,
      cell: ({ form, row, label, column }) =>
        [numberOf(form), row === 'total' ? '' : row, label, column === null ? '' : words.column(column)]
          .filter(Boolean)
          .join(' · '),
    },
    { key: 'before', head: words.lockedValue, align: 'right', width: '7rem', cell: ({ before }) => write(before) },
    { key: 'after', head: words.nowValue, align: 'right', width: '7rem', cell: ({ after }) => write(after) },
  ]
  return (
    <Section title={words.differences}>
      <p className="k-note">{words.differencesNote(format.instant(data.now))}</p>
      <DataTable
        label={words.differences}
        rows={data.cells}
        columns={columns}
        rowKey={({ form, row, column }) => `${form} ${row} ${column ?? ''}`}
      />
    </Section>
  )
}
