import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { after, before, test } from 'node:test'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { beginWithProvider, finishWithProvider } from './providers.ts'
import { insertProvider, updateProvider } from './provider-store.ts'
import { usualSettings } from './rules/provider.ts'
import { identityRoutes } from './routes.ts'
import type { IdentityTables } from './tables.ts'
import type { StaffTables } from '../staff/index.ts'
import { aBrowser, anOfficer, aProvider, testHttp, type TestProvider } from './testing.ts'

let database: TestDatabase<IdentityTables & StaffTables>
let http: Http
let house: TestProvider
let providerId: number
const redirectUri = (id: number, base = database.context.config.publicUrl) => `${base}/dang-nhap-can-bo/tra-loi/${id}`

before(async () => {
  database = await testDatabase<IdentityTables & StaffTables>()
  const { context } = database
  http = await testHttp(context, (server) => identityRoutes(server, context))
  house = await aProvider(() => [1, 2, 3, 4, 5].map((id) => redirectUri(id)))
  providerId = await addProvider(house)
})
after(async () => {
  await http.close()
  await house.stop()
  await database.close()
})

const addProvider = (
  { issuer, clientId, clientSecret }: Pick<TestProvider, 'issuer' | 'clientId' | 'clientSecret'>,
  change: Partial<typeof usualSettings> = {},
) =>
  insertProvider(database.db, {
    name: 'Danh tính thử',
    issuer,
    clientId,
    clientSecret: database.context.keys.encrypt(clientSecret),
    forCitizens: true,
    forOfficers: true,
    enabled: true,
    settings: { ...usualSettings, scope: 'openid', secondFactorValues: ['loa3'], ...change },
    now: database.context.clock(),
    by: null,
  })

/** Goes to the provider and comes back; what the browser is sent on to. */
async function goRound(browser = aBrowser(http), id = providerId, next = '') {
  const begun = await browser.raw(`/dang-nhap-can-bo/qua/${id}?next=${encodeURIComponent(next)}`)
  for (const { name, value } of begun.cookies) browser.cookies.set(name, value)
  const there = String(begun.headers.location)
  if (!there.startsWith(house.issuer)) return { browser, answer: '', arrived: there }
  const answer = (await house.signIn(there)).replace(database.context.config.publicUrl, '')
  return { browser, answer, arrived: await comeBack(browser, answer) }
}

async function comeBack(browser: ReturnType<typeof aBrowser>, answer: string): Promise<string> {
  const back = await browser.raw(answer)
  for (const { name, value } of back.cookies)
    if (value) browser.cookies.set(name, value)
    else browser.cookies.delete(name)
  return String(back.headers.location)
}

test('an officer is found by the claim, then by the provider’s own name for the person', async () => {
  const officer = await anOfficer(database.context, { userName: 'hoa.nguyen' })
  house.person = { sub: 'p-hoa', preferred_username: 'Hoa.Nguyen', acr: 'loa2' }
  const { browser, arrived } = await goRound(aBrowser(http), providerId, '/ho-so')
  assert.equal(arrived, '/can-bo/dang-nhap?next=%2Fho-so')
  assert.equal((await browser.get('/api/me')).body['userName'], 'hoa.nguyen')
  // The claim changed there: the person stays who they are.
  const other = await anOfficer(database.context, { userName: 'binh.tran' })
  house.person = { sub: 'p-hoa', preferred_username: 'binh.tran', acr: 'loa2' }
  assert.equal((await (await goRound()).browser.get('/api/me')).body['accountId'], officer.accountId)
  // Another person there with a name that is taken here gets nowhere.
  house.person = { sub: 'p-thief', preferred_username: 'hoa.nguyen', acr: 'loa2' }
  const thief = await goRound()
  assert.match(thief.arrived, /loi=linked-to-another/)
  assert.equal((await thief.browser.get('/api/me')).status, 401)
  assert.ok(other.accountId)
})

