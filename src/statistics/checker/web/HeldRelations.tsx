import { Icon, useText } from '../../../platform/web/index.ts'
import type { CheckedRelation } from '../contract.ts'
import { writePlace } from '../rules/written.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** What was tested and holds, behind a fold. */
export function HeldRelations({ relations }: { relations: readonly CheckedRelation[] }) {
  const { web: text, kinds, place } = useText({ vi, en })
  if (relations.length === 0) return null
  return (
    <details className="checker-held">
      <summary>{text.right(relations.length)}</summary>
      <p>{text.rightNote}</p>
      <ul className="checker-findings">
        {relations.map(({ location, kind, proof, quote }) => (
          <li
            key={`${JSON.stringify(location)} ${kind} ${proof} ${quote}`}
            className="checker-finding"
            data-severity="right"
          >
            <figure className="checker-quote">
              <blockquote>{quote}</blockquote>
              <figcaption>{writePlace(location, place)}</figcaption>
            </figure>
            <div>
              <p className="checker-kind">
                <Icon name="check" />
                {kinds[kind]}
              </p>
              <p className="checker-proof">{proof}</p>
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}
