import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { closeRenderer } from '../documents/index.ts'
import { aCommune, anOfficer, at, type Commune } from '../dossiers/testing.ts'
import { createAccount, type Actor, type IdentityContext } from '../identity/index.ts'
import { identityRoutes } from '../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../identity/testing.ts'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { castBallot, openKiosk, openUrns, type SurveyContext } from './commands.ts'
import type { Answers, CampaignReply, CampaignsReply, OpenedReply, PapersReply, ResultsReply } from './contract.ts'
import { surveyRoutes } from './routes.ts'
import { withScope } from '../platform/db.ts'
import { findCampaign } from './store.ts'
import { templates } from './templates.ts'
import { aCampaign, aPlan, openUrnsAtEnd } from './testing.ts'
import { hashOf, tokenOf } from './tokens.ts'

let database: TestDatabase<never>
let context: SurveyContext
let http: Http
let here: Commune
let there: Commune
const browsers = new Map<number, ReturnType<typeof aBrowser>>()

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as SurveyContext
  database.setClock(at('2026-11-20', '09:00'))
  here = await aCommune(context)
  there = await aCommune(context, { name: 'Xã Khác', code: 'H99.77' })
  http = await testHttp(database.context as unknown as IdentityContext, (server) => {
    identityRoutes(server, database.context as unknown as IdentityContext)
    surveyRoutes(server, context)
  })
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

