import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { aCommune, at, type Commune } from '../dossiers/testing.ts'
import { noneOlder, testDatabase, type TestDatabase } from '../platform/testing.ts'
import { withScope } from '../platform/db.ts'
import { castBallot, editCampaign, openUrns, type SurveyContext } from './commands.ts'
import { followReturns } from './followers.ts'
import { findByToken, invitationPath } from './invitations.ts'
import { findCampaign, type SurveyTx } from './store.ts'
import { aCampaign, aPlan, aReturnedDossier, openUrnsAtEnd } from './testing.ts'

let database: TestDatabase<never>
let context: SurveyContext
let commune: Commune
let place: { agencyId: number; campaignId: string }
const dossiers: { dossierId: string; code: string; token: string; answer: string }[] = []

const tokenIn = (path: string | undefined): string => path?.split('/').at(-1) ?? ''

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as SurveyContext
  database.setClock(at('2026-11-20', '09:00'))
  commune = await aCommune(context)
  place = await aCampaign(context, { agencyId: commune.agencyId, template: 'sipas' })
  for (let index = 0; index < 12; index++) {
    const identityNumber = `0010850${String(10_000 + index)}`
    const made = await aReturnedDossier(context, commune, { identityNumber, phone: `09123${String(10_000 + index)}` })
    dossiers.push({ ...made, token: '', answer: String(1 + (index % 5)) })
  }
  await noneOlder(database.ownerPool)
  await followReturns(context)
  for (const dossier of dossiers) dossier.token = tokenIn(await invitationPath(context, { ...place, ...dossier }))
})
after(() => database.close())

const answer = async (token: string, answers: Record<string, string | string[]>) => {
  const found = await findByToken(context, token)
  if (found.state !== 'open') return found.state
  const { agencyId, campaign, invitation } = found
  const marks = { unitId: invitation.unit_id, field: invitation.field, month: invitation.month }
  const outcome = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    castBallot(tx as unknown as SurveyTx, context.keys, {
      agencyId,
      campaign,
      channel: 'token',
      marks,
      answers,
      once: token,
      today: '2026-11-20',
    }),
  )
  return outcome.ok ? 'taken' : outcome.refusal.code
}

test('each result brings one invitation', async () => {
  assert.equal(new Set(dossiers.map(({ token }) => token)).size, 12)
  // Reading the log again asks nobody again.
  await database.ownerPool.query(`delete from platform.follower where name = 'surveys'`)
  await followReturns(context)
  const { rows } = await database.ownerPool.query('select count(*)::int as count from surveys.invitation')
  assert.deepEqual(rows, [{ count: 12 }])
})

test('the message carries the link and goes once', async () => {
  const { rows } = await database.ownerPool.query<{ template: string; secret: Buffer }>(
    `select template, secret from portal.message where template = 'survey-invitation'`,
  )
  assert.equal(rows.length, 12)
  const links = rows.map(({ secret }) => context.keys.decrypt(secret))
  for (const { token } of dossiers) assert.equal(links.filter((text) => text.includes(`/danh-gia/${token}`)).length, 1)
})

