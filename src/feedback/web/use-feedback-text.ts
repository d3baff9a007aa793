import { useText, worded, type ApiProblem } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi, type FeedbackText } from '../text.vi.ts'

/** The words of petitions in the language of the officer. */
export const useFeedbackText = (): FeedbackText => useText<FeedbackText>({ vi, en })

/** What the server refused, said in the language of the officer. */
export function useRefusal() {
  const { refusals, fileRefusals } = useFeedbackText()
  const all = { ...refusals, ...fileRefusals }
  return <Said extends ApiProblem | null | undefined>(problem: Said): Said => worded(problem, all)
}
