import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../src/platform/embedded-database.ts'
import { openLog } from '../src/platform/log.ts'
import { runChecks, type Outcome } from './checks.ts'
import type { Count } from './test-reporter.ts'
import { findServer, getTools, testFiles } from './test-tools.ts'

type Step = { name: string; run: () => Promise<boolean> }

const root = resolve(import.meta.dirname, '..')
const inCi = Boolean(process.env['CI'])

/**
 * The whole definition of done: format, lint, types, boundaries, dead code, build, and all tests on both databases and
 * in a browser. `--fast` runs the tests on the embedded database only; folders or files narrow it down.
 */
export async function runTests(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { fast: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const work = mkdtempSync(join(tmpdir(), 'motcua-tests-'))
  chmodSync(work, 0o711)
  const missing = values.fast ? [] : getTools()
  for (const tool of missing)
    console.log(
      `THIẾU ${tool.name}: bỏ qua phần kiểm thử cần nó. (MISSING ${tool.name}: tests that need it are SKIPPED.)`,
    )

  const runs: Count[] = []
  const outcomes: Outcome[] = []
  const start = performance.now()
  try {
    if (!values.fast && positionals.length === 0) outcomes.push(...(await runChecks()))
    for (const step of steps({ fast: values.fast, only: positionals, work, runs })) outcomes.push(await timed(step))
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(work, { recursive: true, force: true })
  }
  if (inCi && missing.length > 0)
    outcomes.push({ name: `tools: ${missing.map((tool) => tool.name).join(', ')} missing`, ok: false, seconds: 0 })
  return summarise(outcomes, runs, (performance.now() - start) / 1000)
}

type Plan = { fast: boolean; only: string[]; work: string; runs: Count[] }

function steps({ fast, only, work, runs }: Plan): Step[] {
  const isWanted = (file: string) => only.length === 0 || only.some((part) => file.startsWith(resolve(root, part)))
  const files = ['src', 'demo', 'tools'].flatMap((folder) => testFiles(join(root, folder))).filter(isWanted)
  const onDatabase = files.filter((file) => usesDatabase(file) && !isAboutData(file))
  const journeys = testFiles(join(root, 'journeys')).filter(isWanted)
  const embedded: Step = {
    name: `tests, embedded PostgreSQL 18 (${files.length} files)`,
    run: async () => runFiles({ files, url: await startServer(work, 'embedded'), work, runs }),
  }
  if (fast) return [embedded]
  const served: Step = {
    name: `tests, server PostgreSQL 15 (${onDatabase.length} files)`,
    run: async () => runFiles({ files: onDatabase, url: await startServer(work, 'server'), work, runs }),
  }
  const browser: Step = {
    name: `journeys (${journeys.length} files)`,
    run: async () => runFiles({ files: journeys, url: await startServer(work, 'embedded'), work, runs }),
  }
  return [
    ...(files.length > 0 ? [embedded] : []),
    ...(findServer() && onDatabase.length > 0 ? [served] : []),
    ...(journeys.length > 0 ? [browser] : []),
  ]
}

function runNode(args: string[], env: Record<string, string>): Promise<boolean> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.on('error', fail)
    child.on('exit', (code) => done(code === 0))
  })
}

/**
 * Whether what is tested is the data of the demo and not the database: years of dossiers against published reports, by
 * the same questions that are tested on both databases elsewhere. Takes minutes, so once is enough.
 */
const isAboutData = (file: string): boolean => file.endsWith(join('demo', 'published.test.ts'))

/** Whether a test file asks for a database, itself or through the builders of a feature. */
function usesDatabase(file: string): boolean {
  const text = readFileSync(file, 'utf8')
  if (/\btestDatabase\b/.test(text)) return true
  const builders = [...text.matchAll(/from '([^']*testing\.ts)'/g)].map((match) => join(dirname(file), match[1] ?? ''))
  return builders.some((builder) => /\btestDatabase\b/.test(readFileSync(builder, 'utf8')))
}

type Run = { files: string[]; url: string; work: string; runs: Count[] }

async function runFiles({ files, url, work, runs }: Run): Promise<boolean> {
  const countFile = join(work, `count-${runs.length}.json`)
  const reporter = join(import.meta.dirname, 'test-reporter.ts')
  const flags = [
    '--test',
    `--test-concurrency=${availableParallelism()}`,
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
  ]
  const ok = await runNode([...flags, ...files], { TEST_DATABASE_URL: url, MOTCUA_TEST_COUNT: countFile })
  const nothing: Count = { passed: 0, failed: 1, skipped: [] }
  runs.push(existsSync(countFile) ? (JSON.parse(readFileSync(countFile, 'utf8')) as Count) : nothing)
  return ok
}

const servers: EmbeddedDatabase[] = []
const urls = new Map<string, string>()

/** One server of each kind for the whole run; each test file takes its own database on it. */
async function startServer(work: string, kind: 'embedded' | 'server'): Promise<string> {
  const known = urls.get(kind)
  if (known) return known
  const dir = join(work, kind)
  const bin = kind === 'server' ? findServer() : undefined
  const server = await startEmbeddedDatabase({
    dataDir: dir,
    keyDir: join(work, `${kind}-keys`),
    log: openLog('silent'),
    throwaway: true,
    ...(bin ? { programs: bin } : {}),
  })
  servers.push(server)
  urls.set(kind, server.url)
  return server.url
}

async function timed({ name, run }: Step): Promise<Outcome> {
  console.log(`\n━━ ${name}`)
  const start = performance.now()
  const ok = await run().catch((fault: unknown) => {
    console.error(fault)
    return false
  })
  return { name, ok, seconds: (performance.now() - start) / 1000 }
}

function summarise(outcomes: Outcome[], runs: Count[], seconds: number): number {
  const sum = (of: (count: Count) => number) => runs.reduce((total, count) => total + of(count), 0)
  const skipped = runs.flatMap((count) => count.skipped)
  const failedTests = sum((count) => count.failed)
  // A failed check has no test of its own; it counts as one, so that the last line never says that all is well.
  const failedChecks = outcomes.filter(({ name, ok }) => !ok && !/^(tests|journeys)/.test(name)).length
  console.log('\n━━ summary')
  for (const outcome of outcomes)
    console.log(`${outcome.ok ? '✔' : '✘'} ${outcome.name.padEnd(50)} ${outcome.seconds.toFixed(1).padStart(6)} s`)
  for (const name of skipped) console.log(`SKIPPED ${name}`)
  console.log(`  ${'total'.padEnd(50)} ${seconds.toFixed(1).padStart(6)} s`)
  console.log(`${sum((count) => count.passed)} passed, ${failedTests + failedChecks} failed, ${skipped.length} skipped`)
  return outcomes.every((outcome) => outcome.ok) && failedTests === 0 ? 0 : 1
}
