/**
 * The name of an answer by itself, away from its part: whose name it is, where several persons have one. The part is left
 * out where the rest begins with its words.
 */
export function placeLabel(partTitle: string, { element, label }: { element: string | null; label: string }): string {
  const own = [element, label].filter(Boolean).join(': ')
  return partTitle === '' || own.startsWith(partTitle) ? own : `${partTitle}: ${own}`
}
