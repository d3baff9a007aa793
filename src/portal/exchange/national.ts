import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { caseOf, versionOn, type ProcedureCase, type ProcedureVersion } from '../../catalogue/index.ts'
import { addFile, cleanFileName, fileTypes, type FileStore, type KeptFile } from '../../documents/index.ts'
import {
  evolve,
  give,
  loadLogs,
  mend,
  nationalStatus,
  takeIn,
  toHappened,
  type CommandRefusal,
  type Dossier,
  type DossierContext,
  type IntakeBody,
} from '../../dossiers/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import { dayOf, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { findAgencyByCode, listCodedAgencyIds, type Agency } from '../../staff/index.ts'
import type { EformTables } from '../eforms/index.ts'
import { mendMarks, type MarkTables } from '../filing/index.ts'
import { filledOf, keepFormData, readFormData, type ReadForm } from './form-data.ts'
import {
  claimNational,
  forgetNational,
  insertDelivery,
  releaseNational,
  type DeliveryRow,
  type NationalRow,
  type NationalTables,
} from './national-store.ts'
import { queueMissing } from './outbox.ts'
import type { PartnerTables } from './partner-store.ts'
import { useOf, type DeliveryRefusal } from './rules/national.ts'
import { readPayload, type NationalDelivery, type NationalPaper, type PayloadRefusal } from './wire.ts'

export type NationalContext = Context<
  TablesOf<DossierContext> & NationalTables & PartnerTables & MarkTables & EformTables
>

/** Why a delivery was not taken over; nothing has changed then. */
export type NationalRefusal =
  | (PayloadRefusal & { facts?: undefined })
  | (DeliveryRefusal & { errors?: undefined; facts?: undefined })
  | {
      code:
        | 'agency-unknown'
        | 'agency-changed'
        | 'procedure-unknown'
        | 'case-unknown'
        | 'component-unknown'
        | 'file-missing'
        | 'file-refused'
        | 'file-altered'
        | 'busy'
        | 'not-accepted'
      errors?: readonly string[]
      facts?: Readonly<Record<string, string | number>>
    }

export type NationalReceipt = {
  outcome: DeliveryRow['outcome']
  nationalCode: string
  agencyId: number
  dossierId: string | null
  code: string | null
  status: number | null
}

/** Files that came as parts of their own, by their id; taken over by the file store already. */
export type Parts = ReadonlyMap<string, KeptFile>

export type Arrived = { partnerId: string; payload: unknown; sentAt: Instant; parts: Parts }

const BUSY_MS = 120_000
const WAIT_MS = 8_000

/** Takes over a delivery of the national portal. Every delivery of a believed partner leaves a line, refused ones too. */
export async function takeDelivery(
  context: NationalContext,
  files: FileStore,
  arrived: Arrived,
): Promise<Result<NationalReceipt, NationalRefusal>> {
  const { partnerId } = arrived
  const read = readPayload(arrived.payload, { sentAt: arrived.sentAt, now: context.clock() })
  const note = (agencyId: number, nationalCode: string, rest: Pick<DeliveryRow, 'outcome'> & Partial<DeliveryRow>) =>
    withScope(context.db, { agencies: [agencyId] }, (tx) =>
      insertDelivery(tx, {
        agency_id: agencyId,
        delivery_id: newId(),
        partner_id: partnerId,
        received_at: context.clock(),
        national_code: nationalCode,
        code: null,
        detail: null,
        dossier_id: null,
        ...rest,
      }),
    )
  if (!read.ok) {
    await note(0, codeIn(arrived.payload), refusedLine(read.refusal))
    return read
  }
  const delivery = read.value
  const agency = await agencyOf(context, delivery)
  const taken = agency
    ? await takeOver(context, files, { ...arrived, delivery, agency })
    : refuse({ code: 'agency-unknown' as const, errors: ['/MaDonVi'] })
  if (!taken.ok) {
    if (taken.refusal.code !== 'busy')
      await note(agency?.agencyId ?? 0, delivery.nationalCode, refusedLine(taken.refusal))
    return taken
  }
  const { agencyId, outcome, dossierId } = taken.value
  await note(agencyId, delivery.nationalCode, { outcome, dossier_id: dossierId })
  return taken
}

/** What the list of deliveries says of a refusal: its code and the fields, nothing of what stood in them. */
const refusedLine = ({ code, errors, facts }: NationalRefusal): Pick<DeliveryRow, 'outcome' | 'code' | 'detail'> => ({
  outcome: 'refused',
  code,
  detail: [...(errors ?? []), ...Object.values(facts ?? {})].join('; ').slice(0, 500) || null,
})

