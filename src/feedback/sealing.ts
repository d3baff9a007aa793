import { phoneDigits } from '../platform/contact.ts'
import type { Keys } from '../platform/keys.ts'
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
