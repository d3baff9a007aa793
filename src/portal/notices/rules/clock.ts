/** The minute of the day that somebody typed: 21:00, 9, 9h30, 9 giờ 30, 2130. */
export function readClock(typed: string): number | undefined {
  const parts = /^(\d{1,2})(?:\s*(?:[:.h]|giờ)\s*(\d{2})?|(\d{2}))?$/.exec(typed.normalize('NFC').trim().toLowerCase())
  if (!parts) return undefined
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? parts[3] ?? 0)]
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined
}
