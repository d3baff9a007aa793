import { DueCell, StatusBadge } from '../../platform/web/index.ts'
import type { QueueItem } from '../contract.ts'
import { timeOf } from './dossier-view.ts'
import { useDossierText } from './use-dossier-text.ts'

/** The first column of a list of work: the time left, or for whom it waits. */
export function TimeCell({ item }: { item: Pick<QueueItem, 'status' | 'kind' | 'dueAt' | 'stepDueAt'> }) {
  const text = useDossierText().queue
  const time = timeOf(item)
  if (time.kind === 'due') return <DueCell dueAt={time.dueAt} finishedAt={time.finishedAt} />
  if (time.what === 'awaitingReturn') return <span className="k-due">{text.awaitingReturn}</span>
  return <StatusBadge tone="waiting">{text[time.what]}</StatusBadge>
}
