import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../platform/db.ts'
import { dayOf } from '../platform/day.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import {
  closeAgency,
  createAgency,
  createDelegation,
  createOfficer,
  createPost,
  createReceivingPoint,
  createUnit,
  endDelegation,
  endPost,
  findAgencies,
  findAgency,
  findOfficer,
  findPlaces,
  findPost,
  isUnitHeldAfter,
  isValidOn,
  listAbsences,
  listAgencies,
  listAgencyHistory,
  listChanges,
  listDelegations,
  listOfficers,
  listPlaces,
  listPosts,
  listReceivingPoints,
  listSuccessions,
  listTopAgencies,
  listUnits,
  moveAgency,
  recordAbsence,
  recordChange,
  recordSuccession,
  refuseDelegation,
  renameAgency,
  setAgencyCode,
  schemas,
  standardUnits,
  subtree,
  systemAdministratorsOn,
  updateOfficer,
  updateReceivingPoint,
  updateUnit,
  type PostRow,
  type StaffTables,
} from '../staff/index.ts'
import { once } from './once.ts'
import { sendRefused, type AnyRefusal } from './refused.ts'
import {
  agenciesFor,
  may,
  mayEverywhere,
  mayGrant,
  maySomewhere,
  type Action,
  type Actor,
} from './rules/permissions.ts'
import type { IdentityContext } from './sign-in.ts'
import { listAccounts } from './store.ts'
import { vi } from './text.vi.ts'

const {
  AbsenceQuery,
  AgencyCode,
  AgencyId,
  AgencyName,
  AgencyParent,
  AgencyQuery,
  ChangedOfficer,
  ChangedPoint,
  ChangedUnit,
  DelegationId,
  InAgency,
  LastDayOnly,
  NewAbsence,
  NewAgency,
  NewDelegation,
  NewOfficer,
  NewPoint,
  NewPost,
  NewUnit,
  OfficerId,
  OfficerQuery,
  PlaceQuery,
  PointId,
  PostId,
  Predecessor,
  UnitId,
} = schemas

/**
 * Administration of agencies and people over HTTP. It stands here and not in `staff`, since rights come after staff in
 * the order of the folders.
 */
export function staffRoutes(http: Http, context: IdentityContext): void {
  placeRoutes(http, context)
  agencyRoutes(http, context)
  unitRoutes(http, context)
  officerRoutes(http, context)
  delegationRoutes(http, context)
}

const tags = ['staff']
const today = (context: IdentityContext) => dayOf(context.clock())

/** Undefined where the actor may everywhere, else the agencies. */
const scopeOf = (actor: Actor, action: Action): readonly number[] | undefined =>
  mayEverywhere(actor, action) ? undefined : agenciesFor(actor, action)

export const sendNotPermitted = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, 403, { code: 'not-permitted', detail: vi.notPermitted })

type StaffDb = Db<StaffTables>

/** One change: once per command id, noted in the log of changes of its agency. */
async function change<Reply>(
  context: IdentityContext,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    agencyId,
    what,
    commandId,
    details,
  }: { agencyId: number; what: string; commandId: string | undefined; details: Readonly<Record<string, unknown>> },
  work: (tx: StaffDb) => Promise<Result<Reply, AnyRefusal>>,
): Promise<Reply | FastifyReply> {
  const result = await once<Reply>(context.db, commandId, async (tx) => {
    const done = await work(tx)
    if (done.ok)
      await recordChange(tx, {
        agencyId,
        by: request.actor.officerId,
        what,
        details: { ...details, ...(typeof done.value === 'object' ? done.value : {}) },
      })
    return done
  })
  return result.ok ? result.value : sendRefused(context, reply, result.refusal)
}

