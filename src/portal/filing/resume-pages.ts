import { html, type Html } from '../../platform/http/html.ts'
import type { Draft } from './drafts.ts'
import { draftList } from './pages.ts'
import { filingPaths } from './paths.ts'
import type { FilingText } from './text.vi.ts'

/** On a computer that others use too: nothing of it opens from here any more. */
export const forgetBlock = ({ forget }: FilingText, lead: string): Html =>
  html`<section class="filing-forget">
    <h2>${forget.title}</h2>
    <p>${lead}</p>
    <form method="post" action="${filingPaths.forget}">
      <p class="actions"><button class="button-quiet" type="submit">${forget.button}</button></p>
    </form>
  </section>`

/** Drafts of this browser or account, and the way in by code. */
export function resumeBody(
  text: FilingText,
  {
    drafts,
    nameOf,
    problem,
    forgotten,
    signedIn,
  }: {
    drafts: readonly Draft[]
    nameOf: (draft: Draft) => string
    problem: string | null
    forgotten: boolean
    signedIn: boolean
  },
): Html {
  const words = text.resume
  return html`<h1>${words.title}</h1>
    ${forgotten && html`<p class="note" role="status">${text.forget.done}</p>`}
    <section>
      <h2>${words.list}</h2>
      ${
        drafts.length === 0
          ? html`<p>${words.none}</p>`
          : draftList(text, drafts, (draftId) => {
              const draft = drafts.find((each) => each.draft_id === draftId)
              return draft ? nameOf(draft) : ''
            })
      }
    </section>
    <section>
      <h2>${text.save.elsewhere}</h2>
      <p>${words.lead}</p>
      ${problem !== null && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus id="problem">${problem}</p>`}
      <form class="filing-form" method="post" action="${filingPaths.resume}">
        <div class="field">
          <label for="ma">${words.code}</label>
          <p class="hint" id="ma-hint">${words.codeHint}</p>
          <input
            type="text"
            id="ma"
            name="ma"
            required
            maxlength="40"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            aria-describedby="ma-hint"
          />
        </div>
        <div class="field">
          <label for="phone">${words.phone}</label>
          <input type="tel" id="phone" name="phone" required maxlength="20" autocomplete="tel" />
        </div>
        <div class="filing-buttons"><button type="submit">${words.button}</button></div>
      </form>
    </section>
    ${drafts.length > 0 && !signedIn && forgetBlock(text, text.forget.drafts)}`
}

/** It is kept: until when, and how to go on, here and elsewhere. */
export function saveBody(
  text: FilingText,
  {
    draft,
    name,
    code,
    problem,
    signedIn,
    url,
  }: {
    draft: Draft
    name: string
    code: string | null
    problem: string | null
    signedIn: boolean
    url: string
  },
): Html {
  const words = text.save
  const { draft_id: draftId } = draft
  return html`<h1>${words.title}</h1>
    <p class="lead" lang="vi">${name}</p>
    <p>${words.until(draft.expires_at)} ${signedIn ? words.account : words.here}</p>
    <p class="actions"><a class="button" href="${filingPaths.draft(draftId)}">${words.goOn}</a></p>
    ${
      !signedIn &&
      html`<section>
        <h2>${words.elsewhere}</h2>
        ${
          code === null
            ? html`<p>${words.elsewhereLead}</p>
                <form class="filing-form" method="post" action="${filingPaths.save(draftId)}">
                  <div class="field">
                    <label for="phone">${words.phone}</label>
                    ${problem !== null && html`<p class="field-error" id="phone-error">${problem}</p>`}
                    <input
                      type="tel"
                      id="phone"
                      name="phone"
                      required
                      maxlength="20"
                      autocomplete="tel"
                      ${problem !== null ? html`aria-invalid="true" aria-describedby="phone-error"` : ''}
                    />
                  </div>
                  <div class="filing-buttons"><button type="submit">${words.make}</button></div>
                </form>`
            : html`<div class="note" role="status">
                <p>${words.code}</p>
                <p class="filing-code unbroken">${code}</p>
                <p>${words.once}</p>
                <p>${words.where(url)}</p>
              </div>`
        }
      </section>`
    }
    <form method="post" action="${filingPaths.step(draftId, 'xoa')}">
      <p class="actions"><button class="button-quiet" type="submit">${words.remove}</button></p>
    </form>`
}
