import { Type } from 'typebox'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import { isMachine, machinePath, pair } from './machines.ts'
import { config, Key, Line, notThere, problemNote, send, viewOf, type View } from './page-parts.ts'
import { findRoom, type CounterContext, type Room } from './rooms.ts'

const windowMs = 10 * 60_000

/** Where a device becomes the number machine of a room, with the code that an officer brings. */
export function machinePages(http: Http, context: CounterContext): void {
  const ofSource = countAttempts({ most: 10, windowMs })
  // Who guesses from many places at once gets no further with the eight digits of a room either.
  const ofRoom = countAttempts({ most: 60, windowMs })

  const page = (view: View, room: Room, problem: string | null) => {
    const { machine: text } = view.text
    return {
      title: text.title,
      authority: room.authority,
      own: true,
      body: html`<h1>${text.title}</h1>
        <p class="lead" lang="vi">${room.name}</p>
        ${problem !== null && problemNote(text.notPaired, problem)}
        <p>${text.how}</p>
        <form method="post" action="${machinePath(room)}" class="search-form">
          <div class="field">
            <label for="ma">${text.code}</label>
            <p class="hint" id="ma-hint">${text.codeHint}</p>
            <input
              id="ma"
              name="ma"
              type="text"
              inputmode="numeric"
              required
              maxlength="20"
              autocomplete="off"
              spellcheck="false"
              aria-describedby="ma-hint${problem !== null && ' problem'}"
              ${problem !== null && html`aria-invalid="true"`}
            />
          </div>
          <p class="actions">
            <button type="submit">${text.button}</button>
            <a class="button button-quiet" href="/lay-so/${room.key}">${text.back}</a>
          </p>
        </form>`,
    }
  }

  http.get('/lay-so/:key/may', { config, schema: { hide: true, params: Key } }, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const room = await findRoom(context, request.params.key)
    if (!room) return notThere(reply, view, view.text.machine.title, view.text.machine.unknown)
    if (await isMachine(context, request, room)) return reply.redirect(`/lay-so/${room.key}`, 303)
    return send(reply, view, page(view, room, null))
  })

  const Typed = Type.Object({ ma: Line(20) })
  http.post(
    '/lay-so/:key/may',
    { config, schema: { hide: true, params: Key, body: Typed } },
    async (request, reply) => {
      const view = await viewOf(context, request, reply)
      const room = await findRoom(context, request.params.key)
      if (!room) return notThere(reply, view, view.text.machine.title, view.text.machine.unknown)
      const now = Date.parse(context.clock())
      const source = networkOf(request.ip)
      if (!ofSource.begin(source, now) || !ofRoom.begin(room.key, now)) {
        void reply.code(429)
        return send(reply, view, page(view, room, view.text.tooMany))
      }
      if (!(await pair(context, room, { request, reply, typed: request.body.ma ?? '' }))) {
        void reply.code(422)
        return send(reply, view, page(view, room, view.text.machine.wrong))
      }
      ofSource.succeeded(source, now)
      ofRoom.succeeded(room.key, now)
      return reply.redirect(`/lay-so/${room.key}`, 303)
    },
  )
}