test('with the whole database in hand nobody joins a ballot with a person', async () => {
  const { ownerPool } = database
  // Everybody answers, each with an own mark in the answers so that the test can tell who said what.
  for (const { token, answer: level } of dossiers)
    assert.equal(
      await answer(token, {
        'access-1': level,
        'procedure-1': level,
        sex: 'female',
        age: '35-49',
        words: `Tôi là Nguyễn Văn An, số 0912345678. Ý kiến ${level}.`,
      }),
      'taken',
    )
  // In the urn nothing can be read, and all have the same length.
  const urn = await ownerPool.query<{ sealed: Buffer }>('select sealed from surveys.urn')
  assert.equal(urn.rows.length, 12)
  assert.equal(new Set(urn.rows.map(({ sealed }) => sealed.length)).size, 1)
  for (const { sealed } of urn.rows) assert.ok(!/access|Nguy|sex/.test(sealed.toString('latin1')))

  // Some always wait; they lie in the urn under new names.
  const before = await ownerPool.query<{ slot: string }>('select slot_id as slot from surveys.urn')
  assert.equal(await openUrns(context), 7)
  assert.equal(await openUrns(context), 0)
  const after_ = await ownerPool.query<{ slot: string }>('select slot_id as slot from surveys.urn')
  assert.equal(after_.rows.length, 5)
  assert.ok(after_.rows.every(({ slot }) => before.rows.every((row) => row.slot !== slot)))
  assert.equal(await openUrnsAtEnd(context), 5)
  const table = async (name: string) =>
    (
      await ownerPool.query<Record<string, unknown>>(
        `select xmin::text as xmin, ctid::text as ctid, t.* from ${name} t`,
      )
    ).rows
  const ballots = await table('surveys.ballot')
  const loose = await table('surveys.loose_answer')
  assert.equal(ballots.length, 12)
  assert.equal((await table('surveys.urn')).length, 0)

  // 1. By value: no value of a ballot, nor any hash of it, is found in a table that knows of persons or tokens.
  const people = [
    ...(await table('surveys.invitation')),
    ...(await table('surveys.spent')),
    ...(await table('dossiers.dossier')),
    ...(await table('dossiers.person')),
    ...(await table('portal.message')),
  ]
  const text = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('hex') : String(value))
  const known = new Set(people.flatMap((row) => Object.values(row).map(text)))
  for (const row of [...ballots, ...loose])
    for (const name of ['ballot_id', 'answer_id', 'xmin']) {
      const value = row[name]
      if (typeof value !== 'string') continue
      assert.ok(!known.has(value), `${name} leads to a person`)
      assert.ok(!known.has(createHash('sha256').update(value).digest('hex')))
      assert.ok(
        !known.has(
          createHash('sha256')
            .update(Buffer.from(value.replaceAll('-', ''), 'hex'))
            .digest('hex'),
        ),
      )
    }

  // 2. By transaction: ballots came out many in one, which wrote no invitation and used up no token.
  const groups = Object.values(Object.groupBy(ballots, ({ xmin }) => String(xmin)))
  assert.deepEqual(groups.map((group) => group?.length).toSorted(), [5, 7])

  // 3. By order: neither on disk nor by name are ballots in the order in which people answered, and what lies apart is
  // in another order than the ballots.
  const inOrder = dossiers.map(({ answer: level }) => level).join()
  const level = (row: Record<string, unknown>) => String((row['answers'] as Record<string, string>)['access-1'])
  const place = (row: Record<string, unknown>) => Number(/,(\d+)\)/.exec(String(row['ctid']))?.[1])
  const onDisk = ballots.toSorted((one, other) => place(one) - place(other))
  const byName = ballots.toSorted((one, other) => String(one['ballot_id']).localeCompare(String(other['ballot_id'])))
  assert.notEqual(onDisk.map(level).join(), inOrder)
  assert.notEqual(byName.map(level).join(), inOrder)
  const said = loose
    .filter((row) => row['words'] !== null)
    .toSorted((one, other) => place(one) - place(other))
    .map((row) => /kiến (\d)/.exec(String(row['words']))?.[1])
  assert.notEqual(said.join(), onDisk.map(level).join())

  // 4. By kind: whatever marks a ballot has, enough of those who were asked share them.
  const invitations = await table('surveys.invitation')
  for (const ballot of ballots) {
    const alike = invitations.filter((row) =>
      ['unit_id', 'field', 'month'].every((mark) => ballot[mark] === null || ballot[mark] === row[mark]),
    )
    assert.ok(alike.length >= 5)
  }

  // 5. By column: ballots carry nothing beyond these, and no time.
  const columns = await ownerPool.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'surveys' and table_name in ('ballot', 'loose_answer', 'spent', 'urn')`,
  )
  assert.ok(columns.rows.every(({ type }) => !/time|date/.test(type)))
  assert.deepEqual(
    [...new Set(columns.rows.map(({ name }) => name))].toSorted(),
    'agency_id answer_id answers ballot_id campaign_agency_id campaign_id choice field month question sealed slot_id spent_index unit_id words'.split(
      ' ',
    ),
  )

  // 6. Facts about the person and free words are in no ballot, and the words name nobody.
  for (const { answers } of ballots as { answers: Record<string, unknown> }[])
    assert.deepEqual(Object.keys(answers).toSorted(), ['access-1', 'procedure-1'])
  assert.ok(loose.every(({ words }) => words === null || !/Nguyễn|0912/.test(words as string)))
})

test('one who was not asked like enough others loses the marks that would tell', async () => {
  const other = await aCommune(context, { name: 'Xã Lẻ', code: 'H99.02' })
  const lone = await aCampaign(context, { agencyId: other.agencyId, plan: aPlan({ least: 5 }) })
  const { dossierId } = await aReturnedDossier(context, other, { identityNumber: '001085099999' })
  await noneOlder(database.ownerPool)
  await followReturns(context)
  const token = tokenIn(await invitationPath(context, { agencyId: other.agencyId, dossierId }))
  assert.equal(await answer(token, { q9: 'neutral' }), 'taken')
  // One alone stays in the urn …
  assert.equal(await openUrns(context), 0)
  database.setClock(at('2026-12-20', '09:00'))
  // … until the campaign is over, and then says nothing of where it came from.
  assert.equal(await openUrns(context), 1)
  database.setClock(at('2026-11-20', '09:00'))
  const { rows } = await database.ownerPool.query(
    'select unit_id, field, month from surveys.ballot where campaign_id = $1',
    [lone.campaignId],
  )
  assert.deepEqual(rows, [{ unit_id: null, field: null, month: null }])
})

test('who casts all ballots but one learns nothing of that one', async () => {
  const crowd = await aCommune(context, { name: 'Xã Đông', code: 'H99.04' })
  const campaign = await aCampaign(context, { agencyId: crowd.agencyId, channels: ['token', 'link'] })
  const { dossierId } = await aReturnedDossier(context, crowd, { identityNumber: '001085044444' })
  await noneOlder(database.ownerPool)
  await followReturns(context)
  const token = tokenIn(await invitationPath(context, { agencyId: crowd.agencyId, dossierId }))
  assert.equal(await answer(token, { q9: 'neutral' }), 'taken')
  await withScope(context.db, { agencies: [crowd.agencyId] }, async (scoped) => {
    const tx = scoped as unknown as SurveyTx
    const row = await findCampaign(tx, campaign)
    assert.ok(row)
    const marks = { unitId: null, field: null, month: '2026-11' }
    for (let index = 0; index < 14; index++) {
      const casting = { agencyId: crowd.agencyId, campaign: row, channel: 'link', marks, today: '2026-11-20' } as const
      const cast = await castBallot(tx, context.keys, {
        ...casting,
        answers: { q9: 'satisfied' },
        once: `stuffed-${index}`,
      })
      assert.ok(cast.ok)
    }
  })
  const said = async () =>
    (
      await database.ownerPool.query<{ answers: { q9: string }; field: string | null }>(
        'select answers, field from surveys.ballot where campaign_id = $1',
        [campaign.campaignId],
      )
    ).rows
  assert.equal(await openUrns(context), 9)
  assert.ok(
    (await said()).every(({ answers }) => answers.q9 === 'satisfied'),
    'the one who was asked still waits',
  )
  // At the end it comes with the others, and no mark tells it from them.
  assert.equal(await openUrnsAtEnd(context), 6)
  assert.equal((await said()).length, 15)
  assert.ok((await said()).every(({ field }) => field === null))
})

test('the end of a campaign comes once: it is not moved to empty the urn after each ballot', async () => {
  const fifth = await aCommune(context, { name: 'Xã Cuối', code: 'H99.05' })
  const campaign = await aCampaign(context, { agencyId: fifth.agencyId, plan: aPlan({ least: 5 }) })
  const edit = async (change: { lastDay?: string; least?: number }) => {
    const row = await withScope(context.db, { agencies: [fifth.agencyId] }, (tx) =>
      findCampaign(tx as unknown as SurveyTx, campaign),
    )
    assert.ok(row)
    const outcome = await editCampaign(context, {
      place: campaign,
      edit: {
        name: row.name,
        firstDay: row.first_day,
        lastDay: change.lastDay ?? row.last_day,
        agencies: row.agencies,
        channels: row.channels,
        plan: { ...row.plan, least: change.least ?? row.plan.least },
        revision: row.revision,
      },
      allowed: [fifth.agencyId],
      by: { officerId: null },
    })
    return outcome.ok ? row.plan.least : outcome.refusal.code
  }
  assert.equal(await edit({ lastDay: '2026-11-19' }), 'end-fixed')
  assert.equal(await edit({ lastDay: '2026-12-24' }), 5)
  await edit({ least: 3 })
  assert.equal(await edit({}), 5, 'people answered in the belief that they hide among five')
  database.setClock(at('2027-02-20', '09:00'))
  assert.equal(await edit({ lastDay: '2027-03-20' }), 'end-fixed')
  database.setClock(at('2026-11-20', '09:00'))
})

test('a quota is filled and no more are asked; others go on being asked', async () => {
  const sixth = await aCommune(context, { name: 'Xã Hạn', code: 'H99.06' })
  const quotas = [{ by: 'field' as const, key: 'civil-status', most: 2 }]
  const campaign = await aCampaign(context, { agencyId: sixth.agencyId, plan: aPlan({ quotas, restMonths: 0 }) })
  const made: string[] = []
  for (let index = 0; index < 4; index++) {
    const identityNumber = `0010850660${String(10 + index)}`
    made.push((await aReturnedDossier(context, sixth, { identityNumber, phone: `09126600${10 + index}` })).dossierId)
  }
  await noneOlder(database.ownerPool)
  await followReturns(context)
  const invited = async () =>
    (
      await database.ownerPool.query<{ field: string; count: number }>(
        'select field, count(*)::int as count from surveys.invitation where campaign_id = $1 group by field',
        [campaign.campaignId],
      )
    ).rows
  const [only] = await invited()
  assert.deepEqual(only, { field: 'civil-status', count: 2 })
})

test('a token counts once, also twice at the same time', async () => {
  const { token } = dossiers[0] ?? { token: '' }
  assert.equal(await answer(token, { 'access-1': '1' }), 'used')
  const { dossierId } = await aReturnedDossier(context, commune, { identityNumber: '001085077777' })
  await noneOlder(database.ownerPool)
  await followReturns(context)
  const fresh = tokenIn(await invitationPath(context, { agencyId: commune.agencyId, dossierId }))
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => answer(fresh, { 'access-1': '5' })))
  assert.deepEqual(
    outcomes.filter((outcome) => outcome === 'taken'),
    ['taken'],
  )
  assert.equal(await invitationPath(context, { agencyId: commune.agencyId, dossierId }), undefined)
})

test('nobody is asked again within the months of rest, and withdrawn papers are no result', async () => {
  const third = await aCommune(context, { name: 'Xã Nghỉ', code: 'H99.03' })
  await aCampaign(context, { agencyId: third.agencyId, plan: aPlan({ restMonths: 6 }) })
  const first = await aReturnedDossier(context, third)
  const second = await aReturnedDossier(context, third)
  const else_ = await aReturnedDossier(context, third, { identityNumber: '001085055555', phone: '0912000111' })
  await noneOlder(database.ownerPool)
  await followReturns(context)
  const path = (dossierId: string) => invitationPath(context, { agencyId: third.agencyId, dossierId })
  assert.ok(await path(first.dossierId))
  assert.equal(await path(second.dossierId), undefined)
  assert.ok(await path(else_.dossierId))
})

test('the application can neither change nor look into what was said, asked or used up', async () => {
  const agencies = [commune.agencyId]
  for (const statement of [
    `update surveys.ballot set answers = '{}'`,
    'delete from surveys.ballot',
    'delete from surveys.spent',
    'update surveys.spent set spent_index = spent_index',
    'update surveys.invitation set field = field',
    'delete from surveys.invitation',
    'delete from surveys.change',
  ]) {
    const client = await context.pool.connect()
    try {
      await client.query(`begin; select set_config('app.agencies', '{${agencies.join()}}', true)`)
      await assert.rejects(client.query(statement), /permission denied/, statement)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  // Another agency sees nothing.
  await withScope(context.db, { agencies: [999_999] }, async (scoped) => {
    const tx = scoped as unknown as SurveyTx
    assert.equal(await findCampaign(tx, place), undefined)
    for (const table of [
      'surveys.ballot',
      'surveys.invitation',
      'surveys.spent',
      'surveys.urn',
      'surveys.tally',
    ] as const)
      assert.deepEqual(await tx.selectFrom(table).selectAll().execute(), [], table)
  })
  assert.equal((await findByToken(context, `zz-${randomUUID().slice(0, 8)}`)).state, 'unknown')
})
