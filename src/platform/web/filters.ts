/** What a page can be narrowed by: each key with the value that it has when the address says nothing. */
export type FilterDefaults = Record<string, string>

/** The address bar as the router keeps it: plain text, no JSON. */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))

export function writeSearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(search))
    if (typeof value === 'string' || typeof value === 'number') parameters.set(key, String(value))
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** The filters that hold now: what the address says, otherwise the default. */
export function readFilters<Defaults extends FilterDefaults>(
  search: Record<string, unknown>,
  defaults: Defaults,
): { [Key in keyof Defaults]: string } {
  const entries = Object.entries(defaults).map(([key, value]) => {
    const said = search[key]
    return [key, typeof said === 'string' || typeof said === 'number' ? String(said) : value]
  })
  return Object.fromEntries(entries)
}

/** The address after some filters changed; a filter at its default disappears, and other keys stay. */
export function changeFilters(
  search: Record<string, unknown>,
  defaults: FilterDefaults,
  change: Record<string, string | undefined>,
): Record<string, string> {
  const next: Record<string, string> = {}
  for (const [key, value] of Object.entries({ ...search, ...change }))
    if (typeof value === 'string' && value !== (defaults[key] ?? '')) next[key] = value
  return next
}

/** An API path with the filters that say something. */
export const withQuery = (path: string, query: Record<string, string | number | boolean | null | undefined>): string =>
  path +
  writeSearch(
    Object.fromEntries(
      Object.entries(query).map(([key, value]) => [key, value === '' ? undefined : value?.toString()]),
    ),
  )
