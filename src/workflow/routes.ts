import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import {
  channelsOf,
  getVersion,
  listVersions,
  versionOn,
  type CatalogueTables,
  type ProcedureVersion,
} from '../catalogue/index.ts'
import { may } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { dayOf, type Day } from '../platform/day.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { authorityName, findAgencies, listAgencies, type StaffTables } from '../staff/index.ts'
import { Process, ProcessFindingWords, ProcessPartner, ProcessSummary, ProcessView } from './contract.ts'
import { defaultProcess, judgeProcess, shortestLimit } from './rules/default-process.ts'
import { allSteps, processMinutes, type ProcessFinding } from './rules/process.ts'
import {
  endProcess,
  findProcess,
  listProcesses,
  saveProcess,
  type StoredProcess,
  type WorkflowRefusal,
  type WorkflowTables,
} from './store.ts'
import { vi } from './text.vi.ts'

const tags = ['workflow']
const DayText = Type.String({ format: 'date' })
const AgencyParam = Type.Object({ agencyId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })
const ProcessParam = Type.Object({
  ...AgencyParam.properties,
  processId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
})
const CaseKey = Type.Union([Type.String({ maxLength: 60 }), Type.Null()])
type Tables = WorkflowTables & CatalogueTables & StaffTables

/** What kind of agency a relation means. */
const kinds = {
  police: 'police',
  'province-department': 'department',
  'other-commune': 'commune',
  district: 'district',
} as const

export function workflowRoutes(http: Http, context: Context<Tables>): void {
  readProcesses(http, context)
  changeProcesses(http, context)
}

function readProcesses(http: Http, context: Context<Tables>): void {
  const { db, clock } = context
  const config = { permission: 'process.read' }

  http.get(
    '/api/agencies/:agencyId/processes',
    {
      config,
      schema: {
        tags,
        summary: 'Quy trình nội bộ riêng của cơ quan, theo thủ tục',
        params: AgencyParam,
        querystring: Type.Object({ code: Type.Optional(Type.String({ maxLength: 40 })) }),
        response: { 200: Type.Array(ProcessSummary) },
      },
    },
    async ({ actor, params: { agencyId }, query }, reply) => {
      if (!may(actor, 'process.read', { agencyId })) return sendNotFound(reply)
      return (await listProcesses(db, agencyId, query.code)).map(({ process, ...stored }) => ({
        ...stored,
        steps: allSteps(process).length,
        minutes: processMinutes(process),
      }))
    },
  )

  http.get(
    '/api/agencies/:agencyId/procedures/:code/process',
    {
      config,
      schema: {
        tags,
        summary: 'Quy trình đang áp dụng cho thủ tục: của cơ quan, hoặc suy ra từ thủ tục',
        params: Type.Object({ ...AgencyParam.properties, code: Type.String({ maxLength: 40 }) }),
        querystring: Type.Object({
          caseKey: Type.Optional(Type.String({ maxLength: 60 })),
          day: Type.Optional(DayText),
          /** The foreseen process even where the agency has its own: to begin anew. */
          foreseen: Type.Optional(Type.Boolean()),
        }),
        response: { 200: ProcessView },
      },
    },
    async ({ actor, params: { agencyId, code }, query }, reply) => {
      if (!may(actor, 'process.read', { agencyId })) return sendNotFound(reply)
      const day = query.day ?? dayOf(clock())
      const version = await versionInView(code, day)
      if (!version) return sendNotFound(reply)
      const caseKey = query.caseKey ?? null
      const stored = query.foreseen ? undefined : await ownOn({ agencyId, code, caseKey, day })
      return withPartners(context, viewOf(version, caseKey, stored))
    },
  )

  http.get(
    '/api/agencies/:agencyId/processes/:processId',
    { config, schema: { tags, summary: 'Một quy trình', params: ProcessParam, response: { 200: ProcessView } } },
    async ({ actor, params: { agencyId, processId } }, reply) => {
      if (!may(actor, 'process.read', { agencyId })) return sendNotFound(reply)
      const stored = await findProcess(db, agencyId, processId)
      const version = stored && (await versionInView(stored.code, stored.validFrom))
      return version ? withPartners(context, viewOf(version, stored.caseKey, stored)) : sendNotFound(reply)
    },
  )

  /** The version of the day, or the newest when none holds then. */
  async function versionInView(code: string, day: Day): Promise<ProcedureVersion | undefined> {
    const onDay = await versionOn(db, code, day)
    if (onDay) return onDay.version
    const newest = (await listVersions(db, code))[0]
    return newest && (await getVersion(db, newest.versionId)).version
  }

  async function ownOn({
    agencyId,
    code,
    caseKey,
    day,
  }: {
    agencyId: number
    code: string
    caseKey: string | null
    day: Day
  }) {
    const inForce = (await listProcesses(db, agencyId, code)).filter(
      ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo),
    )
    return inForce.find((each) => each.caseKey === caseKey) ?? inForce.find((each) => each.caseKey === null)
  }
}

