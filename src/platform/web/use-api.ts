import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { type ApiProblem, api, command, mayRepeat, newCommandId, toProblem } from './api.ts'
import { withQuery } from './filters.ts'

/** The one cache of what the server said. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => mayRepeat(error) && count < 2,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

/** What the server says at this path; `null` asks nothing. The last answer stays visible while a filter changes. */
export function useApi<Reply>(path: string | null, { every }: { every?: number } = {}) {
  const query = useQuery<Reply, ApiProblem>({
    queryKey: ['api', path],
    queryFn: ({ signal }) => api.get<Reply>(path ?? '', { signal }),
    enabled: path !== null,
    placeholderData: keepPreviousData,
    ...(every === undefined ? {} : { refetchInterval: every }),
  })
  return {
    data: query.data,
    problem: query.error,
    loading: query.isPending && query.fetchStatus !== 'idle',
    refreshing: query.isFetching,
    reload: () => void query.refetch(),
  }
}

/**
 * A list that the server gives page by page with a cursor. All pages read so far are kept, so that a list comes back at
 * the same length; `more` is undefined at the end. `first` is the first page with what else it says.
 */
export function usePages<Item, Page extends { items: Item[]; next: string | null }>(
  path: string,
  query: Record<string, string | number | undefined>,
  { every }: { every?: number } = {},
) {
  const address = withQuery(path, query)
  const pages = useInfiniteQuery<Page, ApiProblem, { pages: Page[] }, readonly unknown[], string>({
    queryKey: ['api', address, 'pages'],
    queryFn: ({ signal, pageParam }) => api.get<Page>(withQuery(path, { ...query, cursor: pageParam }), { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    ...(every === undefined ? {} : { refetchInterval: every }),
  })
  return {
    items: pages.data?.pages.flatMap(({ items }) => items),
    first: pages.data?.pages[0],
    problem: pages.error,
    /** What is shown belongs to the filters of a moment ago. */
    stale: pages.isPlaceholderData,
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    reload: () => void pages.refetch(),
  }
}

/** Forgets what the server said below these paths, so that open pages ask again. */
export function useForget(): (...prefixes: string[]) => Promise<void> {
  const client = useQueryClient()
  return (...prefixes) =>
    client.invalidateQueries({
      predicate: ({ queryKey: [, path] }) =>
        typeof path === 'string' && (prefixes.length === 0 || prefixes.some((prefix) => path.startsWith(prefix))),
    })
}

type CommandOptions<Reply> = {
  method?: 'POST' | 'PUT' | 'DELETE'
  /** Paths whose answers this command makes old; everything when left out. */
  forget?: readonly string[]
  onDone?: (reply: Reply) => void
}

/**
 * A button that changes something. The same intent pressed twice, or pressed again after the network failed, keeps its
 * command id and so happens once; a changed body is a new intent.
 */
export function useCommand<Reply = unknown, Body extends Record<string, unknown> = Record<string, unknown>>(
  path: string,
  { method = 'POST', forget = [], onDone }: CommandOptions<Reply> = {},
) {
  const open = useRef<{ commandId: string; content: string } | null>(null)
  const forgetPaths = useForget()
  const mutation = useMutation<Reply, ApiProblem, Body>({
    mutationFn: async (body) => {
      const content = JSON.stringify([path, body])
      if (open.current?.content !== content) open.current = { commandId: newCommandId(), content }
      try {
        const reply = await command<Reply>(path, body, { commandId: open.current.commandId, method })
        open.current = null
        return reply
      } catch (error) {
        const problem = toProblem(error)
        if (!mayRepeat(problem) && problem.kind !== 'locked') open.current = null
        throw problem
      }
    },
    onSuccess: async (reply) => {
      onDone?.(reply)
      await forgetPaths(...forget)
    },
  })
  return {
    /** Sends; undefined when it was refused (then `problem` says why). */
    run: (body: Body): Promise<Reply | undefined> => mutation.mutateAsync(body).catch(() => undefined),
    busy: mutation.isPending,
    problem: mutation.error,
    reply: mutation.data,
    reset: mutation.reset,
  }
}
