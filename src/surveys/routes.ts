import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { listFields } from '../catalogue/index.ts'
import { agenciesFor, may, type Action, type Actor } from '../identity/index.ts'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { isDemo } from '../platform/settings.ts'
import { authorityName, getAgency, listAgencies, listUnits } from '../staff/index.ts'
import { askResults, ballotsOf, openNumber } from './ask.ts'
import {
  createCampaign,
  editCampaign,
  enterTotals,
  openKiosk,
  saveQuestionnaire,
  settlePaper,
  shutKiosk,
  stepCampaign,
  typePaper,
  typeTelephone,
  type SurveyContext,
} from './commands.ts'
import {
  CampaignEdit,
  CampaignEntry,
  CampaignParams,
  CampaignStep,
  KioskEntry,
  OpenQuery,
  PaperEntry,
  PaperParams,
  PaperSettling,
  QuestionnaireEntry,
  ResultsQuery,
  TelephoneEntry,
  TotalsEntry,
  type CampaignReply,
  type CampaignsReply,
  type CampaignSummary,
  type PapersReply,
  type Progress,
  type QuestionnairesReply,
} from './contract.ts'
import { kioskPath, linkPath } from './paths.ts'
import { printBallot, printPoster, printSurvey } from './print.ts'
import { surveyPages } from './public-routes.ts'
import { differencesOf } from './rules/questionnaire.ts'
import type { SurveyRefusal } from './rules/refusal.ts'
import {
  countInvited,
  countPapersOpen,
  findCampaign,
  findPaper,
  findTotals,
  listCampaigns,
  listKiosks,
  listPapers,
  listQuestionnaires,
  listUrns,
  sumTally,
  type CampaignRow,
  type PaperRow,
  type SurveyTx,
} from './store.ts'
import { templates } from './templates.ts'
import { vi } from './text.vi.ts'
import { writeSurveyWorkbook } from './workbook.ts'

const tags = ['surveys']
const read = { permission: 'survey.read' }
const enter = { permission: 'survey.enter' }
const manage = { permission: 'survey.manage' }

const statusOf: Record<SurveyRefusal['code'], number> = {
  'questionnaire-faulty': 422,
  'questionnaire-unknown': 422,
  'changed-meanwhile': 409,
  'days-reversed': 422,
  'end-fixed': 409,
  'agencies-not-yours': 422,
  'not-now': 409,
  'not-taking': 409,
  'channel-closed': 409,
  'answers-faulty': 422,
  'nothing-answered': 422,
  used: 409,
  'same-person': 409,
  'paper-settled': 409,
  'answers-differ': 422,
  'totals-faulty': 422,
}
const sendRefusal = (reply: FastifyReply, refusal: SurveyRefusal): FastifyReply =>
  sendProblem(reply, statusOf[refusal.code], { ...refusal, detail: vi.refusals[refusal.code] })

export function surveyRoutes(http: Http, context: SurveyContext): void {
  surveyPages(http, context)
  questionnaireRoutes(http, context)
  campaignRoutes(http, context)
  resultRoutes(http, context)
  entryRoutes(http, context)
}

/** All agencies in which the actor may do this. Where it is everywhere, the own and those below stand for it. */
const scopeFor = (actor: Actor, ...actions: Action[]): number[] => [
  ...new Set(actions.flatMap((action) => [...agenciesFor(actor, action)])),
]

/** Reading results needs survey.read; who only manages sees the campaigns and their progress. */
const visible = (actor: Actor): number[] => scopeFor(actor, 'survey.read', 'survey.manage')

// --- Questionnaires ------------------------------------------------------------------------------------------------------

