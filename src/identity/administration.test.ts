import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { createAgency, createOfficer, createUnit, moveAgency, type Role, type StaffTables } from '../staff/index.ts'
import { identityRoutes } from './routes.ts'
import type { IdentityContext } from './sign-in.ts'
import type { IdentityTables } from './tables.ts'
import { aBrowser, anOfficer, testHttp, type Reply } from './testing.ts'

let database: TestDatabase<IdentityTables & StaffTables>
let context: IdentityContext
let http: Http
const today = '2026-11-20'

/** A province with two communes, an administrator and a specialist in each of the communes. */
let province: number
let here: { agencyId: number; unitId: number }
let there: { agencyId: number; unitId: number }

before(async () => {
  database = await testDatabase<IdentityTables & StaffTables>()
  context = database.context
  database.setClock(`${today}T02:00:00.000Z`)
  http = await testHttp(context, (server) => {
    identityRoutes(server, context)
  })
  province = await createAgency(context.db, {
    kind: 'province',
    fullName: 'Thành phố Hải Phòng',
    validFrom: '2025-07-01',
  })
  const commune = async (fullName: string) => {
    const agencyId = await createAgency(context.db, {
      kind: 'commune',
      fullName,
      validFrom: '2025-07-01',
      parentId: province,
    })
    return {
      agencyId,
      unitId: await createUnit(context.db, { agencyId, kind: 'justice', name: 'Tư pháp', validFrom: '2025-07-01' }),
    }
  }
  here = await commune('Xã Hải Hưng')
  there = await commune('Xã Thanh Miện')
})
after(async () => {
  await http.close()
  await database.close()
})

const as = async (role: Role, place = here) => {
  const officer = await anOfficer(context, { ...place, role, demo: true })
  const browser = aBrowser(http)
  await browser.signIn(officer.userName)
  return { ...browser, ...officer }
}
const person = { name: 'Đỗ Thị Ánh', title: 'Công chức', email: '', phone: '', staffCode: null }
const post = (place = here, role: Role = 'specialist') => ({
  ...place,
  role,
  title: '',
  validFrom: today,
  validTo: null,
})
const ids = (reply: { body: Record<string, unknown> }, list: string, key: string) =>
  (reply.body[list] as Record<string, number>[]).map((row) => row[key])

