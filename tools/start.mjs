// The one way in: `npm start`, `npm test` and `motcua` all come through here. Runs on Node 20 without any dependency,
// gets what is missing (Node itself, packages, the built web), and hands over. Without a network it works from what is there.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const NODE = '24.21.0'
const NODE_AT_LEAST = [24, 15]

const commands = {
  /** Builds what is out of date and serves. */
  async serve(args) {
    buildWeb()
    const { serve } = await import('../src/app/main.ts')
    await serve(args)
  },
  async test(args) {
    const { runTests } = await import('./test.ts')
    process.exitCode = await runTests(args)
  },
  /** The server, started again at each change, and the web from its sources. */
  async dev(args) {
    buildWeb()
    const watchers = [
      [join(root, 'node_modules/vite/bin/vite.js')],
      ['--watch-path=src', '--watch-path=migrations', join(root, 'src/app/serve.ts'), ...args],
    ].map((argv) => spawn(process.execPath, argv, { cwd: root, stdio: 'inherit' }))
    await Promise.all(watchers.map((child) => passSignals(child)))
  },
  async fix() {
    const folders = ['src', 'tools', 'journeys', 'bench', 'demo'].filter((name) => existsSync(join(root, name)))
    runPackage('oxlint/bin/oxlint', ['--type-aware', '--fix', ...folders])
    runPackage('oxfmt/bin/oxfmt', [...folders, 'vite.config.ts'])
  },
  async bench(args) {
    const { runBench } = await import('../bench/main.ts')
    await runBench(args)
  },
  async cli(args) {
    const { runCli } = await import('../src/app/cli.ts')
    process.exitCode = await runCli(args)
  },
}

/** Does `command` under the Node that the project wants, with everything in place. */
export async function start(command, args) {
  if (!Object.hasOwn(commands, command))
    throw new Problem(`Không có lệnh "${command}". (Unknown command; one of ${Object.keys(commands).join(', ')}.)`)
  if (!isRecent(process.versions.node)) return handOver(getNode(), command, args)
  installPackages()
  keepCompiled()
  await commands[command](args)
}

/**
 * Sources without their types and compiled code are kept between starts: half of the time until the server answers, and
 * of each test file. Of use to programs that this one starts too. A folder that cannot be written to only costs that time.
 */
function keepCompiled() {
  process.env.NODE_COMPILE_CACHE ??= join(root, 'build/compiled')
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE)
}

/** Something a person can put right; told without a stack. */
class Problem extends Error {}

export function tell(fault) {
  const isPlain = fault instanceof Problem || fault?.forPeople === true
  console.error(isPlain ? `\n${fault.message}` : fault)
  process.exitCode = 1
}

// --- Node -------------------------------------------------------------------------------------------------------------

function isRecent(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > NODE_AT_LEAST[0] || (major === NODE_AT_LEAST[0] && minor >= NODE_AT_LEAST[1])
}

