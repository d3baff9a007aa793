import { Button, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Choice, Section, Toolbar, useFormat } from '../../../platform/web/index.ts'
import type { Breakdown, FigureId, FigureLine, FigureTable, RateId } from '../contract.ts'
import { columnsOf, nextSort, readSort, sortLines, type TableView, tableViews, valueOf } from './figures-view.ts'
import { NumberLink, RateLink } from './NumberLink.tsx'
import { rateIds, rateOf } from './rates-view.ts'
import { useCellKeys } from './use-cell-keys.ts'
import { useFiguresText, usePageText } from './use-figures-text.ts'

const shown = 30

/** The breakdowns that a reader chooses; by weekday and hour there is a chart. */
export const breakdowns = [
  'field',
  'procedure',
  'channel',
  'unit',
  'officer',
  'agency',
  'level',
  'month',
] as const satisfies readonly Breakdown[]

type Change = (change: { by?: string; view?: string; sort?: string }) => void

/** The figures by field, procedure, officer …: the balance again on every line, and other columns beside it. */
export function LinesTable({
  table,
  by,
  view,
  sort,
  onChange,
  onOnly,
}: {
  table: FigureTable
  by: (typeof breakdowns)[number]
  view: TableView
  sort: string
  onChange: Change
  /** Narrows the page to one line; undefined where the lines cannot be narrowed to. */
  onOnly: ((line: FigureLine) => void) | undefined
}) {
  const text = usePageText().lines
  const { breakdowns: names } = useFiguresText()
  return (
    <Section title={text.title(names[by])}>
      <Toolbar label={text.by}>
        <Choice
          label={text.by}
          required
          width="13rem"
          value={by}
          options={breakdowns.map((each) => ({ value: each, label: names[each] }))}
          onChange={(next) => onChange({ by: next ?? 'field', sort: '' })}
        />
        <SegmentedControl
          aria-label={text.view}
          value={view}
          onChange={(next) => onChange({ view: next, sort: '' })}
          data={tableViews.map((each) => ({ value: each, label: text.views[each] }))}
          transitionDuration={0}
        />
      </Toolbar>
      <Lines table={table} by={by} view={view} sort={sort} onChange={onChange} onOnly={onOnly} />
    </Section>
  )
}

type Head = { key: string; label: string; starts: boolean }

function Lines({ table, by, view, sort, onChange, onOnly }: Parameters<typeof LinesTable>[0]) {
  const text = usePageText().lines
  const { breakdowns: names } = useFiguresText()
  const format = useFormat()
  const cells = useCellKeys<HTMLTableElement>()
  const [isWhole, setWhole] = useState(false)
  const heads = useHeads(view)
  const lines = sortLines(table.lines, readSort(sort), measureOf(view, sort))
  const visible = isWhole ? lines : lines.slice(0, shown)
  const cell = (line: FigureLine, key: string) =>
    view === 'rates' ? (
      <RateLink
        rate={key as RateId}
        percent={rateOf(key as RateId, line.values).percent}
        line={line.key === null ? '' : `${by}:${line.key}`}
        where={line.key === null ? undefined : line.label}
        cell
      />
    ) : (
      <NumberLink
        figure={key as FigureId}
        value={valueOf(line.values, key as FigureId)}
        line={line.key === null ? '' : `${by}:${line.key}`}
        where={line.key === null ? undefined : line.label}
        cell
      />
    )
  return (
    <>
      <div className="f-scroll">
        <span id="f-keys" hidden>
          {text.keys}
        </span>
        <table ref={cells} className="f-table" aria-label={text.title(names[by])} aria-describedby="f-keys">
          <thead>
            {view !== 'rates' && (
              <tr>
                <SortHead by="name" sort={sort} onSort={onChange} rows={2}>
                  {names[by]}
                </SortHead>
                <GroupHeads view={view} />
              </tr>
            )}
            <tr>
              {view === 'rates' && (
                <SortHead by="name" sort={sort} onSort={onChange}>
                  {names[by]}
                </SortHead>
              )}
              {heads.map(({ key, label, starts }) => (
                <SortHead key={key} by={key} sort={sort} onSort={onChange} isNumber starts={starts}>
                  {label}
                </SortHead>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr data-total="">
              <th scope="row">{text.total}</th>
              {heads.map(({ key, starts }) => (
                <td key={key} data-number="" data-group-start={starts ? '' : undefined}>
                  {cell({ ...table.total, key: null }, key)}
                </td>
              ))}
            </tr>
            {visible.map((line) => (
              <tr key={line.key}>
                <th scope="row">
                  {onOnly && line.key !== null ? (
                    <button type="button" className="f-name" title={text.only(line.label)} onClick={() => onOnly(line)}>
                      {line.label}
                    </button>
                  ) : (
                    line.label
                  )}
                </th>
                {heads.map(({ key, starts }) => (
                  <td key={key} data-number="" data-group-start={starts ? '' : undefined}>
                    {cell(line, key)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {visible.length < lines.length && (
        <Button variant="subtle" className="k-more-rows" onClick={() => setWhole(true)}>
          {text.more(format.number(lines.length))}
        </Button>
      )}
    </>
  )
}

const measureOf = (view: TableView, sort: string) => {
  const rate = rateIds.find((each) => each === readSort(sort).by)
  return view === 'rates' && rate ? (line: FigureLine) => rateOf(rate, line.values).percent : undefined
}

function useHeads(view: TableView): Head[] {
  const { short, rates } = useFiguresText()
  if (view === 'rates') return rateIds.map((rate) => ({ key: rate, label: rates[rate].name, starts: false }))
  return columnsOf[view].flatMap(({ figures }) =>
    figures.map((figure, index) => ({ key: figure, label: short[figure], starts: index === 0 })),
  )
}

function GroupHeads({ view }: { view: Exclude<TableView, 'rates'> }) {
  const { groups } = usePageText().lines
  return columnsOf[view].map(({ group, figures }) => (
    <th key={group} scope="colgroup" colSpan={figures.length} data-group-start="">
      {groups[group as keyof typeof groups]}
    </th>
  ))
}

const signs = { ascending: '↑', descending: '↓' } as const

function SortHead({
  by,
  sort,
  onSort,
  isNumber = false,
  starts = false,
  rows,
  children,
}: {
  by: string
  sort: string
  onSort: Change
  isNumber?: boolean
  starts?: boolean
  rows?: number
  children: ReactNode
}) {
  const current = readSort(sort)
  const isSorted = current.by === by
  const order = current.down ? 'descending' : 'ascending'
  return (
    <th
      scope="col"
      rowSpan={rows}
      aria-sort={isSorted ? order : undefined}
      data-number={isNumber ? '' : undefined}
      data-group-start={starts ? '' : undefined}
    >
      <button type="button" className="f-sort" onClick={() => onSort({ sort: nextSort(sort, by) })}>
        {children}
        <span className="f-sort-sign" aria-hidden="true">
          {isSorted && signs[order]}
        </span>
      </button>
    </th>
  )
}
