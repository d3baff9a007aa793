import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify'
import { Type, type Static } from 'typebox'
import { componentTitle, listShortNames, versionOn, type ComponentRule } from '../../catalogue/index.ts'
import { openFileStore, type FileStore } from '../../documents/index.ts'
import { readDossier, trackingKey, type Dossier } from '../../dossiers/index.ts'
import { officerOf, type Actor } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import type { Http } from '../../platform/http/route.ts'
import { authorityName, getAgency } from '../../staff/index.ts'
import { formFor, groupAction } from '../eforms/index.ts'
import { forgetGrant } from './access.ts'
import { askerOf, forgetKey, keyOfBrowser } from './asker.ts'
import type { DraftContent, Posted } from './contract.ts'
import {
  beginDraft,
  changeContent,
  draftsOf,
  makeResumeCode,
  openDraft,
  phoneDigits,
  resumeDraft,
  savePart,
  type Draft,
} from './drafts.ts'
import { one, readFlow, type FilingContext, type Flow } from './flow.ts'
import { caseBody, inCase } from './case-page.ts'
import { lodgedBody } from './lodged-page.ts'
import { lodgeDraft } from './lodging.ts'
import { notFoundBody, type Problem } from './pages.ts'
import { filingPaths } from './paths.ts'
import { resumeBody, saveBody } from './resume-pages.ts'
import { earlierBlock, earlierPapers, useAgain } from './reuse.ts'
import { defaultSetting, onlineCases, onlineLevel } from './rules/online.ts'
import { firstOpen, missingSteps, stepAfter, type Step } from './rules/steps.ts'
import { keyOf, problemsOf, screenOf, valuesOf } from './screens.ts'
import { filingSettingOf, frontsFor } from './settings.ts'
import { closedBody, startBody } from './start-page.ts'
import { removeDrafts } from './store.ts'
import { discard, filesOf, moveUp, putUpload, removeBytes } from './uploads.ts'
import { uploadRoutes } from './upload-routes.ts'
import { wantedLevelFor } from './wanted-level.ts'
import { paymentPath } from '../payment/index.ts'
import { ownRoutes } from './own-routes.ts'
import { noticeWords, refusalWords } from './words.ts'
import { send, viewOf, type View } from './view.ts'

const config = { permission: 'public' }
const Fields = Type.Record(
  Type.String({ maxLength: 200 }),
  Type.Union([Type.String({ maxLength: 20_000 }), Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 300 })]),
)
const DraftId = Type.Object({ draftId: Type.String({ format: 'uuid' }) })
const Asked = Type.Object({
  lang: Type.Optional(Type.String({ maxLength: 5 })),
  loi: Type.Optional(Type.String({ pattern: '^[a-z-]{1,60}$' })),
  bao: Type.Optional(Type.String({ pattern: '^[a-z-]{1,60}$' })),
})

/** Filing online: from the choice of the case to the confirmation. Whole without a script. */
export function filingRoutes(http: Http, context: FilingContext): void {
  const files = openFileStore(context.config.fileDir)
  startRoutes(http, context)
  resumeRoutes(http, context)
  draftRoutes(http, context, files)
  uploadRoutes(http, context)
  ownRoutes(http, context)
}

// --- Beginning -----------------------------------------------------------------------------------------------------------

