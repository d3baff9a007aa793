import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { networkOf } from '../../platform/http/attempts.ts'
import { sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { viewBoard } from './queue.ts'
import type { CounterContext, Room } from './rooms.ts'

const EVERY_MS = 1000
const HEARTBEAT_MS = 15_000
const MOST_SCREENS = 300
const MOST_OF_ONE = 20

type Screens = { room: Room; lines: Map<ServerResponse, string>; last: string; timer: NodeJS.Timeout }

/**
 * Sends a screen what changes, as server-sent events. All screens of a room share one look at the database a second, so
 * that it works the same whichever process an officer presses a key in.
 */
export function watchBoard(
  http: Http,
  context: CounterContext,
): (request: FastifyRequest, reply: FastifyReply, room: Room) => FastifyReply {
  const rooms = new Map<string, Screens>()
  const total = () => [...rooms.values()].reduce((sum, { lines }) => sum + lines.size, 0)
  const ofSource = (source: string) =>
    [...rooms.values()].reduce(
      (sum, { lines }) => sum + [...lines.values()].filter((each) => each === source).length,
      0,
    )

  const look = async (screens: Screens): Promise<void> => {
    try {
      const { now: _, ...board } = await viewBoard(context, screens.room)
      const text = JSON.stringify(board)
      if (text === screens.last) return
      screens.last = text
      for (const line of screens.lines.keys()) line.write(`data: ${text}\n\n`)
    } catch (fault) {
      context.log.warn({ what: 'board-failed', err: fault })
    }
  }
  const heartbeat = setInterval(() => {
    for (const { lines } of rooms.values()) for (const line of lines.keys()) line.write(': .\n\n')
  }, HEARTBEAT_MS)
  heartbeat.unref()
  http.addHook('preClose', (done) => {
    clearInterval(heartbeat)
    for (const { lines, timer } of rooms.values()) {
      clearInterval(timer)
      for (const line of lines.keys()) line.end()
    }
    rooms.clear()
    done()
  })

  return (request, reply, room) => {
    const source = networkOf(request.ip)
    if (total() >= MOST_SCREENS || ofSource(source) >= MOST_OF_ONE)
      return sendProblem(reply, 429, { code: 'too-many-screens', detail: 'Quá nhiều màn hình đang mở.' })
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    })
    raw.write('retry: 3000\n\n')
    const known = rooms.get(room.key)
    const screens: Screens = known ?? {
      room,
      lines: new Map(),
      last: '',
      timer: setInterval(() => void look(screens), EVERY_MS),
    }
    screens.timer.unref()
    screens.room = room
    rooms.set(room.key, screens)
    screens.lines.set(raw, source)
    if (screens.last) raw.write(`data: ${screens.last}\n\n`)
    raw.on('close', () => {
      screens.lines.delete(raw)
      if (screens.lines.size > 0) return
      clearInterval(screens.timer)
      rooms.delete(room.key)
    })
    return reply
  }
}
