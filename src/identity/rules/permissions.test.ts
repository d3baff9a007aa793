import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isDelegable, postsOn, type HeldPost } from '../../staff/index.ts'
import {
  actions,
  agenciesFor,
  isAction,
  isAdministrator,
  may,
  mayEverywhere,
  mayGrant,
  maySomewhere,
  permissions,
  unitsFor,
  type Action,
  type Actor,
  type Post,
  type Role,
} from './permissions.ts'

const allRoles: Role[] = [
  'receiving-officer',
  'specialist',
  'leader',
  'clerk',
  'agency-admin',
  'supervisor',
  'auditor',
  'system-admin',
]

// Xã Hải Hưng (10) answers for xã Đoàn Kết (11); the province (1) has Hải Hưng and another commune (20) below it.
const places = {
  ownUnit: { agencyId: 10, unitId: 100 },
  otherUnit: { agencyId: 10, unitId: 101 },
  agencyAsAWhole: { agencyId: 10 },
  predecessor: { agencyId: 11, unitId: 110 },
  predecessorInOwnUnit: { agencyId: 11, unitId: 100 },
  below: { agencyId: 20, unitId: 200 },
  foreign: { agencyId: 30, unitId: 300 },
  foreignWithOwnUnit: { agencyId: 30, unitId: 100 },
} as const
type PlaceName = keyof typeof places
const placeNames = Object.keys(places) as PlaceName[]

const aPost = (role: Role, more: Partial<Post> = {}): Post => ({
  postId: 1,
  agencyId: 10,
  unitId: 100,
  role,
  onBehalfOf: null,
  agencies: [10, 11],
  subtree: [10, 11, 20],
  ...more,
})
const anActor = (...posts: Post[]): Actor => ({ officerId: 1, accountId: 1, name: 'Nguyễn Thị Hoa', posts })

/**
 * What is expected, stated apart from the table: for each action the roles by letter, one letter a place class.
 * u = own unit only, a = agency with its predecessors, s = also what is below, e = everywhere; a role not named has nothing.
 */
const expectation: Record<string, Partial<Record<Role, 'u' | 'a' | 's' | 'e'>>> = {
  'agency.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    'agency-admin': 'a',
    supervisor: 's',
    auditor: 's',
    'system-admin': 'e',
  },
  'payment.read': { 'receiving-officer': 'a', leader: 'a', clerk: 'a', supervisor: 's', auditor: 's' },
  'payment.collect': { 'receiving-officer': 'a' },
  'payment.reconcile': { leader: 'a', clerk: 'a' },
  'payment.manage': { 'agency-admin': 'a', 'system-admin': 'e' },
  'portal.manage': { 'agency-admin': 'a', 'system-admin': 'e' },
  'notice.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    'agency-admin': 'a',
    supervisor: 's',
    auditor: 's',
  },
  'notice.manage': { 'agency-admin': 'a', 'system-admin': 'e' },
  'counter.call': { 'receiving-officer': 'a' },
  'counter.manage': { leader: 'a', 'agency-admin': 'a' },
  'feedback.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    supervisor: 's',
    auditor: 's',
  },
  'feedback.register': { 'receiving-officer': 'a', clerk: 'a' },
  'feedback.handle': { specialist: 'u', leader: 'a', clerk: 'a' },
  'feedback.answer': { leader: 'a' },
  'feedback.manage': { 'agency-admin': 'a' },
  'survey.read': { 'receiving-officer': 'a', specialist: 'a', leader: 'a', clerk: 'a', supervisor: 's', auditor: 's' },
  'survey.enter': { 'receiving-officer': 'a', clerk: 'a' },
  'survey.manage': { leader: 'a', clerk: 'a', 'agency-admin': 'a', supervisor: 's' },
  'personal-data.answer': { leader: 'a', 'agency-admin': 'a' },
  'agency.manage': { 'agency-admin': 'a', 'system-admin': 'e' },
  'agency-tree.manage': { 'system-admin': 'e' },
  'officer.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    'agency-admin': 'a',
    supervisor: 's',
    auditor: 's',
    'system-admin': 'e',
  },
  'officer.manage': { 'agency-admin': 'a', 'system-admin': 'e' },
  'delegation.manage': { leader: 'a', 'agency-admin': 'a' },
  'work.reassign': { leader: 'a', 'agency-admin': 'a' },
  'account.reset': { 'agency-admin': 'a', 'system-admin': 'e' },
  'calendar.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    'agency-admin': 'a',
    supervisor: 's',
    auditor: 's',
    'system-admin': 'e',
  },
  'calendar.manage': { 'agency-admin': 'a', 'system-admin': 'e' },
  'procedure.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    'agency-admin': 'a',
    supervisor: 's',
    auditor: 's',
    'system-admin': 'e',
  },
  'procedure.manage': { 'agency-admin': 'a', 'system-admin': 'e' },
  'process.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    'agency-admin': 'a',
    supervisor: 's',
    auditor: 's',
    'system-admin': 'e',
  },
  'process.manage': { 'agency-admin': 'a', 'system-admin': 'e' },
  'dossier.read': { 'receiving-officer': 'a', specialist: 'a', leader: 'a', clerk: 'a', supervisor: 's', auditor: 's' },
  'dossier.receive': { 'receiving-officer': 'a' },
  'dossier.process': { 'receiving-officer': 'u', specialist: 'u', leader: 'a', clerk: 'u' },
  'dossier.sign': { leader: 'a' },
  'dossier.return': { 'receiving-officer': 'a' },
  'dossier.correct': { specialist: 'u', leader: 'a' },
  'dossier.reassign': { leader: 'a' },
  'personal-data.erase': { 'agency-admin': 'a' },
  'identity-number.reveal': { 'receiving-officer': 'a', specialist: 'u', leader: 'a' },
  'register.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    supervisor: 's',
    auditor: 's',
  },
  'morning.read': { leader: 'a', clerk: 'a', supervisor: 's', auditor: 's' },
  'statistics.read': {
    'receiving-officer': 'a',
    specialist: 'a',
    leader: 'a',
    clerk: 'a',
    supervisor: 's',
    auditor: 's',
  },
  'report.read': { 'receiving-officer': 'a', specialist: 'a', leader: 'a', clerk: 'a', supervisor: 's', auditor: 's' },
  'report.write': { leader: 'a', clerk: 'a' },
  'report.submit': { leader: 'a' },
  'report.accept': { supervisor: 's' },
  'report-form.manage': { 'system-admin': 'e' },
  'log.verify': { auditor: 's', 'system-admin': 'e' },
  'system.manage': { 'system-admin': 'e' },
}
const reach: Record<'u' | 'a' | 's' | 'e', PlaceName[]> = {
  u: ['ownUnit', 'predecessorInOwnUnit'],
  a: ['ownUnit', 'otherUnit', 'agencyAsAWhole', 'predecessor', 'predecessorInOwnUnit'],
  s: ['ownUnit', 'otherUnit', 'agencyAsAWhole', 'predecessor', 'predecessorInOwnUnit', 'below'],
  e: placeNames,
}

