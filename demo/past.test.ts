import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type pg from 'pg'
import { linkageOn, offeredOn, serviceLevelOn, versionOn } from '../src/catalogue/index.ts'
import { verifyLog } from '../src/dossiers/index.ts'
import { findAgencyByCode } from '../src/staff/index.ts'
import { testDatabase, type TestDatabase } from '../src/platform/testing.ts'
import { identityRoutes } from '../src/identity/routes.ts'
import { aBrowser, testHttp } from '../src/identity/testing.ts'
import type { Http } from '../src/platform/http/route.ts'
import { againstRoutes, type Line } from '../src/statistics/against/index.ts'
import { followFigures, type FigureContext } from '../src/statistics/figures/index.ts'
import {
  foundDemo,
  loadAuthority,
  loadingProgress,
  pastAccounts,
  type AuthorityName,
  type DemoContext,
} from './index.ts'
import { groupsOf } from './past-lines.ts'
import { authorities } from './past-places.ts'

let database: TestDatabase<never>
let context: DemoContext & FigureContext

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DemoContext & FigureContext
  await foundDemo(context)
})
after(() => database.close())

const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await database.ownerPool.query<Row>(text, values)).rows

/** What came in, how it ended, by the end of the period. */
const counts = (gso: string, from: string, to: string) =>
  query(
    `select count(*) filter (where received_at >= $2::date)::int as received, count(*) filter (where received_at < $2::date)::int as carried,
      count(*) filter (where finished_at < $3::date + 1)::int as resolved,
      count(*) filter (where finished_at < $3::date + 1 and finished_at > due_current)::int as late,
      count(*) filter (where finished_at >= $3::date + 1)::int as open,
      count(*) filter (where finished_at >= $3::date + 1 and due_current < $3::date + 1)::int as "openLate",
      count(*) filter (where apologies > 0)::int as apologised, count(*) filter (where channel = 'online')::int as online,
      count(*) filter (where status <> 'returned')::int as unreturned
     from dossiers.dossier where agency_id = (select agency_id from staff.agency_code where scheme = 'gso' and code = $1 and valid_from < '2023-01-01' limit 1)`,
    [gso, from, to],
  )

describe('the authorities of the past', () => {
  it('add up to the published parts before anything is written', () => {
    const sums = authorities.map(({ name }) => {
      const groups = groupsOf(name).map((each) => each.flat())
      const sum = (of: 'count' | 'online' | 'open' | 'late' | 'undigitised', list = groups.flat()) =>
        list.reduce((total, group) => total + group[of], 0)
      const [first = [], ...others] = groups
      return [
        name,
        sum('count', first),
        sum('count', others.flat()),
        sum('online', first),
        sum('online', others.flat()),
        sum('open', first),
        sum('open', others.flat()),
        sum('late'),
        sum('undigitised'),
      ]
    })
    assert.deepEqual(sums, [
      ['thien-hung', 2295, 0, 698, 0, 0, 0, 4, 188],
      ['bach-quang', 445, 0, 1, 0, 14, 0, 0, 260],
      ['tan-hong', 3252, 24_378, 2413, 15_121, 62, 286, 0, 27_630 - 27_048],
      ['cu-chi', 24_704, 417_983, 3750, 22_148, 732, 0, 9, 442_687 - 3750 - 22_148],
    ])
  })

  it('have xã Thiện Hưng in 2023 by field, four late with their apologies', async () => {
    assert.equal(await loadAuthority(context, 'thien-hung'), 'loaded')
    const [sum] = await counts('25312', '2023-01-01', '2023-12-31')
    assert.deepEqual(
      { ...sum, online: 0 },
      {
        received: 2295,
        carried: 0,
        resolved: 2295,
        late: 4,
        open: 0,
        openLate: 0,
        apologised: 4,
        online: 0,
        unreturned: 0,
      },
    )
    const fields = await query<{ field: string; count: number }>(
      `select field, count(*)::int as count from dossiers.dossier group by field order by field`,
    )
    const of = (...names: string[]) =>
      fields.filter(({ field }) => names.includes(field)).reduce((total, { count }) => total + count, 0)
    assert.deepEqual(
      [of('land', 'construction'), of('social-protection', 'merit'), of('authentication'), of('civil-status')],
      [619, 81, 1395, 200],
    )
  })

  it('have phường Bách Quang in the first two months of 2022', async () => {
    assert.equal(await loadAuthority(context, 'bach-quang'), 'loaded')
    const [sum] = await counts('05528', '2022-01-01', '2022-02-28')
    assert.deepEqual(sum, {
      received: 444,
      carried: 1,
      resolved: 431,
      late: 0,
      open: 14,
      openLate: 0,
      apologised: 0,
      online: 1,
      unreturned: 0,
    })
  })

  it('are loaded once, however often they are asked for', async () => {
    assert.equal(await loadAuthority(context, 'bach-quang'), 'loaded')
    const [{ count } = { count: 0 }] = await query<{ count: number }>(
      'select count(*)::int as count from dossiers.dossier',
    )
    assert.equal(count, 2295 + 445)
    const states = (await loadingProgress(context)).map(({ name, state, done, of }) => [name, state, done, of])
    assert.deepEqual(states, [
      ['thien-hung', 'loaded', 2295, 2295],
      ['bach-quang', 'loaded', 445, 445],
      ['tan-hong', 'waiting', 0, 27_630],
      ['cu-chi', 'waiting', 0, 442_687],
    ])
  })

  it('have a log that agrees with every row', async () => {
    const report = await verifyLog(context)
    assert.deepEqual(report.findings, [])
    assert.equal(report.dossiers, 2295 + 445)
  })

  it('number the dossiers of a day without a gap, in the order of time', async () => {
    const gaps = await query(
      `select agency_id, day from (
         select agency_id, split_part(code, '-', 2) as day, split_part(code, '-', 3)::int as number,
           row_number() over (partition by agency_id, split_part(code, '-', 2) order by lodged_at, code) as place
         from dossiers.dossier) n where number <> place`,
    )
    assert.deepEqual(gaps, [])
  })
})

