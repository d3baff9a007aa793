import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import lighthouse from 'lighthouse'

/** What a person on a cheap phone meets first, and then. */
const pages = [
  '/',
  '/thu-tuc/1.001193',
  '/thu-tuc?tu=lam+giay+khai+sinh+cho+con',
  '/viec/sinh-con',
  '/tra-cuu',
  '/dang-nhap',
  '/phan-anh',
]

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)

export type PageRow = {
  path: string
  /** Scores of Lighthouse, 0 to 100, on its throttled phone profile; the middle of three visits. */
  performance: number
  accessibility: number
  bestPractices: number
  scriptKb: number
  allKb: number
}

/** Lighthouse on the public pages of the demo, as served by `npm start`. */
export async function measurePages(say: (line: string) => void): Promise<PageRow[]> {
  if (!chromiumPath) {
    say('KHÔNG CÓ Chromium: không đo các trang công khai (no Chromium, public pages not measured)')
    return []
  }
  const dir = mkdtempSync(join(tmpdir(), 'motcua-pages-'))
  const [serverPort, chromiumPort] = [await freePort(), await freePort()]
  const server = spawn(process.execPath, [join(import.meta.dirname, '../tools/start.mjs'), 'serve'], {
    env: { ...process.env, DATA_DIR: join(dir, 'var'), PORT: String(serverPort), LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  const chromium = spawn(
    chromiumPath,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--remote-debugging-port=${chromiumPort}`,
      `--user-data-dir=${join(dir, 'chromium')}`,
    ],
    { stdio: 'ignore' },
  )
  try {
    const url = `http://127.0.0.1:${serverPort}`
    await answering(`${url}/readyz`)
    await answering(`http://127.0.0.1:${chromiumPort}/json/version`)
    const rows: PageRow[] = []
    for (const path of pages) {
      const row = await measurePage(`${url}${path}`, path, chromiumPort)
      say(pageLine(row))
      rows.push(row)
    }
    return rows
  } finally {
    await Promise.all([stop(server), stop(chromium)])
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 })
  }
}

async function measurePage(url: string, path: string, port: number): Promise<PageRow> {
  const visits: PageRow[] = []
  for (let visit = 0; visit < 3; visit += 1) {
    const result = await lighthouse(url, {
      port,
      logLevel: 'silent',
      onlyCategories: ['performance', 'accessibility', 'best-practices'],
    })
    if (!result) throw new Error(`no answer of Lighthouse for ${url}`)
    const { categories, audits } = result.lhr
    const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100)
    const items = (audits['resource-summary']?.details ?? audits['network-requests']?.details) as
      | { items?: { resourceType?: string; transferSize?: number }[] }
      | undefined
    const kilobytes = (type?: string) =>
      Math.round(
        (items?.items ?? [])
          .filter(
            ({ resourceType }) =>
              resourceType !== 'total' && (type === undefined || resourceType?.toLowerCase() === type),
          )
          .reduce((sum, { transferSize = 0 }) => sum + transferSize, 0) / 102.4,
      ) / 10
    visits.push({
      path,
      performance: score('performance'),
      accessibility: score('accessibility'),
      bestPractices: score('best-practices'),
      scriptKb: kilobytes('script'),
      allKb: kilobytes(),
    })
  }
  visits.sort((a, b) => a.performance - b.performance)
  return visits[1] as PageRow
}

export const pageLine = ({ path, performance, accessibility, bestPractices, scriptKb, allKb }: PageRow): string =>
  `${path.padEnd(46)} performance ${performance}  accessibility ${accessibility}  best practices ${bestPractices}  script ${scriptKb} kB of ${allKb} kB`

async function answering(url: string): Promise<void> {
  for (const until = Date.now() + 240_000; Date.now() < until; await wait(300)) {
    const reply = await fetch(url).catch(() => undefined)
    if (reply?.ok) return
  }
  throw new Error(`${url} does not answer`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