describe('agencies', () => {
  test('each sees the own, a supervisor the subtree, the system’s administrator all; what is not yours does not exist', async () => {
    const [specialist, admin] = [await as('specialist'), await as('system-admin')]
    const provinceUnit = await createUnit(context.db, {
      agencyId: province,
      kind: 'office',
      name: 'Văn phòng',
      validFrom: '2025-07-01',
    })
    const supervisor = await as('supervisor', { agencyId: province, unitId: provinceUnit })
    const visible = async (browser: typeof admin) =>
      ids(await browser.get('/api/agencies?limit=500'), 'agencies', 'agencyId')
    assert.deepEqual(await visible(specialist), [here.agencyId])
    assert.deepEqual(new Set(await visible(supervisor)), new Set([province, here.agencyId, there.agencyId]))
    assert.ok((await visible(admin)).length >= 3)
    for (const [browser, agencyId, status] of [
      [specialist, here.agencyId, 200],
      [specialist, there.agencyId, 404],
      [specialist, 999_999, 404],
      [supervisor, there.agencyId, 200],
      [admin, there.agencyId, 200],
    ] as const)
      assert.equal((await browser.get(`/api/agencies/${agencyId}`)).status, status)
  })

  test('the tree is changed by the system’s administrator only, from a day on', async () => {
    const [local, admin] = [await as('agency-admin'), await as('system-admin')]
    const body = {
      kind: 'police',
      fullName: 'Công an xã Hải Hưng',
      parentId: here.agencyId,
      validFrom: '2025-07-01',
      standardUnits: true,
      codes: [{ scheme: 'dossier', code: 'CA.1' }],
    }
    assert.equal((await local.send('POST', '/api/agencies', body)).status, 403)
    const made = await admin.send('POST', '/api/agencies', body)
    assert.equal(made.status, 201)
    const path = `/api/agencies/${String(made.body['agencyId'])}`
    assert.equal(
      (await admin.send('PUT', `${path}/name`, { fullName: 'Công an xã Hải Hưng (mới)', from: '2026-12-01' })).status,
      200,
    )
    const reply = await admin.get(path)
    const history = reply.body['history'] as { names: unknown[] }
    assert.equal((reply.body['agency'] as { fullName: string }).fullName, 'Công an xã Hải Hưng')
    assert.equal(history.names.length, 2)
    assert.equal((reply.body['units'] as unknown[]).length, 2)
    assert.equal((await admin.send('POST', '/api/agencies', { ...body, fullName: 'Khác' })).body['code'], 'code-taken')
    assert.equal(
      (await admin.send('PUT', `${path}/parent`, { parentId: made.body['agencyId'], from: today })).body['code'],
      'tree-loop',
    )
    assert.equal(
      (
        await admin.send('PUT', `/api/agencies/${here.agencyId}/parent`, {
          parentId: made.body['agencyId'],
          from: today,
        })
      ).body['code'],
      'tree-loop',
    )
    assert.equal(
      (await admin.send('PUT', `${path}/name`, { fullName: 'Sớm', from: '2020-01-01' })).body['code'],
      'before-it-began',
    )
    assert.equal((await admin.send('POST', `${path}/close`, { lastDay: '2026-11-30' })).status, 200)
    assert.equal(
      (await admin.send('PUT', `${path}/name`, { fullName: 'Muộn', from: '2027-01-01' })).body['code'],
      'agency-closed',
    )
    const changes = (await admin.get(`${path}/changes`)).body['changes'] as { what: string; by: string }[]
    assert.deepEqual(
      changes.map((change) => change.what),
      ['agency-closed', 'agency-renamed', 'agency-made'],
    )
    await moveAgency(context.db, here.agencyId, { parentId: province, from: '2025-07-01' })
  })

  test('units are kept by the own administrator and not ended while somebody works there', async () => {
    const [local, foreign] = [await as('agency-admin'), await as('agency-admin', there)]
    const body = { kind: 'land', name: 'Địa chính – Xây dựng', validFrom: today }
    assert.equal((await foreign.send('POST', `/api/agencies/${here.agencyId}/units`, body)).status, 404)
    const { unitId } = (await local.send('POST', `/api/agencies/${here.agencyId}/units`, body)).body as {
      unitId: number
    }
    const path = `/api/agencies/${here.agencyId}/units/${unitId}`
    const officer = await local.send('POST', '/api/officers', { ...person, post: post({ ...here, unitId }) })
    assert.equal(officer.status, 200)
    const ended = { kind: 'land', name: 'Địa chính', validTo: '2026-11-30' }
    assert.equal((await local.send('PUT', path, ended)).body['code'], 'unit-in-use')
    await local.send('POST', `/api/agencies/${here.agencyId}/posts/${String(officer.body['postId'])}/end`, {
      lastDay: today,
    })
    assert.equal((await local.send('PUT', path, ended)).status, 200)
    assert.equal((await foreign.send('PUT', path, ended)).status, 404)
    const point = { unitId: here.unitId, name: 'Điểm Đoàn Kết', address: 'Thôn Đoàn Kết', phone: '', validFrom: today }
    assert.equal((await local.send('POST', `/api/agencies/${here.agencyId}/receiving-points`, point)).status, 200)
    assert.equal(
      (await local.send('POST', `/api/agencies/${here.agencyId}/receiving-points`, { ...point, unitId: there.unitId }))
        .body['code'],
      'unit-of-another-agency',
    )
  })
})

