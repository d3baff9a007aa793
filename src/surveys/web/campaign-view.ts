import type { CampaignEntry, CampaignState, CampaignSummary, Channel, Plan, Quota } from '../contract.ts'
import { addMonths, type Day } from '../../platform/day.ts'

export const campaignPath = ({ agencyId, campaignId }: { agencyId: number; campaignId: string }): string =>
  `/khao-sat/${agencyId}/${campaignId}`
export const apiPath = ({ agencyId, campaignId }: { agencyId: number | string; campaignId: string }): string =>
  `/api/surveys/campaigns/${agencyId}/${campaignId}`

export const toneOf = (state: CampaignState) =>
  ({ draft: 'today', running: 'waiting', closed: 'normal' } as const)[state]

/** More ballots than invitations: they came by the ways that need none, and whoever reads the numbers is told. */
export const hasUninvited = ({ channels: used, progress }: Pick<CampaignSummary, 'channels' | 'progress'>): boolean =>
  used.includes('token') && progress.received > progress.invited

export const channels: readonly Channel[] = ['token', 'link', 'kiosk', 'paper', 'telephone']

/** What a form of a campaign holds while it is filled in; numbers as they are typed. */
export type CampaignForm = {
  name: string
  kind: CampaignEntry['kind']
  /** `template:sipas`, or the id of an own questionnaire. */
  questionnaire: string
  firstDay: Day | null
  lastDay: Day | null
  reach: 'own' | 'below' | 'some'
  agencies: number[]
  channels: Channel[]
  percent: string
  seed: string
  restMonths: string
  answerDays: string
  least: string
  target: string
  quotas: Quota[]
}

export const newForm = (today: Day): CampaignForm => ({
  name: '',
  kind: 'survey',
  questionnaire: 'template:commune',
  firstDay: today,
  lastDay: addMonths(today, 1),
  reach: 'own',
  agencies: [],
  channels: ['token', 'paper'],
  percent: '100',
  seed: today.slice(0, 7),
  restMonths: '6',
  answerDays: '14',
  least: '5',
  target: '0',
  quotas: [],
})

const whole = (typed: string): number => (/^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN)

/** The plan as it is sent; undefined while a number is none. */
export function planOf(form: CampaignForm): Plan | undefined {
  const plan = {
    percent: whole(form.percent),
    seed: form.seed.trim(),
    quotas: form.quotas.filter(({ key }) => key !== ''),
    restMonths: whole(form.restMonths),
    answerDays: whole(form.answerDays),
    least: whole(form.least),
    target: whole(form.target),
  }
  const { percent, restMonths, answerDays, least, target } = plan
  const fits =
    percent <= 100 &&
    restMonths <= 24 &&
    answerDays >= 1 &&
    answerDays <= 90 &&
    least >= 3 &&
    least <= 50 &&
    target >= 0
  return fits && plan.seed !== '' ? plan : undefined
}
