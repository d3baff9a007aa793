/** Composes decomposed Vietnamese letters, drops invisible characters, and makes one space of many. */
export const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]|\p{Cc}/gu, (sign) =>
      sign === '\t' || sign === '\n' ? ' ' : '',
    )
    .replaceAll(/[\u2000-\u200a\u3000 ]+/gu, ' ')
    .replaceAll(/(?<!\d)[\u00a0\u202f]|[\u00a0\u202f](?!\d{3}(?!\d))/gu, ' ')
    .replaceAll(/ {2,}/gu, ' ')
    .trim()
