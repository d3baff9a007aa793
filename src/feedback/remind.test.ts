import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { aCommune, anOfficer, at, type Commune } from '../dossiers/testing.ts'
import type { Actor } from '../identity/index.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { sendDue } from '../portal/notices/index.ts'
import { openMailbox, type Mailbox } from '../portal/notices/testing.ts'
import { updateOfficer } from '../staff/index.ts'
import { execute, receive, type Order } from './commands.ts'
import type { PublicContext, PublicTables } from './public-routes.ts'
import { remindOfPetitions } from './remind.ts'
import { petitionKey } from './sealing.ts'
import { aPetition } from './testing.ts'

let database: TestDatabase<PublicTables>
let context: PublicContext
let commune: Commune
let mailbox: Mailbox
before(async () => {
  database = await testDatabase<PublicTables>()
  mailbox = await openMailbox()
  const { config } = database.context
  context = {
    ...database.context,
    config: { ...config, publicUrl: 'https://motcua.example.gov.vn', mail: mailbox.server },
  }
  database.setClock(at('2026-11-02', '08:30'))
  commune = await aCommune(context)
  for (const name of ['leader', 'clerk', 'justice', 'reception'] as const) await giveMail(commune[name], name)
  await anOfficer(context, {
    agencyId: commune.agencyId,
    unitId: commune.units.office,
    role: 'clerk',
    name: 'Văn thư không có thư điện tử',
  })
})
after(async () => {
  await mailbox.close()
  await database.close()
})

const giveMail = ({ officerId, name }: Actor, box: string) =>
  updateOfficer(context.db, {
    officerId,
    name,
    title: '',
    email: `${box}@xa.example`,
    phone: '',
    staffCode: null,
  })

async function received(): Promise<{ petitionId: string; code: string }> {
  const outcome = await receive(context, { actor: null, source: 'sender' }, aPetition(commune.agencyId))
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.value
}

async function give(petitionId: string, actor: Actor, order: Order): Promise<void> {
  const outcome = await execute(
    context,
    { actor },
    { agencyId: commune.agencyId, petitionId, commandId: randomUUID(), version: null, order },
  )
  assert.ok(outcome.ok, JSON.stringify(outcome))
}

/** Letters to officers; the sender of the petition gets others. */
const letters = (): { to: string; text: string }[] =>
  mailbox.letters
    .map(({ to, text }) => ({ to: to && !Array.isArray(to) ? to.text : '', text: text ?? '' }))
    .filter(({ to }) => to.endsWith('@xa.example'))

/** Who gets a letter about this petition at that moment, though the job runs twice. */
async function toldAt(day: string, { code }: { code: string }): Promise<string[]> {
  database.setClock(at(day, '08:30'))
  mailbox.letters.length = 0
  await remindOfPetitions(context)
  await remindOfPetitions(context)
  await sendDue(context)
  return letters()
    .filter(({ text }) => text.includes(code))
    .map(({ to }) => to.replace('@xa.example', ''))
    .toSorted()
}

test('a new petition is told to who sorts it, the working day before its time ends and once it is over', async () => {
  // Received on Monday 2 November: to be sorted by Monday the ninth.
  const petition = await received()
  assert.deepEqual(await toldAt('2026-11-05', petition), [])
  assert.deepEqual(await toldAt('2026-11-06', petition), ['clerk', 'leader'])
  assert.match(letters()[0]?.text ?? '', /09\/11\/2026/)
  assert.ok(letters()[0]?.text.includes(`/can-bo/phan-anh/${petition.petitionId}`))
  assert.deepEqual(await toldAt('2026-11-09', petition), [], 'once')
  assert.deepEqual(await toldAt('2026-11-10', petition), ['clerk', 'leader'])
  assert.deepEqual(await toldAt('2026-11-11', petition), [], 'once')
})

test('who handles it is told, the leader when it is too late, and nobody whom it concerns', async () => {
  database.setClock(at('2026-11-02', '08:30'))
  const { units, clerk, justice, leader } = commune
  const handled = await received()
  const accepted: Order = {
    type: 'accept',
    kind: 'behaviour',
    unitId: units.justice,
    officerId: justice.officerId,
  }
  await give(handled.petitionId, clerk, accepted)
  const concerning = await received()
  await give(concerning.petitionId, clerk, { ...accepted, officerId: null })
  await give(concerning.petitionId, clerk, { type: 'protect', restricted: false, concerned: [justice.officerId] })
  const ofUnit = await received()
  await give(ofUnit.petitionId, clerk, { ...accepted, officerId: null })
  const answered = await received()
  await give(answered.petitionId, clerk, accepted)
  await give(answered.petitionId, justice, { type: 'propose', text: 'Dự thảo' })
  await give(answered.petitionId, leader, { type: 'answer', text: 'Đã xử lý' })
  await give(answered.petitionId, leader, { type: 'keepPrivate', text: 'Không công khai' })
  // To be answered by Monday the 23rd; the 24th is a holiday.
  assert.deepEqual(await toldAt('2026-11-20', handled), ['justice'])
  assert.deepEqual(await toldAt('2026-11-20', ofUnit), [], 'told in the same hour')
  assert.deepEqual(await toldAt('2026-11-25', handled), ['justice', 'leader'])
  for (const { code } of [concerning, ofUnit, answered]) {
    const { rows } = await database.ownerPool.query<{ masked: string }>(
      `select m.masked_address as masked from portal.message m join feedback.petition p
         on p.code = $1 and m.dedupe_key like 'petition-waiting/' || p.petition_id || '/%'`,
      [code],
    )
    const expected = { [concerning.code]: 1, [ofUnit.code]: 3, [answered.code]: 0 }
    assert.equal(rows.length, expected[code], JSON.stringify(rows))
  }
})

test('the letter to the sender carries what opens the petition on another device', async () => {
  const { petitionId, code } = await received()
  mailbox.letters.length = 0
  await sendDue(context)
  const key = petitionKey(context.keys, { agencyId: commune.agencyId, petitionId })
  const link = `/phan-anh/theo-doi?ma=${code}&k=${key}`
  assert.ok(
    mailbox.letters.some(({ text }) => text?.includes(link)),
    mailbox.letters[0]?.text,
  )
})
