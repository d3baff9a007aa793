import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createAccount } from '../identity/accounts.ts'
import type { IdentityContext } from '../identity/index.ts'
import { GOOD_PASSWORD } from '../identity/testing.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { correctPerson, mend } from './amend.ts'
import type { DossierContext, Giver } from './commands.ts'
import type { CommandInput, IntakeBody, PersonInput } from './contract.ts'
import { eraseByNumber } from './erasure.ts'
import { listDossiersOf } from './own.ts'
import { rebuildRows } from './rebuild.ts'
import { give, takeIn } from './requests.ts'
import type { Filed } from './rules/amend.ts'
import { aCommune, anIntake, aPerson, at, type Commune } from './testing.ts'
import { knows } from './tracking.ts'
import { verifyLog } from './verify.ts'
import { readDossier, viewDossier, type OpenedDossier } from './view.ts'

let database: TestDatabase<never>
let context: DossierContext
let commune: Commune

const COPIES = '2.000635'
const none = { copies: 0, pages: 0, signatures: 0, contracts: 0 }
const citizen: Giver = { actor: null, source: 'citizen' }

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
})
after(() => database.close())

let born = 0
/** A person of her own for each dossier, so that one test does not meet another's. */
const anApplicant = (change: Partial<PersonInput> = {}): PersonInput => {
  born += 1
  return aPerson({
    name: 'Trần Thị Mai',
    sex: 'female',
    birthDay: '1985-01-01',
    identityNumber: `0011850${String(born).padStart(5, '0')}`,
    phone: `0987${String(born).padStart(6, '0')}`,
    ...change,
  })
}

async function lodged(applicant: PersonInput, change: Partial<IntakeBody> = {}): Promise<string> {
  const taken = await takeIn(
    context,
    citizen,
    anIntake(context, commune, {
      procedureCode: COPIES,
      caseKey: 'standard',
      channel: 'online',
      persons: { applicant },
      components: [],
      decision: { type: 'none' },
      ...change,
    }),
  )
  assert.ok(taken.ok, JSON.stringify(taken))
  return taken.value.dossierId
}

const opened = async (dossierId: string): Promise<OpenedDossier> =>
  (await readDossier(context, commune.agencyId, dossierId)) ?? assert.fail()

const filed = (applicant: PersonInput, change: Partial<Filed> = {}): Filed => ({
  persons: { applicant },
  delivery: null,
  deliveryAddress: '',
  feeUnits: none,
  ...change,
})

type Mending = 'recordComponents' | 'acceptSupplement'
const mended = (
  dossierId: string,
  [was, is]: [Filed, Filed],
  { type = 'recordComponents', commandId = randomUUID() }: { type?: Mending; commandId?: string } = {},
) => mend(context, { agencyId: commune.agencyId, dossierId, commandId, type, components: [], before: was, after: is })

const officer = (dossierId: string, command: CommandInput, actor = commune.reception) =>
  give(
    context,
    { actor, source: 'officer' },
    { agencyId: commune.agencyId, dossierId, body: { commandId: randomUUID(), version: null, command } },
  )

const eventsOf = async (dossierId: string): Promise<string[]> =>
  (await opened(dossierId)).events.map(({ type }) => type)

