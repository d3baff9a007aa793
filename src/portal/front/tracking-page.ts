import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { openByCode, track, trackingPath, viewTracking, type TrackingView } from '../../dossiers/index.ts'
import { dayOf, weekdayOf, writeInstant, type Instant } from '../../platform/day.ts'
import { networkOf } from '../../platform/http/attempts.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { PROOF_SCRIPT, type ProofAsked } from '../../platform/http/proof-of-work.ts'
import type { Http } from '../../platform/http/route.ts'
import { countWorkedAttempts } from '../../platform/http/worked-attempts.ts'
import { askerOf, openOwn, rememberGrant } from '../filing/index.ts'
import { pageFrame, sendPage, soleAuthority, type PageView } from '../page-frame.ts'
import { englishStep, englishUnit } from './english-names.ts'
import { paths } from './paths.ts'
import { besideOf, type Beside, type BesideContext, type InvitationOf } from './tracking-beside.ts'
import { en } from './tracking.en.ts'
import { vi, type TrackingText } from './tracking.vi.ts'
import { exampleCode } from './view.ts'

const config = { permission: 'public' }
const Given = Type.Object({
  ma: Type.Optional(Type.String({ maxLength: 80 })),
  k: Type.Optional(Type.String({ maxLength: 40 })),
  lang: Type.Optional(Type.String({ maxLength: 5 })),
  proof: Type.Optional(Type.String({ maxLength: 300 })),
})
type Asked = Static<typeof Given>

type View = PageView<TrackingText>

/** What was found is for one person only, and its address carries nothing. */
const sheet = { path: paths.tracking, private: true }

/** The frame with the words of the authority that holds the dossier, or of the only one there is. */
async function viewOf(
  context: BesideContext,
  request: FastifyRequest,
  reply: FastifyReply,
  agencyId?: number,
): Promise<View> {
  const frame = await pageFrame(context, request, reply, agencyId)
  return { ...frame, text: frame.language === 'vi' ? vi(frame.desk) : en }
}

/** Where is my dossier: by the QR code of the receipt, or by code and a second thing that only the applicant knows. */
export function trackingRoutes(
  http: Http,
  context: BesideContext,
  { invitationOf = async () => undefined }: { invitationOf?: InvitationOf } = {},
): void {
  const limits = { purpose: 'tracking', free: 5, most: 60, windowMs: 10 * 60_000 }
  const attempts = countWorkedAttempts(context.keys, limits)

  async function answer(request: FastifyRequest, reply: FastifyReply, given: Asked): Promise<FastifyReply> {
    const [code, key] = [given.ma?.trim() ?? '', given.k?.trim() ?? '']
    const view = await viewOf(context, request, reply)
    const { text, day } = view
    const hint = text.codeHint(exampleCode(await soleAuthority(context.db, day), day))
    const ask = (status: number, problem: string | null, work?: ProofAsked) =>
      sendPage(reply, view, {
        ...sheet,
        status,
        title: text.title,
        body: formBody(text, { code, hint, problem, ...(work ? { key, proof: work.field } : {}) }),
        scripts: work ? [PROOF_SCRIPT] : [],
      })
    const show = async (found: TrackingView) => {
      const own = await viewOf(context, request, reply, found.agencyId)
      const beside = await besideOf(context, { view: found, text: own.text, language: own.language }, invitationOf)
      const body = dossierBody(own, found, { now: context.clock(), beside })
      return sendPage(reply, own, { ...sheet, status: 200, title: own.text.titleOf(found.code), body })
    }
    if (!key) {
      const own = code ? await ownByCode(request, code) : undefined
      return own ? show(own) : ask(200, null)
    }
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    const work = attempts.begin({ source, now, proof: given.proof, text: text.proof, isSecret: isReceiptKey(key) })
    if (work === null) return ask(429, text.tooMany)
    if (work) return ask(429, work.words ?? text.proof.asked, work)
    const found = await track(context, code, key)
    if (!found) return ask(404, text.notFound)
    attempts.succeeded(source, now)
    // Who has shown this much may look at the papers and mend them for an hour.
    rememberGrant(context, reply, { agencyId: found.agencyId, dossierId: found.dossierId, strength: 'part' })
    return show(found)
  }

  /** Whose dossier it is, or who has proven it in this browser within the hour, is asked for no second thing. */
  async function ownByCode(request: FastifyRequest, code: string): Promise<TrackingView | undefined> {
    const opened = await openByCode(context, code)
    const own = opened && (await openOwn(context, { request, asker: askerOf(request), dossierId: opened.dossierId }))
    return own && viewTracking(context, own.opened)
  }

  http.get('/tra-cuu', { config, schema: { hide: true, querystring: Given } }, (request, reply) =>
    answer(request, reply, request.query),
  )
  http.post('/tra-cuu', { config, schema: { hide: true, body: Given } }, (request, reply) =>
    answer(request, reply, request.body),
  )
  // The address in the QR code of the receipt.
  http.get(
    `${trackingPath}/:code`,
    {
      config,
      schema: { hide: true, params: Type.Object({ code: Type.String({ maxLength: 80 }) }), querystring: Given },
    },
    (request, reply) => answer(request, reply, { k: request.query.k ?? '', ma: request.params.code }),
  )
}

/** The key of a receipt has letters among its ten signs (50 bits): nobody guesses it. A number of a person can be tried out. */
const isReceiptKey = (key: string): boolean => /^[0-9A-HJKMNP-TV-Z]{10}$/i.test(key) && /[A-Z]/i.test(key)