const codeIn = (payload: unknown): string => {
  const code: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'MaHoSo') : ''
  return typeof code === 'string' ? code.slice(0, 60) : ''
}

/** An agency by any of the codes that exchange systems know it by. */
async function agencyOf({ db, clock }: NationalContext, { agencyCode }: NationalDelivery): Promise<Agency | undefined> {
  const day = dayOf(clock())
  for (const scheme of ['dossier', 'qd20', 'qcvn102', 'gso'] as const) {
    const agency = await findAgencyByCode(db, scheme, agencyCode, day)
    // Only who has a code for dossiers takes any in.
    if (agency?.dossierCode) return agency
  }
  return undefined
}

type Work = Arrived & { delivery: NationalDelivery; agency: Agency }

async function takeOver(
  context: NationalContext,
  files: FileStore,
  work: Work,
): Promise<Result<NationalReceipt, NationalRefusal>> {
  const { delivery, agency } = work
  const all = await listCodedAgencyIds(context.db)
  const claimed = await claim(context, all, work)
  if (!claimed) return refuse({ code: 'busy' })
  const { row, isNew } = claimed
  const scope = { agencies: [row.agency_id] }
  const release = (change: Parameters<typeof releaseNational>[2]) =>
    withScope(context.db, scope, (tx) => releaseNational(tx, row, change))
  let outcome: Result<NationalReceipt, NationalRefusal> | undefined
  try {
    outcome =
      row.agency_id === agency.agencyId
        ? await carryOut(context, files, { ...work, row, isNew, release })
        : refuse({ code: 'agency-changed', errors: ['/MaDonVi'] })
    return outcome
  } finally {
    // Refused or failed: as if it had never come.
    if (!outcome?.ok) {
      await release({})
      await withScope(context.db, scope, (tx) => forgetNational(tx, row))
    }
    context.log.info({
      what: 'national-delivery',
      outcome: outcome?.ok ? outcome.value.outcome : 'refused',
      code: delivery.nationalCode,
    })
  }
}

/** Waits a little while another delivery of the same dossier is at work. */
async function claim(context: NationalContext, agencies: readonly number[], { partnerId, delivery, agency }: Work) {
  const until = performance.now() + WAIT_MS
  do {
    const now = new Date().toISOString()
    const row = await withScope(context.db, { agencies }, (tx) =>
      claimNational(tx, {
        agency_id: agency.agencyId,
        national_id: newId(),
        partner_id: partnerId,
        national_code: delivery.nationalCode,
        now,
        until: new Date(Date.parse(now) + BUSY_MS).toISOString(),
      }),
    )
    if (row) return { row, isNew: row.made_at === now }
    await sleep(50)
  } while (performance.now() < until)
  return undefined
}

type Held = Work & {
  row: NationalRow
  isNew: boolean
  release: (change: Parameters<typeof releaseNational>[2]) => Promise<void>
}

async function carryOut(
  context: NationalContext,
  files: FileStore,
  held: Held,
): Promise<Result<NationalReceipt, NationalRefusal>> {
  const { row, delivery } = held
  const before = row.dossier_id === null ? undefined : await foldOf(context, row.agency_id, row.dossier_id)
  const use = useOf(
    {
      state: row.state,
      updatedAt: row.updated_at,
      contentHash: row.content_hash?.toString('hex') ?? null,
      status: before?.status ?? null,
    },
    delivery,
  )
  if (!use.ok) return use
  const seen = { updated_at: delivery.updatedAt, content_hash: Buffer.from(delivery.contentHash, 'hex') }
  const receipt = (outcome: NationalReceipt['outcome'], dossierId: string | null, dossier?: Dossier) =>
    accept({
      outcome,
      nationalCode: delivery.nationalCode,
      agencyId: row.agency_id,
      dossierId,
      code: dossier?.code ?? null,
      status: dossier ? nationalStatus[dossier.status] : null,
    })
  switch (use.value) {
    case 'repeated':
    case 'superseded':
      await held.release({})
      return receipt(use.value, row.dossier_id, before)
    case 'keep-withdrawal':
      // An earlier delivery was at work when the process ended: its dossier may be there, and is found by its command.
      if (!held.isNew) return withdrawUnfinished(context, files, { held, receipt })
      await held.release({ state: 'withdrawn', filed_at: delivery.filedAt, ...seen })
      return receipt('withdrawn', null)
    case 'withdraw': {
      const done = await command(context, held, { type: 'withdraw', details: { reason: delivery.reason || NO_REASON } })
      if (!done.ok) return done
      await held.release(seen)
      return receipt('withdrawn', row.dossier_id, done.value)
    }
    case 'supplement': {
      const done = await supplement(context, files, { ...held, before })
      if (!done.ok) return done
      await held.release({
        ...seen,
        paid: delivery.paid,
        ...done.value.kept,
      })
      return receipt('supplemented', row.dossier_id, done.value.dossier)
    }
    case 'lodge': {
      const done = await lodge(context, files, held)
      if (!done.ok) return done
      const { dossier, dossierId } = done.value
      const { verified, digitised, paid, filedAt } = delivery
      const place = { agencyId: row.agency_id, dossierId }
      const kept = await keepFormData(context, place, await readForm(context, held, dossier, dossierId))
      await held.release({
        dossier_id: dossierId,
        state: 'open',
        filed_at: filedAt,
        verified,
        digitised,
        paid,
        ...seen,
        ...kept,
      })
      await queueMissing(context, place)
      return receipt('lodged', dossierId, dossier)
    }
  }
}

