import { Link, useSearch } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import { useFormat } from '../../../platform/web/index.ts'
import type { FigureId, RateId } from '../contract.ts'
import { toneOf } from './figures-view.ts'
import { type Opened, stays, writeOpened } from './opened-view.ts'
import { useFiguresText, usePageText } from './use-figures-text.ts'

/** The address of this page with the side sheet of a number open; what is not said is dropped. */
export function useOpening(): (opened: Partial<Opened> & Pick<Opened, 'figure'>) => Record<string, string> {
  const search: Record<string, unknown> = useSearch({ strict: false })
  return (opened) => {
    const next = { ...search, ...writeOpened({ line: '', of: '', ...opened }) }
    return Object.fromEntries(
      Object.entries(next).flatMap(([key, value]) => (typeof value === 'string' && value !== '' ? [[key, value]] : [])),
    )
  }
}

/** One number; it opens the dossiers behind it. Nothing lies behind a zero. */
export function NumberLink({
  figure,
  value,
  line = '',
  of = '',
  where,
  cell = false,
}: Partial<Omit<Opened, 'figure'>> & {
  figure: FigureId
  value: number
  /** The name of the line, for who hears the page. */
  where?: string | undefined
  /** One of many in a table, reached by arrows. */
  cell?: boolean
}) {
  const text = useFiguresText()
  const words = usePageText()
  const format = useFormat()
  const opening = useOpening()
  if (value === 0) return <span className="k-dimmed">0</span>
  return (
    <Link
      to="."
      search={opening({ figure, line, of })}
      resetScroll={false}
      className="f-number"
      data-tone={toneOf(figure, value)}
      {...(cell ? { 'data-cell': '', tabIndex: -1 } : {})}
    >
      {format.number(value)}
      <span className="f-said"> {words.opens(text.figures[figure], where)}</span>
    </Link>
  )
}

/** A rate; it opens the numbers that it is made of. */
export function RateLink({
  rate,
  percent,
  line = '',
  of = '',
  where,
  cell = false,
}: Partial<Omit<Opened, 'figure'>> & {
  rate: RateId
  /** Null where nothing arose. */
  percent: number | null
  where?: string | undefined
  cell?: boolean
}) {
  const { rates, noneArose } = useFiguresText()
  const words = usePageText()
  const format = useFormat()
  const opening = useOpening()
  if (percent === null) return <span className="k-dimmed">{noneArose}</span>
  return (
    <Link
      to="."
      search={opening({ figure: rate, line, of })}
      resetScroll={false}
      className="f-number"
      {...(cell ? { 'data-cell': '', tabIndex: -1 } : {})}
    >
      {format.percent(percent, 2)}
      <span className="f-said"> {words.rates.opens(rates[rate].name, where)}</span>
    </Link>
  )
}

/** So many stays in a step, with a unit or an officer; it opens them. */
export function StaysLink({
  count,
  line,
  where,
  cell = false,
}: {
  count: number
  line: string
  where: string
  cell?: boolean
}) {
  const { steps } = usePageText().charts
  const format = useFormat()
  const opening = useOpening()
  return (
    <Link
      to="."
      search={opening({ figure: stays, line })}
      resetScroll={false}
      className="f-number"
      {...(cell ? { 'data-cell': '', tabIndex: -1 } : {})}
    >
      {format.number(count)}
      <span className="f-said"> {`${steps.stays}: ${where}`}</span>
    </Link>
  )
}

/** A mark of a chart that opens the dossiers behind it; `column` is its place where marks of a row are missing. */
export function MarkLink({
  figure,
  line,
  label,
  column,
  className,
  style,
  children,
}: {
  figure: Opened['figure']
  line: string
  label: string
  column?: number
  className?: string
  style?: CSSProperties
  children?: ReactNode
}) {
  const opening = useOpening()
  return (
    <Link
      to="."
      search={opening({ figure, line })}
      resetScroll={false}
      aria-label={label}
      data-cell={column ?? ''}
      tabIndex={-1}
      {...(className ? { className } : {})}
      {...(style ? { style } : {})}
    >
      {children}
    </Link>
  )
}
