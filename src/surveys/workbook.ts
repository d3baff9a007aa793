import ExcelJS from 'exceljs'
import { writeDay, type Day } from '../platform/day.ts'
import type { Answers, Questionnaire, ResultsReply } from './contract.ts'
import { optionsOf } from './rules/questionnaire.ts'
import { vi } from './text.vi.ts'

const font = { name: 'Times New Roman', size: 11 }
const thin = { style: 'thin' } as const
const border = { top: thin, left: thin, bottom: thin, right: thin }
const grey = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF0EEEA' } } as const
const { print } = vi

export type SurveySheet = {
  name: string
  agency: string
  firstDay: Day
  lastDay: Day
  definition: Questionnaire
  reply: ResultsReply
  ballots: readonly Answers[]
  madeAt: string
  demo: boolean
}

type Value = string | number | null

/** Results, factors, groups, ballots and words, one sheet each. Values only: nothing in it becomes a formula. */
export async function writeSurveyWorkbook(survey: SurveySheet): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = safe(survey.agency)
  workbook.created = new Date(survey.madeAt)
  workbook.modified = workbook.created
  const { results } = survey.reply
  const { heads, sheets } = print
  if (results) {
    add(workbook, survey, {
      name: sheets.results,
      widths: [6, 56, 30, 12, 18, 18],
      head: ['TT', heads.question, heads.option, heads.count, heads.ofAll, heads.ofValid],
      rows: results.questions.flatMap((question, index): Value[][] => {
        const text = question.text.vi
        if (question.kind === 'text') return []
        if (question.hidden) return [[index + 1, text, print.hidden(survey.reply.least), null, null, null]]
        return [
          ...question.options.map((option): Value[] => [
            index + 1,
            text,
            option.text.vi,
            option.count,
            option.ofAll,
            option.ofValid,
          ]),
          [index + 1, text, print.blank, question.blank, question.blankOfAll, null],
          ...(question.satisfied === null
            ? []
            : [[index + 1, text, heads.satisfied, null, null, question.satisfied] satisfies Value[]]),
          ...(question.mean === null
            ? []
            : [[index + 1, text, heads.mean, null, null, question.mean] satisfies Value[]]),
        ]
      }),
    })
    const factorRows = results.factors.map(({ name, questions, satisfied, mean }): Value[] => [
      name.vi,
      questions,
      satisfied,
      mean,
    ])
    const whole: Value[][] = [
      ...(results.index === null ? [] : [[print.index, null, results.index, null] satisfies Value[]]),
      ...(results.overall ? [[print.overall, null, results.overall.satisfied, null] satisfies Value[]] : []),
    ]
    if (factorRows.length + whole.length > 0)
      add(workbook, survey, {
        name: sheets.factors,
        widths: [56, 12, 20, 18],
        head: [heads.factor, heads.criteria, heads.satisfied, heads.mean],
        rows: [...factorRows, ...whole],
      })
  }
  if (survey.reply.groups.length > 0)
    add(workbook, survey, {
      name: sheets.groups,
      widths: [20, 50, 14, 16, 20],
      head: ['', heads.group, heads.ballots, heads.index, print.overall],
      rows: survey.reply.groups.flatMap(({ by, items }) =>
        items.map(({ name, ballots, index, overall }): Value[] => [
          print.groupBy[by],
          name,
          ballots ?? vi.fewerThan(survey.reply.least),
          index,
          overall,
        ]),
      ),
    })
  if (survey.ballots.length > 0) {
    const questions = survey.definition.questions.filter(({ kind, personal }) => kind !== 'text' && !personal)
    add(workbook, survey, {
      name: sheets.ballots,
      note: print.anonymous,
      widths: [6, ...questions.map(() => 24)],
      head: ['TT', ...questions.map(({ text }) => text.vi)],
      rows: survey.ballots.map((ballot, index): Value[] => [
        index + 1,
        ...questions.map((question) => {
          const given = ballot[question.key]
          if (given === undefined) return null
          const keys = Array.isArray(given) ? given : [given]
          return optionsOf(question)
            .filter(({ key }) => keys.includes(key))
            .map(({ text }) => text.vi)
            .join('; ')
        }),
      ]),
    })
  }
  if (survey.reply.remarks.length > 0)
    add(workbook, survey, {
      name: sheets.remarks,
      widths: [44, 90],
      head: [heads.question, heads.words],
      rows: survey.reply.remarks.flatMap(({ question, words }) => {
        const text = survey.definition.questions.find(({ key }) => key === question)?.text.vi ?? question
        return words.map((each): Value[] => [text, each])
      }),
    })
  if (workbook.worksheets.length === 0)
    add(workbook, survey, { name: sheets.results, widths: [80], head: [print.tooFew(survey.reply.least)], rows: [] })
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

type Sheet = { name: string; note?: string; widths: number[]; head: string[]; rows: Value[][] }
const LINE = 15

function add(workbook: ExcelJS.Workbook, survey: SurveySheet, { name, note, widths, head, rows }: Sheet): void {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 5 }],
    pageSetup: {
      orientation: widths.length > 5 ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    },
  })
  Object.assign(sheet.pageSetup, { paperSize: 9, printTitlesRow: '5:5' })
  sheet.columns = widths.map((width) => ({ width }))
  const lines = [
    survey.agency,
    `${print.title}: ${survey.name}`,
    [print.period(writeDay(survey.firstDay), writeDay(survey.lastDay)), note, survey.demo && print.demo]
      .flatMap((part) => (part ? [part.replace(/[.]$/, '')] : []))
      .join('. '),
  ]
  for (const [index, line] of lines.entries()) {
    const cell = sheet.getCell(index + 1, 1)
    cell.value = safe(line)
    cell.style = { numFmt: '@', font: { ...font, bold: index < 2, size: index === 1 ? 14 : 11 } }
  }
  const top = sheet.getRow(5)
  head.forEach((word, index) => {
    const cell = top.getCell(index + 1)
    cell.value = safe(word)
    cell.style = {
      font: { ...font, bold: true },
      fill: grey,
      border,
      alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
    }
  })
  top.height = LINE * Math.max(2, ...head.map((word, index) => Math.ceil((word.length + 2) / (widths[index] ?? 10))))
  for (const row of rows) {
    const line = sheet.addRow(row.map((value) => (typeof value === 'string' ? safe(value) : value)))
    row.forEach((value, index) => {
      line.getCell(index + 1).style = {
        font,
        border,
        numFmt: formatOf(value),
        alignment: { vertical: 'top', wrapText: true, horizontal: typeof value === 'number' ? 'right' : 'left' },
      }
    })
    const most = row.map((value, index) =>
      typeof value === 'string' ? Math.ceil((value.length + 1) / Math.max(4, (widths[index] ?? 10) - 2)) : 1,
    )
    line.height = LINE * Math.min(20, Math.max(1, ...most))
  }
}

const formatOf = (value: Value): string => {
  if (typeof value !== 'number') return '@'
  return Number.isInteger(value) ? '#,##0' : '#,##0.00'
}

const CELL_LIMIT = 32_000

/**
 * Text as text: a cell of a workbook never becomes a formula by itself, but whoever saves it as CSV and opens that again
 * would run what begins like one.
 */
export function safe(words: string): string {
  const plain = words.replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' ? '\n' : ' ')).slice(0, CELL_LIMIT)
  return /^\s*([=+\-@|]|%(?! ))/u.test(plain) ? `'${plain}` : plain
}
