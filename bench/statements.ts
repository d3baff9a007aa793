import type pg from 'pg'
import { APP_ROLE, openPool } from '../src/platform/db.ts'
import type { Bench } from './database.ts'
import type { Operation } from './operations.ts'
import type { Recorder, Statement } from './recorder.ts'

export type StatementTimes = { name: string; p50: number; p95: number; scans: string[] }

const SAMPLES = 100

/** How long the database works for one call, and whether it read a table of the dossiers from end to end. */
export async function measureStatements(
  bench: Bench,
  { name, samples, parts }: Operation,
  recorder: Recorder,
): Promise<StatementTimes> {
  const pool = openPool({ url: bench.url, size: 1, role: APP_ROLE })
  const client = await pool.connect()
  try {
    const times: number[] = []
    const scans = new Set<string>()
    while (times.length < SAMPLES)
      for (const { call } of await samples()) {
        const statements = await recorder.record(call, parts)
        times.push(await timeOf(client, statements, scans))
      }
    times.sort((one, other) => one - other)
    const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
    return { name, p50: at(0.5), p95: at(0.95), scans: [...scans] }
  } finally {
    client.release()
    await pool.end()
  }
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }
type Explained = { Plan: Plan; 'Planning Time': number; 'Execution Time': number }

/** Planning and execution as PostgreSQL itself tells them, summed over the statements of the call. */
async function timeOf(client: pg.PoolClient, statements: readonly Statement[], scans: Set<string>): Promise<number> {
  let sum = 0
  for (const { text, values } of statements) {
    if (!/^\s*(select|with|\()/i.test(text) || text.includes('set_config')) {
      await client.query(text, [...values])
      continue
    }
    const { rows } = await client.query<{ 'QUERY PLAN': Explained[] }>(
      `explain (analyze, timing off, format json) ${text}`,
      [...values],
    )
    const explained = rows[0]?.['QUERY PLAN'][0]
    if (!explained) throw new Error('no plan')
    sum += explained['Planning Time'] + explained['Execution Time']
    for (const relation of scannedIn(explained.Plan)) scans.add(relation)
  }
  return sum
}

/** Small tables are best read whole; these are the ones that grow. */
const scannedIn = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && /^(event|dossier|person|note|name|task)$/.test(plan['Relation Name'] ?? '')
    ? [plan['Relation Name'] ?? '']
    : []),
  ...(plan.Plans ?? []).flatMap(scannedIn),
]
