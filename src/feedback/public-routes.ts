import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { loadCalendar } from '../calendar/index.ts'
import { searchKey, searchProcedures, versionOn } from '../catalogue/index.ts'
import type { DocumentTables } from '../documents/index.ts'
import { track, type DossierTables } from '../dossiers/index.ts'
import { readEmail, readPhone } from '../platform/contact.ts'
import type { Context } from '../platform/context.ts'
import { packCursor, readCursor } from '../platform/cursor.ts'
import { dayOf, isDay, writeDay } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { countAttempts, networkOf } from '../platform/http/attempts.ts'
import { html, type Html } from '../platform/http/html.ts'
import { judgeProof, newProof, openProofOfWork, PROOF_SCRIPT, type ProofAsked } from '../platform/http/proof-of-work.ts'
import type { Http } from '../platform/http/route.ts'
import { isId } from '../platform/id.ts'
import { pageFrame, sendPage, type PageFrame } from '../portal/page-frame.ts'
import { authorityName, listAgencies, listCodedAgencyIds } from '../staff/index.ts'
import type { WorkflowTables } from '../workflow/index.ts'
import {
  addFiles,
  execute,
  receive,
  type AllTables,
  type FeedbackContext,
  type NewFile,
  type Order,
} from './commands.ts'
import type { Settings } from './contract.ts'
import { discardDraft, emptyDraft, fromAccount, loadDraft, saveDraft, type Draft } from './drafts.ts'
import { draftStore, keepForGood, MOST_FILES, petitionStore, takeFile } from './files.ts'
import { findForSender, viewForSender } from './follow.ts'
import { petitionPaths as paths } from './paths.ts'
import { beginAtHome, readPlace } from './place-step.ts'
import {
  checkBody,
  followBody,
  followForm,
  listBody,
  publishedBody,
  sentBody,
  startBody,
  stepBody,
  stepPath,
  stepsFor,
  type Errors,
} from './public-pages.ts'
import { publicFileRoutes, publishedOf } from './public-files.ts'
import { en } from './public-text.en.ts'
import { vi, type PublicText } from './public-text.vi.ts'
import { deadlinesOf } from './rules/deadlines.ts'
import { isStep, readDay, type StepName } from './rules/draft.ts'
import { writeCode } from './rules/code.ts'
import type { PlaceOffer } from './rules/place-choice.ts'
import { petitionKey } from './sealing.ts'
import { defaultSettings } from './settings.ts'
import { listPublished, loadSettings } from './store.ts'
import { en as wordsEn } from './text.en.ts'
import { refusalText, vi as wordsVi, type FeedbackText } from './text.vi.ts'

/** The public side also looks whether a dossier's code and key fit together. */
export type PublicTables = AllTables & DossierTables & DocumentTables & WorkflowTables
export type PublicContext = Context<PublicTables>

const config = { permission: 'public' }
const schema = { hide: true } as const
const Any = Type.Record(Type.String(), Type.Unknown())
/** Of a long text most letters are three bytes, each written as `%xx`. */
const FORM_LIMIT = 250_000
const LONGEST_STORY = 8000
/** What of a story that is too long is kept, to be made shorter. */
const LONGEST_KEPT = 20_000
const PAGE = 20
/** Before this a year was mistyped. */
const EARLIEST = '1900-01-01'
const PURPOSE = 'petition'

type OpenAgency = {
  agencyId: number
  name: string
  settings: Settings
  dossierCode: string | null
  /** Its commune in the unit lists. */
  gsoCode: string | null
}
type View = PageFrame & {
  text: PublicText
  /** Words that officers see as well: why something is refused. */
  words: FeedbackText
  agencies: OpenAgency[]
  /** Those that take petitions by the web. */
  open: OpenAgency[]
  source: string
  now: number
}

