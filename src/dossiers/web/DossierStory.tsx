import { Icon, Section, Timeline, useFormat } from '../../platform/web/index.ts'
import type { Details, DossierView } from '../contract.ts'
import { storyOf, type StoryEntry } from './timeline-view.ts'
import { useDossierText } from './use-dossier-text.ts'

/** Who did what and when, which paper arose, and what was written. */
export function DossierStory({ view }: { view: DossierView }) {
  const text = useDossierText()
  const write = useFormat()
  const entries = storyOf(view, { text, write })
  return (
    <Section title={text.dossier.story}>
      <Timeline
        label={text.dossier.story}
        entries={entries.map((entry) => ({
          key: entry.key,
          when: entry.when,
          title: entry.title,
          who: entry.recorded ? `${entry.who} · ${entry.recorded}` : entry.who,
          detail: <StoryDetail entry={entry} />,
          tone: entry.tone,
        }))}
      />
    </Section>
  )
}

function StoryDetail({ entry }: { entry: StoryEntry }) {
  return (
    <>
      {entry.facts.length > 0 && <p className="d-story-line">{entry.facts.join(' · ')}</p>}
      {entry.changes.length > 0 && (
        <ul className="d-story-changes">
          {entry.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      {entry.details && <Written details={entry.details} />}
      {entry.papers.map(({ title, url }) => (
        <p key={url} className="d-story-line">
          <a href={url} target="_blank" rel="noreferrer">
            <Icon name="file" size={14} /> {title}
          </a>
        </p>
      ))}
    </>
  )
}

function Written({ details }: { details: Details }) {
  const text = useDossierText().dossier.timeline
  const { reason, basis, guidance, items = [] } = details
  return (
    <div className="d-written">
      <p>{reason}</p>
      {items.length > 0 && (
        <div role="list" className="d-written-items">
          {items.map(({ paper, change }) => (
            <div role="listitem" key={paper + change}>
              {paper}
              {change && change !== reason && <>: {change}</>}
            </div>
          ))}
        </div>
      )}
      {basis && (
        <p>
          <span className="k-dimmed">{text.basis}:</span> {basis}
        </p>
      )}
      {guidance && (
        <p>
          <span className="k-dimmed">{text.guidance}:</span> {guidance}
        </p>
      )}
    </div>
  )
}
