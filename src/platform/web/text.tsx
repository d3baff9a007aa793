import { type ReactNode, createContext, use, useEffect, useMemo, useState } from 'react'
import { type Format, formatIn } from './format.ts'
import { type Language, type Words, rememberLanguage, rememberedLanguage } from './language.ts'
import { en } from './text.en.ts'
import { type KitText, vi } from './text.vi.ts'

type LanguageState = { language: Language; setLanguage: (language: Language) => void }

const LanguageContext = createContext<LanguageState>({ language: 'vi', setLanguage: () => undefined })

/** Holds the language of the whole web; Vietnamese until somebody switches, and then remembered. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, choose] = useState<Language>(rememberedLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const state = useMemo<LanguageState>(
    () => ({
      language,
      setLanguage: (next) => {
        rememberLanguage(next)
        choose(next)
      },
    }),
    [language],
  )
  return <LanguageContext value={state}>{children}</LanguageContext>
}

export const useLanguage = (): LanguageState => use(LanguageContext)

/** The texts of a feature in the language of the officer: `const text = useText({ vi, en })`. */
export function useText<Text>(texts: { vi: Text; en: Text }): Text {
  return texts[useLanguage().language]
}

/** A label that is kept in both languages. */
export const useWords = (): ((words: Words) => string) => {
  const { language } = useLanguage()
  return (words) => words[language]
}

/** Days, moments, money and durations in the language of the officer. */
export function useFormat(): Format {
  const { language } = useLanguage()
  return useMemo(() => formatIn(language), [language])
}

export const useKitText = (): KitText => useText<KitText>({ vi, en })