/** The pinned Node as an npm package in `.node/`, fetched once. */
function getNode() {
  const os = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${os}-${process.arch}`
  const home = join(root, '.node', NODE)
  const binary = join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(binary)) return binary
  say(
    `Cần Node ${NODE_AT_LEAST.join('.')} trở lên, máy đang có ${process.versions.node}: tải Node ${NODE} vào .node/ (chỉ lần đầu)`,
    `Fetching Node ${NODE}`,
  )
  onlyOne(() => {
    if (existsSync(binary)) return
    const fresh = join(root, '.node', `new-${process.pid}`)
    mkdirSync(fresh, { recursive: true })
    writeFileSync(join(fresh, 'package.json'), '{"private":true}\n')
    npm(
      ['install', '--prefix', fresh, '--no-save', '--no-package-lock', '--ignore-scripts=false', `${name}@${NODE}`],
      fresh,
    )
    rmSync(home, { recursive: true, force: true })
    renameSync(fresh, home)
  })
  const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  if (status === 0 && stdout.trim() === `v${NODE}`) return binary
  throw new Problem(
    `Node ${NODE} tải về không chạy được trên máy này; hãy tự cài Node 24.15 trở lên. (The fetched Node does not run here; install Node 24.15 or later.)`,
  )
}

function handOver(binary, command, args) {
  const env = {
    ...process.env,
    MOTCUA_LAUNCHER: String(process.pid),
    PATH: `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}`,
  }
  return passSignals(spawn(binary, [fileURLToPath(import.meta.url), command, ...args], { stdio: 'inherit', env }))
}

/** Waits for the child, hands it the signals that we get, and ends as it ended. */
function passSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm and the shell between may die without handing on the signal.
  const { ppid } = process
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== ppid && child.kill('SIGTERM'), 1000).unref()
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)
      done()
    })
  })
}

// --- Packages ---------------------------------------------------------------------------------------------------------

/** Exactly what the lock file says, fetched again only when it changed. */
function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).digest('hex')
  const note = join(root, 'node_modules', '.motcua-lock')
  const isInstalled = () => existsSync(note) && readFileSync(note, 'utf8') === wanted
  if (isInstalled()) return
  // Somebody ran npm by hand after the lock file was written.
  const npmsOwn = join(root, 'node_modules', '.package-lock.json')
  if (existsSync(npmsOwn) && statSync(npmsOwn).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) {
    writeFileSync(note, wanted)
    return
  }
  say('Cài các gói phần mềm (chỉ lần đầu hoặc khi nâng cấp, khoảng một đến ba phút)', 'Installing packages')
  onlyOne(() => {
    if (isInstalled()) return
    npm(['ci', '--include=dev', '--include=optional', '--ignore-scripts=false'], root)
    writeFileSync(note, wanted)
  })
}

/** Runs the npm that started us, or the one on PATH. */
function npm(args, cwd) {
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--no-update-notifier']
  const script = process.env.npm_execpath?.replace(/npx-cli\.js$/, 'npm-cli.js')
  const [program, ...first] = script?.endsWith('.js') && existsSync(script) ? [process.execPath, script] : ['npm']
  const { status, error } = spawnSync(program, [...first, ...args, ...flags], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: program === 'npm' && process.platform === 'win32',
  })
  if (status !== 0)
    throw new Problem(
      `Không tải được từ kho gói npm. Hãy kiểm tra mạng rồi chạy lại. (npm ${args[0]} failed${error ? `: ${error.message}` : ''}.)`,
    )
}

/** Two starts at once on a fresh checkout: the second waits for the first. */
function onlyOne(work) {
  const lock = join(root, '.node', 'installing')
  mkdirSync(dirname(lock), { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch {
      if (!isAlive(Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0))) rmSync(lock, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    }
  }
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (fault) {
    return fault.code === 'EPERM'
  }
}

// --- The officers' web ------------------------------------------------------------------------------------------------

/** Builds the web when a source of it is newer than what was built. */
export function buildWeb({ always = false } = {}) {
  const built = join(root, 'build/web/index.html')
  const sources = ['src', 'vite.config.ts', 'package-lock.json'].map((name) => newest(join(root, name)))
  if (!always && existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources)) return
  say('Dựng giao diện web', 'Building the web')
  runPackage('vite/bin/vite.js', ['build', '--logLevel', 'error'])
}

/** When something that the web is built from changed last. */
function newest(path) {
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  const isOfWeb = (name) =>
    /\.(tsx|css|html|svg|woff2)$|(^|\/)(web|browser|rules)\/.*\.ts$|(^|\/)(contract|text\.(vi|en)|result|day|money)\.ts$/.test(
      name,
    ) && !name.includes('.test.')
  const times = readdirSync(path, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter(isOfWeb)
    .map((name) => statSync(join(path, name)).mtimeMs)
  return Math.max(0, ...times)
}

function runPackage(script, args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Problem(`Lệnh ${script} không thành công. (${script} failed.)`)
}

/** Progress goes to the error stream, so that the output of a command stays its own. */
const say = (vietnamese, english) => console.error(`▸ ${vietnamese} … (${english})`)

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [command = 'serve', ...args] = process.argv.slice(2)
  await start(command, args).catch(tell)
}