describe('officers', () => {
  test('are added in the own agency with roles that are one’s own to give; a repeated request adds one', async () => {
    const [local, specialist] = [await as('agency-admin'), await as('specialist')]
    const commandId = crypto.randomUUID()
    const first = await local.send('POST', '/api/officers', { ...person, post: post(), commandId })
    assert.deepEqual(
      (await local.send('POST', '/api/officers', { ...person, post: post(), commandId })).body,
      first.body,
    )
    assert.equal((await specialist.send('POST', '/api/officers', { ...person, post: post() })).status, 403)
    assert.equal((await local.send('POST', '/api/officers', { ...person, post: post(there) })).status, 404)
    assert.equal(
      (await local.send('POST', '/api/officers', { ...person, post: post({ ...here, unitId: there.unitId }) })).body[
        'code'
      ],
      'unit-of-another-agency',
    )
    for (const role of ['system-admin', 'supervisor', 'auditor'] as const)
      assert.equal(
        (await local.send('POST', '/api/officers', { ...person, post: post(here, role) })).body['code'],
        'role-not-yours-to-give',
      )
    assert.equal((await local.send('POST', `/api/officers/${local.officerId}/posts`, post())).body['code'], 'own-post')
    assert.equal((await local.send('POST', '/api/officers', { ...person, name: '   ', post: post() })).status, 400)
    assert.equal(
      (await local.send('POST', '/api/officers', { ...person, post: { ...post(), validFrom: '2026-02-30' } })).status,
      400,
    )
  })

  test('of another agency are given a post here only by who reaches both', async () => {
    const [local, admin, other] = [await as('agency-admin'), await as('system-admin'), await as('specialist', there)]
    const path = `/api/officers/${other.officerId}`
    assert.equal((await local.send('POST', `${path}/posts`, post())).status, 404)
    assert.equal((await local.get(path)).status, 404)
    const unknown = await local.send('POST', '/api/officers/999999/posts', post())
    assert.equal(unknown.status, 404)
    const fresh = await createOfficer(context.db, { name: 'Nguyễn Mới' })
    assert.equal((await local.send('POST', `/api/officers/${fresh}/posts`, post())).status, 200)
    assert.equal((await admin.send('POST', `${path}/posts`, post())).status, 200)
    assert.equal((await local.send('POST', `${path}/posts`, post(here, 'clerk'))).status, 200)
  })

  test('are seen in the own agency only', async () => {
    const [one, other] = [await as('specialist'), await as('specialist', there)]
    assert.equal((await one.get(`/api/officers/${one.officerId}`)).status, 200)
    assert.equal((await one.get(`/api/officers/${other.officerId}`)).status, 404)
    assert.ok(!ids(await one.get('/api/officers'), 'officers', 'officerId').includes(other.officerId))
    assert.equal((await one.get(`/api/officers?agencyId=${there.agencyId}`)).status, 404)
    const { officers } = (await one.get('/api/officers')).body as { officers: { account: unknown }[] }
    assert.ok(
      officers.every((officer) => officer.account === null),
      'accounts are for administrators',
    )
  })

  test('the list comes page by page', async () => {
    const local = await as('agency-admin')
    const all = ids(await local.get('/api/officers'), 'officers', 'officerId')
    const seen: unknown[] = []
    let next: number | null = null
    do {
      const page: Reply = await local.get(`/api/officers?limit=3${next ? `&after=${next}` : ''}`)
      seen.push(...ids(page, 'officers', 'officerId'))
      next = page.body['next'] as number | null
    } while (next)
    assert.deepEqual(seen, all)
  })

  test('the last administrator of the system stays', async () => {
    const database2 = await testDatabase<IdentityTables & StaffTables>()
    database2.setClock(`${today}T02:00:00.000Z`)
    const server = await testHttp(database2.context, (each) => {
      identityRoutes(each, database2.context)
    })
    const only = await anOfficer(database2.context, { role: 'system-admin', demo: true })
    const browser = aBrowser(server)
    await browser.signIn(only.userName)
    const path = `/api/agencies/${only.agencyId}/posts/${only.postId}/end`
    assert.equal((await browser.send('POST', path, { lastDay: today })).body['code'], 'last-administrator')
    await anOfficer(database2.context, { role: 'system-admin', agencyId: only.agencyId, unitId: only.unitId })
    assert.equal((await browser.send('POST', path, { lastDay: today })).status, 200)
    await server.close()
    await database2.close()
  })
})

