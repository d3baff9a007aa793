import { phoneDigits } from '../platform/contact.ts'
import type { Keys } from '../platform/keys.ts'
import { sameBytes } from '../platform/same-bytes.ts'
import type { Sender, Story } from './contract.ts'

/** Everything that people wrote, by its kind. */
export type Writing =
  | { kind: 'story'; story: Story }
  | { kind: 'sender'; sender: Sender }
  | { kind: 'text'; text: string }
  /** Where a person is guided to, and the words for it. */
  | { kind: 'guidance'; authority: string; text: string }

export const seal = (keys: Keys, writing: Writing): Buffer => keys.encrypt(JSON.stringify(writing))
export const open = (keys: Keys, sealed: Buffer): Writing => JSON.parse(keys.decrypt(sealed)) as Writing

/** A telephone is found without being readable. */
export const phoneIndex = (keys: Keys, phone: string): Buffer | null => {
  const digits = phoneDigits(phone)
  return digits ? keys.blindIndex('petition-phone', digits) : null
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The key beside the code: without it a code opens nothing. 50 bits in Crockford's letters, never stored. */
export function petitionKey(keys: Keys, { agencyId, petitionId }: { agencyId: number; petitionId: string }): string {
  const mac = keys.mac('petition', `${agencyId}/${petitionId}`)
  return Array.from(mac.subarray(0, 10), (byte) => LETTERS[byte % 32]).join('')
}

type OneFile = { petitionId: string; fileId: string }
const TICKET_MS = 30 * 60_000
const ticketUntil = (keys: Keys, { petitionId, fileId }: OneFile, until: string): string =>
  `${until}.${keys.mac('petition-file', `${petitionId}/${fileId}/${until}`).subarray(0, 16).toString('base64url')}`

/** Opens one file for half an hour: what stands in an address must not be the key of the petition. */
export const fileTicket = (keys: Keys, file: OneFile, now: number): string =>
  ticketUntil(keys, file, String(now + TICKET_MS))

export function isFileTicket(keys: Keys, file: OneFile, { ticket, now }: { ticket: string; now: number }): boolean {
  const [until = ''] = ticket.split('.')
  return /^\d{13}$/.test(until) && Number(until) >= now && sameBytes(ticket, ticketUntil(keys, file, until))
}
