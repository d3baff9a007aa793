import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Config } from '../platform/config.ts'
import { html, type Html } from '../platform/http/html.ts'
import { sendNotFound } from '../platform/http/problem.ts'
import { publicLanguage, sendPublicPage } from '../platform/http/public-page.ts'
import type { Http } from '../platform/http/route.ts'
import { cleanIdentityNumber } from '../platform/identity-number.ts'
import { isDemo } from '../platform/settings.ts'
import { openHouse, type House } from './provider-house.ts'
import { insertProvider, listProviders } from './provider-store.ts'
import { SANDBOX_PATH } from './provider-place.ts'
import type { ProviderContext } from './providers.ts'
import { makeToken } from './passwords.ts'
import { usualSettings } from './rules/provider.ts'
import { sandboxCitizen } from './sandbox-people.ts'
import { en } from './sandbox-text.en.ts'
import { vi, type SandboxText } from './sandbox-text.vi.ts'

const CLIENT = 'motcua-dung-thu'
const Uid = Type.Object({ uid: Type.String({ pattern: '^[\\w-]{1,80}$' }) })
const interactionPath = (uid: string) => `${SANDBOX_PATH}/nguoi/${uid}`
const levels = ['loa1', 'loa2', 'loa3'] as const

/** The demonstration gets a provider of its own, for citizens only: nobody becomes an officer by choosing to be one. */
export const addSandboxProvider = ({ db, keys, clock }: ProviderContext): Promise<number> =>
  insertProvider(db, {
    name: 'Định danh thử',
    issuer: SANDBOX_PATH,
    clientId: CLIENT,
    clientSecret: keys.encrypt(makeToken().token),
    forCitizens: true,
    forOfficers: false,
    enabled: true,
    settings: {
      ...usualSettings,
      scope: 'openid',
      levels: [
        { value: 'loa2', level: 'substantial' },
        { value: 'loa3', level: 'high' },
      ],
    },
    now: clock(),
    by: null,
  })

/** A provider of identity inside a demonstration. Elsewhere, and where its program is not installed, it answers 404. */
export function sandboxProviderRoutes(http: Http, context: ProviderContext): void {
  const options = { config: { permission: 'public' }, schema: { hide: true } }
  let opened: Promise<House | undefined> | undefined
  const house = async (): Promise<House | undefined> => {
    if (!(await isDemo(context.db))) return undefined
    const found = await (opened ??= openSandbox(context))
    // What was not founded yet is looked for again.
    if (!found) opened = undefined
    return found
  }

  for (const method of ['GET', 'POST'] as const)
    http.route({
      method,
      url: `${SANDBOX_PATH}/*`,
      ...options,
      async handler(request, reply) {
        const open = await house()
        if (!open) return sendNotFound(reply)
        lead(request, context.config)
        reply.hijack()
        await open.provider.callback()(request.raw, reply.raw)
        return reply
      },
    })

  const page = async (request: FastifyRequest, reply: FastifyReply, body: (text: SandboxText) => Html) => {
    const language = publicLanguage(request, reply)
    const text = language === 'en' ? en : vi
    const path = request.url.split('?', 1)[0] ?? '/'
    return sendPublicPage(reply, { title: text.title, language, demo: true, path, private: true, body: body(text) })
  }
  const tooLate = (request: FastifyRequest, reply: FastifyReply) =>
    page(request, reply.code(410), (text) => overBody(text))

  http.get(interactionPath(':uid'), { ...options, schema: { hide: true, params: Uid } }, async (request, reply) => {
    const open = await house()
    if (!open) return sendNotFound(reply)
    if (!(await isWaiting(open, request, reply))) return tooLate(request, reply)
    return page(request, reply, (text) => chooserBody(text, { uid: request.params.uid }))
  })

  http.post(interactionPath(':uid'), { ...options, schema: { hide: true, params: Uid } }, async (request, reply) => {
    const open = await house()
    if (!open) return sendNotFound(reply)
    if (!(await isWaiting(open, request, reply))) return tooLate(request, reply)
    const body = (request.body ?? {}) as Record<string, unknown>
    const chosen = personOf(body)
    const { uid } = request.params
    if (!chosen) return page(request, reply.code(422), (text) => chooserBody(text, { uid, typed: body }))
    const result =
      chosen === 'nobody'
        ? { error: 'access_denied', error_description: 'cancelled' }
        : { login: { accountId: open.settle(chosen), acr: levels.find((level) => level === body['muc']) ?? 'loa2' } }
    const next = await open.provider.interactionResult(request.raw, reply.raw, result)
    return reply.header('cache-control', 'no-store').redirect(next, 303)
  })
}