async function as(actor: Actor): Promise<ReturnType<typeof aBrowser>> {
  const known = browsers.get(actor.officerId)
  if (known) return known
  const identity = database.context as unknown as IdentityContext
  const userName = `officer${actor.officerId}`
  await createAccount(identity, { officerId: actor.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  await browser.signIn(userName)
  browsers.set(actor.officerId, browser)
  return browser
}

const api = ({ agencyId, campaignId }: { agencyId: number; campaignId: string }) =>
  `/api/surveys/campaigns/${agencyId}/${campaignId}`

/** Ballots of an open link, brought out of the urn. */
async function vote(
  place: { agencyId: number; campaignId: string },
  ballots: readonly { answers: Answers; unitId?: number | null }[],
  bringOut: (context: SurveyContext) => Promise<number> = openUrnsAtEnd,
): Promise<void> {
  await withScope(context.db, { agencies: [place.agencyId] }, async (tx) => {
    const campaign = await findCampaign(tx, place)
    assert.ok(campaign)
    for (const { answers, unitId = null } of ballots) {
      const marks = { unitId, field: null, month: '2026-11' }
      const once = randomUUID()
      const casting = {
        agencyId: place.agencyId,
        campaign,
        channel: 'link',
        marks,
        answers,
        once,
        today: '2026-11-20',
      } as const
      assert.ok((await castBallot(tx, context.keys, casting)).ok)
    }
  })
  await bringOut(context)
}

/** A token without a dossier behind it: what the follower would have written. */
async function invited(place: { agencyId: number; campaignId: string }): Promise<string> {
  const dossierId = randomUUID()
  const token = tokenOf(context.keys, { ...place, dossierId })
  await database.ownerPool.query(
    `insert into surveys.invitation (agency_id, dossier_id, campaign_agency_id, campaign_id, token_hash, unit_id, field, month, invited_on, expires_on)
     values ($1, $2, $1, $3, $4, null, 'land', '2026-11', '2026-11-20', '2026-12-01')`,
    [place.agencyId, dossierId, place.campaignId, hashOf(token)],
  )
  return token
}

let address = 0
/** A person with a browser of her own and no script. */
function person(ip = `10.1.${Math.floor(++address / 250)}.${(address % 250) + 1}`) {
  const send = (method: 'GET' | 'POST', url: string, form?: Record<string, string | string[]>) =>
    http.inject({
      method,
      url,
      remoteAddress: ip,
      ...(form
        ? {
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            payload: new URLSearchParams(
              Object.entries(form).flatMap(([name, value]) =>
                [value].flat().map((one): [string, string] => [name, one]),
              ),
            ).toString(),
          }
        : {}),
    })
  return {
    get: (url: string) => send('GET', url),
    post: (url: string, form: Record<string, string | string[]>) => send('POST', url, form),
  }
}

test('one question at a time without a script, back, skip, check, send, once', async () => {
  const place = await aCampaign(context, { agencyId: here.agencyId })
  const token = await invited(place)
  const { get, post } = person()
  const url = `/danh-gia/${token}`
  const first = await get(url)
  assert.equal(first.statusCode, 200)
  assert.match(first.body, /Câu 1 trên 9/)
  assert.match(String(first.headers['cache-control']), /no-store/)
  assert.match(first.body, /noindex/)
  const second = await post(url, { cau: 'q1', 'a.q1': 'board', di: 'toi' })
  assert.match(second.body, /Câu 2 trên 9/)
  assert.match(second.body, /name="a\.q1" value="board"/)
  assert.match((await post(url, { cau: 'q2', 'a.q1': 'board', di: 'lui' })).body, /Câu 1 trên 9/)
  assert.match((await post(url, { cau: 'q2', 'a.q1': 'board', 'a.q2': 'good', di: 'bo' })).body, /Câu 3 trên 9/)
  const wrong = await post(url, { cau: 'q2', 'a.q2': 'excellent', di: 'toi' })
  assert.match(wrong.body, /role="alert"/)
  assert.match(wrong.body, /Hãy chọn một trong các câu trả lời/)
  const check = await post(url, { cau: 'q9', 'a.q1': 'board', 'a.q9': 'satisfied', di: 'toi' })
  assert.match(check.body, /Xem lại rồi gửi/)
  assert.match(check.body, /Bỏ trống/)
  const empty = await post(url, { gui: '1' })
  assert.equal(empty.statusCode, 422)
  const sent = await post(url, { 'a.q1': 'board', 'a.q9': 'satisfied', gui: '1' })
  assert.deepEqual([sent.statusCode, sent.headers.location], [303, '/danh-gia/cam-on'])
  const replay = await post(url, { 'a.q1': 'media', gui: '1' })
  assert.equal(replay.statusCode, 410)
  assert.equal((await get(url)).statusCode, 410)
  assert.match((await get('/danh-gia/cam-on?lang=en')).body, /Thank you/)
})

test('guessed, forged and foreign tokens open nothing, and who guesses has to wait', async () => {
  const mine = await aCampaign(context, { agencyId: here.agencyId })
  const foreign = await aCampaign(context, { agencyId: there.agencyId })
  const token = await invited(foreign)
  // The same letters under another agency, and letters of another campaign.
  const moved = `${here.agencyId.toString(36)}-${token.split('-')[1] ?? ''}`
  const forged = tokenOf(context.keys, { ...mine, dossierId: randomUUID() })
  const guesser = person('10.9.9.9')
  for (const guess of [
    moved,
    forged,
    'x',
    `1-${'0'.repeat(16)}`,
    '%2e%2e',
    'zzzzzz-0000000000000000',
    "1-' or 1=1--aaaaaa",
  ])
    assert.equal((await guesser.get(`/danh-gia/${encodeURIComponent(guess)}`)).statusCode, 404, guess)
  assert.equal((await guesser.get(`/danh-gia/${token}`)).statusCode, 200)
  for (let tries = 0; tries < 20; tries++) await guesser.get(`/danh-gia/${forged}`)
  assert.equal((await guesser.get(`/danh-gia/${token}`)).statusCode, 429)
  assert.equal((await person().get(`/danh-gia/${token}`)).statusCode, 200)
  // Typed by hand, in groups and with look-alikes.
  const typed = token
    .toUpperCase()
    .replace(/0/g, 'O')
    .replace(/1(?=[^-]*$)/g, 'I')
  const led = await person().post('/danh-gia', { ma: typed })
  assert.deepEqual([led.statusCode, led.headers.location], [303, `/danh-gia/${token}`])
  assert.equal((await person().post('/danh-gia', { ma: 'sai' })).statusCode, 422)
})

test('after the end nothing is taken, and a campaign in draft takes nothing', async () => {
  const place = await aCampaign(context, { agencyId: here.agencyId })
  const token = await invited(place)
  const draft = await aCampaign(context, { agencyId: here.agencyId, open: false })
  const early = await invited(draft)
  assert.equal((await person().get(`/danh-gia/${early}`)).statusCode, 410)
  database.setClock(at('2026-12-20', '09:00'))
  assert.equal((await person().get(`/danh-gia/${token}`)).statusCode, 410)
  assert.equal((await person().post(`/danh-gia/${token}`, { 'a.q1': 'board', gui: '1' })).statusCode, 410)
  database.setClock(at('2026-11-20', '09:00'))
})

test('an open link asks robots to wait, counts a ballot once and not for ever from one place', async () => {
  const place = await aCampaign(context, { agencyId: here.agencyId })
  const leader = await as(here.leader)
  const { linkPath } = (await leader.get(api(place))).body as unknown as CampaignReply
  assert.ok(linkPath)
  const robot = person()
  const asked = await robot.get(linkPath)
  const once = /name="lan" value="([^"]+)"/.exec(asked.body)?.[1] ?? ''
  const refused = await robot.post(linkPath, { 'a.q1': 'board', lan: once, gui: '1' })
  assert.equal(refused.statusCode, 429)
  const ticket = /name="proof" value="([^"]+)"/.exec(refused.body)?.[1] ?? ''
  assert.ok(ticket)
  assert.equal((await robot.post(linkPath, { 'a.q1': 'board', lan: once, gui: '1', proof: ticket })).statusCode, 429)
  database.setClock(at('2026-11-20', '09:01'))
  assert.equal((await robot.post(linkPath, { 'a.q1': 'board', lan: once, gui: '1', proof: ticket })).statusCode, 303)
  // The ticket is spent.
  assert.equal(
    (await robot.post(linkPath, { 'a.q1': 'board', lan: randomUUID(), gui: '1', proof: ticket })).statusCode,
    429,
  )
  const { progress } = (await leader.get(api(place))).body as unknown as CampaignReply
  assert.deepEqual([progress.received, progress.inUrn, progress.channels], [1, 1, [{ channel: 'link', count: 1 }]])
  const other = linkPath.endsWith('x') ? 'y' : 'x'
  assert.equal((await person().get(linkPath.slice(0, -1) + other)).statusCode, 404)
  database.setClock(at('2026-11-20', '09:00'))
})

