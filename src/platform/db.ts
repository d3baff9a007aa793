import type { Socket } from 'node:net'
import {
  DefaultQueryExecutor,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  Transaction,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
} from 'kysely'
import pg from 'pg'

/** A connection pool or a transaction; each store sees only the tables that it declares. */
export type Db<Tables> = Kysely<Tables> | Transaction<Tables>
export type Tx<Tables> = Transaction<Tables>

/**
 * What a piece of work may see in agency-owned tables. Row-level security holds it even where a query forgets its
 * condition. `dossier` opens one dossier of another agency, after the caller has made sure that it was handed over.
 */
export type Scope = { agencies: readonly number[]; dossier?: string }

/** Role of the application in the database: no update or delete on the log, row-level security in force. */
export const APP_ROLE = 'motcua_app'

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (text) => text) // a day stays a day, `Day`
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString()) // `Instant`
types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new Error(`int8 out of range: ${text}`)
  return number
})

/**
 * Opens a pool. Each connection has taken on `role` before anything can run on it, and sends on what it is given without
 * waiting for the answer to what went before: statements that are awaited together cost one round trip.
 */
export function openPool({ url, size, role }: { url: string; size: number; role?: string }): pg.Pool {
  const options = role ? `-c jit=off -c role=${role}` : '-c jit=off'
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    options,
    pipeline: true,
    connectionTimeoutMillis: LONGEST_WAIT,
    application_name: 'motcua',
  })
  // A connection that the server closes, idle or in the middle of work, must not end the process; the query reports it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const often = oftenSent()
  pool.on('connect', (client) => {
    prepareWhatIsSentOften(client, often)
    sendTogether(client)
  })
  return pool
}

/** Whoever cannot be given a connection for so long is told so (503) and does not wait for ever. */
const LONGEST_WAIT = 30_000

const OFTEN = 20
const MOST_PREPARED = 400

/** Names the statements that a process sends again and again; nothing for the others. */
function oftenSent(): (text: string) => string | undefined {
  const counts = new Map<string, number>()
  const names = new Map<string, string>()
  return (text) => {
    const name = names.get(text)
    if (name !== undefined || names.size >= MOST_PREPARED) return name
    const count = (counts.get(text) ?? 0) + 1
    if (counts.size > 10 * MOST_PREPARED) counts.clear()
    counts.set(text, count)
    if (count >= OFTEN) names.set(text, `often-${names.size}`)
    return names.get(text)
  }
}

/** Planning a short query takes longer than running it: what comes often is planned once a connection. */
function prepareWhatIsSentOften(client: pg.PoolClient, often: (text: string) => string | undefined): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const prepared = (first: unknown, values: unknown, ...rest: unknown[]): unknown => {
    const name = typeof first === 'string' && Array.isArray(values) && values.length > 0 ? often(first) : undefined
    return name === undefined ? query(first, values, ...rest) : query({ name, text: first, values }, ...rest)
  }
  client.query = prepared as typeof client.query
}

/** Handing bytes to the system costs more than making them: what is asked in one breath leaves in one piece. */
function sendTogether(client: pg.PoolClient): void {
  const { connection } = client as unknown as { connection: { stream: Socket } }
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  let gathering = false
  const gathered = (...args: unknown[]): unknown => {
    if (gathering) return query(...args)
    const { stream } = connection
    gathering = true
    stream.cork()
    process.nextTick(() => {
      gathering = false
      stream.uncork()
    })
    return query(...args)
  }
  client.query = gathered as typeof client.query
}

const pools = new WeakMap<object, pg.Pool>()

/** Wraps a pool for typed queries. */
export function openDb<Tables>(pool: pg.Pool): Db<Tables> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  pools.set(db, pool)
  return db
}

/** The text that puts a scope in force for the rest of the transaction; for one round trip together with `begin`. */
export const scopeStatement = (scope: Scope): string =>
  `select set_config('app.agencies', '{${scope.agencies.map((id) => Math.trunc(id)).join(',')}}', true), ` +
  `set_config('app.dossier', ${pg.escapeLiteral(scope.dossier ?? '')}, true)`

/**
 * Runs `work` in one transaction that sees only what `scope` allows. The transaction is opened in the same breath as the
 * first question of `work`, and questions that are asked together are sent together.
 */
export const withScope = <Tables, Value>(
  db: Db<Tables>,
  scope: Scope,
  work: (tx: Tx<Tables>) => Promise<Value>,
): Promise<Value> => scoped(db, { begin: 'begin', scope, work })

/** The same for reading only, as the data stood at one moment, however long the reading takes. */
export const withSnapshot = <Tables, Value>(
  db: Db<Tables>,
  scope: Scope,
  work: (tx: Tx<Tables>) => Promise<Value>,
): Promise<Value> => scoped(db, { begin: 'begin isolation level repeatable read read only', scope, work })

type Scoped<Tables, Value> = { begin: string; scope: Scope; work: (tx: Tx<Tables>) => Promise<Value> }

async function scoped<Tables, Value>(db: Db<Tables>, { begin, scope, work }: Scoped<Tables, Value>): Promise<Value> {
  const pool = pools.get(db)
  if (!pool) throw new Error('a scope is opened on what `openDb` gave, and not within a transaction')
  const client = await pool.connect()
  let broken: Error | undefined
  const line = { client, open: true }
  try {
    const opened = client.query(`${begin}; ${scopeStatement(scope)}`)
    // What is asked after a beginning that failed fails as well; who waits for the answer hears why.
    opened.catch(() => undefined)
    const value = await work(transactionOn<Tables>(line))
    await opened
    const { command } = await client.query('commit')
    if (command === 'ROLLBACK') throw new Error('a statement of the transaction failed and nobody looked')
    return value
  } catch (fault) {
    await client.query('rollback').catch((cause: unknown) => (broken = new Error('rollback failed', { cause })))
    throw fault
  } finally {
    line.open = false
    client.release(broken)
  }
}

const dialect = { adapter: new PostgresAdapter(), compiler: new PostgresQueryCompiler(), driver: new DummyDriver() }

/** A transaction that somebody else began and will end. Kysely's own would send one statement at a time. */
function transactionOn<Tables>(line: { client: pg.PoolClient; open: boolean }): Tx<Tables> {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      if (!line.open) throw new Error('the transaction is over')
      const { command, rowCount, rows } = await line.client.query(text, [...parameters])
      const changed = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
      return { rows: rows as Row[], ...(changed ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
    },
    streamQuery() {
      throw new Error('rows are not streamed here')
    },
  }
  const executor = new DefaultQueryExecutor(dialect.compiler, dialect.adapter, {
    provideConnection: (consumer) => consumer(connection),
  })
  const own = {
    createAdapter: () => dialect.adapter,
    createDriver: () => dialect.driver,
    createQueryCompiler: () => dialect.compiler,
    createIntrospector: () => {
      throw new Error('the tables are known')
    },
  }
  return new Transaction<Tables>({ config: { dialect: own }, dialect: own, driver: dialect.driver, executor })
}

/** Runs `work` in the transaction that is under way, or in one of its own. */
export const inTransaction = <Tables, Value>(
  db: Db<Tables>,
  work: (tx: Db<Tables>) => Promise<Value>,
): Promise<Value> => (db.isTransaction ? work(db) : db.transaction().execute(work))
