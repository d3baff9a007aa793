import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { findPlaces, listPlaces } from './places.ts'
import {
  closeAgency,
  createAgency,
  findAgencies,
  findAgency,
  findAgencyByCode,
  listAgencies,
  listTopAgencies,
  moveAgency,
  recordSuccession,
  renameAgency,
  setAgencyCode,
} from './agency-store.ts'
import { recordChange } from './change-store.ts'
import { createOfficer, createPost, endPost, listOfficers, postsOf } from './officer-store.ts'
import { createDelegation, endDelegation, listAbsences, recordAbsence } from './stand-in-store.ts'
import type { StaffTables } from './tables.ts'
import { answersFor, subtree } from './tree-store.ts'
import { createUnit, listUnits } from './unit-store.ts'
import { importUnits } from './unit-import-store.ts'
import { readShippedUnits, readUnitFiles, writeShippedUnits } from './unit-lists.ts'

const shared = join(import.meta.dirname, '../../../shared/data/units')
const absent = existsSync(join(shared, 'units-2026-07.json'))
  ? false
  : `SKIPPED LOUDLY: the official lists are not at ${shared}`

let database: TestDatabase<StaffTables>
before(async () => {
  database = await testDatabase<StaffTables>()
})
after(() => database.close())

const aCommune = (fullName = 'Xã Hải Hưng', more = {}) =>
  createAgency(database.db, { kind: 'commune', fullName, validFrom: '2020-01-01', ...more })

describe('agencies', () => {
  test('have the name, code and superior of the day', async () => {
    const { db } = database
    const province = await createAgency(db, { kind: 'province', fullName: 'Tỉnh A', validFrom: '2020-01-01' })
    const other = await createAgency(db, { kind: 'province', fullName: 'Tỉnh B', validFrom: '2020-01-01' })
    const agencyId = await aCommune('Xã Lộc Ninh', {
      parentId: province,
      codes: [
        { scheme: 'gso', code: 'X0001' },
        { scheme: 'dossier', code: 'H10.X0001' },
      ],
    })
    await renameAgency(db, agencyId, { fullName: 'Phường Lộc Ninh', from: '2026-04-30' })
    await moveAgency(db, agencyId, { parentId: other, from: '2025-07-01' })
    await setAgencyCode(db, agencyId, { scheme: 'dossier', code: 'H10.1', from: '2026-01-01' })
    const on = async (day: string) => {
      const agency = await findAgency(db, agencyId, day)
      return [agency?.fullName, agency?.parentName, agency?.dossierCode, agency?.gsoCode]
    }
    assert.deepEqual(await on('2025-06-30'), ['Xã Lộc Ninh', 'Tỉnh A', 'H10.X0001', 'X0001'])
    assert.deepEqual(await on('2025-07-01'), ['Xã Lộc Ninh', 'Tỉnh B', 'H10.X0001', 'X0001'])
    assert.deepEqual(await on('2026-05-01'), ['Phường Lộc Ninh', 'Tỉnh B', 'H10.1', 'X0001'])
    assert.deepEqual(await subtree(db, province, '2025-06-30'), [province, agencyId])
    assert.deepEqual(await subtree(db, province, '2025-07-01'), [province])
    assert.deepEqual(await subtree(db, other, '2025-07-01'), [other, agencyId])
    assert.equal(await findAgency(db, 999_999, '2026-01-01'), undefined)
  })

  test('a code means one agency at a time', async () => {
    const { db } = database
    const old = await aCommune('Thị trấn Thanh Bình', {
      validTo: '2025-06-30',
      codes: [{ scheme: 'gso', code: 'X0308' }],
    })
    await assert.rejects(aCommune('Xã Khác', { codes: [{ scheme: 'gso', code: 'X0308' }] }), /agency_code_one_meaning/)
    const now = await createAgency(db, {
      kind: 'commune',
      fullName: 'Xã Thiện Hưng',
      validFrom: '2025-07-01',
      codes: [{ scheme: 'gso', code: 'X0308' }],
    })
    assert.equal((await findAgencyByCode(db, 'gso', 'X0308', '2025-06-30'))?.agencyId, old)
    assert.equal((await findAgencyByCode(db, 'gso', 'X0308', '2025-07-01'))?.agencyId, now)
  })

  test('answer for their closed predecessors at any distance, and not for open ones', async () => {
    const { db } = database
    const [first, second, third, side] = [
      await aCommune('Xã Một'),
      await aCommune('Xã Hai'),
      await aCommune('Xã Ba'),
      await aCommune('Xã Bốn'),
    ]
    const answers = { kind: 'merge', answers: true, share: 1 } as const
    await recordSuccession(db, { ...answers, oldAgencyId: first, newAgencyId: second, onDay: '2022-01-01' })
    await recordSuccession(db, { ...answers, oldAgencyId: second, newAgencyId: third, onDay: '2025-07-01' })
    await recordSuccession(db, {
      oldAgencyId: side,
      newAgencyId: third,
      kind: 'split',
      answers: false,
      onDay: '2025-07-01',
    })
    assert.deepEqual(await answersFor(db, third, '2026-01-01'), [third], 'nothing is closed yet')
    await closeAgency(db, first, '2021-12-31')
    await closeAgency(db, second, '2025-06-30')
    await closeAgency(db, side, '2025-06-30')
    assert.deepEqual(await answersFor(db, third, '2026-01-01'), [first, second, third])
    assert.deepEqual(await answersFor(db, third, '2025-06-30'), [third])
    assert.deepEqual(await answersFor(db, second, '2023-01-01'), [first, second])
    await recordSuccession(db, {
      oldAgencyId: side,
      newAgencyId: third,
      kind: 'split',
      answers: true,
      onDay: '2025-07-01',
    })
    assert.deepEqual(await answersFor(db, third, '2026-01-01'), [first, second, third, side])
  })

  test('what stood below a closed predecessor stays in sight of the supervisor', async () => {
    const { db } = database
    const [oldTop, district, village, newTop] = [
      await aCommune('Tỉnh Cũ'),
      await aCommune('Huyện Cũ'),
      await aCommune('Xã Cũ'),
      await aCommune('Tỉnh Mới'),
    ]
    await moveAgency(db, district, { parentId: oldTop, from: '2020-01-01' })
    await moveAgency(db, village, { parentId: district, from: '2020-01-01' })
    for (const agencyId of [oldTop, district, village]) await closeAgency(db, agencyId, '2025-06-30')
    await recordSuccession(db, {
      oldAgencyId: oldTop,
      newAgencyId: newTop,
      kind: 'merge',
      answers: true,
      onDay: '2025-07-01',
    })
    assert.deepEqual(await subtree(db, newTop, '2026-01-01'), [oldTop, district, village, newTop])
    assert.deepEqual(await answersFor(db, newTop, '2026-01-01'), [oldTop, newTop])
  })

  test('closing ends what is inside', async () => {
    const { db } = database
    const agencyId = await aCommune()
    const unitId = await createUnit(db, { agencyId, kind: 'justice', name: 'Tư pháp', validFrom: '2020-01-01' })
    const officerId = await createOfficer(db, { name: 'Lê Văn An' })
    await createPost(db, { officerId, agencyId, unitId, role: 'specialist', validFrom: '2020-01-01' })
    await closeAgency(db, agencyId, '2025-06-30')
    assert.equal((await postsOf(db, officerId, '2025-06-30')).length, 1)
    assert.equal((await postsOf(db, officerId, '2025-07-01')).length, 0)
    assert.equal((await listUnits(db, agencyId, '2025-07-01')).length, 0)
    assert.equal((await listUnits(db, agencyId)).length, 1)
  })
})

