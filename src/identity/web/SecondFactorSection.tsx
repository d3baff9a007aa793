import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Dialog,
  Facts,
  Fields,
  ProblemAlert,
  Section,
  useCommand,
  useText,
  worded,
} from '../../platform/web/index.ts'
import type { AccountReply, Enrolment } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** Turning the second factor on and off, and recovery codes. */
export function SecondFactorSection({ account, onDone }: { account: AccountReply; onDone: () => Promise<void> }) {
  const text = useText({ vi, en })
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [asking, setAsking] = useState<'disable' | 'codes' | null>(null)
  const begin = useCommand<Enrolment>('/api/account/totp', { forget: ['/api/account'], onDone: setEnrolment })
  return (
    <Section
      title={text.account.secondFactor}
      actions={
        account.secondFactor ? (
          <>
            <Button variant="default" onClick={() => setAsking('codes')}>
              {text.account.recoveryNew}
            </Button>
            <Button variant="default" onClick={() => setAsking('disable')}>
              {text.account.disable}
            </Button>
          </>
        ) : (
          !enrolment && (
            <Button loading={begin.busy} onClick={() => void begin.run({})}>
              {text.account.enable}
            </Button>
          )
        )
      }
    >
      <ProblemAlert problem={worded(begin.problem, text.refusals)} />
      {account.secondFactor ? (
        <Facts
          items={[
            { name: text.account.secondFactor, value: text.account.secondFactorOn },
            { name: text.account.recovery, value: text.account.recoveryLeft(account.recoveryCodes) },
          ]}
        />
      ) : (
        !enrolment && <p className="k-note">{text.account.secondFactorWhy}</p>
      )}
      {enrolment && !account.secondFactor && !codes && (
        <Enrol
          enrolment={enrolment}
          onConfirmed={(fresh) => {
            setCodes(fresh)
            setEnrolment(null)
          }}
        />
      )}
      {asking && (
        <AskPassword
          purpose={asking}
          onClose={() => setAsking(null)}
          onCodes={(fresh) => {
            setAsking(null)
            setCodes(fresh)
          }}
          onDisabled={async () => {
            setAsking(null)
            announce(text.account.disabled)
            await onDone()
          }}
        />
      )}
      {codes && (
        <RecoveryCodes
          codes={codes}
          onKept={async () => {
            setCodes(null)
            await onDone()
          }}
        />
      )}
    </Section>
  )
}

function Enrol({ enrolment, onConfirmed }: { enrolment: Enrolment; onConfirmed: (codes: readonly string[]) => void }) {
  const text = useText({ vi, en })
  const [code, setCode] = useState('')
  const confirm = useCommand<{ recoveryCodes: string[] }>('/api/account/totp/confirm', {
    forget: ['/api/account', '/api/me'],
    onDone: ({ recoveryCodes }) => {
      announce(text.account.enabled)
      onConfirmed(recoveryCodes)
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void confirm.run({ code })
      }}
    >
      <Fields>
        <p>{text.account.scan}</p>
        {/* The image is made by our own server from numbers and letters. */}
        <div
          className="identity-qr"
          role="img"
          aria-label={text.account.qr}
          dangerouslySetInnerHTML={{ __html: enrolment.qr }}
        />
        <p>
          {text.account.byHand} <span className="identity-key">{enrolment.secret}</span>
        </p>
        <ProblemAlert problem={worded(confirm.problem, text.refusals)} />
        <TextInput
          className="identity-code"
          label={text.account.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          maxLength={10}
          maw="14rem"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <div className="k-actions">
          <Button type="submit" loading={confirm.busy} disabled={code.replaceAll(/\s/g, '').length !== 6}>
            {text.account.confirm}
          </Button>
        </div>
      </Fields>
    </form>
  )
}

function AskPassword({
  purpose,
  onClose,
  onCodes,
  onDisabled,
}: {
  purpose: 'disable' | 'codes'
  onClose: () => void
  onCodes: (codes: readonly string[]) => void
  onDisabled: () => Promise<void>
}) {
  const text = useText({ vi, en })
  const [password, setPassword] = useState('')
  const forget = ['/api/account']
  const disable = useCommand('/api/account/totp', { method: 'DELETE', forget, onDone: () => void onDisabled() })
  const renew = useCommand<{ recoveryCodes: string[] }>('/api/account/recovery-codes', {
    forget,
    onDone: ({ recoveryCodes }) => onCodes(recoveryCodes),
  })
  const command = purpose === 'disable' ? disable : renew
  const title = purpose === 'disable' ? text.account.disable : text.account.recoveryNew
  return (
    <Dialog opened onClose={onClose} title={title} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void command.run({ password })
        }}
      >
        <Fields>
          <ProblemAlert problem={worded(command.problem, text.refusals)} />
          <PasswordInput
            label={text.account.confirmPassword}
            autoComplete="current-password"
            data-autofocus
            maxLength={500}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <div className="k-dialog-actions">
            <Button type="submit" loading={command.busy} disabled={password === ''}>
              {title}
            </Button>
          </div>
        </Fields>
      </form>
    </Dialog>
  )
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => Promise<void> }) {
  const text = useText({ vi, en })
  return (
    <div role="status">
      <p>{text.account.recoveryHint}</p>
      <ul className="identity-codes" aria-label={text.account.recovery}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="k-actions">
        <Button variant="default" onClick={() => print()}>
          {text.account.print}
        </Button>
        <Button onClick={() => void onKept()}>{text.account.recoveryKept}</Button>
      </div>
    </div>
  )
}
