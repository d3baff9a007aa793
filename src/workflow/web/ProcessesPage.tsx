import { SegmentedControl } from '@mantine/core'
import type { ProcedureItem, ProcedureList } from '../../catalogue/contract.ts'
import {
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  ProblemAlert,
  TextField,
  Toolbar,
  useApi,
  useFilters,
  useMe,
  usePages,
  useText,
} from '../../platform/web/index.ts'
import type { ProcessSummary } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The procedures of the agency and whose process each of them follows. */
export function ProcessesPage() {
  const { web: text, minutes } = useText({ vi, en })
  const me = useMe()
  const { agencyId } = me.agency
  const [filters, setFilters] = useFilters({ q: '', scope: 'own' })
  const own = useApi<ProcessSummary[]>(`/api/agencies/${agencyId}/processes`)
  const list = usePages<ProcedureItem, ProcedureList>('/api/procedures', {
    q: filters.q,
    limit: 50,
    agencyId: filters.scope === 'own' ? agencyId : undefined,
  })
  const ownBy = Map.groupBy(own.data ?? [], ({ code }) => code)
  const columns: Column<ProcedureItem>[] = [
    { key: 'name', head: text.procedure, cell: ({ shortName }) => shortName, main: true, grow: true },
    { key: 'code', head: text.code, cell: ({ code }) => code, width: '8rem' },
    {
      key: 'process',
      head: text.kindOfProcess,
      cell: ({ code }) => {
        const first = ownBy.get(code)?.[0]
        return first ? `${text.ownProcess} (${minutes(first.minutes)})` : text.foreseen
      },
      width: '18rem',
    },
  ]
  return (
    <>
      <PageHeader title={text.title} note={text.listNote} />
      <Toolbar label={text.search}>
        <TextField label={text.search} value={filters.q} onChange={(q) => setFilters({ q })} width="22rem" />
        <SegmentedControl
          aria-label={text.scope}
          value={filters.scope}
          onChange={(scope) => setFilters({ scope })}
          data={[
            { value: 'own', label: text.ofAgency },
            { value: 'all', label: text.ofAll },
          ]}
        />
      </Toolbar>
      <ProblemAlert problem={list.problem ?? own.problem} onRetry={list.reload} />
      <DataTable
        label={text.title}
        rows={list.items}
        columns={columns}
        rowKey={({ code }) => code}
        rowTo={({ code }) => `/quy-trinh/${code}`}
        onMore={list.more}
        empty={<EmptyState title={text.empty} hint={text.emptyHint} />}
      />
    </>
  )
}
