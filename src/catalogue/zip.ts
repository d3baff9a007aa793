import { refuse, accept, type Result } from '../platform/result.ts'
import { ZipFault, zipFiles } from '../platform/zip.ts'

export type ZipRefusal = { code: 'not-a-workbook' } | { code: 'too-large'; limit: number }

/** Unpacks every file of a workbook once, within limits, before a library may touch it. */
export function checkZip(
  bytes: Buffer,
  { maxUnpacked, maxEntries = 500 }: { maxUnpacked: number; maxEntries?: number },
): Result<true, ZipRefusal> {
  try {
    for (const file of zipFiles(bytes, { maxUnpacked, maxEntries })) file.unpack()
    return accept(true)
  } catch (fault) {
    if (!(fault instanceof ZipFault)) throw fault
    if (fault.code === 'damaged') return refuse({ code: 'not-a-workbook' })
    return refuse({ code: 'too-large', limit: fault.code === 'too-many' ? maxEntries : maxUnpacked })
  }
}
