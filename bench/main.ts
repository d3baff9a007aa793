import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { dirname, join } from 'node:path'
import { openCpu, type Used } from './cpu.ts'
import { openBench, contextOn, type Bench } from './database.ts'
import { fill, type Filled } from './fill.ts'
import { drive, startServer, type Measured } from './load.ts'
import { operationsOn, type Operation } from './operations.ts'
import { measurePages, pageLine, type PageRow } from './pages.ts'
import { runPgbench, type Script } from './pgbench.ts'
import { openRecorder, type Recorder } from './recorder.ts'
import { benchClock } from './server.ts'
import { measureStatements, type StatementTimes } from './statements.ts'
import { measureStatistics, statisticsLine, type StatisticsRow } from './statistics.ts'
import { COMMUNES, makeWorld, NOW, type World } from './world.ts'

/** The system and pgbench take turns this often; the middle value of each is told, since machines are seldom quiet. */
const ROUNDS = 3

const say = (line: string): void => void process.stderr.write(`▸ ${line}\n`)

/** One cell of the table. */
type Row = {
  name: string
  clients: number
  rate: number
  p50: number
  p95: number
  cpu: number
  pgbench: number | null
  ratio: number | null
  account: Account | null
}

/**
 * Milliseconds of CPU for one request: server, database and driver on the one side, pgbench's database and client on the
 * other. Where the machine does nothing else and both keep it busy, the ratio of the sums is the ratio of the rates.
 */
type Account = { server: number; database: number; driver: number; pgbenchDatabase: number; pgbenchClient: number }

/** `npm run bench`: fills a database, measures the system over HTTP beside the same SQL through pgbench, prints a table. */
export async function runBench(_args: readonly string[]): Promise<void> {
  if (process.env['BENCH_ONLY'] === 'pages') return reportPages(await measurePages(say))
  const bench = await openBench()
  try {
    say(
      `PostgreSQL ${bench.version}, ${cpus().length} CPU${bench.pgbench ? '' : '; KHÔNG CÓ pgbench: không có cột so sánh (no pgbench, nothing to compare with)'}`,
    )
    if (process.env['BENCH_ONLY'] === 'statistics') return reportStatistics(bench, await measureStatistics(bench, say))
    const { world, filled } = await prepare(bench)
    await wakeSessions(bench, filled)
    const recorder = await openRecorder(bench, filled.startedAt)
    const rows: Row[] = []
    const statements: StatementTimes[] = []
    try {
      const chosen = operationsOn(world, filled, bench.owner).filter(({ name }) =>
        name.includes(process.env['BENCH_ONLY'] ?? ''),
      )
      // What only reads is measured first, on the data as they were filled.
      for (const operation of chosen)
        if (operation.parts === 'all') statements.push(await measureStatements(bench, operation, recorder))
      for (const operation of chosen) rows.push(...(await compare({ bench, filled, operation, recorder })))
    } finally {
      await recorder.close()
      await forgetPgbench(bench, filled)
    }
    // A part that was chosen by its name is measured alone.
    const statistics = process.env['BENCH_ONLY'] ? [] : await measureStatistics(bench, say)
    const pages = process.env['BENCH_ONLY'] ? [] : await measurePages(say)
    report({ bench, filled, rows, statements, statistics, pages })
  } finally {
    await bench.stop()
  }
}

type Prepared = { world: World; filled: Filled }

/** The filled database; one of an earlier run in BENCH_DIR is used again when it has as many dossiers. */
async function prepare(bench: Bench): Promise<Prepared> {
  const dossiers = Number(process.env['BENCH_DOSSIERS'] ?? 1_000_000)
  const { rows } = await bench.owner.query<{ value: Prepared }>(
    `select value from platform.setting where name = 'bench'`,
  )
  const [earlier] = rows
  if (earlier?.value.filled.dossiers === dossiers) return earlier.value
  if (earlier)
    throw new Error(`BENCH_DIR holds ${earlier.value.filled.dossiers} dossiers; remove it or set BENCH_DOSSIERS`)
  let now = NOW
  const context = contextOn(bench, { clock: () => now })
  try {
    say('xã, cán bộ, mẫu hồ sơ (communes, officers, patterns)')
    const world = await makeWorld(context, bench.owner, (instant) => (now = instant))
    const filled = await fill(bench.owner, { world, dossiers, keys: context.keys, say })
    await bench.owner.query(`insert into platform.setting (name, value) values ('bench', $1)`, [
      JSON.stringify({ world, filled }),
    ])
    return { world, filled }
  } finally {
    await context.pool.end()
  }
}

/** Nobody's session has been left alone for too long. */
const wakeSessions = (bench: Bench, { startedAt }: Filled) =>
  bench.owner.query('update identity.session set seen_at = $1, locked_at = null', [benchClock(startedAt)()])

type Comparison = { bench: Bench; filled: Filled; operation: Operation; recorder: Recorder }

