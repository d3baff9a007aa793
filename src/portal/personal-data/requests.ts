import { addWorkingDays, loadCalendar } from '../../calendar/index.ts'
import { cleanIdentityNumber, eraseByNumber, findForErasure, type DossierContext } from '../../dossiers/index.ts'
import { listFiles } from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import { addDays, addMinutes, dayOf, writeDay, type Day, type Instant } from '../../platform/day.ts'
import { withScope, type Db } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { AccountTablesNeeded, Citizen } from '../accounts/index.ts'
import { eraseFilled, type EformTables } from '../eforms/index.ts'
import { eraseOtherData, type NationalTables } from '../exchange/index.ts'
import { queueMessage, type NoticeLanguage, type NoticeTables } from '../notices/index.ts'
import type { DataRequestItem, DataRequestView, DeskRequest } from './contract.ts'
import {
  decide,
  type EraseRefusal,
  type RequestAction,
  type RequestRefusal,
  type RequestState,
} from './rules/request.ts'
import { retentionDays } from './rules/retention.ts'
import { timerRuleOn, timersOf, type RequestKind, type TimerRule } from './rules/timers.ts'
import {
  addStep,
  changeRequest,
  findRequest,
  insertPlace,
  insertRequest,
  listRetention,
  listTimerRules,
  lockForthcoming,
  lockRequest,
  nextNumber,
  type PersonalDataTables,
  type RequestRow,
} from './store.ts'

export type PersonalDataContext = Context<
  TablesOf<DossierContext> & PersonalDataTables & AccountTablesNeeded & EformTables
>

/** What of a request is encrypted. */
export type RequestSecret = {
  name: string
  identityNumber: string
  identityVerified: boolean
  email: string
  phone: string
  content: string
}

export const openRequest = ({ keys }: Pick<Context, 'keys'>, row: RequestRow): RequestSecret =>
  row.secret
    ? (JSON.parse(keys.decrypt(row.secret)) as RequestSecret)
    : { name: '', identityNumber: '', identityVerified: false, email: '', phone: '', content: '' }

/** At most so many open requests of one account: each binds an officer to a legal time. */
export const MOST_OPEN = 10

/**
 * Takes a request in; its times begin now and are counted by the calendar of the authority. Sent twice under one id, it is
 * one request.
 */
export async function receiveRequest(
  context: PersonalDataContext,
  {
    agencyId,
    kind,
    secret,
    accountId = null,
    officerId = null,
    language = 'vi',
    requestId = newId(Date.parse(context.clock())),
  }: {
    agencyId: number
    kind: RequestKind
    secret: RequestSecret
    accountId?: string | null
    officerId?: number | null
    language?: NoticeLanguage
    requestId?: string | undefined
  },
): Promise<{ requestId: string; code: string }> {
  const { db, keys } = context
  const now = context.clock()
  const receivedOn = dayOf(now)
  const { calendar } = await loadCalendar(db, agencyId)
  const { answerBy, finishBy } = timersOf(kind, {
    rule: timerRuleOn(receivedOn, await listTimerRules(db)),
    receivedOn,
    addWorkingDays: (day, count) => addWorkingDays(calendar, day, count),
  })
  const code = await withScope(db, { agencies: [agencyId] }, async (tx) => {
    await lockForthcoming(tx, requestId)
    const before = await findRequest(tx, agencyId, requestId)
    if (before) return before.code
    const year = Number(receivedOn.slice(0, 4))
    const number = await nextNumber(tx, agencyId, year)
    const written = `DL-${String(year).slice(2)}-${String(number).padStart(4, '0')}`
    await insertRequest(tx, {
      agency_id: agencyId,
      request_id: requestId,
      code: written,
      account_id: accountId,
      kind,
      status: 'received',
      channel: officerId === null ? 'online' : 'desk',
      secret: keys.encrypt(JSON.stringify(secret)),
      received_at: now,
      answer_by: answerBy,
      finish_by: finishBy,
      third_party: false,
      extended_at: null,
      answered_at: null,
      finished_at: null,
    })
    await addStep(tx, {
      agency_id: agencyId,
      request_id: requestId,
      at: now,
      what: 'received',
      officer_id: officerId,
      note: null,
    })
    if (accountId !== null) await insertPlace(tx, { account_id: accountId, request_id: requestId, agency_id: agencyId })
    await tell(context, tx, {
      agencyId,
      secret,
      template: 'personal-data-received',
      facts: { code: written, until: writeDay(answerBy), requestLink: '/du-lieu-ca-nhan/yeu-cau' },
      key: `data-request/${requestId}/received`,
      language,
    })
    return written
  })
  return { requestId, code }
}