function questionnaireRoutes(http: Http, context: SurveyContext): void {
  http.get(
    '/api/surveys/questionnaires',
    { config: manage, schema: { tags, summary: 'Các phiếu hỏi của cơ quan và các mẫu có sẵn' } },
    async ({ actor }): Promise<QuestionnairesReply> => {
      const agencies = agenciesFor(actor, 'survey.manage')
      const rows = await withScope(context.db, { agencies }, (tx) =>
        listQuestionnaires(tx as unknown as SurveyTx, agencies),
      )
      return {
        items: rows.map((row) => ({
          agencyId: row.agency_id,
          questionnaireId: row.questionnaire_id,
          version: row.version,
          title: row.title,
          changedAt: row.changed_at,
          definition: row.definition,
        })),
        templates: Object.entries(templates).map(([key, definition]) => ({ key, definition })),
      }
    },
  )

  http.post(
    '/api/surveys/questionnaires',
    { config: manage, schema: { tags, summary: 'Lưu phiếu hỏi thành phiên bản mới', body: QuestionnaireEntry } },
    async ({ actor, body }, reply) => {
      const { agencyId, questionnaireId, version, definition } = body
      if (!may(actor, 'survey.manage', { agencyId })) return sendNotFound(reply)
      const outcome = await saveQuestionnaire(context, { agencyId, questionnaireId, version, definition, by: actor })
      return outcome.ok ? outcome.value : sendRefusal(reply, outcome.refusal)
    },
  )
}

// --- Campaigns -----------------------------------------------------------------------------------------------------------

