/** Front door of statistics: figures, statutory forms, reports. The rooms are shaped like features. */
export type { FigureId, FigureTable, Question } from './figures/contract.ts'
