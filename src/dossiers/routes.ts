import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { dueAt, explain, loadCalendar, readingOn } from '../calendar/index.ts'
import { listFields, timeLimitFor } from '../catalogue/index.ts'
import { agenciesFor, may, type Actor } from '../identity/index.ts'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { newId } from '../platform/id.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { getAgency } from '../staff/index.ts'
import { correctPerson } from './amend.ts'
import type { CommandRefusal, DossierContext, Outcome } from './commands.ts'
import {
  AmendBody,
  CommandBody,
  DossierQuery,
  DuePreviewBody,
  IntakeBody,
  QueueQuery,
  type ApologyView,
  type CommandReply,
  type DossierPage,
  type MorningView,
} from './contract.ts'
import { deskRoutes } from './desk-routes.ts'
import { handOver, workOf } from './hand-over.ts'
import { unsetFees } from './fees.ts'
import { lookUpProcedure, type IntakeRefusal } from './intake.ts'
import { namesFor } from './names.ts'
import {
  countDossiers,
  countQueue,
  listDossiers,
  listQueue,
  recogniseSearch,
  searchDossiers,
  summariseAgencies,
  summariseWork,
  lastApologies,
  type ApologyRecord,
  type Desk,
} from './queries.ts'
import { findKnownPerson, recordDisclosure } from './person-store.ts'
import { opinionRoutes } from './opinion-routes.ts'
import { erasureRoutes } from './erasure.ts'
import { papersShownTo, printPaper, printRegister } from './papers.ts'
import { applyRecompute, previewRecompute, type DueChange } from './recompute.ts'
import { give, now, takeIn, type Times } from './requests.ts'
import { identityIndex, openSecret, phoneIndex } from './sealing.ts'
import { vi, word } from './text.vi.ts'
import { mayHandle } from './rules/permissions.ts'
import { mayReveal, openDossier, ownerFor, viewDossier, viewDossiers, viewTasks } from './view.ts'

const tags = ['dossiers']
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const Params = Type.Object({ dossierId: Uuid })

/** The officers' routes of the dossiers. What they may do is decided by rules/permissions.ts and rules/lifecycle.ts. */
export function dossierRoutes(http: Http, context: DossierContext): void {
  intakeRoutes(http, context)
  workRoutes(http, context)
  listRoutes(http, context)
  recomputeRoutes(http, context)
  deskRoutes(http, context)
  handOverRoutes(http, context)
  opinionRoutes(http, context)
  erasureRoutes(http, context)
}

