import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type pg from 'pg'
import { isReceptionOpen, loadCalendar } from '../src/calendar/index.ts'
import { countDossiers, countQueue, summariseWork } from '../src/dossiers/queries.ts'
import { verifyLog, type DossierTables } from '../src/dossiers/index.ts'
import { findUser } from '../src/identity/index.ts'
import { verifyPassword } from '../src/identity/passwords.ts'
import { withScope, type Db } from '../src/platform/db.ts'
import { testDatabase, type TestDatabase } from '../src/platform/testing.ts'
import { demoAccounts, fillDemo, foundDemo, playHaiHung, type DemoContext, type Founded } from './index.ts'
import { todayFor } from './hai-hung.ts'
import { playWaitingRoom } from './waiting-room.ts'

const clock = (day: string, time: string) => new Date(`${day}T${time}:00+07:00`).toISOString()

async function query<Row extends pg.QueryResultRow>(
  { ownerPool }: TestDatabase<never>,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await ownerPool.query<Row>(text, values)).rows
}

let database: TestDatabase<never>
let context: DemoContext
let founded: Founded

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DemoContext
})
after(() => database.close())

describe('the demo', () => {
  const lines: string[] = []
  // A Sunday.
  const now = clock('2026-11-22', '20:15')

  before(async () => {
    database.setClock(now)
    founded = await foundDemo(context)
    await fillDemo(context, founded, (line) => lines.push(line))
  })

  const doanKet = `select d.* from dossiers.dossier d where agency_id in (select agency_id from staff.agency_code where scheme = 'gso' and code = '11263')`

  it('has what xã Đoàn Kết received in the first quarter of 2023, by field and channel', async () => {
    const counts = await query(
      database,
      `select field, count(*)::int as all, count(*) filter (where channel = 'online')::int as online from (${doanKet}) d group by field order by field`,
    )
    assert.deepEqual(counts, [
      { field: 'authentication', all: 349, online: 349 },
      { field: 'civil-status', all: 141, online: 126 },
      { field: 'land', all: 1, online: 1 },
      { field: 'merit', all: 13, online: 9 },
      { field: 'social-protection', all: 19, online: 19 },
    ])
    const [sum] = await query(
      database,
      `select count(*)::int as all, count(*) filter (where channel = 'online')::int as online, count(*) filter (where channel = 'counter')::int as counter from (${doanKet}) d`,
    )
    assert.deepEqual(sum, { all: 523, online: 504, counter: 19 })
  })

  it('received and returned them all within the quarter, all in time, under the law of then', async () => {
    const [facts] = await query(
      database,
      `select count(*) filter (where lodged_at >= '2022-12-10 00:00+07' and received_at < '2023-03-10 00:00+07')::int as received,
        count(*) filter (where returned_at < '2023-03-10 00:00+07')::int as returned,
        count(*) filter (where finished_at <= due_current and finished_at <= returned_at and received_at <= finished_at)::int as "inTime",
        count(*) filter (where (finished_at at time zone 'Asia/Ho_Chi_Minh')::date < (due_original at time zone 'Asia/Ho_Chi_Minh')::date)::int > 20 as "someEarly",
        count(*) filter (where status = 'returned' and outcome = 'granted' and apologies = 0 and extensions = 0)::int as ended
      from (${doanKet}) d`,
    )
    assert.deepEqual(facts, { received: 523, returned: 523, inTime: 523, someEarly: true, ended: 523 })
    const events = await query(
      database,
      `select e.body ->> 'law' as law, e.source, count(*)::int from dossiers.event e join (${doanKet}) d using (agency_id, dossier_id) where e.type = 'received' group by 1, 2`,
    )
    assert.deepEqual(events, [{ law: 'nd61-2018', source: 'demo', count: 523 }])
    const [versions] = await query(
      database,
      `select count(*)::int as count from (${doanKet}) d join catalogue.procedure_version v on v.version_id = d.procedure_version_id
       where v.valid_from <= '2022-12-10' and v.valid_to >= '2023-03-09'`,
    )
    assert.equal(versions?.['count'], 523)
  })

  it('works in office hours only, and never during Tết', async () => {
    const { calendar } = await loadCalendar(context.db, null)
    const moments = await query<{ at: string; type: string }>(
      database,
      `select distinct e.occurred_at as at, e.type from dossiers.event e join (${doanKet}) d using (agency_id, dossier_id) where e.officer_id is not null`,
    )
    // Somebody may finish at the very minute in which the office closes.
    const outside = moments.filter(
      ({ at }) =>
        !isReceptionOpen(calendar, at) && !isReceptionOpen(calendar, new Date(Date.parse(at) - 60_000).toISOString()),
    )
    assert.deepEqual(outside, [])
    assert.ok(moments.length > 3000)
    const tet = moments.filter(({ at }) => at >= clock('2023-01-20', '00:00') && at < clock('2023-01-27', '00:00'))
    assert.deepEqual(tet, [])
  })

  it('numbers the dossiers of a day without a gap, in the order of time', async () => {
    const gaps = await query(
      database,
      `select agency_id, day from (
         select agency_id, split_part(code, '-', 2) as day, split_part(code, '-', 3)::int as number,
           row_number() over (partition by agency_id, split_part(code, '-', 2) order by lodged_at, code) as place
         from dossiers.dossier) n
       where number <> place and agency_id in (select agency_id from (${doanKet}) d)`,
    )
    assert.deepEqual(gaps, [])
    const double = await query(
      database,
      `select agency_id, split_part(code, '-', 2) as day from dossiers.dossier group by 1, 2 having count(*) <> max(split_part(code, '-', 3)::int)`,
    )
    assert.deepEqual(double, [])
  })

  it('has a log that agrees with every row and every open step, and persons whose numbers can be', async () => {
    const report = await verifyLog(context)
    assert.deepEqual(report.findings, [])
    assert.ok(report.dossiers >= 523 + 80)
  })

  it('lets every account in with its password, and says that it is a demo', async () => {
    const accounts = await demoAccounts(context)
    assert.ok(accounts.length >= 15)
    assert.equal(new Set(accounts.map(({ password }) => password)).size, accounts.length)
    for (const { username, password } of accounts) {
      assert.ok(password.length >= 14, password)
      const user = await findUser(context, username)
      assert.ok(user?.demo, username)
    }
    const [first] = accounts
    const [row] = await query<{ password_hash: string }>(
      database,
      'select password_hash from identity.account where user_name = $1',
      [first?.username],
    )
    assert.ok(await verifyPassword(first?.password ?? '', row?.password_hash))
    const [setting] = await query<{ text: string }>(
      database,
      `select value::text as text from platform.setting where name = 'demo'`,
    )
    assert.ok(setting && !setting.text.includes(first?.password ?? '-'))
  })

  it('tells how far it is', () => {
    assert.ok(lines.some((line) => line.includes('523/523')))
  })
})

