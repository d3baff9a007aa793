/** The row to which a key moves; undefined when the key does not move. */
export function nextRow(key: string, current: number, count: number): number | undefined {
  const last = count - 1
  const moves: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    j: current + 1,
    k: current - 1,
    PageDown: current + 10,
    PageUp: current - 10,
    Home: 0,
    End: last,
  }
  const next = moves[key]
  return next === undefined || count === 0 ? undefined : Math.min(last, Math.max(0, next))
}
