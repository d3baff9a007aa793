import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  beginWithProvider,
  finishWithProvider,
  hashToken,
  offeredProviders,
  readPerson,
  type ProviderRefusal,
} from '../../identity/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import { countAttempts } from '../../platform/http/attempts.ts'
import { earlierOf, judgeProof, newProof, placeOf, seeOther, textOf, type Desk, type ProofAsked } from './desk.ts'
import { clearCitizenCookie, knownDevice, rememberDevice, setCitizenCookie } from './hooks.ts'
import { contactIndex, signInWithPassword } from './local.ts'
import { faultList, field, providerButtons, send, viewOf, type Fault, type View } from './page.ts'
import { accountPaths as paths } from './paths.ts'
import { signInCitizenByProvider, type CitizenProviderRefusal } from './provider.ts'
import { readContact } from './rules/contact.ts'
import { wayBack } from './rules/way-back.ts'
import { endSessionOfToken } from './session-store.ts'

const open = { permission: 'public' }
const Back = Type.Object({
  ve: Type.Optional(Type.String({ maxLength: 500 })),
  lang: Type.Optional(Type.String({ maxLength: 5 })),
})
const ProviderId = Type.Object({ providerId: Type.Integer({ minimum: 1 }) })
const BROWSER_COOKIE = 'motcua_provider'

/** Signing in by password or by a provider, and signing out. */
export function signInRoutes(http: Http, desk: Desk): void {
  passwordRoutes(http, desk)
  providerRoutes(http, desk)

  http.post(paths.signOut, { config: open, schema: { hide: true } }, async (request, reply) => {
    const token = earlierOf(request)
    if (token) await endSessionOfToken(desk.context.db, hashToken(token), desk.context.clock())
    clearCitizenCookie(desk.context, reply)
    return seeOther(reply, '/')
  })
}

function passwordRoutes(http: Http, desk: Desk): void {
  const { context, guesses } = desk

  type Shown = { status?: number; typed?: string; faults?: Fault[]; proof?: ProofAsked | null; back: string }
  async function show(request: FastifyRequest, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
    const view = await viewOf(context, request, reply)
    const offers = await offeredProviders(context, 'citizen')
    return send(
      reply,
      { ...view, path: paths.signInFor(shown.back) },
      {
        title: view.text.signIn.title,
        status: shown.status ?? 200,
        proof: Boolean(shown.proof),
        body: signInBody(view, { ...shown, offers }),
      },
    )
  }

  http.get(paths.signIn, { config: open, schema: { hide: true, querystring: Back } }, (request, reply) => {
    const back = wayBack(request.query.ve, '')
    if (request.citizen) return seeOther(reply, back || paths.account)
    return show(request, reply, { back })
  })

  http.post(paths.signIn, { config: open, schema: { hide: true } }, async (request, reply) => {
    const { body } = request
    const typed = textOf(body, 'lien_he', 254)
    const back = wayBack(textOf(body, 've'), '')
    const { text } = await viewOf(context, request, reply)
    const contact = readContact(typed)
    const device = contact && knownDevice(context, request, contactIndex(context.keys, contact))
    let asked: ProofAsked | null | undefined = null
    const signedIn = await signInWithPassword(context, guesses, {
      contact,
      password: textOf(body, 'mat_khau', 1000),
      place: placeOf(request),
      device,
      proven: () => (asked = judgeProof(desk, request, textOf(body, 'proof'), text)) === undefined,
      earlier: earlierOf(request),
    })
    if (signedIn.ok) {
      setCitizenCookie(context, reply, signedIn.value.session)
      if (contact) rememberDevice(context, reply, contactIndex(context.keys, contact))
      return seeOther(reply, back || paths.account)
    }
    const { code } = signedIn.refusal
    const words = {
      'wrong-credentials': text.signIn.wrong,
      wait: text.signIn.wait,
      'proof-wanted': (asked as ProofAsked | null)?.words ?? text.signIn.proof,
    }[code]
    return show(request, reply, {
      status: code === 'wait' ? 429 : 422,
      typed,
      back,
      faults: [{ field: '', words }],
      // From now on the task is solved while the person types.
      proof: asked ?? newProof(desk, request, text),
    })
  })
}

