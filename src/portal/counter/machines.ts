import { randomBytes, randomInt } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hashToken } from '../../identity/index.ts'
import { addMinutes } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import type { MachineCode, MachineItem } from './contract.ts'
import { readRoomKey, type CounterContext, type Room } from './rooms.ts'
import { readMachineCode, writeMachineCode } from './rules/machine-code.ts'
import { addMachine, closeMachine, forgetCodes, isPaired, listMachines, pairMachine } from './store.ts'

// The devices that stand in a room and give numbers to whoever stands there. An officer asks for a code, somebody enters it
// on the device; from then on the device alone has the key, and officers can end that at any moment.

const CODE_MINUTES = 10
const COOKIE = 'motcua_may'
const YEAR = 365 * 24 * 3600

export const machinePath = ({ key }: Room): string => `/lay-so/${key}/may`

/** Eight digits are soon tried through, so that a copy of the database must not tell them. */
const markOf = ({ keys }: CounterContext, { key }: Room, code: string): Buffer =>
  keys.mac('machine-code', `${key}/${code}`)

/** A code for one device, good once and for ten minutes. */
export async function askMachineCode(
  context: CounterContext,
  room: Room,
  { name, officerId }: { name: string; officerId: number },
): Promise<MachineCode> {
  const now = context.clock()
  const code = String(randomInt(10 ** 8)).padStart(8, '0')
  const machineId = newId(Date.parse(now))
  const until = addMinutes(now, CODE_MINUTES)
  await withScope(context.db, { agencies: [room.agencyId] }, async (tx) => {
    await forgetCodes(tx, room, now)
    await addMachine(tx, {
      agency_id: room.agencyId,
      machine_id: machineId,
      receiving_point_id: room.receivingPointId,
      name,
      asked_by: officerId,
      asked_at: now,
      code_mark: markOf(context, room, code),
      code_until: until,
      key_hash: null,
      paired_at: null,
      closed_by: null,
      closed_at: null,
    })
  })
  return { machineId, code: writeMachineCode(code), until, path: machinePath(room) }
}

/** Makes the device of this request the machine of the room, if the code is right; of two at once only one. */
export async function pair(
  context: CounterContext,
  room: Room,
  { request, reply, typed }: { request: FastifyRequest; reply: FastifyReply; typed: string },
): Promise<boolean> {
  const code = readMachineCode(typed)
  if (code === undefined) return false
  const secret = randomBytes(16).toString('base64url')
  const isNew = await withScope(context.db, { agencies: [room.agencyId] }, (tx) =>
    pairMachine(tx, room, { codeMark: markOf(context, room, code), keyHash: hashToken(secret), now: context.clock() }),
  )
  if (!isNew) return false
  await leaveFormer(context, request)
  keepMark(request, reply, `${room.key}.${secret}`)
  return true
}

/** A device is one machine: paired anew, it is no longer what it was. */
async function leaveFormer(context: CounterContext, request: FastifyRequest): Promise<void> {
  const mark = markIn(request)
  const former = mark && readRoomKey(mark.key)
  if (!former) return
  await withScope(context.db, { agencies: [former.agencyId] }, (tx) =>
    closeMachine(tx, former, { keyHash: hashToken(mark.secret), officerId: null, now: context.clock() }),
  )
}

function markIn(request: FastifyRequest): { key: string; secret: string } | undefined {
  const [key = '', secret = ''] = (request.cookies[COOKIE] ?? '').split('.')
  return key && secret ? { key, secret } : undefined
}

/** Whether the request comes from a machine of this room. */
export async function isMachine(context: CounterContext, request: FastifyRequest, room: Room): Promise<boolean> {
  const mark = markIn(request)
  if (mark?.key !== room.key) return false
  return withScope(context.db, { agencies: [room.agencyId] }, (tx) => isPaired(tx, room, hashToken(mark.secret)))
}

/** Browsers forget after a year at most; a machine at work is not forgotten. */
export const stayMachine = (request: FastifyRequest, reply: FastifyReply): void =>
  keepMark(request, reply, request.cookies[COOKIE] ?? '')

const keepMark = (request: FastifyRequest, reply: FastifyReply, mark: string): void =>
  void reply.setCookie(COOKIE, mark, {
    path: '/lay-so',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: YEAR,
  })

/** The machines of a room that give numbers now. */
export const pairedMachines = async (context: CounterContext, room: Room): Promise<MachineItem[]> => {
  const rows = await withScope(context.db, { agencies: [room.agencyId] }, (tx) => listMachines(tx, room))
  return rows.map(({ machine_id: machineId, name, paired_at: pairedAt }) => ({ machineId, name, pairedAt }))
}

/** The device is an ordinary visitor from now on; a code that was not used yet is worth nothing. */
export const unpair = (
  context: CounterContext,
  room: Room,
  { machineId, officerId }: { machineId: string; officerId: number },
): Promise<boolean> =>
  withScope(context.db, { agencies: [room.agencyId] }, (tx) =>
    closeMachine(tx, room, { machineId, officerId, now: context.clock() }),
  )
