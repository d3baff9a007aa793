import type { Keys } from '../../platform/keys.ts'
import type { CalendarEntry } from './rules/calendar-file.ts'

/** The address of a calendar file. The entry travels in it, encrypted and authenticated: nothing is stored for it. */
export const calendarFilePath = (keys: Keys, entry: CalendarEntry): string =>
  `/lich/${keys.encrypt(JSON.stringify(entry)).toString('base64url')}.ics`

/** The entry of such an address; undefined for one that we did not make. */
export function readCalendarToken(keys: Keys, token: string): CalendarEntry | undefined {
  try {
    return JSON.parse(keys.decrypt(Buffer.from(token, 'base64url'))) as CalendarEntry
  } catch {
    return undefined
  }
}
