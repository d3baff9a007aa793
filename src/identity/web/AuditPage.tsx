import { useState } from 'react'
import {
  api,
  Choice,
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  ProblemAlert,
  toProblem,
  type ApiProblem,
  Toolbar,
  useApi,
  useFilters,
  useFormat,
  useText,
  withQuery,
} from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { type IdentityText, vi } from '../text.vi.ts'

type Entry = {
  auditId: number
  at: string
  what: string
  userName: string | null
  officerName: string | null
  source: string
  details: Record<string, unknown>
}
type Reply = { entries: Entry[]; next: number | null }

/** Who came in, who reset what, who unmasked which number; the newest first. */
export function AuditPage() {
  const text = useText({ vi, en })
  const [filters, setFilters] = useFilters({ what: '' })
  return (
    <>
      <PageHeader title={text.audit.title} note={text.audit.note} />
      <Toolbar label={text.audit.what}>
        <Choice
          label={text.audit.what}
          value={filters.what || null}
          onChange={(what) => setFilters({ what: what ?? '' })}
          placeholder={text.audit.all}
          options={Object.entries(text.audit.words).map(([value, label]) => ({ value, label }))}
        />
      </Toolbar>
      <Entries key={filters.what} what={filters.what} />
    </>
  )
}

function Entries({ what }: { what: string }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const first = useApi<Reply>(withQuery('/api/audit', { what }))
  const [older, setOlder] = useState<Reply | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const next = (older ?? first.data)?.next ?? null
  const more = async () => {
    try {
      const page = await api.get<Reply>(withQuery('/api/audit', { what, before: next }))
      setOlder((known) => ({ entries: [...(known?.entries ?? []), ...page.entries], next: page.next }))
    } catch (error) {
      setProblem(toProblem(error))
    }
  }
  const columns: Column<Entry>[] = [
    { key: 'at', head: text.audit.at, width: '10rem', cell: (entry) => format.instant(entry.at) },
    { key: 'what', head: text.audit.what, main: true, cell: (entry) => text.audit.words[entry.what] ?? entry.what },
    {
      key: 'who',
      head: text.audit.who,
      grow: true,
      cell: (entry) => (entry.officerName ? `${entry.officerName} (${entry.userName})` : text.audit.unknown),
    },
    {
      key: 'source',
      head: text.audit.source,
      cell: (entry) => writeSource(entry.source, text),
    },
    {
      key: 'details',
      head: text.audit.details,
      grow: true,
      wideOnly: true,
      wrap: true,
      cell: (entry) => writeDetails(entry.details, text.audit.detailNames),
    },
  ]
  return (
    <>
      <ProblemAlert problem={first.problem ?? problem} onRetry={first.reload} />
      <DataTable
        label={text.audit.title}
        rows={first.data && [...first.data.entries, ...(older?.entries ?? [])]}
        columns={columns}
        rowKey={(entry) => String(entry.auditId)}
        empty={<EmptyState title={text.audit.empty} hint={text.audit.emptyHint} />}
        onMore={next === null ? undefined : () => void more()}
      />
    </>
  )
}

/** `ip:…`, a known device, or the system itself. */
function writeSource(source: string, text: IdentityText): string {
  if (source === 'system') return text.audit.system
  return source.startsWith('device:') ? text.account.knownDevice : source.replace('ip:', '')
}

const writeDetails = (details: Record<string, unknown>, names: Readonly<Record<string, string>>): string =>
  Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${names[key] ?? key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')
