import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  channelsOf,
  countByField,
  feeKey,
  feesFor,
  follow,
  listFields,
  readCursor,
  searchProcedures,
  versionOn,
  writeCursor,
  type FeeRule,
  type FeeUnits,
  type Field,
  type ProcedureCase,
  type ProcedureItem,
  type ProcedureVersion,
} from '../../catalogue/index.ts'
import { renderForm, type FormInputs } from '../../documents/index.ts'
import type { Context } from '../../platform/context.ts'
import { dayOf, type Day } from '../../platform/day.ts'
import { html } from '../../platform/http/html.ts'
import { publicFiles } from '../../platform/http/public-page.ts'
import type { Http } from '../../platform/http/route.ts'
import { isDemo } from '../../platform/settings.ts'
import { feesOf, placesFor, readyFor, type Place, type PortalContext, type PortalTables } from './facts.ts'
import { frontsFor, type FilingTables } from '../filing/index.ts'
import { soleAuthority } from '../page-frame.ts'
import { titleOf } from './english-names.ts'
import { headingOf, listBody, startBody } from './list-pages.ts'
import { helpRoutes } from './help-page.ts'
import { guideBody, lifeEventBody } from './guide-pages.ts'
import { lifeEvents } from './life-events.ts'
import { paths } from './paths.ts'
import { fieldPosterOf, posterOf, postingOf } from './posters.ts'
import { feeUnitsOf, procedureBody, unitNames } from './procedure-page.ts'
import { exampleCode, sendView, viewOf } from './view.ts'

const config = { permission: 'public' }
const Lang = { lang: Type.Optional(Type.String({ maxLength: 5 })) }
const Code = Type.Object({ code: Type.String({ maxLength: 40 }) })
const FieldKey = Type.Object({ field: Type.String({ maxLength: 60 }) })
const PAGE = 25
const Number500 = Type.Optional(Type.Integer({ minimum: 1, maximum: 500 }))
const Units = { ban: Number500, trang: Number500, 'chu-ky': Number500, 'hop-dong': Number500 }

type FrontContext = Context<PortalTables & FilingTables>

/** The citizen's door. Other features that show public pages use the same layout (`platform/http/public-page.ts`). */
export function portalRoutes(http: Http, context: FrontContext): void {
  publicFiles(http)
  listRoutes(http, context)
  helpRoutes(http, context)
  guideRoutes(http, context)
  procedureRoutes(http, context)
  paperRoutes(http, context)
}

function listRoutes(http: Http, context: PortalContext): void {
  const { db } = context

  async function countedFields(day: Day): Promise<{ field: Field; count: number }[]> {
    const [fields, counts] = await Promise.all([listFields(db), countByField(db, day)])
    return fields.map((field) => ({ field, count: counts.get(field.key) ?? 0 })).filter(({ count }) => count > 0)
  }

  http.get('/', { config, schema: { hide: true, querystring: Type.Object(Lang) } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const [fields, agency] = await Promise.all([countedFields(view.day), soleAuthority(db, view.day)])
    const example = exampleCode(agency, view.day)
    return sendView(reply, view, view.text.start.title, startBody(view, { fields, example }))
  })

  async function list(
    request: FastifyRequest,
    reply: FastifyReply,
    { words, after: asked, field }: { words: string; after: string | undefined; field: Field | undefined },
  ) {
    const view = await viewOf(context, request, reply)
    const { text, language, desk, day } = view
    const after = asked === undefined ? undefined : readCursor(asked)
    const page = await searchProcedures(db, {
      words,
      day,
      limit: PAGE,
      ...(field ? { field: field.key } : {}),
      ...(after ? { after } : {}),
    })
    const cursor = page.next ? writeCursor(page.next) : undefined
    const nextOf = (next: string) => (field ? `${paths.field(field.key)}?sau=${next}` : paths.search(words, next))
    const nextPath = cursor === undefined ? undefined : nextOf(cursor)
    const body = listBody({
      text,
      language,
      desk,
      words,
      field,
      page,
      nextPath,
      isFirst: after === undefined,
      fields: await countedFields(day),
    })
    return sendView(reply, view, headingOf(text, language, words, field), body)
  }

  const Paging = { ...Lang, sau: Type.Optional(Type.String({ maxLength: 1000 })) }

  http.get(
    '/thu-tuc',
    {
      config,
      schema: {
        hide: true,
        querystring: Type.Object({ ...Paging, tu: Type.Optional(Type.String({ maxLength: 200 })) }),
      },
    },
    (request, reply) =>
      list(request, reply, { words: request.query.tu?.trim() ?? '', after: request.query.sau, field: undefined }),
  )

  http.get(
    '/thu-tuc/linh-vuc/:field',
    { config, schema: { hide: true, params: FieldKey, querystring: Type.Object(Paging) } },
    async (request, reply) => {
      const field = (await listFields(db)).find(({ key }) => key === request.params.field)
      return field
        ? list(request, reply, { words: '', after: request.query.sau, field })
        : sendNoProcedure(context, request, reply)
    },
  )
}