const readForm = (
  context: NationalContext,
  { row, delivery }: Held,
  { procedureCode, caseKey, lodgedAt }: Dossier,
  dossierId: string,
): Promise<ReadForm | undefined> =>
  readFormData(
    context,
    { agencyId: row.agency_id, dossierId },
    { data: delivery.formData, procedureCode, caseKey, lodgedAt },
  )

async function withdrawUnfinished(
  context: NationalContext,
  files: FileStore,
  {
    held,
    receipt,
  }: {
    held: Held
    receipt: (outcome: 'withdrawn', dossierId: string, dossier: Dossier) => Result<NationalReceipt, NationalRefusal>
  },
): Promise<Result<NationalReceipt, NationalRefusal>> {
  const { delivery } = held
  const lodged = await lodge(context, files, held)
  if (!lodged.ok) return lodged
  const { dossierId } = lodged.value
  const row = { ...held.row, dossier_id: dossierId }
  const reason = delivery.reason || NO_REASON
  const done = await command(context, { ...held, row }, { type: 'withdraw', details: { reason } })
  if (!done.ok) return done
  const { updatedAt, contentHash, filedAt } = delivery
  await held.release({
    dossier_id: dossierId,
    state: 'open',
    filed_at: filedAt,
    updated_at: updatedAt,
    content_hash: Buffer.from(contentHash, 'hex'),
  })
  await queueMissing(context, { agencyId: row.agency_id, dossierId })
  return receipt('withdrawn', dossierId, done.value)
}

const NO_REASON = 'Công dân rút hồ sơ trên Cổng Dịch vụ công quốc gia.'

async function lodge(
  context: NationalContext,
  files: FileStore,
  held: Held,
): Promise<Result<{ dossier: Dossier; dossierId: string }, NationalRefusal>> {
  const { delivery, agency, row } = held
  const stored = await versionOn(context.db, delivery.procedureCode, dayOf(context.clock()))
  if (!stored) return refuse({ code: 'procedure-unknown', errors: ['/MaTTHC'] })
  const chosen = chooseCase(stored.version, delivery)
  if (!chosen) return refuse({ code: 'case-unknown', errors: ['/MaTruongHop'] })
  const papers = await keepPapers(files, held, chosen)
  if (!papers.ok) return papers
  const body: IntakeBody = {
    commandId: uuidOf(`${held.partnerId}/${delivery.nationalCode}/lodge`),
    agencyId: agency.agencyId,
    receivingPointId: null,
    procedureCode: delivery.procedureCode,
    caseKey: chosen.key,
    channel: 'online',
    assisted: false,
    sets: 1,
    persons: { applicant: delivery.applicant, ...(delivery.submitter ? { submitter: delivery.submitter } : {}) },
    components: componentsOf(papers.value).map((component) => ({ ...component, files: [] })),
    delivery: delivery.delivery,
    deliveryAddress: delivery.deliveryAddress,
    feeUnits: { copies: Math.min(500, Math.max(1, delivery.copies)), pages: 1, signatures: 1, contracts: 1 },
    exemptions: [],
    remark: delivery.remark,
    decision: { type: 'none' },
  }
  const lodged = await takeIn(context, { actor: null, source: 'citizen' }, body)
  if (!lodged.ok) return refuse(ofCommand(lodged.refusal))
  const { dossierId } = lodged.value
  const place = { agencyId: row.agency_id, dossierId }
  const components = await fileThem(context, place, papers.value)
  let { dossier } = lodged.value
  if (components.some((component) => component.files.length > 0)) {
    const recorded = await command(
      context,
      { ...held, row: { ...row, dossier_id: dossierId } },
      { type: 'recordComponents', components },
    )
    if (!recorded.ok)
      throw new Error(`the papers of a dossier that was taken in were refused: ${recorded.refusal.code}`)
    dossier = recorded.value
  }
  const owed = dossier.feeDue - dossier.feePaid
  if (owed > 0 && delivery.paid >= owed) {
    const collected = await command(
      context,
      { ...held, row: { ...row, dossier_id: dossierId } },
      {
        type: 'collectFee',
        method: 'online',
        receiptNumber: delivery.receiptNumber,
      },
    )
    if (collected.ok) dossier = collected.value
  }
  return accept({ dossier, dossierId })
}

