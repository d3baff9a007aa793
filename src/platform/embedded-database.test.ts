import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import {
  DatabaseInUseError,
  findEmbeddedDatabase,
  startEmbeddedDatabase,
  type EmbeddedDatabase,
} from './embedded-database.ts'
import { openLog } from './log.ts'

const log = openLog('silent')
const dir = mkdtempSync(join(tmpdir(), 'motcua-embedded-'))
const folders = { dataDir: dir, keyDir: join(dir, 'keys') }
let running: EmbeddedDatabase | undefined

before(() => chmodSync(dir, 0o711))
afterEach(async () => {
  await running?.stop()
  running = undefined
})
after(() => rmSync(dir, { recursive: true, force: true }))

const ask = async (url: string, question: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(question)
  await client.end()
  return rows[0]
}

const start = async () => (running = await startEmbeddedDatabase({ ...folders, log }))

const pidFile = join(dir, 'database/data/postmaster.pid')
const serverPid = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0])

/** Another process that serves the folder and writes the number 7, then waits to be killed. */
async function startElsewhere(): Promise<{ kill: () => Promise<void> }> {
  const module = JSON.stringify(join(import.meta.dirname, 'embedded-database.ts'))
  const text = `
    import { startEmbeddedDatabase } from ${module}
    import pg from 'pg'
    const log = { info() {}, warn() {} }
    const { url } = await startEmbeddedDatabase({ ...${JSON.stringify(folders)}, log })
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('create table if not exists note (value int); insert into note values (7)')
    console.log('written')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: dirname(import.meta.dirname),
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  await new Promise((done) => child.stdout.once('data', done))
  return {
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

test('the first start makes a database that is safe against power cuts and asks for a password', async () => {
  const { url } = await start()
  const facts = await ask(
    url,
    `select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
       current_setting('listen_addresses') as addresses, (select rolsuper from pg_roles where rolname = current_user) as super`,
  )
  assert.deepEqual(facts, { fsync: 'on', checksums: 'on', encoding: 'UTF8', addresses: '', super: false })
  await assert.rejects(ask(url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1'), /password authentication failed/)
})

test('a second server on the same folder is refused with a clear word, and a command finds the first', async () => {
  const { url } = await start()
  await assert.rejects(
    startEmbeddedDatabase({ ...folders, log }),
    (fault: Error) => fault instanceof DatabaseInUseError && fault.message.includes(`PID ${process.pid}`),
  )
  assert.equal(await findEmbeddedDatabase(folders), url)
  await running?.stop()
  assert.equal(await findEmbeddedDatabase(folders), undefined)
})

test('after kill -9 of its process the next start finds the orphaned server and what was written', async () => {
  const other = await startElsewhere()
  await assert.rejects(startEmbeddedDatabase({ ...folders, log }), DatabaseInUseError)
  const orphan = serverPid()
  await other.kill()
  assert.doesNotThrow(() => process.kill(orphan, 0), 'the server outlives its process')
  const { url } = await start()
  assert.notEqual(serverPid(), orphan)
  assert.deepEqual(await ask(url, 'select value from note'), { value: 7 })
})

test('a server that was killed itself is recovered', async () => {
  const first = await start()
  process.kill(serverPid(), 'SIGKILL')
  await first.stop()
  const { url } = await start()
  assert.deepEqual(await ask(url, 'select value from note'), { value: 7 })
})

test('a number in the file of the server that now belongs to another process stops nobody', async () => {
  await (await start()).stop()
  writeFileSync(pidFile, `${process.ppid}\n${join(dir, 'database/data')}\n0\n5432\n\n\n\nready\n`)
  await start()
  assert.notEqual(serverPid(), process.ppid)
})

test('a first start that was cut short leaves nothing half', async () => {
  const { dataDir } = folders
  await (await start()).stop()
  rmSync(join(dataDir, 'database/data'), { recursive: true })
  writeFileSync(join(dataDir, 'database/password.new'), 'x')
  await start()
  assert.equal(existsSync(join(dataDir, 'database/password.new')), false)
})
