import { Section, useText } from '../../../platform/web/index.ts'
import { putPaper } from '../rules/edit.ts'
import { allFields, isAsked, standsFor } from '../rules/layout.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import type { EditorFacts } from './FieldEditor.tsx'

/** Papers that the case asks of some only: which answers call for them. */
export function PapersEditor({ form, change, cases, components }: EditorFacts) {
  const { web: text } = useText({ vi, en })
  const papers = components.filter(({ key, isConditional }) => isConditional && !standsFor(form, key))
  if (papers.length === 0) return null
  const fields = allFields(form).flatMap(({ field, group }) => (!group && isAsked(field) ? [field] : []))
  return (
    <Section title={text.papers}>
      <p className="k-dimmed">{text.papersHint}</p>
      {papers.map(({ key, name }) => (
        <ConditionEditor
          key={key}
          legend={name}
          always={text.paperAsked}
          value={form.papers?.find(({ component }) => component === key)?.when}
          onChange={(when) => change(putPaper(form, key, when))}
          fields={fields}
          cases={cases}
        />
      ))}
    </Section>
  )
}
