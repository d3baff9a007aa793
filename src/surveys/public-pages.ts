import { html, type Html } from '../platform/http/html.ts'
import type { PublicLanguage } from '../platform/http/public-page.ts'
import type { Answer, Answers, Question, Questionnaire } from './contract.ts'
import { paths } from './paths.ts'
import type { PublicText } from './public-text.vi.ts'
import { optionsOf } from './rules/questionnaire.ts'
import { faceOf, faces } from './rules/faces.ts'

type Page = { text: PublicText; language: PublicLanguage }

const words = (language: PublicLanguage, { vi, en }: { vi: string; en: string }): string =>
  language === 'en' && en !== '' ? en : vi

export const enterBody = ({ text }: Page, problem: string | null, typed = ''): Html =>
  html`<h1>${text.enterTitle}</h1>
    <p class="lead">${text.enterLead}</p>
    ${problem && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus id="problem">${problem}</p>`}
    <form class="search-form" action="${paths.survey}" method="post">
      <div class="field">
        <label for="ma">${text.enterLabel}</label>
        <p class="hint" id="ma-hint">${text.enterHint}</p>
        <input
          id="ma"
          name="ma"
          type="text"
          value="${typed}"
          required
          maxlength="60"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          ${problem ? html`aria-invalid="true"` : ''}
          aria-describedby="ma-hint${problem ? ' problem' : ''}"
        />
      </div>
      <p class="actions"><button type="submit">${text.enterButton}</button></p>
    </form>`

export const saidBody = ({ text }: Page, title: string, words: string): Html =>
  html`<h1>${title}</h1>
    <p class="lead">${words}</p>
    <p class="actions"><a class="button button-quiet" href="/">${text.toStart}</a></p>`

export type Asking = Page & {
  action: string
  questionnaire: Questionnaire
  /** Questions that are asked of whoever answered so far like this. */
  asked: readonly Question[]
  answers: Answers
  /** The name of an open link's ballot. */
  once: string | null
  extra?: Html | null
}

/** One question; what was answered before travels along in the form, nothing is kept here. */
export function questionBody(page: Asking & { question: Question; problem: string | null; compact?: boolean }): Html {
  const { text, language, questionnaire, asked, question, answers, action, problem } = page
  const at = asked.findIndex(({ key }) => key === question.key)
  const id = `a-${question.key}`
  const hints = [
    question.kind === 'several' ? text.several : null,
    question.kind === 'text' ? text.wordsHint : null,
    question.personal ? text.personalHint : null,
  ].filter((hint) => hint !== null)
  const described = [hints.length > 0 && `${id}-hint`, problem !== null && `${id}-problem`].filter(Boolean).join(' ')
  return html`${
      at === 0 &&
      html`<p class="official-name">${words(language, questionnaire.title)}</p>
        <p class="lead">${words(language, questionnaire.intro)}</p>
        <details class="sv-secret">
          <summary>${text.secretTitle}</summary>
          <p>${text.secret}</p>
        </details>`
    }
    ${
      problem !== null &&
      html`<p class="note notice-late" role="alert" tabindex="-1" autofocus>
        <strong>${text.problem}:</strong> <a href="#${id}">${problem}</a>
      </p>`
    }
    <form class="sv-form" action="${action}" method="post">
      ${hiddenOf(page, question.key)}
      <input type="hidden" name="cau" value="${question.key}" />
      <p class="sv-progress">${text.progress(at + 1, asked.length)}</p>
      ${
        question.kind === 'text'
          ? html`<h1><label for="${id}">${words(language, question.text)}</label></h1>
              <p class="hint" id="${id}-hint">${hints.join(' ')}</p>
              ${problem !== null && html`<p class="field-error" id="${id}-problem">${problem}</p>`}
              <textarea
                id="${id}"
                name="a.${question.key}"
                rows="5"
                maxlength="1000"
                aria-describedby="${described}"
                ${problem !== null && html`aria-invalid="true"`}
              >
${String(answers[question.key] ?? '')}</textarea>`
          : html`<fieldset class="sv-question" id="${id}" ${described !== '' && html`aria-describedby="${described}"`}>
              <legend><h1>${words(language, question.text)}</h1></legend>
              ${hints.length > 0 && html`<p class="hint" id="${id}-hint">${hints.join(' ')}</p>`}
              ${problem !== null && html`<p class="field-error" id="${id}-problem">${problem}</p>`}
              ${optionsOf(question).map((option, index) => choice(page, question, option, index))}
            </fieldset>`
      }
      <p class="actions">
        <button type="submit" name="di" value="toi">${text.next}</button>
        <button class="button-quiet" type="submit" name="di" value="bo">${text.skip}</button>
        ${at > 0 && html`<button class="button-quiet" type="submit" name="di" value="lui">${text.back}</button>`}
      </p>
      ${at === 0 && html`<p class="small">${text.optional}</p>`}
    </form>`
}

function choice(
  { language, answers }: Asking,
  question: Question,
  option: ReturnType<typeof optionsOf>[number],
  index: number,
): Html {
  const given = answers[question.key]
  const isChosen = given !== undefined && (Array.isArray(given) ? given : [given]).includes(option.key)
  const face = faceOf(question, index)
  return html`<label class="sv-choice"
    ><input
      type="${question.kind === 'several' ? 'checkbox' : 'radio'}"
      name="a.${question.key}"
      value="${option.key}"
      ${isChosen && html`checked`}
    />${face && faceMark(face)}<span>${words(language, option.text)}</span></label
  >`
}

/** A face says no more than its word, so a screen reader hears the word alone. */
export const faceMark = (face: keyof typeof faces): Html =>
  html`<svg class="sv-face" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
    <circle cx="20" cy="20" r="17" fill="none" stroke="currentColor" stroke-width="2.5"></circle>
    <circle cx="14" cy="16" r="2.2" fill="currentColor"></circle>
    <circle cx="26" cy="16" r="2.2" fill="currentColor"></circle>
    <path d="${faces[face]}" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"></path>
  </svg>`

/** What was answered elsewhere, and what a ballot without invitation is called. */
function hiddenOf({ answers, once }: Pick<Asking, 'answers' | 'once'>, except: string | null): Html {
  const fields = Object.entries(answers)
    .filter(([key]) => key !== except)
    .flatMap(([key, given]) =>
      (Array.isArray(given) ? given : [given]).map((value): [string, string] => [`a.${key}`, value]),
    )
  return html`${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
  ${once && html`<input type="hidden" name="lan" value="${once}" />`}`
}

/** Everything once more before it is sent. */
export function checkBody(page: Asking & { problem: string | null; proof?: Html | null }): Html {
  const { text, language, asked, answers, action, problem, proof = null } = page
  return html`<h1>${text.checkTitle}</h1>
    <p class="lead">${text.checkLead}</p>
    ${problem !== null && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus>${problem}</p>`}
    <form class="sv-form" action="${action}" method="post">
      ${hiddenOf(page, null)}
      <dl class="sv-check">
        ${asked.map(
          (question) =>
            html`<div>
              <dt>${words(language, question.text)}</dt>
              <dd>
                <span>${written(question, answers[question.key], language) ?? html`<em>${text.blank}</em>`}</span>
                <button class="button-quiet sv-change" type="submit" name="sua" value="${question.key}">
                  ${text.change}<span class="visually-hidden">: ${words(language, question.text)}</span>
                </button>
              </dd>
            </div>`,
        )}
      </dl>
      ${proof}
      <p class="actions"><button type="submit" name="gui" value="1">${text.send}</button></p>
    </form>`
}

function written(question: Question, given: Answer | undefined, language: PublicLanguage): string | null {
  if (given === undefined) return null
  if (question.kind === 'text') return String(given)
  const keys = Array.isArray(given) ? given : [given]
  return optionsOf(question)
    .filter(({ key }) => keys.includes(key))
    .map((option) => words(language, option.text))
    .join('; ')
}

/** The kiosk: the same questions, one touch each. With a script it needs no page after the first, and works offline. */
export function kioskBody({
  text,
  language,
  questionnaire,
  action,
  question,
  answers,
  once,
  at,
}: Page & {
  questionnaire: Questionnaire
  action: string
  question: Question
  answers: Answers
  once: string
  at: number
}): Html {
  const own = text.kiosk
  return html`<div
    class="sv-kiosk"
    data-survey="${JSON.stringify(questionnaire)}"
    data-send="${action}/gui"
    data-language="${language}"
  >
    <h1>${at === 0 ? own.title : words(language, questionnaire.title)}</h1>
    <form class="sv-form" action="${action}" method="post">
      ${hiddenOf({ answers, once }, question.key)}
      <input type="hidden" name="cau" value="${question.key}" />
      <h2 id="sv-kiosk-question">${words(language, question.text)}</h2>
      ${at === 0 && html`<p class="hint">${own.lead}</p>`}
      ${
        question.kind === 'several'
          ? html`<div class="sv-touch" role="group" aria-labelledby="sv-kiosk-question">
                ${optionsOf(question).map(
                  (option) =>
                    html`<label class="sv-choice"
                      ><input type="checkbox" name="a.${question.key}" value="${option.key}" /><span
                        >${words(language, option.text)}</span
                      ></label
                    >`,
                )}
              </div>
              <p class="actions"><button type="submit">${own.done}</button></p>`
          : html`<div class="sv-touch" role="group" aria-labelledby="sv-kiosk-question">
              ${optionsOf(question).map((option, index) => {
                const face = faceOf(question, index)
                return html`<button class="sv-big" type="submit" name="a.${question.key}" value="${option.key}">
                  ${face && faceMark(face)}<span>${words(language, option.text)}</span>
                </button>`
              })}
            </div>`
      }
      ${at > 0 && html`<p class="actions"><button class="button-quiet" type="submit" name="di" value="bo">${own.skip}</button></p>`}
    </form>
  </div>`
}

export const kioskThanks = ({ text }: Page): Html =>
  html`<div class="sv-kiosk sv-kiosk-thanks">
    ${faceMark('5')}
    <h1>${text.kiosk.thanks}</h1>
    <p class="lead">${text.kiosk.again}</p>
  </div>`
