import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { addDays, dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { countAttempts, networkOf } from '../platform/http/attempts.ts'
import type { Html } from '../platform/http/html.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import { judgeProof, newProof, openProofOfWork, PROOF_SCRIPT } from '../platform/http/proof-of-work.ts'
import type { Http } from '../platform/http/route.ts'
import { sendPage, viewsIn, type PageView } from '../portal/page-frame.ts'
import { castBallot, type Casting, type SurveyContext } from './commands.ts'
import { KioskBallots, type Answer, type Answers, type Question } from './contract.ts'
import { findByToken } from './invitations.ts'
import { kioskPath, linkPath, paths, surveyPath } from './paths.ts'
import { checkBody, enterBody, kioskBody, kioskThanks, questionBody, saidBody, type Asking } from './public-pages.ts'
import { en } from './public-text.en.ts'
import { vi, type PublicText } from './public-text.vi.ts'
import { touchable } from './rules/faces.ts'
import { takesBallots } from './rules/invite.ts'
import { askedOf, readAnswers } from './rules/questionnaire.ts'
import type { SurveyRefusal } from './rules/refusal.ts'
import { findCampaign, findCampaignByLink, findKiosk, type CampaignRow, type KioskRow, type SurveyTx } from './store.ts'
import { vi as wordsVi } from './text.vi.ts'
import { agencyIn, cleanToken, hashOf } from './tokens.ts'

const config = { permission: 'public' }
const Lang = Type.Object({ lang: Type.Optional(Type.String({ maxLength: 5 })) })
const TokenParams = Type.Object({ token: Type.String({ maxLength: 60 }) })
const KeyParams = Type.Object({ key: Type.String({ maxLength: 60 }) })
const Form = Type.Record(
  Type.String({ maxLength: 60 }),
  Type.Union([Type.String({ maxLength: 20_000 }), Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 60 })]),
)

const WINDOW = 10 * 60_000

type View = PageView<PublicText> & {
  send: (status: number, title: string, body: Html, scripts?: readonly string[]) => FastifyReply
}

/** Where people answer: by an invitation, by an open link, at a kiosk. Whole without a script. */
export function surveyPages(http: Http, context: SurveyContext): void {
  const guesses = countAttempts({ most: 20, windowMs: WINDOW })
  tokenPages(http, context, guesses)
  linkPages(http, context, guesses)
  kioskPages(http, context, guesses)
}

type Guesses = ReturnType<typeof countAttempts>

const frameOf = viewsIn<PublicText>({ vi, en })

async function viewOf(
  context: SurveyContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { agencyId, path, open = false }: { agencyId: number | null; path: string; open?: boolean },
): Promise<View> {
  const view = await frameOf(context, request, reply, agencyId)
  return {
    ...view,
    send: (status, title, body, scripts = []) =>
      // What one person alone should find; a kiosk is everybody's and is wanted again when the network is gone.
      sendPage(reply, view, { status, title, body, path, private: !open, scripts }),
  }
}

/** What a form carries: answers under `a.`, in the shape of the rules. Repeated fields are several answers. */
function answersIn(body: Record<string, string | string[]>): Answers {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => name.startsWith('a.'))
      .map(([name, value]): [string, Answer] => [name.slice(2), value]),
  )
}
const fieldOf = (body: Record<string, string | string[]>, name: string): string => {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  return (Array.isArray(value) ? value.at(-1) : value) ?? ''
}

/** One step through the questions; returns the body of the page, or what is to be cast. */
function takeStep(
  page: Omit<Asking, 'asked' | 'answers'>,
  body: Record<string, string | string[]>,
): { show: Html } | { check: Asking } | { send: Answers; asking: Asking } {
  const { questionnaire, text } = page
  const current = fieldOf(body, 'cau')
  const move = fieldOf(body, 'di')
  const given = answersIn(body)
  if (move === 'bo') delete given[current]
  const { answers, faults } = readAnswers(questionnaire, given)
  const asked = askedOf(questionnaire, answers)
  const asking: Asking = { ...page, asked, answers }
  const [first] = asked
  if (!first) return { check: asking }
  const show = (question: Question, problem: string | null) => ({
    show: questionBody({ ...asking, question, problem }),
  })
  const fault = faults.find(({ question }) => asked.some(({ key }) => key === question))
  if (fault && move !== 'lui') {
    const question = asked.find(({ key }) => key === fault.question) ?? first
    return show(question, text.faults[fault.code])
  }
  const wanted = asked.find(({ key }) => key === fieldOf(body, 'sua'))
  if (wanted) return show(wanted, null)
  if (fieldOf(body, 'gui') !== '') return { send: answers, asking }
  // Where the question just answered is, counted over all, since others may have become askable or not.
  const order = questionnaire.questions.map(({ key }) => key)
  const at = order.indexOf(current)
  if (at < 0) return show(first, null)
  const next =
    move === 'lui'
      ? (asked.findLast(({ key }) => order.indexOf(key) < at) ?? first)
      : asked.find(({ key }) => order.indexOf(key) > at)
  return next ? show(next, null) : { check: asking }
}

