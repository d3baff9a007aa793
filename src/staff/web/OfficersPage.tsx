import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import {
  api,
  type ApiProblem,
  type Column,
  DataTable,
  EmptyState,
  Icon,
  PageHeader,
  ProblemAlert,
  StatusBadge,
  TextField,
  toProblem,
  Toolbar,
  useApi,
  useFilters,
  useMay,
  useMe,
  useText,
  withQuery,
} from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { AgencyChoice } from './AgenciesPage.tsx'
import { NewOfficerDialog } from './NewOfficerDialog.tsx'
import type { AccountView, AgencyReply, OfficerRow, OfficersReply } from './replies.ts'

/** Who works where, in which post, and with which account. */
export function OfficersPage() {
  const text = useText({ vi, en })
  const me = useMe()
  const may = useMay()
  const [filters, setFilters] = useFilters({ q: '', agency: String(me.agency.agencyId), former: '' })
  const [adding, setAdding] = useState(false)
  const agency = useApi<AgencyReply>(Number(filters.agency) > 0 ? `/api/agencies/${filters.agency}` : null)
  return (
    <>
      <PageHeader
        title={text.officers.title}
        note={text.officers.note}
        actions={
          may('officer.manage') && (
            <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
              {text.officers.add}
            </Button>
          )
        }
      />
      <Toolbar label={text.officers.search}>
        <TextField label={text.officers.search} value={filters.q} onChange={(q) => setFilters({ q })} />
        <AgencyChoice
          label={text.officers.agency}
          value={filters.agency || null}
          onChange={(value) => setFilters({ agency: value ?? '' })}
          chosen={agency.data?.agency ?? { agencyId: me.agency.agencyId, fullName: me.agency.name }}
        />
        <Checkbox
          label={text.officers.former}
          checked={filters.former === 'true'}
          onChange={(event) => setFilters({ former: event.currentTarget.checked ? 'true' : '' })}
        />
      </Toolbar>
      <OfficerTable
        key={JSON.stringify(filters)}
        query={{ query: filters.q, agencyId: filters.agency, former: filters.former }}
      />
      {adding && (
        <NewOfficerDialog
          agencyId={Number(filters.agency) || me.agency.agencyId}
          agency={agency.data}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}

function OfficerTable({ query }: { query: Record<string, string> }) {
  const text = useText({ vi, en })
  const may = useMay()
  const first = useApi<OfficersReply>(withQuery('/api/officers', query))
  const [more, setMore] = useState<OfficersReply | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const next = (more ?? first.data)?.next ?? null
  const fetchMore = async () => {
    try {
      const page = await api.get<OfficersReply>(withQuery('/api/officers', { ...query, after: next }))
      setMore((known) => ({ officers: [...(known?.officers ?? []), ...page.officers], next: page.next }))
    } catch (error) {
      setProblem(toProblem(error))
    }
  }
  const columns: Column<OfficerRow>[] = [
    { key: 'name', head: text.officers.name, main: true, grow: true, cell: (officer) => officer.name },
    {
      key: 'posts',
      head: text.officers.posts,
      grow: true,
      wrap: true,
      cell: (officer) =>
        officer.posts.map((post) => `${post.title || text.roles[post.role]}, ${post.unitName}`).join('; ') ||
        text.officers.postsEmpty,
    },
    ...(may('account.reset')
      ? [
          {
            key: 'account',
            head: text.officers.account,
            cell: (officer: OfficerRow) => <AccountCell account={officer.account} />,
          },
        ]
      : []),
  ]
  return (
    <>
      <ProblemAlert problem={first.problem ?? problem} onRetry={first.reload} />
      <DataTable
        label={text.officers.title}
        rows={first.data && [...first.data.officers, ...(more?.officers ?? [])]}
        columns={columns}
        rowKey={(officer) => String(officer.officerId)}
        rowTo={(officer) => `/nhan-su/${officer.officerId}`}
        empty={<EmptyState title={text.officers.empty} hint={text.officers.emptyHint} />}
        onMore={next === null ? undefined : () => void fetchMore()}
      />
    </>
  )
}

/** The user name with what stands in the way of signing in. */
export function AccountCell({ account }: { account: AccountView | null }) {
  const text = useText({ vi, en })
  if (!account) return <span className="k-dimmed">{text.officers.noAccount}</span>
  return (
    <>
      {account.userName} {account.disabledWhy && <StatusBadge tone="late">{text.officers.disabled}</StatusBadge>}
      {!account.disabledWhy && !account.hasPassword && (
        <StatusBadge tone="waiting">{text.officers.noPassword}</StatusBadge>
      )}
    </>
  )
}