test('a kiosk works by touch without script, sends later what it kept, once, and is stopped when it floods', async () => {
  const place = await aCampaign(context, { agencyId: here.agencyId, template: 'rating' })
  const opened = await openKiosk(context, {
    place,
    of: here.agencyId,
    name: 'Quầy 1',
    unitId: null,
    by: { officerId: 1 },
  })
  assert.ok(opened.ok)
  const url = `/danh-gia/quay/${opened.value.key}`
  const kiosk = person()
  const first = await kiosk.get(url)
  assert.equal(first.statusCode, 200)
  assert.doesNotMatch(String(first.headers['cache-control']), /no-store/)
  const once = /name="lan" value="([^"]+)"/.exec(first.body)?.[1] ?? ''
  const done = await kiosk.post(url, { cau: 'overall', 'a.overall': 'satisfied', lan: once })
  assert.match(String(done.headers['refresh']), /^5; url=/)
  assert.match(done.body, /Cảm ơn bạn/)
  const asked = await kiosk.post(url, { cau: 'overall', 'a.overall': 'neutral', lan: randomUUID() })
  assert.match(asked.body, /type="checkbox"/)
  const send = (ballots: unknown, key = opened.value.key) =>
    http.inject({ method: 'POST', url: `/danh-gia/quay/${key}/gui`, payload: { ballots }, remoteAddress: '10.3.3.3' })
  const kept = { id: randomUUID(), day: '2026-11-18', answers: { overall: 'very-satisfied' } }
  assert.deepEqual((await send([kept])).json(), { done: [kept.id] })
  assert.deepEqual((await send([kept, { ...kept, id: randomUUID(), answers: { overall: '99' } }])).statusCode, 200)
  const count = async () =>
    (
      await database.ownerPool.query<{ sum: number }>(
        'select sum(count)::int as sum from surveys.tally where campaign_id = $1',
        [place.campaignId],
      )
    ).rows[0]?.sum
  assert.equal(await count(), 2, 'sent twice counts once, outside of the scale not at all')
  const many = () => Array.from({ length: 50 }, () => ({ ...kept, id: randomUUID() }))
  const outcomes = []
  for (let turn = 0; turn < 4; turn++) outcomes.push((await send(many())).statusCode)
  assert.equal(outcomes.at(-1), 429)
  assert.ok(((await count()) ?? 0) <= 120)
  assert.equal((await send([kept], `${here.agencyId.toString(36)}-0000000000000000`)).statusCode, 404)
  assert.equal((await send(Array.from({ length: 51 }, () => kept))).statusCode, 400)
})