function guideRoutes(http: Http, context: PortalContext): void {
  const { db } = context

  async function namesOf(codes: readonly string[], day: Day) {
    const found = await Promise.all(codes.map((code) => versionOn(db, code, day)))
    return new Map(found.flatMap((stored) => (stored ? [[stored.version.code, stored.version] as const] : [])))
  }

  const Event = Type.Object({ event: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }) })
  http.get(
    '/viec/:event',
    { config, schema: { hide: true, params: Event, querystring: Type.Object(Lang) } },
    async (request, reply) => {
      const event = lifeEvents.find(({ key }) => key === request.params.event)
      if (!event) return sendNoProcedure(context, request, reply)
      const view = await viewOf(context, request, reply)
      const named = await namesOf([...new Set(event.steps.flatMap(({ codes }) => codes))], view.day)
      return sendView(reply, view, event.label[view.language], lifeEventBody(view.text, view.language, event, named))
    },
  )

  const Answers = { ...Lang, t: Type.Optional(Type.String({ pattern: '^[1-9]([.][1-9]){0,19}$' })) }
  http.get(
    '/thu-tuc/:code/hoi',
    { config, schema: { hide: true, params: Code, querystring: Type.Object(Answers) } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const stored = await versionOn(db, request.params.code, view.day)
      const answers = request.query.t?.split('.').map(Number) ?? []
      const guided = stored && follow(stored.version, answers)
      if (!guided) return sendNoProcedure(context, request, reply)
      const { version } = stored
      if ('caseKey' in guided) return reply.redirect(`${paths.procedure(version.code, guided.caseKey)}#giay-to`, 303)
      const other = 'stop' in guided ? guided.instead : undefined
      const instead = other === undefined ? undefined : (await namesOf([other], view.day)).get(other)
      const { text, language } = view
      const body = guideBody({ text, language, procedure: version, guided, answers, instead })
      return sendView(reply, view, titleOf(version, language), body)
    },
  )
}

function procedureRoutes(http: Http, context: FrontContext): void {
  const { db, clock } = context

  http.get(
    '/thu-tuc/:code',
    {
      config,
      schema: {
        hide: true,
        params: Code,
        querystring: Type.Object({ ...Lang, ...Units, 'truong-hop': Type.Optional(Type.String({ maxLength: 60 })) }),
      },
    },
    async (request, reply) => {
      const { code } = request.params
      const view = await viewOf(context, request, reply)
      const { day, language, text } = view
      const stored = await versionOn(db, code, day)
      const item =
        stored?.version.cases.find(({ key }) => key === request.query['truong-hop']) ?? stored?.version.cases[0]
      if (!stored || !item) return sendNoProcedure(context, request, reply)
      const { version } = stored
      const places = await placesFor(db, code, day)
      const [ready, fees, fields, related, fronts] = await Promise.all([
        readyFor(db, { version, caseKey: item.key, places, now: clock() }),
        feesOf(db, { version, item, places, day }),
        listFields(db),
        relatedTo(version, day),
        frontsFor(context, version, day),
      ])
      const field = fields.find(({ key }) => key === version.field)
      const reckoned = reckon(version, item, fees, request.query)
      const body = procedureBody({
        reckoned,
        canFile: fronts.length > 0 && channelsOf(version, item.key).includes('online'),
        text,
        language,
        version,
        item,
        field,
        day,
        places,
        ready,
        fees,
        related,
      })
      return sendView(reply, view, titleOf(version, language), body)
    },
  )

  async function relatedTo(version: ProcedureVersion, day: Day) {
    const found = await Promise.all(version.related.slice(0, 10).map((code) => versionOn(db, code, day)))
    return found.flatMap((stored) =>
      stored ? [{ code: stored.version.code, shortName: stored.version.shortName }] : [],
    )
  }
}

type AskedUnits = Partial<Record<(typeof unitNames)[keyof typeof unitNames], number | undefined>>

