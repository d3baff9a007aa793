import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { StaffTables } from '../staff/index.ts'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { identityRoutes } from './routes.ts'
import { addSandboxProvider } from './sandbox-provider.ts'
import type { IdentityTables } from './tables.ts'
import { aBrowser, anOfficer, testHttp } from './testing.ts'

let real: TestDatabase<IdentityTables & StaffTables>
let demo: TestDatabase<IdentityTables & StaffTables>
const open: Http[] = []

async function serve({ context }: TestDatabase<IdentityTables & StaffTables>): Promise<Http> {
  const http = await testHttp(context, (server) => identityRoutes(server, context))
  open.push(http)
  return http
}

before(async () => {
  real = await testDatabase<IdentityTables & StaffTables>()
  demo = await testDatabase<IdentityTables & StaffTables>()
  await demo.ownerPool.query(`insert into platform.setting (name, value) values ('demo', '{}')`)
})
after(async () => {
  await Promise.all(open.map((http) => http.close()))
  await real.close()
  await demo.close()
})

const addresses = ['/.well-known/openid-configuration', '/jwks', '/auth?client_id=motcua-dung-thu', '/nguoi/abc']

test('outside of a demonstration there is no provider here, even if somebody had written it down', async () => {
  const http = await serve(real)
  await addSandboxProvider(real.context)
  for (const address of addresses)
    assert.equal((await http.inject(`/dinh-danh-thu${address}`)).statusCode, 404, address)
  assert.equal((await http.inject({ method: 'POST', url: '/dinh-danh-thu/token' })).statusCode, 404)
  // No administrator can point a provider at ourselves.
  await anOfficer(real.context, { userName: 'admin', role: 'system-admin', demo: true })
  const admin = aBrowser(http)
  await admin.signIn('admin')
  const kept = (await admin.get('/api/providers')).body as unknown as { issuer: string; settings: object }[]
  const { status, body } = await admin.post('/api/providers', {
    name: 'Tự nhận',
    issuer: '/dinh-danh-thu',
    clientId: 'x',
    forCitizens: true,
    forOfficers: true,
    enabled: true,
    settings: kept[0]?.settings,
  })
  assert.deepEqual([status, body['code']], [422, 'provider-issuer'])
})

test('it stays for citizens and for its one client, whatever an administrator writes', async () => {
  const http = await serve(real)
  const admin = aBrowser(http)
  await admin.signIn('admin')
  type Kept = { providerId: number; clientId: string; forOfficers: boolean; settings: object; hasSecret: boolean }
  const [kept] = (await admin.get('/api/providers')).body as unknown as Kept[]
  assert.ok(kept)
  const change = { name: 'Thử', issuer: '/dinh-danh-thu', forCitizens: true, enabled: true, settings: kept.settings }
  const { status, body } = await admin.send('PUT', `/api/providers/${kept.providerId}`, {
    ...change,
    clientId: 'x',
    clientSecret: '',
    forOfficers: true,
  })
  assert.equal(status, 200)
  assert.deepEqual([body['clientId'], body['forOfficers'], body['hasSecret']], [kept.clientId, false, true])
})

test('in a demonstration it says what it is, asks who somebody is, and lets nobody in without PKCE', async () => {
  const founded = await serve(demo)
  assert.equal((await founded.inject('/dinh-danh-thu/jwks')).statusCode, 404, 'before it was founded')
  const id = await addSandboxProvider(demo.context)
  const { publicUrl } = demo.context.config
  const about = (await founded.inject('/dinh-danh-thu/.well-known/openid-configuration')).json<
    Record<string, unknown>
  >()
  assert.equal(about['issuer'], `${publicUrl}/dinh-danh-thu`)
  assert.equal(about['token_endpoint'], `${publicUrl}/dinh-danh-thu/token`)
  const keys = (await founded.inject('/dinh-danh-thu/jwks')).json<{ keys: Record<string, unknown>[] }>().keys
  assert.deepEqual(
    keys.map(({ d, p, kty }) => [d, p, kty]),
    [[undefined, undefined, 'RSA']],
  )
  const ask = (more: Record<string, string>) =>
    founded.inject(
      `/dinh-danh-thu/auth?${new URLSearchParams({
        client_id: 'motcua-dung-thu',
        response_type: 'code',
        scope: 'openid',
        redirect_uri: `${publicUrl}/dang-nhap/tra-loi/${id}`,
        ...more,
      }).toString()}`,
    )
  assert.match(String((await ask({})).headers.location), /error=invalid_request.*PKCE/)
  const stranger = await ask({
    redirect_uri: 'https://evil.example/',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  })
  assert.equal(stranger.statusCode, 400)
  const asked = await ask({ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' })
  const there = new URL(String(asked.headers.location), publicUrl).pathname
  assert.match(there, /^\/dinh-danh-thu\/nguoi\//)
  const cookie = asked.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const page = await founded.inject({ url: there, headers: { cookie } })
  assert.match(page.body, /Bạn là ai\?/)
  // A page that is not one's own, and somebody who is nobody.
  assert.equal((await founded.inject(there)).statusCode, 410)
  const post = (payload: string) =>
    founded.inject({
      method: 'POST',
      url: there,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload,
    })
  assert.equal((await post('ai=khac&ten=&so=12')).statusCode, 422)
  assert.equal((await post('ai=san&muc=loa2')).statusCode, 303)
})
