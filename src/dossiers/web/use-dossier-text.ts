import { useText } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { type DossiersText, vi } from '../text.vi.ts'

/** The words of the dossiers in the language of the officer. */
export const useDossierText = (): DossiersText => useText<DossiersText>({ vi, en })

/** The word for a code that comes from the server; the code itself when a newer server knows more. */
export const wordOf = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code
