import type { FastifyReply } from 'fastify'
import { Type, type Static } from 'typebox'
import { agenciesFor, may, type Action, type Actor } from '../../identity/index.ts'
import { isDay } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import type { Result } from '../../platform/result.ts'
import { cancelAppointment, checkIn, listDay } from './appointments.ts'
import {
  AppointmentDay,
  DeskView,
  MachineCode,
  MachineItem,
  PointItem,
  RoomSettings,
  TicketItem,
  WaitingTimes,
  type WaitingHour,
} from './contract.ts'
import { askMachineCode, pairedMachines, unpair } from './machines.ts'
import { counterPages } from './public-routes.ts'
import { actAtDesk, ticketItem, viewDesk, type DeskAct } from './queue.ts'
import { calendarOf, findRoom, listRooms, type CounterContext, type Room } from './rooms.ts'
import { receptionDayFrom } from './rules/opening.ts'
import { average, median } from './rules/queue.ts'
import { faultsOfRoom } from './rules/room.ts'
import { addRoom, listTicketsOf, listWaits, type Waited } from './store.ts'
import { refusalText, type CounterRefusal } from './text.vi.ts'

const tags = ['counter']
const Key = Type.String({ pattern: '^[0-9]{1,9}-[0-9]{1,9}$' })
const KeyParams = Type.Object({ key: Key })
const Deskful = Type.Object({ key: Key, desk: Type.Integer({ minimum: 1, maximum: 99 }) })
const Span = Type.Object({ from: Type.String({ format: 'date' }), to: Type.String({ format: 'date' }) })

/** The waiting room: pages for everybody, and what officers do at their desks. */
export function counterRoutes(http: Http, context: CounterContext): void {
  counterPages(http, context)
  deskRoutes(http, context)
  machineRoutes(http, context)
  appointmentRoutes(http, context)
  timeRoutes(http, context)
  roomRoutes(http, context)
}

const sendRefusal = (reply: FastifyReply, refusal: CounterRefusal, status = 422): FastifyReply =>
  sendProblem(reply, status, { ...refusal, detail: refusalText(refusal) })

const actorOf = (request: { actor: Actor | null }): Actor => {
  if (!request.actor) throw new Error('the hook of identity did not run')
  return request.actor
}

/** The room, when the actor may do this there. */
async function roomFor(context: CounterContext, actor: Actor, action: Action, key: string): Promise<Room | undefined> {
  const room = await findRoom(context, key)
  return room && may(actor, action, { agencyId: room.agencyId }) ? room : undefined
}

/** The same for who calls there and for who arranges it; the rights of the table differ, so the handler asks for either. */
const roomOfEither = async (context: CounterContext, actor: Actor, key: string): Promise<Room | undefined> =>
  (await roomFor(context, actor, 'counter.call', key)) ?? roomFor(context, actor, 'counter.manage', key)

const pointOf = ({ authority: _, ...point }: Room): Static<typeof PointItem> => point

function deskRoutes(http: Http, context: CounterContext): void {
  http.get(
    '/api/counter/points',
    {
      config: { permission: 'counter.call' },
      schema: {
        tags,
        summary: 'Points of receipt at which the officer may call',
        response: { 200: Type.Object({ items: Type.Array(PointItem) }) },
      },
    },
    async (request) => ({
      items: (await listRooms(context, agenciesFor(actorOf(request), 'counter.call'))).map(pointOf),
    }),
  )

  http.get(
    '/api/counter/points/:key/desks/:desk',
    {
      config: { permission: 'counter.call' },
      schema: {
        tags,
        summary: 'Whom the desk serves and who waits for it',
        params: Deskful,
        response: { 200: DeskView },
      },
    },
    async (request, reply) => {
      const room = await roomFor(context, actorOf(request), 'counter.call', request.params.key)
      return room ? viewDesk(context, room, request.params.desk) : sendNotFound(reply)
    },
  )

  const act = (name: string, summary: string, toAct: (body: { desk?: number; ticketId?: string }) => DeskAct) =>
    http.post(
      `/api/counter/points/:key/desks/:desk/${name}`,
      {
        config: { permission: 'counter.call' },
        schema: {
          tags,
          summary,
          params: Deskful,
          body: Type.Object({
            serving: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
            desk: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
            ticketId: Type.Optional(Type.String({ format: 'uuid' })),
          }),
          response: { 200: Type.Object({ called: Type.Union([TicketItem, Type.Null()]) }) },
        },
      },
      async (request, reply) => {
        const actor = actorOf(request)
        const room = await roomFor(context, actor, 'counter.call', request.params.key)
        if (!room) return sendNotFound(reply)
        const outcome: Result<Parameters<typeof ticketItem>[0] | null, CounterRefusal> = await actAtDesk(context, {
          room,
          desk: request.params.desk,
          officerId: actor.officerId,
          act: toAct(request.body),
          serving: request.body.serving,
        })
        if (!outcome.ok) return sendRefusal(reply, outcome.refusal, 409)
        return { called: outcome.value ? ticketItem(outcome.value) : null }
      },
    )
  act('next', 'Finishes the one who is served and calls the next', () => ({ type: 'next' }))
  act('recall', 'Calls the same number again', () => ({ type: 'recall' }))
  act('skip', 'Nobody came: goes on without', () => ({ type: 'skip' }))
  act('finish', 'Done, without calling the next', () => ({ type: 'finish' }))
  act('transfer', 'Sends the person on to another desk', ({ desk = 0 }) => ({ type: 'transfer', desk }))
  act('back', 'Calls a number that was skipped', ({ ticketId = '' }) => ({ type: 'back', ticketId }))
}

