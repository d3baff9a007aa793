import './identity.css'
import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  api,
  type ApiProblem,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Fields,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  StatusBadge,
  toProblem,
  useApi,
  useCommand,
  useForget,
  useFormat,
  useGo,
  useText,
  worded,
} from '../../platform/web/index.ts'
import { dayOf } from '../../platform/day.ts'
import type { AccountReply, Me } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { readDevice } from './device.ts'
import { isReady, NewPasswordFields, type NewPassword } from './NewPasswordFields.tsx'
import { SecondFactorSection } from './SecondFactorSection.tsx'

/** The own account: posts, password, second factor, sessions. */
export function AccountPage() {
  const text = useText({ vi, en })
  const go = useGo()
  const forget = useForget()
  const account = useApi<AccountReply>('/api/account')
  const me = useApi<Me>('/api/me')
  const wasDemanded = account.data?.demand ?? null
  // What was demanded is done: the rest of the house is open again.
  const proceed = async () => {
    await forget()
    const now = await api.get<Me>('/api/me')
    if (wasDemanded !== null && now.demand === null) await go('/')
  }
  return (
    <>
      <PageHeader title={text.account.title} note={account.data && `${account.data.name} · ${account.data.userName}`} />
      {wasDemanded && (
        <p className="k-problem" role="status">
          <Icon name="warning" size={20} /> {text.demands[wasDemanded]}
        </p>
      )}
      <ProblemAlert problem={account.problem} onRetry={account.reload} />
      {account.data && <PasswordSection account={account.data} onDone={proceed} />}
      {account.data && <SecondFactorSection account={account.data} onDone={proceed} />}
      {me.data && <PostsSection me={me.data} />}
      {account.data && <SessionsSection account={account.data} />}
    </>
  )
}

function PasswordSection({ account, onDone }: { account: AccountReply; onDone: () => Promise<void> }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const [open, setOpen] = useState(account.demand === 'change-password')
  const [current, setCurrent] = useState('')
  const [typed, setTyped] = useState<NewPassword>({ password: '', again: '' })
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await api.put('/api/account/password', { password: current, newPassword: typed.password })
      setOpen(false)
      setCurrent('')
      setTyped({ password: '', again: '' })
      announce(text.account.changed)
      await onDone()
    } catch (error) {
      setProblem(toProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section
      title={text.account.password}
      actions={
        !open && (
          <Button variant="default" onClick={() => setOpen(true)}>
            {text.account.change}
          </Button>
        )
      }
    >
      {!open && (
        <Facts
          items={[
            {
              name: text.account.passwordSet,
              value: account.passwordSetAt && format.day(dayOf(account.passwordSetAt)),
            },
            ...(account.passwordUntil
              ? [{ name: text.account.passwordUntil, value: format.day(account.passwordUntil) }]
              : []),
          ]}
        />
      )}
      {open && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <Fields>
            <ProblemAlert problem={worded(problem, text.refusals)} keeps />
            <PasswordInput
              label={text.account.current}
              autoComplete="current-password"
              maw="26rem"
              maxLength={500}
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
            <NewPasswordFields
              value={typed}
              onChange={setTyped}
              least={account.passwordLength}
              label={text.account.next}
            />
            <div className="k-actions">
              <Button type="submit" loading={busy} disabled={current === '' || !isReady(typed, account.passwordLength)}>
                {text.account.change}
              </Button>
            </div>
          </Fields>
        </form>
      )}
    </Section>
  )
}

function PostsSection({ me }: { me: Me }) {
  const text = useText({ vi, en })
  const columns: Column<Me['posts'][number]>[] = [
    { key: 'unit', head: text.account.unit, main: true, grow: true, cell: (post) => post.unitName },
    { key: 'agency', head: text.account.agency, grow: true, cell: (post) => post.agencyName },
    {
      key: 'role',
      head: text.account.role,
      cell: (post) => post.title || text.roles[post.role as keyof typeof text.roles],
    },
    {
      key: 'whose',
      head: text.account.capacity,
      cell: (post) => (post.onBehalfOf ? text.account.onBehalf(post.onBehalfOf.name) : text.account.own),
    },
  ]
  return (
    <Section title={text.account.posts}>
      <DataTable
        label={text.account.posts}
        rows={me.posts}
        columns={columns}
        rowKey={(post) => `${post.postId}-${post.onBehalfOf?.officerId ?? 'own'}`}
        empty={<EmptyState title={text.account.noPosts} />}
      />
    </Section>
  )
}

type SessionView = AccountReply['sessions'][number]

function SessionsSection({ account }: { account: AccountReply }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const columns: Column<SessionView>[] = [
    { key: 'seen', head: text.account.sessionSeen, main: true, cell: (one) => format.instant(one.seenAt) },
    { key: 'started', head: text.account.sessionStarted, cell: (one) => format.instant(one.startedAt), wideOnly: true },
    {
      key: 'source',
      head: text.account.sessionSource,
      cell: (one) => (one.source.startsWith('ip:') ? one.source.slice(3) : text.account.knownDevice),
    },
    {
      key: 'device',
      head: text.account.sessionDevice,
      grow: true,
      wideOnly: true,
      cell: (one) => <Device of={one.device} />,
    },
    {
      key: 'end',
      head: text.account.action,
      cell: (one) =>
        one.current ? <StatusBadge>{text.account.sessionHere}</StatusBadge> : <EndSession session={one} />,
    },
  ]
  return (
    <Section title={text.account.sessions}>
      <DataTable
        label={text.account.sessions}
        rows={account.sessions}
        columns={columns}
        rowKey={(one) => one.sessionId}
      />
    </Section>
  )
}

/** The browser by its usual name; all that it says of itself on pointing. */
function Device({ of: userAgent }: { of: string }) {
  const text = useText({ vi, en })
  const device = readDevice(userAgent)
  return <span title={userAgent}>{device ? text.account.deviceOn(device.browser, device.system) : userAgent}</span>
}

function EndSession({ session }: { session: SessionView }) {
  const text = useText({ vi, en })
  const end = useCommand(`/api/account/sessions/${session.sessionId}`, {
    method: 'DELETE',
    forget: ['/api/account'],
    onDone: () => announce(text.account.sessionEnded),
  })
  return (
    <Button variant="default" size="compact-sm" loading={end.busy} onClick={() => void end.run({})}>
      {text.account.sessionEnd}
    </Button>
  )
}
