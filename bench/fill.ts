import { createHash } from 'node:crypto'
import type pg from 'pg'
import { identityIndex } from '../src/dossiers/sealing.ts'
import { addDays, type Day } from '../src/platform/day.ts'
import type { Keys } from '../src/platform/keys.ts'
import { invent } from '../demo/people.ts'
import { copyIn } from './copy.ts'
import { drawNames } from './names.ts'
import { COMMUNES, NOW, type Pattern, type World } from './world.ts'

const NAMES = 200_000
const KNOWN = 2000
const CHUNK = 5000
const DAYS = 3 * 365
const DAY_MS = 86_400_000
const tables = ['event', 'dossier', 'task', 'person', 'note', 'name']

/** Where the numbers of the dossiers lead; the scripts of pgbench count with the same. */
export type Filled = {
  dossiers: number
  /** When the filling began: the morning of the benchmark. */
  startedAt: number
  firstAgency: number
  firstDay: Day
  firstOpen: number
  open: number
  known: { number: string; agencyId: number }[]
}

/**
 * Multiplies the patterns to `dossiers` dossiers by COPY, with the indexes put aside meanwhile. Hashes of the log are made
 * up (no chain that `verify-log` would accept) and all share one encrypted number; the rest is as the commands write it.
 */
export async function fill(
  owner: pg.Pool,
  { world, dossiers, keys, say }: { world: World; dossiers: number; keys: Keys; say: (line: string) => void },
): Promise<Filled> {
  const started = performance.now()
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`
  const firstAgency = world.places[0]?.agencyId ?? 1
  // Of the last dossiers every second round of the communes is still open: one in a hundred, in a small run more.
  const open = Math.ceil(Math.max(dossiers / 100, Math.min(dossiers / 5, 6000)) / COMMUNES) * COMMUNES
  const firstOpen = Math.max(0, Math.floor((dossiers - 2 * open) / COMMUNES) * COMMUNES)
  const known = peopleOfTheBenchmark().map(({ identityNumber: number }, index) => ({
    number,
    agencyId: firstAgency + (index % COMMUNES),
  }))
  const filled = {
    dossiers,
    startedAt: Date.now(),
    firstAgency,
    firstDay: addDays(NOW.slice(0, 10), -DAYS - 3),
    firstOpen,
    open,
    known,
  }
  await owner.query(
    `truncate ${tables.map((table) => `dossiers.${table}`).join(', ')}, dossiers.counter, dossiers.participant`,
  )
  await addFunctions(owner, filled)
  const aside = await putIndexesAside(owner)
  const write = writer({ world, filled, keys })
  const chunks = Array.from({ length: Math.ceil(dossiers / CHUNK) }, (_, index) => index * CHUNK)
  let done = 0
  await twoAtOnce(owner, chunks, async (client, first) => {
    for (const { table, columns, data } of write(first, Math.min(dossiers, first + CHUNK)))
      await copyIn(client, `copy dossiers.${table} (${columns.join(', ')}) from stdin`, data)
    if (++done % Math.ceil(chunks.length / 10) === 0)
      say(`${Math.round((done * 100) / chunks.length)} % (${seconds()})`)
  })
  await owner.query(`insert into dossiers.name (agency_id, name_key, words)
    select agency_id, name_key, string_to_array(name_key, ' ') from dossiers.person where name_key is not null group by agency_id, name_key`)
  say(`chỉ mục (${seconds()})`)
  await twoAtOnce(owner, aside.indexes, async (client, statement) => {
    await client.query(`set maintenance_work_mem = '512MB'; set max_parallel_maintenance_workers = 0`)
    await client.query(statement)
  })
  for (const statement of aside.constraints) await owner.query(statement)
  say(`vacuum analyze (${seconds()})`)
  await twoAtOnce(owner, tables, async (client, table) => void (await client.query(`vacuum analyze dossiers.${table}`)))
  await owner.query('analyze; checkpoint').catch(() => owner.query('analyze')) // a checkpoint is for superusers
  await check(owner, filled)
  say(`${dossiers} hồ sơ (${seconds()})`)
  return filled
}

async function twoAtOnce<Item>(
  pool: pg.Pool,
  items: readonly Item[],
  work: (client: pg.PoolClient, item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    const client = await pool.connect()
    try {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(client, item)
    } finally {
      client.release(true)
    }
  }
  await Promise.all([worker(), worker()])
}

/** People whose numbers the look-ups ask for; person p lives in commune p modulo COMMUNES. */
export const peopleOfTheBenchmark = () =>
  invent('bench', {
    count: KNOWN,
    home: { hamlets: ['Thôn Đông', 'Thôn Đoài'], place: 'xã Thử', unitCode: '11200' },
    on: NOW.slice(0, 10),
  })

// --- Writing ------------------------------------------------------------------------------------------------------------

/** A line for COPY in pieces: text, name, text, name … */
type Line = { table: string; columns: string[]; pieces: string[] }

function writer({ world, filled, keys }: { world: World; filled: Filled; keys: Keys }) {
  const { dossiers, firstAgency, known } = filled
  const names = drawNames(NAMES)
  const identities = known.map(({ number }) => identityIndex(keys, number)?.toString('hex') ?? '')
  const prepare = (pattern: Pattern) => ({
    instants: pattern.instants.map((instant) => ({ isDay: instant.length === 10, ms: Date.parse(instant) })),
    lines: pattern.rows.map(({ table, columns, line }): Line => ({ table, columns, pieces: line.split(/<<|>>/) })),
  })
  const openOnes = world.patterns.filter(({ open }) => open).map(prepare)
  const finished = world.patterns.filter(({ open }) => !open).map(prepare)
  const places = world.places.map(({ units, officers, posts }) => ({
    ...named('unit', units),
    ...named('officer', officers),
    ...named('post', posts),
  }))
  return (first: number, past: number): { table: string; columns: string[]; data: Buffer }[] => {
    const texts = new Map<string, { columns: string[]; lines: string[] }>()
    for (let n = first; n < past; n++) {
      const md5 = md5Of(n)
      const day = dayNumber(n, dossiers)
      const among = isOpen(n, filled) ? openOnes : finished
      const pattern = among[Number.parseInt(md5.slice(0, 7), 16) % among.length]
      if (!pattern) throw new Error('no pattern')
      const { name, key } = names[Number.parseInt(md5.slice(7, 14), 16) % NAMES] ?? { name: '', key: '' }
      // Somebody comes back once on average, to the same commune.
      const person =
        (n % COMMUNES) +
        COMMUNES * (Number.parseInt(md5.slice(14, 21), 16) % Math.max(1, Math.floor(dossiers / (2 * COMMUNES))))
      const time = timeOf(n, filled)
      const moved = (day - DAYS + 15) * DAY_MS
      const hashed = md5Of(`p${person}`)
      const values: Record<string, string | number> = {
        ...places[n % COMMUNES],
        dossier: idOf(n, filled),
        code: codeOf(n, filled),
        agency: firstAgency + (n % COMMUNES),
        name,
        key,
        identity: `\\\\x${identities[person] ?? hashed}`,
        phone: `\\\\x${hashed.split('').toReversed().join('')}`,
      }
      for (let at = 0; at < 12; at++) {
        values[`id${at}`] = `${time}7${at.toString(16).padStart(3, '0')}8${md5.slice(4, 19)}`
        values[`command${at}`] = md5.slice(at) + md5.slice(0, at)
        values[`hash${at}`] = `\\\\x${md5}${String(at).padStart(32, '0')}`
      }
      for (const [at, { isDay, ms }] of pattern.instants.entries()) {
        const text = new Date(ms + moved + (isDay ? 0 : (n % 7200) * 1000)).toISOString()
        values[`instant${at}`] = isDay ? text.slice(0, 10) : text
      }
      for (const { table, columns, pieces } of pattern.lines) {
        const text = texts.get(table) ?? { columns, lines: [] }
        texts.set(table, text)
        let line = ''
        for (let at = 0; at < pieces.length; at++) line += at % 2 === 0 ? pieces[at] : values[pieces[at] ?? '']
        text.lines.push(line)
      }
    }
    return [...texts].map(([table, { columns, lines }]) => ({
      table,
      columns,
      data: Buffer.from(`${lines.join('\n')}\n`),
    }))
  }
}

const named = (name: string, ids: readonly number[]) =>
  Object.fromEntries(ids.map((id, index) => [`${name}${index}`, id]))

// The same in SQL below, for the scripts of pgbench.
const dayNumber = (n: number, dossiers: number) => Math.floor((n * DAYS) / dossiers)
const md5Of = (n: number | string) => createHash('md5').update(String(n)).digest('hex')
const epochOf = ({ firstDay }: Filled) => Date.parse(`${firstDay}T00:00:00+07:00`)
const timeOf = (n: number, filled: Filled) =>
  (epochOf(filled) + dayNumber(n, filled.dossiers) * DAY_MS + (n % DAY_MS)).toString(16).padStart(12, '0')
export const idOf = (n: number, filled: Filled) =>
  `${timeOf(n, filled)}7${md5Of(n).slice(0, 3)}8${md5Of(n).slice(3, 18)}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  )