type Form = { code: string; hint: string; problem: string | null; key?: string; proof?: Html }

function formBody(text: TrackingText, { code, hint, problem, key = '', proof }: Form): Html {
  return html`<h1>${text.title}</h1>
    <p class="lead">${text.lead}</p>
    ${problem && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus id="problem">${problem}</p>`}
    <form class="search-form" action="${paths.tracking}" method="post">
      <div class="field">
        <label for="code">${text.code}</label>
        <p class="hint" id="code-hint">${hint}</p>
        <input
          id="code"
          name="ma"
          type="text"
          required
          maxlength="80"
          value="${code}"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          aria-describedby="code-hint${problem ? ' problem' : ''}"
        />
      </div>
      <div class="field">
        <label for="key">${text.key}</label>
        <p class="hint" id="key-hint">${text.keyHint}</p>
        <input
          id="key"
          name="k"
          type="text"
          value="${key}"
          required
          maxlength="40"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="key-hint"
        />
      </div>
      ${proof}
      <p class="actions"><button type="submit">${text.button}</button></p>
    </form>`
}

/** What I have to do stands on top, then where it is and when it will be ready, then the way it went. */
function dossierBody(
  { text, language }: View,
  dossier: TrackingView,
  { now, beside }: { now: Instant; beside: Beside },
): Html {
  const { todo, state } = sentences(text, dossier, now)
  const when = (moment: Instant) =>
    html`<time datetime="${moment}">${text.moment(weekdayOf(dayOf(moment)), writeInstant(moment))}</time>`
  return html`<p class="official-name" lang="vi">${dossier.procedureName}</p>
    <h1>${text.dossier} <span class="unbroken">${dossier.code}</span></h1>
    ${todo && html`<p class="note" role="status"><strong>${text.yourTurn}</strong> ${todo}</p>`}
    ${
      beside.actions.some(({ main }) => main) &&
      html`<p class="actions">
        ${beside.actions.flatMap(({ words, href, main }) => (main ? [html`<a class="button" href="${href}">${words}</a>`] : []))}
      </p>`
    }
    <div class="summary">
      <dl>
        <div>
          <dt>${text.state}</dt>
          <dd>${state}</dd>
        </div>
        ${
          dossier.answerBy &&
          html`<div>
            <dt>${text.answer}</dt>
            <dd>${when(dossier.answerBy)} <span class="small">${text.answerWhy}</span></dd>
          </div>`
        }
        ${
          dossier.dueAt &&
          !dossier.finishedAt &&
          html`<div>
            <dt>${text.due}</dt>
            <dd>
              ${text.paused[dossier.status as keyof TrackingText['paused']] ?? when(dossier.dueAt)}${beside.remaining && html` <span class="small">${beside.remaining}</span>`}
            </dd>
          </div>`
        }
        ${
          dossier.finishedAt &&
          html`<div>
            <dt>${text.finished}</dt>
            <dd>${when(dossier.finishedAt)}</dd>
          </div>`
        }
        ${
          dossier.holder &&
          html`<div>
            <dt>${text.holder}</dt>
            <dd>
              ${withEnglish(englishUnit(dossier.holderKind, language), dossier.holder)}${dossier.since && html` <span class="small">${text.since(writeInstant(dossier.since))}</span>`}
            </dd>
          </div>`
        }
        ${
          dossier.step &&
          html`<div>
            <dt>${text.step}</dt>
            <dd>${englishStep(dossier.step, language) ?? html`<span lang="vi">${dossier.step}</span>`}</dd>
          </div>`
        }
        <div>
          <dt>${text.agency}</dt>
          <dd lang="vi">${dossier.agencyName}</dd>
        </div>
      </dl>
    </div>
    <h2>${text.story}</h2>
    <ol class="timeline">
      ${dossier.steps.map(
        ({ at, type }, index) =>
          html`<li class="${index === dossier.steps.length - 1 && dossier.holder ? 'now' : ''}">
            <time datetime="${at}">${writeInstant(at)}</time> ${text.events[type as keyof TrackingText['events']] ?? ''}
          </li>`,
      )}
    </ol>
    ${beside.parts}
    <h2>${text.beside.title}</h2>
    <ul class="links">
      ${beside.actions.flatMap(({ words, href, main }) => (main ? [] : [html`<li><a href="${href}">${words}</a></li>`]))}
    </ul>
    <p class="small">${text.noPersonalData}</p>
    <p><a class="plain" href="${paths.tracking}">${text.another}</a></p>`
}

/** A name of the authority's own, after what it means where the reader needs that. */
const withEnglish = (english: string | undefined, name: string): Html =>
  english === undefined ? html`<span lang="vi">${name}</span>` : html`${english} (<span lang="vi">${name}</span>)`

function sentences(text: TrackingText, dossier: TrackingView, now: Instant): { todo: string | null; state: string } {
  const issuing = dossier.status === 'resultSigned' && !dossier.ready
  const state = issuing
    ? text.issuing
    : (text.statuses[dossier.status as keyof TrackingText['statuses']] ?? dossier.status)
  const late =
    dossier.dueAt !== null && dossier.finishedAt === null && now > dossier.dueAt && dossier.status === 'processing'
  const todo = issuing ? null : (text.todo[dossier.status as keyof TrackingText['todo']] ?? null)
  const by = dossier.completeBy ? ` ${text.completeBy(dossier.completeBy)}` : ''
  return { todo: todo ? todo + by : null, state: late ? `${state} ${text.late}` : state }
}
