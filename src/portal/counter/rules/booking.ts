import { addDays, addMinutes, daysBetween, dayOf, instantAt, type Day, type Instant } from '../../../platform/day.ts'
import type { Matter, RoomSettings } from '../contract.ts'

export type BookingRefusal =
  | { code: 'booking-closed' }
  | { code: 'not-bookable' }
  | { code: 'in-the-past' }
  | { code: 'too-soon'; minutes: number }
  | { code: 'too-far'; days: number }
  | { code: 'not-open' }
  | { code: 'full' }
  | { code: 'too-many'; most: number }
  | { code: 'name-needed' }
  | { code: 'phone-wrong' }
  | { code: 'email-wrong' }
  | { code: 'appointment-over' }
  | { code: 'not-today' }

type Facts = {
  settings: RoomSettings
  matter: Matter | undefined
  now: Instant
  /** Whether the point takes people in at this moment. */
  isOpen: (moment: Instant) => boolean
}

/** The times of a day at which one may come for a matter, whoever else comes: inside opening hours to their end. */
export function slotsOf(
  day: Day,
  { settings, matter, isOpen }: Pick<Facts, 'settings' | 'matter' | 'isOpen'>,
): number[] {
  if (!matter || matter.perSlot === 0) return []
  const { slotMinutes } = settings.booking
  const slots: number[] = []
  for (let minute = 0; minute + slotMinutes <= 24 * 60; minute += slotMinutes)
    if (isOpen(instantAt(day, minute)) && isOpen(instantAt(day, minute + slotMinutes - 1))) slots.push(minute)
  return slots
}

/** Days on which one may book, today first. */
export const bookableDays = (settings: RoomSettings, now: Instant): Day[] =>
  Array.from({ length: settings.booking.daysAhead + 1 }, (_, ahead) => addDays(dayOf(now), ahead))

/** Why this time cannot be booked; undefined when it can. `taken` at the time, `own` of the same telephone. */
export function refuseBooking(
  { day, minute, taken, own }: { day: Day; minute: number; taken: number; own: number },
  facts: Facts,
): BookingRefusal | undefined {
  const { settings, matter, now } = facts
  const { open, daysAhead, leadMinutes, perPhone } = settings.booking
  if (!open) return { code: 'booking-closed' }
  if (!matter || matter.perSlot === 0) return { code: 'not-bookable' }
  const moment = instantAt(day, minute)
  if (moment <= now) return { code: 'in-the-past' }
  if (moment < addMinutes(now, leadMinutes)) return { code: 'too-soon', minutes: leadMinutes }
  if (daysBetween(dayOf(now), day) > daysAhead) return { code: 'too-far', days: daysAhead }
  if (!slotsOf(day, facts).includes(minute)) return { code: 'not-open' }
  if (own >= perPhone) return { code: 'too-many', most: perPhone }
  return taken >= matter.perSlot ? { code: 'full' } : undefined
}
