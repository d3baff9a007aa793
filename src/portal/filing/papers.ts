import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { findFile, printPages, type FileStore } from '../../documents/index.ts'
import type { Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import type { DraftFile } from './contract.ts'
import type { FilingContext } from './flow.ts'
import { readUpload } from './uploads.ts'

/** A paper as it goes into the dossier: made here (`bytes`), or a file as it was sent. */
export type Paper = {
  component: string
  name: string
  reused: boolean
  read: () => Promise<Readable>
}

type About = { names: Readonly<Record<string, string>>; author: string; at: Instant }

/**
 * The files of a draft as papers: the photographs of one paper become one PDF in their order, a PDF stays as it is, since
 * it may be signed.
 */
export async function papersOf(
  context: FilingContext,
  files: FileStore,
  draftFiles: readonly DraftFile[],
  { names, author, at }: About,
): Promise<Paper[]> {
  const papers: Paper[] = []
  const ready = draftFiles.filter(({ done, reused }) => done || reused !== null)
  for (const component of new Set(ready.map((file) => file.component))) {
    const own = ready.filter((file) => file.component === component)
    const pictures = own.filter(({ mediaType, reused }) => !reused && mediaType?.startsWith('image/'))
    const pages = await pagesOf(context, pictures, { title: names[component] ?? component, author, at })
    if (pages)
      papers.push({
        component,
        name: `${names[component] ?? component}.pdf`,
        reused: false,
        read: async () => Readable.from([pages]),
      })
    for (const file of own) {
      if (pages && pictures.includes(file)) continue
      papers.push({
        component,
        name: file.name,
        reused: file.reused !== null,
        read: () => bytesOf(context, files, file),
      })
    }
  }
  return papers
}

async function pagesOf(
  context: FilingContext,
  pictures: readonly DraftFile[],
  about: { title: string; author: string; at: Instant },
): Promise<Buffer | undefined> {
  if (pictures.length === 0) return undefined
  const bytes: Buffer[] = []
  for (const { fileId } of pictures) bytes.push(await buffer(readUpload(context, fileId)))
  try {
    return await printPages(bytes, about)
  } catch (fault) {
    // A picture that a browser shows and the printer does not must not keep a dossier from being lodged.
    context.log.warn({ what: 'pictures-not-joined', pictures: pictures.length, err: fault })
    return undefined
  }
}

async function bytesOf(context: FilingContext, files: FileStore, file: DraftFile): Promise<Readable> {
  if (!file.reused) return readUpload(context, file.fileId)
  const { agencyId, fileId } = file.reused
  const entry = await withScope(context.db, { agencies: [agencyId] }, (tx) => findFile(tx, { agencyId, fileId }))
  const content = entry && (await files.get(entry.sha256))
  if (!content) throw new Error('a paper that is to be used again is gone')
  return content.stream
}
