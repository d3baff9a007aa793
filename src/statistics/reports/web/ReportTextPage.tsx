import './reports.css'
import { Button, Menu, SegmentedControl, Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import {
  announce,
  api,
  Dialog,
  Icon,
  PageHeader,
  ProblemAlert,
  TextField,
  useFilters,
  useFormat,
  useParameter,
  withQuery,
} from '../../../platform/web/index.ts'
import type { Block, ReportBody, Template } from '../contract.ts'
import { print, viewBlocks } from '../rules/document.ts'
import { type Opening, valueOf } from '../rules/field.ts'
import { findingsOf } from '../rules/findings.ts'
import { formTable } from '../rules/tables.ts'
import type { PrintedBlock } from '../rules/printed.ts'
import { addAfter, emptyPassage, freshId, moveBlock, removeBlock, replaceBlock } from './blocks.ts'
import { type BlockAction, BlockMenu } from './BlockMenu.tsx'
import { namedChoices, nameOfField } from './field-names.ts'
import { FieldSheet, type Source } from './FieldSheet.tsx'
import { FindingsAside } from './FindingsAside.tsx'
import { OutlineDialog } from './OutlineDialog.tsx'
import { PassageBlock } from './PassageBlock.tsx'
import { Closing, headingTags, Letterhead, type OnOpen, RunsView, TableView } from './PrintedParts.tsx'
import { replaceTyped } from './replace-typed.ts'
import type { Writing } from './runs-dom.ts'
import { SignOffDialog } from './SignOffDialog.tsx'
import { type Saving, type TextView, useReportText } from './use-report-text.ts'
import { useFigureWords, useReportsText } from './use-reports-text.ts'

/** The report itself on the screen: read, written, looked into, taken away as a file. */
export function ReportTextPage() {
  const reportId = useParameter('reportId')
  const [filters] = useFilters({ template: 'periodic' })
  const template: Template = filters.template === 'thematic' ? 'thematic' : 'periodic'
  return <Report key={`${reportId} ${template}`} reportId={reportId} template={template} />
}

function Report({ reportId, template }: { reportId: string; template: Template }) {
  const text = useReportsText()
  const format = useFormat()
  const editing = useReportText(reportId, template)
  const [, setFilters] = useFilters({ template: 'periodic' })
  const [window, setWindow] = useState<'sign-off' | 'outline' | null>(null)
  const { view, content, change, save, saving, savedAt, problem, restored } = editing
  const { data } = view
  const title = data ? `${text.title}: ${data.report.period.name}` : text.title
  const back = { to: `/bao-cao/${reportId}`, label: text.back }
  if (!data || !content) {
    return (
      <>
        <PageHeader title={title} back={back} />
        <ProblemAlert problem={view.problem} onRetry={view.reload} />
      </>
    )
  }
  const { report, facts, mayWrite, mayEditText } = data
  const download = async (path: string, isPage: boolean) => {
    await save()
    if (isPage) globalThis.open(path, '_blank', 'noopener')
    else globalThis.location.assign(path)
  }
  const file = (kind: string) => withQuery(`/api/reports/${reportId}/text/${kind}`, { template })
  return (
    <>
      <PageHeader
        title={title}
        back={back}
        note={
          <>
            {report.agency.name} · {text.states[report.state]} ·{' '}
            {text.period(format.day(report.period.from), format.day(report.period.to))} ·{' '}
            {text.known(format.instant(facts.knownAt))}
            <br />
            <span role="status">{saidOf(saving, savedAt, { text, moment: format.clock })}</span>
          </>
        }
        actions={
          <>
            {mayEditText && (
              <Button variant="default" onClick={() => setWindow('outline')}>
                {text.outline.open}
              </Button>
            )}
            {mayWrite && (
              <Button variant="default" leftSection={<Icon name="sign" />} onClick={() => setWindow('sign-off')}>
                {text.signOff.open}
              </Button>
            )}
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" rightSection={<Icon name="down" />}>
                  {text.files.more}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => void download(file('pdf'), true)}>{text.files.pdf}</Menu.Item>
                <Menu.Item onClick={() => void download(file('html'), true)}>{text.files.html}</Menu.Item>
                <Menu.Item onClick={() => void download(`/api/reports/${reportId}/workbook`, false)}>
                  {text.files.xlsx}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Button leftSection={<Icon name="download" />} onClick={() => void download(file('docx'), false)}>
              {text.files.word}
            </Button>
          </>
        }
      />
      <SegmentedControl
        aria-label={text.templates.label}
        value={template}
        onChange={(value) => setFilters({ template: value })}
        data={(['periodic', 'thematic'] as const).map((value) => ({ value, label: text.templates[value] }))}
        mb="md"
      />
      {report.state === 'locked' && <p className="k-note">{text.locked}</p>}
      {(report.state === 'submitted' || report.state === 'accepted') && <p className="k-note">{text.closed}</p>}
      {restored && saving !== 'saved' && <p className="k-note">{text.saving.restored}</p>}
      <ProblemAlert problem={problem} keeps />
      <Paper data={{ ...data, ...content }} onChange={(body) => change({ body })} />
      {window === 'sign-off' && (
        <SignOffDialog
          signOff={content.signOff}
          onChange={(signOff) => change({ signOff })}
          onClose={() => setWindow(null)}
        />
      )}
      {window === 'outline' && (
        <OutlineDialog
          body={content.body}
          onChange={(body) => change({ body })}
          onClose={() => setWindow(null)}
          onKeep={() =>
            void save()
              .then(() => api.put(withQuery(`/api/reports/${reportId}/outline`, { template }), {}))
              .then(() => announce(text.outline.kept))
              .then(() => setWindow(null))
          }
        />
      )}
    </>
  )
}

