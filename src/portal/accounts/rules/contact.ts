/** By what a person signs in: a Vietnamese mobile number or an e-mail address, in the one form in which they are compared. */
export type Contact = { kind: 'phone' | 'email'; value: string }

/** Understands `0912 345 678`, `+84 912.345.678`, ` Mai@Example.VN `; null for anything else. */
export function readContact(typed: string): Contact | null {
  const text = typed.normalize('NFKC').trim()
  if (text.length > 254) return null
  if (text.includes('@')) {
    const value = text.toLowerCase()
    return /^[^\s@<>"'(),;:\\[\]]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(
      value,
    )
      ? { kind: 'email', value }
      : null
  }
  if (/[^\d\s.+()-]/.test(text)) return null
  const digits = text.replace(/\D/g, '').replace(/^(?:00)?84(?=\d{9}$)/, '0')
  // Đầu số di động từ 2018: 03, 05, 07, 08, 09.
  return /^0[35789]\d{8}$/.test(digits) ? { kind: 'phone', value: digits } : null
}

/** So that the owner knows it again and nobody else learns it: `09••••••78`, `ma•••@example.vn`. */
export function maskContact({ kind, value }: Contact): string {
  if (kind === 'phone') return `${value.slice(0, 2)}••••••${value.slice(-2)}`
  const [name = '', domain = ''] = value.split('@')
  return `${name.slice(0, 2)}•••@${domain}`
}
