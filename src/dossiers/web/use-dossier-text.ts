import { type ApiProblem, useText, worded } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { type DossiersText, vi, word } from '../text.vi.ts'
import type { Refusal } from './dossier-view.ts'

/** The words of the dossiers in the language of the officer. */
export const useDossierText = (): DossiersText => useText<DossiersText>({ vi, en })

/** What the server refused, said in the language of the officer. */
export function useRefusals() {
  const { refusals, intakeRefusals } = useDossierText()
  const all = { ...refusals, ...intakeRefusals }
  return {
    ofProblem: <Said extends ApiProblem | null | undefined>(problem: Said): Said => worded(problem, all),
    of: ({ code, detail, facts = {} }: Refusal): string =>
      Object.hasOwn(refusals, code) ? word(refusals, { code: code as keyof typeof refusals, facts }) : detail,
  }
}

/** The word for a code that comes from the server; the code itself when a newer server knows more. */
export const wordOf = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code
