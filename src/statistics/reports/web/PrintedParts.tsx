import { Fragment } from 'react'
import type { Opening } from '../rules/field.ts'
import {
  highestLevel,
  type Printed,
  type PrintedBlock,
  type PrintedRun,
  type PrintedTable,
  type TableCell,
} from '../rules/printed.ts'
import { useReportsText } from './use-reports-text.ts'

export type OnOpen = (opening: Opening) => void

/** Text with its numbers; each number that records stand behind opens them. */
export function RunsView({ runs, onOpen }: { runs: readonly PrintedRun[]; onOpen: OnOpen }) {
  const { editor, fields } = useReportsText()
  return runs.map((run, index) => {
    // Runs have no names of their own, and their order is what they are.
    // oxlint-disable-next-line react/no-array-index-key
    const key = index
    if (run.note !== undefined) {
      return (
        <sup key={key} className="r-note" aria-label={editor.noteMark(run.note)}>
          [{run.note}]
        </sup>
      )
    }
    const { opens, text } = run
    const still = run.live ? (
      <span className="r-still" title={fields.still}>
        {text}
      </span>
    ) : (
      text
    )
    const plain = opens ? <NumberButton text={text} opens={opens} onOpen={onOpen} /> : still
    const slanted = run.italic ? <em>{plain}</em> : plain
    return <Fragment key={key}>{run.bold ? <strong>{slanted}</strong> : slanted}</Fragment>
  })
}

function NumberButton({ text, opens, onOpen }: { text: string; opens: Opening; onOpen: OnOpen }) {
  const { fields } = useReportsText()
  return (
    <button type="button" className="r-field" aria-label={fields.open(text)} onClick={() => onOpen(opens)}>
      {text}
    </button>
  )
}

/** A table of figures, of a form or of dossiers, as it is printed. */
export function TableView({ table, onOpen }: { table: PrintedTable; onOpen: OnOpen }) {
  return (
    // A wide table is moved by keys as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="r-table" role="region" tabIndex={0} aria-label={table.caption}>
      <table data-small={table.small ? '' : undefined}>
        <caption>
          {table.number && <strong>{table.number}</strong>}
          <span>{table.caption}</span>
          {table.note && <em>{table.note}</em>}
        </caption>
        <thead>
          {table.head.map((cells, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              {cells.map((cell, at) => (
                <th
                  // oxlint-disable-next-line react/no-array-index-key
                  key={at}
                  scope={(cell.columns ?? 1) > 1 ? 'colgroup' : 'col'}
                  colSpan={cell.columns ?? 1}
                  rowSpan={cell.rows ?? 1}
                >
                  {cell.text}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.rows.map((cells, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              {cells.map((cell, at) => (
                // oxlint-disable-next-line react/no-array-index-key
                <BodyCell key={at} cell={cell} onOpen={onOpen} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.legend && <p className="r-legend">{table.legend}</p>}
    </div>
  )
}

function BodyCell({ cell, onOpen }: { cell: TableCell; onOpen: OnOpen }) {
  const { text, isHeader, align = 'left', bold, italic, opens } = cell
  const face = { 'data-align': align, 'data-bold': bold ? '' : undefined, 'data-italic': italic ? '' : undefined }
  if (isHeader) {
    return (
      <th scope="row" {...face}>
        {text}
      </th>
    )
  }
  return <td {...face}>{opens && text !== '0' ? <NumberButton text={text} opens={opens} onOpen={onOpen} /> : text}</td>
}

/** National title, authority, number, place and day. */
export function Letterhead({ head }: { head: Printed['head'] }) {
  const { letterhead } = useReportsText()
  return (
    <div className="r-letterhead" lang="vi">
      <div>
        {head.parent && <p className="r-parent">{head.parent}</p>}
        <p className="r-agency">{head.agency}</p>
        <p>
          {letterhead.number} {head.number}
        </p>
      </div>
      <div>
        <p className="r-state">{letterhead.state}</p>
        <p className="r-motto">{letterhead.motto}</p>
        <p className="r-date">
          {head.place}, {head.date}
        </p>
      </div>
    </div>
  )
}

export function Closing({ signature, recipients }: Pick<Printed, 'signature' | 'recipients'>) {
  const { letterhead } = useReportsText()
  return (
    <div className="r-closing" lang="vi">
      <div className="r-recipients">
        {recipients.length > 0 && (
          <>
            <p>{letterhead.recipients}</p>
            <ul>
              {recipients.map((line) => (
                <li key={line}>{line};</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className="r-signature">
        {signature.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p className="r-name">{signature.name}</p>
      </div>
    </div>
  )
}

export const headingTags = ['h2', 'h3', 'h4'] as const

/** A finished paper on the screen. */
export function PrintedView({ paper, onOpen }: { paper: Printed; onOpen: OnOpen }) {
  return (
    <article className="r-paper" lang="vi">
      {paper.mark && <p className="r-mark">{paper.mark}</p>}
      <Letterhead head={paper.head} />
      <p className="r-title">
        <span>{paper.title}</span>
        {paper.subject}
      </p>
      {paper.blocks.map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <BlockView key={index} block={block} highest={highestLevel(paper.blocks)} onOpen={onOpen} />
      ))}
      <Closing {...paper} />
    </article>
  )
}

function BlockView({ block, highest, onOpen }: { block: PrintedBlock; highest: number; onOpen: OnOpen }) {
  switch (block.kind) {
    case 'heading': {
      const Level = headingTags[block.level - highest] ?? 'h4'
      return (
        <Level>
          {block.number} {block.text}
        </Level>
      )
    }
    case 'paragraph':
      return (
        <p className="r-paragraph">
          {block.marker && `${block.marker} `}
          <RunsView runs={block.runs} onOpen={onOpen} />
        </p>
      )
    case 'table':
      return <TableView table={block} onOpen={onOpen} />
    case 'page-break':
      return <hr />
  }
}
