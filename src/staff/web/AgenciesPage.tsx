import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  EmptyState,
  FindChoice,
  DayField,
  Dialog,
  Fields,
  Icon,
  PageHeader,
  PageLink,
  ProblemAlert,
  TextField,
  Toolbar,
  serverNow,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useGo,
  useMay,
  useText,
  withQuery,
  worded,
} from '../../platform/web/index.ts'
import { dayOf, type Day } from '../../platform/day.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import type { AgencyRow } from './replies.ts'
import { writeValidity } from './staff-view.ts'

const LIMIT = 200

/** The tree of agencies: what is at the top, what lies below one, or what a search finds. */
export function AgenciesPage() {
  const text = useText({ vi, en })
  const may = useMay()
  const [filters, setFilters] = useFilters({ q: '', kind: '', parent: '', closed: '' })
  const [adding, setAdding] = useState(false)
  const searching = filters.q !== '' || filters.kind !== '' || filters.parent !== '' || filters.closed !== ''
  const list = useApi<{ agencies: AgencyRow[] }>(
    withQuery('/api/agencies', {
      query: filters.q,
      kind: filters.kind,
      parentId: filters.parent,
      closed: filters.closed,
      top: searching ? '' : 'true',
      limit: LIMIT,
    }),
  )
  const parent = useApi<{ agency: AgencyRow }>(filters.parent === '' ? null : `/api/agencies/${filters.parent}`)
  const above = filters.parent === '' ? undefined : parent.data?.agency
  return (
    <>
      <PageHeader
        title={above ? text.agencies.below(above.fullName) : text.agencies.title}
        note={text.agencies.note}
        {...(filters.parent === ''
          ? {}
          : {
              back: above?.parentId
                ? { to: `/co-quan?parent=${above.parentId}`, label: above.parentName ?? text.agencies.all }
                : { to: '/co-quan', label: text.agencies.all },
            })}
        actions={
          may('agency-tree.manage') && (
            <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
              {text.agencies.add}
            </Button>
          )
        }
      />
      <Toolbar label={text.agencies.search}>
        <TextField label={text.agencies.search} value={filters.q} onChange={(q) => setFilters({ q })} />
        <Choice
          label={text.agencies.kind}
          value={filters.kind || null}
          onChange={(kind) => setFilters({ kind: kind ?? '' })}
          placeholder={text.agencies.allKinds}
          options={Object.entries(text.agencyKinds).map(([value, label]) => ({ value, label }))}
        />
        <Checkbox
          label={text.agencies.closed}
          checked={filters.closed === 'true'}
          onChange={(event) => setFilters({ closed: event.currentTarget.checked ? 'true' : '' })}
        />
      </Toolbar>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      <AgencyTable rows={list.data?.agencies} />
      {list.data?.agencies.length === LIMIT && <p className="k-note">{text.agencies.firstOnly(LIMIT)}</p>}
      {adding && <AgencyDialog parent={above} onClose={() => setAdding(false)} />}
    </>
  )
}

function AgencyTable({ rows }: { rows: readonly AgencyRow[] | undefined }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const columns: Column<AgencyRow>[] = [
    { key: 'name', head: text.agencies.name, main: true, grow: true, cell: (agency) => agency.fullName },
    { key: 'kind', head: text.agencies.kind, cell: (agency) => text.agencyKinds[agency.kind] },
    { key: 'code', head: text.agencies.code, cell: (agency) => agency.dossierCode ?? agency.gsoCode ?? '' },
    { key: 'parent', head: text.agencies.parent, grow: true, cell: (agency) => agency.parentName },
    {
      key: 'validity',
      head: text.agencies.validity,
      wideOnly: true,
      cell: (agency) => writeValidity(agency, text, format.day),
    },
    {
      key: 'below',
      head: text.action,
      cell: (agency) => <PageLink to={`/co-quan?parent=${agency.agencyId}`}>{text.agencies.showBelow}</PageLink>,
    },
  ]
  return (
    <DataTable
      label={text.agencies.title}
      rows={rows}
      columns={columns}
      rowKey={(agency) => String(agency.agencyId)}
      rowTo={(agency) => `/co-quan/${agency.agencyId}`}
      empty={<EmptyState title={text.agencies.empty} hint={text.agencies.emptyHint} />}
    />
  )
}

function AgencyDialog({ parent, onClose }: { parent: AgencyRow | undefined; onClose: () => void }) {
  const text = useText({ vi, en })
  const go = useGo()
  const [kind, setKind] = useState<string | null>(parent ? null : 'commune')
  const [fullName, setFullName] = useState('')
  const [parentId, setParentId] = useState<string | null>(parent ? String(parent.agencyId) : null)
  const [validFrom, setValidFrom] = useState<Day | null>(dayOf(serverNow()))
  const [code, setCode] = useState('')
  const [withUnits, setWithUnits] = useState(true)
  const add = useCommand<{ agencyId: number }>('/api/agencies', {
    forget: ['/api/agencies'],
    onDone: ({ agencyId }) => {
      announce(text.agency.made)
      void go(`/co-quan/${agencyId}`)
    },
  })
  const save = () =>
    add.run({
      kind,
      fullName,
      parentId: parentId === null ? null : Number(parentId),
      validFrom,
      codes: code === '' ? [] : [{ scheme: 'dossier', code }],
      standardUnits: withUnits,
    })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.agencies.add}
      actions={
        <Button
          loading={add.busy}
          disabled={kind === null || fullName.trim() === '' || validFrom === null}
          onClick={() => void save()}
        >
          {text.agencies.add}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(add.problem, text.refusals)} keeps />
        <TextField
          label={text.agency.fullName}
          hint={text.agency.fullNameHint}
          required
          autoFocus
          value={fullName}
          onChange={setFullName}
        />
        <Choice
          label={text.agency.kind}
          required
          value={kind}
          onChange={setKind}
          options={Object.entries(text.agencyKinds).map(([value, label]) => ({ value, label }))}
        />
        <AgencyChoice label={text.agency.parentField} value={parentId} onChange={setParentId} chosen={parent} />
        <TextField
          label={text.codeSchemes.dossier}
          value={code}
          onChange={(value) => setCode(value.toUpperCase())}
          maxLength={40}
        />
        <DayField label={text.from} required value={validFrom} onChange={setValidFrom} />
        <Checkbox
          label={text.agency.standardUnits}
          checked={withUnits}
          onChange={(event) => setWithUnits(event.currentTarget.checked)}
        />
      </Fields>
    </Dialog>
  )
}

/** An agency chosen by typing its name or code; `closed` offers those that ended as well. */
export function AgencyChoice({
  chosen,
  closed = false,
  ...rest
}: {
  label: string
  value: string | null
  onChange: (value: string | null) => void
  chosen?: { agencyId: number; fullName: string } | undefined
  closed?: boolean
  required?: boolean
}) {
  return (
    <FindChoice<{ agencies: AgencyRow[] }>
      {...rest}
      path={(query) => withQuery('/api/agencies', { query, closed: closed ? 'true' : '', limit: 20 })}
      read={({ agencies }) =>
        agencies.map((agency) => ({
          value: String(agency.agencyId),
          label: agency.fullName,
          note: [
            agency.parentName,
            agency.gsoCode,
            agency.validTo && `– ${agency.validTo.split('-').toReversed().join('/')}`,
          ]
            .filter(Boolean)
            .join(' · '),
        }))
      }
      chosen={chosen && { value: String(chosen.agencyId), label: chosen.fullName }}
    />
  )
}
