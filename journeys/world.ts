import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { after, afterEach, before, test as nodeTest, type TestContext } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Page, type Route } from 'playwright-core'
import { demoAccounts, loadDemo } from '../src/app/demo.ts'
import { addRoutes } from '../src/app/routes.ts'
import { bringShippedFacts } from '../src/app/shipped-facts.ts'
import type { Tables } from '../src/app/tables.ts'
import { closeRenderer, warmRenderer } from '../src/documents/index.ts'
import type { Context } from '../src/platform/context.ts'
import type { Http } from '../src/platform/http/route.ts'
import { createHttp } from '../src/platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../src/platform/testing.ts'
import { bringUpToDate } from '../src/statistics/figures/index.ts'

const root = join(import.meta.dirname, '..')

/** A Wednesday morning, an ordinary working day with the whole day before it. The clock goes on from there. */
const MORNING = Date.parse('2026-10-14T09:30:00+07:00')

/** Sizes of DESIGN.md: a cheap phone and a desk. */
export const PHONE = { width: 360, height: 760 }
export const DESK = { width: 1280, height: 860 }

export type Visit = {
  /** User name of the demo; signed in already. */
  as?: string
  size?: { width: number; height: number }
  scheme?: 'light' | 'dark'
  language?: 'vi' | 'en'
  script?: boolean
  /** Failures that the story is about, e.g. a cut network. */
  expects?: readonly RegExp[]
}

export type World = {
  /** Where the system answers, without a slash at the end. */
  url: string
  database: TestDatabase<Tables>
  context: Context<Tables>
  /** The moment it is in this world. */
  now: () => string
  passwordOf: (userName: string) => string
  /** A browser of its own with one page. Whatever goes wrong in it unseen fails the test. */
  visit: (visit?: Visit) => Promise<Page>
  /** Bytes of what the system gives to whoever is signed in here. */
  fetch: (page: Page, path: string) => Promise<Buffer>
}

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const launchFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A story in a browser; left out loudly where there is none, which CI does not accept. */
export function story(name: string, run: (context: TestContext) => Promise<void>): void {
  const options = { timeout: 600_000, ...(chromiumPath ? {} : { skip: 'SKIPPED: no Chromium' }) }
  nodeTest(name, options, async (context) => {
    try {
      await run(context)
    } catch (cause) {
      const pages = open.flatMap((each) => each.pages())
      await Promise.allSettled(pages.map((page, index) => shoot(page, `failed-${index}`)))
      throw cause
    }
  })
}

/** The browsers of the story that is being told. */
const open: BrowserContext[] = []

type Parts = { database: TestDatabase<Tables>; http: Http; browser: Browser }

/** The whole system with the demo and one browser, for the stories of a file. Call once, at the top. */
export function startWorld(): World {
  let parts: Parts | undefined
  let accounts = new Map<string, string>()
  const faults: string[] = []
  const world = {} as World

  before(
    async () => {
      if (!chromiumPath) return
      const database = await testDatabase<Tables>({ name: 'demo', make: fillDemo })
      const started = Date.now()
      const now = () => new Date(MORNING + Date.now() - started).toISOString()
      const http = await createHttp({
        config: database.context.config,
        log: database.context.log,
        ready: async () => undefined,
        webDir: process.env['MOTCUA_WEB_DIR'] ?? join(root, 'build/web'),
      })
      // Taken first, since addresses in QR codes carry it.
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const context = { ...database.context, clock: now, config: { ...database.context.config, port, publicUrl: url } }
      // The browser goes by the server's clock, which it knows from this header.
      http.addHook('onSend', async (_request, reply) => void reply.header('date', new Date(now()).toUTCString()))
      addRoutes(http, context)
      await http.listen({ host: '127.0.0.1', port })
      warmRenderer()
      accounts = new Map((await demoAccounts(context)).map(({ username, password }) => [username, password]))
      const browser = await chromium.launch({ executablePath: chromiumPath, args: launchFlags })
      parts = { database, http, browser }
      Object.assign(world, { url, database, context, now, passwordOf, visit, fetch: fetchBytes } satisfies World)
    },
    { timeout: 240_000 },
  )
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()))
    const seen = faults.splice(0)
    assert.deepEqual(seen, [], 'something went wrong in the browser')
  })
  after(async () => {
    await parts?.browser.close()
    await parts?.http.close()
    await closeRenderer()
    await parts?.database.close()
  })

  const passwordOf = (userName: string) => {
    const password = accounts.get(userName)
    assert.ok(password, `the demo has no account ${userName}`)
    return password
  }

  async function visit({
    as,
    size = DESK,
    scheme = 'light',
    language = 'vi',
    script = true,
    expects = [],
  }: Visit = {}) {
    assert.ok(parts)
    const context = await parts.browser.newContext({
      baseURL: world.url,
      viewport: size,
      colorScheme: scheme,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      javaScriptEnabled: script,
      acceptDownloads: true,
      reducedMotion: 'reduce',
    })
    open.push(context)
    context.setDefaultTimeout(Number(process.env['MOTCUA_PATIENCE'] ?? 45_000))
    watch(context, { url: world.url, faults, expects })
    // Before the first page there is an empty one that may remember nothing.
    if (language === 'en')
      await context.addInitScript(`origin !== 'null' && localStorage.setItem('motcua.language', 'en')`)
    await context.route(/\/paper(s\/[^/]+)?\.pdf$/, onPaper)
    if (as) await signIn(context, as)
    return context.newPage()
  }

  async function signIn(context: BrowserContext, userName: string): Promise<void> {
    const reply = await context.request.post('/api/session', {
      headers: { 'x-motcua': '1' },
      data: { userName, password: passwordOf(userName) },
    })
    assert.equal(reply.status(), 200, await reply.text())
  }

  return world
}

