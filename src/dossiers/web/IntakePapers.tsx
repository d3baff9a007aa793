import { Checkbox, NativeSelect, NumberInput } from '@mantine/core'
import { Icon } from '../../platform/web/index.ts'
import type { ComponentInput } from '../contract.ts'
import { type PaperForm, type PaperLine, toPaper } from './intake-view.ts'
import { useDossierText } from './use-dossier-text.ts'

const forms = ['original', 'certified-copy', 'copy', 'electronic'] as const
const digitals = ['none', 'scanned', 'uploaded', 'reused'] as const

/** The checklist of the case: what was given, in which form, how many, and whether it is digital already. */
export function IntakePapers({
  lines,
  onChange,
}: {
  lines: readonly PaperLine[]
  onChange: (key: string, paper: PaperForm) => void
}) {
  const { intake: text } = useDossierText()
  return (
    <table className="intake-papers" aria-label={text.papers}>
      <thead>
        <tr>
          <th scope="col">{text.paper}</th>
          <th scope="col">{text.form}</th>
          <th scope="col">{text.count}</th>
          <th scope="col">{text.digital}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const { rule } = line
          const set = (change: Partial<PaperForm>) => onChange(rule.key, { ...toPaper(line), ...change })
          return (
            <tr key={rule.key} data-given={line.given ? '' : undefined}>
              <th scope="row">
                <Checkbox
                  checked={line.given}
                  onChange={(event) => set({ given: event.currentTarget.checked })}
                  label={<PaperName line={line} />}
                />
              </th>
              {line.given ? (
                <PaperFacts line={line} onChange={set} />
              ) : (
                <PaperWay line={line} onChange={(way) => set({ way })} />
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** In which form, how many, and whether it is digital already. */
function PaperFacts({ line, onChange }: { line: PaperLine; onChange: (change: Partial<PaperForm>) => void }) {
  const { intake: text, paperForms } = useDossierText()
  const about = (what: string) => text.of(what, line.rule.name.slice(0, 60))
  return (
    <>
      <td data-label={text.form}>
        <NativeSelect
          size="xs"
          aria-label={about(text.form)}
          value={line.form}
          data={forms.map((form) => ({ value: form, label: paperForms[form] }))}
          onChange={(event) => onChange(formChange(event.currentTarget.value as ComponentInput['form'], line))}
        />
      </td>
      <td data-label={text.count}>
        <NumberInput
          size="xs"
          aria-label={about(text.count)}
          hideControls
          min={0}
          max={999}
          allowDecimal={false}
          allowNegative={false}
          value={line.count}
          onChange={(count) => onChange({ count: Number(count) || 0 })}
        />
      </td>
      <td data-label={text.digital}>
        <NativeSelect
          size="xs"
          aria-label={about(text.digital)}
          value={line.digital ?? 'none'}
          data={digitals.map((digital) => ({ value: digital, label: text.digitals[digital] }))}
          onChange={(event) => {
            const { value } = event.currentTarget
            onChange({ digital: value === 'none' ? null : (value as ComponentInput['digital']) })
          }}
        />
      </td>
    </>
  )
}

/** In the place of what is said of a paper that was given. */
function PaperWay({
  line: { rule, way, ways },
  onChange,
}: {
  line: PaperLine
  onChange: (way: PaperForm['way']) => void
}) {
  const { intake: text, componentWays } = useDossierText()
  return (
    <td data-label={text.wayOut} colSpan={3}>
      {ways.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={text.of(text.wayOut, rule.name.slice(0, 60))}
          value={way ?? ''}
          data={[
            { value: '', label: text.noWay },
            ...ways.map((each) => ({ value: each, label: componentWays[each] })),
          ]}
          onChange={(event) => onChange(ways.find((each) => each === event.currentTarget.value))}
        />
      )}
    </td>
  )
}

/** An electronic paper is digital by itself. */
const formChange = (form: ComponentInput['form'], { digital }: PaperLine): Partial<PaperForm> =>
  form === 'electronic'
    ? { form, digital: digital ?? 'uploaded' }
    : { form, digital: digital === 'uploaded' ? null : digital }

function PaperName({ line: { rule } }: { line: PaperLine }) {
  const text = useDossierText().intake
  const when = rule.need === 'conditional' ? rule.condition : null
  return (
    <>
      <span className="intake-paper-name">
        {rule.need === 'shown' && <span className="intake-need">{text.needs.shown}</span>} {rule.name}
        {rule.need === 'required' && (
          <span className="intake-star" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </span>
      {when && (
        <span className="intake-when">
          {text.needs.conditional} {when.charAt(0).toLowerCase() + when.slice(1)}
        </span>
      )}
      {rule.reusable && (
        <span className="intake-when">
          <Icon name="link" size={14} /> {text.reusable}
        </span>
      )}
    </>
  )
}
