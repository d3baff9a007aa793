import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { dayOf, type Day } from '../../platform/day.ts'
import {
  announce,
  type Column,
  DataTable,
  DayField,
  Dialog,
  EmptyState,
  Facts,
  Fields,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  StatusBadge,
  TextField,
  useApi,
  useCommand,
  useConfirm,
  useFormat,
  useMay,
  useMe,
  useParameter,
  useText,
  worded,
} from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { DelegationTable } from './DelegationTable.tsx'
import { LinkPanel } from './LinkPanel.tsx'
import { AccountCell } from './OfficersPage.tsx'
import { emptyPost, isPostReady, PostFields, toPost } from './PostFields.tsx'
import type { AccountView, OfficerReply } from './replies.ts'
import { stageOf, suggestUserName, writeValidity } from './staff-view.ts'

/** One officer: person, posts of all times, delegations, account. */
export function OfficerPage() {
  const text = useText({ vi, en })
  const may = useMay()
  const officerId = useParameter('officerId')
  const reply = useApi<OfficerReply>(`/api/officers/${officerId}`)
  const [editing, setEditing] = useState(false)
  const back = { to: '/nhan-su', label: text.officers.title }
  const shown = reply.data
  if (!shown)
    return (
      <>
        <PageHeader title={text.officers.title} back={back} />
        <ProblemAlert problem={reply.problem} onRetry={reply.reload} />
      </>
    )
  const { officer } = shown
  return (
    <>
      <PageHeader
        title={officer.name}
        note={officer.title}
        back={back}
        actions={
          shown.may.edit && (
            <Button variant="default" leftSection={<Icon name="edit" />} onClick={() => setEditing(true)}>
              {text.edit}
            </Button>
          )
        }
      />
      <Facts
        items={[
          { name: text.officers.staffCode, value: officer.staffCode },
          { name: text.officers.phone, value: officer.phone },
          { name: text.officers.email, value: officer.email },
        ]}
      />
      <Posts reply={shown} />
      {shown.delegations.length > 0 && (
        <Section title={text.officers.delegations}>
          <DelegationTable rows={shown.delegations} />
        </Section>
      )}
      {(may('account.reset') || shown.account) && <AccountSection reply={shown} />}
      {editing && <PersonDialog officer={officer} onClose={() => setEditing(false)} />}
    </>
  )
}

type PostOfReply = OfficerReply['posts'][number]

function Posts({ reply: { officer, posts, may } }: { reply: OfficerReply }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<PostOfReply | null>(null)
  const today = dayOf(serverNow())
  const stages = { running: text.officers.current, planned: text.officers.future, over: text.officers.over }
  const columns: Column<PostOfReply>[] = [
    { key: 'role', head: text.officers.role, main: true, cell: (post) => text.roles[post.role] },
    { key: 'title', head: text.officers.titleField, cell: (post) => post.title },
    { key: 'unit', head: text.officers.unit, grow: true, cell: (post) => post.unitName },
    { key: 'agency', head: text.officers.agency, grow: true, cell: (post) => post.agencyName },
    { key: 'validity', head: text.agencies.validity, cell: (post) => writeValidity(post, text, format.day) },
    { key: 'state', head: text.delegations.state, cell: (post) => stages[stageOf(post, today)] },
    {
      key: 'end',
      head: text.action,
      cell: (post) =>
        post.mayEnd &&
        stageOf(post, today) !== 'over' && (
          <Button variant="default" size="compact-sm" onClick={() => setEnding(post)}>
            {text.officers.endPost}
          </Button>
        ),
    },
  ]
  return (
    <Section
      title={text.officers.posts}
      actions={
        may.manage &&
        officer.officerId !== me.officerId && (
          <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
            {text.officers.givePost}
          </Button>
        )
      }
    >
      <DataTable
        label={text.officers.posts}
        rows={posts}
        columns={columns}
        rowKey={(post) => String(post.postId)}
        empty={<EmptyState title={text.officers.postsEmpty} />}
      />
      {adding && <PostDialog officerId={officer.officerId} onClose={() => setAdding(false)} />}
      {ending && <EndPostDialog post={ending} onClose={() => setEnding(null)} />}
    </Section>
  )
}

