import { Button } from '@mantine/core'
import { useState } from 'react'
import { announce, Dialog, Icon, ProblemAlert, useCommand, useFormat, worded } from '../../../platform/web/index.ts'
import { Textarea } from '@mantine/core'
import type { Finding, ReportReply } from '../contract.ts'
import { sortFindings } from './report-view.ts'
import { useFormText, usePick } from './use-form-text.ts'

/** What the rules found, beside the form: each leads to its cell, a warning may be explained. */
export function Checks({
  report,
  current,
  mayExplain,
  onJump,
}: {
  report: ReportReply
  /** The form on the screen: what was found in it stands first. */
  current: string
  mayExplain: boolean
  onJump: (finding: Finding) => void
}) {
  const words = useFormText().web
  const [asked, setAsked] = useState<Finding | null>(null)
  const { blocking, open, explained } = sortFindings(report.findings, current)
  const shared = { report, onJump, ...(mayExplain ? { onExplain: setAsked } : {}) }
  return (
    <aside className="rf-checks" aria-label={words.checks}>
      <h2>{words.checks}</h2>
      <p role="status" className="rf-checks-sum" data-tone={blocking.length > 0 ? 'late' : 'normal'}>
        {report.findings.length === 0
          ? words.checksAll(report.checked)
          : words.checksSome(report.checked, blocking.length, open.length)}
      </p>
      <Findings title={words.mustFix} findings={blocking} {...shared} />
      <Findings title={words.mustExplain} findings={open} {...shared} />
      <Findings title={words.explained} findings={explained} {...shared} />
      <ExplainDialog report={report} finding={asked} onClose={() => setAsked(null)} />
    </aside>
  )
}

function Findings({
  title,
  findings,
  report,
  onJump,
  onExplain,
}: {
  title: string
  findings: readonly Finding[]
  report: ReportReply
  onJump: (finding: Finding) => void
  onExplain?: (finding: Finding) => void
}) {
  const words = useFormText().web
  const pick = usePick()
  if (findings.length === 0) return null
  const numberOf = (form: string) =>
    report.forms.find(({ definition }) => definition.form === form)?.definition.number ?? form
  return (
    <>
      <h3>{title}</h3>
      <ul className="rf-findings">
        {findings.map((finding) => (
          <li key={`${finding.form} ${finding.check}`} data-severity={finding.severity}>
            <p>
              <Icon name={finding.severity === 'blocking' ? 'late' : 'info'} size={14} />{' '}
              <span className="rf-small">{numberOf(finding.form)}.</span> {pick(finding.words, finding.wordsEn)}
            </p>
            <Explained finding={finding} />
            <div className="k-actions">
              <Button size="compact-sm" variant="default" onClick={() => onJump(finding)}>
                {words.toCell}
                <span className="rf-said"> {`${numberOf(finding.form)} ${finding.row}`}</span>
              </Button>
              {finding.severity === 'warning' && onExplain && (
                <Button size="compact-sm" variant="default" onClick={() => onExplain(finding)}>
                  {finding.explanation ? words.explainAgain : words.explain}
                  <span className="rf-said"> {`${numberOf(finding.form)} ${finding.row}`}</span>
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

function Explained({ finding: { explanation } }: { finding: Finding }) {
  const words = useFormText().web
  const format = useFormat()
  if (!explanation) return null
  return (
    <p className="rf-explained">
      “{explanation.reason}”{' '}
      <span className="rf-small">{words.by(explanation.by, format.instant(explanation.at))}</span>
      {!explanation.holds && <strong> {words.stale}</strong>}
    </p>
  )
}

function ExplainDialog({
  report,
  finding,
  onClose,
}: {
  report: ReportReply
  finding: Finding | null
  onClose: () => void
}) {
  const words = useFormText().web
  return (
    <Dialog opened={finding !== null} onClose={onClose} title={words.explainTitle}>
      {finding && <ExplainForm key={finding.fingerprint} report={report} finding={finding} onClose={onClose} />}
    </Dialog>
  )
}

function ExplainForm({ report, finding, onClose }: { report: ReportReply; finding: Finding; onClose: () => void }) {
  const text = useFormText()
  const words = text.web
  const pick = usePick()
  const [reason, setReason] = useState(finding.explanation?.reason ?? '')
  const path = `/api/reports/${report.reportId}`
  const explain = useCommand(`${path}/explanations`, {
    forget: [path],
    onDone: () => {
      announce(words.saved)
      onClose()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const { check, form, fingerprint } = finding
        void explain.run({ check, form, fingerprint, reason })
      }}
    >
      <p>{pick(finding.words, finding.wordsEn)}</p>
      <Textarea
        label={words.explanation}
        autosize
        minRows={3}
        maxLength={1000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProblemAlert problem={worded(explain.problem, text.refusals)} keeps />
      <div className="k-dialog-actions">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" loading={explain.busy} disabled={reason.trim() === ''}>
          {words.save}
        </Button>
      </div>
    </form>
  )
}
