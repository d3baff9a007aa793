import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { aCommune, anIntake, at, type Commune } from '../../dossiers/testing.ts'
import { takeIn } from '../../dossiers/index.ts'
import { createAccount } from '../../identity/accounts.ts'
import type { Actor, IdentityContext } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../../identity/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { createAgency, recordSuccession } from '../../staff/index.ts'
import type { FigureDossier, FigureTable } from './contract.ts'
import { bringUpToDate, figureRoutes, type FigureContext, type LoadCell, type RateValue } from './index.ts'
import { figureIds } from './rules/figures.ts'
import { histories, writeLog } from './testing.ts'

let database: TestDatabase<never>
let context: FigureContext
let http: Http
let commune: Commune
let other: Commune
let old = 0
let torn = 0
let browser: ReturnType<typeof aBrowser>

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as FigureContext
  database.setClock(at('2026-04-01', '15:00'))
  commune = await aCommune(context)
  other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  const past = { kind: 'commune' as const, validFrom: '2018-01-01', validTo: '2025-06-30' }
  old = await createAgency(context.db, { ...past, fullName: 'Xã Cũ', codes: [{ scheme: 'dossier', code: 'H99.03' }] })
  torn = await createAgency(context.db, {
    ...past,
    fullName: 'Xã Chia',
    codes: [{ scheme: 'dossier', code: 'H99.04' }],
  })
  await recordSuccession(context.db, {
    oldAgencyId: old,
    newAgencyId: commune.agencyId,
    kind: 'merge',
    onDay: '2025-07-01',
    share: 1,
    answers: true,
  })
  for (const newAgencyId of [commune.agencyId, other.agencyId])
    await recordSuccession(context.db, {
      oldAgencyId: torn,
      newAgencyId,
      kind: 'split',
      onDay: '2025-07-01',
      answers: newAgencyId === other.agencyId,
    })
  const [drawn = []] = fc.sample(histories([commune.agencyId, old, torn, other.agencyId], { min: 160, max: 160 }), {
    numRuns: 1,
    seed: 2,
  })
  await writeLog(database.ownerPool, drawn)
  const taken = await takeIn(context, { actor: commune.reception, source: 'officer' }, anIntake(context, commune))
  assert.ok(taken.ok)
  await bringUpToDate(context)
  const identity = context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    figureRoutes(server, context)
  })
  browser = await as(commune.clerk)
})
after(async () => {
  await http.close()
  await database.close()
})

async function as({ officerId }: Actor): Promise<ReturnType<typeof aBrowser>> {
  const userName = `officer${officerId}`
  assert.ok(
    (
      await createAccount(context as unknown as IdentityContext, {
        officerId,
        userName,
        password: GOOD_PASSWORD,
        demo: true,
      })
    ).ok,
  )
  const browser = aBrowser(http)
  assert.ok((await browser.signIn(userName)).status < 300)
  return browser
}

const quarter = () => `agencyId=${commune.agencyId}&from=2026-01-01&to=2026-03-31`
const get = async <Body>(path: string): Promise<Body> => {
  const reply = await browser.get(`/api/statistics/${path}`)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body as Body
}

test('a table by field has labels in both languages and opens line by line', async () => {
  const table = await get<FigureTable>(`figures?${quarter()}&by=field`)
  assert.deepEqual(table.lines.map(({ key }) => key).toSorted(), ['civil-status', 'land'])
  for (const line of table.lines) assert.ok(line.label !== line.key && line.labelEn !== undefined)
  for (const { key, values } of table.lines)
    for (const figure of figureIds) {
      const list = await get<{ items: FigureDossier[] }>(
        `figures/${figure}/dossiers?${quarter()}&by=field&key=${key}&limit=200`,
      )
      assert.equal(list.items.length, values[figure], `${key} ${figure}`)
    }
})

test('the area of a commune takes in who went there whole, and names who did not', async () => {
  const [own, area, before] = (await Promise.all(
    [quarter(), `${quarter()}&reach=area`, `agencyId=${old}&from=2026-01-01&to=2026-03-31`].map((query) =>
      get<FigureTable>(`figures?figures=received,open&${query}`),
    ),
  )) as [FigureTable, FigureTable, FigureTable]
  assert.equal(
    area.total.values['received'],
    (own.total.values['received'] ?? 0) + (before.total.values['received'] ?? 0),
  )
  assert.deepEqual(area.notApportioned, [torn])
})

