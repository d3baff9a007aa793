import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Icon, PrintButton, printFile, useShortcut } from '../../platform/web/index.ts'
import type { FormOption } from '../contract.ts'
import { papersSince } from './dossier-view.ts'
import { useDossierText } from './use-dossier-text.ts'

/** What was done last: its name, and the version before it, so that the papers that arose can be offered. */
export type Done = { what: string; before: number }

/** After something was done: what, and the paper that arose, which one key prints. */
export function DoneNotice({
  done,
  forms,
  onDismiss,
}: {
  done: Done | null
  forms: readonly FormOption[]
  onDismiss: () => void
}) {
  const text = useDossierText().dossier
  const papers = done ? papersSince(forms, done.before) : []
  const [first] = papers
  useShortcut(['P'], text.printKey, () => first && printFile(first.url), first !== undefined)
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The sheet is gone: whoever works by keyboard goes on from here; the print key takes over when there is one.
    if (done && !notice.current?.contains(document.activeElement)) notice.current?.focus()
  }, [done])
  if (!done) return null
  return (
    <div ref={notice} className="d-done" role="status" tabIndex={-1}>
      <p>
        <Icon name="check" /> {text.done.title(done.what)}
      </p>
      <div className="k-actions">
        {papers.map((paper, index) => (
          <PrintButton key={paper.form} path={paper.url} autoFocus={index === 0}>
            {text.done.print(paper.title)}
          </PrintButton>
        ))}
        <Button variant="subtle" color="gray" onClick={onDismiss}>
          {text.done.dismiss}
        </Button>
      </div>
    </div>
  )
}
