import { Icon, Section, useFormat } from '../../../platform/web/index.ts'
import type { FigureId } from '../contract.ts'
import { balanceOf, balanceSides, changeOf, partsOf, type Values, valueOf } from './figures-view.ts'
import { NumberLink } from './NumberLink.tsx'
import { useFiguresText, usePageText } from './use-figures-text.ts'

/** The period as one sum: what came in on the left, where it went on the right; whoever looks can add it up. */
export function Balance({ values, before }: { values: Values; before: Values | null }) {
  const text = usePageText().balance
  const format = useFormat()
  const { left, right, holds } = balanceOf(values)
  const sides = [...balanceSides.in.map(term('+')), ...balanceSides.out.map(term('+'))]
  return (
    <Section title={text.title}>
      <ul className="f-balance">
        {sides.map(({ figure, sign }, index) => (
          <li key={figure}>
            {index > 0 && (
              <span className="f-sign">
                <span aria-hidden="true">{index === balanceSides.in.length ? '=' : sign}</span>
                <span className="f-said">{index === balanceSides.in.length ? text.equals : text.plus}</span>
              </span>
            )}
            <Term figure={figure} values={values} before={before} />
          </li>
        ))}
      </ul>
      <p className="f-holds" data-broken={holds ? undefined : ''}>
        <Icon name={holds ? 'check' : 'warning'} />
        {holds ? text.holds(format.number(left)) : text.broken(format.number(left), format.number(right))}
      </p>
    </Section>
  )
}

const term = (sign: string) => (figure: FigureId) => ({ figure, sign })

function Term({ figure, values, before }: { figure: FigureId; values: Values; before: Values | null }) {
  const { figures, short, meanings } = useFiguresText()
  return (
    <div>
      <div className="f-balance-value">
        <NumberLink figure={figure} value={valueOf(values, figure)} />
      </div>
      <div className="f-balance-label" title={meanings[figure]}>
        {figures[figure]}
      </div>
      {before && <Change figure={figure} now={valueOf(values, figure)} before={valueOf(before, figure)} />}
      {partsOf[figure] && (
        <ul className="f-parts">
          {partsOf[figure].map((part) => (
            <li key={part} title={meanings[part]}>
              <span>{short[part]}</span>
              <NumberLink figure={part} value={valueOf(values, part)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** `+12 (+20,0 %)` against the period compared with. */
function Change({ figure, now, before }: { figure: FigureId; now: number; before: number }) {
  const { figures } = useFiguresText()
  const said = useChange()
  if (now === 0 && before === 0) return null
  return (
    <div className="f-change">
      <span className="f-said">{figures[figure]}: </span>
      {said(now, before)}
    </div>
  )
}

/** How a number moved, in words. */
export function useChange(): (now: number, before: number) => string {
  const text = usePageText().compare
  const format = useFormat()
  return (now, before) => {
    const { by, percent } = changeOf(now, before)
    if (by === 0) return text.same
    const signed = (value: number, written: string) => `${value > 0 ? '+' : '−'}${written}`
    return text.change(
      signed(by, format.number(Math.abs(by))),
      percent === null ? null : signed(percent, format.percent(Math.abs(percent))),
    )
  }
}
