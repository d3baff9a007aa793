import { useCallback, useEffect, useRef, useState } from 'react'

const prefix = 'motcua.draft.'

/**
 * A half-typed form that outlives a lock, a reload and a crash of the page: like `useState`, kept in this browser tab
 * until `clear()` (after it was sent) or sign-out. `restored` says that an earlier draft was found.
 */
export function useDraft<Value>(key: string, initial: Value) {
  const name = prefix + key
  const [found] = useState(() => readDraft<Value>(name))
  const [value, setValue] = useState<Value>(found ?? initial)
  const [restored, setRestored] = useState(found !== undefined)
  const pristine = useRef(true)

  useEffect(() => {
    if (!pristine.current) writeDraft(name, value)
  }, [name, value])

  const set = useCallback((next: Value | ((value: Value) => Value)) => {
    pristine.current = false
    setValue(next)
  }, [])

  const clear = useCallback(
    (next: Value = initial) => {
      pristine.current = true
      forgetDraft(name)
      setRestored(false)
      setValue(next)
    },
    // `initial` is the empty form; a new object each time is still the same form.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [name],
  )

  return [value, set, { restored, clear }] as const
}

/** At sign-out nothing of a person stays in the browser. */
export function forgetAllDrafts(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name)
  } catch {
    // Storage is switched off: there was no draft.
  }
}

function readDraft<Value>(name: string): Value | undefined {
  try {
    const text = sessionStorage.getItem(name)
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function writeDraft(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(value))
  } catch {
    // Full or switched off: the form itself still holds what was typed.
  }
}

function forgetDraft(name: string): void {
  try {
    sessionStorage.removeItem(name)
  } catch {
    // Nothing to forget.
  }
}