describe('the permission table', () => {
  test('names exactly the expected actions and roles', () => {
    assert.deepEqual(actions.toSorted(), Object.keys(expectation).toSorted())
    assert.deepEqual(Object.keys(permissions).toSorted(), allRoles.toSorted())
  })

  for (const role of allRoles)
    test(`${role}: every action in every place is as expected`, () => {
      for (const action of actions)
        for (const name of placeNames) {
          const letter = expectation[action]?.[role]
          const expected = letter !== undefined && reach[letter].includes(name)
          assert.equal(may(anActor(aPost(role)), action, places[name]), expected, `${role} ${action} ${name}`)
        }
    })

  test('duties are separate: who administers reads no dossier, who audits changes nothing, who receives does not sign', () => {
    const changing: Action[] = actions.filter((action) => !action.endsWith('.read') && action !== 'log.verify')
    for (const action of changing) assert.equal(permissions.auditor[action], 'never', action)
    // The upper level accepts or returns a report, and asks people how they are served; it changes nothing below.
    for (const action of changing.filter((name) => name !== 'report.accept' && name !== 'survey.manage'))
      assert.equal(permissions.supervisor[action], 'never', action)
    for (const action of actions.filter(
      (name) => name.startsWith('dossier.') || name === 'register.read' || name === 'identity-number.reveal',
    )) {
      assert.equal(permissions['system-admin'][action], 'never', action)
      assert.equal(permissions['agency-admin'][action], 'never', action)
    }
    assert.equal(permissions['receiving-officer']['dossier.sign'], 'never')
    for (const role of allRoles)
      assert.ok(permissions[role]['dossier.receive'] === 'never' || permissions[role]['dossier.sign'] === 'never', role)
  })

  test('unknown actions are not actions', () => {
    assert.ok(isAction('dossier.read'))
    for (const text of ['dossier.delete', '', 'toString', '__proto__', 'session', 'public'])
      assert.equal(isAction(text), false, text)
  })

  test('administrators are the two roles that administer', () => {
    assert.deepEqual(
      allRoles.filter((role) => isAdministrator(anActor(aPost(role)))),
      ['agency-admin', 'system-admin'],
    )
  })
})

