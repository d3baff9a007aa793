import { Button } from '@mantine/core'
import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useState } from 'react'
import { Choice, Dialog, Icon } from '../../../platform/web/index.ts'
import type { PlainRun, Run } from '../contract.ts'
import type { NamedChoice } from './field-names.ts'
import { fieldToken, noteToken, readRuns, type Writing, writeRuns } from './runs-dom.ts'
import { useReportsText } from './use-reports-text.ts'

type EditorProps = {
  label: string
  paragraphs: readonly (readonly Run[])[]
  writing: Writing
  choices: readonly NamedChoice[]
  onChange: (paragraphs: Run[][]) => void
  onDone?: () => void
  /** Inside a footnote: one paragraph, no footnotes. */
  plain?: boolean
}

/**
 * Words are written, numbers are put in. The box belongs to the browser while somebody writes: React fills it once and
 * reads it after each change.
 */
export function RunsEditor({ label, paragraphs, writing, choices, onChange, onDone, plain = false }: EditorProps) {
  const { editor: text, block } = useReportsText()
  const box = useRef<HTMLDivElement>(null)
  const caret = useRef<Range | null>(null)
  const [asking, setAsking] = useState<'field' | { note: HTMLElement | null } | null>(null)

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    writeRuns(element, paragraphs, writing)
    element.focus()
    const range = document.createRange()
    range.selectNodeContents(element.lastElementChild ?? element)
    range.collapse(false)
    select(range)
    // Filled once: what stands in the box afterwards is what the officer writes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const read = () => box.current && onChange(readRuns(box.current))
  /** Remembers where the words stand, since a dialog takes the focus. */
  const keepCaret = () => {
    const selection = document.getSelection()
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null
    caret.current = range && box.current?.contains(range.commonAncestorContainer) ? range.cloneRange() : null
  }
  const put = (token: HTMLElement) => {
    const element = box.current
    if (!element) return
    const range = caret.current ?? endOf(element)
    range.deleteContents()
    const before = range.cloneRange()
    before.setStart(element, 0)
    // A number never sticks to the word before it.
    const isApart = token.classList.contains('r-note') || /(^|[\s(/])$/u.test(before.toString())
    range.insertNode(token)
    if (!isApart) token.before(' ')
    range.setStartAfter(token)
    range.collapse(true)
    element.focus()
    select(range)
    read()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
      event.preventDefault()
      event.stopPropagation()
      onDone?.()
    } else if (event.key === 'Enter' && plain) event.preventDefault()
  }
  // Words from elsewhere bring no looks of their own.
  const onPaste = (event: ClipboardEvent) => {
    event.preventDefault()
    document.execCommand('insertText', false, event.clipboardData.getData('text/plain'))
  }
  const onClick = (event: MouseEvent) => {
    const token = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.r-note') : null
    if (token) setAsking({ note: token })
  }

  return (
    <div className="r-editor">
      <div
        ref={box}
        className="r-box"
        role="textbox"
        aria-multiline={!plain}
        aria-label={label}
        tabIndex={0}
        lang="vi"
        contentEditable
        suppressContentEditableWarning
        spellCheck={false}
        onInput={read}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onClick={onClick}
      />
      <div className="r-editor-bar" role="group" aria-label={block.editing(label)}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="plus" />}
          onMouseDown={keepCaret}
          onFocus={() => caret.current ?? keepCaret()}
          onClick={() => setAsking('field')}
        >
          {text.insert}
        </Button>
        {!plain && (
          <Button size="compact-sm" variant="default" onMouseDown={keepCaret} onClick={() => setAsking({ note: null })}>
            {text.note}
          </Button>
        )}
        {onDone && (
          <Button size="compact-sm" leftSection={<Icon name="check" />} onClick={onDone}>
            {block.done}
          </Button>
        )}
        {!plain && <span className="r-help">{text.help}</span>}
      </div>
      {asking === 'field' && (
        <FieldDialog
          choices={choices}
          onClose={() => setAsking(null)}
          onPut={({ field }) => {
            setAsking(null)
            put(fieldToken(document, field, writing))
          }}
        />
      )}
      {asking !== null && asking !== 'field' && (
        <NoteDialog
          writing={writing}
          choices={choices}
          note={asking.note ? notesIn(asking.note) : []}
          onClose={() => setAsking(null)}
          onSave={(note) => {
            setAsking(null)
            const token = asking.note
            if (!token) return put(noteToken(document, note, '+'))
            token.dataset['note'] = JSON.stringify(note)
            read()
          }}
          {...(asking.note && {
            onRemove: () => {
              asking.note?.remove()
              setAsking(null)
              read()
            },
          })}
        />
      )}
    </div>
  )
}

const notesIn = (token: HTMLElement): PlainRun[] => JSON.parse(token.dataset['note'] ?? '[]')

function select(range: Range): void {
  const selection = document.getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
}

function endOf(element: HTMLElement): Range {
  const range = document.createRange()
  range.selectNodeContents(element.lastElementChild ?? element)
  range.collapse(false)
  return range
}

function FieldDialog({
  choices,
  onClose,
  onPut,
}: {
  choices: readonly NamedChoice[]
  onClose: () => void
  onPut: (choice: NamedChoice) => void
}) {
  const { editor: text } = useReportsText()
  const [value, setValue] = useState<string | null>(null)
  const chosen = choices.find((choice) => choice.value === value)
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.insertTitle}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button disabled={!chosen} onClick={() => chosen && onPut(chosen)}>
            {text.put}
          </Button>
        </>
      }
    >
      <Choice
        autoFocus
        label={text.choose}
        hint={text.insertHint}
        value={value}
        onChange={setValue}
        options={choices}
      />
    </Dialog>
  )
}

function NoteDialog({
  note,
  writing,
  choices,
  onClose,
  onSave,
  onRemove,
}: {
  note: readonly PlainRun[]
  writing: Writing
  choices: readonly NamedChoice[]
  onClose: () => void
  onSave: (note: PlainRun[]) => void
  onRemove?: () => void
}) {
  const { editor: text } = useReportsText()
  const [runs, setRuns] = useState<readonly Run[]>(note)
  const plain = runs.filter((run): run is PlainRun => !('note' in run))
  return (
    <Dialog
      opened
      size="lg"
      onClose={onClose}
      title={text.noteTitle}
      actions={
        <>
          {onRemove && (
            <Button variant="default" onClick={onRemove}>
              {text.noteRemove}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button disabled={plain.length === 0} onClick={() => onSave(plain)}>
            {text.noteSave}
          </Button>
        </>
      }
    >
      <RunsEditor
        plain
        label={text.noteText}
        paragraphs={[runs]}
        writing={writing}
        choices={choices}
        onChange={(paragraphs) => setRuns(paragraphs.flat())}
      />
    </Dialog>
  )
}
