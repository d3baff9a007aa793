import { Compile } from 'typebox/compile'
import type { FileStore } from '../../documents/index.ts'
import {
  give,
  readDossier,
  takeIn,
  trackingKey,
  trackingPath,
  type CommandRefusal,
  type Dossier,
  type Giver,
  type IntakeRefusal,
} from '../../dossiers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { addMinutes, dayOf, writeDay } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { derivedId } from '../../platform/id.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { mayActFor, type Citizen } from '../accounts/index.ts'
import { findFilled, intakeOf, keepFilled, standsFor } from '../eforms/index.ts'
import { queueMessage } from '../notices/index.ts'
import { IntakeBody } from './contract.ts'
import type { Draft } from './drafts.ts'
import { deliveryOf, feeFactsOf, personsFor, readFlow, wayFor, type FilingContext, type Flow } from './flow.ts'
import { noticeChoiceOf } from './notice-choice.ts'
import { bringDeclaration, bringPapers, namesOf } from './papers.ts'
import { missingSteps } from './rules/steps.ts'
import { vi } from './text.vi.ts'
import { changeDraft, leaseDraft, listDraftFiles } from './store.ts'
import { removeBytes } from './uploads.ts'

export type Lodged = { agencyId: number; dossierId: string; dossier: Dossier }
export type LodgingRefusal =
  | CommandRefusal
  | IntakeRefusal
  | { code: 'unfinished' }
  | { code: 'being-lodged' }
  | { code: 'closed' }

/** Who lodges: the citizen alone, or an officer at the desk for the citizen. */
export type Lodger = { citizen: Citizen | null; officer: Actor | null }

const LEASE_SECONDS = 60
const fits = Compile(IntakeBody)
/** Lodgings under way in this process: a double click waits for the first one. */
const underWay = new Map<string, Promise<Result<Lodged, LodgingRefusal>>>()

/**
 * Lodges a draft, once: however often it is asked for, from however many tabs, the command of the draft makes one
 * dossier. Until it is done the draft cannot be changed.
 */
export function lodgeDraft(
  context: FilingContext,
  files: FileStore,
  given: { draft: Draft; lodger: Lodger },
): Promise<Result<Lodged, LodgingRefusal>> {
  const { draft_id: draftId } = given.draft
  const running = underWay.get(draftId)
  if (running) return running
  const work = lodge(context, files, given).finally(() => underWay.delete(draftId))
  underWay.set(draftId, work)
  return work
}

async function lodge(
  context: FilingContext,
  files: FileStore,
  { draft, lodger }: { draft: Draft; lodger: Lodger },
): Promise<Result<Lodged, LodgingRefusal>> {
  if (draft.mends_dossier_id !== null) return refuse({ code: 'closed' })
  if (draft.lodged_at !== null) return lodgedBefore(context, draft)
  const flow = await readFlow(context, draft)
  if (!flow?.agency) return refuse({ code: 'closed' })
  if (draft.lodging_at === null && missingSteps(flow.steps).length > 0) return refuse({ code: 'unfinished' })
  const { agencyId } = flow.agency
  const now = context.clock()
  const leased = await leaseDraft(context.db, draft.draft_id, { now, before: addMinutes(now, -LEASE_SECONDS / 60) })
  if (!leased) return refuse({ code: 'being-lodged' })
  const { chosen } = await noticeChoiceOf(context, flow, lodger.citizen)
  const intake = { ...intakeFor(flow, lodger), ...(chosen.length > 0 ? { noticeWays: [...chosen] } : {}) }
  const body = await withAuthority(context, intake, lodger.citizen)
  const giver = giverOf(lodger)
  const outcome = fits.Check(body) ? await takeIn(context, giver, body) : refuse({ code: 'unfinished' as const })
  if (!outcome.ok) {
    await changeDraft(context.db, draft.draft_id, { lodging_at: null })
    return outcome
  }
  const { dossierId, dossier } = outcome.value
  await recordPapers(context, files, flow, { agencyId, dossierId, giver })
  await keepForm(context, flow, { agencyId, dossierId })
  await tell(context, flow, { agencyId, dossierId, dossier })
  const own = (await listDraftFiles(context.db, draft.draft_id)).map((row) => row.file_id)
  await changeDraft(context.db, draft.draft_id, {
    lodged_at: context.clock(),
    lodged_agency_id: agencyId,
    lodged_dossier_id: dossierId,
    content: null,
    resume_index: null,
    phone_index: null,
  })
  await removeBytes(context, own)
  return accept({ agencyId, dossierId, dossier })
}

async function lodgedBefore(context: FilingContext, draft: Draft): Promise<Result<Lodged, LodgingRefusal>> {
  const { lodged_agency_id: agencyId, lodged_dossier_id: dossierId } = draft
  const opened = agencyId !== null && dossierId !== null && (await readDossier(context, agencyId, dossierId))
  return opened ? accept(opened) : refuse({ code: 'closed' })
}

const giverOf = ({ officer }: Lodger): Giver =>
  officer ? { actor: officer, source: 'officer' } : { actor: null, source: 'citizen' }

