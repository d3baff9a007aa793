import { Button, Checkbox, Textarea } from '@mantine/core'
import { useState } from 'react'
import {
  type ApiProblem,
  Dialog,
  Fields,
  KeyHint,
  ProblemAlert,
  TextField,
  useShortcut,
} from '../../platform/web/index.ts'
import type { Details, IntakeBody } from '../contract.ts'
import type { PaperLine } from './intake-view.ts'
import { useDossierText } from './use-dossier-text.ts'

/** What the slip says; kept with the draft of the intake. */
export type SlipForm = {
  /** The case for which it was begun; another one begins anew. */
  about: string
  reason: string
  basis: string
  guidance: string
  items: Readonly<Record<string, string>>
}

export const emptySlip: SlipForm = { about: '', reason: '', basis: '', guidance: '', items: {} }

/** The details of a supplement (form 02) or of a refusal (form 03), before it is decided. */
export function IntakeSlip({
  ending,
  lines,
  slip,
  onChange,
  busy,
  problem,
  onClose,
  onDecide,
}: {
  ending: 'supplement' | 'refuse'
  lines: readonly PaperLine[]
  slip: SlipForm
  onChange: (slip: SlipForm) => void
  busy: boolean
  problem: ApiProblem | null
  onClose: () => void
  onDecide: (decision: IntakeBody['decision']) => void
}) {
  const text = useDossierText().intake.slip
  const [tried, setTried] = useState(false)
  const set = (change: Partial<SlipForm>) => onChange({ ...slip, ...change })
  const decide = () => {
    setTried(true)
    if (slip.reason.trim() === '') return
    const items = lines.flatMap(({ rule }) => {
      const change = slip.items[rule.key]
      return change === undefined
        ? []
        : [{ key: rule.key, paper: rule.name, change: change.trim() || text.changeUsual }]
    })
    const details = toDetails(
      slip,
      ending === 'supplement' ? items.map(({ paper, change }) => ({ paper, change })) : [],
    )
    onDecide(
      ending === 'refuse'
        ? { type: 'refuseReceipt', details }
        : { type: 'requestSupplement', details, componentKeys: items.map(({ key }) => key) },
    )
  }
  const label = ending === 'supplement' ? text.makeSupplement : text.makeRefusal
  useShortcut(['Ctrl', 'Enter'], label, decide, !busy)
  return (
    <Dialog
      opened
      size="lg"
      onClose={onClose}
      title={ending === 'supplement' ? text.supplementTitle : text.refuseTitle}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button loading={busy} onClick={decide} rightSection={<KeyHint keys={['Ctrl', 'Enter']} />}>
            {label}
          </Button>
        </>
      }
    >
      <Fields>
        {ending === 'supplement' && lines.length > 0 && (
          <fieldset className="intake-slip-papers">
            <legend>{text.papers}</legend>
            {lines.map(({ rule }) => {
              const change = slip.items[rule.key]
              return (
                <div key={rule.key}>
                  <Checkbox
                    checked={change !== undefined}
                    label={rule.name}
                    onChange={(event) =>
                      set({
                        items: toggled(
                          slip.items,
                          rule.key,
                          event.currentTarget.checked ? text.changeUsual : undefined,
                        ),
                      })
                    }
                  />
                  {change !== undefined && (
                    <TextField
                      label={text.change}
                      maxLength={2000}
                      value={change}
                      onChange={(next) => set({ items: { ...slip.items, [rule.key]: next } })}
                    />
                  )}
                </div>
              )
            })}
          </fieldset>
        )}
        <Textarea
          label={text.reason}
          withAsterisk
          aria-required
          data-autofocus
          autosize
          minRows={2}
          maxLength={4000}
          value={slip.reason}
          error={tried && slip.reason.trim() === '' ? text.reasonMissing : undefined}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
        <TextField label={text.basis} maxLength={1000} value={slip.basis} onChange={(basis) => set({ basis })} />
        <Textarea
          label={text.guidance}
          autosize
          minRows={2}
          maxLength={2000}
          value={slip.guidance}
          onChange={(event) => set({ guidance: event.currentTarget.value })}
        />
      </Fields>
      <ProblemAlert problem={problem} keeps />
    </Dialog>
  )
}

const toDetails = ({ reason, basis, guidance }: SlipForm, items: NonNullable<Details['items']>): Details => ({
  reason: reason.normalize('NFC').trim(),
  ...(basis.trim() ? { basis: basis.normalize('NFC').trim() } : {}),
  ...(guidance.trim() ? { guidance: guidance.normalize('NFC').trim() } : {}),
  ...(items.length > 0 ? { items } : {}),
})

function toggled(items: SlipForm['items'], key: string, change: string | undefined): SlipForm['items'] {
  const { [key]: _, ...rest } = items
  return change === undefined ? rest : { ...rest, [key]: change }
}
