import type pg from 'pg'
import { random } from '../demo/random.ts'
import { seedCalendar } from '../src/calendar/index.ts'
import { createAgency, createOfficer, createPost, createUnit } from '../src/staff/index.ts'
import {
  columnOf,
  rollUpAgency,
  setMembers,
  type FigureTables,
  type FigureTx,
} from '../src/statistics/figures/fact-store.ts'
import { measureIds } from '../src/statistics/figures/rules/figures.ts'
import { addDays } from '../src/platform/day.ts'
import { openDb, openPool } from '../src/platform/db.ts'
import { openCpu } from './cpu.ts'
import type { Bench } from './database.ts'
import { contextOn } from './database.ts'
import { drive, startServer, type Call, type Send, type Server } from './load.ts'
import type { FigureTable } from '../src/statistics/figures/contract.ts'
import { COMMUNES, NOW, tokenOf } from './world.ts'

const DAYS = 3 * 365
const ROUNDS = 3
const TODAY = NOW.slice(0, 10)
const FIRST_DAY = addDays(TODAY, -DAYS)

/** One line: over HTTP beside the same numbers counted from the facts, in the database. */
export type StatisticsRow = {
  name: string
  dossiers: number
  p50: number
  p95: number
  naive: number
  ratio: number
  /** Milliseconds of CPU of a request in the server and in the database, and of the naive query; what a busy machine cannot spoil. */
  cpu: { server: number; database: number; naive: number } | null
}

type Place = { provinceId: number; communes: number[]; supervisor: number; leader: number }

/**
 * Figures of a province of 170 communes at growing numbers of dossiers (BENCH_FACTS, 1000000 unless told, `1000000,5000000`
 * shows that they stay flat). Facts are made in the database, two of each dossier.
 */
export async function measureStatistics(bench: Bench, say: (line: string) => void): Promise<StatisticsRow[]> {
  const place = await makeProvince(bench)
  const rows: StatisticsRow[] = []
  // As the system opens its connections, without compiling queries, but as the owner.
  const owner = openPool({ url: bench.url, size: 2 })
  try {
    for (const dossiers of (process.env['BENCH_FACTS'] ?? '1000000').split(',').map(Number)) {
      await fillFacts(owner, { place, dossiers, say })
      rows.push(...(await measure(bench, owner, { place, dossiers, say })))
    }
  } finally {
    await owner.end()
  }
  return rows
}

async function makeProvince(bench: Bench): Promise<Place> {
  const known = await bench.owner.query<{ value: Place }>(
    `select value from platform.setting where name = 'bench-statistics'`,
  )
  if (known.rows[0]) return known.rows[0].value
  const context = contextOn(bench, { clock: () => NOW })
  try {
    const { db } = context
    await seedCalendar(db)
    const validFrom = '2018-01-01'
    const provinceId = await createAgency(db, { kind: 'province', fullName: 'Tỉnh Thử', validFrom })
    const communes: number[] = []
    for (let index = 0; index < COMMUNES; index++)
      communes.push(
        await createAgency(db, {
          kind: 'commune',
          fullName: `Xã Số ${index + 1}`,
          validFrom,
          parentId: provinceId,
          codes: [{ scheme: 'dossier', code: `S99.${String(index + 1).padStart(3, '0')}` }],
        }),
      )
    const officer = async (agencyId: number, role: 'supervisor' | 'leader') => {
      const unitId = await createUnit(db, { agencyId, kind: 'leadership', name: 'Lãnh đạo', validFrom })
      const officerId = await createOfficer(db, { name: `Cán bộ ${role}` })
      await createPost(db, { officerId, agencyId, unitId, role, title: role, validFrom })
      return officerId
    }
    const place = {
      provinceId,
      communes,
      supervisor: await officer(provinceId, 'supervisor'),
      leader: await officer(communes[0] as number, 'leader'),
    }
    await signIn(bench.owner, [place.supervisor, place.leader])
    await bench.owner.query(`insert into platform.setting (name, value) values ('bench-statistics', $1)`, [
      JSON.stringify(place),
    ])
    return place
  } finally {
    await context.pool.end()
  }
}

async function signIn(owner: pg.Pool, officers: readonly number[]): Promise<void> {
  await owner.query(
    `insert into identity.account (officer_id, user_name, demo, password_set_at) select id, 'figures' || id, true, now() from unnest($1::int[]) as id`,
    [officers],
  )
  await owner.query(
    `insert into identity.session (session_id, token_hash, account_id, second_factor, source, started_at, seen_at, expires_at)
     select gen_random_uuid(), sha256(convert_to('bench-' || officer_id, 'UTF8')), account_id, 'none', 'bench', $2::timestamptz, $2::timestamptz, $2::timestamptz + interval '1 year'
     from identity.account where officer_id = any($1::int[])`,
    [officers, NOW],
  )
}

