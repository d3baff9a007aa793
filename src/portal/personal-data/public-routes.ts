import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { listOfferingAgencies } from '../../catalogue/index.ts'
import { dayOf, writeDay, writeInstant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import { derivedId, isId } from '../../platform/id.ts'
import { writeZip } from '../../platform/write-zip.ts'
import { authorityName, listAgencies } from '../../staff/index.ts'
import { accountPaths, mayActFor, ownSessions, reaches, type Citizen } from '../accounts/index.ts'
import { sendPage, viewsIn, type PageView } from '../page-frame.ts'
import { accessLog, dossiersOf } from './access-log.ts'
import { copyPage, type OwnCopy } from './copy.ts'
import {
  actOnRequest,
  MOST_OPEN,
  openRequest,
  receiveRequest,
  secretOf,
  stateOf,
  type PersonalDataContext,
} from './requests.ts'
import { allowedActions } from './rules/request.ts'
import { retentionDays } from './rules/retention.ts'
import { isRequestKind, requestKinds, timerRuleOn, type TimerRule } from './rules/timers.ts'
import { listPlaces, listRequestsOf, listRetention, listSteps, listTimerRules, type RequestRow } from './store.ts'
import { en } from './text.en.ts'
import { vi, type PersonalDataText } from './text.vi.ts'

const paths = {
  start: '/du-lieu-ca-nhan',
  log: '/du-lieu-ca-nhan/nhat-ky',
  copy: '/du-lieu-ca-nhan/ban-sao',
  requests: '/du-lieu-ca-nhan/yeu-cau',
  newRequest: '/du-lieu-ca-nhan/yeu-cau/moi',
  withdraw: '/du-lieu-ca-nhan/yeu-cau/rut',
} as const

const own = { config: { permission: 'citizen' }, schema: { hide: true } }

/** What is kept about people, told to everybody, and what each person may do about it. */
export function personalDataRoutes(http: Http, context: PersonalDataContext): void {
  purposeRoute(http, context)
  logRoute(http, context)
  copyRoutes(http, context)
  requestRoutes(http, context)
}

type View = PageView<PersonalDataText>

const viewOf = viewsIn<PersonalDataText>({ vi, en })

type Sheet = { title: string; body: Html; path: string; status?: number; isPrivate?: boolean }
const send = (reply: FastifyReply, view: View, { isPrivate = true, ...sheet }: Sheet): FastifyReply =>
  sendPage(reply, view, { ...sheet, private: isPrivate })

const citizenOf = (request: FastifyRequest): Citizen => {
  if (!request.citizen) throw new Error('the route is not for citizens alone')
  return request.citizen
}

const postedText = (body: unknown, name: string, most: number): string => {
  const value = (body as Record<string, unknown> | null | undefined)?.[name]
  return typeof value === 'string' ? value.slice(0, most) : ''
}

const crumbs = (text: PersonalDataText): Html => html`<p class="crumbs"><a href="${paths.start}">${text.title}</a></p>`

/** Whether this session is sure enough of the person to show dossiers. */
const isSure = (citizen: Citizen): boolean => citizen.identityVerified && reaches(citizen.level, 'substantial')

function purposeRoute(http: Http, context: PersonalDataContext): void {
  http.get(paths.start, { config: { permission: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const settings = await listRetention(context.db)
    const keep = ({ kind, keep: said }: PersonalDataText['purposes'][number]) =>
      kind ? text.keep[kind](retentionDays(settings, kind)) : said
    return send(reply, view, {
      title: text.title,
      path: paths.start,
      isPrivate: false,
      body: html`<h1>${text.title}</h1>
        <p class="lead">${text.lead}</p>
        <h2>${text.rightsTitle}</h2>
        ${
          !request.citizen &&
          html`<p>${text.signInFirst}</p>
            <p class="actions">
              <a class="button" href="${accountPaths.signInFor(paths.start)}">${text.signIn}</a>
            </p>`
        }
        <ul class="tiles">
          <li><a href="${paths.log}">${text.links.log}</a></li>
          <li><a href="${paths.copy}">${text.links.copy}</a></li>
          <li><a href="${paths.requests}">${text.links.requests}</a></li>
        </ul>
        <h2>${text.purposesTitle}</h2>
        <ul class="data-purposes">
          ${text.purposes.map(
            (one) =>
              html`<li>
                <h3>${one.what}</h3>
                <dl>
                  <div>
                    <dt>${text.why}</dt>
                    <dd>${one.why}</dd>
                  </div>
                  <div>
                    <dt>${text.basis}</dt>
                    <dd>${one.basis}</dd>
                  </div>
                  <div>
                    <dt>${text.howLong}</dt>
                    <dd>${keep(one)}</dd>
                  </div>
                </dl>
              </li>`,
          )}
        </ul>
        <h2>${text.notTitle}</h2>
        <ul>
          ${text.not.map((sentence) => html`<li>${sentence}</li>`)}
        </ul>
        <p class="small">${text.dataOfficer}</p>`,
    })
  })
}

function logRoute(http: Http, context: PersonalDataContext): void {
  http.get(paths.log, own, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const citizen = citizenOf(request)
    const entries = isSure(citizen) ? await accessLog(context, await dossiersOf(context, citizen)) : null
    return send(reply, view, {
      title: text.log.title,
      path: paths.log,
      body: html`${crumbs(text)}
        <h1>${text.log.title}</h1>
        <p class="lead">${text.log.lead}</p>
        ${
          entries === null &&
          html`<p class="note notice-due">${citizen.identityVerified ? text.log.weak : text.log.unproven}</p>
            <ul class="tiles">
              <li><a href="${accountPaths.account}">${text.log.prove}</a></li>
              <li><a href="${paths.newRequest}">${text.log.ask}</a></li>
            </ul>`
        }
        ${entries?.length === 0 && html`<p class="note">${text.log.empty}</p>`}
        ${
          entries &&
          entries.length > 0 &&
          html`<ul class="account-list">
            ${entries.map(
              (entry) =>
                html`<li>
                  <time datetime="${entry.at}">${writeInstant(entry.at)}</time>
                  <p>
                    <strong lang="vi">${[entry.agency, entry.unit].filter(Boolean).join(', ')}</strong>:
                    ${text.log.what[entry.what]}
                    <span class="unbroken">${entry.code}</span>${entry.reason && html`. ${entry.reason}`}
                  </p>
                </li>`,
            )}
          </ul>`
        }
        <p class="small">${text.log.honest}</p>`,
    })
  })
}

function copyRoutes(http: Http, context: PersonalDataContext): void {
  http.get(paths.copy, own, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const { text } = view
    return send(reply, view, {
      title: text.copy.title,
      path: paths.copy,
      body: html`${crumbs(text)}
        <h1>${text.copy.title}</h1>
        <p class="lead">${text.copy.lead}</p>
        <p>${text.copy.contains}</p>
        ${!isSure(citizenOf(request)) && html`<p class="note">${text.copy.dossiersMissing}</p>`}
        <form class="actions" action="${paths.copy}" method="post">
          <button type="submit">${text.copy.button}</button>
        </form>`,
    })
  })

  http.post(paths.copy, own, async (request, reply) => {
    const { text, language } = await viewOf(context, request, reply)
    const copy = await gather(context, citizenOf(request))
    const bytes = writeZip([
      { name: 'du-lieu-cua-toi.json', bytes: Buffer.from(`${JSON.stringify(copy, null, 2)}\n`) },
      { name: 'du-lieu-cua-toi.html', bytes: Buffer.from(copyPage(copy, { text, language })) },
    ])
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="du-lieu-cua-toi.zip"')
      .type('application/zip')
      .send(bytes)
  })
}

