import type { Block, PlainRun, ReportBody, Run, SignOff } from '../contract.ts'
import type { Facts } from './facts.ts'
import { valueOf } from './field.ts'
import { draft } from './narrative.ts'
import type { Printed, PrintedAnnex, PrintedBlock, PrintedRun } from './printed.ts'
import { roman, writeDate, writeLongDate } from './sentence.ts'
import { figureTable, formTable, isWide } from './tables.ts'

type Passage = Extract<Block, { kind: 'passage' }>

/** The paragraphs of a passage: as the officer wrote them, or drafted from the figures of now. */
export const paragraphsOf = (passage: Passage, facts: Facts): readonly (readonly Run[])[] =>
  passage.written ?? (passage.recipe ? draft(passage.recipe, facts) : [])

/** Whether the officer still has to write here. */
export const isUnwritten = (passage: Passage, facts: Facts): boolean =>
  passage.hint !== undefined && paragraphsOf(passage, facts).every((runs) => runs.length === 0)

/** Puts the values into the report: nothing in the result is live any more. */
export function print(body: ReportBody, signOff: SignOff, facts: Facts): Printed {
  const notes: PrintedRun[][] = []
  const blocks = printBlocks(body.blocks, { facts, notes })
  endWith(blocks, './.')
  const number = `${signOff.number ? twoDigits(signOff.number) : BLANK}/${signOff.symbol}`
  return {
    head: {
      parent: signOff.parent,
      agency: signOff.agency,
      number,
      place: signOff.place,
      date: `ngày ${signOff.day ? writeLongDate(signOff.day) : UNDATED}`,
    },
    title: signOff.title,
    subject: signOff.subject,
    blocks,
    notes,
    signature: { lines: signOff.signer.lines, name: signOff.signer.name },
    recipients: signOff.recipients,
    annexes: annexesOf(body, facts, {
      title: signOff.title,
      number,
      day: signOff.day ? `ngày ${writeDate(signOff.day)}` : `ngày ${UNDATED}`,
    }),
    layout: signOff.layout,
    mark: null,
  }
}

/** Where the number and the day are to be written by hand. */
const BLANK = '\u00A0'.repeat(6)
const UNDATED = `${'\u00A0'.repeat(5)} tháng ${'\u00A0'.repeat(4)} năm ${'\u00A0'.repeat(6)}`

const twoDigits = (number: string): string => number.padStart(2, '0')

/** How many headings of each level there were. */
type Counts = { 1: number; 2: number; 3: number }

type Printing = { facts: Facts; notes: PrintedRun[][] }

const printBlocks = (blocks: readonly Block[], printing: Printing): PrintedBlock[] => {
  const count: Counts = { 1: 0, 2: 0, 3: 0 }
  return blocks.flatMap((block) => printBlock(block, printing, count))
}

/** Each block with what it prints, for a screen on which the blocks can be changed. */
export function viewBlocks(
  body: ReportBody,
  facts: Facts,
): { views: { block: Block; printed: PrintedBlock[] }[]; notes: PrintedRun[][] } {
  const notes: PrintedRun[][] = []
  const count: Counts = { 1: 0, 2: 0, 3: 0 }
  const views = body.blocks.map((block) => ({ block, printed: printBlock(block, { facts, notes }, count) }))
  return { views, notes }
}

function printBlock(block: Block, printing: Printing, count: Counts): PrintedBlock[] {
  switch (block.kind) {
    case 'heading': {
      const { id, level, text } = block
      return [{ kind: 'heading', level, number: numberHeading(count, level), text, id }]
    }
    case 'passage':
      return printPassage(block, printing)
    case 'table':
      // One authority alone is not compared with itself.
      return block.source.by === 'agency' && (printing.facts.current.lines.agency ?? []).length < 2
        ? []
        : [figureTable(block, printing.facts)]
    case 'page-break':
      return [{ kind: 'page-break' }]
  }
}

/** `I.`, `1.`, `a)`; a chapter begins its parts anew. NĐ 30/2020, Phụ lục I, phần II, mục 6. */
function numberHeading(count: Counts, level: 1 | 2 | 3): string {
  count[level]++
  if (level === 1) count[2] = 0
  if (level < 3) count[3] = 0
  if (level === 1) return `${roman(count[1])}.`
  return level === 2 ? `${count[2]}.` : `${letters[count[3] - 1] ?? count[3]})`
}

// The letters of the Vietnamese alphabet, as lists of official papers use them.
const letters = Array.from('abcdđeghiklmnopqrstuvxy')

function printPassage(passage: Passage, printing: Printing): PrintedBlock[] {
  const { marker } = passage
  if (isUnwritten(passage, printing.facts))
    return [
      {
        kind: 'paragraph',
        runs: [{ text: `[${passage.hint ?? ''}]`, italic: true }],
        hint: true,
        ...(marker && { marker }),
      },
    ]
  return paragraphsOf(passage, printing.facts)
    .filter((runs) => runs.length > 0)
    .map((runs) => ({ kind: 'paragraph', runs: runs.map((run) => printRun(run, printing)), ...(marker && { marker }) }))
}

function printRun(run: Run, printing: Printing): PrintedRun {
  if (!('note' in run)) return printPlain(run, printing.facts)
  printing.notes.push(run.note.map((one) => printPlain(one, printing.facts)))
  return { text: '', note: printing.notes.length }
}

function printPlain(run: PlainRun, facts: Facts): PrintedRun {
  if ('text' in run) return { ...run }
  const { text, opens } = valueOf(run.field, facts)
  return { text, live: true, ...(opens && { opens }) }
}

/** The body of an official paper ends with `./.` */
function endWith(blocks: PrintedBlock[], sign: string): void {
  const last = blocks.findLast((block) => block.kind === 'paragraph')
  const run = last?.runs.findLast(({ text }) => text !== '')
  if (run) run.text = run.text.replace(/[\s./]*$/u, '') + sign
}

function annexesOf(
  body: ReportBody,
  facts: Facts,
  paper: { title: string; number: string; day: string },
): PrintedAnnex[] {
  const forms = body.annexes.flatMap((id) => facts.forms.filter(({ definition }) => definition.form === id))
  const upright = forms.filter((form) => !isWide(form))
  const wide = forms.filter(isWide)
  const groups = [upright, wide].filter((group) => group.length > 0)
  return groups.map((group, index) => ({
    title: groups.length > 1 ? `PHỤ LỤC ${roman(index + 1)}` : 'PHỤ LỤC',
    subject:
      group === wide
        ? `Tình hình, kết quả giải quyết thủ tục hành chính ${facts.current.name}`
        : `Thống kê kết quả thực hiện công tác cải cách hành chính ${facts.current.name}`,
    attached: `(Kèm theo ${sentenceCase(paper.title)} số ${paper.number} ${paper.day} của ${facts.agency.name})`,
    landscape: true,
    blocks: group.map((form) => formTable(form)),
  }))
}

const sentenceCase = (title: string): string => title.slice(0, 1).toUpperCase() + title.slice(1).toLowerCase()
