import { mountOfficerWeb } from '../platform/web/mount.tsx'
import type { Page } from '../platform/web/page.ts'
import { finders } from './finders.ts'

/** The pages of all features; the rail orders them by section and number. */
const pages: readonly Page[] = []

const root = document.getElementById('root')
if (root) mountOfficerWeb(root, { pages, finders })
