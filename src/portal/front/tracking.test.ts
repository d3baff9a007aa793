import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readCatalogueData, type ProcedureVersion } from '../../catalogue/index.ts'
import { takeIn, trackingKey, openByCode, viewTracking } from '../../dossiers/index.ts'
import { aCommune, anIntake, aPerson, at } from '../../dossiers/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { solveProof, testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { allSteps, defaultProcess } from '../../workflow/index.ts'
import { englishStep } from './english-names.ts'
import { besideOf, type BesideContext } from './tracking-beside.ts'
import { trackingRoutes } from './tracking-page.ts'
import { vi } from './tracking.vi.ts'

let database: TestDatabase<never>
let context: BesideContext
let http: Http
let code: string
let key: string
const PHONE = '0987654321'

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as BesideContext
  database.setClock(at('2026-11-20', '08:30'))
  const commune = await aCommune(context)
  const persons = {
    applicant: aPerson({
      name: 'Trần Thị Mai',
      identityNumber: '001190012345',
      sex: 'female',
      birthDay: '1990-05-01',
      phone: PHONE,
    }),
  }
  const intake = anIntake(context, commune, { channel: 'online', decision: { type: 'none' }, persons })
  const taken = await takeIn(context, { actor: null, source: 'citizen' }, intake)
  assert.ok(taken.ok, JSON.stringify(taken))
  code = taken.value.dossier.code
  const opened = (await openByCode(context, code)) ?? assert.fail('not there')
  key = trackingKey(context.keys, opened)
  http = await createHttp({ config: context.config, log: context.log })
  trackingRoutes(http, context)
  await http.ready()
})
after(async () => {
  await http.close()
  await database.close()
})

type Form = { ma: string; k: string; proof?: string }
async function post(form: Form, address: string) {
  const { statusCode: status, body } = await http.inject({
    method: 'POST',
    url: '/tra-cuu',
    remoteAddress: address,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams(form).toString(),
  })
  return { status, body }
}
const wrong = { ma: 'H42.28.15-261120-9999', k: '0900000000' }
async function guessFreely(address: string) {
  for (let turn = 0; turn < 5; turn++) assert.equal((await post(wrong, address)).status, 404)
}
const attribute = (body: string, name: string): string =>
  new RegExp(`name="proof"[^>]*?${name}="([^"]*)"`).exec(body)?.[1] ?? assert.fail(`no ${name} in the form`)

test('who knows the code and a number is shown the dossier at once, as often as wanted', async () => {
  for (let turn = 0; turn < 12; turn++) {
    const page = await post({ ma: code, k: PHONE }, '192.0.2.1')
    assert.equal(page.status, 200)
    assert.doesNotMatch(page.body, /name="proof"/)
  }
})

test('after a few wrong guesses a network has to work for each, and what was typed stays', async () => {
  const source = '192.0.2.2'
  await guessFreely(source)
  const asked = await post({ ma: code, k: PHONE }, source)
  assert.equal(asked.status, 429)
  assert.match(asked.body, new RegExp(`value="${code}"`))
  assert.match(asked.body, new RegExp(`value="${PHONE}"`))
  const proof = solveProof(attribute(asked.body, 'data-challenge'))
  database.setClock(at('2026-11-20', '08:31'))
  assert.equal((await post({ ma: code, k: PHONE, proof }, source)).status, 200)
  // A solution opens one door once.
  assert.equal((await post({ ma: code, k: PHONE, proof }, source)).status, 429)
  assert.equal((await post({ ma: code, k: PHONE, proof: 'w.tracking.a.0.b.c~1' }, source)).status, 429)
})

test('without a script one waits; the receipt opens without work; other networks notice nothing', async () => {
  const source = '192.0.2.3'
  await guessFreely(source)
  const asked = await post({ ma: code, k: PHONE, proof: '' }, source)
  const ticket = attribute(asked.body, 'value')
  assert.equal((await post({ ma: code, k: PHONE, proof: ticket }, source)).status, 429)
  database.setClock(at('2026-11-20', '08:32'))
  assert.equal((await post({ ma: code, k: PHONE, proof: ticket }, source)).status, 200)
  const scanned = await http.inject({ url: `/tra-cuu/${code}?k=${key}`, remoteAddress: source })
  assert.equal(scanned.statusCode, 200)
  assert.equal((await post({ ma: code, k: PHONE }, '192.0.2.4')).status, 200)
})

