import type { DossierContext } from '../../dossiers/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import type { NoticeTables } from '../notices/index.ts'
import type { PaymentTables } from './tables.ts'

/** What this room is given: its own tables, those of the dossiers, into whose log it writes, and the queue of messages. */
export type PaymentContext = Context<TablesOf<DossierContext> & PaymentTables & NoticeTables>
