import { ZipFault, zipFiles } from '../../../platform/zip.ts'
import { UnreadableFile } from './unreadable.ts'

const MOST = { maxUnpacked: 150_000_000, maxEntries: 5000 }

/** The names in a ZIP file, each unpacked once within limits before a library may touch it. */
export function inspectZip(bytes: Buffer): string[] {
  try {
    return Array.from(zipFiles(bytes, MOST), ({ name, isEncrypted, unpack }) => {
      if (isEncrypted) throw new UnreadableFile('encrypted')
      unpack()
      return name
    })
  } catch (cause) {
    if (!(cause instanceof ZipFault)) throw cause
    throw new UnreadableFile(cause.code === 'damaged' ? 'damaged' : 'unpacks-too-large', { cause })
  }
}
