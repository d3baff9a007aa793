import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { listVersions, versionOn, type CatalogueTables } from '../../catalogue/index.ts'
import type { DocumentTables } from '../../documents/index.ts'
import { mayHandle, mayReveal, openDossier, recordDisclosure, type DossierTables } from '../../dossiers/index.ts'
import { mayEverywhere, type Actor, type IdentityTables } from '../../identity/index.ts'
import type { CalendarTables } from '../../calendar/index.ts'
import type { Context } from '../../platform/context.ts'
import { dayOf, isDay } from '../../platform/day.ts'
import { inTransaction, withScope } from '../../platform/db.ts'
import { html } from '../../platform/http/html.ts'
import { newId } from '../../platform/id.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { isDemo } from '../../platform/settings.ts'
import { authorityName, getAgency, inSentence, type StaffTables } from '../../staff/index.ts'
import type { WorkflowTables } from '../../workflow/index.ts'
import { pageFrame, sendPage } from '../page-frame.ts'
import { checkDefinition } from './check.ts'
import { CompareBody, PublishBody, type DeclarationView, type FormDefinition, type FormItem } from './contract.ts'
import { printBlank, printDeclaration } from './print.ts'
import { mayPublish } from './rules/definition.ts'
import {
  findFilled,
  findForm,
  formFor,
  getForm,
  listForms,
  markCompared,
  publishForm,
  type EformTables,
} from './store.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

type Tables = EformTables &
  CatalogueTables &
  DossierTables &
  DocumentTables &
  StaffTables &
  IdentityTables &
  CalendarTables &
  WorkflowTables
type EformContext = Context<Tables>

const tags = ['eforms']
const FormId = Type.Object({ formId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })
const BLANK = /^(\d\.\d{6}(?:\.[A-Z0-9.]+)?)\.pdf$/

export function eformRoutes(http: Http, context: EformContext): void {
  readForms(http, context)
  printForms(http, context)
  changeForms(http, context)
}

function readForms(http: Http, { db }: EformContext): void {
  http.get(
    '/api/eforms/:formId',
    {
      config: { permission: 'public' },
      schema: { tags, summary: 'Một phiên bản của biểu mẫu điện tử: lược đồ và cách trình bày', params: FormId },
    },
    async ({ params }, reply) => {
      const form = await findForm(db, params.formId)
      if (!form) return sendNotFound(reply)
      // A version never changes; only whether somebody compared it, which no check depends on.
      return reply.header('cache-control', 'public, max-age=86400').send(form)
    },
  )

  http.get(
    '/api/eforms',
    {
      config: { permission: 'procedure.read' },
      schema: {
        tags,
        summary: 'Mọi phiên bản của các biểu mẫu điện tử',
        querystring: Type.Object({ key: Type.Optional(Type.String({ maxLength: 60 })) }),
      },
    },
    async ({ actor, query }): Promise<{ items: FormItem[]; mayManage: boolean }> => {
      const forms = await listForms(db, query.key)
      const names = new Map(
        await Promise.all(
          [...new Set(forms.map(({ procedureCode }) => procedureCode))].map(
            async (code) => [code, (await listVersions(db, code))[0]?.shortName ?? code] as const,
          ),
        ),
      )
      return {
        items: forms.map((form) => ({ ...form, procedureName: names.get(form.procedureCode) ?? form.procedureCode })),
        mayManage: mayEverywhere(actor, 'procedure.manage'),
      }
    },
  )
}

