import { canonical } from '../../platform/canonical.ts'
import { createHash } from 'node:crypto'
import type { ReportSnapshot } from './contract.ts'
import { hashOf, toSnapshot, type FullReport } from './filling.ts'
import { verifySnapshot, type Verification } from './rules/verify.ts'
import { writeWorkbook } from './workbook.ts'
import { readZip, writeZip, type ZipEntry } from './zip.ts'

/** A further file of a package, e.g. the report in Word. */
export type PackagePart = { name: string; bytes: Buffer }

export const DATA_FILE = 'data.json'
export const HASH_FILE = 'hashes.json'
export const FORMS_FILE = 'forms.xlsx'

type Hashes = { format: 'motcua-package/1'; state: string; report: string; files: Record<string, string> }

/** What is sent: the forms as Excel, the data that they follow from, the hash of each, and what others add. */
export async function packReport(report: FullReport, further: readonly PackagePart[]): Promise<Buffer> {
  const snapshot = snapshotOf(report)
  const data = Buffer.from(canonical(snapshot))
  const files: ZipEntry[] = [
    { name: FORMS_FILE, bytes: await writeWorkbook(report) },
    { name: DATA_FILE, bytes: data },
    ...further,
  ]
  const hashes: Hashes = {
    format: 'motcua-package/1',
    state: report.state,
    report: hashOf(snapshot),
    files: Object.fromEntries(files.map(({ name, bytes }) => [name, sha256(bytes)])),
  }
  return writeZip([...files, { name: HASH_FILE, bytes: Buffer.from(`${JSON.stringify(hashes, null, 2)}\n`) }])
}

/** A locked report is sent as it was kept; one that is still open, as it stands now. */
export const snapshotOf = (report: FullReport): ReportSnapshot =>
  report.kept ?? toSnapshot(report, { lockedAt: report.knownAt })

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

export type VerifiedFile =
  | { readable: false }
  | {
      readable: true
      snapshot: ReportSnapshot
      hash: string
      /** Null where the file says no hash, as bare data do. */
      statedHash: string | null
      state: string | null
      files: { name: string; intact: boolean; missing: boolean }[]
      verification: Verification
    }

/** Derives a package (zip) or its data (json) anew: hashes, formulas, checks. Needs nothing but the file. */
export function verifyFile(bytes: Buffer): VerifiedFile {
  const isZip = bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50
  const entries = isZip ? readZip(bytes) : [{ name: DATA_FILE, bytes }]
  const data = entries?.find(({ name }) => name === DATA_FILE)
  const snapshot = data && readSnapshot(data.bytes)
  if (!entries || !snapshot) return { readable: false }
  const hashes = readHashes(entries.find(({ name }) => name === HASH_FILE)?.bytes)
  const files = Object.entries(hashes?.files ?? {}).map(([name, stated]) => {
    const found = entries.find((entry) => entry.name === name)
    return { name, missing: !found, intact: found !== undefined && sha256(found.bytes) === stated }
  })
  return {
    readable: true,
    snapshot,
    hash: hashOf(snapshot),
    statedHash: hashes?.report ?? null,
    state: hashes?.state ?? null,
    files,
    verification: verifySnapshot(snapshot),
  }
}

function readSnapshot(bytes: Buffer): ReportSnapshot | undefined {
  const value = readJson(bytes)
  if (typeof value !== 'object' || value === null) return undefined
  const { format, forms, agency } = value as Partial<ReportSnapshot>
  const isOurs = format === 'motcua-report/1' && Array.isArray(forms) && typeof agency === 'object'
  return isOurs ? (value as ReportSnapshot) : undefined
}

function readHashes(bytes: Buffer | undefined): Hashes | undefined {
  const value = bytes && readJson(bytes)
  if (typeof value !== 'object' || value === null) return undefined
  const { report, files } = value as Partial<Hashes>
  return typeof report === 'string' && typeof files === 'object' ? (value as Hashes) : undefined
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
