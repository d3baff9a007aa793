import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { renderSVG } from 'uqr'
import { dayOf, writeInstant } from '../../platform/day.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { html, type Html } from '../../platform/http/html.ts'
import {
  judgeProof,
  newProof,
  openProofOfWork,
  PROOF_SCRIPT,
  type ProofAsked,
} from '../../platform/http/proof-of-work.ts'
import type { Http } from '../../platform/http/route.ts'
import { checkIn } from './appointments.ts'
import { isMachine, machinePath, stayMachine } from './machines.ts'
import { choices, config, Key, Line, named, notThere, problemNote, send, viewOf, type View } from './page-parts.ts'
import { placeOf, takeTicket, type Place } from './queue.ts'
import { calendarOf, findRoom, listAllRooms, type CounterContext, type Room } from './rooms.ts'
import { closedAt, givesNumbers } from './rules/opening.ts'
import { matterOf } from './rules/room.ts'
import { refusalText } from './text.vi.ts'

/** What the machine shows to the next person: not the language that the last one chose. */
const firstPage = ({ key }: Room): string => `/lay-so/${key}?lang=vi`

/** The number machine, and the number that one has. */
export function kioskPages(http: Http, context: CounterContext): void {
  // The machine itself is one source of many: so many as a full room takes, no more.
  const attempts = countAttempts({ most: 120, windowMs: 10 * 60_000 })
  const proofs = openProofOfWork(context.keys)
  const asking = (request: FastifyRequest, { text }: View) => ({
    purpose: 'ticket',
    source: networkOf(request.ip),
    now: Date.parse(context.clock()),
    text: text.proof,
  })

  http.get('/lay-so', { config, schema: { hide: true } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const rooms = await listAllRooms(context)
    const [only] = rooms
    if (rooms.length === 1 && only) return reply.redirect(`/lay-so/${only.key}`, 303)
    const { kiosk } = view.text
    return send(reply, view, {
      title: kiosk.title,
      body: html`<h1>${kiosk.title}</h1>
        <h2>${kiosk.where}</h2>
        ${choices(rooms.map((room) => ({ href: `/lay-so/${room.key}`, label: `${room.authority} – ${room.name}`, note: room.address, own: 'all' as const })))}`,
    })
  })

  const Asked = Type.Object({ 'uu-tien': Line(40), lang: Line(5) })
  http.get(
    '/lay-so/:key',
    { config, schema: { hide: true, params: Key, querystring: Asked } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const room = await findRoom(context, request.params.key)
      if (!room) return notThere(reply, view, view.text.kiosk.title, view.text.ticket.unknown)
      const trusted = await isMachine(context, request, room)
      if (trusted) stayMachine(request, reply)
      const proof = trusted ? null : newProof(proofs, asking(request, view))
      return kiosk(reply, view, room, { priority: request.query['uu-tien'], refusal: null, proof })
    },
  )

  async function kiosk(
    reply: FastifyReply,
    view: View,
    room: Room,
    {
      priority: asked,
      refusal,
      proof,
    }: { priority: string | undefined; refusal: string | null; proof: ProofAsked | null },
  ) {
    const { kiosk: text } = view.text
    const base = `/lay-so/${room.key}`
    const { priorities, matters } = room.settings
    const priority = priorities.find(({ key }) => key === asked)
    const other = view.language === 'en' ? 'vi' : 'en'
    // The machine in the room shows no head with links, so its language is changed here.
    const top = html`${!proof && html`<p class="actions"><a class="button button-quiet" href="${base}?lang=${other}" hreflang="${other}" lang="${other}">${text.otherLanguage}</a></p>`}
      <h1>${text.title}</h1>
      <p class="lead" lang="vi">${room.name}</p>
      ${refusal !== null && problemNote(text.title, refusal)}`
    // What only the machine shows is nobody else's, and is not kept for times without a network.
    const page = (body: Html) =>
      send(reply, view, {
        title: text.title,
        authority: room.authority,
        scripts: proof ? ['machine', PROOF_SCRIPT] : ['machine'],
        own: !proof || proof.words != null,
        body: html`<div class="kiosk" data-home="${firstPage(room)}" ${!proof && html`data-machine="1"`}>
          ${top} ${body}
        </div>`,
      })
    if (asked === 'chon')
      return page(
        html`<h2>${text.priorityTitle}</h2>
          ${choices([
            ...priorities.map((each) => ({
              href: `${base}?uu-tien=${each.key}`,
              label: named(view, each),
              note: each.basis,
              own: 'note' as const,
            })),
            { href: base, label: text.none },
          ])}`,
      )
    // Whoever sets up the device in the room comes by here; visitors pass it over.
    const pairing =
      proof && html`<p class="small kiosk-pairing"><a href="${machinePath(room)}">${view.text.machine.link}</a></p>`
    const calendar = await calendarOf(context, room.agencyId)
    const now = context.clock()
    const closed = givesNumbers(calendar, now) ? null : closedAt(calendar, now)
    if (closed)
      return page(
        html`<p class="note notice-due">${view.text.closed(closed)}</p>
          ${view.demo && html`<p class="small">${text.demoHours}</p>`}
          ${proof && html`<p class="actions"><a class="button" href="/dat-lich/${room.key}">${text.book}</a></p>`}
          ${pairing}`,
      )
    return page(
      html`<h2>${text.matter}</h2>
        ${priority && html`<p class="counter-chosen">${text.priorityChosen(named(view, priority))}</p>`}
        <form method="post" action="${base}" class="kiosk-matters">
          ${proof?.field} ${priority && html`<input type="hidden" name="uu-tien" value="${priority.key}" />`}
          ${matters.map(
            (matter) =>
              html`<button type="submit" name="viec" value="${matter.key}" class="button-quiet">
                <b aria-hidden="true">${matter.series}</b> ${named(view, matter)}
              </button>`,
          )}
        </form>
        ${!priority && priorities.length > 0 && html`<p class="actions"><a class="button button-quiet" href="${base}?uu-tien=chon">${text.priority}</a></p>`}
        <details class="kiosk-appointment">
          <summary>${text.appointment}</summary>
          <form method="post" action="${base}/hen" class="search-form">
            ${priority && html`<input type="hidden" name="uu-tien" value="${priority.key}" />`}
            <div class="field">
              <label for="ma">${text.appointmentCode}</label>
              <input
                id="ma"
                name="ma"
                type="text"
                required
                maxlength="20"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
              />
            </div>
            <p class="actions"><button type="submit">${text.appointmentButton}</button></p>
          </form>
        </details>
        ${pairing}`,
    )
  }

  const Chosen = Type.Object({ viec: Line(40), 'uu-tien': Line(40), ma: Line(20), proof: Line(300) })
  const give = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { key, appointment }: { key: string; appointment: boolean },
  ) => {
    const view = await viewOf(context, request, reply)
    const room = await findRoom(context, key)
    if (!room) return notThere(reply, view, view.text.kiosk.title, view.text.ticket.unknown)
    const body = request.body as { viec?: string; 'uu-tien'?: string; ma?: string; proof?: string }
    const now = context.clock()
    const trusted = await isMachine(context, request, room)
    const work = asking(request, view)
    const refused = (status: number, words: string | null, proof = trusted ? null : newProof(proofs, work)) => {
      void reply.code(status)
      return kiosk(reply, view, room, { priority: body['uu-tien'], refusal: words, proof })
    }
    if (!attempts.begin(networkOf(request.ip), Date.parse(now))) return refused(429, view.text.tooMany)
    if (!givesNumbers(await calendarOf(context, room.agencyId), now)) return refused(422, null)
    // A code of an appointment is worth more than work; the machine in the room is known.
    if (!appointment && !trusted) {
      const missing = judgeProof(proofs, body.proof ?? '', work)
      if (missing === null) return refused(429, view.text.tooMany)
      if (missing) return refused(422, missing.words ?? '', missing)
    }
    const priority = body['uu-tien'] ?? null
    const taken = appointment
      ? await checkIn(context, room, { code: (body.ma ?? '').trim().toUpperCase(), priority })
      : await takeTicket(context, room, { matter: body.viec ?? '', priority })
    if (!taken.ok) return refused(422, refusalText(taken.refusal, view.text))
    return reply.redirect(`/lay-so/${room.key}/phieu/${taken.value.ticket_id}?moi=1`, 303)
  }
  http.post('/lay-so/:key', { config, schema: { hide: true, params: Key, body: Chosen } }, (request, reply) =>
    give(request, reply, { key: request.params.key, appointment: false }),
  )
  http.post('/lay-so/:key/hen', { config, schema: { hide: true, params: Key, body: Chosen } }, (request, reply) =>
    give(request, reply, { key: request.params.key, appointment: true }),
  )

  const Ticket = Type.Object({ key: Type.String({ maxLength: 20 }), ticketId: Type.String({ format: 'uuid' }) })
  http.get(
    '/lay-so/:key/phieu/:ticketId',
    { config, schema: { hide: true, params: Ticket } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const { key, ticketId } = request.params
      const room = await findRoom(context, key)
      const place = room && (await placeOf(context, room, ticketId))
      if (!room || !place) return notThere(reply, view, view.text.kiosk.title, view.text.ticket.unknown)
      const isNew = (request.query as { moi?: string }).moi === '1'
      return send(reply, view, {
        title: view.text.ticket.title(place.ticket.label),
        own: true,
        authority: room.authority,
        scripts: ['ticket'],
        body: ticketBody(view, place, { prints: isNew && (await isMachine(context, request, room)) }),
      })
    },
  )
  http.get(
    '/lay-so/:key/phieu/:ticketId/hien-tai',
    { config, schema: { hide: true, params: Ticket } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const room = await findRoom(context, request.params.key)
      const place = room && (await placeOf(context, room, request.params.ticketId))
      if (!place) return reply.code(404).send({})
      return reply
        .header('cache-control', 'no-store')
        .send({ words: wordsOf(view, place), called: place.ticket.state === 'called' })
    },
  )

  /** What somebody with this number has to know now. */
  function wordsOf(view: View, { ticket, before, minutes }: Place): string[] {
    const { ticket: text } = view.text
    if (dayOf(ticket.takenAt) !== dayOf(context.clock())) return [text.over]
    if (ticket.state === 'called') return [text.called(ticket.desk ?? 0)]
    if (ticket.state === 'done') return [text.done]
    if (ticket.state === 'skipped') return [text.skipped]
    return [text.before(before), text.estimate(minutes)]
  }

  function ticketBody(view: View, place: Place, { prints }: { prints: boolean }): Html {
    const { ticket: text } = view.text
    const { ticket, room } = place
    const matter = matterOf(room.settings, ticket.matter)
    const path = `/lay-so/${room.key}/phieu/${ticket.ticketId}`
    const code = renderSVG(`${context.config.publicUrl}${path}`, { border: 1 })
    const priority = room.settings.priorities.find(({ key }) => key === ticket.priority)
    return html`<article
      class="ticket"
      data-live="${path}/hien-tai"
      data-lost="${text.lost}"
      data-home="${firstPage(room)}"
      ${prints && html`data-machine="1"`}
    >
      <p class="ticket-place" lang="vi">${room.authority}<br />${room.name}</p>
      <h1><small>${text.your}</small> <span class="ticket-number">${ticket.label}</span></h1>
      <p class="ticket-matter">${matter ? named(view, matter) : ''}</p>
      ${priority && html`<p>${named(view, priority)}</p>`}
      ${ticket.appointmentMinute !== null && html`<p>${text.appointment(view.text.time(ticket.appointmentMinute))}</p>`}
      <div class="ticket-now" role="status">${wordsOf(view, place).map((words) => html`<p>${words}</p>`)}</div>
      <div class="ticket-qr">${{ html: code }}</div>
      <p class="small">${text.scan}</p>
      <p class="small">${text.takenAt(writeInstant(ticket.takenAt))}</p>
      <p class="actions no-print">
        <button type="button" data-print hidden>${text.print}</button>
        <a class="button button-quiet" href="/lay-so/${room.key}">${text.again}</a>
      </p>
    </article>`
  }
}
