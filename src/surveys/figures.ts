import type { Day } from '../platform/day.ts'
import { withScope, type Db } from '../platform/db.ts'
import { formOf, type SurveyForm } from './rules/form.ts'
import { sumPeriod, type SurveyTables } from './store.ts'

/** BM1, mục 5: whether there was a survey, how many ballots it brought, and of which form. */
export type SurveyFigures = {
  ballots: number
  /** Null while no ballot came in. */
  form: SurveyForm | null
  campaigns: { agencyId: number; campaignId: string; name: string; ballots: number }[]
}

/** What the surveys of these agencies brought in over these days; ratings after a dossier are not surveys. */
export async function surveyFigures<Tables>(
  db: Db<Tables>,
  { agencies, from, to }: { agencies: readonly number[]; from: Day; to: Day },
): Promise<SurveyFigures> {
  const rows = await withScope(db as unknown as Db<SurveyTables>, { agencies }, (tx) =>
    sumPeriod(tx, { agencies, from, to }),
  )
  const campaigns = new Map<string, SurveyFigures['campaigns'][number]>()
  for (const { campaignAgencyId: agencyId, campaignId, name, count } of rows) {
    const before = campaigns.get(campaignId)
    campaigns.set(campaignId, { agencyId, campaignId, name, ballots: (before?.ballots ?? 0) + count })
  }
  return {
    ballots: rows.reduce((sum, { count }) => sum + count, 0),
    form: formOf(rows.flatMap(({ channel }) => (channel === null ? [] : [channel]))),
    campaigns: [...campaigns.values()],
  }
}
