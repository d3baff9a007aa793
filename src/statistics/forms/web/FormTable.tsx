import { ActionIcon, Tooltip } from '@mantine/core'
import { Icon, useFormat } from '../../../platform/web/index.ts'
import type { Cell, FilledForm, FormRow } from '../contract.ts'
import { CellField, type SaveCells } from './CellField.tsx'
import { cellId, compareCell, depthOf, isTyped } from './report-view.ts'
import { useFormText } from './use-form-text.ts'

export type OpenedPlace = { form: string; row?: string; line?: string; column?: number }

type FormTableProps = {
  form: FilledForm
  /** Left out: nobody writes. */
  writing?: { save: SaveCells; evidence: string; onEvidence: (row: FormRow, cell: Cell) => void } | undefined
  onOpen?: ((place: OpenedPlace) => void) | undefined
  /** The same form of another report. */
  compared?: FilledForm | undefined
  /** Rows that a check found fault with. */
  marked?: ReadonlyMap<string, 'blocking' | 'warning'> | undefined
}

/** A form of rows as it is printed; here one reads and writes in it. */
export function FormTable(props: FormTableProps) {
  const { form, compared } = props
  const words = useFormText().web
  const { definition, cells } = form
  const cellOf = new Map(cells.map((cell) => [cell.row, cell]))
  return (
    <div className="rf-frame">
      <table className="rf-table" data-compared={compared ? '' : undefined}>
        <caption>
          <span className="rf-number">{definition.number}</span>
          <span className="rf-title">{definition.title}</span>
          {definition.note && <span className="rf-note">({definition.note})</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col" className="rf-code">
              {words.heads.number}
            </th>
            <th scope="col">{words.heads.indicator}</th>
            <th scope="col" className="rf-unit">
              {words.heads.unit}
            </th>
            <th scope="col" className="rf-value">
              {words.heads.value}
            </th>
            {compared && (
              <>
                <th scope="col" className="rf-was">
                  {words.was}
                </th>
                <th scope="col" className="rf-was">
                  {words.change}
                </th>
              </>
            )}
            <th scope="col" className="rf-source">
              {words.heads.source}
            </th>
          </tr>
        </thead>
        <tbody>
          {definition.rows.map((row) => {
            const cell = cellOf.get(row.code)
            return cell ? <Row key={row.code} row={row} cell={cell} {...props} /> : null
          })}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row, cell, form, writing, onOpen, compared, marked }: FormTableProps & { row: FormRow; cell: Cell }) {
  const words = useFormText().web
  const mark = marked?.get(row.code)
  const mayType = writing && isTyped(row) && cell.source === 'manual'
  return (
    <tr data-type={row.type} data-mark={mark} data-manual={cell.source === 'manual' ? '' : undefined}>
      <td className="rf-code">{row.code}.</td>
      <th scope="row" className="rf-label" data-depth={depthOf(row.code)} data-italic={row.italic ? '' : undefined}>
        {row.label}
        {row.hint && <span className="rf-small"> ({row.hint})</span>}
      </th>
      <td className="rf-unit">
        {row.choices
          ? row.choices.map(({ value, label }) => <span key={value}>{`${label} = ${value}`}</span>)
          : row.unit}
      </td>
      <td className="rf-value">
        {mayType ? (
          <CellField
            form={form.definition.form}
            row={row}
            cell={cell}
            evidence={writing.evidence}
            save={writing.save}
          />
        ) : (
          <Value form={form.definition.form} row={row} cell={cell} onOpen={onOpen} />
        )}
        {mayType && row.source.kind === 'entered-ratio' && <Percent cell={cell} />}
      </td>
      {compared && <Compared cell={cell} other={compared.cells.find((each) => each.row === row.code)} />}
      <td className="rf-source">
        <Source row={row} cell={cell} />
        {mayType && cell.state !== 'blank' && (
          <Tooltip label={words.editEvidence(row.code)}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.editEvidence(row.code)}
              onClick={() => writing.onEvidence(row, cell)}
            >
              <Icon name="edit" />
            </ActionIcon>
          </Tooltip>
        )}
      </td>
    </tr>
  )
}

