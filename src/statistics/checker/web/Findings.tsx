import { Icon, useText } from '../../../platform/web/index.ts'
import type { CheckedFinding } from '../contract.ts'
import type { Reason } from '../rules/document.ts'
import { writePlace, writeStated } from '../rules/written.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** Errors first, then notes; each quote with what is wrong beside it. */
export function Findings({ findings }: { findings: readonly CheckedFinding[] }) {
  const { web: text } = useText({ vi, en })
  const groups = [
    { title: text.errors, members: findings.filter(({ severity }) => severity === 'error') },
    { title: text.warnings, members: findings.filter(({ severity }) => severity === 'warning') },
  ]
  return groups
    .filter(({ members }) => members.length > 0)
    .map(({ title, members }) => (
      <div key={title} className="checker-group">
        <h3>
          {title} ({members.length})
        </h3>
        <ol className="checker-findings">
          {members.map((finding) => (
            <Finding key={`${JSON.stringify(finding.location)} ${finding.kind} ${finding.proof}`} finding={finding} />
          ))}
        </ol>
      </div>
    ))
}

function Finding({ finding }: { finding: CheckedFinding }) {
  const words = useText({ vi, en })
  const { kind, severity, location, also, quote, stated, computed, proof, reason, message } = finding
  const hasNumbers = stated !== null || computed !== null
  return (
    <li className="checker-finding" data-severity={severity}>
      <figure className="checker-quote">
        <blockquote>{quote}</blockquote>
        <figcaption>
          {writePlace(location, words.place)}
          {also && ` · ${words.also}: ${also.map((place) => writePlace(place, words.place)).join('; ')}`}
        </figcaption>
      </figure>
      <div>
        <p className="checker-kind">
          <Icon name={severity === 'error' ? 'warning' : 'info'} />
          <strong>{words.severity[severity]}:</strong> {words.kinds[kind]}
        </p>
        <p>{words.reasons[reason as Reason] ?? message}</p>
        <dl className="checker-facts">
          {hasNumbers && (
            <>
              <dt>{words.stated}</dt>
              <dd>{writeStated(stated, { kind, nothing: words.nothing })}</dd>
              {computed !== null && (
                <>
                  <dt>{words.computed}</dt>
                  <dd className="checker-computed">{writeStated(computed, { kind, nothing: words.nothing })}</dd>
                </>
              )}
            </>
          )}
          <dt>{words.proof}</dt>
          <dd>{proof}</dd>
        </dl>
      </div>
    </li>
  )
}