describe('officers', () => {
  test('act in their own posts and in those lent to them, with what these reach', async () => {
    const { db } = database
    const agencyId = await aCommune()
    const unitId = await createUnit(db, { agencyId, kind: 'leadership', name: 'Lãnh đạo', validFrom: '2020-01-01' })
    const [leader, deputy] = [
      await createOfficer(db, { name: 'Phạm Văn Long' }),
      await createOfficer(db, { name: 'Đỗ Thị Ánh' }),
    ]
    const postId = await createPost(db, {
      officerId: leader,
      agencyId,
      unitId,
      role: 'leader',
      title: 'Chủ tịch',
      validFrom: '2021-01-01',
    })
    const delegationId = await createDelegation(db, {
      agencyId,
      postId,
      toOfficerId: deputy,
      validFrom: '2026-11-01',
      validTo: '2026-11-30',
      reason: 'Đi học',
    })
    const lent = {
      postId,
      agencyId,
      unitId,
      role: 'leader',
      onBehalfOf: leader,
      agencies: [agencyId],
      subtree: [agencyId],
    }
    assert.deepEqual(await postsOf(db, deputy, '2026-11-15'), [lent])
    assert.deepEqual(await postsOf(db, deputy, '2026-12-01'), [])
    assert.deepEqual(await postsOf(db, leader, '2026-11-15'), [{ ...lent, onBehalfOf: null }], 'the lender keeps it')
    await endDelegation(db, { agencyId, delegationId, lastDay: '2026-11-10' })
    assert.deepEqual(await postsOf(db, deputy, '2026-11-15'), [])
    await endPost(db, { agencyId, postId, lastDay: '2026-11-05' })
    assert.deepEqual(await postsOf(db, deputy, '2026-11-06'), [], 'a post that ended lends nothing')
  })

  test('are found without accents, by unit, and page by page', async () => {
    const { db } = database
    const agencyId = await aCommune()
    const unitId = await createUnit(db, { agencyId, kind: 'justice', name: 'Tư pháp', validFrom: '2020-01-01' })
    for (const name of ['Đặng Thị Hường', 'Đặng Văn Bình', 'Trần Thị Thuỷ']) {
      const officerId = await createOfficer(db, { name })
      await createPost(db, { officerId, agencyId, unitId, role: 'specialist', validFrom: '2026-01-01' })
    }
    const names = async (more: object) =>
      (await listOfficers(db, { day: '2026-11-20', agencies: [agencyId], ...more })).map((officer) => officer.name)
    assert.deepEqual(await names({ query: 'dang thi' }), ['Đặng Thị Hường'])
    assert.deepEqual(await names({ query: 'thuy' }), ['Trần Thị Thuỷ'])
    assert.deepEqual(await names({ limit: 2 }), ['Đặng Thị Hường', 'Đặng Văn Bình'])
    const [, last] = await listOfficers(db, { day: '2026-11-20', agencies: [agencyId], limit: 2 })
    assert.deepEqual(await names({ limit: 2, after: last?.officerId }), ['Trần Thị Thuỷ'])
    assert.deepEqual(await names({ day: '2025-12-31' }), [])
    assert.deepEqual(await names({ query: "' or 1=1" }), [])
  })

  test('hold no post twice at a time', async () => {
    const { db } = database
    const agencyId = await aCommune()
    const unitId = await createUnit(db, { agencyId, kind: 'office', name: 'Văn phòng', validFrom: '2020-01-01' })
    const post = {
      officerId: await createOfficer(db, { name: 'Lý A Sử' }),
      agencyId,
      unitId,
      role: 'clerk',
      validFrom: '2026-01-01',
    } as const
    await createPost(db, { ...post, validTo: '2026-06-30' })
    await assert.rejects(createPost(db, { ...post, validFrom: '2026-06-30' }), /post_once/)
    await createPost(db, { ...post, validFrom: '2026-07-01' })
  })

  test('are absent with a substitute', async () => {
    const { db } = database
    const agencyId = await aCommune()
    const [officerId, substituteId] = [
      await createOfficer(db, { name: 'Hà Văn Một' }),
      await createOfficer(db, { name: 'Hà Văn Hai' }),
    ]
    await recordAbsence(db, {
      agencyId,
      officerId,
      substituteId,
      validFrom: '2026-11-16',
      validTo: '2026-11-20',
      reason: 'Nghỉ phép',
    })
    assert.deepEqual(
      (await listAbsences(db, { agencies: [agencyId], from: '2026-11-20', to: '2026-11-20' })).map(
        (one) => one.substituteName,
      ),
      ['Hà Văn Hai'],
    )
    assert.deepEqual(await listAbsences(db, { agencies: [agencyId], from: '2026-11-21', to: '2026-11-30' }), [])
  })
})

