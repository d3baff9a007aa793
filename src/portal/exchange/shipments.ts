import { renderSVG } from 'uqr'
import { getVersion } from '../../catalogue/index.ts'
import { printTemplate } from '../../documents/index.ts'
import {
  give,
  openSecret,
  readDossier,
  trackingKey,
  trackingPath,
  type Dossier,
  type DossierContext,
  type OpenedDossier,
} from '../../dossiers/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import { addMinutes } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { isDemo } from '../../platform/settings.ts'
import { listCodedAgencyIds, listOfficerNames } from '../../staff/index.ts'
import { queueMessage, type NoticeTables } from '../notices/index.ts'
import { carrierOf, type CarrierEvent } from './carrier.ts'
import type { PostView, Recipient, ShipmentProgress, ShipmentView } from './contract.ts'
import { uuidOf } from './national.ts'
import { findPartner, listPartners, type PartnerTables } from './partner-store.ts'
import { barcodeSvg } from './rules/code128.ts'
import { pauseAfter } from './rules/national.ts'
import { isCancellable, isOver, latest } from './rules/shipment.ts'
import {
  changeShipment,
  findByNumber,
  findPostSetting,
  findShipment,
  insertEvent,
  insertShipment,
  listEvents,
  listShipments,
  lockShipment,
  takeDueShipments,
  writePostSetting,
  type ShipmentRow,
  type ShipmentTables,
} from './shipment-store.ts'
import { vi, wordRefusal } from './text.vi.ts'

export type PostContext = Context<TablesOf<DossierContext> & PartnerTables & ShipmentTables & NoticeTables>

export type ShipmentRefusal = {
  code:
    | 'no-carrier'
    | 'not-by-post'
    | 'not-ready'
    | 'shipment-open'
    | 'fee-outstanding'
    | 'not-cancellable'
    | 'address-missing'
}

const LEASE_MINUTES = 2
/** A carrier that tells nothing is asked after so long. */
const ASK_AFTER_MINUTES = 240

/** Whether the result of this dossier can be given to the post now. */
function shippable(dossier: Dossier): ShipmentRefusal | undefined {
  if (dossier.delivery !== 'post') return { code: 'not-by-post' }
  if (dossier.status !== 'resultSigned' || !dossier.open.some(({ kind }) => kind === 'return'))
    return { code: 'not-ready' }
  return dossier.outcome === 'granted' && dossier.feeDue > dossier.feePaid ? { code: 'fee-outstanding' } : undefined
}

/** Makes a shipment of the result and tells the carrier; the same command makes it once. */
export async function ship(
  context: PostContext,
  actor: Actor,
  { opened, commandId, recipient }: { opened: OpenedDossier; commandId: string; recipient: Recipient },
): Promise<Result<ShipmentRow, ShipmentRefusal>> {
  const { agencyId, dossierId, dossier } = opened
  const scope = { agencies: [agencyId] }
  const setting = await withScope(context.db, scope, (tx) => findPostSetting(tx, agencyId))
  const before = (await withScope(context.db, scope, (tx) => listShipments(tx, { agencyId, dossierId }))).find(
    (row) => row.command_id === commandId,
  )
  if (!before) {
    const refusal = shippable(dossier)
    if (refusal) return refuse(refusal)
  }
  if (!setting?.partner_id) return refuse({ code: 'no-carrier' })
  const partnerId = setting.partner_id
  const now = context.clock()
  const made = await withScope(context.db, scope, (tx) =>
    insertShipment(tx, {
      agency_id: agencyId,
      shipment_id: newId(Date.parse(now)),
      dossier_id: dossierId,
      partner_id: partnerId,
      command_id: commandId,
      recipient: context.keys.encrypt(JSON.stringify(recipient)),
      number: null,
      state: 'asked',
      state_at: now,
      asked_at: now,
      asked_by: actor.officerId,
      attempts: 0,
      // The first try is made at once; the job goes on if it does not come to its end.
      next_at: addMinutes(now, LEASE_MINUTES),
      last_code: null,
      delivered_at: null,
      returned_result_at: null,
    }),
  )
  if (!made) return refuse({ code: 'shipment-open' })
  if (made.isNew) await tellCarrier(context, made.row)
  const row = await withScope(context.db, scope, (tx) =>
    findShipment(tx, { agencyId, shipmentId: made.row.shipment_id }),
  )
  return accept(row ?? made.row)
}