type Told =
  | { template: 'personal-data-received'; facts: { code: string; until: string; requestLink: string } }
  | { template: 'personal-data-answered'; facts: { code: string; requestLink: string } }

async function tell(
  { keys, clock }: PersonalDataContext,
  db: Db<NoticeTables>,
  {
    agencyId,
    secret,
    key,
    language,
    ...told
  }: { agencyId: number; secret: RequestSecret; key: string; language: NoticeLanguage } & Told,
): Promise<void> {
  const to = { ...(secret.email ? { email: secret.email } : {}), ...(secret.phone ? { phone: secret.phone } : {}) }
  await queueMessage({ db, keys, clock }, { agencyId, to, ...told, dedupeKey: key, language })
}

export const secretOf = (citizen: Citizen, content: string): RequestSecret => ({
  name: citizen.name,
  identityNumber: citizen.identityNumber ?? '',
  identityVerified: citizen.identityVerified,
  email: citizen.email ?? '',
  phone: citizen.phone ?? '',
  content,
})

export const secretOfDesk = ({ name, identityNumber, contact, content }: DeskRequest): RequestSecret => ({
  name: name.trim(),
  identityNumber: cleanIdentityNumber(identityNumber),
  // The officer has seen the card.
  identityVerified: true,
  email: contact.includes('@') ? contact.trim() : '',
  phone: contact.includes('@') ? '' : contact.trim(),
  content: content.trim(),
})

export const stateOf = (row: RequestRow, rules: readonly TimerRule[]): RequestState => ({
  rule: timerRuleOn(dayOf(row.received_at), rules),
  kind: row.kind,
  status: row.status,
  receivedOn: dayOf(row.received_at),
  finishBy: row.finish_by,
  thirdParty: row.third_party,
  extended: row.extended_at !== null,
})

export const itemOf = (context: Pick<Context, 'keys' | 'clock'>, row: RequestRow): DataRequestItem => {
  const dueOn = dueOf(row)
  return {
    agencyId: row.agency_id,
    requestId: row.request_id,
    code: row.code,
    kind: row.kind,
    status: row.status,
    channel: row.channel,
    name: openRequest(context, row).name,
    receivedAt: row.received_at,
    answerBy: row.answer_by,
    finishBy: row.finish_by,
    dueOn,
    late: dueOn !== null && dueOn < dayOf(context.clock()),
  }
}

function dueOf({ status, answer_by: answerBy, finish_by: finishBy }: RequestRow): Day | null {
  if (status === 'received') return answerBy < finishBy ? answerBy : finishBy
  return status === 'accepted' ? finishBy : null
}

export type ActRefusal = RequestRefusal | { code: 'not-found' }

