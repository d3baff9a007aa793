import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyLog, type DossierContext } from '../dossiers/index.ts'
import { aCommune, anIntake, type Commune } from '../dossiers/testing.ts'
import { createAccount, type IdentityContext } from '../identity/index.ts'
import { GOOD_PASSWORD } from '../identity/testing.ts'
import { readConfig } from '../platform/config.ts'
import { APP_ROLE, openDb, openPool } from '../platform/db.ts'
import { startEmbeddedDatabase } from '../platform/embedded-database.ts'
import { openKeys } from '../platform/keys.ts'
import { openLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { testDatabase } from '../platform/testing.ts'
import { chooseInstallation } from './first-start.ts'
import { migrationsDir, root } from './system.ts'

type World = {
  dir: string
  env: Record<string, string>
  commune: Commune
  context: DossierContext
  killDatabase: () => void
  open: () => Promise<DossierContext>
  close: () => Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Starts the server as a user would and waits until it answers. */
async function startServer(env: Record<string, string>): Promise<{ child: ChildProcess; base: string }> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(root, 'src/app/serve.ts')], {
    env: { ...process.env, ...env, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const base = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${said}`)
    const up = await fetch(`${base}/readyz`)
      .then((reply) => reply.ok)
      .catch(() => false)
    if (up) return { child, base }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not come up: ${said}`)
}

async function signIn(base: string, userName: string): Promise<string> {
  const reply = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-motcua': '1' },
    body: JSON.stringify({ userName, password: GOOD_PASSWORD }),
  })
  assert.ok(reply.ok, await reply.clone().text())
  return reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

const post = (base: string, cookie: string, body: unknown) =>
  fetch(`${base}/api/dossiers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-motcua': '1', cookie },
    body: JSON.stringify(body),
  })

async function prepare(context: DossierContext): Promise<Commune> {
  const commune = await aCommune(context)
  const made = await createAccount(context as unknown as IdentityContext, {
    officerId: commune.reception.officerId,
    userName: 'motcua',
    password: GOOD_PASSWORD,
    demo: true,
  })
  assert.ok(made.ok)
  return commune
}

/** Takes dossiers in from eight desks at once, kills the server in the middle, starts it again and looks. */
async function crash(world: World): Promise<void> {
  const { env, commune, context } = world
  const bodies = Array.from({ length: 150 }, () => anIntake(context, commune))
  const acknowledged = new Map<string, string>()
  const first = await startServer(env)
  const cookie = await signIn(first.base, 'motcua')
  let next = 0
  const desk = async () => {
    while (next < bodies.length) {
      const body = bodies[next++]
      const reply = await post(first.base, cookie, body).catch(() => undefined)
      if (reply?.status === 201)
        acknowledged.set(body?.commandId ?? '', ((await reply.json()) as { code: string }).code)
      if (acknowledged.size === 30 && !first.child.killed) {
        first.child.kill('SIGKILL')
        world.killDatabase()
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, desk))
  assert.ok(acknowledged.size >= 30 && acknowledged.size < bodies.length, `${acknowledged.size} acknowledged`)
  const second = await startServer(env)
  try {
    const again = await signIn(second.base, 'motcua')
    const codes: string[] = []
    for (const body of bodies) {
      const reply = await post(second.base, again, body)
      assert.ok(reply.ok, await reply.clone().text())
      const { code, repeated } = (await reply.json()) as { code: string; repeated: boolean }
      const before = acknowledged.get(body.commandId)
      if (before !== undefined)
        assert.deepEqual({ code, repeated }, { code: before, repeated: true }, 'what was acknowledged is there')
      codes.push(code)
    }
    const numbers = codes.map((code) => Number(code.slice(-4))).toSorted((a, b) => a - b)
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
      'each request happened once, without a gap',
    )
    const opened = await world.open()
    assert.deepEqual((await verifyLog(opened)).findings, [], 'nothing is left half')
  } finally {
    second.child.kill('SIGTERM')
    await new Promise((resolve) => second.child.once('exit', resolve))
    await world.close()
  }
}

test(
  'kill -9 of the server during intake loses nothing acknowledged and leaves nothing half',
  { timeout: 600_000 },
  async () => {
    const database = await testDatabase()
    const context = database.context as unknown as DossierContext
    const commune = await prepare(context)
    await chooseInstallation(database.ownerPool, 'empty')
    await crash({
      dir: context.config.dataDir,
      env: { DATA_DIR: context.config.dataDir, DATABASE_URL: database.url },
      commune,
      context,
      killDatabase: () => undefined,
      open: async () => context,
      close: () => database.close(),
    })
  },
)

test(
  'kill -9 of the server and of the embedded database during intake loses nothing acknowledged',
  { timeout: 600_000 },
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'motcua-crash-'))
    chmodSync(dir, 0o711) // run by root, the server works under another account
    const config = readConfig({ DATA_DIR: dir, LOG_LEVEL: 'silent' }, dir)
    const log = openLog('silent')
    const keys = openKeys(config.keyDir)
    const clock = () => new Date().toISOString()
    const open = async (url: string) => {
      const pool = openPool({ url, size: 4, role: APP_ROLE })
      return { db: openDb(pool), pool, clock, config, keys, log } as unknown as DossierContext
    }
    const database = await startEmbeddedDatabase({ dataDir: config.dataDir, keyDir: config.keyDir, log })
    const owner = openPool({ url: database.url, size: 2 })
    await migrate(owner, migrationsDir)
    await chooseInstallation(owner, 'empty')
    const before = await open(database.url)
    const commune = await prepare(before)
    await Promise.all([owner.end(), before.pool.end()])
    await database.stop()
    let after: DossierContext | undefined
    await crash({
      dir,
      env: { DATA_DIR: dir, DATABASE_URL: '' },
      commune,
      context: before,
      killDatabase: () => process.kill(postmaster(dir), 'SIGKILL'),
      open: async () => {
        const { findEmbeddedDatabase } = await import('../platform/embedded-database.ts')
        const url = await findEmbeddedDatabase(config)
        assert.ok(url)
        after = await open(url)
        return after
      },
      close: async () => {
        await after?.pool.end().catch(() => undefined)
        rmSync(dir, { recursive: true, force: true })
      },
    })
  },
)

const postmaster = (dir: string): number =>
  Number(readFileSync(join(dir, 'database', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
