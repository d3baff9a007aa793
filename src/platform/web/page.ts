import type { ComponentType } from 'react'
import type { Words } from './language.ts'

/** The eight rooms of the officers' rail, in its order. */
export const sections = ['intake', 'dossiers', 'lookup', 'register', 'reports', 'plan', 'catalogue', 'admin'] as const
export type SectionName = (typeof sections)[number]

/** A section of many pages has them in groups, in this order. */
export const groups = ['authority', 'citizens', 'links', 'data', 'system'] as const
export type GroupName = (typeof groups)[number]

/** One page that a feature offers to the officers' web. */
export type Page = {
  /** Below `/can-bo`, in unaccented Vietnamese: `/ho-so/$dossierId`. */
  path: string
  /** An action of the permission table, `session` (any officer) or `public` (before sign-in, drawn without the shell). */
  permission: string
  /** Its place in the rail; a page without one is reached from other pages. */
  nav?: { section: SectionName; group?: GroupName; label: Words; order: number }
  /** How the command box calls a page that has no place in the rail. */
  label?: Words
  /** What else people call it; the command box finds it by these too. */
  also?: Words
  /** Roles whose day begins here; whoever has no such page begins with the first of the rail. */
  homeOf?: readonly string[]
  load: () => Promise<ComponentType>
}
