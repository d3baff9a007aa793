import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.ts'
import { networkOf } from '../platform/http/attempts.ts'
import type { Citizen } from '../portal/accounts/index.ts'
import { listPlaces } from '../staff/index.ts'
import type { NewFile } from './commands.ts'
import type { Coordinates, Sender, Story } from './contract.ts'
import { dropDraft, findDraft, putDraft, type FeedbackTables } from './store.ts'

/** A story that is being told, question by question. */
export type Draft = {
  agencyId: number | null
  happened: string
  placeQuery: string
  placeCode: string | null
  placeName: string
  placeDetail: string
  coordinates: Coordinates | null
  happenedOn: string | null
  dayTyped: string
  about: Story['about'] | null
  concerns: string
  restricted: boolean
  dossierTyped: string
  dossierCode: string | null
  procedureQuery: string
  procedureCode: string | null
  procedureName: string
  wish: string
  files: NewFile[]
  anonymous: boolean
  kind: Sender['kind']
  name: string
  phone: string
  email: string
  address: string
  hidesName: boolean
  /** Names the sending, so that the button pressed twice sends once. */
  commandId: string
  /** After it was sent. */
  sent: { agencyId: number; petitionId: string; code: string } | null
}

export const emptyDraft = (): Draft => ({
  agencyId: null,
  happened: '',
  placeQuery: '',
  placeCode: null,
  placeName: '',
  placeDetail: '',
  coordinates: null,
  happenedOn: null,
  dayTyped: '',
  about: null,
  concerns: '',
  restricted: false,
  dossierTyped: '',
  dossierCode: null,
  procedureQuery: '',
  procedureCode: null,
  procedureName: '',
  wish: '',
  files: [],
  anonymous: false,
  kind: 'individual',
  name: '',
  phone: '',
  email: '',
  address: '',
  hidesName: true,
  commandId: crypto.randomUUID(),
  sent: null,
})

/** Who sends it, as the account of the signed-in person says; undefined where something stands there already. */
export function fromAccount(draft: Draft, citizen: Citizen | null | undefined): Draft | undefined {
  const { anonymous, name, phone, email, address } = draft
  if (!citizen || anonymous || name || phone || email || address) return undefined
  const commune = listPlaces().find(({ code }) => code === citizen.unitCode)
  return {
    ...draft,
    name: citizen.name,
    phone: citizen.phone ?? '',
    email: citizen.email ?? '',
    address: [citizen.address, commune && `${commune.name}, ${commune.provinceName}`].filter(Boolean).join(', '),
  }
}

const COOKIE = 'motcua_pa'
const LIVES_MS = 24 * 3_600_000
/** Of one source in a day; a library or an office has many people behind one address. */
const MOST_OF_SOURCE = 200

export const draftsSince = (now: string): string => new Date(Date.parse(now) - LIVES_MS).toISOString()
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const tokenOf = (request: FastifyRequest): string | undefined => {
  const token = request.cookies[COOKIE]
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined
}

type Given = Pick<Context<FeedbackTables>, 'db' | 'keys' | 'clock'>

export async function loadDraft({ db, keys, clock }: Given, request: FastifyRequest): Promise<Draft | undefined> {
  const token = tokenOf(request)
  const row = token === undefined ? undefined : await findDraft(db, hashOf(token), draftsSince(clock()))
  return row && (JSON.parse(keys.decrypt(row.sealed)) as Draft)
}

/** Keeps the draft under the cookie of this browser; false when the source has too many. */
export async function saveDraft(
  { db, keys, clock }: Given,
  { request, reply, draft }: { request: FastifyRequest; reply: FastifyReply; draft: Draft },
): Promise<boolean> {
  const token = tokenOf(request) ?? randomBytes(32).toString('base64url')
  const source = keys.blindIndex('feedback-source', networkOf(request.ip)).toString('hex')
  const sealed = keys.encrypt(JSON.stringify(draft))
  const kept = await putDraft(db, { token_hash: hashOf(token), sealed, source, changed_at: clock() }, MOST_OF_SOURCE)
  if (kept)
    void reply.setCookie(COOKIE, token, {
      path: '/phan-anh',
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      maxAge: LIVES_MS / 1000,
    })
  return kept
}

export async function discardDraft({ db }: Given, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = tokenOf(request)
  if (token !== undefined) await dropDraft(db, hashOf(token))
  void reply.clearCookie(COOKIE, { path: '/phan-anh' })
}
