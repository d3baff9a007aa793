import { Button, Checkbox, MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { Choice, Dialog, Fields, Icon, TextField } from '../../../platform/web/index.ts'
import type { PetitionFigureId, PetitionFigureKind } from '../../../feedback/contract.ts'
import type { FigureId } from '../../figures/contract.ts'
import type { FormRow, RowSource } from '../contract.ts'
import { readChoices, writeChoices } from './terms.ts'
import { useFormText } from './use-form-text.ts'

type RowDialogProps = {
  edited: { at: number; row: FormRow } | null
  isNew: boolean
  onClose: () => void
  onSave: (row: FormRow) => void
  onRemove: () => void
}

/** One row of a form: its words, what kind of number it is, and where the number comes from. */
export function RowDialog({ edited, isNew, onClose, ...rest }: RowDialogProps) {
  const words = useFormText().web
  return (
    <Dialog
      opened={edited !== null}
      onClose={onClose}
      title={isNew ? words.newRow : words.editRow(edited?.row.code ?? '')}
      size="xl"
    >
      {edited && <RowForm key={edited.at} row={edited.row} isNew={isNew} onClose={onClose} {...rest} />}
    </Dialog>
  )
}

function RowForm({ row: given, isNew, onClose, onSave, onRemove }: Omit<RowDialogProps, 'edited'> & { row: FormRow }) {
  const words = useFormText().web
  const [row, setRow] = useState(given)
  const [choices, setChoices] = useState(writeChoices(given.choices ?? []))
  const change = (part: Partial<FormRow>) => setRow({ ...row, ...part })
  const readChoice = readChoices(choices)
  const isFull = row.code.trim() !== '' && row.label.trim() !== '' && readChoice !== undefined

  function finish() {
    const { choices: _choices, ...rest } = row
    onSave(row.type === 'enum' ? { ...rest, choices: readChoice ?? [] } : rest)
    onClose()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isFull) finish()
      }}
    >
      <Fields columns={2}>
        <TextField label={words.rowCode} required value={row.code} onChange={(code) => change({ code: code.trim() })} />
        <TextField label={words.rowUnit} value={row.unit} onChange={(unit) => change({ unit })} />
        <TextField
          label={words.rowLabel}
          required
          maxLength={500}
          value={row.label}
          onChange={(label) => change({ label })}
        />
        <TextField label={words.rowHint} maxLength={500} value={row.hint ?? ''} onChange={(hint) => change({ hint })} />
        <Choice
          label={words.rowType}
          required
          value={row.type}
          onChange={(type) => type && setRow(withType(row, type as FormRow['type']))}
          options={Object.entries(words.rowTypes).map(([value, label]) => ({ value, label }))}
        />
        <Choice
          label={words.rowSource}
          required
          value={row.source.kind}
          onChange={(kind) => kind && change({ source: sourceOf(kind as RowSource['kind']) })}
          options={kindsFor(row.type).map((value) => ({ value, label: words.sources[value] }))}
        />
        <SourceFields source={row.source} onChange={(source) => change({ source })} />
        {row.type === 'enum' && (
          <TextField
            label={words.choices}
            hint={words.choicesHint}
            value={choices}
            onChange={setChoices}
            error={readChoice === undefined ? words.choicesHint : undefined}
          />
        )}
        <MultiSelect
          label={words.levels}
          description={words.levelsHint}
          value={row.levels}
          onChange={(levels) => change({ levels })}
          data={Object.entries(words.levelNames).map(([value, label]) => ({ value, label }))}
          clearable
        />
      </Fields>
      <div className="rf-flags">
        <Checkbox
          label={words.cumulative}
          checked={row.cumulative}
          onChange={(event) => change({ cumulative: event.currentTarget.checked })}
        />
        <Checkbox
          label={words.italic}
          checked={row.italic ?? false}
          onChange={(event) => change({ italic: event.currentTarget.checked })}
        />
        <Checkbox
          label={words.printedAll}
          checked={row.printed ?? false}
          onChange={(event) => change({ printed: event.currentTarget.checked })}
        />
      </div>
      <div className="k-dialog-actions">
        {!isNew && (
          <Button
            variant="default"
            leftSection={<Icon name="remove" />}
            onClick={() => {
              onRemove()
              onClose()
            }}
          >
            {words.removeRow}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" disabled={!isFull}>
          {words.done}
        </Button>
      </div>
    </form>
  )
}

