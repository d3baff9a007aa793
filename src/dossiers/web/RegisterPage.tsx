import './register.css'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Field } from '../../catalogue/contract.ts'
import { type Day, dayOf } from '../../platform/day.ts'
import {
  Choice,
  type Column,
  DataTable,
  DayField,
  EmptyState,
  Icon,
  PageHeader,
  PrintButton,
  printFile,
  ProblemAlert,
  serverNow,
  Toolbar,
  useApi,
  useFilters,
  useFormat,
  useLanguage,
  usePages,
} from '../../platform/web/index.ts'
import type { DeskView, DossierPage, RegisterItem } from '../contract.ts'
import { agencyChoices, type Filters, firstFilters, lateBy, printPath, toQuery, type View } from './register-view.ts'
import { StatusMark } from './StatusMark.tsx'
import { TimelinessMark } from './TimelinessMark.tsx'
import { useDossierText } from './use-dossier-text.ts'

/** The register (sổ theo dõi): what was received in a period, as on paper. */
export const RegisterPage = () => <Register key="all" view="all" />

/** Late dossiers with their letters of apology, whenever they were received. */
export const LateRegisterPage = () => <Register key="late" view="late" />

function Register({ view }: { view: View }) {
  const { register: text, desk: words } = useDossierText()
  const desk = useApi<DeskView>('/api/desk?for=register')
  if (desk.data && desk.data.agencies.length > 0) return <Book view={view} desk={desk.data} />
  return (
    <>
      <PageHeader title={view === 'late' ? text.lateTitle : text.title} />
      <ProblemAlert problem={desk.problem} onRetry={desk.reload} />
      {desk.data && <EmptyState title={words.none} hint={words.noneHint} />}
    </>
  )
}

function Book({ view, desk }: { view: View; desk: DeskView }) {
  const text = useDossierText().register
  const format = useFormat()
  const today = dayOf(serverNow())
  const [filters, setFilters] = useFilters<Filters>(firstFilters(view, today))
  const query = toQuery(filters, desk.home)
  const list = usePages<RegisterItem, DossierPage>('/api/dossiers', query)
  const columns = useColumns(view, today)
  const title = view === 'late' ? text.lateTitle : text.title
  const isNarrowed = (['field', 'channel', 'status', 'from', 'to'] as const).some((key) => filters[key] !== '')
  return (
    <>
      <PageHeader
        title={title}
        note={<span role="status">{list.first && text.total(format.number(list.first.total))}</span>}
        actions={<PrintActions query={query} />}
      />
      <RegisterFilterBar view={view} filters={filters} onChange={setFilters} desk={desk} today={today} />
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {!(list.problem && !list.items) && (
        <div aria-busy={list.stale}>
          <DataTable
            label={title}
            rows={list.items}
            columns={columns}
            rowKey={(item) => item.dossierId}
            rowTo={(item) => `/ho-so/${item.dossierId}`}
            onMore={list.more}
            empty={
              <EmptyState
                title={view === 'late' ? text.emptyLate : text.empty}
                hint={view === 'late' && !isNarrowed ? text.emptyLateHint : text.emptyHint}
              />
            }
          />
        </div>
      )}
    </>
  )
}

function PrintActions({ query }: { query: ReturnType<typeof toQuery> }) {
  const text = useDossierText().register
  const pdf = printPath('pdf', query)
  const excel = printPath('xlsx', query)
  if ('why' in pdf || 'why' in excel)
    return <span className="k-dimmed">{'why' in pdf && pdf.why === 'one' ? text.printOne : text.printPeriod}</span>
  return (
    <>
      <PrintButton path={pdf.path}>{text.print}</PrintButton>
      <Button component="a" href={excel.path} download variant="default" leftSection={<Icon name="download" />}>
        {text.excel}
      </Button>
    </>
  )
}

