import { dayOf } from '../../../platform/day.ts'
import {
  type Column,
  DataTable,
  EmptyState,
  ProblemAlert,
  SideSheet,
  useApi,
  useFormat,
  usePages,
  withQuery,
} from '../../../platform/web/index.ts'
import type { CountedPetition } from '../../../feedback/contract.ts'
import type { FigureDossier, FigureId } from '../../figures/contract.ts'
import type { FilledForm, OpenedCell, PetitionsReply } from '../contract.ts'
import type { OpenedPlace } from './FormTable.tsx'
import { useFormText } from './use-form-text.ts'

/** The records behind a cell: dossiers of its figures, or the procedures that it counts. */
export function CellSheet({
  reportId,
  agencyId,
  place,
  forms,
  onClose,
}: {
  reportId: string
  agencyId: number
  place: OpenedPlace | null
  forms: readonly FilledForm[]
  onClose: () => void
}) {
  return (
    <SideSheet opened={place !== null} onClose={onClose} title={place ? titleOf(place, forms) : ''}>
      {place && <Behind key={JSON.stringify(place)} reportId={reportId} agencyId={agencyId} place={place} />}
    </SideSheet>
  )
}

function titleOf({ form, row, line, column }: OpenedPlace, forms: readonly FilledForm[]): string {
  const found = forms.find(({ definition }) => definition.form === form)
  if (row !== undefined) {
    const label = found?.definition.rows.find(({ code }) => code === row)?.label ?? ''
    return `${found?.definition.number ?? ''} · ${row}. ${label}`
  }
  const name = found?.lines.find(({ key }) => key === (line ?? null))?.label ?? ''
  const head = found?.definition.columns?.find(({ number }) => number === column)
  return [name, head && `${head.group}: ${head.label} (${head.number})`].filter(Boolean).join(' · ')
}

function Behind({ reportId, agencyId, place }: { reportId: string; agencyId: number; place: OpenedPlace }) {
  const words = useFormText().web
  const format = useFormat()
  const { data, problem, reload } = useApi<OpenedCell>(withQuery(`/api/reports/${reportId}/cell`, place))
  if (problem) return <ProblemAlert problem={problem} onRetry={reload} />
  if (!data) return null
  const { from, to, knownAt } = data.question
  return (
    <>
      <p className="k-note">
        {words.span(format.day(from), format.day(to))} · {words.asRead(format.instant(knownAt))}
      </p>
      {data.procedures && <Procedures procedures={data.procedures} />}
      {data.petitions !== undefined && <Petitions reportId={reportId} place={place} count={data.petitions} />}
      {data.payments && <Payments payments={data.payments} />}
      {data.surveys && <Surveys surveys={data.surveys} />}
      {data.figures.map((figure) => (
        <Dossiers
          key={figure}
          figure={figure}
          agencyId={agencyId}
          question={data.question}
          named={data.figures.length > 1}
        />
      ))}
    </>
  )
}

function Petitions({ reportId, place, count }: { reportId: string; place: OpenedPlace; count: number }) {
  const words = useFormText().web
  const format = useFormat()
  const { form, row } = place
  const list = usePages<CountedPetition, PetitionsReply>(`/api/reports/${reportId}/cell/petitions`, { form, row })
  const head = words.petitionColumns
  const columns: Column<CountedPetition>[] = [
    { key: 'code', head: head.code, grow: true, main: true, cell: ({ code }) => code },
    { key: 'receivedOn', head: head.receivedOn, width: '8rem', cell: ({ receivedOn }) => format.day(receivedOn) },
    {
      key: 'endedOn',
      head: head.endedOn,
      width: '8rem',
      cell: ({ endedOn }) => (endedOn ? format.day(endedOn) : '–'),
    },
  ]
  return (
    <>
      <p role="status">
        <strong>{words.openPetitions(format.number(count))}</strong>
      </p>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      <DataTable
        label={words.openPetitions('')}
        rows={list.items}
        columns={columns}
        rowKey={({ petitionId }) => petitionId}
        rowTo={({ petitionId }) => `/phan-anh/${petitionId}`}
        onMore={list.more}
        empty={<EmptyState title={words.openPetitions('0')} />}
      />
    </>
  )
}

