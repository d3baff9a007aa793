import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import { useFormat } from '../../../platform/web/index.ts'
import type { FigureId, FigureLine } from '../contract.ts'
import { type Bucket, bucketsOf, ticksFor, trendFinding, type TrendStep, writtenLabels } from './chart-view.ts'
import { ChartFrame, ChartTable, NothingToDraw } from './ChartFrame.tsx'
import { type Values, valueOf } from './figures-view.ts'
import { MarkLink } from './NumberLink.tsx'
import { useCellKeys } from './use-cell-keys.ts'
import { usePageText } from './use-figures-text.ts'

const series = ['received', 'resolved'] as const satisfies readonly FigureId[]
const size = { height: 200, left: 44, top: 22, bottom: 26, group: 34 }

type Point = Bucket & { label: string; short: string; values: Values }

/** What was received and what was resolved, side by side in each day, week or month. */
export function TrendChart({
  step,
  span,
  total,
  lines,
  withTable,
  actions,
}: {
  step: TrendStep
  span: { from: string; to: string }
  total: Values
  lines: readonly FigureLine[]
  withTable: boolean
  actions: ReactNode
}) {
  const text = usePageText().charts.trend
  const format = useFormat()
  const points = usePoints({ step, span, lines })
  const finding = trendFinding({
    carried: valueOf(total, 'carried'),
    received: valueOf(total, 'received'),
    open: valueOf(total, 'open'),
  })
  return (
    <ChartFrame
      finding={text.findings(finding, format.number)}
      what={text.what[step]}
      withTable={withTable}
      actions={actions}
      table={
        <ChartTable
          opens={withTable}
          label={text.what[step]}
          heads={[text.steps[step], ...series.map((figure) => text.series[figure])]}
          rows={points.map((point) => ({
            key: point.key,
            name: point.label,
            cells: series.map((figure) => ({
              figure,
              value: valueOf(point.values, figure),
              line: `${step}:${point.key}`,
            })),
          }))}
        />
      }
    >
      {finding.kind === 'none' || points.length === 0 ? <NothingToDraw /> : <Bars step={step} points={points} />}
    </ChartFrame>
  )
}

function usePoints({
  step,
  span,
  lines,
}: {
  step: TrendStep
  span: { from: string; to: string }
  lines: readonly FigureLine[]
}): Point[] {
  const format = useFormat()
  const text = usePageText().charts.trend
  const byKey = new Map(lines.map((line) => [line.key, line.values]))
  const labelOf = ({ key, from, to }: Bucket) => {
    if (step === 'month') return text.month(key)
    return step === 'day' ? format.longDay(from) : text.week(format.day(from), format.day(to))
  }
  return bucketsOf(span.from, span.to, step).map((bucket) => ({
    ...bucket,
    short: step === 'month' ? text.shortMonth(bucket.key) : format.shortDay(bucket.from),
    label: labelOf(bucket),
    values: byKey.get(bucket.key) ?? {},
  }))
}

function Bars({ step, points }: { step: TrendStep; points: readonly Point[] }) {
  const text = usePageText().charts
  const format = useFormat()
  const { ref, width: room } = useElementSize()
  const cells = useCellKeys<SVGSVGElement>()
  const width = Math.max(room, size.left + points.length * size.group)
  const group = (width - size.left) / Math.max(1, points.length)
  const bar = Math.min(28, (group - 6) / 2)
  const ticks = ticksFor(Math.max(...points.flatMap(({ values }) => series.map((figure) => valueOf(values, figure)))))
  const greatest = ticks.at(-1) ?? 1
  const floor = size.top + size.height
  const high = (value: number) => (value / greatest) * size.height
  const written = writtenLabels(points.length, Math.floor((width - size.left) / 48))
  return (
    <>
      <ul className="f-legend">
        {series.map((figure) => (
          <li key={figure} data-series={figure}>
            {text.trend.series[figure]}
          </li>
        ))}
      </ul>
      <div ref={ref}>
        <NewestShown width={width}>
          <svg
            ref={cells}
            className="f-trend"
            width={width}
            height={floor + size.bottom}
            role="group"
            aria-label={text.trend.what[step]}
          >
            <defs>
              <pattern id="f-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width="5" height="5" />
                <line x1="0" y1="0" x2="0" y2="5" />
              </pattern>
            </defs>
            {ticks.map((tick) => (
              <g key={tick} aria-hidden="true">
                <line
                  x1={size.left}
                  x2={width}
                  y1={floor - high(tick)}
                  y2={floor - high(tick)}
                  data-floor={tick === 0}
                />
                <text x={size.left - 8} y={floor - high(tick) + 4} textAnchor="end">
                  {format.number(tick)}
                </text>
              </g>
            ))}
            {points.map((point, index) =>
              written.has(index) ? (
                <text
                  key={point.key}
                  aria-hidden="true"
                  x={size.left + (index + 0.5) * group}
                  y={floor + 18}
                  textAnchor="middle"
                >
                  {point.short}
                </text>
              ) : null,
            )}
            {series.map((figure, place) => (
              <g key={figure} data-marks="" data-series={figure}>
                {points.map((point, index) => {
                  const value = valueOf(point.values, figure)
                  if (value === 0) return null
                  const x = size.left + (index + 0.5) * group + (place === 0 ? -bar - 1 : 1)
                  const words = format.number(value)
                  return (
                    <MarkLink
                      key={point.key}
                      figure={figure}
                      line={`${step}:${point.key}`}
                      column={index}
                      label={text.mark(point.label, text.trend.series[figure], words)}
                    >
                      {/* The whole height can be pressed, however small the number. */}
                      <rect className="f-reach" x={x} y={size.top} width={bar} height={size.height} />
                      <rect className="f-bar" x={x} y={floor - high(value)} width={bar} height={high(value)} />
                      {words.length * 6.6 <= bar + 4 && (
                        <text x={x + bar / 2} y={floor - high(value) - 5} textAnchor="middle">
                          {words}
                        </text>
                      )}
                    </MarkLink>
                  )
                })}
              </g>
            ))}
          </svg>
        </NewestShown>
      </div>
    </>
  )
}

/** What is newest stands at the right, and is what one came for. */
function NewestShown({ width, children }: { width: number; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    frame.current?.scrollTo({ left: width })
  }, [width])
  return (
    <div className="f-scroll" ref={frame}>
      {children}
    </div>
  )
}
