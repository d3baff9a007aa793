import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { dayOf, type Day } from '../../platform/day.ts'
import {
  announce,
  Choice,
  DayField,
  Dialog,
  Fields,
  ProblemAlert,
  serverNow,
  TextField,
  useCommand,
  useConfirm,
  useText,
  worded,
} from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { AgencyChoice } from './AgenciesPage.tsx'
import type { AgencyRow } from './replies.ts'

export type AgencyChange = 'name' | 'parent' | 'code' | 'close' | 'predecessor'

/** One dated change of an agency; what was before stays in its history. */
export function AgencyChangeDialog({
  change,
  agency,
  onClose,
}: {
  change: AgencyChange
  agency: AgencyRow
  onClose: () => void
}) {
  const text = useText({ vi, en })
  const confirm = useConfirm()
  const [day, setDay] = useState<Day | null>(dayOf(serverNow()))
  const [fullName, setFullName] = useState(agency.fullName)
  const [other, setOther] = useState<string | null>(null)
  const [scheme, setScheme] = useState<string | null>('dossier')
  const [code, setCode] = useState(agency.dossierCode ?? '')
  const [kind, setKind] = useState<string | null>('merge')
  const [answers, setAnswers] = useState(true)
  const otherId = other === null ? null : Number(other)

  const forms = {
    name: {
      title: text.agency.rename,
      path: 'name',
      method: 'PUT',
      ready: fullName.trim() !== '',
      body: { fullName, from: day },
    },
    parent: {
      title: text.agency.move,
      path: 'parent',
      method: 'PUT',
      ready: true,
      body: { parentId: otherId, from: day },
    },
    code: {
      title: text.agency.setCode,
      path: 'code',
      method: 'PUT',
      ready: scheme !== null,
      body: { scheme, code: code.trim() === '' ? null : code.trim(), from: day },
    },
    close: { title: text.agency.close, path: 'close', method: 'POST', ready: true, body: { lastDay: day } },
    predecessor: {
      title: text.agency.addOld,
      path: 'predecessors',
      method: 'PUT',
      ready: otherId !== null && kind !== null,
      body: { oldAgencyId: otherId, kind, onDay: day, answers },
    },
  } as const
  const form = forms[change]
  const save = useCommand(`/api/agencies/${agency.agencyId}/${form.path}`, {
    method: form.method,
    forget: ['/api/agencies', '/api/me'],
    onDone: () => {
      announce(text.saved)
      onClose()
    },
  })
  const submit = async () => {
    if (change === 'close') {
      const question = {
        question: text.agency.closeQuestion(agency.fullName),
        consequence: text.agency.closeConsequence,
        action: text.agency.close,
      }
      if (!(await confirm(question))) return
    }
    await save.run(form.body)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`${form.title} – ${agency.fullName}`}
      actions={
        <Button loading={save.busy} disabled={day === null || !form.ready} onClick={() => void submit()}>
          {change === 'close' ? text.agency.close : text.save}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(save.problem, text.refusals)} keeps />
        {change === 'name' && (
          <TextField
            label={text.agency.fullName}
            hint={text.agency.fullNameHint}
            required
            value={fullName}
            onChange={setFullName}
          />
        )}
        {change === 'parent' && <AgencyChoice label={text.agency.parentField} value={other} onChange={setOther} />}
        {change === 'code' && (
          <>
            <Choice
              label={text.agency.scheme}
              required
              value={scheme}
              onChange={setScheme}
              options={Object.entries(text.codeSchemes).map(([value, label]) => ({ value, label }))}
            />
            <TextField
              label={text.agency.codeValue}
              maxLength={40}
              value={code}
              onChange={(value) => setCode(value.toUpperCase())}
            />
          </>
        )}
        {change === 'predecessor' && (
          <>
            <AgencyChoice label={text.agency.oldAgency} required closed value={other} onChange={setOther} />
            <Choice
              label={text.agency.how}
              required
              value={kind}
              onChange={setKind}
              options={Object.entries(text.successionKinds).map(([value, label]) => ({ value, label }))}
            />
            <Checkbox
              label={text.agency.answersField}
              checked={answers}
              onChange={(event) => setAnswers(event.currentTarget.checked)}
            />
          </>
        )}
        <DayField label={change === 'close' ? text.agency.lastDay : text.from} required value={day} onChange={setDay} />
      </Fields>
    </Dialog>
  )
}
