import { writeInstant } from '../../platform/day.ts'
import { html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import type { BoardView } from './contract.ts'
import { watchBoard } from './live.ts'
import { config, Key, notThere, send, viewOf } from './page-parts.ts'
import { viewBoard } from './queue.ts'
import { findRoom, type CounterContext } from './rooms.ts'
import type { CounterText } from './text.vi.ts'

/** Where nobody was called: that the place is closed, and until when. */
const noCalls = (text: CounterText, { closed }: BoardView): string =>
  closed ? text.closed(closed) : text.board.noCalls

/** The screen of the waiting room. */
export function boardPages(http: Http, context: CounterContext): void {
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
        data-now="${board.now}"
        data-voice="${room.settings.voice ? '1' : ''}"
      >
        <header class="tv-head">
          <p lang="vi"><b>${room.authority}</b> <span>${room.name}</span></p>
          <p class="tv-clock" aria-hidden="true">${writeInstant(board.now).slice(0, 5)}</p>
        </header>
        <h1 class="visually-hidden">${text.title}</h1>
        <section class="tv-latest" aria-live="polite">
          <p class="tv-title">${text.title}</p>
          <p class="tv-number">${latest?.label ?? ''}</p>
          <p class="tv-desk">${latest ? text.deskNumber(latest.desk) : noCalls(view.text, board)}</p>
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
