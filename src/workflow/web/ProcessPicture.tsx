import type { Process, Step } from '../contract.ts'
import { limitMinutes, processMinutes, stepMinutes } from '../rules/process.ts'
import type { TimePart } from '../contract.ts'
import { useText } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { writeLimit } from './limit-words.ts'
import type { Place } from './process-view.ts'

/** Stages from left to right with arrows, read out as an ordered list. With `onEdit` each step is a button. */
export function ProcessPicture({
  process,
  onEdit,
}: {
  process: Process
  onEdit?: ((place: Place) => void) | undefined
}) {
  const { web: text } = useText({ vi, en })
  return (
    <ol className="process" aria-label={text.picture}>
      {process.stages.map(({ steps }, stage) => (
        <li key={steps.map(({ key }) => key).join()} className="process-stage">
          <p className="process-stage-name">
            {text.stage(stage + 1)}
            {steps.length > 1 && ` · ${text.parallel}`}
          </p>
          <ul className="process-steps">
            {steps.map((step, place) => (
              <li key={step.key}>
                {onEdit ? (
                  <button
                    type="button"
                    className="process-step"
                    data-kind={step.kind}
                    title={text.openStep(step.name)}
                    onClick={() => onEdit({ stage, step: place })}
                  >
                    <StepWords step={step} />
                  </button>
                ) : (
                  <div className="process-step" data-kind={step.kind}>
                    <StepWords step={step} />
                  </div>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function StepWords({ step }: { step: Step }) {
  const all = useText({ vi, en })
  const agency = step.agency === 'own' ? '' : all.relations[step.agency.relation]
  const unit = step.unitKind === null ? '' : all.units[step.unitKind]
  const who = [...new Set([agency, unit, all.roles[step.role]])].filter(Boolean).join(' · ')
  return (
    <>
      <span className="process-step-name">{step.name}</span>
      <span className="process-step-who">{who}</span>
      <span className="process-step-time">{all.minutes(stepMinutes(step))}</span>
    </>
  )
}

/** The sum of the steps against the legal limit, in words and as a bar. */
export function ProcessSum({ process, limit }: { process: Process; limit: readonly TimePart[] }) {
  const all = useText({ vi, en })
  const { web: text } = all
  const sum = processMinutes(process)
  const most = limitMinutes(limit)
  const rest = most - sum
  if (limit.length === 0)
    return (
      <p>
        {text.sum}: {all.minutes(sum)}
      </p>
    )
  return (
    <div className="process-sum" data-over={rest < 0 ? '' : undefined}>
      <p role="status">
        <span>
          {text.sum}: <strong>{all.minutes(sum)}</strong>
        </span>
        <span>
          {text.legal}: {isInCalendarTime(limit) && `${writeLimit(limit)} ≈ `}
          {all.minutes(most)}
          {', '}
          <span className={rest < 0 ? 'process-over' : undefined}>{restWords(rest, all)}</span>
        </span>
      </p>
      <div className="process-sum-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (sum / Math.max(1, most)) * 100)}%` }} />
      </div>
    </div>
  )
}

/** Calendar days and months are set against working time by rule of thumb; the law's own words stand before it. */
const isInCalendarTime = (limit: readonly TimePart[]): boolean =>
  limit.some(({ unit }) => unit === 'calendarDay' || unit === 'month')

function restWords(rest: number, { web: text, minutes }: typeof vi): string {
  if (rest === 0) return text.exact
  return rest < 0 ? text.over(minutes(-rest)) : text.left(minutes(rest))
}
