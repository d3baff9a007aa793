import { parseIdentityCard } from '../../platform/identity-number.ts'

/** What somebody looks for: a scanned card says its number, the QR code of a receipt its dossier. */
export function searchTextOf(typed: string): string {
  const text = typed.normalize('NFC').trim()
  const card = parseIdentityCard(text)
  if (card) return card.number
  const code = /^https?:\/\/\S*\/([A-Za-z0-9.]+-\d{6}-\d+)(?:[?#/]|$)/.exec(text)
  return code?.[1] ?? text
}
