/**
 * One text for one value, however its keys were ordered: RFC 8785 for the values that JSON columns give back
 * (no undefined, no number that JSON cannot write).
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) text += `${text && ','}${canonical(item ?? null)}`
    return `[${text}]`
  }
  const fields = value as Record<string, unknown>
  // By UTF-16 code units, as RFC 8785 orders them and `toSorted` does without being told.
  for (const key of Object.keys(fields).toSorted()) {
    const field = fields[key]
    if (field !== undefined) text += `${text && ','}${JSON.stringify(key)}:${canonical(field)}`
  }
  return `{${text}}`
}
