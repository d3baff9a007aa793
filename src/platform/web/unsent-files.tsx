import { createContext, type ReactNode, use, useCallback, useEffect, useId, useMemo, useState } from 'react'

type Report = (drop: string, isUnsent: boolean) => void

const Reporting = createContext<Report>(() => undefined)

/**
 * For a form with uploads: whether a file in it was refused or is still on its way. Draw the form inside `Watch` and do
 * not send it while `unsent`; such a file stands as `[data-unsent]` and takes the focus.
 */
export function useUnsentFiles() {
  const [drops, setDrops] = useState<readonly string[]>([])
  const report = useCallback<Report>((drop, isUnsent) => {
    setDrops((all) => {
      if (all.includes(drop) === isUnsent) return all
      return isUnsent ? [...all, drop] : all.filter((other) => other !== drop)
    })
  }, [])
  const Watch = useMemo(
    () =>
      function Watch({ children }: { children: ReactNode }) {
        return <Reporting value={report}>{children}</Reporting>
      },
    [report],
  )
  return { unsent: drops.length > 0, Watch }
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