/** Everything that the system knows of the person who is signed in, and nothing of anybody else. */
async function gather(context: PersonalDataContext, citizen: Citizen): Promise<OwnCopy> {
  const now = context.clock()
  const [authorities, sessions, requests, dossiers] = await Promise.all([
    mayActFor(context, citizen.accountId, null),
    ownSessions(context, citizen.accountId),
    requestsOf(context, citizen),
    isSure(citizen) ? dossiersOf(context, citizen) : Promise.resolve([]),
  ])
  const { accountId: _account, sessionId: _session, ...account } = citizen
  return {
    madeAt: now,
    account,
    authorities: authorities.map(({ authorityId: _id, ...authority }) => authority),
    sessions: sessions.map(({ sessionId: _id, ...session }) => session),
    requests: requests.map((row) => ({
      code: row.code,
      kind: row.kind,
      status: row.status,
      receivedAt: row.received_at,
      answerBy: row.answer_by,
      finishBy: row.finish_by,
      content: openRequest(context, row).content,
    })),
    dossiers: dossiers.map(({ code, procedureCode, status, lodgedAt, finishedAt }) => ({
      code,
      procedureCode,
      status,
      lodgedAt,
      finishedAt,
    })),
    accessLog: await accessLog(context, dossiers),
  }
}

// --- Requests -----------------------------------------------------------------------------------------------------------

async function requestsOf({ db }: PersonalDataContext, { accountId }: Citizen): Promise<RequestRow[]> {
  const places = await listPlaces(db, accountId)
  if (places.length === 0) return []
  const agencies = [...new Set(places.map((place) => place.agency_id))]
  const ids = places.map((place) => place.request_id)
  return withScope(db, { agencies }, (tx) => listRequestsOf(tx, ids))
}