function SourceFields({ source, onChange }: { source: RowSource; onChange: (source: RowSource) => void }) {
  const words = useFormText().web
  const figures = Object.entries(words.figures).map(([value, label]) => ({ value, label }))
  const measures = Object.entries(words.measures).map(([value, label]) => ({ value, label }))
  switch (source.kind) {
    case 'none':
    case 'manual':
    case 'entered-ratio':
    case 'payment':
      return null
    case 'petition':
      return (
        <>
          <Choice
            label={words.petitionFigure}
            required
            value={source.figure}
            onChange={(figure) => figure && onChange({ ...source, figure: figure as PetitionFigureId })}
            options={Object.entries(words.petitionFigures).map(([value, label]) => ({ value, label }))}
          />
          <Choice
            label={words.petitionKinds.all}
            value={source.of ?? 'all'}
            onChange={(of) => {
              const { of: _of, ...rest } = source
              onChange(of === null || of === 'all' ? rest : { ...rest, of: of as PetitionFigureKind })
            }}
            options={Object.entries(words.petitionKinds).map(([value, label]) => ({ value, label }))}
          />
        </>
      )
    case 'figure':
      return (
        <>
          <Choice
            label={words.figure}
            required
            value={source.figure}
            onChange={(figure) => figure && onChange({ ...source, figure: figure as FigureId })}
            options={figures}
          />
          <MultiSelect
            label={words.plusFigures}
            value={source.plus ?? []}
            onChange={(plus) => onChange({ ...source, plus: plus as FigureId[] })}
            data={figures}
            clearable
          />
          <Choice
            label={words.ofProcedures}
            placeholder={words.allProcedures}
            value={source.procedures ?? null}
            onChange={(procedures) => {
              const { procedures: _procedures, ...rest } = source
              onChange(procedures === null ? rest : { ...rest, procedures })
            }}
            options={measures}
          />
        </>
      )
    case 'survey':
      return (
        <Choice
          label={words.surveyMeasure}
          required
          value={source.measure}
          onChange={(measure) => measure && onChange({ ...source, measure: measure as typeof source.measure })}
          options={Object.entries(words.surveyMeasures).map(([value, label]) => ({ value, label }))}
        />
      )
    case 'catalogue':
      return (
        <Choice
          label={words.measure}
          required
          value={source.measure}
          onChange={(measure) => measure && onChange({ ...source, measure })}
          options={measures}
        />
      )
    case 'sum':
      return (
        <TextField
          label={words.sumOf}
          hint={words.sumOfHint}
          required
          value={source.of.join(', ')}
          onChange={(typed) => onChange({ ...source, of: typed.split(',').map((code) => code.trim()) })}
        />
      )
    case 'ratio':
      return (
        <>
          <TextField
            label={words.ratioNumerator}
            required
            value={source.numerator}
            onChange={(numerator) => onChange({ ...source, numerator: numerator.trim() })}
          />
          <TextField
            label={words.ratioDenominator}
            required
            value={source.denominator}
            onChange={(denominator) => onChange({ ...source, denominator: denominator.trim() })}
          />
        </>
      )
  }
}

function kindsFor(type: FormRow['type']): RowSource['kind'][] {
  switch (type) {
    case 'heading':
      return ['none']
    case 'percent':
      return ['ratio', 'entered-ratio']
    case 'enum':
      return ['manual', 'survey']
    case 'count':
    case 'money':
      return type === 'count'
        ? ['manual', 'figure', 'petition', 'survey', 'catalogue', 'payment', 'sum']
        : ['manual', 'figure', 'petition', 'catalogue', 'sum']
  }
}

/** A source that does not fit the new type gives way to the first that does. */
function withType(row: FormRow, type: FormRow['type']): FormRow {
  const [first = 'manual'] = kindsFor(type)
  const source = kindsFor(type).includes(row.source.kind) ? row.source : sourceOf(first)
  return { ...row, type, source, unit: type === 'percent' ? '%' : row.unit }
}

function sourceOf(kind: RowSource['kind']): RowSource {
  switch (kind) {
    case 'none':
    case 'manual':
    case 'entered-ratio':
      return { kind }
    case 'figure':
      return { kind, figure: 'received' }
    case 'petition':
      return { kind, figure: 'petitions-received' }
    case 'survey':
      return { kind, measure: 'ballots' }
    case 'payment':
      return { kind, measure: 'payable-online' }
    case 'catalogue':
      return { kind, measure: 'in-force' }
    case 'sum':
      return { kind, of: [''] }
    case 'ratio':
      return { kind, numerator: '', denominator: '' }
  }
}
