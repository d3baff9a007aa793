import type { Statistics } from './use-statistics.ts'

export function Differences({ statistics: _statistics }: { statistics: Statistics }) {
  return null
}
