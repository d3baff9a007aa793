import { type GroupName, groups, type Page, sections, type SectionName } from './page.ts'
import { mayOpen, type Session } from './permission.ts'
import type { Words } from './language.ts'

export type RailPage = { path: string; label: Words; group?: GroupName }
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
        .map(({ page, nav: { label, group } }) => ({ path: page.path, label, ...(group ? { group } : {}) })),
    }))
    .filter(({ pages: found }) => found.length > 0)
}

/** More than these stand in groups where they have some, in a menu on a phone, and in several lines on a desk. */
export const MANY_PAGES = 5

export type RailGroup = { group: GroupName; first: RailPage; pages: readonly RailPage[] }

/** The groups of a section of many pages, each with those of its pages that this officer has; none where one will do. */
export function groupsOf(pages: readonly RailPage[]): readonly RailGroup[] {
  const found = groups.flatMap((group) => {
    const inside = pages.filter((page) => page.group === group)
    const [first] = inside
    return first ? [{ group, first, pages: inside }] : []
  })
  return pages.length > MANY_PAGES && found.length > 1 ? found : []
}

/** The section and page of the rail in which an address lies: the longest path that begins it. */
export function placeOf(rail: readonly RailSection[], pathname: string): { section?: SectionName; path?: string } {
  const all = rail.flatMap(({ section, pages }) => pages.map(({ path }) => ({ section, path })))
  const within = all.filter(({ path }) => pathname === path || pathname.startsWith(`${path === '/' ? '' : path}/`))
  return within.toSorted((one, other) => other.path.length - one.path.length)[0] ?? {}
}
