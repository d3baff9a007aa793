import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { html, type Html } from './html.ts'
import { sendNotFound } from './problem.ts'
import type { Http } from './route.ts'

/** The two languages of the public pages. Names of procedures and texts of law stay Vietnamese in both. */
export type PublicLanguage = 'vi' | 'en'

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in citizen whose name stands in the head; null for a stranger, undefined where there are no accounts. */
    visitor: { name: string } | null | undefined
  }
}

export type PublicPage = {
  title: string
  language: PublicLanguage
  /** A demo says on every page that its people are invented. */
  demo: boolean
  body: Html
  /** Address of this page with its query, for the switch of language. */
  path: string
  /** Whose pages these are, e.g. 'Ủy ban nhân dân xã Hải Hưng'; null when several authorities share them. */
  authority?: string | null
  /** Pages that only one person should find, such as a tracked dossier. */
  private?: boolean
  /** Scripts that help where the browser runs them (`filing` for `browser/filing.entry.ts`); the page is whole without. */
  scripts?: readonly string[]
}

const words = {
  vi: {
    skip: 'Đến nội dung chính',
    product: 'Một Cửa',
    procedures: 'Thủ tục',
    tracking: 'Tra cứu hồ sơ',
    main: 'Các phần chính',
    signIn: 'Đăng nhập',
    account: 'Tài khoản của bạn',
    other: 'English',
    demo: 'Bản dùng thử – mọi người và hồ sơ ở đây đều là hư cấu.',
    mailbox: 'Hộp thư thử',
    officers: 'Dành cho cán bộ',
    help: 'Trợ giúp',
    data: 'Dữ liệu cá nhân của bạn',
    foot: 'Thông tin thủ tục lấy từ các quyết định công bố. Khi có khác biệt, văn bản gốc là căn cứ.',
  },
  en: {
    skip: 'Skip to the main content',
    product: 'Một Cửa',
    procedures: 'Procedures',
    tracking: 'Follow a dossier',
    main: 'Main parts',
    signIn: 'Sign in',
    account: 'Your account',
    other: 'Tiếng Việt',
    demo: 'Demonstration – all people and dossiers here are invented.',
    mailbox: 'Demo mailbox',
    officers: 'For officers',
    help: 'Help',
    data: 'Your personal data',
    foot: 'Procedures are taken from the published decisions. Where they differ, the original text holds. Texts of procedures are in Vietnamese.',
  },
} satisfies Record<PublicLanguage, Record<string, string>>

/** What the server knows of the reader and of itself, beyond the page. */
type Around = {
  /** Finds the built file of a script. */
  scriptUrl: (name: string) => string | undefined
  visitor: { name: string } | null | undefined
  /** Whether this demonstration shows the messages that it does not send. */
  mailbox: boolean
}

/** Where a demonstration shows the messages that it does not send. */
export const DEMO_MAILBOX = '/hop-thu-thu'

/** A whole public page. It needs no script and nothing from elsewhere. */
function publicPage(
  { title, language, demo, body, path, authority = null, private: isPrivate = false, scripts = [] }: PublicPage,
  { scriptUrl, visitor, mailbox }: Around,
): string {
  const text = words[language]
  const other = language === 'vi' ? 'en' : 'vi'
  return `<!doctype html>\n${
    html`<html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#8c1f17" />
        ${isPrivate && html`<meta name="robots" content="noindex" />`}
        <title>${title} – ${authority ?? text.product}</title>
        <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(seal)}" />
        <link rel="preload" href="${files.fonts[0]?.url}" as="font" type="font/woff2" crossorigin />
        <link rel="stylesheet" href="${files.css.url}" />
        <link rel="apple-touch-icon" href="/bieu-tuong-180.png" />
        <link rel="manifest" href="/ung-dung.webmanifest" />
        ${['door', ...scripts].map((name) => {
          const url = scriptUrl(name)
          return url !== undefined && html`<script type="module" src="${url}"></script>`
        })}
      </head>
      <body>
        <a class="skip" href="#main">${text.skip}</a>
        <header class="site-head">
          ${
            demo &&
            html`<p class="demo-banner">
              ${text.demo} ${mailbox && html`<a href="${DEMO_MAILBOX}">${text.mailbox}</a>`}
            </p>`
          }
          <div class="site-head-in">
            <a class="brand" href="/"
              ><svg viewBox="0 0 28 28" width="36" height="36" aria-hidden="true">${sealShapes}</svg
              ><span class="brand-words"
                ><span class="brand-name" lang="vi">Một Cửa</span
                >${authority && html`<span class="brand-authority" lang="vi">${authority}</span>`}</span
              ></a
            >
            <nav aria-label="${text.main}">
              <a href="/thu-tuc">${text.procedures}</a>
              <a href="/tra-cuu">${text.tracking}</a>
              ${visitor === null && html`<a href="/dang-nhap">${text.signIn}</a>`}
              ${
                visitor &&
                html`<a class="visitor" href="/tai-khoan"
                  ><span class="visually-hidden">${text.account}: </span>${visitor.name}</a
                >`
              }
              <a href="${withLanguage(path, other)}" hreflang="${other}" lang="${other}" rel="nofollow"
                >${text.other}</a
              >
            </nav>
          </div>
        </header>
        <main id="main" tabindex="-1">${body}</main>
        <footer class="site-foot">
          <div>
            <p>${text.foot}</p>
            <p class="foot-links">
              <a href="/tro-giup">${text.help}</a> <a href="/du-lieu-ca-nhan">${text.data}</a>
              <a href="/can-bo">${text.officers}</a>
            </p>
          </div>
        </footer>
      </body>
    </html>`.html
  }\n`
}

