// Passages that stand twice, word for word: what was pasted again.
import type { Location, Outcome, TextBlock } from './document.ts'
import type { Passage } from './passages.ts'

/** A run of paragraphs and the place where it stands again. */
export type Repetition = { first: readonly Passage[]; again: readonly Passage[] }

const LEAST = 80

/** Finds repeated passages; a run of repeated paragraphs is one passage. */
export function findRepetitions(passages: readonly Passage[]): Repetition[] {
  const seen = new Map<string, number>()
  const found: Repetition[] = []
  let open: { first: Passage[]; again: Passage[] } | undefined
  for (const [at, passage] of passages.entries()) {
    const key = keyOf(passage.text)
    const next = open?.first.at(-1)
    const expected = next ? passages[passages.indexOf(next) + 1] : undefined
    // Within a run short lines count too: they belong to what was pasted.
    if (open && expected && expected !== open.again[0] && keyOf(expected.text) === key) {
      open.first.push(expected)
      open.again.push(passage)
      continue
    }
    open = undefined
    const earlier = seen.get(key)
    const original = earlier === undefined ? undefined : passages[earlier]
    if (original && key.length >= LEAST && key.split(' ').length >= 14) {
      open = { first: [original], again: [passage] }
      found.push(open)
    } else if (earlier === undefined) seen.set(key, at)
  }
  return found
}

const keyOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^[\s*+\-–•]+/u, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()

export function describeRepetition({ first, again }: Repetition): Outcome {
  const [start] = first
  const text = start?.text.trim() ?? ''
  const [one, two] = [spanOf(first), spanOf(again)]
  return {
    ok: false,
    found: {
      kind: 'DUPLICATE',
      severity: 'warning',
      reason: 'passage',
      location: one,
      also: [two],
      quote: text.length > 200 ? `${text.slice(0, text.lastIndexOf(' ', 200))} …` : text,
      stated: null,
      computed: null,
      proof: `${writeSpan(one)} = ${writeSpan(two)}`,
    },
  }
}

function spanOf(passages: readonly Passage[]): Location {
  const at: Location = passages[0]?.block.at ?? {}
  const end = passages.at(-1)
  const last = end ? lastPlace(end.block) : at
  return last.line !== undefined && last.line !== at.line && last.page === at.page ? { ...at, endLine: last.line } : at
}

const lastPlace = (block: TextBlock): Location => block.marks?.at(-1)?.at ?? block.at

function writeSpan({ page, line, endLine, sheet, cell }: Location): string {
  const lines = endLine === undefined ? `${line ?? ''}` : `${line ?? ''}–${endLine}`
  return [sheet, cell, page === undefined ? undefined : `tr. ${page}`, lines].filter(Boolean).join(' ')
}
