import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

export type Shortcut = { keys: readonly string[]; label: string }

// The shortcuts of the page now open, for the help list.
let known: readonly Shortcut[] = []
const watchers = new Set<() => void>()

const setKnown = (next: readonly Shortcut[]) => {
  known = next
  watchers.forEach((watcher) => watcher())
}

/** A key of this page, listed in the help (?): `useShortcut(['Ctrl', 'P'], text.print, print)`. */
export function useShortcut(keys: readonly string[], label: string, run: () => void, enabled = true): void {
  const pressed = useEffectEvent(run)
  const combination = keys.join('+')
  useEffect(() => {
    if (!enabled) return undefined
    const shortcut: Shortcut = { keys: combination.split('+'), label }
    setKnown([...known, shortcut])
    const listener = (event: KeyboardEvent) => {
      if (!isPressed(shortcut.keys, event)) return
      event.preventDefault()
      pressed()
    }
    addEventListener('keydown', listener)
    return () => {
      removeEventListener('keydown', listener)
      setKnown(known.filter((other) => other !== shortcut))
    }
  }, [combination, label, enabled])
}

export const useKnownShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => known,
  )

/** A plain key counts only when nobody is typing; one with Ctrl or Alt, and function keys, count everywhere. */
function isPressed(keys: readonly string[], event: KeyboardEvent): boolean {
  const main = keys.at(-1) ?? ''
  const wants = { ctrl: keys.includes('Ctrl'), alt: keys.includes('Alt') }
  if ((event.ctrlKey || event.metaKey) !== wants.ctrl || event.altKey !== wants.alt) return false
  const plain = !wants.ctrl && !wants.alt && main.length === 1
  if (plain && isTyping(event.target)) return false
  return event.key.toLowerCase() === main.toLowerCase() || (main === '↵' && event.key === 'Enter')
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
