import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Icon, useFormat } from '../../platform/web/index.ts'
import type { CommandOption, DossierView } from '../contract.ts'
import { storyOf } from './timeline-view.ts'
import { useDossierText } from './use-dossier-text.ts'

/** What happened to the dossier while a sheet was open, and whether its command is still possible. */
export function ChangedNotice({
  view,
  since,
  option,
  onSeen,
}: {
  view: DossierView
  since: number
  option: CommandOption | undefined
  onSeen: () => void
}) {
  const text = useDossierText()
  const words = text.dossier.changed
  const write = useFormat()
  const fresh = storyOf(view, { text, write }).filter(({ key }) => Number(key) > since)
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => notice.current?.focus(), [])
  const possible = option !== undefined && option.refusal === null
  return (
    <div ref={notice} className="d-changed" role="alert" tabIndex={-1}>
      <p>
        <Icon name="reload" /> <strong>{words.title}</strong>
      </p>
      <ul>
        {fresh.map(({ key, title, who, when, facts }) => (
          <li key={key}>
            {title} – {who}, {when}
            {facts.length > 0 && <span className="d-line k-dimmed">{facts.join(' · ')}</span>}
          </li>
        ))}
      </ul>
      {possible ? (
        <>
          <p>{words.kept}</p>
          <Button size="xs" variant="default" onClick={onSeen}>
            {words.seen}
          </Button>
        </>
      ) : (
        <p>
          <strong>{words.impossible}</strong> {option?.refusal?.detail ?? words.gone}
        </p>
      )}
    </div>
  )
}
