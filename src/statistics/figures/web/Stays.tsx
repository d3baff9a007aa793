import {
  type Column,
  DataTable,
  EmptyState,
  ProblemAlert,
  StatusBadge,
  useFormat,
  usePages,
} from '../../../platform/web/index.ts'
import { type Asked, staysQuery } from './question-view.ts'
import { rounded } from './steps-view.ts'
import { useFiguresText, usePageText, wordOf } from './use-figures-text.ts'

type Stay = {
  dossierId: string
  ordinal: number
  code: string
  procedureName: string
  kind: string
  unit: string | null
  officer: string | null
  minutes: number
  late: boolean
  closedOn: string
}

/** The stays behind a number of the steps, the longest first; each leads to its dossier. */
export function Stays({ asked, line }: { asked: Asked; line: string }) {
  const text = usePageText()
  const list = usePages<Stay, { items: Stay[]; next: string | null }>(
    '/api/statistics/steps/dossiers',
    staysQuery(asked, line) ?? {},
  )
  const columns = useColumns()
  return (
    <>
      <p>{text.charts.steps.staysHint}</p>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {!(list.problem && !list.items) && (
        <DataTable
          label={text.sheet.list}
          rows={list.items}
          columns={columns}
          rowKey={(stay) => `${stay.dossierId} ${stay.ordinal}`}
          rowTo={(stay) => `/ho-so/${stay.dossierId}`}
          onMore={list.more}
          empty={<EmptyState title={text.sheet.empty} hint={text.sheet.emptyHint} />}
        />
      )}
    </>
  )
}

function useColumns(): Column<Stay>[] {
  const { sheet, charts } = usePageText()
  const { steps } = useFiguresText()
  const format = useFormat()
  return [
    { key: 'code', head: sheet.code, width: '10.5rem', main: true, cell: (stay) => stay.code },
    {
      key: 'procedure',
      head: sheet.procedure,
      grow: true,
      wrap: true,
      cell: ({ procedureName, kind, unit, officer, closedOn }) => (
        <span>
          {procedureName}
          <span className="f-behind-days">
            {[wordOf(steps, kind), officer ?? unit, `${sheet.finished} ${format.day(closedOn)}`]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      ),
    },
    {
      key: 'minutes',
      head: charts.steps.took,
      width: '8.5rem',
      wrap: true,
      cell: ({ minutes, late }) => (
        <span>
          {format.duration(rounded(minutes))} {late && <StatusBadge tone="late" />}
        </span>
      ),
    },
  ]
}