function printForms(http: Http, context: EformContext): void {
  const { db, clock, keys } = context
  // Printing costs much more than reading, and a blank form is the same for everybody.
  const printed = new Map<string, Promise<Buffer>>()

  http.get(
    '/to-khai/:file',
    {
      config: { permission: 'public' },
      schema: {
        hide: true,
        params: Type.Object({ file: Type.String({ maxLength: 60 }) }),
        querystring: Type.Object({
          'truong-hop': Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,60}$' })),
          lang: Type.Optional(Type.String({ maxLength: 5 })),
        }),
      },
    },
    async (request, reply) => {
      const code = BLANK.exec(request.params.file)?.[1]
      const at = clock()
      const day = dayOf(at)
      const stored = code === undefined ? undefined : await versionOn(db, code, day)
      const asked = request.query['truong-hop']
      const caseKey = stored?.version.cases.some(({ key }) => key === asked) ? (asked ?? null) : null
      const form = code === undefined ? undefined : await formFor(db, { procedureCode: code, caseKey, day })
      const known = form ?? (stored && (await firstForm(stored.version.cases, code ?? '', day)))
      if (!known) {
        const frame = await pageFrame(context, request, reply)
        const text = (frame.language === 'en' ? en : vi).none
        return sendPage(reply, frame, {
          status: 404,
          title: text.title,
          body: html`<h1>${text.title}</h1>
            <p class="lead">${text.detail}</p>
            <p class="actions">
              <a class="button" href="/thu-tuc${stored && `/${stored.version.code}`}">${text.back}</a>
            </p>`,
        })
      }
      const demo = await isDemo(db)
      const key = [known.formId, caseKey ?? '', known.comparedWithOfficial?.on ?? '', demo].join('/')
      if (printed.size >= 100) printed.clear()
      const pdf = printed.get(key) ?? printBlank({ form: known, caseKey, at, demo, addressee: null, place: null })
      printed.set(key, pdf)
      pdf.catch(() => printed.delete(key))
      return sendPdf(reply, `to-khai-${known.procedureCode}.pdf`, await pdf, 'no-cache')
    },
  )

  /** A procedure may have forms for some of its cases only. */
  async function firstForm(cases: readonly { key: string }[], procedureCode: string, day: string) {
    for (const { key } of cases) {
      const form = await formFor(db, { procedureCode, caseKey: key, day })
      if (form) return form
    }
    return undefined
  }

  const Dossier = Type.Object({ dossierId: Type.String({ format: 'uuid' }) })

  async function openFilled(actor: Actor, dossierId: string) {
    const opened = await openDossier(context, actor, dossierId)
    if (!opened) return undefined
    const { agencyId, dossier } = opened
    const filled = await withScope(db, { agencies: [agencyId] }, (tx) => findFilled(tx, keys, { agencyId, dossierId }))
    // What was answered is for those who handle the dossier, on paper as on the screen.
    const hidden = filled?.erased || !mayHandle(actor, dossier)
    const { persons } = opened
    const applicant = persons.find(({ content }) => content?.roles.includes('applicant')) ?? persons[0]
    const wholeFor = mayReveal(actor, dossier) ? applicant?.person_id : undefined
    return { agencyId, dossierId, code: dossier.code, filled: hidden ? undefined : filled, wholeFor }
  }

  /** Who may see a number whole prints it whole, since that is what the person signs; each time is written down. */
  const noteWhole = (
    actor: Actor,
    { agencyId, dossierId, personId }: { agencyId: number; dossierId: string; personId: string },
  ) =>
    withScope(db, { agencies: [agencyId] }, (tx) =>
      recordDisclosure(tx, {
        agency_id: agencyId,
        disclosure_id: newId(),
        dossier_id: dossierId,
        person_id: personId,
        officer_id: actor.officerId,
        reason: vi.print.wholeReason,
        disclosed_at: clock(),
      }),
    )

  http.get(
    '/api/dossiers/:dossierId/declaration',
    {
      config: { permission: 'dossier.read' },
      schema: { tags, summary: 'Hồ sơ có tờ khai điện tử hay không, theo biểu mẫu nào', params: Dossier },
    },
    async ({ actor, params: { dossierId } }, reply): Promise<DeclarationView | FastifyReply> => {
      const opened = await openFilled(actor, dossierId)
      if (!opened) return sendNotFound(reply)
      const { filled, wholeFor } = opened
      if (!filled) return { declaration: null }
      const { title, version, comparedWithOfficial } = await getForm(db, filled.formId)
      const isCompared = comparedWithOfficial !== null
      const isWhole = wholeFor !== undefined
      return { declaration: { title, version, isCompared, isWhole, keptAt: filled.keptAt, times: filled.rowVersion } }
    },
  )

  http.get(
    '/api/dossiers/:dossierId/declaration.pdf',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary:
          'Tờ khai điện tử của hồ sơ, bản in; số định danh đầy đủ cho người có quyền xem, mỗi lần in được ghi lại',
        params: Dossier,
      },
    },
    async ({ actor, params: { dossierId } }, reply) => {
      const opened = await openFilled(actor, dossierId)
      if (!opened?.filled) return sendNotFound(reply)
      const { agencyId, code, filled, wholeFor } = opened
      if (wholeFor !== undefined) await noteWhole(actor, { agencyId, dossierId, personId: wholeFor })
      const [form, agency, demo] = await Promise.all([
        getForm(db, filled.formId),
        getAgency(db, agencyId, dayOf(filled.keptAt)),
        isDemo(db),
      ])
      const pdf = await printDeclaration({
        form,
        caseKey: filled.caseKey,
        answers: filled.answers,
        at: filled.keptAt,
        demo,
        code,
        addressee: authorityName(agency),
        place: inSentence(agency.fullName).replace(/^(xã|phường|đặc khu|thị trấn) /u, ''),
        isMasked: wholeFor === undefined,
      })
      // Printed out of a frame of the officers' page.
      reply
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
        .header('x-frame-options', 'SAMEORIGIN')
      return sendPdf(reply, 'to-khai.pdf', pdf, 'private, no-store')
    },
  )
}

