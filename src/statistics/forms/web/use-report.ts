import { useCallback, useRef, useState } from 'react'
import { type ApiProblem, command, newCommandId, toProblem, useApi, useForget } from '../../../platform/web/index.ts'
import type { Cell, Entry, ReportReply } from '../contract.ts'

/** A report with all that stands in it. */
export const useReport = (reportId: string) => useApi<ReportReply>(`/api/reports/${reportId}`)

export type SaveState = 'idle' | 'saving' | 'saved'

type Reply = { written: { form: string; row: string; revision: number }[] }

const withNewest = (entry: Entry, written: ReadonlyMap<string, number>): Entry => {
  const { revision } = entry
  if (revision === undefined) return entry
  return { ...entry, revision: Math.max(revision, written.get(`${entry.form} ${entry.row}`) ?? 0) }
}

/**
 * Writes cells one after the other in the order in which they were typed, so that none overtakes another; what was
 * refused comes back to the field that sent it.
 */
export function useEntries(reportId: string) {
  const forget = useForget()
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const waiting = useRef(0)
  // What was written from here: a cell that is changed again before the report came back is not somebody else's.
  const written = useRef(new Map<string, number>())
  const [state, setState] = useState<SaveState>('idle')

  const save = useCallback(
    (entries: readonly Entry[]): Promise<ApiProblem | undefined> => {
      const commandId = newCommandId()
      waiting.current += 1
      setState('saving')
      const done = queue.current.then(async () => {
        try {
          const seen = entries.map((entry) => withNewest(entry, written.current))
          const reply = await command<Reply>(`/api/reports/${reportId}/entries`, { entries: seen }, { commandId })
          for (const { form, row, revision } of reply.written) written.current.set(`${form} ${row}`, revision)
          return undefined
        } catch (error) {
          return toProblem(error)
        } finally {
          waiting.current -= 1
          if (waiting.current === 0) {
            await forget(`/api/reports/${reportId}`)
            setState('saved')
          }
        }
      })
      queue.current = done
      return done
    },
    // `forget` is a new function each time over the one cache.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [reportId],
  )
  /** Whether the screen shows what was last written from here: what is filled for many cells leaves out the others. */
  const isNewest = (form: string, cell: Pick<Cell, 'row' | 'revision'>): boolean =>
    (cell.revision ?? 0) >= (written.current.get(`${form} ${cell.row}`) ?? 0)
  return { save, state, isNewest }
}
