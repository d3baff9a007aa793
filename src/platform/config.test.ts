import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig, settings } from './config.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8')

test('the page of settings is the table of the program', () => {
  const table = settings.map(({ name, default: value, meaning }) => `| \`${name}\` | \`${value}\` | ${meaning} |`)
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  assert.deepEqual(rows, table)
})

test('every documented setting is read', () => {
  const read = new Set<string>()
  const env = new Proxy({}, { get: (_target, name) => void read.add(String(name)) })
  readConfig(env, '/srv')
  assert.deepEqual([...read].toSorted(), settings.map(({ name }) => name).toSorted())
})

test('defaults suit one machine, folders follow DATA_DIR', () => {
  const config = readConfig({}, '/srv')
  assert.equal(config.publicUrl, 'http://127.0.0.1:8080')
  assert.deepEqual([config.dataDir, config.keyDir, config.fileDir], ['/srv/var', '/srv/var/keys', '/srv/var/files'])
  assert.equal(config.secureCookies, false)
  assert.equal(readConfig({ DATA_DIR: '/data' }, '/srv').keyDir, '/data/keys')
})

test('https turns on secure cookies; blanks and slashes at the end do not matter', () => {
  const config = readConfig({ PUBLIC_URL: ' https://motcua.example/ ', TRUST_PROXY: '10.0.0.1, 10.0.0.2' }, '/srv')
  assert.equal(config.publicUrl, 'https://motcua.example')
  assert.equal(config.secureCookies, true)
  assert.deepEqual(config.trustProxy, ['10.0.0.1', '10.0.0.2'])
})

test('a value that cannot be used is refused by name', () => {
  for (const [name, value] of [
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'motcua'],
    ['LOG_LEVEL', 'loud'],
    ['POOL_SIZE', '1.5'],
    ['POOL_SIZE', '1'],
  ] as const)
    assert.throws(() => readConfig({ [name]: value }, '/srv'), new RegExp(name), `${name}=${value}`)
})

test('mail goes by TLS unless the server stands on this machine or somebody says otherwise', () => {
  const mail = (url: string) => readConfig({ SMTP_URL: url, MAIL_FROM: 'motcua@xa.example' }, '/srv').mail
  assert.equal(readConfig({}, '/srv').mail, undefined)
  assert.deepEqual(mail('smtps://a%40b:p%3Aw@thu.example'), {
    host: 'thu.example',
    port: 465,
    tls: 'implicit',
    user: 'a@b',
    password: 'p:w',
    from: 'motcua@xa.example',
    perMinute: 60,
  })
  assert.equal(mail('smtp://thu.example')?.tls, 'starttls')
  assert.equal(mail('smtp://thu.example:25?tls=none')?.tls, 'none')
  assert.equal(mail('smtp://127.0.0.1:2525')?.tls, 'none')
  assert.throws(() => readConfig({ SMTP_URL: 'smtp://thu.example' }, '/srv'), /MAIL_FROM/)
  assert.throws(() => mail('https://thu.example'), /SMTP_URL/)
  assert.throws(() => readConfig({ NOTICE_GATEWAYS: 'sms' }, '/srv'), /NOTICE_GATEWAYS/)
})