async function supplement(
  context: NationalContext,
  files: FileStore,
  held: Held & { before: Dossier | undefined },
): Promise<Result<{ dossier: Dossier; kept: Pick<NationalRow, 'other_data'> | undefined }, NationalRefusal>> {
  const { row, before, delivery } = held
  if (!before || row.dossier_id === null) throw new Error('a supplement without a dossier')
  const stored = await versionOn(context.db, before.procedureCode, dayOf(before.lodgedAt))
  const rules = stored && caseOf(stored.version, before.caseKey)
  if (!rules || delivery.procedureCode !== before.procedureCode)
    return refuse({ code: 'procedure-unknown', errors: ['/MaTTHC'] })
  const papers = await keepPapers(files, held, rules)
  if (!papers.ok) return papers
  const place = { agencyId: row.agency_id, dossierId: row.dossier_id }
  const components = await fileThem(context, place, papers.value)
  const read = await readForm(context, held, before, place.dossierId)
  const done = await mend(context, {
    ...place,
    commandId: commandIdOf(held, 'acceptSupplement'),
    type: 'acceptSupplement',
    components,
    ...filledOf(read),
  })
  if (!done.ok) return refuse(ofCommand(done.refusal))
  const kept = await keepFormData(context, place, read)
  // What an officer had marked is mended by what came; the officer sees old and new side by side.
  const whose = { ...place, at: context.clock() }
  const filesOf = (key: string) => components.find((component) => component.key === key)?.files ?? []
  await withScope(context.db, { agencies: [row.agency_id] }, (tx) =>
    mendMarks(tx, context.keys, whose, ({ kind, target }) =>
      kind === 'paper'
        ? { files: filesOf(target).map((fileId) => ({ fileId, name: nameOf(papers.value, target) })) }
        : null,
    ),
  )
  return accept({ dossier: done.value.dossier, kept })
}

const nameOf = (papers: readonly KeptPaper[], key: string): string =>
  papers.find(({ component }) => component === key)?.name ?? ''

/** Named by the delivery, so that it happens once. */
const commandIdOf = ({ partnerId, delivery }: Pick<Held, 'partnerId' | 'delivery'>, type: string): string =>
  uuidOf(`${partnerId}/${delivery.nationalCode}/${type}/${delivery.contentHash}`)

/** A command in the name of the applicant. */
async function command(
  context: NationalContext,
  held: Pick<Held, 'row' | 'partnerId' | 'delivery'>,
  given: Parameters<typeof give>[2]['body']['command'],
): Promise<Result<Dossier, NationalRefusal>> {
  const { dossier_id: dossierId, agency_id: agencyId } = held.row
  if (dossierId === null) throw new Error('a command without a dossier')
  const commandId = commandIdOf(held, given.type)
  const outcome = await give(
    context,
    { actor: null, source: 'citizen' },
    { agencyId, dossierId, body: { commandId, version: null, command: given } },
  )
  return outcome.ok ? accept(outcome.value.dossier) : refuse(ofCommand(outcome.refusal))
}

/** Refusals of the intake and the life cycle go on to the partner with their own code as a fact. */
function ofCommand(refusal: { code: string; pointer?: string; facts?: CommandRefusal['facts'] }): NationalRefusal {
  const { code } = refusal
  if (code === 'procedure-not-offered') return { code: 'procedure-unknown', errors: ['/MaTTHC'] }
  if (code === 'case-unknown' || code === 'case-not-offered') return { code: 'case-unknown', errors: ['/MaTruongHop'] }
  return { code: 'not-accepted', facts: { reason: code, ...(refusal.pointer ? { field: refusal.pointer } : {}) } }
}