function campaignRoutes(http: Http, context: SurveyContext): void {
  const { db, clock } = context

  http.get(
    '/api/surveys/campaigns',
    { config: { permission: 'session' }, schema: { tags, summary: 'Các đợt khảo sát: trạng thái và tiến độ' } },
    async ({ actor }): Promise<CampaignsReply> => {
      const agencies = visible(actor)
      const { rows, progress } = await readCampaigns(context, agencies)
      const manageable = new Set(agenciesFor(actor, 'survey.manage'))
      const names = await agencyNames([...rows.map(({ agency_id: id }) => id), ...manageable])
      const summaries = rows.map((row) => summaryOf(actor, row, progress(row), names))
      return {
        today: dayOf(clock()),
        home: actor.posts[0]?.agencyId ?? null,
        agencies: [...names]
          .filter(([agencyId]) => manageable.has(agencyId))
          .map(([agencyId, name]) => ({ agencyId, name, mayManage: true })),
        campaigns: summaries,
        rating: await ratingOf(actor, rows),
      }
    },
  )

  const agencyNames = async (ids: readonly number[]): Promise<Map<number, string>> => {
    const agencies = await listAgencies(db, [...new Set(ids)].slice(0, 5000), dayOf(clock()))
    return new Map(agencies.map((agency) => [agency.agencyId, agency.fullName]))
  }

  /** The rating that runs, at a glance: what people said on the whole. */
  const ratingOf = async (actor: Actor, rows: readonly CampaignRow[]): Promise<CampaignsReply['rating']> => {
    const scope = agenciesFor(actor, 'survey.read')
    const rating = rows.find(({ kind, state }) => kind === 'rating' && state === 'running')
    if (!rating || scope.length === 0) return null
    const place = { agencyId: rating.agency_id, campaignId: rating.campaign_id }
    const answer = await askResults(context, { place, scope }, {})
    const overall = answer?.results?.overall
    return overall ? { ...place, positive: overall.positive, valid: overall.valid, percent: overall.satisfied } : null
  }

  http.post(
    '/api/surveys/campaigns',
    { config: manage, schema: { tags, summary: 'Lập đợt khảo sát', body: CampaignEntry } },
    async ({ actor, body }, reply) => {
      if (!may(actor, 'survey.manage', { agencyId: body.agencyId })) return sendNotFound(reply)
      const allowed = agenciesFor(actor, 'survey.manage')
      const outcome = await createCampaign(context, { entry: body, allowed, by: actor })
      return outcome.ok ? outcome.value : sendRefusal(reply, outcome.refusal)
    },
  )

  const one = '/api/surveys/campaigns/:agencyId/:campaignId'

  http.get(
    one,
    { config: { permission: 'session' }, schema: { tags, summary: 'Một đợt khảo sát', params: CampaignParams } },
    async ({ actor, params }, reply): Promise<CampaignReply | FastifyReply> => {
      const agencies = visible(actor)
      const { rows, progress } = await readCampaigns(context, agencies)
      const row = rows.find(
        ({ agency_id: id, campaign_id: campaignId }) => id === params.agencyId && campaignId === params.campaignId,
      )
      if (!row) return sendNotFound(reply)
      const names = await agencyNames([row.agency_id, ...row.agencies])
      const extra = await withScope(db, { agencies }, async (scoped) => {
        const tx = scoped as unknown as SurveyTx
        const quotas = await Promise.all(
          row.plan.quotas.map(async (quota) => ({ ...quota, invited: await countInvited(tx, row.campaign_id, quota) })),
        )
        return { quotas, kiosks: await listKiosks(tx, row.campaign_id), totals: await findTotals(tx, params) }
      })
      const fields = (await listFields(db)).map(({ key, name }) => ({ key, name }))
      const asked = row.agencies.filter((id) => agencies.includes(id))
      const units = asked.length === 1 ? await listUnits(db, asked[0] ?? 0, dayOf(clock())) : []
      const nameOf = { field: fields, unit: units.map(({ unitId, name }) => ({ key: String(unitId), name })) }
      return {
        ...summaryOf(actor, row, progress(row), names),
        plan: row.plan,
        definition: row.definition,
        revision: row.revision,
        linkPath: row.link_key === null ? null : linkPath(row.link_key),
        agencyNames: row.agencies.map((agencyId) => ({ agencyId, name: names.get(agencyId) ?? String(agencyId) })),
        units: units.map(({ unitId, name }) => ({ unitId, name })),
        fields,
        quotas: extra.quotas.map((quota) => ({
          ...quota,
          name:
            quota.by === 'agency'
              ? (names.get(Number(quota.key)) ?? quota.key)
              : (nameOf[quota.by].find(({ key }) => key === quota.key)?.name ?? quota.key),
        })),
        kiosks: extra.kiosks.map((kiosk) => ({
          kioskId: kiosk.kiosk_id,
          name: kiosk.name,
          openedAt: kiosk.opened_at,
          closedAt: kiosk.closed_at,
        })),
        totals: extra.totals
          ? { ballots: extra.totals.ballots, source: extra.totals.source, counts: extra.totals.counts }
          : null,
      }
    },
  )

  http.put(
    one,
    { config: manage, schema: { tags, summary: 'Sửa đợt khảo sát', params: CampaignParams, body: CampaignEdit } },
    async ({ actor, params, body }, reply) => {
      if (!may(actor, 'survey.manage', params)) return sendNotFound(reply)
      const allowed = agenciesFor(actor, 'survey.manage')
      const outcome = await editCampaign(context, { place: params, edit: body, allowed, by: actor })
      return outcome.ok ? { done: true } : sendRefusal(reply, outcome.refusal)
    },
  )

  http.post(
    `${one}/step`,
    {
      config: manage,
      schema: { tags, summary: 'Mở hoặc kết thúc đợt khảo sát', params: CampaignParams, body: CampaignStep },
    },
    async ({ actor, params, body }, reply) => {
      if (!may(actor, 'survey.manage', params)) return sendNotFound(reply)
      const outcome = await stepCampaign(context, { place: params, ...body, by: actor })
      return outcome.ok ? { done: true } : sendRefusal(reply, outcome.refusal)
    },
  )

  http.post(
    `${one}/totals`,
    {
      config: manage,
      schema: { tags, summary: 'Nhập số tổng hợp của đợt cũ', params: CampaignParams, body: TotalsEntry },
    },
    async ({ actor, params, body }, reply) => {
      if (!may(actor, 'survey.manage', params)) return sendNotFound(reply)
      const { ballots, counts, source } = body
      const outcome = await enterTotals(context, { place: params, ballots, counts, source, by: actor })
      return outcome.ok ? { done: true } : sendRefusal(reply, outcome.refusal)
    },
  )

  http.get(
    `${one}/ballot.pdf`,
    { config: { permission: 'session' }, schema: { tags, summary: 'Phiếu giấy để trống', params: CampaignParams } },
    async ({ actor, params }, reply) => {
      const mayPrint = (['survey.enter', 'survey.manage', 'survey.read'] as const).some((action) =>
        may(actor, action, params),
      )
      if (!mayPrint) return sendNotFound(reply)
      const campaign = await withScope(db, { agencies: [params.agencyId] }, (tx) => findCampaign(tx, params))
      if (!campaign) return sendNotFound(reply)
      const owner = await getAgency(db, campaign.agency_id, dayOf(clock()))
      return reply
        .type('application/pdf')
        .header('content-disposition', 'inline; filename="phieu-khao-sat.pdf"')
        .send(
          await printBallot({
            agency: authorityName(owner),
            questionnaire: campaign.definition,
            madeAt: clock(),
            demo: await isDemo(db),
          }),
        )
    },
  )

  http.get(
    `${one}/link.pdf`,
    { config: manage, schema: { tags, summary: 'Tờ dán mã QR của đường dẫn chung', params: CampaignParams } },
    async ({ actor, params }, reply) => {
      if (!may(actor, 'survey.manage', params)) return sendNotFound(reply)
      const campaign = await withScope(db, { agencies: [params.agencyId] }, (tx) => findCampaign(tx, params))
      if (!campaign?.link_key) return sendNotFound(reply)
      const owner = await getAgency(db, campaign.agency_id, dayOf(clock()))
      return reply
        .type('application/pdf')
        .header('content-disposition', 'inline; filename="ma-qr-khao-sat.pdf"')
        .send(
          await printPoster({
            agency: authorityName(owner),
            title: campaign.definition.title.vi,
            url: new URL(linkPath(campaign.link_key), context.config.publicUrl).href,
            lastDay: campaign.last_day,
            madeAt: clock(),
            demo: await isDemo(db),
          }),
        )
    },
  )

  http.post(
    `${one}/kiosks`,
    { config: manage, schema: { tags, summary: 'Mở máy đánh giá tại quầy', params: CampaignParams, body: KioskEntry } },
    async ({ actor, params, body }, reply) => {
      const of = body.of ?? params.agencyId
      if (!may(actor, 'survey.manage', params) || !may(actor, 'survey.manage', { agencyId: of }))
        return sendNotFound(reply)
      const { name, unitId = null } = body
      const outcome = await openKiosk(context, { place: params, of, name, unitId, by: actor })
      if (!outcome.ok) return sendRefusal(reply, outcome.refusal)
      // Shown this once: the key is stored as a hash.
      return { kioskId: outcome.value.kioskId, path: kioskPath(outcome.value.key) }
    },
  )

  http.delete(
    `${one}/kiosks/:kioskId`,
    {
      config: manage,
      schema: {
        tags,
        summary: 'Đóng máy đánh giá',
        params: Type.Object({ ...CampaignParams.properties, kioskId: Type.String({ format: 'uuid' }) }),
      },
    },
    async ({ actor, params }, reply) => {
      if (!may(actor, 'survey.manage', params)) return sendNotFound(reply)
      const closed = await shutKiosk(context, { place: params, kioskId: params.kioskId, by: actor })
      return closed ? { done: true } : sendNotFound(reply)
    },
  )
}

