import { Button, Checkbox, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  DayField,
  EmptyState,
  Facts,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  SideSheet,
  StatusBadge,
  TextField,
  Timeline,
  Toolbar,
  useApi,
  useCommand,
  useConfirm,
  useFilters,
  useFormat,
  useMay,
  useMe,
  useText,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { DataRequestItem, DataRequestView } from '../contract.ts'
import type { RequestAction } from '../rules/request.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type ActionType = Exclude<RequestAction['type'], 'withdraw'>

/** What people ask about their data; the next due stands first. */
export function RequestsPage() {
  const all = useText({ vi, en })
  const text = all.officers
  const format = useFormat()
  const { posts } = useMe()
  const agencies = [...new Map(posts.map(({ agencyId, agencyName }) => [agencyId, agencyName]))].map(([id, label]) => ({
    value: String(id),
    label,
  }))
  const [{ agency: chosen, state }, setFilters] = useFilters({ agency: '', state: 'open' })
  const agency = chosen || (agencies[0]?.value ?? '')
  const [open, setOpen] = useState<string | null>(null)
  const list = useApi<{ items: DataRequestItem[] }>(
    agency ? withQuery('/api/data-requests', { agencyId: agency, state }) : null,
  )
  const columns: Column<DataRequestItem>[] = [
    {
      key: 'due',
      head: text.due,
      width: '9rem',
      cell: (item) =>
        item.dueOn && (
          <StatusBadge tone={item.late ? 'late' : 'normal'}>
            {item.late ? `${text.late}: ${format.day(item.dueOn)}` : format.day(item.dueOn)}
          </StatusBadge>
        ),
    },
    { key: 'code', head: text.code, main: true, width: '7rem', cell: (item) => item.code },
    { key: 'kind', head: text.kind, grow: 2, wrap: true, cell: (item) => all.requests.kinds[item.kind] },
    { key: 'person', head: text.person, grow: 2, wrap: true, cell: (item) => item.name },
    { key: 'state', head: text.state, width: '9rem', cell: (item) => text.statuses[item.status] },
    {
      key: 'received',
      head: text.received,
      width: '10rem',
      wideOnly: true,
      cell: (item) => format.instant(item.receivedAt),
    },
  ]
  return (
    <>
      <PageHeader
        title={text.title}
        note={text.note}
        actions={<Button onClick={() => setOpen('new')}>{text.add}</Button>}
      />
      <Toolbar label={text.state}>
        {agencies.length > 1 && (
          <Choice
            label={text.agency}
            value={agency}
            onChange={(next) => setFilters({ agency: next ?? '' })}
            options={agencies}
          />
        )}
        <Choice
          label={text.state}
          value={state}
          onChange={(next) => setFilters({ state: next ?? 'open' })}
          options={[
            { value: 'open', label: text.open },
            { value: 'ended', label: text.ended },
          ]}
        />
      </Toolbar>
      <ProblemAlert problem={list.problem} />
      <DataTable
        label={text.title}
        rows={list.data?.items}
        columns={columns}
        rowKey={(item) => item.requestId}
        onOpen={(item) => setOpen(item.requestId)}
        rowTone={(item) => (item.late ? 'late' : 'normal')}
        empty={<EmptyState title={text.empty} hint={text.emptyHint} />}
      />
      <SideSheet opened={open !== null} onClose={() => setOpen(null)} title={open === 'new' ? text.add : text.title}>
        {open === 'new' && <DeskForm agencyId={Number(agency)} onDone={() => setOpen(null)} />}
        {open !== null && open !== 'new' && <RequestSheet key={open} requestId={open} agencyId={Number(agency)} />}
      </SideSheet>
    </>
  )
}

function DeskForm({ agencyId, onDone }: { agencyId: number; onDone: () => void }) {
  const all = useText({ vi, en })
  const text = all.officers
  const [kind, setKind] = useState<string | null>('view')
  const [given, setGiven] = useState({ name: '', identityNumber: '', contact: '', content: '' })
  const put = (part: Partial<typeof given>) => setGiven((known) => ({ ...known, ...part }))
  const save = useCommand('/api/data-requests', {
    forget: ['/api/data-requests'],
    onDone: () => {
      announce(text.done)
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save.run({ agencyId, kind, ...given })
  }
  return (
    <form onSubmit={submit}>
      <ProblemAlert problem={save.problem} />
      <Fields columns={1}>
        <Choice
          label={text.kind}
          required
          value={kind}
          onChange={setKind}
          options={Object.entries(all.requests.kinds).map(([value, label]) => ({ value, label }))}
        />
        <TextField label={text.name} required maxLength={200} value={given.name} onChange={(name) => put({ name })} />
        <TextField
          label={text.identityNumber}
          required
          maxLength={30}
          value={given.identityNumber}
          onChange={(identityNumber) => put({ identityNumber })}
        />
        <TextField
          label={text.contact}
          maxLength={254}
          value={given.contact}
          onChange={(contact) => put({ contact })}
        />
        <Textarea
          label={text.content}
          required
          minRows={4}
          autosize
          maxLength={4000}
          value={given.content}
          onChange={(event) => put({ content: event.currentTarget.value })}
        />
      </Fields>
      <div className="k-dialog-actions">
        <Button type="submit" loading={save.busy}>
          {text.send}
        </Button>
      </div>
    </form>
  )
}

function RequestSheet({ requestId, agencyId }: { requestId: string; agencyId: number }) {
  const all = useText({ vi, en })
  const text = all.officers
  const format = useFormat()
  const { data: view, problem } = useApi<DataRequestView>(withQuery(`/api/data-requests/${requestId}`, { agencyId }))
  const [doing, setDoing] = useState<ActionType | null>(null)
  if (!view) return <ProblemAlert problem={problem} />
  const proven = view.identityVerified ? text.identityProven : text.identityUnproven
  return (
    <>
      <Facts
        items={[
          { name: text.code, value: view.code },
          { name: text.kind, value: all.requests.kinds[view.kind] },
          { name: text.state, value: text.statuses[view.status] },
          { name: text.person, value: view.name },
          { name: text.identityNumber, value: view.identityNumber ? `${view.identityNumber} (${proven})` : '' },
          { name: text.contact, value: view.contact },
          { name: text.channel, value: text.channels[view.channel] },
          { name: text.content, value: view.content },
          { name: text.answerBy, value: format.day(view.answerBy) },
          { name: text.finishBy, value: format.day(view.finishBy) },
          { name: text.source, value: view.source },
        ]}
      />
      {doing === null ? (
        <div className="k-dialog-actions">
          {view.allowed.map(
            (type) =>
              type !== 'withdraw' && (
                <Button
                  key={type}
                  variant={type === 'accept' || type === 'finish' ? 'filled' : 'default'}
                  onClick={() => setDoing(type)}
                >
                  {text.actions[type]}
                </Button>
              ),
          )}
        </div>
      ) : (
        <ActionForm view={view} type={doing} onDone={() => setDoing(null)} />
      )}
      {view.erasable && <Erasable view={view} />}
      <Section title={text.story}>
        <Timeline
          label={text.story}
          entries={view.steps.map((step) => ({
            key: `${step.at}${step.what}`,
            when: format.instant(step.at),
            title: all.requests.steps[step.what] ?? step.what,
            ...(step.officerName ? { who: step.officerName } : {}),
            ...(step.note ? { detail: step.note } : {}),
          }))}
        />
      </Section>
    </>
  )
}

function ActionForm({ view, type, onDone }: { view: DataRequestView; type: ActionType; onDone: () => void }) {
  const all = useText({ vi, en })
  const text = all.officers
  const format = useFormat()
  const [words, setWords] = useState('')
  const [thirdParty, setThirdParty] = useState(false)
  const [until, setUntil] = useState<string | null>(view.extendUntil)
  const act = useCommand(`/api/data-requests/${view.requestId}/actions`, {
    forget: ['/api/data-requests'],
    onDone: () => {
      announce(text.done)
      onDone()
    },
  })
  const actions: Record<ActionType, () => Record<string, unknown>> = {
    accept: () => ({ type, note: words, thirdParty }),
    refuse: () => ({ type, reason: words }),
    extend: () => ({ type, until, reason: words }),
    finish: () => ({ type, note: words }),
  }
  const labels: Record<ActionType, string> = {
    accept: text.answer,
    refuse: text.reason,
    extend: text.reason,
    finish: text.doneNote,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void act.run({ agencyId: view.agencyId, action: actions[type]() })
  }
  return (
    <form onSubmit={submit}>
      <ProblemAlert problem={worded(act.problem, all.refusals)} />
      <Fields columns={1}>
        {type === 'accept' && view.thirdPartyDays !== null && (
          <Checkbox
            label={text.thirdParty(view.thirdPartyDays)}
            checked={thirdParty}
            onChange={(event) => setThirdParty(event.currentTarget.checked)}
          />
        )}
        {type === 'extend' && (
          <DayField
            label={text.until}
            hint={view.extendUntil ? text.untilHint(format.day(view.extendUntil)) : ''}
            required
            value={until}
            onChange={setUntil}
          />
        )}
        <Textarea
          label={labels[type]}
          required={type !== 'accept'}
          autosize
          minRows={3}
          maxLength={2000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </Fields>
      <div className="k-dialog-actions">
        <Button variant="default" onClick={onDone}>
          {text.cancel}
        </Button>
        <Button type="submit" loading={act.busy}>
          {text.actions[type]}
        </Button>
      </div>
    </form>
  )
}

/** Dossiers with the person's data, and what becomes of each. */
function Erasable({ view }: { view: DataRequestView }) {
  const all = useText({ vi, en })
  const text = all.officers
  const format = useFormat()
  const confirm = useConfirm()
  const [basis, setBasis] = useState('')
  const mayErase = useMay()('personal-data.erase')
  const erase = useCommand<{ erased: number; kept: number }>(`/api/data-requests/${view.requestId}/erasure`, {
    forget: ['/api/data-requests'],
    onDone: ({ erased, kept }) => announce(text.erased(erased, kept)),
  })
  const items = view.erasable ?? []
  const fate = (item: (typeof items)[number]) => {
    if (!item.ended) return text.fateOpen
    return item.keptUntil ? text.fateKept(format.day(item.keptUntil)) : text.fateErasable
  }
  const run = async () => {
    if (await confirm({ question: text.erase, consequence: text.eraseWhat, action: text.erase }))
      await erase.run({ agencyId: view.agencyId, basis: basis.trim() })
  }
  return (
    <Section title={text.dossiers}>
      {items.length === 0 && <p className="k-note">{text.noDossiers}</p>}
      <ul>
        {items.map((item) => (
          <li key={item.code}>
            {item.code}: {fate(item)} – {text.beside(item)}
          </li>
        ))}
      </ul>
      {items.length > 0 && (
        <>
          <h3>{text.remainsTitle}</h3>
          <ul>
            {text.remains.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      <ProblemAlert problem={worded(erase.problem, all.refusals)} />
      {view.status === 'accepted' && mayErase && items.some((item) => item.ended && !item.keptUntil) && (
        <>
          <TextField label={text.eraseBasis} required maxLength={300} value={basis} onChange={setBasis} />
          <div className="k-dialog-actions">
            <Button color="red" disabled={basis.trim().length < 5} loading={erase.busy} onClick={() => void run()}>
              {text.erase}
            </Button>
          </div>
        </>
      )}
    </Section>
  )
}