test('two people type a ballot; where they differ a third look settles it', async () => {
  const place = await aCampaign(context, { agencyId: here.agencyId })
  const one = await as(here.clerk)
  const other = await as(here.reception)
  const type = (browser: typeof one, number: number, answers: Answers) =>
    browser.post(`${api(place)}/papers`, { number, answers, month: '2026-11' })
  assert.equal((await type(one, 1, { q1: 'board', q6: 'good' })).body['state'], 'once')
  // The first may mend, but is not the second.
  assert.equal((await type(one, 1, { q1: 'board' })).body['state'], 'once')
  assert.equal((await one.get(`${api(place)}/papers/1`)).status, 404, 'what was typed first is not shown')
  assert.equal((await type(other, 1, { q1: 'board' })).body['state'], 'settled')
  assert.equal((await type(other, 1, { q1: 'media' })).status, 409)
  assert.equal((await type(one, 2, { q1: 'board', q9: 'neutral' })).body['state'], 'once')
  const differs = await type(other, 2, { q1: 'board' })
  assert.deepEqual(
    [differs.body['state'], differs.body['differences']],
    ['differs', [{ question: 'q9', first: 'neutral', second: null }]],
  )
  const settle = (answers: Answers) => one.post(`${api(place)}/papers/2/settle`, { answers })
  assert.equal((await settle({ q1: 'media' })).body['code'], 'answers-differ')
  assert.equal((await settle({ q1: 'board' })).body['state'], 'settled')
  // A blank ballot is a ballot.
  await type(one, 3, {})
  assert.equal((await type(other, 3, {})).body['state'], 'settled')
  assert.equal((await type(one, 4, { q1: 'nothing' })).status, 422)
  assert.equal((await type(one, 100_000, {})).status, 400)
  const papers = (await one.get(`${api(place)}/papers`)).body as unknown as PapersReply
  assert.deepEqual([papers.settled, papers.once, papers.differs, papers.next], [3, 0, 0, 4])
  const leader = await as(here.leader)
  assert.equal((await leader.post(`${api(place)}/papers`, { number: 9, answers: {} })).status, 403)
  assert.equal((await (await as(there.clerk)).post(`${api(place)}/papers`, { number: 9, answers: {} })).status, 404)
  const told = { answers: { q1: 'board' }, commandId: randomUUID() }
  assert.equal((await one.post(`${api(place)}/telephone`, told)).status, 200)
  assert.equal((await one.post(`${api(place)}/telephone`, told)).body['code'], 'used')
})