const id = fc.integer({ min: 1, max: 6 })
const ids = fc.uniqueArray(id, { maxLength: 4 })
const somePost = fc
  .record({
    postId: id,
    agencyId: id,
    unitId: id,
    role: fc.constantFrom(...allRoles),
    onBehalfOf: fc.option(id),
    more: ids,
    below: ids,
  })
  .map(({ more, below, ...post }): Post => {
    const agencies = [...new Set([post.agencyId, ...more])]
    return { ...post, agencies, subtree: [...new Set([...agencies, ...below])] }
  })
const somePosts = fc.array(somePost, { maxLength: 4 })
const someAction = fc.constantFrom(...actions)
const somePlace = fc
  .record({ agencyId: id, unitId: fc.option(id, { nil: undefined }) })
  .map(({ agencyId, unitId }) => (unitId === undefined ? { agencyId } : { agencyId, unitId }))

describe('the rights of an actor', () => {
  test('without a post there is no right', () => {
    fc.assert(
      fc.property(someAction, somePlace, (action, place) => {
        assert.equal(may(anActor(), action, place), false)
        assert.equal(maySomewhere(anActor(), action), false)
        assert.deepEqual(agenciesFor(anActor(), action), [])
        assert.deepEqual(unitsFor(anActor(), action), [])
      }),
    )
  })

  test('another post never takes a right away', () => {
    fc.assert(
      fc.property(somePosts, somePost, someAction, somePlace, (posts, more, action, place) => {
        if (may(anActor(...posts), action, place)) assert.ok(may(anActor(...posts, more), action, place))
        for (const agencyId of agenciesFor(anActor(...posts), action))
          assert.ok(agenciesFor(anActor(...posts, more), action).includes(agencyId))
      }),
    )
  })

  test('what one may do somewhere lies in agenciesFor, or holds everywhere', () => {
    fc.assert(
      fc.property(somePosts, someAction, somePlace, (posts, action, place) => {
        const actor = anActor(...posts)
        if (!may(actor, action, place)) return
        assert.ok(maySomewhere(actor, action))
        assert.ok(mayEverywhere(actor, action) || agenciesFor(actor, action).includes(place.agencyId))
      }),
    )
  })

  test('each agency of agenciesFor lets the actor act there, in some own unit', () => {
    fc.assert(
      fc.property(somePosts, someAction, (posts, action) => {
        const actor = anActor(...posts)
        for (const agencyId of agenciesFor(actor, action))
          assert.ok(unitsFor(actor, action).some((unitId) => may(actor, action, { agencyId, unitId })))
      }),
    )
  })
})

const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-11-${String(date).padStart(2, '0')}`)
const validity = fc.record({ validFrom: day, validTo: fc.option(day) })
const heldPost = fc.record({ postId: id, officerId: id, agencyId: id, unitId: id, role: fc.constantFrom(...allRoles) })

describe('posts in force', () => {
  test('an expired post and an expired or ended delegation give nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(heldPost, validity).map(([post, valid]): HeldPost => ({ ...post, ...valid }))),
        fc.array(fc.record({ toOfficerId: id, endedOn: fc.option(day), valid: validity, post: fc.nat({ max: 20 }) })),
        id,
        day,
        (posts, lent, officerId, today) => {
          const delegations = lent.flatMap(({ toOfficerId, endedOn, valid, post }) => {
            const lentPost = posts[post]
            return lentPost ? [{ toOfficerId, endedOn, ...valid, post: lentPost }] : []
          })
          for (const post of postsOn(officerId, today, { posts, delegations })) {
            assert.ok(post.validFrom <= today && (post.validTo === null || post.validTo >= today))
            if (post.onBehalfOf === null) assert.equal(post.officerId, officerId)
            else {
              assert.notEqual(post.onBehalfOf, officerId)
              assert.ok(isDelegable(post.role))
              assert.ok(
                delegations.some(
                  (one) =>
                    one.toOfficerId === officerId &&
                    one.post.postId === post.postId &&
                    one.validFrom <= today &&
                    (one.validTo === null || one.validTo >= today) &&
                    (one.endedOn === null || one.endedOn >= today),
                ),
              )
            }
          }
        },
      ),
    )
  })
})

describe('giving roles', () => {
  test('an agency’s administrator gives the working roles and no far-reaching one; others give nothing', () => {
    for (const giver of allRoles)
      for (const role of allRoles)
        for (const agencyId of [10, 11, 20, 30]) {
          const near = ['receiving-officer', 'specialist', 'leader', 'clerk', 'agency-admin'].includes(role)
          const expected =
            giver === 'system-admin' || (giver === 'agency-admin' && near && (agencyId === 10 || agencyId === 11))
          assert.equal(
            mayGrant(anActor(aPost(giver)), role, agencyId),
            expected,
            `${giver} gives ${role} in ${agencyId}`,
          )
        }
  })
})