function startRoutes(http: Http, context: FilingContext): void {
  const { db, clock } = context
  const params = Type.Object({ procedureCode: Type.String({ maxLength: 40 }) })

  async function start(
    request: FastifyRequest,
    reply: FastifyReply,
    { code, chosen, problems }: { code: string; chosen: string | undefined; problems: readonly Problem[] },
  ): Promise<FastifyReply> {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const day = dayOf(clock())
    const stored = await versionOn(db, code, day)
    if (!stored) return send(reply.code(404), view, { title: text.notFound.title, body: notFoundBody(text) })
    const { version } = stored
    const level = onlineLevel(version, day)
    const cases = onlineCases(version)
    const fronts = await frontsFor(context, version, day)
    if (!level || cases.length === 0 || fronts.length === 0)
      return send(reply, view, {
        title: text.start.closedTitle,
        body: closedBody(text, {
          version,
          online: level !== undefined && cases.length > 0,
          basis: defaultSetting.basis,
          form: await formFor(db, { procedureCode: code, caseKey: version.cases[0]?.key ?? null, day }),
        }),
      })
    const officer = await deskOfficer(context, request)
    const [drafts, setting, form, wanted] = await Promise.all([
      draftsOf(context, askerOf(request)),
      filingSettingOf(context, fronts[0] ?? 0),
      formFor(db, { procedureCode: code, caseKey: chosen ?? cases[0]?.key ?? null, day }),
      wantedLevelFor(context, { agencyIds: fronts, procedureCode: code, citizen: request.citizen }),
    ])
    return send(reply.code(problems.length > 0 ? 422 : 200), view, {
      title: text.start.title(version.shortName),
      body: startBody(text, {
        version,
        cases,
        chosen,
        form,
        language: view.language,
        drafts: drafts.filter((draft) => draft.procedure_code === code && draft.content !== null && !draft.lodged_at),
        level,
        basis: fronts.length === 1 ? setting.basis : undefined,
        wanted: officer ? null : wanted,
        signedIn: request.citizen !== null,
        officer: officer?.name ?? null,
        problems,
        path: filingPaths.begin(code),
      }),
    })
  }

  http.get(
    '/nop-ho-so/:procedureCode',
    {
      config,
      schema: {
        hide: true,
        params,
        querystring: Type.Object({ ...Asked.properties, 'truong-hop': Type.Optional(Type.String({ maxLength: 60 })) }),
      },
    },
    (request, reply) =>
      start(request, reply, {
        code: request.params.procedureCode,
        chosen: request.query['truong-hop'],
        problems: [],
      }),
  )

  http.post(
    '/nop-ho-so/:procedureCode',
    { config, schema: { hide: true, params, body: Fields } },
    async (request, reply) => {
      const code = request.params.procedureCode
      const { text, language } = await viewOf(context, request, reply)
      const day = dayOf(clock())
      const stored = await versionOn(db, code, day)
      const fronts = stored ? await frontsFor(context, stored.version, day) : []
      const item = stored && onlineCases(stored.version).find(({ key }) => key === one(request.body['case']))
      const isOpen = stored !== undefined && onlineLevel(stored.version, day) !== undefined && fronts.length > 0
      const again = (target: string, words: string) =>
        start(request, reply, { code, chosen: undefined, problems: [{ target, words }] })
      if (!isOpen) return start(request, reply, { code, chosen: undefined, problems: [] })
      if (!item) return again('case', text.start.chooseCase)
      const officer = await deskOfficer(context, request)
      if (
        !officer &&
        (await wantedLevelFor(context, { agencyIds: fronts, procedureCode: code, citizen: request.citizen })) !== null
      )
        return start(request, reply, { code, chosen: item.key, problems: [] })
      const key = keyOfBrowser(context, request, reply)
      const asker = { ...askerOf(request), key }
      const content: DraftContent = { language, caseKey: item.key, agencyId: null, parts: {}, kept: [] }
      // A second click finds the draft of the first.
      const same = (await draftsOf(context, asker)).find(
        (draft) =>
          draft.procedure_code === code &&
          draft.revision === 1 &&
          draft.content?.caseKey === item.key &&
          draft.officer_id === (officer?.officerId ?? null),
      )
      if (same) return reply.redirect(filingPaths.draft(same.draft_id), 303)
      const setting = await filingSettingOf(context, fronts[0] ?? 0)
      const begun = await beginDraft(context, {
        asker: officer ? { ...asker, accountId: null } : asker,
        procedureCode: code,
        content,
        officerId: officer?.officerId ?? null,
        most: setting.draftsPerAccount,
        days: setting.draftDays,
      })
      if (!begun.ok)
        return again('case', begun.refusal.code === 'too-many-drafts' ? text.start.tooMany : text.start.tooManyHere)
      return reply.redirect(filingPaths.draft(begun.value), 303)
    },
  )
}

