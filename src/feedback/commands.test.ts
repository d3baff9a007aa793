import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { aCommune, anOfficer, at, type Commune } from '../dossiers/testing.ts'
import type { Actor } from '../identity/index.ts'
import { sql } from 'kysely'
import { withScope } from '../platform/db.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { execute, receive, type Order } from './commands.ts'
import type { CountedPetition, PetitionFigureId, PetitionQuestion } from './contract.ts'
import { countPetitions, listCounted } from './figure-store.ts'
import { petitionFigureIds } from './rules/figures.ts'
import type { PublicContext, PublicTables } from './public-routes.ts'
import { findByCode, loadEvents } from './store.ts'
import { aPetition } from './testing.ts'
import { tidyPetitions } from './tidy.ts'

let database: TestDatabase<PublicTables>
let context: PublicContext
let commune: Commune
let other: Commune
before(async () => {
  database = await testDatabase<PublicTables>()
  context = database.context
  database.setClock(at('2026-11-02', '08:30'))
  commune = await aCommune(context)
  other = await aCommune(context, { name: 'Xã Bên', code: 'H99.02' })
})
after(() => database.close())

const received = async (change = {}, when?: string) => {
  const outcome = await receive(context, { actor: null, source: 'sender' }, aPetition(commune.agencyId, change), when)
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.value
}
const give = (
  petitionId: string,
  actor: Actor | null,
  order: Order,
  { version = null as number | null, commandId = randomUUID(), when = undefined as string | undefined } = {},
) =>
  execute(context, actor ? { actor } : { actor: null, source: 'sender' }, {
    agencyId: commune.agencyId,
    petitionId,
    commandId,
    version,
    order,
    ...(when ? { at: when } : {}),
  })
const codeOf = (outcome: { ok: boolean } & Record<string, unknown>) =>
  (outcome as unknown as { refusal?: { code: string } }).refusal?.code ?? 'accepted'
const rowOf = (code: string) =>
  withScope(context.db, { agencies: [commune.agencyId] }, (tx) => findByCode(tx, commune.agencyId, code))

test('a petition goes from the web to an answer that is rated, and is reopened once', async () => {
  const { petitionId, code } = await received()
  assert.match(code, /^PA\d+-26-\d{4}$/)
  const assign: Order = {
    type: 'accept',
    kind: 'behaviour',
    unitId: commune.units.justice,
    officerId: commune.justice.officerId,
  }
  assert.equal(codeOf(await give(petitionId, commune.justice, assign)), 'not-your-right')
  assert.equal(codeOf(await give(petitionId, commune.clerk, assign)), 'accepted')
  assert.equal(codeOf(await give(petitionId, commune.justice, { type: 'propose', text: 'Dự thảo' })), 'accepted')
  assert.equal(codeOf(await give(petitionId, commune.justice, { type: 'answer', text: 'Trả lời' })), 'not-your-right')
  assert.equal(
    codeOf(await give(petitionId, commune.leader, { type: 'answer', text: 'Đã nhắc nhở cán bộ.' })),
    'accepted',
  )
  assert.equal(codeOf(await give(petitionId, commune.leader, { type: 'answer', text: 'Lần nữa' })), 'not-allowed-now')
  assert.equal(codeOf(await give(petitionId, null, { type: 'rate', rating: 'dissatisfied', text: '' })), 'accepted')
  assert.equal(codeOf(await give(petitionId, null, { type: 'rate', rating: 'satisfied', text: '' })), 'already-rated')
  assert.equal(codeOf(await give(petitionId, null, { type: 'reopen', text: 'Vẫn chưa xong' })), 'accepted')
  assert.equal((await rowOf(code))?.status, 'reopened')
  await give(petitionId, commune.leader, { type: 'answer', text: 'Đã giải quyết.' })
  assert.equal(codeOf(await give(petitionId, null, { type: 'reopen', text: 'Lần hai' })), 'already-reopened')
})

test('due dates count working days by the calendar of the agency', async () => {
  // Monday 2 November 2026: five working days later is Monday the ninth, fifteen is Monday the 23rd; the 24th is a holiday.
  const { petitionId, code } = await received()
  assert.equal((await rowOf(code))?.due_at?.slice(0, 10), '2026-11-09')
  await give(petitionId, commune.clerk, {
    type: 'accept',
    kind: 'regulation',
    unitId: commune.units.land,
    officerId: null,
  })
  assert.equal((await rowOf(code))?.due_at?.slice(0, 10), '2026-11-23')
  await give(petitionId, commune.clerk, { type: 'extend', text: 'Cần xác minh' })
  assert.equal((await rowOf(code))?.due_at?.slice(0, 10), '2026-12-08')
  assert.equal(codeOf(await give(petitionId, commune.clerk, { type: 'extend', text: 'Nữa' })), 'already-extended')
})

