import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { dayOf, type Day } from '../../platform/day.ts'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  DayField,
  Dialog,
  EmptyState,
  Icon,
  LinkButton,
  PageHeader,
  ProblemAlert,
  serverNow,
  TextField,
  Toolbar,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useMay,
  useMe,
  usePages,
  useText,
} from '../../platform/web/index.ts'
import type { Field, ProcedureItem, ProcedureList } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { FieldsDialog } from './FieldsDialog.tsx'

/** The catalogue as a list: found by words, narrowed by field, and what the own agency offers of it. */
export function ProceduresPage() {
  const { web: text } = useText({ vi, en })
  const me = useMe()
  const may = useMay()
  const rights = useApi<{ mayPublish: boolean }>('/api/procedure-rights')
  const fields = useApi<Field[]>('/api/procedure-fields')
  const [filters, setFilters] = useFilters({ q: '', field: '', scope: 'all' })
  const list = usePages<ProcedureItem, ProcedureList>('/api/procedures', {
    q: filters.q,
    field: filters.field,
    limit: 50,
    agencyId: filters.scope === 'own' ? me.agency.agencyId : undefined,
  })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<'offer' | 'stop' | null>(null)
  const [isFields, setFields] = useState(false)
  const mayManage = may('procedure.manage')
  const mayPublish = rights.data?.mayPublish ?? false
  const nameOf = new Map(fields.data?.map(({ key, name }) => [key, name]))
  return (
    <>
      <PageHeader
        title={text.title}
        note={list.items && text.note(list.items.length)}
        actions={
          <>
            <Button
              component="a"
              href="/api/procedures/export.xlsx"
              variant="default"
              leftSection={<Icon name="download" />}
            >
              {text.export}
            </Button>
            {mayPublish && (
              <>
                <Button variant="default" onClick={() => setFields(true)}>
                  {text.fieldsOpen}
                </Button>
                <LinkButton to="/nhap-thu-tuc" variant="default" leftSection={<Icon name="upload" />}>
                  {text.import}
                </LinkButton>
                <LinkButton to="/thu-tuc-moi" leftSection={<Icon name="plus" />}>
                  {text.add}
                </LinkButton>
              </>
            )}
          </>
        }
      />
      <FieldsDialog fields={fields.data ?? []} opened={isFields} onClose={() => setFields(false)} />
      <Toolbar label={text.filters}>
        <TextField label={text.search} value={filters.q} onChange={(q) => setFilters({ q })} width="22rem" />
        <Choice
          label={text.field}
          value={filters.field}
          onChange={(field) => setFilters({ field: field ?? '' })}
          options={[
            { value: '', label: text.allFields },
            ...(fields.data ?? []).map(({ key, name }) => ({ value: key, label: name })),
          ]}
        />
        <SegmentedControl
          aria-label={text.scope}
          value={filters.scope}
          onChange={(scope) => setFilters({ scope })}
          data={[
            { value: 'all', label: text.ofAll },
            { value: 'own', label: text.ofAgency },
          ]}
        />
        {mayManage && chosen.size > 0 && (
          <Button variant="default" onClick={() => setAsking(filters.scope === 'own' ? 'stop' : 'offer')}>
            {filters.scope === 'own' ? text.stop : text.offer} ({chosen.size})
          </Button>
        )}
      </Toolbar>
      <ProblemAlert problem={list.problem ?? fields.problem} onRetry={list.reload} />
      {list.first?.approximate && <p className="catalogue-note">{text.approximate}</p>}
      <ProcedureTable
        rows={list.items}
        nameOf={nameOf}
        more={list.more}
        {...(mayManage && { chosen: { keys: chosen, onChange: setChosen } })}
      />
      {asking && (
        <OfferDialog
          kind={asking}
          codes={[...chosen]}
          agencyId={me.agency.agencyId}
          onClose={() => setAsking(null)}
          onDone={() => setChosen(new Set())}
        />
      )}
    </>
  )
}

type TableProps = {
  rows: readonly ProcedureItem[] | undefined
  nameOf: ReadonlyMap<string, string>
  more: (() => void) | undefined
  chosen?: { keys: ReadonlySet<string>; onChange: (keys: ReadonlySet<string>) => void }
}

function ProcedureTable({ rows, nameOf, more, chosen }: TableProps) {
  const { web: text } = useText({ vi, en })
  const format = useFormat()
  const columns: Column<ProcedureItem>[] = [
    { key: 'name', head: text.name, cell: ({ shortName }) => shortName, main: true, grow: true },
    { key: 'code', head: text.code, cell: ({ code }) => code, width: '8rem' },
    { key: 'field', head: text.field, cell: ({ field }) => nameOf.get(field) ?? field, width: '14rem' },
    {
      key: 'since',
      head: text.since,
      cell: ({ validFrom }) => format.day(validFrom),
      align: 'right',
      width: '9rem',
      wideOnly: true,
    },
  ]
  return (
    <DataTable
      label={text.title}
      rows={rows}
      columns={columns}
      rowKey={({ code }) => code}
      rowTo={({ code }) => `/thu-tuc/${code}`}
      onMore={more}
      empty={<EmptyState title={text.empty} hint={text.emptyHint} />}
      {...(chosen && { chosen })}
    />
  )
}

type OfferProps = {
  kind: 'offer' | 'stop'
  codes: readonly string[]
  agencyId: number
  onClose: () => void
  onDone: () => void
}

/** From which day the agency takes the chosen procedures in, or until which. */
function OfferDialog({ kind, codes, agencyId, onClose, onDone }: OfferProps) {
  const { web: text } = useText({ vi, en })
  const [day, setDay] = useState<Day | null>(dayOf(serverNow()))
  const path = `/api/agencies/${agencyId}/procedures${kind === 'stop' ? '/end' : ''}`
  const send = useCommand<{ changed: number }>(path, {
    forget: ['/api/procedures', '/api/agencies'],
    onDone: ({ changed }) => {
      announce(text.changed(changed))
      onDone()
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={kind === 'offer' ? text.offerTitle(codes.length) : text.stopTitle(codes.length)}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            disabled={!day}
            loading={send.busy}
            onClick={() => void send.run(kind === 'offer' ? { codes, validFrom: day } : { codes, lastDay: day })}
          >
            {text.save}
          </Button>
        </>
      }
    >
      <DayField
        label={kind === 'offer' ? text.offerFrom : text.stopAfter}
        hint={kind === 'offer' ? text.offerHint : text.stopHint}
        required
        autoFocus
        value={day}
        onChange={setDay}
      />
      <ProblemAlert problem={send.problem} keeps />
    </Dialog>
  )
}