function intakeRoutes(http: Http, context: DossierContext): void {
  http.post(
    '/api/intake/preview',
    {
      config: { permission: 'dossier.receive' },
      schema: { tags, summary: 'Ngày hẹn trả, phí và lời giải thích trước khi tiếp nhận', body: DuePreviewBody },
    },
    async (request, reply) => {
      const { body, actor } = request
      if (!may(actor, 'dossier.receive', { agencyId: body.agencyId })) return sendNotFound(reply)
      const now = context.clock()
      const found = await lookUpProcedure(context.db, { ...body, day: dayOf(now) })
      if (!found.ok) return sendRefusal(reply, found.refusal)
      const limit = timeLimitFor(found.value.version, body.caseKey, body.channel)
      if (!limit) return sendRefusal(reply, { code: 'case-not-offered' })
      const { calendar } = await loadCalendar(context.db, body.agencyId)
      const due = dueAt({
        start: now,
        limit: limit.parts,
        reading: readingOn(calendar, dayOf(now)),
        calendar,
        nextDayAfter15: limit.nextDayAfter15,
      })
      return {
        now,
        dueAt: due.dueAt,
        explanation: due.explanation,
        sentences: explain(due.explanation, 'vi'),
        basis: limit.basis,
        fees: found.value.fees,
        unsetFees: await unsetFees(context.db, { ...found.value, ...body, day: dayOf(now) }),
        total: found.value.fees.reduce((sum, line) => sum + line.amount, 0),
      }
    },
  )

  http.post(
    '/api/persons/known',
    {
      config: { permission: 'dossier.receive' },
      schema: {
        tags,
        summary: 'Người đã từng nộp hồ sơ tại cơ quan, theo số định danh',
        body: Type.Object(
          { agencyId: Type.Integer({ minimum: 1 }), identityNumber: Type.String({ minLength: 6, maxLength: 30 }) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { agencyId, identityNumber } = request.body
      if (!may(request.actor, 'dossier.receive', { agencyId })) return sendNotFound(reply)
      const index = identityIndex(context.keys, identityNumber)
      const agencies = agenciesFor(request.actor, 'dossier.receive')
      const known =
        index &&
        (await withScope(context.db, { agencies }, async (tx) => {
          const found = await findKnownPerson(tx, { agencies, index })
          if (found?.person.content)
            await recordDisclosure(tx, {
              agency_id: found.person.agency_id,
              disclosure_id: newId(),
              dossier_id: found.person.dossier_id,
              person_id: found.person.person_id,
              officer_id: request.actor.officerId,
              reason: vi.knownPersonReason,
              disclosed_at: context.clock(),
            })
          return found
        }))
      if (!known) return { known: null }
      const { content } = known.person
      const secret = openSecret(context.keys, known.person)
      const [last] = await viewDossiers(context, [known.dossier])
      return {
        known: content && {
          person: {
            kind: content.kind,
            name: content.name,
            identityKind: content.identityKind,
            identityNumber: secret.identityNumber,
            birthDay: content.birthDay,
            sex: content.sex,
            phone: secret.phone,
            email: secret.email,
            address: content.address,
            unitCode: content.unitCode,
            relation: content.relation,
          },
          lastDossier: last ? { dossierId: last.dossierId, code: last.code, procedureName: last.procedureName } : null,
        },
      }
    },
  )

  http.post(
    '/api/dossiers',
    { config: { permission: 'dossier.receive' }, schema: { tags, summary: 'Tiếp nhận hồ sơ mới', body: IntakeBody } },
    async (request, reply) => {
      const { body, actor } = request
      const desk = body.lodgedAtAgencyId ?? body.agencyId
      if (!may(actor, 'dossier.receive', { agencyId: desk })) return sendNotFound(reply)
      const times = timesOf(context, body.occurredAt)
      if (!times.ok) return sendRefusal(reply, times.refusal)
      const outcome = await takeIn(context, { actor, source: 'officer' }, body, times.value)
      if (!outcome.ok) return sendRefusal(reply, outcome.refusal)
      return reply.code(outcome.value.repeated ? 200 : 201).send(toReply(outcome.value))
    },
  )
}

function workRoutes(http: Http, context: DossierContext): void {
  http.get(
    '/api/dossiers/:dossierId',
    {
      config: { permission: 'dossier.read' },
      schema: { tags, summary: 'Một hồ sơ: hiện trạng, diễn biến và việc được làm', params: Params },
    },
    async (request, reply) => {
      const opened = await openDossier(context, request.actor, request.params.dossierId)
      return opened
        ? { ...(await viewDossier(context, request.actor, opened)), forms: papersShownTo(request.actor, opened) }
        : sendNotFound(reply)
    },
  )

  http.get(
    '/api/dossiers/:dossierId/papers/:paper',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary: 'Biểu mẫu của hồ sơ (PDF/A)',
        params: Type.Object({ ...Params.properties, paper: Type.String({ pattern: '^[a-z]+(-\\d{1,6})?\\.pdf$' }) }),
      },
    },
    async (request, reply) => {
      const opened = await openDossier(context, request.actor, request.params.dossierId)
      const paper = request.params.paper.replace(/\.pdf$/, '')
      if (!opened || !papersShownTo(request.actor, opened).some(({ form }) => form === paper))
        return sendNotFound(reply)
      const pdf = await printPaper(context, opened, paper)
      if (!pdf) return sendNotFound(reply)
      return sendFile(reply, { body: pdf, type: 'application/pdf', name: `${opened.dossier.code}-${paper}.pdf` })
    },
  )

  http.post(
    '/api/dossiers/:dossierId/commands',
    {
      config: { permission: 'dossier.read' },
      schema: { tags, summary: 'Thực hiện một việc trên hồ sơ', params: Params, body: CommandBody },
    },
    async (request, reply) => {
      const { dossierId } = request.params
      const agencyId = await ownerFor(context, request.actor, dossierId)
      if (agencyId === undefined) return sendNotFound(reply)
      const { command, occurredAt } = request.body
      // Money goes back only when a second officer has approved it; that is done on the pages of payments.
      if (command.type === 'refundFee') return sendRefusal(reply, { code: 'needs-two-officers' })
      const times = occurredAt && onlyWhenDone.has(command.type) ? refuse(whenDone) : timesOf(context, occurredAt)
      if (!times.ok) return sendRefusal(reply, times.refusal)
      const giver = { actor: request.actor, source: 'officer' } as const
      const outcome = await give(context, giver, { agencyId, dossierId, body: request.body }, times.value)
      return outcome.ok ? toReply(outcome.value) : sendRefusal(reply, outcome.refusal)
    },
  )

  http.post(
    '/api/dossiers/:dossierId/amendments',
    {
      config: { permission: 'dossier.read' },
      schema: { tags, summary: 'Sửa thông tin của người trong hồ sơ, có lý do', params: Params, body: AmendBody },
    },
    async (request, reply) => {
      const { actor, body, params } = request
      const agencyId = await ownerFor(context, actor, params.dossierId)
      if (agencyId === undefined) return sendNotFound(reply)
      const outcome = await correctPerson(context, actor, { agencyId, dossierId: params.dossierId, body })
      return outcome.ok ? toReply(outcome.value) : sendRefusal(reply, outcome.refusal)
    },
  )

  http.post(
    '/api/dossiers/:dossierId/persons/:personId/disclosure',
    {
      config: { permission: 'identity-number.reveal' },
      schema: {
        tags,
        summary: 'Xem số định danh đầy đủ; mỗi lần xem được ghi lại',
        params: Type.Object({ ...Params.properties, personId: Uuid }),
        body: Type.Object({ reason: Type.String({ minLength: 5, maxLength: 500 }) }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      const { dossierId, personId } = request.params
      const opened = await openDossier(context, request.actor, dossierId)
      const person = opened?.persons.find((row) => row.person_id === personId)
      if (!opened || !person || !mayReveal(request.actor, opened.dossier)) return sendNotFound(reply)
      await withScope(context.db, { agencies: [opened.agencyId] }, (tx) =>
        recordDisclosure(tx, {
          agency_id: opened.agencyId,
          disclosure_id: newId(),
          dossier_id: dossierId,
          person_id: personId,
          officer_id: request.actor.officerId,
          reason: request.body.reason,
          disclosed_at: context.clock(),
        }),
      )
      return { identityNumber: openSecret(context.keys, person).identityNumber }
    },
  )
}

function listRoutes(http: Http, context: DossierContext): void {
  http.get(
    '/api/queue',
    {
      config: { permission: 'dossier.read' },
      schema: { tags, summary: 'Việc đang chờ, đến hạn trước đứng trước', querystring: QueueQuery },
    },
    async (request) => {
      const { whose, cursor, limit, state, kind, field, channel, unitId, holder } = request.query
      const desks = desksOf(request.actor, whose).filter((desk) =>
        isAsked(request.actor, { agencyId: request.query.agencyId, inherited: true }, desk.agencyId),
      )
      const officerId = holder === 'none' ? null : asNumber(holder)
      const now = context.clock()
      const agencies = [...new Set(desks.map((desk) => desk.agencyId))]
      const [page, counts] = await withScope(context.db, { agencies }, (tx) =>
        Promise.all([
          listQueue(tx, { desks, state, kind, field, channel, unitId, officerId, now, cursor, limit }),
          countQueue(tx, { desks, now }),
        ]),
      )
      return { items: await viewTasks(context, page.items), next: page.next, counts }
    },
  )

  http.get(
    '/api/dossiers',
    {
      config: { permission: 'register.read' },
      schema: { tags, summary: 'Sổ theo dõi hồ sơ, có lọc', querystring: DossierQuery },
    },
    async (request): Promise<DossierPage> => {
      const { agencyId: _, inherited: __, cursor, limit, ...filter } = request.query
      const agencies = agenciesFor(request.actor, 'register.read').filter((id) =>
        isAsked(request.actor, request.query, id),
      )
      const now = context.clock()
      const { page, total, apologies } = await withScope(context.db, { agencies }, async (tx) => {
        const [found, count] = await Promise.all([
          listDossiers(tx, { ...filter, agencies, now, cursor, limit }),
          countDossiers(tx, { ...filter, agencies, now }),
        ])
        return {
          page: found,
          total: count,
          apologies: await lastApologies(
            tx,
            found.items.filter((row) => row.apologies + row.extensions > 0),
          ),
        }
      })
      const items = await viewDossiers(context, page.items)
      return {
        items: items.map((item) => ({ ...item, apology: viewApology(apologies.get(item.dossierId)) })),
        next: page.next,
        total,
      }
    },
  )

  http.get(
    '/api/register/:format',
    {
      config: { permission: 'register.read' },
      schema: {
        tags,
        summary: 'In sổ theo dõi hồ sơ (PDF, XLSX)',
        params: Type.Object({ format: Type.Union([Type.Literal('pdf'), Type.Literal('xlsx')]) }),
        querystring: Type.Object({
          agencyId: Type.Integer({ minimum: 1 }),
          from: Type.String({ format: 'date' }),
          to: Type.String({ format: 'date' }),
          field: DossierQuery.properties.field,
          status: DossierQuery.properties.status,
          channel: DossierQuery.properties.channel,
          timeliness: DossierQuery.properties.timeliness,
        }),
      },
    },
    async (request, reply) => {
      const { agencyId, from, to } = request.query
      const { format } = request.params
      if (!may(request.actor, 'register.read', { agencyId })) return sendNotFound(reply)
      const body = await printRegister(context, {
        ...request.query,
        format,
        whole: mayHandle(request.actor, { agencyId, participants: [] }),
      })
      const type =
        format === 'pdf' ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      return sendFile(reply, { body, type, name: `so-theo-doi-${from}-${to}.${format}` })
    },
  )

  http.get(
    '/api/search',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary: 'Tìm hồ sơ theo mã, họ tên, số định danh, điện thoại',
        querystring: Type.Object({
          q: Type.String({ maxLength: 200 }),
          limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
        }),
      },
    },
    async (request) => ({ items: await search(context, request.actor, request.query.q, request.query.limit) }),
  )

  // The same with the words in the body, so that an identity number stands in no address and no history.
  http.post(
    '/api/search',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary: 'Tìm hồ sơ, từ khóa trong nội dung yêu cầu',
        body: Type.Object(
          { q: Type.String({ maxLength: 200 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request) => ({ items: await search(context, request.actor, request.body.q, request.body.limit ?? 20) }),
  )

  http.get(
    '/api/morning',
    {
      config: { permission: 'morning.read' },
      schema: {
        tags,
        summary: 'Trang đầu ngày của lãnh đạo',
        querystring: Type.Object({ agencyId: Type.Optional(Type.Integer({ minimum: 1 })) }),
      },
    },
    async (request, reply) => {
      const mine = agenciesFor(request.actor, 'morning.read')
      const home =
        request.query.agencyId ?? request.actor.posts.find((post) => mine.includes(post.agencyId))?.agencyId ?? mine[0]
      if (home === undefined || !mine.includes(home)) return sendNotFound(reply)
      return viewMorning(context, request.actor, home)
    },
  )
}

function handOverRoutes(http: Http, context: DossierContext): void {
  const Id = Type.Integer({ minimum: 1 })

  http.get(
    '/api/work/:officerId',
    {
      config: { permission: 'work.reassign' },
      schema: {
        tags,
        summary: 'Việc đang mở mà một người đã nhận',
        params: Type.Object({ officerId: Id }),
        querystring: Type.Object({ agencyId: Id }),
      },
    },
    async (request, reply) => {
      const { agencyId } = request.query
      if (!may(request.actor, 'work.reassign', { agencyId })) return sendNotFound(reply)
      const tasks = await workOf(context, agencyId, request.params.officerId)
      // Administrators hand work over without reading dossiers: no names of applicants.
      return { items: (await viewTasks(context, tasks)).map((item) => ({ ...item, applicantName: null })) }
    },
  )

  http.post(
    '/api/work/hand-over',
    {
      config: { permission: 'work.reassign' },
      schema: {
        tags,
        summary: 'Bàn giao việc đang mở của người vắng mặt cho người khác',
        body: Type.Object(
          { agencyId: Id, fromOfficerId: Id, toOfficerId: Id, reason: Type.String({ minLength: 3, maxLength: 500 }) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { body, actor } = request
      if (!may(actor, 'work.reassign', { agencyId: body.agencyId }) || body.fromOfficerId === body.toOfficerId) {
        return sendNotFound(reply)
      }
      return (await handOver(context, { ...body, by: actor.officerId })) ?? sendNotFound(reply)
    },
  )
}

const NewDay = Type.Object(
  {
    day: Type.String({ format: 'date' }),
    kind: Type.Union([
      Type.Literal('holiday'),
      Type.Literal('substitute'),
      Type.Literal('swap-off'),
      Type.Literal('swap-work'),
      Type.Literal('closure'),
    ]),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    notice: Type.String({ maxLength: 500 }),
    status: Type.Union([Type.Literal('official'), Type.Literal('provisional')]),
  },
  { additionalProperties: false },
)

function recomputeRoutes(http: Http, context: DossierContext): void {
  http.post(
    '/api/dossiers/recompute/preview',
    {
      config: { permission: 'calendar.manage' },
      schema: {
        tags,
        summary: 'Hạn trả nào đổi khi lịch làm việc đổi (xem trước, không ghi)',
        body: Type.Object(
          { agencyId: Type.Integer({ minimum: 1 }), day: Type.Union([NewDay, Type.Null()]) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { agencyId, day } = request.body
      if (!may(request.actor, 'calendar.manage', { agencyId })) return sendNotFound(reply)
      const changes = await previewRecompute(context, agencyId, day ?? undefined)
      return { changes: await nameChanges(context, changes, may(request.actor, 'dossier.read', { agencyId })) }
    },
  )

  http.post(
    '/api/dossiers/recompute',
    {
      config: { permission: 'calendar.manage' },
      schema: {
        tags,
        summary: 'Tính lại hạn của hồ sơ đang mở theo lịch hiện hành',
        body: Type.Object(
          { agencyId: Type.Integer({ minimum: 1 }), notice: Type.String({ minLength: 5, maxLength: 500 }) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { agencyId, notice } = request.body
      if (!may(request.actor, 'calendar.manage', { agencyId })) return sendNotFound(reply)
      return { changes: await applyRecompute(context, agencyId, notice) }
    },
  )
}

/** What the dossiers are about and who holds them; whose they are only for who may read them. */
async function nameChanges(context: DossierContext, changes: readonly DueChange[], mayRead: boolean) {
  const agencyId = changes[0]?.agencyId
  if (agencyId === undefined) return []
  const ids = changes.map(({ dossierId }) => dossierId)
  const { records, tasks } = await withScope(context.db, { agencies: [agencyId] }, async (tx) => ({
    records: await tx
      .selectFrom('dossiers.dossier')
      .select(['dossier_id', 'procedure_version_id', 'applicant_name'])
      .where('agency_id', '=', agencyId)
      .where('dossier_id', 'in', ids)
      .execute(),
    tasks: await tx
      .selectFrom('dossiers.task')
      .select(['dossier_id', 'unit_id', 'officer_id'])
      .where('agency_id', '=', agencyId)
      .where('dossier_id', 'in', ids)
      .execute(),
  }))
  const names = await namesFor(context.db, {
    officers: tasks.map((task) => task.officer_id),
    units: tasks.map((task) => task.unit_id),
    versions: records.map((record) => record.procedure_version_id),
    day: dayOf(context.clock()),
  })
  return changes.map((change) => {
    const record = records.find((each) => each.dossier_id === change.dossierId)
    const held = tasks.filter((each) => each.dossier_id === change.dossierId)
    return {
      ...change,
      procedureName: record ? names.procedure(record.procedure_version_id).shortName : '',
      holder: held.map((task) => names.officer(task.officer_id) ?? names.unit(task.unit_id)).join('; '),
      applicantName: mayRead ? (record?.applicant_name ?? null) : null,
    }
  })
}

async function search(context: DossierContext, actor: Actor, text: string, limit: number) {
  const agencies = agenciesFor(actor, 'dossier.read')
  if (text.trim() === '') {
    const { items } = await withScope(context.db, { agencies }, (tx) =>
      listDossiers(tx, { agencies, now: context.clock(), limit }),
    )
    return viewDossiers(context, items)
  }
  const terms = recogniseSearch(text, {
    identity: (number) => identityIndex(context.keys, number),
    phone: (phone) => phoneIndex(context.keys, phone),
  })
  const rows = await withScope(context.db, { agencies }, (tx) =>
    Promise.all(terms.map((term) => searchDossiers(tx, { agencies, term, limit }))),
  )
  const once = [...new Map(rows.flat().map((row) => [row.dossier_id, row])).values()].slice(0, limit)
  return viewDossiers(context, once)
}

/** A few numbers and lists. The numbers come from the same conditions as the lists that they open to. */
async function viewMorning(context: DossierContext, actor: Actor, agencyId: number): Promise<MorningView> {
  const now = context.clock()
  const day = dayOf(now)
  const agencies = agenciesOf(actor, agencyId)
  const desks = agencies.map((id) => ({ agencyId: id, unitId: null, officerId: null }))
  const others = agenciesFor(actor, 'morning.read').filter((id) => !agencies.includes(id))
  const sums =
    others.length === 0
      ? []
      : await withScope(context.db, { agencies: others }, (tx) => summariseAgencies(tx, { agencies: others, now }))
  const [rows, late, dueToday, toSign, counts, lateWithoutApology] = await withScope(context.db, { agencies }, (tx) =>
    Promise.all([
      summariseWork(tx, { agencies, now }),
      listQueue(tx, { desks, state: 'overdue', now, limit: 50 }),
      listQueue(tx, { desks, state: 'today', now, limit: 50 }),
      listQueue(tx, { desks, kind: 'sign', now, limit: 50 }),
      countQueue(tx, { desks, now }),
      countDossiers(tx, { agencies, timeliness: 'late-without-apology', now }),
    ]),
  )
  const names = await namesFor(context.db, {
    officers: rows.map(({ officerId }) => officerId),
    units: rows.map(({ unitId }) => unitId),
    agencies: sums.map((sum) => sum.agencyId),
    day,
  })
  const fields = await listFields(context.db)
  const byField = new Map<string, MorningView['byField'][number]>()
  const byHolder = new Map<string, MorningView['byHolder'][number]>()
  for (const row of rows) {
    const field = byField.get(row.field) ?? {
      field: row.field,
      fieldName: fields.find(({ key }) => key === row.field)?.name ?? row.field,
      late: 0,
      dueToday: 0,
      open: 0,
    }
    const key = `${row.unitId}/${row.officerId ?? ''}`
    const holder = byHolder.get(key) ?? {
      unitId: row.unitId,
      unitName: names.unit(row.unitId),
      officerId: row.officerId,
      officerName: names.officer(row.officerId),
      late: 0,
      dueToday: 0,
      open: 0,
    }
    for (const sum of [field, holder]) {
      sum.late += row.late
      sum.dueToday += row.dueToday
      sum.open += row.open
    }
    byField.set(row.field, field)
    byHolder.set(key, holder)
  }
  return {
    day,
    agencyId,
    agencyName: (await getAgency(context.db, agencyId, day)).fullName,
    counts: {
      late: counts.overdue,
      dueToday: counts.today,
      waiting: counts.waiting,
      open: counts.open,
      lateWithoutApology,
      toSign: counts.toSign,
    },
    byField: [...byField.values()].toSorted((a, b) => b.late - a.late || b.open - a.open),
    byHolder: [...byHolder.values()].toSorted((a, b) => b.late - a.late || b.open - a.open),
    late: await viewTasks(context, late.items),
    dueToday: await viewTasks(context, dueToday.items),
    toSign: await viewTasks(context, toSign.items),
    byAgency: sums
      .map((sum) => ({ ...sum, agencyName: names.agency(sum.agencyId) }))
      .toSorted((a, b) => b.late - a.late || b.open - a.open || a.agencyName.localeCompare(b.agencyName, 'vi')),
  }
}

const viewApology = (row: ApologyRecord | undefined): ApologyView | null =>
  row
    ? {
        at: row.occurred_at,
        newDay: row.new_day ?? dayOf(new Date(row.new_due ?? row.occurred_at).toISOString()),
        beforeDue: row.type === 'extended',
        paper: `/api/dossiers/${row.dossier_id}/papers/apology-${row.version}.pdf`,
      }
    : null

/** Whether a list that is asked for one agency (with those it took over) has this one in it. */
const isAsked = (
  actor: Actor,
  { agencyId, inherited }: { agencyId?: number | undefined; inherited?: boolean },
  candidate: number,
): boolean =>
  agencyId === undefined ||
  candidate === agencyId ||
  (inherited === true && agenciesOf(actor, agencyId).includes(candidate))

/** An agency and the predecessors that the actor answers for there. */
function agenciesOf(actor: Actor, agencyId: number): number[] {
  const post = actor.posts.find((held) => held.agencyId === agencyId)
  return post ? [...post.agencies] : [agencyId]
}

/** The queues that "mine", "my unit's" and "the agency's" mean for this officer. */
function desksOf(actor: Actor, whose: 'mine' | 'unit' | 'agency'): Desk[] {
  const readable = agenciesFor(actor, 'dossier.read')
  if (whose === 'agency') return readable.map((agencyId) => ({ agencyId, unitId: null, officerId: null }))
  const desks = actor.posts.flatMap((post) =>
    post.agencies
      .filter((agencyId) => readable.includes(agencyId))
      .map((agencyId) => ({
        agencyId,
        unitId: whose === 'unit' && agencyId === post.agencyId ? post.unitId : null,
        officerId: whose === 'mine' ? (post.onBehalfOf ?? actor.officerId) : null,
      })),
  )
  return [...new Map(desks.map((desk) => [JSON.stringify(desk), desk])).values()]
}

const asNumber = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))

/** A paper of our own making: only the officers' web may show it in a frame, from where it is printed. */
const sendFile = (
  reply: FastifyReply,
  { body, type, name }: { body: Buffer; type: string; name: string },
): FastifyReply =>
  reply
    .type(type)
    .header('content-disposition', `inline; filename="${name}"`)
    .header('cache-control', 'private, no-store')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
    .header('x-frame-options', 'SAMEORIGIN')
    .send(body)

/**
 * What decides whether a dossier is late is recorded when it is done: an earlier moment would make late ones look in time.
 * Fees are counted anew by what has been entered until now.
 */
const onlyWhenDone: ReadonlySet<string> = new Set([
  'signResult',
  'completeStep',
  'extend',
  'apologise',
  'withdraw',
  'stop',
  'recountFees',
])
const whenDone = { code: 'recorded-when-done' } as const satisfies CommandRefusal

/** Now, or an earlier moment that is written down now; both stand in the log. */
function timesOf(context: DossierContext, occurredAt: string | undefined): Result<Times, CommandRefusal> {
  const { recordedAt } = now(context)
  if (occurredAt === undefined) return accept({ occurredAt: recordedAt, recordedAt })
  const moment = new Date(occurredAt).toISOString()
  return moment > recordedAt ? refuse({ code: 'occurred-in-future' }) : accept({ occurredAt: moment, recordedAt })
}

const toReply = ({ dossier, dossierId, repeated }: Outcome): CommandReply => ({
  dossierId,
  agencyId: dossier.agencyId,
  code: dossier.code,
  version: dossier.version,
  status: dossier.status,
  repeated,
})

/** Refusals of rules and look-ups as problem+json: 404 for what is not yours, 403 for the wrong post, 409 and 422 for the law. */
export function sendRefusal(reply: FastifyReply, refusal: CommandRefusal | IntakeRefusal): FastifyReply {
  const facts = 'facts' in refusal ? refusal.facts : undefined
  if (refusal.code === 'not-found') return sendNotFound(reply)
  const pointer = 'pointer' in refusal ? refusal.pointer : undefined
  const detail = isIntake(refusal) ? word(vi.intakeRefusals, refusal) : word(vi.refusals, refusal)
  return sendProblem(reply, statusOf(refusal), {
    code: refusal.code,
    detail,
    ...(facts ? { facts } : {}),
    ...(pointer ? { errors: [{ pointer, detail }] } : {}),
  })
}

const isIntake = (refusal: CommandRefusal | IntakeRefusal): refusal is IntakeRefusal =>
  Object.hasOwn(vi.intakeRefusals, refusal.code)

const statusOf = (refusal: CommandRefusal | IntakeRefusal): number => {
  if (isIntake(refusal)) return 422
  if (refusal.code === 'not-your-task') return 403
  return 409
}