describe('the loading', () => {
  it('goes on where it was cut short, and does nothing twice', async () => {
    const stop = new AbortController()
    const outcome = await loadAuthority(context, 'tan-hong', {
      signal: stop.signal,
      tell: ({ done }) => done >= 1500 && stop.abort(),
    })
    assert.equal(outcome, 'stopped')
    const inTown = `select count(*)::int as count from dossiers.dossier where code like '000.00.38.H20-%'`
    const before = (await query<{ count: number }>(inTown))[0]?.count ?? 0
    assert.ok(before >= 1500 && before < 3252, String(before))
    const again = new AbortController()
    await loadAuthority(context, 'tan-hong', {
      signal: again.signal,
      tell: ({ done }) => done >= 3252 && again.abort(),
    })
    const [sum] = await counts('869', '2023-01-01', '2023-12-31')
    assert.deepEqual(
      { ...sum, apologised: 0 },
      {
        received: 3252,
        carried: 0,
        resolved: 3190,
        late: 0,
        open: 62,
        openLate: 0,
        apologised: 0,
        online: 2413,
        unreturned: 0,
      },
    )
    assert.deepEqual((await verifyLog(context)).findings, [])
  })
})

describe('the reports beside the records', () => {
  let http: Http
  before(async () => {
    await query(`insert into platform.setting (name, value) values ('installation', '"demo"')`)
    await followFigures(context)
    http = await testHttp(context, (server) => {
      identityRoutes(server, context)
      againstRoutes(server, context)
    })
  })
  after(() => http.close())

  /** Somebody of an authority, signed in with the password that the demo tells. */
  async function signedIn(name: AuthorityName, userName: string) {
    const account = (await pastAccounts(context, name)).find(({ username }) => username === userName)
    const browser = aBrowser(http)
    const { status } = await browser.signIn(userName, account?.password)
    assert.equal(status, 200, userName)
    return browser
  }
  const itemsOf = async (browser: Awaited<ReturnType<typeof signedIn>>): Promise<string[]> => {
    const { body } = await browser.get('/api/statistics/against')
    return (body['items'] as { key: string; loading: { state: string } }[]).map(
      ({ key, loading }) => `${key} ${loading.state}`,
    )
  }

  it('are shown to those who answer for the authority today, with the dossiers behind each number', async () => {
    const leader = await signedIn('bach-quang', 'chutich.bachquang')
    assert.deepEqual(await itemsOf(leader), ['bach-quang-2022-q1 loaded'])
    const { body } = await leader.get('/api/statistics/against/bach-quang-2022-q1')
    const resolved = (body['lines'] as Line[]).find(({ key }) => key === 'resolved')
    assert.deepEqual(
      [resolved?.value, resolved?.standing, resolved?.proof, resolved?.ours],
      [396, 'contradicted', '445 − 14 = 431', { value: 431, parts: [{ figure: 'resolved', value: 431 }], ofParts: [] }],
    )
    const list = await leader.get('/api/statistics/against/bach-quang-2022-q1/dossiers?line=open&figure=open')
    assert.equal((list.body['items'] as unknown[]).length, 14)
    const other = await leader.get('/api/statistics/against/thien-hung-2023')
    assert.equal(other.status, 404)
    const none = await leader.get('/api/statistics/against/bach-quang-2022-q1/dossiers?line=staff&figure=open')
    assert.equal(none.status, 404)
  })

  it('come field by field where a number has several', async () => {
    const clerk = await signedIn('thien-hung', 'vanthu.thienhung')
    const address = '/api/statistics/against/thien-hung-2023/dossiers?line=resolved/land&figure=resolved&limit=200'
    let [count, cursor] = [0, '']
    do {
      const { body } = await clerk.get(`${address}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      count += (body['items'] as unknown[]).length
      cursor = (body['next'] as string | null) ?? ''
    } while (cursor !== '')
    assert.equal(count, 619)
  })

  it('of a whole district are for those above it', async () => {
    assert.deepEqual(await itemsOf(await signedIn('tan-hong', 'vanthu.tanhong')), [])
    assert.deepEqual(await itemsOf(await signedIn('tan-hong', 'giamsat.tanhong')), ['tan-hong-2023 loading'])
  })

  it('tell whoever looks after the system what is loaded', async () => {
    const leader = await signedIn('bach-quang', 'giamsat.bachquang')
    assert.equal((await leader.get('/api/demo/loading')).status, 403)
  })
})

describe('the list of xã Đoàn Kết', () => {
  it('has 140 procedures on the last day of the quarter, as it reported them, and seven less than before', async () => {
    const { db } = context
    const { agencyId } = (await findAgencyByCode(db, 'gso', '11263', '2023-03-09')) ?? { agencyId: 0 }
    const list = async (day: string) => {
      const codes = await offeredOn(db, agencyId, day)
      const versions = await Promise.all(codes.map((code) => versionOn(db, code, day)))
      return versions.flatMap((stored) => stored?.version ?? [])
    }
    const day = '2023-03-09'
    const versions = await list(day)
    const count = (of: (version: (typeof versions)[number]) => boolean) => versions.filter(of).length
    assert.deepEqual(
      {
        all: versions.length,
        level3: count((version) => serviceLevelOn(version, day)?.level === '3'),
        level4: count((version) => serviceLevelOn(version, day)?.level === '4'),
        sameLevel: count((version) => linkageOn(version, day)?.kind === 'same-level'),
        betweenLevels: count((version) => linkageOn(version, day)?.kind === 'between-levels'),
      },
      { all: 140, level3: 66, level4: 44, sameLevel: 2, betweenLevels: 42 },
    )
    assert.equal((await list('2022-12-10')).length, 147)
  })

  it('does not reach the commune of today', async () => {
    const { db } = context
    const { agencyId } = (await findAgencyByCode(db, 'gso', '11257', '2026-11-22')) ?? { agencyId: 0 }
    const today = await offeredOn(db, agencyId, '2026-11-22')
    assert.ok(today.length > 35 && today.length < 80, String(today.length))
    const [{ count } = { count: 0 }] = await query<{ count: number }>(
      `select count(*)::int as count from catalogue.procedure_version where content->>'kind' = 'Chỉ ghi dữ kiện chính' and (valid_to is null or valid_to > '2025-06-30')`,
    )
    assert.equal(count, 0)
  })
})