export const codeOf = (n: number, { dossiers, firstDay }: Filled) => {
  const day = dayNumber(n, dossiers)
  const round = Math.floor(n / COMMUNES) - Math.floor(Math.floor((day * dossiers) / DAYS) / COMMUNES)
  return `H99.${String((n % COMMUNES) + 1).padStart(3, '0')}-${addDays(firstDay, day).slice(2).replaceAll('-', '')}-${String(round + 1).padStart(4, '0')}`
}
const isOpen = (n: number, { firstOpen, open }: Filled) =>
  n >= firstOpen && n < firstOpen + 2 * open && Math.floor((n - firstOpen) / COMMUNES) % 2 === 0

async function addFunctions(owner: pg.Pool, filled: Filled): Promise<void> {
  const { dossiers, firstDay } = filled
  const day = `(n::bigint * ${DAYS} / ${dossiers})`
  await owner.query(`drop schema if exists bench cascade; create schema bench; grant usage on schema bench to motcua_app;
    create function bench.dossier_id(n int) returns uuid language sql immutable as $$
      select (lpad(to_hex(${epochOf(filled)} + ${day} * ${DAY_MS} + n % ${DAY_MS}), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid $$;
    create function bench.code(n int) returns text language sql immutable as $$
      select 'H99.' || lpad((n % ${COMMUNES} + 1)::text, 3, '0') || '-' || to_char(date '${firstDay}' + ${day}::int, 'YYMMDD') || '-' ||
        lpad((n / ${COMMUNES} - ${day} * ${dossiers} / ${DAYS} / ${COMMUNES} + 1)::text, 4, '0') $$`)
}

