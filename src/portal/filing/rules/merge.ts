// Two devices on one draft: in each part the newer answer stands, the other is kept and can be taken back.
import type { DraftContent, KeptPart, Posted } from '../contract.ts'
import type { Instant } from '../../../platform/day.ts'

const MOST_KEPT = 20

export type Sent = {
  part: string
  values: Posted
  done: boolean
  /** The revision of the part that the page was drawn from; null when it had none yet. */
  basedOn: number | null
  /** When it was written, on the server's clock: answers kept offline come later than they were given. */
  writtenAt: Instant
  now: Instant
}

export type Merged = {
  content: DraftContent
  /** `saved`: nobody was in between; `replaced`: took the place of another device's; `older`: the other one is newer. */
  outcome: 'saved' | 'replaced' | 'older'
}

/** The draft after a part was sent; nothing that anybody wrote is lost. */
export function mergePart(content: DraftContent, sent: Sent): Merged {
  const before = content.parts[sent.part]
  const unchanged = before !== undefined && sameValues(before.values, sent.values)
  if (unchanged) {
    const part = {
      ...before,
      done: sent.done,
      savedAt: before.savedAt > sent.writtenAt ? before.savedAt : sent.writtenAt,
    }
    return { content: { ...content, parts: { ...content.parts, [sent.part]: part } }, outcome: 'saved' }
  }
  const isBehind = before !== undefined && before.revision !== sent.basedOn
  if (isBehind && before.savedAt > sent.writtenAt) {
    const lost = { part: sent.part, values: sent.values, savedAt: sent.writtenAt, replacedAt: sent.now }
    return { content: { ...content, kept: keep(content.kept, lost) }, outcome: 'older' }
  }
  const part = {
    values: sent.values,
    revision: (before?.revision ?? 0) + 1,
    savedAt: sent.writtenAt,
    done: sent.done,
  }
  const kept = isBehind
    ? keep(content.kept, { part: sent.part, values: before.values, savedAt: before.savedAt, replacedAt: sent.now })
    : content.kept
  return {
    content: { ...content, kept, parts: { ...content.parts, [sent.part]: part } },
    outcome: isBehind ? 'replaced' : 'saved',
  }
}

const keep = (kept: readonly KeptPart[], lost: KeptPart): KeptPart[] => [...kept, lost].slice(-MOST_KEPT)

/** Whether two devices wrote the same; empty answers are no answers. */
export function sameValues(one: Posted, other: Posted): boolean {
  const text = (values: Posted) =>
    JSON.stringify(
      Object.entries(values)
        .map(([name, value]) => [name, [value].flat()] as const)
        .filter(([, value]) => value.some((each) => each !== ''))
        .toSorted(([first], [second]) => (first < second ? -1 : 1)),
    )
  return text(one) === text(other)
}
