import {
  PageLink,
  Section,
  type SlotFacts,
  Timeline,
  useApi,
  useFormat,
  useMay,
  useText,
  withQuery,
} from '../../../platform/web/index.ts'
import type { MessageList } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { eventName, toneOf, whyOf } from './message-view.ts'

/** What the people of a dossier were told, when, and whether it went out. */
export function DossierMessages({ facts }: { facts: SlotFacts }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const may = useMay()
  const { view } = facts as { view?: { dossierId: string; agencyId: number } }
  const list = useApi<MessageList>(
    view && may('notice.read')
      ? withQuery('/api/notices', { dossierId: view.dossierId, agencyId: view.agencyId })
      : null,
  )
  if (!list.data) return null
  return (
    <Section title={text.panel.title}>
      {list.data.items.length === 0 ? (
        <p>{text.panel.empty}</p>
      ) : (
        <Timeline
          label={text.panel.title}
          entries={list.data.items.map((item) => ({
            key: item.messageId,
            when: format.instant(item.sentAt ?? item.queuedAt),
            title: eventName(item.template, text),
            who: `${text.channels[item.channel]} · ${item.to}`,
            detail: [text.states[item.state], whyOf(item, text)].filter(Boolean).join(' – '),
            tone: toneOf(item.state),
          }))}
        />
      )}
      <p>
        <PageLink to="/tin-da-gui">{text.panel.all}</PageLink>
      </p>
    </Section>
  )
}