function leadOf(text: PersonalDataText, { answerWorkingDays, finishDays, source }: TimerRule): Html {
  const days = Object.values(finishDays)
  const lead = text.requests.lead({ answer: answerWorkingDays, least: Math.min(...days), most: Math.max(...days) })
  return html`${lead} (<span lang="vi">${source}</span>).`
}

/** `once` names the sending, so that the button pressed twice sends once. */
type Form = { kind: string; agency: string; content: string; once: string }
type Fault = { field: string; words: string }

function requestRoutes(http: Http, context: PersonalDataContext): void {
  const { db, keys } = context

  http.get(paths.requests, own, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const rows = await requestsOf(context, citizenOf(request))
    const agencies = [...new Set(rows.map((row) => row.agency_id))]
    const rules = await listTimerRules(db)
    const [named, steps] = await Promise.all([
      listAgencies(db, agencies, dayOf(context.clock())),
      withScope(db, { agencies }, (tx) => Promise.all(rows.map((row) => listSteps(tx, row.agency_id, row.request_id)))),
    ])
    const done = postedText(request.query, 'xong', 20)
    const sent = rows.find((row) => row.code === done)
    return send(reply, view, {
      title: text.requests.title,
      path: paths.requests,
      body: html`${crumbs(text)}
        <h1>${text.requests.title}</h1>
        <p class="lead">${leadOf(text, timerRuleOn(dayOf(context.clock()), rules))}</p>
        ${sent && html`<p class="note" role="status">${text.requests.sent(sent.code)}</p>`}
        ${done === 'rut' && html`<p class="note" role="status">${text.requests.withdrawn}</p>`}
        ${rows.length === 0 && html`<p>${text.requests.none}</p>`}
        <ul class="account-list">
          ${rows.map((row, index) => {
            const agency = named.find(({ agencyId }) => agencyId === row.agency_id)
            return html`<li>
              <strong>${row.code}</strong> – ${text.requests.kinds[row.kind]}
              <p lang="vi">${agency && authorityName(agency)}</p>
              <p>${openRequest(context, row).content}</p>
              <p>
                <strong>${text.requests.statuses[row.status]}.</strong>
                ${row.status === 'received' && text.requests.answerBy(writeDay(row.answer_by))}
                ${(row.status === 'received' || row.status === 'accepted') && text.requests.finishBy(writeDay(row.finish_by))}
              </p>
              <ul class="small">
                ${steps[index]?.map(
                  (step) =>
                    html`<li>
                      ${writeInstant(step.at)}:
                      ${text.requests.steps[step.what]}${step.note && step.what !== 'erased' && html`. <span lang="vi">${keys.decrypt(step.note)}</span>`}
                    </li>`,
                )}
              </ul>
              ${
                allowedActions(stateOf(row, rules)).includes('withdraw') &&
                html`<form action="${paths.withdraw}" method="post">
                  <input type="hidden" name="ma" value="${row.request_id}" />
                  <button type="submit" class="button-quiet">${text.requests.withdraw}</button>
                </form>`
              }
            </li>`
          })}
        </ul>
        <p class="actions"><a class="button" href="${paths.newRequest}">${text.requests.new}</a></p>`,
    })
  })

  /** Where the person has dossiers, or else every authority that offers something here. */
  async function agenciesFor(citizen: Citizen) {
    const day = dayOf(context.clock())
    const dossiers = isSure(citizen) ? await dossiersOf(context, citizen) : []
    const ids = new Set([...dossiers.map(({ agencyId }) => agencyId), ...(await listOfferingAgencies(db, day, 200))])
    return (await listAgencies(db, [...ids], day)).map((agency) => ({
      id: agency.agencyId,
      name: authorityName(agency),
    }))
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form: Form, faults: Fault[] = []) {
    const view = await viewOf(context, request, reply)
    const agencies = await agenciesFor(citizenOf(request))
    return send(reply, view, {
      title: view.text.requests.new,
      path: paths.newRequest,
      status: faults.length > 0 ? 422 : 200,
      body: formBody(view.text, {
        form,
        faults,
        agencies,
        keptDays: retentionDays(await listRetention(db), 'data-request'),
      }),
    })
  }

  http.get(paths.newRequest, own, (request, reply) =>
    show(request, reply, { kind: '', agency: '', content: '', once: randomUUID() }),
  )

  http.post(paths.newRequest, own, async (request, reply) => {
    const citizen = citizenOf(request)
    const { text, language } = await viewOf(context, request, reply)
    const form: Form = {
      kind: postedText(request.body, 'loai', 20),
      agency: postedText(request.body, 'co_quan', 20),
      content: postedText(request.body, 'noi_dung', 4000).normalize('NFC').trim(),
      once: postedText(request.body, 'lan', 40),
    }
    if (!isId(form.once)) form.once = randomUUID()
    const requestId = derivedId(citizen.accountId, form.once)
    const agencies = await agenciesFor(citizen)
    const agency = agencies.length === 1 ? agencies[0] : agencies.find(({ id }) => String(id) === form.agency)
    const { kind } = form
    const faults: Fault[] = [
      ...(isRequestKind(kind) ? [] : [{ field: 'loai', words: text.requests.kindMissing }]),
      ...(agency ? [] : [{ field: 'co_quan', words: text.requests.agencyMissing }]),
      ...(form.content.length >= 5 ? [] : [{ field: 'noi_dung', words: text.requests.contentMissing }]),
    ]
    const others = (await requestsOf(context, citizen)).filter((row) => row.request_id !== requestId)
    if (others.filter((row) => row.finished_at === null).length >= MOST_OPEN)
      faults.push({ field: 'loai', words: text.requests.tooMany })
    if (faults.length > 0 || !agency || !isRequestKind(kind)) return show(request, reply, form, faults)
    const { code } = await receiveRequest(context, {
      agencyId: agency.id,
      kind,
      secret: secretOf(citizen, form.content),
      accountId: citizen.accountId,
      language,
      requestId,
    })
    return reply.redirect(`${paths.requests}?xong=${code}`, 303)
  })

  http.post(paths.withdraw, own, async (request, reply) => {
    const requestId = postedText(request.body, 'ma', 40)
    const row = (await requestsOf(context, citizenOf(request))).find((one) => one.request_id === requestId)
    if (!row) return reply.redirect(paths.requests, 303)
    const { agency_id: agencyId } = row
    const done = await actOnRequest(context, { agencyId, requestId, action: { type: 'withdraw' }, officerId: null })
    return reply.redirect(done.ok ? `${paths.requests}?xong=rut` : paths.requests, 303)
  })
}

