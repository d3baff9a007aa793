import { Button } from '@mantine/core'
import type { ComponentProps, ReactNode } from 'react'
import { DueExplanation } from '../../calendar/web/index.ts'
import { dayOf } from '../../platform/day.ts'
import { type ApiProblem, Icon, KeyHint, ProblemAlert, useFormat } from '../../platform/web/index.ts'
import type { IntakePreview } from '../contract.ts'
import { type FeePlace, UnsetFees } from './FeeGap.tsx'
import { useDossierText } from './use-dossier-text.ts'

/** `sendOn`: only lodged here, for another authority that is competent. */
export type Ending = 'receive' | 'supplement' | 'refuse' | 'sendOn'

/** Beside the whole conversation: when it will be ready and why, what it costs, and how it ends. */
export function IntakeAside({
  preview,
  place,
  elsewhere,
  hint,
  problem,
  missing,
  busy,
  notice,
  onEnd,
}: {
  preview: IntakePreview | undefined
  /** Where the amounts of its fees are entered; null before a procedure is chosen. */
  place: FeePlace | null
  /** Another authority is competent: nothing is decided here. */
  elsewhere: boolean
  /** What stands there while no day can be promised. */
  hint: string
  problem: ApiProblem | null
  missing: number
  busy: boolean
  /** Why it was not sent, beside the button that was pressed. */
  notice: ReactNode
  onEnd: (ending: Ending) => void
}) {
  const text = useDossierText().intake
  return (
    <aside className="intake-aside" aria-label={text.due}>
      <section aria-live="polite" className="intake-due">
        <h2>{text.due}</h2>
        {!preview && !problem && <p className="k-dimmed">{hint}</p>}
        {problem && <ProblemAlert problem={problem} />}
        {preview && <Appointment preview={preview} place={place} />}
      </section>
      {notice}
      <div className="intake-ends">
        <Button
          fullWidth
          size="md"
          loading={busy}
          onClick={() => onEnd(elsewhere ? 'sendOn' : 'receive')}
          rightSection={<KeyHint keys={['Ctrl', 'Enter']} />}
        >
          {elsewhere ? text.sendOn : text.receive}
        </Button>
        {missing > 0 && (
          <p className="intake-missing">
            <Icon name="waiting" /> {text.missing(missing)}
          </p>
        )}
        {!elsewhere && (
          <>
            <Button fullWidth variant="default" disabled={busy} onClick={() => onEnd('supplement')}>
              {text.supplement}
            </Button>
            <Button fullWidth variant="default" disabled={busy} onClick={() => onEnd('refuse')}>
              {text.refuse}
            </Button>
          </>
        )}
      </div>
    </aside>
  )
}

/** The promised moment, large, and what explains it. */
function Appointment({ preview, place }: { preview: IntakePreview; place: FeePlace | null }) {
  const {
    intake: text,
    dossier: { fee },
  } = useDossierText()
  const format = useFormat()
  return (
    <>
      <p className="intake-moment">
        <strong>{format.clock(preview.dueAt)}</strong>
        <span>{format.longDay(dayOf(preview.dueAt))}</span>
      </p>
      <p className="k-dimmed intake-note">{text.atOnceHint}</p>
      <DueExplanation explanation={preview.explanation as ComponentProps<typeof DueExplanation>['explanation']} />
      <h2>{text.fees}</h2>
      {place && <UnsetFees names={preview.unsetFees} place={place} next={fee.lodgeAnyway} />}
      {preview.fees.length === 0 ? (
        <p>{text.free}</p>
      ) : (
        <table className="intake-fees" aria-label={text.fees}>
          <tbody>
            {preview.fees.map((line) => (
              <tr key={line.name + line.basis} title={line.basis}>
                <th scope="row">{line.name}</th>
                <td>{preview.unsetFees.includes(line.name) ? '–' : format.money(line.amount)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text.total}</th>
              {/* A total of what is not known yet would be a wrong one. */}
              <td>{preview.unsetFees.length > 0 ? '–' : format.money(preview.total)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </>
  )
}
