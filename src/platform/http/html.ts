/** Text that is already safe HTML. */
export type Html = { readonly html: string }

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)

type Piece = Html | string | number | null | undefined | false | readonly Piece[]

const render = (piece: Piece): string => {
  if (piece === null || piece === undefined || piece === false) return ''
  if (typeof piece === 'object') return 'html' in piece ? piece.html : piece.map(render).join('')
  return escapeHtml(String(piece))
}

/** Builds a page of the public side: every value is escaped unless it is itself made by `html`. */
export const html = (parts: TemplateStringsArray, ...values: readonly Piece[]): Html => ({
  html: parts.reduce((text, part, index) => text + part + (index < values.length ? render(values[index]) : ''), ''),
})
