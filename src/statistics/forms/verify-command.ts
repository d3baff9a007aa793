import { readFileSync } from 'node:fs'
import { writeInstant } from '../../platform/day.ts'
import { writeNumber } from '../../platform/money.ts'
import { verifyFile, type VerifiedFile } from './package.ts'

/**
 * `motcua report verify FILE [--json]`: derives a package anew, as its receiver does. Needs neither database nor server.
 * Returns 0 when everything follows from the data, 1 when something does not, 2 when the file cannot be read.
 */
export async function runVerify(
  path: string | undefined,
  { json, say }: { json: boolean; say: (...lines: string[]) => void },
): Promise<number> {
  if (path === undefined) {
    say('Thiếu tên tệp. Cách dùng: motcua report verify <tệp.zip|data.json> [--json]. (Name the file.)')
    return 2
  }
  const bytes = open(path)
  const verified = bytes && verifyFile(bytes)
  if (!verified?.readable) {
    say(`Tệp ${path} không phải gói báo cáo của Một Cửa, hoặc đã hỏng. (Not a report package, or damaged.)`)
    return 2
  }
  const faults = faultsOf(verified)
  say(...(json ? [JSON.stringify(toJson(verified, faults), null, 2)] : describe(verified, faults)))
  return faults.length === 0 ? 0 : 1
}

type Readable = Extract<VerifiedFile, { readable: true }>

function open(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function faultsOf({ hash, statedHash, files, verification }: Readable): string[] {
  const { differences, findings, concealed } = verification
  const write = (value: number | null) => (value === null ? 'trống' : writeNumber(value))
  return [
    ...(statedHash !== null && statedHash !== hash
      ? [`Mã băm của dữ liệu là ${hash}, gói ghi ${statedHash}: dữ liệu đã bị sửa.`]
      : []),
    ...files.flatMap(({ name, intact, missing }) => {
      if (missing) return [`Thiếu tệp ${name}.`]
      return intact ? [] : [`Tệp ${name} đã bị sửa: mã băm không khớp.`]
    }),
    ...differences.map(
      ({ form, row, column, before, after }) =>
        `${form.toUpperCase()} dòng ${row}${column === null ? '' : ` cột (${column})`}: ghi ${write(before)}, tính lại là ${write(after)}.`,
    ),
    ...findings.map(({ form, words }) => `${form.toUpperCase()}: ${words}`),
    ...concealed.map(({ form, words }) => `${form.toUpperCase()}, báo cáo không nêu: ${words}`),
  ]
}

function describe({ snapshot, hash, statedHash, state, files, verification }: Readable, faults: string[]): string[] {
  const { agency, period, report, lockedAt } = snapshot
  const isLocked = state === null || state === 'locked'
  return [
    `${agency.name} – ${period.name}${report.version > 1 ? `, bản đính chính ${report.version - 1}` : ''}`,
    isLocked ? `Chốt lúc ${writeInstant(lockedAt)}.` : 'Bản chưa chốt. (Not locked.)',
    `Mã băm ${statedHash === null ? '(tính từ dữ liệu) ' : ''}${hash}`,
    `Đã tính lại ${verification.cells} ô, thử ${verification.checked} quy tắc, đối chiếu ${files.length} tệp.`,
    ...(faults.length === 0
      ? ['Mọi số liệu, công thức, kiểm tra và mã băm đều khớp. (Everything agrees.)']
      : [
          `Có ${faults.length} chỗ không khớp: (${faults.length} do not agree)`,
          ...faults.map((fault) => `  - ${fault}`),
        ]),
  ]
}

const toJson = ({ snapshot, hash, statedHash, state, files, verification }: Readable, faults: string[]) => ({
  agency: snapshot.agency,
  period: snapshot.period,
  version: snapshot.report.version,
  state,
  hash,
  statedHash,
  files,
  cells: verification.cells,
  checked: verification.checked,
  faults,
})