test('time stands still while the sender is asked for more', async () => {
  const { petitionId, code } = await received()
  await give(
    petitionId,
    commune.clerk,
    { type: 'requestSupplement', text: 'Ngày nào?' },
    { when: at('2026-11-03', '09:00') },
  )
  assert.equal((await rowOf(code))?.status, 'awaiting-supplement')
  await give(petitionId, null, { type: 'supplement', text: 'Ngày 1' }, { when: at('2026-11-10', '09:00') })
  await give(
    petitionId,
    commune.clerk,
    { type: 'accept', kind: 'behaviour', unitId: commune.units.land, officerId: null },
    { when: at('2026-11-10', '10:00') },
  )
  assert.equal((await rowOf(code))?.due_at?.slice(0, 10), '2026-12-01')
})

test('a command id happens once, and belongs to one petition', async () => {
  const one = await received()
  const two = await received()
  const commandId = randomUUID()
  const refusal: Order = { type: 'refuse', ground: 'no-content', text: 'Không rõ' }
  const first = await give(one.petitionId, commune.clerk, refusal, { commandId })
  const again = await give(one.petitionId, commune.clerk, refusal, { commandId })
  assert.ok(first.ok && again.ok && again.value.repeated && again.value.version === first.value.version)
  assert.equal(codeOf(await give(two.petitionId, commune.clerk, refusal, { commandId })), 'command-id-used')
  const intake = aPetition(commune.agencyId)
  const taken = await Promise.all([1, 2, 3].map(() => receive(context, { actor: null, source: 'sender' }, intake)))
  assert.equal(new Set(taken.map((each) => each.ok && each.value.code)).size, 1)
})

test('of two officers at once one is told that the other was first', async () => {
  const { petitionId } = await received()
  const outcomes = await Promise.all(
    [commune.clerk, commune.leader].map((actor) =>
      give(
        petitionId,
        actor,
        { type: 'accept', kind: 'behaviour', unitId: commune.units.land, officerId: null },
        { version: 1 },
      ),
    ),
  )
  assert.deepEqual(outcomes.map(codeOf).toSorted(), ['accepted', 'changed-meanwhile'])
})

test('another agency neither reads nor changes it', async () => {
  const { petitionId } = await received()
  assert.equal(
    codeOf(await give(petitionId, other.leader, { type: 'refuse', ground: 'other', text: 'x' })),
    'not-your-right',
  )
  const events = await withScope(context.db, { agencies: [other.agencyId] }, (tx) =>
    loadEvents(tx, { agencyId: commune.agencyId, petitionId }),
  )
  assert.deepEqual(events, [])
})

test('a denunciation is for leaders and clerks, and never for the one it concerns', async () => {
  const { petitionId } = await received({ restricted: true })
  assert.equal(codeOf(await give(petitionId, commune.reception, { type: 'withdraw', text: '' })), 'not-your-right')
  const second = await anOfficer(context, {
    agencyId: commune.agencyId,
    unitId: commune.units.leadership,
    role: 'leader',
    name: 'Phó Chủ tịch',
  })
  await give(petitionId, commune.leader, { type: 'protect', restricted: true, concerned: [second.officerId] })
  assert.equal(codeOf(await give(petitionId, second, { type: 'refuse', ground: 'other', text: 'x' })), 'not-your-right')
  const chosen: Order = {
    type: 'accept',
    kind: 'behaviour',
    unitId: commune.units.leadership,
    officerId: second.officerId,
  }
  assert.equal(codeOf(await give(petitionId, commune.leader, chosen)), 'officer-is-concerned')
  const guide: Order = { type: 'guide', referral: 'denunciation', authority: 'Thanh tra tỉnh', text: 'Chuyển đơn' }
  assert.equal(codeOf(await give(petitionId, commune.leader, guide)), 'accepted')
})

test('it moves to another agency with all that was said, and keeps its past here', async () => {
  const { petitionId, code } = await received()
  const moved = await give(petitionId, commune.clerk, {
    type: 'transfer',
    toAgencyId: other.agencyId,
    text: 'Thuộc xã Bên',
  })
  assert.equal(codeOf(moved), 'accepted')
  const row = await rowOf(code)
  assert.equal(row?.status, 'forwarded')
  const { rows } = await database.ownerPool.query<{ channel: string; status: string; writings: number }>(
    `select p.channel, p.status, (select count(*)::int from feedback.writing w where w.petition_id = p.petition_id) as writings
     from feedback.petition p where petition_id = $1`,
    [row?.next_petition_id],
  )
  assert.deepEqual(rows, [{ channel: 'agency', status: 'new', writings: 2 }])
})

