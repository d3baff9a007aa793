// Đại diện: BLDS 2015, Điều 134–143 (theo pháp luật: cha mẹ, giám hộ, người đứng đầu pháp nhân; theo ủy quyền).
import { isDay, type Day } from '../../../platform/day.ts'
import { accept, refuse, type Result } from '../../../platform/result.ts'
import type { Authority, AuthorityKind } from '../contract.ts'

export const authorityKinds: readonly AuthorityKind[] = ['parent', 'power-of-attorney', 'guardian', 'representative']

export const isAuthorityKind = (text: string): text is AuthorityKind =>
  (authorityKinds as readonly string[]).includes(text)

/** What of an authority is encrypted. */
export type AuthorityContent = Pick<Authority, 'principal' | 'basis'>

export type AuthorityForm = {
  kind: string
  name: string
  identityNumber: string
  birthDay: string
  sex: string
  address: string
  basis: string
  validFrom: string
  validTo: string
}

export type AuthorityField = keyof AuthorityForm
export type AuthorityFault = {
  field: AuthorityField
  code: 'missing' | 'number' | 'tax-code' | 'day' | 'too-late' | 'reversed' | 'over' | 'too-long'
}

const longest: Record<AuthorityField, number> = {
  kind: 30,
  name: 200,
  identityNumber: 30,
  birthDay: 10,
  sex: 10,
  address: 300,
  basis: 300,
  validFrom: 10,
  validTo: 10,
}

/** `14/03/1985`, `14-3-1985` or `1985-03-14`; null when it is no day that exists. */
export function readWrittenDay(typed: string): Day | null {
  const written = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed.trim())
  const day = written
    ? `${written[3]}-${(written[2] ?? '').padStart(2, '0')}-${(written[1] ?? '').padStart(2, '0')}`
    : typed.trim()
  return isDay(day) ? day : null
}

/** Judges what the person wrote; `isNumber` and `isTaxCode` know the numbers of people and of organisations. */
export function readAuthority(
  form: AuthorityForm,
  known: { today: Day; isNumber: (number: string) => boolean; isTaxCode: (number: string) => boolean },
): Result<AuthorityContent & { kind: AuthorityKind; validFrom: Day; validTo: Day | null }, AuthorityFault[]> {
  const faults: AuthorityFault[] = []
  const fault = (field: AuthorityField, code: AuthorityFault['code']) => void faults.push({ field, code })
  const kind = isAuthorityKind(form.kind) ? form.kind : undefined
  if (!kind) fault('kind', 'missing')
  const isOrganisation = kind === 'representative'
  const name = form.name.normalize('NFC').trim().replace(/\s+/g, ' ')
  if (!name) fault('name', 'missing')
  const number = form.identityNumber.replace(/[\s.]/g, '')
  if (isOrganisation && !known.isTaxCode(number)) fault('identityNumber', number ? 'tax-code' : 'missing')
  // A newborn child has no number yet.
  if (kind && !isOrganisation && (number || kind === 'power-of-attorney') && !known.isNumber(number))
    fault('identityNumber', number ? 'number' : 'missing')
  const birthDay = form.birthDay.trim() ? readWrittenDay(form.birthDay) : null
  if (!isOrganisation && form.birthDay.trim() && (!birthDay || birthDay > known.today)) fault('birthDay', 'day')
  if (kind === 'parent' && !form.birthDay.trim()) fault('birthDay', 'missing')
  const basis = form.basis.normalize('NFC').trim()
  if (!basis && kind !== 'parent') fault('basis', 'missing')
  const validFrom = form.validFrom.trim() ? readWrittenDay(form.validFrom) : known.today
  if (!validFrom) fault('validFrom', 'day')
  const validTo = form.validTo.trim() ? readWrittenDay(form.validTo) : null
  if (form.validTo.trim() && !validTo) fault('validTo', 'day')
  if (kind === 'power-of-attorney' && !form.validTo.trim()) fault('validTo', 'missing')
  if (validFrom && validTo && validTo < validFrom) fault('validTo', 'reversed')
  if (validTo && validTo < known.today) fault('validTo', 'over')
  for (const field of Object.keys(longest) as AuthorityField[])
    if (form[field].length > longest[field]) fault(field, 'too-long')
  if (faults.length > 0 || !kind || !validFrom) return refuse(faults)
  return accept({
    kind,
    principal: {
      kind: isOrganisation ? 'organisation' : 'person',
      name,
      identityNumber: number,
      birthDay: isOrganisation ? null : birthDay,
      sex: form.sex === 'male' || form.sex === 'female' ? form.sex : null,
      address: form.address.normalize('NFC').trim(),
      unitCode: '',
    },
    basis,
    validFrom,
    validTo,
  })
}
