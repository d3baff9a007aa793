import type { Field, Run } from '../contract.ts'

/** Puts a live number in the place of one that was typed; the words around it stay. */
export function replaceTyped(paragraphs: readonly (readonly Run[])[], words: string, field: Field): Run[][] {
  const typed = field.of === 'share' ? words : (/^[\d.]+/u.exec(words)?.[0] ?? words)
  let done = false
  return paragraphs.map((runs) =>
    runs.flatMap((run): Run[] => {
      if (done || !('text' in run)) return [run]
      const at = run.text.indexOf(words)
      if (at < 0) return [run]
      done = true
      const before = { ...run, text: run.text.slice(0, at) }
      const after = { ...run, text: run.text.slice(at + typed.length) }
      return [before, { field }, after].filter((part) => !('text' in part) || part.text !== '')
    }),
  )
}
