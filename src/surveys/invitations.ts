import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { spentIndex, type SurveyContext } from './commands.ts'
import { surveyPath } from './paths.ts'
import { takesBallots } from './rules/invite.ts'
import {
  findCampaign,
  findInvitation,
  findInvitationOf,
  isSpent,
  type CampaignRow,
  type InvitationRow,
} from './store.ts'
import { agencyIn, hashOf, tokenOf } from './tokens.ts'

/** What a token leads to now. */
export type Found =
  | { state: 'open'; agencyId: number; campaign: CampaignRow; invitation: InvitationRow; token: string }
  | { state: 'used' }
  | { state: 'over' }
  | { state: 'unknown' }

export async function findByToken(context: SurveyContext, token: string): Promise<Found> {
  const agencyId = agencyIn(token)
  if (agencyId === undefined) return { state: 'unknown' }
  const invitation = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    findInvitation(tx, agencyId, hashOf(token)),
  )
  return invitation ? stateOf(context, invitation, token) : { state: 'unknown' }
}

async function stateOf(context: SurveyContext, invitation: InvitationRow, token: string): Promise<Found> {
  const { agency_id: agencyId, campaign_agency_id: owner, campaign_id: campaignId } = invitation
  const today = dayOf(context.clock())
  return withScope(context.db, { agencies: [agencyId, owner] }, async (tx): Promise<Found> => {
    const campaign = await findCampaign(tx, { agencyId: owner, campaignId })
    if (!campaign) return { state: 'unknown' }
    if (await isSpent(tx, agencyId, spentIndex(context.keys, campaign, token))) return { state: 'used' }
    const days = { state: campaign.state, firstDay: campaign.first_day, lastDay: campaign.last_day }
    if (invitation.expires_on < today || !takesBallots(days, today)) return { state: 'over' }
    return { state: 'open', agencyId, campaign, invitation, token }
  })
}

/**
 * Where whoever got this result may answer; undefined where nobody is asked, where it was answered, or where it is too
 * late. For the tracking page, which has made sure who asks.
 */
export async function invitationPath(
  context: SurveyContext,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
): Promise<string | undefined> {
  const invitation = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    findInvitationOf(tx, agencyId, dossierId),
  )
  if (!invitation) return undefined
  const token = tokenOf(context.keys, { agencyId, campaignId: invitation.campaign_id, dossierId })
  const found = await stateOf(context, invitation, token)
  return found.state === 'open' ? surveyPath(token) : undefined
}
