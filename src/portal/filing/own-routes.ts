import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { listShortNames, versionOn } from '../../catalogue/index.ts'
import { openFileStore } from '../../documents/index.ts'
import {
  changeNoticeWays,
  give,
  knows,
  listDossiersOf,
  openByCode,
  readDossier,
  type OpenedDossier,
} from '../../dossiers/index.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { html } from '../../platform/http/html.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import { PROOF_SCRIPT, type ProofAsked } from '../../platform/http/proof-of-work.ts'
import type { Http } from '../../platform/http/route.ts'
import { countWorkedAttempts } from '../../platform/http/worked-attempts.ts'
import { derivedId } from '../../platform/id.ts'
import { authorityName, getAgency } from '../../staff/index.ts'
import { grantByHand, openOwn, remember, type Grant } from './access.ts'
import { keyOfBrowser, askerOf } from './asker.ts'
import type { Posted } from './contract.ts'
import { draftsOf, lodgedFrom, mendingDraft, savePart } from './drafts.ts'
import { one, type FilingContext } from './flow.ts'
import { MEND, mendMode, readMending, sendMending, type Mending } from './mending.ts'
import { chosenAmong, noticeChoiceIn } from './notice-choice.ts'
import { ownPapersOf, readOwnFile } from './own-papers.ts'
import { mendBody, ownBody, ownListBody, ownText, withdrawBody, type ListedDossier } from './own-pages.ts'
import type { Problem } from './pages.ts'
import { filingPaths } from './paths.ts'
import { valuesOf } from './screens.ts'
import { discard, moveUp, putUpload } from './uploads.ts'
import { send, viewOf, type View } from './view.ts'
import { refusalWords } from './words.ts'

const config = { permission: 'public' }
const Fields = Type.Record(
  Type.String({ maxLength: 200 }),
  Type.Union([Type.String({ maxLength: 20_000 }), Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 300 })]),
)
const Params = Type.Object({ dossierId: Type.String({ format: 'uuid' }) })
const Asked = Type.Object({
  lang: Type.Optional(Type.String({ maxLength: 5 })),
  loi: Type.Optional(Type.String({ pattern: '^[a-z-]{1,60}$' })),
  bao: Type.Optional(Type.String({ pattern: '^[a-z-]{1,60}$' })),
  ma: Type.Optional(Type.String({ maxLength: 80 })),
  k: Type.Optional(Type.String({ maxLength: 40 })),
})
const BODY = 60 * 1024 * 1024
/** A draft that mends lasts as long as the longest time that the law leaves for it, and a little more. */
const MEND_DAYS = 60

