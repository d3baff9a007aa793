import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type Actor, isAction, maySomewhere, type Role } from '../identity/index.ts'
import type { Http } from '../platform/http/route.ts'
import { createHttp } from '../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { createAgency, createOfficer, type StaffTables } from '../staff/index.ts'
import type { CalendarYear } from './contract.ts'
import { calendarRoutes } from './routes.ts'
import { type CalendarTables, seedCalendar } from './store.ts'

let base: TestDatabase<CalendarTables & StaffTables>
let http: Http
let province = 0
let commune = 0
let officerId = 0
let actor: Actor

const as = (role: Role, agencyId: number): Actor => ({
  officerId,
  accountId: 1,
  name: 'Lê Thị Thử',
  posts: [
    {
      postId: 1,
      agencyId,
      unitId: 1,
      role,
      onBehalfOf: null,
      agencies: [agencyId],
      subtree: agencyId === province ? [province, commune] : [agencyId],
    },
  ],
})

before(async () => {
  base = await testDatabase<CalendarTables & StaffTables>()
  base.setClock('2026-11-22T02:00:00.000Z')
  await seedCalendar(base.db)
  province = await createAgency(base.db, {
    kind: 'province',
    fullName: 'UBND tỉnh Thử',
    parentId: null,
    validFrom: '2025-07-01',
  })
  commune = await createAgency(base.db, {
    kind: 'commune',
    fullName: 'UBND xã Thử',
    parentId: province,
    validFrom: '2025-07-01',
  })
  officerId = await createOfficer(base.db, { name: 'Lê Thị Thử', title: '', email: '', phone: '', staffCode: null })
  http = await createHttp({ config: base.context.config, log: base.context.log })
  // Stands for the hook of identity, which has tests of its own.
  http.decorateRequest('actor', { getter: () => actor })
  http.addHook('preHandler', async (request, reply) => {
    const { permission = '' } = request.routeOptions.config
    if (isAction(permission) && !maySomewhere(actor, permission)) return reply.code(403).send()
    return undefined
  })
  calendarRoutes(http, base.context)
})
after(async () => {
  await http.close()
  await base.close()
})
beforeEach(() => {
  actor = as('system-admin', province)
})

async function call<Reply = Record<string, unknown>>(
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  url: string,
  body?: object,
) {
  const response = await http.inject({ method, url, ...(body && { payload: body }) })
  return { status: response.statusCode, body: (response.body ? response.json() : {}) as Reply }
}
const storm = { kind: 'closure', name: 'Nghỉ tránh bão số 12', notice: 'Công điện 12/CĐ-UBND', status: 'official' }

test('a year shows its exceptional days, how many days are worked and what may be changed', async () => {
  const { body } = await call<CalendarYear>('GET', `/api/calendar/years/2026?agencyId=${commune}`)
  assert.equal(body.workingDays, 249)
  assert.equal(body.isKnown, true)
  assert.deepEqual(body.agency, { agencyId: commune, name: 'UBND xã Thử' })
  assert.equal(body.days.find(({ day }) => day === '2026-11-24')?.notice, 'Nghị quyết 28/2026/QH16, Điều 2')
  assert.deepEqual(
    [body.hours.length, body.hours[0]?.agency, body.mayChangeCountry, body.mayChangeAgency],
    [1, null, true, true],
  )
  const unknown = await call<CalendarYear>('GET', '/api/calendar/years/2030')
  assert.deepEqual([unknown.body.isKnown, unknown.body.days.length, unknown.body.agency], [false, 0, null])
})

test('an administrator of the system changes the days of the country, and the year tells who did', async () => {
  const day = { kind: 'holiday', name: 'Tết Dương lịch', notice: '', status: 'provisional' }
  const commandId = '0198c0de-0000-7000-8000-000000000001'
  assert.equal((await call('PUT', '/api/calendar/days/2028-01-01', { ...day, commandId })).status, 200)
  assert.equal((await call('PUT', '/api/calendar/days/2028-01-01', { ...day, commandId })).status, 200)
  const { body } = await call<CalendarYear>('GET', '/api/calendar/years/2028')
  assert.deepEqual(body.days, [
    { day: '2028-01-01', ...day, agency: null, changedBy: 'Lê Thị Thử', changedAt: '2026-11-22T02:00:00.000Z' },
  ])
  assert.equal((await call('DELETE', '/api/calendar/days/2028-01-01')).status, 204)
  assert.equal((await call('DELETE', '/api/calendar/days/2028-01-01')).status, 204)
  const changes = await call<{ day: string; changedBy: string }[]>('GET', '/api/calendar/changes')
  assert.deepEqual(
    changes.body.map((change) => [change.day, change.changedBy]),
    [
      ['2028-01-01', 'Lê Thị Thử'],
      ['2028-01-01', 'Lê Thị Thử'],
    ],
  )
})

