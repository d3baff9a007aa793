import { open, readFile, type FileHandle } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { accept, refuse, type Result } from '../platform/result.ts'
import { ZipFault, zipFiles } from '../platform/zip.ts'
import { inspectPdf } from './inspect-pdf.ts'
import { readPicture } from './pictures.ts'
import { fileTypeOf, judgeText, refusalOf, type FileRefusal } from './rules/file-types.ts'

/** Longest comment of a ZIP and the record before it: how far from its end a file can turn out to be an archive. */
const ZIP_TAIL = 65_557
const HEAD = 4096

type Inspection = {
  /** A PDF in which nothing happens by itself when it is opened, not even a jump to a page: for files of strangers. */
  quiet?: boolean
}

/** Says what a file is by its content alone; its name is never asked. */
export async function inspectFile(
  path: string,
  { quiet = false }: Inspection = {},
): Promise<Result<{ mediaType: string }, FileRefusal>> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    if (size === 0) return refuse({ code: 'file-empty' })
    const judged = await judge(path, handle, size)
    if ('code' in judged) return refuse(judged)
    const type = fileTypeOf(judged.mediaType)
    if (!type) return refuse(refusalOf(judged.mediaType))
    if (size > type.maxBytes) return refuse({ code: 'file-too-large' })
    const inside = await judgeInside(path, type.mediaType, quiet)
    return inside ? refuse(inside) : accept({ mediaType: type.mediaType })
  } finally {
    await handle.close()
  }
}

async function judge(path: string, handle: FileHandle, size: number): Promise<{ mediaType: string } | FileRefusal> {
  const head = await readAt(handle, 0, Math.min(HEAD, size))
  const detected = await detect(path)
  if (!detected || detected === 'application/xml') return judgeAsText(path, size, head)
  if (detected === 'application/x-cfb') return judgeOldOffice(handle, size)
  const isPackage = head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))
  if (!isPackage && (await endsAsArchive(handle, size))) return { code: 'file-disguised' }
  const pdfAt = head.indexOf('%PDF-')
  if (pdfAt > 0 || (pdfAt < 0 && detected === 'application/pdf')) return { code: 'file-disguised' }
  return { mediaType: detected === 'text/xml' ? 'application/xml' : detected }
}

/** The most points of a picture: four times what a good scanner makes of a page. */
const MOST_POINTS = 160_000_000
const OFFICE_UNPACKED = 300 * 1024 * 1024

/** What a file does when it is opened, and how large it becomes. */
async function judgeInside(path: string, mediaType: string, quiet: boolean): Promise<FileRefusal | undefined> {
  if (mediaType === 'application/pdf') return inspectPdf(await readFile(path), { quiet })
  if (mediaType === 'image/jpeg' || mediaType === 'image/png' || mediaType === 'image/webp') {
    const picture = readPicture(await readFile(path))
    return picture && picture.width * picture.height > MOST_POINTS ? { code: 'file-bomb' } : undefined
  }
  return mediaType.includes('officedocument') || mediaType.includes('opendocument')
    ? judgeOffice(await readFile(path))
    : undefined
}

/** A document of Word or Excel is a ZIP: unpacked whole it must stay within bounds, whatever its directory says. */
function judgeOffice(bytes: Buffer): FileRefusal | undefined {
  try {
    for (const file of zipFiles(bytes, { maxUnpacked: OFFICE_UNPACKED, maxEntries: 10_000 })) {
      if (/vbaProject\.bin$/i.test(file.name)) return { code: 'file-active' }
      file.unpack()
    }
    return undefined
  } catch (fault) {
    if (!(fault instanceof ZipFault)) throw fault
    // One that is damaged harms nobody; readers say so themselves.
    return fault.code === 'damaged' ? undefined : { code: 'file-bomb' }
  }
}

/** Broken files make the detector throw; such a file is of no known type. */
const detect = async (path: string): Promise<string | undefined> =>
  (await fileTypeFromFile(path).catch(() => undefined))?.mime

const TEXT_LIMIT = 10 * 1024 * 1024

async function judgeAsText(path: string, size: number, head: Buffer): Promise<{ mediaType: string } | FileRefusal> {
  if (head.includes('%PDF-')) return { code: 'file-disguised' }
  if (head.includes(0)) return { code: 'file-type-refused' }
  if (size > TEXT_LIMIT) return { code: 'file-too-large' }
  try {
    return judgeText(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)))
  } catch {
    return { code: 'file-type-refused' }
  }
}

/** A ZIP may follow any other file and be opened as one: its directory stands at the very end. */
async function endsAsArchive(handle: FileHandle, size: number): Promise<boolean> {
  const tail = await readAt(handle, Math.max(0, size - ZIP_TAIL), Math.min(ZIP_TAIL, size))
  for (
    let at = tail.indexOf('PK\u0005\u0006', 0, 'latin1');
    at >= 0;
    at = tail.indexOf('PK\u0005\u0006', at + 1, 'latin1')
  )
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) <= tail.length) return true
  return false
}

const OLD_OFFICE = [
  { stream: 'WordDocument', mediaType: 'application/msword' },
  { stream: 'Workbook', mediaType: 'application/vnd.ms-excel' },
  { stream: 'Book', mediaType: 'application/vnd.ms-excel' },
]
const DIRECTORY_ENTRY = 128

/** Word and Excel before 2007 by the names in the directory of the compound file; with macros or encrypted: refused. */
async function judgeOldOffice(handle: FileHandle, size: number): Promise<{ mediaType: string } | FileRefusal> {
  const names = await directoryNames(handle, size)
  if (!names) return { code: 'file-type-refused' }
  if (names.has('_VBA_PROJECT') || names.has('_VBA_PROJECT_CUR') || names.has('Macros')) return { code: 'file-active' }
  const found = OLD_OFFICE.find(({ stream }) => names.has(stream))
  return found && !names.has('EncryptedPackage') ? { mediaType: found.mediaType } : { code: 'file-type-refused' }
}

/** Names of the streams of a compound file ([MS-CFB] 2.6), following the chain of directory sectors. */
async function directoryNames(handle: FileHandle, size: number): Promise<Set<string> | undefined> {
  const header = await readAt(handle, 0, 512)
  if (header.length < 512) return undefined
  const sectorSize = 2 ** header.readUInt16LE(30)
  if (sectorSize !== 512 && sectorSize !== 4096) return undefined
  const tableSectors = Array.from({ length: 109 }, (_, index) => header.readUInt32LE(76 + index * 4))
  const sector = async (number: number) => {
    const at = (number + 1) * sectorSize
    return at + DIRECTORY_ENTRY <= size ? readAt(handle, at, Math.min(sectorSize, size - at)) : undefined
  }
  const names = new Set<string>()
  const seen = new Set<number>()
  for (let number = header.readUInt32LE(48); number < 0xff_ff_ff_fa;) {
    const bytes = seen.has(number) ? undefined : await sector(number)
    if (!bytes) return undefined
    seen.add(number)
    for (let at = 0; at + DIRECTORY_ENTRY <= bytes.length; at += DIRECTORY_ENTRY) {
      const length = Math.min(64, bytes.readUInt16LE(at + 64))
      if (length > 2) names.add(bytes.toString('utf16le', at, at + length - 2))
    }
    const perSector = sectorSize / 4
    const tableSector = tableSectors[Math.floor(number / perSector)]
    const table = tableSector === undefined ? undefined : await sector(tableSector)
    if (!table || table.length < sectorSize) return undefined
    number = table.readUInt32LE((number % perSector) * 4)
  }
  return names
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}
