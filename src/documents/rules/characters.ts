// What can be printed: PDF/A (ISO 19005-1, 6.3.5) wants a glyph for every character of the text.

/** Makes any text printable with these fonts: composed, without controls, other scripts as a box, endless words breakable. */
export function characterFilter(fonts: readonly Uint8Array[]): (text: string) => string {
  const sets = fonts.map(characterSet)
  const has = (code: number) => sets.every((set) => set.has(code))
  const box = has(0x25_a1) ? '□' : '?'
  const one = (character: string): string => {
    const code = character.codePointAt(0) ?? 0
    if (character === '\n' || character === ' ') return character
    if (/[\p{Cc}\p{Zs}]/u.test(character)) return ' '
    if (/[\p{Cf}\p{Co}\p{Cs}\p{Cn}]/u.test(character)) return ''
    return has(code) ? character : box
  }
  return (text) => {
    const composed = text.normalize('NFC').replace(/\r\n?/g, '\n')
    return breakable(Array.from(composed, one).join(''))
  }
}

/** Words longer than a line would run over the edge: they may break after so many characters. */
const LONGEST_WORD = 28
const breakable = (text: string): string =>
  text.replace(new RegExp(`[^\\s\u200B]{${LONGEST_WORD + 1},}`, 'gu'), (word) =>
    (word.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'gu')) ?? []).join('\u200B'),
  )

/** Code points that a TrueType font maps to a glyph (cmap formats 4 and 12). */
export function characterSet(font: Uint8Array): ReadonlySet<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const cmap = tableOffset(view, 'cmap')
  const found = new Set<number>()
  for (let index = 0; index < view.getUint16(cmap + 2); index++) {
    const table = cmap + view.getUint32(cmap + 4 + index * 8 + 4)
    const format = view.getUint16(table)
    if (format === 4) readFormat4(view, table, found)
    if (format === 12) readFormat12(view, table, found)
  }
  return found
}

function tableOffset(view: DataView, name: string): number {
  for (let index = 0; index < view.getUint16(4); index++) {
    const entry = 12 + index * 16
    const tag = String.fromCodePoint(...[0, 1, 2, 3].map((byte) => view.getUint8(entry + byte)))
    if (tag === name) return view.getUint32(entry + 8)
  }
  throw new Error(`font without ${name}`)
}

function readFormat4(view: DataView, table: number, found: Set<number>): void {
  const doubled = view.getUint16(table + 6)
  for (let segment = 0; segment < doubled; segment += 2) {
    const end = view.getUint16(table + 14 + segment)
    const start = view.getUint16(table + 16 + doubled + segment)
    const delta = view.getUint16(table + 16 + doubled * 2 + segment)
    const rangeAt = table + 16 + doubled * 3 + segment
    const range = view.getUint16(rangeAt)
    for (let code = start; code <= end && code !== 0xff_ff; code++) {
      const raw = range === 0 ? code : view.getUint16(rangeAt + range + (code - start) * 2)
      if (raw !== 0 && ((raw + delta) & 0xff_ff) !== 0) found.add(code)
    }
  }
}

function readFormat12(view: DataView, table: number, found: Set<number>): void {
  for (let group = 0; group < view.getUint32(table + 12); group++) {
    const at = table + 16 + group * 12
    const start = view.getUint32(at)
    const end = view.getUint32(at + 4)
    const glyph = view.getUint32(at + 8)
    for (let code = start; code <= end; code++) if (glyph + (code - start) !== 0) found.add(code)
  }
}
