import { Checkbox } from '@mantine/core'
import { Choice, Fields, MoneyField, TextField, useText } from '../../platform/web/index.ts'
import type { ComponentRule, FeeRule, FindingWords, ProcedureCase, TimeLimitRule } from '../contract.ts'
import { searchWords } from '../rules/search-key.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { FindingList } from './FindingList.tsx'
import { ChannelsField, LongText, TimeLimitField, WholeNumber } from './inputs.tsx'
import { ListEditor } from './ListEditor.tsx'
import { findingsAt, keyFrom } from './version-view.ts'

type Part<Value> = { value: Value; onChange: (value: Value) => void; findings: readonly FindingWords[]; at: string }

/** One case of a procedure with its papers, time limits and fees. */
export function CaseEditor({ value, onChange, findings, at }: Part<ProcedureCase>) {
  const { web: text } = useText({ vi, en })
  return (
    <>
      <FindingList findings={findings.filter(({ pointer }) => pointer === at || pointer === `${at}/key`)} />
      <Fields columns={2}>
        <TextField
          label={text.caseName}
          required
          maxLength={500}
          value={value.name}
          onChange={(name) => onChange({ ...value, name })}
        />
        <TextField
          label={text.key}
          required
          maxLength={60}
          value={value.key}
          onChange={(key) => onChange({ ...value, key: key.toLowerCase() })}
        />
      </Fields>
      <div className="catalogue-part">
        <h4>{text.components}</h4>
        <ListEditor
          what={text.itemPaper}
          level={4}
          items={value.components}
          onChange={(components) => onChange({ ...value, components })}
          blank={() => blankComponent(value.components)}
        >
          {(component, change, index) => (
            <ComponentEditor value={component} onChange={change} findings={findings} at={`${at}/components/${index}`} />
          )}
        </ListEditor>
      </div>
      <div className="catalogue-part">
        <h4>{text.timeLimits}</h4>
        <FindingList findings={findings.filter(({ pointer }) => pointer === `${at}/timeLimits`)} />
        <ListEditor
          what={text.limit}
          level={4}
          items={value.timeLimits}
          onChange={(timeLimits) => onChange({ ...value, timeLimits })}
          blank={blankTimeLimit}
        >
          {(rule, change, index) => (
            <TimeLimitEditor value={rule} onChange={change} findings={findings} at={`${at}/timeLimits/${index}`} />
          )}
        </ListEditor>
      </div>
      <div className="catalogue-part">
        <h4>{text.fees}</h4>
        <ListEditor
          what={text.itemFee}
          level={4}
          items={value.fees}
          onChange={(fees) => onChange({ ...value, fees })}
          blank={blankFee}
        >
          {(rule, change, index) => (
            <FeeEditor value={rule} onChange={change} findings={findings} at={`${at}/fees/${index}`} />
          )}
        </ListEditor>
      </div>
    </>
  )
}

const blankComponent = (others: readonly ComponentRule[]): ComponentRule => ({
  key: keyFrom(
    ['giay-to'],
    others.map(({ key }) => key),
  ),
  name: '',
  form: null,
  originals: 1,
  copies: 0,
  need: 'required',
  condition: null,
  reusable: false,
})

const blankTimeLimit = (): TimeLimitRule => ({
  channels: ['counter'],
  parts: [{ amount: 1, unit: 'workingDay' }],
  nextDayAfter15: false,
  basis: '',
})

const blankFee = (): FeeRule => ({
  channels: ['counter', 'online', 'post'],
  kind: 'charge',
  name: '',
  amount: 0,
  per: 'dossier',
  fromUnit: 1,
  cap: null,
  setBy: 'nation',
  exemptions: [],
  basis: '',
})

/** An empty everyday name is none. */
function withName(component: ComponentRule, key: 'shortName' | 'shortNameEn', name: string): ComponentRule {
  const { [key]: _, ...rest } = component
  return name === '' ? rest : { ...rest, [key]: name }
}

