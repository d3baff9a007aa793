import { linkageOn } from '../catalogue/index.ts'
import type { Actor } from '../identity/index.ts'
import { dayOf, isDay } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { refuse, type Result } from '../platform/result.ts'
import { getAgency, listUnits } from '../staff/index.ts'
import {
  execute,
  type CommandRefusal,
  type DossierContext,
  type Giver,
  type Outcome,
  type Request,
} from './commands.ts'
import type { CommandBody, CommandInput, Details, IntakeBody, RoomCommandInput } from './contract.ts'
import { ownsFiles } from './file-access.ts'
import { checkIntake, checkRecipient, type IntakeRefusal } from './intake.ts'
import { keepNoticeWays } from './notice-choice-store.ts'
import type { PersonRole, Ref } from './rules/events.ts'
import type { DossierCommand } from './rules/lifecycle.ts'
import { sealNote, sealPerson } from './sealing.ts'
import type { NoteRow, PersonRow } from './store.ts'

/** When a thing happened and when it is written down; both are now unless it is recorded later. */
export type Times = { occurredAt: string; recordedAt: string }

/** Takes in a dossier: looks everything up, seals what is personal, and lodges it with the decision of the counter. */
export async function takeIn(
  context: DossierContext,
  giver: Giver,
  body: IntakeBody,
  times: Times = now(context),
  carryOut: typeof execute = execute,
): Promise<Result<Outcome, CommandRefusal | IntakeRefusal>> {
  const day = dayOf(times.occurredAt)
  const checked = await checkIntake(context.db, body, day)
  const elsewhere = body.lodgedAtAgencyId !== undefined && body.lodgedAtAgencyId !== body.agencyId
  if (!checked.ok) {
    const { refusal } = checked
    // At this desk the procedure is known; it is the agency chosen for it that does not do it.
    return elsewhere && refusal.code === 'procedure-not-offered'
      ? refuse({ ...refusal, pointer: '/agencyId' })
      : checked
  }
  if (elsewhere) {
    // NĐ 118/2025/NĐ-CP, Điều 14, sửa đổi bởi NĐ 309/2026/NĐ-CP: thời hạn tính khi cơ quan có thẩm quyền nhận hồ sơ.
    if (!linkageOn(checked.value.version, day)?.boundaryFree)
      return refuse({ code: 'not-boundary-free', pointer: '/agencyId' })
    if (body.decision.type !== 'none') return refuse({ code: 'received-by-competent-agency', pointer: '/decision' })
    const { dossierCode: code } = await getAgency(context.db, body.agencyId, day)
    const units = await listUnits(context.db, body.agencyId, day)
    if (!code || units.length === 0) return refuse({ code: 'agency-unknown', pointer: '/agencyId' })
  }
  const dossierId = newId(Date.parse(times.occurredAt))
  const owner = { agencyId: body.agencyId, dossierId, at: times.recordedAt }
  const persons: PersonRow[] = []
  const notes: NoteRow[] = []
  const refs: Partial<Record<PersonRole, Ref>> = {}
  for (const role of ['applicant', 'submitter', 'owner', 'delegate'] as const) {
    const person = body.persons[role]
    if (!person) continue
    const { row, ref } = sealPerson(context.keys, person, {
      ...owner,
      roles: [role],
      deliveryAddress: role === 'applicant' ? body.deliveryAddress : '',
    })
    persons.push(row)
    refs[role] = ref
  }
  const seal = sealer(notes, owner)
  const { decision } = body
  const then: DossierCommand[] = []
  if (decision.type === 'receive') then.push({ type: 'receive' })
  if (decision.type === 'refuseReceipt') then.push({ type: 'refuseReceipt', details: seal(decision.details) })
  if (decision.type === 'requestSupplement') {
    then.push({ type: 'requestSupplement', details: seal(decision.details), componentKeys: decision.componentKeys })
  }
  const outcome = await carryOut(context, {
    agencyId: body.agencyId,
    dossierId,
    commandId: body.commandId,
    giver,
    ...times,
    work: {
      lodge: {
        procedureCode: body.procedureCode,
        procedureVersionId: checked.value.versionId,
        caseKey: body.caseKey,
        field: checked.value.version.field,
        channel: body.channel,
        receivingPointId: body.receivingPointId,
        ...(elsewhere ? { lodgedAtAgencyId: body.lodgedAtAgencyId } : {}),
        assistedBy: body.assisted ? (giver.actor?.officerId ?? null) : null,
        sets: body.sets,
        persons: refs,
        components: body.components,
        delivery: body.delivery,
        fees: checked.value.fees,
        ...(checked.value.fees.length > 0 ? { counted: { feeUnits: body.feeUnits, exemptions: body.exemptions } } : {}),
        details: body.remark.trim() ? seal({ reason: body.remark.trim() }) : null,
      },
      then,
      applicantName: persons[0]?.content?.name ?? '',
      versionId: checked.value.versionId,
    },
    persons,
    notes,
  })
  if (outcome.ok && body.noticeWays?.length) {
    const officerId = giver.actor?.officerId ?? null
    const choice = { agencyId: body.agencyId, dossierId: outcome.value.dossierId, ways: body.noticeWays, officerId }
    await withScope(context.db, { agencies: [body.agencyId] }, (tx) =>
      keepNoticeWays(tx, { ...choice, at: times.recordedAt }),
    )
  }
  return outcome
}