function placeRoutes(http: Http, context: IdentityContext): void {
  const config = { permission: 'public' } as const
  const publicly = 'public, max-age=3600'

  http.get(
    '/api/places',
    { config, schema: { tags, summary: 'Xã, phường, đặc khu theo tên mới hoặc tên cũ', querystring: PlaceQuery } },
    async (request, reply) => {
      void reply.header('cache-control', publicly)
      const { near, ...search } = request.query
      return { places: findPlaces({ ...search, near: near === undefined ? undefined : await placeOf(context, near) }) }
    },
  )

  http.get(
    '/api/places/provinces',
    { config, schema: { tags, summary: '34 tỉnh, thành phố' } },
    async (_request, reply) => {
      void reply.header('cache-control', publicly)
      return {
        provinces: [...new Map(listPlaces().map((place) => [place.provinceCode, place.provinceName]))].map(
          ([code, name]) => ({ code, name }),
        ),
      }
    },
  )
}

/** The commune or province of an agency, or of the first above it that has one. */
async function placeOf(context: IdentityContext, agencyId: number): Promise<string | undefined> {
  const agency = await findAgency(context.db, agencyId, today(context))
  if (!agency || agency.gsoCode) return agency?.gsoCode ?? undefined
  return agency.parentId === null ? undefined : placeOf(context, agency.parentId)
}