test('an administrator of an agency changes its own days, and nobody else’s', async () => {
  actor = as('agency-admin', commune)
  assert.equal((await call('PUT', `/api/calendar/agencies/${commune}/days/2026-11-25`, storm)).status, 200)
  assert.equal((await call('PUT', `/api/calendar/agencies/${province}/days/2026-11-25`, storm)).status, 404)
  assert.equal((await call('PUT', '/api/calendar/days/2026-11-25', storm)).status, 404)
  assert.equal((await call('DELETE', '/api/calendar/days/2026-11-24')).status, 404)
  assert.equal((await call('DELETE', `/api/calendar/agencies/${province}/days/2026-11-25`)).status, 404)
  assert.equal((await call('GET', `/api/calendar/years/2026?agencyId=${province}`)).status, 404)
  assert.equal((await call('GET', `/api/calendar/changes?agencyId=${province}`)).status, 404)
  assert.equal((await call('POST', '/api/calendar/due', { ...question, agencyId: province })).status, 404)
  const { body } = await call<CalendarYear>('GET', `/api/calendar/years/2026?agencyId=${commune}`)
  assert.deepEqual([body.workingDays, body.mayChangeCountry, body.mayChangeAgency], [248, false, true])
  assert.equal((await call('DELETE', `/api/calendar/agencies/${commune}/days/2026-11-25`)).status, 204)
})

test('an officer reads the calendar and changes nothing', async () => {
  actor = as('receiving-officer', commune)
  assert.equal((await call('GET', `/api/calendar/years/2026?agencyId=${commune}`)).status, 200)
  assert.equal((await call('PUT', `/api/calendar/agencies/${commune}/days/2026-11-25`, storm)).status, 403)
  assert.equal((await call('PUT', `/api/calendar/agencies/${commune}/hours/2026-12-01`, {})).status, 400)
})

test('a day that cannot be is refused with a reason in Vietnamese', async () => {
  const refused = async (url: string, body: object) => {
    const reply = await call<{ code: string; detail: string }>('PUT', url, body)
    return `${reply.status} ${reply.body.code}`
  }
  const put = (day: string, change: object) => refused(`/api/calendar/days/${day}`, { ...storm, ...change })
  assert.equal(await put('2026-12-01', { notice: ' ' }), '422 day-notice-missing')
  assert.equal(await put('2026-12-01', { name: ' ' }), '422 day-name-missing')
  assert.equal(await put('2026-12-01', { kind: 'swap-work' }), '422 day-worked-anyway')
  assert.equal(await put('2026-12-05', { kind: 'swap-off' }), '422 day-off-anyway')
  assert.equal(await put('2126-12-01', {}), '422 day-impossible')
  assert.equal(await put('2026-02-30', {}), '400 invalid-request')
  assert.equal(await put('2026-12-01', { kind: 'party' }), '400 invalid-request')
  assert.equal(await put('2026-12-01', { name: 'x'.repeat(201) }), '400 invalid-request')
  assert.equal(await refused(`/api/calendar/agencies/999999/days/2026-12-01`, storm), '404 not-found')
})

test('an agency may work on a day that the country or the province takes off', async () => {
  const work = { ...storm, kind: 'swap-work', name: 'Trực tiếp nhận hồ sơ' }
  assert.equal((await call('PUT', `/api/calendar/agencies/${commune}/days/2026-11-24`, work)).status, 200)
  assert.equal((await call('DELETE', `/api/calendar/agencies/${commune}/days/2026-11-24`)).status, 204)
  assert.equal((await call('PUT', `/api/calendar/agencies/${province}/days/2026-11-26`, storm)).status, 200)
  assert.equal((await call('PUT', `/api/calendar/agencies/${commune}/days/2026-11-26`, work)).status, 200)
  assert.equal((await call('PUT', `/api/calendar/agencies/${commune}/days/2026-11-27`, work)).status, 422)
  assert.equal((await call('DELETE', `/api/calendar/agencies/${commune}/days/2026-11-26`)).status, 204)
  assert.equal((await call('DELETE', `/api/calendar/agencies/${province}/days/2026-11-26`)).status, 204)
})