function RegisterFilterBar({
  view,
  filters,
  onChange,
  desk,
  today,
}: {
  view: View
  filters: Filters
  onChange: (change: Partial<Filters>) => void
  desk: DeskView
  today: Day
}) {
  const { register: text, desk: words, channels, statuses } = useDossierText()
  const format = useFormat()
  const { language } = useLanguage()
  const fields = useApi<Field[]>('/api/procedure-fields')
  const optionsOf = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }))
  const agencies = agencyChoices(desk.agencies, {
    withOld: text.agencyWithOld,
    closed: (name, day) => text.closedAgency(name, format.day(day)),
  })
  const atRest = firstFilters(view, today)
  const isChanged = (Object.keys(atRest) as (keyof Filters)[]).some((key) => filters[key] !== atRest[key])
  const pick = (
    key: keyof Filters,
    label: string,
    options: readonly { value: string; label: string }[],
    width: string,
  ) => (
    <Choice
      label={label}
      width={width}
      placeholder={text.any}
      value={filters[key] || null}
      options={options}
      onChange={(value) => onChange({ [key]: value ?? '' })}
    />
  )
  return (
    <Toolbar label={text.filter}>
      {agencies.length > 1 && (
        <Choice
          label={words.agency}
          required
          width="17rem"
          value={filters.agencyId || String(desk.home ?? '')}
          options={agencies}
          onChange={(agencyId) => onChange({ agencyId: agencyId === String(desk.home) ? '' : (agencyId ?? '') })}
        />
      )}
      <DayField
        width="11rem"
        label={text.from}
        value={filters.from || null}
        onChange={(from) => onChange({ from: from ?? '' })}
      />
      <DayField
        width="11rem"
        label={text.to}
        value={filters.to || null}
        onChange={(to) => onChange({ to: to ?? '' })}
      />
      {pick(
        'field',
        text.field,
        (fields.data ?? []).map(({ key, name, nameEn }) => ({ value: key, label: language === 'vi' ? name : nameEn })),
        '10.5rem',
      )}
      {pick('channel', text.channel, optionsOf(channels), '9rem')}
      {view === 'all' && pick('status', text.status, optionsOf(statuses), '11rem')}
      {view === 'all' && pick('timeliness', text.timeliness, optionsOf(text.timelinesses), '11rem')}
      {view === 'late' && (
        <Choice
          label={text.timeliness}
          required
          width="13rem"
          value={filters.timeliness}
          options={optionsOf(text.lateKinds)}
          onChange={(timeliness) => onChange({ timeliness: timeliness ?? 'late' })}
        />
      )}
      {isChanged && (
        <Button variant="subtle" onClick={() => onChange(atRest)}>
          {text.clear}
        </Button>
      )}
    </Toolbar>
  )
}

function useColumns(view: View, today: Day): Column<RegisterItem>[] {
  const text = useDossierText().register
  const format = useFormat()
  const day = (moment: string | null): ReactNode => (moment === null ? '' : format.day(dayOf(moment)))
  const who: Column<RegisterItem>[] = [
    { key: 'code', head: text.code, width: '11rem', main: true, cell: (item) => item.code },
    { key: 'applicant', head: text.applicant, grow: 2, wrap: true, cell: (item) => item.applicantName ?? text.erased },
    { key: 'procedure', head: text.procedure, grow: 3, wrap: true, cell: (item) => item.procedureName },
  ]
  if (view === 'late')
    return [
      {
        key: 'late',
        head: text.daysLate,
        width: '6.5rem',
        cell: (item) => <LateBy item={item} today={today} />,
      },
      ...who,
      { key: 'due', head: text.due, width: '9rem', cell: (item) => item.dueAt && format.instant(item.dueAt) },
      {
        key: 'finished',
        head: text.finished,
        width: '9rem',
        cell: (item) => (item.finishedAt ? format.instant(item.finishedAt) : text.notFinished),
      },
      { key: 'apology', head: text.apology, width: '17rem', cell: (item) => <Apology item={item} /> },
    ]
  return [
    ...who,
    { key: 'received', head: text.received, width: '6.5rem', cell: (item) => day(item.receivedAt ?? item.lodgedAt) },
    { key: 'due', head: text.due, width: '6.5rem', cell: (item) => day(item.dueAt) },
    { key: 'returned', head: text.returned, width: '6.5rem', wideOnly: true, cell: (item) => day(item.returnedAt) },
    { key: 'state', head: text.state, cell: (item) => <StatusMark status={item.status} /> },
    {
      key: 'time',
      head: text.result,
      width: '7.5rem',
      cell: (item) => <TimelinessMark timeliness={item.timeliness} />,
    },
  ]
}

function LateBy({ item, today }: { item: RegisterItem; today: Day }) {
  const text = useDossierText().register
  const days = lateBy(item, today)
  if (days === undefined) return null
  return (
    <span className="k-due" data-tone="late">
      <Icon name="late" size={14} /> {days === 0 ? text.withinDay : text.days(days)}
    </span>
  )
}

function Apology({ item }: { item: RegisterItem }) {
  const text = useDossierText().register
  const format = useFormat()
  const { apology } = item
  if (!apology) return <span className="k-dimmed">{text.noApology}</span>
  return (
    <span className="register-apology">
      {text.apologyOf(format.shortDay(dayOf(apology.at)), format.day(apology.newDay))}
      <Button
        size="compact-xs"
        variant="default"
        aria-label={text.printApology(item.code)}
        leftSection={<Icon name="print" size={14} />}
        onClick={() => printFile(apology.paper)}
      >
        {text.printShort}
      </Button>
    </span>
  )
}
