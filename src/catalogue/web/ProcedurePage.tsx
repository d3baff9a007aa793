import './catalogue.css'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { dayOf, type Day } from '../../platform/day.ts'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  DayField,
  Dialog,
  Facts,
  Fields,
  Icon,
  LinkButton,
  MoneyField,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  StatusBadge,
  TextField,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useMay,
  useMe,
  useParameter,
  useText,
} from '../../platform/web/index.ts'
import type { ComponentRule, Field, FeeRule, ProcedureCase, ProcedureVersion, VersionSummary } from '../contract.ts'
import { componentTitle } from '../rules/component-title.ts'
import { feeKey } from '../rules/fees.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { stateOf } from './version-view.ts'

type Stored = { versionId: number; version: ProcedureVersion }

/** One procedure with all published parts, in the version of today or in another one. */
export function ProcedurePage() {
  const { web: text } = useText({ vi, en })
  const code = useParameter('code')
  const [filters, setFilters] = useFilters({ version: '', case: '', part: '' })
  const versions = useApi<VersionSummary[]>(`/api/procedures/${encodeURIComponent(code)}/versions`)
  const today = dayOf(serverNow())
  const current = versions.data?.find((each) => stateOf(each, today) === 'inForce') ?? versions.data?.[0]
  const versionId = filters.version === '' ? current?.versionId : Number(filters.version)
  const stored = useApi<Stored>(versionId === undefined ? null : `/api/procedure-versions/${versionId}`)
  const rights = useApi<{ mayPublish: boolean }>('/api/procedure-rights')
  const version = stored.data?.version
  return (
    <>
      <PageHeader
        title={version?.shortName ?? code}
        note={version && `${version.code} · ${version.name}`}
        back={{ to: '/thu-tuc', label: text.back }}
        actions={<Actions code={code} newest={versions.data?.[0]} mayPublish={rights.data?.mayPublish ?? false} />}
      />
      <ProblemAlert problem={versions.problem ?? stored.problem} onRetry={versions.reload} />
      {version && (
        <Parts
          version={version}
          caseKey={filters.case}
          part={filters.part}
          onCase={(key) => setFilters({ case: key ?? '' })}
        />
      )}
      <Section title={text.versions}>
        <p className="catalogue-note">{text.versionsNote}</p>
        <Versions rows={versions.data} onOpen={(id) => setFilters({ version: String(id) })} />
      </Section>
    </>
  )
}

function Actions({
  code,
  newest,
  mayPublish,
}: {
  code: string
  newest: VersionSummary | undefined
  mayPublish: boolean
}) {
  const { web: text } = useText({ vi, en })
  const may = useMay()
  const [closing, setClosing] = useState(false)
  const address = `/thu-tuc/${encodeURIComponent(code)}`
  return (
    <>
      <Button component="a" href={address} target="_blank" variant="default" leftSection={<Icon name="link" />}>
        {text.publicPage}
      </Button>
      <Button
        component="a"
        href={`${address}/niem-yet.pdf`}
        target="_blank"
        variant="default"
        leftSection={<Icon name="print" />}
      >
        {text.posting}
      </Button>
      <Button
        component="a"
        href={`${address}/ma-qr.pdf`}
        target="_blank"
        variant="default"
        leftSection={<Icon name="scan" />}
      >
        {text.poster}
      </Button>
      {may('process.read') && (
        <LinkButton to={`/quy-trinh/${code}`} variant="default" leftSection={<Icon name="forward" />}>
          {text.process}
        </LinkButton>
      )}
      {mayPublish && newest?.validTo === null && (
        <Button variant="default" leftSection={<Icon name="close" />} onClick={() => setClosing(true)}>
          {text.close}
        </Button>
      )}
      {mayPublish && (
        <LinkButton to={`${address}/phien-ban-moi`} leftSection={<Icon name="edit" />}>
          {text.newVersion}
        </LinkButton>
      )}
      {closing && <CloseDialog code={code} onClose={() => setClosing(false)} />}
    </>
  )
}

function CloseDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const { web: text } = useText({ vi, en })
  const [lastDay, setLastDay] = useState<Day | null>(null)
  const send = useCommand(`/api/procedures/${encodeURIComponent(code)}/close`, {
    forget: ['/api/procedures', '/api/procedure-versions'],
    onDone: () => {
      announce(text.closed)
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.closeTitle}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button disabled={!lastDay} loading={send.busy} onClick={() => void send.run({ lastDay })}>
            {text.close}
          </Button>
        </>
      }
    >
      <p className="catalogue-note">{text.closeHint}</p>
      <DayField label={text.lastDay} required autoFocus value={lastDay} onChange={setLastDay} />
      <ProblemAlert problem={send.problem} keeps />
    </Dialog>
  )
}

function Versions({
  rows,
  onOpen,
}: {
  rows: readonly VersionSummary[] | undefined
  onOpen: (versionId: number) => void
}) {
  const { web: text } = useText({ vi, en })
  const format = useFormat()
  const today = dayOf(serverNow())
  const columns: Column<VersionSummary>[] = [
    { key: 'since', head: text.since, cell: ({ validFrom }) => format.day(validFrom), main: true, width: '9rem' },
    {
      key: 'until',
      head: text.until,
      cell: ({ validTo }) => (validTo ? format.day(validTo) : '–'),
      width: '9rem',
    },
    {
      key: 'state',
      head: text.version,
      cell: (version) => <StatusBadge tone="normal">{text[stateOf(version, today)]}</StatusBadge>,
      width: '9rem',
    },
    { key: 'decision', head: text.decision, cell: ({ decision }) => decision, grow: true },
    { key: 'at', head: text.publishedOn, cell: ({ publishedAt }) => format.instant(publishedAt), wideOnly: true },
  ]
  return (
    <DataTable
      label={text.versions}
      rows={rows}
      columns={columns}
      rowKey={({ versionId }) => String(versionId)}
      onOpen={({ versionId }) => onOpen(versionId)}
    />
  )
}

