import { searchKey } from '../catalogue/index.ts'
import { newId, randomPiece } from '../platform/id.ts'
import type { Instant } from '../platform/day.ts'
import type { Keys } from '../platform/keys.ts'
import { contentHash } from './chain.ts'
import type { PersonInput } from './contract.ts'
import type { PersonRole, Ref } from './rules/events.ts'
import { phoneDigits } from '../platform/contact.ts'
import { cleanIdentityNumber, maskIdentityNumber } from '../platform/identity-number.ts'
import type { NoteRow, PersonContent, PersonRow } from './store.ts'

/** What of a person is encrypted. */
export type PersonSecret = { identityNumber: string; phone: string; email: string }

/** An index by which a number is found without being readable; `undefined` where there is none. */
export const identityIndex = (keys: Keys, number: string): Buffer | undefined => {
  const clean = cleanIdentityNumber(number)
  return clean ? keys.blindIndex('identity', clean) : undefined
}
export const phoneIndex = (keys: Keys, phone: string): Buffer | undefined => {
  const digits = phoneDigits(phone)
  return digits ? keys.blindIndex('phone', digits) : undefined
}

type Owner = { agencyId: number; dossierId: string; at: Instant }

/** A person's row and the reference by which an event names it. The hash covers the numbers as well. */
export function sealPerson(
  keys: Keys,
  person: PersonInput,
  {
    agencyId,
    dossierId,
    at,
    roles,
    deliveryAddress,
  }: Owner & { roles: readonly (PersonRole | 'recipient')[]; deliveryAddress: string },
): { row: PersonRow; ref: Ref } {
  const secret: PersonSecret = {
    identityNumber: person.identityKind === 'none' ? '' : cleanIdentityNumber(person.identityNumber),
    phone: person.phone.trim(),
    email: person.email.trim(),
  }
  const content: PersonContent = {
    roles,
    kind: person.kind,
    name: person.name.trim().replace(/\s+/g, ' '),
    identityKind: person.identityKind,
    maskedNumber: maskIdentityNumber(secret.identityNumber),
    birthDay: person.birthDay,
    sex: person.sex,
    address: person.address.trim(),
    unitCode: person.unitCode,
    relation: person.relation.trim(),
    deliveryAddress: deliveryAddress.trim(),
  }
  const salt = randomPiece(16)
  const hash = contentHash(salt, { content, secret })
  const id = newId(Date.parse(at))
  return {
    ref: { id, hash: hash.toString('hex') },
    row: {
      agency_id: agencyId,
      person_id: id,
      dossier_id: dossierId,
      content,
      secret: keys.encrypt(JSON.stringify(secret)),
      salt,
      hash,
      name_key: searchKey(content.name) || null,
      identity_index: identityIndex(keys, secret.identityNumber) ?? null,
      phone_index: phoneIndex(keys, secret.phone) ?? null,
      recorded_at: at,
      erased_at: null,
      superseded_at: null,
    },
  }
}

/** Opens what `sealPerson` encrypted; empty for a person that was erased. */
export const openSecret = (keys: Keys, row: Pick<PersonRow, 'secret'>): PersonSecret =>
  row.secret ? (JSON.parse(keys.decrypt(row.secret)) as PersonSecret) : { identityNumber: '', phone: '', email: '' }

/** A row of free text and the reference by which an event names it. */
export function sealNote(content: unknown, { agencyId, dossierId, at }: Owner): { row: NoteRow; ref: Ref } {
  const salt = randomPiece(16)
  const hash = contentHash(salt, content)
  const id = newId(Date.parse(at))
  return {
    ref: { id, hash: hash.toString('hex') },
    row: {
      agency_id: agencyId,
      note_id: id,
      dossier_id: dossierId,
      content,
      salt,
      hash,
      recorded_at: at,
      erased_at: null,
    },
  }
}