describe('accounts', () => {
  test('are made with a link; a reset works within reach and never upwards', async () => {
    const [local, foreign, admin] = [
      await as('agency-admin'),
      await as('agency-admin', there),
      await as('system-admin'),
    ]
    const officer = await local.send('POST', '/api/officers', { ...person, post: post() })
    const { officerId } = officer.body as { officerId: number }
    assert.equal((await foreign.send('POST', '/api/accounts', { officerId, userName: 'anh.dt' })).status, 404)
    const made = await local.send('POST', '/api/accounts', { officerId, userName: 'anh.dt' })
    assert.equal(made.status, 201)
    const { accountId, link } = made.body as { accountId: number; link: string }
    const browser = aBrowser(http)
    const password = 'Gió mùa thu mẹ ru con'
    assert.equal(
      (await browser.send('POST', '/api/setup/password', { token: link.split('#')[1], password })).status,
      200,
    )
    assert.equal((await browser.signIn('anh.dt', password)).status, 200)
    assert.equal((await foreign.send('POST', `/api/accounts/${accountId}/reset`, {})).status, 404)
    assert.equal((await local.send('POST', `/api/accounts/${accountId}/reset`, {})).status, 200)
    assert.equal((await browser.get('/api/me')).status, 401, 'a reset ends the sessions')
    assert.equal(
      (await local.send('POST', `/api/accounts/${admin.accountId}/reset`, {})).status,
      403,
      'the system’s administrator also works here',
    )
    assert.equal((await local.send('PUT', `/api/accounts/${admin.accountId}/state`, { disabled: true })).status, 403)
    const called = await local.send('POST', `/api/officers/${admin.officerId}/posts`, post())
    assert.equal(called.status, 200, 'who works here already may be given another post')
    const path = `/api/officers/${admin.officerId}`
    assert.equal((await local.send('PUT', path, person)).status, 403, 'but does not become another person by it')
    assert.equal(((await local.get(path)).body['may'] as { edit: boolean }).edit, false)
    assert.equal((await local.send('PUT', `/api/officers/${officerId}`, person)).status, 200)
    assert.equal((await local.send('POST', `/api/accounts/${local.accountId}/reset`, {})).body['code'], 'own-account')
    assert.equal((await admin.send('POST', `/api/accounts/${accountId}/reset`, { dropSecondFactor: true })).status, 200)
    assert.equal((await local.send('PUT', `/api/accounts/${accountId}/state`, { disabled: true })).status, 204)
    assert.equal((await browser.signIn('anh.dt', password)).body['code'], 'account-disabled')
  })

  test('the log of access is for auditors and shows their subtree', async () => {
    const [auditor, local] = [await as('auditor'), await as('agency-admin')]
    await as('specialist', there)
    assert.equal((await local.get('/api/audit')).status, 403)
    const { entries } = (await auditor.get('/api/audit?limit=200')).body as { entries: { agencyId: number }[] }
    assert.ok(entries.length > 0)
    assert.ok(entries.every((entry) => entry.agencyId === here.agencyId))
  })
})

describe('delegation', () => {
  test('a leader lends the post to a colleague, and takes it back', async () => {
    const [leader, colleague, stranger] = [await as('leader'), await as('specialist'), await as('leader', there)]
    const body = {
      postId: leader.postId,
      toOfficerId: colleague.officerId,
      validFrom: today,
      validTo: '2026-11-30',
      reason: 'Đi công tác',
    }
    assert.equal((await colleague.send('POST', '/api/delegations', body)).status, 403)
    assert.equal((await stranger.send('POST', '/api/delegations', body)).status, 404)
    assert.equal(
      (await leader.send('POST', '/api/delegations', { ...body, toOfficerId: stranger.officerId })).status,
      404,
    )
    assert.equal(
      (await leader.send('POST', '/api/delegations', { ...body, validTo: '2026-11-01' })).body['code'],
      'period-reversed',
    )
    const made = await leader.send('POST', '/api/delegations', body)
    assert.equal(made.status, 200)
    assert.ok(((await colleague.get('/api/me')).body['permissions'] as string[]).includes('dossier.sign'))
    const end = `/api/agencies/${here.agencyId}/delegations/${String(made.body['delegationId'])}/end`
    assert.equal((await stranger.send('POST', end, { lastDay: '2026-11-19' })).status, 404)
    assert.equal((await leader.send('POST', end, { lastDay: '2026-11-19' })).status, 200)
    assert.ok(!((await colleague.get('/api/me')).body['permissions'] as string[]).includes('dossier.sign'))
    assert.equal((await leader.get('/api/delegations')).status, 200)
  })

  test('an absence is recorded with who stands in', async () => {
    const [leader, colleague] = [await as('leader'), await as('specialist')]
    const body = {
      agencyId: here.agencyId,
      officerId: colleague.officerId,
      substituteId: leader.officerId,
      validFrom: today,
      validTo: '2026-11-25',
      reason: 'Nghỉ phép',
    }
    assert.equal((await colleague.send('POST', '/api/absences', body)).status, 403)
    assert.equal(
      (await leader.send('POST', '/api/absences', { ...body, validTo: '2026-11-01' })).body['code'],
      'period-reversed',
    )
    assert.equal((await leader.send('POST', '/api/absences', body)).status, 200)
    assert.equal(
      ((await leader.get(`/api/absences?from=${today}&to=${today}`)).body['absences'] as unknown[]).length,
      1,
    )
  })
})

test('anybody may look up places, by old names too', async () => {
  const browser = aBrowser(http)
  const { places } = (await browser.get('/api/places?query=doan%20ket%20thanh%20mien')).body as {
    places: { code: string }[]
  }
  assert.equal(places[0]?.code, '11257')
  assert.equal(((await browser.get('/api/places/provinces')).body['provinces'] as unknown[]).length, 34)
})