test('name, number and copies reach the dossier, its lists, its proofs and what is owed', async () => {
  const was = anApplicant()
  const is = { ...was, name: 'Trần Thị Mây', identityNumber: '001185900001', phone: '0977000001' }
  const dossierId = await lodged(was)
  assert.equal((await opened(dossierId)).dossier.feeDue, 8000)
  const outcome = await mended(dossierId, [filed(was), filed(is, { feeUnits: { ...none, copies: 3 } })])
  assert.ok(outcome.ok, JSON.stringify(outcome))
  assert.equal(outcome.value.dossier.feeDue, 24_000)
  assert.deepEqual(await eventsOf(dossierId), ['lodged', 'amended'])

  const now = await opened(dossierId)
  assert.deepEqual(
    now.persons.map(({ content }) => content?.name),
    ['Trần Thị Mây'],
  )
  const row = await database.ownerPool.query(
    'select applicant_name, fee_due from dossiers.dossier where dossier_id = $1',
    [dossierId],
  )
  assert.deepEqual(row.rows, [{ applicant_name: 'Trần Thị Mây', fee_due: 24_000 }])
  const task = await database.ownerPool.query('select applicant_name from dossiers.task where dossier_id = $1', [
    dossierId,
  ])
  assert.deepEqual(task.rows, [{ applicant_name: 'Trần Thị Mây' }])

  assert.equal(knows(context, now, is.identityNumber), 'person')
  assert.equal(knows(context, now, is.phone), 'person')
  assert.equal(knows(context, now, was.identityNumber), undefined)
  assert.equal(knows(context, now, was.phone), undefined)
  const own = async (number: string) => (await listDossiersOf(context, number)).map((each) => each.dossierId)
  assert.deepEqual(await own(is.identityNumber), [dossierId])
  assert.deepEqual(await own(was.identityNumber), [])

  const { timeline } = await viewDossier(context, commune.reception, now)
  assert.deepEqual(timeline.at(-1)?.changes, [
    { role: 'applicant', what: 'name', before: 'Trần Thị Mai', after: 'Trần Thị Mây' },
    { role: 'applicant', what: 'identityNumber', before: '0011••••0001', after: '0011••••0001' },
    { role: 'applicant', what: 'phone', before: was.phone, after: is.phone },
    { role: null, what: 'fee', before: '8000', after: '24000' },
  ])
  // Nothing of a person in the open log.
  const log = await database.ownerPool.query<{ body: unknown }>(
    "select body from dossiers.event where dossier_id = $1 and type = 'amended'",
    [dossierId],
  )
  assert.doesNotMatch(JSON.stringify(log.rows), /Mây|0977000001|001185900001/)
})

test('what came from elsewhere than the form stays: who filed, the screen of delivery, exemptions, typed counts', async () => {
  const was = anApplicant()
  const submitter = anApplicant({ name: 'Lê Thị Thay', relation: 'người được ủy quyền' })
  const dossierId = await lodged(was, {
    persons: { applicant: was, submitter },
    delivery: 'post',
    deliveryAddress: 'Số 1 phố Huế',
    feeUnits: { copies: 4, pages: 1, signatures: 1, contracts: 1 },
  })
  assert.ok((await mended(dossierId, [filed(was), filed({ ...was, address: 'Thôn Đoài' })])).ok)
  const { dossier, persons } = await opened(dossierId)
  assert.deepEqual(
    persons.map(({ content }) => [content?.roles[0], content?.address, content?.deliveryAddress]).toSorted(),
    [
      ['applicant', 'Thôn Đoài', 'Số 1 phố Huế'],
      ['submitter', submitter.address, ''],
    ],
  )
  assert.deepEqual([dossier.delivery, dossier.feeDue], ['post', 32_000])
})

test('the same said again is no entry, and a form that says nothing of the dossier neither', async () => {
  const was = anApplicant()
  const dossierId = await lodged(was)
  assert.ok((await mended(dossierId, [filed(was), filed({ ...was, name: ` ${was.name} ` })])).ok)
  assert.ok(
    (
      await mend(context, {
        agencyId: commune.agencyId,
        dossierId,
        commandId: randomUUID(),
        type: 'recordComponents',
        components: [],
        before: null,
        after: null,
      })
    ).ok,
  )
  assert.deepEqual(await eventsOf(dossierId), ['lodged', 'componentsRecorded', 'componentsRecorded'])
})

test('sent twice it counts once, one after the other and in the same moment', async () => {
  const was = anApplicant()
  const dossierId = await lodged(was)
  const commandId = randomUUID()
  const change: [Filed, Filed] = [filed(was), filed(was, { feeUnits: { ...none, copies: 2 } })]
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => mended(dossierId, change, { commandId })))
  assert.ok(
    outcomes.every(({ ok }) => ok),
    JSON.stringify(outcomes),
  )
  assert.ok((await mended(dossierId, change, { commandId })).ok)
  assert.deepEqual(await eventsOf(dossierId), ['lodged', 'amended'])
  assert.equal((await opened(dossierId)).dossier.feeDue, 16_000)
})

test('an officer accepts in the same moment: either both happened in order, or the change is refused whole', async () => {
  for (let round = 0; round < 6; round += 1) {
    const was = anApplicant()
    const dossierId = await lodged(was)
    const [change, receipt] = await Promise.all([
      mended(dossierId, [filed(was), filed({ ...was, name: 'Trần Thị Mây' })]),
      officer(dossierId, { type: 'receive' }),
    ])
    assert.ok(receipt.ok, JSON.stringify(receipt))
    const { dossier, persons, superseded } = await opened(dossierId)
    assert.equal(dossier.status, 'received')
    assert.equal(persons[0]?.content?.name, change.ok ? 'Trần Thị Mây' : 'Trần Thị Mai')
    assert.equal(superseded.length, change.ok ? 1 : 0)
    if (!change.ok) assert.equal(change.refusal.code, 'not-your-task')
  }
})

