// "11 công chức⁶" and the note "⁶ Trong đó, … 07; … 02; … 02".
import type { Breakdown, Part } from './breakdowns.ts'
import type { Quantity } from './numbers.ts'
import { depthAt, labelOf, type Passage } from './passages.ts'

const marks = '[⁰¹²³⁴⁵⁶⁷⁸⁹]+'

/** Totals whose parts stand in a footnote. A note must begin by dividing ("Trong đó", "Cụ thể"), or only agreement is told. */
export function breakdownsOfNotes(passages: readonly Passage[]): Breakdown[] {
  const notes = new Map<string, Passage>()
  for (const passage of passages) {
    const mark = new RegExp(`^\\s*(${marks})\\s*\\S`, 'u').exec(passage.text)?.[1]
    if (mark && !notes.has(mark)) notes.set(mark, passage)
  }
  return passages.flatMap((passage) =>
    [...passage.text.matchAll(new RegExp(`(?<=\\S)(${marks})`, 'gu'))].flatMap((match): Breakdown[] => {
      const note = notes.get(match[1] ?? '')
      const total = passage.quantities.findLast(
        (one) => one.unitEnd <= match.index && match.index - one.unitEnd < 90 && !one.percent && !one.change,
      )
      if (
        !note ||
        note === passage ||
        !total ||
        total.approximate ||
        /[.;]/u.test(passage.text.slice(total.unitEnd, match.index))
      )
        return []
      const found = divide(passage, total, note)
      return found ? [found] : []
    }),
  )
}

function divide(passage: Passage, total: Quantity, note: Passage): Breakdown | undefined {
  const { text } = note
  const opening = new RegExp(`^\\s*${marks}\\s*(?:Trong đó|Cụ thể|Gồm|Bao gồm)\\s*[:,]`, 'iu').exec(text)
  const first = note.sentences[0]
  const end = first?.end ?? text.length
  const places: Part[][] = []
  let semicolons = -1
  for (const quantity of note.quantities) {
    if (quantity.start >= end || quantity.percent || quantity.change || quantity.approximate) continue
    if (quantity.family === 'event') continue
    const part = { passage: note, quantity, label: labelOf(note, quantity).all }
    const place = text.slice(0, quantity.start).split(';').length
    if (place === semicolons) places.at(-1)?.push(part)
    else places.push([part])
    semicolons = place
  }
  const all = places.flat()
  if (all.length < 2) return undefined
  const firsts = places.flatMap(([one]) => (one ? [one] : []))
  const isFlat = all.every(({ quantity }) => depthAt(note, quantity.start) === 0)
  return {
    passage,
    total,
    totalLabel: labelOf(passage, total).all,
    parts: firsts.length > 1 ? firsts : all,
    saysAll: opening !== null,
    clear:
      opening !== null &&
      isFlat &&
      places.every((place) => place.length === 1) &&
      note.doubtful.length === 0 &&
      !/\.{3}|…/u.test(text),
    readings: [all, firsts],
    quoteEnd: total.unitEnd,
  }
}
