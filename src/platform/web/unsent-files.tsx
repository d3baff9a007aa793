import { useBlocker } from '@tanstack/react-router'
import { createContext, type ReactNode, use, useCallback, useEffect, useId, useMemo, useState } from 'react'
import { useConfirm } from './dialogs.tsx'
import { useKitText } from './text.tsx'

type Report = (drop: string, isUnsent: boolean) => void

const Reporting = createContext<Report>(() => undefined)

/**
 * For a form with uploads: whether a file in it was refused or is still on its way. Draw the form inside `Watch` and do
 * not send it while `unsent`; such a file stands as `[data-unsent]` and takes the focus. What closes the form or puts
 * something else in its place asks `mayLeave` first; leaving the page is asked about by itself (`UnsentFilesGuard`).
 */
export function useUnsentFiles() {
  const [drops, setDrops] = useState<readonly string[]>([])
  const outer = use(Reporting)
  const report = useCallback<Report>(
    (drop, isUnsent) => {
      outer(drop, isUnsent)
      setDrops((all) => {
        if (all.includes(drop) === isUnsent) return all
        return isUnsent ? [...all, drop] : all.filter((other) => other !== drop)
      })
    },
    [outer],
  )
  const Watch = useMemo(
    () =>
      function Watch({ children }: { children: ReactNode }) {
        return <Reporting value={report}>{children}</Reporting>
      },
    [report],
  )
  const unsent = drops.length > 0
  const confirm = useConfirm()
  const { leave } = useKitText().files
  const mayLeave = async (): Promise<boolean> => !unsent || confirm(leave)
  return { unsent, Watch, mayLeave }
}

/** Around the pages: whoever leaves one with a file that was not sent is asked first, once for all files on it. */
export function UnsentFilesGuard({ children }: { children: ReactNode }) {
  const { unsent, Watch, mayLeave } = useUnsentFiles()
  useBlocker({
    // Another filter or tab of the same page takes nothing away.
    shouldBlockFn: async ({ current, next }) => current.pathname !== next.pathname && !(await mayLeave()),
    enableBeforeUnload: unsent,
    disabled: !unsent,
  })
  return <Watch>{children}</Watch>
}

/** What `FileDrop` tells the form around it; a drop that is gone holds nothing back. */
export function useReportUnsent(isUnsent: boolean): void {
  const drop = useId()
  const report = use(Reporting)
  useEffect(() => {
    report(drop, isUnsent)
    return () => report(drop, false)
  }, [report, drop, isUnsent])
}
