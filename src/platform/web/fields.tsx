import { ActionIcon, TextInput, type TextInputProps, Tooltip } from '@mantine/core'
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from 'react'
import { dayOf, type Day, writeDay } from '../day.ts'
import { parseAmount, writeAmount } from './amount-input.ts'
import { serverNow } from './api.ts'
import { type CenturyRule, parseDay } from './day-input.ts'
import { Icon } from './Icon.tsx'
import { useFormat, useKitText } from './text.tsx'

type FieldProps = {
  label: string
  hint?: ReactNode
  error?: ReactNode
  required?: boolean
  disabled?: boolean
  autoFocus?: boolean
  name?: string
  width?: string
  inputRef?: RefObject<HTMLInputElement | null>
}

/** What all text fields share; the asterisk is a sign for the eye, `required` is said by the field itself. */
function shared({ label, hint, error, required, disabled, autoFocus, name, width, inputRef }: FieldProps) {
  return {
    label,
    description: hint,
    error,
    required: false,
    withAsterisk: required ?? false,
    'aria-required': required ?? false,
    disabled: disabled ?? false,
    'data-autofocus': autoFocus ? true : undefined,
    autoFocus: autoFocus ?? false,
    autoComplete: 'off',
    ...(name === undefined ? {} : { name }),
    ...(width === undefined ? {} : { w: width, maw: '100%' }),
    ...(inputRef === undefined ? {} : { ref: inputRef }),
  } satisfies TextInputProps & Record<`data-${string}`, unknown>
}

/** A line of text; what comes out is composed Unicode (NFC) without spaces at the ends. */
export function TextField({
  value,
  onChange,
  maxLength = 300,
  inputMode,
  placeholder,
  ...rest
}: FieldProps & {
  value: string
  onChange: (value: string) => void
  maxLength?: number
  inputMode?: 'text' | 'tel' | 'email' | 'numeric' | 'url'
  placeholder?: string
}) {
  return (
    <TextInput
      {...shared(rest)}
      value={value}
      maxLength={maxLength}
      {...(inputMode === undefined ? {} : { inputMode })}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const clean = value.normalize('NFC').replace(/\s+/g, ' ').trim()
        if (clean !== value) onChange(clean)
      }}
    />
  )
}

/** A day, typed as people type it (5/3/26, 050326, hôm nay); a calendar is one key away. */
export function DayField({
  value,
  onChange,
  century = 'near',
  min,
  max,
  ...rest
}: FieldProps & {
  value: Day | null
  onChange: (value: Day | null) => void
  century?: CenturyRule
  min?: Day
  max?: Day
}) {
  const text = useKitText()
  const [typed, setTyped] = useState<string | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const wrong = typed !== null && typed.trim() !== '' && parseDay(typed, dayOf(serverNow()), century) === undefined

  const settle = () => {
    if (typed === null) return
    const day = typed.trim() === '' ? null : parseDay(typed, dayOf(serverNow()), century)
    if (day === undefined) return
    onChange(day)
    setTyped(null)
  }

  return (
    <TextInput
      {...shared({ width: '11rem', ...rest })}
      error={rest.error ?? (wrong && typed.length >= 6 ? text.field.dayWrong : undefined)}
      placeholder={text.field.dayHint}
      inputMode="numeric"
      className="k-number"
      value={typed ?? (value ? writeDay(value) : '')}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        // A day typed in full is known at once, so that what depends on it need not wait for leaving the field.
        const day = parseDay(next, dayOf(serverNow()), century)
        if (day && /\d{4}$/.test(next)) onChange(day)
        else if (value !== null) onChange(null)
      }}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle()
      }}
      rightSection={
        <span className="k-day-picker">
          <Tooltip label={text.field.dayPick}>
            <ActionIcon
              variant="subtle"
              color="gray"
              tabIndex={-1}
              aria-label={`${text.field.dayPick}: ${rest.label}`}
              disabled={rest.disabled ?? false}
              onClick={() => picker.current?.showPicker()}
            >
              <Icon name="calendar" />
            </ActionIcon>
          </Tooltip>
          <input
            ref={picker}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            min={min}
            max={max}
            value={value ?? ''}
            onChange={(event) => {
              onChange(event.currentTarget.value || null)
              setTyped(null)
            }}
          />
        </span>
      }
    />
  )
}

/**
 * An identity number: digits only. A reader works as a keyboard: what it reads from the QR code of the card (parts
 * divided by `|`) goes to `onScan` whole, also when it is pasted.
 */
export function IdentityNumberField({
  value,
  onChange,
  onScan,
  maxLength = 12,
  ...rest
}: FieldProps & {
  value: string
  onChange: (value: string) => void
  onScan?: (raw: string) => void
  maxLength?: number
}) {
  const [scanned, setScanned] = useState<string | null>(null)

  const finish = (raw: string) => {
    setScanned(null)
    onScan?.(raw.trim())
  }

  return (
    <TextInput
      {...shared({ width: '14rem', ...rest })}
      className="k-number"
      inputMode="numeric"
      value={scanned ?? value}
      onChange={(event) => {
        const raw = event.currentTarget.value
        if (onScan && raw.includes('|')) return setScanned(raw)
        return onChange(raw.replace(/\D/g, '').slice(0, maxLength))
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || scanned === null) return
        event.preventDefault()
        finish(scanned)
      }}
      onBlur={() => {
        if (scanned !== null) finish(scanned)
      }}
      onPaste={(event: ClipboardEvent) => {
        const raw = event.clipboardData.getData('text')
        if (!onScan || !raw.includes('|')) return
        event.preventDefault()
        finish(raw)
      }}
    />
  )
}

/** Whole đồng, grouped as officials write it; 8k and 2tr are understood. */
export function MoneyField({
  value,
  onChange,
  ...rest
}: FieldProps & { value: number | null; onChange: (value: number | null) => void }) {
  const text = useKitText()
  const format = useFormat()
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && parseAmount(typed) === undefined
  return (
    <TextInput
      {...shared({ width: '12rem', ...rest })}
      className="k-number k-money"
      error={rest.error ?? (wrong ? text.field.amountWrong : undefined)}
      inputMode="numeric"
      value={typed ?? writeAmount(value, format.number)}
      rightSection={<span className="k-unit">{text.field.amountUnit}</span>}
      rightSectionWidth={52}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        const amount = parseAmount(next)
        if (amount !== undefined) onChange(amount)
      }}
      onBlur={() => {
        if (!wrong) setTyped(null)
      }}
    />
  )
}
