import type { Guided } from '../../catalogue/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { PublicLanguage } from '../../platform/http/public-page.ts'
import type { LifeEvent } from './life-events.ts'
import { procedureLink } from './list-pages.ts'
import { paths } from './paths.ts'
import type { PortalText } from './text.vi.ts'

type Named = { code: string; shortName: string }

/** One life event: what it asks for, in order, with the procedures that exist today. */
export function lifeEventBody(
  text: PortalText,
  language: PublicLanguage,
  event: LifeEvent,
  named: ReadonlyMap<string, Named>,
): Html {
  return html`<nav class="crumbs" aria-label="${text.start.crumbs}">
      <a href="${paths.start}">${text.start.home}</a>
    </nav>
    <h1>${event.label[language]}</h1>
    <p class="lead">${event.lead[language]}</p>
    <ol class="event-steps">
      ${event.steps.map(({ what, why, codes }) => {
        const known = codes.flatMap((code) => named.get(code) ?? [])
        return (
          known.length > 0 &&
          html`<li>
            <h2>${what[language]}</h2>
            <p>${why[language]}</p>
            <ul class="links">
              ${known.map((procedure) => html`<li>${procedureLink(procedure, language)}</li>`)}
            </ul>
          </li>`
        )
      })}
    </ol>`
}

type GuidePage = {
  text: PortalText
  language: PublicLanguage
  procedure: Named
  guided: Guided
  answers: readonly number[]
  /** The procedure to take instead, when there is one. */
  instead: Named | undefined
}

/** One question, or the word that this is not the right procedure. */
export function guideBody({ text, language, procedure, guided, answers, instead }: GuidePage): Html {
  const words = text.guide
  const back = answers.length > 0 ? paths.guide(procedure.code, answers.slice(0, -1)) : paths.procedure(procedure.code)
  const crumbs = html`<nav class="crumbs" aria-label="${text.start.crumbs}">
    <a href="${paths.start}">${text.start.home}</a> ›
    <a href="${paths.procedure(procedure.code)}" lang="vi">${procedure.shortName}</a>
  </nav>`
  if ('stop' in guided)
    return html`${crumbs}
      <h1>${words.notThis}</h1>
      <p class="note">${language === 'en' && guided.stopEn ? guided.stopEn : guided.stop}</p>
      ${
        instead &&
        html`<p class="actions">
          <a class="button" href="${paths.procedure(instead.code)}"
            ><span>${words.instead} <span lang="vi">${instead.shortName}</span></span></a
          >
        </p>`
      }
      <p class="actions"><a class="button button-quiet" href="${back}">${words.back}</a></p>`
  if (!('asked' in guided)) return crumbs
  const said = (own: { text: string; textEn: string }) => (language === 'en' && own.textEn ? own.textEn : own.text)
  return html`${crumbs}
    <p class="official-name" lang="vi">${procedure.shortName}</p>
    <h1>${said(guided.asked)}</h1>
    <ul class="choices">
      ${guided.asked.answers.map(
        (answer, place) =>
          html`<li><a href="${paths.guide(procedure.code, [...answers, place + 1])}">${said(answer)}</a></li>`,
      )}
    </ul>
    ${
      guided.given.length > 0 &&
      html`<details>
        <summary>${words.given}</summary>
        <dl class="facts small">
          ${guided.given.map(
            ({ question, answer }) =>
              html`<div>
                <dt>${said(question)}</dt>
                <dd>${said(answer)}</dd>
              </div>`,
          )}
        </dl>
      </details>`
    }
    <p class="actions"><a class="plain" href="${back}">${words.back}</a></p>
    <p class="small">${words.nothingKept}</p>`
}