async function fillDemo(context: Context<Tables>): Promise<void> {
  const given = { ...context, clock: () => new Date(MORNING).toISOString() }
  await bringShippedFacts(given)
  await loadDemo(given)
  await bringUpToDate(given)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  assert.ok(address && typeof address === 'object')
  return address.port
}

/** What was sent to the printer: a browser without a screen has none, so a sheet that prints nothing stands in for it. */
const printed: string[] = []

export async function nextPrinted(): Promise<string> {
  for (const deadline = Date.now() + 45_000; Date.now() < deadline; await wait(50)) {
    const path = printed.shift()
    if (path) return path
  }
  throw new Error('nothing was printed')
}

async function onPaper(route: Route): Promise<void> {
  const request = route.request()
  if (!request.isNavigationRequest() || request.frame().parentFrame() === null) return route.fallback()
  const answer = await route.fetch()
  assert.equal(answer.headers()['content-type'], 'application/pdf')
  assert.match(answer.headers()['content-security-policy'] ?? '', /frame-ancestors 'self'/)
  printed.push(new URL(request.url()).pathname)
  await route.fulfill({ contentType: 'text/html', body: '<script>window.print = () => undefined</script>' })
}

type Watch = { url: string; faults: string[]; expects: readonly RegExp[] }

/** Before somebody is signed in, the web asks who works here and is told nobody. */
const usual = [/401 .*\/api\/me$/, /the server responded with a status of 401/]

/** Errors of the console, failed requests and requests to anybody else. */
function watch(context: BrowserContext, { url, faults, expects }: Watch): void {
  const note = (fault: string) => {
    if (![...usual, ...expects].some((pattern) => pattern.test(fault))) faults.push(fault)
  }
  const isOurs = (address: string) => address.startsWith(`${url}/`) || /^(blob|data|about):/.test(address)
  context.on('request', (request) => {
    if (!isOurs(request.url())) note(`third party: ${request.url()}`)
  })
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // Given up by the page itself: it was left, or the question was withdrawn.
    if (why !== 'net::ERR_ABORTED') note(`failed: ${why} ${request.method()} ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) note(`${response.status()} ${response.request().method()} ${response.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (fault) => note(`fault: ${String(fault.error())}`))
}

async function fetchBytes(page: Page, path: string): Promise<Buffer> {
  const reply = await page.context().request.get(path)
  assert.equal(reply.status(), 200, `${path}: ${(await reply.text()).slice(0, 300)}`)
  return reply.body()
}

// What every page owes ------------------------------------------------------------------------------------------------

/** Rules that see colours and places; the others judge the same document whatever the width and the scheme. */
const lookRules = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable']

/** No serious or critical violation, found by axe-core: by all its rules, or by those about looks alone. */
export async function assertAccessible(page: Page, what: string, rules: 'all' | 'looks' = 'all'): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (rules === 'all' ? axe : axe.withRules(lookRules)).analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, target }) => `${target.join(' ')} ${html}`).join('\n    ')}`)
  assert.deepEqual(grave, [], `axe, ${what}`)
}

/** Nothing sticks out at the right, so that nobody has to move a page sideways. */
export async function assertFits(page: Page, what: string): Promise<void> {
  const over = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  assert.ok(over <= 0, `${what} is ${over} px too wide`)
}

/** Into the folder of MOTCUA_SHOTS, for people to look at. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['MOTCUA_SHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** The page has shown what it came for. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
}