function Payments({ payments: { paid, online } }: { payments: NonNullable<OpenedCell['payments']> }) {
  const words = useFormText().web
  const format = useFormat()
  const columns: Column<(typeof online)[number]>[] = [
    { key: 'code', head: words.columns.code, grow: true, main: true, cell: ({ code }) => code },
    { key: 'paidOn', head: words.paidOn, width: '8rem', cell: ({ paidOn }) => format.day(paidOn) },
  ]
  return (
    <>
      <p role="status">
        <strong>{words.paidOnline(format.number(online.length), format.number(paid))}</strong>
      </p>
      <DataTable
        label={words.paidOnlineList}
        rows={online}
        columns={columns}
        rowKey={({ dossierId }) => dossierId}
        rowTo={({ dossierId }) => `/ho-so/${dossierId}`}
        empty={<EmptyState title={words.nonePaidOnline} />}
      />
    </>
  )
}

function Surveys({ surveys }: { surveys: NonNullable<OpenedCell['surveys']> }) {
  const words = useFormText().web
  const format = useFormat()
  const head = words.surveyColumns
  const columns: Column<(typeof surveys)[number]>[] = [
    { key: 'name', head: head.name, grow: true, main: true, wrap: true, cell: ({ name }) => name },
    {
      key: 'ballots',
      head: head.ballots,
      width: '7rem',
      align: 'right',
      cell: ({ ballots }) => format.number(ballots),
    },
  ]
  return (
    <>
      <p role="status">
        <strong>{words.openSurveys(format.number(surveys.length))}</strong>
      </p>
      <DataTable
        label={words.openSurveys('')}
        rows={surveys}
        columns={columns}
        rowKey={({ campaignId }) => campaignId}
        rowTo={({ agencyId, campaignId }) => `/khao-sat/${agencyId}/${campaignId}/ket-qua`}
        empty={<EmptyState title={words.openSurveys('0')} />}
      />
    </>
  )
}

type Procedure = NonNullable<OpenedCell['procedures']>[number]

function Procedures({ procedures }: { procedures: readonly Procedure[] }) {
  const words = useFormText().web
  const format = useFormat()
  const columns: Column<Procedure>[] = [
    { key: 'code', head: words.columns.procedureCode, width: '8rem', main: true, cell: ({ code }) => code },
    { key: 'name', head: words.columns.procedure, grow: true, wrap: true, cell: ({ name }) => name },
  ]
  return (
    <>
      <p role="status">
        <strong>{words.openProcedures(format.number(procedures.length))}</strong>
      </p>
      <DataTable
        label={words.procedureList}
        rows={procedures}
        columns={columns}
        rowKey={({ code }) => code}
        rowTo={({ code }) => `/thu-tuc/${code}`}
        empty={<EmptyState title={words.openProcedures('0')} />}
      />
    </>
  )
}

type Page = { items: FigureDossier[]; next: string | null }

function Dossiers({
  figure,
  agencyId,
  question,
  named,
}: {
  figure: FigureId
  agencyId: number
  question: OpenedCell['question']
  named: boolean
}) {
  const words = useFormText().web
  const format = useFormat()
  const { agencies, from, to, knownAt, filter } = question
  const list = usePages<FigureDossier, Page>(`/api/statistics/figures/${figure}/dossiers`, {
    agencyId,
    reach: agencies.length > 1 ? 'area' : 'own',
    agencies: agencies.join(','),
    from,
    to,
    knownAt,
    field: filter.field,
    procedures: filter.procedures && (filter.procedures.join(',') || 'none'),
    channel: filter.channel,
  })
  const columns: Column<FigureDossier>[] = [
    { key: 'code', head: words.columns.code, width: '11rem', main: true, cell: ({ code }) => code },
    {
      key: 'procedure',
      head: words.columns.procedure,
      grow: true,
      wrap: true,
      cell: ({ procedureName, receivedOn, finishedOn, dueAt }) => (
        <span>
          {procedureName}
          <span className="rf-days">
            {[
              receivedOn && `${words.columns.received} ${format.day(receivedOn)}`,
              dueAt && `${words.columns.due} ${format.day(dayOf(dueAt))}`,
              finishedOn && `${words.columns.finished} ${format.day(finishedOn)}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      ),
    },
  ]
  return (
    <section className="rf-behind" aria-label={words.figures[figure]}>
      {named && <h3>{words.figures[figure]}</h3>}
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {!(list.problem && !list.items) && (
        <DataTable
          label={`${words.dossierList}: ${words.figures[figure]}`}
          rows={list.items}
          columns={columns}
          rowKey={({ dossierId }) => dossierId}
          rowTo={({ dossierId }) => `/ho-so/${dossierId}`}
          onMore={list.more}
          empty={<p className="k-dimmed">{words.nothingOpened}</p>}
        />
      )}
    </section>
  )
}
