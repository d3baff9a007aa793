import type { ComponentRule } from '../contract.ts'

/** `title` in everyday words; `explanation` is the sentence of the law, in Vietnamese, where it says more. */
export type ComponentTitle = { title: string; titleLanguage: 'vi' | 'en'; explanation: string | null }

/** What a paper is called for people, and what the law calls it. */
export function componentTitle(
  component: Pick<ComponentRule, 'name' | 'shortName' | 'shortNameEn'>,
  language: 'vi' | 'en' = 'vi',
): ComponentTitle {
  const { name, shortName, shortNameEn } = component
  const inEnglish = language === 'en' && shortNameEn !== undefined
  const title = inEnglish ? shortNameEn : (shortName ?? headOf(name))
  return { title, titleLanguage: inEnglish ? 'en' : 'vi', explanation: title === name ? null : name }
}

/** A long sentence up to its first pause: what follows are conditions and lists. */
function headOf(name: string): string {
  if (name.length <= 70) return name
  const [head = name] = name.split(/;|:| \(|\. |, (?:phải|ghi rõ|nêu rõ|được|trừ|có|hoặc) /u)
  return head.length < 10 ? name : head.trim()
}