/** The public pages of petitions. Without a script each is whole: plain forms, one question at a time. */
export function publicFeedbackRoutes(http: Http, context: PublicContext): void {
  const { db, keys, clock } = context
  const feedback: FeedbackContext = context
  const proofs = openProofOfWork(keys)
  const store = petitionStore(context.config.fileDir)
  const drafts = draftStore(context.config.fileDir)
  const guesses = countAttempts({ most: 20, windowMs: 10 * 60_000 })
  const sendings = countAttempts({ most: 12, windowMs: 60 * 60_000 })
  const savings = countAttempts({ most: 300, windowMs: 10 * 60_000 })

  publicFileRoutes(http, context, { drafts, store })

  async function viewOf(request: FastifyRequest, reply: FastifyReply): Promise<View> {
    const frame = await pageFrame(context, request, reply)
    const { day } = frame
    const ids = await listCodedAgencyIds(db)
    const [named, settings] = await Promise.all([
      listAgencies(db, ids, day),
      withScope(db, { agencies: ids }, (tx) => loadSettings(tx, ids)),
    ])
    const agencies = named
      .filter(({ validTo }) => validTo === null || validTo >= day)
      .map((agency) => ({
        agencyId: agency.agencyId,
        name: authorityName(agency),
        settings: { ...defaultSettings, ...settings.get(agency.agencyId)?.content },
        dossierCode: agency.dossierCode,
        gsoCode: agency.gsoCode,
      }))
    return {
      ...frame,
      text: frame.language === 'en' ? en : vi,
      words: frame.language === 'en' ? wordsEn : wordsVi,
      agencies,
      open: agencies.filter((agency) => agency.settings.open),
      source: networkOf(request.ip),
      now: Date.parse(clock()),
    }
  }

  type Sent = { title: string; body: Html; path: string; status?: number; scripts?: string[]; isPrivate?: boolean }

  const send = (reply: FastifyReply, view: View, { isPrivate = true, ...sheet }: Sent) =>
    sendPage(reply, view, { ...sheet, private: isPrivate })

  // --- Start and drafts -----------------------------------------------------------------------------------------------------

  http.get(paths.start, { config, schema }, async (request, reply) => {
    const view = await viewOf(request, reply)
    const draft = await loadDraft(context, request)
    const procedure = readBody(request.query)('thu-tuc', 40)
    const body = startBody(view.text, {
      agencies: view.agencies,
      hasDraft: draft !== undefined && draft.sent === null,
      procedure: /^[\w.-]{3,40}$/.test(procedure) ? procedure : '',
    })
    return send(reply, view, { title: view.text.title, body, path: request.url, isPrivate: false })
  })

  http.post(paths.send, { config, schema: { ...schema } }, async (request, reply) => {
    const view = await viewOf(request, reply)
    const known = await loadDraft(context, request)
    const draft = known && known.sent === null ? known : emptyDraft()
    const [only, another] = view.open
    if (!only) return reply.redirect(paths.start, 303)
    if (!another && draft.agencyId !== only.agencyId)
      Object.assign(draft, beginAtHome({ ...draft, agencyId: only.agencyId }, only.gsoCode))
    // Who comes from the page of a procedure speaks of that one.
    const asked = readBody(request.body)('thu-tuc', 40)
    const linked = asked ? await versionOn(db, asked, dayOf(clock())) : undefined
    if (linked)
      Object.assign(draft, {
        procedureCode: linked.version.code,
        procedureName: linked.version.shortName,
        procedureQuery: linked.version.shortName,
      })
    if (!(await keep(request, reply, view, draft))) return reply
    return reply.redirect(stepPath(stepsFor(view.open)[0] ?? 'noi-dung'), 303)
  })

  http.post(`${paths.send}/bo`, { config, schema }, async (request, reply) => {
    await discardDraft(context, request, reply)
    return reply.redirect(paths.start, 303)
  })

  /** Keeps the draft, or says why not. */
  async function keep(request: FastifyRequest, reply: FastifyReply, view: View, draft: Draft): Promise<boolean> {
    if (savings.begin(view.source, view.now) && (await saveDraft(context, { request, reply, draft }))) return true
    const body = html`<h1>${view.text.title}</h1>
      <p class="note notice-late" role="alert">${view.text.tooManyDrafts}</p>`
    void send(reply, view, { title: view.text.title, body, path: paths.start, status: 429 })
    return false
  }

  // --- One question at a time -------------------------------------------------------------------------------------------------

  const StepParams = Type.Object({ step: Type.String({ maxLength: 20 }) })

  http.get(`${paths.send}/:step`, { config, schema: { ...schema, params: StepParams } }, async (request, reply) => {
    const { step } = request.params
    const view = await viewOf(request, reply)
    const draft = await loadDraft(context, request)
    if (!isStep(step) || !stepsFor(view.open).includes(step)) return reply.redirect(paths.start, 303)
    if (!draft || draft.sent) return reply.redirect(draft?.sent ? paths.sent : paths.start, 303)
    if (step === 'kiem-tra') return showCheck(reply, view, draft)
    const own = step === 'nguoi-gui' ? fromAccount(draft, request.citizen) : undefined
    return showStep(reply, view, { step, draft: own ?? draft, isFromAccount: own !== undefined })
  })

  http.post(
    `${paths.send}/:step`,
    { config, bodyLimit: FORM_LIMIT, schema: { ...schema, params: StepParams } },
    async (request, reply) => {
      const { step } = request.params
      const view = await viewOf(request, reply)
      const draft = await loadDraft(context, request)
      if (!isStep(step)) return reply.redirect(paths.start, 303)
      if (!draft) return reply.redirect(paths.start, 303)
      if (draft.sent) return reply.redirect(paths.sent, 303)
      if (step === 'kiem-tra') return submit(request, reply, view, draft)
      if (step === 'anh') return attach(request, reply, view, draft)
      const body = readBody(request.body)
      const answered = await readers[step](body, draft, view)
      if (!(await keep(request, reply, view, answered.draft))) return reply
      if (Object.keys(answered.errors).length > 0 || answered.places || answered.procedures)
        return showStep(reply, view, { step, ...answered, status: Object.keys(answered.errors).length > 0 ? 422 : 200 })
      return reply.redirect(stepPath(after(view, step)), 303)
    },
  )

  const after = (view: View, step: StepName): StepName => {
    const all = stepsFor(view.open)
    return all[all.indexOf(step) + 1] ?? 'kiem-tra'
  }

  type Shown = {
    step: StepName
    draft: Draft
    errors?: Errors
    places?: PlaceOffer[] | undefined
    procedures?: { code: string; name: string }[] | undefined
    /** What stands in the fields is what the account of the person says. */
    isFromAccount?: boolean
    status?: number
  }

  function showStep(
    reply: FastifyReply,
    view: View,
    { step, draft, errors = {}, places, procedures, isFromAccount = false, status = 200 }: Shown,
  ) {
    const body = stepBody({
      text: view.text,
      step,
      draft,
      errors,
      agencies: view.open,
      anonymous: settingsFor(view, draft).anonymous,
      dossierExample: dossierExampleFor(view, draft),
      isFromAccount,
      ...(places ? { places } : {}),
      ...(procedures ? { procedures } : {}),
    })
    return send(reply, view, {
      title: view.text.steps[step],
      body,
      path: stepPath(step),
      status,
      scripts: ['petition'],
    })
  }

  /** Codes as the authority of this page writes them, so that people know them again on their papers. */
  const dossierExampleFor = ({ open, day }: View, draft: Draft): string => {
    const { dossierCode } = open.find(({ agencyId }) => agencyId === draft.agencyId) ?? open[0] ?? {}
    return `${dossierCode ?? 'H42.28.15'}-${day.slice(2).replaceAll('-', '')}-0001`
  }

  const exampleFor = ({ agencies, day }: View): string =>
    writeCode({ agencyId: agencies[0]?.agencyId ?? 1, year: Number(day.slice(0, 4)), number: 7 })

  const agencyFor = ({ open }: View, draft: Draft): OpenAgency | undefined =>
    open.find(({ agencyId }) => agencyId === draft.agencyId)
  const settingsFor = (view: View, draft: Draft): Settings => agencyFor(view, draft)?.settings ?? defaultSettings
  const homeFor = (view: View, draft: Draft): string | null => agencyFor(view, draft)?.gsoCode ?? null

  type Answered = {
    draft: Draft
    errors: Record<string, string>
    places?: PlaceOffer[]
    procedures?: { code: string; name: string }[]
  }
  type Reader = (body: Given, draft: Draft, view: View) => Answered | Promise<Answered>

  const readers: Record<Exclude<StepName, 'anh' | 'kiem-tra'>, Reader> = {
    'co-quan': (body, draft, view) => {
      const agency = view.open.find(({ agencyId }) => String(agencyId) === body('co-quan'))
      if (!agency) return { draft, errors: { 'co-quan': view.text.agency.missing } }
      if (agency.agencyId === draft.agencyId) return { draft, errors: {} }
      const next = { ...draft, agencyId: agency.agencyId }
      return { draft: beginAtHome(next, agency.gsoCode, homeFor(view, draft)), errors: {} }
    },
    'noi-dung': (body, draft, { text }) => {
      const happened = body('ke', LONGEST_KEPT)
      const errors: Record<string, string> = {}
      if (!happened) errors['ke'] = text.happened.missing
      else if (happened.length < 15) errors['ke'] = text.happened.short
      else if (happened.length > LONGEST_STORY) errors['ke'] = text.happened.long(happened.length)
      // Kept as it was written, so that nothing of it is lost while it is made shorter.
      return { draft: { ...draft, happened }, errors }
    },
    'noi-nao': (body, draft, view) => readPlace(body, draft, { text: view.text.place, home: homeFor(view, draft) }),
    'khi-nao': (body, draft, { text }) => {
      const typed = body('ngay', 40)
      const day = readDay(typed)
      const next = { ...draft, dayTyped: typed, happenedOn: null }
      if (!typed) return { draft: next, errors: {} }
      if (day === undefined || !isDay(day) || day < EARLIEST) return { draft: next, errors: { ngay: text.when.wrong } }
      if (day > dayOf(clock())) return { draft: next, errors: { ngay: text.when.future } }
      return { draft: { ...next, happenedOn: day }, errors: {} }
    },
    've-ai': (body, draft, { text }) => {
      const about = (['behaviour', 'regulation', 'unsure'] as const).find((each) => each === body('ve'))
      const next = { ...draft, concerns: body('ai', 500), restricted: body('kin') === '1' }
      return about ? { draft: { ...next, about }, errors: {} } : { draft: next, errors: { ve: text.about.missing } }
    },
    'ho-so': readLinked,
    'mong-muon': (body, draft) => ({ draft: { ...draft, wish: body('muon', 4000) }, errors: {} }),
    'nguoi-gui': (body, draft, view) => {
      const { sender } = view.text
      const anonymous = settingsFor(view, draft).anonymous && body('khong-ten') === '1'
      const next: Draft = {
        ...draft,
        anonymous,
        kind: body('la') === 'organisation' ? 'organisation' : 'individual',
        name: body('ten', 200),
        phone: body('dien-thoai', 30),
        email: body('thu', 200),
        address: body('dia-chi', 300),
        hidesName: body('giu-kin') === '1',
      }
      const errors: Record<string, string> = {}
      if (!anonymous && next.name.length < 2) errors['ten'] = sender.nameMissing
      if (next.phone && !readPhone(next.phone)) errors['dien-thoai'] = sender.phoneWrong
      if (next.email && !readEmail(next.email)) errors['thu'] = sender.emailWrong
      if (!anonymous && !next.phone && !next.email && !next.address) errors['dien-thoai'] = sender.contactMissing
      return { draft: next, errors }
    },
  }

  async function readLinked(body: Given, draft: Draft, { text, source, now }: View): Promise<Answered> {
    const typed = body('ma-ho-so', 80)
    const factor = body('khoa', 40)
    const query = body('thu-tuc', 200)
    const chosen = body('thu-tuc-ma', 40)
    const errors: Record<string, string> = {}
    let next: Draft = { ...draft, dossierTyped: typed, procedureQuery: query }
    if (!typed) next.dossierCode = null
    else if (typed !== draft.dossierCode) {
      next.dossierCode = null
      // Each try counts, right or wrong, so that nobody finds out codes here that the tracking page would not tell.
      if (!guesses.begin(source, now)) errors['ma-ho-so'] = text.linked.tooMany
      else {
        const dossier = await track(context, typed, factor)
        if (dossier) {
          guesses.succeeded(source, now)
          next = { ...next, dossierCode: dossier.code, dossierTyped: dossier.code }
        } else errors['ma-ho-so'] = text.linked.wrong
      }
    }
    if (!query || chosen === '-') return { draft: { ...next, procedureCode: null, procedureName: query }, errors }
    if (query === draft.procedureName && draft.procedureCode) return { draft: next, errors }
    const day = dayOf(clock())
    const picked = chosen ? await versionOn(db, chosen, day) : undefined
    if (picked) {
      const { code, shortName } = picked.version
      return { draft: { ...next, procedureCode: code, procedureName: shortName, procedureQuery: shortName }, errors }
    }
    const { items } = await searchProcedures(db, { words: query, day, limit: 6 })
    if (items.length === 0) return { draft: { ...next, procedureCode: null, procedureName: query }, errors }
    return { draft: next, errors, procedures: items.map(({ code, shortName }) => ({ code, name: shortName })) }
  }

  // --- Photographs ----------------------------------------------------------------------------------------------------------------

  type Upload = { body: Given; files: NewFile[]; problem: string | null }

  /** The fields of a form and the files that came with it, those that were there before first. */
  async function readUpload(request: FastifyRequest, view: View, before: readonly NewFile[]): Promise<Upload> {
    if (!request.isMultipart()) return { body: readBody(request.body), files: [...before], problem: null }
    const fields: Record<string, unknown> = {}
    const files: NewFile[] = [...before]
    let problem: string | null = null
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = part.value
      else {
        const taken = await takeOne(part, files, view)
        if (typeof taken === 'string') problem = taken
        else if (taken) files.push(taken)
      }
    }
    return { body: readBody(fields), files, problem }
  }

  async function attach(request: FastifyRequest, reply: FastifyReply, view: View, draft: Draft) {
    const { body, files, problem } = await readUpload(request, view, draft.files)
    const dropped = body('bo')
    const next = { ...draft, files: files.filter((_file, index) => String(index) !== dropped) }
    if (!(await keep(request, reply, view, next))) return reply
    if (problem) return showStep(reply, view, { step: 'anh', draft: next, errors: { tep: problem }, status: 422 })
    return reply.redirect(stepPath(dropped || body('them') ? 'anh' : after(view, 'anh')), 303)
  }

  /** A file for the draft, words why not, or null for the empty part that a browser sends when nothing was chosen. */
  async function takeOne(
    part: { filename: string; file: AsyncIterable<Uint8Array> & { truncated?: boolean; resume: () => unknown } },
    files: readonly NewFile[],
    { source, now, words }: View,
  ): Promise<NewFile | string | null> {
    if (files.length >= MOST_FILES) {
      part.file.resume()
      return words.fileRefusals['files-too-many']
    }
    if (!savings.begin(`files ${source}`, now)) {
      part.file.resume()
      return words.fileRefusals['files-too-many']
    }
    const taken = await takeFile(drafts, part, 'sender')
    if (taken.ok) return files.some(({ sha256 }) => sha256 === taken.value.sha256) ? null : taken.value
    return taken.refusal.code === 'file-missing' && part.filename === '' ? null : words.fileRefusals[taken.refusal.code]
  }

  // --- Check and send ---------------------------------------------------------------------------------------------------------------

  const askingOf = ({ source, now, text }: View) => ({ purpose: PURPOSE, source, now, text: text.check })

  function showCheck(
    reply: FastifyReply,
    view: View,
    draft: Draft,
    { problem = null, asked, status = 200 }: { problem?: string | null; asked?: ProofAsked; status?: number } = {},
  ) {
    const missing = missingStep(view, draft)
    if (missing) return reply.redirect(stepPath(missing), 303)
    const body = checkBody({
      text: view.text,
      draft,
      agencies: view.open,
      proof: (asked ?? newProof(proofs, askingOf(view))).field,
      problem: problem ?? asked?.words ?? null,
    })
    return send(reply, view, {
      title: view.text.steps['kiem-tra'],
      body,
      path: stepPath('kiem-tra'),
      status,
      scripts: [PROOF_SCRIPT],
    })
  }

  /** The first question that must be answered and is not. */
  function missingStep(view: View, draft: Draft): StepName | undefined {
    if (!view.open.some(({ agencyId }) => agencyId === draft.agencyId))
      return view.open.length > 1 ? 'co-quan' : undefined
    if (draft.happened.length < 15 || draft.happened.length > LONGEST_STORY) return 'noi-dung'
    if (draft.about === null) return 've-ai'
    const mayBeUnnamed = draft.anonymous && settingsFor(view, draft).anonymous
    return !mayBeUnnamed && draft.name === '' ? 'nguoi-gui' : undefined
  }

  async function submit(request: FastifyRequest, reply: FastifyReply, view: View, draft: Draft) {
    const missing = missingStep(view, draft)
    if (missing) return reply.redirect(stepPath(missing), 303)
    const { text, source, now } = view
    const asked = judgeProof(proofs, readBody(request.body)('proof', 300), askingOf(view))
    if (asked === null) return showCheck(reply, view, draft, { problem: text.check.tooMany, status: 429 })
    if (asked) return showCheck(reply, view, draft, { asked, status: 422 })
    if (!sendings.begin(source, now)) return showCheck(reply, view, draft, { problem: text.check.tooMany, status: 429 })
    const files = await keepAll(draft.files)
    if (files.length < draft.files.length) {
      const next = { ...draft, files }
      if (!(await keep(request, reply, view, next))) return reply
      return showCheck(reply, view, next, { problem: text.check.fileGone, status: 422 })
    }
    const outcome = await receive(feedback, { actor: null, source: 'sender' }, toIntake(draft, files))
    if (!outcome.ok) {
      return showCheck(reply, view, draft, { problem: refusalText(outcome.refusal, view.words), status: 422 })
    }
    const { agencyId, petitionId, code } = outcome.value
    const done: Draft = { ...emptyDraft(), sent: { agencyId, petitionId, code } }
    await saveDraft(context, { request, reply, draft: done })
    return reply.redirect(paths.sent, 303)
  }

  /** Those that are still there, where files of petitions lie. */
  async function keepAll(files: readonly NewFile[]): Promise<NewFile[]> {
    const kept: NewFile[] = []
    for (const file of files) {
      const one = await keepForGood(drafts, store, file)
      if (one) kept.push(one)
    }
    return kept
  }

  const toIntake = (draft: Draft, files: NewFile[]) => ({
    agencyId: draft.agencyId ?? 0,
    commandId: draft.commandId,
    channel: 'web' as const,
    reference: '',
    story: {
      happened: draft.happened,
      wish: draft.wish,
      happenedOn: draft.happenedOn,
      placeCode: draft.placeCode,
      placeName: draft.placeName,
      placeDetail: draft.placeDetail,
      coordinates: draft.coordinates,
      about: draft.about ?? ('unsure' as const),
      concerns: draft.concerns,
      dossierCode: draft.dossierCode,
      procedureCode: draft.procedureCode,
      procedureName: draft.procedureName,
    },
    sender:
      draft.anonymous || draft.name === ''
        ? null
        : {
            kind: draft.kind,
            name: draft.name,
            phone: draft.phone,
            email: draft.email,
            address: draft.address,
            identityNumber: '',
            hidesName: draft.hidesName,
          },
    restricted: draft.restricted,
    files,
  })

  http.get(paths.sent, { config, schema }, async (request, reply) => {
    const view = await viewOf(request, reply)
    const draft = await loadDraft(context, request)
    if (!draft?.sent) return reply.redirect(paths.start, 303)
    const { agencyId, code } = draft.sent
    const key = petitionKey(keys, draft.sent)
    const opened = await findForSender(feedback, code, key)
    const { calendar } = await loadCalendar(db, agencyId)
    const deadlines = opened ? deadlinesOf(opened.petition, calendar) : []
    const due = (what: string) => {
      const found = deadlines.find((deadline) => deadline.what === what)
      return found ? writeDay(found.due.dueOn) : ''
    }
    const agency = view.agencies.find((each) => each.agencyId === agencyId)?.name ?? ''
    const body = sentBody(view.text, { code, key, agency, steps: view.text.sent.steps(due('forward'), due('process')) })
    return send(reply, view, { title: view.text.sent.title, body, path: paths.sent })
  })

  // --- Following ----------------------------------------------------------------------------------------------------------------------

  const Asked = Type.Object({
    ma: Type.Optional(Type.String({ maxLength: 40 })),
    /** In the link of a letter to the sender. */
    k: Type.Optional(Type.String({ maxLength: 40 })),
    lang: Type.Optional(Type.String({ maxLength: 5 })),
  })
  http.get(paths.follow, { config, schema: { ...schema, querystring: Asked } }, async (request, reply) => {
    const view = await viewOf(request, reply)
    const { ma: code = '', k: factor = '' } = request.query
    if (factor) return showFollowed(reply, view, { code, factor, byLink: true })
    const body = followForm(view.text, { code, example: exampleFor(view), problem: null })
    return send(reply, view, { title: view.text.follow.title, body, path: request.url })
  })

  /** The petition, or the page that says no; wrong code and wrong key are the same. */
  async function openFor(reply: FastifyReply, view: View, code: string, factor: string, byLink = false) {
    const words = view.text.follow
    const deny = (status: number, problem: string) =>
      send(reply, view, {
        title: words.title,
        body: followForm(view.text, { code, example: exampleFor(view), problem }),
        path: paths.follow,
        status,
      })
    if (!guesses.begin(view.source, view.now)) return { said: deny(429, words.tooMany) }
    const opened = await findForSender(feedback, code, factor, { phone: !byLink })
    if (!opened) return { said: deny(404, words.notFound) }
    guesses.succeeded(view.source, view.now)
    return { opened }
  }

  async function showFollowed(
    reply: FastifyReply,
    view: View,
    { code, factor, byLink = false }: { code: string; factor: string; byLink?: boolean },
  ): Promise<FastifyReply> {
    const found = await openFor(reply, view, code, factor, byLink)
    if (!found.opened) return found.said
    const page = followBody(view.text, await viewForSender(feedback, found.opened, { factor, words: view.words }))
    return send(reply, view, { title: view.text.follow.title, body: page, path: paths.follow })
  }

  http.post(paths.follow, { config, schema: { ...schema, body: Any } }, async (request, reply) => {
    const view = await viewOf(request, reply)
    const body = readBody(request.body)
    return showFollowed(reply, view, { code: body('ma', 40), factor: body('k', 40) })
  })

  http.post(`${paths.follow}/lam`, { config, bodyLimit: FORM_LIMIT, schema }, async (request, reply) => {
    const view = await viewOf(request, reply)
    const { body, files, problem } = await readUpload(request, view, [])
    const [code, factor] = [body('ma', 40), body('k', 40)]
    const found = await openFor(reply, view, code, factor)
    if (!found.opened) return found.said
    const { agencyId, petitionId, files: before } = found.opened
    const order = orderOf(body)
    const commandId = body('lan', 40)
    let notice: string | null = null
    let error: string | null = problem
    if (typeof order === 'string') error = view.text.follow[order]
    else if (!isId(commandId) || !savings.begin(view.source, view.now)) error = view.text.follow.tooMany
    else if (before.length + files.length > MOST_FILES) error = view.words.fileRefusals['files-too-many']
    else if (!error) {
      const kept = order.type === 'supplement' ? await keepAll(files) : []
      const outcome = await execute(
        feedback,
        { actor: null, source: 'sender' },
        {
          agencyId,
          petitionId,
          commandId,
          version: null,
          order,
          also: (tx) => addFiles(tx, { agencyId, petitionId, files: kept, by: null, at: clock() }),
        },
      )
      if (outcome.ok) notice = view.text.follow.done
      else error = refusalText(outcome.refusal, view.words)
    }
    const opened = (await findForSender(feedback, code, factor)) ?? found.opened
    const page = followBody(
      view.text,
      await viewForSender(feedback, opened, { factor, words: view.words, notice, error, typed: body('loi', 8000) }),
    )
    return send(reply, view, {
      title: view.text.follow.title,
      body: page,
      path: paths.follow,
      status: error ? 422 : 200,
    })
  })

  // --- What is published ----------------------------------------------------------------------------------------------------------------

  const ListQuery = Type.Object({
    tu: Type.Optional(Type.String({ maxLength: 100 })),
    loai: Type.Optional(Type.String({ maxLength: 20 })),
    nam: Type.Optional(Type.String({ maxLength: 4 })),
    sau: Type.Optional(Type.String({ maxLength: 300 })),
    lang: Type.Optional(Type.String({ maxLength: 5 })),
  })
  http.get(paths.published, { config, schema: { ...schema, querystring: ListQuery } }, async (request, reply) => {
    const view = await viewOf(request, reply)
    const { tu = '', loai = '', nam = '', sau = '' } = request.query
    const kind = loai === 'behaviour' || loai === 'regulation' ? loai : undefined
    const year = /^20\d\d$/.test(nam) ? Number(nam) : undefined
    const [publishedAt = '', petitionId = ''] = readCursor(sau, ['moment', 'id']) ?? []
    const isPlace = petitionId !== ''
    const agencies = await listCodedAgencyIds(db)
    const rows = await withScope(db, { agencies }, (tx) =>
      listPublished(tx, {
        agencies,
        words: searchKey(tu).split(' ').filter(Boolean).slice(0, 8),
        kind,
        year,
        after: isPlace ? { publishedAt, petitionId } : undefined,
        limit: PAGE + 1,
      }),
    )
    const shown = rows.slice(0, PAGE)
    const last = shown.at(-1)
    const next =
      rows.length > PAGE && last
        ? `${paths.published}?${new URLSearchParams({ tu, loai, nam, sau: packCursor([last.published_at, last.petition_id]) }).toString()}`
        : null
    const thisYear = Number(dayOf(clock()).slice(0, 4))
    const body = listBody({
      text: view.text,
      rows: shown,
      words: tu,
      kind: kind ?? '',
      year: year === undefined ? '' : String(year),
      years: Array.from({ length: 5 }, (_each, index) => thisYear - index),
      next,
      isFirst: !isPlace,
    })
    return send(reply, view, { title: view.text.list.title, body, path: request.url, isPrivate: false })
  })

  const Code = Type.Object({ code: Type.String({ maxLength: 40 }) })
  http.get(`${paths.published}/:code`, { config, schema: { ...schema, params: Code } }, async (request, reply) => {
    const view = await viewOf(request, reply)
    const row = await publishedOf(context, request.params.code)
    const words = view.text.list
    if (!row) {
      const body = html`<h1>${words.title}</h1>
        <p class="note">${words.notFound}</p>
        <p class="actions"><a class="plain" href="${paths.published}">${words.back}</a></p>`
      return send(reply, view, { title: words.title, body, path: paths.published, status: 404 })
    }
    const agency = view.agencies.find(({ agencyId }) => agencyId === row.agency_id)?.name ?? ''
    return send(reply, view, {
      title: row.title,
      body: publishedBody(view.text, row, agency),
      path: request.url,
      isPrivate: false,
    })
  })
}

type Given = (name: string, longest?: number) => string

/** A field of a plain form: trimmed, the first of several, never longer than said. */
const readBody =
  (body: unknown): Given =>
  (name, longest = 100) => {
    const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined
    const one: unknown = Array.isArray(value) ? value[0] : value
    return typeof one === 'string' ? one.replaceAll('\r\n', '\n').trim().slice(0, longest) : ''
  }

/** What the sender asks for, or the name of the sentence that says what is missing. */
function orderOf(body: Given): Order | 'missing' | 'ratingMissing' {
  const text = body('loi', 8000)
  switch (body('viec')) {
    case 'bo-sung':
      return text ? { type: 'supplement', text } : 'missing'
    case 'danh-gia': {
      const rating = (['satisfied', 'acceptable', 'dissatisfied'] as const).find((each) => each === body('muc'))
      return rating ? { type: 'rate', rating, text: text.slice(0, 4000) } : 'ratingMissing'
    }
    case 'mo-lai':
      return text ? { type: 'reopen', text } : 'missing'
    case 'rut':
      return { type: 'withdraw', text: text.slice(0, 4000) }
    default:
      return 'missing'
  }
}
