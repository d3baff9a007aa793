import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import {
  type ApiProblem,
  api,
  FindChoice,
  LinkButton,
  type Option,
  ProblemAlert,
  TextField,
  toProblem,
  useText,
  withQuery,
  worded,
} from '../../platform/web/index.ts'
import type { LinkReply } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { Door } from './Door.tsx'
import { isReady, NewPasswordFields, type NewPassword } from './NewPasswordFields.tsx'

/** Behind a one-time link: make the first administrator, or set a password. The secret stands behind `#`. */
export function SetupPage() {
  const text = useText({ vi, en })
  const [token] = useState(() => location.hash.slice(1))
  const [link, setLink] = useState<LinkReply | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [done, setDone] = useState(false)

  useEffect(() => {
    if (token === '') return
    // The secret does not stay in the address bar and the history.
    history.replaceState(history.state, '', location.pathname)
    api.post<LinkReply>('/api/setup/check', { token }).then(setLink, (error: unknown) => setProblem(toProblem(error)))
  }, [token])

  const title = { 'first-administrator': text.setup.firstTitle, 'set-password': text.setup.passwordTitle }
  return (
    <Door title={link ? title[link.purpose] : text.setup.title} wide>
      {token === '' && <p>{text.setup.noLink}</p>}
      <ProblemAlert problem={worded(problem, text.refusals)} />
      {token !== '' && !link && !problem && <p role="status">{text.setup.checking}</p>}
      {done && (
        <>
          <p role="status">{text.setup.done}</p>
          <LinkButton to="/dang-nhap">{text.setup.toSignIn}</LinkButton>
        </>
      )}
      {!done && link?.purpose === 'set-password' && (
        <PasswordForm token={token} link={link} onDone={() => setDone(true)} />
      )}
      {!done && link?.purpose === 'first-administrator' && (
        <FirstForm token={token} link={link} onDone={() => setDone(true)} />
      )}
    </Door>
  )
}

type FormProps = { token: string; link: LinkReply; onDone: () => void }

function useSending(onDone: () => void) {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async (path: string, body: object) => {
    setBusy(true)
    setProblem(null)
    try {
      await api.post(path, body)
      onDone()
    } catch (error) {
      setProblem(toProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return { problem, busy, send }
}

function PasswordForm({ token, link, onDone }: FormProps) {
  const text = useText({ vi, en })
  const [typed, setTyped] = useState<NewPassword>({ password: '', again: '' })
  const { problem, busy, send } = useSending(onDone)
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void send('/api/setup/password', { token, password: typed.password })
      }}
    >
      <ProblemAlert problem={worded(problem, text.refusals)} keeps />
      <TextInput
        label={text.setup.userName}
        value={link.userName ?? ''}
        readOnly
        autoComplete="username"
        description={link.name}
      />
      <NewPasswordFields value={typed} onChange={setTyped} least={link.passwordLength} />
      <Button type="submit" loading={busy} disabled={!isReady(typed, link.passwordLength)}>
        {text.setup.submit}
      </Button>
    </form>
  )
}

type FoundPlace = { code: string; name: string; provinceName: string; formerly: string[] }

function FirstForm({ token, link, onDone }: FormProps) {
  const text = useText({ vi, en })
  const [name, setName] = useState('')
  const [userName, setUserName] = useState('')
  const [typed, setTyped] = useState<NewPassword>({ password: '', again: '' })
  const [kind, setKind] = useState<'commune' | 'other'>('commune')
  const [code, setCode] = useState<string | null>(null)
  const [agencyName, setAgencyName] = useState('')
  const { problem, busy, send } = useSending(onDone)
  const place = kind === 'commune' ? { code } : { name: agencyName }
  const ready =
    isReady(typed, link.passwordLength) &&
    name.trim() !== '' &&
    userName.trim() !== '' &&
    (kind === 'commune' ? code !== null : agencyName.trim() !== '')
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void send('/api/setup/first-administrator', { token, name, userName, password: typed.password, place })
      }}
    >
      <p className="k-note">{text.setup.firstHint}</p>
      <ProblemAlert problem={worded(problem, text.refusals)} keeps />
      <SegmentedControl
        fullWidth
        aria-label={text.setup.place}
        value={kind}
        onChange={(value) => setKind(value === 'other' ? 'other' : 'commune')}
        data={[
          { value: 'commune', label: text.setup.place },
          { value: 'other', label: text.setup.other },
        ]}
      />
      {kind === 'commune' ? (
        <FindChoice<{ places: FoundPlace[] }>
          label={text.setup.place}
          hint={text.setup.placeHint}
          required
          value={code}
          onChange={setCode}
          path={(query) => withQuery('/api/places', { query, limit: 20 })}
          read={({ places }) =>
            places.map((found): Option => ({
              value: found.code,
              label: `${found.name}, ${found.provinceName}`,
              note: found.formerly.map((old) => old.split(',')[0]).join(', '),
            }))
          }
        />
      ) : (
        <TextField label={text.setup.agencyName} required value={agencyName} onChange={setAgencyName} />
      )}
      <TextField label={text.setup.name} required maxLength={120} value={name} onChange={setName} />
      <TextInput
        label={text.setup.userName}
        description={text.refusals['user-name-form']({ code: 'user-name-form' })}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={50}
        value={userName}
        onChange={(event) => setUserName(event.currentTarget.value)}
      />
      <NewPasswordFields value={typed} onChange={setTyped} least={link.passwordLength} />
      <Button type="submit" loading={busy} disabled={!ready}>
        {text.setup.submit}
      </Button>
    </form>
  )
}
