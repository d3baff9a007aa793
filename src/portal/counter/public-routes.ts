import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { renderSVG } from 'uqr'
import { addMinutes, dayOf, isDay, writeInstant, type Day } from '../../platform/day.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import { sendPage, viewsIn, type PageView } from '../page-frame.ts'
import {
  appointmentPath,
  book,
  calendarPathOf,
  cancelAppointment,
  checkIn,
  freeSlots,
  moveAppointment,
  readAppointment,
} from './appointments.ts'
import { watchBoard } from './live.ts'
import { placeOf, takeTicket, viewBoard, type Place } from './queue.ts'
import { findRoom, listAllRooms, openingOf, type CounterContext, type Room } from './rooms.ts'
import { bookableDays } from './rules/booking.ts'
import { matterOf } from './rules/room.ts'
import type { AppointmentRow } from './store.ts'
import { en } from './text.en.ts'
import { refusalText, vi, type CounterRefusal, type CounterText } from './text.vi.ts'

const config = { permission: 'public' }
const Key = Type.Object({ key: Type.String({ maxLength: 20 }) })
const Held = Type.Object({ agency: Type.Integer({ minimum: 1 }), code: Type.String({ maxLength: 20 }) })
const Line = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

type View = PageView<CounterText>

const viewOf = viewsIn<CounterText>({ vi, en })

/** Pages of the waiting room for everybody: appointments, the number machine, the own number, the screen. */
export function counterPages(http: Http, context: CounterContext): void {
  bookingPages(http, context)
  heldPages(http, context)
  kioskPages(http, context)
  boardPages(http, context)
}

type Sheet = { title: string; body: Html; authority?: string | null; scripts?: string[]; own?: boolean }
const send = (reply: FastifyReply, view: View, { authority = null, own = false, ...sheet }: Sheet) =>
  sendPage(reply, authority === null ? view : { ...view, authority }, { ...sheet, private: own })

const named = (view: View, { name, nameEn }: { name: string; nameEn: string }): string =>
  view.language === 'en' && nameEn ? nameEn : name

const problemNote = (title: string, words: string): Html =>
  html`<div class="note notice-late" role="alert" id="problem">
    <p><strong>${title}</strong></p>
    <p>${words}</p>
  </div>`

const notThere = (reply: FastifyReply, view: View, title: string, words: string) => {
  void reply.code(404)
  return send(reply, view, {
    title,
    body: html`<h1>${title}</h1>
      <p class="lead">${words}</p>`,
  })
}

/** Choices as large as a finger; each is a link. */
const choices = (items: readonly { href: string; label: string; note?: string }[]): Html =>
  html`<ul class="counter-choices">
    ${items.map(
      ({ href, label, note }) =>
        html`<li>
          <a href="${href}"><span>${label}</span>${note !== undefined && html` <small>${note}</small>`}</a>
        </li>`,
    )}
  </ul>`

// --- Booking ----------------------------------------------------------------------------------------------------------

