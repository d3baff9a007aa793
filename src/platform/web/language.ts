/** The two languages of the officers' web; Vietnamese is the first. */
export type Language = 'vi' | 'en'

/** A short text in both languages. */
export type Words = { vi: string; en: string }

const key = 'motcua.language'

export function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(key) === 'en' ? 'en' : 'vi'
  } catch {
    return 'vi'
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language)
  } catch {
    // A browser that keeps nothing still works, in Vietnamese.
  }
}