function saidOf(
  saving: Saving,
  savedAt: { by: string; at: string } | null,
  { text, moment }: { text: ReturnType<typeof useReportsText>; moment: (instant: string) => string },
): string {
  if (saving === 'saved' && savedAt) return text.saving.saved(moment(savedAt.at), savedAt.by)
  return saving === 'saved' ? '' : text.saving[saving]
}

/** The paper and, beside it, what should be looked at. */
function Paper({ data, onChange }: { data: TextView; onChange: (body: ReportBody) => void }) {
  const text = useReportsText()
  const { figures } = useFigureWords()
  const { body, signOff, facts, mayEditText, report } = data
  const [opening, setOpening] = useState<Opening | null>(null)
  const [edited, setEdited] = useState<string | null>(null)
  const [heading, setHeading] = useState<Extract<Block, { kind: 'heading' }> | null>(null)
  const { views, notes } = useMemo(() => viewBlocks(body, facts), [body, facts])
  const printed = useMemo(() => print({ ...body, blocks: [] }, signOff, facts), [body, signOff, facts])
  const findings = useMemo(() => findingsOf(body, facts), [body, facts])
  const words = useMemo(() => ({ text, figures }), [text, figures])
  const choices = useMemo(() => namedChoices(facts, words), [facts, words])
  const writing: Writing = {
    textOf: (field) => valueOf(field, facts).text,
    nameOf: (field) => nameOfField(field, facts, words),
    markOf: String,
  }
  const source: Source = {
    agencyId: report.agency.agencyId,
    reach: sourceReach(body.template, report.basis, facts.agencies.length),
    knownAt: facts.knownAt,
  }

  const go = (id: string) => {
    const element = document.getElementById(`r-${id}`)
    element?.scrollIntoView({ block: 'center' })
    element?.focus()
  }
  const act = (block: Block, action: BlockAction) => {
    switch (action) {
      case 'add-below': {
        const id = freshId(body)
        onChange(addAfter(body, block.id, emptyPassage(id)))
        return setEdited(id)
      }
      case 'add-heading': {
        const id = freshId(body)
        const level = block.kind === 'heading' ? block.level : 2
        const added = { id, kind: 'heading' as const, level, text: text.block.newHeading }
        onChange(addAfter(body, block.id, added))
        return setHeading(added)
      }
      case 'add-break':
        return onChange(addAfter(body, block.id, { id: freshId(body), kind: 'page-break' }))
      case 'redraft': {
        if (block.kind !== 'passage') return undefined
        const { written: _written, drafted: _drafted, ...rest } = block
        return onChange(replaceBlock(body, rest))
      }
      case 'up':
        return onChange(moveBlock(body, block.id, -1))
      case 'down':
        return onChange(moveBlock(body, block.id, 1))
      case 'remove':
        onChange(removeBlock(body, block.id))
        return announce(text.block.removed, { undo: { label: text.block.undo, onClick: () => onChange(body) } })
    }
  }
  const menuOf = (block: Block, what: string) =>
    mayEditText ? <BlockMenu what={what} actions={actionsFor(block)} onAct={(action) => act(block, action)} /> : null

  return (
    <div className="r-page" data-aside="">
      <article className="r-paper" lang="vi">
        <Letterhead head={printed.head} />
        <p className="r-title">
          <span>{printed.title}</span>
          {printed.subject}
        </p>
        {views.map(({ block, printed: shown }) =>
          block.kind === 'passage' ? (
            <PassageBlock
              key={block.id}
              passage={block}
              printed={shown}
              facts={facts}
              writing={writing}
              choices={choices}
              isEditing={edited === block.id}
              menu={menuOf(block, block.hint ?? text.block.paragraph)}
              onOpen={setOpening}
              onEdit={() => setEdited(block.id)}
              onDone={() => {
                setEdited(null)
                requestAnimationFrame(() => document.getElementById(`r-${block.id}`)?.focus())
              }}
              onChange={(passage) => onChange(replaceBlock(body, passage))}
            />
          ) : (
            <OtherBlock
              key={block.id}
              block={block}
              shown={shown[0]}
              onOpen={setOpening}
              onEdit={mayEditText && block.kind === 'heading' ? () => setHeading(block) : null}
              menu={menuOf(block, block.kind === 'heading' ? block.text : text.block.table)}
            />
          ),
        )}
        {notes.length > 0 && (
          <ol className="r-pieces" aria-label={text.editor.noteTitle}>
            {notes.map((runs, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <RunsView runs={runs} onOpen={setOpening} />
              </li>
            ))}
          </ol>
        )}
        <Closing {...printed} />
        {body.annexes.length > 0 && (
          <details className="r-annexes">
            <summary>{text.annexes.show}</summary>
            <p className="k-note">{text.annexes.hint}</p>
            {facts.forms
              .filter(({ definition }) => body.annexes.includes(definition.form))
              .map((form) => (
                <TableView key={form.definition.form} table={formTable(form)} onOpen={setOpening} />
              ))}
          </details>
        )}
      </article>
      <FindingsAside
        findings={findings}
        facts={facts}
        mayEdit={mayEditText}
        onGo={go}
        onReplace={(finding, field) => {
          const block = body.blocks.find(({ id }) => id === finding.blockId)
          if (block?.kind === 'passage' && block.written)
            onChange(replaceBlock(body, { ...block, written: replaceTyped(block.written, finding.words, field) }))
        }}
      />
      <FieldSheet opening={opening} source={source} onClose={() => setOpening(null)} />
      {heading && (
        <HeadingDialog
          heading={heading}
          onClose={() => setHeading(null)}
          onSave={(next) => {
            onChange(replaceBlock(body, next))
            setHeading(null)
          }}
        />
      )}
    </div>
  )
}