const titleOf = ({ definition: { title } }: CampaignRow): string => title.vi

const cast = (context: SurveyContext, casting: Omit<Casting, 'today'>, agencies: readonly number[]) =>
  withScope(context.db, { agencies }, (tx) =>
    castBallot(tx as unknown as SurveyTx, context.keys, { ...casting, today: dayOf(context.clock()) }),
  )

const refusalWords = (text: PublicText, { code }: SurveyRefusal): { title: string; words: string } => {
  if (code === 'used') return { title: text.usedTitle, words: text.used }
  if (code === 'nothing-answered') return { title: text.problem, words: text.nothing }
  return { title: text.overTitle, words: text.over }
}

// --- By invitation -------------------------------------------------------------------------------------------------------

function tokenPages(http: Http, context: SurveyContext, guesses: Guesses): void {
  const path = paths.survey

  http.get(path, { config, schema: { hide: true, querystring: Lang } }, async (request, reply) => {
    const view = await viewOf(context, request, reply, { agencyId: null, path })
    return view.send(200, view.text.enterTitle, enterBody(view, null))
  })

  http.post(
    path,
    { config, schema: { hide: true, body: Type.Object({ ma: Type.String({ maxLength: 60 }) }) } },
    async (request, reply) => {
      const token = cleanToken(request.body.ma)
      if (agencyIn(token) !== undefined) return reply.redirect(surveyPath(token), 303)
      const view = await viewOf(context, request, reply, { agencyId: null, path })
      return view.send(422, view.text.enterTitle, enterBody(view, view.text.badCode, request.body.ma))
    },
  )

  http.get(`${path}/cam-on`, { config, schema: { hide: true, querystring: Lang } }, async (request, reply) => {
    const view = await viewOf(context, request, reply, { agencyId: null, path: `${path}/cam-on` })
    return view.send(200, view.text.thanksTitle, saidBody(view, view.text.thanksTitle, view.text.thanks))
  })

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    body: Record<string, string | string[]>,
  ): Promise<FastifyReply> => {
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    const own = surveyPath(encodeURIComponent(token))
    if (!guesses.begin(source, now)) {
      const view = await viewOf(context, request, reply, { agencyId: null, path })
      return view.send(429, view.text.unknownTitle, saidBody(view, view.text.unknownTitle, view.text.tooMany))
    }
    const found = await findByToken(context, token)
    if (found.state !== 'unknown') guesses.succeeded(source, now)
    const view = await viewOf(context, request, reply, {
      agencyId: found.state === 'open' ? found.agencyId : null,
      path: found.state === 'open' ? own : path,
    })
    const { text } = view
    if (found.state === 'unknown')
      return view.send(404, text.unknownTitle, saidBody(view, text.unknownTitle, text.unknown))
    if (found.state === 'used') return view.send(410, text.usedTitle, saidBody(view, text.usedTitle, text.used))
    if (found.state !== 'open') return view.send(410, text.overTitle, saidBody(view, text.overTitle, text.over))
    const { campaign, invitation, agencyId } = found
    const step = takeStep({ ...view, action: own, questionnaire: campaign.definition, once: null }, body)
    if ('show' in step) return view.send(200, titleOf(campaign), step.show)
    if ('check' in step) return view.send(200, text.checkTitle, checkBody({ ...step.check, problem: null }))
    const outcome = await cast(
      context,
      {
        agencyId,
        campaign,
        channel: 'token',
        marks: { unitId: invitation.unit_id, field: invitation.field, month: invitation.month },
        answers: step.send,
        once: token,
      },
      [agencyId, campaign.agency_id],
    )
    if (outcome.ok) return reply.redirect(`${path}/cam-on`, 303)
    const { title, words } = refusalWords(text, outcome.refusal)
    if (outcome.refusal.code === 'nothing-answered')
      return view.send(422, text.checkTitle, checkBody({ ...step.asking, problem: words }))
    return view.send(410, title, saidBody(view, title, words))
  }

  http.get(
    `${path}/:token`,
    { config, schema: { hide: true, params: TokenParams, querystring: Lang } },
    (request, reply) => answer(request, reply, request.params.token, {}),
  )
  http.post(`${path}/:token`, { config, schema: { hide: true, params: TokenParams, body: Form } }, (request, reply) =>
    answer(request, reply, request.params.token, request.body),
  )
}

// --- By an open link ---------------------------------------------------------------------------------------------------

