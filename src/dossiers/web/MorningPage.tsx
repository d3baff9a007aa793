import './register.css'
import type { ReactNode } from 'react'
import {
  Choice,
  type Column,
  DataTable,
  EmptyState,
  Figure,
  PageHeader,
  PageLink,
  ProblemAlert,
  Section,
  useApi,
  useFilters,
  useFormat,
  useMay,
  withQuery,
} from '../../platform/web/index.ts'
import type { DeskView, MorningView, QueueItem } from '../contract.ts'
import { apologiesOwed, morningOf, queueBehind, sumsKey } from './morning-view.ts'
import { TimeCell } from './TimeCell.tsx'
import { useDossierText } from './use-dossier-text.ts'

const shown = 10

/** What a leader asks first: what is late, what will be late today, what waits for a signature, who holds it. */
export function MorningPage() {
  const { morning: text, desk: words } = useDossierText()
  const format = useFormat()
  const [filters, setFilters] = useFilters({ agencyId: '' })
  const desk = useApi<DeskView>('/api/desk?for=morning')
  const chosen = filters.agencyId || (desk.data?.home ? String(desk.data.home) : '')
  const morning = useApi<MorningView>(chosen ? withQuery('/api/morning', { agencyId: chosen }) : null, {
    every: 120_000,
  })
  const view = morning.data
  const agency = desk.data?.agencies.find(({ agencyId }) => agencyId === view?.agencyId)
  const agencies = desk.data?.agencies ?? []
  return (
    <>
      <PageHeader
        title={text.title}
        note={view && `${format.longDay(view.day)} · ${view.agencyName}`}
        actions={
          agencies.length > 1 && (
            <Choice
              label={words.agency}
              required
              width="17rem"
              value={chosen}
              options={agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
              onChange={(agencyId) => setFilters({ agencyId: agencyId ?? '' })}
            />
          )
        }
      />
      <ProblemAlert
        problem={morning.problem ?? desk.problem}
        onRetry={morning.problem ? morning.reload : desk.reload}
      />
      {desk.data && agencies.length === 0 && <EmptyState title={words.none} hint={words.noneHint} />}
      {view && <Morning view={view} hasPredecessors={agency?.hasPredecessors ?? false} />}
    </>
  )
}

function Morning({ view, hasPredecessors }: { view: MorningView; hasPredecessors: boolean }) {
  const text = useDossierText().morning
  const { counts, agencyId } = view
  const overdue = queueBehind(agencyId, 'overdue')
  const today = queueBehind(agencyId, 'today')
  const toSign = queueBehind(agencyId, '', { kind: 'sign' })
  const may = useMay()
  const signs = may('dossier.sign')
  const isQuiet = view.byHolder.length === 0
  return (
    <>
      <div className="morning-figures">
        <Figure to={overdue} value={counts.late} label={text.late} tone="late" />
        <Figure to={today} value={counts.dueToday} label={text.dueToday} tone="today" />
        <Figure to={toSign} value={counts.toSign} label={text.toSign} />
        <Figure to={queueBehind(agencyId, 'waiting')} value={counts.waiting} label={text.waiting} tone="waiting" />
        <Figure
          to={apologiesOwed(agencyId, hasPredecessors)}
          value={counts.lateWithoutApology}
          label={text.lateWithoutApology}
          tone="late"
        />
      </div>
      {isQuiet && view.byAgency.length > 0 ? (
        <Agencies view={view} />
      ) : (
        <>
          {signs && (
            <Work title={text.signList} items={view.toSign} count={counts.toSign} to={toSign} none={text.noSign} />
          )}
          <Work title={text.lateList} items={view.late} count={counts.late} to={overdue} none={text.noLate} />
          <Work title={text.todayList} items={view.dueToday} count={counts.dueToday} to={today} none={text.noToday} />
          {isQuiet ? <EmptyState title={text.noWork} hint={text.noWorkHint} /> : <Sums view={view} />}
          {view.byAgency.length > 0 && <Agencies view={view} />}
        </>
      )}
    </>
  )
}

function Work({
  title,
  items,
  count,
  to,
  none,
}: {
  title: string
  items: readonly QueueItem[]
  count: number
  to: string
  none: string
}) {
  const text = useDossierText().morning
  const format = useFormat()
  const columns = useColumns()
  return (
    <Section title={title} actions={count > shown && <PageLink to={to}>{text.all(format.number(count))}</PageLink>}>
      {items.length === 0 ? (
        <p className="k-dimmed">{none}</p>
      ) : (
        <DataTable
          label={title}
          rows={items.slice(0, shown)}
          columns={columns}
          rowKey={(item) => `${item.dossierId} ${item.key}`}
          rowTo={(item) => `/ho-so/${item.dossierId}`}
        />
      )}
    </Section>
  )
}

function useColumns(): Column<QueueItem>[] {
  const { morning: text, register } = useDossierText()
  return [
    { key: 'time', head: text.time, width: '11.5rem', cell: (item) => <TimeCell item={item} /> },
    {
      key: 'applicant',
      head: register.applicant,
      main: true,
      grow: 2,
      wrap: true,
      cell: (item) => item.applicantName ?? register.erased,
    },
    { key: 'procedure', head: register.procedure, grow: 3, wrap: true, cell: (item) => item.procedureName },
    {
      key: 'holder',
      head: text.officer,
      grow: 3,
      wrap: true,
      cell: (item) => [item.officerName ?? text.nobody, item.unitName].join(' · '),
    },
    { key: 'step', head: text.step, width: '11rem', wideOnly: true, cell: (item) => item.stepName },
    { key: 'code', head: register.code, width: '11rem', wideOnly: true, cell: (item) => item.code },
  ]
}

/** Who holds the work, and in which fields it lies; each number opens. */
function Sums({ view }: { view: MorningView }) {
  const text = useDossierText().morning
  return (
    <div className="morning-lists">
      <Section title={text.byHolder}>
        <SumTable
          head={text.officer}
          rows={view.byHolder.map((holder) => ({
            ...holder,
            key: sumsKey(holder),
            name: `${holder.officerName ?? text.nobody}, ${holder.unitName}`,
            head: (
              <>
                {holder.officerName ?? text.nobody}
                <span className="k-dimmed"> · {holder.unitName}</span>
              </>
            ),
            to: (state) => queueBehind(view.agencyId, state, { holder }),
          }))}
        />
      </Section>
      <Section title={text.byField}>
        <SumTable
          head={text.field}
          rows={view.byField.map((sum) => ({
            ...sum,
            key: sum.field,
            name: sum.fieldName,
            head: sum.fieldName,
            to: (state) => queueBehind(view.agencyId, state, { field: sum.field }),
          }))}
        />
      </Section>
    </div>
  )
}

/** For whoever watches over several agencies: where the late work lies; each opens to its own page. */
function Agencies({ view }: { view: MorningView }) {
  const text = useDossierText().morning
  return (
    <Section title={text.byAgency}>
      <SumTable
        head={text.agency}
        rows={view.byAgency.map((sum) => ({
          ...sum,
          key: String(sum.agencyId),
          name: sum.agencyName,
          head: <PageLink to={morningOf(sum.agencyId)}>{sum.agencyName}</PageLink>,
          to: (state) => queueBehind(sum.agencyId, state),
        }))}
      />
    </Section>
  )
}

type SumState = 'overdue' | 'today' | ''
type SumRow = {
  key: string
  name: string
  head: ReactNode
  late: number
  dueToday: number
  open: number
  to: (state: SumState) => string
}

function SumTable({ head, rows }: { head: string; rows: readonly SumRow[] }) {
  const text = useDossierText().morning
  const columns = [
    { key: 'late', head: text.lateColumn, state: 'overdue', tone: 'late' },
    { key: 'dueToday', head: text.todayColumn, state: 'today', tone: 'today' },
    { key: 'open', head: text.openColumn, state: '', tone: undefined },
  ] as const
  return (
    <table className="morning-sums" aria-label={head}>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {columns.map((column) => (
            <th key={column.key} scope="col" data-number="">
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.head}</th>
            {columns.map((column) => (
              <td key={column.key} data-number="" data-tone={row[column.key] > 0 ? column.tone : undefined}>
                <Sum row={row} value={row[column.key]} what={column.head} state={column.state} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sum({ row, value, what, state }: { row: SumRow; value: number; what: string; state: SumState }) {
  const text = useDossierText().morning
  const format = useFormat()
  if (value === 0) return <span className="k-dimmed">0</span>
  return (
    <PageLink to={row.to(state)}>
      {format.number(value)}
      <span className="search-said"> {text.opens(what, row.name)}</span>
    </PageLink>
  )
}
