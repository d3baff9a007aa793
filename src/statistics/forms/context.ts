import type { Context, TablesOf } from '../../platform/context.ts'
import type { Breakdown, FigureId, FigureTable, Question } from '../figures/contract.ts'
import type { FigureContext } from '../figures/index.ts'
import type { FormTables } from './store.ts'

/** How figures are asked; the figures room answers. */
export type AskFigures = (question: Question, figures: readonly FigureId[], by?: Breakdown) => Promise<FigureTable>

/** What the forms stand on: figures, and with them staff, catalogue and dossiers. Tests may answer for the figures. */
export type FormContext = Context<TablesOf<FigureContext> & FormTables> & { answerFigures?: AskFigures }
