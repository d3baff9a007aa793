// NĐ 118/2025/NĐ-CP, Điều 31–34: lấy ý kiến sau khi trả kết quả; một kết quả một lời mời, không làm phiền một người nhiều lần.
import { addDays, addMonths, type Day } from '../../platform/day.ts'
import type { CampaignKind, CampaignState, Channel, Plan, Quota } from '../contract.ts'
import { isDrawn } from './chance.ts'

/** A result that was handed over, with what of it may matter. */
export type Returned = {
  agencyId: number
  dossierId: string
  unitId: number | null
  field: string
  returnedOn: Day
  /** When the same person was asked last; null for never or unknown. */
  lastInvitedOn: Day | null
}

export type Inviting = {
  campaignId: string
  kind: CampaignKind
  state: CampaignState
  firstDay: Day
  lastDay: Day
  agencies: readonly number[]
  channels: readonly Channel[]
  plan: Plan
  /** How many were invited so far, by quota, in the order of `plan.quotas`. */
  invitedByQuota: readonly number[]
}

export type NotInvited =
  | 'not-running'
  | 'not-in-period'
  | 'other-agency'
  | 'no-invitations'
  | 'asked-lately'
  | 'not-drawn'
  | 'quota-full'

/** Whether this campaign asks who got this result; otherwise why not. */
export function judgeInvitation(campaign: Inviting, returned: Returned): 'invited' | NotInvited {
  const { plan } = campaign
  if (campaign.state !== 'running') return 'not-running'
  if (returned.returnedOn < campaign.firstDay || returned.returnedOn > campaign.lastDay) return 'not-in-period'
  if (!campaign.agencies.includes(returned.agencyId)) return 'other-agency'
  if (!campaign.channels.includes('token')) return 'no-invitations'
  const { lastInvitedOn } = returned
  if (lastInvitedOn !== null && plan.restMonths > 0 && addMonths(lastInvitedOn, plan.restMonths) > returned.returnedOn)
    return 'asked-lately'
  if (!isDrawn(plan.seed, returned.dossierId, plan.percent)) return 'not-drawn'
  const full = plan.quotas.some(
    (quota, index) => touches(quota, returned) && (campaign.invitedByQuota[index] ?? 0) >= quota.most,
  )
  return full ? 'quota-full' : 'invited'
}

export const touches = (quota: Quota, { field, unitId, agencyId }: Pick<Returned, 'field' | 'unitId' | 'agencyId'>) =>
  quota.key === String({ field, unit: unitId, agency: agencyId }[quota.by])

/** One result, one invitation: a survey that is open for a while goes before the rating that always runs. */
export function chooseCampaign<Each extends Inviting>(
  campaigns: readonly Each[],
  returned: Returned,
): Each | undefined {
  return campaigns
    .filter((campaign) => judgeInvitation(campaign, returned) === 'invited')
    .toSorted(
      (one, other) =>
        rank(one) - rank(other) ||
        other.firstDay.localeCompare(one.firstDay) ||
        one.campaignId.localeCompare(other.campaignId),
    )[0]
}

const rank = ({ kind }: Inviting): number => (kind === 'survey' ? 0 : 1)

/** The last day on which an invitation is good; a campaign that ends leaves a week to whoever was just asked. */
export function lastDayToAnswer(invitedOn: Day, { lastDay, plan }: Pick<Inviting, 'lastDay' | 'plan'>): Day {
  const own = addDays(invitedOn, plan.answerDays)
  const end = addDays(lastDay, GRACE_DAYS)
  return own < end ? own : end
}

/** Days after the end of a campaign on which answers already asked for still count. */
export const GRACE_DAYS = 7

/** Whether a campaign takes ballots today. */
export const takesBallots = (
  { state, firstDay, lastDay }: Pick<Inviting, 'state' | 'firstDay' | 'lastDay'>,
  today: Day,
): boolean => state === 'running' && today >= firstDay && today <= addDays(lastDay, GRACE_DAYS)
