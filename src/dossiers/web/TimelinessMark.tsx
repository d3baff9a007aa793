import { StatusBadge } from '../../platform/web/index.ts'
import { useDossierText, wordOf } from './use-dossier-text.ts'

/** How a dossier stands with its time: late stands out, in time stays quiet, waiting is said by its state. */
export function TimelinessMark({ timeliness }: { timeliness: string }) {
  const words = useDossierText().timeliness
  if (timeliness === 'late' || timeliness === 'open-late')
    return <StatusBadge tone="late">{wordOf(words, timeliness)}</StatusBadge>
  return <span className="k-dimmed">{timeliness === 'waiting' ? '' : wordOf(words, timeliness)}</span>
}
