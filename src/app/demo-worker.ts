import { parentPort, workerData } from 'node:worker_threads'
import { loadAuthority, type AuthorityName, type LoadOutcome } from '../../demo/index.ts'
import type { Config } from '../platform/config.ts'
import { APP_ROLE, openDb, openPool } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { openLog } from '../platform/log.ts'
import type { Tables } from './tables.ts'

export type DemoOrder = { name: AuthorityName; url: string; config: Config }
export type DemoReply = { title: string; done: number; of: number } | { outcome: LoadOutcome }

if (!parentPort) throw new Error('demo-worker runs as a worker thread')
const port = parentPort
const { name, url, config } = workerData as DemoOrder // given by demo.ts

const stopping = new AbortController()
port.on('message', () => stopping.abort())

const pool = openPool({ url, size: 6, role: APP_ROLE })
const context = {
  db: openDb<Tables>(pool),
  pool,
  clock: () => new Date().toISOString(),
  config,
  keys: openKeys(config.keyDir),
  log: openLog('silent'),
}
const say = (reply: DemoReply): void => port.postMessage(reply)
try {
  const outcome = await loadAuthority(context, name, { tell: say, signal: stopping.signal })
  say({ outcome })
} finally {
  await pool.end()
  port.close()
}
