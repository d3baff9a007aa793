import { Button, Menu, Textarea } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Dialog,
  Icon,
  LinkButton,
  ProblemAlert,
  useCommand,
  useConfirm,
  useGo,
  worded,
} from '../../../platform/web/index.ts'
import type { ReportReply } from '../contract.ts'
import { useFormText } from './use-form-text.ts'

/** What may be done with the report now; the step of consequence is the last button. */
export function Steps({ report }: { report: ReportReply }) {
  const text = useFormText()
  const words = text.web
  const confirm = useConfirm()
  const [asked, setAsked] = useState<'return' | 'correct' | null>(null)
  const { steps, revision } = report
  const submit = useStep(report, 'submit', words.submitted)
  const withdraw = useStep(report, 'withdraw', words.withdrawn)
  const accept = useStep(report, 'accept', words.accepted)
  const lock = useStep(report, 'lock', words.lockedNow)
  const problem = submit.problem ?? withdraw.problem ?? accept.problem ?? lock.problem

  const ask = async (step: typeof submit, question: Parameters<typeof confirm>[0]) => {
    if (await confirm(question)) await step.run({ revision })
  }

  return (
    <>
      <LinkButton variant="default" to={`/bao-cao/${report.reportId}/loi-van`}>
        {words.openText}
      </LinkButton>
      <Downloads report={report} />
      {steps.includes('withdraw') && (
        <Button
          variant="default"
          loading={withdraw.busy}
          onClick={() =>
            void ask(withdraw, {
              question: words.withdrawQuestion,
              consequence: words.withdrawConsequence,
              action: words.withdraw,
            })
          }
        >
          {words.withdraw}
        </Button>
      )}
      {steps.includes('return') && (
        <Button variant="default" leftSection={<Icon name="undo" />} onClick={() => setAsked('return')}>
          {words.return}
        </Button>
      )}
      {steps.includes('correct') && (
        <Button variant="default" leftSection={<Icon name="edit" />} onClick={() => setAsked('correct')}>
          {words.correct}
        </Button>
      )}
      {steps.includes('submit') && (
        <Button
          leftSection={<Icon name="forward" />}
          loading={submit.busy}
          onClick={() =>
            void ask(submit, {
              question: report.hasUpperLevel ? words.submitQuestion : words.submitAlone,
              consequence: words.submitConsequence,
              action: words.submit,
            })
          }
        >
          {words.submit}
        </Button>
      )}
      {steps.includes('accept') && (
        <Button
          leftSection={<Icon name="check" />}
          loading={accept.busy}
          onClick={() =>
            void ask(accept, {
              question: words.acceptQuestion,
              consequence: words.acceptConsequence,
              action: words.accept,
            })
          }
        >
          {words.accept}
        </Button>
      )}
      {steps.includes('lock') && (
        <Button
          leftSection={<Icon name="lock" />}
          loading={lock.busy}
          onClick={() =>
            void ask(lock, { question: words.lockQuestion, consequence: words.lockConsequence, action: words.lock })
          }
        >
          {words.lock}
        </Button>
      )}
      {problem && (
        <div className="rf-step-problem">
          <ProblemAlert problem={worded(problem, text.refusals)} />
        </div>
      )}
      <ReasonDialog
        report={report}
        step="return"
        opened={asked === 'return'}
        onClose={() => setAsked(null)}
        words={{ title: words.returnTitle, reason: words.returnReason, action: words.return, done: words.returned }}
      />
      <ReasonDialog
        report={report}
        step="correct"
        opened={asked === 'correct'}
        onClose={() => setAsked(null)}
        words={{
          title: words.correctTitle,
          reason: words.correctReason,
          action: words.correct,
          done: words.correctedNow,
        }}
      />
    </>
  )
}

function useStep({ reportId }: ReportReply, step: string, done: string) {
  return useCommand(`/api/reports/${reportId}/${step}`, { forget: ['/api/reports'], onDone: () => announce(done) })
}

function Downloads({ report: { reportId } }: { report: ReportReply }) {
  const words = useFormText().web
  const path = `/api/reports/${reportId}`
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />}>
          {words.downloads}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={`${path}/workbook`} download>
          {words.workbook}
        </Menu.Item>
        <Menu.Item component="a" href={`${path}/package`} download>
          {words.package}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

type ReasonWords = { title: string; reason: string; action: string; done: string }

function ReasonDialog({
  report,
  step,
  opened,
  onClose,
  words,
}: {
  report: ReportReply
  step: 'return' | 'correct'
  opened: boolean
  onClose: () => void
  words: ReasonWords
}) {
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title}>
      {opened && <ReasonForm report={report} step={step} onClose={onClose} words={words} />}
    </Dialog>
  )
}

function ReasonForm({
  report,
  step,
  onClose,
  words,
}: {
  report: ReportReply
  step: 'return' | 'correct'
  onClose: () => void
  words: ReasonWords
}) {
  const text = useFormText()
  const go = useGo()
  const [reason, setReason] = useState('')
  const send = useCommand<{ reportId?: string }>(`/api/reports/${report.reportId}/${step}`, {
    forget: ['/api/reports'],
    onDone: ({ reportId }) => {
      announce(words.done)
      onClose()
      if (reportId) void go(`/bao-cao/${reportId}`)
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send.run({ revision: report.revision, reason })
      }}
    >
      <Textarea
        label={words.reason}
        autosize
        minRows={3}
        maxLength={1000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProblemAlert problem={worded(send.problem, text.refusals)} keeps />
      <div className="k-dialog-actions">
        <Button variant="default" onClick={onClose}>
          {text.web.cancel}
        </Button>
        <Button type="submit" loading={send.busy} disabled={reason.trim() === ''}>
          {words.action}
        </Button>
      </div>
    </form>
  )
}
