import './payment.css'
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { addDays, dayOf, isDay } from '../../../platform/day.ts'
import {
  announce,
  ApiProblem,
  api,
  Choice,
  type Column,
  DataTable,
  DayField,
  Dialog,
  FileDrop,
  Icon,
  PageHeader,
  PageLink,
  ProblemAlert,
  Section,
  SideSheet,
  StatusBadge,
  TextField,
  Toolbar,
  uploadFile,
  useApi,
  useFilters,
  useMay,
  useNow,
  useUnsentFiles,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { DaysView, DayView } from '../contract.ts'
import { figureGroups, type FigureGroup, type FigureName } from '../rules/reconcile.ts'
import { DayChart } from './DayChart.tsx'
import { noticeColumns, noticesBehind } from './notice-rows.tsx'
import { useAgencies, useBookFormat, usePaymentText } from './use-payment-text.ts'

const groups = Object.keys(figureGroups) as FigureGroup[]

/** The two weeks that are shown: they end today, or a week after an older day. */
const lastOf = (day: string, today: string): string => {
  const later = addDays(day, 6)
  return later < today ? later : today
}

/** The books of one day side by side; each number opens its rows; signed by an officer when the day is over. */
export function ReconcilePage() {
  const text = usePaymentText()
  const { reconcile } = text
  const format = useBookFormat()
  const may = useMay()
  const agencies = useAgencies()
  const today = dayOf(useNow())
  const [filters, setFilters] = useFilters({ day: '', agencyId: '' })
  const [opened, setOpened] = useState<FigureName | null>(null)
  const [signing, setSigning] = useState(false)
  const [importing, setImporting] = useState(false)
  const { Watch, mayLeave } = useUnsentFiles()
  const day = isDay(filters.day) ? filters.day : today
  const agencyId = filters.agencyId || agencies[0]?.value || ''
  const { data, problem, reload } = useApi<DayView>(withQuery('/api/payments/day', { agencyId, day }), {
    every: 30_000,
  })
  const recent = useApi<DaysView>(withQuery('/api/payments/days', { agencyId, day: lastOf(day, today) }))
  const reconciles = may('payment.reconcile')
  const differs = new Set<string>(data?.differences)
  return (
    <>
      <PageHeader
        title={reconcile.title}
        note={reconcile.note}
        actions={
          <>
            {reconciles && (
              <Button variant="default" leftSection={<Icon name="upload" />} onClick={() => setImporting(true)}>
                {reconcile.import}
              </Button>
            )}
            <Button
              component="a"
              variant="default"
              leftSection={<Icon name="download" />}
              href={withQuery('/api/payments/day.xlsx', { agencyId, day })}
              download
            >
              {reconcile.export}
            </Button>
            {reconciles && day < today && (
              <Button leftSection={<Icon name="sign" />} onClick={() => setSigning(true)}>
                {reconcile.sign}
              </Button>
            )}
          </>
        }
      />
      <Toolbar label={reconcile.title}>
        {agencies.length > 1 && (
          <Choice
            label={reconcile.agency}
            value={agencyId}
            options={agencies}
            onChange={(value) => setFilters({ agencyId: value ?? '' })}
          />
        )}
        <Button
          variant="default"
          mt="auto"
          onClick={() => setFilters({ day: addDays(day, -1) })}
          aria-label={reconcile.dayBefore}
        >
          <Icon name="left" />
        </Button>
        <DayField label={reconcile.day} value={day} onChange={(value) => value && setFilters({ day: value })} />
        <Button
          variant="default"
          mt="auto"
          disabled={day >= today}
          onClick={() => setFilters({ day: addDays(day, 1) })}
          aria-label={reconcile.dayAfter}
        >
          <Icon name="right" />
        </Button>
      </Toolbar>
      <ProblemAlert problem={problem} onRetry={reload} />
      {recent.data && <DayChart days={recent.data.items} day={day} onPick={(picked) => setFilters({ day: picked })} />}
      {data && (
        <>
          <Section title={format.longDay(day)}>
            <SignedNote data={data} />
            {data.differences.length > 0 ? (
              <ul aria-label={reconcile.differences}>
                {data.differences.map((name) => (
                  <li key={name}>
                    <StatusBadge tone="late">{text.differences[name]}</StatusBadge>
                  </li>
                ))}
              </ul>
            ) : (
              <p>{reconcile.agrees}</p>
            )}
            {!data.hasStatement && <p className="k-dimmed">{reconcile.noStatement}</p>}
            <table className="p-figures">
              <thead>
                <tr>
                  <th scope="col">{reconcile.figure}</th>
                  <th scope="col" className="p-number">
                    {reconcile.count}
                  </th>
                  <th scope="col" className="p-number">
                    {reconcile.amount}
                  </th>
                </tr>
              </thead>
              {groups.map((group) => (
                <tbody key={group}>
                  <tr>
                    <th scope="rowgroup" colSpan={3} className="p-group">
                      {reconcile.groups[group]}
                    </th>
                  </tr>
                  {figureGroups[group].map((name) => {
                    const { count, amount } = data.figures[name]
                    return (
                      <tr
                        key={name}
                        data-tone={differs.has(name) ? 'late' : undefined}
                        data-none={count === 0 ? '' : undefined}
                      >
                        <th scope="row">{text.figures[name]}</th>
                        <td className="p-number">
                          {count > 0 ? (
                            <Button
                              variant="subtle"
                              size="compact-sm"
                              aria-label={`${format.number(count)}: ${text.figures[name]}`}
                              onClick={() => setOpened(name)}
                            >
                              {format.number(count)}
                            </Button>
                          ) : (
                            '0'
                          )}
                        </td>
                        <td className="p-number">{format.money(amount)}</td>
                      </tr>
                    )
                  })}
                </tbody>
              ))}
            </table>
          </Section>
          {data.deliveries.length > 0 && (
            <Section title={reconcile.deliveries}>
              <DataTable
                label={reconcile.deliveries}
                rows={data.deliveries}
                rowKey={(row) => `${row.at}/${row.provider}/${row.transactions}`}
                columns={deliveryColumns(text, format)}
              />
            </Section>
          )}
        </>
      )}
      <SideSheet opened={opened !== null} onClose={() => setOpened(null)} title={opened ? text.figures[opened] : ''}>
        {opened && data && <Rows name={opened} data={data} />}
      </SideSheet>
      {signing && data && (
        <SignForm
          data={data}
          onClose={() => setSigning(false)}
          onDone={() => {
            setSigning(false)
            announce(reconcile.signedDone)
            reload()
            recent.reload()
          }}
        />
      )}
      <Dialog
        opened={importing}
        onClose={() => void mayLeave().then((yes) => yes && setImporting(false))}
        title={reconcile.import}
      >
        <Watch>
          <FileDrop<{ lines: number }>
            label={reconcile.import}
            hint={reconcile.importHint}
            accept=".xlsx,.csv,text/csv"
            multiple={false}
            maxBytes={5_000_000}
            send={(file, options) =>
              uploadFile(withQuery('/api/payments/statements', { agencyId }), { file, ...options })
            }
            onSent={({ lines }) => {
              announce(reconcile.imported(lines, 0))
              setImporting(false)
              reload()
            }}
          />
        </Watch>
      </Dialog>
    </>
  )
}

function SignedNote({ data: { signed } }: { data: DayView }): ReactNode {
  const { reconcile } = usePaymentText()
  const format = useBookFormat()
  if (!signed) return <p className="k-dimmed">{reconcile.unsigned}</p>
  return (
    <p>
      <Icon name="sign" /> {reconcile.signed(signed.by, format.instant(signed.at))} {signed.explanation}
      {!signed.stillTrue && (
        <>
          {' '}
          <StatusBadge tone="today">{reconcile.changed}</StatusBadge>
        </>
      )}
    </p>
  )
}

type Text = ReturnType<typeof usePaymentText>
type Format = ReturnType<typeof useBookFormat>

function deliveryColumns({ reconcile }: Text, format: Format): Column<DayView['deliveries'][number]>[] {
  const { columns, sources } = reconcile
  return [
    { key: 'at', head: columns.time, main: true, cell: (row) => format.instant(row.at) },
    {
      key: 'source',
      head: columns.source,
      grow: true,
      cell: (row) => [sources[row.source] ?? row.source, row.fileName ?? row.provider].join(' · '),
    },
    {
      key: 'state',
      head: columns.state,
      grow: true,
      cell: (row) => {
        if (row.outcome === null) return reconcile.waiting
        if (row.outcome === 'unreadable') return <StatusBadge tone="late">{reconcile.unreadable}</StatusBadge>
        return reconcile.imported(row.transactions, row.known)
      },
    },
  ]
}

/** The rows that make a number of the day. */
function Rows({ name, data }: { name: FigureName; data: DayView }) {
  const text = usePaymentText()
  const format = useBookFormat()
  const { columns, events, unknown } = text.reconcile
  const link = (dossierId: string, code: string) => <PageLink to={`/ho-so/${dossierId}`}>{code}</PageLink>
  const notices = noticesBehind(name, data.notices)
  if (notices)
    return (
      <DataTable
        label={text.figures[name]}
        rows={notices}
        rowKey={(row) => row.noticeId}
        columns={noticeColumns(text, format)}
      />
    )
  if (name === 'orders')
    return (
      <DataTable
        label={text.figures[name]}
        rows={data.orders}
        rowKey={(row) => row.orderId}
        columns={[
          { key: 'reference', head: columns.reference, main: true, cell: (row) => row.reference },
          { key: 'code', head: columns.code, grow: true, cell: (row) => link(row.dossierId, row.code) },
          { key: 'amount', head: columns.amount, align: 'right', cell: (row) => format.money(row.amount) },
        ]}
      />
    )
  if (name === 'receipts' || name === 'voided')
    return (
      <DataTable
        label={text.figures[name]}
        rows={data.receipts.filter(({ voided }) => (voided !== null) === (name === 'voided'))}
        rowKey={(row) => row.mark}
        columns={[
          { key: 'mark', head: columns.receipt, main: true, cell: (row) => row.mark },
          { key: 'code', head: columns.code, grow: true, cell: (row) => link(row.dossierId, row.code) },
          { key: 'method', head: columns.method, cell: (row) => text.methods[row.method] },
          { key: 'amount', head: columns.amount, align: 'right', cell: (row) => format.money(row.amount) },
        ]}
      />
    )
  return (
    <DataTable
      label={text.figures[name]}
      rows={data.log.filter((row) => isBehind(name, row))}
      rowKey={(row) => `${row.dossierId}/${row.at}/${row.type}/${row.amount}`}
      columns={[
        { key: 'code', head: columns.code, main: true, cell: (row) => link(row.dossierId, row.code) },
        { key: 'what', head: columns.what, cell: (row) => events[row.type] ?? row.type },
        { key: 'amount', head: columns.amount, align: 'right', cell: (row) => format.money(row.amount) },
        {
          key: 'receipt',
          head: columns.receipt,
          grow: true,
          cell: (row) =>
            row.known || row.type === 'feeWaived'
              ? (row.receipt ?? '')
              : [row.receipt, unknown].filter(Boolean).join(' · '),
        },
        { key: 'who', head: columns.who, wideOnly: true, cell: (row) => row.officer ?? '' },
      ]}
    />
  )
}

function isBehind(name: FigureName, { type, method, known }: DayView['log'][number]): boolean {
  if (name === 'unknownInLog') return !known && type !== 'feeWaived'
  if (name === 'logReversed') return type === 'feeReversed'
  if (name === 'logRefunded') return type === 'feeRefunded'
  if (name === 'logWaived') return type === 'feeWaived'
  const wanted = { logTransfer: 'transfer', logOnline: 'online', logCash: 'cash' }[name as string]
  return type === 'feeCollected' && method === wanted
}

function SignForm({ data, onClose, onDone }: { data: DayView; onClose: () => void; onDone: () => void }) {
  const text = usePaymentText()
  const { reconcile } = text
  const format = useBookFormat()
  const [explanation, setExplanation] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const run = async () => {
    try {
      const { agencyId, day } = data
      await api.post('/api/payments/day/sign', { agencyId, day, explanation })
      onDone()
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(worded(fault, text.refusals))
    }
  }
  const needed = data.differences.length > 0
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`${reconcile.signTitle} ${format.day(data.day)}`}
      actions={
        <Button disabled={needed && explanation.trim().length < 5} onClick={() => void run()}>
          {reconcile.sign}
        </Button>
      }
    >
      <ProblemAlert problem={problem} />
      {needed && (
        <ul>
          {data.differences.map((name) => (
            <li key={name}>{text.differences[name]}</li>
          ))}
        </ul>
      )}
      <TextField
        label={reconcile.explanation}
        required={needed}
        autoFocus
        value={explanation}
        onChange={setExplanation}
        maxLength={2000}
      />
    </Dialog>
  )
}