/** Has the carrier make the shipment; what fails is tried again later, more and more seldom. */
async function tellCarrier(context: PostContext, row: ShipmentRow): Promise<void> {
  const { agency_id: agencyId, shipment_id: shipmentId } = row
  const scope = { agencies: [agencyId] }
  const [carrier, setting, opened] = await Promise.all([
    carrierOf(context, row.partner_id),
    withScope(context.db, scope, (tx) => findPostSetting(tx, agencyId)),
    readDossier(context, agencyId, row.dossier_id),
  ])
  if (!opened) throw new Error('a shipment without a dossier')
  const created = carrier
    ? await carrier.create({
        shipmentId,
        sender: {
          name: setting?.sender_name ?? '',
          address: setting?.sender_address ?? '',
          phone: setting?.sender_phone ?? '',
        },
        recipient: recipientOf(context, row),
        reference: opened.dossier.code,
      })
    : refuse({ code: 'no-carrier', final: false })
  const now = context.clock()
  const changed = await withScope(context.db, scope, async (tx) => {
    const held = await lockShipment(tx, { agencyId, shipmentId })
    // Called off, or made by another try meanwhile.
    if (!held || held.state !== 'asked') return false
    if (!created.ok) {
      const attempts = held.attempts + 1
      const next_at = new Date(Date.parse(now) + pauseAfter(attempts) * 1000).toISOString()
      await changeShipment(tx, { agencyId, shipmentId }, { attempts, next_at, last_code: created.refusal.code })
      return false
    }
    await changeShipment(
      tx,
      { agencyId, shipmentId },
      {
        number: created.value.number,
        state: 'created',
        state_at: now,
        attempts: 0,
        next_at: addMinutes(now, ASK_AFTER_MINUTES),
        last_code: null,
      },
    )
    return true
  })
  if (changed && created.ok) await tellApplicant(context, opened, { shipmentId, number: created.value.number })
}

async function tellApplicant(
  context: PostContext,
  opened: OpenedDossier,
  { shipmentId, number }: { shipmentId: string; number: string },
): Promise<void> {
  const { agencyId, dossierId, dossier, persons } = opened
  const applicant = persons.find(({ content }) => content?.roles.includes('applicant'))
  if (!applicant) return
  const { email, phone } = openSecret(context.keys, applicant)
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  await queueMessage(context, {
    agencyId,
    to: { ...(email ? { email } : {}), ...(phone ? { phone } : {}) },
    template: 'parcel-sent',
    facts: {
      code: dossier.code,
      procedure: version.shortName,
      trackLink: `${trackingPath}/${encodeURIComponent(dossier.code)}?k=${trackingKey(context.keys, opened)}`,
      parcel: number,
    },
    dedupeKey: `parcel/${shipmentId}`,
    dossierId,
  })
}

/** Calls a shipment off that the carrier has not fetched. */
export async function cancelShipment(
  context: PostContext,
  { agencyId, dossierId, shipmentId }: { agencyId: number; dossierId: string; shipmentId: string },
): Promise<Result<null, ShipmentRefusal> | undefined> {
  const scope = { agencies: [agencyId] }
  const row = await withScope(context.db, scope, (tx) => findShipment(tx, { agencyId, shipmentId }))
  if (!row || row.dossier_id !== dossierId) return undefined
  if (!isCancellable(row.state)) return refuse({ code: 'not-cancellable' })
  if (row.number !== null) {
    const carrier = await carrierOf(context, row.partner_id)
    const cancelled = await carrier?.cancel(row.number)
    if (!cancelled?.ok) return refuse({ code: 'not-cancellable' })
  }
  const now = context.clock()
  const done = await withScope(context.db, scope, async (tx) => {
    const held = await lockShipment(tx, { agencyId, shipmentId })
    if (!held || !isCancellable(held.state)) return false
    await changeShipment(tx, { agencyId, shipmentId }, { state: 'cancelled', state_at: now, next_at: null })
    return true
  })
  return done ? accept(null) : refuse({ code: 'not-cancellable' })
}

/** Takes over what a carrier told, in whatever order and however often. Returns how many events were new. */
export async function takeEvents(
  context: PostContext,
  partnerId: string,
  events: readonly CarrierEvent[],
): Promise<{ taken: number; unknown: number }> {
  const agencies = await listCodedAgencyIds(context.db)
  let taken = 0
  let unknown = 0
  for (const event of events) {
    const row = await withScope(context.db, { agencies }, (tx) => findByNumber(tx, { partnerId, number: event.number }))
    // What happened before we asked or will happen one day did not happen.
    const now = context.clock()
    if (!row || event.at > addMinutes(now, 5) || event.at < addMinutes(row.asked_at, -5)) {
      unknown += 1
      continue
    }
    if (await takeEvent(context, row, event)) taken += 1
  }
  return { taken, unknown }
}

