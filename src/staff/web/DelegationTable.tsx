import { Button } from '@mantine/core'
import { dayOf } from '../../platform/day.ts'
import {
  announce,
  type Column,
  DataTable,
  EmptyState,
  serverNow,
  StatusBadge,
  useCommand,
  useConfirm,
  useFormat,
  useText,
} from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import type { DelegationRow } from './replies.ts'
import { calledOff, stageOf, writeValidity } from './staff-view.ts'

/** Who acts in whose place, from when until when; one may be called off where the post allows it. */
export function DelegationTable({ rows }: { rows: readonly DelegationRow[] | undefined }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const today = dayOf(serverNow())
  const stages = { running: text.delegations.running, planned: text.delegations.planned, over: text.delegations.over }
  const columns: Column<DelegationRow>[] = [
    {
      key: 'who',
      head: text.delegations.who,
      main: true,
      grow: true,
      cell: (row) => `${row.fromName} – ${text.roles[row.role]}, ${row.unitName}`,
    },
    { key: 'to', head: text.delegations.toWhom, grow: true, cell: (row) => row.toName },
    { key: 'period', head: text.delegations.period, cell: (row) => writeValidity(row, text, format.day) },
    { key: 'reason', head: text.delegations.reason, grow: true, wideOnly: true, cell: (row) => row.reason },
    {
      key: 'state',
      head: text.delegations.state,
      cell: (row) => (
        <StatusBadge tone={stageOf(row, today) === 'over' ? 'done' : 'normal'}>
          {stages[stageOf(row, today)]}
        </StatusBadge>
      ),
    },
    {
      key: 'end',
      head: text.action,
      cell: (row) => row.mayEnd && stageOf(row, today) !== 'over' && <EndDelegation row={row} />,
    },
  ]
  return (
    <DataTable
      label={text.delegations.title}
      rows={rows}
      columns={columns}
      rowKey={(row) => String(row.delegationId)}
      empty={<EmptyState title={text.delegations.empty} hint={text.delegations.emptyHint} />}
    />
  )
}

function EndDelegation({ row }: { row: DelegationRow }) {
  const text = useText({ vi, en })
  const confirm = useConfirm()
  const end = useCommand(`/api/agencies/${row.agencyId}/delegations/${row.delegationId}/end`, {
    forget: ['/api/delegations', '/api/officers', '/api/me'],
    onDone: () => announce(text.delegations.ended),
  })
  const ask = async () => {
    const question = {
      question: text.delegations.endQuestion(row.toName),
      consequence: text.delegations.endConsequence,
      action: text.delegations.end,
    }
    if (await confirm(question)) await end.run({ lastDay: calledOff(dayOf(serverNow())) })
  }
  return (
    <Button variant="default" size="compact-sm" loading={end.busy} onClick={() => void ask()}>
      {text.delegations.end}
    </Button>
  )
}
