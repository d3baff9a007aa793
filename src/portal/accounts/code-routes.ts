import type { FastifyReply, FastifyRequest } from 'fastify'
import { offeredProviders } from '../../identity/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { DEMO_MAILBOX } from '../../platform/http/public-page.ts'
import type { Http } from '../../platform/http/route.ts'
import {
  citizenOf,
  earlierOf,
  judgeProof,
  newProof,
  placeOf,
  seeOther,
  textOf,
  type Desk,
  type ProofAsked,
} from './desk.ts'
import { reachOf } from '../notices/index.ts'
import { rememberDevice, setCitizenCookie } from './hooks.ts'
import {
  askForCode,
  contactIndex,
  finishContact,
  finishForgotten,
  finishSignUp,
  giveCode,
  PASSWORD_LENGTH,
  readCode,
  tidyName,
  type LocalRefusal,
} from './local.ts'
import { faultList, field, providerButtons, send, viewOf, type Fault, type View } from './page.ts'
import { accountPaths as paths } from './paths.ts'
import { contactKinds, maskContact, readContact, type Contact, type ContactKinds } from './rules/contact.ts'
import { wayBack } from './rules/way-back.ts'
import type { CodePurpose } from './tables.ts'
import type { AccountText } from './text.vi.ts'

const CODE_COOKIE = 'motcua_ma'

/** One way by a code: where it begins, where the code is typed, where it ends. */
type Way = {
  purpose: CodePurpose
  permission: 'public' | 'citizen'
  ask: string
  code: string
  finish: string
  title: (text: AccountText) => string
  lead: (text: AccountText) => Html
  button: (text: AccountText) => string
}

const ways: Record<'signUp' | 'forgotten' | 'contact', Way> = {
  signUp: {
    purpose: 'sign-up',
    permission: 'public',
    ask: paths.signUp,
    code: paths.signUpCode,
    finish: paths.signUpFinish,
    title: (text) => text.signUp.title,
    lead: (text) =>
      html`<p class="lead">${text.signUp.lead}</p>
        <p>${text.signUp.why} <a href="/du-lieu-ca-nhan">${text.signUp.whyLink}</a>.</p>`,
    button: (text) => text.signUp.button,
  },
  forgotten: {
    purpose: 'password',
    permission: 'public',
    ask: paths.forgotten,
    code: paths.forgottenCode,
    finish: paths.forgottenFinish,
    title: (text) => text.forgotten.title,
    lead: (text) => html`<p class="lead">${text.forgotten.lead}</p>`,
    button: (text) => text.forgotten.button,
  },
  contact: {
    purpose: 'contact',
    permission: 'citizen',
    ask: paths.contact,
    code: paths.contactCode,
    finish: `${paths.account}?xong=lien-he`,
    title: (text) => text.contactPage.title,
    lead: (text) => html`<p class="lead">${text.contactPage.lead}</p>`,
    button: (text) => text.signUp.button,
  },
}

/** Everything that begins with a code to a telephone or an address of mail. */
export function codeRoutes(http: Http, desk: Desk): void {
  for (const way of Object.values(ways)) {
    askRoutes(http, desk, way)
    typeRoutes(http, desk, way)
  }
  signUpFinish(http, desk)
  forgottenFinish(http, desk)
}

const backQuery = (back: string) => (back ? `?ve=${encodeURIComponent(back)}` : '')
const asked = (request: FastifyRequest): string => wayBack((request.query as { ve?: unknown }).ve, '')