async function takeEvent(context: PostContext, row: ShipmentRow, event: CarrierEvent): Promise<boolean> {
  const key = { agencyId: row.agency_id, shipmentId: row.shipment_id }
  const now = context.clock()
  const isNew = await withScope(context.db, { agencies: [row.agency_id] }, async (tx) => {
    const held = await lockShipment(tx, key)
    if (!held) return false
    const fresh = await insertEvent(tx, {
      agency_id: row.agency_id,
      shipment_id: row.shipment_id,
      event_id: event.eventId,
      state: event.state,
      happened_at: event.at,
      place: event.place,
      received_at: now,
    })
    if (!fresh) return false
    const all = await listEvents(tx, { agencyId: row.agency_id, shipmentIds: [row.shipment_id] })
    const last = latest(all.map(({ event_id, state, happened_at }) => ({ eventId: event_id, state, at: happened_at })))
    // What is over does not begin again: another parcel may be on its way by now.
    if (!last || held.state === 'cancelled' || (isOver(held.state) && !isOver(last.state))) return true
    await changeShipment(tx, key, {
      state: last.state,
      state_at: last.at,
      delivered_at: last.state === 'delivered' ? last.at : null,
      next_at: isOver(last.state) ? null : addMinutes(now, ASK_AFTER_MINUTES),
      last_code: null,
    })
    return true
  })
  await returnWhenDelivered(context, key)
  return isNew
}

/** Where the agency has it so, the carrier's word that it was handed over ends the dossier. */
async function returnWhenDelivered(
  context: PostContext,
  { agencyId, shipmentId }: { agencyId: number; shipmentId: string },
): Promise<void> {
  const scope = { agencies: [agencyId] }
  const { row, setting } = await withScope(context.db, scope, async (tx) => ({
    row: await findShipment(tx, { agencyId, shipmentId }),
    setting: await findPostSetting(tx, agencyId),
  }))
  if (row?.state !== 'delivered' || row.returned_result_at !== null || !setting?.return_by_itself) return
  const outcome = await give(
    context,
    { actor: null, source: 'system' },
    {
      agencyId,
      dossierId: row.dossier_id,
      body: {
        commandId: uuidOf(`shipment/${shipmentId}/return`),
        version: null,
        command: {
          type: 'returnResult',
          delivery: 'post',
          recipient: null,
          details: { reason: vi.post.returnReason(row.number ?? '') },
        },
      },
    },
  )
  if (!outcome.ok) context.log.warn({ what: 'parcel-return-refused', code: outcome.refusal.code, shipmentId })
  const at = context.clock()
  await withScope(context.db, scope, (tx) => changeShipment(tx, { agencyId, shipmentId }, { returned_result_at: at }))
}

/** What the running system does: tells carriers what they were not told, and asks after parcels that nothing is heard of. */
export async function carryShipments(context: PostContext, stopping?: AbortSignal): Promise<void> {
  const agencies = await listCodedAgencyIds(context.db)
  while (!stopping?.aborted) {
    const now = context.clock()
    const due = await withScope(context.db, { agencies }, (tx) =>
      takeDueShipments(tx, { agencies, now, until: addMinutes(now, LEASE_MINUTES), limit: 20 }),
    )
    if (due.length === 0) return
    for (const row of due) await (row.state === 'asked' ? tellCarrier(context, row) : askAfter(context, row))
  }
}

async function askAfter(context: PostContext, row: ShipmentRow): Promise<void> {
  const carrier = await carrierOf(context, row.partner_id)
  const answer = row.number === null ? undefined : await carrier?.events([row.number])
  const later = addMinutes(context.clock(), ASK_AFTER_MINUTES)
  const key = { agencyId: row.agency_id, shipmentId: row.shipment_id }
  await withScope(context.db, { agencies: [row.agency_id] }, (tx) =>
    changeShipment(tx, key, { next_at: later, last_code: answer?.ok === false ? answer.refusal.code : null }),
  )
  if (answer?.ok) await takeEvents(context, row.partner_id, answer.value)
}

/** By which carrier, and in whose name, an agency sends. */
export const setPostSetting = (
  { db }: Pick<PostContext, 'db'>,
  setting: Parameters<typeof writePostSetting>[1],
): Promise<void> => withScope(db, { agencies: [setting.agency_id] }, (tx) => writePostSetting(tx, setting))

const recipientOf = ({ keys }: Pick<PostContext, 'keys'>, row: ShipmentRow): Recipient =>
  JSON.parse(keys.decrypt(row.recipient)) as Recipient

