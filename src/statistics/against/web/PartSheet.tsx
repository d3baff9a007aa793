import {
  type Column,
  DataTable,
  ProblemAlert,
  SideSheet,
  StatusBadge,
  useFormat,
  usePages,
} from '../../../platform/web/index.ts'
import type { FigureDossier } from '../../figures/contract.ts'
import { useFiguresText, wordOf } from '../../figures/web/use-figures-text.ts'
import { useAgainstText } from './use-against-text.ts'

type Opened = { report: string; line: string; figure: string }

/** The dossiers behind a number of ours. */
export function PartSheet({ onClose, ...opened }: Opened & { onClose: () => void }) {
  const text = useAgainstText()
  const { figures } = useFiguresText()
  const isOpen = opened.line !== '' && opened.figure !== ''
  return (
    <SideSheet opened={isOpen} onClose={onClose} title={isOpen ? wordOf(figures, opened.figure) : text.list}>
      {isOpen && <Dossiers key={JSON.stringify(opened)} {...opened} />}
    </SideSheet>
  )
}

type Answer = { items: FigureDossier[]; next: string | null }

function Dossiers({ report, line, figure }: Opened) {
  const text = useAgainstText()
  const { timeliness } = useFiguresText()
  const format = useFormat()
  const list = usePages<FigureDossier, Answer>(`/api/statistics/against/${report}/dossiers`, { line, figure })
  const columns: Column<FigureDossier>[] = [
    { key: 'code', head: text.code, width: '11rem', main: true, cell: ({ code }) => code },
    {
      key: 'procedure',
      head: text.procedure,
      grow: true,
      wrap: true,
      cell: ({ procedureName, receivedOn, finishedOn }) => (
        <span>
          {procedureName}
          <span className="a-place">{[receivedOn, finishedOn].map((day) => day && format.day(day)).join(' – ')}</span>
        </span>
      ),
    },
    {
      key: 'time',
      head: text.time,
      width: '7.5rem',
      cell: (item) =>
        item.timeliness === 'none' ? null : (
          <StatusBadge tone={item.timeliness.includes('late') ? 'late' : 'normal'}>
            {wordOf(timeliness, item.timeliness)}
          </StatusBadge>
        ),
    },
  ]
  return (
    <>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {!(list.problem && !list.items) && (
        <DataTable
          label={text.list}
          rows={list.items}
          columns={columns}
          rowKey={({ dossierId }) => dossierId}
          rowTo={({ dossierId }) => `/ho-so/${dossierId}`}
          onMore={list.more}
        />
      )}
    </>
  )
}
