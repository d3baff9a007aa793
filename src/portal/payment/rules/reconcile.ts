// The books of a day: four tellers of the same money, side by side. What one has and another lacks is a difference.
import type { Dong } from '../../../platform/money.ts'

type Sum = { count: number; amount: Dong }

/** What was read of one day. */
export type DayRows = {
  orders: readonly { amount: Dong }[]
  /** Movements on the account that the bank dated to this day. */
  notices: readonly {
    kind: 'credit' | 'reversal'
    method: 'transfer' | 'online'
    amount: Dong
    accepted: Dong
    refunded: Dong
    state: 'matched' | 'suspense' | 'reversed' | 'reversal'
    byWebhook: boolean
    byStatement: boolean
    conflict: boolean
    stuck: boolean
  }[]
  /** What the log of the dossiers says of the day. */
  log: readonly {
    type: 'feeCollected' | 'feeRefunded' | 'feeReversed' | 'feeWaived'
    method: 'cash' | 'transfer' | 'online' | null
    amount: Dong
    /** Whether a booking of this room stands behind it: with its notice, its receipt or its approved refund. */
    known: boolean
  }[]
  receipts: readonly { amount: Dong; method: 'cash' | 'transfer' | 'online'; voided: boolean }[]
  /** Whether a statement that covers the day was read. */
  hasStatement: boolean
}

export const figureNames = [
  'orders',
  'notices',
  'accepted',
  'surplus',
  'suspense',
  'reversed',
  'conflicts',
  'statement',
  'onlyWebhook',
  'onlyStatement',
  'logTransfer',
  'logOnline',
  'logCash',
  'logReversed',
  'logRefunded',
  'logWaived',
  'unknownInLog',
  'receipts',
  'voided',
] as const
/** The figures by who tells them. */
export const figureGroups = {
  bank: ['notices', 'accepted', 'surplus', 'suspense', 'reversed', 'conflicts'],
  statement: ['statement', 'onlyWebhook', 'onlyStatement'],
  log: ['logTransfer', 'logOnline', 'logCash', 'logReversed', 'logRefunded', 'logWaived', 'unknownInLog'],
  papers: ['orders', 'receipts', 'voided'],
} as const satisfies Readonly<Record<string, readonly FigureName[]>>
export type FigureGroup = keyof typeof figureGroups

export type FigureName = (typeof figureNames)[number]
export type Figures = Record<FigureName, Sum>

const sumOf = (amounts: readonly Dong[]): Sum => ({
  count: amounts.length,
  amount: amounts.reduce((sum, amount) => sum + amount, 0),
})

export function figuresOf(rows: DayRows): Figures {
  const credits = rows.notices.filter(({ kind }) => kind === 'credit')
  const log = (type: DayRows['log'][number]['type'], method?: string) =>
    sumOf(
      rows.log
        .filter((entry) => entry.type === type && (method === undefined || entry.method === method))
        .map(({ amount }) => amount),
    )
  const surplus = credits
    .filter(({ state }) => state === 'matched')
    .map(({ amount, accepted, refunded }) => amount - accepted - refunded)
    .filter((amount) => amount > 0)
  return {
    orders: sumOf(rows.orders.map(({ amount }) => amount)),
    notices: sumOf(credits.map(({ amount }) => amount)),
    accepted: sumOf(credits.map(({ accepted }) => accepted).filter((amount) => amount > 0)),
    surplus: sumOf(surplus),
    suspense: sumOf(
      credits.filter(({ state }) => state === 'suspense').map(({ amount, refunded }) => amount - refunded),
    ),
    reversed: sumOf(credits.filter(({ state }) => state === 'reversed').map(({ amount }) => amount)),
    conflicts: sumOf(rows.notices.filter(({ conflict, stuck }) => conflict || stuck).map(({ amount }) => amount)),
    statement: sumOf(credits.filter(({ byStatement }) => byStatement).map(({ amount }) => amount)),
    onlyWebhook: rows.hasStatement
      ? sumOf(
          credits
            .filter(({ method, byStatement }) => method === 'transfer' && !byStatement)
            .map(({ amount }) => amount),
        )
      : { count: 0, amount: 0 },
    onlyStatement: sumOf(
      credits.filter(({ byStatement, byWebhook }) => byStatement && !byWebhook).map(({ amount }) => amount),
    ),
    logTransfer: log('feeCollected', 'transfer'),
    logOnline: log('feeCollected', 'online'),
    logCash: log('feeCollected', 'cash'),
    logReversed: log('feeReversed'),
    logRefunded: log('feeRefunded'),
    logWaived: log('feeWaived'),
    unknownInLog: sumOf(
      rows.log.filter(({ type, known }) => type !== 'feeWaived' && !known).map(({ amount }) => amount),
    ),
    receipts: sumOf(rows.receipts.filter(({ voided }) => !voided).map(({ amount }) => amount)),
    voided: sumOf(rows.receipts.filter(({ voided }) => voided).map(({ amount }) => amount)),
  }
}

/** Figures that are not nothing on a day whose books agree; each must be explained before the day is signed. */
const mustBeZero = ['surplus', 'suspense', 'conflicts', 'onlyWebhook', 'unknownInLog'] as const
export type Difference = (typeof mustBeZero)[number]

export const differencesOf = (figures: Figures): Difference[] => mustBeZero.filter((name) => figures[name].count > 0)

/** Whether what was signed still holds; later notices and corrections change a day. */
export const sameFigures = (a: Figures, b: Figures): boolean =>
  figureNames.every((name) => a[name].count === b[name].count && a[name].amount === b[name].amount)