/** Where the parcels of a dossier are, without whose they are: for the tracking page. */
export async function shipmentsOf(
  context: Pick<Context<PartnerTables & ShipmentTables>, 'db'>,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
): Promise<ShipmentProgress[]> {
  const { rows, events } = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const shipments = await listShipments(tx, { agencyId, dossierId })
    const shipmentIds = shipments.map(({ shipment_id }) => shipment_id)
    return { rows: shipments, events: await listEvents(tx, { agencyId, shipmentIds }) }
  })
  if (rows.length === 0) return []
  const names = new Map((await listPartners(context.db)).map(({ partner_id, name }) => [partner_id, name]))
  return rows.map((row) => ({
    shipmentId: row.shipment_id,
    carrier: names.get(row.partner_id) ?? row.partner_id,
    number: row.number,
    state: row.state,
    stateAt: row.state_at,
    askedAt: row.asked_at,
    deliveredAt: row.delivered_at,
    events: events
      .filter(({ shipment_id }) => shipment_id === row.shipment_id)
      .map(({ state, happened_at, place }) => ({ state, at: happened_at, place })),
  }))
}

/** What the desk sees of the post on the page of a dossier. */
export async function viewPost(
  context: PostContext,
  opened: OpenedDossier,
  { mayShip }: { mayShip: boolean },
): Promise<PostView> {
  const { agencyId, dossierId, dossier, persons } = opened
  const [progress, rows, setting] = await Promise.all([
    shipmentsOf(context, { agencyId, dossierId }),
    withScope(context.db, { agencies: [agencyId] }, (tx) => listShipments(tx, { agencyId, dossierId })),
    withScope(context.db, { agencies: [agencyId] }, (tx) => findPostSetting(tx, agencyId)),
  ])
  const names = await listOfficerNames(
    context.db,
    rows.map(({ asked_by }) => asked_by),
  )
  const shipments = progress.flatMap((one): ShipmentView[] => {
    const row = rows.find(({ shipment_id }) => shipment_id === one.shipmentId)
    if (!row) return []
    const askedBy = names.get(row.asked_by) ?? null
    return [{ ...one, recipient: recipientOf(context, row), askedBy, attempts: row.attempts, lastCode: row.last_code }]
  })
  const anyOpen = shipments.some(({ state }) => !isOver(state))
  const anyDelivered = shipments.some(({ state }) => state === 'delivered')
  const open = anyOpen ? ({ code: 'shipment-open' } as const) : undefined
  const refusal = shippable(dossier) ?? open ?? (setting?.partner_id ? undefined : ({ code: 'no-carrier' } as const))
  const applicant = persons.find(({ content }) => content?.roles.includes('applicant'))
  return {
    mayShip: mayShip && refusal === undefined && !anyDelivered,
    mayReturn: mayShip,
    refusal: refusal ? { code: refusal.code, detail: wordRefusal(refusal.code) } : null,
    suggested: applicant?.content
      ? {
          name: applicant.content.name,
          phone: openSecret(context.keys, applicant).phone,
          address: applicant.content.deliveryAddress || applicant.content.address,
        }
      : null,
    shipments,
    proposeReturn: mayShip && anyDelivered && dossier.status === 'resultSigned',
  }
}

/** The label of a shipment: who, where, and the number as barcode and QR code. Undefined before there is a number. */
export async function printLabel(
  context: PostContext,
  opened: OpenedDossier,
  shipmentId: string,
): Promise<Buffer | undefined> {
  const { agencyId, dossierId, dossier } = opened
  const { row, setting } = await withScope(context.db, { agencies: [agencyId] }, async (tx) => ({
    row: await findShipment(tx, { agencyId, shipmentId }),
    setting: await findPostSetting(tx, agencyId),
  }))
  const barcode = row?.number ? barcodeSvg(row.number) : undefined
  if (!row?.number || !barcode || row.dossier_id !== dossierId) return undefined
  const carrier = await findPartner(context.db, row.partner_id)
  const { name, phone, address } = recipientOf(context, row)
  const text = vi.post
  return printTemplate('sheets/shipping-label', {
    title: `${text.labelTitle} ${row.number}`,
    author: setting?.sender_name ?? '',
    issuedAt: row.asked_at,
    demo: await isDemo(context.db),
    heading: text.labelTitle,
    carrier: carrier?.name ?? row.partner_id,
    number: row.number,
    barcode,
    qr: renderSVG(row.number, { ecc: 'M', border: 2, pixelSize: 10 }),
    url: row.number,
    toLabel: text.labelTo,
    to: { name, phone, address },
    fromLabel: text.labelFrom,
    from: {
      name: setting?.sender_name ?? '',
      phone: setting?.sender_phone ?? '',
      address: setting?.sender_address ?? '',
    },
    reference: `${text.labelDossier} ${dossier.code}`,
    content: text.labelContent,
  })
}
