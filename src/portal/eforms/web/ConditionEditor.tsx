import { Button, MultiSelect, NumberInput } from '@mantine/core'
import { Choice, TextField, useText } from '../../../platform/web/index.ts'
import type { Clause, Condition, Field } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { clausesIn, conditionOf, modeOf, newClause, operatorOf, operatorsFor, type Mode } from './form-view.ts'

type Cases = readonly { key: string; name: string }[]

/** When something is asked: statements about what was asked before, put together without writing data. */
export function ConditionEditor({
  legend,
  always,
  value,
  onChange,
  fields,
  cases,
}: {
  legend: string
  always: string
  value: Condition | undefined
  onChange: (value: Condition | undefined) => void
  fields: readonly Field[]
  cases: Cases
}) {
  const { web: text } = useText({ vi, en })
  const mode = modeOf(value)
  const clauses = clausesIn(value)
  const begin = (): Clause => {
    const [first] = fields.toReversed()
    return first || cases.length === 0 ? newClause(first) : { caseIn: [cases[0]?.key ?? ''] }
  }
  const put = (next: readonly Clause[], how: Mode = mode) => onChange(conditionOf(how, next))
  return (
    <div className="eform-condition" role="group" aria-label={legend}>
      <Choice
        label={legend}
        value={mode}
        onChange={(next) => {
          if (next === 'always') onChange(undefined)
          else if (next === 'all' || next === 'any') put(clauses.length > 0 ? clauses : [begin()], next)
        }}
        options={[
          { value: 'always', label: always },
          { value: 'all', label: text.allOf },
          { value: 'any', label: text.anyOf },
        ]}
      />
      {clauses.map((clause, index) => (
        <ClauseRow
          // Statements have no name of their own; their place is what they have.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          clause={clause}
          fields={fields}
          cases={cases}
          onChange={(next) => put(clauses.map((one, at) => (at === index ? next : one)))}
          onRemove={() => put(clauses.filter((_, at) => at !== index))}
        />
      ))}
      {mode !== 'always' && (
        <Button size="xs" variant="default" mt={8} onClick={() => put([...clauses, begin()])}>
          {text.addClause}
        </Button>
      )}
    </div>
  )
}

const CASE = '*case'

function ClauseRow({
  clause,
  fields,
  cases,
  onChange,
  onRemove,
}: {
  clause: Clause
  fields: readonly Field[]
  cases: Cases
  onChange: (clause: Clause) => void
  onRemove: () => void
}) {
  const { web: text } = useText({ vi, en })
  const field = 'caseIn' in clause ? undefined : fields.find(({ key }) => key === clause.field)
  return (
    <div className="eform-clause">
      <Choice
        label={text.label}
        value={'caseIn' in clause ? CASE : clause.field}
        onChange={(key) => {
          if (key === CASE) onChange({ caseIn: cases[0] ? [cases[0].key] : [] })
          else if (key !== null) onChange(newClause(fields.find((one) => one.key === key)))
        }}
        options={[
          ...(cases.length > 0 ? [{ value: CASE, label: text.byCase }] : []),
          ...fields.map(({ key, label }) => ({ value: key, label: label.vi || key })),
        ]}
      />
      {'caseIn' in clause ? (
        <MultiSelect
          label={text.value}
          data={cases.map(({ key, name }) => ({ value: key, label: name }))}
          value={clause.caseIn}
          onChange={(caseIn) => caseIn.length > 0 && onChange({ caseIn })}
        />
      ) : (
        <>
          <Choice
            label={text.compare}
            value={operatorOf(clause)}
            onChange={(operator) => {
              const known = operatorsFor(field).find((one) => one === operator)
              if (known) onChange(newClause(field, known))
            }}
            options={operatorsFor(field).map((operator) => ({ value: operator, label: text.operators[operator] }))}
          />
          <ClauseValue clause={clause} field={field} onChange={onChange} />
        </>
      )}
      <Button size="xs" variant="subtle" onClick={onRemove}>
        {text.remove}
      </Button>
    </div>
  )
}

function ClauseValue({
  clause,
  field,
  onChange,
}: {
  clause: Exclude<Clause, { caseIn: string[] }>
  field: Field | undefined
  onChange: (clause: Clause) => void
}) {
  const { web: text } = useText({ vi, en })
  const options = (field?.options ?? []).map(({ value, label }) => ({ value, label: label.vi || value }))
  if ('in' in clause)
    return (
      <MultiSelect
        label={text.value}
        data={options}
        value={clause.in.map(String)}
        onChange={(values) => values.length > 0 && onChange({ field: clause.field, in: values })}
      />
    )
  if ('atLeast' in clause || 'atMost' in clause) {
    const isLeast = 'atLeast' in clause
    return (
      <NumberInput
        label={text.value}
        value={isLeast ? clause.atLeast : clause.atMost}
        onChange={(next) => {
          const number = Number(next) || 0
          onChange(isLeast ? { field: clause.field, atLeast: number } : { field: clause.field, atMost: number })
        }}
      />
    )
  }
  if (!('is' in clause) && !('isNot' in clause)) return null
  const value = 'is' in clause ? clause.is : clause.isNot
  const put = (next: string | number | boolean) =>
    onChange('is' in clause ? { field: clause.field, is: next } : { field: clause.field, isNot: next })
  if (field?.widget === 'yes-no')
    return (
      <Choice
        label={text.value}
        value={value === true ? 'yes' : 'no'}
        onChange={(next) => put(next === 'yes')}
        options={[
          { value: 'yes', label: text.yes },
          { value: 'no', label: text.no },
        ]}
      />
    )
  if (typeof value === 'number')
    return <NumberInput label={text.value} value={value} onChange={(next) => put(Number(next) || 0)} />
  if (options.length > 0)
    return (
      <Choice
        label={text.value}
        value={String(value)}
        onChange={(next) => next !== null && put(next)}
        options={options}
      />
    )
  return <TextField label={text.value} value={String(value)} onChange={put} />
}
