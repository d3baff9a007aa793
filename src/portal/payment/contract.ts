import { Type, type Static } from 'typebox'
import type { Figures, Difference } from './rules/reconcile.ts'
import type { RefundState } from './rules/refund.ts'
import type { OrderState } from './rules/settle.ts'

const closed = { additionalProperties: false }
const Line = (maxLength: number, minLength = 0) => Type.String({ maxLength, minLength })
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
const Id = Type.Integer({ minimum: 1 })
const DayText = Type.String({ format: 'date' })
const Money = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 })

export const AgencyQuery = Type.Object({ agencyId: Id }, closed)
export const DayQuery = Type.Object({ agencyId: Id, day: DayText }, closed)

// --- Settings --------------------------------------------------------------------------------------------------------

export const AccountBody = Type.Object(
  {
    agencyId: Id,
    bankBin: Type.String({ pattern: '^\\d{6}$' }),
    accountNumber: Type.String({ pattern: '^[0-9A-Za-z]{4,19}$' }),
    accountName: Line(100, 3),
    receiptSymbol: Type.String({ pattern: '^[A-Z]{2,4}$' }),
    orderDays: Type.Integer({ minimum: 1, maximum: 90 }),
  },
  closed,
)
export type AccountBody = Static<typeof AccountBody>

/** A shorter secret is no secret. */
export const LEAST_SECRET = 16

export const ProviderBody = Type.Object(
  {
    agencyId: Id,
    provider: Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }),
    kind: Type.Union([Type.Literal('bank'), Type.Literal('gateway')]),
    name: Line(100, 2),
    method: Type.Union([Type.Literal('hmac-sha256'), Type.Literal('rsa-sha256')]),
    /** A new secret; left out, the one that is kept goes on. It is never shown again. */
    secret: Type.Optional(Line(200, LEAST_SECRET)),
    publicKey: Type.Optional(Line(5000)),
    baseUrl: Type.Union([Type.String({ maxLength: 300, pattern: '^https?://[^\\s]+[^/\\s]$' }), Type.Null()]),
    windowSeconds: Type.Integer({ minimum: 30, maximum: 3600 }),
    enabled: Type.Boolean(),
  },
  closed,
)
export type ProviderBody = Static<typeof ProviderBody>

type AccountView = {
  version: number
  bankBin: string
  bankName: string
  accountNumber: string
  accountName: string
  receiptSymbol: string
  orderDays: number
  setBy: string
  setAt: string
}
export type ProviderView = Omit<ProviderBody, 'secret' | 'agencyId'> & {
  hasSecret: boolean
  /** Where it sends its notices. */
  noticeUrl: string
  changedAt: string
  /** Notices that were not believed since the system started. */
  refused: RefusedNotices | null
}
export type RefusedNotices = {
  count: number
  lastAt: string
  code: 'signature-missing' | 'signature-wrong' | 'signature-expired'
}
export type SettingsView = {
  accounts: AccountView[]
  providers: ProviderView[]
  banks: { bin: string; shortName: string; name: string }[]
  /** A code for one đồng, to be tried with a telephone. */
  trialQr: string | null
}

// --- A dossier -------------------------------------------------------------------------------------------------------

export type OrderView = {
  orderId: string
  reference: string
  amount: number
  /** What is still to be paid by this order. */
  toPay: number
  state: OrderState
  createdAt: string
  expiresAt: string
}
export type ReceiptView = {
  year: number
  number: number
  mark: string
  amount: number
  method: 'cash' | 'transfer' | 'online'
  issuedAt: string
  issuedBy: string | null
  prints: number
  voided: { at: string; by: string | null; reason: string } | null
}
export type RefundView = {
  refundId: string
  agencyId: number
  dossierId: string | null
  code: string | null
  kind: 'collected' | 'surplus'
  way: 'cash' | 'transfer' | 'gateway'
  amount: number
  reason: string
  askedBy: string
  askedAt: string
  decidedBy: string | null
  decidedAt: string | null
  decisionNote: string | null
  state: RefundState
  paidBy: string | null
  paidAt: string | null
  voucher: string | null
  failure: string | null
  isOwn: boolean
}
type BankView = {
  bankName: string
  accountNumber: string
  accountName: string
}
/** A dossier whose fee was lowered after it was paid. */
export type ProposedRefund = { dossierId: string; code: string; due: number; paid: number; amount: number }
export type RefundsView = { items: RefundView[]; proposed: ProposedRefund[]; hasGateway: boolean }
/** The fee of a dossier as officers see it. */
export type PaymentView = {
  agencyId: number
  dossierId: string
  code: string
  due: number
  paid: number
  refunded: number
  owed: number
  surplus: number
  /** Paid beyond the fee, since it was lowered afterwards; and what of it no refund under way gives back. */
  excess: number
  proposed: number
  collects: boolean
  order: OrderView | null
  orders: OrderView[]
  bank: BankView | null
  /** The code to be scanned, as SVG; null when nothing is to be paid or no account is set. */
  qr: string | null
  path: string
  receipts: ReceiptView[]
  refunds: RefundView[]
  hasGateway: boolean
}