function formBody(
  text: PersonalDataText,
  {
    form,
    faults,
    agencies,
    keptDays,
  }: {
    form: Form
    faults: readonly Fault[]
    agencies: readonly { id: number; name: string }[]
    keptDays: number
  },
): Html {
  const only = agencies.length === 1 ? agencies[0] : undefined
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)
  const said = (field: string) => {
    const fault = faultOf(field)
    return fault && html`<p class="field-error" id="${field}-fault">${fault.words}</p>`
  }
  return html`<p class="crumbs"><a href="${paths.requests}">${text.requests.title}</a></p>
    <h1>${text.requests.new}</h1>
    ${only && html`<p class="lead">${text.requests.to} <strong lang="vi">${only.name}</strong></p>`}
    ${
      faults.length > 0 &&
      html`<div class="note notice-late" role="alert" tabindex="-1" autofocus>
        <ul>
          ${faults.map(({ field, words }) => html`<li><a href="#${field}">${words}</a></li>`)}
        </ul>
      </div>`
    }
    <form class="account-form" action="${paths.newRequest}" method="post">
      <input type="hidden" name="lan" value="${form.once}" />
      <fieldset class="field account-choice" id="loai" tabindex="-1">
        <legend>${text.requests.kind}</legend>
        ${said('loai')}
        ${requestKinds.map(
          (kind) =>
            html`<label
              ><input type="radio" name="loai" value="${kind}" ${kind === form.kind ? html`checked` : ''} /><span
                >${text.requests.kinds[kind]}</span
              ></label
            >`,
        )}
      </fieldset>
      ${
        agencies.length > 1 &&
        html`<div class="field">
          <label for="co_quan">${text.requests.agency}</label>
          ${said('co_quan')}
          <select id="co_quan" name="co_quan" lang="vi">
            <option value=""></option>
            ${agencies.map(
              ({ id, name }) =>
                html`<option value="${id}" ${String(id) === form.agency ? html`selected` : ''}>${name}</option>`,
            )}
          </select>
        </div>`
      }
      <div class="field">
        <label for="noi_dung">${text.requests.content}</label>
        <p class="hint" id="noi_dung-hint">${text.requests.contentHint}</p>
        ${said('noi_dung')}
        <textarea
          id="noi_dung"
          name="noi_dung"
          rows="5"
          maxlength="4000"
          required
          ${faultOf('noi_dung') ? html`aria-invalid="true"` : ''}
          aria-describedby="noi_dung-hint${faultOf('noi_dung') ? ' noi_dung-fault' : ''}"
        >
${form.content}</textarea>
      </div>
      <details>
        <summary>${text.requests.deleteTitle}</summary>
        <ul>
          ${text.requests.deleteNote.map((sentence) => html`<li>${sentence}</li>`)}
        </ul>
      </details>
      <p class="small">${text.requests.purpose(keptDays)}</p>
      <p class="actions"><button type="submit">${text.requests.send}</button></p>
    </form>`
}