function agencyRoutes(http: Http, context: IdentityContext): void {
  const { db } = context

  http.get(
    '/api/agencies',
    {
      config: { permission: 'agency.read' },
      schema: { tags, summary: 'Cơ quan trong phạm vi của tôi', querystring: AgencyQuery },
    },
    async (request) => {
      const { day = today(context), query, kind, parentId, top, closed, limit } = request.query
      const among = scopeOf(request.actor, 'agency.read')
      if (top && among === undefined) return { agencies: await listTopAgencies(db, day) }
      // Without a right everywhere the tree begins at the own agencies.
      if (top)
        return { agencies: await listAgencies(db, [...new Set(request.actor.posts.map((post) => post.agencyId))], day) }
      return { agencies: await findAgencies(db, { day, query, kinds: kind && [kind], parentId, among, closed, limit }) }
    },
  )

  http.get(
    '/api/agencies/:agencyId',
    {
      config: { permission: 'agency.read' },
      schema: { tags, summary: 'Một cơ quan: tên, mã, bộ phận, điểm tiếp nhận, kế thừa', params: AgencyId },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      if (!may(request.actor, 'agency.read', { agencyId })) return sendNotFound(reply)
      const agency = await findAgency(db, agencyId, today(context))
      if (!agency) return sendNotFound(reply)
      const [units, receivingPoints, successions, history] = await Promise.all([
        listUnits(db, agencyId),
        listReceivingPoints(db, agencyId),
        listSuccessions(db, agencyId),
        listAgencyHistory(db, agencyId),
      ])
      return {
        agency,
        units,
        receivingPoints,
        successions,
        history,
        may: {
          manage: may(request.actor, 'agency.manage', { agencyId }),
          manageTree: may(request.actor, 'agency-tree.manage', { agencyId }),
        },
      }
    },
  )

  http.post(
    '/api/agencies',
    { config: { permission: 'agency-tree.manage' }, schema: { tags, summary: 'Lập cơ quan', body: NewAgency } },
    async (request, reply) => {
      const { commandId, standardUnits: withUnits = false, fullNameEn = null, ...agency } = request.body
      if (agency.parentId != null && !(await isOpen(context, agency.parentId, agency.validFrom)))
        return sendRefused(context, reply, { code: 'agency-closed' })
      const result = await once<{ agencyId: number }>(db, commandId, async (tx) => {
        const agencyId = await createAgency(tx, {
          ...agency,
          fullNameEn,
          parentId: agency.parentId ?? null,
          codes: agency.codes ?? [],
        })
        if (withUnits)
          for (const unit of standardUnits(agency.kind))
            await createUnit(tx, { ...unit, agencyId, validFrom: agency.validFrom })
        await recordChange(tx, { agencyId, by: request.actor.officerId, what: 'agency-made', details: { ...agency } })
        return accept({ agencyId })
      })
      return result.ok ? reply.code(201).send(result.value) : sendRefused(context, reply, result.refusal)
    },
  )

  const treeChange = { config: { permission: 'agency-tree.manage' } } as const

  http.put(
    '/api/agencies/:agencyId/name',
    { ...treeChange, schema: { tags, summary: 'Đổi tên cơ quan từ một ngày', params: AgencyId, body: AgencyName } },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, fullNameEn = null, ...name } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, name.from, 'agency-tree.manage')
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'agency-renamed', commandId, details: name },
        async (tx) => {
          await renameAgency(tx, agencyId, { ...name, fullNameEn })
          return accept({ agencyId })
        },
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/parent',
    {
      ...treeChange,
      schema: { tags, summary: 'Chuyển cơ quan cấp trên từ một ngày', params: AgencyId, body: AgencyParent },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...place } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, place.from, 'agency-tree.manage')
      if (refusal) return answerDated(context, reply, refusal)
      if (place.parentId !== null) {
        if (!(await isOpen(context, place.parentId, place.from)))
          return sendRefused(context, reply, { code: 'agency-closed' })
        if ((await subtree(db, agencyId, place.from)).includes(place.parentId))
          return sendRefused(context, reply, { code: 'tree-loop' })
      }
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'agency-moved', commandId, details: place },
        async (tx) => {
          await moveAgency(tx, agencyId, place)
          return accept({ agencyId })
        },
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/code',
    {
      config: { permission: 'agency.manage' },
      schema: { tags, summary: 'Đặt mã của cơ quan từ một ngày', params: AgencyId, body: AgencyCode },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...code } = request.body
      const refusal = await refuseDated(
        context,
        request.actor,
        agencyId,
        code.from,
        code.scheme === 'gso' ? 'agency-tree.manage' : 'agency.manage',
      )
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'agency-coded', commandId, details: code },
        async (tx) => {
          await setAgencyCode(tx, agencyId, code)
          return accept({ agencyId })
        },
      )
    },
  )

  http.post(
    '/api/agencies/:agencyId/close',
    { ...treeChange, schema: { tags, summary: 'Kết thúc hoạt động của cơ quan', params: AgencyId, body: LastDayOnly } },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, lastDay } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, lastDay, 'agency-tree.manage')
      if (refusal) return answerDated(context, reply, refusal)
      if ((await systemAdministratorsOn(db, lastDay)).every((post) => post.agencyId === agencyId))
        return sendRefused(context, reply, { code: 'last-administrator' })
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'agency-closed', commandId, details: { lastDay } },
        async (tx) => {
          await closeAgency(tx, agencyId, lastDay)
          return accept({ agencyId })
        },
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/predecessors',
    {
      ...treeChange,
      schema: { tags, summary: 'Ghi cơ quan cũ mà cơ quan này kế thừa', params: AgencyId, body: Predecessor },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...succession } = request.body
      const [own, old] = await Promise.all([
        findAgency(db, agencyId, succession.onDay),
        findAgency(db, succession.oldAgencyId, succession.onDay),
      ])
      if (!own || !old) return sendNotFound(reply)
      if (own.agencyId === old.agencyId) return sendRefused(context, reply, { code: 'tree-loop' })
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'predecessor-recorded', commandId, details: succession },
        async (tx) => {
          await recordSuccession(tx, { ...succession, newAgencyId: agencyId, note: succession.note ?? null })
          return accept({ agencyId })
        },
      )
    },
  )

  http.get(
    '/api/agencies/:agencyId/changes',
    {
      config: { permission: 'agency.manage' },
      schema: { tags, summary: 'Nhật ký thay đổi về tổ chức và nhân sự', params: AgencyId },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      if (!may(request.actor, 'agency.manage', { agencyId })) return sendNotFound(reply)
      return { changes: await listChanges(db, agencyId) }
    },
  )
}

async function isOpen(context: IdentityContext, agencyId: number, day: string): Promise<boolean> {
  const agency = await findAgency(context.db, agencyId, day)
  return agency !== undefined && isValidOn(agency, day)
}