function askRoutes(http: Http, desk: Desk, way: Way): void {
  const { context, guesses } = desk
  const options = { config: { permission: way.permission }, schema: { hide: true } }

  type Shown = {
    kinds: ContactKinds
    status?: number
    typed?: string
    faults?: Fault[]
    proof: ProofAsked
    back: string
  }
  async function show(request: FastifyRequest, reply: FastifyReply, shown: Shown) {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const { typed = '', back, proof, kinds } = shown
    const faults = [...(shown.faults ?? []), ...(proof.words ? [{ field: '', words: proof.words }] : [])]
    return send(
      reply,
      { ...view, path: way.ask + backQuery(back) },
      {
        title: way.title(text),
        status: shown.status ?? 200,
        proof: true,
        body: html`<h1>${way.title(text)}</h1>
          ${way.lead(text)} ${faultList(text, faults)}
          <form class="account-form" action="${way.ask}" method="post">
            <input type="hidden" name="ve" value="${back}" />
            ${proof.field}
            ${field({
              name: 'lien_he',
              label: text.contacts[kinds].label,
              hint: text.contacts[kinds].hint,
              value: typed,
              faults,
              required: true,
              maxLength: 254,
              autocomplete: 'username',
            })}
            <p class="actions"><button type="submit">${way.button(text)}</button></p>
          </form>
          ${way.purpose === 'sign-up' && html`<p><a class="plain" href="${paths.signInFor(back)}">${text.signUp.have}</a></p>`}`,
      },
    )
  }

  /** Said before anything is typed: no code would ever arrive. */
  async function closed(request: FastifyRequest, reply: FastifyReply, status = 200) {
    const view = await viewOf(context, request, reply)
    const back = asked(request)
    const offers = way.permission === 'citizen' ? [] : await offeredProviders(context, 'citizen')
    return send(
      reply,
      { ...view, path: way.ask + backQuery(back) },
      { title: way.title(view.text), status, body: closedBody(view, way, { back, offers }) },
    )
  }

  http.get(way.ask, options, async (request, reply) => {
    const kinds = contactKinds(await reachOf(context))
    if (!kinds) return closed(request, reply)
    const { text } = await viewOf(context, request, reply)
    return show(request, reply, { kinds, proof: newProof(desk, request, text), back: asked(request) })
  })

  http.post(way.ask, options, async (request, reply) => {
    const { text, language } = await viewOf(context, request, reply)
    const typed = textOf(request.body, 'lien_he', 254)
    const back = wayBack(textOf(request.body, 've'), '')
    const kinds = contactKinds(await reachOf(context))
    if (!kinds) return closed(request, reply, 503)
    const contact = readContact(typed)
    const again = (status: number, faults: Fault[], proof: ProofAsked = newProof(desk, request, text)) =>
      show(request, reply, { kinds, status, typed, faults, proof, back })
    if (!contact || (kinds !== 'both' && kinds !== contact.kind))
      return again(422, [{ field: 'lien_he', words: text.contacts[kinds].wrong }])
    const work = judgeProof(desk, request, textOf(request.body, 'proof'), text)
    if (work) return again(422, [], work)
    const place = placeOf(request)
    if (work === null || !guesses.codes.begin(place.source, Date.parse(context.clock())))
      return again(429, [{ field: '', words: text.tooMany }])
    const { token, deliver } = await askForCode(context, {
      purpose: way.purpose,
      contact,
      place,
      language,
      accountId: way.permission === 'citizen' ? citizenOf(request).accountId : null,
    })
    // After the answer, so that its time tells nothing.
    reply.raw.once('finish', () => {
      deliver().catch((fault: unknown) => context.log.error({ what: 'code-not-queued', err: fault }))
    })
    void reply.setCookie(CODE_COOKIE, token, cookieOptions(desk))
    return seeOther(reply, way.code + backQuery(back))
  })
}

/** Why there is no way by a code here, and what else a person can do. */
function closedBody(
  { text }: View,
  way: Way,
  { back, offers }: { back: string; offers: readonly { providerId: number; name: string }[] },
): Html {
  const { noMail } = text
  return html`<h1>${way.title(text)}</h1>
    <p class="note notice-due">${noMail.why}</p>
    ${providerButtons(text, offers, back)}
    <h2>${noMail.instead}</h2>
    <ul>
      <li>${noMail.desk}</li>
      <li><a href="/tra-cuu">${noMail.track}</a></li>
      ${way.purpose !== 'contact' && html`<li><a href="${paths.signInFor(back)}">${text.signUp.have}</a></li>`}
    </ul>`
}

const cookieOptions = ({ context }: Desk) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: context.config.secureCookies, maxAge: 3600 }) as const

