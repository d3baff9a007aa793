import './forms.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  DayField,
  Dialog,
  EmptyState,
  Fields,
  FindChoice,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  Toolbar,
  useApi,
  useCommand,
  useConfirm,
  useFilters,
  useFormat,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { Period, PeriodEntry, PeriodType } from '../contract.ts'
import { useFormText, usePick } from './use-form-text.ts'

type Regime = { regime: string; name: string; nameEn: string; legalBasis: string }
type NamedPeriod = Period & { agencyName: string | null }
type Reply = { regimes: Regime[]; periods: NamedPeriod[]; mayManage: boolean }

const yearNow = String(new Date().getFullYear())

/** Reporting periods as configuration: each says its days. */
export function PeriodsPage() {
  const words = useFormText().web
  const pick = usePick()
  const [filters, setFilters] = useFilters({ year: yearNow, regime: '' })
  const [edited, setEdited] = useState<{ period: Partial<NamedPeriod>; turn: number } | null>(null)
  const [proposed, setProposed] = useState(false)
  const { data, problem, reload } = useApi<Reply>(withQuery('/api/report-periods', { year: filters.year }))
  const regime = data?.regimes.find((each) => each.regime === filters.regime) ?? data?.regimes[0]
  const open = (period: Partial<NamedPeriod>) => setEdited({ period, turn: (edited?.turn ?? 0) + 1 })
  return (
    <>
      <PageHeader
        title={words.periodsTitle}
        note={words.periodsNote}
        actions={
          data?.mayManage && (
            <>
              <Button variant="default" onClick={() => setProposed(true)}>
                {words.propose}
              </Button>
              <Button leftSection={<Icon name="plus" />} onClick={() => open({ regime: regime?.regime ?? '' })}>
                {words.addPeriod}
              </Button>
            </>
          )
        }
      />
      <ProblemAlert problem={problem} onRetry={reload} />
      {data && regime && (
        <>
          <Toolbar label={words.periodsTitle}>
            <Choice
              label={words.regime}
              required
              width="22rem"
              value={regime.regime}
              onChange={(next) => next && setFilters({ regime: next })}
              options={data.regimes.map((each) => ({ value: each.regime, label: pick(each.name, each.nameEn) }))}
            />
            <Choice
              label={words.year}
              required
              width="7rem"
              value={filters.year}
              onChange={(next) => next && setFilters({ year: next })}
              options={Array.from({ length: 12 }, (_, at) => String(2028 - at)).map((value) => ({
                value,
                label: value,
              }))}
            />
          </Toolbar>
          <Section title={pick(regime.name, regime.nameEn)}>
            <p className="k-note">{regime.legalBasis}</p>
            <PeriodTable
              periods={data.periods.filter((period) => period.regime === regime.regime)}
              onOpen={data.mayManage ? open : undefined}
            />
          </Section>
        </>
      )}
      <Dialog
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited?.period.periodId === undefined ? words.addPeriod : words.editPeriod}
        size="lg"
      >
        {edited && data && (
          <PeriodForm key={edited.turn} period={edited.period} regimes={data.regimes} onClose={() => setEdited(null)} />
        )}
      </Dialog>
      <Dialog opened={proposed} onClose={() => setProposed(false)} title={words.propose} size="xl">
        {proposed && regime && data && <Proposals regime={regime.regime} year={filters.year} known={data.periods} />}
      </Dialog>
    </>
  )
}

function PeriodTable({
  periods,
  onOpen,
}: {
  periods: readonly NamedPeriod[]
  onOpen: ((period: NamedPeriod) => void) | undefined
}) {
  const { periodTypes, web: words } = useFormText()
  const format = useFormat()
  const columns: Column<NamedPeriod>[] = [
    { key: 'name', head: words.name, main: true, grow: true, cell: ({ name }) => name },
    { key: 'code', head: words.code, width: '8rem', cell: ({ code }) => code },
    { key: 'type', head: words.type, width: '7rem', cell: ({ type }) => periodTypes[type] },
    { key: 'from', head: words.from, width: '8rem', cell: ({ from }) => format.day(from) },
    { key: 'to', head: words.to, width: '8rem', cell: ({ to }) => format.day(to) },
    { key: 'deadline', head: words.deadline, width: '8rem', cell: ({ deadline }) => format.day(deadline) },
    {
      key: 'whom',
      head: words.forWhom,
      width: '12rem',
      cell: ({ agencyName }) => agencyName ?? words.everybody,
    },
  ]
  return (
    <DataTable
      label={words.periodsTitle}
      rows={periods}
      columns={columns}
      rowKey={({ periodId }) => String(periodId)}
      {...(onOpen && { onOpen })}
      empty={<EmptyState title={words.noPeriods} hint={words.noPeriodsHint} />}
    />
  )
}

type Draft = {
  regime: string
  type: PeriodType
  code: string
  name: string
  from: string | null
  to: string | null
  yearFrom: string | null
  deadline: string | null
  agencyId: number | null
}

