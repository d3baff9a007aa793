// 3GPP TS 23.038, 6.2.1: letters of the default alphabet; TS 23.040, 9.2.3.24: parts of a long message.

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '^{}\\[~]|€\f'
const basic = new Set(BASIC)
const extended = new Set(EXTENDED)

export type SmsCount = {
  alphabet: 'gsm' | 'ucs2'
  /** Units used: septets, or UTF-16 units. */
  units: number
  parts: number
  /** Units left in the last part. */
  left: number
}

/** Vietnamese without accents, as telephones of all kinds show it and as it costs least. */
export const withoutAccents = (text: string): string =>
  text
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/g, '')
    .replace(/[–—−]/g, '-')
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replaceAll('…', '...')
    .replaceAll('·', '-')
    .replace(/\u00A0/g, ' ')

export const smsText = (text: string, { plain }: { plain: boolean }): string =>
  plain ? withoutAccents(text) : text.normalize('NFC')

/** How long a message is as the network counts it: a single letter outside the default alphabet makes all letters wide. */
export function countSms(text: string, { plain }: { plain: boolean }): SmsCount {
  const sent = smsText(text, { plain })
  const letters = [...sent]
  const isGsm = letters.every((letter) => basic.has(letter) || extended.has(letter))
  const widths = letters.map((letter) => {
    if (isGsm) return extended.has(letter) ? 2 : 1
    return letter.length
  })
  const units = widths.reduce((sum, width) => sum + width, 0)
  const [single, many] = isGsm ? [160, 153] : [70, 67]
  if (units <= single)
    return { alphabet: isGsm ? 'gsm' : 'ucs2', units, parts: units === 0 ? 0 : 1, left: single - units }
  // A letter of two units does not stand across the border of two parts.
  let parts = 1
  let filled = 0
  for (const width of widths) {
    if (filled + width > many) {
      parts += 1
      filled = 0
    }
    filled += width
  }
  return { alphabet: isGsm ? 'gsm' : 'ucs2', units, parts, left: many - filled }
}
