import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import type { CommandInput } from './contract.ts'
import { listDossiersOf } from './own.ts'
import { give, takeIn } from './requests.ts'
import { aCommune, anIntake, aPerson, at, type Commune } from './testing.ts'
import { knows, openByCode, trackingKey } from './tracking.ts'

let database: TestDatabase<never>
let context: DossierContext
let commune: Commune
before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
})
after(() => database.close())

const citizen = { actor: null, source: 'citizen' } as const
const ofMai = aPerson({
  name: 'Trần Thị Mai',
  identityNumber: '001190012345',
  sex: 'female',
  birthDay: '1990-05-01',
  phone: '0987654321',
})

async function lodgedOnline() {
  const outcome = await takeIn(
    context,
    citizen,
    anIntake(context, commune, { channel: 'online', decision: { type: 'none' }, persons: { applicant: ofMai } }),
  )
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.value
}

const ask = (dossierId: string, command: CommandInput) =>
  give(context, citizen, {
    agencyId: commune.agencyId,
    dossierId,
    body: { commandId: randomUUID(), version: null, command },
  })

test('an applicant withdraws alone, and does nothing that belongs to officers', async () => {
  const { dossierId } = await lodgedOnline()
  for (const command of [
    { type: 'receive' },
    { type: 'refuseReceipt', details: { reason: 'không' } },
    { type: 'collectFee', method: 'cash', receiptNumber: null },
    { type: 'assign', key: 'accept', officerId: null },
  ] as const) {
    const refused = await ask(dossierId, command)
    assert.equal(refused.ok ? 'done' : refused.refusal.code, 'not-your-task', command.type)
  }
  const withdrawn = await ask(dossierId, { type: 'withdraw', details: { reason: 'Tôi nộp nhầm' } })
  assert.ok(withdrawn.ok && withdrawn.value.dossier.status === 'withdrawn')
  const { rows } = await database.ownerPool.query<{ source: string; officer_id: number | null }>(
    'select source, officer_id from dossiers.event where dossier_id = $1 order by version',
    [dossierId],
  )
  assert.deepEqual(rows, [
    { source: 'citizen', officer_id: null },
    { source: 'citizen', officer_id: null },
  ])
})

test('papers are adjusted by the applicant before acceptance only', async () => {
  const { dossierId } = await lodgedOnline()
  const adjust: CommandInput = { type: 'recordComponents', components: [] }
  assert.ok((await ask(dossierId, adjust)).ok)
  const received = await give(
    context,
    { actor: commune.reception, source: 'officer' },
    {
      agencyId: commune.agencyId,
      dossierId,
      body: { commandId: randomUUID(), version: null, command: { type: 'receive' } },
    },
  )
  assert.ok(received.ok, JSON.stringify(received))
  const late = await ask(dossierId, adjust)
  assert.equal(late.ok ? 'done' : late.refusal.code, 'not-your-task')
})

test('own dossiers are found by the number, also from the counter, and nobody else’s', async () => {
  const mine = await listDossiersOf(context, '001190012345')
  assert.equal(mine.length, 2)
  const counter = await takeIn(
    context,
    { actor: commune.reception, source: 'officer' },
    anIntake(context, commune, { persons: { applicant: aPerson(), submitter: ofMai } }),
  )
  assert.ok(counter.ok)
  assert.equal((await listDossiersOf(context, '001 190 012 345')).length, 3)
  assert.equal((await listDossiersOf(context, '001190012346')).length, 0)
  assert.equal((await listDossiersOf(context, '')).length, 0)
})

test('the key of the receipt and a number of the person are two proofs', async () => {
  const { dossier, dossierId } = await lodgedOnline()
  const opened = await openByCode(context, ` ${dossier.code.toLowerCase()} `)
  assert.equal(opened?.dossierId, dossierId)
  assert.ok(opened)
  assert.equal(knows(context, opened, trackingKey(context.keys, opened).toLowerCase()), 'key')
  assert.equal(knows(context, opened, '+84 987 654 321'), 'person')
  assert.equal(knows(context, opened, '001190012345'), 'person')
  for (const wrong of ['', '0', '0912345678', '{}', '001190012346'])
    assert.equal(knows(context, opened, wrong), undefined)
  assert.equal(await openByCode(context, 'H99.01-261120-9999'), undefined)
})