/** Why an agency cannot be changed from this day: not there, not the actor's, not open then. */
async function refuseDated(
  context: IdentityContext,
  actor: Actor,
  agencyId: number,
  day: string,
  action: Action,
): Promise<'not-found' | AnyRefusal | undefined> {
  const agency = may(actor, action, { agencyId }) ? await findAgency(context.db, agencyId, day) : undefined
  if (!agency) return 'not-found'
  if (day < agency.validFrom) return { code: 'before-it-began' }
  return agency.validTo !== null && day > agency.validTo ? { code: 'agency-closed' } : undefined
}

const answerDated = (context: IdentityContext, reply: FastifyReply, refusal: 'not-found' | AnyRefusal): FastifyReply =>
  refusal === 'not-found' ? sendNotFound(reply) : sendRefused(context, reply, refusal)

function unitRoutes(http: Http, context: IdentityContext): void {
  const config = { permission: 'agency.manage' } as const

  http.post(
    '/api/agencies/:agencyId/units',
    { config, schema: { tags, summary: 'Lập bộ phận', params: AgencyId, body: NewUnit } },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...unit } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, unit.validFrom, 'agency.manage')
      if (refusal) return answerDated(context, reply, refusal)
      return change(context, request, reply, { agencyId, what: 'unit-made', commandId, details: unit }, async (tx) =>
        accept({ unitId: await createUnit(tx, { ...unit, agencyId }) }),
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/units/:unitId',
    { config, schema: { tags, summary: 'Sửa hoặc kết thúc bộ phận', params: UnitId, body: ChangedUnit } },
    async (request, reply) => {
      const { agencyId, unitId } = request.params
      const { commandId, ...unit } = request.body
      if (!may(request.actor, 'agency.manage', { agencyId })) return sendNotFound(reply)
      if (!(await listUnits(context.db, agencyId)).some((one) => one.unitId === unitId)) return sendNotFound(reply)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'unit-changed', commandId, details: { unitId, ...unit } },
        async (tx) => {
          if (unit.validTo !== null && (await isUnitHeldAfter(tx, unitId, unit.validTo)))
            return refuse({ code: 'unit-in-use' })
          await updateUnit(tx, { agencyId, unitId, ...unit })
          return accept({ unitId })
        },
      )
    },
  )

  http.post(
    '/api/agencies/:agencyId/receiving-points',
    { config, schema: { tags, summary: 'Lập điểm tiếp nhận', params: AgencyId, body: NewPoint } },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...point } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, point.validFrom, 'agency.manage')
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'receiving-point-made', commandId, details: point },
        async (tx) => accept({ receivingPointId: await createReceivingPoint(tx, { ...point, agencyId }) }),
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/receiving-points/:receivingPointId',
    { config, schema: { tags, summary: 'Sửa hoặc kết thúc điểm tiếp nhận', params: PointId, body: ChangedPoint } },
    async (request, reply) => {
      const { agencyId, receivingPointId } = request.params
      const { commandId, ...point } = request.body
      if (!may(request.actor, 'agency.manage', { agencyId })) return sendNotFound(reply)
      if (!(await listReceivingPoints(context.db, agencyId)).some((one) => one.receivingPointId === receivingPointId))
        return sendNotFound(reply)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'receiving-point-changed', commandId, details: { receivingPointId, ...point } },
        async (tx) => {
          await updateReceivingPoint(tx, { agencyId, receivingPointId, ...point })
          return accept({ receivingPointId })
        },
      )
    },
  )
}

/** The officer's posts if at least one, present or past, lies where the actor may do this. */
export async function postsWithin(
  context: IdentityContext,
  actor: Actor,
  action: Action,
  officerId: number,
): Promise<PostRow[] | undefined> {
  const posts = await listPosts(context.db, officerId)
  return mayEverywhere(actor, action) || posts.some((post) => may(actor, action, { agencyId: post.agencyId }))
    ? posts
    : undefined
}

/** Whether the actor could have given every post that the officer holds or is to hold: nobody administers somebody greater. */
export const mayGrantAll = (actor: Actor, posts: readonly PostRow[], day: string): boolean =>
  posts
    .filter((post) => post.validTo === null || post.validTo >= day)
    .every((post) => mayGrant(actor, post.role, post.agencyId))

