import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from '../../../platform/web/index.ts'
import type { Block, Run } from '../contract.ts'
import { paragraphsOf } from '../rules/document.ts'
import type { Facts } from '../rules/facts.ts'
import { draft } from '../rules/narrative.ts'
import type { PrintedBlock } from '../rules/printed.ts'
import { skeleton } from '../rules/sentence.ts'
import { isEmptyText } from './blocks.ts'
import type { NamedChoice } from './field-names.ts'
import { type OnOpen, RunsView } from './PrintedParts.tsx'
import type { Writing } from './runs-dom.ts'
import { RunsEditor } from './RunsEditor.tsx'
import { useReportsText } from './use-reports-text.ts'

type Passage = Extract<Block, { kind: 'passage' }>

/** One passage: read with its numbers, or being written. */
export function PassageBlock({
  passage,
  printed,
  facts,
  writing,
  choices,
  isEditing,
  menu,
  onOpen,
  onEdit,
  onDone,
  onChange,
}: {
  passage: Passage
  printed: readonly PrintedBlock[]
  facts: Facts
  writing: Writing
  choices: readonly NamedChoice[]
  isEditing: boolean
  /** Null where the text is closed. */
  menu: ReactNode
  onOpen: OnOpen
  onEdit: () => void
  onDone: () => void
  onChange: (passage: Passage) => void
}) {
  const { block: text } = useReportsText()
  const hint = printed.some((block) => block.kind === 'paragraph' && block.hint)
  if (printed.length === 0 && !isEditing && !passage.written) return null
  const write = (written: Run[][]) => {
    const { drafted: _drafted, written: _written, ...rest } = passage
    // Whoever takes everything out gets the draft or the hint back.
    if (isEmptyText(written) && (passage.recipe || passage.hint)) return onChange(rest)
    const drafted = passage.drafted ?? (passage.recipe ? skeleton(draft(passage.recipe, facts)) : undefined)
    return onChange({ ...rest, written, ...(drafted === undefined ? {} : { drafted }) })
  }
  const state = hint ? { 'data-hint': '' } : { 'data-edited': passage.written && passage.recipe ? '' : undefined }
  return (
    <div className="r-block" id={`r-${passage.id}`} tabIndex={-1} {...state}>
      {isEditing ? (
        <RunsEditor
          label={passage.hint ?? text.paragraph}
          paragraphs={paragraphsOf(passage, facts)}
          writing={writing}
          choices={choices}
          onChange={write}
          onDone={onDone}
        />
      ) : (
        <>
          {printed.map((block, index) =>
            block.kind === 'paragraph' ? (
              // oxlint-disable-next-line react/no-array-index-key
              <p key={index} className={block.hint ? 'r-paragraph r-hint' : 'r-paragraph'} lang="vi">
                {block.hint && <span>{text.toWrite}</span>}
                {block.marker && `${block.marker} `}
                <RunsView runs={block.runs} onOpen={onOpen} />
              </p>
            ) : null,
          )}
          {printed.length === 0 && <p className="r-paragraph r-hint">…</p>}
          {menu && (
            <div className="r-tools">
              <Button size="compact-xs" variant="default" leftSection={<Icon name="edit" size={14} />} onClick={onEdit}>
                {text.edit}
              </Button>
              {menu}
            </div>
          )}
        </>
      )}
    </div>
  )
}