test('a provider makes no officers, and opens no disabled account', async () => {
  house.person = { sub: 'p-nobody', preferred_username: 'nobody.here' }
  assert.match((await goRound()).arrived, /loi=no-such-officer/)
  const officer = await anOfficer(database.context, { userName: 'off.duty' })
  await database.ownerPool.query(
    `update identity.account set disabled_at = now(), disabled_why = 'administrator' where account_id = $1`,
    [officer.accountId],
  )
  house.person = { sub: 'p-off', preferred_username: 'off.duty' }
  assert.match((await goRound()).arrived, /loi=account-disabled/)
})

test('the second factor of the provider counts only if the rules name its acr', async () => {
  await anOfficer(database.context, { userName: 'admin.one', role: 'system-admin' })
  house.person = { sub: 'p-admin', preferred_username: 'admin.one', acr: 'loa2' }
  const weak = (await goRound()).browser
  assert.equal((await weak.get('/api/me')).body['demand'], 'enrol-second-factor')
  assert.equal((await weak.get('/api/providers')).status, 403)
  house.person = { ...house.person, acr: 'loa3' }
  const strong = (await goRound()).browser
  assert.equal((await strong.get('/api/me')).body['demand'], null)
  const { status, body } = await strong.get('/api/providers')
  assert.equal(status, 200)
  assert.doesNotMatch(JSON.stringify(body), /a-secret-of/)
})

test('an answer counts once, in the browser that asked, and not for another provider', async () => {
  await anOfficer(database.context, { userName: 'once.only' })
  house.person = { sub: 'p-once', preferred_username: 'once.only' }
  const { browser, answer, arrived } = await goRound()
  assert.doesNotMatch(arrived, /loi=/)
  // Replayed, with and without the cookie.
  assert.match(await comeBack(browser, answer), /loi=provider-answer-worthless/)
  assert.match(await comeBack(aBrowser(http), answer), /loi=provider-answer-worthless/)
  // A stranger's browser with a fresh answer: sign-in of somebody else is not pushed on anybody.
  const begun = await browser.raw(`/dang-nhap-can-bo/qua/${providerId}`)
  const fresh = (await house.signIn(String(begun.headers.location))).replace(database.context.config.publicUrl, '')
  assert.match(await comeBack(aBrowser(http), fresh), /loi=provider-answer-worthless/)
  // Forged state, and the answer of one provider carried to another.
  const cookie = begun.cookies[0]
  const victim = aBrowser(http)
  if (cookie) victim.cookies.set(cookie.name, cookie.value)
  assert.match(await comeBack(victim, fresh.replace(/state=[^&]+/, 'state=forged')), /loi=provider-answer-worthless/)
  const second = await addProvider({ ...house, clientId: 'other', clientSecret: 'x' })
  if (cookie) victim.cookies.set(cookie.name, cookie.value)
  assert.match(
    await comeBack(victim, fresh.replace(`tra-loi/${providerId}`, `tra-loi/${second}`)),
    /loi=provider-answer-worthless/,
  )
  for (const broken of [`/dang-nhap-can-bo/tra-loi/${providerId}`, `/dang-nhap-can-bo/tra-loi/${providerId}?code=x`])
    assert.match(await comeBack(victim, broken), /loi=provider-answer-worthless/)
})

test('a provider that is off or away says so; passwords go on', async () => {
  const officer = await anOfficer(database.context, { userName: 'still.works' })
  const gone = await addProvider({ issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'x' })
  assert.match(
    String((await aBrowser(http).raw(`/dang-nhap-can-bo/qua/${gone}`)).headers.location),
    /loi=provider-away/,
  )
  assert.match(String((await aBrowser(http).raw('/dang-nhap-can-bo/qua/9999')).headers.location), /loi=provider-off/)
  assert.equal((await aBrowser(http).signIn(officer.userName)).status, 200)
})