test('once it is accepted only a supplement that was asked for changes it; nobody but the applicant gives it', async () => {
  const was = anApplicant()
  const is = { ...was, name: 'Trần Thị Mây' }
  const dossierId = await lodged(was)
  assert.ok((await officer(dossierId, { type: 'receive' })).ok)
  const early = await mended(dossierId, [filed(was), filed(is)], { type: 'acceptSupplement' })
  assert.ok(!early.ok && early.refusal.code === 'not-allowed-now')
  assert.ok((await officer(dossierId, { type: 'forward' })).ok)
  const asked = await officer(
    dossierId,
    { type: 'requestSupplement', details: { reason: 'Ghi sai tên' }, componentKeys: [] },
    commune.justice,
  )
  assert.ok(asked.ok, JSON.stringify(asked))
  database.setClock(at('2026-11-23', '09:00'))
  assert.ok((await mended(dossierId, [filed(was), filed(is)], { type: 'acceptSupplement' })).ok)
  assert.deepEqual((await eventsOf(dossierId)).slice(-2), ['supplementReceived', 'amended'])
  const { dossier, persons } = await opened(dossierId)
  assert.equal(dossier.clockStartedAt, at('2026-11-23', '09:00'))
  assert.equal(persons[0]?.content?.name, 'Trần Thị Mây')
  database.setClock(at('2026-11-20', '08:30'))
})

test('a person who could not have been taken in is not mended in', async () => {
  const was = anApplicant()
  const dossierId = await lodged(was)
  for (const [change, code] of [
    [{ birthDay: '2020-01-01', identityNumber: '001320012345' }, 'applicant-under-age'],
    [{ identityKind: 'none', identityNumber: '' }, 'identity-number-missing'],
  ] as const) {
    const outcome = await mended(dossierId, [filed(was), filed({ ...was, ...change })])
    assert.ok(!outcome.ok && outcome.refusal.code === code, JSON.stringify(outcome))
  }
  const posted = await mended(dossierId, [filed(was), filed(was, { delivery: 'post' })])
  assert.ok(!posted.ok && posted.refusal.code === 'delivery-address-missing')
  assert.deepEqual(await eventsOf(dossierId), ['lodged'])
})

test('paid already: the difference is owed, or there to be given back', async () => {
  const was = anApplicant()
  const dossierId = await lodged(was)
  assert.ok((await officer(dossierId, { type: 'collectFee', method: 'cash', receiptNumber: null })).ok)
  const copies = (before: number, after: number): [Filed, Filed] => [
    filed(was, { feeUnits: { ...none, copies: before } }),
    filed(was, { feeUnits: { ...none, copies: after } }),
  ]
  assert.ok((await mended(dossierId, copies(1, 3))).ok)
  const more = (await opened(dossierId)).dossier
  assert.deepEqual([more.feeDue, more.feePaid], [24_000, 8000])
  assert.ok((await officer(dossierId, { type: 'collectFee', method: 'cash', receiptNumber: null })).ok)
  assert.ok((await mended(dossierId, copies(3, 1))).ok)
  const less = (await opened(dossierId)).dossier
  assert.deepEqual([less.feeDue, less.feePaid], [8000, 24_000])
  const nothing = await officer(dossierId, { type: 'collectFee', method: 'cash', receiptNumber: null })
  assert.ok(!nothing.ok && nothing.refusal.code === 'nothing-to-pay')
})

