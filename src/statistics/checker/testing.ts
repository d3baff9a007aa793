import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import ExcelJS from 'exceljs'

/** A report to be written in any format: paragraphs and tables. */
export type Written = (string | readonly (readonly string[])[])[]

/** The report as plain text; tables are separated by tabs. */
export const asText = (report: Written): Buffer =>
  Buffer.from(
    report.map((part) => (typeof part === 'string' ? part : part.map((row) => row.join('\t')).join('\n'))).join('\n\n'),
  )

/** The report as a web page. */
export function asHtml(report: Written): Buffer {
  const body = report.map((part) =>
    typeof part === 'string'
      ? `<p>${escape(part)}</p>`
      : `<table>\n${part.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`).join('\n')}\n</table>`,
  )
  return Buffer.from(
    `<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>Báo cáo</title></head><body>\n${body.join('\n')}\n</body></html>`,
  )
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The report as a Word document. */
export function asDocx(report: Written): Promise<Buffer> {
  const children = report.map((part) =>
    typeof part === 'string'
      ? new Paragraph({ children: [new TextRun(part)] })
      : new Table({
          rows: part.map(
            (row) => new TableRow({ children: row.map((cell) => new TableCell({ children: [new Paragraph(cell)] })) }),
          ),
        }),
  )
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}

/** The report as a workbook of one sheet; cells that are numbers are stored as numbers. */
export async function asXlsx(report: Written, name = 'Báo cáo'): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet(name)
  for (const part of report) {
    if (typeof part === 'string') sheet.addRow([part])
    else
      for (const row of part)
        sheet.addRow(
          row.map((cell) =>
            /^\d+(?:,\d+)?$/u.test(cell) && !/^0\d/u.test(cell) ? Number(cell.replace(',', '.')) : cell,
          ),
        )
    sheet.addRow([])
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** The report as a PDF with text, set as our printers set it. */
export function asPdf(report: Written): Buffer {
  const require = createRequire(import.meta.url)
  const fonts = ['400Regular', '700Bold'].map((face) =>
    readFileSync(require.resolve(`@expo-google-fonts/tinos/${face}/Tinos_${face}.ttf`)),
  )
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts }] })
  const body = report.map((part) =>
    typeof part === 'string'
      ? `#par[#${JSON.stringify(part)}]`
      : `#table(columns: ${part[0]?.length ?? 1}, ${part
          .flat()
          .map((cell) => JSON.stringify(cell))
          .join(', ')})`,
  )
  const source = `#set page(paper: "a4", margin: (left: 3cm, rest: 2cm))\n#set text(font: "Tinos", size: 13pt, lang: "vi")\n#set par(justify: true, first-line-indent: 1cm)\n${body.join('\n\n')}`
  return Buffer.from(compiler.pdf({ mainFileContent: source }))
}