// --- Filling --------------------------------------------------------------------------------------------------------------

type Filling = { place: Place; dossiers: number; say: (line: string) => void }

/** All communes live the same lives: one is rolled up by the statements of the system, the others are given its rows. */
async function fillFacts(owner: pg.Pool, { place, dossiers, say }: Filling): Promise<void> {
  const started = performance.now()
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`
  const { provinceId, communes } = place
  const [first = 0, ...others] = communes
  // A database that is kept is used again when it holds as many.
  const kept = await owner.query<{ count: number }>(
    `select count(*)::int as count from statistics.fact where known_to = 'infinity'`,
  )
  if (kept.rows[0]?.count === COMMUNES * Math.ceil(dossiers / COMMUNES))
    return say(`${kept.rows[0].count} hồ sơ (kept)`)
  await owner.query('truncate statistics.fact, statistics.roll_up, statistics.scope_member')
  const db = openDb<FigureTables>(owner)
  const tx = db as FigureTx
  for (const agencyId of communes) await setMembers(tx, agencyId, [agencyId])
  await setMembers(tx, -provinceId, communes)
  const each = Math.ceil(dossiers / COMMUNES)
  const fill = (agencyId: number) =>
    owner.query(FILL, [agencyId, communes.indexOf(agencyId), each, FIRST_DAY, DAYS, NOW])
  await fill(first)
  await rollUpAgency(db, first)
  const keys = await putKeysAside(owner)
  await twoAtOnce(others, async (agencyId) => {
    await fill(agencyId)
    await owner.query(
      `insert into statistics.roll_up select $1, ${ROLLED} from statistics.roll_up where scope_id = $2`,
      [agencyId, first],
    )
  })
  await owner.query(GIVE_PROVINCE, [-provinceId, first, COMMUNES])
  say(`${each * COMMUNES} hồ sơ, số liệu cộng sẵn (facts and roll-ups; ${seconds()})`)
  await twoAtOnce(keys, async (statement) => {
    await owner.query(statement)
  })
  await owner.query('vacuum analyze statistics.fact, statistics.roll_up, statistics.scope_member')
  say(`chỉ mục (indexes; ${seconds()})`)
}

async function twoAtOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all([worker(), worker()])
}

/** Takes away indexes and keys; gives the statements that bring them back. */
async function putKeysAside(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ table: string; name: string; definition: string; constraint: string | null }>(
    `select i.tablename as table, i.indexname as name, i.indexdef as definition, pg_get_constraintdef(c.oid) as constraint
     from pg_indexes i left join pg_constraint c on c.conname = i.indexname and c.connamespace = 'statistics'::regnamespace
     where i.schemaname = 'statistics' and i.tablename in ('fact', 'roll_up')`,
  )
  for (const { table, name, constraint } of rows)
    await owner.query(
      constraint ? `alter table statistics.${table} drop constraint ${name}` : `drop index statistics.${name}`,
    )
  return rows.map(({ table, name, definition, constraint }) =>
    constraint ? `alter table statistics.${table} add constraint ${name} ${constraint}` : definition,
  )
}

const MEASURED = measureIds.map(columnOf)
const DIMENSIONS = 'level, start, agency_id, field, procedure_code, channel, unit_id, officer_id, hour'
const ROLLED = `grain, ${DIMENSIONS}, ${MEASURED.join(', ')}`

/** The province has the sums of all, and of each beside the others. */
const GIVE_PROVINCE = `insert into statistics.roll_up
  select $1::int, grain, ${DIMENSIONS}, ${MEASURED.map((column) => `${column} * $3::int`).join(', ')}
  from statistics.roll_up where scope_id = $2 and grain <> 'unit'
  union all
  select $1, 'agency', level, start, m.agency_id, field, procedure_code, channel, unit_id, officer_id, hour, ${MEASURED.join(', ')}
  from statistics.roll_up r cross join (select agency_id from statistics.scope_member where scope_id = $1) as m
  where r.scope_id = $2 and r.grain = 'all'`

/**
 * A commune's dossiers over the days: twelve procedures in four fields, due after one to ten days, one in thirty late, the
 * last ones open. What each was when it was received, and what it is now; one in two hundred ends was written down ten
 * days later.
 */
const FILL = `insert into statistics.fact (agency_id, dossier_id, version, known_from, known_to, code, procedure_code, procedure_version_id, case_key,
    field, channel, unit_id, officer_id, status, received_at, received_on, received_hour, finished_at, finished_on, due_at, due_on, ending, timeliness,
    outcome, overdue, returned_on, digitised, reused, electronic, touched_on, touched_lag, moved_on, moved_lag, open_class)
  with life as (
    select n, lpad(to_hex($2::int), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0') as id, n % 12 as procedure,
      $4::date + (n::bigint * $5 / $3)::int as received, 7 + n * 7 % 10 as hour, 1 + n * 13 % 10 as limit,
      case when n % 30 = 0 then 2 + n * 13 % 10 + n % 7 else n * 13 % 10 end as took
    from generate_series(0, $3 - 1) as n),
  dated as (
    select life.*, received + took as finished, received + "limit" as due, received + took < $6::date as is_over,
      (received + make_interval(hours => hour)) at time zone 'Asia/Ho_Chi_Minh' as received_at,
      (received + took + interval '16 hours 30 minutes') at time zone 'Asia/Ho_Chi_Minh' as finished_at,
      (received + "limit" + interval '17 hours') at time zone 'Asia/Ho_Chi_Minh' as due_at
    from life)
  select $1::int, id::uuid, v.version, case v.version when 1 then received_at else finished_at + late.later end,
    case when v.version = 1 and is_over then finished_at + late.later else 'infinity' end,
    'S99-' || n, '1.' || lpad(procedure::text, 6, '0'), 1, 'one', 'field-' || procedure / 3, (array['counter', 'online', 'post'])[1 + n % 3],
    1 + procedure % 5, 1 + procedure % 10, case v.version when 1 then 'processing' else 'returned' end,
    received_at, received, extract(isodow from received)::int * 24 + hour,
    case v.version when 2 then finished_at end, case v.version when 2 then finished end, due_at, due,
    case v.version when 2 then 'resolved' end,
    case when v.version = 2 then case when finished > due then 'late' when finished < due then 'early' else 'on-time' end end,
    case v.version when 2 then 'granted' end,
    case when v.version = 1 then datemultirange(daterange(due, null)) when finished > due then datemultirange(daterange(due, finished)) else '{}' end,
    case v.version when 2 then finished end, n % 10 < 9, n % 4 = 0, v.version = 2 and n % 3 = 0,
    case v.version when 1 then received else finished end, case v.version when 1 then 0 else late.lag end,
    case v.version when 1 then received else finished end, case v.version when 1 then 0 else late.lag end,
    case when v.version = 1 then 31 when took > 0 then ceil(log(2, took)) end
  from dated cross join lateral (values (1), (2)) as v (version)
  cross join lateral (select case when n % 200 = 0 then interval '10 days' else interval '0' end as later, case when n % 200 = 0 then 4 else 0 end as lag) as late
  where v.version = 1 or is_over`

// --- Measuring ------------------------------------------------------------------------------------------------------------

type Question = {
  name: string
  path: (from: string, to: string) => string
  who: 'supervisor' | 'leader'
  agencies: 'all' | 'one'
  by?: string
}

const by = random('bench/statistics')

function questions({ provinceId, communes }: Place): Question[] {
  const province = `agencyId=${provinceId}&reach=under`
  const commune = `agencyId=${communes[0]}`
  const figures =
    (who: string, more = '') =>
    (from: string, to: string) =>
      `/api/statistics/figures?${who}&from=${from}&to=${to}${more}`
  return [
    { name: 'xã, mọi số liệu (a commune)', path: figures(commune), who: 'leader', agencies: 'one' },
    {
      name: 'xã, theo lĩnh vực (by field)',
      path: figures(commune, '&by=field'),
      who: 'leader',
      agencies: 'one',
      by: 'field',
    },
    {
      name: 'xã, theo thủ tục (by procedure)',
      path: figures(commune, '&by=procedure'),
      who: 'leader',
      agencies: 'one',
      by: 'procedure_code',
    },
    { name: 'tỉnh 170 xã, mọi số liệu (a province)', path: figures(province), who: 'supervisor', agencies: 'all' },
    {
      name: 'tỉnh, theo lĩnh vực (by field)',
      path: figures(province, '&by=field'),
      who: 'supervisor',
      agencies: 'all',
      by: 'field',
    },
    { name: 'tỉnh, theo tháng (by month)', path: figures(province, '&by=month'), who: 'supervisor', agencies: 'all' },
    {
      name: 'tỉnh, theo xã (by commune)',
      path: figures(province, '&by=agency'),
      who: 'supervisor',
      agencies: 'all',
      by: 'agency_id',
    },
    {
      name: 'tỉnh, như đã biết khi hết kỳ (as known then)',
      path: (from, to) => `${figures(province)(from, to)}&knownAt=${addDays(to, 1)}T03:00:00Z`,
      who: 'supervisor',
      agencies: 'all',
    },
    {
      name: 'tỉnh, danh sách quá hạn (list of the overdue)',
      path: (from, to) => `/api/statistics/figures/open-overdue/dossiers?${province}&from=${from}&to=${to}`,
      who: 'supervisor',
      agencies: 'all',
    },
  ]
}

/** Any period: from a day to three years. */
function anyPeriod(): [string, string] {
  const first = by.between(0, DAYS - 2)
  return [addDays(FIRST_DAY, first), addDays(FIRST_DAY, by.between(first, DAYS - 2))]
}

async function measure(bench: Bench, owner: pg.Pool, { place, dossiers, say }: Filling): Promise<StatisticsRow[]> {
  const seconds = Number(process.env['BENCH_SECONDS'] ?? 3)
  const rows: StatisticsRow[] = []
  const cpu = await openCpu(owner)
  const server = await startServer(bench, Date.now())
  try {
    await check(server, owner, place)
    for (const { name, path, who, agencies, by: column } of questions(place)) {
      const call = (): Call => ({ method: 'GET', path: path(...anyPeriod()), token: tokenOf(place[who]) })
      const work = async (send: (call: Call) => Promise<unknown>) => {
        await send(call())
        return true
      }
      await drive(server, { clients: 1, seconds: Math.min(1, seconds), work })
      const [before, measured, between] = [cpu?.(), await drive(server, { clients: 1, seconds, work }), cpu?.()]
      const naive = await countNaively(owner, agencies === 'all' ? place.communes : place.communes.slice(0, 1), column)
      const after = cpu?.()
      const { p50, p95, requests } = measured
      const row = {
        name,
        dossiers,
        p50,
        p95,
        naive,
        ratio: p50 / naive,
        cpu:
          before && between && after
            ? {
                server: measured.cpu,
                database: (between.database - before.database) / requests,
                naive: (after.database - between.database) / ROUNDS,
              }
            : null,
      }
      rows.push(row)
      say(statisticsLine(row))
    }
  } finally {
    await server.stop()
  }
  return rows
}

/** The system counts what there is. */
async function check(server: Server, owner: pg.Pool, place: Place): Promise<void> {
  const path = `/api/statistics/figures?agencyId=${place.provinceId}&reach=under&from=${FIRST_DAY}&to=${TODAY}&figures=received,resolved,open`
  const work = async (send: Send) => {
    const { total } = JSON.parse(
      (await send({ method: 'GET', path, token: tokenOf(place.supervisor) })).text,
    ) as FigureTable
    const { rows } = await owner.query<Record<string, number>>(
      `select count(*) as received, count(finished_on) as resolved, count(*) - count(finished_on) as open
       from statistics.fact where known_to = 'infinity'`,
    )
    if (JSON.stringify(total.values) !== JSON.stringify(rows[0]))
      throw new Error(`${JSON.stringify(total)} ${JSON.stringify(rows[0])}`)
    return false
  }
  await drive(server, { clients: 1, seconds: 600, work })
}

/** The middle of three: what the balance of a period costs when it is counted from the dossiers, without roll-ups. */
async function countNaively(owner: pg.Pool, communes: readonly number[], column: string | undefined): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    await owner.query(
      `select ${column ?? '1'}, count(*) filter (where received_on < $2 and (finished_on is null or finished_on >= $2)) as carried,
         count(*) filter (where received_on between $2 and $3) as received, count(*) filter (where finished_on between $2 and $3) as resolved,
         count(*) filter (where finished_on between $2 and $3 and timeliness = 'late') as late,
         count(*) filter (where received_on <= $3 and (finished_on is null or finished_on > $3)) as open
       from statistics.fact where agency_id = any($1::int[]) and known_to = 'infinity' group by 1`,
      [communes, ...anyPeriod()],
    )
    times.push(performance.now() - started)
  }
  return times.toSorted((one, other) => one - other)[1] ?? 0
}

export const statisticsLine = ({ name, dossiers, p50, p95, naive, ratio, cpu }: StatisticsRow): string =>
  `${name.padEnd(52)} ${String(dossiers).padStart(8)}  p50 ${p50.toFixed(1).padStart(6)}  p95 ${p95.toFixed(1).padStart(6)} ms  đếm hồ sơ (naive) ${naive.toFixed(0).padStart(6)} ms  ratio ${ratio.toFixed(4)}${cpu ? `  CPU ${cpu.server.toFixed(1)} + ${cpu.database.toFixed(1)} | ${cpu.naive.toFixed(0)} ms` : ''}`
