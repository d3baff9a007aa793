import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { changeFilters, type FilterDefaults, readFilters } from './filters.ts'
import { splitAddress } from './parts.tsx'

/**
 * The filters of a page, kept in the address bar so that a link, a reload and "back" show the same list:
 * `const [filters, setFilters] = useFilters({ whose: 'mine', state: '' })`. A filter at its default leaves the address.
 */
export function useFilters<Defaults extends FilterDefaults>(defaults: Defaults) {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const filters = readFilters(search, defaults)
  const setFilters = (change: Partial<Record<keyof Defaults & string, string>>) =>
    void navigate({ to: '.', search: changeFilters(search, defaults, change), replace: true, resetScroll: false })
  return [filters, setFilters] as const
}

/** A part of the path: `useParameter('dossierId')` on the page `/ho-so/$dossierId`. */
export function useParameter(name: string): string {
  const parameters: Record<string, string | undefined> = useParams({ strict: false })
  return parameters[name] ?? ''
}

/** Goes to another page below `/can-bo`: `go('/ho-so/…?in=1')`. */
export function useGo() {
  const navigate = useNavigate()
  return useCallback(
    (to: string, { replace = false }: { replace?: boolean } = {}) => {
      const { pathname, search } = splitAddress(to)
      return navigate({ to: pathname, search, replace })
    },
    [navigate],
  )
}

/** Back to where one came from, or to a page when there is no such place. */
export function useGoBack(otherwise: string): () => void {
  const router = useRouter()
  const go = useGo()
  return () => (router.history.canGoBack() ? router.history.back() : void go(otherwise))
}
