import type pg from 'pg'
import type { InjectOptions } from 'fastify'
import { APP_ROLE, openPool } from '../src/platform/db.ts'
import { contextOn, type Bench } from './database.ts'
import type { Call } from './load.ts'
import { benchClock, openServer } from './server.ts'

/** A statement as it went over the wire. */
export type Statement = { text: string; values: readonly unknown[] }

export type Recorder = {
  /** What one call sends to the tables of the dossiers, when everything that is remembered is remembered. */
  record: (call: Call, parts: 'all' | 'last-transaction') => Promise<Statement[]>
  close: () => Promise<void>
}

/** The same server in this process, on a connection that writes down what it is asked. */
export async function openRecorder(bench: Bench, startedAt: number): Promise<Recorder> {
  let heard: Statement[] = []
  const pool = openPool({ url: bench.url, size: 4, role: APP_ROLE })
  pool.on('connect', (client) => listen(client, (statement) => heard.push(statement)))
  const context = contextOn(bench, { clock: benchClock(startedAt), pool })
  const http = await openServer(context)
  const ask = async ({ method, path, token, body }: Call) => {
    const options: InjectOptions = {
      method,
      url: path,
      headers: { 'x-motcua': '1' },
      cookies: { motcua_session: token },
    }
    const reply = await http.inject(body === undefined ? options : { ...options, payload: body as object })
    if (reply.statusCode >= 400) throw new Error(`${path}: ${reply.statusCode} ${reply.body.slice(0, 400)}`)
  }
  return {
    async record(call, parts) {
      // Reads are asked twice, so that what is remembered is remembered; a command happens once.
      if (call.method === 'GET') await ask(call)
      heard = []
      await ask(call)
      const kept = heard.filter(concernsDossiers)
      const last = kept.findLastIndex(({ text }) => /^\s*begin/i.test(text))
      return parts === 'all' ? kept : kept.slice(last)
    },
    async close() {
      await http.close()
      await pool.end()
    },
  }
}

/** Transactions are opened for dossiers alone; sessions, staff and catalogue are read outside of them. */
const concernsDossiers = ({ text }: Statement) =>
  /^\s*(begin|start transaction|commit)|dossiers"?\.|set_config/i.test(text)

function listen(client: pg.PoolClient, hear: (statement: Statement) => void): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const heard = (...args: unknown[]): unknown => {
    const [first, second] = args
    const config =
      typeof first === 'string' ? { text: first, values: second } : (first as { text?: string; values?: unknown })
    if (config.text) hear({ text: config.text, values: Array.isArray(config.values) ? config.values : [] })
    return query(...args)
  }
  client.query = heard as typeof client.query
}