test('results stay with those who may read them, and small groups stay hidden', async () => {
  const place = await aCampaign(context, { agencyId: here.agencyId })
  const unit = here.units.justice
  await vote(
    place,
    Array.from({ length: 4 }, () => ({ answers: { q9: 'satisfied' } })),
    openUrns,
  )
  const leader = await as(here.leader)
  const read = async (query = '') => (await leader.get(`${api(place)}/results${query}`)).body as unknown as ResultsReply
  // Four wait in the urn and are shown to nobody.
  assert.deepEqual([(await read()).results, (await read()).inUrn], [null, 4])
  await vote(place, [
    ...Array.from({ length: 20 }, () => ({ answers: { q9: 'satisfied' }, unitId: unit })),
    ...Array.from({ length: 6 }, () => ({ answers: { q9: 'dissatisfied', q1: 'media' }, unitId: here.units.land })),
  ])
  const whole = await read()
  assert.equal(whole.results?.ballots, 30)
  const units = whole.groups.find(({ by }) => by === 'unit')?.items ?? []
  assert.equal(units.find(({ key }) => key === String(unit))?.ballots, 20)
  // The four without a unit would be the whole less the units: with them one more is hidden.
  assert.equal(units.find(({ key }) => key === String(here.units.land))?.ballots, null)
  assert.deepEqual((await read(`?by=unit&key=${here.units.land}`)).results, null)
  assert.equal((await read(`?by=unit&key=${here.units.land}`)).tooFew, true)
  assert.equal((await read('?by=unit&key=999999')).results, null)
  assert.equal((await read(`?by=unit&key=${unit}`)).results?.ballots, 20)
  // A question that only a few of a group answered is hidden there.
  const open = async (query: string) => leader.get(`${api(place)}/opened?${query}`)
  const dissatisfied = (await open('question=q9&option=dissatisfied')).body as unknown as OpenedReply
  assert.deepEqual([dissatisfied.count, dissatisfied.ballots.length, dissatisfied.whole], [6, 6, true])
  assert.doesNotMatch(JSON.stringify(dissatisfied), /unit|month|ballotId|[0-9a-f]{8}-[0-9a-f]{4}/)
  assert.equal((await open(`question=q9&option=dissatisfied&by=unit&key=${here.units.land}`)).status, 404)
  const part = (await open(`question=q9&option=satisfied&by=unit&key=${unit}`)).body as unknown as OpenedReply
  assert.ok(part.ballots.every((ballot) => ballot.length === 1))
  assert.equal((await open('question=q1&blank=true')).body['count'], 24)
  assert.equal((await open('question=none')).status, 404)
  // From outside.
  for (const [actor, status] of [
    [there.leader, 404],
    [here.admin, 403],
  ] as const)
    for (const path of ['results', 'results.xlsx', 'results.pdf', 'opened?question=q9'])
      assert.equal((await (await as(actor)).get(`${api(place)}/${path}`)).status, status, path)
  assert.equal((await aBrowser(http).get(`${api(place)}/results`)).status, 401)
  const listed = (await (await as(there.leader)).get('/api/surveys/campaigns')).body as unknown as CampaignsReply
  assert.ok(listed.campaigns.every(({ campaignId }) => campaignId !== place.campaignId))
})

test('free words become no formula and name nobody, in Excel as in PDF', async () => {
  const place = await aCampaign(context, { agencyId: here.agencyId, template: 'rating' })
  const evil = [
    '=HYPERLINK("http://x","y")',
    '+1+1',
    '-2',
    '@SUM(A1)',
    '\t=1',
    "=cmd|' /C calc'!A0",
    'Chị Hoa, 0912345678',
  ]
  await vote(
    place,
    evil.map((words) => ({ answers: { overall: 'neutral', words } })),
  )
  await as(here.leader)
  const cookie = await http.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-motcua': '1' },
    payload: { userName: `officer${here.leader.officerId}`, password: GOOD_PASSWORD },
  })
  const headers = { cookie: cookie.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  const file = await http.inject({ method: 'GET', url: `${api(place)}/results.xlsx`, headers })
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(file.rawPayload as unknown as Parameters<typeof workbook.xlsx.load>[0])
  const texts: string[] = []
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        assert.notEqual(cell.type, ExcelJS.ValueType.Formula)
        if (typeof cell.value === 'string') texts.push(cell.value)
      }),
    )
  assert.ok(texts.every((text) => !/^\s*[=+\-@]/.test(text)))
  assert.ok(texts.some((text) => text.includes('HYPERLINK')))
  assert.doesNotMatch(texts.join('\n'), /Hoa|0912/)
  const paper = await http.inject({ method: 'GET', url: `${api(place)}/results.pdf`, headers })
  assert.match(paper.rawPayload.subarray(0, 5).toString(), /^%PDF/)
  const poster = await http.inject({ method: 'GET', url: `${api(place)}/link.pdf`, headers })
  assert.match(poster.rawPayload.subarray(0, 5).toString(), /^%PDF/)
  const ballot = await http.inject({ method: 'GET', url: `${api(place)}/ballot.pdf`, headers })
  assert.match(ballot.rawPayload.subarray(0, 5).toString(), /^%PDF/)
  assert.equal((await (await as(there.clerk)).get(`${api(place)}/ballot.pdf`)).status, 404)
})