function PostDialog({ officerId, onClose }: { officerId: number; onClose: () => void }) {
  const text = useText({ vi, en })
  const me = useMe()
  const [post, setPost] = useState(emptyPost(me.agency.agencyId))
  const save = useCommand(`/api/officers/${officerId}/posts`, {
    forget: ['/api/officers'],
    onDone: () => {
      announce(text.officers.given)
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.officers.givePost}
      actions={
        <Button loading={save.busy} disabled={!isPostReady(post)} onClick={() => void save.run(toPost(post))}>
          {text.officers.givePost}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(save.problem, text.refusals)} keeps />
        <PostFields value={post} onChange={setPost} agency={agencyOption(me.agency)} />
      </Fields>
    </Dialog>
  )
}

const agencyOption = ({ agencyId, name }: { agencyId: number; name: string }) =>
  ({
    agencyId,
    fullName: name,
    kind: 'other',
    fullNameEn: null,
    parentId: null,
    parentName: null,
    gsoCode: null,
    dossierCode: null,
    validFrom: '1900-01-01',
    validTo: null,
  }) as const

function EndPostDialog({ post, onClose }: { post: PostOfReply; onClose: () => void }) {
  const text = useText({ vi, en })
  const [lastDay, setLastDay] = useState<Day | null>(dayOf(serverNow()))
  const end = useCommand(`/api/agencies/${post.agencyId}/posts/${post.postId}/end`, {
    forget: ['/api/officers', '/api/me'],
    onDone: () => {
      announce(text.officers.postEnded)
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      size="sm"
      title={`${text.officers.endPostTitle}: ${text.roles[post.role]}, ${post.unitName}`}
      actions={
        <Button loading={end.busy} disabled={lastDay === null} onClick={() => void end.run({ lastDay })}>
          {text.officers.endPostTitle}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(end.problem, text.refusals)} keeps />
        <DayField label={text.officers.lastDay} required value={lastDay} onChange={setLastDay} />
      </Fields>
    </Dialog>
  )
}

function PersonDialog({ officer, onClose }: { officer: OfficerReply['officer']; onClose: () => void }) {
  const text = useText({ vi, en })
  const [form, setForm] = useState({ ...officer, staffCode: officer.staffCode ?? '' })
  const save = useCommand(`/api/officers/${officer.officerId}`, {
    method: 'PUT',
    forget: ['/api/officers', '/api/me'],
    onDone: () => {
      announce(text.officers.changed)
      onClose()
    },
  })
  const { name, title, email, phone, staffCode } = form
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.officers.person}
      actions={
        <Button
          loading={save.busy}
          disabled={name.trim() === ''}
          onClick={() => void save.run({ name, title, email, phone, staffCode: staffCode || null })}
        >
          {text.save}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(save.problem, text.refusals)} keeps />
        <TextField
          label={text.officers.name}
          required
          autoFocus
          maxLength={120}
          value={name}
          onChange={(value) => setForm({ ...form, name: value })}
        />
        <TextField
          label={text.officers.titleField}
          maxLength={120}
          value={title}
          onChange={(value) => setForm({ ...form, title: value })}
        />
        <TextField
          label={text.officers.staffCode}
          maxLength={30}
          value={staffCode}
          onChange={(value) => setForm({ ...form, staffCode: value })}
        />
        <TextField
          label={text.officers.phone}
          inputMode="tel"
          maxLength={30}
          value={phone}
          onChange={(value) => setForm({ ...form, phone: value })}
        />
        <TextField
          label={text.officers.email}
          inputMode="email"
          maxLength={200}
          value={email}
          onChange={(value) => setForm({ ...form, email: value })}
        />
      </Fields>
    </Dialog>
  )
}

function AccountSection({ reply: { officer, account, may } }: { reply: OfficerReply }) {
  const text = useText({ vi, en })
  const format = useFormat()
  return (
    <Section title={text.officers.account}>
      {account ? (
        <>
          <Facts
            items={[
              { name: text.officers.userName, value: <AccountCell account={account} /> },
              { name: text.officers.lastUsed, value: format.instant(account.usedAt) },
              ...(account.secondFactor
                ? [
                    {
                      name: text.officers.twoFactors,
                      value: <StatusBadge tone="done">{text.officers.twoFactors}</StatusBadge>,
                    },
                  ]
                : []),
            ]}
          />
          <AccountActions account={account} officerName={officer.name} own={officer.officerId} manage={may.manage} />
        </>
      ) : (
        <MakeAccount officer={officer} />
      )}
    </Section>
  )
}

function AccountActions({
  account,
  officerName,
  own,
  manage,
}: {
  account: AccountView
  officerName: string
  own: number
  manage: boolean
}) {
  const text = useText({ vi, en })
  const me = useMe()
  const confirm = useConfirm()
  const [dropSecondFactor, setDropSecondFactor] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const forget = ['/api/officers']
  const reset = useCommand<{ link: string }>(`/api/accounts/${account.accountId}/reset`, {
    forget,
    onDone: (made) => setLink(made.link),
  })
  const state = useCommand(`/api/accounts/${account.accountId}/state`, {
    method: 'PUT',
    forget,
    onDone: () => announce(text.saved),
  })
  const disabled = account.disabledWhy !== null

  const askReset = async () => {
    const question = {
      question: text.officers.resetQuestion(officerName),
      consequence: text.officers.resetConsequence,
      action: text.officers.resetAccount,
    }
    if (await confirm(question)) await reset.run({ dropSecondFactor })
  }
  const askState = async () => {
    const question = {
      question: text.officers.disableQuestion(account.userName),
      consequence: text.officers.disableConsequence,
      action: text.officers.disable,
    }
    if (disabled || (await confirm(question))) await state.run({ disabled: !disabled })
  }

  // Nobody resets or disables the own account; the server says so as well.
  if (own === me.officerId) return null
  return (
    <Fields>
      <ProblemAlert problem={worded(reset.problem ?? state.problem, text.refusals)} />
      {account.secondFactor && (
        <Checkbox
          label={text.officers.dropSecondFactor}
          checked={dropSecondFactor}
          onChange={(event) => setDropSecondFactor(event.currentTarget.checked)}
        />
      )}
      <div className="k-actions">
        <Button variant="default" loading={reset.busy} onClick={() => void askReset()}>
          {text.officers.resetAccount}
        </Button>
        {manage && (
          <Button variant="default" loading={state.busy} onClick={() => void askState()}>
            {disabled ? text.officers.enable : text.officers.disable}
          </Button>
        )}
      </div>
      {link && (
        <Dialog opened onClose={() => setLink(null)} title={text.officers.link}>
          <LinkPanel link={link} onDone={() => setLink(null)} />
        </Dialog>
      )}
    </Fields>
  )
}

function MakeAccount({ officer }: { officer: OfficerReply['officer'] }) {
  const text = useText({ vi, en })
  const [userName, setUserName] = useState(() => suggestUserName(officer.name))
  const [link, setLink] = useState<string | null>(null)
  const make = useCommand<{ link: string }>('/api/accounts', {
    forget: ['/api/unseen'],
    onDone: (made) => setLink(made.link),
  })
  const refresh = useApi<OfficerReply>(`/api/officers/${officer.officerId}`)
  if (link)
    return (
      <LinkPanel
        link={link}
        onDone={() => {
          setLink(null)
          refresh.reload()
        }}
      />
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void make.run({ officerId: officer.officerId, userName })
      }}
    >
      <Fields>
        <p className="k-note">{text.officers.noAccount}</p>
        <ProblemAlert problem={worded(make.problem, text.refusals)} keeps />
        <TextField
          label={text.officers.userName}
          hint={text.officers.userNameHint}
          maxLength={50}
          value={userName}
          onChange={setUserName}
        />
        <div className="k-actions">
          <Button type="submit" variant="default" loading={make.busy} disabled={userName.trim() === ''}>
            {text.officers.makeAccount}
          </Button>
        </div>
      </Fields>
    </form>
  )
}