/** The database finds what the functions say. */
async function check(owner: pg.Pool, { dossiers, firstAgency }: Filled): Promise<void> {
  const { rows } = await owner.query<{ missing: number }>(
    `select count(*)::int as missing from generate_series(0, $1::int - 1, greatest(1, $1::int / 997)) as n
     where not exists (select from dossiers.dossier where agency_id = $2::int + n % ${COMMUNES} and dossier_id = bench.dossier_id(n) and code = bench.code(n))`,
    [dossiers, firstAgency],
  )
  if (rows[0]?.missing !== 0) throw new Error(`${rows[0]?.missing} dossiers are not where the functions say`)
}

/** Drops what is slower kept up than made anew; gives the statements that bring it back, first those of any order. */
async function putIndexesAside(owner: pg.Pool): Promise<{ indexes: string[]; constraints: string[] }> {
  const { rows: constraints } = await owner.query<{ place: string; name: string; kind: string }>(
    `select conrelid::regclass::text as place, conname as name, case contype when 'p' then 'primary key' else 'unique' end as kind
     from pg_constraint join pg_class on pg_class.oid = conrelid
     where contype in ('p', 'u') and connamespace = 'dossiers'::regnamespace and relname = any($1)`,
    [tables],
  )
  const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where schemaname = 'dossiers' and tablename = any($1)`,
    [tables],
  )
  for (const { place, name } of constraints) await owner.query(`alter table ${place} drop constraint ${name}`)
  for (const { name } of indexes) await owner.query(`drop index if exists dossiers.${name}`)
  return {
    indexes: indexes.map(({ definition }) => definition),
    constraints: constraints.map(
      ({ place, name, kind }) => `alter table ${place} add constraint ${name} ${kind} using index ${name}`,
    ),
  }
}
