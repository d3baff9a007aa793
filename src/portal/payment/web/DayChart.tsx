import { useBookFormat, usePaymentText } from './use-payment-text.ts'
import type { DaySum } from '../contract.ts'
import { methods, partsOf } from './day-chart-view.ts'

/** What came in on each of the last days, by method; a bar opens its day. */
export function DayChart({
  days,
  day,
  onPick,
}: {
  days: readonly DaySum[]
  day: string
  onPick: (day: string) => void
}) {
  const text = usePaymentText()
  const { reconcile } = text
  const format = useBookFormat()
  return (
    <figure className="p-chart">
      <figcaption>
        {reconcile.chart}
        <ul className="p-legend">
          {methods.map((method) => (
            <li key={method} data-method={method}>
              {text.methods[method]}
            </li>
          ))}
          <li data-method="unsigned">{reconcile.chartUnsigned}</li>
        </ul>
      </figcaption>
      <ol>
        {partsOf(days).map(({ sum, total, parts, isOpen }) => (
          <li key={sum.day}>
            <button
              type="button"
              aria-current={sum.day === day ? 'date' : undefined}
              data-open={isOpen ? '' : undefined}
              title={format.money(total)}
              aria-label={`${format.day(sum.day)}: ${format.money(total)}, ${sum.isSigned ? reconcile.daySigned : reconcile.dayUnsigned}`}
              onClick={() => onPick(sum.day)}
            >
              <span className="p-bar" aria-hidden>
                {parts.map(({ method, percent }) => (
                  <span key={method} data-method={method} style={{ height: `${percent}%` }} />
                ))}
              </span>
              <span aria-hidden>{sum.day.slice(8)}</span>
            </button>
          </li>
        ))}
      </ol>
    </figure>
  )
}
