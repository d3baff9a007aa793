import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isDay, type Day } from '../../platform/day.ts'
import { readMobile } from '../../platform/contact.ts'
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
import { appointmentPath, book, freeSlots } from './appointments.ts'
import {
  choices,
  config,
  field,
  Key,
  Line,
  named,
  notThere,
  problemNote,
  send,
  viewOf,
  type View,
} from './page-parts.ts'
import { findRoom, listAllRooms, type CounterContext, type Room } from './rooms.ts'
import { bookableDays } from './rules/booking.ts'
import { matterOf } from './rules/room.ts'
import { refusalText, type CounterRefusal } from './text.vi.ts'

/** Booking: what, which day, what time, who. */
export function bookingPages(http: Http, context: CounterContext): void {
  const attempts = countAttempts({ most: 10, windowMs: 60 * 60_000 })
  const proofs = openProofOfWork(context.keys)
  const asking = (request: FastifyRequest, { text }: View) => ({
    purpose: 'appointment',
    source: networkOf(request.ip),
    now: Date.parse(context.clock()),
    text: text.proof,
  })

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
                ${choices(rooms.map((room) => ({ href: `/dat-lich/${room.key}`, label: `${room.authority} – ${room.name}`, note: room.address, own: 'all' as const })))}`
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
      const asked = { matter: viec, day: ngay, minute: gio === undefined ? undefined : Number(gio) }
      const { citizen } = request
      const typed = citizen
        ? { name: citizen.name, phone: readMobile(citizen.phone ?? '') ?? '', email: citizen.email ?? '' }
        : undefined
      return askNext(reply, view, room, asked, { proof: newProof(proofs, asking(request, view)), typed })
    },
  )

  type Asked = { matter: string | undefined; day: string | undefined; minute: number | undefined }
  type Typed = { name: string; phone: string; email: string }
  type Shown = { typed?: Typed | undefined; refusal?: CounterRefusal | null; proof: ProofAsked }

  /** One question at a time: what, which day, what time, who. */
  async function askNext(
    reply: FastifyReply,
    view: View,
    room: Room,
    asked: Asked,
    { typed = { name: '', phone: '', email: '' }, refusal = null, proof }: Shown,
  ) {
    const { booking: text } = view.text
    const base = `/dat-lich/${room.key}`
    const problem = refusal ? refusalText(refusal, view.text) : proof.words
    const page = (question: string, body: Html, scripts: string[] = []) =>
      send(reply, view, {
        title: text.title,
        authority: room.authority,
        own: reply.statusCode !== 200,
        scripts,
        body: html`<h1>${text.title}</h1>
          <p class="lead" lang="vi">${[room.name, room.address].filter(Boolean).join(', ')}</p>
          ${problem !== null && problemNote(text.problem, problem)} ${chosen()}
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
      return page(
        text.day,
        await dayChoices(context, view, room, matter.key, (day) => `${base}?viec=${matter.key}&ngay=${day}`),
      )
    const { day } = asked
    const slots = await freeSlots(context, room, { matter: matter.key, day })
    // A link that was kept, or a time that somebody else has just taken: the others are shown.
    if (!slots.some(({ minute, left }) => minute === asked.minute && left > 0))
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
        ${proof.field}
        ${field({ id: 'ten', label: text.name, value: typed.name, complete: 'name', wrong: refusal?.code === 'name-needed' })}
        ${field({ id: 'dien-thoai', label: text.phone, hint: text.phoneHint, value: typed.phone, complete: 'tel', type: 'tel', wrong: refusal?.code === 'phone-wrong' })}
        ${field({ id: 'thu', label: text.email, value: typed.email, complete: 'email', type: 'email', optional: true, wrong: refusal?.code === 'email-wrong' })}
        <p class="small">${text.purpose}</p>
        <p class="actions"><button type="submit">${text.button}</button></p>
      </form>`,
      [PROOF_SCRIPT],
    )
  }

  const Body = Type.Object({
    viec: Line(40),
    ngay: Line(10),
    gio: Line(4),
    ten: Line(120),
    'dien-thoai': Line(30),
    thu: Line(254),
    proof: Line(300),
  })
  http.post('/dat-lich/:key', { config, schema: { hide: true, params: Key, body: Body } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const room = await findRoom(context, request.params.key)
    if (!room) return notThere(reply, view, view.text.booking.title, view.text.booking.closed)
    const tooMany = () => {
      void reply.code(429)
      return send(reply, view, {
        title: view.text.booking.title,
        body: problemNote(view.text.booking.problem, view.text.tooMany),
      })
    }
    const work = asking(request, view)
    const { viec = '', ngay = '', gio = '', ten = '', 'dien-thoai': phone = '', thu = '' } = request.body
    const minute = Number(gio)
    if (!isDay(ngay) || !Number.isInteger(minute))
      return askNext(
        reply,
        view,
        room,
        { matter: viec, day: undefined, minute: undefined },
        { proof: newProof(proofs, work) },
      )
    const typed = { name: ten, phone, email: thu }
    const again = (refusal: CounterRefusal | null, proof: ProofAsked) => {
      void reply.code(422)
      return askNext(reply, view, room, { matter: viec, day: ngay, minute }, { typed, refusal, proof })
    }
    const missing = judgeProof(proofs, request.body.proof ?? '', work)
    if (missing === null) return tooMany()
    if (missing) return again(null, missing)
    if (!attempts.begin(work.source, work.now)) return tooMany()
    const booked = await book(context, room, { matter: viec, day: ngay, minute, ...typed, language: view.language })
    if (booked.ok) return reply.redirect(`${appointmentPath(booked.value)}?moi=1`, 303)
    return again(booked.refusal, newProof(proofs, work))
  })
}

/** Days with places left, each with how many. */
export async function dayChoices(
  context: CounterContext,
  view: View,
  room: Room,
  matter: string,
  href: (day: Day) => string,
): Promise<Html> {
  const open: { href: string; label: string; note: string }[] = []
  for (const day of bookableDays(room.settings, context.clock())) {
    const left = (await freeSlots(context, room, { matter, day })).reduce((sum, slot) => sum + slot.left, 0)
    if (left > 0) open.push({ href: href(day), label: view.text.day(day), note: view.text.booking.left(left) })
  }
  return open.length === 0 ? html`<p class="note">${view.text.booking.noDays}</p>` : choices(open)
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
    : html`<p class="note">${view.text.booking.noTimes}</p>`