function bookingPages(http: Http, context: CounterContext): void {
  const attempts = countAttempts({ most: 10, windowMs: 60 * 60_000 })

  http.get('/dat-lich', { config, schema: { hide: true } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const rooms = (await listAllRooms(context)).filter(({ settings }) => settings.booking.open)
    const [only] = rooms
    if (rooms.length === 1 && only) return reply.redirect(`/dat-lich/${only.key}`, 303)
    const { booking } = view.text
    return send(reply, view, {
      title: booking.title,
      body: html`<h1>${booking.title}</h1>
        <p class="lead">${booking.lead}</p>
        ${
          rooms.length === 0
            ? html`<p class="note">${booking.closed}</p>`
            : html`<h2>${booking.where}</h2>
                ${choices(rooms.map((room) => ({ href: `/dat-lich/${room.key}`, label: `${room.authority} – ${room.name}`, note: room.address })))}`
        }`,
    })
  })

  const Asked = Type.Object({ viec: Line(40), ngay: Line(10), gio: Line(4), lang: Line(5) })
  http.get(
    '/dat-lich/:key',
    { config, schema: { hide: true, params: Key, querystring: Asked } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const room = await findRoom(context, request.params.key)
      if (!room) return notThere(reply, view, view.text.booking.title, view.text.booking.closed)
      const { viec, ngay, gio } = request.query
      return askNext(reply, view, room, {
        matter: viec,
        day: ngay,
        minute: gio === undefined ? undefined : Number(gio),
      })
    },
  )

  type Asked = { matter: string | undefined; day: string | undefined; minute: number | undefined }
  type Typed = { name: string; phone: string; email: string; refusal: CounterRefusal | null }
  const nothing: Typed = { name: '', phone: '', email: '', refusal: null }

  /** One question at a time: what, which day, what time, who. */
  async function askNext(reply: FastifyReply, view: View, room: Room, asked: Asked, typed: Typed = nothing) {
    const { booking: text } = view.text
    const base = `/dat-lich/${room.key}`
    const page = (question: string, body: Html) =>
      send(reply, view, {
        title: text.title,
        authority: room.authority,
        own: typed.refusal !== null,
        body: html`<h1>${text.title}</h1>
          <p class="lead">${[room.name, room.address].filter(Boolean).join(', ')}</p>
          ${typed.refusal && problemNote(text.problem, refusalText(typed.refusal, view.text))} ${chosen()}
          <h2>${question}</h2>
          ${body}`,
      })
    const matter = asked.matter === undefined ? undefined : matterOf(room.settings, asked.matter)
    const chosen = (): Html | false =>
      matter !== undefined &&
      html`<p class="counter-chosen">
        ${text.chosen}: <strong>${named(view, matter)}</strong>${
          asked.day !== undefined && html`, <strong>${view.text.day(asked.day)}</strong>`
        }${asked.minute !== undefined && html`, <strong>${view.text.time(asked.minute)}</strong>`}
        <a class="plain" href="${base}">${text.change}</a>
      </p>`
    if (!room.settings.booking.open) return page(text.where, html`<p class="note">${text.closed}</p>`)
    if (!matter || matter.perSlot === 0)
      return page(
        text.matter,
        html`${choices(
            room.settings.matters
              .filter(({ perSlot }) => perSlot > 0)
              .map((each) => ({ href: `${base}?viec=${each.key}`, label: named(view, each) })),
          )}
          <h2>${text.have}</h2>
          <form method="get" action="/dat-lich/hen" class="search-form">
            <input type="hidden" name="co-quan" value="${room.agencyId}" />
            ${field({ id: 'ma', label: text.code, value: '', complete: 'off', wrong: false })}
            <p class="actions"><button type="submit" class="button-quiet">${text.openHeld}</button></p>
          </form>`,
      )
    if (asked.day === undefined || !isDay(asked.day))
      return page(text.day, await dayChoices(view, room, matter.key, (day) => `${base}?viec=${matter.key}&ngay=${day}`))
    const { day } = asked
    const slots = await freeSlots(context, room, { matter: matter.key, day })
    if (
      asked.minute === undefined ||
      (typed.refusal?.code === 'full' && !slots.some(({ minute, left }) => minute === asked.minute && left > 0))
    )
      return page(
        text.time,
        timeChoices(view, slots, (minute) => `${base}?viec=${matter.key}&ngay=${day}&gio=${minute}`),
      )
    return page(
      text.who,
      html`<form method="post" action="${base}" class="search-form">
        <input type="hidden" name="viec" value="${matter.key}" />
        <input type="hidden" name="ngay" value="${day}" />
        <input type="hidden" name="gio" value="${asked.minute}" />
        ${field({ id: 'ten', label: text.name, value: typed.name, complete: 'name', wrong: typed.refusal?.code === 'name-needed' })}
        ${field({ id: 'dien-thoai', label: text.phone, hint: text.phoneHint, value: typed.phone, complete: 'tel', type: 'tel', wrong: typed.refusal?.code === 'phone-wrong' })}
        ${field({ id: 'thu', label: text.email, value: typed.email, complete: 'email', type: 'email', optional: true, wrong: typed.refusal?.code === 'email-wrong' })}
        <p class="small">${text.purpose}</p>
        <p class="actions"><button type="submit">${text.button}</button></p>
      </form>`,
    )
  }

  const dayChoices = async (view: View, room: Room, matter: string, href: (day: Day) => string): Promise<Html> => {
    const open: { href: string; label: string; note: string }[] = []
    for (const day of bookableDays(room.settings, context.clock())) {
      const left = (await freeSlots(context, room, { matter, day })).reduce((sum, slot) => sum + slot.left, 0)
      if (left > 0) open.push({ href: href(day), label: view.text.day(day), note: view.text.booking.left(left) })
    }
    return open.length === 0 ? html`<p class="note">${view.text.booking.noDays}</p>` : choices(open)
  }
  movePages(http, context, dayChoices)

  const Body = Type.Object({
    viec: Line(40),
    ngay: Line(10),
    gio: Line(4),
    ten: Line(120),
    'dien-thoai': Line(30),
    thu: Line(254),
  })
  http.post('/dat-lich/:key', { config, schema: { hide: true, params: Key, body: Body } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const room = await findRoom(context, request.params.key)
    if (!room) return notThere(reply, view, view.text.booking.title, view.text.booking.closed)
    if (!attempts.begin(networkOf(request.ip), Date.parse(context.clock()))) {
      void reply.code(429)
      return send(reply, view, {
        title: view.text.booking.title,
        body: problemNote(view.text.booking.problem, view.text.tooMany),
      })
    }
    const { viec = '', ngay = '', gio = '', ten = '', 'dien-thoai': phone = '', thu = '' } = request.body
    const minute = Number(gio)
    const wish = { matter: viec, day: ngay, minute, name: ten, phone, email: thu, language: view.language }
    if (!isDay(ngay) || !Number.isInteger(minute))
      return askNext(reply, view, room, { matter: viec, day: undefined, minute: undefined })
    const booked = await book(context, room, wish)
    if (booked.ok) return reply.redirect(`${appointmentPath(booked.value)}?moi=1`, 303)
    void reply.code(422)
    return askNext(
      reply,
      view,
      room,
      { matter: viec, day: ngay, minute },
      { name: ten, phone, email: thu, refusal: booked.refusal },
    )
  })
}

