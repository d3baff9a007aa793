import { useLanguage, useText } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { type FormText, vi } from '../text.vi.ts'

export const useFormText = (): FormText => useText<FormText>({ vi, en })

/** Picks what was kept in both languages, e.g. the words of a check. */
export function usePick(): (inVietnamese: string, inEnglish: string) => string {
  const { language } = useLanguage()
  return (inVietnamese, inEnglish) => (language === 'en' && inEnglish !== '' ? inEnglish : inVietnamese)
}
