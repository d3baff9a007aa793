import type { Context, TablesOf } from '../../platform/context.ts'
import type { FormContext } from '../forms/index.ts'
import type { ReportTables } from './store.ts'

/** What reports stand on: forms, and with them figures, staff, catalogue and dossiers. */
export type ReportContext = Context<TablesOf<FormContext> & ReportTables> & Pick<FormContext, 'answerFigures'>
