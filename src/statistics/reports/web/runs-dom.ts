import type { Field, PlainRun, Run } from '../contract.ts'

/** How a number and a footnote look inside the editor. */
export type Writing = {
  textOf: (field: Field) => string
  nameOf: (field: Field) => string
  markOf: (number: number) => string
}

/** Fills an editable box: one `p` a paragraph; numbers and footnotes are tokens that the caret passes over. */
export function writeRuns(box: HTMLElement, paragraphs: readonly (readonly Run[])[], writing: Writing): void {
  const { ownerDocument } = box
  let notes = 0
  box.replaceChildren(
    ...(paragraphs.length === 0 ? [[]] : paragraphs).map((runs) => {
      const paragraph = ownerDocument.createElement('p')
      for (const run of runs) {
        if ('field' in run) paragraph.append(fieldToken(ownerDocument, run.field, writing))
        else if ('note' in run) paragraph.append(noteToken(ownerDocument, run.note, writing.markOf(++notes)))
        else paragraph.append(wordsNode(ownerDocument, run))
      }
      if (runs.length === 0) paragraph.append(ownerDocument.createElement('br'))
      return paragraph
    }),
  )
}

function wordsNode(document: Document, { text, bold, italic }: Extract<Run, { text: string }>): Node {
  const node = document.createTextNode(text)
  const wrap = (tag: string, inner: Node) => {
    const element = document.createElement(tag)
    element.append(inner)
    return element
  }
  const slanted = italic ? wrap('em', node) : node
  return bold ? wrap('strong', slanted) : slanted
}

export function fieldToken(document: Document, field: Field, { textOf, nameOf }: Writing): HTMLElement {
  const token = document.createElement('span')
  token.className = 'r-field'
  token.contentEditable = 'false'
  token.dataset['field'] = JSON.stringify(field)
  token.textContent = textOf(field)
  token.title = nameOf(field)
  return token
}

export function noteToken(document: Document, note: readonly PlainRun[], mark: string): HTMLElement {
  const token = document.createElement('sup')
  token.className = 'r-note'
  token.contentEditable = 'false'
  token.dataset['note'] = JSON.stringify(note)
  token.textContent = `[${mark}]`
  return token
}

/** Reads the box back. Whatever a browser put in besides words and tokens is taken for the words in it. */
export function readRuns(box: HTMLElement): Run[][] {
  const paragraphs: Run[][] = []
  let open: Run[] | undefined
  const current = (): Run[] => {
    if (!open) paragraphs.push((open = []))
    return open
  }
  const walk = (node: Node, face: { bold?: boolean; italic?: boolean }): void => {
    if (node.nodeType === 3) return addWords(current(), node.nodeValue ?? '', face)
    if (!isElement(node)) return
    const { field, note } = node.dataset
    if (field !== undefined) return void current().push({ field: JSON.parse(field) })
    if (note !== undefined) return void current().push({ note: JSON.parse(note) })
    if (node.tagName === 'BR') {
      // The last break of a paragraph only keeps it open.
      if (node.nextSibling) open = undefined
      return
    }
    const isParagraph = ['P', 'DIV', 'LI'].includes(node.tagName)
    if (isParagraph) {
      open = undefined
      current()
    }
    const heavier = ['B', 'STRONG'].includes(node.tagName) ? { ...face, bold: true } : face
    const next = ['I', 'EM'].includes(node.tagName) ? { ...heavier, italic: true } : heavier
    for (const child of node.childNodes) walk(child, next)
    if (isParagraph) open = undefined
  }
  for (const child of box.childNodes) walk(child, {})
  return paragraphs.map(tidy).filter((runs, _index, all) => runs.length > 0 || all.length === 1)
}

const isElement = (node: Node): node is HTMLElement => node.nodeType === 1

function addWords(runs: Run[], text: string, face: { bold?: boolean; italic?: boolean }): void {
  const words = text.replaceAll('\u00A0', ' ').replaceAll('\u200B', '').normalize('NFC')
  if (words === '') return
  const last = runs.at(-1)
  if (
    last &&
    'text' in last &&
    Boolean(last.bold) === Boolean(face.bold) &&
    Boolean(last.italic) === Boolean(face.italic)
  )
    last.text += words
  else runs.push({ text: words, ...face })
}

/** No spaces at the ends, none twice. */
function tidy(runs: Run[]): Run[] {
  const squeezed = runs.map((run) => ('text' in run ? { ...run, text: run.text.replace(/\s+/gu, ' ') } : run))
  const [first] = squeezed
  const last = squeezed.at(-1)
  if (first && 'text' in first) first.text = first.text.trimStart()
  if (last && 'text' in last) last.text = last.text.trimEnd()
  return squeezed.filter((run) => !('text' in run) || run.text !== '')
}
