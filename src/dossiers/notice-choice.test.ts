import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { extractText } from 'unpdf'
import { closeRenderer } from '../documents/index.ts'
import { withScope } from '../platform/db.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import type { IntakeBody, NoticeWay } from './contract.ts'
import { changeNoticeWays, readNoticeWays } from './notice-choice-store.ts'
import { printPaper } from './papers.ts'
import { takeIn } from './requests.ts'
import { aCommune, anIntake, aPerson, at, type Commune } from './testing.ts'
import { readDossier } from './view.ts'

let database: TestDatabase<never>
let context: DossierContext
let commune: Commune

before(async () => {
  database = await testDatabase<never>()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
})
after(async () => {
  await closeRenderer()
  await database.close()
})

const contact = { phone: '0912 345 678', email: 'an@thu.example' }

async function taken(change: Partial<IntakeBody>): Promise<{ body: IntakeBody; dossierId: string }> {
  const body = anIntake(context, commune, { persons: { applicant: aPerson(contact) }, ...change })
  const outcome = await takeIn(context, { actor: commune.reception, source: 'officer' }, body)
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return { body, dossierId: outcome.value.dossierId }
}

const waysOf = (dossierId: string, agencies = [commune.agencyId]) =>
  withScope(context.db, { agencies }, (tx) => readNoticeWays(tx, { agencyId: commune.agencyId, dossierId }))

const change = (dossierId: string, ways: NoticeWay[]) =>
  withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
    changeNoticeWays(tx, { agencyId: commune.agencyId, dossierId, ways, at: context.clock(), officerId: null }),
  )

async function registeredOn(dossierId: string): Promise<string> {
  const opened = (await readDossier(context, commune.agencyId, dossierId)) ?? assert.fail()
  const version = opened.events.find(({ type }) => type === 'received')?.version
  const pdf = (await printPaper(context, opened, `receipt-${version}`)) ?? assert.fail()
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: true })
  const said = /Đăng ký nhận thông báo qua:\s*(.+?)\s*(?:Vào Sổ|9\.|\n|$)/s.exec(text)?.[1] ?? assert.fail(text)
  return said.replaceAll(/\s+/g, ' ')
}

test('the receipt prints exactly the ways that were chosen at the desk', async () => {
  const { dossierId } = await taken({ noticeWays: ['sms'] })
  assert.deepEqual(await waysOf(dossierId), ['sms'])
  assert.match(await registeredOn(dossierId), /^Tin nhắn SMS đến số 0912 345 678/)
  assert.doesNotMatch(await registeredOn(dossierId), /an@thu\.example/)
})

test('without a choice the receipt prints whatever was given, as before', async () => {
  const { dossierId } = await taken({})
  assert.equal(await waysOf(dossierId), null)
  assert.match(await registeredOn(dossierId), /^Điện thoại 0912 345 678; Thư điện tử an@thu\.example/)
})

test('who is told is whoever acts: the receipt names the contact of the delegate', async () => {
  const delegate = aPerson({
    name: 'Trần Thị Mai',
    identityNumber: '001190012345',
    phone: '',
    email: 'mai@thu.example',
  })
  const { dossierId } = await taken({
    persons: { applicant: aPerson(contact), delegate: { ...delegate, sex: 'female', birthDay: '1990-05-01' } },
    noticeWays: ['email'],
  })
  assert.match(await registeredOn(dossierId), /^Thư điện tử mai@thu\.example/)
})

test('a choice can be changed and taken back; an intake that is sent again does not undo it', async () => {
  const { body, dossierId } = await taken({ noticeWays: ['sms', 'zalo'] })
  await change(dossierId, ['email'])
  const again = await takeIn(context, { actor: commune.reception, source: 'officer' }, body)
  assert.ok(again.ok && again.value.repeated && again.value.dossierId === dossierId)
  assert.deepEqual(await waysOf(dossierId), ['email'])
  await change(dossierId, [])
  assert.equal(await waysOf(dossierId), null)
})

test('the choice is seen by the authority of the dossier alone', async () => {
  const { dossierId } = await taken({ noticeWays: ['email'] })
  assert.equal(await waysOf(dossierId, [commune.agencyId + 1000]), null)
  await assert.rejects(
    withScope(context.db, { agencies: [commune.agencyId + 1000] }, (tx) =>
      changeNoticeWays(tx, {
        agencyId: commune.agencyId,
        dossierId: randomUUID(),
        ways: ['sms'],
        at: context.clock(),
        officerId: null,
      }),
    ),
    /row-level security/,
  )
})
