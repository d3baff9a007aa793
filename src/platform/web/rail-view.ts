import { type Page, sections, type SectionName } from './page.ts'
import { mayOpen, type Session } from './permission.ts'
import type { Words } from './language.ts'

export type RailPage = { path: string; label: Words }
export type RailSection = { section: SectionName; pages: readonly RailPage[] }

/** What the rail shows to this officer: sections in their fixed order, each with its pages; empty ones are left out. */
export function railFor(pages: readonly Page[], session: Session): readonly RailSection[] {
  return sections
    .map((section) => ({
      section,
      pages: pages
        .flatMap((page) =>
          page.nav?.section === section && mayOpen(page.permission, session) ? [{ page, nav: page.nav }] : [],
        )
        .toSorted((one, other) => one.nav.order - other.nav.order)
        .map(({ page, nav }) => ({ path: page.path, label: nav.label })),
    }))
    .filter(({ pages: found }) => found.length > 0)
}

/** The section and page of the rail in which an address lies: the longest path that begins it. */
export function placeOf(rail: readonly RailSection[], pathname: string): { section?: SectionName; path?: string } {
  const all = rail.flatMap(({ section, pages }) => pages.map(({ path }) => ({ section, path })))
  const within = all.filter(({ path }) => pathname === path || pathname.startsWith(`${path === '/' ? '' : path}/`))
  return within.toSorted((one, other) => other.path.length - one.path.length)[0] ?? {}
}