function officerRoutes(http: Http, context: IdentityContext): void {
  const { db } = context

  http.get(
    '/api/officers',
    {
      config: { permission: 'officer.read' },
      schema: { tags, summary: 'Cán bộ trong phạm vi của tôi', querystring: OfficerQuery },
    },
    async (request, reply) => {
      const { agencyId, limit = 100, ...query } = request.query
      if (agencyId !== undefined && !may(request.actor, 'officer.read', { agencyId })) return sendNotFound(reply)
      const agencies = agencyId === undefined ? scopeOf(request.actor, 'officer.read') : [agencyId]
      const officers = await listOfficers(db, { day: today(context), agencies, ...query, limit: limit + 1 })
      const page = officers.slice(0, limit)
      const accounts = await accountsOf(
        context,
        page.map((officer) => officer.officerId),
        request.actor,
      )
      return {
        officers: page.map((officer) => ({ ...officer, account: accounts.get(officer.officerId) ?? null })),
        next: officers.length > limit ? (page.at(-1)?.officerId ?? null) : null,
      }
    },
  )

  http.get(
    '/api/officers/:officerId',
    {
      config: { permission: 'officer.read' },
      schema: { tags, summary: 'Một cán bộ với mọi vị trí đã giữ', params: OfficerId },
    },
    async (request, reply) => {
      const { officerId } = request.params
      const [officer, posts] = await Promise.all([
        findOfficer(db, officerId),
        postsWithin(context, request.actor, 'officer.read', officerId),
      ])
      if (!officer || !posts) return sendNotFound(reply)
      const accounts = await accountsOf(context, [officerId], request.actor)
      const manage =
        officerId !== request.actor.officerId && posts.some((post) => may(request.actor, 'officer.manage', post))
      return {
        officer,
        posts: posts
          .filter((post) => may(request.actor, 'officer.read', post))
          .map((post) => ({ ...post, mayEnd: mayGrant(request.actor, post.role, post.agencyId) })),
        delegations: (await listDelegations(db, { officerId })).filter((one) =>
          may(request.actor, 'officer.read', one),
        ),
        account: accounts.get(officerId) ?? null,
        may: {
          manage: manage || mayEverywhere(request.actor, 'officer.manage'),
          edit: maySomewhere(request.actor, 'officer.manage') && mayGrantAll(request.actor, posts, today(context)),
        },
      }
    },
  )

  http.post(
    '/api/officers',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Thêm cán bộ với vị trí đầu tiên', body: NewOfficer },
    },
    async (request, reply) => {
      const { commandId, post, ...officer } = request.body
      const refusal = await refusePost(context, request.actor, post)
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId: post.agencyId, what: 'officer-made', commandId, details: { role: post.role, unitId: post.unitId } },
        async (tx) => {
          const officerId = await createOfficer(tx, officer)
          const postId = await createPost(tx, { ...post, officerId, recordedBy: request.actor.officerId })
          return accept({ officerId, postId })
        },
      )
    },
  )

  http.put(
    '/api/officers/:officerId',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Sửa thông tin cán bộ', params: OfficerId, body: ChangedOfficer },
    },
    async (request, reply) => {
      const { officerId } = request.params
      const { commandId, ...officer } = request.body
      const posts = await postsWithin(context, request.actor, 'officer.manage', officerId)
      const known = await findOfficer(db, officerId)
      if (!posts || !known) return sendNotFound(reply)
      if (!mayGrantAll(request.actor, posts, today(context))) return sendNotPermitted(reply)
      const agencyId =
        posts.find((post) => may(request.actor, 'officer.manage', post))?.agencyId ??
        request.actor.posts[0]?.agencyId ??
        0
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'officer-changed', commandId, details: { officerId } },
        async (tx) => {
          await updateOfficer(tx, { officerId, ...officer })
          return accept({ officerId })
        },
      )
    },
  )

  http.post(
    '/api/officers/:officerId/posts',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Giao vị trí', params: OfficerId, body: NewPost },
    },
    async (request, reply) => {
      const { officerId } = request.params
      const { commandId, ...post } = request.body
      if (!(await mayBeCalledIn(context, request.actor, officerId))) return sendNotFound(reply)
      if (officerId === request.actor.officerId) return sendRefused(context, reply, { code: 'own-post' })
      const refusal = await refusePost(context, request.actor, post)
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId: post.agencyId, what: 'post-given', commandId, details: { officerId, ...post } },
        async (tx) =>
          accept({ postId: await createPost(tx, { ...post, officerId, recordedBy: request.actor.officerId }) }),
      )
    },
  )

  http.post(
    '/api/agencies/:agencyId/posts/:postId/end',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Kết thúc vị trí sau một ngày', params: PostId, body: LastDayOnly },
    },
    async (request, reply) => {
      const { agencyId, postId } = request.params
      const { commandId, lastDay } = request.body
      const post = await findPost(db, postId)
      if (!post || post.agencyId !== agencyId || !may(request.actor, 'officer.manage', { agencyId }))
        return sendNotFound(reply)
      if (!mayGrant(request.actor, post.role, agencyId))
        return sendRefused(context, reply, { code: 'role-not-yours-to-give' })
      if (lastDay < post.validFrom) return sendRefused(context, reply, { code: 'before-it-began' })
      if (
        post.role === 'system-admin' &&
        (await systemAdministratorsOn(db, lastDay, 'after')).every((one) => one.postId === postId)
      )
        return sendRefused(context, reply, { code: 'last-administrator' })
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'post-ended', commandId, details: { officerId: post.officerId, lastDay } },
        async (tx) => {
          await endPost(tx, { agencyId, postId, lastDay })
          return accept({ postId })
        },
      )
    },
  )
}

