import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { NumbersTaken, openBulk, type Bulk } from './bulk.ts'
import type { DossierContext } from './commands.ts'
import type { CommandInput } from './contract.ts'
import { give, takeIn } from './requests.ts'
import { aCommune, anIntake, aPerson, at, type Commune } from './testing.ts'
import { verifyLog } from './verify.ts'

let database: TestDatabase<never>
let context: DossierContext

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
})
after(() => database.close())

type Through = Pick<Bulk, 'takeIn' | 'give'>
const ordinary: Through = {
  takeIn: (giver, body, times) => takeIn(context, giver, body, times),
  give: (giver, body, times) => give(context, giver, body, times),
}

let commands = 0
const commandId = () => `00000000-0000-4000-8000-${String(++commands).padStart(12, '0')}`

/** Some stories with everything that a log may hold: persons, notes, a late one, a refusal, one left open. */
async function tell(commune: Commune, { takeIn, give }: Through): Promise<void> {
  const { agencyId, reception, justice, leader, clerk } = commune
  const receive = async (clock: string, change: Parameters<typeof anIntake>[2] = {}) => {
    const when = at('2026-11-18', clock)
    database.setClock(when)
    const body = { ...anIntake(context, commune, change), commandId: commandId() }
    const taken = await takeIn({ actor: reception, source: 'demo' }, body, { occurredAt: when, recordedAt: when })
    assert.ok(taken.ok, JSON.stringify(taken))
    let { dossier } = taken.value
    return async (actor: typeof reception | null, moment: string, command: CommandInput) => {
      const times = { occurredAt: moment, recordedAt: moment }
      const open = dossier.open[0]?.key ?? ''
      const given = await give(
        { actor, source: 'demo' },
        {
          agencyId,
          dossierId: taken.value.dossierId,
          body: {
            commandId: commandId(),
            version: dossier.version,
            command: 'key' in command ? { ...command, key: open } : command,
          },
        },
        times,
      )
      assert.ok(given.ok, JSON.stringify(given))
      dossier = given.value.dossier
    }
  }
  const sign = {
    type: 'signResult',
    key: '',
    outcome: 'granted',
    documentNumber: '12',
    signedOn: '2026-11-18',
  } as const
  const signed = { ...sign, fileId: null, electronic: true, details: null }
  const birth = await receive('08:30', { remark: 'Cần sớm' })
  await birth(reception, at('2026-11-18', '08:40'), { type: 'forward' })
  await birth(justice, at('2026-11-18', '08:50'), { type: 'completeStep', key: '', details: null, resultNumber: null })
  await birth(leader, at('2026-11-18', '09:10'), signed)
  await birth(clerk, at('2026-11-18', '09:15'), { type: 'completeStep', key: '', details: null, resultNumber: '12' })
  await birth(reception, at('2026-11-18', '09:30'), {
    type: 'returnResult',
    delivery: 'counter',
    recipient: aPerson({ name: 'Lê Văn Nhận', relation: 'em' }),
    details: null,
  })
  const late = await receive('09:00')
  await late(reception, at('2026-11-18', '09:05'), { type: 'forward' })
  await late(leader, at('2026-11-19', '08:00'), {
    type: 'apologise',
    newDay: '2026-11-20',
    cause: 'own-agency',
    details: { reason: 'Chờ xác minh' },
  })
  await late(justice, at('2026-11-19', '09:00'), { type: 'completeStep', key: '', details: null, resultNumber: null })
  await receive('09:20', {
    decision: { type: 'refuseReceipt', details: { reason: 'Không thuộc thẩm quyền' } },
    components: [],
  })
  await receive('15:30')
}

/** The log of an agency with ids, hashes and what says where it lies left out. */
async function logOf(agencyId: number): Promise<string> {
  const { rows } = await database.ownerPool.query(
    `select d.code, e.version, e.type, e.body, e.occurred_at, e.recorded_at, e.source, e.ordinal, u.kind, o.name
     from dossiers.event e join dossiers.dossier d using (agency_id, dossier_id)
     left join staff.post p on p.post_id = e.post_id left join staff.unit u on u.unit_id = p.unit_id
     left join staff.officer o on o.officer_id = e.officer_id
     where e.agency_id = $1 order by d.code, e.version`,
    [agencyId],
  )
  return JSON.stringify(rows, (key, value: unknown) =>
    ['id', 'hash', 'agencyId', 'unitId', 'officerId', 'signerOfficerId'].includes(key) ? undefined : value,
  ).replaceAll(/H98\.0\d/g, 'H98')
}

