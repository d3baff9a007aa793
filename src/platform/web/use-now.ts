import { useEffect, useState } from 'react'
import type { Instant } from '../day.ts'
import { serverNow } from './api.ts'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** The moment it is by the server's clock, renewed twice a minute; all cells of a table share one timer. */
export function useNow(): Instant {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const listener = () => setNow(serverNow())
    listeners.add(listener)
    timer ??= setInterval(() => listeners.forEach((each) => each()), 30_000)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [])
  return now
}
