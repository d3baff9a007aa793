import { useLanguage, useText } from '../../platform/web/index.ts'
import { en as featureEn } from '../text.en.ts'
import { vi as featureVi } from '../text.vi.ts'
import { en } from '../web-text.en.ts'
import { vi } from '../web-text.vi.ts'

/** Words of the pages. */
export const useWebText = () => useText({ vi, en })
/** Words that the server uses too: states, channels, kinds. */
export const useSurveyText = () => useText({ vi: featureVi, en: featureEn })

/** Of words in both languages those of the reader; Vietnamese where there are no English ones. */
export function useSay(): (words: { vi: string; en: string }) => string {
  const { language } = useLanguage()
  return ({ vi: own, en: other }) => (language === 'en' && other !== '' ? other : own)
}
