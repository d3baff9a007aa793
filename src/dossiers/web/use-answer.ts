import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ApiProblem, api } from '../../platform/web/index.ts'

/**
 * What the server answers to a question whose words must stand in no address (numbers of persons) or have no room
 * there; `null` asks nothing. With `every` the question is asked again, since the answer moves with the clock.
 */
export function useAnswer<Reply>(
  path: string,
  question: object | null,
  { every, keep = false }: { every?: number; keep?: boolean } = {},
) {
  const query = useQuery<Reply, ApiProblem>({
    queryKey: ['api', path, question],
    queryFn: ({ signal }) => api.post<Reply>(path, question, { signal }),
    enabled: question !== null,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(every === undefined ? {} : { refetchInterval: every }),
  })
  return {
    data: question === null ? undefined : query.data,
    problem: query.error,
    busy: query.isFetching,
    stale: query.isPlaceholderData,
  }
}
