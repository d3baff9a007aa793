import './feedback.css'
import { PageLink, Section, useApi, useMay, withQuery, type SlotFacts } from '../../platform/web/index.ts'
import type { PetitionOfDossier } from '../contract.ts'
import { useFeedbackText } from './use-feedback-text.ts'

/** What people said about this dossier, on its page; nothing where nobody did. */
export function DossierPetitions({ facts }: { facts: SlotFacts }) {
  const text = useFeedbackText()
  const may = useMay()
  const { agencyId, code } = (facts['view'] ?? {}) as { agencyId?: number; code?: string }
  const path =
    agencyId !== undefined && code && may('feedback.read')
      ? withQuery('/api/petitions/of-dossier', { agencyId, code })
      : null
  const { data } = useApi<{ items: PetitionOfDossier[] }>(path)
  if (!data || data.items.length === 0) return null
  return (
    <Section title={text.panel.title}>
      <ul className="f-plain">
        {data.items.map((item) => (
          <li key={item.petitionId}>
            <PageLink to={`/phan-anh/${item.petitionId}`}>{item.code}</PageLink>{' '}
            <span className="k-dimmed">{text.statuses[item.status]}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