/** Ballots of one network in an hour: a household, an office; not a robot. */
const MOST_OF_NETWORK = 30

function linkPages(http: Http, context: SurveyContext, guesses: Guesses): void {
  const proofs = openProofOfWork(context.keys)
  const sent = countAttempts({ most: MOST_OF_NETWORK, windowMs: 60 * 60_000 })

  const find = async (key: string): Promise<CampaignRow | undefined> => {
    const agencyId = agencyIn(key)
    if (agencyId === undefined) return undefined
    return withScope(context.db, { agencies: [agencyId] }, (tx) =>
      findCampaignByLink(tx as unknown as SurveyTx, agencyId, key),
    )
  }

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    body: Record<string, string | string[]>,
  ): Promise<FastifyReply> => {
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    const action = linkPath(encodeURIComponent(key))
    const allowed = guesses.begin(source, now)
    const campaign = allowed ? await find(key) : undefined
    if (campaign) guesses.succeeded(source, now)
    const agencyId = campaign?.agencies.length === 1 ? (campaign.agencies[0] ?? null) : (campaign?.agency_id ?? null)
    const view = await viewOf(context, request, reply, { agencyId, path: campaign ? action : paths.survey })
    const { text } = view
    if (!allowed) return view.send(429, text.unknownTitle, saidBody(view, text.unknownTitle, text.tooMany))
    if (!campaign || agencyId === null)
      return view.send(404, text.unknownTitle, saidBody(view, text.unknownTitle, text.unknown))
    const today = dayOf(context.clock())
    const days = { state: campaign.state, firstDay: campaign.first_day, lastDay: campaign.last_day }
    if (!takesBallots(days, today) || !campaign.channels.includes('link'))
      return view.send(410, text.overTitle, saidBody(view, text.overTitle, text.over))
    const named = fieldOf(body, 'lan')
    const once = /^[0-9a-f-]{36}$/.test(named) ? named : randomUUID()
    const step = takeStep({ ...view, action, questionnaire: campaign.definition, once }, body)
    if ('show' in step) return view.send(200, titleOf(campaign), step.show)
    // The task is set with the last page only; what is solved earlier would be too old.
    const asking = { purpose: 'survey', source, now, text }
    const proof = newProof(proofs, asking).field
    if ('check' in step)
      return view.send(200, text.checkTitle, checkBody({ ...step.check, problem: null, proof }), [PROOF_SCRIPT])
    const again = (status: number, problem: string, field: Html) =>
      view.send(status, text.checkTitle, checkBody({ ...step.asking, problem, proof: field }), [PROOF_SCRIPT])
    if (Object.keys(step.send).length === 0) return again(422, text.nothing, proof)
    const asked = judgeProof(proofs, fieldOf(body, 'proof'), asking)
    if (asked === null) return view.send(429, text.checkTitle, saidBody(view, text.checkTitle, text.tooMany))
    if (asked) return again(429, asked.words ?? '', asked.field)
    if (!sent.begin(source, now)) return view.send(429, text.checkTitle, saidBody(view, text.checkTitle, text.tooMany))
    const outcome = await cast(
      context,
      {
        agencyId,
        campaign,
        channel: 'link',
        marks: { unitId: null, field: null, month: today.slice(0, 7) },
        answers: step.send,
        once: `link/${once}`,
      },
      [agencyId, campaign.agency_id],
    )
    // Sent twice is sent once: the person sees the same thanks.
    if (outcome.ok || outcome.refusal.code === 'used') return reply.redirect(`${paths.survey}/cam-on`, 303)
    const { title, words } = refusalWords(text, outcome.refusal)
    return view.send(410, title, saidBody(view, title, words))
  }

  http.get(
    `${paths.link}/:key`,
    { config, schema: { hide: true, params: KeyParams, querystring: Lang } },
    (request, reply) => answer(request, reply, request.params.key, {}),
  )
  http.post(`${paths.link}/:key`, { config, schema: { hide: true, params: KeyParams, body: Form } }, (request, reply) =>
    answer(request, reply, request.params.key, request.body),
  )
}

// --- At a kiosk ----------------------------------------------------------------------------------------------------------

/** So many ballots a kiosk takes in an hour: a hall full of people, not a child at play. */
const MOST_OF_KIOSK = 120
/** Ballots that a kiosk kept for longer are of no day any more. */
const KEPT_DAYS = 14

