import { listDisclosuresIn, listDossiersOf, type OwnDossier } from '../../dossiers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { dayOf, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import type { Http } from '../../platform/http/route.ts'
import { authorityName, listAgencies, listCodedAgencyIds, listUnitNames } from '../../staff/index.ts'
import type { Citizen } from '../accounts/index.ts'
import type { PersonalDataContext } from './requests.ts'
import { insertView, listViews } from './store.ts'

const REMEMBER = 20_000
const MOST = 500

/** Routes by which an officer opens a dossier or a paper of it. */
const opens = /^\/api\/dossiers\/:dossierId(\/|$)/

/**
 * Writes down which officer opened which dossier, once a day: people may see who looked at their data. Add before the
 * routes. What is not read through the dossier (lists, searches) shows no more than a name and is not written down here.
 */
export function accessHooks(http: Http, context: PersonalDataContext): void {
  const known = new Set<string>()
  http.addHook('onResponse', async (request, reply) => {
    const { url = '', config } = request.routeOptions
    if (reply.statusCode !== 200 || request.method !== 'GET' || !opens.test(url) || config.permission === 'public')
      return
    const { dossierId } = request.params as { dossierId: string }
    const { officerId } = request.actor
    const at = context.clock()
    const key = `${dayOf(at)} ${officerId} ${dossierId}`
    if (known.has(key)) return
    if (known.size >= REMEMBER) known.clear()
    known.add(key)
    try {
      await noteView(context, { actor: request.actor, dossierId, at })
    } catch (fault) {
      known.delete(key)
      context.log.error({ what: 'view-not-noted', err: fault })
    }
  })
}

/** Writes down that this officer opened this dossier; once a day. */
export async function noteView(
  { db }: Pick<PersonalDataContext, 'db'>,
  { actor: { officerId, posts }, dossierId, at }: { actor: Actor; dossierId: string; at: Instant },
): Promise<void> {
  const post = posts.find(({ onBehalfOf }) => onBehalfOf === null) ?? posts[0]
  if (!post) return
  await withScope(db, { agencies: [post.agencyId] }, (tx) =>
    insertView(tx, {
      agency_id: post.agencyId,
      dossier_id: dossierId,
      officer_id: officerId,
      day: dayOf(at),
      unit_id: post.unitId,
      role: post.role,
      first_at: at,
    }),
  )
}

export type AccessEntry = {
  at: Instant
  code: string
  agency: string
  unit: string
  what: 'opened' | 'number-shown'
  /** What the officer wrote, where a reason is asked. */
  reason: string
}

/** The dossiers of a person whose number was vouched for; of others nothing is known for sure. */
export const dossiersOf = (context: PersonalDataContext, citizen: Citizen): Promise<OwnDossier[]> =>
  citizen.identityVerified && citizen.identityNumber
    ? listDossiersOf(context, citizen.identityNumber)
    : Promise.resolve([])

/** Who looked at the dossiers of this person: the authority and its unit, not the officer's name. */
export async function accessLog(context: PersonalDataContext, dossiers: readonly OwnDossier[]): Promise<AccessEntry[]> {
  if (dossiers.length === 0) return []
  const { db } = context
  const codes = new Map(dossiers.map(({ dossierId, code }) => [dossierId, code]))
  const agencies = await listCodedAgencyIds(db)
  const [views, disclosures] = await Promise.all([
    withScope(db, { agencies }, (tx) => listViews(tx, [...codes.keys()], MOST)),
    listDisclosuresIn(context, dossiers),
  ])
  const day = dayOf(context.clock())
  const [named, units] = await Promise.all([
    listAgencies(
      db,
      [...new Set([...views.map((view) => view.agency_id), ...disclosures.map((one) => one.agencyId)])],
      day,
    ),
    listUnitNames(db, [...new Set(views.map((view) => view.unit_id))]),
  ])
  const agencyOf = new Map(named.map((agency) => [agency.agencyId, authorityName(agency)]))
  const entries: AccessEntry[] = [
    ...views.map((view) => ({
      at: view.first_at,
      code: codes.get(view.dossier_id) ?? '',
      agency: agencyOf.get(view.agency_id) ?? '',
      unit: units.get(view.unit_id) ?? '',
      what: 'opened' as const,
      reason: '',
    })),
    ...disclosures.map((one) => ({
      at: one.at,
      code: codes.get(one.dossierId) ?? '',
      agency: agencyOf.get(one.agencyId) ?? '',
      unit: '',
      what: 'number-shown' as const,
      reason: one.reason,
    })),
  ]
  return entries.toSorted((one, other) => (one.at < other.at ? 1 : -1)).slice(0, MOST)
}