test('nothing that people wrote lies readable in the database, and the log cannot be changed', async () => {
  const { petitionId } = await received()
  const { rows } = await database.ownerPool.query<{ all: string }>(
    `select coalesce(string_agg(x, ' '), '') as all from (
       select e::text as x from feedback.event e union all select p::text from feedback.petition p
       union all select encode(sealed, 'escape') from feedback.writing) t`,
  )
  assert.doesNotMatch(rows[0]?.all ?? '', /Bình|0912|binh@|đi lại ba lần/)
  for (const statement of ['update feedback.event set type = type', 'delete from feedback.event'])
    await assert.rejects(
      withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
        sql.raw(`${statement} where petition_id = '${petitionId}'`).execute(tx),
      ),
      /permission denied/,
    )
})

test('figures: the number is the length of its list, the parts balance, and the past stays as it was known', async () => {
  const place = await aCommune(context, { name: 'Xã Số', code: 'H99.03' })
  const take = async (when: string) => {
    const outcome = await receive(context, { actor: null, source: 'sender' }, aPetition(place.agencyId), when)
    assert.ok(outcome.ok)
    return outcome.value.petitionId
  }
  const act = (petitionId: string, order: Order, when: string) =>
    execute(
      context,
      { actor: place.leader },
      { agencyId: place.agencyId, petitionId, commandId: randomUUID(), version: null, order, at: when },
    )
  const assign: Order = { type: 'accept', kind: 'behaviour', unitId: place.units.justice, officerId: null }
  const [old, settled, referred, open] = [
    await take(at('2026-09-28', '09:00')),
    await take(at('2026-10-05', '09:00')),
    await take(at('2026-10-06', '09:00')),
    await take(at('2026-10-20', '09:00')),
  ]
  await act(old, assign, at('2026-09-29', '09:00'))
  await act(old, { type: 'answer', text: 'Trả lời muộn' }, at('2026-10-30', '09:00'))
  await act(settled, assign, at('2026-10-06', '09:00'))
  await act(settled, { type: 'answer', text: 'Trả lời' }, at('2026-10-12', '09:00'))
  await act(
    referred,
    { type: 'guide', referral: 'complaint', authority: 'UBND tỉnh', text: 'Gửi đơn' },
    at('2026-10-07', '09:00'),
  )
  /** The same list, one petition a page. */
  const byPages = async (question: PetitionQuestion, figure: PetitionFigureId, cursor?: string) => {
    const { items, next } = await listCounted(context.db, question, { figure, cursor, limit: 1 })
    const rest: CountedPetition[] = next === null ? [] : await byPages(question, figure, next)
    return [...items, ...rest]
  }
  const ask = async (knownAt: string | null) => {
    const question = { agencies: [place.agencyId], from: '2026-10-01', to: '2026-10-31', knownAt }
    const pairs = await Promise.all(
      petitionFigureIds.map(async (figure) => {
        const [count, list] = await Promise.all([
          countPetitions(context.db, question, { figure }),
          listCounted(context.db, question, { figure }),
        ])
        assert.equal(count, list.items.length, figure)
        assert.deepEqual(await byPages(question, figure), list.items, figure)
        return [figure, count] as const
      }),
    )
    return Object.fromEntries(pairs) as Record<(typeof petitionFigureIds)[number], number>
  }
  const now = await ask(null)
  assert.deepEqual([now['petitions-received'], now['petitions-settled']], [2, 1])
  assert.deepEqual([now['petitions-handled-in-time'], now['petitions-handled-late']], [1, 1])
  assert.equal(
    now['petitions-carried'] + now['petitions-taken-in'],
    now['petitions-forwarded'] + now['petitions-handled'] + now['petitions-withdrawn'] + now['petitions-open'],
  )
  const then = await ask(at('2026-10-31', '23:00'))
  await act(open, { type: 'refuse', ground: 'no-content', text: 'Không rõ' }, at('2026-11-01', '09:00'))
  assert.deepEqual(await ask(at('2026-10-31', '23:00')), then)
  assert.equal((await ask(null))['petitions-open'], 1)
})

test('what nobody may have opened again is closed by itself; what is not published yet stays', async () => {
  const { petitionId, code } = await received({}, at('2026-09-01', '09:00'))
  const assign: Order = { type: 'accept', kind: 'behaviour', unitId: commune.units.justice, officerId: null }
  await give(petitionId, commune.clerk, assign, { when: at('2026-09-03', '09:00') })
  await give(petitionId, commune.leader, { type: 'answer', text: 'Đã xong' }, { when: at('2026-09-10', '09:00') })
  await tidyPetitions(context)
  assert.equal((await rowOf(code))?.status, 'answered')
  await give(petitionId, commune.leader, { type: 'keepPrivate', text: 'Liên quan người khác' })
  await tidyPetitions(context)
  assert.equal((await rowOf(code))?.status, 'closed')
})
