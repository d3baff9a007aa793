import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { accept, refuse, type Result } from '../platform/result.ts'
import { inspectFile } from './inspect-file.ts'
import { FILE_LIMIT, type FileRefusal } from './rules/file-types.ts'

export type KeptFile = { sha256: string; size: number; mediaType: string }

/** Where files lie, named by their content. The disk is one; an S3-compatible store can be another. */
export type FileStore = {
  /** Takes the whole stream or nothing: too large, empty or of a refused kind leaves no trace. */
  put: (source: AsyncIterable<Uint8Array>) => Promise<Result<KeptFile, FileRefusal>>
  /** Undefined when there is no such content. */
  get: (sha256: string) => Promise<{ stream: Readable; size: number } | undefined>
}

type Options = { limit?: number; inspect?: typeof inspectFile }

const STALE_MS = 24 * 3_600_000

/** Keeps files in a folder as `ab/cd/abcd…`; a file that is there is complete and safely on the disk. */
export function openFileStore(dir: string, { limit = FILE_LIMIT, inspect = inspectFile }: Options = {}): FileStore {
  // On the same file system as the final place, so that the rename is one step.
  const incoming = join(dir, 'incoming')
  const placeOf = (sha256: string) => join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  const swept = sweep(incoming)

  return {
    async put(source) {
      await swept
      const temporary = join(incoming, randomUUID())
      try {
        const written = await write(temporary, source, limit)
        if (!written.ok) return written
        const inspected = await inspect(temporary)
        if (!inspected.ok) return inspected
        await moveInto(placeOf(written.value.sha256), temporary)
        return accept({ ...written.value, mediaType: inspected.value.mediaType })
      } finally {
        await rm(temporary, { force: true })
      }
    },

    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined
      const file = await open(placeOf(sha256), 'r').catch(absent)
      if (!file) return undefined
      const { size } = await file.stat()
      return { stream: file.createReadStream(), size }
    },
  }
}

async function write(
  path: string,
  source: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Result<{ sha256: string; size: number }, FileRefusal>> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of source) {
      size += chunk.length
      if (size > limit) return refuse({ code: 'file-too-large' })
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    if (size === 0) return refuse({ code: 'file-empty' })
    await file.sync()
  } finally {
    await file.close()
  }
  return accept({ sha256: hash.digest('hex'), size })
}

/** The same content twice is one file. The folders are synced too, or the name could be lost with the power. */
async function moveInto(place: string, temporary: string): Promise<void> {
  const folder = dirname(place)
  if (
    await access(place).then(
      () => true,
      () => false,
    )
  )
    return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(temporary, place)
  for (const name of [folder, dirname(folder), dirname(dirname(folder))]) {
    const handle = await open(name, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
}

/** What a crash left half written is of no use to anybody after a day. */
async function sweep(incoming: string): Promise<void> {
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (mtimeMs < Date.now() - STALE_MS) await rm(path, { force: true })
  }
}

function absent(fault: NodeJS.ErrnoException): undefined {
  if (fault.code !== 'ENOENT') throw fault
}
