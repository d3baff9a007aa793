import { writeNumber } from '../../../platform/money.ts'
import type { Day } from '../../../platform/day.ts'
import type { FigureId } from '../../figures/contract.ts'
import type { FormRow } from '../../forms/contract.ts'
import type { Field, Measure, PeriodRole } from '../contract.ts'
import { cellOf, measureOf, periodOf, type Facts } from './facts.ts'
import { writePercent, writeCount } from './numbers.ts'

/** The records behind a number, for the side sheet. */
export type Opening = {
  figures: readonly FigureId[]
  from: Day
  to: Day
  /** Line of a breakdown, as the filter of the list understands it. */
  line?: { by: string; key: string }
}

/** A field with its value put in. `value` is null where there is nothing to count. */
export type FieldValue = { text: string; value: number | null; opens: Opening | null }

/** What a field says now. */
export function valueOf(field: Field, facts: Facts): FieldValue {
  switch (field.of) {
    case 'count':
      return counted(facts, field.role, field.measure)
    case 'share':
      return shared(facts, field)
    case 'change':
      return changed(facts, field)
    case 'cell':
      return ofForm(facts, field.form, field.row)
  }
}

/** Stands where a number is not known: seen at once, and never mistaken for zero. */
export const UNKNOWN = '……'

function counted(facts: Facts, role: PeriodRole, measure: Measure): FieldValue {
  const value = measureOf(facts, role, measure)
  return { text: value === null ? UNKNOWN : writeCount(value), value, opens: opening(facts, role, measure) }
}

function shared(facts: Facts, { part, whole, role }: Field & { of: 'share' }): FieldValue {
  const [above, below] = [measureOf(facts, role, part), measureOf(facts, role, whole)]
  if (above === null || below === null) return { text: UNKNOWN, value: null, opens: null }
  const text = writePercent(above, below)
  const opens = opening(facts, role, part)
  if (text === null) return { text: 'không phát sinh', value: null, opens }
  return { text: `${text}%`, value: (above / below) * 100, opens }
}

const against = ({ unit }: Facts, role: PeriodRole): string =>
  role === 'last-year' ? 'cùng kỳ năm trước' : `${unit} trước`

/** `tăng 12 hồ sơ (tăng 3,1%) so với cùng kỳ năm trước` */
function changed(facts: Facts, { measure, against: role }: Field & { of: 'change' }): FieldValue {
  const [now, then] = [measureOf(facts, 'current', measure), measureOf(facts, role, measure)]
  const opens = opening(facts, role, measure)
  const earlier = against(facts, role)
  if (now === null || then === null) return { text: `chưa có số liệu của ${earlier}`, value: null, opens }
  const value = now - then
  if (now === 0 && then === 0) return { text: `${earlier} cũng không phát sinh`, value, opens }
  if (value === 0) return { text: `không thay đổi so với ${earlier}`, value, opens }
  if (then === 0) return { text: `${earlier} không phát sinh`, value, opens }
  const [verb, size] = value > 0 ? ['tăng', value] : ['giảm', -value]
  const percent = writePercent(size, then) ?? ''
  return { text: `${verb} ${writeCount(size)} hồ sơ (${verb} ${percent}%) so với ${earlier}`, value, opens }
}

function ofForm(facts: Facts, form: string, row: string): FieldValue {
  const found = cellOf(facts, form, row)
  if (!found || found.cell.state === 'blank') return { text: UNKNOWN, value: null, opens: null }
  const { cell, definition } = found
  const opens = cell.source === 'records' ? cellOpening(facts, definition) : null
  if (cell.state === 'none-arose' || cell.value === null) return { text: 'không phát sinh', value: null, opens }
  const choice = definition.choices?.find(({ value }) => value === cell.value)
  if (definition.type === 'enum' && choice) return { text: choice.label, value: cell.value, opens }
  if (definition.type === 'percent') return { text: `${writeNumber(cell.value)}%`, value: cell.value, opens }
  return { text: writeCount(cell.value), value: cell.value, opens }
}

/** A cell that is a figure of the whole period opens its dossiers here; the others open on the page of the forms. */
const cellOpening = ({ current }: Facts, { source, cumulative }: FormRow): Opening | null =>
  source.kind === 'figure' && !source.filter && !source.procedures && !cumulative
    ? { figures: [source.figure, ...(source.plus ?? [])], from: current.from, to: current.to }
    : null

function opening(facts: Facts, role: PeriodRole, { figures, line }: Measure): Opening | null {
  const period = periodOf(facts, role)
  return period && { figures, from: period.from, to: period.to, ...(line && { line }) }
}

/** The same field has the same name, wherever it stands. */
export const fieldName = (field: Field): string => JSON.stringify(field, Object.keys(flat(field)).toSorted())

// Every key that occurs anywhere in a field, so that the order of keys does not matter.
const flat = (value: unknown): Record<string, true> =>
  typeof value !== 'object' || value === null
    ? {}
    : Object.assign({}, ...Object.entries(value).map(([key, part]) => ({ [key]: true, ...flat(part) })))
