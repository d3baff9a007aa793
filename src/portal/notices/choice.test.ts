import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { changeNoticeWays, give, readDossier, takeIn, type IntakeBody, type NoticeWay } from '../../dossiers/index.ts'
import { aCommune, anIntake, aPerson, at, type Commune } from '../../dossiers/testing.ts'
import type { TablesOf } from '../../platform/context.ts'
import { withScope } from '../../platform/db.ts'
import { noneOlder, testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { updateOfficer } from '../../staff/index.ts'
import { offeredWays, reachedIn } from './choice.ts'
import { followNotices, type FollowContext } from './followers.ts'
import { usualSettings } from './rules/settings.ts'
import { addSetting } from './store.ts'
import { tellSubmitter } from './tell-submitter.ts'

let database: TestDatabase<TablesOf<FollowContext>>
let context: FollowContext
let commune: Commune

before(async () => {
  database = await testDatabase()
  database.setClock(at('2026-11-20', '08:30'))
  ;({ context } = database)
  commune = await aCommune(context)
  const { officerId, name } = commune.reception
  const contact = { email: 'mot.cua@xa.example', phone: '0987654321' }
  await updateOfficer(context.db, { officerId, name, title: '', staffCode: null, ...contact })
})
after(() => database.close())

const me = aPerson({ email: 'an@thu.example', phone: '0912345678' })

async function lodged(change: Partial<IntakeBody>): Promise<string> {
  const body = anIntake(context, commune, {
    channel: 'online',
    persons: { applicant: me },
    decision: { type: 'none' },
    ...change,
  })
  const taken = await takeIn(context, { actor: commune.reception, source: 'officer' }, body)
  assert.ok(taken.ok, JSON.stringify(taken))
  return taken.value.dossierId
}

async function told(dossierId: string): Promise<[string, string, string[]][]> {
  await noneOlder(database.ownerPool)
  await followNotices(context)
  const { rows } = await database.ownerPool.query<{ template: string; channel: string; further_channels: string[] }>(
    'select template, channel, further_channels from portal.message where dossier_id = $1 order by position',
    [dossierId],
  )
  return rows.map(({ template, channel, further_channels: further }) => [template, channel, further])
}

const requestSupplement = (dossierId: string) =>
  give(
    context,
    { actor: commune.reception, source: 'officer' },
    {
      agencyId: commune.agencyId,
      dossierId,
      body: {
        commandId: randomUUID(),
        version: null,
        command: { type: 'requestSupplement', componentKeys: [], details: { reason: 'Bản chụp mờ' } },
      },
    },
  )

test('who asked for SMS is told by SMS; what must arrive goes on by other ways; the desk keeps its own', async () => {
  const dossierId = await lodged({ noticeWays: ['sms'] })
  assert.ok((await requestSupplement(dossierId)).ok)
  const lines = await told(dossierId)
  assert.deepEqual(
    lines.filter(([template]) => template !== 'officer-online-waiting'),
    [
      ['dossier-lodged', 'sms', []],
      ['dossier-supplement', 'sms', ['email', 'zalo']],
    ],
  )
})

test('the alarm of the desk is no matter of the citizen', async () => {
  const dossierId = await lodged({ noticeWays: ['zalo'] })
  const alarm = (await told(dossierId)).find(([template]) => template === 'officer-online-waiting')
  assert.deepEqual(alarm, ['officer-online-waiting', 'email', []])
})

test('who left it open is told as the authority sends', async () => {
  const dossierId = await lodged({})
  const lines = await told(dossierId)
  assert.deepEqual(lines[0], ['dossier-lodged', 'email', ['zalo', 'sms']])
})

test('a choice that was changed holds from the next message on, whichever room tells', async () => {
  const { agencyId } = commune
  const dossierId = await lodged({ noticeWays: ['sms'] })
  await told(dossierId)
  const ways: NoticeWay[] = ['email', 'zalo']
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    changeNoticeWays(tx, { agencyId, dossierId, ways, at: context.clock(), officerId: null }),
  )
  const opened = (await readDossier(context, agencyId, dossierId)) ?? assert.fail()
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    tellSubmitter({ ...context, db: tx }, opened, {
      template: 'payment-received',
      factsIn: () => ({ code: opened.dossier.code, amount: '8.000 đồng', receiptLink: '/thanh-toan/x' }),
      dedupeKey: `paid/${dossierId}`,
    }),
  )
  assert.deepEqual((await told(dossierId)).at(-1), ['payment-received', 'email', ['zalo']])
})

test('where the chosen way has no address any more, the person is told all the same', async () => {
  const dossierId = await lodged({ noticeWays: ['email'], persons: { applicant: { ...me, email: '' } } })
  assert.deepEqual((await told(dossierId))[0], ['dossier-lodged', 'zalo', ['sms']])
})

test('only ways that the authority has set up and that can be gone are offered', async () => {
  const { agencyId } = commune
  assert.deepEqual(await offeredWays(context, agencyId), [], 'neither a mail server nor a gateway')
  const mail = { host: 'mail.example', port: 25, from: 'mot.cua@xa.example', perMinute: 60 }
  const withMail = { ...context, config: { ...context.config, mail: mail as never } }
  assert.deepEqual(await offeredWays(withMail, agencyId), ['email'])
  const url = 'https://gateway.example/sms'
  const body = { ...usualSettings, channels: ['sms' as const], sms: { url, sender: 'XA HAI HUNG', perMinute: 60 } }
  const secret = context.keys.encrypt(JSON.stringify({ sms: 'a secret of the gateway' }))
  const row = { agency_id: agencyId, version: 1, body, secret, written_by: 1, written_at: context.clock() }
  await withScope(context.db, { agencies: [agencyId] }, (tx) => addSetting(tx, row))
  assert.deepEqual(await offeredWays(withMail, agencyId), [], 'mail is off, the gateway is not allowed')
  const whole = { ...withMail, config: { ...withMail.config, noticeGateways: [url] } }
  assert.deepEqual(await offeredWays(whole, agencyId), ['sms'])
})

test('whom notices go to is who acts', async () => {
  const submitter = aPerson({ name: 'Nguyễn Văn Con', identityNumber: '001085012346', email: 'con@thu.example' })
  const dossierId = await lodged({ persons: { applicant: me, submitter } })
  const opened = (await readDossier(context, commune.agencyId, dossierId)) ?? assert.fail()
  const { email, phone } = reachedIn(context.keys, opened)
  assert.deepEqual({ email, phone }, { email: 'con@thu.example', phone: '0912345678' })
})
