import { useFormat } from '../../../platform/web/index.ts'
import { APART, type FilledForm } from '../contract.ts'
import type { OpenedPlace } from './FormTable.tsx'
import { useFormText } from './use-form-text.ts'

/** Form 06a: a line a field, columns (3)–(13). Every number opens. */
export function MatrixTable({
  form,
  onOpen,
}: {
  form: FilledForm
  onOpen?: ((place: OpenedPlace) => void) | undefined
}) {
  const words = useFormText().web
  const { definition, lines } = form
  const columns = definition.columns ?? []
  const groups = columns.filter(({ group }, at) => columns[at - 1]?.group !== group).map(({ group }) => group)
  return (
    // Reached by the keyboard, so that who uses no mouse can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="rf-frame rf-wide" tabIndex={0} role="region" aria-label={definition.number}>
      <table className="rf-table rf-matrix">
        <caption>
          <span className="rf-number">{definition.number}</span>
          <span className="rf-title">{definition.title}</span>
          {definition.note && <span className="rf-note">({definition.note})</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {words.heads.number}
            </th>
            <th scope="col" rowSpan={2}>
              {words.heads.field}
            </th>
            {groups.map((group) => (
              <th key={group} scope="colgroup" colSpan={columns.filter((each) => each.group === group).length}>
                {group}
              </th>
            ))}
          </tr>
          <tr>
            {columns.map(({ number, label }) => (
              <th key={number} scope="col">
                {label} <span className="rf-small">({number})</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={line.key ?? 'total'} data-line={kindOf(line.key)}>
              <td className="rf-code">{kindOf(line.key) === 'field' && at + 1}</td>
              <th scope="row" className="rf-label">
                {line.label}
              </th>
              {columns.map(({ number, label }, column) => (
                <td key={number} className="rf-value">
                  <MatrixValue
                    value={line.values[column] ?? null}
                    label={`${line.label}, ${label}`}
                    onOpen={
                      onOpen &&
                      (() =>
                        onOpen({
                          form: definition.form,
                          column: number,
                          ...(line.key === null ? {} : { line: line.key }),
                        }))
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function kindOf(key: string | null): 'field' | 'total' | 'apart' {
  if (key === null) return 'total'
  return key === APART ? 'apart' : 'field'
}

function MatrixValue({
  value,
  label,
  onOpen,
}: {
  value: number | null
  label: string
  onOpen: (() => void) | undefined
}) {
  const words = useFormText().web
  const format = useFormat()
  if (value === null) return null
  if (value === 0 || !onOpen) return <span className={value === 0 ? 'k-dimmed' : ''}>{format.number(value)}</span>
  return (
    <button type="button" className="rf-opens" onClick={onOpen}>
      {format.number(value)}
      <span className="rf-said">
        {' '}
        {words.opens}: {label}
      </span>
    </button>
  )
}
