import {
  AlignmentType,
  BorderStyle,
  Document,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  type IParagraphOptions,
  type ISectionOptions,
  type ITableCellOptions,
  LineRuleType,
  Packer,
  PageBreak,
  PageNumber,
  PageOrientation,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell as Cell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { Printed, PrintedAnnex, PrintedBlock, PrintedRun, PrintedTable, TableCell } from './rules/printed.ts'

// NĐ 30/2020/NĐ-CP, Phụ lục I. Sizes in half points, lengths in twips.
const FONT = 'Times New Roman'
const A4 = { width: mm(210), height: mm(297) }
const PAGE_NUMBER_AT = mm(10)
const FIRST_LINE = mm(12.7)
const ANNEX_MARGIN = { top: mm(20), bottom: mm(20), left: mm(20), right: mm(15) }
/** A signature never stands alone on a page. */
const KEPT_WITH_SIGNATURE = 2
const HAIR = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const NONE = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' }
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE }

/** The paper as a Word document. */
export async function writeDocx(paper: Printed): Promise<Buffer> {
  const { layout } = paper
  const body = layout.size * 2
  const width = 210 - layout.left - layout.right
  const written = { body, width: mm(width) }
  const document = new Document({
    title: `${paper.title} ${paper.subject.replaceAll('\n', ' ')}`,
    creator: paper.head.agency.replaceAll('\n', ' '),
    description: paper.subject,
    styles: {
      default: {
        document: {
          run: { font: FONT, size: body, language: { value: 'vi-VN' }, color: '000000' },
          paragraph: { spacing: { before: 0, after: 0 } },
        },
        heading1: headingStyle(body, { bold: true, allCaps: true }),
        heading2: headingStyle(body, { bold: true }),
        heading3: headingStyle(body, {}),
      },
    },
    footnotes: Object.fromEntries(
      paper.notes.map((runs, index) => [
        index + 1,
        {
          children: [
            new Paragraph({
              alignment: AlignmentType.JUSTIFIED,
              children: [new TextRun({ text: ' ', size: 20 }), ...runs.map((run) => runOf(run, { size: 20 }))],
            }),
          ],
        },
      ]),
    ),
    sections: [
      mainSection(paper, written),
      ...paper.annexes.map((annex) => annexSection(annex, { ...written, mark: paper.mark })),
    ],
  })
  return Packer.toBuffer(document)
}

type Written = { body: number; width: number }

function mm(value: number): number {
  return Math.round((value * 1440) / 25.4)
}

const headingStyle = (size: number, face: { bold?: boolean; allCaps?: boolean }) => ({
  run: { font: FONT, size, color: '000000', ...face },
  paragraph: {
    spacing: { before: 120, after: 60 },
    indent: { firstLine: FIRST_LINE },
    alignment: AlignmentType.LEFT,
    keepNext: true,
  },
})

function mainSection(paper: Printed, written: Written): ISectionOptions {
  const { layout } = paper
  return {
    properties: {
      titlePage: true,
      page: {
        size: A4,
        margin: {
          top: mm(layout.top),
          bottom: mm(layout.bottom),
          left: mm(layout.left),
          right: mm(layout.right),
          header: PAGE_NUMBER_AT,
          footer: PAGE_NUMBER_AT,
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: pageNumber(written.body, paper.mark),
    children: [
      letterhead(paper, written),
      ...titleOf(paper),
      ...paper.blocks.flatMap((block, index) =>
        blockOf(block, written, index >= paper.blocks.length - KEPT_WITH_SIGNATURE),
      ),
      gap(240, true),
      closing(paper, written),
    ],
  }
}

/** In the middle of the top margin, not on the first page. */
const pageNumber = (size: number, mark: string | null) => ({
  first: new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: mark ? [new TextRun({ text: mark, font: FONT, size: 18, color: '595959' })] : [],
      }),
    ],
  }),
  default: new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], font: FONT, size })],
      }),
    ],
  }),
})

