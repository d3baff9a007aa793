import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { readingOn } from './index.ts'
import { type ExceptionalDay, isWorkingDay, usualHours } from './rules/working-calendar.ts'
import { shippedDays } from './shipped-days.ts'
import {
  type CalendarTables,
  listChanges,
  listDays,
  listHours,
  loadCalendar,
  removeDay,
  removeHours,
  saveDay,
  saveHours,
  seedCalendar,
} from './store.ts'

let base: TestDatabase<CalendarTables>
let province = 0
let commune = 0
const by = { by: null, at: '2026-11-22T02:00:00.000Z' }
const storm: ExceptionalDay = {
  day: '2026-11-25',
  kind: 'closure',
  name: 'Nghỉ tránh bão',
  notice: 'Công điện 12',
  status: 'official',
}

before(async () => {
  base = await testDatabase<CalendarTables>()
  const agency = async () => {
    const { rows } = await base.ownerPool.query<{ agency_id: number }>(
      `insert into staff.agency (kind, valid_from) values ('commune', '2025-07-01') returning agency_id`,
    )
    return rows[0]?.agency_id ?? 0
  }
  province = await agency()
  commune = await agency()
  await base.ownerPool.query(
    `insert into staff.agency_edge (agency_id, parent_id, valid_from) values ($1, $2, '2025-07-01')`,
    [commune, province],
  )
})
after(() => base.close())

const works = async (agencyId: number | null, day: string) =>
  isWorkingDay((await loadCalendar(base.db, agencyId)).calendar, day)

test('the shipped days are loaded once, and what was edited or removed stays so', async () => {
  assert.equal(await seedCalendar(base.db), shippedDays.length)
  assert.equal(await seedCalendar(base.db), 0)
  await saveDay(base.db, {
    agencyId: null,
    day: { day: '2027-04-16', kind: 'holiday', name: 'Giỗ Tổ', notice: 'Thông báo 1', status: 'official' },
    ...by,
  })
  assert.equal(await removeDay(base.db, { agencyId: null, day: '2027-05-03', ...by }), true)
  assert.equal(await removeDay(base.db, { agencyId: null, day: '2027-05-03', ...by }), false)
  assert.equal(await seedCalendar(base.db), 0)
  const days = await listDays(base.db, null, 2027)
  assert.equal(days.find(({ day }) => day === '2027-04-16')?.name, 'Giỗ Tổ')
  assert.equal(
    days.find(({ day }) => day === '2027-05-03'),
    undefined,
  )
})

test('a shipped day that nobody touched follows the release', async () => {
  await base.ownerPool.query(`update calendar.day set status = 'provisional' where day = '2026-11-24'`)
  assert.equal(await seedCalendar(base.db), 1)
})

test('a change is seen at once in this process', async () => {
  assert.equal(await works(commune, storm.day), true)
  await saveDay(base.db, { agencyId: commune, day: storm, ...by })
  assert.equal(await works(commune, storm.day), false)
  assert.equal(await works(province, storm.day), true)
  assert.equal(await works(null, storm.day), true)
  await removeDay(base.db, { agencyId: commune, day: storm.day, ...by })
  assert.equal(await works(commune, storm.day), true)
})

test('asking again without a change gives the calendar in memory, a transaction reads anew', async () => {
  const first = await loadCalendar(base.db, commune)
  assert.equal(await loadCalendar(base.db, commune), first)
  const inside = await base.db.transaction().execute((tx) => loadCalendar(tx, commune))
  assert.notEqual(inside, first)
  assert.deepEqual(inside, first)
})

test('a change of another process is seen within half a minute', async (t) => {
  assert.equal(await works(null, '2026-12-01'), true)
  await base.ownerPool.query(
    `insert into calendar.day (day, kind, name, notice, status) values ('2026-12-01', 'closure', 'Thử', '', 'provisional')`,
  )
  assert.equal(await works(null, '2026-12-01'), true)
  const real = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => real() + 30_001)
  assert.equal(await works(null, '2026-12-01'), false)
})

test('a day of the province holds for its communes, and the nearer entry wins', async () => {
  await saveDay(base.db, { agencyId: province, day: storm, ...by })
  assert.equal(await works(commune, storm.day), false)
  await saveDay(base.db, { agencyId: commune, day: { ...storm, kind: 'swap-work', name: 'Trực' }, ...by })
  assert.equal(await works(commune, storm.day), true)
  const own = (await listDays(base.db, commune, 2026)).find(({ day }) => day === storm.day)
  assert.deepEqual([own?.agencyId, own?.name, own?.changedBy, own?.changedAt], [commune, 'Trực', null, by.at])
})

test('hours come from the nearest agency that has set any, and change with their first day', async () => {
  assert.deepEqual((await loadCalendar(base.db, commune)).calendar.hours, [usualHours])
  assert.deepEqual(await listHours(base.db, commune), [])
  const summer = {
    ...usualHours,
    validFrom: '2026-04-16',
    intervals: [
      { from: 390, to: 660 },
      { from: 780, to: 1020 },
    ],
    reading: 'hours' as const,
  }
  await saveHours(base.db, { agencyId: province, hours: usualHours, ...by })
  await saveHours(base.db, { agencyId: province, hours: summer, ...by })
  const { calendar, reading } = await loadCalendar(base.db, commune)
  assert.deepEqual(calendar.hours, [usualHours, summer])
  assert.equal(reading, 'hours')
  assert.equal(readingOn(calendar, '2026-04-15'), 'days')
  assert.equal((await listHours(base.db, commune))[0]?.agencyId, province)
  assert.equal(await removeHours(base.db, { agencyId: province, validFrom: '2026-04-16', ...by }), true)
  assert.equal(await removeHours(base.db, { agencyId: province, validFrom: '2026-04-16', ...by }), false)
  assert.equal((await loadCalendar(base.db, commune)).reading, 'days')
})

test('each change is kept with what was before and after', async () => {
  const changes = await listChanges(base.db, province)
  assert.deepEqual(
    changes.map(({ subject, day }) => `${subject} ${day}`),
    ['hours 2026-04-16', 'hours 2026-04-16', 'hours 2000-01-01', 'day 2026-11-25'],
  )
  assert.equal(changes[0]?.after, null)
  assert.equal((changes[0]?.before as { reading: string } | undefined)?.reading, 'hours')
  await assert.rejects(base.db.deleteFrom('calendar.change').execute(), /permission denied/)
  await assert.rejects(base.db.updateTable('calendar.change').set({ subject: 'day' }).execute(), /permission denied/)
})

test('the database itself refuses what no calendar can hold', async () => {
  const enter = (day: Partial<ExceptionalDay>) => saveDay(base.db, { agencyId: null, day: { ...storm, ...day }, ...by })
  await assert.rejects(enter({ notice: ' ' }), /day_official_by_notice/)
  await assert.rejects(enter({ day: '1999-01-01' }), /day_possible/)
  await assert.rejects(enter({ name: '' }), /day_name_not_empty/)
  assert.equal(
    (await listChanges(base.db, null)).some(({ day }) => day === '1999-01-01'),
    false,
  )
})