test('the desk corrects a person with a reason: once, by right, and told before and after', async () => {
  const was = anApplicant({ name: 'Đỗ Thị Nhầm' })
  const dossierId = await lodged(was)
  const commandId = randomUUID()
  const body = {
    commandId,
    version: (await opened(dossierId)).dossier.version,
    role: 'applicant',
    change: { name: 'Đỗ Thị Đúng', phone: '0911222333' },
    reason: 'Người nộp đến quầy, xuất trình thẻ căn cước',
  } as const
  const asked = { agencyId: commune.agencyId, dossierId, body }
  const denied = await correctPerson(context, commune.clerk, asked)
  assert.ok(!denied.ok && denied.refusal.code === 'not-your-task')
  const wrong = await correctPerson(context, commune.reception, {
    ...asked,
    body: { ...body, commandId: randomUUID(), change: { phone: '12' } },
  })
  assert.ok(!wrong.ok && wrong.refusal.code === 'phone-format')
  assert.ok((await correctPerson(context, commune.reception, asked)).ok)
  const again = await correctPerson(context, commune.reception, asked)
  assert.ok(again.ok && again.value.repeated)
  const same = await correctPerson(context, commune.reception, {
    ...asked,
    body: { ...body, commandId: randomUUID(), version: body.version + 1 },
  })
  assert.ok(!same.ok && same.refusal.code === 'person-unchanged')
  const view = await viewDossier(context, commune.reception, await opened(dossierId))
  assert.equal(view.persons[0]?.name, 'Đỗ Thị Đúng')
  assert.ok(view.commands.some(({ type, refusal }) => type === 'amend' && refusal === null))
  const entry = view.timeline.at(-1)
  assert.equal(entry?.details?.reason, body.reason)
  assert.deepEqual(
    entry.changes.map(({ what, before, after }) => [what, before, after]),
    [
      ['name', 'Đỗ Thị Nhầm', 'Đỗ Thị Đúng'],
      ['phone', was.phone, '0911222333'],
    ],
  )
  assert.deepEqual((await verifyLog(context)).findings, [])
})

test('the log stays whole, rows are rebuilt as they were, and what does not fit is found', async () => {
  const was = anApplicant()
  const dossierId = await lodged(was)
  assert.ok((await mended(dossierId, [filed(was), filed({ ...was, name: 'Trần Thị Mây' })])).ok)
  assert.deepEqual((await verifyLog(context)).findings, [])
  const rows = async () =>
    (
      await database.ownerPool.query('select * from dossiers.person where dossier_id = $1 order by person_id', [
        dossierId,
      ])
    ).rows as { superseded_at: string | null }[]
  const before = await rows()
  await database.ownerPool.query(
    'update dossiers.person set superseded_at = null, name_key = null where dossier_id = $1 and superseded_at is not null',
    [dossierId],
  )
  assert.deepEqual(
    (await verifyLog(context)).findings.map(({ code, dossierId: id }) => [code, id]),
    [['row-differs', dossierId]],
  )
  assert.equal((await rebuildRows(context)).rebuilt, 1)
  assert.deepEqual(await rows(), before)
  assert.deepEqual((await verifyLog(context)).findings, [])
})

test('erasing a person takes along what stood there before it was mended', async () => {
  const was = anApplicant({ name: 'Hoàng Thị Nhầm' })
  const is = { ...was, name: 'Hoàng Thị Đúng', identityNumber: '001185900009' }
  const dossierId = await lodged(was)
  assert.ok((await mended(dossierId, [filed(was), filed(is)])).ok)
  assert.ok((await officer(dossierId, { type: 'refuseReceipt', details: { reason: 'Không thuộc thẩm quyền' } })).ok)
  const account = await createAccount(database.context as unknown as IdentityContext, {
    officerId: commune.admin.officerId,
    userName: 'quantri',
    password: GOOD_PASSWORD,
    demo: true,
  })
  assert.ok(account.ok)
  const erased = await eraseByNumber(context, {
    agencyId: commune.agencyId,
    identityNumber: is.identityNumber,
    basis: 'yêu cầu của người dân',
    accountId: account.value,
    source: 'test',
  })
  assert.deepEqual(erased, { erased: 1, kept: 0 })
  const { rows } = await database.ownerPool.query<{ content: unknown; secret: unknown; identity_index: unknown }>(
    'select content, secret, identity_index from dossiers.person where dossier_id = $1',
    [dossierId],
  )
  assert.equal(rows.length, 2)
  assert.ok(rows.every((row) => row.content === null && row.secret === null && row.identity_index === null))
  const names = await database.ownerPool.query("select 1 from dossiers.name where name_key like 'hoang thi%'")
  assert.equal(names.rowCount, 0)
  assert.deepEqual((await verifyLog(context)).findings, [])
  const { timeline } = await viewDossier(context, commune.reception, await opened(dossierId))
  assert.deepEqual(timeline.find(({ type }) => type === 'amended')?.changes, [
    { role: 'applicant', what: 'person', before: null, after: null },
  ])
})
