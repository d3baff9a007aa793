// "6 nhiệm vụ (gồm: …; …; …)": the things named are as many as the number says.
import { write } from './arithmetic.ts'
import { locate, quoteOf, type Outcome } from './document.ts'
import { closingOf, type Passage } from './passages.ts'

/** Counts what a bracket lists. Says nothing when the list holds numbers, ends in "…" or has fewer than three members. */
export function judgeListed(passage: Passage): Outcome[] {
  const { text, quantities } = passage
  return quantities.flatMap((quantity): Outcome[] => {
    if (
      quantity.percent ||
      quantity.approximate ||
      quantity.over ||
      quantity.value < 2 ||
      quantity.value > 30 ||
      quantity.decimals > 0
    )
      return []
    if (
      quantity.family === 'bare' ||
      quantity.family === 'dossier' ||
      quantity.family === 'vote' ||
      quantity.family === 'money'
    )
      return []
    const opening = /^[^.;()\d]{0,60}\((?:gồm|bao gồm)\s*:\s*/iu.exec(text.slice(quantity.unitEnd))
    if (!opening) return []
    const from = quantity.unitEnd + opening[0].length
    const close = closingOf(text, from)
    if (close === -1) return []
    const inside = text.slice(from, close)
    if (/\d|\.{3}|…|v\.v|,?\s*vv/u.test(inside)) return []
    const listed = inside.split(';').filter((item) => item.trim() !== '').length
    if (listed < 3) return []
    const isEqual = listed === quantity.value
    const found = {
      kind: 'COUNT',
      reason: 'items-counted',
      location: locate(passage.block, quantity.start),
      quote: quoteOf(text, quantity.start, Math.min(close + 1, quantity.start + 230)),
      stated: quantity.value,
      computed: listed,
      proof: `${write(listed)}${isEqual ? ' = ' : ' ≠ '}${write(quantity.value)}`,
    } as const
    return [isEqual ? { ok: true, found } : { ok: false, found: { ...found, severity: 'error' } }]
  })
}
