import { readEmail, readMobile } from '../../../platform/contact.ts'

/** By what a person signs in: a Vietnamese mobile number or an e-mail address, in the one form in which they are compared. */
export type Contact = { kind: 'phone' | 'email'; value: string }

/** Understands `0912 345 678`, `+84 912.345.678`, ` Mai@Example.VN `; null for anything else. */
export function readContact(typed: string): Contact | null {
  if (typed.includes('@')) {
    const email = readEmail(typed)?.toLowerCase()
    return email === undefined ? null : { kind: 'email', value: email }
  }
  const phone = readMobile(typed)
  return phone === undefined ? null : { kind: 'phone', value: phone }
}

/** By which contacts somebody can be sent a code here. */
export type ContactKinds = 'both' | Contact['kind']

/** Undefined: by none. */
export function contactKinds({ email, phone }: { email: boolean; phone: boolean }): ContactKinds | undefined {
  if (email && phone) return 'both'
  if (email) return 'email'
  return phone ? 'phone' : undefined
}

/** So that the owner knows it again and nobody else learns it: `09••••••78`, `ma•••@example.vn`. */
export function maskContact({ kind, value }: Contact): string {
  if (kind === 'phone') return `${value.slice(0, 2)}••••••${value.slice(-2)}`
  const [name = '', domain = ''] = value.split('@')
  return `${name.slice(0, 2)}•••@${domain}`
}
