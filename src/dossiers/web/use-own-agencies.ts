import { type Option, useMe } from '../../platform/web/index.ts'

/** The agencies in which the officer holds a post, for choosing one; the server decides what may be done there. */
export function useOwnAgencies(): Option[] {
  const { posts } = useMe()
  const names = new Map(posts.map(({ agencyId, agencyName }) => [String(agencyId), agencyName]))
  return [...names].map(([value, label]) => ({ value, label }))
}