test('huge free text is refused, also when it comes in pieces', async () => {
  const place = await aCampaign(context, { agencyId: here.agencyId, template: 'rating' })
  const token = await invited(place)
  const { post } = person()
  const long = await post(`/danh-gia/${token}`, { 'a.overall': 'satisfied', 'a.words': 'ă'.repeat(1001), gui: '1' })
  assert.match(long.body, /dài quá 1\.000/)
  assert.equal((await post(`/danh-gia/${token}`, { 'a.words': 'x'.repeat(150_000), gui: '1' })).statusCode, 400)
  assert.equal((await post(`/danh-gia/${token}`, { 'a.words': 'x'.repeat(250_000) })).statusCode, 413)
  const nothing = await post(`/danh-gia/${token}`, { 'a.overall': ['satisfied', 'neutral'], gui: '1' })
  assert.match(nothing.body, /chỉ chọn một/)
})

test('questionnaires are versions; campaigns keep theirs and change by their rules', async () => {
  const leader = await as(here.leader)
  const { agencyId } = here
  const definition = templates['rating']
  const saved = (await leader.post('/api/surveys/questionnaires', { agencyId, definition })).body
  assert.equal(saved['version'], 1)
  const { questionnaireId } = saved as { questionnaireId: string }
  const again = { agencyId, questionnaireId, definition }
  assert.equal((await leader.post('/api/surveys/questionnaires', { ...again, version: 1 })).body['version'], 2)
  assert.equal((await leader.post('/api/surveys/questionnaires', { ...again, version: 1 })).status, 409)
  const broken = { ...definition, overall: 'nobody' }
  const refused = await leader.post('/api/surveys/questionnaires', { agencyId, definition: broken })
  assert.deepEqual([refused.status, refused.body['code']], [422, 'questionnaire-faulty'])
  assert.equal(
    (await (await as(there.leader)).post('/api/surveys/questionnaires', { ...again, version: 2 })).status,
    404,
  )
  assert.equal(
    (await (await as(here.justice)).post('/api/surveys/questionnaires', { ...again, version: 2 })).status,
    403,
  )
  const entry = {
    agencyId,
    name: 'Đợt thử',
    kind: 'survey',
    firstDay: '2026-11-01',
    lastDay: '2026-11-30',
    questionnaireId,
    agencies: [agencyId],
    channels: ['token'],
    plan: aPlan(),
  }
  const create = (change: Record<string, unknown>) => leader.post('/api/surveys/campaigns', { ...entry, ...change })
  assert.equal((await create({ agencies: [there.agencyId] })).body['code'], 'agencies-not-yours')
  assert.equal((await create({ lastDay: '2026-10-01' })).body['code'], 'days-reversed')
  assert.equal((await create({ questionnaireId: randomUUID() })).body['code'], 'questionnaire-unknown')
  assert.equal((await create({ agencyId: there.agencyId })).status, 404)
  const { campaignId } = (await create({})).body as { campaignId: string }
  const place = { agencyId, campaignId }
  const step = (word: string, revision: number) => leader.post(`${api(place)}/step`, { step: word, revision })
  assert.equal((await step('close', 1)).body['code'], 'not-now')
  assert.equal((await step('open', 1)).status, 200)
  assert.equal((await step('open', 2)).body['code'], 'not-now')
  const edit = {
    name: 'Đợt thử',
    firstDay: '2026-10-01',
    lastDay: '2026-12-15',
    agencies: [agencyId],
    channels: ['token'],
    revision: 2,
  }
  assert.equal(
    (await leader.send('PUT', api(place), { ...edit, plan: aPlan({ percent: 1, seed: 'khác', target: 9 }) })).status,
    200,
  )
  const { plan, firstDay, lastDay } = (await leader.get(api(place))).body as unknown as CampaignReply
  // What was drawn stays drawn.
  assert.deepEqual(
    [plan.percent, plan.seed, plan.target, firstDay, lastDay],
    [100, 'thu', 9, '2026-11-01', '2026-12-15'],
  )
  assert.equal((await leader.send('PUT', api(place), { ...edit, plan: aPlan() })).body['code'], 'changed-meanwhile')
  assert.equal((await step('close', 3)).status, 200)
  assert.equal((await leader.send('PUT', api(place), { ...edit, revision: 4, plan: aPlan() })).body['code'], 'not-now')
})

