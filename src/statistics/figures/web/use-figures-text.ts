import { useText } from '../../../platform/web/index.ts'
import { en as pageEn } from './page-text.en.ts'
import { type FiguresPageText, vi as pageVi } from './page-text.vi.ts'
import { en } from '../text.en.ts'
import { type FiguresText, vi } from '../text.vi.ts'

/** The words of figures, and those of the pages around them. */
export const useFiguresText = (): FiguresText => useText<FiguresText>({ vi, en })
export const usePageText = (): FiguresPageText => useText<FiguresPageText>({ vi: pageVi, en: pageEn })

/** The word for a code that comes from the server; the code itself when a newer server knows more. */
export const wordOf = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code