type ProgressOf = (row: CampaignRow) => Progress

async function readCampaigns(
  { db }: SurveyContext,
  agencies: readonly number[],
): Promise<{ rows: CampaignRow[]; progress: ProgressOf }> {
  return withScope(db, { agencies }, async (scoped) => {
    const tx = scoped as unknown as SurveyTx
    const [rows, tally, urns, papers] = await Promise.all([
      listCampaigns(tx),
      sumTally(tx),
      listUrns(tx),
      countPapersOpen(tx),
    ])
    const invited = new Map(
      await Promise.all(rows.map(async (row) => [row.campaign_id, await countInvited(tx, row.campaign_id)] as const)),
    )
    const totals = new Map(
      await Promise.all(
        rows
          .filter(({ kind }) => kind === 'totals')
          .map(async (row) => {
            const found = await findTotals(tx, { agencyId: row.agency_id, campaignId: row.campaign_id })
            return [row.campaign_id, found?.ballots ?? 0] as const
          }),
      ),
    )
    return {
      rows,
      progress: ({ campaign_id: campaignId }) => {
        const own = tally.filter((each) => each.campaignId === campaignId)
        const channels = [...new Set(own.map(({ channel }) => channel))].map((channel) => ({
          channel,
          count: own.filter((each) => each.channel === channel).reduce((sum, { count }) => sum + count, 0),
        }))
        return {
          invited: invited.get(campaignId) ?? 0,
          received: totals.get(campaignId) ?? channels.reduce((sum, { count }) => sum + count, 0),
          channels,
          inUrn: urns.filter((urn) => urn.campaignId === campaignId).reduce((sum, { waiting }) => sum + waiting, 0),
          papersOpen: papers.find((each) => each.campaignId === campaignId)?.count ?? 0,
        }
      },
    }
  })
}

