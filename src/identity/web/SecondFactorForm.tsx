import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type ApiProblem, api, ProblemAlert, toProblem, useText, worded } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** Asks for the code of the device or a recovery code; six digits are sent as soon as they stand there. */
export function SecondFactorForm({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }) {
  const text = useText({ vi, en })
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const send = async (typed: string) => {
    setBusy(true)
    setProblem(null)
    try {
      await api.post('/api/session/second-factor', { code: typed })
      await onDone()
    } catch (error) {
      const said = toProblem(error)
      // Too long ago, or refused for good: the password comes first again.
      if (said.status === 401) return onBack()
      setProblem(said)
      setCode('')
    } finally {
      setBusy(false)
    }
    return undefined
  }

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void send(code)
      }}
    >
      <ProblemAlert problem={worded(problem, text.refusals)} />
      <TextInput
        className="identity-code"
        label={text.secondFactor.code}
        description={text.secondFactor.hint}
        name="one-time-code"
        autoComplete="one-time-code"
        autoFocus
        required
        withAsterisk={false}
        maxLength={20}
        disabled={busy}
        value={code}
        onChange={(event) => {
          const typed = event.currentTarget.value
          setCode(typed)
          if (/^\d{6}$/.test(typed.trim())) void send(typed)
        }}
      />
      <Button type="submit" loading={busy}>
        {text.secondFactor.submit}
      </Button>
      <Button variant="subtle" onClick={onBack}>
        {text.secondFactor.back}
      </Button>
    </form>
  )
}
