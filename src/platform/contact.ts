// Contacts as people type them, in the one form in which they are kept, compared and written to.

/** An e-mail address that can be written to, its host in small letters; undefined for anything else. */
export function readEmail(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim()
  const at = text.lastIndexOf('@')
  const name = text.slice(0, at)
  const host = text.slice(at + 1).toLowerCase()
  if (at < 1 || text.length > 254 || name.length > 64) return undefined
  if (
    !/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/i.test(name) ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('..')
  )
    return undefined
  const labels = host.split('.')
  const isLabel = (label: string) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)
  if (labels.length < 2 || !labels.every(isLabel) || /^\d+$/.test(labels.at(-1) ?? '')) return undefined
  return `${name}@${host}`
}

/** A Vietnamese telephone, fixed or mobile, as it is dialled at home (`02203870000`, `0912345678`). */
export function readPhone(typed: string): string | undefined {
  const text = typed.normalize('NFKC')
  const digits = phoneDigits(text)
  return /^[+\d\s().-]*$/.test(text) && /^0[2-9]\d{8,9}$/.test(digits) ? digits : undefined
}

/** A Vietnamese mobile number; numbers of the fixed network take no messages. */
export function readMobile(typed: string): string | undefined {
  const digits = readPhone(typed)
  // Đầu số di động từ 2018: 03, 05, 07, 08, 09.
  return digits !== undefined && /^0[35789]\d{8}$/.test(digits) ? digits : undefined
}

/**
 * Digits alone, the country code written as 0, so that `+84 912 345 678` and `0912.345.678` are the same. `084…` without
 * the country code is a mobile number of its own and stays.
 */
export const phoneDigits = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^(?:00)?840?(?=[1-9]\d{8,9}$)/, '0')
