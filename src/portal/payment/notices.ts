import { newId } from '../../platform/id.ts'
import type { Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import type { PaymentContext } from './context.ts'
import { settleDossier } from './books.ts'
import { referencesIn } from './rules/reference.ts'
import {
  addDelivery,
  addNotices,
  finishDelivery,
  joinReversals,
  listUnsettled,
  lockKnownNotices,
  noteSeen,
  takeDelivery,
} from './notice-store.ts'
import { findOrdersByReference } from './order-store.ts'
import { findProvider, listAccounts } from './settings-store.ts'
import type { DeliveryRow, DeliverySource, NoticeRow, OrderRow, PaymentTx } from './tables.ts'
import { accountBooks, readNotice, type Told } from './wire.ts'

/** Keeps what was sent, whole and encrypted; only then is the sender told that we have it. */
export async function keepDelivery(
  context: PaymentContext,
  {
    agencyId,
    provider,
    source,
    body,
    fileName = null,
    receivedBy = null,
  }: {
    agencyId: number
    provider: string
    source: DeliverySource
    body: string
    fileName?: string | null
    receivedBy?: number | null
  },
): Promise<string> {
  const now = context.clock()
  const deliveryId = newId(Date.parse(now))
  const row: DeliveryRow = {
    agency_id: agencyId,
    delivery_id: deliveryId,
    provider,
    source,
    body: context.keys.encrypt(body),
    received_at: now,
    file_name: fileName,
    received_by: receivedBy,
    worked_at: null,
    outcome: null,
    transactions: 0,
    known: 0,
    conflicts: 0,
  }
  await withScope(context.db, { agencies: [agencyId] }, (tx) => addDelivery(tx, row))
  return deliveryId
}

/**
 * Works on one kept delivery: each movement becomes a row once, in one transaction with the mark that the delivery is
 * done. Returns whether there was one.
 */
export async function workDelivery(context: PaymentContext, agencyId: number, deliveryId?: string): Promise<boolean> {
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const delivery = await takeDelivery(tx, agencyId, deliveryId)
    if (!delivery) return false
    const told = await read(context, tx, delivery)
    const counts = told
      ? await keepNotices(context, tx, { agencyId, delivery, told })
      : { transactions: 0, known: 0, conflicts: 0 }
    await finishDelivery(tx, {
      agencyId,
      deliveryId: delivery.delivery_id,
      worked_at: context.clock(),
      outcome: told ? 'worked' : 'unreadable',
      ...counts,
    })
    return true
  })
}

async function read(
  { keys }: PaymentContext,
  tx: PaymentTx,
  { agency_id: agencyId, provider, source, body }: DeliveryRow,
): Promise<readonly Told[] | undefined> {
  const text = keys.decrypt(body)
  if (source === 'statement') return readNotice({ kind: 'bank', provider }, text)
  const known = await findProvider(tx, agencyId, provider)
  return known && readNotice(known, text)
}

type Work = { agencyId: number; delivery: DeliveryRow; told: readonly Told[] }

async function keepNotices(
  context: PaymentContext,
  tx: PaymentTx,
  { agencyId, delivery, told }: Work,
): Promise<{ transactions: number; known: number; conflicts: number }> {
  const now = context.clock()
  // The same movement may stand twice in one delivery.
  const first = new Map<string, Told>()
  const again: Told[] = []
  for (const one of told) {
    const key = keyOf(one)
    if (first.has(key)) again.push(one)
    else first.set(key, one)
  }
  const references = new Map([...first.values()].map((one) => [one, referencesIn(one.content)]))
  const [orders, accounts, before] = await Promise.all([
    findOrdersByReference(tx, agencyId, [...new Set([...references.values()].flat())]),
    listAccounts(tx, agencyId),
    lockKnownNotices(
      tx,
      agencyId,
      [...first.values()].map(({ books, kind, transactionId }) => ({ books, kind, transactionId })),
    ),
  ])
  const own = new Set(accounts.map(({ account_number: number }) => accountBooks(number)))
  const known = new Map(before.map((row) => [keyOf(toTold(row)), row]))
  const fresh = [...first.values()].filter((one) => !known.has(keyOf(one)))
  const rows = fresh.map((one) =>
    rowOf(context, one, { agencyId, delivery, now, place: placeOf(one, references.get(one) ?? [], orders, own) }),
  )
  const added = await addNotices(tx, rows)
  const missed = rows.filter(({ notice_id: id }) => !added.has(id))
  // Another transaction wrote them between our look and our write.
  for (const row of await lockKnownNotices(tx, agencyId, missed.map(toTold))) known.set(keyOf(toTold(row)), row)
  for (const row of rows) if (added.has(row.notice_id)) known.set(keyOf(toTold(row)), row)
  const addedKeys = new Set(rows.filter(({ notice_id: id }) => added.has(id)).map((row) => keyOf(toTold(row))))
  const repeated = [...[...first.values()].filter((one) => !addedKeys.has(keyOf(one))), ...again]
  const seen = repeated.flatMap((one) => {
    const row = known.get(keyOf(one))
    return row ? [{ id: row.notice_id, conflict: !sayTheSame(row, one) }] : []
  })
  await noteSeen(tx, { agencyId, seen, source: delivery.source, at: now })
  for (const books of new Set(told.map((one) => one.books))) {
    const ids = told
      .filter((one) => one.books === books)
      .map(({ reverses, transactionId }) => reverses ?? transactionId)
    await joinReversals(tx, { agencyId, books, ids: [...new Set(ids)] })
  }
  return {
    transactions: added.size,
    known: seen.length,
    conflicts: seen.filter(({ conflict }) => conflict).length,
  }
}