const COOKIE = 'motcua_lang'

/** The language asked for in the address, which is remembered, or the remembered one; Vietnamese is the first. */
export function publicLanguage(request: FastifyRequest, reply: FastifyReply): PublicLanguage {
  const asked = (request.query as { lang?: unknown } | undefined)?.lang
  void reply.header('vary', 'cookie')
  if (asked === 'vi' || asked === 'en') {
    void reply.setCookie(COOKIE, asked, {
      path: '/',
      sameSite: 'lax',
      httpOnly: true,
      maxAge: 31_536_000,
      secure: request.protocol === 'https',
    })
    return asked
  }
  // An address that cannot be read is answered before cookies are.
  const { cookies } = request as { cookies?: FastifyRequest['cookies'] }
  return cookies?.[COOKIE] === 'en' ? 'en' : 'vi'
}

export function sendPublicPage(reply: FastifyReply, page: PublicPage): FastifyReply {
  const { visitor } = reply.request
  // A page with somebody's name on it stays out of every cache, also of the one that serves pages without a network.
  if (visitor || page.private) void reply.header('cache-control', 'no-store')
  else if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-cache')
  const scriptUrl = (name: string) => reply.server.publicScripts.get(name)
  const mailbox = page.demo && reply.server.hasRoute({ method: 'GET', url: DEMO_MAILBOX })
  return reply.type('text/html; charset=utf-8').send(publicPage(page, { scriptUrl, visitor, mailbox }))
}

function withLanguage(path: string, language: PublicLanguage): string {
  const [address = '/', query = ''] = path.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('lang', language)
  // A path that begins with two slashes would lead to another site.
  return `/${address.replace(/^[/\\]+/, '')}?${parameters.toString()}`
}

const sealShapes = html`<rect width="28" height="28" rx="4" fill="#8c1f17"></rect
  ><path
    d="M8 22V8.5c0-.8.7-1.5 1.5-1.5h9c.8 0 1.5.7 1.5 1.5V22M6 22h16M14 7v15M16.5 14.5v1.5"
    fill="none"
    stroke="#fff"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
  ></path>`
const seal = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28">${sealShapes.html}</svg>`

// --- Files ------------------------------------------------------------------------------------------------------------

type PublicFile = { name: string; url: string; type: string; bytes: Buffer }

const files = readFiles()

/** Style and fonts of the public pages, from our own address; a name changes with its content and is kept for ever. */
export function publicFiles(http: Http): void {
  const byName = new Map([files.css, ...files.fonts].map((file) => [file.name, file]))
  http.get('/giao-dien/:name', { config: { permission: 'public' }, schema: { hide: true } }, (request, reply) => {
    const { name } = request.params as { name: string }
    const file = byName.get(name)
    if (!file) return sendNotFound(reply)
    return reply.header('cache-control', 'public, max-age=31536000, immutable').type(file.type).send(file.bytes)
  })
}

function readFiles(): { css: PublicFile; fonts: PublicFile[] } {
  const folder = join(createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/package.json'), '../files')
  const fonts = ['vietnamese', 'latin'].flatMap((script) =>
    [400, 600].map((weight) => {
      const bytes = readFileSync(join(folder, `be-vietnam-pro-${script}-${weight}-normal.woff2`))
      return { script, weight, ...named(`be-vietnam-pro-${script}-${weight}`, 'woff2', 'font/woff2', bytes) }
    }),
  )
  const ranges: Record<string, string> = {
    vietnamese:
      'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
    latin:
      'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  }
  const faces = fonts.map(
    ({ script, weight, url }) =>
      `@font-face{font-family:'Be Vietnam Pro';font-style:normal;font-weight:${weight};font-display:swap;src:url(${url}) format('woff2');unicode-range:${ranges[script]}}`,
  )
  const style = [...faces, ...readStyles()].join('\n')
  return { css: named('public', 'css', 'text/css; charset=utf-8', Buffer.from(style)), fonts }
}

/** One file for all pages: what they share, then what each room has in a `public.css` of its own, in any order. */
function readStyles(): string[] {
  const src = join(import.meta.dirname, '../..')
  const shared = join(import.meta.dirname, 'public.css')
  const ofRooms = globSync('**/public.css', { cwd: src }).map((name) => join(src, name))
  return [shared, ...ofRooms.filter((name) => name !== shared).toSorted()].map((name) => readFileSync(name, 'utf8'))
}

function named(name: string, extension: string, type: string, bytes: Buffer): PublicFile {
  const full = `${name}-${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}.${extension}`
  return { name: full, url: `/giao-dien/${full}`, type, bytes }
}
