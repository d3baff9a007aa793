import { fold } from './fold.ts'
import type { Language, Words } from './language.ts'
import { type Page, sections, type SectionName } from './page.ts'
import { mayOpen, type Session } from './permission.ts'

/** A page that the command box leads to. */
export type FindablePage = { path: string; label: Words; section?: SectionName; also?: Words }

/** The pages that this officer may open and that need no further choice, in the order of the rail. */
export function findablePages(pages: readonly Page[], session: Session): readonly FindablePage[] {
  const found = pages.flatMap(({ path, permission, nav, label = nav?.label, also }) =>
    label && permission !== 'public' && mayOpen(permission, session)
      ? [{ path, label, ...(also && { also }), ...(nav && { section: nav.section, order: nav.order }) }]
      : [],
  )
  const place = ({ section }: FindablePage) => (section ? sections.indexOf(section) : sections.length)
  return found.toSorted((one, other) => place(one) - place(other) || (one.order ?? 0) - (other.order ?? 0))
}

/** Whether a page is called by these very words, whole and side by side: what was meant, then, is the page. */
export function isCalled({ label }: FindablePage, query: string, language: Language): boolean {
  const plain = (text: string) =>
    ` ${fold(text)
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `
  return query.trim() !== '' && plain(label[language]).includes(plain(query))
}

/**
 * Pages by what they are called, then by what else people say (phrases between commas). Every word must begin a word of the page; within the name
 * it may also stand in the middle, so that nothing found before is lost.
 */
export function searchPages<Found extends FindablePage>(
  pages: readonly Found[],
  query: string,
  { language, sectionName }: { language: Language; sectionName: (section: SectionName) => string },
): readonly Found[] {
  const asked = fold(query).split(/\s+/).filter(Boolean)
  const scored = pages.map((page) => {
    const name = fold(page.label[language])
    const around = fold(page.section ? sectionName(page.section) : '')
    // Whoever works in English may still know the Vietnamese word, and the other way about.
    const also = fold(page.also ? `${page.also.vi}, ${page.also.en}` : '')
    const begins = (text: string, word: string) => ` ${text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`.includes(` ${word}`)
    if (asked.every((word) => begins(name, word))) return { page, score: 4 }
    if (asked.every((word) => `${name} ${around}`.includes(word))) return { page, score: 3 }
    if (!asked.every((word) => begins(`${name} ${also}`, word))) return { page, score: 0 }
    return { page, score: also.split(', ').some((phrase) => phrase.startsWith(asked.join(' '))) ? 2 : 1 }
  })
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ page }) => page)
}
