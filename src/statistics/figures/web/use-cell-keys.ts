import { type RefObject, useEffect, useRef } from 'react'
import { nextCell } from './cell-keys.ts'

/** A table or chart of numbers is one stop of the Tab key; arrows, Home and End move among its links. */
export function useCellKeys<Element extends HTMLElement | SVGElement>(): RefObject<Element | null> {
  const ref = useRef<Element>(null)
  useEffect(() => {
    const element = ref.current
    if (!element) return undefined
    // After every drawing one of the links can be reached: where one was, or the first.
    const cells = cellsOf(element).flat()
    if (!cells.some(({ link }) => link.getAttribute('tabindex') === '0')) cells[0]?.link.setAttribute('tabindex', '0')
    const listener = (event: Event) => event instanceof KeyboardEvent && moveFocus(element, event)
    element.addEventListener('keydown', listener)
    return () => element.removeEventListener('keydown', listener)
  })
  return ref
}

function moveFocus(around: HTMLElement | SVGElement, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const rows = cellsOf(around)
  const row = rows.findIndex((cells) => cells.some(({ link }) => link === document.activeElement))
  const from = rows[row]?.find(({ link }) => link === document.activeElement)
  if (!from) return
  const to = nextCell(
    event.key,
    { row, column: from.column },
    rows.map((cells) => cells.map(({ column }) => column)),
  )
  const found = to && rows[to.row]?.find(({ column }) => column === to.column)
  if (!found) return
  event.preventDefault()
  from.link.setAttribute('tabindex', '-1')
  found.link.setAttribute('tabindex', '0')
  found.link.focus()
}

type Cell = { column: number; link: HTMLElement | SVGElement }

/** The links by rows: of a table its rows, of a chart its series (`data-marks`), whose columns are counted. */
function cellsOf(around: HTMLElement | SVGElement): Cell[][] {
  return [...around.querySelectorAll('tr, [data-marks]')].map((row) =>
    [...row.querySelectorAll<HTMLElement | SVGElement>('[data-cell]')].map((link, place) => ({
      column: columnOf(link) ?? place,
      link,
    })),
  )
}

/** Of two links in one cell the second stands half a column further. */
function columnOf(link: Element): number | undefined {
  const said = Number(link.getAttribute('data-cell') || Number.NaN)
  if (!Number.isNaN(said)) return said
  const cell = link.closest<HTMLTableCellElement>('td, th')
  return cell ? cell.cellIndex + (cell.querySelector('[data-cell]') === link ? 0 : 0.5) : undefined
}
