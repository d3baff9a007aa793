import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { openFileStore, type FileStore } from '../documents/index.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import type { NewFile } from './commands.ts'
import { stripLocation } from './rules/strip-location.ts'
import type { vi } from './text.vi.ts'

export type FileRefusal = { code: keyof typeof vi.fileRefusals }

export const MOST_FILES = 10
export const LARGEST_FILE = 10 * 1024 * 1024

/** Where photographs of stories lie that nobody has sent yet; they go with the draft. */
export const draftStore = (fileDir: string): FileStore => openFileStore(draftDir(fileDir), { limit: LARGEST_FILE })
const draftDir = (fileDir: string): string => join(fileDir, 'feedback-drafts')

const heads: readonly { mediaType: string; extension: string; is: (bytes: Buffer) => boolean }[] = [
  { mediaType: 'image/jpeg', extension: 'jpg', is: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 },
  { mediaType: 'image/png', extension: 'png', is: (bytes) => bytes.subarray(1, 4).toString('latin1') === 'PNG' },
  {
    mediaType: 'image/webp',
    extension: 'webp',
    is: (bytes) =>
      bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
  },
  {
    mediaType: 'application/pdf',
    extension: 'pdf',
    is: (bytes) => bytes.subarray(0, 5).toString('latin1') === '%PDF-',
  },
]

/** Names in a PDF that make it do something by itself when it is opened. */
const active = /\/(?:JavaScript|JS|OpenAction|AA|Launch|EmbeddedFile|RichMedia|XFA)(?![A-Za-z])/

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
  const head = heads.find(({ is }) => is(read))
  if (!head) return refuse({ code: 'file-kind' })
  if (head.mediaType === 'application/pdf' && active.test(read.toString('latin1')))
    return refuse({ code: 'file-active' })
  const plain = stripLocation(read, head.mediaType)
  if (!plain.ok) return refuse({ code: 'file-broken' })
  const kept = await store.put(Readable.from([Buffer.from(plain.value)]))
  if (!kept.ok) return refuse({ code: kept.refusal.code === 'file-too-large' ? 'file-too-large' : 'file-kind' })
  const { sha256, size, mediaType } = kept.value
  if (mediaType !== head.mediaType) return refuse({ code: 'file-kind' })
  return accept({ sha256, size, mediaType, name: cleanName(filename, head.extension), origin })
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

const LONGEST_NAME = 80

/** A name without path, controls and tricks, ending as its content asks. */
export function cleanName(given: string, extension: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/[<>:"|?*&'`=]/g, '_')
    .replace(/\.[^.]*$/, '')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '')
  return `${Array.from(plain).slice(0, LONGEST_NAME).join('').trim() || 'tep'}.${extension}`
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
