import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Choice, Dialog, Fields, Icon, TextField } from '../../../platform/web/index.ts'
import type { Check } from '../contract.ts'
import { readTerms, writeCellTerm, writeTerms } from './terms.ts'
import { useFormText } from './use-form-text.ts'

type CheckDialogProps = {
  edited: { at: number; check: Check } | null
  isNew: boolean
  onClose: () => void
  onSave: (check: Check) => void
  onRemove: () => void
}

/** One rule between cells: left, operator, right, what a blank means, how much it matters, its words. */
export function CheckDialog({ edited, isNew, onClose, ...rest }: CheckDialogProps) {
  const words = useFormText().web
  return (
    <Dialog
      opened={edited !== null}
      onClose={onClose}
      title={isNew ? words.addCheck : (edited?.check.code ?? '')}
      size="xl"
    >
      {edited && <CheckForm key={edited.at} check={edited.check} isNew={isNew} onClose={onClose} {...rest} />}
    </Dialog>
  )
}

function CheckForm({
  check: given,
  isNew,
  onClose,
  onSave,
  onRemove,
}: Omit<CheckDialogProps, 'edited'> & { check: Check }) {
  const words = useFormText().web
  const [check, setCheck] = useState(given)
  const [left, setLeft] = useState(writeTerms(given.left))
  const [right, setRight] = useState(writeTerms(given.right))
  const [when, setWhen] = useState(given.when ? writeCellTerm(given.when.cell) : '')
  const [equals, setEquals] = useState(given.when ? String(given.when.equals) : '')
  const change = (part: Partial<Check>) => setCheck({ ...check, ...part })
  const read = { left: readTerms(left), right: readTerms(right), when: readTerms(when) }
  const isPresent = check.operator === 'present'
  const whenCell = read.when?.[0]
  const isWhenRight =
    when.trim() === '' ||
    (read.when?.length === 1 && whenCell !== undefined && 'row' in whenCell && /^\d+$/.test(equals))
  const isFull =
    read.left !== undefined &&
    read.left.length > 0 &&
    (isPresent || (read.right !== undefined && read.right.length > 0)) &&
    isWhenRight &&
    check.code.trim() !== '' &&
    check.words.trim() !== ''

  function finish() {
    const { when: _when, ...rest } = check
    const cell = whenCell && 'row' in whenCell ? whenCell : undefined
    onSave({
      ...rest,
      left: read.left ?? [],
      right: isPresent ? [] : (read.right ?? []),
      ...(cell ? { when: { cell, equals: Number(equals) } } : {}),
    })
    onClose()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isFull) finish()
      }}
    >
      <p className="k-note">{words.termsHint}</p>
      <Fields columns={2}>
        <TextField label={words.checkCode} required value={check.code} onChange={(code) => change({ code })} />
        <Choice
          label={words.operator}
          required
          value={check.operator}
          onChange={(operator) => operator && change({ operator: operator as Check['operator'] })}
          options={Object.entries(words.operators).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          label={words.left}
          required
          value={left}
          onChange={setLeft}
          error={read.left === undefined ? words.termsWrong : undefined}
        />
        <TextField
          label={words.right}
          required={!isPresent}
          disabled={isPresent}
          value={isPresent ? '' : right}
          onChange={setRight}
          error={read.right === undefined ? words.termsWrong : undefined}
        />
        <TextField
          label={words.when}
          value={when}
          onChange={setWhen}
          error={isWhenRight ? undefined : words.termsWrong}
        />
        <TextField label={words.whenEquals} value={equals} onChange={setEquals} inputMode="numeric" />
        <Choice
          label={words.missing}
          required
          value={check.missing}
          onChange={(missing) => missing && change({ missing: missing as Check['missing'] })}
          options={Object.entries(words.missingKinds).map(([value, label]) => ({ value, label }))}
        />
        <Choice
          label={words.severity}
          required
          value={check.severity}
          onChange={(severity) => severity && change({ severity: severity as Check['severity'] })}
          options={Object.entries(words.severities).map(([value, label]) => ({ value, label }))}
        />
      </Fields>
      <Textarea
        mt={16}
        label={words.words}
        description={words.wordsHint}
        withAsterisk
        autosize
        minRows={2}
        maxLength={500}
        value={check.words}
        onChange={(event) => change({ words: event.currentTarget.value })}
      />
      <Textarea
        mt={16}
        label={words.wordsEn}
        autosize
        minRows={2}
        maxLength={500}
        value={check.wordsEn ?? ''}
        onChange={(event) => change({ wordsEn: event.currentTarget.value })}
      />
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
            {words.remove}
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
