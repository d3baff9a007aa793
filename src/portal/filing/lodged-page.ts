import { trackingPath } from '../../dossiers/index.ts'
import { writeInstant, type Instant } from '../../platform/day.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { filingPaths } from './paths.ts'
import { forgetBlock } from './resume-pages.ts'
import type { FilingText } from './text.vi.ts'

/** The proof that it was lodged: code, key, when, who answers until when. To be printed or kept. */
export function lodgedBody(
  text: FilingText,
  {
    code,
    key,
    at,
    acceptBy,
    agencyName,
    procedureName,
    atCounter,
    payment,
    signedIn,
  }: {
    code: string
    key: string
    at: Instant
    acceptBy: Instant | null
    agencyName: string
    procedureName: string
    atCounter: readonly string[]
    payment: string | null
    signedIn: boolean
  },
): Html {
  const words = text.lodged
  return html`<h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <p class="official-name" lang="vi">${procedureName}</p>
    <div class="summary">
      <dl>
        <div>
          <dt>${words.code}</dt>
          <dd class="filing-code unbroken">${code}</dd>
        </div>
        <div>
          <dt>${words.key}</dt>
          <dd class="filing-code">${key}</dd>
        </div>
        <div>
          <dt>${words.at}</dt>
          <dd><time datetime="${at}">${writeInstant(at)}</time></dd>
        </div>
        <div>
          <dt>${words.agency}</dt>
          <dd lang="vi">${agencyName}</dd>
        </div>
      </dl>
    </div>
    <p class="small">${words.keyHint}</p>
    ${
      acceptBy !== null &&
      html`<p class="note" role="status">
        <strong>${words.reply(acceptBy)}.</strong> ${words.replyWhy} ${words.message}
      </p>`
    }
    ${
      atCounter.length > 0 &&
      html`<h2>${words.counterPapers}</h2>
        <ul lang="vi">
          ${atCounter.map((name) => html`<li>${name}</li>`)}
        </ul>`
    }
    <p>${words.print}</p>
    <p class="actions">
      ${payment !== null && html`<a class="button" href="${payment}">${words.pay}</a>`}
      <a class="${payment === null ? 'button' : 'button button-quiet'}" href="${trackingPath}/${code}?k=${key}"
        >${words.track}</a
      >
      ${signedIn && html`<a class="plain" href="${filingPaths.own}">${words.mine}</a>`}
      <a class="plain" href="/thu-tuc">${words.another}</a>
    </p>
    ${!signedIn && forgetBlock(text, text.forget.lodged)}`
}