/**
 * Whoever is, or was, an officer here, or has no post anywhere yet. Others are called in by an administrator who reaches
 * both agencies: a post opens what is known of its holder.
 */
async function mayBeCalledIn(context: IdentityContext, actor: Actor, officerId: number): Promise<boolean> {
  if (!(await findOfficer(context.db, officerId))) return false
  const posts = await postsWithin(context, actor, 'officer.manage', officerId)
  return posts !== undefined || (await listPosts(context.db, officerId)).length === 0
}

async function refusePost(
  context: IdentityContext,
  actor: Actor,
  post: { agencyId: number; unitId: number; role: PostRow['role']; validFrom: string; validTo: string | null },
): Promise<'not-found' | AnyRefusal | undefined> {
  const dated = await refuseDated(context, actor, post.agencyId, post.validFrom, 'officer.manage')
  if (dated) return dated
  if (!mayGrant(actor, post.role, post.agencyId)) return { code: 'role-not-yours-to-give' }
  const unit = (await listUnits(context.db, post.agencyId)).find((one) => one.unitId === post.unitId)
  if (!unit || !isValidOn(unit, post.validFrom)) return { code: 'unit-of-another-agency' }
  return post.validTo !== null && post.validTo < post.validFrom ? { code: 'period-reversed' } : undefined
}

type AccountView = {
  accountId: number
  userName: string
  secondFactor: boolean
  hasPassword: boolean
  disabledWhy: 'idle' | 'administrator' | null
  usedAt: string
}

/** The accounts of officers, for those who may manage or reset some; others see none. */
async function accountsOf(
  context: IdentityContext,
  officerIds: readonly number[],
  actor: Actor,
): Promise<Map<number, AccountView>> {
  if (agenciesFor(actor, 'account.reset').length === 0) return new Map()
  return new Map((await listAccounts(context.db, officerIds)).map(({ officerId, ...account }) => [officerId, account]))
}