describe('xã Hải Hưng at work', () => {
  const starts: readonly (readonly [string, string, string])[] = [
    ['an ordinary morning', '2026-11-17', '09:40'],
    ['a working day before the office opens', '2026-11-18', '06:20'],
    ['the first minutes of a Monday', '2026-11-16', '07:03'],
    ['the midday break', '2026-10-14', '12:10'],
    ['an evening', '2026-10-15', '21:30'],
    ['a Saturday', '2026-11-21', '09:30'],
    ['a holiday', '2026-09-01', '10:00'],
    ['the day after New Year, a Saturday', '2027-01-02', '08:15'],
    ['Tết', '2027-02-08', '11:00'],
    ['the last day of the year', '2026-12-31', '16:20'],
  ]
  for (const [what, day, time] of starts) {
    it(`finds dossiers in every state on ${what}`, async () => {
      const now = clock(day, time)
      database.setClock(now)
      const { rows: tables } = await database.ownerPool.query<{ name: string }>(
        // Copies of processes go by their content and are remembered; one that is there does no harm.
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'dossiers' and tablename <> 'process'`,
      )
      await database.ownerPool.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
      const count = await playHaiHung(context, founded)
      assert.ok(count >= 90 && count <= 160, String(count))

      const statuses = await query<{ status: string }>(
        database,
        'select distinct status from dossiers.dossier order by status',
      )
      assert.deepEqual(
        statuses.map(({ status }) => status),
        [
          'awaitingPayment',
          'awaitingSupplement',
          'closedUnsupplemented',
          'lodged',
          'notReceived',
          'processing',
          'received',
          'resultSigned',
          'returned',
          'stopped',
          'supplementAtIntake',
          'withdrawn',
        ],
      )
      const [future] = await query(
        database,
        'select count(*)::int as count from dossiers.event where occurred_at > $1',
        [now],
      )
      assert.equal(future?.['count'], 0)
      assert.deepEqual((await verifyLog(context)).findings, [])

      const { calendar } = await loadCalendar(context.db, founded.towns.haiHung.agencyId)
      const today = todayFor(calendar, now)
      const [facts] = await query(
        database,
        `select count(*) filter (where status = 'lodged' and accept_by < $1)::int >= 1 as "pastLimit",
          count(*) filter (where status = 'lodged' and accept_by >= $1)::int >= 3 as waiting,
          count(*) filter (where finished_at is null and due_current < $1 and apologies = 0 and status = 'processing')::int as "lateWithout",
          count(*) filter (where finished_at is null and due_current < $1 and apologies = 1 and status = 'processing')::int as "lateWith",
          count(*) filter (where finished_at > due_current and apologies = 1)::int as "finishedLate",
          count(*) filter (where extensions = 1)::int as extended,
          count(*) filter (where outcome = 'refused')::int as refused,
          count(*) filter (where finished_at is null and status = 'processing' and (due_current at time zone 'Asia/Ho_Chi_Minh')::date = $2)::int >= 3 as "dueToday"
        from (select d.*, (select (body ->> 'acceptBy')::timestamptz from dossiers.event e where e.agency_id = d.agency_id and e.dossier_id = d.dossier_id and e.type = 'lodged') as accept_by from dossiers.dossier d) d`,
        [now, today.due],
      )
      assert.deepEqual(facts, {
        pastLimit: true,
        waiting: true,
        lateWithout: 2,
        lateWith: 1,
        finishedLate: 1,
        extended: 1,
        refused: 1,
        dueToday: true,
      })

      const units = await query<{ name: string }>(
        database,
        `select distinct u.kind || ' ' || a.kind as name from dossiers.task t join staff.unit u on u.unit_id = t.unit_id join staff.agency a on a.agency_id = t.handling_agency_id order by 1`,
      )
      for (const name of [
        'culture commune',
        'economy commune',
        'justice commune',
        'land commune',
        'leadership commune',
        'leadership police',
        'office department',
        'one-stop commune',
        'police police',
        'social commune',
      ])
        assert.ok(
          units.some((unit) => unit.name === name),
          `no work at ${name}: ${JSON.stringify(units)}`,
        )

      const corrections = await query(
        database,
        `select t.key from dossiers.task t join dossiers.dossier d using (agency_id, dossier_id) where d.status = 'returned'`,
      )
      assert.deepEqual(corrections, [{ key: 'correction' }])

      await agrees(context, founded, now)
    })
  }

  /** The morning page, the queue and the register count the same dossiers as the rows do. */
  async function agrees(context: DemoContext, { towns: { haiHung } }: Founded, now: string) {
    const { agencyId } = haiHung
    const agencies = [agencyId]
    const counts = await withScope(context.db as Db<DossierTables>, { agencies }, async (tx) => ({
      queue: await countQueue(tx, { desks: [{ agencyId, unitId: null, officerId: null }], now }),
      work: await summariseWork(tx, { agencies, now }),
      all: await countDossiers(tx, { agencies, now }),
      open: await countDossiers(tx, { agencies, timeliness: 'open', now }),
      lateWithout: await countDossiers(tx, { agencies, timeliness: 'late-without-apology', now }),
      late: await countDossiers(tx, { agencies, timeliness: 'late', now }),
    }))
    const [rows] = await query(
      database,
      `select count(*)::int as all, count(*) filter (where finished_at is null and status <> 'notReceived')::int as open,
        count(*) filter (where (outcome is not null and finished_at > due_current) or (finished_at is null and due_current < $2 and status not like 'awaiting%'))::int as late,
        (select count(*)::int from dossiers.task where handling_agency_id = $1 and due_at < $2) as overdue,
        (select count(*)::int from dossiers.task where handling_agency_id = $1) as steps
      from dossiers.dossier where agency_id = $1`,
      [agencyId, now],
    )
    const sum = (of: 'late' | 'open') => counts.work.reduce((total, line) => total + line[of], 0)
    assert.deepEqual(
      {
        all: counts.all,
        open: counts.open,
        late: counts.late,
        overdue: counts.queue.overdue,
        steps: counts.queue.open + counts.queue.waiting,
      },
      rows,
    )
    assert.deepEqual(
      { overdue: sum('late'), steps: sum('open') },
      { overdue: rows?.['overdue'], steps: rows?.['steps'] },
    )
    assert.equal(counts.lateWithout, 2)
    assert.ok(counts.open > 25)
  }
})

describe('the waiting room', () => {
  const of = (day: string) =>
    query<{ tickets: number; served: number; waiting: number; called: number }>(
      database,
      `select count(*)::int as tickets, count(*) filter (where state = 'done')::int as served,
        count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'called')::int as called
      from portal.ticket where day = $1`,
      [day],
    )
  const booked = (day: string) =>
    query<{ state: string }>(database, 'select state from portal.appointment where day = $1 order by minute', [day])

  it('is closed on a Sunday: the numbers of the last working day, appointments of the next', async () => {
    assert.deepEqual(await of('2026-11-22'), [{ tickets: 0, served: 0, waiting: 0, called: 0 }])
    const [friday] = await of('2026-11-20')
    assert.ok(friday && friday.tickets > 12 && friday.served > 10 && friday.called === 0, JSON.stringify(friday))
    assert.equal((await booked('2026-11-23')).length, 4)
  })

  it('is at work on a working day: some are served, some wait, who has an appointment has come', async () => {
    await database.ownerPool.query('truncate portal.ticket, portal.ticket_series, portal.appointment')
    database.setClock(clock('2026-11-17', '15:40'))
    const began = performance.now()
    await playWaitingRoom(context, founded.towns.haiHung)
    const took = performance.now() - began
    const [today] = await of('2026-11-17')
    assert.ok(today && today.served > 5 && today.called > 0, JSON.stringify({ today, took }))
    assert.ok((await booked('2026-11-17')).some(({ state }) => state === 'arrived'))
  })
})