async function openSandbox({ db, keys, config, log }: ProviderContext): Promise<House | undefined> {
  const known = (await listProviders(db)).find(({ issuer, clientId }) => issuer === SANDBOX_PATH && clientId === CLIENT)
  if (!known?.clientSecret) return undefined
  try {
    return await openHouse({
      issuer: config.publicUrl + SANDBOX_PATH,
      clientId: CLIENT,
      clientSecret: keys.decrypt(known.clientSecret),
      redirectUris: [`${config.publicUrl}/dang-nhap/tra-loi/${known.providerId}`],
      interactionPath,
    }).then((house) => {
      // Its addresses are those that people use, whatever stands in front of us.
      house.provider.proxy = true
      return house
    })
  } catch (fault) {
    log.warn({ what: 'sandbox-provider-missing', err: fault })
    return undefined
  }
}

/** What the program expects of a request that was received by another server before it. */
function lead({ raw, body }: FastifyRequest, { publicUrl }: Pick<Config, 'publicUrl'>): void {
  const { protocol, host } = new URL(publicUrl)
  const address = raw.url ?? '/'
  raw.headers['x-forwarded-proto'] = protocol.slice(0, -1)
  raw.headers['x-forwarded-host'] = host
  Object.assign(raw, { originalUrl: address, url: address.slice(SANDBOX_PATH.length), body })
  // Who comes anew is asked anew: several people try a demonstration in one browser.
  if (raw.url?.startsWith('/auth?'))
    raw.headers.cookie = (raw.headers.cookie ?? '').replaceAll(/(^|; )_session[\w.]*=[^;]*/g, '')
}

const isWaiting = ({ provider }: House, { raw }: FastifyRequest, reply: FastifyReply): Promise<boolean> =>
  provider.interactionDetails(raw, reply.raw).then(
    () => true,
    () => false,
  )

type Chosen = { sub: string; name: string; so_dinh_danh: string; birthdate?: string; gender?: string }

/** Who somebody wants to be; undefined where what was typed is nobody. */
function personOf(body: Record<string, unknown>): Chosen | 'nobody' | undefined {
  if (body['thoi'] !== undefined) return 'nobody'
  const { name, identityNumber, birthDay, sex } = sandboxCitizen
  if (body['ai'] === 'san')
    return { sub: subjectOf(identityNumber), name, so_dinh_danh: identityNumber, birthdate: birthDay, gender: sex }
  const typed = (field: string) => (typeof body[field] === 'string' ? body[field].normalize('NFC').trim() : '')
  const number = cleanIdentityNumber(typed('so'))
  const called = typed('ten').slice(0, 100)
  return called && /^\d{12}$/.test(number) ? { sub: subjectOf(number), name: called, so_dinh_danh: number } : undefined
}

const subjectOf = (number: string): string => createHash('sha256').update(number).digest('hex').slice(0, 24)

function chooserBody(text: SandboxText, { uid, typed }: { uid: string; typed?: Record<string, unknown> }): Html {
  const value = (field: string) => (typeof typed?.[field] === 'string' ? typed[field] : '')
  const field = (name: string, label: string, inputmode: string) =>
    html`<div class="field">
      <label for="${name}">${label}</label>
      <input
        type="text"
        id="${name}"
        name="${name}"
        value="${value(name)}"
        maxlength="100"
        autocomplete="off"
        inputmode="${inputmode}"
      />
    </div>`
  const radio = (name: string, option: string, label: string, checked: boolean) =>
    html`<label for="${name}-${option}"
      ><input
        type="radio"
        id="${name}-${option}"
        name="${name}"
        value="${option}"
        ${checked ? html`checked` : ''}
      /><span>${label}</span></label
    >`
  return html`<h1>${text.title}</h1>
    <p class="lead">${text.lead}</p>
    ${typed && html`<p class="note notice-late" role="alert"><a href="#ten">${text.wrong}</a></p>`}
    <form class="account-form" action="${interactionPath(uid)}" method="post">
      <fieldset class="field account-choice">
        <legend>${text.who}</legend>
        ${radio('ai', 'san', `${sandboxCitizen.name}, ${sandboxCitizen.identityNumber}`, !typed)}
        ${radio('ai', 'khac', text.other, typed !== undefined)}
      </fieldset>
      ${field('ten', text.name, 'text')} ${field('so', text.number, 'numeric')}
      <fieldset class="field account-choice">
        <legend>${text.level}</legend>
        ${levels.map((level) => radio('muc', level, text.levels[level], level === 'loa2'))}
      </fieldset>
      <p class="actions">
        <button type="submit">${text.go}</button>
        <button type="submit" class="button-quiet" name="thoi" value="1">${text.cancel}</button>
      </p>
    </form>`
}

const overBody = (text: SandboxText): Html =>
  html`<h1>${text.title}</h1>
    <p class="note notice-late" role="alert">${text.over}</p>
    <p class="actions"><a class="button" href="/dang-nhap">${text.again}</a></p>`
