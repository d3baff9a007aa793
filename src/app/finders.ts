import { api, type Finder, withQuery } from '../platform/web/index.ts'

/** What the command box (Ctrl K) finds on the server. */
export const finders: readonly Finder[] = [
  {
    name: 'dossiers',
    label: { vi: 'Hồ sơ', en: 'Dossiers' },
    icon: 'dossiers',
    permission: 'dossier.read',
    find: async (query, signal) => {
      // In the body, so that a number of a person stands in no address.
      const { items } = await api.post<{
        items: readonly { dossierId: string; code: string; applicantName?: string; procedureName?: string }[]
      }>('/api/search', { q: query, limit: 8 }, { signal })
      return items.map(({ dossierId, code, applicantName, procedureName }) => ({
        key: dossierId,
        title: [code, applicantName].filter(Boolean).join(' · '),
        to: `/ho-so/${dossierId}`,
        ...(procedureName ? { note: procedureName } : {}),
      }))
    },
  },
  {
    name: 'procedures',
    label: { vi: 'Thủ tục', en: 'Procedures' },
    icon: 'catalogue',
    permission: 'procedure.read',
    belowPages: true,
    find: async (query, signal) => {
      const { items, approximate } = await api.get<{
        items: readonly { code: string; name: string }[]
        approximate: boolean
      }>(withQuery('/api/procedures', { q: query, limit: 6 }), { signal })
      // What is merely alike would stand before a page that is called just so.
      return (approximate ? [] : items).map(({ code, name }) => ({
        key: code,
        title: name,
        note: code,
        to: `/thu-tuc/${code}`,
      }))
    },
  },
]
