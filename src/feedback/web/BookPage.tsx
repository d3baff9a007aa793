import './feedback.css'
import { dayOf } from '../../platform/day.ts'
import {
  Choice,
  type Column,
  DataTable,
  DayField,
  EmptyState,
  Icon,
  PageHeader,
  PrintButton,
  ProblemAlert,
  serverNow,
  Toolbar,
  useApi,
  useFilters,
  useFormat,
  withQuery,
} from '../../platform/web/index.ts'
import { Button } from '@mantine/core'
import type { AgencyChoices, RegisterRow } from '../contract.ts'
import { useFeedbackText } from './use-feedback-text.ts'

/** The register that the decree asks for: everything that came in, in the order in which it came. */
export function BookPage() {
  const text = useFeedbackText()
  const words = text.book
  const today = dayOf(serverNow())
  const [filters, setFilters] = useFilters({ from: `${today.slice(0, 4)}-01-01`, to: today, agencyId: '' })
  const choices = useApi<AgencyChoices>('/api/petition-agencies')
  const agencies = choices.data?.agencies ?? []
  const agencyId = filters.agencyId || String(agencies[0]?.agencyId ?? '')
  const range = { agencyId, from: filters.from, to: filters.to }
  const book = useApi<{ rows: RegisterRow[] }>(agencyId ? withQuery('/api/petitions/register', range) : null)
  return (
    <>
      <PageHeader
        title={words.title}
        actions={
          <>
            <Button
              component="a"
              href={withQuery('/api/petitions/register', { ...range, format: 'xlsx' })}
              variant="default"
              leftSection={<Icon name="download" />}
            >
              {words.excel}
            </Button>
            <PrintButton path={withQuery('/api/petitions/register', { ...range, format: 'pdf' })}>
              {words.print}
            </PrintButton>
          </>
        }
      />
      <Toolbar label={words.title}>
        {agencies.length > 1 && (
          <Choice
            label={words.agency}
            width="18rem"
            options={agencies.map((agency) => ({ value: String(agency.agencyId), label: agency.name }))}
            value={agencyId}
            onChange={(value) => setFilters({ agencyId: value ?? '' })}
          />
        )}
        <DayField
          label={words.from}
          width="11rem"
          value={filters.from}
          onChange={(from) => from && setFilters({ from })}
        />
        <DayField label={words.to} width="11rem" value={filters.to} onChange={(to) => to && setFilters({ to })} />
      </Toolbar>
      <ProblemAlert problem={book.problem} onRetry={book.reload} />
      <DataTable
        label={words.title}
        rows={book.data?.rows}
        columns={useColumns()}
        rowKey={(row) => row.code}
        rowTo={(row) => `/phan-anh/${row.petitionId}`}
        empty={<EmptyState title={words.empty} />}
      />
    </>
  )
}

/** Two things of the register in one column, so that a screen holds them all. */
const Two = ({ first, second }: { first: string; second: string }) => (
  <>
    <span>{first}</span>
    {second && <span className="f-under k-dimmed">{second}</span>}
  </>
)

function useColumns(): Column<RegisterRow>[] {
  const text = useFeedbackText()
  const head = text.book.head
  const format = useFormat()
  const day = (value: string) => (value ? format.day(value) : '')
  return [
    { key: 'number', head: head.number, width: '3rem', align: 'right', cell: (row) => row.number },
    {
      key: 'code',
      head: text.book.codeAndDay,
      width: '9.5rem',
      main: true,
      cell: (row) => <Two first={row.code} second={day(row.receivedOn)} />,
    },
    { key: 'content', head: head.content, grow: 3, wrap: true, cell: (row) => row.content },
    {
      key: 'sender',
      head: text.book.senderAndKind,
      width: '12rem',
      wrap: true,
      wideOnly: true,
      cell: (row) => <Two first={row.sender} second={row.kind} />,
    },
    { key: 'handler', head: head.handler, width: '11rem', wrap: true, wideOnly: true, cell: (row) => row.handler },
    {
      key: 'result',
      head: text.book.resultAndDay,
      width: '9rem',
      wrap: true,
      cell: (row) => <Two first={row.result} second={day(row.endedOn)} />,
    },
  ]
}
