import { html, type Html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import { soleAuthority } from '../page-frame.ts'
import { placeOf, type Place, type PortalContext } from './facts.ts'
import { paths } from './paths.ts'
import { deskOf } from './procedure-page.ts'
import { sendView, viewOf, type View } from './view.ts'

/** How the pages are used, how they are made for everyone, and where somebody helps. */
export function helpRoutes(http: Http, context: PortalContext): void {
  http.get(paths.help, { config: { permission: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const agency = await soleAuthority(context.db, view.day)
    const place = agency && (await placeOf(context.db, agency, view.day))
    return sendView(reply, view, view.text.help.title, helpBody(view, place))
  })
}

function helpBody({ text, desk }: View, place: Place | undefined): Html {
  const { help, faults } = text
  return html`<h1>${help.title}</h1>
    <p class="lead">${help.lead}</p>
    ${help.parts.map(
      ({ title, lines, links }) =>
        html`<section>
          <h2>${title}</h2>
          <ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>
          ${links.length > 0 && html`<p class="actions">${links.map(([label, href]) => html`<a class="plain" href="${href}">${label}</a>`)}</p>`}
        </section>`,
    )}
    ${
      place &&
      html`<section>
        <h2>${faults.desk(desk)}</h2>
        ${deskOf(text, place)}
      </section>`
    }`
}