export const CashBody = Type.Object({ commandId: Uuid, amount: Money }, closed)
export const WaiveBody = Type.Object(
  { commandId: Uuid, amount: Money, reason: Line(500, 3), basis: Line(300, 3) },
  closed,
)
export const RefundBody = Type.Object(
  {
    commandId: Uuid,
    way: Type.Union([Type.Literal('cash'), Type.Literal('transfer'), Type.Literal('gateway')]),
    amount: Money,
    reason: Line(500, 3),
  },
  closed,
)
export const DecisionBody = Type.Object(
  {
    agencyId: Id,
    act: Type.Union([Type.Literal('approve'), Type.Literal('reject')]),
    note: Line(500),
  },
  closed,
)
export const PayBody = Type.Object({ agencyId: Id, voucher: Line(60) }, closed)
export const VoidBody = Type.Object({ reason: Line(300, 3) }, closed)
export const MatchBody = Type.Object({ agencyId: Id, code: Line(80, 5), reason: Line(300, 3) }, closed)
export const ReviewBody = Type.Object({ agencyId: Id, reason: Line(300, 3) }, closed)
export const SuspenseRefundBody = Type.Object({ ...RefundBody.properties, agencyId: Id }, closed)

/** What the public page shows and asks for again every few seconds. */
export type LiveState = { state: 'open' | 'partial' | 'paid' | 'none'; owed: number; toPay: number }

// --- The day ---------------------------------------------------------------------------------------------------------

export type NoticeView = {
  noticeId: string
  transactionId: string
  kind: 'credit' | 'reversal'
  amount: number
  accepted: number
  refunded: number
  /** What may be matched or asked back; `reserved` is in a refund under way. */
  rest: number
  reserved: number
  paidAt: string
  method: 'transfer' | 'online'
  provider: string
  content: string
  reference: string | null
  state: 'matched' | 'suspense' | 'reversed' | 'reversal'
  why: string | null
  stuck: string | null
  conflict: boolean
  times: number
  byWebhook: boolean
  byStatement: boolean
  late: boolean
  dossierId: string | null
  code: string | null
}
type LogView = {
  dossierId: string
  code: string
  type: 'feeCollected' | 'feeRefunded' | 'feeReversed' | 'feeWaived'
  method: 'cash' | 'transfer' | 'online' | null
  amount: number
  receipt: string | null
  at: string
  officer: string | null
  known: boolean
}
export type DayView = {
  agencyId: number
  day: string
  figures: Figures
  differences: Difference[]
  hasStatement: boolean
  orders: { orderId: string; reference: string; amount: number; createdAt: string; dossierId: string; code: string }[]
  notices: NoticeView[]
  log: LogView[]
  receipts: (ReceiptView & { dossierId: string; code: string })[]
  deliveries: {
    at: string
    provider: string
    source: string
    fileName: string | null
    outcome: string | null
    transactions: number
    known: number
    conflicts: number
  }[]
  signed: { at: string; by: string; explanation: string; stillTrue: boolean } | null
}
/** What the log collected on a day, and whether its books were signed. */
export type DaySum = { day: string; cash: number; transfer: number; online: number; isSigned: boolean }
export type DaysView = { items: DaySum[] }
export const SignBody = Type.Object({ agencyId: Id, day: DayText, explanation: Line(2000) }, closed)

export type HandOverView = {
  waiting: {
    bookingId: string
    dossierId: string
    code: string
    amount: number
    method: 'cash' | 'transfer' | 'online'
    collectedAt: string
    dueAt: string
    late: boolean
  }[]
  done: { handOverId: string; voucher: string; amount: number; bookings: number; handedAt: string; by: string }[]
}
export const HandOverBody = Type.Object(
  {
    commandId: Uuid,
    agencyId: Id,
    voucher: Line(60, 1),
    bookingIds: Type.Array(Uuid, { minItems: 1, maxItems: 5000 }),
  },
  closed,
)