test('published sums of an old survey are taken as sums, and their numbers do not open', async () => {
  const place = await aCampaign(context, {
    agencyId: here.agencyId,
    kind: 'totals',
    open: false,
    firstDay: '2023-01-01',
    lastDay: '2023-12-31',
  })
  const leader = await as(here.leader)
  const totals = { ballots: 174, counts: { q6: { 'very-good': 4, good: 44, fair: 10 } }, source: 'Báo cáo năm 2023' }
  const wrong = { ...totals, counts: { q6: { good: 175 } } }
  assert.equal((await leader.post(`${api(place)}/totals`, wrong)).body['code'], 'totals-faulty')
  assert.equal((await leader.post(`${api(place)}/totals`, totals)).status, 200)
  const reply = (await leader.get(`${api(place)}/results`)).body as unknown as ResultsReply
  assert.equal(reply.source, 'totals')
  assert.equal(reply.results?.questions.find(({ key }) => key === 'q6')?.blank, 116)
  assert.equal((await leader.get(`${api(place)}/opened?question=q6&option=good`)).status, 404)
})

test('who supervises asks in the agencies below, and each of them sees its own', async () => {
  const supervisor = await anOfficer(context, {
    agencyId: here.agencyId,
    unitId: here.units.leadership,
    role: 'supervisor',
    name: 'Lê Giám Sát',
  })
  const below = await aCommune(context, { name: 'Xã Dưới', code: 'H99.78', parentId: here.agencyId })
  const { postsOf } = await import('../staff/index.ts')
  const fresh = { ...supervisor, posts: await postsOf(context.db, supervisor.officerId, '2026-11-20') }
  const browser = await as(fresh)
  const made = await browser.post('/api/surveys/campaigns', {
    agencyId: here.agencyId,
    name: 'Khảo sát chung',
    kind: 'survey',
    firstDay: '2026-11-01',
    lastDay: '2026-11-30',
    template: 'commune',
    agencies: [here.agencyId, below.agencyId],
    channels: ['token', 'paper'],
    plan: aPlan(),
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const place = { agencyId: here.agencyId, campaignId: String(made.body['campaignId']) }
  assert.equal((await browser.post(`${api(place)}/step`, { step: 'open', revision: 1 })).status, 200)
  const [one, other] = [await as(below.clerk), await as(below.reception)]
  for (let number = 1; number <= 5; number++) {
    await one.post(`${api(place)}/papers`, { number, answers: { q9: 'satisfied' } })
    const second = await other.post(`${api(place)}/papers`, { number, answers: { q9: 'satisfied' } })
    assert.equal(second.body['state'], 'settled', JSON.stringify(second.body))
  }
  await openUrnsAtEnd(context)
  for (const reader of [browser, await as(below.leader)]) {
    const { results } = (await reader.get(`${api(place)}/results`)).body as unknown as ResultsReply
    assert.equal(results?.ballots, 5)
  }
  assert.equal((await (await as(there.leader)).get(`${api(place)}/results`)).status, 404)
  // Asked, not asking: the agency below changes nothing of the campaign.
  assert.equal((await (await as(below.leader)).post(`${api(place)}/step`, { step: 'close', revision: 2 })).status, 404)
})