test('administrators set providers up; nobody else; bad addresses are refused', async () => {
  await anOfficer(database.context, { userName: 'admin.two', role: 'system-admin', demo: true })
  const admin = aBrowser(http)
  await admin.signIn('admin.two')
  const given = {
    name: 'VNeID',
    issuer: 'https://id.example.vn',
    clientId: 'c1',
    clientSecret: 'bí mật',
    forCitizens: true,
    forOfficers: false,
    enabled: true,
    settings: usualSettings,
  }
  const made = await admin.post('/api/providers', given)
  assert.equal(made.status, 200)
  assert.equal(made.body['hasSecret'], true)
  const id = Number(made.body['providerId'])
  assert.match(JSON.stringify(made.body['returnTo']), new RegExp(`/dang-nhap/tra-loi/${id}`))
  const { clientSecret, ...kept } = given
  assert.ok(clientSecret)
  assert.equal((await admin.send('PUT', `/api/providers/${id}`, { ...kept, name: 'VNeID 2' })).body['hasSecret'], true)
  assert.equal(
    (await admin.send('PUT', `/api/providers/${id}`, { ...kept, clientSecret: '' })).body['hasSecret'],
    false,
  )
  assert.equal((await admin.post('/api/providers', given)).body['code'], 'provider-exists')
  for (const issuer of ['http://id.example.vn', 'javascript:alert(1)//x', 'https://a@b.vn', 'https://b.vn/?x=1'])
    assert.equal(
      (await admin.post('/api/providers', { ...given, issuer, clientId: 'c2' })).body['code'],
      'provider-issuer',
    )
  assert.equal(
    (await admin.send('PUT', `/api/providers/${id}`, { ...kept, issuer: 'https://other.vn' })).body['code'],
    'provider-issuer-stays',
  )
  const { rows } = await database.ownerPool.query<{ all: string }>(
    `select string_agg(p::text, ' ') as all from identity.provider p`,
  )
  assert.doesNotMatch(rows[0]?.all ?? '', /bí mật|a-secret-of/)
  assert.deepEqual((await admin.post(`/api/providers/${providerId}/check`, {})).body, {
    answers: true,
    signs: true,
    pkce: true,
  })
  await anOfficer(database.context, { userName: 'plain.officer' })
  const plain = aBrowser(http)
  await plain.signIn('plain.officer')
  assert.equal((await plain.get('/api/providers')).status, 403)
  assert.equal((await plain.post('/api/providers', given)).status, 403)
  assert.equal((await aBrowser(http).post('/api/providers', given)).status, 401)
})

// --- A provider that lies ---------------------------------------------------------------------------------------------

/** By what a token is signed: the right key, another one, nothing at all, or the secret of the client as if it were a key. */
type LiarKey = 'own' | 'other' | 'none' | 'client-secret'

