import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { configOfProcess, isLaunched, type Config } from '../platform/config.ts'
import type { Http } from '../platform/http/route.ts'
import { createHttp } from '../platform/http/server.ts'
import { startJobs } from '../platform/jobs.ts'
import type { Log } from '../platform/log.ts'
import { StartProblem } from '../platform/start-problem.ts'
import { closeRenderer, warmRenderer } from '../documents/index.ts'
import { prepareInstallation } from './first-start.ts'
import { jobs } from './jobs.ts'
import { addRoutes } from './routes.ts'
import { openSystem, root, type System } from './system.ts'

/** Serves until a signal: database, migrations, first start, routes, jobs, and then where to open it. */
export async function serve(args: string[]): Promise<void> {
  const { empty } = readArguments(args)
  const config = configOfProcess(root)
  const system = await openSystem(config, { as: 'server' })
  const { log } = system.context
  let http: Http | undefined
  try {
    await checkAddress(config)
    const lines = await prepareInstallation(system, { empty, say })
    http = await buildHttp(system)
    warmRenderer()
    await listen(http, config)
    const running = startJobs({ jobs, given: system.context, url: system.databaseUrl, log })
    stopOnSignal({ http, running, system })
    log.info({ what: 'started', host: config.host, port: config.port, ms: Math.round(performance.now()) })
    announce(config, [...system.notices, ...lines])
  } catch (cause) {
    await http?.close()
    await closeRenderer()
    await system.close()
    throw cause
  }
}

/** The server with all routes; also for tests and for the description of the API. */
export async function buildHttp(system: Pick<System, 'context' | 'ready'>): Promise<Http> {
  const { config, log } = system.context
  const http = await createHttp({ config, log, ready: system.ready, webDir: join(root, 'build/web') })
  addRoutes(http, system.context)
  await http.ready()
  return http
}

function readArguments(args: string[]): { empty: boolean } {
  try {
    const { values } = parseArgs({ args, options: { empty: { type: 'boolean', default: false } } })
    return values
  } catch (cause) {
    throw new StartProblem(
      'npm start chỉ nhận --empty: khởi động không có dữ liệu dùng thử. (npm start takes --empty only: no demo.)',
      { cause },
    )
  }
}

/** Finds out that the port is taken before the demo is made, not after. */
async function checkAddress(config: Config): Promise<void> {
  const probe = createServer()
  await listen({ listen: (address) => once(probe.listen(address), 'listening') }, config)
  await new Promise((done) => probe.close(done))
}

async function listen(
  server: { listen: (address: { host: string; port: number }) => Promise<unknown> },
  { host, port }: Config,
): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const hints: Record<string, string> = {
      EADDRINUSE: `Cổng ${port} đã có chương trình khác dùng. Hãy đặt cổng khác, ví dụ PORT=${port + 1} npm start. (Port ${port} is taken; choose another with PORT.)`,
      EACCES: `Không được phép dùng cổng ${port}. Hãy đặt PORT từ 1024 trở lên. (Port ${port} is not allowed; use 1024 or above.)`,
      EADDRNOTAVAIL: `Máy này không có địa chỉ ${host}. Hãy sửa HOST. (This machine has no address ${host}; check HOST.)`,
      ENOTFOUND: `Máy này không có địa chỉ ${host}. Hãy sửa HOST. (This machine has no address ${host}; check HOST.)`,
    }
    throw hints[code ?? ''] ? new StartProblem(hints[code ?? ''], { cause }) : cause
  }
}

type Running = { http: Http; running: { stop: () => Promise<void> }; system: System }

/** Finishes what is under way, then the jobs, then the database; after 20 seconds ends without them. */
function stopOnSignal({ http, running, system }: Running): void {
  const { log } = system.context
  let stopping = false
  const stop = async (why: string) => {
    if (stopping) return
    stopping = true
    log.info({ what: 'stopping', why })
    setTimeout(() => end(log, 1), 20_000).unref()
    try {
      await http.close()
      await running.stop()
      await system.close()
      end(log, 0)
    } catch (fault) {
      log.error({ what: 'stop-failed', err: fault })
      end(log, 1)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(signal))
  // Killed without a word, npm or the launcher would leave us behind on the port, unseen.
  const { ppid } = process
  if (isLaunched()) setInterval(() => process.ppid !== ppid && void stop('launcher-gone'), 1000).unref()
}

function end(log: Log, code: number): void {
  log.info({ what: 'stopped' })
  process.exit(code)
}

function announce({ publicUrl, host }: Config, lines: readonly string[]): void {
  say('')
  say('Một Cửa đang chạy. Mở trong trình duyệt:')
  say(`  Cán bộ:    ${publicUrl}/can-bo`)
  say(`  Người dân: ${publicUrl}/`)
  say(`(Một Cửa is running: officers at ${publicUrl}/can-bo, citizens at ${publicUrl}/; stop it with Ctrl+C.)`)
  if (host === '0.0.0.0')
    say('Các máy khác trong mạng dùng địa chỉ IP của máy này. (Other machines use the IP address of this one.)')
  for (const line of lines) say(line)
  say('')
}

const say = (line: string): void => void process.stderr.write(`${line}\n`)
