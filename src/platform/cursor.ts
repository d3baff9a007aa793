import { isDay } from './day.ts'
import { isId } from './id.ts'

/** Where a list goes on, opaque to the caller: the values of its order in the last line. */
export const packCursor = (values: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** The values again, not yet judged; undefined when the text was packed by nobody of ours. */
export function unpackCursor(text: string): unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(values) ? values : undefined
  } catch {
    return undefined
  }
}

const cursorParts = {
  day: isDay,
  moment: (value: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  id: isId,
  key: (value: string) => /^[\w-]{1,80}$/.test(value),
} as const

/** Undefined when the text is no cursor of ours, of these parts; the list then begins at its beginning. */
export function readCursor(
  text: string | undefined,
  parts: readonly (keyof typeof cursorParts)[],
): string[] | undefined {
  const values = text ? unpackCursor(text) : undefined
  if (!values || values.length !== parts.length) return undefined
  const fits = parts.every((part, index) => {
    const value: unknown = values[index]
    return typeof value === 'string' && cursorParts[part](value)
  })
  return fits ? (values as string[]) : undefined
}