const summaryOf = (
  actor: Actor,
  row: CampaignRow,
  progress: Progress,
  names: ReadonlyMap<number, string>,
): CampaignSummary => ({
  agencyId: row.agency_id,
  agencyName: names.get(row.agency_id) ?? String(row.agency_id),
  campaignId: row.campaign_id,
  name: row.name,
  kind: row.kind,
  state: row.state,
  firstDay: row.first_day,
  lastDay: row.last_day,
  agencies: row.agencies,
  channels: row.channels,
  title: row.definition.title,
  target: row.plan.target,
  progress,
  mayManage: may(actor, 'survey.manage', { agencyId: row.agency_id }),
  mayEnter: row.state === 'running' && row.agencies.some((agencyId) => may(actor, 'survey.enter', { agencyId })),
})

// --- Results -------------------------------------------------------------------------------------------------------------

function resultRoutes(http: Http, context: SurveyContext): void {
  const one = '/api/surveys/campaigns/:agencyId/:campaignId'
  const { db, clock } = context
  const questionOf = ({ actor, params }: { actor: Actor; params: { agencyId: number; campaignId: string } }) => ({
    place: { agencyId: params.agencyId, campaignId: params.campaignId },
    scope: agenciesFor(actor, 'survey.read'),
  })

  http.get(
    `${one}/results`,
    {
      config: read,
      schema: {
        tags,
        summary: 'Kết quả khảo sát, hai cách tính tỷ lệ',
        params: CampaignParams,
        querystring: ResultsQuery,
      },
    },
    async (request, reply) => (await askResults(context, questionOf(request), request.query)) ?? sendNotFound(reply),
  )

  http.get(
    `${one}/opened`,
    {
      config: read,
      schema: { tags, summary: 'Các câu trả lời đứng sau một con số', params: CampaignParams, querystring: OpenQuery },
    },
    async (request, reply) => (await openNumber(context, questionOf(request), request.query)) ?? sendNotFound(reply),
  )

  const paperOf = async (
    request: FastifyRequest & { actor: Actor; params: { agencyId: number; campaignId: string } },
  ) => {
    const question = questionOf(request)
    const reply = await askResults(context, question, {})
    const found = await ballotsOf(context, question)
    if (!reply || !found) return undefined
    const { campaign, ballots } = found
    const day = dayOf(clock())
    const owner = await getAgency(db, campaign.agency_id, day)
    const { progress } = await readCampaigns(context, question.scope)
    const agencies = await listAgencies(db, campaign.agencies.slice(0, 20), day)
    const totals = await withScope(db, { agencies: question.scope }, (tx) =>
      findTotals(tx as unknown as SurveyTx, question.place),
    )
    return {
      name: campaign.name,
      agency: authorityName(owner),
      parent: null,
      agencies: agencies.map(({ fullName }) => fullName),
      firstDay: campaign.first_day,
      lastDay: campaign.last_day,
      definition: campaign.definition,
      reply,
      ballots,
      progress: progress(campaign),
      source: totals?.source ?? null,
      madeAt: clock(),
      demo: await isDemo(db),
    }
  }

  http.get(
    `${one}/results.xlsx`,
    { config: read, schema: { tags, summary: 'Kết quả khảo sát dạng Excel', params: CampaignParams } },
    async (request, reply) => {
      const paper = await paperOf(request)
      if (!paper) return sendNotFound(reply)
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', 'attachment; filename="ket-qua-khao-sat.xlsx"')
        .send(await writeSurveyWorkbook(paper))
    },
  )

  http.get(
    `${one}/results.pdf`,
    { config: read, schema: { tags, summary: 'Kết quả khảo sát dạng PDF', params: CampaignParams } },
    async (request, reply) => {
      const paper = await paperOf(request)
      if (!paper) return sendNotFound(reply)
      return reply
        .type('application/pdf')
        .header('content-disposition', 'inline; filename="ket-qua-khao-sat.pdf"')
        .send(await printSurvey(paper))
    },
  )
}

// --- Paper and telephone -------------------------------------------------------------------------------------------------

