import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  Choice,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Icon,
  PageHeader,
  PageLink,
  ProblemAlert,
  SideSheet,
  serverNow,
  StatusBadge,
  Timeline,
  Toolbar,
  announce,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useMay,
  usePages,
  useText,
  withQuery,
} from '../../../platform/web/index.ts'
import type { MessageItem, MessageList, MessageSummary } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { countOf, eventName, isGroup, stateGroups, toneOf, whyOf, type StateGroup } from './message-view.ts'

/** All messages with their true state; what failed can be sent again. */
export function MessagesPage() {
  const text = useText({ vi, en })
  const operates = useMay()('system.manage')
  const [filters, setFilters] = useFilters({ agencyId: '', state: '', channel: '', template: '' })
  const summary = useApi<MessageSummary>(withQuery('/api/notices/summary', { agencyId: filters.agencyId }), {
    every: 10_000,
  })
  const groups: readonly StateGroup[] = ['waiting', 'trouble', 'sent', 'delivered']
  const waitingMail =
    summary.data?.counts.find(({ state, channel }) => state === 'queued' && channel === 'email')?.count ?? 0
  return (
    <>
      <PageHeader title={text.page.title} note={text.page.lead} />
      {summary.data && !summary.data.open.email && (
        <p className="k-note notices-warning" role="status">
          <Icon name="warning" size={16} /> {text.page.noMail(waitingMail)} {operates && text.page.noMailOperator}
        </p>
      )}
      <Toolbar label={text.page.state}>
        {summary.data && summary.data.agencies.length > 1 && (
          <Choice
            label={text.page.agency}
            value={filters.agencyId || null}
            onChange={(agencyId) => setFilters({ agencyId: agencyId ?? '' })}
            placeholder={text.page.all}
            options={summary.data.agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
          />
        )}
        <Choice
          label={text.page.state}
          value={filters.state || null}
          onChange={(state) => setFilters({ state: state ?? '' })}
          placeholder={text.page.all}
          options={groups.map((group) => ({
            value: group,
            label: text.page[group],
            ...(summary.data ? { note: text.page.count(countOf(summary.data, group)) } : {}),
          }))}
        />
        <Choice
          label={text.page.channel}
          value={filters.channel || null}
          onChange={(channel) => setFilters({ channel: channel ?? '' })}
          placeholder={text.page.all}
          width="11rem"
          options={Object.entries(text.channels).map(([value, label]) => ({ value, label }))}
        />
        <Choice
          label={text.page.template}
          value={filters.template || null}
          onChange={(template) => setFilters({ template: template ?? '' })}
          placeholder={text.page.all}
          options={Object.entries(text.events).map(([value, label]) => ({ value, label }))}
        />
      </Toolbar>
      <Messages
        query={{
          ...(filters.agencyId ? { agencyId: filters.agencyId } : {}),
          ...(isGroup(filters.state) ? { states: stateGroups[filters.state].join(',') } : {}),
          ...(filters.channel ? { channel: filters.channel } : {}),
          ...(filters.template ? { template: filters.template } : {}),
        }}
      />
    </>
  )
}

function Messages({ query }: { query: Record<string, string> }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const [open, setOpen] = useState<MessageItem | null>(null)
  const list = usePages<MessageItem, MessageList>('/api/notices', query, { every: 10_000 })
  const columns: Column<MessageItem>[] = [
    { key: 'when', head: text.page.when, width: '10rem', cell: (item) => format.instant(item.queuedAt) },
    {
      key: 'template',
      head: text.page.template,
      main: true,
      grow: true,
      cell: (item) => eventName(item.template, text),
    },
    { key: 'to', head: text.page.to, width: '15rem', cell: (item) => item.to },
    { key: 'channel', head: text.page.channel, width: '8rem', cell: (item) => text.channels[item.channel] },
    {
      key: 'state',
      head: text.page.state,
      width: '11rem',
      cell: (item) => <StatusBadge tone={toneOf(item.state)}>{text.states[item.state]}</StatusBadge>,
    },
    { key: 'tries', head: text.page.tries, align: 'right', width: '6rem', wideOnly: true, cell: (item) => item.tries },
  ]
  const shown = open && (list.items?.find(({ messageId }) => messageId === open.messageId) ?? open)
  return (
    <>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      <DataTable
        label={text.page.title}
        rows={list.items}
        columns={columns}
        rowKey={(item) => item.messageId}
        rowTone={(item) => toneOf(item.state)}
        onOpen={setOpen}
        empty={<EmptyState title={text.page.empty} hint={text.page.emptyHelp} />}
        onMore={list.more}
      />
      <SideSheet
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={shown ? eventName(shown.template, text) : ''}
      >
        {shown && <Message item={shown} />}
      </SideSheet>
    </>
  )
}

/** One message: where it stands and why, each attempt, and sending again. */
function Message({ item }: { item: MessageItem }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const resend = useCommand(`/api/notices/${item.agencyId}/${item.messageId}/resend`, {
    forget: ['/api/notices'],
    onDone: () => announce(text.page.resent),
  })
  const why = whyOf(item, text)
  return (
    <>
      <p>
        <StatusBadge tone={toneOf(item.state)}>{text.states[item.state]}</StatusBadge> {text.stateHelp[item.state]}
      </p>
      <Facts
        items={[
          { name: text.page.to, value: item.to },
          { name: text.page.channel, value: text.channels[item.channel] },
          ...(why ? [{ name: text.page.trouble, value: why }] : []),
          ...(item.state === 'queued' && item.notBefore > serverNow()
            ? [{ name: text.page.waiting, value: text.page.nextTry(format.instant(item.notBefore)) }]
            : []),
          ...(item.sentAt ? [{ name: text.page.sent, value: format.instant(item.sentAt) }] : []),
          ...(item.deliveredAt ? [{ name: text.page.delivered, value: format.instant(item.deliveredAt) }] : []),
        ]}
      />
      {item.state === 'queued' && item.furtherChannels.length > 0 && (
        <p>{text.page.byWay(item.furtherChannels.map((channel) => text.channels[channel]).join(', '))}</p>
      )}
      {item.dossierId && (
        <p>
          <PageLink to={`/ho-so/${item.dossierId}`}>{text.page.openDossier}</PageLink>
        </p>
      )}
      {item.history.length > 0 && (
        <>
          <h3>{text.page.history}</h3>
          <Timeline
            label={text.page.history}
            entries={item.history.map((each) => ({
              key: `${each.at}/${each.outcome}`,
              when: format.instant(each.at),
              title: `${text.channels[each.channel]}: ${(text.page.outcomes as Record<string, string>)[each.outcome] ?? each.outcome}`,
              detail: whyOf(each, text),
            }))}
          />
        </>
      )}
      <ProblemAlert problem={resend.problem} />
      {item.canResend && (
        <>
          <Button loading={resend.busy} leftSection={<Icon name="reload" />} onClick={() => void resend.run({})}>
            {text.page.resend}
          </Button>
          {(item.state === 'uncertain' || item.state === 'sent') && <p>{text.page.resendWhy}</p>}
        </>
      )}
    </>
  )
}
