import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { mayEverywhere } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { findCommandReply, listOfficerNames, noteCommand } from '../../staff/index.ts'
import type { FormContext } from './context.ts'
import { FormDefinition, FormEntry, type FormDefinition as Definition } from './contract.ts'
import { formsOn, getForms, listFormVersions, publishForm } from './form-store.ts'
import { findFaults, levels, measures } from './rules/definition.ts'
import { evaluateForm } from './rules/evaluate.ts'
import { vi } from './text.vi.ts'

const tags = ['report-forms']
const FormParams = Type.Object({ form: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }) })
const VersionQuery = Type.Object(
  { version: Type.Optional(Type.Integer({ minimum: 1 })) },
  { additionalProperties: false },
)

/** The forms themselves, for an administrator; every change is a new version. Reports carry the forms that they fill in. */
export function definitionRoutes(http: Http, context: FormContext): void {
  const { db, clock } = context

  http.get(
    '/api/report-forms',
    { config: { permission: 'report-form.manage' }, schema: { tags, summary: 'Các biểu mẫu thống kê' } },
    async ({ actor }) => ({
      forms: (await formsOn(db, dayOf(clock()))).map(
        ({ form, version, number, title, validFrom, validTo, legalBasis, rows, checks, layout }) => {
          return {
            form,
            version,
            number,
            title,
            validFrom,
            validTo,
            legalBasis,
            layout,
            rows: rows.length,
            checks: checks.length,
          }
        },
      ),
      mayManage: mayEverywhere(actor, 'report-form.manage'),
    }),
  )

  http.get(
    '/api/report-forms/:form',
    {
      config: { permission: 'report-form.manage' },
      schema: { tags, summary: 'Một biểu mẫu với các phiên bản', params: FormParams, querystring: VersionQuery },
    },
    async ({ actor, params: { form }, query }, reply) => {
      const versions = await listFormVersions(db, form)
      const version = query.version ?? versions[0]?.version
      if (version === undefined || !versions.some((each) => each.version === version)) return sendNotFound(reply)
      const names = await listOfficerNames(
        db,
        versions.flatMap(({ changedBy }) => (changedBy === null ? [] : [changedBy])),
      )
      return {
        definition: (await getForms(db, [{ form, version }]))[0],
        versions: versions.map(({ changedBy, ...each }) => ({
          ...each,
          changedBy: changedBy === null ? null : (names.get(changedBy) ?? null),
        })),
        measures,
        levels,
        mayManage: mayEverywhere(actor, 'report-form.manage'),
      }
    },
  )

  http.post(
    '/api/report-forms/:form/preview',
    {
      config: { permission: 'report-form.manage' },
      schema: {
        tags,
        summary: 'Xem trước và kiểm tra một biểu mẫu trước khi lưu',
        params: FormParams,
        body: FormEntry,
      },
    },
    async ({ params: { form }, body: { definition } }) => {
      const read = await judge(form, definition)
      if (!read.ok) return { faults: read.refusal, preview: null }
      // An empty form shows how it is printed and what it asks for.
      const cells = evaluateForm(read.value, { level: 'commune', records: new Map(), entered: new Map() })
      return { faults: [], preview: { definition: read.value, cells, lines: [] } }
    },
  )

  http.post(
    '/api/report-forms/:form',
    {
      config: { permission: 'report-form.manage' },
      schema: { tags, summary: 'Lưu phiên bản mới của một biểu mẫu', params: FormParams, body: FormEntry },
    },
    async ({ actor, params: { form }, body: { definition, reason = '', commandId } }, reply) => {
      if (!mayEverywhere(actor, 'report-form.manage')) return sendNotFound(reply)
      const read = await judge(form, definition)
      if (!read.ok)
        return sendProblem(reply, 422, {
          code: 'form-not-valid',
          detail: vi.refusals['form-not-valid'](),
          errors: read.refusal.map(({ pointer, words }) => ({ pointer: `/definition${pointer}`, detail: words })),
        })
      const version = await db.transaction().execute(async (tx) => {
        const known = commandId === undefined ? undefined : await findCommandReply<{ version: number }>(tx, commandId)
        if (known) return known.reply.version
        const made = await publishForm(tx, { definition: read.value, reason, by: actor.officerId, at: clock() })
        if (commandId !== undefined) await noteCommand(tx, commandId, { version: made })
        return made
      })
      return reply.code(201).send({ version })
    },
  )

  type Fault = { pointer: string; code: string; words: string }

  /** Shape first, sense after: what the schema cannot say is said by the rules. */
  async function judge(form: string, given: unknown): Promise<Result<Definition, Fault[]>> {
    if (!Value.Check(FormDefinition, given)) {
      const faults = [...Value.Errors(FormDefinition, given)].slice(0, 20).map(({ instancePath, message }) => ({
        pointer: instancePath,
        code: 'shape',
        words: `${instancePath || '/'}: ${message}`,
      }))
      return refuse(faults)
    }
    const definition = { ...given, form }
    const others = await formsOn(db, definition.validFrom)
    const rows = new Map(
      others.map((other) => [
        other.form,
        new Set([...other.rows.map(({ code }) => code), ...(other.layout === 'matrix' ? ['total', 'apart'] : [])]),
      ]),
    )
    const faults = findFaults(definition, rows).map(({ pointer, code, about }) => {
      return { pointer, code, words: vi.faults[code](about) }
    })
    return faults.length === 0 ? accept(definition) : refuse(faults)
  }
}
