import type { DossierContext } from '../../dossiers/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import type { PaymentTables } from './tables.ts'

/** What this room is given: its own tables and those of the dossiers, into whose log it writes. */
export type PaymentContext = Context<TablesOf<DossierContext> & PaymentTables>