test('guessing does not go on for ever, also not of receipts', async () => {
  const source = '192.0.2.5'
  let turns = 0
  while ((await post({ ma: code, k: 'ABCDEFGH12' }, source)).status === 404) assert.ok(++turns < 100)
  assert.equal(turns, 60)
})

test('a code alone fills in the form and asks for the key, whether it is there or not', async () => {
  for (const asked of [code, wrong.ma])
    for (const url of [`/tra-cuu/${asked}`, `/tra-cuu?ma=${asked}`]) {
      const page = await http.inject({ url, remoteAddress: '192.0.2.6' })
      assert.equal(page.statusCode, 200)
      assert.match(page.body, new RegExp(`value="${asked}"`))
      assert.match(page.body, /name="k"/)
    }
})

test('a browser that has proven a dossier follows it without another proof, for an hour', async () => {
  const opened = await http.inject({ url: `/tra-cuu/${code}?k=${key}`, remoteAddress: '192.0.2.7' })
  const cookies = Object.fromEntries(opened.cookies.map(({ name, value }) => [name, value]))
  const again = await http.inject({ url: `/tra-cuu?ma=${code}`, cookies, remoteAddress: '192.0.2.7' })
  assert.equal(again.statusCode, 200)
  assert.doesNotMatch(again.body, /name="k"/)
  assert.match(again.body, new RegExp(`>${code}<`))
  database.setClock(at('2026-11-20', '09:40'))
  const later = await http.inject({ url: `/tra-cuu?ma=${code}`, cookies, remoteAddress: '192.0.2.7' })
  assert.match(later.body, /name="k"/)
})

test('readers of English are told in English where a dossier is and what is done with it; own names stay, marked', async () => {
  const address = `/tra-cuu/${code}?k=${key}`
  const vietnamese = (await http.inject({ url: address, remoteAddress: '192.0.2.8' })).body
  assert.match(vietnamese, /<dt>Đang thực hiện<\/dt>\s*<dd><span lang="vi">Tiếp nhận<\/span><\/dd>/)
  assert.doesNotMatch(vietnamese, /One-stop desk/)
  const english = (await http.inject({ url: `${address}&lang=en`, remoteAddress: '192.0.2.8' })).body
  assert.match(english, /<dt>Being done now<\/dt>\s*<dd>To be received<\/dd>/)
  assert.match(english, /One-stop desk \(<span lang="vi">[^<]+<\/span>\)/)
  assert.equal(englishStep('Bước do cơ quan tự đặt tên', 'en'), undefined)
})

test('every step of the processes that come with the program has an English name', () => {
  const names = (readCatalogueData().versions as ProcedureVersion[]).flatMap((version) =>
    version.cases.flatMap(({ key: caseKey, timeLimits }) =>
      timeLimits.flatMap(({ channels }) =>
        channels.flatMap((channel) => allSteps(defaultProcess(version, caseKey, channel)).map(({ name }) => name)),
      ),
    ),
  )
  assert.ok(names.length > 100)
  assert.deepEqual(
    [...new Set(names)].filter((name) => englishStep(name, 'en') === undefined),
    [],
  )
})

test('a result that was handed over as a file can be fetched from here', async () => {
  const opened = (await openByCode(context, code)) ?? assert.fail('not there')
  const { dossier, dossierId } = opened
  const [resultFileId, returnedAt] = ['0190a1b2-0000-7000-8000-000000000001', context.clock()]
  const linksOf = async (change: Partial<typeof dossier>) => {
    const view = await viewTracking(context, { ...opened, dossier: { ...dossier, ...change } })
    const { actions } = await besideOf(
      context,
      { view, text: vi('Bộ phận một cửa'), language: 'vi' },
      async () => undefined,
    )
    return actions.map(({ href }) => href)
  }
  const link = `/ho-so-cua-toi/${dossierId}/tep/${resultFileId}`
  assert.ok((await linksOf({ resultFileId, returnedAt })).includes(link))
  assert.ok(!(await linksOf({ resultFileId })).includes(link), 'signed, but not handed over yet')
})
