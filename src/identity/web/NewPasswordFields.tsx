import { PasswordInput } from '@mantine/core'
import { useText } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

export type NewPassword = { password: string; again: string }

/** Whether what was typed may be sent; the other rules only the server knows. */
export const isReady = ({ password, again }: NewPassword, least: number): boolean =>
  Array.from(password.normalize('NFC')).length >= least && password === again

/** A new password, typed twice. */
export function NewPasswordFields({
  value,
  onChange,
  least,
  label,
}: {
  value: NewPassword
  onChange: (value: NewPassword) => void
  least: number
  label?: string
}) {
  const text = useText({ vi, en })
  const differs = value.again !== '' && value.again.length >= value.password.length && value.again !== value.password
  return (
    <>
      <PasswordInput
        label={label ?? text.setup.password}
        description={text.setup.passwordHint(least)}
        autoComplete="new-password"
        maxLength={500}
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
      />
      <PasswordInput
        label={text.setup.again}
        autoComplete="new-password"
        maxLength={500}
        value={value.again}
        error={differs && text.setup.differs}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
      />
    </>
  )
}