/** The devices that give numbers: which there are, a code for another one, and the end of one. */
function machineRoutes(http: Http, context: CounterContext): void {
  const path = '/api/counter/points/:key/machines'
  const config = { permission: 'session' }
  http.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Devices that give numbers in the room',
        params: KeyParams,
        response: { 200: Type.Object({ items: Type.Array(MachineItem) }) },
      },
    },
    async (request, reply) => {
      const room = await roomOfEither(context, actorOf(request), request.params.key)
      return room ? { items: await pairedMachines(context, room) } : sendNotFound(reply)
    },
  )
  http.post(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'A code that makes one device a number machine, once and within ten minutes',
        params: KeyParams,
        body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }) }),
        response: { 200: MachineCode },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const room = await roomOfEither(context, actor, request.params.key)
      if (!room) return sendNotFound(reply)
      return askMachineCode(context, room, { name: request.body.name.trim(), officerId: actor.officerId })
    },
  )
  http.delete(
    `${path}/:machineId`,
    {
      config,
      schema: {
        tags,
        summary: 'The device gives numbers no more',
        params: Type.Object({ key: Key, machineId: Type.String({ format: 'uuid' }) }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { key, machineId } = request.params
      const room = await roomOfEither(context, actor, key)
      const ended = room && (await unpair(context, room, { machineId, officerId: actor.officerId }))
      return ended ? reply.code(204).send() : sendNotFound(reply)
    },
  )
}

function appointmentRoutes(http: Http, context: CounterContext): void {
  http.get(
    '/api/counter/points/:key/appointments',
    {
      config: { permission: 'counter.call' },
      schema: {
        tags,
        summary: 'Appointments of a day, with names for who has to call them',
        params: KeyParams,
        querystring: Type.Object({ day: Type.String({ format: 'date' }) }),
        response: { 200: AppointmentDay },
      },
    },
    async (request, reply) => {
      const room = await roomFor(context, actorOf(request), 'counter.call', request.params.key)
      const { day } = request.query
      if (!room || !isDay(day)) return sendNotFound(reply)
      const calendar = await calendarOf(context, room.agencyId)
      return { items: await listDay(context, room, day), opensOn: receptionDayFrom(calendar, day) }
    },
  )
  const Held = Type.Object({ key: Key, code: Type.String({ maxLength: 20 }) })
  http.post(
    '/api/counter/points/:key/appointments/:code/check-in',
    {
      config: { permission: 'counter.call' },
      schema: { tags, summary: 'The person is there and gets a number', params: Held, response: { 200: TicketItem } },
    },
    async (request, reply) => {
      const room = await roomFor(context, actorOf(request), 'counter.call', request.params.key)
      if (!room) return sendNotFound(reply)
      const taken = await checkIn(context, room, { code: request.params.code, priority: null })
      return taken.ok ? ticketItem(taken.value) : sendRefusal(reply, taken.refusal, 409)
    },
  )
  http.post(
    '/api/counter/points/:key/appointments/:code/cancel',
    {
      config: { permission: 'counter.call' },
      schema: { tags, summary: 'Cancels an appointment; the person is told', params: Held },
    },
    async (request, reply) => {
      const room = await roomFor(context, actorOf(request), 'counter.call', request.params.key)
      if (!room) return sendNotFound(reply)
      const cancelled = await cancelAppointment(context, room, request.params.code)
      return cancelled.ok ? reply.code(204).send() : sendRefusal(reply, cancelled.refusal, 409)
    },
  )
}

function timeRoutes(http: Http, context: CounterContext): void {
  http.get(
    '/api/counter/points/:key/waiting-times',
    {
      config: { permission: 'session' },
      schema: {
        tags,
        summary: 'How long people waited and were served, by hour',
        params: KeyParams,
        querystring: Span,
        response: { 200: WaitingTimes },
      },
    },
    async (request, reply) => {
      const room = await roomOfEither(context, actorOf(request), request.params.key)
      if (!room) return sendNotFound(reply)
      const { from, to } = request.query
      const rows = await withScope(context.db, { agencies: [room.agencyId] }, (tx) =>
        listWaits(tx, { ...room, from, to }),
      )
      const hours = [...new Set(rows.map(({ hour }) => hour))].toSorted((one, other) => one - other)
      return {
        hours: hours.map((hour) =>
          sumUp(
            hour,
            rows.filter((row) => row.hour === hour),
          ),
        ),
        all: sumUp(-1, rows),
      }
    },
  )
  http.get(
    '/api/counter/points/:key/tickets',
    {
      config: { permission: 'session' },
      schema: {
        tags,
        summary: 'The tickets behind a figure',
        params: KeyParams,
        querystring: Type.Object({
          ...Span.properties,
          hour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23 })),
        }),
        response: { 200: Type.Object({ items: Type.Array(TicketItem) }) },
      },
    },
    async (request, reply) => {
      const room = await roomOfEither(context, actorOf(request), request.params.key)
      if (!room) return sendNotFound(reply)
      const { from, to, hour } = request.query
      const rows = await withScope(context.db, { agencies: [room.agencyId] }, (tx) =>
        listTicketsOf(tx, { ...room, from, to, hour }),
      )
      return { items: rows.map(ticketItem) }
    },
  )
}

