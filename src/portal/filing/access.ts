import type { FastifyReply, FastifyRequest } from 'fastify'
import { knows, listDossiersOf, openByCode, readDossier, type OpenedDossier } from '../../dossiers/index.ts'
import { addMinutes } from '../../platform/day.ts'
import { sameBytes } from '../../platform/same-bytes.ts'
import { lodgedFrom, type Asker } from './drafts.ts'
import type { FilingContext } from './flow.ts'

/**
 * How well somebody has shown that a dossier is theirs. `full`: a vouched-for identity that stands in it, the account or
 * browser that lodged it, or both proofs by hand; `part`: one proof by hand, enough to look and to mend, not to withdraw.
 */
export type Grant = { agencyId: number; dossierId: string; strength: 'part' | 'full' }

const COOKIE = 'motcua_ho_so'
const MINUTES = 60

/** The dossier, if the asker has shown that it is theirs; one that is not there looks the same. */
export async function openOwn(
  context: FilingContext,
  { request, asker, dossierId }: { request: FastifyRequest; asker: Asker; dossierId: string },
): Promise<{ opened: OpenedDossier; grant: Grant } | undefined> {
  const grant = (await ownGrant(context, { request, asker, dossierId })) ?? cookieGrant(context, request, dossierId)
  const opened = grant && (await readDossier(context, grant.agencyId, dossierId))
  return opened && grant && { opened, grant }
}

async function ownGrant(
  context: FilingContext,
  { request, asker, dossierId }: { request: FastifyRequest; asker: Asker; dossierId: string },
): Promise<Grant | undefined> {
  const { citizen } = request
  const lodged = (await lodgedFrom(context, asker)).find((each) => each.dossierId === dossierId)
  if (lodged) return { ...lodged, strength: 'full' }
  if (!citizen?.identityNumber || !citizen.identityVerified) return undefined
  const own = (await listDossiersOf(context, citizen.identityNumber)).find((each) => each.dossierId === dossierId)
  return own && { agencyId: own.agencyId, dossierId, strength: 'full' }
}

/** Opens by code and proofs typed by hand; what was proven is remembered in this browser for an hour. */
export async function grantByHand(
  context: FilingContext,
  reply: FastifyReply,
  { code, proofs }: { code: string; proofs: readonly string[] },
): Promise<Grant | undefined> {
  const opened = await openByCode(context, code)
  if (!opened) return undefined
  const shown = new Set(proofs.map((proof) => knows(context, opened, proof)).filter((proof) => proof !== undefined))
  if (shown.size === 0) return undefined
  const { agencyId, dossierId } = opened
  return remember(context, reply, { agencyId, dossierId, strength: shown.size > 1 ? 'full' : 'part' })
}

/** Keeps in this browser for an hour what was just proven. */
export function remember(context: FilingContext, reply: FastifyReply, grant: Grant): Grant {
  void reply.setCookie(COOKIE, write(context, grant), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: context.config.secureCookies,
    maxAge: MINUTES * 60,
  })
  return grant
}

/** This browser no longer shows what was proven in it. */
export const forgetGrant = (reply: FastifyReply): unknown => reply.clearCookie(COOKIE, { path: '/' })

const macOf = ({ keys }: FilingContext, text: string): Buffer => keys.mac('own-dossier', text)

function write(context: FilingContext, grant: Grant): string {
  const text = Buffer.from(JSON.stringify({ ...grant, until: addMinutes(context.clock(), MINUTES) })).toString(
    'base64url',
  )
  return `${text}.${macOf(context, text).toString('base64url')}`
}

function cookieGrant(context: FilingContext, request: FastifyRequest, dossierId: string): Grant | undefined {
  const [text = '', mac = ''] = (request.cookies[COOKIE] ?? '').split('.')
  if (!sameBytes(Buffer.from(mac, 'base64url'), macOf(context, text))) return undefined
  const { until, ...grant } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Grant & { until: string }
  return grant.dossierId === dossierId && until > context.clock() ? grant : undefined
}
