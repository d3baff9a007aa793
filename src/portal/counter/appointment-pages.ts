import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isDay } from '../../platform/day.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import {
  appointmentPath,
  calendarPathOf,
  cancelAppointment,
  freeSlots,
  moveAppointment,
  readAppointment,
} from './appointments.ts'
import { dayChoices } from './booking-pages.ts'
import { config, Held, Line, named, notThere, problemNote, send, viewOf, type Sheet, type View } from './page-parts.ts'
import { findRoom, type CounterContext, type Room } from './rooms.ts'
import { matterOf } from './rules/room.ts'
import type { AppointmentRow } from './store.ts'
import { refusalText, type CounterRefusal } from './text.vi.ts'

const guessing = countAttempts({ most: 30, windowMs: 10 * 60_000 })

async function heldBy(
  context: CounterContext,
  request: FastifyRequest,
  { agency, code }: { agency: number; code: string },
): Promise<{ row: AppointmentRow; room: Room } | undefined> {
  const now = Date.parse(context.clock())
  const source = networkOf(request.ip)
  if (!guessing.begin(source, now)) return undefined
  const row = await readAppointment(context, agency, code.trim().toUpperCase())
  const room = row && (await findRoom(context, `${row.agency_id}-${row.receiving_point_id}`))
  if (!row || !room) return undefined
  guessing.succeeded(source, now)
  return { row, room }
}

/** What the holder of a code sees of the appointment, and does with it. */
export function appointmentPages(http: Http, context: CounterContext): void {
  movePages(http, context)

  const unknown = (reply: FastifyReply, view: View) =>
    notThere(reply, view, view.text.booking.title, view.text.booking.unknown)

  const ByCode = Type.Object({ 'co-quan': Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), ma: Line(40) })
  http.get('/dat-lich/hen', { config, schema: { hide: true, querystring: ByCode } }, async (request, reply) => {
    const { 'co-quan': agency, ma: code = '' } = request.query
    const clean = code.trim().toUpperCase()
    if (/^[A-Z0-9-]{4,20}$/.test(clean)) return reply.redirect(`/dat-lich/hen/${agency}/${clean}`, 303)
    return unknown(reply, await viewOf(context, request, reply))
  })

  http.get('/dat-lich/hen/:agency/:code', { config, schema: { hide: true, params: Held } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const held = await heldBy(context, request, request.params)
    return held ? send(reply, view, heldSheet(view, held)) : unknown(reply, view)
  })

  function heldSheet(view: View, { row, room }: { row: AppointmentRow; room: Room }): Sheet {
    const { booking: text } = view.text
    const matter = matterOf(room.settings, row.matter)
    const title = { booked: text.done, arrived: text.arrived, cancelled: text.cancelled, missed: text.missed }[
      row.state
    ]
    const path = appointmentPath(row)
    const what = matter ? named(view, matter) : row.matter
    return {
      title,
      own: true,
      authority: room.authority,
      body: html`<h1>${title}</h1>
        <div class="summary">
          <dl>
            <div>
              <dt>${text.code}</dt>
              <dd class="counter-code">${row.code}</dd>
            </div>
            <div>
              <dt>${text.when}</dt>
              <dd>${view.text.time(row.minute)} ${view.text.day(row.day)}</dd>
            </div>
            <div>
              <dt>${text.what}</dt>
              <dd>${what}</dd>
            </div>
            <div>
              <dt>${text.place}</dt>
              <dd lang="vi">${[room.name, room.address].filter(Boolean).join(', ')}</dd>
            </div>
          </dl>
        </div>
        ${
          row.state === 'booked'
            ? html`<p>${text.keep}</p>
                <p class="actions">
                  <a class="button" href="${calendarPathOf(context, room, row, text.event(what))}">${text.calendar}</a>
                </p>
                <p class="actions"><a class="button button-quiet" href="${path}/doi">${text.move}</a></p>
                <details>
                  <summary>${text.cancel}</summary>
                  <form method="post" action="${path}/huy">
                    <p>${text.cancelSure}</p>
                    <p class="actions"><button type="submit" class="button-quiet">${text.cancelButton}</button></p>
                  </form>
                </details>`
            : html`<p class="actions"><a class="button" href="/dat-lich">${text.another}</a></p>`
        }`,
    }
  }

  http.post(
    '/dat-lich/hen/:agency/:code/huy',
    { config, schema: { hide: true, params: Held } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const held = await heldBy(context, request, request.params)
      if (!held) return unknown(reply, view)
      await cancelAppointment(context, held.room, held.row.code)
      return reply.redirect(appointmentPath(held.row), 303)
    },
  )
}

function movePages(http: Http, context: CounterContext): void {
  const Asked = Type.Object({ ngay: Line(10), lang: Line(5) })
  const page = async (
    reply: FastifyReply,
    view: View,
    { row, room }: { row: AppointmentRow; room: Room },
    { day, refusal }: { day: string | undefined; refusal: CounterRefusal | null },
  ) => {
    const { booking: text } = view.text
    const path = `${appointmentPath(row)}/doi`
    const known = day !== undefined && isDay(day) ? day : undefined
    const body =
      known === undefined
        ? html`<h2>${text.day}</h2>
            ${await dayChoices(context, view, room, row.matter, (each) => `${path}?ngay=${each}`)}`
        : html`<h2>${text.time}</h2>
            <p class="counter-chosen">
              <strong>${view.text.day(known)}</strong> <a class="plain" href="${path}">${text.change}</a>
            </p>
            <form method="post" action="${path}" class="counter-times">
              <input type="hidden" name="ngay" value="${known}" />
              ${(await freeSlots(context, room, { matter: row.matter, day: known }))
                .filter(({ left, minute }) => left > 0 && !(known === row.day && minute === row.minute))
                .map(
                  ({ minute }) =>
                    html`<button type="submit" class="button-quiet" name="gio" value="${minute}">
                      ${view.text.time(minute)}
                    </button>`,
                )}
            </form>`
    return send(reply, view, {
      title: text.moveTitle,
      own: true,
      authority: room.authority,
      body: html`<h1>${text.moveTitle}</h1>
        ${refusal && problemNote(text.problem, refusalText(refusal, view.text))} ${body}`,
    })
  }
  http.get(
    '/dat-lich/hen/:agency/:code/doi',
    { config, schema: { hide: true, params: Held, querystring: Asked } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const held = await heldBy(context, request, request.params)
      if (!held) return notThere(reply, view, view.text.booking.title, view.text.booking.unknown)
      return page(reply, view, held, { day: request.query.ngay, refusal: null })
    },
  )
  const Chosen = Type.Object({ ngay: Line(10), gio: Line(4) })
  http.post(
    '/dat-lich/hen/:agency/:code/doi',
    { config, schema: { hide: true, params: Held, body: Chosen } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const held = await heldBy(context, request, request.params)
      if (!held) return notThere(reply, view, view.text.booking.title, view.text.booking.unknown)
      const { ngay = '', gio = '' } = request.body
      if (!isDay(ngay) || !/^\d+$/.test(gio)) return page(reply, view, held, { day: undefined, refusal: null })
      const moved = await moveAppointment(context, held.room, { code: held.row.code, day: ngay, minute: Number(gio) })
      if (moved.ok) return reply.redirect(appointmentPath(moved.value), 303)
      void reply.code(422)
      return page(reply, view, held, { day: ngay, refusal: moved.refusal })
    },
  )
}
