import { html, type Html } from '../../platform/http/html.ts'
import {
  highestLevel,
  type Printed,
  type PrintedAnnex,
  type PrintedBlock,
  type PrintedRun,
  type PrintedTable,
  type TableCell,
} from './rules/printed.ts'

/** The paper for screen readers, phones and browsers: one file that needs nothing from elsewhere. */
export function writeHtml(paper: Printed): string {
  const { head, layout } = paper
  const page = html`<html lang="vi">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${paper.title} – ${paper.subject}</title>
      <style>
        ${{ html: css(layout) }}
      </style>
    </head>
    <body>
      ${paper.mark ? html`<p class="mark" role="note">${paper.mark}</p>` : null}
      <main>
        <header class="letterhead">
          <div>
            ${head.parent ? html`<p class="parent">${lines(head.parent)}</p>` : null}
            <p class="agency">${lines(head.agency)}</p>
            <p class="number">Số: ${head.number}</p>
          </div>
          <div>
            <p class="state">Cộng hòa xã hội chủ nghĩa Việt Nam</p>
            <p class="motto">Độc lập - Tự do - Hạnh phúc</p>
            <p class="date">${head.place}, ${head.date}</p>
          </div>
        </header>
        <h1><span class="type">${paper.title}</span> <span class="subject">${lines(paper.subject)}</span></h1>
        ${blocksOf(paper.blocks)}
        <footer class="closing">
          <div class="recipients">
            ${
              paper.recipients.length > 0
                ? html`<h2>Nơi nhận:</h2>
                    <ul>
                      ${paper.recipients.map((line, index) => html`<li>${ended(line, index === paper.recipients.length - 1)}</li>`)}
                    </ul>`
                : null
            }
          </div>
          <div class="signature">
            ${paper.signature.lines.map((line) => html`<p class="post">${line}</p>`)}
            <p class="name">${paper.signature.name ?? ''}</p>
          </div>
        </footer>
        ${paper.annexes.map(annexOf)} ${notesOf(paper.notes)}
      </main>
    </body>
  </html>`
  return `<!doctype html>\n${page.html}\n`
}

const lines = (text: string): Html[] =>
  text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br />${line}`))

const ended = (line: string, isLast: boolean): string => line.replace(/[\s;.]*$/u, '') + (isLast ? '.' : ';')

/** Paragraphs that begin with a dash are a list. */
function blocksOf(blocks: readonly PrintedBlock[]): Html[] {
  const written: Html[] = []
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]
    if (!block) continue
    if (block.kind === 'paragraph' && block.marker) {
      const items: Html[] = []
      for (; index < blocks.length; index++) {
        const item = blocks[index]
        if (item?.kind !== 'paragraph' || item.marker !== block.marker) break
        items.push(html`<li>${item.runs.map(runOf)}</li>`)
      }
      index--
      written.push(
        html`<ul class="dashes">
          ${items}
        </ul>`,
      )
    } else written.push(blockOf(block, highestLevel(blocks)))
  }
  return written
}

function blockOf(block: PrintedBlock, highest: number): Html {
  switch (block.kind) {
    case 'heading':
      return headingOf(block, highest)
    case 'paragraph':
      return html`<p>${block.runs.map(runOf)}</p>`
    case 'table':
      return tableOf(block)
    case 'page-break':
      return html`<div class="page-break"></div>`
  }
}

function headingOf({ level, number, text }: Extract<PrintedBlock, { kind: 'heading' }>, highest: number): Html {
  const words = html`${number} ${text}`
  const looks = { html: ` class="level-${level}"` }
  if (level === highest) return html`<h2${looks}>${words}</h2>`
  return level === highest + 1 ? html`<h3${looks}>${words}</h3>` : html`<h4${looks}>${words}</h4>`
}

function runOf({ text, bold, italic, note }: PrintedRun): Html {
  if (note !== undefined)
    return html`<sup><a id="ref-${note}" href="#note-${note}" aria-label="Chú thích ${note}">${note}</a></sup>`
  const plain = html`${text}`
  const slanted = italic ? html`<em>${plain}</em>` : plain
  return bold ? html`<strong>${slanted}</strong>` : slanted
}

function tableOf({ number, caption, note, head, rows, legend, small }: PrintedTable): Html {
  return html`<div class="wide" role="region" tabindex="0" aria-label="${caption}">
    <table${{ html: small ? ' class="small"' : '' }}>
      <caption>
        ${number ? html`<strong>${number}</strong><br />` : null}${caption}${note ? html`<br /><em>${note}</em>` : null}
      </caption>
      <thead>
        ${head.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => headCell(cell))}
            </tr>`,
        )}
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map(bodyCell)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${legend ? html`<p class="legend">${legend}</p>` : null}
  </div>`
}

const headCell = ({ text, columns = 1, rows = 1 }: TableCell): Html =>
  html`<th scope="${columns > 1 ? 'colgroup' : 'col'}" ${{ html: spans(columns, rows) }}>${text}</th>`

const spans = (columns: number, rows: number): string =>
  (columns > 1 ? ` colspan="${columns}"` : '') + (rows > 1 ? ` rowspan="${rows}"` : '')

