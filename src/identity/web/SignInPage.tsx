import { Alert, Button, Divider, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import {
  type ApiProblem,
  api,
  ProblemAlert,
  toProblem,
  useApi,
  useFilters,
  useForget,
  useGo,
  useText,
  worded,
} from '../../platform/web/index.ts'
import type { Me, ProviderOffer, SignInReply } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { Door } from './Door.tsx'
import { landingPath } from './landing.ts'
import { SecondFactorForm } from './SecondFactorForm.tsx'

/** Name and password, then the code of the second factor where there is one. */
export function SignInPage() {
  const text = useText({ vi, en })
  const [{ next, loi: returned, buoc: step }] = useFilters({ next: '', loi: '', buoc: '' })
  const [awaited, setAwaited] = useState(step === 'ma')
  const go = useGo()
  const forget = useForget()

  const arrive = async () => {
    const me = await api.get<Me>('/api/me')
    await forget()
    await go(landingPath(next, me.demand), { replace: true })
  }

  return awaited ? (
    <Door title={text.secondFactor.title}>
      <SecondFactorForm onDone={arrive} onBack={() => setAwaited(false)} />
    </Door>
  ) : (
    <Door title={text.signIn.title} foot={<p className="k-note">{text.signIn.forgotten}</p>}>
      {returned in text.signIn.returned && (
        <Alert color="red" role="alert">
          {text.signIn.returned[returned]}
        </Alert>
      )}
      <PasswordForm onDone={arrive} onSecondFactor={() => setAwaited(true)} />
      <ProviderLinks next={next} />
    </Door>
  )
}

/** Other ways in. A plain link: the provider is another site. */
function ProviderLinks({ next }: { next: string }) {
  const text = useText({ vi, en })
  const offers = useApi<ProviderOffer[]>('/api/session/providers')
  if (!offers.data?.length) return null
  return (
    <>
      <Divider label={text.signIn.or} my="md" />
      {offers.data.map(({ providerId, name }) => (
        <Button
          key={providerId}
          component="a"
          href={`/dang-nhap-can-bo/qua/${providerId}?${new URLSearchParams({ next }).toString()}`}
          variant="default"
          fullWidth
          mb="xs"
        >
          {text.signIn.by(name)}
        </Button>
      ))}
    </>
  )
}

function PasswordForm({ onDone, onSecondFactor }: { onDone: () => Promise<void>; onSecondFactor: () => void }) {
  const text = useText({ vi, en })
  const [userName, setUserName] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  // Whoever is signed in already, e.g. in another tab, need not do it again.
  useEffect(() => {
    api.get<Me>('/api/me').then(
      (me) => (me.locked ? undefined : onDone()),
      () => undefined,
    )
    // Only on arrival.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const reply = await api.post<SignInReply>('/api/session', { userName, password })
      if (reply.next === 'second-factor') onSecondFactor()
      else await onDone()
    } catch (error) {
      setProblem(toProblem(error))
      setPassword('')
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <ProblemAlert problem={worded(problem, text.refusals)} />
      <TextInput
        label={text.signIn.userName}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        withAsterisk={false}
        maxLength={100}
        value={userName}
        onChange={(event) => setUserName(event.currentTarget.value)}
      />
      <PasswordInput
        label={text.signIn.password}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        maxLength={500}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        {text.signIn.submit}
      </Button>
    </form>
  )
}