/** The case that was named, or the first one that knows all the papers. */
function chooseCase({ cases }: ProcedureVersion, { caseKey, papers }: NationalDelivery): ProcedureCase | undefined {
  if (caseKey !== null) return cases.find(({ key }) => key === caseKey)
  const knowsAll = (one: ProcedureCase) =>
    papers.every((paper) => one.components.some(({ key }) => key === paper.component))
  return cases.find(knowsAll) ?? cases[0]
}

type KeptPaper = NationalPaper & { kept: KeptFile | null }

/** All papers with their content safely in the file store; nothing of the dossier is written yet. */
async function keepPapers(
  files: FileStore,
  { delivery, parts }: Pick<Held, 'delivery' | 'parts'>,
  { components }: ProcedureCase,
): Promise<Result<KeptPaper[], NationalRefusal>> {
  const unknown = delivery.papers.find((paper) => !components.some(({ key }) => key === paper.component))
  if (unknown)
    return refuse({ code: 'component-unknown', errors: ['/TaiLieuNop'], facts: { component: unknown.component } })
  const papers: KeptPaper[] = []
  for (const paper of delivery.papers) {
    const kept = await keepPaper(files, paper, parts)
    if (!kept.ok) return kept
    papers.push({ ...paper, kept: kept.value })
  }
  return accept(papers)
}

async function keepPaper(
  files: FileStore,
  { fileId, content, sha256, reused }: NationalPaper,
  parts: Parts,
): Promise<Result<KeptFile | null, NationalRefusal>> {
  let kept = parts.get(fileId) ?? null
  if (content) {
    const put = await files.put(Readable.from([content]))
    if (!put.ok)
      return refuse({
        code: 'file-refused',
        errors: ['/TaiLieuNop'],
        facts: { file: fileId, reason: put.refusal.code },
      })
    kept = put.value
  }
  if (kept && sha256 !== null && kept.sha256 !== sha256)
    return refuse({ code: 'file-altered', errors: ['/TaiLieuNop'], facts: { file: fileId } })
  // What is taken from a database of the state comes as a mark alone.
  if (!kept && !reused) return refuse({ code: 'file-missing', errors: ['/TaiLieuNop'], facts: { file: fileId } })
  return accept(kept)
}

/** One line a component, as the intake takes it. */
function componentsOf(papers: readonly KeptPaper[]): Omit<IntakeBody['components'][number], 'files'>[] {
  return [...new Set(papers.map(({ component }) => component))].map((key) => {
    const own = papers.filter(({ component }) => component === key)
    return {
      key,
      given: true,
      form: 'electronic' as const,
      count: own.length,
      digital: own.every(({ reused }) => reused) ? ('reused' as const) : ('uploaded' as const),
    }
  })
}

/** Notes the files as the dossier's own. The same content sent twice is one file. */
async function fileThem(
  context: NationalContext,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
  papers: readonly KeptPaper[],
): Promise<IntakeBody['components']> {
  const ids = new Map<string, string[]>()
  await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    for (const { kept, component, name } of papers) {
      if (!kept) continue
      const extensions = fileTypes.find(({ mediaType }) => mediaType === kept.mediaType)?.extensions ?? []
      const { entry } = await addFile(tx, {
        agency_id: agencyId,
        file_id: newId(),
        dossier_id: dossierId,
        sha256: kept.sha256,
        size: kept.size,
        media_type: kept.mediaType,
        name: cleanFileName(name, extensions),
        purpose: 'component',
        component,
        origin: 'upload',
        uploaded_at: context.clock(),
        uploaded_by: null,
      })
      ids.set(component, [...(ids.get(component) ?? []), entry.fileId])
    }
  })
  return componentsOf(papers).map((component) => ({ ...component, files: [...new Set(ids.get(component.key))] }))
}

async function foldOf(context: NationalContext, agencyId: number, dossierId: string): Promise<Dossier | undefined> {
  const events = await withScope(context.db, { agencies: [agencyId] }, (tx) => loadLogs(tx, [{ agencyId, dossierId }]))
  return events.map(toHappened).reduce<Dossier | undefined>((dossier, happened) => evolve(dossier, happened), undefined)
}

/** A name for a command that is the same whenever the same thing is asked for. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
