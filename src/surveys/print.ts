import { renderSVG } from 'uqr'
import { printTemplate } from '../documents/index.ts'
import { dayOf, writeDay, type Day, type Instant } from '../platform/day.ts'
import { writeNumber } from '../platform/money.ts'
import type { Progress, Question, Questionnaire, ResultsReply } from './contract.ts'
import { optionsOf } from './rules/questionnaire.ts'
import { vi } from './text.vi.ts'

const { print } = vi

export type SurveyPaper = {
  name: string
  agency: string
  parent: string | null
  agencies: readonly string[]
  firstDay: Day
  lastDay: Day
  reply: ResultsReply
  progress: Progress
  source: string | null
  madeAt: Instant
  demo: boolean
}

type Cell = { text: string; bold?: boolean; italic?: boolean; align?: 'left' | 'center' | 'right'; columns?: number }
type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; number: string; text: string }
  | { kind: 'paragraph'; runs: { text: string; bold?: boolean; italic?: boolean }[]; marker?: '-' }
  | { kind: 'table'; caption: string; note?: string; head: Cell[][]; rows: Cell[][]; widths: number[]; small?: boolean }

const words = (text: string, change: Omit<Cell, 'text'> = {}): Cell => ({ text, ...change })
const number = (value: number | null, decimals?: number): Cell => ({
  text: value === null ? '–' : writeNumber(value, decimals),
  align: 'right',
})
const percent = (value: number | null): Cell => number(value, 2)
const say = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
/** Within a sentence: «mã QR» stays as it is. */
const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const MOST_REMARKS = 100

/** The results as a paper in the layout of the decree on documents, both bases beside each other. */
export function printSurvey(paper: SurveyPaper): Promise<Buffer> {
  return printTemplate('reports/report', {
    title: `${print.title} ${paper.name}`,
    author: paper.agency,
    issuedAt: paper.madeAt,
    head: {
      parent: paper.parent,
      // Two lines, as letterheads have it.
      agency: paper.agency.replace('Ủy ban nhân dân ', 'Ủy ban nhân dân\n'),
      number: '……………',
      place: '……………',
      date: `ngày ${writeDay(dayOf(paper.madeAt)).replace('/', ' tháng ').replace('/', ' năm ')}`,
    },
    heading: print.title,
    subject: print.subject(paper.name),
    blocks: blocksOf(paper),
    notes: [],
    signature: { lines: [], name: null },
    recipients: [],
    annexes: [],
    layout: { top: 20, bottom: 20, left: 30, right: 15, size: 13 },
    mark: paper.demo ? print.demo : null,
  })
}

function blocksOf({ firstDay, lastDay, agencies, reply, progress, source }: SurveyPaper): Block[] {
  const { results, least } = reply
  const used = progress.channels.map(({ channel, count }) => `${small(vi.channels[channel])} (${writeNumber(count)})`)
  const blocks: Block[] = [
    say(print.period(writeDay(firstDay), writeDay(lastDay))),
    say(print.where(agencies.slice(0, 8).join('; ') + (agencies.length > 8 ? `; … (${agencies.length})` : ''))),
    ...(used.length > 0 ? [say(print.channels(used.join('; ')))] : []),
    ...(source ? [say(print.totals(source))] : []),
  ]
  if (!results) return [...blocks, say(print.tooFew(least))]
  blocks.push(say(print.ballots(writeNumber(results.ballots))))
  if (results.overall?.satisfied != null)
    blocks.push(
      say(
        `${print.overall}: ${writeNumber(results.overall.satisfied, 2)} % (${writeNumber(results.overall.positive)}/${writeNumber(results.overall.valid)}).`,
      ),
    )
  if (results.index !== null)
    blocks.push(
      say(
        `${print.index}: ${writeNumber(results.index, 2)} % (${writeNumber(results.indexPositive)}/${writeNumber(results.indexValid)}).`,
      ),
    )
  blocks.push(say(print.bases))
  if (results.factors.length > 0) blocks.push(factorTable(reply))
  blocks.push(...questionTables(reply))
  const groups = groupTable(reply)
  if (groups) blocks.push(groups)
  if (reply.remarks.length > 0) {
    blocks.push({ kind: 'heading', level: 3, number: '', text: print.remarks })
    for (const { words: lines } of reply.remarks)
      for (const line of lines.slice(0, MOST_REMARKS))
        blocks.push({ kind: 'paragraph', marker: '-', runs: [{ text: line }] })
  }
  return blocks
}

function factorTable({ results, before }: ResultsReply): Block {
  const { heads } = print
  const then = before?.results.factors
  return {
    kind: 'table',
    caption: print.factors,
    widths: then ? [8, 2, 3, 3, 3] : [8, 2, 3, 3],
    small: true,
    head: [
      [heads.factor, heads.criteria, heads.satisfied, heads.mean, ...(then ? [heads.then] : [])].map((head) =>
        words(head, { bold: true, align: 'center' }),
      ),
    ],
    rows: (results?.factors ?? []).map(({ key, name, questions, satisfied, mean }) => [
      words(name.vi),
      number(questions),
      percent(satisfied),
      percent(mean),
      ...(then ? [percent(then.find((factor) => factor.key === key)?.satisfied ?? null)] : []),
    ]),
  }
}

