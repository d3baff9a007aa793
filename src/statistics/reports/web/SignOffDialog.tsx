import { Button, NumberInput, Textarea } from '@mantine/core'
import { DayField, Dialog, Fields, TextField } from '../../../platform/web/index.ts'
import type { SignOff } from '../contract.ts'
import { useReportsText } from './use-reports-text.ts'

const limits = { top: [20, 25], bottom: [20, 25], left: [30, 35], right: [15, 20], size: [13, 14] } as const

/** Number, day, head and foot of the paper. */
export function SignOffDialog({
  signOff,
  onChange,
  onClose,
}: {
  signOff: SignOff
  onChange: (signOff: SignOff) => void
  onClose: () => void
}) {
  const { signOff: text } = useReportsText()
  const set = (change: Partial<SignOff>) => onChange({ ...signOff, ...change })
  const lines = (typed: string) =>
    typed
      .split('\n')
      .map((line) =>
        line
          .normalize('NFC')
          .replace(/^\s*-\s*/u, '')
          .trim(),
      )
      .filter(Boolean)
  return (
    <Dialog
      opened
      size="xl"
      onClose={onClose}
      title={text.title}
      actions={<Button onClick={onClose}>{text.done}</Button>}
    >
      <Fields columns={2}>
        <TextField
          autoFocus
          label={text.number}
          hint={text.numberHint}
          inputMode="numeric"
          maxLength={6}
          value={signOff.number ?? ''}
          onChange={(typed) => set({ number: typed.replace(/\D/gu, '') || null })}
        />
        <TextField label={text.symbol} maxLength={40} value={signOff.symbol} onChange={(symbol) => set({ symbol })} />
        <TextField label={text.place} maxLength={100} value={signOff.place} onChange={(place) => set({ place })} />
        <DayField label={text.day} value={signOff.day} onChange={(day) => set({ day })} />
        <Typed label={text.parent} value={signOff.parent ?? ''} onChange={(typed) => set({ parent: typed || null })} />
        <Typed
          label={text.agency}
          hint={text.linesBreak}
          value={signOff.agency}
          onChange={(agency) => set({ agency })}
        />
        <TextField label={text.type} maxLength={100} value={signOff.title} onChange={(title) => set({ title })} />
        <Typed label={text.subject} value={signOff.subject} onChange={(subject) => set({ subject })} />
        <Typed
          label={text.lines}
          hint={text.linesHint}
          value={signOff.signer.lines.join('\n')}
          onChange={(typed) => set({ signer: { ...signOff.signer, lines: lines(typed).slice(0, 4) } })}
        />
        <TextField
          label={text.name}
          maxLength={120}
          value={signOff.signer.name ?? ''}
          onChange={(name) => set({ signer: { ...signOff.signer, name: name || null } })}
        />
        <Typed
          label={text.recipients}
          value={signOff.recipients.join('\n')}
          onChange={(typed) => set({ recipients: lines(typed).slice(0, 40) })}
        />
      </Fields>
      <p className="k-note">{text.layout}</p>
      <div className="r-numbers">
        {(['top', 'bottom', 'left', 'right', 'size'] as const).map((side) => (
          <NumberInput
            key={side}
            label={text[side]}
            min={limits[side][0]}
            max={limits[side][1]}
            clampBehavior="strict"
            allowDecimal={false}
            value={signOff.layout[side]}
            onChange={(value) => typeof value === 'number' && set({ layout: { ...signOff.layout, [side]: value } })}
          />
        ))}
      </div>
    </Dialog>
  )
}

/** Several lines; kept as typed until one leaves, so that an empty line can be begun. */
function Typed({
  label,
  hint,
  value,
  onChange,
}: {
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
}) {
  return (
    <Textarea
      key={value}
      autosize
      minRows={2}
      maxLength={2000}
      label={label}
      description={hint}
      defaultValue={value}
      onBlur={(event) =>
        event.currentTarget.value !== value && onChange(event.currentTarget.value.normalize('NFC').trim())
      }
    />
  )
}