/** Every published part, to read. */
function Parts({
  version,
  caseKey,
  part,
  onCase,
}: {
  version: ProcedureVersion
  /** The case that is shown; the first one when it is none of them. */
  caseKey: string
  /** The part to which a link leads; the top when it is none of them. */
  part: string
  onCase: (key: string | null) => void
}) {
  const all = useText({ vi, en })
  const { web: text } = all
  const format = useFormat()
  const fields = useApi<Field[]>('/api/procedure-fields')
  const item = version.cases.find(({ key }) => key === caseKey) ?? version.cases[0]
  useEffect(() => document.getElementById(part)?.scrollIntoView(), [part])
  const until = version.validTo ? ` – ${format.day(version.validTo)}` : ''
  return (
    <>
      <Section title={text.general}>
        <Facts
          items={[
            {
              name: text.field,
              value: fields.data?.find(({ key }) => key === version.field)?.name ?? version.field,
            },
            { name: text.decision, value: version.decision },
            { name: text.since, value: format.day(version.validFrom) + until },
            { name: text.levels, value: version.levels.map((level) => all.levels[level]).join(', ') },
            { name: text.unit, value: all.units[version.defaultUnit] },
            { name: text.subjects, value: version.subjects.join('; ') },
            { name: text.competent, value: version.competentAgency },
            { name: text.executing, value: version.executingAgency },
            { name: text.coordinating, value: version.coordinatingAgencies.join('; ') },
            { name: text.conditions, value: version.conditions },
            { name: text.results, value: version.results.map(({ name }) => name).join('; ') },
            {
              name: text.serviceLevels,
              value: version.serviceLevels
                .map(({ level, validFrom }) => `${all.serviceLevels[level]} (${format.day(validFrom)})`)
                .join('; '),
            },
            {
              name: text.linkages,
              value: version.linkages
                .map(({ kind, validFrom }) => `${all.linkages[kind]} (${format.day(validFrom)})`)
                .join('; '),
            },
            { name: text.handOffs, value: version.handOffs.map(({ name }) => name).join('; ') },
            { name: text.source, value: version.source },
          ]}
        />
      </Section>
      {version.cases.length > 1 && (
        <div className="catalogue-case">
          <Choice
            label={text.case}
            value={item?.key ?? null}
            onChange={onCase}
            width="36rem"
            options={version.cases.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </div>
      )}
      {item && <CaseParts version={version} item={item} />}
      <Section title={text.sequence}>
        <ol className="catalogue-steps">
          {version.sequence.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Section>
      <Section title={text.legalBasis}>
        <ul className="catalogue-steps">
          {version.legalBasis.map(({ number, name }) => (
            <li key={number + name}>{name.includes(number) ? name : `${name} – ${number}`}</li>
          ))}
        </ul>
      </Section>
    </>
  )
}

function PaperName(paper: ComponentRule) {
  const { title, explanation } = componentTitle(paper)
  return (
    <>
      {title}
      {explanation !== null && <div className="k-dimmed">{explanation}</div>}
    </>
  )
}

function CaseParts({ version, item }: { version: ProcedureVersion; item: ProcedureCase }) {
  const all = useText({ vi, en })
  const { web: text } = all
  const may = useMay()
  const [setting, setSetting] = useState<FeeRule | null>(null)
  return (
    <>
      <Section title={text.components}>
        <DataTable
          label={text.components}
          rows={item.components}
          rowKey={({ key }) => key}
          columns={[
            {
              key: 'name',
              head: text.paper,
              cell: (paper) => <PaperName {...paper} />,
              main: true,
              grow: true,
              wrap: true,
            },
            { key: 'need', head: text.need, cell: ({ need }) => all.needs[need], width: '8rem' },
            {
              key: 'originals',
              head: text.originals,
              cell: ({ originals }) => originals,
              align: 'right',
              width: '7rem',
            },
            { key: 'copies', head: text.copies, cell: ({ copies }) => copies, align: 'right', width: '6rem' },
            {
              key: 'condition',
              head: text.condition,
              cell: ({ condition }) => condition ?? '–',
              grow: true,
              wrap: true,
              wideOnly: true,
            },
          ]}
        />
      </Section>
      <Section title={text.timeLimits}>
        <DataTable
          label={text.timeLimits}
          rows={item.timeLimits}
          rowKey={({ channels }) => channels.join()}
          columns={[
            {
              key: 'channels',
              head: text.channel,
              cell: ({ channels }) => channels.map((channel) => all.channels[channel]).join(', '),
              main: true,
              width: '18rem',
            },
            { key: 'limit', head: text.limit, cell: ({ parts }) => all.timeLimit(parts), width: '14rem' },
            { key: 'basis', head: text.basis, cell: ({ basis }) => basis, grow: true, wrap: true, wideOnly: true },
          ]}
        />
      </Section>
      <Section title={text.fees} id="fees">
        <FeeTable code={version.code} item={item} {...(may('procedure.manage') && { onSet: setSetting })} />
      </Section>
      {setting && (
        <AmountDialog code={version.code} caseKey={item.key} rule={setting} onClose={() => setSetting(null)} />
      )}
    </>
  )
}

/** The fees of a case, with what is charged at the own agency in place of the catalogue. */
function FeeTable({ code, item, onSet }: { code: string; item: ProcedureCase; onSet?: (rule: FeeRule) => void }) {
  const all = useText({ vi, en })
  const { web: text } = all
  const format = useFormat()
  const me = useMe()
  const set = useApi<Record<string, SetAmount>>(amountsPath(me.agency.agencyId, code))
  const columns: Column<FeeRule>[] = [
    { key: 'name', head: text.feeName, cell: ({ name }) => name, main: true, grow: true, wrap: true },
    {
      key: 'channels',
      head: text.channel,
      cell: ({ channels }) => channels.map((channel) => all.channels[channel]).join(', '),
      width: '12rem',
      wrap: true,
      wideOnly: true,
    },
    {
      key: 'amount',
      head: text.amount,
      cell: (rule) => (isLeftOpen(rule) ? text.byProvince : format.money(rule.amount)),
      align: 'right',
      width: '9rem',
    },
    { key: 'per', head: text.per, cell: ({ per }) => all.per[per], width: '6rem' },
    {
      key: 'own',
      head: text.ownAmount,
      cell: (rule) => (
        <div>
          <OwnAmount rule={rule} set={set.data?.[feeKey(item.key, rule)]} />
          {onSet && (
            <div className="k-actions">
              <Button size="compact-sm" variant="default" onClick={() => onSet(rule)}>
                {text.setAmount}
              </Button>
            </div>
          )}
        </div>
      ),
      grow: true,
      wrap: true,
    },
  ]
  return (
    <>
      <ProblemAlert problem={set.problem} onRetry={set.reload} />
      <DataTable
        label={text.fees}
        rows={set.data || set.problem ? item.fees : undefined}
        rowKey={(rule) => feeKey(item.key, rule)}
        empty={<p>{text.noFees}</p>}
        columns={columns}
      />
    </>
  )
}

type SetAmount = { amount: number; basis: string; validFrom: Day }

const amountsPath = (agencyId: number, code: string): string =>
  `/api/agencies/${agencyId}/procedures/${encodeURIComponent(code)}/fee-amounts`

/** The law names no amount; without a resolution that was entered, nothing is asked. */
const isLeftOpen = ({ setBy, amount }: FeeRule): boolean => setBy === 'province' && amount === 0

function OwnAmount({ rule, set }: { rule: FeeRule; set: SetAmount | undefined }) {
  const { web: text } = useText({ vi, en })
  const format = useFormat()
  if (!set) return isLeftOpen(rule) ? <StatusBadge tone="today">{text.notEntered}</StatusBadge> : '–'
  return (
    <>
      {set.amount === 0 ? text.free : format.money(set.amount)}
      <div className="k-dimmed">{text.amountBasis(set.basis, format.day(set.validFrom))}</div>
    </>
  )
}

/** What the own agency charges from a day on, by a resolution of its province. */
function AmountDialog({
  code,
  caseKey,
  rule,
  onClose,
}: {
  code: string
  caseKey: string
  rule: FeeRule
  onClose: () => void
}) {
  const { web: text } = useText({ vi, en })
  const me = useMe()
  const [amount, setAmount] = useState<number | null>(isLeftOpen(rule) ? null : rule.amount)
  const [validFrom, setValidFrom] = useState<Day | null>(isLeftOpen(rule) ? null : dayOf(serverNow()))
  const [basis, setBasis] = useState('')
  const send = useCommand(amountsPath(me.agency.agencyId, code), {
    forget: ['/api/procedures', amountsPath(me.agency.agencyId, code)],
    onDone: () => {
      announce(text.amountSaved)
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.setAmountTitle(rule.name)}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            disabled={amount === null || !validFrom || basis.trim() === ''}
            loading={send.busy}
            onClick={() => void send.run({ feeKey: feeKey(caseKey, rule), validFrom, amount, basis })}
          >
            {text.save}
          </Button>
        </>
      }
    >
      <p className="catalogue-note">{text.setAmountHint}</p>
      <Fields>
        <MoneyField label={text.amount} required autoFocus value={amount} onChange={setAmount} />
        <DayField label={text.since} required value={validFrom} onChange={setValidFrom} />
        <TextField label={text.basis} required value={basis} onChange={setBasis} maxLength={1000} />
      </Fields>
      <ProblemAlert problem={send.problem} keeps />
    </Dialog>
  )
}