test('hours are set for an agency from a day on, and hold for those below', async () => {
  const hours = {
    intervals: [
      { from: 450, to: 690 },
      { from: 780, to: 1020 },
    ],
    workingWeekdays: [5, 4, 3, 2, 1],
    saturdaySession: [{ from: 450, to: 660 }],
    reading: 'hours',
  }
  const url = `/api/calendar/agencies/${province}/hours/2026-01-01`
  assert.equal((await call('PUT', url, hours)).status, 200)
  const { body } = await call<CalendarYear>('GET', `/api/calendar/years/2026?agencyId=${commune}`)
  assert.deepEqual(body.hours[0]?.agency, { agencyId: province, name: 'UBND tỉnh Thử' })
  assert.deepEqual(body.hours[0]?.workingWeekdays, [1, 2, 3, 4, 5])
  assert.equal((await call('PUT', url, { ...hours, intervals: [] })).body['code'], 'hours-missing')
  assert.equal((await call('PUT', `/api/calendar/agencies/999999/hours/2026-01-01`, hours)).status, 404)
  assert.equal((await call('DELETE', url)).status, 204)
  assert.equal((await call('DELETE', url)).status, 204)
  actor = as('agency-admin', commune)
  assert.equal((await call('PUT', url, hours)).status, 404)
  assert.equal((await call('DELETE', url)).status, 404)
})

const question = { start: '2026-11-20T16:00:00+07:00', limit: [{ amount: 3, unit: 'workingDay' }] }

test('a due date is explained in the API, as data and in sentences', async () => {
  type Answer = {
    dueAt: string
    dueOn: string
    explanation: { lines: { why: { code: string; name?: string } }[] }
    sentences: string[]
  }
  const { body } = await call<Answer>('POST', '/api/calendar/due', { ...question, agencyId: commune })
  assert.equal(body.dueOn, '2026-11-26')
  assert.equal(body.dueAt, '2026-11-26T10:00:00.000Z')
  assert.deepEqual(body.explanation.lines[4]?.why.name, 'Ngày Văn hóa Việt Nam')
  assert.equal(body.sentences.at(-1), 'Hạn trả kết quả: 17:00 Thứ Năm, 26/11/2026.')
  const hours = await call<Answer>('POST', '/api/calendar/due', { ...question, reading: 'hours', language: 'en' })
  assert.equal(hours.body.sentences.at(-1), 'The result is due: 16:00, Thursday, 26 Nov 2026.')
  const again = await call<Answer>('POST', '/api/calendar/due', { ...question, completedAt: '2026-11-25T02:00:00Z' })
  assert.equal(again.body.dueOn, '2026-11-30')
  const pauses = [{ from: '2026-11-23T02:00:00Z', to: '2026-11-25T02:00:00Z', reason: 'opinion' }]
  assert.equal((await call<Answer>('POST', '/api/calendar/due', { ...question, pauses })).body.dueOn, '2026-11-27')
})

test('a question that makes no sense is refused', async () => {
  const code = async (change: object) =>
    (await call('POST', '/api/calendar/due', { ...question, ...change })).body['code']
  assert.equal(await code({ limit: [{ amount: 0, unit: 'month' }] }), 'limit-impossible')
  assert.equal(await code({ limit: [] }), 'invalid-request')
  assert.equal(await code({ start: '1950-01-01T00:00:00Z' }), 'moment-impossible')
  assert.equal(await code({ start: '1899-01-01T00:00:00Z' }), 'invalid-request')
  assert.equal(await code({ start: 'hôm nay' }), 'invalid-request')
  assert.equal(
    await code({ pauses: [{ from: '2026-11-25T02:00:00Z', to: '2026-11-23T02:00:00Z', reason: 'other' }] }),
    'pause-impossible',
  )
  assert.equal(await code({ limit: [{ amount: 1001, unit: 'month' }] }), 'invalid-request')
})

test('pages count the time left by the hours of the actor’s own office', async () => {
  const { status, body } = await call<{ from: string; to: string; days: { day: string; intervals: unknown[] }[] }>(
    'GET',
    '/api/calendar/working-times',
  )
  assert.equal(status, 200)
  assert.ok(body.from < body.to && body.days.length > 100)
  const days = new Set(body.days.map(({ day }) => day))
  assert.ok(!days.has('2026-11-24'), 'a holiday')
  assert.ok(body.days.every(({ intervals }) => intervals.length > 0))
})