/** An officer of a desk who is signed in on this computer. */
async function deskOfficer(context: FilingContext, request: FastifyRequest): Promise<Actor | undefined> {
  const officer = await officerOf(context, request)
  return officer?.posts.some(({ role }) => role === 'receiving-officer') ? officer : undefined
}

// --- Going on elsewhere --------------------------------------------------------------------------------------------------

function resumeRoutes(http: Http, context: FilingContext): void {
  const attempts = countAttempts({ most: 10, windowMs: 10 * 60_000 })

  async function page(request: FastifyRequest, reply: FastifyReply, status: number, problem: string | null) {
    const view = await viewOf(context, request, reply)
    const drafts = (await draftsOf(context, askerOf(request))).filter(({ content, lodged_at: at }) => content && !at)
    const names = await listShortNames(
      context.db,
      drafts.map((draft) => draft.procedure_code),
      dayOf(context.clock()),
    )
    const nameOf = (draft: Draft) => names.get(draft.procedure_code) ?? draft.procedure_code
    return send(reply.code(status), view, {
      title: view.text.resume.title,
      body: resumeBody(view.text, {
        drafts,
        nameOf,
        problem,
        forgotten: (request.query as Static<typeof Asked>).bao === 'da-quen',
        signedIn: request.citizen !== null,
      }),
    })
  }

  http.get(filingPaths.resume, { config, schema: { hide: true, querystring: Asked } }, (request, reply) =>
    page(request, reply, 200, null),
  )

  http.post(filingPaths.forget, { config, schema: { hide: true } }, async (_request, reply) => {
    forgetKey(reply)
    forgetGrant(reply)
    // Answers and photographs that wait in the browser for a line go as well.
    void reply.header('clear-site-data', '"storage"')
    return reply.redirect(`${filingPaths.resume}?bao=da-quen`, 303)
  })

  http.post(filingPaths.resume, { config, schema: { hide: true, body: Fields } }, async (request, reply) => {
    const { text } = await viewOf(context, request, reply)
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    if (!attempts.begin(source, now)) return page(request, reply, 429, text.resume.tooMany)
    const key = keyOfBrowser(context, request, reply)
    const code = one(request.body['ma']).slice(0, 60)
    const draftId = await resumeDraft(context, { code, phone: one(request.body['phone']).slice(0, 40), key })
    if (!draftId) return page(request, reply, 404, text.resume.wrong)
    attempts.succeeded(source, now)
    return reply.redirect(filingPaths.draft(draftId), 303)
  })
}

// --- Screens of a draft --------------------------------------------------------------------------------------------------

type Opened = { draft: Draft; flow: Flow; view: View; days: number }

