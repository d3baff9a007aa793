import { Fragment } from 'react'
import { Section, useFormat } from '../../../platform/web/index.ts'
import type { RateId } from '../contract.ts'
import { type Values, valueOf } from './figures-view.ts'
import { NumberLink, RateLink } from './NumberLink.tsx'
import type { OpenedOf } from './opened-view.ts'
import { rateIds, rateOf, termsOf } from './rates-view.ts'
import { useFiguresText, usePageText } from './use-figures-text.ts'

/** Each rate with the name of its convention and the numbers it is made of. */
export function Rates({ values, before }: { values: Values; before: Values | null }) {
  const text = usePageText()
  const { rates } = useFiguresText()
  return (
    <Section title={text.rates.title}>
      <dl className="f-rates">
        {rateIds.map((rate) => {
          const { percent } = rateOf(rate, values)
          const then = before && rateOf(rate, before).percent
          return (
            <div key={rate}>
              <dt>{rates[rate].name}</dt>
              <dd data-words={percent === null ? '' : undefined}>
                <RateLink rate={rate} percent={percent} />
              </dd>
              <dd>
                <Parts rate={rate} values={values} />
                {percent !== null && then !== null && <PointChange now={percent} then={then} />}
              </dd>
              <dd className="f-convention">{text.rates.convention(rates[rate].convention)}</dd>
            </div>
          )
        })}
      </dl>
    </Section>
  )
}

/** (60 + 20) trên 85, each number of it opens. */
export function Parts({
  rate,
  values,
  line = '',
  of = '',
  where,
}: {
  rate: RateId
  values: Values
  line?: string
  of?: OpenedOf
  where?: string
}) {
  const text = usePageText().rates
  const { numerator, denominator } = termsOf[rate]
  const sum = (terms: typeof numerator) =>
    terms.map(({ figure, sign }, index) => (
      <Fragment key={figure}>
        {index > 0 && (sign === 1 ? ' + ' : ' − ')}
        <NumberLink figure={figure} value={valueOf(values, figure)} line={line} of={of} where={where} />
      </Fragment>
    ))
  return (
    <span>
      <span className="f-term">{numerator.length > 1 ? <>({sum(numerator)})</> : sum(numerator)}</span> {text.of}{' '}
      <span className="f-term">{denominator.length > 1 ? <>({sum(denominator)})</> : sum(denominator)}</span>
    </span>
  )
}

/** How far a rate moved, in points. */
function PointChange({ now, then }: { now: number; then: number }) {
  const text = usePageText().compare
  const format = useFormat()
  const by = now - then
  const written = format.percent(Math.abs(by), 2).replace(' %', '')
  if (Number(Math.abs(by).toFixed(2)) === 0) return null
  return (
    <span className="f-change">
      {' · '}
      {text.points(`${by > 0 ? '+' : '−'}${written}`)}
    </span>
  )
}
