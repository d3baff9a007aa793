import { Button, Checkbox, NativeSelect, NumberInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { FileEntry } from '../../documents/contract.ts'
import { FileDrop, Icon, uploadFile } from '../../platform/web/index.ts'
import type { ComponentWay } from '../contract.ts'
import type { ComponentDraft, FieldSetting } from './command-form.ts'
import { askedComponents } from './dossier-view.ts'
import { useDossierText } from './use-dossier-text.ts'

type Purpose = 'componentsToMend' | 'componentsReceived' | 'components'

/** The papers of the dossier to be ticked: to be mended, received after a request, or as they are now. */
export function ComponentChecklist({ draft, onChange, view, errorOf, purpose }: FieldSetting & { purpose: Purpose }) {
  const words = useDossierText().dossier.form
  const asked = askedComponents(view)
  const label = {
    componentsToMend: words.components,
    componentsReceived: words.received,
    components: words.allComponents,
  }
  const hint = { componentsToMend: words.componentsHint, componentsReceived: words.receivedHint, components: null }[
    purpose
  ]
  const error = errorOf(purpose)
  const change = (key: string, part: Partial<ComponentDraft>) =>
    onChange({ components: draft.components.map((each) => (each.key === key ? { ...each, ...part } : each)) })
  return (
    <fieldset className="d-checklist">
      <legend>{label[purpose]}</legend>
      {hint && <p className="k-note">{hint}</p>}
      {error && (
        <p className="d-field-error" role="alert" tabIndex={-1} data-wrong="">
          {error}
        </p>
      )}
      <ul className="d-plain">
        {draft.components.map((component, index) => (
          <li key={component.key}>
            <ComponentLine
              component={component}
              name={view.components.find(({ key }) => key === component.key)?.name ?? component.key}
              ways={view.components.find(({ key }) => key === component.key)?.ways ?? []}
              asked={purpose === 'componentsReceived' && asked.includes(component.key)}
              purpose={purpose}
              dossierId={view.dossierId}
              first={index === 0}
              onChange={(part) => change(component.key, part)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

type LineProps = {
  component: ComponentDraft
  name: string
  ways: readonly ComponentWay[]
  asked: boolean
  purpose: Purpose
  dossierId: string
  first: boolean
  onChange: (part: Partial<ComponentDraft>) => void
}

function ComponentLine(props: LineProps) {
  const { component, name, asked, purpose, first, onChange } = props
  const words = useDossierText().dossier.form
  const ticked = purpose === 'components' ? component.given : component.chosen
  return (
    <>
      <Checkbox
        label={
          <>
            {name}
            {asked && <span className="k-dimmed"> – {words.askedFor}</span>}
          </>
        }
        data-autofocus={first ? true : undefined}
        checked={ticked}
        onChange={(event) =>
          onChange(
            purpose === 'components' ? { given: event.currentTarget.checked } : { chosen: event.currentTarget.checked },
          )
        }
      />
      {ticked && purpose === 'componentsToMend' && (
        <Textarea
          className="d-indent"
          aria-label={words.change(name)}
          placeholder={words.changeShort}
          value={component.change}
          maxLength={2000}
          autosize
          minRows={1}
          onChange={(event) => onChange({ change: event.currentTarget.value })}
        />
      )}
      {ticked && purpose !== 'componentsToMend' && <PaperFacts {...props} />}
      {!ticked && purpose === 'components' && <PaperWay {...props} />}
    </>
  )
}

/** Why a paper that was not handed in is not, where the law leaves a way. */
function PaperWay({ component: { way }, name, ways, onChange }: LineProps) {
  const { componentWays, dossier } = useDossierText()
  if (ways.length === 0) return null
  return (
    <div className="d-indent">
      <NativeSelect
        size="xs"
        w="20rem"
        maw="100%"
        aria-label={dossier.form.wayOf(name)}
        data={[
          { value: '', label: dossier.form.noWay },
          ...ways.map((value) => ({ value, label: componentWays[value] })),
        ]}
        value={way ?? ''}
        onChange={(event) => onChange({ way: pick(event.currentTarget.value, ways, undefined) })}
      />
    </div>
  )
}

/** Original or copy, how many, whether scanned, and its files. */
function PaperFacts({ component, name, dossierId, onChange }: LineProps) {
  const text = useDossierText()
  const words = text.dossier.form
  const [attaching, setAttaching] = useState(false)
  const forms = Object.entries(text.paperForms).map(([value, label]) => ({ value, label }))
  const digitals = [
    { value: '', label: text.dossier.components.noDigital },
    ...Object.entries(text.dossier.components.digitals).map(([value, label]) => ({ value, label })),
  ]
  return (
    <div className="d-indent">
      <div className="d-paper">
        <NativeSelect
          size="xs"
          label={words.form}
          data={forms}
          value={component.form}
          onChange={(event) => onChange({ form: pick(event.currentTarget.value, paperForms, component.form) })}
        />
        <NumberInput
          size="xs"
          label={words.count}
          w="5rem"
          min={1}
          max={999}
          allowDecimal={false}
          value={component.count}
          onChange={(count) => onChange({ count: typeof count === 'number' ? count : 1 })}
        />
        <NativeSelect
          size="xs"
          label={words.digital}
          data={digitals}
          value={component.digital ?? ''}
          onChange={(event) => onChange({ digital: pick(event.currentTarget.value, digitalKinds, null) })}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="upload" size={14} />}
          aria-expanded={attaching}
          aria-label={words.attachTo(name)}
          onClick={() => setAttaching(!attaching)}
        >
          {component.files.length > 0 ? words.fileCount(component.files.length) : words.attach}
        </Button>
      </div>
      {attaching && (
        <FileDrop<FileEntry>
          label={words.attachTo(name)}
          send={(file, options) =>
            uploadFile<FileEntry>(
              `/api/dossiers/${dossierId}/files?purpose=component&component=${component.key}&origin=scan`,
              { file, ...options },
            )
          }
          onSent={({ fileId }) =>
            onChange({
              files: [...new Set([...component.files, fileId])],
              digital: component.digital ?? 'scanned',
            })
          }
        />
      )}
    </div>
  )
}

const paperForms = ['original', 'certified-copy', 'copy', 'electronic'] as const
const digitalKinds = ['scanned', 'uploaded', 'reused'] as const

const pick = <Value extends string, Otherwise>(value: string, known: readonly Value[], otherwise: Otherwise) =>
  known.find((each) => each === value) ?? otherwise
