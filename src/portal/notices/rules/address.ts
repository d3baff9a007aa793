import type { NoticeChannel } from '../contract.ts'

/** An e-mail address that can be written to, in its comparable form; undefined for anything else. */
export function cleanEmail(text: string): string | undefined {
  const typed = text.trim()
  const at = typed.lastIndexOf('@')
  const name = typed.slice(0, at)
  const host = typed.slice(at + 1).toLowerCase()
  if (at < 1 || typed.length > 254 || name.length > 64) return undefined
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

/** A Vietnamese mobile number as it is dialled at home (`0912345678`); numbers of the fixed network take no messages. */
export function cleanMobile(text: string): string | undefined {
  if (!/^[+\d\s().-]*$/.test(text)) return undefined
  const digits = text.replace(/\D/g, '').replace(/^0?084|^84/, '0')
  return /^0[35789]\d{8}$/.test(digits) ? digits : undefined
}

type To = { email?: string | undefined; phone?: string | undefined }

/** Where a message of this channel goes; undefined where the person has no such address. */
export const addressFor = (channel: NoticeChannel, to: To): string | undefined =>
  channel === 'email' ? cleanEmail(to.email ?? '') : cleanMobile(to.phone ?? '')

/** As much of an address as an officer needs to ask “is this yours?”. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? `${address.slice(0, 3)}****${address.slice(-3)}` : `${address.slice(0, 1)}***${address.slice(at)}`
}
