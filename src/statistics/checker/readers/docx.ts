import mammoth from 'mammoth'
import type { Block } from '../rules/document.ts'
import { readHtml } from './html.ts'

/** Word: pages are made by the printer, so a place is the number of the paragraph (a table counts its rows). */
export async function readDocx(buffer: Buffer): Promise<Block[]> {
  const { value } = await mammoth.convertToHtml(
    { buffer },
    { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })), externalFileAccess: false },
  )
  return readHtml(value, 'ordinals')
}
