import { Icon, Section, useFormat } from '../../platform/web/index.ts'
import type { DossierView } from '../contract.ts'
import { useDossierText } from './use-dossier-text.ts'

type Step = DossierView['stages'][number][number]

/** The stages of handling, one under the other; what runs in parallel stands beside each other. */
export function ProcessPicture({ view }: { view: DossierView }) {
  const text = useDossierText().dossier
  if (view.stages.length === 0) return null
  return (
    <Section title={text.process}>
      <ol className="d-process">
        {view.stages.map((steps) => (
          <li key={steps.map(({ key }) => key).join()} data-state={stateOf(steps)}>
            {steps.length > 1 && <span className="d-line k-dimmed">{text.parallel}</span>}
            <div className="d-process-steps">
              {steps.map((step) => (
                <ProcessStep key={step.key} step={step} />
              ))}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function ProcessStep({ step }: { step: Step }) {
  const text = useDossierText().dossier
  const format = useFormat()
  return (
    <div className="d-process-step" aria-current={step.state === 'open' ? 'step' : undefined}>
      <span className="d-process-name">
        {step.state === 'done' && <Icon name="check" size={14} />}
        {step.name}
        <span className={step.state === 'open' ? 'd-now' : 'd-hidden'}>{text.stepStates[step.state]}</span>
      </span>
      <span className="k-dimmed">
        {[step.unitName, step.agencyName, step.minutes > 0 && format.duration(step.minutes)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  )
}

function stateOf(steps: readonly Step[]): Step['state'] {
  if (steps.every(({ state }) => state === 'done')) return 'done'
  return steps.some(({ state }) => state !== 'ahead') ? 'open' : 'ahead'
}
