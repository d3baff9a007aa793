import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkIdentityNumber } from '../../dossiers/index.ts'
import { offeredProviders } from '../../identity/index.ts'
import { dayOf, writeDay, writeInstant } from '../../platform/day.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import { isId } from '../../platform/id.ts'
import { faultOf } from './code-routes.ts'
import type { Citizen } from './contract.ts'
import { citizenOf, happened, placeOf, seeOther, textOf, type Desk } from './desk.ts'
import { clearCitizenCookie } from './hooks.ts'
import { changeDetails, changePassword, checkPassword, hasPassword, PASSWORD_LENGTH, tidyName } from './local.ts'
import { choice, done, faultList, field, send, viewOf, type Fault, type View } from './page.ts'
import { accountPaths as paths } from './paths.ts'
import { readWrittenDay } from './rules/authority.ts'
import { ownSessions } from './sessions.ts'
import { closeAccount } from './citizen-store.ts'
import { endSession, endSessions, type SessionItem } from './session-store.ts'
import type { AccountText } from './text.vi.ts'

const options = { config: { permission: 'citizen' }, schema: { hide: true } }

/** The own account: what it says, its password, its sessions, its end. */
export function accountRoutes(http: Http, desk: Desk): void {
  overviewRoute(http, desk)
  detailRoutes(http, desk)
  passwordRoutes(http, desk)
  sessionRoutes(http, desk)
  closeRoutes(http, desk)
}

function overviewRoute(http: Http, desk: Desk): void {
  const { context } = desk
  http.get(paths.account, options, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const citizen = citizenOf(request)
    const [offers, password] = await Promise.all([
      offeredProviders(context, 'citizen'),
      hasPassword(context, citizen.accountId),
    ])
    const { text } = view
    const words: Record<string, string> = {
      'thong-tin': text.account.saved,
      'mat-khau': text.passwordPage.done,
      'lien-he': text.contactPage.done,
    }
    return send(
      reply,
      { ...view, path: paths.account },
      {
        title: text.account.title,
        body: overviewBody(view, citizen, { offers, password, words: words[happened(request)] }),
      },
    )
  })
}