const keyOf = ({ books, kind, transactionId }: Pick<Told, 'books' | 'kind' | 'transactionId'>): string =>
  `${books}\0${kind}\0${transactionId}`
const toTold = ({ books, kind, transaction_id: transactionId }: NoticeRow) => ({ books, kind, transactionId })

/** A bank that tells one number with two sums is not believed twice: the first stands, an officer is shown the rest. */
const sayTheSame = (row: NoticeRow, told: Told): boolean => row.amount === told.amount && row.reverses === told.reverses

type Place = { order: OrderRow | null; why: string | null; reference: string | null }

function placeOf(
  told: Told,
  references: readonly string[],
  orders: readonly OrderRow[],
  own: ReadonlySet<string>,
): Place {
  const [reference = null] = references
  const found = orders.filter((order) => references.includes(order.reference))
  const dossiers = new Set(found.map(({ dossier_id: id }) => id))
  const [order] = found
  if (told.account !== null && !own.has(told.books)) return { order: null, why: 'other-account', reference }
  if (dossiers.size > 1) return { order: null, why: 'several-references', reference: null }
  if (order) return { order, why: null, reference: order.reference }
  return { order: null, why: reference === null ? 'no-reference' : 'unknown-reference', reference }
}

const seenBy = { webhook: 'by_webhook_at', statement: 'by_statement_at', query: 'by_query_at' } as const

function rowOf(
  { keys }: PaymentContext,
  told: Told,
  { agencyId, delivery, now, place }: { agencyId: number; delivery: DeliveryRow; now: Instant; place: Place },
): NoticeRow {
  const isCredit = told.kind === 'credit'
  const matched = isCredit && place.order !== null
  const unmatched = isCredit ? 'suspense' : 'reversal'
  return {
    agency_id: agencyId,
    notice_id: newId(Date.parse(now)),
    books: told.books,
    transaction_id: told.transactionId,
    kind: told.kind,
    reverses: told.reverses,
    amount: told.amount,
    paid_at: told.paidAt,
    method: told.method,
    provider: delivery.provider,
    reference: isCredit ? place.reference : null,
    content: keys.encrypt(told.content),
    first_seen_at: now,
    by_webhook_at: null,
    by_statement_at: null,
    by_query_at: null,
    [seenBy[delivery.source]]: now,
    times: 1,
    conflict: false,
    order_id: matched ? (place.order?.order_id ?? null) : null,
    dossier_id: matched ? (place.order?.dossier_id ?? null) : null,
    state: matched ? 'matched' : unmatched,
    why: isCredit ? place.why : null,
    accepted: 0,
    refunded: 0,
    stuck: null,
    matched_by: null,
    matched_at: matched ? now : null,
    match_reason: null,
    settled_at: null,
  }
}

/** Works on everything that waits: deliveries first, then the books of the dossiers that they touch. */
export async function workPayments(
  context: PaymentContext,
  agencyId: number,
  { deliveryId }: { deliveryId?: string } = {},
): Promise<void> {
  while (await workDelivery(context, agencyId, deliveryId)) if (deliveryId !== undefined) break
  for (let round = 0; round < 1000; round++) {
    const dossiers = await withScope(context.db, { agencies: [agencyId] }, (tx) => listUnsettled(tx, agencyId, 200))
    if (dossiers.length === 0) return
    let moved = false
    for (const dossierId of dossiers) moved = (await settleDossier(context, { agencyId, dossierId })) || moved
    if (!moved) return
  }
}
