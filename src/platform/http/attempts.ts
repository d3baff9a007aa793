/** Counts wrong guesses by source, in this process; a source that guesses too often has to wait, nobody else. */
export type Attempts = {
  /** Whether the source may try now. Counts as wrong until `succeeded`, so that many at once cannot slip through. */
  begin: (source: string, now: number) => boolean
  /** Takes back what `begin` counted at this moment. */
  succeeded: (source: string, now: number) => void
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
  const keep = (source: string, times: number[]) => {
    failures.delete(source)
    if (times.length > 0) failures.set(source, times)
    if (failures.size <= remember) return
    const [oldest] = failures.keys()
    if (oldest !== undefined) failures.delete(oldest)
  }
  return {
    begin(source, now) {
      const times = recent(source, now)
      if (times.length >= most) return false
      keep(source, [...times, now])
      return true
    },
    succeeded(source, now) {
      const times = recent(source, now)
      const index = times.indexOf(now)
      keep(source, index < 0 ? times : times.toSpliced(index, 1))
    },
  }
}

/** One customer of a provider has a whole /64, so that much counts as one source. */
export const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const front = head.split(':').filter(Boolean)
  const back = (tail ?? '').split(':').filter(Boolean)
  const groups =
    tail === undefined
      ? front
      : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return `${groups.slice(0, 4).join(':')}::/64`
}
