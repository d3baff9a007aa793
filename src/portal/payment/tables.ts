import type { ColumnType } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db, Tx } from '../../platform/db.ts'
import type { Dong } from '../../platform/money.ts'
import type { Figures } from './rules/reconcile.ts'
import type { RefundState } from './rules/refund.ts'

export type Method = 'cash' | 'transfer' | 'online'

type Owned = { agency_id: number }

export type AccountRow = Owned & {
  version: number
  bank_bin: string
  account_number: string
  account_name: string
  receipt_symbol: string
  order_days: number
  set_by: number
  set_at: Instant
}

export type ProviderRow = Owned & {
  provider: string
  kind: 'bank' | 'gateway'
  name: string
  method: 'hmac-sha256' | 'rsa-sha256'
  secret: Buffer | null
  public_key: string | null
  base_url: string | null
  window_seconds: number
  enabled: boolean
  changed_by: number
  changed_at: Instant
}

export type OrderRow = Owned & {
  order_id: string
  dossier_id: string
  reference: string
  amount: Dong
  account_version: number
  created_at: Instant
  created_by: number | null
  expires_at: Instant
  closed_at: Instant | null
  closed_why: 'paid' | 'replaced' | 'expired' | 'nothing-owed' | null
  gateway: string | null
  gateway_payment: string | null
  gateway_asked_at: Instant | null
}

export type DeliverySource = 'webhook' | 'statement' | 'query'

export type DeliveryRow = Owned & {
  delivery_id: string
  provider: string
  source: DeliverySource
  body: Buffer
  received_at: Instant
  file_name: string | null
  received_by: number | null
  worked_at: Instant | null
  outcome: 'worked' | 'unreadable' | null
  transactions: number
  known: number
  conflicts: number
}

type NoticeState = 'matched' | 'suspense' | 'reversed' | 'reversal'

export type NoticeRow = Owned & {
  notice_id: string
  books: string
  transaction_id: string
  kind: 'credit' | 'reversal'
  reverses: string | null
  amount: Dong
  paid_at: Instant
  method: 'transfer' | 'online'
  provider: string
  reference: string | null
  content: Buffer
  first_seen_at: Instant
  by_webhook_at: Instant | null
  by_statement_at: Instant | null
  by_query_at: Instant | null
  times: number
  conflict: boolean
  order_id: string | null
  dossier_id: string | null
  state: NoticeState
  why: string | null
  accepted: Dong
  refunded: Dong
  stuck: string | null
  matched_by: number | null
  matched_at: Instant | null
  match_reason: string | null
  settled_at: Instant | null
}

/** With what refunds under way are to give back of it. */
export type HeldNotice = NoticeRow & { reserved: Dong }

export type BookingRow = Owned & {
  booking_id: string
  dossier_id: string
  kind: 'collect' | 'reverse' | 'refund'
  method: Method
  amount: Dong
  notice_id: string | null
  refund_id: string | null
  officer_id: number | null
  state: 'intended' | 'done' | 'refused'
  refusal: string | null
  intended_at: Instant
  done_at: Instant | null
  hand_over_id: string | null
}

export type ReceiptRow = Owned & {
  year: number
  number: number
  symbol: string
  booking_id: string
  dossier_id: string
  amount: Dong
  method: Method
  issued_at: Instant
  issued_by: number | null
  content: Buffer
  printed: number
  voided_at: Instant | null
  voided_by: number | null
  void_reason: string | null
}

export type RefundRow = Owned & {
  refund_id: string
  dossier_id: string | null
  notice_id: string | null
  kind: 'collected' | 'surplus'
  way: 'cash' | 'transfer' | 'gateway'
  amount: Dong
  reason: string
  asked_by: number
  asked_at: Instant
  decided_by: number | null
  decided_at: Instant | null
  decision_note: string | null
  state: RefundState
  paid_by: number | null
  paid_at: Instant | null
  voucher: string | null
  failure: string | null
  /** Asked for because the fee was lowered after it was paid. */
  of_excess: boolean
}

export type HandOverRow = Owned & {
  hand_over_id: string
  voucher: string
  amount: Dong
  bookings: number
  handed_at: Instant
  recorded_at: Instant
  recorded_by: number
}

export type DayRow = Owned & {
  day: Day
  version: number
  figures: ColumnType<Figures, string>
  explanation: string
  signed_by: number
  signed_at: Instant
}

export type PaymentTables = {
  'portal.payment_account': AccountRow
  'portal.payment_provider': ProviderRow
  'portal.payment_order': OrderRow
  'portal.payment_delivery': DeliveryRow
  'portal.payment_notice': NoticeRow
  'portal.payment_booking': BookingRow
  'portal.payment_series': Owned & { year: number; last: number }
  'portal.payment_receipt': ReceiptRow
  'portal.payment_refund': RefundRow
  'portal.payment_hand_over': HandOverRow
  'portal.payment_day': DayRow
}

export type PaymentDb = Db<PaymentTables>

export type PaymentTx = Tx<PaymentTables>

export type Of = { agencyId: number; dossierId: string }
