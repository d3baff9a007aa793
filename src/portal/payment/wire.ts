import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Instant } from '../../platform/day.ts'
import type { Dong } from '../../platform/money.ts'

// What banks and gateways send. Their words stop here.

const open = { additionalProperties: true }
const Id = Type.String({ minLength: 1, maxLength: 80, pattern: '^[\\x21-\\x7E]+$' })
/** Whole đồng; a trillion is more than any fee. */
const Amount = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 })

const Movement = Type.Object(
  {
    id: Id,
    kind: Type.Union([Type.Literal('credit'), Type.Literal('reversal')]),
    /** Of a reversal: the id of what is taken back. */
    reverses: Type.Optional(Id),
    amount: Amount,
    currency: Type.Literal('VND'),
    account: Type.String({ minLength: 1, maxLength: 40 }),
    content: Type.String({ maxLength: 1000 }),
    paidAt: Type.String({ format: 'date-time', maxLength: 40 }),
  },
  open,
)

/** A notice of a bank: one movement or several. */
const BankNotice = Type.Object({ transactions: Type.Array(Movement, { minItems: 1, maxItems: 5000 }) }, open)

/** A notice of a gateway: the state of one payment. */
export const GatewayPayment = Type.Object(
  {
    paymentId: Id,
    orderReference: Id,
    status: Type.Union([
      Type.Literal('pending'),
      Type.Literal('paid'),
      Type.Literal('failed'),
      Type.Literal('cancelled'),
      Type.Literal('reversed'),
    ]),
    amount: Amount,
    currency: Type.Literal('VND'),
    transactionId: Type.Optional(Type.Union([Id, Type.Null()])),
    paidAt: Type.Optional(Type.Union([Type.String({ format: 'date-time', maxLength: 40 }), Type.Null()])),
  },
  open,
)
export type GatewayPayment = Static<typeof GatewayPayment>

export const GatewayCreated = Type.Object(
  { paymentId: Id, redirectUrl: Type.String({ maxLength: 500, pattern: '^https?://' }) },
  open,
)
export const GatewayRefund = Type.Object(
  {
    refundId: Id,
    status: Type.Union([Type.Literal('done'), Type.Literal('pending'), Type.Literal('refused')]),
    reason: Type.Optional(Type.Union([Type.String({ maxLength: 300 }), Type.Null()])),
  },
  open,
)

/** A movement on an account, whoever told it. */
export type Told = {
  books: string
  transactionId: string
  kind: 'credit' | 'reversal'
  reverses: string | null
  amount: Dong
  paidAt: Instant
  method: 'transfer' | 'online'
  content: string
  /** The account that it came to; null where the gateway keeps none. */
  account: string | null
}

const checkBank = Compile(BankNotice)
const checkGateway = Compile(GatewayPayment)

/** The account of a bank as the name of its books: digits and letters only. */
export const accountBooks = (account: string): string => `account:${account.replace(/[^0-9A-Za-z]/g, '').toUpperCase()}`

/** Reads what was sent; undefined when it does not say what it must. */
export function readNotice(
  provider: { kind: 'bank' | 'gateway'; provider: string },
  body: string,
): readonly Told[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  if (provider.kind === 'gateway') return readGateway(provider.provider, value)
  if (!checkBank.Check(value)) return undefined
  if (value.transactions.some(({ kind, reverses }) => (kind === 'reversal') !== (reverses !== undefined)))
    return undefined
  return value.transactions.map(({ id, kind, reverses, amount, account, content, paidAt }) => ({
    books: accountBooks(account),
    transactionId: id,
    kind,
    reverses: reverses ?? null,
    amount,
    paidAt: new Date(paidAt).toISOString(),
    method: 'transfer',
    content,
    account,
  }))
}

/** A payment becomes a movement once it is paid, and a second one when it is taken back; the rest is no money. */
function readGateway(provider: string, value: unknown): readonly Told[] | undefined {
  if (!checkGateway.Check(value)) return undefined
  const { status, paymentId, orderReference, amount, paidAt } = value
  if (status !== 'paid' && status !== 'reversed') return []
  if (!paidAt) return undefined
  const paid: Told = {
    books: `gateway:${provider}`,
    transactionId: paymentId,
    kind: 'credit',
    reverses: null,
    amount,
    paidAt: new Date(paidAt).toISOString(),
    method: 'online',
    content: orderReference,
    account: null,
  }
  if (status === 'paid') return [paid]
  return [paid, { ...paid, transactionId: `${paymentId}/reversed`, kind: 'reversal', reverses: paymentId }]
}