function typeRoutes(http: Http, desk: Desk, way: Way): void {
  const { context, guesses } = desk
  const options = { config: { permission: way.permission }, schema: { hide: true } }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      status = 200,
      contact,
      back,
      faults = [],
    }: { status?: number; contact: Contact | undefined; back: string; faults?: Fault[] },
  ) {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const { mailbox } = await reachOf(context)
    const all = contact ? faults : [{ field: '', words: text.code.over }]
    return send(
      reply,
      { ...view, path: way.code + backQuery(back) },
      {
        title: text.code.title,
        status,
        body: html`<h1>${text.code.title}</h1>
          ${contact && html`<p class="lead">${mailbox ? text.code.leadDemo(maskContact(contact)) : text.code.lead(maskContact(contact))}</p>`}
          ${contact && mailbox && html`<p class="note">${text.code.demo} <a href="${DEMO_MAILBOX}">${text.code.mailbox}</a>.</p>`}
          ${faultList(text, all)}
          ${
            contact &&
            html`<form class="account-form" action="${way.code}" method="post">
              <input type="hidden" name="ve" value="${back}" />
              ${field({
                name: 'ma',
                label: text.code.label,
                faults,
                required: true,
                maxLength: 10,
                autocomplete: 'one-time-code',
                inputmode: 'numeric',
              })}
              <p class="actions"><button type="submit">${text.code.button}</button></p>
            </form>`
          }
          <p><a class="plain" href="${way.ask}${backQuery(back)}">${text.code.again}</a></p>`,
      },
    )
  }

  http.get(way.code, options, async (request, reply) => {
    const token = request.cookies[CODE_COOKIE]
    if (!token) return seeOther(reply, way.ask + backQuery(asked(request)))
    const known = await readCode(context, { token, purpose: way.purpose })
    return show(request, reply, { contact: known?.contact, back: asked(request) })
  })

  http.post(way.code, options, async (request, reply) => {
    const back = wayBack(textOf(request.body, 've'), '')
    const token = request.cookies[CODE_COOKIE]
    if (!token) return seeOther(reply, way.ask + backQuery(back))
    const { text } = await viewOf(context, request, reply)
    const known = await readCode(context, { token, purpose: way.purpose })
    const now = Date.parse(context.clock())
    const { source } = placeOf(request)
    if (!guesses.tries.begin(source, now))
      return show(request, reply, {
        status: 429,
        contact: known?.contact,
        back,
        faults: [{ field: '', words: text.tooMany }],
      })
    const given = await giveCode(context, { token, purpose: way.purpose, typed: textOf(request.body, 'ma', 20) })
    if (!given.ok) {
      const { refusal } = given
      const words = refusal.code === 'wrong-code' ? text.code.wrong(refusal.left) : text.code.over
      const contact = refusal.code === 'wrong-code' ? known?.contact : undefined
      return show(request, reply, { status: 422, contact, back, faults: [{ field: 'ma', words }] })
    }
    guesses.tries.succeeded(source, now)
    if (way.purpose !== 'contact') return seeOther(reply, way.finish + backQuery(back))
    const finished = await finishContact(context, citizenOf(request), token)
    void reply.clearCookie(CODE_COOKIE, cookieOptions(desk))
    if (finished.ok) return seeOther(reply, way.finish)
    return show(request, reply, { status: 422, contact: undefined, back })
  })
}

type FinishForm = { name: string; faults: readonly Fault[]; back: string; contact: Contact }

/** The last step of signing up, and of a forgotten password. */
function finishBody({ text }: View, way: Way, { name, faults, back, contact }: FinishForm): Html {
  const isNew = way.purpose === 'sign-up'
  return html`<h1>${isNew ? text.signUp.finish : text.forgotten.finish}</h1>
    ${!isNew && html`<p class="lead">${text.forgotten.note}</p>`} ${faultList(text, faults)}
    <form class="account-form" action="${way.finish}" method="post">
      <input type="hidden" name="ve" value="${back}" />
      <div class="visually-hidden" aria-hidden="true">
        <input type="text" name="username" value="${contact.value}" autocomplete="username" readonly tabindex="-1" />
      </div>
      ${
        isNew &&
        field({
          name: 'ho_ten',
          label: text.signUp.name,
          hint: text.signUp.nameHint,
          value: name,
          faults,
          required: true,
          autocomplete: 'name',
        })
      }
      ${field({
        name: 'mat_khau',
        label: isNew ? text.password : text.newPassword,
        hint: text.passwordHint(PASSWORD_LENGTH),
        type: 'password',
        faults,
        required: true,
        autocomplete: 'new-password',
      })}
      <p class="actions"><button type="submit">${isNew ? text.signUp.done : text.forgotten.save}</button></p>
    </form>`
}