function draftRoutes(http: Http, context: FilingContext, files: FileStore): void {
  const StepParams = Type.Object({ ...DraftId.properties, step: Type.String({ pattern: '^[a-z-]{1,20}$' }) })
  const KeyParams = Type.Object({ ...StepParams.properties, key: Type.String({ pattern: '^[a-zA-Z0-9-]{1,80}$' }) })

  /** The draft with its screens; answers itself when it is not there, lodged, or no longer to be filed here. */
  async function open(request: FastifyRequest, reply: FastifyReply): Promise<Opened | undefined> {
    const view = await viewOf(context, request, reply)
    const { draftId } = request.params as { draftId: string }
    const draft = await openDraft(context, draftId, askerOf(request))
    if (!draft) {
      await send(reply.code(404), view, { title: view.text.notFound.title, body: notFoundBody(view.text) })
      return undefined
    }
    if (draft.mends_dossier_id !== null) {
      await reply.redirect(filingPaths.mend(draft.mends_dossier_id), 303)
      return undefined
    }
    if (draft.lodged_at !== null) {
      await reply.redirect(filingPaths.lodged(draftId), 303)
      return undefined
    }
    const flow = await readFlow(context, draft, view.language)
    if (!flow) {
      await reply.redirect(filingPaths.begin(draft.procedure_code), 303)
      return undefined
    }
    const setting = flow.agency ? await filingSettingOf(context, flow.agency.agencyId) : defaultSetting
    return { draft, flow, view, days: setting.draftDays }
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { flow, view }: Opened,
    { step, problems, status = 200 }: { step: Step; problems: readonly Problem[]; status?: number },
  ) {
    const { bao } = request.query as { bao?: string }
    const notices = noticeWords(view.text, bao, step.name)
    const reusable =
      step.group === 'papers' && earlierBlock(view.text, await earlierPapers(context, request.citizen, keyOf(step)))
    const screen = await screenOf(context, flow, step, { problems, notices, citizen: request.citizen, reusable })
    const title = problems.length > 0 ? `${view.text.wrong}: ${screen.title}` : screen.title
    return send(reply.code(status), view, { title, body: screen.body })
  }

  const stepOf = (flow: Flow, request: FastifyRequest): Step | undefined => {
    const { step, key } = request.params as { step: string; key?: string }
    return flow.steps.find(({ path }) => path === (key === undefined ? step : `${step}/${key}`))
  }

  http.get(
    '/nop-ho-so/ho-so/:draftId',
    { config, schema: { hide: true, params: DraftId, querystring: Asked } },
    async (request, reply) => {
      const opened = await open(request, reply)
      if (!opened) return reply
      const step = firstOpen(opened.flow.steps)
      return reply.redirect(filingPaths.step(opened.draft.draft_id, step?.path ?? 'xac-nhan'), 303)
    },
  )

  const read = async (request: FastifyRequest, reply: FastifyReply) => {
    const opened = await open(request, reply)
    if (!opened) return reply
    const { flow, view, draft } = opened
    const step = stepOf(flow, request)
    if (!step) return reply.redirect(filingPaths.draft(draft.draft_id), 303)
    const { loi } = request.query as { loi?: string }
    const found = loi === undefined ? [] : problemsOf(flow, step)
    const refusal = loi === undefined || found.length > 0 ? undefined : refusalWords(view.language, loi)
    const problems =
      refusal === undefined ? found : [{ target: step.group === 'papers' ? 'files' : 'main', words: refusal }]
    return show(request, reply, opened, { step, problems })
  }

  const write = async (request: FastifyRequest, reply: FastifyReply) => {
    const opened = await open(request, reply)
    if (!opened) return reply
    const { flow, draft, days } = opened
    const step = stepOf(flow, request)
    if (!step) return reply.redirect(filingPaths.draft(draft.draft_id), 303)
    const sent = request.isMultipart()
      ? await readMultipart(request, opened, step)
      : { fields: request.body as Posted, refusal: undefined }
    return take(request, reply, { opened: { ...opened, draft, days }, step, ...sent })
  }

  /** Keeps what a screen sent and leads on: to the next screen, back to this one, or out. */
  async function take(
    request: FastifyRequest,
    reply: FastifyReply,
    { opened, step, fields, refusal }: { opened: Opened; step: Step; fields: Posted; refusal: string | undefined },
  ) {
    const { draft, days, view } = opened
    const draftId = draft.draft_id
    const act = one(fields['_lam']) || 'tiep'
    const here = (query = '') => reply.redirect(`${filingPaths.step(draftId, step.path)}${query}`, 303)
    if (step.group === 'summary' && act === 'truong-hop') return reply.redirect(filingPaths.caseOf(draftId), 303)
    if (step.group === 'summary')
      return act === 'luu'
        ? reply.redirect(filingPaths.save(draftId), 303)
        : lodge(request, reply, opened, step, fields)
    if (step.group === 'agency') {
      const agencyId = Number(one(fields['agency']))
      if (opened.flow.fronts.some((agency) => agency.agencyId === agencyId))
        await changeContent(context, { draftId, days }, (content) => ({ ...content, agencyId }))
    } else {
      const outcome = await saveStep(opened, step, fields)
      if (outcome === 'closed') return reply.redirect(filingPaths.step(draftId, 'xac-nhan'), 303)
      if (outcome !== 'saved') return here(`?bao=${outcome}`)
    }
    if (act.startsWith('bo:')) {
      await discard(context, { draftId, fileId: act.slice(3) })
      return here()
    }
    if (act.startsWith('dung:')) {
      await useAgain(context, { draftId, citizen: request.citizen, component: keyOf(step), fileId: act.slice(5) })
      return here()
    }
    if (act.startsWith('len:')) {
      await moveUp(context, { draftId, fileId: act.slice(4) })
      return here()
    }
    if (refusal !== undefined) return here(`?loi=${refusal}`)
    if (act === 'gui' || act === 'tinh') return here()
    if (act === 'luu') return reply.redirect(filingPaths.save(draftId), 303)
    if (act === 'truong-hop') return reply.redirect(filingPaths.caseOf(draftId), 303)
    if (step.group === 'form' && groupAction(opened.flow.form, fields)) return here()
    const fresh = await openDraft(context, draftId, askerOf(request))
    const flow = fresh && (await readFlow(context, fresh, view.language))
    if (!flow) return here()
    if (problemsOf(flow, step).length > 0) return here('?loi=sai')
    const next = stepAfter(flow.steps, step.path) ?? step
    return reply.redirect(filingPaths.step(draftId, next.path), 303)
  }

  async function saveStep({ draft, flow, days }: Opened, step: Step, fields: Posted) {
    const values = valuesOf(fields)
    const age = Math.min(Math.max(0, Math.trunc(Number(one(fields['_age']))) || 0), 30 * 86_400_000)
    const based = Number(one(fields['_rev']))
    const trial: Flow = {
      ...flow,
      content: {
        ...flow.content,
        parts: { ...flow.content.parts, [step.path]: { values, revision: 0, savedAt: '', done: true } },
      },
    }
    const done = problemsOf(trial, step).length === 0
    const { outcome } = await savePart(context, {
      draftId: draft.draft_id,
      days,
      part: step.path,
      values,
      done,
      basedOn: based > 0 ? based : null,
      writtenAt: new Date(Date.parse(context.clock()) - age).toISOString(),
    })
    return outcome
  }

  /** A plain form with files: each file is taken while it comes, the fields are kept for afterwards. */
  async function readMultipart(request: FastifyRequest, { draft, flow }: Opened, step: Step) {
    const fields: Record<string, string> = {}
    let refusal: string | undefined
    for await (const part of request.parts({ limits: { files: 20, fields: 50 } })) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields[part.fieldname] = part.value.slice(0, 2000)
        continue
      }
      if (part.filename === '' || step.group !== 'papers' || refusal !== undefined) {
        part.file.resume()
        continue
      }
      const put = await putUpload(
        context,
        draft.draft_id,
        { component: keyOf(step), name: part.filename, address: request.ip },
        part.file,
      )
      if (!put.ok) {
        part.file.resume()
        // A file field that was left empty is sent as an empty file.
        if (put.refusal.code !== 'file-empty' || part.filename !== '') refusal = put.refusal.code
      } else if (flow.content.parts[step.path] === undefined && fields['way'] === undefined) fields['way'] = 'files'
    }
    return { fields, refusal }
  }

  async function lodge(request: FastifyRequest, reply: FastifyReply, opened: Opened, step: Step, fields: Posted) {
    const { draft, flow, view } = opened
    const { text } = view
    if (draft.lodging_at === null) {
      if (missingSteps(flow.steps).length > 0) return show(request, reply, opened, { step, problems: [], status: 422 })
      if (one(fields['promise']) !== 'co')
        return show(request, reply, opened, {
          step,
          problems: [{ target: 'promise', words: text.summary.promiseMissing }],
          status: 422,
        })
    }
    const officer = draft.officer_id === null ? undefined : await deskOfficer(context, request)
    if (draft.officer_id !== null && officer?.officerId !== draft.officer_id)
      return show(request, reply, opened, {
        step,
        problems: [{ target: 'main', words: text.summary.officerAway }],
        status: 403,
      })
    const wanted =
      officer || !flow.agency
        ? null
        : await wantedLevelFor(context, {
            agencyIds: [flow.agency.agencyId],
            procedureCode: flow.version.code,
            citizen: request.citizen,
          })
    if (wanted !== null && wanted !== 'none')
      return show(request, reply, opened, {
        step,
        problems: [{ target: 'main', words: text.start.level[wanted] }],
        status: 403,
      })
    const outcome = await lodgeDraft(context, files, {
      draft,
      lodger: { citizen: request.citizen, officer: officer ?? null },
    })
    if (outcome.ok) return reply.redirect(filingPaths.lodged(draft.draft_id), 303)
    const { refusal } = outcome
    const words =
      refusal.code === 'being-lodged'
        ? text.summary.busy
        : `${text.summary.refused}: ${refusalWords(view.language, refusal.code, 'facts' in refusal ? refusal.facts : undefined) ?? refusal.code} ${text.summary.kept}`
    return show(request, reply, opened, { step, problems: [{ target: 'main', words }], status: 409 })
  }

  // --- Another case ---

  http.get(
    '/nop-ho-so/ho-so/:draftId/truong-hop',
    { config, schema: { hide: true, params: DraftId, querystring: Asked } },
    async (request, reply) => {
      const opened = await open(request, reply)
      if (!opened) return reply
      const { flow, view } = opened
      return send(reply, view, {
        title: view.text.caseAgain,
        body: caseBody(view.text, {
          draftId: flow.draft.draft_id,
          chosen: flow.item.key,
          cases: onlineCases(flow.version),
        }),
      })
    },
  )

  http.post(
    '/nop-ho-so/ho-so/:draftId/truong-hop',
    { config, schema: { hide: true, params: DraftId, body: Fields } },
    async (request, reply) => {
      const opened = await open(request, reply)
      if (!opened) return reply
      const { flow, draft, days } = opened
      const draftId = draft.draft_id
      const item = onlineCases(flow.version).find(({ key }) => key === one(request.body['case']))
      if (!item) return reply.redirect(filingPaths.caseOf(draftId), 303)
      await changeContent(context, { draftId, days }, (content) => inCase(content, item, flow.level))
      return reply.redirect(filingPaths.draft(draftId), 303)
    },
  )

  // --- Beside the screens: stopping for now, the confirmation, what was replaced ---

  http.get(
    '/nop-ho-so/ho-so/:draftId/luu',
    { config, schema: { hide: true, params: DraftId, querystring: Asked } },
    async (request, reply) => {
      const opened = await open(request, reply)
      if (!opened) return reply
      return savePage(reply, opened, { code: null, problem: null })
    },
  )

  http.post(
    '/nop-ho-so/ho-so/:draftId/luu',
    { config, schema: { hide: true, params: DraftId, body: Fields } },
    async (request, reply) => {
      const opened = await open(request, reply)
      if (!opened) return reply
      const phone = one(request.body['phone'])
      if (!/^0\d{9,10}$/.test(phoneDigits(phone)))
        return savePage(reply.code(422), opened, { code: null, problem: opened.view.text.save.phoneWrong })
      const code = await makeResumeCode(context, { draftId: opened.draft.draft_id, phone })
      return savePage(reply, opened, { code, problem: null })
    },
  )

  async function savePage(
    reply: FastifyReply,
    { draft, view, flow }: Opened,
    { code, problem }: { code: string | null; problem: string | null },
  ) {
    return send(reply, view, {
      title: view.text.save.title,
      body: saveBody(view.text, {
        draft,
        name: flow.version.shortName,
        code,
        problem,
        signedIn: draft.account_id !== null,
        url: `${context.config.publicUrl}${filingPaths.resume}`,
      }),
    })
  }

  http.post(
    '/nop-ho-so/ho-so/:draftId/xoa',
    { config, schema: { hide: true, params: DraftId, body: Fields } },
    async (request, reply) => {
      const opened = await open(request, reply)
      if (!opened) return reply
      if (opened.draft.lodging_at === null) {
        const own = await filesOf(context, opened.draft.draft_id)
        await removeDrafts(context.db, [opened.draft.draft_id])
        await removeBytes(
          context,
          own.map(({ fileId }) => fileId),
        )
      }
      return reply.redirect(filingPaths.resume, 303)
    },
  )

  http.post(
    '/nop-ho-so/ho-so/:draftId/ban-cu',
    { config, schema: { hide: true, params: DraftId, body: Fields } },
    async (request, reply) => {
      const opened = await open(request, reply)
      if (!opened) return reply
      const { draft, flow, days } = opened
      const kept = flow.content.kept[Number(one(request.body['index']))]
      const step = flow.steps.find(({ path }) => path === kept?.part)
      if (!kept || !step || kept.part !== one(request.body['part']))
        return reply.redirect(filingPaths.draft(draft.draft_id), 303)
      await savePart(context, {
        draftId: draft.draft_id,
        days,
        part: kept.part,
        values: kept.values,
        done: true,
        // What stands now is kept in its turn.
        basedOn: null,
        writtenAt: context.clock(),
      })
      return reply.redirect(filingPaths.step(draft.draft_id, step.path), 303)
    },
  )

  http.get(
    '/nop-ho-so/ho-so/:draftId/da-nop',
    { config, schema: { hide: true, params: DraftId, querystring: Asked } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const draft = await openDraft(context, request.params.draftId, askerOf(request))
      if (!draft) return send(reply.code(404), view, { title: view.text.notFound.title, body: notFoundBody(view.text) })
      const { lodged_agency_id: agencyId, lodged_dossier_id: dossierId } = draft
      if (agencyId === null || dossierId === null || draft.mends_dossier_id !== null)
        return reply.redirect(filingPaths.draft(draft.draft_id), 303)
      const opened = await readDossier(context, agencyId, dossierId)
      if (!opened) throw new Error('a lodged dossier is gone')
      const { dossier } = opened
      const day = dayOf(dossier.lodgedAt)
      const [agency, stored] = await Promise.all([
        getAgency(context.db, agencyId, day),
        versionOn(context.db, dossier.procedureCode, day),
      ])
      const rules = stored?.version.cases.find(({ key }) => key === dossier.caseKey)?.components ?? []
      const states = new Map(dossier.components.map((component) => [component.key, component]))
      return send(reply, view, {
        title: view.text.lodged.title,
        body: lodgedBody(view.text, {
          code: dossier.code,
          key: trackingKey(context.keys, opened),
          at: dossier.lodgedAt,
          acceptBy: dossier.acceptBy,
          agencyName: authorityName(agency),
          procedureName: stored?.version.shortName ?? '',
          atCounter: rules
            .filter((rule) => comesToDesk(rule, states.get(rule.key)))
            .map((paper) => componentTitle(paper).title),
          payment: dossier.feeDue > dossier.feePaid ? paymentPath(context, { agencyId, dossierId }) : null,
          signedIn: request.citizen !== null,
        }),
      })
    },
  )

  const schema = { hide: true, params: StepParams, querystring: Asked }
  const keyed = { hide: true, params: KeyParams, querystring: Asked }
  http.get('/nop-ho-so/ho-so/:draftId/:step', { config, schema }, read)
  http.get('/nop-ho-so/ho-so/:draftId/:step/:key', { config, schema: keyed }, read)
  // A script is told where to go on instead of being led there: the page comes over the line once.
  const onSend: onSendHookHandler = (request, reply, payload, done) => {
    const next = reply.getHeader('location')
    if (request.headers['x-filing'] === '1' && reply.statusCode === 303 && typeof next === 'string')
      void reply.code(204).header('x-next', next).removeHeader('location')
    done(null, payload)
  }
  http.post('/nop-ho-so/ho-so/:draftId/:step', { config, bodyLimit: BODY, schema, onSend }, write)
  http.post('/nop-ho-so/ho-so/:draftId/:step/:key', { config, bodyLimit: BODY, schema: keyed, onSend }, write)
}

const BODY = 60 * 1024 * 1024

/** What the applicant still brings to the desk; of a dossier from before that was kept, all that must be there and is not. */
const comesToDesk = ({ need }: ComponentRule, state: Dossier['components'][number] | undefined): boolean =>
  state?.way ? state.way === 'counter' : need === 'required' && !state?.given
