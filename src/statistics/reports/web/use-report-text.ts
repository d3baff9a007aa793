import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiProblem, api, toProblem, useApi, useDraft, withQuery } from '../../../platform/web/index.ts'
import type { LoadedReport } from '../../forms/contract.ts'
import type { ReportBody, SignOff, Template } from '../contract.ts'
import type { Facts } from '../rules/facts.ts'

export type TextView = {
  report: Pick<LoadedReport, 'reportId' | 'agency' | 'period' | 'state' | 'basis' | 'version'>
  version: number
  body: ReportBody
  signOff: SignOff
  facts: Facts
  saved: { by: string; at: string } | null
  mayWrite: boolean
  mayEditText: boolean
}

type Content = { body: ReportBody; signOff: SignOff }
type Unsaved = Content & { version: number }
export type Saving = 'fresh' | 'saved' | 'unsaved' | 'saving' | 'failed'

const PAUSE_MS = 1200
const AGAIN_MS = 5000

/** The text of a report that saves itself: a moment after the last key, again until it worked, and never over somebody else. */
export function useReportText(reportId: string, template: Template) {
  const path = withQuery(`/api/reports/${reportId}/text`, { template })
  const view = useApi<TextView>(path)
  const [kept, setKept, draft] = useDraft<Unsaved | null>(`report-text-${reportId}-${template}`, null)
  const [content, setContent] = useState<Content | null>(null)
  const [saving, setSaving] = useState<Saving>('fresh')
  const [savedAt, setSavedAt] = useState<{ by: string; at: string } | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [restored, setRestored] = useState(false)
  const version = useRef(0)
  const latest = useRef<Content | null>(null)
  const dirty = useRef(false)
  const busy = useRef<Promise<void> | null>(null)

  // What the server says is taken over, unless something here waits to be saved.
  useEffect(() => {
    const { data } = view
    if (!data || dirty.current || busy.current) return
    version.current = data.version
    const found = kept?.version === data.version && data.mayWrite ? kept : null
    const next = found ?? data
    latest.current = { body: next.body, signOff: next.signOff }
    setContent(latest.current)
    setSavedAt(data.saved)
    if (found) {
      dirty.current = true
      setRestored(true)
    }
    const clean: Saving = data.saved ? 'saved' : 'fresh'
    setSaving(found ? 'unsaved' : clean)
    // Only an answer of the server begins this anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [view.data])

  const save = useCallback(async (): Promise<void> => {
    if (busy.current) await busy.current
    const sent = latest.current
    if (!dirty.current || !sent) return
    dirty.current = false
    setSaving('saving')
    busy.current = api
      .put<{ version: number }>(path, { version: version.current, ...sent })
      .then((reply) => {
        version.current = reply.version
        setProblem(null)
        setSavedAt({ by: '', at: new Date().toISOString() })
        if (!dirty.current) {
          draft.clear(null)
          setSaving('saved')
        }
      })
      .catch((error: unknown) => {
        dirty.current = true
        const said = toProblem(error)
        setProblem(said)
        setSaving('failed')
      })
      .finally(() => (busy.current = null))
    await busy.current
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [path])

  const change = useCallback(
    (next: Partial<Content>) => {
      if (!latest.current) return
      latest.current = { ...latest.current, ...next }
      dirty.current = true
      setContent(latest.current)
      setKept({ ...latest.current, version: version.current })
      setSaving('unsaved')
    },
    [setKept],
  )

  useEffect(() => {
    if (saving !== 'unsaved' && saving !== 'failed') return
    // Somebody else wrote meanwhile: trying again would not help.
    if (saving === 'failed' && problem?.kind === 'refused') return
    const timer = setTimeout(() => void save(), saving === 'unsaved' ? PAUSE_MS : AGAIN_MS)
    return () => clearTimeout(timer)
  }, [saving, problem, content, save])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (dirty.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void save()
    }
  }, [save])

  return { view, content, change, save, saving, savedAt, problem, restored, path }
}