/** What an officer does with a request, or the person who takes it back. One after the other, by its state then. */
export async function actOnRequest(
  context: PersonalDataContext,
  {
    agencyId,
    requestId,
    action,
    officerId,
  }: { agencyId: number; requestId: string; action: RequestAction; officerId: number | null },
): Promise<Result<undefined, ActRefusal>> {
  const { db, keys } = context
  const now = context.clock()
  const rules = await listTimerRules(db)
  return withScope(db, { agencies: [agencyId] }, async (tx): Promise<Result<undefined, ActRefusal>> => {
    const row = await lockRequest(tx, agencyId, requestId)
    if (!row) return refuse({ code: 'not-found' })
    const decision = decide(stateOf(row, rules), action)
    if (!decision.ok) return decision
    const { status, step, finishBy, thirdParty, note } = decision.value
    const ended = status === 'refused' || status === 'finished' || status === 'withdrawn'
    await changeRequest(tx, {
      agency_id: agencyId,
      request_id: requestId,
      status,
      finish_by: finishBy,
      third_party: thirdParty,
      ...(step === 'extended' ? { extended_at: now } : {}),
      ...(row.answered_at === null && step !== 'withdrawn' ? { answered_at: now } : {}),
      ...(ended ? { finished_at: now } : {}),
    })
    const sealed = note ? keys.encrypt(note) : null
    await addStep(tx, {
      agency_id: agencyId,
      request_id: requestId,
      at: now,
      what: step,
      officer_id: officerId,
      note: sealed,
    })
    if (step !== 'withdrawn')
      await tell(context, tx, {
        agencyId,
        secret: openRequest(context, row),
        template: 'personal-data-answered',
        facts: { code: row.code, requestLink: '/du-lieu-ca-nhan/yeu-cau' },
        key: `data-request/${requestId}/${step}`,
        language: 'vi',
      })
    return accept(undefined)
  })
}

/** Before this moment a dossier must have ended to be erased on request. */
async function erasableBefore({ db, clock }: PersonalDataContext): Promise<{ days: number; before: Instant }> {
  const days = retentionDays(await listRetention(db), 'dossier')
  return { days, before: addMinutes(clock(), -days * 24 * 60) }
}

/** For a request to erase: the dossiers here with the person's data, until when the law keeps each, and what is in it beside. */
export async function listErasable(
  context: PersonalDataContext,
  { agencyId, identityNumber }: { agencyId: number; identityNumber: string },
): Promise<NonNullable<DataRequestView['erasable']>> {
  if (!identityNumber) return []
  const { days } = await erasableBefore(context)
  const today = dayOf(context.clock())
  const found = await findForErasure(context, agencyId, identityNumber)
  const files = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const counts: number[] = []
    for (const { dossierId } of found) counts.push((await listFiles(tx, { agencyId, dossierId })).length)
    return counts
  })
  return found.map(({ code, ended, finishedAt, notes }, index) => {
    const until = finishedAt === null ? null : addDays(dayOf(finishedAt), days)
    return { code, ended, keptUntil: until !== null && until >= today ? until : null, notes, files: files[index] ?? 0 }
  })
}

/** Erases what the law lets go, for an accepted request to erase of somebody whose identity is proven. */
export async function eraseForRequest(
  context: PersonalDataContext,
  {
    agencyId,
    requestId,
    basis,
    actor,
    source,
  }: { agencyId: number; requestId: string; basis: string; actor: Actor; source: string },
): Promise<Result<{ erased: number; kept: number }, EraseRefusal>> {
  const { db, keys } = context
  const row = await withScope(db, { agencies: [agencyId] }, (tx) => findRequest(tx, agencyId, requestId))
  if (!row) return refuse({ code: 'not-found' })
  if (row.kind !== 'delete' || row.status !== 'accepted') return refuse({ code: 'not-allowed-now' })
  const { identityNumber, identityVerified } = openRequest(context, row)
  // Otherwise anybody could have anybody's data erased.
  if (!identityNumber || !identityVerified) return refuse({ code: 'identity-unproven' })
  const { before } = await erasableBefore(context)
  const done = await eraseByNumber(context, {
    agencyId,
    identityNumber,
    basis: `${row.code}: ${basis}`,
    accountId: actor.accountId,
    source,
    endedBefore: before,
    also: async (tx, dossierId, at) => {
      await eraseFilled(tx as unknown as Db<EformTables>, { agencyId, dossierId, at })
      await eraseOtherData(tx as unknown as Db<NationalTables>, { agencyId, dossierId })
    },
  })
  if (done.erased === 0) return refuse({ code: 'nothing-to-erase' })
  const now = context.clock()
  await withScope(db, { agencies: [agencyId] }, (tx) =>
    addStep(tx, {
      agency_id: agencyId,
      request_id: requestId,
      at: now,
      what: 'erased',
      officer_id: actor.officerId,
      note: keys.encrypt(`${basis} (${done.erased})`),
    }),
  )
  return accept(done)
}