function changeProcesses(http: Http, context: Context<Tables>): void {
  const { db, clock } = context
  const config = { permission: 'process.manage' }

  http.get(
    '/api/process-partners',
    {
      config,
      schema: {
        tags,
        summary: 'Cơ quan khác mà một bước có thể chuyển đến',
        querystring: Type.Object({
          relation: Type.Union([
            Type.Literal('police'),
            Type.Literal('province-department'),
            Type.Literal('other-commune'),
            Type.Literal('district'),
          ]),
          q: Type.Optional(Type.String({ maxLength: 200 })),
        }),
        response: { 200: Type.Array(ProcessPartner) },
      },
    },
    async ({ query: { relation, q } }) => {
      const found = await findAgencies(db, { day: dayOf(clock()), kinds: [kinds[relation]], query: q, limit: 20 })
      return found.map((agency) => ({ agencyId: agency.agencyId, name: authorityName(agency) }))
    },
  )

  http.post(
    '/api/agencies/:agencyId/procedures/:code/process/check',
    {
      config,
      schema: {
        tags,
        summary: 'Kiểm tra quy trình trước khi lưu',
        params: Type.Object({ ...AgencyParam.properties, code: Type.String({ maxLength: 40 }) }),
        body: Type.Object(
          { caseKey: CaseKey, validFrom: DayText, process: Type.Unknown() },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ findings: Type.Array(ProcessFindingWords) }) },
      },
    },
    async ({ actor, params: { agencyId, code }, body }, reply) => {
      const stored = may(actor, 'process.manage', { agencyId }) ? await versionOn(db, code, body.validFrom) : undefined
      if (!stored) return sendNotFound(reply)
      if (!Value.Check(Process, body.process)) return sendRefusal(reply, { code: 'process-malformed', pointer: '' })
      return { findings: judgeProcess(stored.version, body.caseKey, body.process).map(inWords) }
    },
  )

  http.post(
    '/api/agencies/:agencyId/procedures/:code/process',
    {
      config,
      schema: {
        tags,
        summary: 'Áp dụng một quy trình từ một ngày; quy trình trước kết thúc vào ngày liền trước',
        params: Type.Object({ ...AgencyParam.properties, code: Type.String({ maxLength: 40 }) }),
        body: Type.Object(
          {
            commandId: Type.Optional(Type.String({ maxLength: 60 })),
            caseKey: CaseKey,
            validFrom: DayText,
            process: Process,
          },
          { additionalProperties: false },
        ),
        response: { 201: ProcessView },
      },
    },
    async ({ actor, params: { agencyId, code }, body }, reply) => {
      const stored = may(actor, 'process.manage', { agencyId }) ? await versionOn(db, code, body.validFrom) : undefined
      if (!stored) return sendNotFound(reply)
      const { caseKey, validFrom, process } = body
      if (!(await partnersExist(context, process)))
        return sendProblem(reply, 422, { code: 'unknown-partner', detail: vi.unknownPartner })
      const result = await saveProcess(db, {
        agencyId,
        version: stored.version,
        caseKey,
        validFrom,
        process,
        by: actor.officerId,
      })
      if (!result.ok) return sendRefusal(reply, result.refusal)
      return reply.code(201).send(await withPartners(context, viewOf(stored.version, body.caseKey, result.value)))
    },
  )

  http.post(
    '/api/agencies/:agencyId/processes/:processId/end',
    {
      config,
      schema: {
        tags,
        summary: 'Thôi áp dụng quy trình riêng sau một ngày',
        params: ProcessParam,
        body: Type.Object(
          { commandId: Type.Optional(Type.String({ maxLength: 60 })), lastDay: DayText },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ validTo: Type.Union([Type.String(), Type.Null()]) }) },
      },
    },
    async ({ actor, params: { agencyId, processId }, body }, reply) => {
      if (!may(actor, 'process.manage', { agencyId })) return sendNotFound(reply)
      const ended = await endProcess(db, { agencyId, processId, lastDay: body.lastDay })
      return ended ? { validTo: ended.validTo } : sendNotFound(reply)
    },
  )
}