const timeChoices = (
  view: View,
  slots: readonly { minute: number; left: number }[],
  href: (minute: number) => string,
): Html =>
  slots.some(({ left }) => left > 0)
    ? html`<ul class="counter-times">
        ${slots
          .filter(({ left }) => left > 0)
          .map(({ minute }) => html`<li><a href="${href(minute)}">${view.text.time(minute)}</a></li>`)}
      </ul>`
    : html`<p class="note">${view.text.booking.noDays}</p>`

type Field = {
  id: string
  label: string
  value: string
  complete: string
  type?: string
  hint?: string
  optional?: boolean
  wrong: boolean
}

const field = ({ id, label, value, complete, type = 'text', hint, optional = false, wrong }: Field): Html =>
  html`<div class="field">
    <label for="${id}">${label}</label>
    ${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    <input
      id="${id}"
      name="${id}"
      type="${type}"
      value="${value}"
      maxlength="254"
      autocomplete="${complete}"
      ${!optional && html`required`}
      ${wrong && html`aria-invalid="true" aria-describedby="problem"`}
    />
  </div>`

// --- An appointment that one has --------------------------------------------------------------------------------------

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

function heldPages(http: Http, context: CounterContext): void {
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
                  <a class="button" href="${calendarPathOf(context, room, row, `${text.title}: ${what}`)}"
                    >${text.calendar}</a
                  >
                </p>
                <p class="actions"><a class="button button-quiet" href="${path}/doi">${text.move}</a></p>
                <form method="post" action="${path}/huy">
                  <p class="actions"><button type="submit" class="button-quiet">${text.cancel}</button></p>
                </form>`
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

type DayChoices = (view: View, room: Room, matter: string, href: (day: Day) => string) => Promise<Html>

function movePages(http: Http, context: CounterContext, dayChoices: DayChoices): void {
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
            ${await dayChoices(view, room, row.matter, (each) => `${path}?ngay=${each}`)}`
        : html`<h2>${text.time}</h2>
            <p class="counter-chosen">
              <strong>${view.text.day(known)}</strong> <a class="plain" href="${path}">${text.change}</a>
            </p>
            <form method="post" action="${path}" class="counter-times">
              <input type="hidden" name="ngay" value="${known}" />
              ${(await freeSlots(context, room, { matter: row.matter, day: known }))
                .filter(({ left }) => left > 0)
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

// --- The number machine -----------------------------------------------------------------------------------------------

function kioskPages(http: Http, context: CounterContext): void {
  // The machine itself is one source of many: so many as a full room takes, no more.
  const attempts = countAttempts({ most: 120, windowMs: 10 * 60_000 })

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
        ${choices(rooms.map((room) => ({ href: `/lay-so/${room.key}`, label: `${room.authority} – ${room.name}`, note: room.address })))}`,
    })
  })

  const Asked = Type.Object({ 'uu-tien': Line(40), in: Line(1), lang: Line(5) })
  http.get(
    '/lay-so/:key',
    { config, schema: { hide: true, params: Key, querystring: Asked } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const room = await findRoom(context, request.params.key)
      if (!room) return notThere(reply, view, view.text.kiosk.title, view.text.ticket.unknown)
      return kiosk(reply, view, room, { priority: request.query['uu-tien'], refusal: null })
    },
  )

  async function kiosk(
    reply: FastifyReply,
    view: View,
    room: Room,
    { priority: asked, refusal }: { priority: string | undefined; refusal: string | null },
  ) {
    const { kiosk: text } = view.text
    const base = `/lay-so/${room.key}`
    const { priorities, matters } = room.settings
    const priority = priorities.find(({ key }) => key === asked)
    const top = html`<h1>${text.title}</h1>
      ${refusal !== null && problemNote(text.title, refusal)}`
    if (asked === 'chon')
      return send(reply, view, {
        title: text.title,
        authority: room.authority,
        body: html`<div class="kiosk">
          ${top}
          <h2>${text.priorityTitle}</h2>
          ${choices([
            ...priorities.map((each) => ({
              href: `${base}?uu-tien=${each.key}`,
              label: named(view, each),
              note: each.basis,
            })),
            { href: base, label: text.none },
          ])}
        </div>`,
      })
    return send(reply, view, {
      title: text.title,
      authority: room.authority,
      scripts: ['kiosk'],
      body: html`<div class="kiosk" data-home="${base}">
        ${top}
        <h2>${text.matter}</h2>
        ${priority && html`<p class="counter-chosen">${text.priorityChosen(named(view, priority))}</p>`}
        <form method="post" action="${base}" class="kiosk-matters">
          ${priority && html`<input type="hidden" name="uu-tien" value="${priority.key}" />`}
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
      </div>`,
    })
  }

  const Chosen = Type.Object({ viec: Line(40), 'uu-tien': Line(40), ma: Line(20) })
  const give = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { key, appointment }: { key: string; appointment: boolean },
  ) => {
    const view = await viewOf(context, request, reply)
    const room = await findRoom(context, key)
    if (!room) return notThere(reply, view, view.text.kiosk.title, view.text.ticket.unknown)
    const body = request.body as { viec?: string; 'uu-tien'?: string; ma?: string }
    const now = context.clock()
    const refused = (status: number, words: string) => {
      void reply.code(status)
      return kiosk(reply, view, room, { priority: body['uu-tien'], refusal: words })
    }
    if (!attempts.begin(networkOf(request.ip), Date.parse(now))) return refused(429, view.text.tooMany)
    // From half an hour before the doors open, as people stand before them.
    const isOpen = await openingOf(context, room.agencyId)
    if (!isOpen(now) && !isOpen(addMinutes(now, 30)) && !isOpen(addMinutes(now, 120)))
      return refused(422, view.text.kiosk.closed)
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
        body: ticketBody(view, place, { isNew }),
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

  function ticketBody(view: View, place: Place, { isNew }: { isNew: boolean }): Html {
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
      data-home="/lay-so/${room.key}"
      ${isNew && html`data-new="1"`}
    >
      <p class="ticket-place">${room.authority}<br />${room.name}</p>
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

// --- The screen of the waiting room -----------------------------------------------------------------------------------

function boardPages(http: Http, context: CounterContext): void {
  const live = watchBoard(http, context)

  http.get('/man-hinh/:key', { config, schema: { hide: true, params: Key } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const room = await findRoom(context, request.params.key)
    if (!room) return notThere(reply, view, view.text.board.title, view.text.ticket.unknown)
    const board = await viewBoard(context, room)
    const { board: text } = view.text
    const [latest, ...older] = board.calls
    return send(reply, view, {
      title: text.title,
      authority: room.authority,
      scripts: ['waiting-room'],
      body: html`<div
        class="tv"
        data-live="/man-hinh/${room.key}/truc-tiep"
        data-poll="/man-hinh/${room.key}/hien-tai"
        data-language="${view.language}"
        data-voice="${room.settings.voice ? '1' : ''}"
      >
        <header class="tv-head">
          <p><b>${room.authority}</b> <span>${room.name}</span></p>
          <p class="tv-clock" aria-hidden="true">${writeInstant(board.now).slice(0, 5)}</p>
        </header>
        <h1 class="visually-hidden">${text.title}</h1>
        <section class="tv-latest" aria-live="polite">
          <p class="tv-title">${text.title}</p>
          <p class="tv-number">${latest?.label ?? '–'}</p>
          <p class="tv-desk">${latest ? text.deskNumber(latest.desk) : text.noCalls}</p>
        </section>
        <section class="tv-desks">
          <table>
            <thead>
              <tr>
                <th scope="col">${text.desk}</th>
                <th scope="col">${text.number}</th>
              </tr>
            </thead>
            <tbody>
              ${board.desks.map(
                ({ number, label, name }) =>
                  html`<tr>
                    <th scope="row">${number}${name && html` <small>${name}</small>`}</th>
                    <td>${label ?? '–'}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </section>
        <footer class="tv-foot">
          <p class="tv-waiting">${text.waiting(board.waiting)}</p>
          <p class="tv-older">${older.map(({ label, desk }) => html`<span>${label} → ${desk}</span>`)}</p>
          <p class="tv-lost" role="alert" hidden>${text.lost}</p>
          <button type="button" class="button-quiet" data-sound hidden>${text.sound}</button>
        </footer>
      </div>`,
    })
  })

  http.get('/man-hinh/:key/hien-tai', { config, schema: { hide: true, params: Key } }, async (request, reply) => {
    const room = await findRoom(context, request.params.key)
    if (!room) return reply.code(404).send({})
    return reply.header('cache-control', 'no-store').send(await viewBoard(context, room))
  })

  http.get('/man-hinh/:key/truc-tiep', { config, schema: { hide: true, params: Key } }, async (request, reply) => {
    const room = await findRoom(context, request.params.key)
    if (!room) return reply.code(404).send({})
    return live(request, reply, room)
  })
}
