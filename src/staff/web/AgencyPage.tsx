import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import {
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Icon,
  LinkButton,
  PageHeader,
  PageLink,
  ProblemAlert,
  Section,
  useApi,
  useFormat,
  useParameter,
  useText,
} from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { AgencyChangeDialog, type AgencyChange } from './AgencyChangeDialog.tsx'
import type { AgencyReply, ChangeRow, PointRow, SuccessionRow, UnitRow } from './replies.ts'
import { writeValidity } from './staff-view.ts'
import { PointDialog, UnitDialog } from './UnitDialogs.tsx'

/** One agency: names, codes and superiors over time, units, receiving points, predecessors and successors. */
export function AgencyPage() {
  const text = useText({ vi, en })
  const format = useFormat()
  const agencyId = useParameter('agencyId')
  const reply = useApi<AgencyReply>(`/api/agencies/${agencyId}`)
  const [change, setChange] = useState<AgencyChange | null>(null)
  const shown = reply.data
  if (!shown)
    return (
      <>
        <PageHeader title={text.agencies.title} back={{ to: '/co-quan', label: text.agencies.all }} />
        <ProblemAlert problem={reply.problem} onRetry={reply.reload} />
      </>
    )
  const { agency, history, may } = shown
  const dated = (row: { validFrom: string; validTo: string | null }) => writeValidity(row, text, format.day)
  const changes: { key: AgencyChange; label: string; allowed: boolean }[] = [
    { key: 'code', label: text.agency.setCode, allowed: may.manage },
    { key: 'name', label: text.agency.rename, allowed: may.manageTree },
    { key: 'parent', label: text.agency.move, allowed: may.manageTree },
    { key: 'predecessor', label: text.agency.addOld, allowed: may.manageTree },
    { key: 'close', label: text.agency.close, allowed: may.manageTree && agency.validTo === null },
  ]
  const allowed = changes.filter((one) => one.allowed)
  return (
    <>
      <PageHeader
        title={agency.fullName}
        note={`${text.agencyKinds[agency.kind]} · ${dated(agency)}`}
        back={
          agency.parentId
            ? { to: `/co-quan?parent=${agency.parentId}`, label: agency.parentName ?? text.agencies.all }
            : { to: '/co-quan', label: text.agencies.all }
        }
        actions={
          <>
            <LinkButton variant="default" to={`/nhan-su?agency=${agency.agencyId}`}>
              {text.agency.officers}
            </LinkButton>
            {allowed.length > 0 && (
              <Menu transitionProps={{ duration: 0 }}>
                <Menu.Target>
                  <Button variant="default" rightSection={<Icon name="down" />}>
                    {text.edit}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {allowed.map((one) => (
                    <Menu.Item key={one.key} onClick={() => setChange(one.key)}>
                      {one.label}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      />
      <Facts
        items={[
          {
            name: text.agency.names,
            value: history.names.map((one) => <div key={one.validFrom}>{`${one.fullName} (${dated(one)})`}</div>),
          },
          {
            name: text.agency.codes,
            value:
              history.codes.length > 0 &&
              history.codes.map((one) => (
                <div
                  key={one.scheme + one.validFrom}
                >{`${text.codeSchemes[one.scheme]}: ${one.code} (${dated(one)})`}</div>
              )),
          },
          {
            name: text.agency.parents,
            value:
              history.parents.length > 0
                ? history.parents.map((one) => (
                    <div key={one.validFrom}>
                      <PageLink to={`/co-quan/${one.parentId}`}>{one.parentName}</PageLink> ({dated(one)})
                    </div>
                  ))
                : text.agency.noParent,
          },
        ]}
      />
      <Units reply={shown} />
      <Points reply={shown} />
      <Successions agencyId={agency.agencyId} rows={shown.successions} />
      {may.manage && <Changes agencyId={agency.agencyId} />}
      {change && <AgencyChangeDialog change={change} agency={agency} onClose={() => setChange(null)} />}
    </>
  )
}

function Units({ reply: { agency, units, may } }: { reply: AgencyReply }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const [edited, setEdited] = useState<UnitRow | 'new' | null>(null)
  const columns: Column<UnitRow>[] = [
    { key: 'name', head: text.agency.unitName, main: true, grow: true, cell: (unit) => unit.name },
    { key: 'kind', head: text.agency.unitKind, cell: (unit) => text.unitKinds[unit.kind] },
    { key: 'validity', head: text.agencies.validity, cell: (unit) => writeValidity(unit, text, format.day) },
  ]
  return (
    <Section
      title={text.agency.units}
      actions={
        may.manage && (
          <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setEdited('new')}>
            {text.agency.addUnit}
          </Button>
        )
      }
    >
      <DataTable
        label={text.agency.units}
        rows={units}
        columns={columns}
        rowKey={(unit) => String(unit.unitId)}
        {...(may.manage ? { onOpen: setEdited } : {})}
        empty={<EmptyState title={text.agency.unitsEmpty} hint={text.agency.unitsEmptyHint} />}
      />
      {edited && (
        <UnitDialog
          agencyId={agency.agencyId}
          unit={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  )
}

function Points({ reply: { agency, units, receivingPoints, may } }: { reply: AgencyReply }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const [edited, setEdited] = useState<PointRow | 'new' | null>(null)
  const columns: Column<PointRow>[] = [
    { key: 'name', head: text.agency.pointName, main: true, grow: true, cell: (point) => point.name },
    { key: 'address', head: text.agency.address, grow: true, cell: (point) => point.address },
    { key: 'phone', head: text.agency.phone, cell: (point) => point.phone },
    {
      key: 'validity',
      head: text.agencies.validity,
      wideOnly: true,
      cell: (point) => writeValidity(point, text, format.day),
    },
  ]
  return (
    <Section
      title={text.agency.points}
      actions={
        may.manage &&
        units.length > 0 && (
          <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setEdited('new')}>
            {text.agency.addPoint}
          </Button>
        )
      }
    >
      <DataTable
        label={text.agency.points}
        rows={receivingPoints}
        columns={columns}
        rowKey={(point) => String(point.receivingPointId)}
        {...(may.manage ? { onOpen: setEdited } : {})}
        empty={<EmptyState title={text.agency.pointsEmpty} hint={text.agency.pointsEmptyHint} />}
      />
      {edited && (
        <PointDialog
          agencyId={agency.agencyId}
          units={units}
          point={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  )
}

function Successions({ agencyId, rows }: { agencyId: number; rows: readonly SuccessionRow[] }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const other = (row: SuccessionRow) => (row.oldAgencyId === agencyId ? row.newAgencyId : row.oldAgencyId)
  const columns: Column<SuccessionRow>[] = [
    { key: 'old', head: text.agency.old, main: true, grow: true, cell: (row) => row.oldName },
    { key: 'new', head: text.agency.new, grow: true, cell: (row) => row.newName },
    {
      key: 'how',
      head: text.agency.how,
      cell: (row) => text.successionKinds[row.kind] + (row.confirmed ? '' : ` (${text.agency.unconfirmed})`),
    },
    { key: 'day', head: text.agency.day, cell: (row) => format.day(row.onDay) },
    {
      key: 'answers',
      head: text.agency.answers,
      cell: (row) => (row.answers ? text.agency.answersYes : text.agency.answersNo),
    },
  ]
  return (
    <Section title={text.agency.successions}>
      <DataTable
        label={text.agency.successions}
        rows={rows}
        columns={columns}
        rowKey={(row) => `${row.oldAgencyId}-${row.newAgencyId}`}
        rowTo={(row) => `/co-quan/${other(row)}`}
        empty={<EmptyState title={text.agency.successionsEmpty} />}
      />
    </Section>
  )
}

function Changes({ agencyId }: { agencyId: number }) {
  const text = useText({ vi, en })
  const format = useFormat()
  const reply = useApi<{ changes: ChangeRow[] }>(`/api/agencies/${agencyId}/changes`)
  const columns: Column<ChangeRow>[] = [
    { key: 'at', head: text.agency.day, cell: (row) => format.instant(row.at) },
    {
      key: 'what',
      head: text.agency.changes,
      main: true,
      grow: true,
      cell: (row) => text.agency.whats[row.what] ?? row.what,
    },
    { key: 'by', head: text.officers.name, grow: true, cell: (row) => row.by },
  ]
  return (
    <Section title={text.agency.changes}>
      <ProblemAlert problem={reply.problem} onRetry={reply.reload} />
      <DataTable
        label={text.agency.changes}
        rows={reply.data?.changes}
        columns={columns}
        rowKey={(row) => String(row.changeId)}
        empty={<EmptyState title={text.agency.changesEmpty} />}
      />
    </Section>
  )
}
