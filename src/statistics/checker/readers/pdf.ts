import type { Block } from '../rules/document.ts'
import { linesOf, type PdfPiece } from './pdf-lines.ts'
import { layOut } from './pdf-layout.ts'
import { UnreadableFile } from './unreadable.ts'

const MOST_PAGES = 600

/** A PDF with text: paragraphs and tables by page and line. A scan without a text layer cannot be read. */
export async function readPdf(bytes: Uint8Array): Promise<Block[]> {
  const { getDocumentProxy } = await import('unpdf')
  const document = await open(() => getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false }))
  if (document.numPages > MOST_PAGES) throw new UnreadableFile('too-heavy')
  const pages: PdfPiece[][] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(
      items.flatMap((item): PdfPiece[] => {
        if (!('str' in item) || item.str === '') return []
        const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = item.transform as number[]
        // Turned text (stamps, margins) belongs to no line.
        if (Math.abs(b) > Math.abs(a)) return []
        return [{ text: item.str, x, y, width: item.width, height: Math.hypot(c, d) || item.height }]
      }),
    )
    page.cleanup()
  }
  const letters = pages.flat().reduce((all, { text }) => all + text.replaceAll(/\P{L}/gu, '').length, 0)
  // A few letters on pages of pictures are stamps or the name of the scanner.
  if (letters < 15 * Math.max(1, document.numPages)) throw new UnreadableFile('no-text-layer')
  return layOut(pages.map(linesOf))
}

async function open<Document>(load: () => Promise<Document>): Promise<Document> {
  try {
    return await load()
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : ''
    throw new UnreadableFile(name === 'PasswordException' ? 'encrypted' : 'damaged', { cause })
  }
}