/** The draft as an intake: what the counter would have written down. */
export function intakeFor(flow: Flow, { citizen, officer }: Lodger): IntakeBody {
  const { draft, item, form, answers, files } = flow
  const { delivery, address } = deliveryOf(flow)
  const { remark } = intakeOf(form, answers, { caseKey: item.key })
  return {
    commandId: draft.command_id,
    agencyId: flow.agency?.agencyId ?? 0,
    receivingPointId: null,
    procedureCode: flow.version.code,
    caseKey: item.key,
    channel: 'online',
    assisted: officer !== null,
    sets: 1,
    persons: personsFor(flow, citizen),
    components: item.components.map((paper) => {
      const { key } = paper
      const own = files.filter(({ component, done, reused }) => component === key && (done || reused))
      const given = own.length > 0 || standsFor(form, key)
      const reused = own.length > 0 && own.every((file) => file.reused !== null)
      const way = given ? undefined : wayFor(flow, paper)
      return {
        key,
        given,
        form: 'electronic',
        count: given ? 1 : 0,
        digital: digitalOf({ given, reused }),
        files: [],
        ...(way && way !== 'files' ? { way } : {}),
      }
    }),
    delivery: delivery ?? 'counter',
    deliveryAddress: delivery === 'post' ? address.slice(0, 300) : '',
    ...feeFactsOf(flow),
    remark: remark.slice(0, 2000),
    decision: { type: 'none' },
  }
}

/**
 * Who files for another says on what basis, where the account has it on record. Bộ luật Dân sự 2015, Điều 134 đến 138:
 * đại diện theo pháp luật, theo ủy quyền. The officer reads it with the dossier; whether it suffices is the officer's to judge.
 */
async function withAuthority(context: FilingContext, body: IntakeBody, citizen: Citizen | null): Promise<IntakeBody> {
  const { applicant, submitter } = body.persons
  if (!citizen || !submitter) return body
  const number = applicant.identityNumber.replace(/\D/g, '')
  const held = await mayActFor(context, citizen.accountId, dayOf(context.clock()))
  const authority = held.find(({ principal }) =>
    number === '' || principal.identityNumber === ''
      ? principal.name === applicant.name && principal.birthDay === applicant.birthDay
      : principal.identityNumber === number,
  )
  if (!authority) return body
  const { kind, basis, validTo, proof } = authority
  const said = vi.authority.said(vi.authority.kinds[kind], basis, {
    until: validTo === null ? null : writeDay(validTo),
    hasProof: proof !== null,
  })
  const relation = submitter.relation || vi.authority.kinds[kind]
  return {
    ...body,
    persons: { ...body.persons, submitter: { ...submitter, relation } },
    remark: [said, body.remark].filter(Boolean).join('\n').slice(0, 2000),
  }
}

const digitalOf = ({ given, reused }: { given: boolean; reused: boolean }): 'uploaded' | 'reused' | null => {
  if (!given) return null
  return reused ? 'reused' : 'uploaded'
}

/** The papers go over into the dossier: photographs as one PDF a paper, everything else as it is. */
async function recordPapers(
  context: FilingContext,
  files: FileStore,
  flow: Flow,
  { agencyId, dossierId, giver }: { agencyId: number; dossierId: string; giver: Giver },
): Promise<void> {
  const { draft, item } = flow
  const brought = await bringPapers(context, files, flow.files, {
    names: namesOf(item.components),
    author: flow.version.shortName,
    at: draft.created_at,
    agencyId,
    dossierId,
    officerId: giver.actor?.officerId ?? null,
  })
  const declaration =
    flow.stored &&
    (await bringDeclaration(context, files, {
      form: flow.stored,
      answers: flow.answers,
      agencyId,
      dossierId,
      at: draft.created_at,
    }))
  if (declaration) brought.set(declaration.component, [declaration.fileId])
  const components = intakeFor(flow, { citizen: null, officer: null })
    .components.filter(({ key }) => brought.has(key))
    .map((component) => ({ ...component, given: true, count: 1, files: brought.get(component.key) ?? [] }))
  if (components.length === 0) return
  const outcome = await give(context, giver, {
    agencyId,
    dossierId,
    body: {
      commandId: derivedId(draft.command_id, 'papers'),
      version: null,
      command: { type: 'recordComponents', components },
    },
  })
  // An officer may have accepted it in this very moment; the files are there, and the officer sees them.
  if (!outcome.ok) context.log.warn({ what: 'papers-not-recorded', dossierId, code: outcome.refusal.code })
}

/** Keeps what was filled in, once. */
async function keepForm(
  context: FilingContext,
  { stored, answers, item }: Flow,
  owner: { agencyId: number; dossierId: string },
): Promise<void> {
  if (stored === null) return
  await withScope(context.db, { agencies: [owner.agencyId] }, async (tx) => {
    if (await findFilled(tx, context.keys, owner)) return
    await keepFilled(tx, context.keys, {
      ...owner,
      formId: stored.formId,
      caseKey: item.key,
      answers,
      by: 'citizen',
      at: context.clock(),
    })
  })
}

/** Where who files can be reached, by what the answers say. */
export function reachedAt(flow: Flow): { phone: string; email: string } {
  const { persons } = intakeFor(flow, { citizen: null, officer: null })
  const { phone, email } = persons.submitter ?? persons.applicant
  return { phone, email }
}

async function tell(context: FilingContext, flow: Flow, { agencyId, dossierId, dossier }: Lodged): Promise<void> {
  const { phone, email } = reachedAt(flow)
  await queueMessage(context, {
    agencyId,
    dossierId,
    to: { phone: phone || undefined, email: email || undefined },
    template: 'filing-lodged',
    facts: {
      code: dossier.code,
      procedure: flow.version.shortName,
      trackLink: `${trackingPath}/${encodeURIComponent(dossier.code)}?k=${trackingKey(context.keys, { agencyId, dossierId, dossier })}`,
    },
    dedupeKey: `filing/${dossierId}/lodged`,
    language: flow.content.language,
  })
}