function entryRoutes(http: Http, context: SurveyContext): void {
  const one = '/api/surveys/campaigns/:agencyId/:campaignId'
  const { db } = context

  /** The agency for which somebody types: the one named, or the only one in which they may. */
  const agencyToEnter = async (
    actor: Actor,
    place: { agencyId: number; campaignId: string },
    of: number | undefined,
  ): Promise<number | undefined> => {
    const scope = agenciesFor(actor, 'survey.enter')
    const campaign = await withScope(db, { agencies: scope }, (tx) => findCampaign(tx as unknown as SurveyTx, place))
    const asked = (campaign?.agencies ?? []).filter((agencyId) => may(actor, 'survey.enter', { agencyId }))
    if (of !== undefined) return asked.includes(of) ? of : undefined
    const home = actor.posts.map(({ agencyId }) => agencyId).find((agencyId) => asked.includes(agencyId))
    return home ?? asked[0]
  }

  http.get(
    `${one}/papers`,
    {
      config: enter,
      schema: { tags, summary: 'Phiếu giấy đã nhập, chờ nhập lần hai, còn khác nhau', params: CampaignParams },
    },
    async ({ actor, params }, reply): Promise<PapersReply | FastifyReply> => {
      const of = await agencyToEnter(actor, params, undefined)
      if (of === undefined) return sendNotFound(reply)
      const rows = await withScope(db, { agencies: [of] }, (tx) =>
        listPapers(tx as unknown as SurveyTx, { agencyId: of, campaignId: params.campaignId }),
      )
      const count = (state: PaperRow['state']) => rows.filter((row) => row.state === state).length
      return {
        items: rows
          .filter(({ state }) => state !== 'settled')
          .map((row) => ({
            number: row.number,
            state: row.state,
            mine: row.first_by === actor.officerId,
          })),
        next: Math.max(0, ...rows.map(({ number }) => number)) + 1,
        once: count('once'),
        differs: count('differs'),
        settled: count('settled'),
      }
    },
  )

  http.post(
    `${one}/papers`,
    {
      config: enter,
      schema: { tags, summary: 'Nhập một phiếu giấy, lần một hoặc lần hai', params: CampaignParams, body: PaperEntry },
    },
    async ({ actor, params, body }, reply) => {
      const of = await agencyToEnter(actor, params, body.of)
      if (of === undefined) return sendNotFound(reply)
      const outcome = await typePaper(context, { place: params, of, entry: body, by: actor })
      return outcome.ok ? outcome.value : sendRefusal(reply, outcome.refusal)
    },
  )

  http.get(
    `${one}/papers/:number`,
    { config: enter, schema: { tags, summary: 'Chỗ khác nhau của một phiếu giấy', params: PaperParams } },
    async ({ actor, params }, reply) => {
      const of = await agencyToEnter(actor, params, undefined)
      if (of === undefined) return sendNotFound(reply)
      return withScope(db, { agencies: [of, params.agencyId] }, async (scoped) => {
        const tx = scoped as unknown as SurveyTx
        const campaign = await findCampaign(tx, params)
        const paper = await findPaper(tx, { agencyId: of, campaignId: params.campaignId }, params.number)
        // Who types the second time must not see the first.
        if (!campaign || !paper || paper.state !== 'differs') return sendNotFound(reply)
        const { first_answers: first, second_answers: second } = paper
        return { number: paper.number, first, differences: differencesOf(campaign.definition, first, second ?? {}) }
      })
    },
  )

  http.post(
    `${one}/papers/:number/settle`,
    { config: enter, schema: { tags, summary: 'Thống nhất một phiếu giấy', params: PaperParams, body: PaperSettling } },
    async ({ actor, params, body }, reply) => {
      const of = await agencyToEnter(actor, params, body.of)
      if (of === undefined) return sendNotFound(reply)
      const { answers } = body
      const outcome = await settlePaper(context, { place: params, of, number: params.number, answers, by: actor })
      return outcome.ok ? outcome.value : sendRefusal(reply, outcome.refusal)
    },
  )

  http.post(
    `${one}/telephone`,
    {
      config: enter,
      schema: { tags, summary: 'Ghi câu trả lời qua điện thoại', params: CampaignParams, body: TelephoneEntry },
    },
    async ({ actor, params, body }, reply) => {
      const of = await agencyToEnter(actor, params, body.of)
      if (of === undefined) return sendNotFound(reply)
      const { answers, commandId } = body
      const outcome = await typeTelephone(context, { place: params, of, answers, commandId })
      return outcome.ok ? { done: true } : sendRefusal(reply, outcome.refusal)
    },
  )
}
