import { html } from '../../platform/http/html.ts'
import type { Problem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { sendPage, soleAuthority } from '../page-frame.ts'
import { placeOf, type PortalContext } from './facts.ts'
import { searchForm } from './list-pages.ts'
import { deskOf } from './procedure-page.ts'
import { viewOf, type View } from './view.ts'

/** What people see where nothing is, or where something went wrong: the same frame as everywhere, and ways on. */
export function faultPages(http: Http, context: PortalContext): void {
  http.faultPages.send = async (reply, status, problem) => {
    const view = await viewOf(context, reply.request, reply)
    const agency = await soleAuthority(context.db, view.day)
    const place = agency && (await placeOf(context.db, agency, view.day))
    const { title, detail } = wordsOf(view, status, problem)
    return sendPage(reply, view, {
      status,
      title,
      private: true,
      body: html`<h1>${title}</h1>
        <p class="lead">${detail}</p>
        ${status >= 500 && html`<p class="small">${view.text.faults.report(reply.request.id)}</p>`}
        ${searchForm(view.text, '')}
        <section aria-labelledby="ways">
          <h2 id="ways">${view.text.faults.ways}</h2>
          <ul class="tiles">
            ${[...view.text.faults.links, ...view.text.start.links].map(
              ([label, href]) => html`<li><a href="${href}">${label}</a></li>`,
            )}
          </ul>
        </section>
        ${
          place &&
          html`<section aria-labelledby="desk">
            <h2 id="desk">${view.text.faults.desk(view.desk)}</h2>
            ${deskOf(view.text, place)}
          </section>`
        }`,
    })
  }
}

/** Refusals carry their Vietnamese sentence; the other language says it by the kind of refusal. */
function wordsOf(
  { text: { faults }, language }: View,
  status: number,
  problem: Problem,
): { title: string; detail: string } {
  const kind = kinds[status] ?? (status >= 500 ? 'broken' : 'refused')
  const { title, detail } = faults.kinds[kind]
  const ownWords = language !== 'vi' || kind === 'missing' || kind === 'broken' || kind === 'away'
  return { title, detail: ownWords ? detail : problem.detail }
}

const kinds: Record<number, keyof View['text']['faults']['kinds']> = {
  401: 'closed',
  403: 'closed',
  404: 'missing',
  405: 'missing',
  410: 'missing',
  413: 'large',
  429: 'busy',
  503: 'away',
}
