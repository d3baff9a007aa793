import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { may, mayEverywhere } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { dayOf, isDay } from '../platform/day.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { findAgency, type StaffTables } from '../staff/index.ts'
import { checkVersion } from './check.ts'
import {
  FeeAnswer,
  FeeQuestion,
  Field,
  FindingWords,
  ImportAnswer,
  ProcedureList,
  ProcedureVersion,
  StoredVersion,
  VersionSummary,
} from './contract.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { exportCatalogue, importCatalogue, type ImportRefusal } from './import.ts'
import { feeSetters, feesFor } from './rules/fees.ts'
import type { Finding } from './rules/findings.ts'
import { listFields, saveFields } from './field-store.ts'
import { feeAmountsOn, offeredOn, offerProcedures, setFeeAmount, setFeesOn, stopOffering } from './offering-store.ts'
import { searchProcedures } from './search-store.ts'
import type { CatalogueTables } from './tables.ts'
import {
  closeVersion,
  exportVersions,
  findVersion,
  listVersions,
  publishVersion,
  versionOn,
  type CatalogueRefusal,
} from './version-store.ts'
import { vi } from './text.vi.ts'

const tags = ['catalogue']
const Code = Type.Object({ code: Type.String({ maxLength: 40 }) })
const DayText = Type.String({ format: 'date' })
const OnDay = Type.Object({ day: Type.Optional(DayText) })
const Codes = Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 3000 })
const AgencyParam = Type.Object({ agencyId: Type.Integer({ minimum: 1 }) })
/** Sent along by the officers' web; these changes happen once by their nature. */
const CommandId = { commandId: Type.Optional(Type.String({ maxLength: 60 })) }
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function catalogueRoutes(http: Http, context: Context<CatalogueTables & StaffTables>): void {
  readProcedures(http, context)
  changeProcedures(http, context)
  exchangeProcedures(http, context)
  offerings(http, context)
}

