import { agenciesOffering, type CatalogueTables, type ProcedureVersion } from '../../catalogue/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Day, Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import type { FilingSetting } from './contract.ts'
import { defaultSetting, opensFront } from './rules/online.ts'
import { loadSettings, writeSetting, type FilingTables } from './store.ts'

type SettingContext = Pick<Context<FilingTables>, 'db'>

export type KeptSetting = FilingSetting & { changedAt: Instant | null; changedBy: number | null }

/** What an authority allows at its own front; what the law says where it has said nothing. */
export async function filingSettingOf({ db }: SettingContext, agencyId: number): Promise<KeptSetting> {
  const kept = (await loadSettings(db, [agencyId])).get(agencyId)
  return kept ?? { ...defaultSetting, changedAt: null, changedBy: null }
}

/** Whether the caller may is asked before. */
export const setFilingSetting = (
  { db }: SettingContext,
  given: { agencyId: number; setting: FilingSetting; at: Instant; by: number | null },
): Promise<void> => withScope(db, { agencies: [given.agencyId] }, (tx) => writeSetting(tx, given))

/** The authorities at whose own fronts this procedure can be filed on that day. */
export async function frontsFor(
  { db }: Pick<Context<FilingTables & CatalogueTables>, 'db'>,
  version: Pick<ProcedureVersion, 'code' | 'field'>,
  day: Day,
): Promise<number[]> {
  const offering = await agenciesOffering(db, version.code, day)
  const settings = await loadSettings(db, offering)
  return offering.filter((agencyId) => {
    const setting = settings.get(agencyId)
    return setting !== undefined && opensFront(setting, version, day)
  })
}