function signInBody(
  { text, demo }: View,
  {
    typed = '',
    faults = [],
    proof,
    back,
    offers,
  }: {
    typed?: string
    faults?: Fault[]
    proof?: ProofAsked | null
    back: string
    offers: readonly { providerId: number; name: string }[]
  },
): Html {
  return html`<h1>${text.signIn.title}</h1>
    <p class="lead">${text.signIn.lead}</p>
    ${faultList(text, faults)} ${providerButtons(text, offers, back)}
    ${offers.length > 0 && html`<h2>${text.signIn.local}</h2>`}
    <form class="account-form" action="${paths.signIn}" method="post">
      <input type="hidden" name="ve" value="${back}" />
      ${proof?.field}
      ${field({ name: 'lien_he', label: text.contact, value: typed, required: true, maxLength: 254, autocomplete: 'username' })}
      ${field({ name: 'mat_khau', label: text.password, type: 'password', required: true, maxLength: 200, autocomplete: 'current-password' })}
      <p class="actions">
        <button type="submit" class="${offers.length > 0 ? 'button-quiet' : ''}">${text.signIn.button}</button>
      </p>
    </form>
    <p class="actions">
      <a class="plain" href="${paths.signUp}${back ? `?ve=${encodeURIComponent(back)}` : ''}">${text.signIn.signUp}</a>
      <a class="plain" href="${paths.forgotten}">${text.signIn.forgotten}</a>
    </p>
    <p><a class="plain" href="/tra-cuu">${text.signIn.track}</a></p>
    ${demo && html`<p class="note">${text.signIn.demo}</p>`}`
}

type Note = { back: string; linkTo: string | null }

function providerRoutes(http: Http, desk: Desk): void {
  const { context } = desk
  const attempts = countAttempts({ most: 120, windowMs: 10 * 60_000 })
  const redirectUri = (providerId: number) => `${context.config.publicUrl}${paths.providerReturn(providerId)}`
  const cookie = { path: '/dang-nhap', httpOnly: true, sameSite: 'lax', secure: context.config.secureCookies } as const

  async function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    code: (ProviderRefusal | CitizenProviderRefusal)['code'],
  ): Promise<FastifyReply> {
    const view = await viewOf(context, request, reply)
    const { text } = view
    return send(
      reply,
      { ...view, path: paths.signIn },
      {
        title: text.provider.title,
        status: code === 'provider-away' ? 503 : 422,
        body: html`<h1>${text.provider.title}</h1>
          <p class="note notice-late" role="alert">${text.provider[code]}</p>
          <p class="actions">
            <a class="button" href="${request.citizen ? paths.account : paths.signIn}">${text.provider.again}</a>
            <a class="plain" href="/tra-cuu">${text.signIn.track}</a>
          </p>`,
      },
    )
  }

  http.get(
    '/dang-nhap/qua/:providerId',
    { config: open, schema: { hide: true, params: ProviderId, querystring: Back } },
    async (request, reply) => {
      const { providerId } = request.params
      if (!attempts.begin(placeOf(request).source, Date.parse(context.clock())))
        return refuse(request, reply, 'provider-away')
      const note: Note = { back: wayBack(request.query.ve, ''), linkTo: request.citizen?.accountId ?? null }
      const begun = await beginWithProvider(context, {
        providerId,
        purpose: 'citizen',
        redirectUri: redirectUri(providerId),
        note: JSON.stringify(note),
        language: request.cookies['motcua_lang'] === 'en' ? 'en' : 'vi',
      })
      if (!begun.ok) return refuse(request, reply, begun.refusal.code)
      void reply.setCookie(BROWSER_COOKIE, begun.value.browser, { ...cookie, maxAge: 900 })
      return seeOther(reply, begun.value.url)
    },
  )

  http.get(
    '/dang-nhap/tra-loi/:providerId',
    { config: open, schema: { hide: true, params: ProviderId } },
    async (request, reply) => {
      const { providerId } = request.params
      const finished = await finishWithProvider(context, {
        providerId,
        purpose: 'citizen',
        redirectUri: redirectUri(providerId),
        search: request.url.split('?')[1] ?? '',
        browser: request.cookies[BROWSER_COOKIE],
      })
      void reply.clearCookie(BROWSER_COOKIE, cookie)
      if (!finished.ok) return refuse(request, reply, finished.refusal.code)
      const { claims, provider } = finished.value
      const note = JSON.parse(finished.value.note) as Note
      if ((request.citizen?.accountId ?? null) !== note.linkTo) return refuse(request, reply, 'signed-in-differs')
      const arrived = await signInCitizenByProvider(context, {
        providerId,
        person: readPerson(claims, provider.settings),
        linkTo: note.linkTo,
        place: placeOf(request),
        earlier: earlierOf(request),
      })
      if (!arrived.ok) return refuse(request, reply, arrived.refusal.code)
      setCitizenCookie(context, reply, arrived.value.session)
      return seeOther(reply, note.back || paths.account)
    },
  )
}
