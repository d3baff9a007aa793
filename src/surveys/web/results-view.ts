import type { OptionResult, QuestionResult } from '../contract.ts'

/** `unit:12` out of the address; null for all ballots. */
export function readGroup(text: string): { by: string; key: string } | null {
  const found = /^(agency|unit|field|month):(.+)$/.exec(text)
  return found ? { by: found[1] ?? '', key: found[2] ?? '' } : null
}

/** The answer that was given most; none where nobody answered. */
export function findingOf({ options, valid }: Pick<QuestionResult, 'options' | 'valid'>): OptionResult | undefined {
  if (valid === 0) return undefined
  return options.reduce<OptionResult | undefined>(
    (most, option) => (most === undefined || option.count > most.count ? option : most),
    undefined,
  )
}

/** Points of percent between two surveys, two decimals. */
export const differenceOf = (now: number | null, then: number | null): number | null =>
  now === null || then === null ? null : Math.round((now - then) * 100) / 100
