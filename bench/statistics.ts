import type pg from 'pg'
import { random } from '../demo/random.ts'
import { seedCalendar } from '../src/calendar/index.ts'
import { createAgency, createOfficer, createPost, createUnit } from '../src/staff/index.ts'
import {
  listMembers,
  rollUpAgency,
  rollUpScope,
  setMembers,
  type FigureTables,
  type FigureTx,
} from '../src/statistics/figures/fact-store.ts'
import { addDays } from '../src/platform/day.ts'
import { openDb, openPool } from '../src/platform/db.ts'
import type { Bench } from './database.ts'
import { contextOn } from './database.ts'
import { drive, startServer, type Call } from './load.ts'
import { COMMUNES, NOW, tokenOf } from './world.ts'

const DAYS = 3 * 365
const TODAY = NOW.slice(0, 10)
const FIRST_DAY = addDays(TODAY, -DAYS)

/** One line: over HTTP beside the same numbers counted from the facts, in the database. */
export type StatisticsRow = {
  name: string
  dossiers: number
  p50: number
  p95: number
  naive: number | null
  ratio: number | null
}

type Place = { provinceId: number; communes: number[]; supervisor: number; leader: number }

/**
 * Figures of a province of 170 communes at growing numbers of dossiers (BENCH_FACTS, 1000000 unless told, `1000000,5000000`
 * shows that they stay flat). Facts are made in the database, two of each dossier; roll-ups by the statements of the system.
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

async function fillFacts(owner: pg.Pool, { place, dossiers, say }: Filling): Promise<void> {
  const started = performance.now()
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`
  await owner.query('truncate statistics.fact, statistics.roll_up, statistics.scope_member')
  const indexes = await putIndexesAside(owner)
  const each = Math.ceil(dossiers / COMMUNES)
  const queue = [...place.communes.entries()]
  const fill = async () => {
    for (let next = queue.shift(); next; next = queue.shift())
      await owner.query(FILL, [next[1], next[0], each, FIRST_DAY, DAYS, NOW])
  }
  await Promise.all([fill(), fill()])
  say(`${dossiers} hồ sơ, ${2 * dossiers} điều đã biết (facts; ${seconds()})`)
  for (const index of indexes) await owner.query(index)
  await owner.query('vacuum analyze statistics.fact')
  say(`chỉ mục (indexes; ${seconds()})`)
  const db = openDb<FigureTables>(owner)
  const left = [...place.communes]
  const rollUp = async () => {
    for (let agencyId = left.shift(); agencyId !== undefined; agencyId = left.shift()) await rollUpAgency(db, agencyId)
  }
  const tx = db as FigureTx
  for (const agencyId of place.communes) await setMembers(tx, agencyId, [agencyId])
  await setMembers(tx, -place.provinceId, place.communes)
  await Promise.all([rollUp(), rollUp()])
  await rollUpScope(db, -place.provinceId)
  await owner.query('vacuum analyze statistics.roll_up, statistics.scope_member')
  if ((await listMembers(db)).length !== 2 * COMMUNES) throw new Error('the scopes are not whole')
  say(`số liệu cộng sẵn (roll-ups; ${seconds()})`)
}

async function putIndexesAside(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where schemaname = 'statistics' and tablename = 'fact' and indexname <> 'fact_pkey'`,
  )
  for (const { name } of rows) await owner.query(`drop index statistics.${name}`)
  return rows.map(({ definition }) => definition)
}

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
  const server = await startServer(bench, Date.now())
  try {
    for (const { name, path, who, agencies, by: column } of questions(place)) {
      const call = (): Call => ({ method: 'GET', path: path(...anyPeriod()), token: tokenOf(place[who]) })
      const work = async (send: (call: Call) => Promise<unknown>) => {
        await send(call())
        return true
      }
      await drive(server, { clients: 1, seconds: Math.min(1, seconds), work })
      const { p50, p95 } = await drive(server, { clients: 1, seconds, work })
      const naive = await countNaively(owner, agencies === 'all' ? place.communes : place.communes.slice(0, 1), column)
      const row = { name, dossiers, p50, p95, naive, ratio: p50 / naive }
      rows.push(row)
      say(statisticsLine(row))
    }
  } finally {
    await server.stop()
  }
  return rows
}

/** The middle of three: what the balance of a period costs when it is counted from the dossiers, without roll-ups. */
async function countNaively(owner: pg.Pool, communes: readonly number[], column: string | undefined): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
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

export const statisticsLine = ({ name, dossiers, p50, p95, naive, ratio }: StatisticsRow): string =>
  `${name.padEnd(52)} ${String(dossiers).padStart(8)}  p50 ${p50.toFixed(1).padStart(6)}  p95 ${p95.toFixed(1).padStart(6)} ms  đếm hồ sơ (naive) ${naive?.toFixed(0).padStart(6) ?? '–'} ms  ratio ${ratio?.toFixed(4) ?? '–'}`
