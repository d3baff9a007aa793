import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  addFile,
  cleanFileName,
  fileTypeOf,
  findFile,
  printPages,
  type FileOrigin,
  type FileStore,
} from '../../documents/index.ts'
import type { Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import type { DraftFile } from './contract.ts'
import type { FilingContext } from './flow.ts'
import { readUpload } from './uploads.ts'

/** A paper as it goes into the dossier: made here (`bytes`), or a file as it was sent. */
type Paper = {
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
async function papersOf(
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

/** Puts the papers of a draft among the files of its dossier, each once; their ids by paper. */
export async function bringPapers(
  context: FilingContext,
  files: FileStore,
  draftFiles: readonly DraftFile[],
  {
    agencyId,
    dossierId,
    officerId,
    ...about
  }: About & { agencyId: number; dossierId: string; officerId: number | null },
): Promise<Map<string, string[]>> {
  const brought = new Map<string, string[]>()
  for (const paper of await papersOf(context, files, draftFiles, about)) {
    const fileId = await bringFile(context, files, {
      agencyId,
      dossierId,
      officerId,
      component: paper.component,
      name: paper.name,
      origin: paper.reused ? 'reuse' : 'upload',
      content: await paper.read(),
    })
    brought.set(paper.component, [...(brought.get(paper.component) ?? []), fileId])
  }
  return brought
}

/** Puts one file among those of a dossier; the same content for the same paper is the one that is there. */
export async function bringFile(
  context: FilingContext,
  files: FileStore,
  {
    agencyId,
    dossierId,
    officerId,
    component,
    name,
    origin,
    content,
  }: {
    agencyId: number
    dossierId: string
    officerId: number | null
    component: string
    name: string
    origin: FileOrigin
    content: Readable
  },
): Promise<string> {
  const kept = await files.put(content)
  if (!kept.ok) throw new Error(`a paper that was inspected is refused: ${kept.refusal.code}`)
  const { sha256, size, mediaType } = kept.value
  const { entry } = await withScope(context.db, { agencies: [], dossier: dossierId }, (tx) =>
    addFile(tx, {
      agency_id: agencyId,
      file_id: newId(),
      dossier_id: dossierId,
      sha256,
      size,
      media_type: mediaType,
      name: cleanFileName(name, fileTypeOf(mediaType)?.extensions ?? []),
      purpose: 'component',
      component,
      origin,
      uploaded_at: context.clock(),
      uploaded_by: officerId,
    }),
  )
  return entry.fileId
}