function Value({
  form,
  row,
  cell,
  onOpen,
}: {
  form: string
  row: FormRow
  cell: Cell
  onOpen: FormTableProps['onOpen']
}) {
  const words = useFormText().web
  const format = useFormat()
  if (cell.source === 'heading' && cell.state !== 'not-applicable') return null
  if (cell.state === 'not-applicable') return <span className="k-dimmed">– {words.notApplicable}</span>
  if (cell.state === 'none-arose') return <em>{words.noneArose}</em>
  if (cell.state === 'blank' || cell.value === null)
    return (
      <span id={cellId(form, row.code)} tabIndex={-1} className="k-dimmed">
        {words.blank}
      </span>
    )
  const written = format.number(cell.value)
  if (cell.source === 'records' && onOpen && cell.value > 0)
    return (
      <button
        type="button"
        id={cellId(form, row.code)}
        className="rf-opens"
        onClick={() => onOpen({ form, row: row.code })}
      >
        {written}
        <span className="rf-said">
          {' '}
          {words.opens}: {row.label}
        </span>
      </button>
    )
  const chosen = row.choices?.find(({ value }) => value === cell.value)
  return (
    <span id={cellId(form, row.code)} tabIndex={-1}>
      {written}
      {cell.source !== 'computed' && row.type === 'percent' && <Parts cell={cell} />}
      {chosen && <span className="rf-chosen">{chosen.label}</span>}
    </span>
  )
}

function Percent({ cell }: { cell: Cell }) {
  const words = useFormText().web
  const format = useFormat()
  if (cell.state === 'none-arose') return <em className="rf-chosen">{words.noneArose}</em>
  return cell.value === null ? null : <span className="rf-chosen">= {format.number(cell.value)} %</span>
}

function Parts({ cell: { numerator, denominator } }: { cell: Cell }) {
  const format = useFormat()
  if (typeof numerator !== 'number' || typeof denominator !== 'number') return null
  return <span className="rf-chosen">{`${format.number(numerator)}/${format.number(denominator)}`}</span>
}

function fromOf(kind: FormRow['source']['kind'], words: ReturnType<typeof useFormText>['web']): string {
  if (kind === 'catalogue') return words.fromCatalogue
  if (kind === 'payment') return words.fromPayments
  return kind === 'survey' ? words.fromSurveys : words.fromRecords
}

/** Where the number comes from: the records, the form itself, or a person with evidence. */
function Source({ row, cell }: { row: FormRow; cell: Cell }) {
  const words = useFormText().web
  const format = useFormat()
  if (cell.source === 'heading') return null
  if (cell.source === 'records') return <span>{fromOf(row.source.kind, words)}</span>
  if (cell.source === 'computed') return <span>{words.computed}</span>
  if (cell.source === 'units') return <span>{words.fromUnits(cell.note ?? '')}</span>
  if (cell.state === 'blank') return <span className="k-dimmed">{words.byHand}</span>
  const said = [cell.evidence, cell.reason, cell.note].filter((each) => each?.trim())
  return (
    <span>
      {said.length > 0 ? said.join('; ') : <span className="rf-missing">{words.noEvidence}</span>}
      {cell.enteredBy && cell.enteredAt && (
        <span className="rf-small"> {words.by(cell.enteredBy, format.instant(cell.enteredAt))}</span>
      )}
    </span>
  )
}

function Compared({ cell, other }: { cell: Cell; other: Cell | undefined }) {
  const words = useFormText().web
  const format = useFormat()
  const { value, change } = compareCell(cell, other)
  const sign = change !== null && change > 0 ? '+' : ''
  return (
    <>
      <td className="rf-was">
        {other?.state === 'none-arose' ? words.noneArose : value !== null && format.number(value)}
      </td>
      <td className="rf-was">{change !== null && change !== 0 && `${sign}${signed(change, format.number)}`}</td>
    </>
  )
}

const signed = (value: number, write: (value: number) => string): string =>
  value < 0 ? `−${write(-value)}` : write(value)
