import type { Field, ProcedureItem, ProcedurePage } from '../../catalogue/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { PublicLanguage } from '../../platform/http/public-page.ts'
import { handledElsewhere, type Elsewhere } from './elsewhere.ts'
import { englishName } from './english-names.ts'
import { lifeEvents } from './life-events.ts'
import { NATIONAL_PORTAL, paths } from './paths.ts'
import type { PortalText } from './text.vi.ts'
import type { View } from './view.ts'

type Counted = { field: Field; count: number }

/** One search field, what people come for, the fields, and the way to one's dossier. */
export function startBody(
  { text, language }: View,
  { fields, example }: { fields: readonly Counted[]; example: string },
): Html {
  const { start } = text
  return html`<div class="start-search">
      <h1>${start.title}</h1>
      <p class="lead">${start.lead}</p>
      ${searchForm(text, '')}
    </div>
    ${
      fields.length > 0 &&
      html`<section aria-labelledby="events">
        <h2 id="events">${start.events}</h2>
        <ul class="tiles">
          ${lifeEvents.map(({ key, label }) => html`<li><a href="${paths.lifeEvent(key)}">${label[language]}</a></li>`)}
        </ul>
      </section>`
    }
    <section aria-labelledby="track">
      <h2 id="track">${start.track}</h2>
      <p>${start.trackLead}</p>
      <form class="search-form" action="${paths.tracking}" method="post">
        <div class="field">
          <label for="code">${start.trackCode}</label>
          <p class="hint" id="code-hint">${start.trackCodeHint(example)}</p>
          <input
            id="code"
            name="ma"
            type="text"
            required
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            aria-describedby="code-hint"
          />
        </div>
        <div class="field">
          <label for="key">${start.trackKey}</label>
          <p class="hint" id="key-hint">${start.trackKeyHint}</p>
          <input
            id="key"
            name="k"
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            aria-describedby="key-hint"
          />
        </div>
        <p class="actions"><button type="submit" class="button-quiet">${start.trackButton}</button></p>
      </form>
    </section>
    <section aria-labelledby="more">
      <h2 id="more">${start.more}</h2>
      <ul class="tiles">
        ${start.links.map(([label, href]) => html`<li><a href="${href}">${label}</a></li>`)}
      </ul>
    </section>
    ${fieldTiles(text, language, fields)}`
}

/** The fields with the number of their procedures. */
function fieldTiles(text: PortalText, language: PublicLanguage, fields: readonly Counted[]): Html {
  return html`<section aria-labelledby="fields">
    <h2 id="fields">${text.start.fields}</h2>
    <ul class="tiles">
      ${fields.map(
        ({ field, count }) =>
          html`<li>
            <a href="${paths.field(field.key)}"
              ><span lang="${language === 'en' && field.nameEn ? 'en' : 'vi'}">${nameOf(field, language)}</span
              ><span class="count">${text.count(count)}</span></a
            >
          </li>`,
      )}
    </ul>
    <p><a href="${paths.procedures}">${text.start.all}</a></p>
  </section>`
}

export const nameOf = (field: Field, language: PublicLanguage): string =>
  language === 'en' && field.nameEn ? field.nameEn : field.name

export function searchForm(text: PortalText, words: string): Html {
  return html`<form class="search-form" action="${paths.procedures}" method="get" role="search">
    <label for="words">${text.start.search}</label>
    <p class="hint" id="words-hint">${text.start.hint}</p>
    <div class="search-row">
      <input
        id="words"
        name="tu"
        type="search"
        value="${words}"
        maxlength="200"
        autocomplete="off"
        enterkeyhint="search"
        aria-describedby="words-hint"
      /><button type="submit">${text.start.button}</button>
    </div>
  </form>`
}

type Listing = {
  text: PortalText
  language: PublicLanguage
  desk: string
  words: string
  field: Field | undefined
  page: ProcedurePage
  /** Address of the next page, or undefined at the end. */
  nextPath: string | undefined
  isFirst: boolean
  fields: readonly Counted[]
}

