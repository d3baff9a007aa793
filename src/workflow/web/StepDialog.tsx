import { Button, Group, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { Choice, Dialog, Fields, FindChoice, Icon, TextField, useText, withQuery } from '../../platform/web/index.ts'
import type { ProcessPartner, Step, StepAgency, StepKind, StepRole, UnitKind } from '../contract.ts'
import { en } from '../text.en.ts'
import { inParts, vi } from '../text.vi.ts'
import { readLimit, writeLimit } from './limit-words.ts'

type Change = 'addAfter' | 'addBeside' | 'earlier' | 'later' | 'remove'

type StepDialogProps = {
  step: Step
  /** Names of the authorities that the process mentions already. */
  partners: readonly ProcessPartner[]
  onClose: () => void
  onSave: (step: Step) => void
  /** What happens to the step's place; closes the window. */
  onMove: (change: Change) => void
}

/** One step: what is done, by whom and in what time. */
export function StepDialog({ step: initial, partners, onClose, onSave, onMove }: StepDialogProps) {
  const all = useText({ vi, en })
  const { web: text } = all
  const [step, setStep] = useState(initial)
  const [limit, setLimit] = useState(initial.limit ? writeLimit(initial.limit) : '')
  const change = (part: Partial<Step>) => setStep((now) => ({ ...now, ...part }))
  const isOwn = step.agency === 'own'
  const parts = limit.trim() === '' || isOwn ? null : readLimit(limit)
  const isWrong = parts === undefined
  const moves: readonly Change[] = ['addAfter', 'addBeside', 'earlier', 'later', 'remove']
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={text.stepTitle}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            disabled={isWrong || step.name.trim() === ''}
            onClick={() => onSave({ ...step, name: step.name.trim(), limit: parts ?? null })}
          >
            {text.apply}
          </Button>
        </>
      }
    >
      <Fields columns={2}>
        <TextField
          label={text.name}
          required
          autoFocus
          maxLength={200}
          value={step.name}
          onChange={(name) => change({ name })}
        />
        <Choice
          label={text.kind}
          required
          value={step.kind}
          onChange={(kind) => kind && change({ kind: kind as StepKind })}
          options={optionsOf(all.kinds)}
        />
        <Choice
          label={text.who}
          required
          value={step.agency === 'own' ? 'own' : step.agency.relation}
          onChange={(who) => who && change(agencyChange(step, who))}
          options={[{ value: 'own', label: all.own }, ...optionsOf(all.relations)]}
        />
        {step.agency !== 'own' && (
          <PartnerChoice agency={step.agency} partners={partners} onChange={(agency) => change({ agency })} />
        )}
        <Choice
          label={text.unit}
          value={step.unitKind ?? 'none'}
          onChange={(unit) => change({ unitKind: unit === null || unit === 'none' ? null : (unit as UnitKind) })}
          options={[...(isOwn ? [] : [{ value: 'none', label: text.unitOfPartner }]), ...optionsOf(all.units)]}
        />
        <Choice
          label={text.role}
          required
          value={step.role}
          onChange={(role) => role && change({ role: role as StepRole })}
          options={optionsOf(all.roles)}
        />
      </Fields>
      <TimeInputs minutes={step.minutes} onChange={(minutes) => change({ minutes })} />
      {!isOwn && (
        <TextField
          label={text.limit}
          hint={text.limitHint}
          value={limit}
          onChange={setLimit}
          error={isWrong ? text.limitWrong : undefined}
        />
      )}
      <Group gap="xs" mt={16}>
        {moves.map((move) => (
          <Button key={move} size="compact-sm" variant="default" onClick={() => onMove(move)}>
            {move === 'remove' && <Icon name="remove" size={14} />} {text[move]}
          </Button>
        ))}
      </Group>
    </Dialog>
  )
}

type Partner = Exclude<StepAgency, 'own'>
type PartnerProps = { agency: Partner; partners: readonly ProcessPartner[]; onChange: (agency: Partner) => void }

/** The very authority, where several have this relation. */
function PartnerChoice({ agency: { relation, agencyId }, partners, onChange }: PartnerProps) {
  const { web: text } = useText({ vi, en })
  const known = partners.find((partner) => partner.agencyId === agencyId)
  return (
    <FindChoice<ProcessPartner[]>
      label={text.partner}
      hint={text.partnerHint}
      value={agencyId === undefined ? null : String(agencyId)}
      chosen={known && { value: String(known.agencyId), label: known.name }}
      onChange={(next) => onChange(next === null ? { relation } : { relation, agencyId: Number(next) })}
      path={(q) => withQuery('/api/process-partners', { relation, q })}
      read={(found) => found.map((partner) => ({ value: String(partner.agencyId), label: partner.name }))}
    />
  )
}

/** Days of eight hours, hours and minutes, which together are the allotted time. */
function TimeInputs({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const { web: text } = useText({ vi, en })
  const [days, hours, rest] = inParts(minutes)
  const field = (label: string, value: number, unit: number, max: number) => (
    <NumberInput
      label={label}
      w="8rem"
      min={0}
      max={max}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="blur"
      value={value}
      onChange={(next) => onChange(minutes + (Number(next) - value) * unit)}
    />
  )
  return (
    <Group gap="md" mt={12} align="end">
      {field(text.days, days, 480, 1000)}
      {field(text.hours, hours, 60, 7)}
      {field(text.minutes, rest, 1, 59)}
    </Group>
  )
}

/** Another authority decides on its own unit; our own step always has one. */
function agencyChange(step: Step, who: string): Partial<Step> {
  if (who === 'own') return { agency: 'own', unitKind: step.unitKind ?? 'office', limit: null }
  const relation = who as Exclude<StepAgency, 'own'>['relation']
  return { agency: { relation }, unitKind: relation === 'police' ? 'police' : null }
}

const optionsOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))
