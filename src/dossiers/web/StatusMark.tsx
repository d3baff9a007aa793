import { StatusBadge } from '../../platform/web/index.ts'
import { isEnded, isWaiting } from './dossier-view.ts'
import { useDossierText, wordOf } from './use-dossier-text.ts'

/** The state of a dossier in words. */
export function StatusMark({ status }: { status: string }) {
  const { statuses } = useDossierText()
  const tone = isEnded(status) ? 'done' : 'normal'
  return <StatusBadge tone={isWaiting(status) ? 'waiting' : tone}>{wordOf(statuses, status)}</StatusBadge>
}
