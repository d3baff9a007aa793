import { Button, FocusTrap, PasswordInput } from '@mantine/core'
import { type FormEvent, useEffect, useEffectEvent, useState } from 'react'
import { createPortal } from 'react-dom'
import { type ApiProblem, onSessionLocked, toProblem } from './api.ts'
import { Icon } from './Icon.tsx'
import { ProblemAlert } from './ProblemAlert.tsx'
import { type Me, useMe } from './session.tsx'
import { getMe, lockSession, noteUnlocked, signInPath, signOut, unlockSession } from './session-api.ts'
import { useKitText } from './text.tsx'
import { useForget } from './use-api.ts'

type Lock = 'open' | 'locked' | 'expired'

/** Stands over the page when the session is locked or over; the page below stays as it is, half-typed things included. */
export function LockOverlay() {
  const me = useMe()
  const [noticed, setLock] = useState<Lock>('open')
  // Also locked after a reload, and when another tab of this session was locked.
  const lock = noticed === 'open' && me.locked ? 'locked' : noticed
  const forget = useForget()

  useEffect(
    () =>
      onSessionLocked((problem) =>
        setLock((now) => (now === 'expired' || problem.code !== 'session-locked' ? 'expired' : 'locked')),
      ),
    [],
  )
  useIdle(me.idleMinutes, () => {
    setLock((now) => (now === 'open' ? 'locked' : now))
    lockSession().catch(() => undefined)
  })

  // What lies behind, open dialogs included, cannot be reached by keys or by a screen reader while the lock stands.
  useEffect(() => {
    if (lock === 'open') return undefined
    const behind = Array.from(document.body.children).filter(
      (element): element is HTMLElement => element instanceof HTMLElement && element.id !== 'k-lock-root',
    )
    for (const element of behind) element.inert = true
    return () => {
      for (const element of behind) element.inert = false
    }
  }, [lock])

  if (lock === 'open') return null
  const opened = () => {
    noteUnlocked()
    setLock('open')
    void forget()
  }
  return createPortal(
    <FocusTrap active>
      <div className="k-lock" role="dialog" aria-modal="true" aria-labelledby="k-lock-title">
        {lock === 'locked' ? (
          <Unlock me={me} onOpen={opened} onExpired={() => setLock('expired')} />
        ) : (
          <Expired me={me} onOpen={opened} />
        )}
      </div>
    </FocusTrap>,
    lockRoot(),
  )
}

/**
 * While the lock stands, keys reach nothing but the lock: no shortcut of the page, no Esc that closes a dialog behind.
 * To be called before anything else listens to keys.
 */
export function keepKeysInLock(): void {
  addEventListener(
    'keydown',
    (event) => {
      const lock = document.querySelector('.k-lock')
      if (!lock) return
      const inside = event.target instanceof Node && lock.contains(event.target)
      if (!inside || event.key === 'Escape' || event.ctrlKey || event.metaKey || event.altKey)
        event.stopImmediatePropagation()
    },
    { capture: true },
  )
}

/** Outside of the page, so that the page can be made unreachable. */
function lockRoot(): HTMLElement {
  const found = document.getElementById('k-lock-root')
  if (found) return found
  const made = document.createElement('div')
  made.id = 'k-lock-root'
  document.body.append(made)
  return made
}

function Unlock({ me, onOpen, onExpired }: { me: Me; onOpen: () => void; onExpired: () => void }) {
  const text = useKitText()
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await unlockSession(password)
      onOpen()
    } catch (error) {
      const said = toProblem(error)
      if (said.code === 'not-signed-in') return onExpired()
      setProblem(said)
    } finally {
      setBusy(false)
      setPassword('')
    }
    return undefined
  }

  return (
    <form className="k-lock-box" onSubmit={(event) => void submit(event)}>
      <Icon name="lock" size={28} />
      <h1 id="k-lock-title">{text.lock.title}</h1>
      <p>{text.lock.why}</p>
      <PasswordInput
        label={`${text.lock.password} – ${me.name}`}
        data-autofocus
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={problem && problem.kind !== 'network' && problem.kind !== 'server' ? problem.detail : undefined}
      />
      {problem && (problem.kind === 'network' || problem.kind === 'server') && <ProblemAlert problem={problem} />}
      <Button type="submit" loading={busy} fullWidth>
        {text.lock.open}
      </Button>
      <Button variant="subtle" fullWidth onClick={() => void signOut()}>
        {text.lock.someoneElse}
      </Button>
    </form>
  )
}

/** The session is over: signing in happens in another tab, so that this one keeps what it holds. */
function Expired({ me, onOpen }: { me: Me; onOpen: () => void }) {
  const text = useKitText()
  const [still, setStill] = useState(false)
  const carryOn = async () => {
    try {
      const now = await getMe()
      if (now.officerId === me.officerId) return onOpen()
      // Somebody else signed in: what this page shows is not theirs to see.
      return location.assign('/can-bo/')
    } catch {
      return setStill(true)
    }
  }
  return (
    <div className="k-lock-box">
      <Icon name="lock" size={28} />
      <h1 id="k-lock-title">{text.lock.title}</h1>
      <p>{text.lock.signInAgain}</p>
      <Button component="a" href={`/can-bo${signInPath}`} target="_blank" rel="noopener" fullWidth data-autofocus>
        {text.lock.newTab} {text.opensNewTab}
      </Button>
      <Button variant="default" fullWidth onClick={() => void carryOn()}>
        {text.lock.carryOn}
      </Button>
      <p role="status">{still && text.lock.still}</p>
    </div>
  )
}

/** Calls when nobody touched key, mouse or screen for so many minutes. */
function useIdle(minutes: number | undefined, run: () => void): void {
  const idle = useEffectEvent(run)
  useEffect(() => {
    if (!minutes) return undefined
    let touched = Date.now()
    const touch = () => {
      touched = Date.now()
    }
    const signs = ['keydown', 'pointerdown', 'pointermove', 'scroll'] as const
    for (const sign of signs) addEventListener(sign, touch, { passive: true, capture: true })
    // Looked at often rather than timed once: a sleeping computer stops timers.
    const timer = setInterval(() => {
      if (Date.now() - touched > minutes * 60_000) idle()
    }, 10_000)
    return () => {
      for (const sign of signs) removeEventListener(sign, touch, { capture: true })
      clearInterval(timer)
    }
  }, [minutes])
}