function ComponentEditor({ value, onChange, findings, at }: Part<ComponentRule>) {
  const all = useText({ vi, en })
  const { web: text } = all
  return (
    <div className="catalogue-form">
      <FindingList findings={findingsAt(findings, at)} />
      <Fields columns={2}>
        <TextField
          label={text.paperShort}
          maxLength={100}
          value={value.shortName ?? ''}
          onChange={(shortName) => onChange(withName(value, 'shortName', shortName))}
        />
        <TextField
          label={text.paperShortEn}
          maxLength={100}
          value={value.shortNameEn ?? ''}
          onChange={(shortName) => onChange(withName(value, 'shortNameEn', shortName))}
        />
      </Fields>
      <LongText label={text.paper} required value={value.name} onChange={(name) => onChange({ ...value, name })} />
      <Fields columns={3}>
        <Choice
          label={text.need}
          required
          value={value.need}
          onChange={(need) => need && onChange({ ...value, need: need as ComponentRule['need'] })}
          options={optionsOf(all.needs)}
        />
        <WholeNumber
          label={text.originals}
          max={20}
          value={value.originals}
          onChange={(originals) => onChange({ ...value, originals })}
        />
        <WholeNumber
          label={text.copies}
          max={20}
          value={value.copies}
          onChange={(copies) => onChange({ ...value, copies })}
        />
        <TextField
          label={text.form}
          value={value.form ?? ''}
          onChange={(form) => onChange({ ...value, form: form === '' ? null : form })}
        />
        <TextField
          label={text.condition}
          required={value.need === 'conditional'}
          maxLength={500}
          value={value.condition ?? ''}
          onChange={(condition) => onChange({ ...value, condition: condition === '' ? null : condition })}
        />
        <TextField
          label={text.key}
          required
          maxLength={60}
          value={value.key}
          onChange={(key) => onChange({ ...value, key: key.toLowerCase() })}
        />
      </Fields>
      <Checkbox
        label={text.reusable}
        checked={value.reusable}
        onChange={(event) => onChange({ ...value, reusable: event.currentTarget.checked })}
      />
    </div>
  )
}

function TimeLimitEditor({ value, onChange, findings, at }: Part<TimeLimitRule>) {
  const { web: text } = useText({ vi, en })
  return (
    <div className="catalogue-form">
      <FindingList findings={findingsAt(findings, at)} />
      <Fields columns={2}>
        <TimeLimitField
          label={text.limit}
          required
          value={value.parts}
          onChange={(parts) => onChange({ ...value, parts })}
        />
        <ChannelsField
          label={text.channel}
          value={value.channels}
          onChange={(channels) => onChange({ ...value, channels })}
        />
      </Fields>
      <LongText label={text.basis} value={value.basis} onChange={(basis) => onChange({ ...value, basis })} />
      <Checkbox
        label={text.afterFifteen}
        checked={value.nextDayAfter15}
        onChange={(event) => onChange({ ...value, nextDayAfter15: event.currentTarget.checked })}
      />
    </div>
  )
}

function FeeEditor({ value, onChange, findings, at }: Part<FeeRule>) {
  const all = useText({ vi, en })
  const { web: text } = all
  return (
    <div className="catalogue-form">
      <FindingList findings={findingsAt(findings, at)} />
      <Fields columns={3}>
        <TextField label={text.feeName} required value={value.name} onChange={(name) => onChange({ ...value, name })} />
        <Choice
          label={text.feeKind}
          required
          value={value.kind}
          onChange={(kind) => kind && onChange({ ...value, kind: kind as FeeRule['kind'] })}
          options={optionsOf(all.feeKinds)}
        />
        <MoneyField
          label={text.amount}
          required
          value={value.amount}
          onChange={(amount) => onChange({ ...value, amount: amount ?? 0 })}
        />
        <Choice
          label={text.per}
          required
          value={value.per}
          onChange={(per) => per && onChange({ ...value, per: per as FeeRule['per'] })}
          options={optionsOf(all.per)}
        />
        <WholeNumber
          label={text.fromUnit}
          min={1}
          value={value.fromUnit}
          onChange={(fromUnit) => onChange({ ...value, fromUnit })}
        />
        <MoneyField label={text.cap} value={value.cap} onChange={(cap) => onChange({ ...value, cap })} />
        <Choice
          label={text.setBy}
          required
          value={value.setBy}
          onChange={(setBy) => setBy && onChange({ ...value, setBy: setBy as FeeRule['setBy'] })}
          options={optionsOf(all.setBy)}
        />
      </Fields>
      <ChannelsField
        label={text.channel}
        value={value.channels}
        onChange={(channels) => onChange({ ...value, channels })}
      />
      <LongText label={text.basis} value={value.basis} onChange={(basis) => onChange({ ...value, basis })} />
      <div className="catalogue-part">
        <ListEditor
          what={text.exemptions}
          level={4}
          items={value.exemptions}
          onChange={(exemptions) => onChange({ ...value, exemptions })}
          blank={() => ({ key: '', name: '', percent: 100, basis: '' })}
        >
          {(exemption, change) => (
            <Fields columns={3}>
              <TextField
                label={text.exemptionName}
                required
                value={exemption.name}
                onChange={(name) =>
                  change({ ...exemption, name, key: exemption.key || keyFrom(searchWords(name), []) })
                }
              />
              <WholeNumber
                label={text.percent}
                min={1}
                max={100}
                value={exemption.percent}
                onChange={(percent) => change({ ...exemption, percent })}
              />
              <TextField
                label={text.basis}
                value={exemption.basis}
                onChange={(basis) => change({ ...exemption, basis })}
              />
            </Fields>
          )}
        </ListEditor>
      </div>
    </div>
  )
}

export const optionsOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))
