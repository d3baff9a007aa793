import './officer.css'
import { Anchor, Button, Checkbox, MultiSelect, NumberInput, Radio, Switch, Textarea } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  DayField,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  StatusBadge,
  useApi,
  useCommand,
  useFilters,
  useFormat,
} from '../../../platform/web/index.ts'
import type { FrontSettings } from '../officer-contract.ts'
import { useOfficerText } from './use-officer-text.ts'

type Setting = FrontSettings['settings'][number]

/** Whether the authority keeps a front of its own, and for what. */
export function FrontPage() {
  const text = useOfficerText().front
  const { data, problem, reload } = useApi<FrontSettings>('/api/filing/fronts')
  const [filters, setFilters] = useFilters({ agency: '' })
  const chosen = data?.settings.find(({ agencyId }) => String(agencyId) === filters.agency) ?? data?.settings[0]
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <ProblemAlert problem={problem} onRetry={reload} />
      <p className="fo-law">{text.law}</p>
      {data && data.agencies.length > 1 && (
        <div className="fo-chooser">
          <Choice
            label={text.agency}
            value={chosen ? String(chosen.agencyId) : null}
            onChange={(agency) => setFilters({ agency: agency ?? '' })}
            options={data.agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
          />
        </div>
      )}
      {data && chosen && (
        <FrontForm key={`${chosen.agencyId} ${chosen.changedAt}`} data={data} kept={chosen} onSaved={reload} />
      )}
    </>
  )
}

function FrontForm({ data, kept, onSaved }: { data: FrontSettings; kept: Setting; onSaved: () => void }) {
  const text = useOfficerText().front
  const format = useFormat()
  const [form, setForm] = useState(kept.setting)
  const command = useCommand('/api/filing/fronts', { method: 'PUT' })
  const change = (part: Partial<Setting['setting']>) => setForm({ ...form, ...part })
  const some = form.procedures !== null || form.fields !== null
  const name = data.agencies.find(({ agencyId }) => agencyId === kept.agencyId)?.name ?? ''
  const save = async () => {
    if (!(await command.run({ agencyId: kept.agencyId, setting: form }))) return
    announce(text.saved)
    onSaved()
  }
  const error = (field: string) => command.problem?.fieldError(`/setting/${field}`)
  const offered = data.procedures.filter(({ agencyIds }) => agencyIds.includes(kept.agencyId))
  return (
    <Section
      title={name}
      actions={
        <StatusBadge tone={kept.setting.ownFront ? 'done' : 'normal'}>
          {kept.setting.ownFront ? text.open : text.closed}
        </StatusBadge>
      }
    >
      <p className="k-note">
        {kept.changedAt === null
          ? text.never
          : text.changed(kept.changedByName ?? text.system, format.instant(kept.changedAt))}
      </p>
      <div className="fo-form">
        <Switch
          label={text.ownFront}
          checked={form.ownFront}
          onChange={(event) => change({ ownFront: event.currentTarget.checked })}
        />
        {form.ownFront && (
          <>
            <Fields columns={2}>
              <DayField label={text.openFrom} value={form.openFrom} onChange={(openFrom) => change({ openFrom })} />
              <DayField
                label={text.openTo}
                value={form.openTo}
                onChange={(openTo) => change({ openTo })}
                error={error('openTo')}
              />
            </Fields>
            <Radio.Group
              label={text.scope}
              value={some ? 'some' : 'all'}
              onChange={(value) =>
                change(value === 'all' ? { procedures: null, fields: null } : { procedures: [], fields: [] })
              }
              error={error('procedures')}
            >
              <div className="fo-radios">
                <Radio value="all" label={text.allProcedures} />
                <Radio value="some" label={text.someFields} />
              </div>
            </Radio.Group>
            {some && (
              <>
                <Checkbox.Group label={text.fields} value={form.fields ?? []} onChange={(fields) => change({ fields })}>
                  <div className="fo-checks">
                    {data.fields
                      .filter(({ key }) => offered.some(({ field }) => field === key))
                      .map(({ key, name: label }) => (
                        <Checkbox key={key} value={key} label={label} />
                      ))}
                  </div>
                </Checkbox.Group>
                <MultiSelect
                  label={text.procedures}
                  searchable
                  value={form.procedures ?? []}
                  onChange={(procedures) => change({ procedures })}
                  data={offered.map(({ code, name: label }) => ({ value: code, label: `${label} (${code})` }))}
                />
              </>
            )}
          </>
        )}
        <Textarea
          label={text.basis}
          autosize
          minRows={2}
          maxLength={1000}
          value={form.basis}
          onChange={(event) => change({ basis: event.currentTarget.value })}
          error={error('basis')}
        />
        <Fields columns={2}>
          <NumberInput
            label={text.draftsPerAccount}
            min={1}
            max={200}
            value={form.draftsPerAccount}
            onChange={(value) => change({ draftsPerAccount: Number(value) || 1 })}
          />
          <NumberInput
            label={text.draftDays}
            min={1}
            max={365}
            value={form.draftDays}
            onChange={(value) => change({ draftDays: Number(value) || 1 })}
          />
        </Fields>
        <ProblemAlert problem={command.problem} keeps />
        <div className="fo-actions">
          <Button onClick={() => void save()} loading={command.busy}>
            {text.save}
          </Button>
          <Anchor href="/thu-tuc" target="_blank" rel="noreferrer" underline="always">
            {text.preview}
          </Anchor>
        </div>
      </div>
    </Section>
  )
}