/** What the dossier costs for the numbers in the address, where every amount is known. */
function reckon(
  version: ProcedureVersion,
  item: ProcedureCase,
  fees: readonly (FeeRule & { known: boolean })[],
  query: AskedUnits,
) {
  const asked = feeUnitsOf(fees).flatMap((unit) => {
    const number = query[unitNames[unit]]
    return number === undefined ? [] : [[unit, number] as const]
  })
  if (asked.length === 0 || fees.some(({ known }) => !known)) return undefined
  const units: FeeUnits = Object.fromEntries(asked)
  const amounts = Object.fromEntries(fees.map((rule) => [feeKey(item.key, rule), rule.amount]))
  const [channel] = channelsOf(version, item.key)
  return channel && { units, fees: feesFor(version, item.key, channel, { units, amounts }) }
}

async function sendNoProcedure(
  context: PortalContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const view = await viewOf(context, request, reply)
  const { title, detail, back } = view.text.notFound
  void reply.code(404)
  return sendView(
    reply,
    view,
    title,
    html`<h1>${title}</h1>
      <p class="lead">${detail}</p>
      <p class="actions"><a class="button" href="${paths.procedures}">${back}</a></p>`,
  )
}

/** Sheets to print and hang up at the desk. */
function paperRoutes(http: Http, context: PortalContext): void {
  const {
    db,
    clock,
    config: { publicUrl },
  } = context
  // Printing costs much more than reading; the same sheet is asked for again and again.
  const printed = new Map<string, Promise<Buffer>>()

  async function sendPdf(
    reply: FastifyReply,
    key: string,
    name: string,
    print: () => Promise<Buffer>,
  ): Promise<FastifyReply> {
    if (printed.size >= 200) printed.clear()
    const known = printed.get(key) ?? print()
    printed.set(key, known)
    known.catch(() => printed.delete(key))
    return reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="${name}"`)
      .header('cache-control', 'no-cache')
      .send(await known)
  }

  async function printSheet<Name extends 'posting' | 'poster'>(name: Name, sheet: FormInputs[Name]): Promise<Buffer> {
    return renderForm(name, '2025', { ...sheet, head: { ...sheet.head, demo: await isDemo(db) } })
  }

  async function procedureFacts(code: string) {
    const day = dayOf(clock())
    const stored = await versionOn(db, code, day)
    if (!stored) return undefined
    const [places, fields] = await Promise.all([placesFor(db, code, day), listFields(db)])
    const { version, versionId } = stored
    const key = `${versionId}/${day}/${placeKey(places)}`
    return { key, version, field: fields.find((field) => field.key === version.field), places, publicUrl, day }
  }

  http.get('/thu-tuc/:code/niem-yet.pdf', { config, schema: { hide: true, params: Code } }, async (request, reply) => {
    const facts = await procedureFacts(request.params.code)
    if (!facts) return sendNoProcedure(context, request, reply)
    return sendPdf(reply, `posting/${facts.key}`, `niem-yet-${facts.version.code}.pdf`, () =>
      printSheet('posting', postingOf(facts)),
    )
  })

  http.get('/thu-tuc/:code/ma-qr.pdf', { config, schema: { hide: true, params: Code } }, async (request, reply) => {
    const facts = await procedureFacts(request.params.code)
    if (!facts) return sendNoProcedure(context, request, reply)
    return sendPdf(reply, `poster/${facts.key}`, `ma-qr-${facts.version.code}.pdf`, () =>
      printSheet('poster', posterOf(facts)),
    )
  })

  http.get(
    '/thu-tuc/linh-vuc/:field/ma-qr.pdf',
    { config, schema: { hide: true, params: FieldKey } },
    async (request, reply) => {
      const day = dayOf(clock())
      const field = (await listFields(db)).find(({ key }) => key === request.params.field)
      const items: ProcedureItem[] = field
        ? (await searchProcedures(db, { field: field.key, day, limit: 100 })).items
        : []
      if (!field || items.length === 0) return sendNoProcedure(context, request, reply)
      const places = await placesFor(db, items[0]?.code ?? '', day)
      const key = `field/${field.key}/${day}/${placeKey(places)}/${items.map(({ versionId }) => versionId).join()}`
      return sendPdf(reply, key, `ma-qr-${field.key}.pdf`, () =>
        printSheet('poster', fieldPosterOf({ field, items, places, publicUrl, day })),
      )
    },
  )
}

const placeKey = (places: readonly Place[]): string =>
  JSON.stringify(places.map(({ name, points, hours }) => [name, points, hours]))