test('what a period is compared with comes along', async () => {
  type Compared = FigureTable & { compared: FigureTable & { from: string; to: string } }
  const february = await get<Compared>(
    `figures?agencyId=${commune.agencyId}&from=2026-02-01&to=2026-02-28&compare=previous`,
  )
  assert.deepEqual([february.compared.from, february.compared.to], ['2026-01-04', '2026-01-31'])
  assert.equal(february.compared.total.values['open'], february.total.values['carried'])
  const before = await get<Compared>(`figures?${quarter()}&compare=year`)
  assert.equal(before.compared.total.values['received'], 0)
})

test('rates name both their parts, and none where nothing arose', async () => {
  const { rates } = await get<{ rates: RateValue[] }>(`rates?${quarter()}`)
  for (const { numerator, denominator, percent } of rates)
    assert.equal(percent, denominator === 0 ? null : Math.round((numerator * 10_000) / denominator) / 100)
  const empty = await get<{ rates: RateValue[] }>(`rates?agencyId=${commune.agencyId}&from=2020-01-01&to=2020-01-31`)
  assert.ok(empty.rates.every(({ percent }) => percent === null))
})

test('the load adds up to what was received, and each hour opens', async () => {
  const { cells } = await get<{ cells: LoadCell[] }>(`load?${quarter()}`)
  const { total } = await get<FigureTable>(`figures?${quarter()}&figures=received`)
  assert.equal(
    cells.reduce((sum, { count }) => sum + count, 0),
    total.values['received'],
  )
  for (const { weekday, hour, count } of cells.slice(0, 5)) {
    const path = `figures/received/dossiers?${quarter()}&by=load&key=${weekday}-${hour}&limit=200`
    assert.equal((await get<{ items: unknown[] }>(path)).items.length, count)
  }
  const filtered = await get<{ cells: LoadCell[] }>(`load?${quarter()}&field=land`)
  assert.ok(filtered.cells.length < cells.length)
})

test('what later knowledge changed is told dossier by dossier, with the entries that did it', async () => {
  type Answer = {
    figures: { figure: string; before: number; after: number }[]
    items: {
      dossierId: string
      figures: { figure: string; before: number; after: number }[]
      causes: { name: string; recordedAt: string }[]
    }[]
  }
  const knownAt = at('2026-01-25', '00:00')
  const answer = await get<Answer>(
    `differences?agencyId=${commune.agencyId}&from=2026-01-01&to=2026-01-31&knownAt=${knownAt}&limit=200`,
  )
  assert.ok(answer.items.length > 0)
  for (const { figure, before, after } of answer.figures) {
    const sum = answer.items
      .flatMap((item) => item.figures)
      .filter((each) => each.figure === figure)
      .reduce((total, each) => total + each.after - each.before, 0)
    assert.equal(sum, after - before, figure)
  }
  for (const { causes } of answer.items) {
    assert.ok(causes.length > 0)
    assert.ok(causes.every(({ recordedAt, name }) => recordedAt > knownAt && name.length > 0))
  }
})

test('an impossible question is refused in Vietnamese', async () => {
  const cases = {
    'period-reversed': 'from=2026-02-01&to=2026-01-01',
    'period-too-long': 'from=2010-01-01&to=2026-01-01',
    'known-in-future': 'from=2026-01-01&to=2026-01-31&knownAt=2027-01-01T00:00:00Z',
    'unknown-procedure': 'from=2026-01-01&to=2026-01-31&procedures=9.999999',
    'unknown-figure': 'from=2026-01-01&to=2026-01-31&figures=gold',
  }
  for (const [code, query] of Object.entries(cases)) {
    const reply = await browser.get(`/api/statistics/figures?agencyId=${commune.agencyId}&${query}`)
    assert.equal(reply.status, 422, code)
    assert.equal(reply.body['code'], code)
    assert.match(String(reply.body['detail']), /[à-ỹ]/)
  }
})

test('nobody sees the figures of another agency, and who administers sees none', async () => {
  for (const path of ['figures', 'figures/open/dossiers', 'rates', 'load'])
    assert.equal(
      (await browser.get(`/api/statistics/${path}?agencyId=${other.agencyId}&from=2026-01-01&to=2026-01-31`)).status,
      404,
    )
  const admin = await as(commune.admin)
  assert.equal((await admin.get(`/api/statistics/figures?${quarter()}`)).status, 403)
  const under = await get<FigureTable>(`figures?${quarter()}&reach=under&by=agency&figures=received`)
  assert.ok(under.lines.every(({ key }) => [commune.agencyId, old].includes(Number(key))))
})