/** The published parts: NĐ 63/2010/NĐ-CP, Điều 8 makes them public. */
function readProcedures(http: Http, { db, clock }: Context<CatalogueTables>): void {
  const config = { permission: 'public' }
  const today = (asked?: string) => asked ?? dayOf(clock())

  http.get(
    '/api/procedures',
    {
      config,
      schema: {
        tags,
        summary: 'Tìm thủ tục theo từ, lĩnh vực, cơ quan; không phân biệt dấu và thứ tự từ',
        querystring: Type.Object({
          q: Type.Optional(Type.String({ maxLength: 200 })),
          field: Type.Optional(Type.String({ maxLength: 60 })),
          agencyId: Type.Optional(Type.Integer({ minimum: 1 })),
          day: Type.Optional(DayText),
          cursor: Type.Optional(Type.String({ maxLength: 1000 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
        }),
        response: { 200: ProcedureList },
      },
    },
    async ({ query }, reply) => {
      const { q: words, field, agencyId, limit } = query
      const after = query.cursor ? readCursor(query.cursor) : undefined
      if (query.cursor && !after)
        return sendProblem(reply, 400, { code: 'bad-cursor', detail: 'Dấu trang không hợp lệ. Hãy tìm lại từ đầu.' })
      const page = await searchProcedures(db, {
        day: today(query.day),
        ...(words === undefined ? {} : { words }),
        ...(field === undefined ? {} : { field }),
        ...(agencyId === undefined ? {} : { agencyIds: [agencyId] }),
        ...(limit === undefined ? {} : { limit }),
        ...(after ? { after } : {}),
      })
      return { ...page, next: page.next ? writeCursor(page.next) : null }
    },
  )

  http.get(
    '/api/procedures/:code',
    {
      config,
      schema: {
        tags,
        summary: 'Phiên bản của thủ tục có hiệu lực vào một ngày',
        params: Code,
        querystring: OnDay,
        response: { 200: StoredVersion },
      },
    },
    async ({ params, query }, reply) => (await versionOn(db, params.code, today(query.day))) ?? sendNotFound(reply),
  )

  http.get(
    '/api/procedures/:code/versions',
    {
      config,
      schema: {
        tags,
        summary: 'Mọi phiên bản của thủ tục, mới nhất trước',
        params: Code,
        response: { 200: Type.Array(VersionSummary) },
      },
    },
    async ({ params }, reply) => {
      const versions = await listVersions(db, params.code)
      return versions.length > 0 ? versions : sendNotFound(reply)
    },
  )

  http.get(
    '/api/procedure-versions/:versionId',
    {
      config,
      schema: {
        tags,
        summary: 'Một phiên bản của thủ tục',
        params: Type.Object({ versionId: Type.Integer({ minimum: 1 }) }),
        response: { 200: StoredVersion },
      },
    },
    async ({ params }, reply) =>
      (params.versionId > 2_147_483_647 ? undefined : await findVersion(db, params.versionId)) ?? sendNotFound(reply),
  )

  http.get(
    '/api/procedure-fields',
    { config, schema: { tags, summary: 'Các lĩnh vực', response: { 200: Type.Array(Field) } } },
    () => listFields(db),
  )

  http.post(
    '/api/procedures/:code/fees',
    {
      config,
      schema: {
        tags,
        summary: 'Tính phí, lệ phí của một trường hợp',
        params: Code,
        body: FeeQuestion,
        response: { 200: FeeAnswer },
      },
    },
    async ({ params: { code }, body }, reply) => {
      const { caseKey, channel, agencyId, units = {}, exemptionKeys = [] } = body
      const day = today(body.day)
      if (!isDay(day)) return sendNotFound(reply)
      const stored = await versionOn(db, code, day)
      if (!stored) return sendNotFound(reply)
      const amounts = agencyId === undefined ? {} : await feeAmountsOn(db, { agencyIds: [agencyId], code, day })
      return feesFor(stored.version, caseKey, channel, { units, exemptionKeys, amounts })
    },
  )
}

/** The catalogue is one for the whole installation, so changing it takes the right everywhere. */
function changeProcedures(http: Http, { db }: Context<CatalogueTables>): void {
  const config = { permission: 'procedure.manage' }

  http.get(
    '/api/procedure-rights',
    {
      config: { permission: 'procedure.read' },
      schema: {
        tags,
        summary: 'Người hỏi có được công bố thủ tục hay không',
        response: { 200: Type.Object({ mayPublish: Type.Boolean() }) },
      },
    },
    async ({ actor }) => ({ mayPublish: mayEverywhere(actor, 'procedure.manage') }),
  )

  http.post(
    '/api/procedures/check',
    {
      config,
      schema: {
        tags,
        summary: 'Kiểm tra một phiên bản trước khi công bố',
        body: Type.Unknown(),
        response: { 200: Type.Object({ findings: Type.Array(FindingWords) }) },
      },
    },
    async ({ body }) => {
      const fields = await listFields(db)
      return { findings: checkVersion(body, { fields: fields.map(({ key }) => key) }).findings.map(inWords) }
    },
  )

  http.post(
    '/api/procedures',
    {
      config,
      schema: {
        tags,
        summary: 'Công bố một phiên bản; phiên bản trước hết hiệu lực vào ngày liền trước',
        body: Type.Object(
          {
            ...CommandId,
            version: Type.Unknown({ description: 'ProcedureVersion' }),
            mayLeaveGap: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
        response: {
          201: Type.Object({ versionId: Type.Integer(), outcome: Type.String(), warnings: Type.Array(FindingWords) }),
        },
      },
    },
    async ({ actor, body }, reply) => {
      if (!mayEverywhere(actor, 'procedure.manage')) return sendNotFound(reply)
      const result = await publishVersion(db, body.version, {
        by: actor.officerId,
        mayLeaveGap: body.mayLeaveGap ?? false,
      })
      if (!result.ok) return sendRefusal(reply, result.refusal)
      return reply.code(201).send({ ...result.value, warnings: result.value.warnings.map(inWords) })
    },
  )

  http.post(
    '/api/procedures/:code/close',
    {
      config,
      schema: {
        tags,
        summary: 'Kết thúc hiệu lực của thủ tục (bãi bỏ)',
        params: Code,
        body: Type.Object({ ...CommandId, lastDay: DayText }, { additionalProperties: false }),
        response: { 200: Type.Object({ versionId: Type.Integer() }) },
      },
    },
    async ({ actor, params, body }, reply) => {
      if (!mayEverywhere(actor, 'procedure.manage')) return sendNotFound(reply)
      const result = await closeVersion(db, { code: params.code, lastDay: body.lastDay, by: actor.officerId })
      return result.ok ? result.value : sendRefusal(reply, result.refusal)
    },
  )

  http.put(
    '/api/procedure-fields/:key',
    {
      config,
      schema: {
        tags,
        summary: 'Thêm hoặc đổi tên một lĩnh vực',
        params: Type.Object({ key: Field.properties.key }),
        body: Type.Object(
          { ...CommandId, name: Field.properties.name, nameEn: Field.properties.nameEn, order: Field.properties.order },
          { additionalProperties: false },
        ),
        response: { 200: Field },
      },
    },
    async ({ actor, params, body }, reply) => {
      if (!mayEverywhere(actor, 'procedure.manage')) return sendNotFound(reply)
      const { name, nameEn, order } = body
      const field = { key: params.key, name, nameEn, order }
      await saveFields(db, [field])
      return field
    },
  )
}

function exchangeProcedures(http: Http, { db, clock }: Context<CatalogueTables>): void {
  http.post(
    '/api/procedures/import',
    {
      config: { permission: 'procedure.manage' },
      schema: {
        tags,
        summary: 'Nhập danh mục từ tệp Excel hoặc JSON; báo cáo từng dòng',
        consumes: ['multipart/form-data'],
        querystring: Type.Object({ dryRun: Type.Optional(Type.Boolean()), mayLeaveGap: Type.Optional(Type.Boolean()) }),
        response: { 200: ImportAnswer },
      },
    },
    async (request, reply) => {
      const { actor, query } = request
      if (!mayEverywhere(actor, 'procedure.manage')) return sendNotFound(reply)
      const file = request.isMultipart() ? await request.file() : undefined
      if (!file)
        return sendProblem(reply, 400, {
          code: 'file-missing',
          detail: 'Chưa có tệp nào được gửi lên. Hãy chọn tệp Excel hoặc JSON.',
        })
      const result = await importCatalogue(db, await file.toBuffer(), { ...query, by: actor.officerId })
      return result.ok ? result.value : sendImportRefusal(reply, result.refusal)
    },
  )

  http.get(
    '/api/procedures/export.xlsx',
    {
      config: { permission: 'procedure.read' },
      schema: {
        tags,
        summary: 'Danh mục có hiệu lực vào một ngày, dưới dạng bảng tính',
        produces: [XLSX],
        querystring: OnDay,
      },
    },
    async ({ query }, reply) => {
      const day = query.day ?? dayOf(clock())
      const bytes = await exportCatalogue(await exportVersions(db, { day }), await listFields(db))
      return reply
        .type(XLSX)
        .header('content-disposition', `attachment; filename="danh-muc-thu-tuc-${day}.xlsx"`)
        .send(bytes)
    },
  )

  http.get(
    '/api/procedures/export.json',
    {
      config: { permission: 'procedure.read' },
      schema: {
        tags,
        summary: 'Danh mục có hiệu lực vào một ngày, dưới dạng JSON',
        querystring: OnDay,
        response: { 200: Type.Object({ fields: Type.Array(Field), versions: Type.Array(ProcedureVersion) }) },
      },
    },
    async ({ query }) => ({
      fields: await listFields(db),
      versions: await exportVersions(db, { day: query.day ?? dayOf(clock()) }),
    }),
  )

  http.get(
    '/api/procedures/template.xlsx',
    {
      config: { permission: 'procedure.read' },
      schema: { tags, summary: 'Bảng tính mẫu để nhập danh mục', produces: [XLSX] },
    },
    async (_request, reply) =>
      reply
        .type(XLSX)
        .header('content-disposition', 'attachment; filename="mau-danh-muc-thu-tuc.xlsx"')
        .send(await exportCatalogue([], await listFields(db))),
  )
}

function offerings(http: Http, { db, clock }: Context<CatalogueTables & StaffTables>): void {
  const Changed = Type.Object({ changed: Type.Integer() })

  http.get(
    '/api/agencies/:agencyId/procedures',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        summary: 'Mã các thủ tục mà cơ quan tiếp nhận vào một ngày',
        params: AgencyParam,
        querystring: OnDay,
        response: { 200: Type.Array(Type.String()) },
      },
    },
    ({ params, query }) => offeredOn(db, params.agencyId, query.day ?? dayOf(clock())),
  )

  http.post(
    '/api/agencies/:agencyId/procedures',
    {
      config: { permission: 'procedure.manage' },
      schema: {
        tags,
        summary: 'Cơ quan bắt đầu tiếp nhận các thủ tục',
        params: AgencyParam,
        body: Type.Object({ ...CommandId, codes: Codes, validFrom: DayText }, { additionalProperties: false }),
        response: { 200: Changed },
      },
    },
    async ({ actor, params: { agencyId }, body: { commandId: _, ...body } }, reply) => {
      if (!may(actor, 'procedure.manage', { agencyId })) return sendNotFound(reply)
      return { changed: await offerProcedures(db, { agencyId, ...body, by: actor.officerId }) }
    },
  )

  http.post(
    '/api/agencies/:agencyId/procedures/end',
    {
      config: { permission: 'procedure.manage' },
      schema: {
        tags,
        summary: 'Cơ quan thôi tiếp nhận các thủ tục sau một ngày',
        params: AgencyParam,
        body: Type.Object({ ...CommandId, codes: Codes, lastDay: DayText }, { additionalProperties: false }),
        response: { 200: Changed },
      },
    },
    async ({ actor, params: { agencyId }, body: { commandId: _, ...body } }, reply) => {
      if (!may(actor, 'procedure.manage', { agencyId })) return sendNotFound(reply)
      return { changed: await stopOffering(db, { agencyId, ...body, by: actor.officerId }) }
    },
  )

  http.get(
    '/api/agencies/:agencyId/procedures/:code/fee-amounts',
    {
      config: { permission: 'procedure.read' },
      schema: {
        tags,
        summary: 'Mức thu đang áp dụng tại cơ quan, do cơ quan hoặc tỉnh nhập',
        params: Type.Intersect([AgencyParam, Code]),
        response: {
          200: Type.Record(
            Type.String(),
            Type.Object({ amount: Type.Integer(), basis: Type.String(), validFrom: DayText }),
          ),
        },
      },
    },
    async ({ actor, params: { agencyId, code } }, reply) => {
      if (!may(actor, 'procedure.read', { agencyId })) return sendNotFound(reply)
      const day = dayOf(clock())
      const parentId = (await findAgency(db, agencyId, day))?.parentId ?? null
      return setFeesOn(db, { agencyIds: feeSetters({ agencyId, parentId }), code, day })
    },
  )

  http.post(
    '/api/agencies/:agencyId/procedures/:code/fee-amounts',
    {
      config: { permission: 'procedure.manage' },
      schema: {
        tags,
        summary: 'Đặt mức thu do tỉnh quy định hoặc áp dụng tại cơ quan',
        params: Type.Intersect([AgencyParam, Code]),
        body: Type.Object(
          {
            ...CommandId,
            feeKey: Type.String({ maxLength: 600 }),
            validFrom: DayText,
            amount: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
            basis: Type.String({ minLength: 1, maxLength: 1000 }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ amount: Type.Integer() }) },
      },
    },
    async ({ actor, params: { agencyId, code }, body: { commandId: _, ...body } }, reply) => {
      if (!may(actor, 'procedure.manage', { agencyId }) || (await listVersions(db, code)).length === 0)
        return sendNotFound(reply)
      const result = await setFeeAmount(db, { agencyId, code, ...body, by: actor.officerId })
      return result.ok ? { amount: body.amount } : sendRefusal(reply, result.refusal)
    },
  )
}

const inWords = ({ pointer, code, severity, about }: Finding): FindingWords => ({
  pointer,
  code,
  severity,
  about,
  words: vi.findings[code](about),
})

function sendRefusal(reply: FastifyReply, refusal: CatalogueRefusal): FastifyReply {
  const detail = vi.refusals[refusal.code](refusal)
  if (refusal.code === 'unknown-procedure') return sendNotFound(reply)
  if (refusal.code !== 'not-valid') return sendProblem(reply, 409, { ...refusal, detail })
  const findings = refusal.findings.map(inWords)
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ pointer, words }) => ({ pointer, detail: words }))
  return sendProblem(reply, 422, { code: refusal.code, detail, findings, errors })
}

const sendImportRefusal = (reply: FastifyReply, refusal: ImportRefusal): FastifyReply =>
  sendProblem(reply, refusal.code === 'too-large' ? 413 : 422, {
    ...refusal,
    detail: vi.refusals[refusal.code](refusal),
  })