test('the log of changes can be added to and nothing else', async () => {
  const { db } = database
  const agencyId = await aCommune()
  await recordChange(db, { agencyId, by: null, what: 'agency-made', details: {} })
  await assert.rejects(db.updateTable('staff.change').set({ what: 'x' }).execute(), /permission denied/)
  await assert.rejects(db.deleteFrom('staff.change').execute(), /permission denied/)
})

describe('the administrative units of Vietnam', () => {
  test('travel with the system, with their source', () => {
    const list = readShippedUnits()
    assert.match(list.source, /VietMap/)
    assert.equal(list.oldProvinces.length, 63)
    assert.equal(list.oldProvinces.flatMap((province) => province.districts).length, 696)
    assert.equal(
      list.oldProvinces.flatMap((province) => province.districts.flatMap((district) => district.communes)).length,
      10_035,
    )
    assert.equal(list.newProvinces.length, 34)
    assert.equal(listPlaces().length, 3321)
  })

  test('come in at once, and a second time nothing changes', async () => {
    const { db } = database
    const first = await importUnits(db)
    assert.deepEqual([first.agencies, first.addedAgencies, first.problems], [14_015, 14_015, []])
    const again = await importUnits(db)
    assert.deepEqual([again.addedAgencies, again.addedSuccessions, again.problems], [0, 0, []])
    const count = async (day: string, kind: string) =>
      (
        await database.ownerPool.query(
          `select count(*) from staff.agency a join staff.agency_code c using (agency_id)
        where a.kind = $2 and c.scheme = 'gso' and c.code ~ '^[0-9]+$' and daterange(a.valid_from, a.valid_to, '[]') @> $1::date`,
          [day, kind],
        )
      ).rows[0].count
    assert.deepEqual(
      await Promise.all(['province', 'district', 'commune'].map((kind) => count('2025-06-30', kind))),
      [63, 696, 10_035],
    )
    assert.deepEqual(
      await Promise.all(['province', 'district', 'commune'].map((kind) => count('2025-07-01', kind))),
      [34, 0, 3321],
    )
  })

  test('25308 was thị trấn Thanh Bình and is xã Thiện Hưng', async () => {
    const named = async (day: string) => {
      const agency = await findAgencyByCode(database.db, 'gso', '25308', day)
      return [agency?.fullName, agency?.parentName]
    }
    assert.deepEqual(await named('2025-06-30'), ['Thị trấn Thanh Bình', 'Huyện Bù Đốp'])
    assert.deepEqual(await named('2025-07-01'), ['Xã Thiện Hưng', 'Tỉnh Đồng Nai'])
    assert.deepEqual(await named('2026-04-30'), ['Xã Thiện Hưng', 'Thành phố Đồng Nai'])
  })

  test('Hải Hưng answers for Tân Trào, Ngô Quyền and Đoàn Kết', async () => {
    const { db } = database
    const agency = await findAgencyByCode(db, 'gso', '11257', '2026-11-20')
    assert.ok(agency)
    const names = (await listAgencies(db, await answersFor(db, agency.agencyId, '2026-11-20'), '2026-11-20')).map(
      (one) => one.fullName,
    )
    assert.deepEqual(names, ['Xã Đoàn Kết', 'Xã Hải Hưng', 'Xã Ngô Quyền', 'Xã Tân Trào'])
    assert.deepEqual(await answersFor(db, agency.agencyId, '2025-06-30'), [agency.agencyId])
  })

  test('687 wards became 697 when Đồng Nai became a city', async () => {
    const wards = async (day: string) =>
      (
        await database.ownerPool.query(
          `select count(*) from staff.agency a join staff.agency_name n using (agency_id)
        where a.kind = 'commune' and n.full_name like 'Phường %' and daterange(n.valid_from, n.valid_to, '[]') @> $1::date
          and exists (select from staff.agency_code c where c.agency_id = a.agency_id and c.code ~ '^[0-9]+$')`,
          [day],
        )
      ).rows[0].count
    assert.deepEqual([await wards('2025-07-01'), await wards('2026-04-29'), await wards('2026-04-30')], [687, 687, 697])
  })

  test('are found by any words of the name or by code', async () => {
    const { db } = database
    const found = await findAgencies(db, { day: '2026-11-20', query: 'hai hung', kinds: ['commune'] })
    assert.ok(found.some((agency) => agency.gsoCode === '11257'))
    assert.equal((await findAgencies(db, { day: '2026-11-20', query: '11257' })).length, 1)
    assert.equal(
      (await findAgencies(db, { day: '2025-01-01', query: 'doan ket', kinds: ['commune'] })).length >= 10,
      true,
    )
    assert.equal(
      (await listTopAgencies(db, '2026-11-20')).filter((agency) => agency.kind === 'province' && agency.gsoCode).length,
      34,
    )
  })

  test('addresses are chosen by new and by old names', () => {
    assert.equal(findPlaces({ query: 'hai hung hai phong' })[0]?.code, '11257')
    assert.equal(findPlaces({ query: 'doan ket', near: '11257' })[0]?.code, '11257', 'the own commune by its old name')
    assert.equal(
      findPlaces({ query: 'Thanh Miện', near: '11257' })[0]?.name,
      'Xã Thanh Miện',
      'not by its old district',
    )
    const [first] = findPlaces({ query: 'tan', near: '11257' })
    assert.equal(first?.provinceCode, '31', 'then those of the own province')
    assert.ok(findPlaces({ query: 'Đoàn Kết Thanh Miện' }).some((place) => place.code === '11257'))
    assert.ok(findPlaces({ provinceCode: '31', limit: 500 }).every((place) => place.provinceCode === '31'))
  })

  test('the compact form is made from the official lists', { skip: absent }, () => {
    const { list, problems } = readUnitFiles(shared)
    assert.equal(problems.length, 3)
    for (const problem of problems) assert.match(problem, /^mapping-old-to-new\.csv, dòng \d+: .+ không có mã; bỏ qua$/)
    assert.equal(writeShippedUnits(list), readFileSync(join(import.meta.dirname, 'data/units.json'), 'utf8'))
  })
})
if (absent) process.stderr.write(`\n*** ${absent} ***\n`)
