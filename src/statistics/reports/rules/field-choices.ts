import type { FigureId } from '../../figures/contract.ts'
import type { Field, PeriodRole } from '../contract.ts'
import type { Facts } from './facts.ts'
import { cell, change, count, share } from './sentence.ts'

/** A number that an officer may put into the text, with what its name is made of. */
export type FieldChoice = {
  field: Field
  group: 'figures' | 'shares' | 'changes' | 'lines' | 'forms'
  /** Figures whose names make up the label; of a share the part, then the whole. */
  figures: FigureId[]
  role: PeriodRole
  /** Name of a line, or code and label of a row. */
  label: string | null
}

const usual: readonly FigureId[] = [
  'received',
  'received-online',
  'received-counter',
  'received-post',
  'carried',
  'resolved',
  'resolved-early',
  'resolved-on-time',
  'resolved-late',
  'open',
  'open-in-time',
  'open-overdue',
  'withdrawn',
  'stopped',
  'closed',
  'apologised',
  'supplemented',
  'extended',
  'not-received',
  'digitised',
  'electronic-result',
]

const shares: readonly (readonly [FigureId, FigureId])[] = [
  ['received-online', 'received'],
  ['received-counter', 'received'],
  ['received-post', 'received'],
  ['resolved-early', 'resolved'],
  ['resolved-on-time', 'resolved'],
  ['resolved-late', 'resolved'],
  ['digitised', 'received'],
  ['electronic-result', 'resolved'],
]

/** Everything that can be put in, the usual first. */
export function fieldChoices(facts: Facts): FieldChoice[] {
  const roles: PeriodRole[] = [
    'current',
    ...(facts.previous ? (['previous'] as const) : []),
    ...(facts.lastYear ? (['last-year'] as const) : []),
  ]
  return [
    ...usual.map((id): FieldChoice => ({
      field: count(id),
      group: 'figures',
      figures: [id],
      role: 'current',
      label: null,
    })),
    {
      field: share(['resolved-early', 'resolved-on-time'], 'resolved'),
      group: 'shares',
      figures: ['resolved-early', 'resolved-on-time', 'resolved'],
      role: 'current',
      label: null,
    },
    ...shares.map(([part, whole]): FieldChoice => ({
      field: share(part, whole),
      group: 'shares',
      figures: [part, whole],
      role: 'current',
      label: null,
    })),
    ...roles.slice(1).flatMap((role) =>
      usual.slice(0, 12).flatMap((id): FieldChoice[] => [
        { field: change(id, role), group: 'changes', figures: [id], role, label: null },
        { field: count(id, { role }), group: 'changes', figures: [id], role, label: null },
      ]),
    ),
    ...(['level', 'agency', 'field'] as const).flatMap((by) =>
      (facts.current.lines[by] ?? []).flatMap(({ key, label, values }) =>
        usual
          .slice(0, 12)
          .filter((id) => (values[id] ?? 0) > 0)
          .map((id): FieldChoice => ({
            field: count(id, { line: { by, key } }),
            group: 'lines',
            figures: [id],
            role: 'current',
            label,
          })),
      ),
    ),
    ...facts.forms.flatMap(({ definition, cells }) =>
      definition.rows
        .filter(
          ({ type, code }) => type !== 'heading' && cells.some(({ row, state }) => row === code && state === 'value'),
        )
        .map(({ code, label }): FieldChoice => ({
          field: cell(definition.form, code),
          group: 'forms',
          figures: [],
          role: 'current',
          label: `${definition.number}, mục ${code}: ${label}`,
        })),
    ),
  ]
}