function delegationRoutes(http: Http, context: IdentityContext): void {
  const { db } = context

  http.get(
    '/api/delegations',
    {
      config: { permission: 'officer.read' },
      schema: { tags, summary: 'Ủy quyền trong phạm vi của tôi', querystring: InAgency },
    },
    async (request, reply) => {
      const { agencyId } = request.query
      if (agencyId !== undefined && !may(request.actor, 'officer.read', { agencyId })) return sendNotFound(reply)
      const agencies = agencyId === undefined ? scopeOf(request.actor, 'officer.read') : [agencyId]
      const rows = await listDelegations(db, agencies ? { agencies } : {})
      return { delegations: rows.map((row) => ({ ...row, mayEnd: may(request.actor, 'delegation.manage', row) })) }
    },
  )

  http.post(
    '/api/delegations',
    {
      config: { permission: 'delegation.manage' },
      schema: { tags, summary: 'Ủy quyền một vị trí trong một thời gian', body: NewDelegation },
    },
    async (request, reply) => {
      const { commandId, ...delegation } = request.body
      const post = await findPost(db, delegation.postId)
      if (!post || !may(request.actor, 'delegation.manage', post)) return sendNotFound(reply)
      // The other side must be somebody whom the actor may see, so that ids cannot be tried out.
      if (!(await postsWithin(context, request.actor, 'officer.read', delegation.toOfficerId)))
        return sendNotFound(reply)
      const refusal = refuseDelegation(post, delegation)
      if (refusal) return sendRefused(context, reply, refusal)
      const { agencyId } = post
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'delegated', commandId, details: delegation },
        async (tx) =>
          accept({
            delegationId: await createDelegation(tx, { ...delegation, agencyId, recordedBy: request.actor.officerId }),
          }),
      )
    },
  )

  http.post(
    '/api/agencies/:agencyId/delegations/:delegationId/end',
    {
      config: { permission: 'delegation.manage' },
      schema: { tags, summary: 'Chấm dứt ủy quyền sau một ngày', params: DelegationId, body: LastDayOnly },
    },
    async (request, reply) => {
      const { agencyId, delegationId } = request.params
      const { commandId, lastDay } = request.body
      if (!may(request.actor, 'delegation.manage', { agencyId })) return sendNotFound(reply)
      if (!(await listDelegations(db, { agencies: [agencyId] })).some((one) => one.delegationId === delegationId))
        return sendNotFound(reply)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'delegation-ended', commandId, details: { delegationId, lastDay } },
        async (tx) => {
          await endDelegation(tx, { agencyId, delegationId, lastDay })
          return accept({ delegationId })
        },
      )
    },
  )

  http.get(
    '/api/absences',
    {
      config: { permission: 'officer.read' },
      schema: { tags, summary: 'Vắng mặt và người làm thay', querystring: AbsenceQuery },
    },
    async (request, reply) => {
      const { agencyId, from, to } = request.query
      if (agencyId !== undefined && !may(request.actor, 'officer.read', { agencyId })) return sendNotFound(reply)
      if (to < from) return sendRefused(context, reply, { code: 'period-reversed' })
      const agencies = agencyId === undefined ? agenciesFor(request.actor, 'officer.read') : [agencyId]
      return { absences: await listAbsences(db, { agencies, from, to }) }
    },
  )

  http.post(
    '/api/absences',
    {
      config: { permission: 'work.reassign' },
      schema: { tags, summary: 'Ghi vắng mặt và người làm thay', body: NewAbsence },
    },
    async (request, reply) => {
      const { commandId, ...absence } = request.body
      const { agencyId } = absence
      if (!may(request.actor, 'work.reassign', { agencyId })) return sendNotFound(reply)
      for (const officerId of [absence.officerId, absence.substituteId])
        if (officerId !== null && !(await postsWithin(context, request.actor, 'officer.read', officerId)))
          return sendNotFound(reply)
      if (absence.substituteId === absence.officerId)
        return sendRefused(context, reply, { code: 'delegation-to-oneself' })
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'absence-recorded', commandId, details: { officerId: absence.officerId } },
        async (tx) =>
          accept({ absenceId: await recordAbsence(tx, { ...absence, recordedBy: request.actor.officerId }) }),
      )
    },
  )
}
