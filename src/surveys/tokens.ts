import { createHash } from 'node:crypto'
import type { Keys } from '../platform/keys.ts'

/**
 * A token names its agency, so that looking it up opens nobody else's rows, and 80 bits that only the keys outside of the
 * database can make. It is stored nowhere: the tracking page and the message compute it again.
 */
export function tokenOf(
  keys: Keys,
  { agencyId, campaignId, dossierId }: { agencyId: number; campaignId: string; dossierId: string },
): string {
  return named(agencyId, keys.mac('survey-token', `${agencyId}/${campaignId}/${dossierId}`))
}

/** The key of an open link or a kiosk, from random bytes. */
export const named = (agencyId: number, bytes: Buffer): string =>
  `${agencyId.toString(36)}-${Array.from(bytes.subarray(0, 16), (byte) => letters[byte % 32]).join('')}`
const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** The agency that a token or key names; undefined where it is none of ours. */
export function agencyIn(token: string): number | undefined {
  const found = /^([0-9a-z]{1,6})-[0-9a-hjkmnp-tv-z]{16}$/.exec(token)
  const agencyId = found ? Number.parseInt(found[1] ?? '', 36) : 0
  return agencyId > 0 && agencyId <= 2_147_483_647 ? agencyId : undefined
}

/** People type letters large and in groups; 0 and o, 1 and l look alike. */
export const cleanToken = (typed: string): string => {
  const [agency = '', ...rest] = typed.trim().toLowerCase().replace(/\s/g, '').split('-')
  const code = rest.join('').replaceAll('o', '0').replace(/[il]/g, '1')
  return `${agency}-${code}`
}

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