function kioskPages(http: Http, context: SurveyContext, guesses: Guesses): void {
  const taken = countAttempts({ most: MOST_OF_KIOSK, windowMs: 60 * 60_000 })

  type AtWork = { kiosk: KioskRow; campaign: CampaignRow; open: boolean }
  const find = async (key: string): Promise<AtWork | undefined> => {
    const agencyId = agencyIn(key)
    if (agencyId === undefined) return undefined
    const kiosk = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
      findKiosk(tx as unknown as SurveyTx, agencyId, hashOf(key)),
    )
    if (!kiosk) return undefined
    const campaign = await withScope(context.db, { agencies: [agencyId, kiosk.campaign_agency_id] }, (tx) =>
      findCampaign(tx as unknown as SurveyTx, { agencyId: kiosk.campaign_agency_id, campaignId: kiosk.campaign_id }),
    )
    if (!campaign) return undefined
    const days = { state: campaign.state, firstDay: campaign.first_day, lastDay: campaign.last_day }
    return { kiosk, campaign, open: takesBallots(days, dayOf(context.clock())) && campaign.channels.includes('kiosk') }
  }
  const castAt = ({ kiosk, campaign }: AtWork, answers: Answers, once: string, day: string) =>
    cast(
      context,
      {
        agencyId: kiosk.agency_id,
        campaign,
        channel: 'kiosk',
        marks: { unitId: kiosk.unit_id, field: null, month: day.slice(0, 7) },
        answers,
        once: `kiosk/${once}`,
      },
      [kiosk.agency_id, campaign.agency_id],
    )

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    body: Record<string, string | string[]>,
  ): Promise<FastifyReply> => {
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    const allowed = guesses.begin(source, now)
    const found = allowed ? await find(key) : undefined
    if (found) guesses.succeeded(source, now)
    const action = kioskPath(encodeURIComponent(key))
    const agencyId = found?.kiosk.agency_id ?? null
    const view = await viewOf(context, request, reply, {
      agencyId,
      path: found ? action : paths.survey,
      open: found?.open === true,
    })
    const { text } = view
    if (!allowed) return view.send(429, text.unknownTitle, saidBody(view, text.unknownTitle, text.tooMany))
    if (!found) return view.send(404, text.unknownTitle, saidBody(view, text.unknownTitle, text.unknown))
    if (!found.open)
      return view.send(410, text.kiosk.closedTitle, saidBody(view, text.kiosk.closedTitle, text.kiosk.closed))
    const { campaign } = found
    const questionnaire = { ...campaign.definition, questions: touchable(campaign.definition.questions) }
    const given = answersIn(body)
    const current = fieldOf(body, 'cau')
    if (fieldOf(body, 'di') === 'bo') delete given[current]
    const { answers } = readAnswers(questionnaire, given)
    const order = questionnaire.questions.map((question) => question.key)
    const asked = askedOf(questionnaire, answers)
    const question = asked.find((each) => order.indexOf(each.key) > order.indexOf(current))
    const named = fieldOf(body, 'lan')
    const once = /^[0-9a-f-]{36}$/.test(named) ? named : randomUUID()
    if (question)
      return view.send(
        200,
        text.kiosk.title,
        kioskBody({ ...view, questionnaire, action, question, answers, once, at: asked.indexOf(question) }),
        ['kiosk'],
      )
    if (Object.keys(answers).length > 0 && taken.begin(key, now))
      await castAt(found, answers, once, dayOf(context.clock()))
    void reply.header('refresh', `5; url=${action}`)
    return view.send(200, text.kiosk.thanks, kioskThanks(view))
  }

  http.get(
    `${paths.kiosk}/:key`,
    { config, schema: { hide: true, params: KeyParams, querystring: Lang } },
    (request, reply) => show(request, reply, request.params.key, {}),
  )
  http.post(
    `${paths.kiosk}/:key`,
    { config, schema: { hide: true, params: KeyParams, body: Form } },
    (request, reply) => show(request, reply, request.params.key, request.body),
  )

  http.post(
    `${paths.kiosk}/:key/gui`,
    { config, schema: { hide: true, params: KeyParams, body: KioskBallots } },
    async (request, reply) => {
      const { key } = request.params
      const now = Date.parse(context.clock())
      const source = networkOf(request.ip)
      if (!guesses.begin(source, now))
        return sendProblem(reply, 429, { code: 'too-many', detail: wordsVi.refusals['too-many'] })
      const found = await find(key)
      if (!found) return sendNotFound(reply)
      guesses.succeeded(source, now)
      const today = dayOf(context.clock())
      const done: string[] = []
      for (const { id, day, answers } of request.body.ballots) {
        if (!taken.begin(key, now)) break
        // A clock that is wrong, or ballots that lay for weeks: they count on the nearest day that can be right.
        const kept = day > today || day < addDays(today, -KEPT_DAYS) ? today : day
        // What was refused is told as done too, so that the kiosk does not send it for ever.
        await castAt(found, answers, id, kept)
        done.push(id)
      }
      if (done.length === 0) return sendProblem(reply, 429, { code: 'too-many', detail: wordsVi.refusals['too-many'] })
      return { done }
    },
  )
}
