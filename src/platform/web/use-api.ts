import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type ApiProblem, api, command, mayRepeat, newCommandId, toProblem } from './api.ts'

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
