import type { DossierView } from '../../../dossiers/contract.ts'
import { Facts, Section, type SlotFacts, StatusBadge, useApi, useFormat } from '../../../platform/web/index.ts'
import type { NationalView } from '../contract.ts'
import { useExchangeText } from './use-exchange-text.ts'

/** The dossier as the national portal knows it, where it came from there. */
export function NationalPanel({ facts }: { facts: SlotFacts }) {
  const view = facts['view'] as DossierView
  const online = view.channel === 'online'
  const { data } = useApi<NationalView>(online ? `/api/dossiers/${view.dossierId}/national?v=${view.version}` : null)
  return online && data?.national ? <Known national={data.national} /> : null
}

function Known({ national }: { national: NonNullable<NationalView['national']> }) {
  const text = useExchangeText().national
  const format = useFormat()
  const told = national.statuses.find(({ state }) => state === 'sent')
  const failed = national.statuses.some(({ state }) => state === 'failed')
  return (
    <Section title={text.panel}>
      <Facts
        items={[
          { name: text.panelCode, value: <span className="d-code">{national.nationalCode}</span> },
          { name: text.panelFiled, value: national.filedAt && format.instant(national.filedAt) },
          { name: text.panelVerified, value: national.verified ? text.verified : text.notVerified },
          { name: text.panelDigitised, value: national.digitised ? text.yes : text.no },
          { name: text.panelPaid, value: national.paid > 0 ? format.money(national.paid) : text.no },
          {
            name: text.panelTold,
            value: (
              <>
                {told ? text.statusNames[told.status] : text.panelNothingTold}{' '}
                {failed && <StatusBadge tone="late">{text.states.failed}</StatusBadge>}
              </>
            ),
          },
        ]}
      />
      {national.otherData.length > 0 && (
        <>
          <h3>{text.panelOther}</h3>
          <p className="k-note">{text.panelOtherNote}</p>
          <Facts items={national.otherData} />
        </>
      )}
    </Section>
  )
}
