import type { Block, ReportDocument } from './rules/document.ts'
import { readHtml } from './readers/html.ts'
import { readMarkdown } from './readers/markdown.ts'
import { readPlainText } from './readers/text.ts'
import { UnreadableFile } from './readers/unreadable.ts'
import { inspectZip } from './readers/zip.ts'

const MOST_TEXT = 8_000_000

/** Reads a file into paragraphs and tables, by what it holds and its name. Throws `UnreadableFile`. */
export async function readReport(bytes: Buffer, fileName: string): Promise<ReportDocument> {
  const blocks = await readBlocks(bytes, /\.([a-z0-9]+)$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '')
  if (!blocks.some((block) => (block.kind === 'table' ? block.rows.length > 0 : /\p{L}/u.test(block.text))))
    throw new UnreadableFile('empty')
  return { blocks }
}

async function readBlocks(bytes: Buffer, extension: string): Promise<Block[]> {
  if (bytes.length === 0) throw new UnreadableFile('empty')
  if (bytes.subarray(0, 1024).includes('%PDF-')) return (await import('./readers/pdf.ts')).readPdf(bytes)
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') throw new UnreadableFile('old-office')
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return readOffice(bytes)
  if (['docx', 'xlsx', 'pdf'].includes(extension)) throw new UnreadableFile('wrong-content')
  if (!['txt', 'md', 'markdown', 'html', 'htm', 'text'].includes(extension)) throw new UnreadableFile('unknown-type')
  if (bytes.length > MOST_TEXT) throw new UnreadableFile('too-large')
  const text = decode(bytes)
  if (extension.startsWith('htm')) return readHtml(text)
  return extension.startsWith('m') ? readMarkdown(text) : readPlainText(text)
}

async function readOffice(bytes: Buffer): Promise<Block[]> {
  const names = inspectZip(bytes)
  try {
    if (names.includes('word/document.xml')) return await (await import('./readers/docx.ts')).readDocx(bytes)
    if (names.includes('xl/workbook.xml')) return await (await import('./readers/xlsx.ts')).readXlsx(bytes)
  } catch (cause) {
    throw cause instanceof UnreadableFile ? cause : new UnreadableFile('damaged', { cause })
  }
  throw new UnreadableFile('unknown-type')
}

/** UTF-8, UTF-16 with its mark, or the old Vietnamese code page of Windows. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) throw new UnreadableFile('wrong-content')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1258').decode(bytes)
  }
}
