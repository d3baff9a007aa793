import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { APP_ROLE } from '../src/platform/db.ts'
import type { Bench } from './database.ts'
import type { Filled } from './fill.ts'
import type { Statement } from './recorder.ts'
import { COMMUNES } from './world.ts'

/** What in the recorded statements becomes another one in every transaction. */
export type Vary = {
  /** The commune of the recorded call; it becomes any commune, or stays. */
  agencyId?: number
  /** A dossier of the filling; it becomes any other one of the same commune. */
  dossierId?: string
  code?: string
  /** Marks of a new dossier or a new command; each transaction gets its own. */
  fresh?: boolean
}

export type Script = { statements: readonly Statement[]; vary: Vary }

/** The same SQL with pgbench's prepared statements, as the role of the application; transactions a second. */
export async function runPgbench(
  bench: Bench,
  filled: Filled,
  { scripts, clients, seconds }: { scripts: readonly Script[]; clients: number; seconds: number },
): Promise<number | null> {
  if (!bench.pgbench) return null
  const dir = mkdtempSync(join(tmpdir(), 'motcua-pgbench-'))
  try {
    const files = scripts.map((script, index) => {
      const file = join(dir, `${index}.sql`)
      writeFileSync(file, toScript(script, filled))
      return ['-f', file]
    })
    const output = await run(bench.pgbench, [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(clients),
      '-j',
      '1',
      '-T',
      String(seconds),
      ...files.flat(),
      bench.url,
    ])
    const rate = /tps = ([\d.]+)/.exec(output)?.[1]
    if (!rate || /aborted/.test(output)) throw new Error(`pgbench: ${output}`)
    return Number(rate)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, PGOPTIONS: `-c role=${APP_ROLE} -c jit=off` } })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    child.on('error', reject)
    child.on('close', () => resolve(output))
  })
}

/** One round trip stays one: what the application sent in one piece becomes a pipeline. */
export function toScript({ statements, vary }: Script, { firstOpen, firstAgency }: Filled): string {
  const lines = [
    `\\set n random(0, ${firstOpen - 1})`,
    `\\set agency ${vary.agencyId === undefined || vary.dossierId ? `${firstAgency} + :n % ${COMMUNES}` : `random(${firstAgency}, ${firstAgency + COMMUNES - 1})`}`,
    '\\set fresh random(1, 140737488355327)',
    '\\set version random(100, 2000000000)',
  ]
  for (const { text, values } of statements) {
    const pieces = values.length === 0 ? text.split(/;\s*/).filter((piece) => piece.trim() !== '') : [text]
    const written = pieces.map((piece) => `${write(piece, values, vary)};`)
    lines.push(...(written.length > 1 ? ['\\startpipeline', ...written, '\\endpipeline'] : written))
  }
  return `${lines.join('\n')}\n`
}

/** The statement with its values inside, and in them what varies. */
function write(text: string, values: readonly unknown[], vary: Vary): string {
  // Literals of the text carry variable parts too: the scope, the dossiers to lock.
  if (values.length === 0)
    return text.replace(/'([^']*)'|= (\d+)/g, (whole, quoted?: string, number?: string) => {
      if (quoted !== undefined) return expression(quoted, vary)
      return number === String(vary.agencyId) ? '= :agency' : whole
    })
  return text.replace(/\$(\d+)/g, (_whole, index: string) => {
    const value = prepared(values[Number(index) - 1])
    return value === null ? 'null' : expression(value, vary)
  })
}

/** A value as pg sends it. */
function prepared(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if (Array.isArray(value))
    return `{${value.map((item) => (typeof item === 'string' ? `"${item}"` : String(item))).join(',')}}`
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`
}

const fieldsWith = (agencyId: number) => `"(?:agencyId|agency_id|handling_agency_id)":${agencyId}\\b`
const elementsThatAre = (agencyId: number) => `(?<=^|[{,])${agencyId}(?=$|[},])`
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

/** pgbench counts on a day of its own, lest it give the numbers of the benchmark's day out again. */
const onItsOwnDay = (text: string) => text.replace(/("day":"|^\{")\d{4}-\d\d-\d\d("|"\}$)/g, '$12020-01-01$2')

/** The text as an expression of SQL: literals, and between them what varies. */
function expression(given: string, { agencyId, dossierId, code, fresh }: Vary): string {
  const text = fresh ? onItsOwnDay(given) : given
  const isJson = text.startsWith('{"') && text.endsWith('}') && text.includes('":')
  const marks = [
    ...(dossierId ? [dossierId] : []),
    ...(code ? [code.replaceAll('.', '\\.')] : []),
    ...(fresh ? [UUID.source, 'H99\\.\\d+-\\d+-\\d+'] : []),
    ...(fresh && dossierId ? ['"version":\\d+'] : []),
    ...(agencyId === undefined ? [] : [isJson ? fieldsWith(agencyId) : elementsThatAre(agencyId)]),
  ]
  if (marks.length === 0 || text === '') return literal(text)
  const pieces = text.split(new RegExp(`(${marks.join('|')})`)).filter((piece) => piece !== '')
  const written = pieces.map((piece) => {
    if (piece === dossierId) return 'bench.dossier_id(:n)'
    if (piece === code) return 'bench.code(:n)'
    if (agencyId !== undefined && piece === String(agencyId)) return ':agency'
    const field = /^("\w+":)\d+$/.exec(piece)?.[1]
    if (field === '"version":') return `${literal(field)} || :version`
    if (field && agencyId !== undefined) return `${literal(field)} || :agency`
    if (fresh && UUID.test(piece) && piece.length === 36)
      return `${literal(piece.slice(0, 24))} || lpad(to_hex(:fresh::bigint), 12, '0')`
    if (fresh && /^H99\.\d+-\d+-\d+$/.test(piece)) return `${literal(piece.replace(/\d+$/, ''))} || :fresh`
    return literal(piece)
  })
  return written.length === 1 && !written[0]?.includes('||') ? (written[0] ?? "''") : `(${written.join(' || ')})`
}

/** pgbench takes a colon before a letter for a variable, also inside quotes. */
const literal = (text: string): string =>
  text.includes(':') || text.includes('\\')
    ? `U&${pg.escapeLiteral(text.replaceAll('\\', '¦')).replaceAll(':', '\\003a').replaceAll('¦', '\\\\')}`
    : pg.escapeLiteral(text)
