// TCVN 14423:2026, mục 5 (cấp độ 3): quyền theo vai trò, tách người làm, người ký, người giám sát và người quản trị.
import type { Post, Role } from '../../staff/index.ts'

export type { Post, Role }

/** The officer who asks, with the posts in which that officer may act today. */
export type Actor = { officerId: number; accountId: number; name: string; posts: readonly Post[] }

/**
 * Where a right holds, seen from the post: nowhere, in the own unit, in the own agency and the predecessors that it
 * answers for, in these and everything below, or in the whole installation.
 */
export type Where = 'never' | 'unit' | 'agency' | 'subtree' | 'everywhere'

export type Place = { agencyId: number; unitId?: number | null }

/** One row an action, one column a role, in this order. */
const columns = [
  'receiving-officer',
  'specialist',
  'leader',
  'clerk',
  'agency-admin',
  'supervisor',
  'auditor',
  'system-admin',
] as const
type Row = readonly [Where, Where, Where, Where, Where, Where, Where, Where]

// prettier-ignore
const rows = {
  //                         receiving     specialist  leader      clerk       agency-admin supervisor auditor    system-admin
  'agency.read':            ['agency',     'agency',   'agency',   'agency',   'agency',    'subtree', 'subtree', 'everywhere'],
  'agency.manage':          ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'agency-tree.manage':     ['never',      'never',    'never',    'never',    'never',     'never',   'never',   'everywhere'],
  'officer.read':           ['agency',     'agency',   'agency',   'agency',   'agency',    'subtree', 'subtree', 'everywhere'],
  'officer.manage':         ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'delegation.manage':      ['never',      'never',    'agency',   'never',    'agency',    'never',   'never',   'never'],
  'work.reassign':          ['never',      'never',    'agency',   'never',    'agency',    'never',   'never',   'never'],
  'account.reset':          ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'calendar.read':          ['agency',     'agency',   'agency',   'agency',   'agency',    'subtree', 'subtree', 'everywhere'],
  'calendar.manage':        ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'procedure.read':         ['agency',     'agency',   'agency',   'agency',   'agency',    'subtree', 'subtree', 'everywhere'],
  'procedure.manage':       ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'process.read':           ['agency',     'agency',   'agency',   'agency',   'agency',    'subtree', 'subtree', 'everywhere'],
  'process.manage':         ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'dossier.read':           ['agency',     'agency',   'agency',   'agency',   'never',     'subtree', 'subtree', 'never'],
  'dossier.receive':        ['agency',     'never',    'never',    'never',    'never',     'never',   'never',   'never'],
  'dossier.process':        ['unit',       'unit',     'agency',   'unit',     'never',     'never',   'never',   'never'],
  'dossier.sign':           ['never',      'never',    'agency',   'never',    'never',     'never',   'never',   'never'],
  'dossier.return':         ['agency',     'never',    'never',    'never',    'never',     'never',   'never',   'never'],
  'dossier.correct':        ['never',      'unit',     'agency',   'never',    'never',     'never',   'never',   'never'],
  'dossier.reassign':       ['never',      'never',    'agency',   'never',    'never',     'never',   'never',   'never'],
  'identity-number.reveal': ['agency',     'unit',     'agency',   'never',    'never',     'never',   'never',   'never'],
  'personal-data.erase':    ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'never'],
  'register.read':          ['agency',     'agency',   'agency',   'agency',   'never',     'subtree', 'subtree', 'never'],
  // One row a piece of the citizen's door: fees, filing online, notices, waiting room, petitions, surveys, personal data.
  'payment.read':           ['agency',     'never',    'agency',   'agency',   'never',     'subtree', 'subtree', 'never'],
  'payment.collect':        ['agency',     'never',    'never',    'never',    'never',     'never',   'never',   'never'],
  'payment.reconcile':      ['never',      'never',    'agency',   'agency',   'never',     'never',   'never',   'never'],
  'payment.manage':         ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'portal.manage':          ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'notice.read':            ['agency',     'agency',   'agency',   'agency',   'agency',    'subtree', 'subtree', 'never'],
  'notice.manage':          ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'everywhere'],
  'counter.call':           ['agency',     'never',    'never',    'never',    'never',     'never',   'never',   'never'],
  'counter.manage':         ['never',      'never',    'agency',   'never',    'agency',    'never',   'never',   'never'],
  'feedback.read':          ['agency',     'agency',   'agency',   'agency',   'never',     'subtree', 'subtree', 'never'],
  'feedback.register':      ['agency',     'never',    'never',    'agency',   'never',     'never',   'never',   'never'],
  'feedback.handle':        ['never',      'unit',     'agency',   'agency',   'never',     'never',   'never',   'never'],
  'feedback.answer':        ['never',      'never',    'agency',   'never',    'never',     'never',   'never',   'never'],
  'feedback.manage':        ['never',      'never',    'never',    'never',    'agency',    'never',   'never',   'never'],
  'survey.read':            ['agency',     'agency',   'agency',   'agency',   'never',     'subtree', 'subtree', 'never'],
  'survey.enter':           ['agency',     'never',    'never',    'agency',   'never',     'never',   'never',   'never'],
  'survey.manage':          ['never',      'never',    'agency',   'agency',   'agency',    'subtree', 'never',   'never'],
  'personal-data.answer':   ['never',      'never',    'agency',   'never',    'agency',    'never',   'never',   'never'],
  'morning.read':           ['never',      'never',    'agency',   'agency',   'never',     'subtree', 'subtree', 'never'],
  'statistics.read':        ['agency',     'agency',   'agency',   'agency',   'never',     'subtree', 'subtree', 'never'],
  'report.read':            ['agency',     'agency',   'agency',   'agency',   'never',     'subtree', 'subtree', 'never'],
  'report.write':           ['never',      'never',    'agency',   'agency',   'never',     'never',   'never',   'never'],
  'report.submit':          ['never',      'never',    'agency',   'never',    'never',     'never',   'never',   'never'],
  'report.accept':          ['never',      'never',    'never',    'never',    'never',     'subtree', 'never',   'never'],
  'report-form.manage':     ['never',      'never',    'never',    'never',    'never',     'never',   'never',   'everywhere'],
  'log.verify':             ['never',      'never',    'never',    'never',    'never',     'never',   'subtree', 'everywhere'],
  'system.manage':          ['never',      'never',    'never',    'never',    'never',     'never',   'never',   'everywhere'],
} as const satisfies Record<string, Row>

