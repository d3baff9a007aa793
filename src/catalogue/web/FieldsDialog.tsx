import './catalogue.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  type Column,
  DataTable,
  Dialog,
  Fields,
  Icon,
  ProblemAlert,
  TextField,
  useCommand,
  useText,
} from '../../platform/web/index.ts'
import type { Field } from '../contract.ts'
import { searchWords } from '../rules/search-key.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { WholeNumber } from './inputs.tsx'
import { fieldKeyFrom } from './version-view.ts'

/** The fields under which procedures stand: add one, or rename it and move it in the order. */
export function FieldsDialog({
  fields,
  opened,
  onClose,
}: {
  fields: readonly Field[]
  opened: boolean
  onClose: () => void
}) {
  const { web: text } = useText({ vi, en })
  const [edited, setEdited] = useState<Field | null>(null)
  const add = () =>
    setEdited({ key: '', name: '', nameEn: '', order: Math.max(0, ...fields.map(({ order }) => order)) + 10 })
  const close = () => {
    setEdited(null)
    onClose()
  }
  const columns: Column<Field>[] = [
    { key: 'name', head: text.fieldName, main: true, grow: true, wrap: true, cell: ({ name }) => name },
    { key: 'nameEn', head: text.fieldNameEn, grow: true, wrap: true, cell: ({ nameEn }) => nameEn },
    {
      key: 'edit',
      head: text.fieldEdit,
      width: '6rem',
      cell: (field) => (
        <Button size="compact-sm" variant="default" onClick={() => setEdited(field)}>
          {text.fieldEdit}
          <span className="catalogue-said"> {field.name}</span>
        </Button>
      ),
    },
  ]
  return (
    <Dialog opened={opened} onClose={close} title={text.fieldsTitle}>
      {edited ? (
        <FieldForm key={edited.key} field={edited} fields={fields} onDone={() => setEdited(null)} />
      ) : (
        <>
          <p className="catalogue-note">{text.fieldsNote}</p>
          <Button mb={12} leftSection={<Icon name="plus" />} onClick={add}>
            {text.fieldAdd}
          </Button>
          <DataTable label={text.fieldsTitle} rows={fields} columns={columns} rowKey={({ key }) => key} />
          <div className="k-dialog-actions">
            <Button variant="default" onClick={close}>
              {text.fieldsClose}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

function FieldForm({ field, fields, onDone }: { field: Field; fields: readonly Field[]; onDone: () => void }) {
  const { web: text } = useText({ vi, en })
  const [name, setName] = useState(field.name)
  const [nameEn, setNameEn] = useState(field.nameEn)
  const [order, setOrder] = useState(field.order)
  const isNew = field.key === ''
  const key = isNew
    ? fieldKeyFrom(
        searchWords(nameEn || name),
        fields.map((each) => each.key),
      )
    : field.key
  const plain = (words: string) => searchWords(words).join(' ')
  const isTaken = fields.some((each) => each.key !== field.key && plain(each.name) === plain(name))
  const save = useCommand<Field>(`/api/procedure-fields/${key}`, {
    method: 'PUT',
    forget: ['/api/procedure-fields', '/api/procedures'],
    onDone: () => {
      announce(text.fieldSaved(name.trim()))
      onDone()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() && !isTaken) void save.run({ name: name.trim(), nameEn: nameEn.trim() || name.trim(), order })
      }}
    >
      <Fields>
        <TextField
          label={text.fieldName}
          required
          autoFocus
          maxLength={200}
          value={name}
          onChange={setName}
          error={isTaken ? text.fieldTaken : undefined}
        />
        <TextField label={text.fieldNameEn} maxLength={200} value={nameEn} onChange={setNameEn} />
        <WholeNumber label={text.fieldOrder} min={0} max={9999} value={order} onChange={setOrder} />
      </Fields>
      <ProblemAlert problem={save.problem} keeps />
      <div className="k-dialog-actions">
        <Button variant="default" onClick={onDone}>
          {text.fieldsBack}
        </Button>
        <Button type="submit" loading={save.busy} disabled={name.trim() === '' || isTaken}>
          {text.fieldSave}
        </Button>
      </div>
    </form>
  )
}
