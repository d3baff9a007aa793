import { Button, MultiSelect, NumberInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Choice, Fields, Section, useText } from '../../../platform/web/index.ts'
import { orders, type Check } from '../contract.ts'
import { TODAY } from '../rules/cross-check.ts'
import { checkKinds, checkOf, kindOfCheck, newCheck, putCheck } from '../rules/edit.ts'
import { allFields, isGroup } from '../rules/layout.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import { WordsFields, without, type EditorFacts } from './FieldEditor.tsx'
import { askedWithin, questionOptions } from './form-view.ts'

/** What answers must be to one another, put together without writing data. */
export function ChecksEditor({ form, change, cases }: Pick<EditorFacts, 'form' | 'change' | 'cases'>) {
  const { web: text } = useText({ vi, en })
  const checks = form.checks ?? []
  const [added, setAdded] = useState<string | null>(null)
  return (
    <Section title={text.checks}>
      <p className="eform-preview-note">{text.checksNote}</p>
      {checks.map((check, index) => (
        <details key={check.key} className="eform-check" open={check.key === added || undefined}>
          <summary>
            <span className={check.severity === 'error' ? 'eform-wrong' : 'k-dimmed'}>
              {text.severities[check.severity]}
            </span>{' '}
            {check.words.vi || text.unnamed}
          </summary>
          <CheckEditor
            form={form}
            cases={cases}
            check={check}
            onChange={(next) => change(putCheck(form, index, next))}
          />
          <Button size="xs" variant="default" mt={8} onClick={() => change(putCheck(form, index, undefined))}>
            {text.removeCheck}
          </Button>
        </details>
      ))}
      <Button
        size="xs"
        variant="default"
        mt={12}
        onClick={() => {
          const check = newCheck(form, 'compare')
          change(putCheck(form, checks.length, check))
          setAdded(check.key)
        }}
      >
        {text.addCheck}
      </Button>
    </Section>
  )
}

type Props = Pick<EditorFacts, 'form' | 'cases'> & { check: Check; onChange: (check: Check) => void }

function CheckEditor({ form, cases, check, onChange }: Props) {
  const { web: text } = useText({ vi, en })
  const put = (part: { [Name in keyof Check]?: Check[Name] | undefined }) =>
    onChange(without<Check>({ ...check, ...part }))
  return (
    <>
      <Fields columns={2}>
        <Choice
          label={text.checkKind}
          value={kindOfCheck(check)}
          onChange={(next) => {
            const kind = checkKinds.find((one) => one === next)
            if (kind) onChange(checkOf(form, kind, check))
          }}
          options={checkKinds.map((value) => ({ value, label: text.checkKinds[value] }))}
        />
        <Choice
          label={text.severity}
          value={check.severity}
          onChange={(next) => put({ severity: next === 'warning' ? 'warning' : 'error' })}
          options={(['error', 'warning'] as const).map((value) => ({ value, label: text.severities[value] }))}
        />
      </Fields>
      <KindEditor form={form} cases={cases} check={check} onChange={onChange} />
      {'differ' in check || (
        <Choice
          label={text.checkAt}
          value={check.at ?? ''}
          onChange={(at) => onChange(without<typeof check>({ ...check, at: at || undefined }))}
          options={[{ value: '', label: text.checkAtLast }, ...questionOptions(form)]}
        />
      )}
      <WordsFields
        isLong
        vi={text.checkWords}
        en={text.checkWordsEn}
        value={check.words}
        onChange={(words) => put({ words })}
      />
      <Textarea
        label={text.checkSource}
        autosize
        maxLength={500}
        value={check.source}
        onChange={(event) => put({ source: event.currentTarget.value })}
      />
      <ConditionEditor
        legend={text.checkWhen}
        always={text.alwaysChecked}
        value={check.when}
        onChange={(when) => put({ when })}
        fields={askedWithin(form, check)}
        cases={cases}
      />
    </>
  )
}

function KindEditor({ form, cases, check, onChange }: Props) {
  const { web: text } = useText({ vi, en })
  if ('compare' in check) return <CompareEditor form={form} check={check} onChange={onChange} />
  if ('differ' in check)
    return (
      <MultiSelect
        label={text.differ}
        data={questionOptions(form, ['text', 'identity-number', 'phone', 'email', 'day'])}
        value={check.differ}
        onChange={(differ) => differ.length > 0 && onChange({ ...check, differ })}
      />
    )
  if ('identity' in check)
    return (
      <Fields columns={2}>
        <Choice
          label={text.identityOf}
          value={check.identity.number}
          onChange={(number) => number && onChange({ ...check, identity: { ...check.identity, number } })}
          options={questionOptions(form, ['identity-number'])}
        />
        <Choice
          label={text.identitySex}
          value={check.identity.sex}
          onChange={(sex) => sex && onChange({ ...check, identity: { ...check.identity, sex } })}
          options={[
            { value: 'male', label: text.male },
            { value: 'female', label: text.female },
            ...questionOptions(form, ['choice']),
          ]}
        />
      </Fields>
    )
  return (
    <ConditionEditor
      legend={text.never}
      always={text.neverNothing}
      value={check.never}
      onChange={(never) => never && onChange({ ...check, never })}
      fields={allFields(form)
        .map(({ field }) => field)
        .filter(({ widget }) => widget !== 'note')}
      cases={cases}
    />
  )
}

function CompareEditor({
  form,
  check,
  onChange,
}: {
  form: EditorFacts['form']
  check: Extract<Check, { compare: object }>
  onChange: (check: Check) => void
}) {
  const { web: text } = useText({ vi, en })
  const { compare } = check
  const put = (next: Partial<typeof compare>) => onChange({ ...check, compare: { ...compare, ...next } })
  const sides = [
    { value: TODAY, label: text.today },
    ...questionOptions(form, ['day', 'number', 'money']),
    ...form.layout.parts
      .flatMap(({ fields }) => fields)
      .filter(isGroup)
      .map(({ key, label }) => ({ value: key, label: text.countOf(label.vi || key) })),
  ]
  const plus = (unit: 'years' | 'months' | 'days') => (
    <NumberInput
      label={text.plus[unit]}
      min={-1000}
      max={1000}
      value={compare.plus?.[unit] ?? 0}
      onChange={(next) => {
        const { [unit]: _, ...rest } = compare.plus ?? {}
        const sum = Number(next) ? { ...rest, [unit]: Math.trunc(Number(next)) } : rest
        const { plus: __, ...bare } = compare
        onChange({ ...check, compare: Object.keys(sum).length > 0 ? { ...bare, plus: sum } : bare })
      }}
    />
  )
  return (
    <>
      <Fields columns={3}>
        <Choice
          label={text.compareLeft}
          value={compare.left}
          onChange={(left) => left && put({ left })}
          options={sides}
        />
        <Choice
          label={text.compareIs}
          value={compare.is}
          onChange={(next) => {
            const is = orders.find((one) => one === next)
            if (is) put({ is })
          }}
          options={orders.map((value) => ({ value, label: text.orders[value] }))}
        />
        <Choice
          label={text.compareRight}
          value={compare.right}
          onChange={(right) => right && put({ right })}
          options={sides}
        />
      </Fields>
      <Fields columns={3}>
        {plus('years')}
        {plus('months')}
        {plus('days')}
      </Fields>
    </>
  )
}