const sourceReach = (template: Template, basis: string, agencies: number): Source['reach'] => {
  if (template === 'thematic' || basis === 'units') return 'under'
  return agencies > 1 ? 'area' : 'own'
}

function actionsFor(block: Block): BlockAction[] {
  const more: BlockAction[] = block.kind === 'passage' && block.recipe && block.written ? ['redraft'] : []
  return [...more, 'add-below', 'add-heading', 'add-break', 'up', 'down', 'remove']
}

function OtherBlock({
  block,
  shown,
  menu,
  onOpen,
  onEdit,
}: {
  block: Exclude<Block, { kind: 'passage' }>
  shown: PrintedBlock | undefined
  menu: React.ReactNode
  onOpen: OnOpen
  onEdit: (() => void) | null
}) {
  const { block: text } = useReportsText()
  const tools = menu && (
    <div className="r-tools">
      {onEdit && (
        <Button size="compact-xs" variant="default" leftSection={<Icon name="edit" size={14} />} onClick={onEdit}>
          {text.edit}
        </Button>
      )}
      {menu}
    </div>
  )
  if (shown?.kind === 'heading') {
    const Level = headingTags[shown.level - 1] ?? 'h4'
    return (
      <div className="r-block" id={`r-${block.id}`} tabIndex={-1}>
        <Level>
          {shown.number} {shown.text}
        </Level>
        {tools}
      </div>
    )
  }
  if (!shown) return null
  return (
    <div className="r-block" id={`r-${block.id}`} tabIndex={-1}>
      {shown.kind === 'table' ? (
        <TableView table={shown} onOpen={onOpen} />
      ) : (
        <p className="r-break">{text.pageBreak}</p>
      )}
      {tools}
    </div>
  )
}

function HeadingDialog({
  heading,
  onSave,
  onClose,
}: {
  heading: Extract<Block, { kind: 'heading' }>
  onSave: (heading: Extract<Block, { kind: 'heading' }>) => void
  onClose: () => void
}) {
  const { block: text, editor } = useReportsText()
  const [words, setWords] = useState(heading.text)
  const [level, setLevel] = useState(heading.level)
  const save = () => words.trim() !== '' && onSave({ ...heading, text: words.normalize('NFC').trim(), level })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.headingTitle}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {editor.cancel}
          </Button>
          <Button disabled={words.trim() === ''} onClick={save}>
            {text.done}
          </Button>
        </>
      }
    >
      <TextField autoFocus label={text.headingTitle} maxLength={500} value={words} onChange={setWords} />
      <Select
        mt="sm"
        label={text.headingLevel}
        allowDeselect={false}
        value={String(level)}
        onChange={(value) => setLevel(([1, 2, 3] as const).find((one) => String(one) === value) ?? 2)}
        data={[1, 2, 3].map((one) => ({ value: String(one), label: text.headingLevels[one] ?? '' }))}
      />
    </Dialog>
  )
}
