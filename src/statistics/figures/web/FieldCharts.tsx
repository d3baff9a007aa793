import type { CSSProperties, ReactNode } from 'react'
import { useFormat } from '../../../platform/web/index.ts'
import type { FigureLine } from '../contract.ts'
import { fractionOf, onTimeFinding, onTimeLines, shareFinding } from './chart-view.ts'
import { ChartFrame, ChartTable, NothingToDraw } from './ChartFrame.tsx'
import { valueOf } from './figures-view.ts'
import { MarkLink, NumberLink } from './NumberLink.tsx'
import { useCellKeys } from './use-cell-keys.ts'
import { usePageText } from './use-figures-text.ts'

/** Which fields the work comes from. */
export function ShareChart({ lines, withTable }: { lines: readonly FigureLine[]; withTable: boolean }) {
  const text = usePageText().charts
  const format = useFormat()
  const finding = shareFinding(lines, 'received')
  const shown = lines
    .filter((line) => valueOf(line.values, 'received') > 0)
    .toSorted((one, other) => valueOf(other.values, 'received') - valueOf(one.values, 'received'))
  const all = shown.reduce((sum, line) => sum + valueOf(line.values, 'received'), 0)
  const greatest = Math.max(1, ...shown.map((line) => valueOf(line.values, 'received')))
  const percent = (value: number) => format.percent((100 * value) / Math.max(1, all))
  return (
    <ChartFrame
      finding={text.share.findings(finding, format, finding.kind === 'share' ? fractionOf(finding.share) : undefined)}
      what={text.share.what}
      withTable={withTable}
      table={
        <ChartTable
          opens={withTable}
          label={text.share.what}
          heads={[text.field, text.trend.series.received, text.share.part]}
          rows={shown.map((line) => {
            const value = valueOf(line.values, 'received')
            const number = { figure: 'received', value, line: `field:${line.key}` } as const
            return { key: String(line.key), name: line.label, cells: [number, percent(value)] }
          })}
        />
      }
    >
      {finding.kind === 'none' ? (
        <NothingToDraw />
      ) : (
        <BarList label={text.share.what}>
          {shown.map((line) => {
            const value = valueOf(line.values, 'received')
            const to = `field:${line.key}`
            return (
              <BarRow
                key={line.key}
                name={line.label}
                numbers={
                  <>
                    <NumberLink figure="received" value={value} line={to} where={line.label} cell />{' '}
                    <span className="k-dimmed">· {percent(value)}</span>
                  </>
                }
              >
                <MarkLink
                  className="f-part"
                  figure="received"
                  line={to}
                  label={text.mark(line.label, text.trend.series.received, format.number(value))}
                  style={widthOf(value, greatest)}
                />
              </BarRow>
            )
          })}
        </BarList>
      )}
    </ChartFrame>
  )
}

/** How much was on time in each field; the lowest stands first. */
export function OnTimeChart({ lines, withTable }: { lines: readonly FigureLine[]; withTable: boolean }) {
  const text = usePageText().charts
  const words = text.onTime
  const format = useFormat()
  const shown = onTimeLines(lines)
  const finding = onTimeFinding(shown)
  const percent = (part: number, of: number) => format.percent((100 * part) / of)
  return (
    <ChartFrame
      finding={words.findings(finding, format)}
      what={words.what}
      withTable={withTable}
      table={
        <ChartTable
          opens={withTable}
          label={words.what}
          heads={[text.field, words.resolved, words.late, words.rate]}
          rows={shown.map(({ key, label, resolved, late, onTime }) => ({
            key,
            name: label,
            cells: [
              { figure: 'resolved', value: resolved, line: `field:${key}` },
              { figure: 'resolved-late', value: late, line: `field:${key}` },
              percent(onTime, resolved),
            ],
          }))}
        />
      }
    >
      {finding.kind === 'none' ? (
        <NothingToDraw />
      ) : (
        <BarList label={words.what}>
          {shown.map(({ key, label, onTime, late, resolved }) => (
            <BarRow
              key={key}
              name={label}
              numbers={
                <>
                  <strong>{percent(onTime, resolved)}</strong>{' '}
                  <span className="k-dimmed">
                    · <NumberLink figure="resolved-late" value={late} line={`field:${key}`} where={label} cell />
                    {` ${words.lateOf} `}
                    <NumberLink figure="resolved" value={resolved} line={`field:${key}`} where={label} cell />
                  </span>
                </>
              }
            >
              <MarkLink
                className="f-part"
                figure="resolved"
                line={`field:${key}`}
                label={text.mark(label, words.rate, percent(onTime, resolved))}
                style={widthOf(onTime, resolved)}
              />
              {late > 0 && (
                <MarkLink
                  className="f-part f-part-late"
                  figure="resolved-late"
                  line={`field:${key}`}
                  label={text.mark(label, words.late, format.number(late))}
                  style={widthOf(late, resolved)}
                />
              )}
            </BarRow>
          ))}
        </BarList>
      )}
    </ChartFrame>
  )
}

const widthOf = (value: number, of: number): CSSProperties => ({ width: `${(100 * value) / of}%` })

export function BarList({ label, children }: { label: string; children: ReactNode }) {
  const cells = useCellKeys<HTMLDivElement>()
  return (
    <div ref={cells}>
      <ul className="f-bars" aria-label={label}>
        {children}
      </ul>
    </div>
  )
}

export function BarRow({ name, numbers, children }: { name: ReactNode; numbers: ReactNode; children: ReactNode }) {
  return (
    <li data-marks="">
      <span className="f-bar-name">{name}</span>
      <span className="f-track">{children}</span>
      <span className="f-bar-numbers">{numbers}</span>
    </li>
  )
}
