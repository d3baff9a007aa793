import { Checkbox, Group, NumberInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { TextField, useText } from '../../platform/web/index.ts'
import type { Channel, TimeLimitPart } from '../contract.ts'
import { readTimeLimit, writeTimeLimit } from '../rules/cells.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type Common = { label: string; error?: string | undefined; required?: boolean }

/** Several lines of text. */
export function LongText({
  label,
  error,
  required = false,
  value,
  onChange,
  rows = 2,
}: Common & { value: string; onChange: (value: string) => void; rows?: number }) {
  return (
    <Textarea
      label={label}
      error={error}
      withAsterisk={required}
      aria-required={required}
      autosize
      minRows={rows}
      maxRows={14}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const clean = value.normalize('NFC').trim()
        if (clean !== value) onChange(clean)
      }}
    />
  )
}

/** A list of short texts, one a line. */
export function Lines({
  label,
  error,
  required = false,
  value,
  onChange,
}: Common & { value: readonly string[]; onChange: (value: string[]) => void }) {
  const { web: text } = useText({ vi, en })
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Textarea
      label={label}
      description={text.perLine}
      error={error}
      withAsterisk={required}
      aria-required={required}
      autosize
      minRows={2}
      maxRows={12}
      value={typed ?? value.join('\n')}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        onChange(next.split('\n').flatMap((line) => line.normalize('NFC').trim() || []))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

/** A whole number from `min` on. */
export function WholeNumber({
  label,
  error,
  required = false,
  value,
  onChange,
  min = 0,
  max = 10_000,
}: Common & { value: number; onChange: (value: number) => void; min?: number; max?: number }) {
  return (
    <NumberInput
      label={label}
      error={error}
      withAsterisk={required}
      w="8rem"
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="blur"
      min={min}
      max={max}
      value={value}
      onChange={(next) => onChange(typeof next === 'number' ? next : min)}
    />
  )
}

/** A time limit as people write it: `7 ngày làm việc + 12 ngày`. */
export function TimeLimitField({
  label,
  error,
  required = false,
  value,
  onChange,
}: Common & { value: readonly TimeLimitPart[]; onChange: (value: TimeLimitPart[]) => void }) {
  const { web: text } = useText({ vi, en })
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && typed.trim() !== '' && readTimeLimit(typed) === undefined
  return (
    <TextField
      label={label}
      hint={text.limitHint}
      error={wrong ? text.limitWrong : error}
      required={required}
      width="22rem"
      value={typed ?? writeTimeLimit(value)}
      onChange={(next) => {
        setTyped(next)
        const parts = next.trim() === '' ? [] : readTimeLimit(next)
        if (parts) onChange(parts)
      }}
    />
  )
}

/** Through which channels something holds. */
export function ChannelsField({
  label,
  error,
  value,
  onChange,
}: Common & { value: readonly Channel[]; onChange: (value: Channel[]) => void }) {
  const { channels } = useText({ vi, en })
  const all = ['counter', 'online', 'post'] as const
  return (
    <Checkbox.Group
      label={label}
      error={error}
      withAsterisk
      value={[...value]}
      onChange={(next) => onChange(all.filter((channel) => next.includes(channel)))}
    >
      <Group gap="md" mt={4}>
        {all.map((channel) => (
          <Checkbox key={channel} value={channel} label={channels[channel]} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}