function sumUp(hour: number, rows: readonly Waited[]): WaitingHour {
  const waits = rows.flatMap(({ wait }) => (wait === null ? [] : [wait]))
  const servings = rows.flatMap(({ serving }) => (serving === null ? [] : [serving]))
  return {
    hour,
    tickets: rows.length,
    averageWait: average(waits),
    medianWait: median(waits),
    averageServing: average(servings),
    medianServing: median(servings),
  }
}

function roomRoutes(http: Http, context: CounterContext): void {
  const { db, clock } = context
  http.get(
    '/api/counter/rooms',
    {
      config: { permission: 'counter.manage' },
      schema: {
        tags,
        summary: 'Waiting rooms that the officer arranges',
        response: { 200: Type.Object({ items: Type.Array(PointItem) }) },
      },
    },
    async (request) => ({
      items: (await listRooms(context, agenciesFor(actorOf(request), 'counter.manage'))).map(pointOf),
    }),
  )
  http.put(
    '/api/counter/rooms/:key',
    {
      config: { permission: 'counter.manage' },
      schema: {
        tags,
        summary: 'Arranges matters, desks, priorities and appointments anew',
        params: KeyParams,
        body: Type.Object({ version: Type.Integer({ minimum: 0 }), settings: RoomSettings }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const room = await roomFor(context, actor, 'counter.manage', request.params.key)
      if (!room) return sendNotFound(reply)
      const { settings, version } = request.body
      const [fault] = faultsOfRoom(settings)
      if (fault) return sendRefusal(reply, fault)
      const isNew = await withScope(db, { agencies: [room.agencyId] }, (tx) =>
        addRoom(tx, {
          agency_id: room.agencyId,
          receiving_point_id: room.receivingPointId,
          version: version + 1,
          body: settings,
          written_by: actor.officerId,
          written_at: clock(),
        }),
      )
      return isNew ? reply.code(204).send() : sendRefusal(reply, { code: 'changed-meanwhile' }, 409)
    },
  )
}
