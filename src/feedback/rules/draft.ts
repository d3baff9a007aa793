import type { Coordinates } from '../contract.ts'

/** The questions of the public form in their order, by the names in their addresses. */
export const steps = [
  'co-quan',
  'noi-dung',
  'noi-nao',
  'khi-nao',
  've-ai',
  'ho-so',
  'mong-muon',
  'anh',
  'nguoi-gui',
  'kiem-tra',
] as const
export type StepName = (typeof steps)[number]
export const isStep = (text: string): text is StepName => (steps as readonly string[]).includes(text)

/** `5/11/2026`, `05-11-26`, `2026-11-05` → a day; undefined for what is none. */
export function readDay(typed: string): string | undefined {
  const text = typed.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const own = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(text)
  const [year = '', month = '', day = ''] = iso?.slice(1) ?? own?.slice(1).toReversed() ?? []
  if (!year) return undefined
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Two numbers as people type or paste them, with comma or point; null when both are blank, undefined when wrong. */
export function readCoordinates(latitude: string, longitude: string): Coordinates | null | undefined {
  let [north, east] = [latitude.trim(), longitude.trim()]
  if (!north && !east) return null
  // Both pasted into the first field: `20.42105, 106.16822`.
  const both = /^(\d{1,3}\.\d+)\s*[,;\s]\s*(\d{1,3}\.\d+)$/.exec(north)
  if (both && !east) [north, east] = [both[1] ?? '', both[2] ?? '']
  const numbers = [north, east].map((text) =>
    /^\d{1,3}(?:[.,]\d{1,8})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN,
  )
  const [lat = Number.NaN, lon = Number.NaN] = numbers
  return lat >= 6 && lat <= 24 && lon >= 101 && lon <= 118 ? { latitude: lat, longitude: lon } : undefined
}