/** Procedures found by words, or all of a field. */
export function listBody({ text, language, desk, words, field, page, nextPath, isFirst, fields }: Listing): Html {
  const { search } = text
  const away = handledElsewhere(words)
  // Names that are merely alike lead astray who asks for something that is not done here.
  const items = away && page.approximate ? [] : page.items
  const nothing = items.length === 0
  const names = new Map(fields.map((each) => [each.field.key, each.field]))
  return html`<nav class="crumbs" aria-label="${text.start.crumbs}">
      <a href="${paths.start}">${text.start.home}</a>
    </nav>
    <h1>${headingOf(text, language, words, field)}</h1>
    ${searchForm(text, words)} ${away && elsewhereNote(text, language, away)}
    ${!away && page.approximate && html`<p class="note">${search.nearest(words)}</p>`}
    ${!away && nothing && words !== '' && html`<p class="note">${search.nothing(words)} ${search.nothingHelp(desk)}</p>`}
    ${away && !nothing && html`<h2>${search.alsoHere}</h2>`}
    <ul class="results">
      ${items.map((item) => resultOf(text, language, item, names.get(item.field)))}
    </ul>
    <p class="pager actions">
      ${nextPath && html`<a class="button button-quiet" href="${nextPath}">${search.next}</a>`}
      ${!isFirst && html`<a class="plain" href="${field ? paths.field(field.key) : paths.search(words)}">${search.first}</a>`}
      ${field && html`<a class="plain" href="${paths.fieldPoster(field.key)}">${search.posterOfField}</a>`}
    </p>
    ${(nothing || (words === '' && !field)) && fieldTiles(text, language, fields)}`
}

/** Who handles what is not handled here. */
const elsewhereNote = (
  { search }: PortalText,
  language: PublicLanguage,
  { matter, office, advice, online, source, confidence }: Elsewhere,
): Html =>
  html`<div class="note" role="status">
    <p><strong>${search.elsewhere(matter[language])}</strong></p>
    <p>${search.elsewhereAt}: <strong>${office[language]}</strong>. ${advice[language]}</p>
    ${confidence === 'medium' && html`<p>${search.elsewhereUnsure}</p>`}
    ${online && html`<p><a href="${NATIONAL_PORTAL}" rel="external">${search.elsewhereOnline}</a></p>`}
    <p class="small">${search.elsewhereSource}: <span lang="vi">${source}</span></p>
  </div>`

export function headingOf(text: PortalText, language: PublicLanguage, words: string, field: Field | undefined): string {
  if (field) return text.search.inField(nameOf(field, language))
  return words === '' ? text.search.title : text.search.found(words)
}

/** The name of a procedure as a way to it, with what it means beside it for readers of English. */
export function procedureLink(
  { code, shortName }: { code: string; shortName: string },
  language: PublicLanguage,
): Html {
  const english = englishName(code, language)
  return html`<a href="${paths.procedure(code)}"
    ><span
      ><span lang="vi">${shortName}</span
      >${english !== undefined && html` <span class="english">– ${english}</span>`}</span
    ></a
  >`
}

const resultOf = (text: PortalText, language: PublicLanguage, item: ProcedureItem, field: Field | undefined): Html =>
  html`<li>
    ${procedureLink(item, language)} ${saysMore(item) && html`<p lang="vi">${item.name}</p>`}
    <p class="small">
      ${field && html`<span lang="${language === 'en' && field.nameEn ? 'en' : 'vi'}">${nameOf(field, language)}</span> · `}${text.procedure.code(item.code)}
    </p>
  </li>`

/** Whether the official name tells anything that the everyday one does not. */
const saysMore = ({ name, shortName }: ProcedureItem): boolean =>
  name.replace(/^Thủ tục /u, '').toLowerCase() !== shortName.toLowerCase()