function annexSection(annex: PrintedAnnex, { body, mark }: Written & { mark: string | null }): ISectionOptions {
  const written = { body: 24, width: mm(297 - 35) }
  return {
    properties: {
      titlePage: true,
      page: {
        size: { ...A4, orientation: annex.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: { ...ANNEX_MARGIN, header: PAGE_NUMBER_AT, footer: PAGE_NUMBER_AT },
        pageNumbers: { start: 1 },
      },
    },
    headers: pageNumber(body, mark),
    children: [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        alignment: AlignmentType.CENTER,
        indent: { firstLine: 0 },
        children: [new TextRun({ text: annex.title, bold: true, allCaps: true })],
      }),
      centred(annex.subject, { bold: true }),
      centred(annex.attached, { italics: true }),
      ...annex.blocks.flatMap((block) => blockOf(block, written)),
    ],
  }
}

// Head and foot of the paper.

function letterhead({ head }: Printed, { width }: Written): Table {
  const left = Math.round(width * 0.4)
  const right = width - left
  return bare(
    [left, right],
    [
      [
        [
          ...(head.parent ?? '')
            .split('\n')
            .filter(Boolean)
            .map((line) => centred(line, { size: 25, allCaps: true })),
          ...head.agency.split('\n').map((line) => centred(line, { size: 25, bold: true, allCaps: true })),
          rule(left, 0.4),
        ],
        [
          centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: 24, bold: true, characterSpacing: -4 }),
          centred('Độc lập - Tự do - Hạnh phúc', { size: 26, bold: true }),
          rule(right, 0.62),
        ],
      ],
      [
        [centred(`Số: ${head.number}`, { size: 26 })],
        [centred(`${head.place}, ${head.date}`, { size: 26, italics: true })],
      ],
    ],
  )
}

function titleOf({ title, subject }: Printed): Paragraph[] {
  return [
    gap(240),
    new Paragraph({
      heading: HeadingLevel.TITLE,
      alignment: AlignmentType.CENTER,
      children: [new TextRun({ text: title, bold: true, size: 28, allCaps: true, font: FONT })],
    }),
    ...subject.split('\n').map((line) => centred(line, { size: 28, bold: true })),
    rule(mm(165), 0.25),
    gap(120),
  ]
}

function closing({ recipients, signature }: Printed, { width }: Written): Table {
  const left = Math.round(width * 0.46)
  const copies = recipients.map(
    (line, index) =>
      new Paragraph({
        children: [new TextRun({ text: `- ${ended(line, index === recipients.length - 1)}`, size: 22 })],
      }),
  )
  return bare(
    [left, width - left],
    [
      [
        [
          ...(recipients.length > 0
            ? [new Paragraph({ children: [new TextRun({ text: 'Nơi nhận:', bold: true, italics: true, size: 24 })] })]
            : []),
          ...copies,
          ...(copies.length === 0 ? [new Paragraph({})] : []),
        ],
        [
          ...signature.lines.map((line) => centred(line, { size: 28, bold: true })),
          gap(1300),
          centred(signature.name ?? '', { size: 28, bold: true }),
        ],
      ],
    ],
  )
}

const ended = (line: string, isLast: boolean): string => line.replace(/[\s;.]*$/u, '') + (isLast ? '.' : ';')

/** A table without lines, for what stands side by side. */
const bare = (widths: readonly number[], rows: readonly (readonly (readonly Paragraph[])[])[]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    borders: NO_BORDERS,
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, index) =>
              new Cell({
                borders: NO_BORDERS,
                width: { size: widths[index] ?? 0, type: WidthType.DXA },
                margins: { left: 0, right: 0 },
                children: [...children],
              }),
          ),
        }),
    ),
  })

type Face = {
  size?: number
  bold?: boolean
  italics?: boolean
  allCaps?: boolean
  characterSpacing?: number
}

const centred = (text: string, face: Face, more: IParagraphOptions = {}): Paragraph =>
  new Paragraph({ alignment: AlignmentType.CENTER, ...more, children: [new TextRun({ text, ...face })] })

