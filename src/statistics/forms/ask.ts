import { askFigures, bringUpToDate } from '../figures/index.ts'
import type { AskFigures, FormContext } from './context.ts'

export const askWith = (context: FormContext): AskFigures => {
  if (context.answerFigures) return context.answerFigures
  return (question, figures, by) => askFigures(context, question, figures, by)
}

/** Waits until the figures know what was done before this moment. */
export async function bringRecordsUpToDate(context: FormContext): Promise<void> {
  if (!context.answerFigures) await bringUpToDate(context)
}