function overviewBody(
  { text }: View,
  citizen: Citizen,
  {
    offers,
    password,
    words,
  }: { offers: readonly { providerId: number; name: string }[]; password: boolean; words: string | undefined },
): Html {
  const { account } = text
  // What was never told is not listed; “change” below asks for it.
  const fact = (name: string, value: string | null) =>
    value &&
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`
  return html`<h1>${account.hello(citizen.name || account.title)}</h1>
    ${done(words)}
    <dl class="facts">
      ${fact(account.identity, citizen.identityVerified ? account.verified : account.unverified)}
      ${fact(account.number, citizen.identityNumber)}
      ${fact(account.birthDay, citizen.birthDay && writeDay(citizen.birthDay))}
      ${fact(account.sex, citizen.sex && account.sexes[citizen.sex])} ${fact(account.address, citizen.address)}
      ${fact(account.phone, citizen.phone)} ${fact(account.email, citizen.email)}
      ${fact(account.level, text.levels[citizen.level])}
    </dl>
    ${
      !citizen.identityVerified &&
      offers.length > 0 &&
      html`<ul class="account-ways">
        ${offers.map(
          ({ providerId, name }) =>
            html`<li>
              <a class="button" href="${paths.provider(providerId, paths.account)}">${account.verifyBy(name)}</a>
            </li>`,
        )}
      </ul>`
    }
    <h2>${account.manage}</h2>
    <ul class="tiles">
      ${[
        ['/ho-so-cua-toi', account.dossiers],
        [paths.details, account.edit],
        [paths.contact, account.contacts],
        [paths.authority, account.authority],
        ['/du-lieu-ca-nhan', account.personalData],
        [paths.password, password ? account.changePassword : account.setPassword],
        [paths.sessions, account.sessions],
        [paths.close, account.close],
      ].map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}
    </ul>
    <form class="actions" action="${paths.signOut}" method="post">
      <button type="submit" class="button-quiet">${account.signOut}</button>
    </form>`
}

// --- Details ------------------------------------------------------------------------------------------------------------

type DetailForm = { name: string; identityNumber: string; birthDay: string; sex: string; address: string }

function detailRoutes(http: Http, desk: Desk): void {
  const { context } = desk
  const show = async (request: FastifyRequest, reply: FastifyReply, form: DetailForm, faults: Fault[] = []) => {
    const view = await viewOf(context, request, reply)
    return send(
      reply,
      { ...view, path: paths.details },
      {
        title: view.text.details.title,
        status: faults.length > 0 ? 422 : 200,
        body: detailBody(view, { form, faults, sworn: swornOf(citizenOf(request)) }),
      },
    )
  }

  http.get(paths.details, options, (request, reply) => {
    const { name, identityNumber, birthDay, sex, address } = citizenOf(request)
    return show(request, reply, {
      name,
      identityNumber: identityNumber ?? '',
      birthDay: birthDay ? writeDay(birthDay) : '',
      sex: sex ?? '',
      address,
    })
  })

  http.post(paths.details, options, async (request, reply) => {
    const citizen = citizenOf(request)
    const { text } = await viewOf(context, request, reply)
    const { body } = request
    const form: DetailForm = {
      name: citizen.identityVerified ? citizen.name : tidyName(textOf(body, 'ho_ten', 200)),
      identityNumber: citizen.identityVerified ? (citizen.identityNumber ?? '') : textOf(body, 'so_dinh_danh', 30),
      birthDay: textOf(body, 'ngay_sinh', 20),
      sex: textOf(body, 'gioi_tinh', 10),
      address: textOf(body, 'dia_chi', 300),
    }
    const today = dayOf(context.clock())
    const birthDay = form.birthDay.trim() ? readWrittenDay(form.birthDay) : null
    const sex = form.sex === 'male' || form.sex === 'female' ? form.sex : null
    const number = form.identityNumber.trim()
      ? checkIdentityNumber('citizen', form.identityNumber, { today, birthDay, sex })
      : undefined
    const faults: Fault[] = [
      ...(form.name ? [] : [{ field: 'ho_ten', words: text.signUp.nameMissing }]),
      ...(number?.ok === false ? [{ field: 'so_dinh_danh', words: text.details.numberWrong }] : []),
      ...(form.birthDay.trim() && (!birthDay || birthDay > today)
        ? [{ field: 'ngay_sinh', words: text.details.dayWrong }]
        : []),
    ]
    if (faults.length > 0) return show(request, reply, form, faults)
    await changeDetails(context, citizen.accountId, {
      name: form.name,
      identityNumber: number?.ok ? number.value : '',
      birthDay,
      sex,
      address: form.address.normalize('NFC').trim(),
    })
    return seeOther(reply, `${paths.account}?xong=thong-tin`)
  })
}

/** What was vouched for, and what an account that is vouched for has said once, is not changed here. */
const swornOf = ({ identityVerified, birthDay, sex }: Citizen) => ({
  name: identityVerified,
  birthDay: identityVerified && birthDay !== null,
  sex: identityVerified && sex !== null,
})

function detailBody(
  { text }: View,
  { form, faults, sworn }: { form: DetailForm; faults: Fault[]; sworn: ReturnType<typeof swornOf> },
): Html {
  const { account, details } = text
  return html`<p class="crumbs"><a href="${paths.account}">${account.title}</a></p>
    <h1>${details.title}</h1>
    <p class="lead">${details.lead}</p>
    ${sworn.name && html`<p class="note">${details.sworn}</p>`} ${faultList(text, faults)}
    <form class="account-form" action="${paths.details}" method="post">
      ${
        !sworn.name &&
        html`${field({ name: 'ho_ten', label: text.signUp.name, value: form.name, faults, required: true, autocomplete: 'name' })}
        ${field({ name: 'so_dinh_danh', label: account.number, value: form.identityNumber, faults, maxLength: 20, inputmode: 'numeric' })}`
      }
      ${!sworn.birthDay && field({ name: 'ngay_sinh', label: account.birthDay, hint: details.dayHint, value: form.birthDay, faults, maxLength: 10 })}
      ${
        !sworn.sex &&
        choice(
          'gioi_tinh',
          account.sex,
          [
            { value: 'female', label: account.sexes.female },
            { value: 'male', label: account.sexes.male },
            { value: '', label: details.unknown },
          ],
          form.sex,
        )
      }
      ${field({ name: 'dia_chi', label: account.address, value: form.address, faults, maxLength: 300, autocomplete: 'street-address' })}
      <p class="actions"><button type="submit">${details.save}</button></p>
    </form>`
}

// --- Password -----------------------------------------------------------------------------------------------------------

function passwordRoutes(http: Http, desk: Desk): void {
  const { context, guesses } = desk
  const show = async (request: FastifyRequest, reply: FastifyReply, faults: Fault[] = []) => {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const had = await hasPassword(context, citizenOf(request).accountId)
    const title = had ? text.passwordPage.title : text.account.setPassword
    return send(
      reply,
      { ...view, path: paths.password },
      {
        title,
        status: faults.length > 0 ? 422 : 200,
        body: html`<p class="crumbs"><a href="${paths.account}">${text.account.title}</a></p>
          <h1>${title}</h1>
          ${faultList(text, faults)}
          <form class="account-form" action="${paths.password}" method="post">
            ${
              had &&
              field({
                name: 'hien_tai',
                label: text.passwordPage.current,
                type: 'password',
                faults,
                required: true,
                autocomplete: 'current-password',
              })
            }
            ${field({
              name: 'mat_khau',
              label: text.newPassword,
              hint: text.passwordHint(PASSWORD_LENGTH),
              type: 'password',
              faults,
              required: true,
              autocomplete: 'new-password',
            })}
            <p class="actions"><button type="submit">${text.passwordPage.save}</button></p>
          </form>`,
      },
    )
  }

  http.get(paths.password, options, (request, reply) => show(request, reply))

  http.post(paths.password, options, async (request, reply) => {
    const { text } = await viewOf(context, request, reply)
    const changed = await changePassword(context, citizenOf(request), guesses, {
      current: textOf(request.body, 'hien_tai', 1000),
      password: textOf(request.body, 'mat_khau', 1000),
      place: placeOf(request),
    })
    if (changed.ok) return seeOther(reply, `${paths.account}?xong=mat-khau`)
    const { refusal } = changed
    if (refusal.code === 'wrong-password' || refusal.code === 'wait')
      return show(request, reply, [currentFault(text, refusal.code)])
    return show(request, reply, [faultOf(text, refusal)])
  })
}

const currentFault = (text: AccountText, code: 'wrong-password' | 'wait'): Fault => ({
  field: 'hien_tai',
  words: code === 'wait' ? text.signIn.wait : text.passwordPage.wrong,
})

// --- Sessions -----------------------------------------------------------------------------------------------------------

function sessionRoutes(http: Http, desk: Desk): void {
  const { context } = desk
  http.get(paths.sessions, options, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const { accountId, sessionId } = citizenOf(request)
    const sessions = await ownSessions(context, accountId)
    return send(
      reply,
      { ...view, path: paths.sessions },
      {
        title: view.text.sessions.title,
        body: sessionBody(view, {
          sessions,
          sessionId,
          words: happened(request) ? view.text.sessions.ended : undefined,
        }),
      },
    )
  })

  http.post(paths.endSession, options, async (request, reply) => {
    const { accountId } = citizenOf(request)
    const sessionId = textOf(request.body, 'phien', 40)
    if (isId(sessionId)) await endSession(context.db, { accountId, sessionId, now: context.clock() })
    return seeOther(reply, `${paths.sessions}?xong=1`)
  })

  http.post(paths.endOthers, options, async (request, reply) => {
    const { accountId, sessionId } = citizenOf(request)
    await endSessions(context.db, accountId, context.clock(), sessionId)
    return seeOther(reply, `${paths.sessions}?xong=1`)
  })
}

function sessionBody(
  { text }: View,
  { sessions, sessionId, words }: { sessions: readonly SessionItem[]; sessionId: string; words: string | undefined },
): Html {
  return html`<p class="crumbs"><a href="${paths.account}">${text.account.title}</a></p>
    <h1>${text.sessions.title}</h1>
    <p class="lead">${text.sessions.lead}</p>
    ${done(words)}
    <ul class="account-list">
      ${sessions.map((session) => {
        const device = session.device || text.sessions.unknown
        return html`<li>
          <strong>${device}</strong>${session.sessionId === sessionId && html` – ${text.sessions.here}`}
          <p>
            ${text.sessions.started(writeInstant(session.startedAt))}.
            ${text.sessions.seen(writeInstant(session.seenAt))}.
          </p>
          ${
            session.sessionId !== sessionId &&
            html`<form action="${paths.endSession}" method="post">
              <input type="hidden" name="phien" value="${session.sessionId}" />
              <button type="submit" class="button-quiet" aria-label="${text.sessions.endOf(device)}">
                ${text.sessions.end}
              </button>
            </form>`
          }
        </li>`
      })}
    </ul>
    ${
      sessions.length > 1 &&
      html`<form class="actions" action="${paths.endOthers}" method="post">
        <button type="submit">${text.sessions.endOthers}</button>
      </form>`
    }`
}

// --- Closing ------------------------------------------------------------------------------------------------------------

function closeRoutes(http: Http, desk: Desk): void {
  const { context, guesses } = desk
  const show = async (request: FastifyRequest, reply: FastifyReply, faults: Fault[] = []) => {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const had = await hasPassword(context, citizenOf(request).accountId)
    return send(
      reply,
      { ...view, path: paths.close },
      {
        title: text.close.title,
        status: faults.length > 0 ? 422 : 200,
        body: html`<p class="crumbs"><a href="${paths.account}">${text.account.title}</a></p>
          <h1>${text.close.title}</h1>
          <p class="note notice-late">${text.close.what}</p>
          <p>${text.close.stays}</p>
          ${faultList(text, faults)}
          <form class="account-form" action="${paths.close}" method="post">
            ${
              had &&
              field({
                name: 'hien_tai',
                label: text.passwordPage.current,
                type: 'password',
                faults,
                required: true,
                autocomplete: 'current-password',
              })
            }
            <label class="account-tick"
              ><input type="checkbox" id="dong_y" name="dong_y" value="1" /><span>${text.close.confirm}</span></label
            >
            <p class="actions"><button type="submit">${text.close.button}</button></p>
          </form>`,
      },
    )
  }

  http.get(paths.close, options, (request, reply) => show(request, reply))

  http.post(paths.close, options, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const citizen = citizenOf(request)
    if (textOf(request.body, 'dong_y') !== '1')
      return show(request, reply, [{ field: 'dong_y', words: text.close.unconfirmed }])
    const checked = await checkPassword(context, citizen, guesses, {
      password: textOf(request.body, 'hien_tai', 1000),
      place: placeOf(request),
    })
    if (!checked.ok) return show(request, reply, [currentFault(text, checked.refusal.code)])
    await context.db.transaction().execute((tx) => closeAccount(tx, citizen.accountId, context.clock()))
    clearCitizenCookie(context, reply)
    request.citizen = null
    request.visitor = null
    return send(
      reply,
      { ...view, path: '/' },
      {
        title: text.close.title,
        body: html`<h1>${text.close.title}</h1>
          <p class="note" role="status">${text.close.done}</p>
          <p class="actions"><a class="button" href="/">${text.go}</a></p>`,
      },
    )
  })
}
