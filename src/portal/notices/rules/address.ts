import { readEmail, readMobile } from '../../../platform/contact.ts'
import type { NoticeChannel } from '../contract.ts'

type To = { email?: string | undefined; phone?: string | undefined }

/** Where a message of this channel goes; undefined where the person has no such address. */
export const addressFor = (channel: NoticeChannel, to: To): string | undefined =>
  channel === 'email' ? readEmail(to.email ?? '') : readMobile(to.phone ?? '')

/** As much of an address as an officer needs to ask “is this yours?”. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? `${address.slice(0, 3)}****${address.slice(-3)}` : `${address.slice(0, 1)}***${address.slice(at)}`
}
