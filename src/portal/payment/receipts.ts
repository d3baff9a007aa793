import { getVersion } from '../../catalogue/index.ts'
import { renderForm } from '../../documents/index.ts'
import type { OpenedDossier } from '../../dossiers/index.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { isDemo } from '../../platform/settings.ts'
import { authorityName, getAgency, listOfficerNames, listUnits } from '../../staff/index.ts'
import type { PaymentContext } from './context.ts'
import { paymentPath } from './path.ts'
import { dongInWords } from './rules/amount-words.ts'
import { addReceipt, countPrint, findReceipt, nextReceiptNumber } from './receipt-store.ts'
import { findAccount } from './settings-store.ts'
import type { BookingRow, PaymentTx, ReceiptRow } from './tables.ts'
import { vi } from './text.vi.ts'

/** What a receipt says, as it stood when it was issued. */
type Content = {
  code: string
  procedure: string
  payer: string
  address: string
  lines: { name: string; amount: number }[]
  due: number
  paidBefore: number
}

const DEFAULT_SYMBOL = 'BL'

/** `BL26-0000123`: symbol, year and number, as the log and the paper name it. */
export const receiptMark = ({ symbol, year, number }: Pick<ReceiptRow, 'symbol' | 'year' | 'number'>): string =>
  `${symbol}${String(year).slice(2)}-${String(number).padStart(7, '0')}`

/** Gives the next number of the year to a collection that is about to be written into the log. */
export async function issueReceipt(
  context: PaymentContext,
  tx: PaymentTx,
  opened: OpenedDossier,
  booking: BookingRow,
): Promise<void> {
  const { agencyId, dossierId, dossier, persons } = opened
  const at = booking.intended_at
  const year = Number(dayOf(at).slice(0, 4))
  const account = await findAccount(tx, agencyId)
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const payer =
    persons.findLast(({ content }) => content?.roles.includes('submitter')) ??
    persons.findLast(({ content }) => content?.roles.includes('applicant'))
  const content: Content = {
    code: dossier.code,
    procedure: version.name,
    payer: payer?.content?.name ?? vi.receipt.noName,
    address: payer?.content?.address ?? '',
    lines: dossier.fees.filter(({ amount }) => amount > 0).map(({ name, amount }) => ({ name, amount })),
    due: dossier.feeDue,
    paidBefore: dossier.feePaid,
  }
  await addReceipt(tx, {
    agency_id: agencyId,
    year,
    number: await nextReceiptNumber(tx, agencyId, year),
    symbol: account?.receipt_symbol ?? DEFAULT_SYMBOL,
    booking_id: booking.booking_id,
    dossier_id: dossierId,
    amount: booking.amount,
    method: booking.method,
    issued_at: at,
    issued_by: booking.officer_id,
    content: context.keys.encrypt(JSON.stringify(content)),
    printed: 0,
    voided_at: null,
    voided_by: null,
    void_reason: null,
  })
}

/**
 * Prints a receipt as PDF/A. The first print is the original, every further one says that it is a copy, a voided one
 * says so across the sheet.
 */
export async function printReceipt(
  context: PaymentContext,
  key: { agencyId: number; year: number; number: number },
  /** `count`: an officer prints it; the copy that is fetched by its secret address counts nothing and names no home. */
  { count = true } = {},
): Promise<Buffer | undefined> {
  const { agencyId } = key
  const found = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const row = await findReceipt(tx, key)
    const prints = row && (count && row.voided_at === null ? await countPrint(tx, key) : row.printed)
    return row && { row, prints: prints ?? 0 }
  })
  if (!found) return undefined
  const { row, prints } = found
  const content = JSON.parse(context.keys.decrypt(row.content)) as Content
  const day = dayOf(row.issued_at)
  const [agency, units, officers, demo] = await Promise.all([
    getAgency(context.db, agencyId, day),
    listUnits(context.db, agencyId, day),
    listOfficerNames(context.db, row.issued_by === null ? [] : [row.issued_by]),
    isDemo(context.db),
  ])
  const place = agency.fullName.replace(/^(Tỉnh|Thành phố|Quận|Huyện|Thị xã|Thị trấn|Phường|Xã|Đặc khu) /, '')
  return renderForm('feeReceipt', '2025', {
    head: {
      parentAgency: authorityName(agency),
      agency: units.find(({ kind }) => kind === 'one-stop')?.name ?? 'Bộ phận Một cửa',
      number: receiptMark(row),
      place,
      issuedAt: row.issued_at,
      demo,
    },
    symbol: `${row.symbol}${String(row.year).slice(2)}`,
    number: String(row.number).padStart(7, '0'),
    code: content.code,
    url: `${context.config.publicUrl}${paymentPath(context, { agencyId, dossierId: row.dossier_id })}`,
    payer: content.payer,
    address: count ? content.address || null : null,
    procedure: content.procedure,
    lines: content.lines,
    amount: row.amount,
    amountInWords: dongInWords(row.amount),
    // Paid in parts: what was paid before and what is left are said, so that the sum of the receipts is the fee.
    parts:
      row.amount === content.due
        ? null
        : { due: content.due, before: content.paidBefore, after: content.due - content.paidBefore - row.amount },
    method: vi.methods[row.method],
    copy: prints > 1 ? prints - 1 : null,
    voided: row.voided_at === null ? null : { at: row.voided_at, reason: row.void_reason ?? '' },
    collector: row.issued_by === null ? null : (officers.get(row.issued_by) ?? null),
  })
}