/** Gives a command to an existing dossier of this agency. */
export async function give(
  context: DossierContext,
  giver: Giver,
  {
    agencyId,
    dossierId,
    body,
    persons = [],
  }: {
    agencyId: number
    dossierId: string
    /** Rows of persons that the command names. */
    persons?: readonly PersonRow[]
    body: Omit<CommandBody, 'version' | 'command'> & {
      version: number | null
      command: CommandInput | RoomCommandInput
    }
  },
  times: Times = now(context),
  carryOut: typeof execute = execute,
): Promise<Result<Outcome, CommandRefusal | IntakeRefusal>> {
  const owner = { agencyId, dossierId, at: times.recordedAt }
  const request: Pick<Request, 'persons' | 'notes'> & { persons: PersonRow[]; notes: NoteRow[] } = {
    persons: [...persons],
    notes: [],
  }
  const { command } = body
  for (const field of ['newDay', 'answerBy', 'signedOn', 'payBy'] as const) {
    const day: unknown = field in command ? Reflect.get(command, field) : null
    if (typeof day === 'string' && !isDay(day))
      return refuse({ code: 'day-impossible', field: `/command/${field}`, pointer: `/command/${field}` })
  }
  if (!(await ownsFiles(context, { agencyId, dossierId, command })))
    return refuse({ code: 'file-unknown', pointer: '/command' })
  let recipient: Ref | null = null
  if (command.type === 'returnResult' && command.recipient) {
    const refusal = checkRecipient(command.recipient, dayOf(times.occurredAt))
    if (refusal) return refuse({ ...refusal, pointer: `/command/recipient${refusal.field}` })
    const sealed = sealPerson(context.keys, command.recipient, { ...owner, roles: ['recipient'], deliveryAddress: '' })
    request.persons.push(sealed.row)
    recipient = sealed.ref
  }
  return carryOut(context, {
    ...owner,
    commandId: body.commandId,
    giver,
    ...times,
    work: {
      command: toCommand(command, { seal: sealer(request.notes, owner), recipient, actor: giver.actor }),
      expectedVersion: body.version,
    },
    ...request,
  })
}

export const now = (context: Pick<DossierContext, 'clock'>): Times => {
  const moment = context.clock()
  return { occurredAt: moment, recordedAt: moment }
}

type Seal = (details: Details) => Ref

const sealer =
  (notes: NoteRow[], owner: { agencyId: number; dossierId: string; at: string }): Seal =>
  (details) => {
    const { row, ref } = sealNote(details, owner)
    notes.push(row)
    return ref
  }

/** The command as the rules take it: free text and persons replaced by references. */
function toCommand(
  input: CommandInput | RoomCommandInput,
  { seal, recipient, actor }: { seal: Seal; recipient: Ref | null; actor: Actor | null },
): DossierCommand {
  switch (input.type) {
    case 'askOpinion':
      return { ...input, opinionId: newId(), details: seal(input.details) }
    case 'returnResult':
      return { ...input, recipient, details: input.details ? seal(input.details) : null }
    case 'completeStep':
    case 'signResult':
      return { ...input, details: input.details ? seal(input.details) : null }
    case 'assign':
      return { ...input, reason: input.officerId === actor?.officerId ? 'taken' : 'assigned' }
    case 'refuseReceipt':
    case 'withdraw':
    case 'stop':
    case 'requestCorrection':
      return { type: input.type, details: seal(input.details) }
    case 'requestSupplement':
    case 'amend':
      return { ...input, details: seal(input.details) }
    case 'sendBack':
      return { ...input, details: seal(input.details) }
    case 'answerOpinion':
      return { ...input, details: seal(input.details) }
    case 'requirePayment':
      return { ...input, details: seal(input.details) }
    case 'refundFee':
    case 'reverseFee':
    case 'waiveFee':
      return { ...input, details: seal(input.details) }
    case 'extend':
    case 'apologise':
      return { ...input, details: seal(input.details) }
    case 'receive':
    case 'forward':
    case 'acceptSupplement':
    case 'confirmPayment':
    case 'collectFee':
    case 'recountFees':
    case 'recordComponents':
    case 'closeUnsupplemented':
    case 'issueCorrection':
      return input
  }
}