function bodyCell({ text, isHeader, align = 'left', bold, italic }: TableCell): Html {
  const style = `${align}${bold ? ' bold' : ''}${italic ? ' italic' : ''}`
  return isHeader ? html`<th scope="row" class="${style}">${text}</th>` : html`<td class="${style}">${text}</td>`
}

function annexOf({ title, subject, attached, blocks }: PrintedAnnex): Html {
  return html`<section class="annex">
    <h2><span class="type">${title}</span> <span class="subject">${subject}</span></h2>
    <p class="attached">${attached}</p>
    ${blocksOf(blocks)}
  </section>`
}

function notesOf(notes: readonly (readonly PrintedRun[])[]): Html | null {
  if (notes.length === 0) return null
  return html`<section class="notes" aria-label="Chú thích">
    <h2>Chú thích</h2>
    <ol>
      ${notes.map(
        (runs, index) =>
          html`<li id="note-${index + 1}">
            ${runs.map(runOf)} <a href="#ref-${index + 1}" aria-label="Trở lại nội dung, chú thích ${index + 1}">↩</a>
          </li>`,
      )}
    </ol>
  </section>`
}

const css = ({ top, bottom, left, right, size }: Printed['layout']): string => `
  :root { color-scheme: light dark; --ink: #1b1a18; --paper: #fff; --rule: #6d675f; --band: #f3f1ed; --link: #7c1a13; }
  @media (prefers-color-scheme: dark) { :root { --ink: #eceae6; --paper: #1d1c1a; --rule: #9d968c; --band: #2a2926; --link: #f0a49c; } }
  body { margin: 0; background: var(--paper); color: var(--ink); font: ${size}pt/1.5 "Times New Roman", Tinos, "Liberation Serif", serif; }
  main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
  p { margin: 0.4em 0; }
  main > p { text-align: justify; text-indent: 1.27cm; }
  a { color: var(--link); }
  .mark { margin: 0; padding: 0.5rem 1rem; background: var(--band); text-align: center; font-size: 11pt; }
  .letterhead, .closing { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; }
  .letterhead > div { flex: 1 1 16rem; text-align: center; }
  .letterhead p { margin: 0; }
  .parent, .agency, .state { text-transform: uppercase; font-size: 12.5pt; }
  .agency, .state, .motto { font-weight: bold; }
  .agency::after, .motto::after, h1::after { content: ""; display: block; width: 5rem; margin: 0.2em auto 0.4em; border-bottom: 1px solid currentColor; }
  .motto::after { width: 13rem; }
  .date { font-style: italic; } .number, .date { white-space: pre-wrap; }
  h1, .annex h2 { text-align: center; font-size: 14pt; margin: 1.2em 0 1em; }
  h1 .type, h1 .subject, .annex .type, .annex .subject { display: block; }
  h1 .type, .annex .type { text-transform: uppercase; }
  .level-1, .level-2, .level-3 { font-size: ${size}pt; margin: 0.9em 0 0.35em; text-indent: 1.27cm; }
  .level-1 { text-transform: uppercase; }
  .level-3 { font-weight: normal; }
  .dashes { list-style: "- "; margin: 0.3em 0; padding-left: 2rem; text-align: justify; }
  .wide { overflow-x: auto; margin: 1em 0; }
  table { border-collapse: collapse; width: 100%; font-size: 12pt; font-variant-numeric: tabular-nums; }
  table.small { font-size: 10.5pt; }
  caption { font-weight: bold; padding: 0.4em; }
  caption em { font-weight: normal; }
  th, td { border: 1px solid var(--rule); padding: 0.25em 0.4em; vertical-align: middle; }
  thead th { background: var(--band); }
  tbody th { font-weight: normal; text-align: left; }
  .center { text-align: center; } .right { text-align: right; } .bold { font-weight: bold !important; } .italic { font-style: italic; }
  .legend { font-size: 10.5pt; font-style: italic; }
  .closing { margin-top: 2em; }
  .recipients h2 { font-size: 12pt; font-style: italic; margin: 0; }
  .recipients ul { list-style: "- "; margin: 0; padding-left: 1rem; font-size: 11pt; }
  .signature { text-align: center; flex: 0 1 20rem; font-weight: bold; }
  .signature p { margin: 0; } .signature .name { margin-top: 4.5em; }
  .attached { text-align: center; font-style: italic; text-indent: 0; }
  .notes { margin-top: 2em; border-top: 1px solid var(--rule); font-size: 11.5pt; }
  .notes h2 { font-size: 12pt; }
  .page-break { break-after: page; }
  @page { size: A4; margin: ${top}mm ${right}mm ${bottom}mm ${left}mm; }
  @page annex { size: A4 landscape; margin: 20mm; }
  @media print {
    :root { color-scheme: light; --ink: #000; --paper: #fff; --rule: #000; --band: #fff; --link: #000; }
    .mark { border: 1px solid; } main { max-width: none; padding: 0; } .letterhead, .closing { flex-wrap: nowrap; break-inside: avoid; }
    .annex { page: annex; break-before: page; } thead { display: table-header-group; } tr { break-inside: avoid; }
    h2, h3, h4, caption { break-after: avoid; } .wide { overflow: visible; } a { text-decoration: none; }
  }
`
