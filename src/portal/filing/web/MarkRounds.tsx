import { StatusBadge, useFormat } from '../../../platform/web/index.ts'
import type { MarkedValue, MarkRound } from '../officer-contract.ts'
import { textOf } from './marks-view.ts'
import { useOfficerText } from './use-officer-text.ts'

/** What was to be mended and what became of it, old and new side by side. */
export function MarkRounds({ rounds }: { rounds: readonly MarkRound[] }) {
  const text = useOfficerText().marks
  const format = useFormat()
  if (rounds.length === 0) return null
  return (
    <>
      <h3>{text.rounds}</h3>
      {rounds.toReversed().map((round) => (
        <section key={round.commandId} className="fo-round">
          <p>
            {text.round(round.markedByName, format.instant(round.markedAt))}{' '}
            {round.mendedAt === null ? (
              <StatusBadge tone="waiting">{text.waiting}</StatusBadge>
            ) : (
              <StatusBadge tone="done">{text.mended(format.instant(round.mendedAt))}</StatusBadge>
            )}
          </p>
          <div className="fo-table-frame">
            <table className="fo-table">
              <thead>
                <tr>
                  <th scope="col">{text.columns.what}</th>
                  <th scope="col">{text.columns.note}</th>
                  <th scope="col">{text.columns.before}</th>
                  {round.mendedAt !== null && <th scope="col">{text.columns.after}</th>}
                </tr>
              </thead>
              <tbody>
                {round.marks.map((mark) => (
                  <MarkRow key={mark.markId} mark={mark} mended={round.mendedAt !== null} />
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </>
  )
}

function MarkRow({ mark, mended }: { mark: MarkRound['marks'][number]; mended: boolean }) {
  const text = useOfficerText().marks
  const same = !mark.changed
  return (
    <tr>
      <th scope="row">
        <span className="k-dimmed fo-kind">{mark.kind === 'field' ? text.field : text.paper}</span>
        {mark.label}
      </th>
      <td data-label={text.columns.note}>{mark.note}</td>
      <td data-label={text.columns.before}>
        <Value value={mark.before} />
      </td>
      {mended && (
        <td data-label={text.columns.after} data-changed={same ? undefined : ''}>
          <Value value={mark.after} />
          <span className="fo-change">
            <StatusBadge tone={same ? 'today' : 'done'}>{same ? text.unchanged : text.changed}</StatusBadge>
          </span>
        </td>
      )}
    </tr>
  )
}

function Value({ value }: { value: MarkedValue | null }) {
  const text = useOfficerText().marks
  if (value === null || textOf(value) === '') return <span className="k-dimmed">{text.nothing}</span>
  if ('text' in value) return <span>{value.text}</span>
  return (
    <ul className="fo-files">
      {value.files.map(({ fileId, name }) => (
        <li key={fileId}>
          <a href={`/api/files/${fileId}?inline=1`} target="_blank" rel="noreferrer">
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}