export type Action = keyof typeof rows
export const actions = Object.keys(rows) as Action[]

/** The one permission table: what each role may do, and where. */
export const permissions = Object.fromEntries(
  columns.map((role, column) => [
    role,
    Object.fromEntries(actions.map((action) => [action, rows[action][column] ?? 'never'])),
  ]),
) as Readonly<Record<Role, Readonly<Record<Action, Where>>>>

export const isAction = (text: string): text is Action => Object.hasOwn(rows, text)

/** Whether one of the actor's posts allows the action in this place. A right of the unit needs the unit to be named. */
export const may = (actor: Actor, action: Action, place: Place): boolean =>
  actor.posts.some((post) => mayInPost(post, action, place))

/** The same for a single post: which post an act is done in. */
export function mayInPost(post: Post, action: Action, { agencyId, unitId }: Place): boolean {
  switch (permissions[post.role][action]) {
    case 'never':
      return false
    case 'unit':
      return unitId === post.unitId && post.agencies.includes(agencyId)
    case 'agency':
      return post.agencies.includes(agencyId)
    case 'subtree':
      return post.agencies.includes(agencyId) || post.subtree.includes(agencyId)
    case 'everywhere':
      return true
  }
}

/** Whether the actor may do it in at least one place; decides about pages and routes, never about a single record. */
export const maySomewhere = (actor: Actor, action: Action): boolean =>
  actor.posts.some((post) => permissions[post.role][action] !== 'never')

/** Whether the actor may do it in every agency. */
export const mayEverywhere = (actor: Actor, action: Action): boolean =>
  actor.posts.some((post) => permissions[post.role][action] === 'everywhere')

/**
 * Agencies in which the actor may do it, at least in one unit: the scope for queries. Where the right is one of the
 * unit, `unitsFor` and `may` narrow it; where it holds everywhere, ask `mayEverywhere` first, since this names only the own.
 */
export function agenciesFor(actor: Actor, action: Action): readonly number[] {
  const found = new Set<number>()
  for (const post of actor.posts) {
    const where = permissions[post.role][action]
    if (where === 'never') continue
    for (const agencyId of post.agencies) found.add(agencyId)
    if (where === 'subtree' || where === 'everywhere') for (const agencyId of post.subtree) found.add(agencyId)
  }
  return [...found].toSorted((a, b) => a - b)
}

/** The own units in which the actor may do it. */
export const unitsFor = (actor: Actor, action: Action): readonly number[] =>
  [
    ...new Set(actor.posts.filter((post) => permissions[post.role][action] !== 'never').map((post) => post.unitId)),
  ].toSorted((a, b) => a - b)

/** Roles that administer: stricter passwords, a second factor, a shorter idle time. */
export const isAdministrator = (actor: Pick<Actor, 'posts'>): boolean =>
  actor.posts.some((post) => post.role === 'agency-admin' || post.role === 'system-admin')

/** Roles that reach beyond one agency: only who manages officers everywhere gives them. */
const farRoles: ReadonlySet<Role> = new Set(['supervisor', 'auditor', 'system-admin'])

/** Whether the actor may give somebody this role in that agency. */
export const mayGrant = (actor: Actor, role: Role, agencyId: number): boolean =>
  may(actor, 'officer.manage', { agencyId }) && (!farRoles.has(role) || mayEverywhere(actor, 'officer.manage'))