/** One's own dossiers after lodging: the list, mending what was marked, adjusting, withdrawing. */
export function ownRoutes(http: Http, context: FilingContext): void {
  const files = openFileStore(context.config.fileDir)
  const attempts = countAttempts({ most: 20, windowMs: 10 * 60_000 })
  const limits = { purpose: 'own-dossier', free: 5, most: 60, windowMs: 10 * 60_000 }
  const worked = countWorkedAttempts(context.keys, limits)

  http.get(filingPaths.own, { config, schema: { hide: true, querystring: Asked } }, (request, reply) =>
    list(request, reply, { problem: null, code: request.query.ma ?? '' }),
  )

  http.post(filingPaths.own, { config, schema: { hide: true, body: Fields } }, async (request, reply) => {
    const { language } = await viewOf(context, request, reply)
    const words = ownText(language).list
    const code = one(request.body['ma']).trim()
    const key = one(request.body['k']).trim()
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    const proof = request.body['proof']
    const work = worked.begin({
      source,
      now,
      proof: proof === undefined ? undefined : one(proof).slice(0, 300),
      text: words.work,
    })
    if (work === null) return list(request, reply, { status: 429, problem: words.tooMany, code })
    if (work) return list(request, reply, { status: 429, problem: work.words ?? words.work.asked, code, key, work })
    const grant = await grantByHand(context, reply, { code, proofs: [key] })
    if (!grant) return list(request, reply, { status: 404, problem: words.wrong, code })
    worked.succeeded(source, now)
    return reply.redirect(filingPaths.ownDossier(grant.dossierId), 303)
  })

  async function list(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      status = 200,
      problem,
      code,
      key = '',
      work,
    }: { status?: number; problem: string | null; code: string; key?: string; work?: ProofAsked },
  ) {
    const view = await viewOf(context, request, reply)
    const { citizen } = request
    const verified = citizen?.identityVerified === true && citizen.identityNumber !== null
    const asker = askerOf(request)
    const [byNumber, lodged, drafts] = await Promise.all([
      verified ? listDossiersOf(context, citizen.identityNumber ?? '') : [],
      lodgedFrom(context, asker),
      draftsOf(context, asker),
    ])
    const found: Omit<ListedDossier, 'name'>[] = [...byNumber]
    const codes = new Map(byNumber.map(({ dossierId, procedureCode }) => [dossierId, procedureCode]))
    for (const { agencyId, dossierId } of lodged) {
      if (codes.has(dossierId)) continue
      const opened = await readDossier(context, agencyId, dossierId)
      if (!opened) continue
      const { dossier } = opened
      codes.set(dossierId, dossier.procedureCode)
      found.push({ dossierId, code: dossier.code, status: dossier.status, lodgedAt: dossier.lodgedAt })
    }
    const going = drafts.filter((draft) => draft.content !== null && draft.lodged_at === null)
    const names = await listShortNames(
      context.db,
      [...new Set([...codes.values(), ...going.map((draft) => draft.procedure_code)])],
      dayOf(context.clock()),
    )
    const dossiers = found
      .map((each) => ({ ...each, name: names.get(codes.get(each.dossierId) ?? '') ?? each.code }))
      .toSorted((first, second) => (first.lodgedAt < second.lodgedAt ? 1 : -1))
    return send(reply.code(status), view, {
      title: ownText(view.language).list.title,
      body: ownListBody(view, {
        dossiers,
        drafts: going,
        nameOf: (draft) => names.get(draft.procedure_code) ?? draft.procedure_code,
        signedIn: citizen !== null,
        verified,
        problem,
        code,
        key,
        proof: work?.field,
      }),
      scripts: work ? [PROOF_SCRIPT] : [],
    })
  }

  /**
   * The link of a letter carries code and key of the dossier: as much as typing the key, remembered in this browser, and
   * the address is without it again. Undefined where there is no key in it.
   */
  async function followLetter(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const { ma: code = '', k: key = '' } = request.query as Static<typeof Asked>
    const { dossierId } = request.params as Static<typeof Params>
    if (!key) return undefined
    const [clean = filingPaths.own] = request.url.split('?', 1)
    if (await openOwn(context, { request, asker: askerOf(request), dossierId })) return reply.redirect(clean, 303)
    const words = ownText((await viewOf(context, request, reply)).language).list
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    if (!attempts.begin(source, now)) return list(request, reply, { status: 429, problem: words.tooMany, code })
    const opened = await openByCode(context, code)
    if (opened?.dossierId !== dossierId || knows(context, opened, key) !== 'key')
      return list(request, reply, { status: 404, problem: words.wrong, code })
    attempts.succeeded(source, now)
    remember(context, reply, { agencyId: opened.agencyId, dossierId, strength: 'part' })
    return reply.redirect(clean, 303)
  }

  type Own = { view: View; opened: OpenedDossier; grant: Grant }

  async function open(request: FastifyRequest, reply: FastifyReply): Promise<Own | undefined> {
    const view = await viewOf(context, request, reply)
    const { dossierId } = request.params as { dossierId: string }
    const own = await openOwn(context, { request, asker: askerOf(request), dossierId })
    if (own) return { view, ...own }
    const words = ownText(view.language)
    await send(reply.code(404), view, {
      title: words.list.title,
      body: html`<h1>${words.list.title}</h1>
        <p class="lead">${words.one.notFound}</p>
        <p class="actions"><a class="button" href="${filingPaths.own}">${words.list.byCode}</a></p>`,
    })
    return undefined
  }

  http.get(
    '/ho-so-cua-toi/:dossierId',
    { config, schema: { hide: true, params: Params, querystring: Asked } },
    async (request, reply) => {
      const followed = await followLetter(request, reply)
      if (followed) return followed
      const own = await open(request, reply)
      if (!own) return reply
      const { view, opened } = own
      const day = dayOf(opened.dossier.lodgedAt)
      const [agency, stored, filed, notices] = await Promise.all([
        getAgency(context.db, opened.agencyId, day),
        versionOn(context.db, opened.dossier.procedureCode, day),
        ownPapersOf(context, opened, view.language),
        noticeChoiceIn(context, opened),
      ])
      return send(reply, view, {
        title: ownText(view.language).one.title(opened.dossier.code),
        body: ownBody(view, {
          opened,
          name: stored?.version.shortName ?? opened.dossier.procedureCode,
          agencyName: authorityName(agency),
          mode: mendMode(opened),
          mayWithdraw: mayWithdraw(opened),
          filed,
          notices,
          notice: request.query.bao,
        }),
      })
    },
  )

  http.get(
    '/ho-so-cua-toi/:dossierId/tep/:fileId',
    {
      config,
      schema: { hide: true, params: Type.Object({ ...Params.properties, fileId: Type.String({ format: 'uuid' }) }) },
    },
    async (request, reply) => {
      const own = await open(request, reply)
      if (!own) return reply
      const { fileId } = request.params
      const file = await readOwnFile(context, files, { opened: own.opened, fileId })
      return file ? reply.headers(file.headers).type(file.type).send(file.stream) : sendNotFound(reply)
    },
  )

  http.post(
    '/ho-so-cua-toi/:dossierId/bao-tin',
    { config, schema: { hide: true, params: Params, body: Fields } },
    async (request, reply) => {
      const own = await open(request, reply)
      if (!own) return reply
      const { agencyId, dossierId } = own.opened
      const notices = await noticeChoiceIn(context, own.opened)
      if (!notices) return reply.redirect(filingPaths.ownDossier(dossierId), 303)
      const ways = chosenAmong(notices.open, request.body['notice'])
      await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        changeNoticeWays(tx, { agencyId, dossierId, ways, at: context.clock(), officerId: null }),
      )
      return reply.redirect(`${filingPaths.ownDossier(dossierId)}?bao=bao-tin`, 303)
    },
  )

  // --- Withdrawing ---

  const withdrawPage = (
    reply: FastifyReply,
    { view, opened, grant }: Own,
    { reason, problems, status = 200 }: { reason: string; problems: readonly Problem[]; status?: number },
  ) =>
    send(reply.code(status), view, {
      title: ownText(view.language).withdraw.title,
      body: withdrawBody(view, { opened, needsProof: grant.strength === 'part', reason, problems }),
    })

  http.get(
    '/ho-so-cua-toi/:dossierId/rut',
    { config, schema: { hide: true, params: Params, querystring: Asked } },
    async (request, reply) => {
      const own = await open(request, reply)
      if (!own) return reply
      if (!mayWithdraw(own.opened)) return reply.redirect(filingPaths.ownDossier(own.opened.dossierId), 303)
      return withdrawPage(reply, own, { reason: '', problems: [] })
    },
  )

  http.post(
    '/ho-so-cua-toi/:dossierId/rut',
    { config, schema: { hide: true, params: Params, body: Fields } },
    async (request, reply) => {
      const own = await open(request, reply)
      if (!own) return reply
      const { view, opened, grant } = own
      const words = ownText(view.language).withdraw
      const reason = one(request.body['reason']).trim().slice(0, 2000)
      if (!reason)
        return withdrawPage(reply, own, {
          reason,
          problems: [{ target: 'reason', words: words.reasonMissing }],
          status: 422,
        })
      if (grant.strength === 'part') {
        const now = Date.parse(context.clock())
        const source = networkOf(request.ip)
        const refused = (told: string, status: number) =>
          withdrawPage(reply, own, { reason, problems: [{ target: 'proof', words: told }], status })
        if (!attempts.begin(source, now)) return refused(ownText(view.language).list.tooMany, 429)
        const isKey = knows(context, opened, one(request.body['k'])) === 'key'
        const isPerson = knows(context, opened, one(request.body['person'])) === 'person'
        if (!isKey || !isPerson) return refused(words.proofWrong, 403)
        attempts.succeeded(source, now)
      }
      const { agencyId, dossierId } = opened
      const outcome = await give(
        context,
        { actor: null, source: 'citizen' },
        {
          agencyId,
          dossierId,
          // One dossier is withdrawn once: pressed twice, it is the same command.
          body: {
            commandId: derivedId(dossierId, 'withdrawn'),
            version: null,
            command: { type: 'withdraw', details: { reason } },
          },
        },
      )
      if (!outcome.ok) {
        const { refusal } = outcome
        const told = refusalWords(view.language, refusal.code, 'facts' in refusal ? refusal.facts : undefined)
        return withdrawPage(reply, own, {
          reason,
          problems: [{ target: 'main', words: told ?? refusal.code }],
          status: 409,
        })
      }
      return reply.redirect(`${filingPaths.ownDossier(dossierId)}?bao=rut`, 303)
    },
  )

  // --- Mending and adjusting ---

  async function mending(
    request: FastifyRequest,
    reply: FastifyReply,
    { view, opened }: Own,
  ): Promise<Mending | undefined> {
    const mode = mendMode(opened)
    if (!mode) return undefined
    const { agencyId, dossierId, dossier } = opened
    const draft = await mendingDraft(context, {
      asker: { ...askerOf(request), key: keyOfBrowser(context, request, reply) },
      dossier: {
        agencyId,
        dossierId,
        procedureCode: dossier.procedureCode,
        caseKey: dossier.caseKey,
        language: view.language,
      },
      days: MEND_DAYS,
    })
    return readMending(context, { opened, draft, mode })
  }

  const mendPage = (
    reply: FastifyReply,
    view: View,
    found: Mending,
    shown: { showFaults: boolean; refusal: string | undefined; status?: number },
  ) =>
    send(reply.code(shown.status ?? 200), view, {
      title: ownText(view.language).mend.title[found.mode],
      body: mendBody(view, found, shown),
    })

  http.get(
    '/ho-so-cua-toi/:dossierId/bo-sung',
    { config, schema: { hide: true, params: Params, querystring: Asked } },
    async (request, reply) => {
      const followed = await followLetter(request, reply)
      if (followed) return followed
      const own = await open(request, reply)
      if (!own) return reply
      const found = await mending(request, reply, own)
      if (!found) return reply.redirect(filingPaths.ownDossier(own.opened.dossierId), 303)
      const { loi } = request.query
      return mendPage(reply, own.view, found, { showFaults: loi === 'sai', refusal: loi === 'sai' ? undefined : loi })
    },
  )

  http.post(
    '/ho-so-cua-toi/:dossierId/bo-sung',
    { config, bodyLimit: BODY, schema: { hide: true, params: Params } },
    async (request, reply) => {
      const own = await open(request, reply)
      if (!own) return reply
      const found = await mending(request, reply, own)
      const { dossierId } = own.opened
      if (!found) return reply.redirect(filingPaths.ownDossier(dossierId), 303)
      const { fields, refusal } = request.isMultipart()
        ? await readParts(request, found)
        : { fields: (request.body ?? {}) as Posted, refusal: undefined }
      const { draft_id: draftId } = found.draft
      const based = Number(one(fields['_rev']))
      const { outcome } = await savePart(context, {
        draftId,
        days: MEND_DAYS,
        part: MEND,
        values: valuesOf(fields),
        done: true,
        basedOn: based > 0 ? based : null,
        writtenAt: context.clock(),
      })
      const act = one(fields['_lam']) || 'gui'
      const here = (query = '') => reply.redirect(`${filingPaths.mend(dossierId)}${query}`, 303)
      if (outcome !== 'closed') {
        if (act.startsWith('bo:')) await discard(context, { draftId, fileId: act.slice(3) })
        if (act.startsWith('len:')) await moveUp(context, { draftId, fileId: act.slice(4) })
        if (refusal !== undefined) return here(`?loi=${refusal}`)
        if (act === 'luu') return reply.redirect(filingPaths.ownDossier(dossierId), 303)
        if (act !== 'nop') return here()
      }
      const fresh = await mending(request, reply, own)
      if (!fresh) return reply.redirect(filingPaths.ownDossier(dossierId), 303)
      const sent = await sendMending(context, files, fresh)
      if (sent.ok)
        return reply.redirect(
          `${filingPaths.ownDossier(dossierId)}?bao=${fresh.mode === 'adjust' ? 'sua' : 'gui'}`,
          303,
        )
      if (sent.refusal.code === 'unfinished') return here('?loi=sai')
      return here(`?loi=${sent.refusal.code}`)
    },
  )

  /** Files of each paper come under its own name. */
  async function readParts(request: FastifyRequest, { draft, papers }: Mending) {
    const fields: Record<string, string | string[]> = {}
    let refusal: string | undefined
    for await (const part of request.parts({ limits: { files: 20, fields: 300 } })) {
      if (part.type === 'field') {
        if (typeof part.value !== 'string') continue
        const value = part.value.slice(0, 20_000)
        const before = fields[part.fieldname]
        fields[part.fieldname] = before === undefined ? value : [...[before].flat(), value]
        continue
      }
      const key = part.fieldname.replace(/^files:/, '')
      if (part.filename === '' || refusal !== undefined || !papers.some((paper) => paper.key === key)) {
        part.file.resume()
        continue
      }
      const put = await putUpload(
        context,
        draft.draft_id,
        { component: key, name: part.filename, address: request.ip },
        part.file,
      )
      if (!put.ok) {
        part.file.resume()
        refusal = put.refusal.code
      }
    }
    return { fields, refusal }
  }
}

/** NĐ 118/2025/NĐ-CP, Điều 21: from receipt until the decision. */
const mayWithdraw = ({ dossier }: OpenedDossier): boolean =>
  ['lodged', 'supplementAtIntake', 'received', 'processing', 'awaitingSupplement', 'awaitingPayment'].includes(
    dossier.status,
  )
