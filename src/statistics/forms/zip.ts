import { crc32 } from 'node:zlib'
import type { ZipEntry } from '../../platform/write-zip.ts'
import { ZipFault, zipFiles } from '../../platform/zip.ts'

export { writeZip, type ZipEntry } from '../../platform/write-zip.ts'

const MOST = { maxUnpacked: 200 * 1024 * 1024, maxEntries: 65_535 }

/** The files of a zip; undefined when it is none, is damaged, or unpacks to more than anybody sends. */
export function readZip(bytes: Buffer): ZipEntry[] | undefined {
  try {
    return Array.from(zipFiles(bytes, MOST), ({ name, crc, unpack }) => {
      const content = unpack()
      if (crc32(content) !== crc) throw new ZipFault('damaged')
      return { name, bytes: content }
    })
  } catch (fault) {
    if (fault instanceof ZipFault) return undefined
    throw fault
  }
}