/** The words of a refusal beside the field at fault. */
export const faultOf = (text: AccountText, refusal: LocalRefusal, passwordField = 'mat_khau'): Fault => {
  if (refusal.code === 'code-over') return { field: '', words: text.code.over }
  if (refusal.code === 'wrong-code') return { field: '', words: text.code.wrong(refusal.left) }
  if (refusal.code === 'contact-taken') return { field: '', words: text.code.taken }
  return { field: passwordField, words: text.passwords[refusal.code]({ least: 0, most: 0, ...refusal }) }
}

function signUpFinish(http: Http, desk: Desk): void {
  const { context } = desk
  const way = ways.signUp
  const options = { config: { permission: way.permission }, schema: { hide: true } }
  const known = (token: string | undefined) => confirmedContact(desk, token, way.purpose)
  const show = async (request: FastifyRequest, reply: FastifyReply, form: FinishForm) => {
    const view = await viewOf(context, request, reply)
    return send(
      reply,
      { ...view, path: way.finish + backQuery(form.back) },
      {
        title: view.text.signUp.finish,
        status: form.faults.length > 0 ? 422 : 200,
        body: finishBody(view, way, form),
      },
    )
  }

  http.get(way.finish, options, async (request, reply) => {
    const contact = await known(request.cookies[CODE_COOKIE])
    if (!contact) return seeOther(reply, way.ask)
    return show(request, reply, { name: '', faults: [], back: asked(request), contact })
  })

  http.post(way.finish, options, async (request, reply) => {
    const token = request.cookies[CODE_COOKIE]
    const contact = await known(token)
    if (!contact || !token) return seeOther(reply, way.ask)
    const { text } = await viewOf(context, request, reply)
    const name = tidyName(textOf(request.body, 'ho_ten', 200))
    const back = wayBack(textOf(request.body, 've'), '')
    if (!name)
      return show(request, reply, {
        name,
        faults: [{ field: 'ho_ten', words: text.signUp.nameMissing }],
        back,
        contact,
      })
    const made = await finishSignUp(context, {
      token,
      name,
      password: textOf(request.body, 'mat_khau', 1000),
      place: placeOf(request),
      earlier: earlierOf(request),
    })
    if (!made.ok) return show(request, reply, { name, faults: [faultOf(text, made.refusal)], back, contact })
    return arrive(desk, reply, { session: made.value.session, contact, back })
  })
}

function forgottenFinish(http: Http, desk: Desk): void {
  const { context } = desk
  const way = ways.forgotten
  const options = { config: { permission: way.permission }, schema: { hide: true } }
  const known = (token: string | undefined) => confirmedContact(desk, token, way.purpose)
  const show = async (request: FastifyRequest, reply: FastifyReply, form: FinishForm) => {
    const view = await viewOf(context, request, reply)
    return send(
      reply,
      { ...view, path: way.finish },
      {
        title: view.text.forgotten.finish,
        status: form.faults.length > 0 ? 422 : 200,
        body: finishBody(view, way, form),
      },
    )
  }

  http.get(way.finish, options, async (request, reply) => {
    const contact = await known(request.cookies[CODE_COOKIE])
    if (!contact) return seeOther(reply, way.ask)
    return show(request, reply, { name: '', faults: [], back: '', contact })
  })

  http.post(way.finish, options, async (request, reply) => {
    const token = request.cookies[CODE_COOKIE]
    const contact = await known(token)
    if (!contact || !token) return seeOther(reply, way.ask)
    const { text } = await viewOf(context, request, reply)
    const set = await finishForgotten(context, {
      token,
      password: textOf(request.body, 'mat_khau', 1000),
      place: placeOf(request),
      earlier: earlierOf(request),
    })
    if (!set.ok) return show(request, reply, { name: '', faults: [faultOf(text, set.refusal)], back: '', contact })
    return arrive(desk, reply, { session: set.value.session, contact, back: '' })
  })
}

async function confirmedContact(
  { context }: Desk,
  token: string | undefined,
  purpose: CodePurpose,
): Promise<Contact | undefined> {
  const known = token ? await readCode(context, { token, purpose }) : undefined
  return known?.confirmed ? known.contact : undefined
}

function arrive(
  desk: Desk,
  reply: FastifyReply,
  { session, contact, back }: { session: string; contact: Contact; back: string },
): FastifyReply {
  const { context } = desk
  setCitizenCookie(context, reply, session)
  rememberDevice(context, reply, contactIndex(context.keys, contact))
  void reply.clearCookie(CODE_COOKIE, cookieOptions(desk))
  return seeOther(reply, back || paths.account)
}
