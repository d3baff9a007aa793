import { sameBytes } from '../../platform/same-bytes.ts'
import type { PaymentContext } from './context.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The page on which a dossier's fee is paid. Whoever has the address may see what is owed, and no name. */
export const paymentPath = (
  { keys }: Pick<PaymentContext, 'keys'>,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
): string => {
  const plain = `${agencyId.toString(36)}.${Buffer.from(dossierId.replaceAll('-', ''), 'hex').toString('base64url')}`
  return `/thanh-toan/${plain}.${markOf({ keys }, agencyId, dossierId)}`
}

/** 120 bits. */
const markOf = ({ keys }: Pick<PaymentContext, 'keys'>, agencyId: number, dossierId: string): string =>
  keys.mac('payment-page', `${agencyId}/${dossierId}`).subarray(0, 15).toString('base64url')

/** Whose page it is; undefined for every address that we did not make. */
export function readPaymentToken(
  context: Pick<PaymentContext, 'keys'>,
  token: string,
): { agencyId: number; dossierId: string } | undefined {
  const [agency, dossier, mark, ...rest] = token.split('.')
  if (!agency || !dossier || !mark || rest.length > 0 || !/^[0-9a-z]{1,6}$/.test(agency)) return undefined
  const agencyId = Number.parseInt(agency, 36)
  const hex = Buffer.from(dossier, 'base64url').toString('hex')
  const dossierId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  if (!UUID.test(dossierId) || agencyId < 1 || agencyId > 2_147_483_647) return undefined
  return sameBytes(markOf(context, agencyId, dossierId), mark) ? { agencyId, dossierId } : undefined
}
