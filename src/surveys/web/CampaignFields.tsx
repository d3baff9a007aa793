import { Button, Checkbox, NumberInput, Radio } from '@mantine/core'
import { Choice, DayField, Fields, Icon, type Option, Section, TextField } from '../../platform/web/index.ts'
import type { Quota } from '../contract.ts'
import { type CampaignForm, channels } from './campaign-view.ts'
import { useSurveyText, useWebText } from './use-words.ts'

type Props = {
  form: CampaignForm
  onChange: (change: Partial<CampaignForm>) => void
  /** Of a campaign that runs, what was drawn stays. */
  running?: boolean
  agencies: readonly { agencyId: number; name: string }[]
  fields: readonly Option[]
  units: readonly Option[]
}

/** Where, how and whom: what a new campaign and its change have in common. */
export function CampaignFields({ form, onChange, running = false, agencies, fields, units }: Props) {
  const text = useWebText().form
  const words = useSurveyText()
  const number = (key: 'percent' | 'restMonths' | 'answerDays' | 'least' | 'target', label: string, hint?: string) => (
    <NumberInput
      label={label}
      description={hint}
      value={form[key]}
      onChange={(value) => onChange({ [key]: String(value) })}
      min={0}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      disabled={running && key === 'percent'}
      w="100%"
    />
  )
  const options = agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))
  const groupsOf = (by: Quota['by']): readonly Option[] => ({ field: fields, unit: units, agency: options })[by]
  const setQuota = (at: number, change: Partial<Quota>) =>
    onChange({ quotas: form.quotas.map((quota, index) => (index === at ? { ...quota, ...change } : quota)) })
  return (
    <>
      <Section title={text.what}>
        <Fields>
          <TextField
            label={text.name}
            hint={text.nameHint}
            required
            value={form.name}
            onChange={(name) => onChange({ name })}
            maxLength={200}
          />
        </Fields>
        <Fields columns={2}>
          <DayField
            label={text.firstDay}
            required
            value={form.firstDay}
            onChange={(firstDay) => onChange({ firstDay })}
            disabled={running}
          />
          <DayField label={text.lastDay} required value={form.lastDay} onChange={(lastDay) => onChange({ lastDay })} />
        </Fields>
        {running && <p className="k-note">{text.fixed}</p>}
      </Section>
      {agencies.length > 1 && (
        <Section title={text.where}>
          <Radio.Group label={text.agencies} value={form.reach} onChange={(reach) => onChange({ reach })}>
            <div className="sv-lines">
              <Radio value="own" label={text.ownOnly} />
              <Radio value="below" label={text.allBelow} />
              <Radio value="some" label={text.some} />
            </div>
          </Radio.Group>
          {form.reach === 'some' && (
            <>
              <ul className="sv-chosen">
                {form.agencies.map((agencyId) => (
                  <li key={agencyId}>
                    {agencies.find((each) => each.agencyId === agencyId)?.name ?? agencyId}
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => onChange({ agencies: form.agencies.filter((id) => id !== agencyId) })}
                    >
                      {text.removeQuota}
                    </Button>
                  </li>
                ))}
              </ul>
              <Choice
                label={text.add}
                value={null}
                options={options.filter(({ value }) => !form.agencies.includes(Number(value)))}
                onChange={(value) => value && onChange({ agencies: [...form.agencies, Number(value)] })}
              />
            </>
          )}
        </Section>
      )}
      {form.kind !== 'totals' && (
        <>
          <Section title={text.channels}>
            <Checkbox.Group
              aria-label={text.channels}
              value={form.channels}
              onChange={(chosen) => onChange({ channels: channels.filter((channel) => chosen.includes(channel)) })}
            >
              <div className="sv-lines">
                {channels.map((channel) => (
                  <Checkbox key={channel} value={channel} label={words.channels[channel]} />
                ))}
              </div>
            </Checkbox.Group>
          </Section>
          <Section title={text.sampling}>
            <Fields columns={3}>
              {number('percent', text.percent, text.percentHint)}
              <TextField
                label={text.seed}
                hint={text.seedHint}
                value={form.seed}
                onChange={(seed) => onChange({ seed })}
                maxLength={60}
                disabled={running}
              />
              {number('target', text.target)}
              {number('restMonths', text.rest)}
              {number('answerDays', text.answerDays)}
              {number('least', text.least, text.leastHint)}
            </Fields>
            <h3 className="sv-small-head">{text.quotas}</h3>
            {form.quotas.map((quota, at) => (
              <div key={`${quota.by}-${String(at)}`} className="sv-quota">
                <Choice
                  label={text.kind}
                  value={quota.by}
                  width="9rem"
                  options={(['field', 'unit', 'agency'] as const)
                    .filter((by) => groupsOf(by).length > 0)
                    .map((by) => ({ value: by, label: text.quotaBy[by] }))}
                  onChange={(by) => by && setQuota(at, { by: by as Quota['by'], key: '' })}
                />
                <Choice
                  label={text.quotaKey}
                  value={quota.key || null}
                  options={groupsOf(quota.by)}
                  onChange={(key) => setQuota(at, { key: key ?? '' })}
                />
                <NumberInput
                  label={text.quotaMost}
                  value={quota.most}
                  min={0}
                  max={1_000_000}
                  hideControls
                  w="9rem"
                  onChange={(most) => setQuota(at, { most: Number(most) || 0 })}
                />
                <Button
                  variant="default"
                  onClick={() => onChange({ quotas: form.quotas.filter((_each, index) => index !== at) })}
                >
                  {text.removeQuota}
                </Button>
              </div>
            ))}
            <Button
              variant="default"
              leftSection={<Icon name="plus" />}
              onClick={() => onChange({ quotas: [...form.quotas, { by: 'field', key: '', most: 50 }] })}
            >
              {text.addQuota}
            </Button>
          </Section>
        </>
      )}
    </>
  )
}