function PeriodForm({
  period,
  regimes,
  onClose,
}: {
  period: Partial<NamedPeriod>
  regimes: readonly Regime[]
  onClose: () => void
}) {
  const text = useFormText()
  const words = text.web
  const pick = usePick()
  const confirm = useConfirm()
  const [draft, setDraft] = useState<Draft>({
    regime: period.regime ?? '',
    type: period.type ?? 'quarter',
    code: period.code ?? '',
    name: period.name ?? '',
    from: period.from ?? null,
    to: period.to ?? null,
    yearFrom: period.yearFrom ?? null,
    deadline: period.deadline ?? null,
    agencyId: period.agencyId ?? null,
  })
  const isNew = period.periodId === undefined
  const path = isNew ? '/api/report-periods' : `/api/report-periods/${period.periodId}`
  const forget = ['/api/report']
  const finish = (message: string) => {
    announce(message)
    onClose()
  }
  const save = useCommand(path, {
    method: isNew ? 'POST' : 'PUT',
    forget,
    onDone: () => finish(isNew ? words.added : words.changed),
  })
  const remove = useCommand(path, { method: 'DELETE', forget, onDone: () => finish(words.removed) })
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const isFull = draft.from && draft.to && draft.yearFrom && draft.deadline && draft.code && draft.name
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isFull) void save.run(draft)
      }}
    >
      <Fields columns={2}>
        <Choice
          label={words.regime}
          required
          value={draft.regime}
          onChange={(regime) => regime && change({ regime })}
          options={regimes.map(({ regime, name, nameEn }) => ({ value: regime, label: pick(name, nameEn) }))}
        />
        <Choice
          label={words.type}
          required
          value={draft.type}
          onChange={(type) => type && change({ type: type as PeriodType })}
          options={Object.entries(text.periodTypes).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          label={words.code}
          required
          maxLength={40}
          value={draft.code}
          onChange={(code) => change({ code })}
          error={save.problem?.fieldError('/code')}
        />
        <TextField
          label={words.name}
          required
          maxLength={200}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <DayField label={words.from} required value={draft.from} onChange={(from) => change({ from })} />
        <DayField label={words.to} required value={draft.to} onChange={(to) => change({ to })} />
        <DayField
          label={words.yearFrom}
          hint={words.yearFromHint}
          required
          value={draft.yearFrom}
          onChange={(yearFrom) => change({ yearFrom })}
        />
        <DayField
          label={words.deadline}
          required
          value={draft.deadline}
          onChange={(deadline) => change({ deadline })}
        />
        <FindChoice<{ agencies: { agencyId: number; fullName: string; parentName: string | null }[] }>
          label={words.forWhom}
          placeholder={words.everybody}
          value={draft.agencyId === null ? null : String(draft.agencyId)}
          onChange={(next) => change({ agencyId: next === null ? null : Number(next) })}
          path={(query) => withQuery('/api/agencies', { query, closed: 'true', limit: 20 })}
          read={({ agencies }) =>
            agencies.map(({ agencyId, fullName, parentName }) => ({
              value: String(agencyId),
              label: fullName,
              ...(parentName ? { note: parentName } : {}),
            }))
          }
          chosen={
            period.agencyId && period.agencyName
              ? { value: String(period.agencyId), label: period.agencyName }
              : undefined
          }
        />
      </Fields>
      <ProblemAlert problem={worded(save.problem ?? remove.problem, text.refusals)} keeps />
      <div className="k-dialog-actions">
        {!isNew && (
          <Button
            variant="default"
            leftSection={<Icon name="remove" />}
            onClick={() =>
              void (async () => {
                const sure = await confirm({
                  question: words.removeQuestion(draft.name),
                  consequence: words.removeConsequence,
                  action: words.remove,
                })
                if (sure) await remove.run({})
              })()
            }
          >
            {words.remove}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" disabled={!isFull} loading={save.busy}>
          {words.save}
        </Button>
      </div>
    </form>
  )
}

type Proposal = Omit<PeriodEntry, 'regime' | 'agencyId' | 'commandId'>

/** The periods that the regime usually has in the year; each is added on purpose. */
function Proposals({ regime, year, known }: { regime: string; year: string; known: readonly NamedPeriod[] }) {
  const words = useFormText().web
  const format = useFormat()
  const { data, problem } = useApi<Proposal[]>(withQuery('/api/report-periods/proposals', { regime, year }))
  const agencyId = known.find((period) => period.regime === regime)?.agencyId ?? null
  const isKnown = (code: string) => known.some((period) => period.regime === regime && period.code === code)
  const columns: Column<Proposal>[] = [
    { key: 'name', head: words.name, main: true, grow: true, cell: ({ name }) => name },
    { key: 'from', head: words.from, width: '8rem', cell: ({ from }) => format.day(from) },
    { key: 'to', head: words.to, width: '8rem', cell: ({ to }) => format.day(to) },
    { key: 'deadline', head: words.deadline, width: '8rem', cell: ({ deadline }) => format.day(deadline) },
    {
      key: 'add',
      head: words.actions,
      width: '7rem',
      cell: (proposal) =>
        isKnown(proposal.code) ? (
          <Icon name="check" />
        ) : (
          <AddProposal proposal={proposal} regime={regime} agencyId={agencyId} />
        ),
    },
  ]
  return (
    <>
      <p className="k-note">{words.proposeNote}</p>
      <ProblemAlert problem={problem} />
      <DataTable label={words.propose} rows={data} columns={columns} rowKey={({ code }) => code} />
    </>
  )
}

function AddProposal({ proposal, regime, agencyId }: { proposal: Proposal; regime: string; agencyId: number | null }) {
  const text = useFormText()
  const words = text.web
  const add = useCommand('/api/report-periods', { forget: ['/api/report'], onDone: () => announce(words.added) })
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={add.busy}
        aria-label={`${words.add} ${proposal.name}`}
        onClick={() => void add.run({ ...proposal, regime, agencyId })}
      >
        {words.add}
      </Button>
      <ProblemAlert problem={worded(add.problem, text.refusals)} />
    </>
  )
}
