import { useFormat, useMe, useText, type Format, type Option } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

export const usePaymentText = () => useText({ vi, en })

/** The agencies in which the officer holds a post; the server decides what may be done there. */
export function useAgencies(): Option[] {
  const { posts } = useMe()
  const names = new Map(posts.map(({ agencyId, agencyName }) => [String(agencyId), agencyName]))
  return [...names].map(([value, label]) => ({ value, label }))
}

/** As everywhere, but nothing is `0 đồng` in the books and not "no fee". */
export function useBookFormat(): Format {
  const format = useFormat()
  return { ...format, money: format.sum }
}