const sendPdf = (reply: FastifyReply, name: string, bytes: Buffer, cache: string): FastifyReply =>
  reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name}"`)
    .header('cache-control', cache)
    .send(bytes)

/** Forms are one for the whole installation, as the catalogue is, so changing them takes the right everywhere. */
function changeForms(http: Http, { db, clock }: EformContext): void {
  const config = { permission: 'procedure.manage' }

  http.post(
    '/api/eforms/check',
    {
      config,
      schema: {
        tags,
        summary: 'Kiểm tra một biểu mẫu mà không ban hành',
        body: Type.Object({ definition: Type.Object({}, { additionalProperties: true }) }),
      },
    },
    ({ body }) => ({ findings: checkDefinition(body.definition).findings }),
  )

  http.post(
    '/api/eforms',
    { config, schema: { tags, summary: 'Ban hành phiên bản mới của một biểu mẫu', body: PublishBody } },
    async ({ actor, body }, reply) => {
      if (!mayEverywhere(actor, 'procedure.manage')) return sendNotFound(reply)
      const { definition, findings } = checkDefinition(body.definition)
      const refused = (code: keyof typeof vi.refusals, status = 422) =>
        sendProblem(reply, status, { code, detail: vi.refusals[code], findings })
      if (!definition || !mayPublish(findings)) return refused('form-not-valid')
      if (body.reason.trim().length < 5) return refused('reason-missing')
      if (!isDay(definition.validFrom)) return refused('day-impossible')
      if (!(await fitsProcedure(definition))) return refused('procedure-unknown')
      const published = await inTransaction(db, (tx) =>
        publishForm(tx, {
          definition,
          reason: body.reason.trim(),
          by: { officerId: actor.officerId, name: actor.name },
          at: clock(),
          baseVersion: body.baseVersion,
        }),
      )
      return published ?? refused('changed-meanwhile', 409)
    },
  )

  async function fitsProcedure({ procedureCode, validFrom }: FormDefinition): Promise<boolean> {
    return (
      (await versionOn(db, procedureCode, validFrom)) !== undefined ||
      (await versionOn(db, procedureCode, dayOf(clock()))) !== undefined
    )
  }

  http.post(
    '/api/eforms/:formId/comparison',
    {
      config,
      schema: {
        tags,
        summary: 'Ghi nhận đã đối chiếu với mẫu chính thức, hoặc bỏ ghi nhận',
        params: FormId,
        body: CompareBody,
      },
    },
    async ({ actor, params: { formId }, body }, reply) => {
      if (!mayEverywhere(actor, 'procedure.manage') || !(await findForm(db, formId))) return sendNotFound(reply)
      if (body.compared && body.note.trim().length < 5)
        return sendProblem(reply, 422, { code: 'note-missing', detail: vi.refusals['note-missing'] })
      await markCompared(db, {
        formId,
        officerId: actor.officerId,
        compared: body.compared ? { by: actor.name, on: dayOf(clock()), note: body.note.trim() } : null,
      })
      return findForm(db, formId)
    },
  )
}
