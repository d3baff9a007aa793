import { type Column, DataTable, ProblemAlert, Section, useFormat, usePages } from '../../../platform/web/index.ts'
import type { FigureId } from '../contract.ts'
import { useChange } from './Balance.tsx'
import { NumberLink } from './NumberLink.tsx'
import { type Asked, dossiersQuery } from './question-view.ts'
import { useCellKeys } from './use-cell-keys.ts'
import { useFiguresText, usePageText } from './use-figures-text.ts'
import type { Statistics } from './use-statistics.ts'

type Moved = { figure: FigureId; before: number; after: number }
type Item = {
  dossierId: string
  code: string
  procedureName: string
  figures: Moved[]
  causes: { version: number; name: string; occurredAt: string; recordedAt: string; officer: string | null }[]
}
type Answer = { figures: Moved[]; items: Item[]; next: string | null }

/** What was learnt after the day that the reader asked for, and how it moved the figures: by which dossier, by what. */
export function Differences({ statistics }: { statistics: Statistics }) {
  const { asked, asOf } = statistics
  return asked && asOf && <Known asked={asked} asOf={asOf} />
}

function Known({ asked, asOf }: { asked: Asked; asOf: string }) {
  const text = usePageText().known
  const format = useFormat()
  const list = usePages<Item, Answer>('/api/statistics/differences', dossiersQuery(asked))
  const columns = useColumns()
  const moved = list.first?.figures ?? []
  const day = format.day(asOf)
  return (
    <Section title={text.title}>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {list.items && (
        <p className="k-note">{moved.length === 0 && list.items.length === 0 ? text.none(day) : text.what(day)}</p>
      )}
      {moved.length > 0 && <MovedTable moved={moved} />}
      {list.items && list.items.length > 0 && (
        <DataTable
          label={text.dossiers}
          rows={list.items}
          columns={columns}
          rowKey={(item) => item.dossierId}
          rowTo={(item) => `/ho-so/${item.dossierId}`}
          onMore={list.more}
        />
      )}
    </Section>
  )
}

function MovedTable({ moved }: { moved: readonly Moved[] }) {
  const text = usePageText().known
  const { figures, meanings } = useFiguresText()
  const said = useChange()
  const cells = useCellKeys<HTMLTableElement>()
  return (
    <div className="f-scroll f-moved">
      <table ref={cells} className="f-table" aria-label={text.title}>
        <thead>
          <tr>
            <th scope="col">{text.figure}</th>
            {[text.then, text.today, text.change].map((head) => (
              <th key={head} scope="col" data-number="">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moved.map(({ figure, before, after }) => (
            <tr key={figure}>
              <th scope="row" title={meanings[figure]}>
                {figures[figure]}
              </th>
              <td data-number="">
                <NumberLink figure={figure} value={before} where={text.then} cell />
              </td>
              <td data-number="">
                <NumberLink figure={figure} value={after} of="now" where={text.today} cell />
              </td>
              <td data-number="" className="k-dimmed">
                {said(after, before)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function useColumns(): Column<Item>[] {
  const text = usePageText().known
  const { figures } = useFiguresText()
  const format = useFormat()
  return [
    { key: 'dossier', head: text.dossier, width: '11rem', main: true, cell: (item) => item.code },
    {
      key: 'cause',
      head: text.cause,
      grow: 3,
      wrap: true,
      // Without an entry it is time alone that made a dossier overdue.
      cell: ({ causes }) =>
        causes.length === 0
          ? text.timePassed
          : causes.map(({ version, name, occurredAt, recordedAt, officer }) => (
              <span key={version} className="f-line">
                {name}
                <span className="k-dimmed">
                  {' '}
                  · {text.recorded(format.instant(recordedAt))}
                  {occurredAt !== recordedAt && `, ${text.occurred(format.instant(occurredAt))}`}
                  {officer && ` · ${officer}`}
                </span>
              </span>
            )),
    },
    {
      key: 'effect',
      head: text.effect,
      grow: 2,
      wrap: true,
      cell: (item) =>
        item.figures
          .map(
            ({ figure, before, after }) =>
              `${after > before ? '+' : '−'}${Math.abs(after - before)}\u00A0${figures[figure]}`,
          )
          .join('; '),
    },
    { key: 'procedure', head: text.procedure, grow: 2, wrap: true, wideOnly: true, cell: (item) => item.procedureName },
  ]
}
