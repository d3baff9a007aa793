import type { Db } from '../platform/db.ts'
import type { Settings } from './contract.ts'
import { defaultTimers } from './rules/deadlines.ts'
import { loadSettings, type FeedbackTables } from './store.ts'

/** What holds for an agency that has set nothing: open, with names, published. */
export const defaultSettings: Settings = {
  open: true,
  name: '',
  address: '',
  phone: '',
  email: '',
  anonymous: false,
  publication: true,
  timers: defaultTimers,
}

/** The settings in force; the transaction must see the agency. */
export async function settingsOf(db: Db<FeedbackTables>, agencyId: number): Promise<Settings> {
  return { ...defaultSettings, ...(await loadSettings(db, [agencyId])).get(agencyId)?.content }
}