const beside = async (agencyId: number) => {
  const { rows } = await database.ownerPool.query(
    `select (select json_agg(to_jsonb(d) - 'agency_id' - 'dossier_id' - 'head_hash' - 'code' - 'received_by' - 'signed_by' order by code) from dossiers.dossier d where agency_id = $1) as dossiers,
      (select count(*)::int from dossiers.task where agency_id = $1) as tasks,
      (select json_agg(json_build_array(content, identity_index, phone_index, name_key) order by content->>'name', recorded_at) from dossiers.person where agency_id = $1) as persons,
      (select json_agg(content order by recorded_at) from dossiers.note where agency_id = $1) as notes,
      (select json_agg(json_build_array(day, last) order by day) from dossiers.counter where agency_id = $1) as numbers,
      (select json_agg(name_key order by name_key) from dossiers.name where agency_id = $1) as names`,
    [agencyId],
  )
  return rows
}

test('a bulk writes the log that commands would have written, and everything beside it', async () => {
  const byCommands = await aCommune(context, { name: 'Xã Từng Bước', code: 'H98.01' })
  const byBulk = await aCommune(context, { name: 'Xã Nạp Gộp', code: 'H98.02' })
  await tell(byCommands, ordinary)
  const bulk = await openBulk(context, byBulk.agencyId)
  await tell(byBulk, bulk)
  assert.deepEqual(await bulk.write(), { dossiers: 4, events: 16 })
  assert.equal(await logOf(byBulk.agencyId), await logOf(byCommands.agencyId))
  assert.deepEqual(await beside(byBulk.agencyId), await beside(byCommands.agencyId))
  const report = await verifyLog(context)
  assert.deepEqual(report.findings, [])
  assert.equal(report.dossiers, 8)

  // It goes on after what was written, and so does everybody else.
  await tell(byBulk, bulk)
  await bulk.write()
  await tell(byBulk, ordinary)
  const { rows } = await database.ownerPool.query<{ code: string }>(
    'select code from dossiers.dossier where agency_id = $1 order by code',
    [byBulk.agencyId],
  )
  assert.deepEqual(
    rows.map(({ code }) => code.slice(-4)),
    Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(4, '0')),
  )
  assert.deepEqual((await verifyLog(context)).findings, [])
})

test('what the rules refuse takes no number and writes nothing', async () => {
  const commune = await aCommune(context, { name: 'Xã Từ Chối', code: 'H98.03' })
  const bulk = await openBulk(context, commune.agencyId)
  const times = { occurredAt: at('2026-11-18', '10:00'), recordedAt: at('2026-11-18', '10:00') }
  const body = anIntake(context, commune, { components: [] })
  const refused = await bulk.takeIn({ actor: commune.reception, source: 'demo' }, body, times)
  assert.ok(!refused.ok)
  assert.equal(refused.refusal.code, 'components-missing')
  assert.deepEqual(await bulk.write(), { dossiers: 0, events: 0 })
})

test('a bulk is written whole or not at all', async () => {
  const commune = await aCommune(context, { name: 'Xã Dở Dang', code: 'H98.04' })
  const bulk = await openBulk(context, commune.agencyId)
  await tell(commune, bulk)
  await assert.rejects(
    bulk.write(() => Promise.reject(new Error('cut short'))),
    /cut short/,
  )
  const { rows } = await database.ownerPool.query('select from dossiers.event where agency_id = $1', [commune.agencyId])
  assert.equal(rows.length, 0)
})

test('numbers that somebody else gave out meanwhile are not given out again', async () => {
  const commune = await aCommune(context, { name: 'Xã Hai Quầy', code: 'H98.05' })
  const bulk = await openBulk(context, commune.agencyId)
  await tell(commune, bulk)
  await tell(commune, ordinary)
  await assert.rejects(bulk.write(), NumbersTaken)
  assert.deepEqual((await verifyLog(context)).findings, [])
})