/** Looks like a provider and answers with whatever token the test wants. */
async function aLiar(): Promise<{
  issuer: string
  answerWith: (claims: Record<string, unknown>, key?: LiarKey) => void
  stop: () => Promise<void>
}> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  let token = ''
  const server: Server = createServer((request, reply) => {
    const say = (body: unknown) => reply.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (request.url?.startsWith('/.well-known'))
      return say({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      })
    if (request.url === '/jwks')
      return say({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'RS256' }] })
    return say({ access_token: 'a', token_type: 'Bearer', id_token: token })
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    issuer,
    answerWith(claims, key = 'own') {
      if (key === 'none') {
        token = `${part({ alg: 'none' })}.${part(claims)}.`
        return
      }
      if (key === 'client-secret') {
        const signed = `${part({ alg: 'HS256', kid: 'k' })}.${part(claims)}`
        token = `${signed}.${createHmac('sha256', 's').update(signed).digest('base64url')}`
        return
      }
      const text = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`
      const pair = key === 'own' ? own : other
      token = `${text}.${sign('sha256', Buffer.from(text), pair.privateKey).toString('base64url')}`
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

test('tokens that are not right are refused, whatever is wrong with them', async (t) => {
  const liar = await aLiar()
  t.after(liar.stop)
  const { context } = database
  const id = await addProvider({ issuer: liar.issuer, clientId: 'c', clientSecret: 's' })
  const uri = `${context.config.publicUrl}/dang-nhap/tra-loi/${id}`
  const attempt = async (lie: (claims: Record<string, unknown>) => Record<string, unknown>, key?: LiarKey) => {
    const begun = await beginWithProvider(context, {
      providerId: id,
      purpose: 'citizen',
      redirectUri: uri,
      note: '/tai-khoan',
      language: 'vi',
    })
    assert.ok(begun.ok)
    const asked = new URL(begun.value.url).searchParams
    assert.equal(asked.get('code_challenge_method'), 'S256')
    const now = Math.floor(Date.now() / 1000)
    const nonce = asked.get('nonce')
    liar.answerWith(lie({ iss: liar.issuer, aud: 'c', sub: 's', iat: now, exp: now + 300, nonce }), key)
    const finished = await finishWithProvider(context, {
      providerId: id,
      purpose: 'citizen',
      redirectUri: uri,
      search: new URLSearchParams({ code: 'c', state: asked.get('state') ?? '' }).toString(),
      browser: begun.value.browser,
    })
    return finished.ok ? 'accepted' : finished.refusal.code
  }
  const now = Math.floor(Date.now() / 1000)
  assert.equal(await attempt((claims) => claims), 'accepted')
  const worthless = 'provider-answer-worthless'
  assert.equal(await attempt((claims) => claims, 'other'), worthless, 'signed by another key')
  assert.equal(await attempt((claims) => claims, 'none'), worthless, 'signed by nobody')
  assert.equal(await attempt((claims) => claims, 'client-secret'), worthless, 'signed with the secret of the client')
  assert.equal(await attempt((claims) => ({ ...claims, nonce: 'x' })), worthless, 'wrong nonce')
  assert.equal(await attempt(({ nonce: _, ...claims }) => claims), worthless, 'no nonce')
  assert.equal(await attempt((claims) => ({ ...claims, exp: now - 600, iat: now - 900 })), worthless, 'expired')
  assert.equal(await attempt((claims) => ({ ...claims, aud: 'somebody-else' })), worthless, 'wrong audience')
  assert.equal(await attempt((claims) => ({ ...claims, iss: house.issuer })), worthless, 'another issuer')
  assert.equal(await attempt((claims) => ({ ...claims, aud: ['c', 'd'], azp: 'd' })), worthless, 'another party')
})

test('a provider that is switched off in between takes nobody in', async () => {
  await anOfficer(database.context, { userName: 'too.late' })
  house.person = { sub: 'p-late', preferred_username: 'too.late' }
  const browser = aBrowser(http)
  const begun = await browser.raw(`/dang-nhap-can-bo/qua/${providerId}`)
  for (const { name, value } of begun.cookies) browser.cookies.set(name, value)
  const answer = (await house.signIn(String(begun.headers.location))).replace(database.context.config.publicUrl, '')
  const change = {
    name: 'Danh tính thử',
    issuer: house.issuer,
    clientId: house.clientId,
    clientSecret: undefined,
    forCitizens: true,
    forOfficers: false,
    enabled: true,
    settings: { ...usualSettings, scope: 'openid' },
    now: database.context.clock(),
    by: null,
  }
  await updateProvider(database.db, providerId, change)
  assert.match(await comeBack(browser, answer), /loi=provider-off/)
  await updateProvider(database.db, providerId, { ...change, forOfficers: true })
})

test('a code that was stolen from another attempt is worth nothing: the provider asks for the verifier of its own', async () => {
  const { context } = database
  const redirect = redirectUri(providerId)
  const begin = async () => {
    const begun = await beginWithProvider(context, {
      providerId,
      purpose: 'officer',
      redirectUri: redirect,
      note: '',
      language: 'vi',
    })
    assert.ok(begun.ok)
    const answer = new URL(await house.signIn(begun.value.url)).searchParams
    return { ...begun.value, answer }
  }
  const finish = async (search: URLSearchParams, browser: string) => {
    const options = {
      providerId,
      purpose: 'officer',
      redirectUri: redirect,
      search: search.toString(),
      browser,
    } as const
    const finished = await finishWithProvider(context, options)
    return finished.ok ? 'accepted' : finished.refusal.code
  }
  const victim = await begin()
  const thief = await begin()
  const mixed = new URLSearchParams(thief.answer)
  mixed.set('code', victim.answer.get('code') ?? '')
  assert.equal(await finish(mixed, thief.browser), 'provider-answer-worthless')
  const honest = await begin()
  assert.equal(await finish(honest.answer, honest.browser), 'accepted')
})
