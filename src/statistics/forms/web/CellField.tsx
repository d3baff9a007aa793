import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { ApiProblem } from '../../../platform/web/index.ts'
import { useFormat, worded } from '../../../platform/web/index.ts'
import type { Cell, Entry, FormRow } from '../contract.ts'
import { cellId, neighbour, readNumber } from './report-view.ts'
import { useFormText } from './use-form-text.ts'

export type SaveCells = (entries: readonly Entry[]) => Promise<ApiProblem | undefined>

type CellFieldProps = {
  form: string
  row: FormRow
  cell: Cell
  /** Written beside the number where nothing was written yet. */
  evidence: string
  save: SaveCells
}

/** A cell that a person fills: one number, or numerator and denominator of a percentage. Enter goes down the column. */
export function CellField(props: CellFieldProps) {
  return props.row.source.kind === 'entered-ratio' ? <RatioField {...props} /> : <ValueField {...props} />
}

function ValueField({ form, row, cell, evidence, save }: CellFieldProps) {
  const text = useFormText()
  const words = text.web
  const [wrong, setWrong] = useState<string | null>(null)
  const errorId = useId()
  const chosen = row.choices?.find(({ value }) => value === cell.value)

  async function commit(typed: string): Promise<boolean> {
    const value = readNumber(typed)
    const isWhole = value === undefined || value === null || row.type === 'money' || Number.isInteger(value)
    setWrong(value === undefined ? words.wrongNumber : isWhole ? null : words.wrongWhole) // oxlint-disable-line no-nested-ternary
    if (value === undefined || !isWhole || value === cell.value) return false
    const problem = await save([
      { form, row: row.code, value, ...revisionOf(cell), ...evidenceOf(cell, evidence, value) },
    ])
    setWrong(problem ? worded(problem, text.refusals).detail : null)
    return problem === undefined
  }

  return (
    <span className="rf-field">
      <NumberInput
        id={cellId(form, row.code)}
        label={words.valueOf(row.code, row.label)}
        value={cell.value}
        wrong={wrong !== null}
        errorId={errorId}
        onCommit={commit}
      />
      {chosen && <span className="rf-chosen">{chosen.label}</span>}
      {wrong !== null && (
        <span id={errorId} role="alert" className="rf-wrong">
          {wrong}
        </span>
      )}
    </span>
  )
}

function RatioField({ form, row, cell, evidence, save }: CellFieldProps) {
  const text = useFormText()
  const words = text.web
  const errorId = useId()
  const [parts, setParts] = useState<{ numerator?: string; denominator?: string }>({})
  const [wrong, setWrong] = useState<string | null>(null)

  async function commit(change: { numerator?: string; denominator?: string }): Promise<boolean> {
    const typed = { ...parts, ...change }
    setParts(typed)
    const numerator = typed.numerator === undefined ? (cell.numerator ?? null) : readNumber(typed.numerator)
    const denominator = typed.denominator === undefined ? (cell.denominator ?? null) : readNumber(typed.denominator)
    const isRead = numerator !== undefined && denominator !== undefined
    setWrong(isRead ? null : words.wrongNumber)
    if (!isRead || (numerator === null) !== (denominator === null)) return false
    if (numerator === (cell.numerator ?? null) && denominator === (cell.denominator ?? null)) return false
    const entry = { form, row: row.code, numerator, denominator, ...revisionOf(cell) }
    const problem = await save([{ ...entry, ...evidenceOf(cell, evidence, numerator) }])
    if (!problem) setParts({})
    setWrong(problem ? worded(problem, text.refusals).detail : null)
    return problem === undefined
  }

  const half = (typed: string | undefined, other: number | null | undefined) =>
    typed !== undefined && typed.trim() !== '' && (other ?? null) === null
  const waits =
    (half(parts.numerator, cell.denominator) && !parts.denominator) ||
    (half(parts.denominator, cell.numerator) && !parts.numerator)
  return (
    <span className="rf-field">
      <span className="rf-ratio">
        <NumberInput
          id={cellId(form, row.code)}
          label={`${words.numerator}: ${words.valueOf(row.code, row.label)}`}
          value={cell.numerator ?? null}
          wrong={wrong !== null}
          errorId={errorId}
          onCommit={(numerator) => commit({ numerator })}
        />
        <span aria-hidden="true">/</span>
        <NumberInput
          id={`${cellId(form, row.code)}-mau`}
          label={`${words.denominator}: ${words.valueOf(row.code, row.label)}`}
          value={cell.denominator ?? null}
          wrong={wrong !== null}
          errorId={errorId}
          onCommit={(denominator) => commit({ denominator })}
        />
      </span>
      {waits && <span className="rf-chosen">{words.bothParts}</span>}
      {wrong !== null && (
        <span id={errorId} role="alert" className="rf-wrong">
          {wrong}
        </span>
      )}
    </span>
  )
}

const revisionOf = ({ revision }: Cell) => (revision === undefined ? {} : { revision })

/** What stands in the cell already is kept; a cell that is emptied gets nothing new. */
const evidenceOf = (cell: Cell, evidence: string, value: number | null) =>
  value === null || cell.evidence?.trim() || evidence.trim() === '' ? {} : { evidence: evidence.trim() }

function NumberInput({
  id,
  label,
  value,
  wrong,
  errorId,
  onCommit,
}: {
  id: string
  label: string
  value: number | null
  wrong: boolean
  errorId: string
  /** Says whether it was taken. */
  onCommit: (typed: string) => Promise<boolean>
}) {
  const format = useFormat()
  const [typed, setTyped] = useState<string | null>(null)
  const [shown, setShown] = useState(value)
  // What the server says counts, unless somebody is typing here.
  if (shown !== value) {
    setShown(value)
    setTyped(null)
  }

  // What is on its way is not sent again when the field is left a second time.
  const sent = useRef<string | null>(null)
  const finish = () => {
    if (typed === null || sent.current === typed) return
    sent.current = typed
    void onCommit(typed).then((taken) => {
      if (!taken) sent.current = null
    })
    if (readNumber(typed) === value) setTyped(null)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = stepOf(event.key)
    if (step === undefined) {
      if (event.key === 'Escape') setTyped(null)
      return
    }
    event.preventDefault()
    const table = event.currentTarget.closest('table')
    const fields = [...(table?.querySelectorAll<HTMLInputElement>('input[data-cell]') ?? [])]
    const next = neighbour(fields, event.currentTarget, step)
    // Leaving the field sends what stands in it.
    if (!(next instanceof HTMLInputElement)) return finish()
    next.focus()
    next.select()
  }

  return (
    <input
      id={id}
      className="rf-input"
      data-cell=""
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={wrong}
      aria-describedby={wrong ? errorId : undefined}
      value={typed ?? (value === null ? '' : format.number(value))}
      onChange={(event) => {
        sent.current = null
        setTyped(event.currentTarget.value)
      }}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={finish}
      onKeyDown={onKeyDown}
    />
  )
}

function stepOf(key: string): 1 | -1 | undefined {
  if (key === 'Enter' || key === 'ArrowDown') return 1
  return key === 'ArrowUp' ? -1 : undefined
}