/** The same work by the system and by pgbench in turns, with few and with many clients. */
async function compare({ bench, filled, operation, recorder }: Comparison): Promise<Row[]> {
  const { name, parts, samples, work, clients = [8, 32] } = operation
  const seconds = Number(process.env['BENCH_SECONDS'] ?? 3)
  const scripts: Script[] = []
  for (const { call, vary } of await samples()) scripts.push({ statements: await recorder.record(call, parts), vary })
  const rows: Row[] = []
  const cpu = await openCpu(bench.owner)
  const server = await startServer(bench, filled.startedAt)
  try {
    for (const many of clients) {
      await drive(server, { clients: many, seconds: Math.min(2, seconds), work })
      const rounds: (Measured & Partial<Account> & { pgbench: number | null; ratio: number | null })[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const [before, measured, between] = [cpu?.(), await drive(server, { clients: many, seconds, work }), cpu?.()]
        const pgbench = await runPgbench(bench, filled, { scripts, clients: many, seconds })
        // The connections of pgbench end a moment after it.
        await setTimeout(500)
        const spent =
          before && between && cpu && pgbench
            ? accountOf({ before, between, after: cpu() }, { measured, done: pgbench * seconds })
            : {}
        rounds.push({ ...measured, ...spent, pgbench, ratio: pgbench === null ? null : measured.rate / pgbench })
      }
      const middle = (key: keyof (typeof rounds)[number]) =>
        rounds.map((round) => round[key] ?? 0).toSorted((one, other) => one - other)[ROUNDS >> 1] ?? 0
      const row = {
        name,
        clients: many,
        rate: middle('rate'),
        p50: middle('p50'),
        p95: middle('p95'),
        cpu: middle('cpu'),
      }
      const compared = bench.pgbench
        ? { pgbench: middle('pgbench'), ratio: middle('ratio') }
        : { pgbench: null, ratio: null }
      const account =
        bench.pgbench && cpu
          ? {
              server: middle('server'),
              database: middle('database'),
              driver: middle('driver'),
              pgbenchDatabase: middle('pgbenchDatabase'),
              pgbenchClient: middle('pgbenchClient'),
            }
          : null
      rows.push({ ...row, ...compared, account })
      say(lineOf({ ...row, ...compared, account }))
    }
  } finally {
    await server.stop()
  }
  return rows
}

function accountOf(
  { before, between, after }: { before: Used; between: Used; after: Used },
  { measured, done }: { measured: Measured; done: number },
): Account {
  return {
    server: measured.cpu,
    database: (between.database - before.database) / measured.requests,
    driver: (between.driver - before.driver) / measured.requests,
    pgbenchDatabase: (after.database - between.database) / done,
    pgbenchClient: (after.children - between.children) / done,
  }
}

/** pgbench's steps are no true events; a database that is kept loses them again. */
async function forgetPgbench({ owner }: Bench, { firstAgency }: Filled): Promise<void> {
  const { rows } = await owner.query(
    `delete from dossiers.event where agency_id >= $1 and recorded_at >= $2 and version >= 100 returning agency_id, dossier_id`,
    [firstAgency, NOW],
  )
  await owner.query(
    `delete from dossiers.task t using json_to_recordset($1) as gone(agency_id int, dossier_id uuid) where t.agency_id = gone.agency_id and t.dossier_id = gone.dossier_id`,
    [JSON.stringify(rows)],
  )
}

const number = (value: number | null, digits = 0) => (value === null ? '–' : value.toFixed(digits))
const lineOf = ({ name, clients, rate, p50, p95, cpu, pgbench, ratio, account }: Row) =>
  `${name.padEnd(52)} ${String(clients).padStart(3)} ${number(rate).padStart(7)}/s  p50 ${number(p50, 1).padStart(6)}  p95 ${number(p95, 1).padStart(6)} ms  CPU ${number(cpu, 2).padStart(5)} ms  pgbench ${number(pgbench).padStart(6)}/s  ratio ${number(ratio, 2)}${account ? `  ${lineOfAccount(account)}` : ''}`

const lineOfAccount = ({ server, database, driver, pgbenchDatabase, pgbenchClient }: Account) =>
  `CPU ${number(server, 2)} + ${number(database, 2)} + ${number(driver, 2)} | ${number(pgbenchDatabase, 2)} + ${number(pgbenchClient, 2)}: ${number((pgbenchDatabase + pgbenchClient) / (server + database + driver), 2)}`

function report({
  bench,
  filled,
  rows,
  statements,
  statistics,
  pages,
}: {
  bench: Bench
  filled: Filled
  rows: Row[]
  statements: StatementTimes[]
  statistics: StatisticsRow[]
  pages: PageRow[]
}): void {
  const lines = [
    '',
    `PostgreSQL ${bench.version}; ${filled.dossiers} hồ sơ, ${COMMUNES} xã (communes); fsync on`,
    ...rows.map(lineOf),
    '',
    'Trong cơ sở dữ liệu, một kết nối (in the database, one connection), ms:',
    ...statements.map(
      ({ name, p50, p95, scans }) =>
        `${name.padEnd(52)} p50 ${number(p50, 2).padStart(7)}  p95 ${number(p95, 2).padStart(7)}${scans.length > 0 ? `  QUÉT CẢ BẢNG (sequential scan): ${scans.join(', ')}` : ''}`,
    ),
    '',
    ...statistics.map(statisticsLine),
    '',
    ...pages.map(pageLine),
  ]
  console.log(lines.join('\n'))
  write({
    postgresql: bench.version,
    cpus: cpus().length,
    dossiers: filled.dossiers,
    rows,
    statements,
    statistics,
    pages,
  })
}

function reportPages(pages: PageRow[]): void {
  console.log(pages.map(pageLine).join('\n'))
  write({ pages })
}

function reportStatistics(bench: Bench, statistics: StatisticsRow[]): void {
  console.log(
    ['', `PostgreSQL ${bench.version}; ${COMMUNES} xã (communes)`, ...statistics.map(statisticsLine)].join('\n'),
  )
  write({ postgresql: bench.version, cpus: cpus().length, statistics })
}

function write(result: object): void {
  const file = process.env['BENCH_OUTPUT'] ?? join(import.meta.dirname, '../build/bench-result.json')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  say(file)
}
