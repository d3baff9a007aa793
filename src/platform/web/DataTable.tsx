import { Button, Checkbox, Skeleton } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { arrivedBack, rememberedRow, rememberRow } from './arrival.ts'
import type { Tone } from './due-view.ts'
import { EmptyState, splitAddress } from './parts.tsx'
import { nextRow } from './table-keys.ts'
import { useKitText } from './text.tsx'

export type Column<Row> = {
  key: string
  head: string
  cell: (row: Row) => ReactNode
  /** Numbers and money stand at the right. */
  align?: 'left' | 'right'
  /** CSS width, e.g. `8rem`. */
  width?: string
  /** Takes what the others leave, and is cut where that is not enough; for long names. A number takes so many shares. */
  grow?: boolean | number
  /** Left out on a phone. */
  wideOnly?: boolean
  /** The column that carries the link of the row and heads its card on a phone; the first one when none says so. */
  main?: boolean
  /** Lets a long text take a second line instead of being cut. */
  wrap?: boolean
}

type DataTableProps<Row> = {
  /** Names the table for a screen reader. */
  label: string
  /** Undefined while loading. */
  rows: readonly Row[] | undefined
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Where a row leads, below `/can-bo`. */
  rowTo?: (row: Row) => string
  /** Instead of `rowTo`: what opening a row does. */
  onOpen?: (row: Row) => void
  rowTone?: (row: Row) => Tone
  empty?: ReactNode
  /** More rows are there: shows the button that fetches them. */
  onMore?: (() => void) | undefined
  /** Rows chosen for an action on all of them. */
  chosen?: { keys: ReadonlySet<string>; onChange: (keys: ReadonlySet<string>) => void }
}

/** The list of every page: 36-px rows, arrows move, Enter opens, cards on a phone; finds its place again on the way back. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, rowTo, onOpen, rowTone, empty, onMore, chosen } = props
  const text = useKitText()
  const navigate = useNavigate()
  const keysId = useId()
  const body = useRef<HTMLTableSectionElement>(null)
  const place = `${location.pathname}${location.search} ${label}`
  const [current, setCurrent] = useState(0)
  const main = columns.find((column) => column.main) ?? columns[0]
  const opens = rowTo !== undefined || onOpen !== undefined
  const count = rows?.length ?? 0

  useEffect(() => {
    if (!arrivedBack() || !rows) return
    const index = rows.findIndex((row) => rowKey(row) === rememberedRow(place))
    if (index >= 0) focusRow(body.current, index, setCurrent)
    // Only when the rows first arrive; afterwards the place is the reader's own.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [rows === undefined])

  if (rows && count === 0) return <>{empty ?? <EmptyState title={text.table.empty} />}</>

  const open = (row: Row) => {
    rememberRow(place, rowKey(row))
    if (onOpen) return onOpen(row)
    if (rowTo) {
      const { pathname, search } = splitAddress(rowTo(row))
      return void navigate({ to: pathname, search })
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextRow(event.key, current, count)
    if (next === undefined) return
    event.preventDefault()
    focusRow(body.current, next, setCurrent)
  }

  const onRowClick = (event: MouseEvent, row: Row) => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('a, button, input, label') || String(getSelection()) !== '') return
    if (event.ctrlKey || event.metaKey) return void (rowTo && window.open(`/can-bo${rowTo(row)}`, '_blank', 'noopener'))
    open(row)
  }

  const returnedTo = arrivedBack() ? rememberedRow(place) : undefined

  const mainCell = (row: Row, index: number, content: ReactNode) => {
    const shared = {
      className: 'k-row-link',
      'data-row': index + 1,
      // A sheet that opens with the page gives the focus to where one was in it.
      'data-autofocus': rowKey(row) === returnedTo ? true : undefined,
      tabIndex: index === Math.min(current, count - 1) ? 0 : -1,
      'aria-describedby': keysId,
      onFocus: () => setCurrent(index),
      onKeyDown,
    }
    if (rowTo) {
      const { pathname, search } = splitAddress(rowTo(row))
      return (
        <Link {...shared} to={pathname} search={search} onClick={() => rememberRow(place, rowKey(row))}>
          {content}
        </Link>
      )
    }
    if (onOpen)
      return (
        <button {...shared} type="button" onClick={() => open(row)}>
          {content}
        </button>
      )
    return content
  }

  const toggle = (key: string, on: boolean) => {
    const keys = new Set(chosen?.keys)
    if (on) keys.add(key)
    else keys.delete(key)
    chosen?.onChange(keys)
  }

  return (
    <div className="k-table-frame">
      {opens && (
        <span id={keysId} hidden>
          {text.table.keys}
        </span>
      )}
      <table className="k-table" aria-label={label} aria-busy={rows === undefined}>
        <thead>
          <tr>
            {chosen && (
              <th scope="col" className="k-choose">
                <Checkbox
                  size="xs"
                  aria-label={text.table.selectAll}
                  checked={count > 0 && rows?.every((row) => chosen.keys.has(rowKey(row))) === true}
                  indeterminate={chosen.keys.size > 0 && chosen.keys.size < count}
                  onChange={(event) => chosen.onChange(new Set(event.currentTarget.checked ? rows?.map(rowKey) : []))}
                />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.key}

                scope="col"
                data-align={column.align ?? 'left'}
                data-wide-only={column.wideOnly ? '' : undefined}
                style={widthOf(column, columns)}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows === undefined && <SkeletonRows columns={columns.length + (chosen ? 1 : 0)} />}
          {rows?.map((row, index) => {
            const key = rowKey(row)
            return (
              <tr
                key={key}

                data-tone={rowTone?.(row)}
                data-opens={opens ? '' : undefined}
                data-chosen={chosen?.keys.has(key) ? '' : undefined}
                onClick={opens ? (event) => onRowClick(event, row) : undefined}
              >
                {chosen && (
                  <td className="k-choose">
                    <Checkbox
                      size="xs"
                      aria-label={text.table.select(key)}
                      checked={chosen.keys.has(key)}
                      onChange={(event) => toggle(key, event.currentTarget.checked)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td
                    key={column.key}

                    data-label={column.head}
                    data-align={column.align ?? 'left'}
                    data-main={column === main ? '' : undefined}
                    data-wide-only={column.wideOnly ? '' : undefined}
                    data-wrap={column.wrap ? '' : undefined}
                    data-grow={column.grow ? '' : undefined}
                  >
                    {column === main ? mainCell(row, index, column.cell(row)) : column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
      {onMore && (
        <Button variant="subtle" className="k-more-rows" onClick={onMore}>
          {text.table.more}
        </Button>
      )}
    </div>
  )
}

function widthOf<Row>(column: Column<Row>, all: readonly Column<Row>[]): CSSProperties | undefined {
  const shares = (each: Column<Row>) => Number(each.grow ?? 0)
  if (column.grow) return { width: `${(100 * shares(column)) / all.reduce((sum, each) => sum + shares(each), 0)}%` }
  return column.width ? { width: column.width } : undefined
}

function SkeletonRows({ columns }: { columns: number }) {
  return [1, 2, 3, 4, 5, 6].map((row) => (
    <tr key={row}>
      <td colSpan={columns}>
        <Skeleton height={12} width={`${90 - row * 7}%`} animate={false} />
      </td>
    </tr>
  ))
}

function focusRow(body: HTMLElement | null, index: number, setCurrent: (index: number) => void): void {
  setCurrent(index)
  body?.querySelector<HTMLElement>(`[data-row="${index + 1}"]`)?.focus()
}
