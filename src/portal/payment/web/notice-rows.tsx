import { type Column, PageLink, StatusBadge, type useFormat } from '../../../platform/web/index.ts'
import type { NoticeView } from '../contract.ts'
import type { FigureName } from '../rules/reconcile.ts'
import type { PaymentText } from '../text.vi.ts'

/** The movements behind a figure of the day; undefined for figures of other books. */
export function noticesBehind(name: FigureName, rows: readonly NoticeView[]): NoticeView[] | undefined {
  const credits = rows.filter(({ kind }) => kind === 'credit')
  switch (name) {
    case 'notices':
      return credits
    case 'accepted':
      return credits.filter(({ accepted }) => accepted > 0)
    case 'surplus':
      return credits.filter(({ state, rest, reserved }) => state === 'matched' && rest + reserved > 0)
    case 'suspense':
      return credits.filter(({ state }) => state === 'suspense')
    case 'reversed':
      return credits.filter(({ state }) => state === 'reversed')
    case 'conflicts':
      return rows.filter(({ conflict, stuck }) => conflict || stuck !== null)
    case 'statement':
      return credits.filter(({ byStatement }) => byStatement)
    case 'onlyWebhook':
      return credits.filter(({ byStatement, method }) => method === 'transfer' && !byStatement)
    case 'onlyStatement':
      return credits.filter(({ byStatement, byWebhook }) => byStatement && !byWebhook)
    case 'orders':
    case 'receipts':
    case 'voided':
    case 'logTransfer':
    case 'logOnline':
    case 'logCash':
    case 'logReversed':
    case 'logRefunded':
    case 'logWaived':
    case 'unknownInLog':
      return undefined
  }
}

export function noticeColumns(
  { reconcile, whys, refusals }: PaymentText,
  format: ReturnType<typeof useFormat>,
): Column<NoticeView>[] {
  const { columns, states, flags } = reconcile
  return [
    {
      key: 'transaction',
      head: columns.transaction,
      main: true,
      wrap: true,
      cell: (row) => (
        <>
          {row.transactionId}
          <br />
          <span className="k-dimmed">{format.instant(row.paidAt)}</span>
        </>
      ),
    },
    {
      key: 'content',
      head: columns.content,
      grow: 2,
      wrap: true,
      cell: (row) => (
        <>
          <span className="p-content">{row.content}</span>
          {row.dossierId && row.code && (
            <>
              <br />
              <PageLink to={`/ho-so/${row.dossierId}`}>{row.code}</PageLink>
            </>
          )}
        </>
      ),
    },
    { key: 'amount', head: columns.amount, align: 'right', cell: (row) => format.money(row.amount) },
    {
      key: 'rest',
      head: columns.rest,
      align: 'right',
      cell: (row) => (row.rest > 0 ? format.money(row.rest) : ''),
    },
    {
      key: 'state',
      head: columns.state,
      grow: 1,
      wrap: true,
      cell: (row) => {
        const stuck = row.stuck === null ? undefined : (refusals as Record<string, unknown>)[row.stuck]
        const notes = [
          row.why && (whys[row.why] ?? row.why),
          row.reserved > 0 && reconcile.givingBack(format.money(row.reserved)),
          row.conflict && flags.conflict,
          row.late && flags.late,
          row.stuck && (typeof stuck === 'string' ? `${flags.stuck}: ${stuck}` : flags.stuck),
          row.times > 1 && flags.times(row.times),
        ].filter(Boolean)
        return (
          <>
            <StatusBadge tone={row.state === 'suspense' || row.conflict || row.stuck ? 'today' : 'normal'}>
              {states[row.state] ?? row.state}
            </StatusBadge>
            {notes.length > 0 && <div className="k-dimmed">{notes.join('; ')}</div>}
          </>
        )
      },
    },
  ]
}