/** A short line under a name, as wide as this part of its place. */
function rule(width: number, part: number): Paragraph {
  const side = Math.round((width * (1 - part)) / 2)
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { before: 20, after: 60, line: 40, lineRule: LineRuleType.EXACT },
    border: { bottom: { ...HAIR, space: 1 } },
  })
}

const gap = (height: number, keepNext = false): Paragraph =>
  new Paragraph({ keepNext, spacing: { line: height, lineRule: LineRuleType.EXACT }, children: [] })

// The body.

function blockOf(block: PrintedBlock, written: Written, keepNext = false): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading:
            ([HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const)[block.level - 1] ??
            HeadingLevel.HEADING_3,
          children: [new TextRun({ text: `${block.number} ${block.text}` })],
        }),
      ]
    case 'paragraph':
      return [
        new Paragraph({
          alignment: AlignmentType.JUSTIFIED,
          keepNext,
          indent: { firstLine: FIRST_LINE },
          spacing: { before: 60, after: 60, line: 276, lineRule: LineRuleType.AUTO },
          children: [
            ...(block.marker ? [new TextRun({ text: `${block.marker} ` })] : []),
            ...block.runs.map((run) => runOf(run, {})),
          ],
        }),
      ]
    case 'table':
      return tableOf(block, written)
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })]
  }
}

function runOf({ text, bold = false, italic = false, note }: PrintedRun, face: { size?: number }): ParagraphChild {
  if (note !== undefined) return new FootnoteReferenceRun(note)
  return new TextRun({ text, bold, italics: italic, ...face })
}

function tableOf(table: PrintedTable, { width, body }: Written): (Paragraph | Table)[] {
  const total = table.widths.reduce((sum, one) => sum + one, 0)
  const widths = table.widths.map((part) => Math.floor((part / total) * width))
  const size = table.small ? 20 : Math.min(body, 24)
  const keep = { keepNext: true, spacing: { before: table.number ? 240 : 120 } }
  return [
    ...(table.number ? [centred(table.number, { bold: true, size: body }, keep)] : []),
    centred(
      table.caption,
      { bold: true, size: body },
      { ...keep, spacing: { before: table.number ? 0 : 120, after: 60 } },
    ),
    ...(table.note ? [centred(table.note, { italics: true, size }, { keepNext: true, spacing: { after: 60 } })] : []),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
      columnWidths: widths,
      rows: [
        ...table.head.map(
          (cells) =>
            new TableRow({
              tableHeader: true,
              cantSplit: true,
              children: cells.map((one) => cellOf(one, size, widths)),
            }),
        ),
        ...table.rows.map(
          (cells) =>
            new TableRow({ cantSplit: true, children: cells.map((one, index) => cellOf(one, size, widths, index)) }),
        ),
      ],
    }),
    ...(table.legend
      ? [
          new Paragraph({
            spacing: { before: 60 },
            children: [new TextRun({ text: table.legend, italics: true, size: 20 })],
          }),
        ]
      : []),
    gap(160),
  ]
}

const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }

function cellOf(cell: TableCell, size: number, widths: readonly number[], index?: number): Cell {
  const options: ITableCellOptions = {
    verticalAlign: VerticalAlign.CENTER,
    margins: { left: 60, right: 60, top: 30, bottom: 30 },
    borders: { top: HAIR, bottom: HAIR, left: HAIR, right: HAIR },
    ...(cell.columns !== undefined && { columnSpan: cell.columns }),
    ...(cell.rows !== undefined && { rowSpan: cell.rows }),
    ...(index !== undefined && { width: { size: widths[index] ?? 0, type: WidthType.DXA } }),
    children: [
      new Paragraph({
        alignment: alignments[cell.align ?? 'left'],
        children: [new TextRun({ text: cell.text, size, bold: cell.bold ?? false, italics: cell.italic ?? false })],
      }),
    ],
  }
  return new Cell(options)
}
