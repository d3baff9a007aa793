import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  announce,
  type Column,
  DataTable,
  Fields,
  PageHeader,
  ProblemAlert,
  SideSheet,
  TextField,
  useApi,
  useCommand,
  useFormat,
  useText,
} from '../../../platform/web/index.ts'
import type { RetentionItem } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** How long each kind of record is kept, and on what basis. */
export function RetentionPage() {
  const text = useText({ vi, en }).retention
  const format = useFormat()
  const { data, problem } = useApi<RetentionItem[]>('/api/portal/retention')
  const [open, setOpen] = useState<RetentionItem | null>(null)
  const columns: Column<RetentionItem>[] = [
    { key: 'kind', head: text.kind, main: true, grow: 3, wrap: true, cell: (item) => text.kinds[item.kind] },
    { key: 'days', head: text.days, align: 'right', width: '7rem', cell: (item) => format.number(item.days) },
    {
      key: 'basis',
      head: text.basis,
      grow: 2,
      wrap: true,
      cell: (item) => item.basis || <span className="k-dimmed">{text.usual(item.usual)}</span>,
    },
  ]
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <ProblemAlert problem={problem} />
      <DataTable label={text.title} rows={data} columns={columns} rowKey={(item) => item.kind} onOpen={setOpen} />
      <SideSheet opened={open !== null} onClose={() => setOpen(null)} title={text.change}>
        {open && <RetentionForm key={open.kind} item={open} onDone={() => setOpen(null)} />}
      </SideSheet>
    </>
  )
}

function RetentionForm({ item, onDone }: { item: RetentionItem; onDone: () => void }) {
  const text = useText({ vi, en }).retention
  const [days, setDays] = useState<number | string>(item.days)
  const [basis, setBasis] = useState(item.basis)
  const save = useCommand('/api/portal/retention', {
    method: 'PUT',
    forget: ['/api/portal/retention'],
    onDone: () => {
      announce(text.saved)
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save.run({ kind: item.kind, days: Number(days), basis: basis.trim() })
  }
  return (
    <form onSubmit={submit}>
      <p>{text.kinds[item.kind]}</p>
      <ProblemAlert problem={save.problem} />
      <Fields columns={1}>
        <NumberInput
          label={text.days}
          description={`${text.usual(item.usual)}. ${item.least > 0 ? text.least(item.least) : ''}`}
          required
          min={item.least}
          max={36_500}
          allowDecimal={false}
          value={days}
          onChange={setDays}
        />
        <TextField label={text.basis} required maxLength={300} value={basis} onChange={setBasis} />
      </Fields>
      <div className="k-dialog-actions">
        <Button type="submit" loading={save.busy} disabled={basis.trim().length < 5}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}
