import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { componentTitle, type ComponentRule } from '../../catalogue/index.ts'
import {
  addFile,
  cleanFileName,
  fileTypeOf,
  findFile,
  listFiles,
  printPages,
  type FileOrigin,
  type FileStore,
} from '../../documents/index.ts'
import { readDossier } from '../../dossiers/index.ts'
import { dayOf, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { isDemo } from '../../platform/settings.ts'
import { authorityName, getAgency, inSentence } from '../../staff/index.ts'
import { printDeclaration, type Answers, type EForm } from '../eforms/index.ts'
import type { DraftFile } from './contract.ts'
import type { FilingContext } from './flow.ts'
import { paperName } from './rules/paper-name.ts'
import { readUpload } from './uploads.ts'

/** A paper as it goes into the dossier: made here (`bytes`), or a file as it was sent. */
type Paper = {
  component: string
  name: string
  reused: boolean
  read: () => Promise<Readable>
}

/** What people call the papers; a sentence of the law is no name of a file. */
export const namesOf = (papers: readonly ComponentRule[]): Readonly<Record<string, string>> =>
  Object.fromEntries(papers.map((paper) => [paper.key, componentTitle(paper).title.slice(0, 100)]))

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

/**
 * What was filled in, printed as the declaration for which it stands, among the files of the dossier; undefined where the
 * form stands for no paper.
 */
export async function bringDeclaration(
  context: FilingContext,
  files: FileStore,
  {
    form,
    answers,
    agencyId,
    dossierId,
    at,
  }: { form: EForm; answers: Answers; agencyId: number; dossierId: string; at: Instant },
): Promise<{ component: string; fileId: string } | undefined> {
  const opened = form.component && (await readDossier(context, agencyId, dossierId))
  if (!form.component || !opened) return undefined
  const agency = await getAgency(context.db, agencyId, dayOf(at))
  const pdf = await printDeclaration({
    form,
    caseKey: opened.dossier.caseKey,
    answers,
    at,
    demo: await isDemo(context.db),
    addressee: authorityName(agency),
    place: inSentence(agency.fullName),
    code: opened.dossier.code,
  })
  const fileId = await bringFile(context, files, {
    agencyId,
    dossierId,
    officerId: null,
    component: form.component,
    name: `${form.title.vi}.pdf`,
    origin: 'system',
    content: Readable.from([pdf]),
  })
  return { component: form.component, fileId }
}

/** Puts one file among those of a dossier; the same content for the same paper is the one that is there. */
async function bringFile(
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
  const now = context.clock()
  const { entry } = await withScope(context.db, { agencies: [], dossier: dossierId }, async (tx) => {
    const others = (await listFiles(tx, { agencyId, dossierId })).filter((file) => file.component === component)
    const clean = cleanFileName(name, fileTypeOf(mediaType)?.extensions ?? [])
    return addFile(tx, {
      agency_id: agencyId,
      file_id: newId(),
      dossier_id: dossierId,
      sha256,
      size,
      media_type: mediaType,
      name: paperName(
        clean,
        others.map((file) => file.name),
        dayOf(now),
      ),
      purpose: 'component',
      component,
      origin,
      uploaded_at: now,
      uploaded_by: officerId,
    })
  })
  return entry.fileId
}