function questionTables({ results, least }: ResultsReply): Block[] {
  const { heads } = print
  const rows = (results?.questions ?? [])
    // Numbered as on the ballot, where free words have a number too.
    .flatMap((question, index): Cell[][] => {
      if (question.kind === 'text') return []
      const title = words(`${index + 1}. ${question.text.vi}`, { bold: true, columns: 4 })
      if (question.hidden) return [[title], [words(print.hidden(least), { italic: true, columns: 4 })]]
      return [
        [title],
        ...question.options.map(({ text, count, ofAll, ofValid }) => [
          words(text.vi),
          number(count),
          percent(ofAll),
          percent(ofValid),
        ]),
        ...(question.blank > 0
          ? [
              [
                words(print.blank, { italic: true }),
                number(question.blank),
                percent(question.blankOfAll),
                words('–', { align: 'right' }),
              ],
            ]
          : []),
      ]
    })
  return [
    {
      kind: 'table',
      caption: print.questions,
      widths: [9, 2.4, 3, 3],
      small: true,
      head: [
        [heads.option, heads.count, heads.ofAll, heads.ofValid].map((head) =>
          words(head, { bold: true, align: 'center' }),
        ),
      ],
      rows,
    },
  ]
}

function groupTable({ groups, least }: ResultsReply): Block | undefined {
  const { heads } = print
  const rows = groups.flatMap(({ by, items }) =>
    items.map(({ name, ballots, index, overall }) => [
      words(print.groupBy[by]),
      words(name),
      ballots === null ? words(vi.fewerThan(least), { align: 'right' }) : number(ballots),
      percent(index),
      percent(overall),
    ]),
  )
  if (rows.length === 0) return undefined
  return {
    kind: 'table',
    caption: print.groups,
    widths: [4, 8, 3, 3, 3],
    small: true,
    head: [
      ['', heads.group, heads.ballots, heads.index, print.overall].map((head) =>
        words(head, { bold: true, align: 'center' }),
      ),
    ],
    rows,
  }
}

type BlankBallot = {
  agency: string
  questionnaire: Questionnaire
  madeAt: Instant
  demo: boolean
}
type GridRow = { kind: 'factor'; text: string } | { kind: 'question'; number: number; text: string }
type Part =
  | { kind: 'grid'; heads: string[]; rows: GridRow[] }
  | { kind: 'choice' | 'words'; number: number; text: string; note: string; options: string[] }

/** The questionnaire to be filled in by hand; typed in afterwards by two officers. */
export const printBallot = ({ agency, questionnaire, madeAt, demo }: BlankBallot): Promise<Buffer> =>
  printTemplate('sheets/survey-ballot', {
    title: questionnaire.title.vi,
    author: agency,
    issuedAt: madeAt,
    agency,
    heading: print.ballot.title,
    survey: questionnaire.title.vi,
    intro: questionnaire.intro.vi,
    how: print.ballot.how,
    thanks: print.ballot.thanks,
    mark: print.ballot.title,
    parts: partsOf(questionnaire),
    demo,
  })

/** Questions on one scale that follow each other share a table, under the names of their factors. */
export function partsOf({ questions, factors }: Questionnaire): Part[] {
  const parts: Part[] = []
  let factor: string | undefined
  for (const [index, question] of questions.entries()) {
    const own = { number: index + 1, text: question.text.vi }
    const heads = optionsOf(question).map(({ text }) => text.vi)
    if (question.kind !== 'scale' || question.when) {
      const note = noteOf(questions, question)
      parts.push({ kind: question.kind === 'text' ? 'words' : 'choice', ...own, note, options: heads })
      factor = undefined
      continue
    }
    let last = parts.at(-1)
    if (last?.kind !== 'grid' || last.heads.join('/') !== heads.join('/')) {
      last = { kind: 'grid', heads, rows: [] }
      parts.push(last)
    }
    if (question.factor !== undefined && question.factor !== factor)
      last.rows.push({ kind: 'factor', text: factors.find(({ key }) => key === question.factor)?.name.vi ?? '' })
    factor = question.factor
    last.rows.push({ kind: 'question', ...own })
  }
  return parts
}

/** Whom a question is for, where not for everybody. */
function noteOf(questions: Questionnaire['questions'], { when }: Question): string {
  const at = questions.findIndex(({ key }) => key === when?.question)
  const before = questions[at]
  if (!when || !before) return ''
  const chosen = optionsOf(before).filter(({ key }) => when.options.includes(key))
  return print.ballot.onlyIf(at + 1, chosen.map(({ text }) => text.vi).join(' / '))
}

/** A sheet to hang up: the code that leads to the open link. */
export const printPoster = ({
  agency,
  title,
  url,
  lastDay,
  madeAt,
  demo,
}: {
  agency: string
  title: string
  url: string
  lastDay: Day
  madeAt: Instant
  demo: boolean
}): Promise<Buffer> =>
  printTemplate('sheets/survey-poster', {
    title,
    author: agency,
    issuedAt: madeAt,
    agency,
    survey: title,
    url,
    qr: renderSVG(url, { ecc: 'M', border: 4, pixelSize: 10 }),
    until: writeDay(lastDay),
    demo,
  })