const partnerIds = (process: Process): number[] => [
  ...new Set(allSteps(process).flatMap(({ agency }) => (agency === 'own' ? [] : (agency.agencyId ?? [])))),
]

async function partnersExist({ db, clock }: Context<Tables>, process: Process): Promise<boolean> {
  const ids = partnerIds(process)
  return ids.length === 0 || (await listAgencies(db, ids, dayOf(clock()))).length === ids.length
}

/** With the names of the authorities that the steps mention. */
async function withPartners({ db, clock }: Context<Tables>, view: Omit<ProcessView, 'partners'>): Promise<ProcessView> {
  const ids = partnerIds(view.process)
  const agencies = ids.length > 0 ? await listAgencies(db, ids, dayOf(clock())) : []
  return { ...view, partners: agencies.map((agency) => ({ agencyId: agency.agencyId, name: authorityName(agency) })) }
}

function viewOf(
  version: ProcedureVersion,
  caseKey: string | null,
  stored: StoredProcess | undefined,
): Omit<ProcessView, 'partners'> {
  const process = stored?.process ?? foreseen(version, caseKey)
  return {
    processId: stored?.processId ?? null,
    code: version.code,
    shortName: version.shortName,
    caseKey: stored ? stored.caseKey : caseKey,
    validFrom: stored?.validFrom ?? null,
    validTo: stored?.validTo ?? null,
    process,
    hasResult: version.hasResult,
    limit: [...(shortestLimit(version, stored ? stored.caseKey : caseKey) ?? [])],
    cases: version.cases.map(({ key, name }) => ({ key, name })),
    findings: judgeProcess(version, stored ? stored.caseKey : caseKey, process).map(inWords),
  }
}

/** The foreseen process with the shortest time limit among the cases and channels, which one's own has to keep too. */
function foreseen(version: ProcedureVersion, caseKey: string | null): Process {
  const keys = version.cases.map(({ key }) => key).filter((key) => caseKey === null || key === caseKey)
  const all = keys.flatMap((key) => channelsOf(version, key).map((channel) => defaultProcess(version, key, channel)))
  const shortest = all.toSorted((one, other) => processMinutes(one) - processMinutes(other))[0]
  return shortest ?? defaultProcess(version, caseKey ?? '', 'counter')
}

const inWords = ({ pointer, code, severity, about }: ProcessFinding): ProcessFindingWords => ({
  pointer,
  code,
  severity,
  words: vi.findings[code](about),
})

function sendRefusal(reply: FastifyReply, refusal: WorkflowRefusal): FastifyReply {
  if (refusal.code === 'process-not-valid') {
    const findings = refusal.findings.map(inWords)
    const errors = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ pointer, words }) => ({ pointer, detail: words }))
    return sendProblem(reply, 422, { code: refusal.code, detail: vi.refusals[refusal.code]({}), findings, errors })
  }
  return sendProblem(reply, refusal.code === 'later-process-exists' ? 409 : 422, {
    ...refusal,
    detail: vi.refusals[refusal.code](refusal),
  })
}
