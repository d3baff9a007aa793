import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  beginsAsPicture,
  cleanFileName,
  cleanPicture,
  inspectFile,
  openFileStore,
  type FileRefusal as StoreRefusal,
  type FileStore,
} from '../documents/index.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import type { NewFile } from './commands.ts'
import type { vi } from './text.vi.ts'

export type FileRefusal = { code: keyof typeof vi.fileRefusals }

export const MOST_FILES = 10
export const LARGEST_FILE = 10 * 1024 * 1024

/** Files come from anybody, so nothing in them may act by itself. */
const options = { limit: LARGEST_FILE, inspect: (path: string) => inspectFile(path, { quiet: true }) }
const draftDir = (fileDir: string): string => join(fileDir, 'feedback-drafts')

/** Where photographs of stories lie that nobody has sent yet; they go with the draft. */
export const draftStore = (fileDir: string): FileStore => openFileStore(draftDir(fileDir), options)
export const petitionStore = (fileDir: string): FileStore => openFileStore(fileDir, options)

const extensions = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
  ['application/pdf', 'pdf'],
])

type Part = { filename: string; file: AsyncIterable<Uint8Array> & { truncated?: boolean } }

/** Takes a photograph or paper: its place is removed before anything is kept; what is no picture and no PDF is refused. */
export async function takeFile(
  store: FileStore,
  { filename, file }: Part,
  origin: NewFile['origin'],
): Promise<Result<NewFile, FileRefusal>> {
  const read = await readAll(file)
  if (!read) return refuse({ code: 'file-too-large' })
  if (read.length === 0) return refuse({ code: 'file-missing' })
  const content = withoutPlace(read)
  if (!content) return refuse({ code: 'file-broken' })
  const kept = await store.put(Readable.from([content]))
  if (!kept.ok) return refuse({ code: codeOf(kept.refusal) })
  const { sha256, size, mediaType } = kept.value
  const extension = extensions.get(mediaType)
  if (extension === undefined) return refuse({ code: 'file-kind' })
  return accept({ sha256, size, mediaType, name: cleanFileName(filename, [extension]), origin })
}

/** Ảnh chụp mang vị trí, máy và giờ chụp: bỏ hết trước khi lưu, chỉ giữ chiều xoay ảnh. Luật 91/2025/QH15 (dữ liệu vị trí). */
const withoutPlace = (bytes: Buffer): Buffer | undefined =>
  beginsAsPicture(bytes) ? cleanPicture(bytes, { keepTurn: true, whole: true }) : bytes

function codeOf({ code }: StoreRefusal): FileRefusal['code'] {
  if (code === 'file-too-large' || code === 'file-bomb' || code === 'file-encrypted') return code
  return code === 'file-active' ||
    code === 'file-carries-files' ||
    code === 'file-disguised' ||
    code === 'file-executable'
    ? 'file-active'
    : 'file-kind'
}

/** Everything, or undefined when it is too much; the rest is read and thrown away, so that the form goes on. */
async function readAll(file: AsyncIterable<Uint8Array> & { truncated?: boolean }): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of file) {
    size += chunk.length
    if (size <= LARGEST_FILE) chunks.push(chunk)
  }
  return size > LARGEST_FILE || file.truncated ? undefined : Buffer.concat(chunks)
}

/** Puts a file of a draft where files of petitions lie; undefined when it is gone with its draft. */
export async function keepForGood(from: FileStore, to: FileStore, file: NewFile): Promise<NewFile | undefined> {
  const content = await from.get(file.sha256)
  if (!content) return undefined
  const kept = await to.put(content.stream)
  return kept.ok && kept.value.sha256 === file.sha256 ? file : undefined
}

const STALE_MS = 48 * 3_600_000

/** Removes photographs of stories that were never sent. */
export async function sweepDraftFiles(fileDir: string, now: number): Promise<number> {
  const dir = draftDir(fileDir)
  const names = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  let removed = 0
  for (const entry of names.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    if (mtimeMs > now - STALE_MS) continue
    await rm(path, { force: true })
    removed++
  }
  return removed
}
