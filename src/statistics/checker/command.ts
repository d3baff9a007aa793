import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { answerOf } from './answer.ts'
import { checkFile } from './check-file.ts'
import type { CheckAnswer } from './contract.ts'
import type { Unreadable } from './readers/unreadable.ts'
import { writePlace, writeStated } from './rules/written.ts'
import { vi } from './text.vi.ts'

/**
 * `motcua check FILE [--json]`: prints what was found. Needs neither database nor server.
 * Returns 0 when nothing is wrong, 1 when there are errors, 2 when the file cannot be read.
 */
export async function runCheck(
  path: string | undefined,
  { json, say }: { json: boolean; say: (...lines: string[]) => void },
): Promise<number> {
  if (path === undefined)
    return refuseFile('Thiếu tên tệp. Cách dùng: motcua check <tệp> [--json]. (Name the file.)', 'file-missing')
  const bytes = open(path)
  if (!bytes) return refuseFile(`Không mở được tệp ${path}. (Cannot open the file.)`, 'file-missing')
  const result = await checkFile(bytes, basename(path))
  if (!result.ok) return refuseFile(vi.unreadable[result.refusal.code], result.refusal.code)
  const answer = answerOf(result.value)
  say(...(json ? [JSON.stringify(answer, null, 2)] : describe(answer, basename(path))))
  return answer.findings.some(({ severity }) => severity === 'error') ? 1 : 0

  function refuseFile(detail: string, code: Unreadable['code'] | 'file-missing'): number {
    say(json ? JSON.stringify({ error: { code, detail } }) : detail)
    return 2
  }
}

function open(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function describe({ findings, checked, consistent }: CheckAnswer, name: string): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const lines = [vi.web.result(name), '']
  for (const [index, finding] of findings.entries()) {
    const { kind, severity, location, also, quote, stated, computed, proof, message } = finding
    lines.push(
      `${index + 1}. [${vi.severity[severity]}] ${vi.kinds[kind]} (${kind}) – ${writePlace(location, vi.place)}${also ? `; ${also.map((place) => writePlace(place, vi.place)).join('; ')}` : ''}`,
      `   ${message}`,
      `   “${quote}”`,
      ...(stated === null && computed === null
        ? []
        : [
            `   ${vi.stated}: ${writeStated(stated, { kind, nothing: vi.nothing })} · ${vi.computed}: ${computed === null ? '–' : writeStated(computed, { kind, nothing: vi.nothing })}`,
          ]),
      `   ${vi.proof}: ${proof}`,
      '',
    )
  }
  if (findings.length === 0) lines.push(checked === 0 ? vi.web.nothingChecked : vi.web.clean)
  else lines.push(vi.web.summary(errors, findings.length - errors, checked))
  lines.push(`${vi.web.right(consistent.length)}${consistent.length > 0 ? ':' : '.'}`)
  lines.push(
    ...consistent.map(({ location, proof, kind }) => `   ✓ ${writePlace(location, vi.place)}: ${proof} (${kind})`),
  )
  return lines
}
