import { useMe } from '../../platform/web/index.ts'
import type { Viewer } from './dossier-view.ts'

/** The officer who looks, with the units of the own posts. */
export function useViewer(): Viewer {
  const { officerId, posts } = useMe()
  return { officerId, units: posts.map(({ unitId }) => unitId) }
}
