/** Counts wrong guesses by source, in this process; a source that guesses too often has to wait, nobody else. */
export type Attempts = {
  /** Whether the source may try now. */
  may: (source: string, now: number) => boolean
  /** Notes a wrong guess. */
  failed: (source: string, now: number) => void
}

/** At most `most` wrong guesses a source in `windowMs`. Remembers at most `remember` sources, the oldest are forgotten. */
export function countAttempts({
  most,
  windowMs,
  remember = 50_000,
}: {
  most: number
  windowMs: number
  remember?: number
}): Attempts {
  const failures = new Map<string, number[]>()
  const recent = (source: string, now: number) => (failures.get(source) ?? []).filter((at) => at > now - windowMs)
  return {
    may: (source, now) => recent(source, now).length < most,
    failed(source, now) {
      const times = [...recent(source, now), now]
      failures.delete(source)
      failures.set(source, times)
      if (failures.size > remember) {
        const [oldest] = failures.keys()
        if (oldest !== undefined) failures.delete(oldest)
      }
    },
  }
}
