import { Facts, Icon, Section, useFormat } from '../../platform/web/index.ts'
import type { CommandReply, DossierView, FormOption } from '../contract.ts'
import { owed } from './dossier-view.ts'
import { FeeGap } from './FeeGap.tsx'
import { useDossierText, wordOf } from './use-dossier-text.ts'

/** Procedure, channel, delivery: what does not change any more. */
export function DossierAbout({ view }: { view: DossierView }) {
  const text = useDossierText()
  const format = useFormat()
  const words = text.dossier.facts
  const { procedure } = view
  return (
    <Section title={text.dossier.about}>
      <Facts
        items={[
          { name: words.procedure, value: procedure.name },
          ...(procedure.caseName && procedure.caseName !== procedure.name
            ? [{ name: words.case, value: procedure.caseName }]
            : []),
          { name: words.field, value: procedure.fieldName },
          { name: words.code, value: procedure.code },
          {
            name: words.channel,
            value: [wordOf(text.channels, view.channel), view.assisted && words.assisted].filter(Boolean).join(', '),
          },
          {
            name: words.delivery,
            value: [wordOf(text.deliveries, view.delivery), view.deliveryAddress].filter(Boolean).join(': '),
          },
          { name: words.lodgedAt, value: format.instant(view.lodgedAt) },
          ...(view.receivedAt ? [{ name: words.receivedAt, value: format.instant(view.receivedAt) }] : []),
          ...(view.sets > 1 ? [{ name: words.sets, value: format.number(view.sets) }] : []),
        ]}
      />
    </Section>
  )
}

/** What is to be paid for it, and what was. */
export function DossierFee({ view, onRecounted }: { view: DossierView; onRecounted: (reply: CommandReply) => void }) {
  const words = useDossierText().dossier.fee
  const format = useFormat()
  const { lines, due, paid, refunded } = view.fee
  const rest = owed(view)
  return (
    <Section title={words.title}>
      <FeeGap view={view} next={words.thenRecount} onDone={onRecounted} />
      {due === 0 && paid === 0 ? (
        view.fee.unset.length === 0 && <p className="k-note">{words.none}</p>
      ) : (
        <table className="d-sum">
          <tbody>
            {lines.map(({ name, amount, basis }) => (
              <tr key={name + basis}>
                <th scope="row">
                  {name}
                  {basis && <span className="d-line k-dimmed">{basis}</span>}
                </th>
                <td>{view.fee.unset.includes(name) ? '–' : format.money(amount)}</td>
              </tr>
            ))}
            <SumRow name={words.due} amount={due} />
            <SumRow name={words.paid} amount={paid} always />
            {refunded > 0 && <SumRow name={words.refunded} amount={refunded} />}
            {rest > 0 && <SumRow name={words.owed} amount={rest} strong />}
          </tbody>
        </table>
      )}
    </Section>
  )
}

function SumRow({
  name,
  amount,
  strong,
  always,
}: {
  name: string
  amount: number
  strong?: boolean
  always?: boolean
}) {
  const format = useFormat()
  return (
    <tr data-strong={strong ? '' : undefined}>
      <th scope="row">{name}</th>
      <td>{always && amount === 0 ? format.number(0) : format.money(amount)}</td>
    </tr>
  )
}

/** The regulated forms that the log calls for, as PDF. */
export function DossierPapers({ forms }: { forms: readonly FormOption[] }) {
  const text = useDossierText().dossier.papers
  if (forms.length === 0) return null
  return (
    <Section title={text.title}>
      <ul className="d-plain">
        {forms.map(({ form, title, url }) => (
          <li key={form}>
            <a href={url} target="_blank" rel="noreferrer">
              <Icon name="file" size={14} /> {title}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}
