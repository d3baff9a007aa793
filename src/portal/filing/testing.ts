import { closeRenderer } from '../../documents/index.ts'
import { aCommune, at, type Commune } from '../../dossiers/testing.ts'
import { identityHooks } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { citizenHooks } from '../accounts/index.ts'
import { seedEforms } from '../eforms/index.ts'
import type { FilingContext } from './flow.ts'
import { filingRoutes } from './routes.ts'
import { defaultSetting } from './rules/online.ts'
import { setFilingSetting } from './settings.ts'

/** A commune with a front of its own on a Friday morning, served over HTTP. Call in `before`, and `close()` in `after`. */
export type Front = {
  database: TestDatabase<never>
  context: FilingContext
  commune: Commune
  http: Http
  close: () => Promise<void>
}

export async function aFront(config: Partial<FilingContext['config']> = {}): Promise<Front> {
  const database = await testDatabase<never>()
  const given = database.context as unknown as FilingContext
  const context: FilingContext = { ...given, config: { ...given.config, ...config } }
  database.setClock(at('2026-11-20', '08:30'))
  const commune = await aCommune(context)
  await seedEforms(context.db, context.clock())
  const setting = { ...defaultSetting, ownFront: true }
  await setFilingSetting(context, { agencyId: commune.agencyId, setting, at: context.clock(), by: null })
  const http = await createHttp({ config: context.config, log: context.log })
  identityHooks(http, context)
  identityRoutes(http, context)
  citizenHooks(http, context)
  filingRoutes(http, context)
  await http.ready()
  return {
    database,
    context,
    commune,
    http,
    async close() {
      await http.close()
      await closeRenderer()
      await database.close()
    },
  }
}

/** A browser without a script: keeps its cookies, fills in forms, follows redirections. */
export type Browser = {
  get: (url: string) => Promise<Page>
  post: (url: string, fields: Record<string, string | string[]>) => Promise<Page>
  send: (
    url: string,
    fields: Record<string, string>,
    files: readonly { name: string; bytes: Buffer; type?: string }[],
  ) => Promise<Page>
  cookies: Map<string, string>
}
export type Page = { status: number; url: string; body: string; headers: Record<string, unknown> }

export function aBrowser(http: Http, { cookie = '', address = '203.0.113.7' } = {}): Browser {
  const cookies = new Map<string, string>()
  for (const pair of cookie.split('; ').filter(Boolean)) {
    const [name = '', value = ''] = pair.split('=')
    cookies.set(name, value)
  }
  type Payload = { method: 'GET' | 'POST'; payload?: string | Buffer; type?: string }
  async function ask(url: string, { method, payload, type }: Payload): Promise<Page> {
    const response = await http.inject({
      method,
      url,
      remoteAddress: address,
      headers: {
        accept: 'text/html',
        ...(cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value } of response.cookies) cookies.set(name, value)
    const { location } = response.headers
    if (response.statusCode === 303 && typeof location === 'string') return ask(location, { method: 'GET' })
    return { status: response.statusCode, url, body: response.body, headers: response.headers }
  }
  return {
    cookies,
    get: (url) => ask(url, { method: 'GET' }),
    post(url, fields) {
      const form = new URLSearchParams()
      for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) form.append(name, each)
      return ask(url, { method: 'POST', payload: form.toString(), type: 'application/x-www-form-urlencoded' })
    },
    send(url, fields, files) {
      const boundary = '----motcua-test'
      const parts: Buffer[] = []
      for (const [name, value] of Object.entries(fields))
        parts.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`))
      for (const { name, bytes, type = 'application/octet-stream' } of files)
        parts.push(
          Buffer.from(
            `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
          ),
          bytes,
          Buffer.from('\r\n'),
        )
      parts.push(Buffer.from(`--${boundary}--\r\n`))
      return ask(url, {
        method: 'POST',
        payload: Buffer.concat(parts),
        type: `multipart/form-data; boundary=${boundary}`,
      })
    },
  }
}

/** What a person types into the form of marital status, for oneself. */
export const maritalStatus: Record<string, Record<string, string>> = {
  requester: {
    requesterName: 'Trần Thị Mai',
    requesterBirthDay: '01/05/1990',
    requesterNumber: '001190012345',
    'requesterAddress.place': 'Xã Hải Hưng, Ninh Bình',
    'requesterAddress.detail': 'Thôn Đông',
    requesterPhone: '0987 654 321',
    requesterEmail: '',
  },
  whose: { forSelf: 'yes', subjectSex: 'female', subjectEthnicity: 'Kinh', subjectNationality: 'vietnam' },
  status: {
    maritalStatus: 'single',
    'periodPlace.place': 'Xã Hải Hưng, Ninh Bình',
    'periodPlace.detail': 'Thôn Đông',
    periodFrom: '01/05/2008',
    periodTo: '',
  },
  purpose: { purposeKind: 'property', purposeOther: 'Mua bán nhà đất', copies: '1' },
}

/** Puts small pictures where a paper is asked for, says no to the others, and goes on to the summary. */
export async function fillIn(
  browser: Browser,
  first: Page,
  answers: Record<string, Record<string, string>>,
  picture: Buffer,
): Promise<Page> {
  let page = first
  for (let steps = 0; steps < 30; steps += 1) {
    const [, part = '', key = ''] = /\/ho-so\/[0-9a-f-]{36}\/([a-z-]+)(?:\/([\w-]+))?/.exec(page.url) ?? []
    if (part === 'xac-nhan') return page
    if (page.url.includes('loi='))
      throw new Error(`${page.url}\n${page.body.replace(/[\s\S]*<h1/, '<h1').slice(0, 3000)}`)
    const ways = [...page.body.matchAll(/name="way" value="([a-z-]+)"/g)].map(([, way = '']) => way)
    const other = ways.find((way) => way !== 'files')
    if (part === 'to-khai') page = await browser.post(page.url, answers[key] ?? {})
    else if (part === 'giay-to' && other) page = await browser.post(page.url, { way: other })
    else if (part === 'giay-to') page = await browser.send(page.url, {}, [{ name: `${key}.jpg`, bytes: picture }])
    else if (part === 'nhan-ket-qua') page = await browser.post(page.url, { delivery: 'counter' })
    else page = await browser.post(page.url, {})
  }
  throw new Error(`the summary was not reached: ${page.url}`)
}
