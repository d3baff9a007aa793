import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import { seedCalendar } from '../../calendar/index.ts'
import { addMinutes } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { createAgency, type StaffTables } from '../../staff/index.ts'
import { queueMessage, withdrawMessage } from './commands.ts'
import { handToServer } from './mail.ts'
import { usualSettings } from './rules/settings.ts'
import { sendDue, type NoticeContext } from './sender.ts'
import { addRefusal, addSetting, addTemplate, type MessageRow, type NoticeTables } from './store.ts'
import { addressIndex } from './commands.ts'
import { openGateway, openMailbox, type FakeGateway, type Mailbox } from './testing.ts'

let database: TestDatabase<NoticeTables & StaffTables>
let context: NoticeContext
let mailbox: Mailbox
let gateway: FakeGateway
let agencyId: number
let counter = 0
const MORNING = '2026-11-23T02:00:00.000Z' // 9:00

before(async () => {
  database = await testDatabase<NoticeTables & StaffTables>()
  await seedCalendar(database.db as never)
})
beforeEach(async () => {
  database.setClock(MORNING)
  mailbox = await openMailbox()
  gateway = await openGateway(database.context.clock)
  context = {
    ...database.context,
    config: {
      ...database.context.config,
      publicUrl: 'https://motcua.example.gov.vn',
      mail: mailbox.server,
      noticeGateways: [gateway.url],
    },
  }
  counter += 1
  agencyId = await createAgency(database.db, {
    kind: 'commune',
    fullName: 'Xã Hải Hưng',
    validFrom: '2025-07-01',
    codes: [{ scheme: 'dossier', code: `H61.${counter}` }],
  })
})
afterEach(async () => {
  await mailbox.close()
  await gateway.close()
})
after(() => database.close())

const facts = {
  code: 'H61.1-26-001234',
  procedure: 'Đăng ký khai sinh',
  trackLink: '/tra-cuu/H61.1-26-001234?k=ABC',
  due: '15:00 26/11/2026',
}
const ask = (dedupeKey: string, change: Partial<Parameters<typeof queueMessage<'dossier-received'>>[1]> = {}) =>
  queueMessage(context, {
    agencyId,
    to: { email: 'nguoidan@thu.example' },
    template: 'dossier-received',
    facts,
    dedupeKey,
    ...change,
  })
const rows = async (): Promise<MessageRow[]> =>
  (
    await database.ownerPool.query<MessageRow>('select * from portal.message where agency_id = $1 order by position', [
      agencyId,
    ])
  ).rows
const only = async (): Promise<MessageRow> => {
  const [row] = await rows()
  assert.ok(row)
  return row
}
const send = (options = {}) => sendDue(context, { random: () => 0.5, ...options })
const later = (minutes: number) => database.setClock(addMinutes(MORNING, minutes))

test('a letter arrives whole: Vietnamese, text and HTML, the right headers, links to us alone', async () => {
  assert.equal((await ask('a/1')).state, 'queued')
  assert.equal(await send(), 1)
  const [letter] = mailbox.letters
  assert.ok(letter)
  const row = await only()
  assert.equal(letter.subject, 'Đã tiếp nhận hồ sơ H61.1-26-001234')
  assert.match(
    letter.text ?? '',
    /Hồ sơ H61\.1-26-001234 \(Đăng ký khai sinh\) đã được tiếp nhận\. Hẹn trả kết quả: 15:00 26\/11\/2026\./,
  )
  assert.match(String(letter.html), /<a href="https:\/\/motcua\.example\.gov\.vn\/tra-cuu\/H61\.1-26-001234\?k=ABC"/)
  assert.deepEqual(letter.from?.value, [{ name: 'Ủy ban nhân dân xã Hải Hưng', address: 'motcua@xa.example.gov.vn' }])
  assert.equal(letter.messageId, `<${row.message_id}@motcua.example.gov.vn>`)
  assert.equal(letter.headers.get('auto-submitted'), 'auto-generated')
  assert.equal(letter.headers.get('content-language'), 'vi')
  assert.match(mailbox.raw[0] ?? '', /List-Unsubscribe:\s+<https:\/\/motcua\.example\.gov\.vn\/thong-bao\/ngung\//)
  assert.match(mailbox.raw[0] ?? '', /List-Unsubscribe-Post: List-Unsubscribe=One-Click/)
  for (const url of `${letter.text}${String(letter.html)}`.match(/https?:\/\/[^/\s"<]+/g) ?? [])
    assert.equal(url, 'https://motcua.example.gov.vn')
  assert.doesNotMatch(String(letter.html), /<img|<script|src=|url\(/i)
  // Only 7-bit bytes went over the line, no line is too long.
  assert.doesNotMatch(mailbox.raw[0] ?? '', /[\u0080-\u00FF]/)
  assert.ok((mailbox.raw[0] ?? '').split('\r\n').every((line) => line.length <= 998))
  assert.equal(row.state, 'sent')
  assert.equal(row.delivered_at, null)
})

test('what belongs to the handling carries no way to refuse it; what somebody wrote cannot break a header', async () => {
  await queueMessage(context, {
    agencyId,
    to: { email: 'nguoidan@thu.example' },
    template: 'dossier-supplement',
    facts: { ...facts, papers: 'Giấy chứng sinh\r\nBcc: x@y.example <script>', until: '' },
    dedupeKey: 'b/1',
  })
  await send()
  const [letter] = mailbox.letters
  assert.equal(letter?.headers.get('list-unsubscribe'), undefined)
  assert.equal(letter?.bcc, undefined)
  assert.match(String(letter?.html), /&lt;script&gt;/)
  assert.doesNotMatch(letter?.text ?? '', /Hạn bổ sung/)
})

test('asked for many times at once, a message goes once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => ask('c/1')))
  assert.equal(outcomes.filter(({ state }) => state === 'queued').length, 1)
  await Promise.all([send(), send(), send()])
  await send()
  assert.equal(mailbox.letters.length, 1)
})

test('in a transaction that comes to nothing, nothing is asked for', async () => {
  await assert.rejects(
    withScope(context.db, { agencies: [agencyId] }, async (tx) => {
      await queueMessage(
        { ...context, db: tx },
        { agencyId, to: { email: 'a@thu.example' }, template: 'dossier-received', facts, dedupeKey: 'd/1' },
      )
      throw new Error('never mind')
    }),
  )
  assert.deepEqual(await rows(), [])
})

test('450 is tried again later, 550 fails for good or goes the next way', async () => {
  mailbox.manners.refuse = (to) =>
    to.startsWith('dau') ? { code: 450, text: 'greylisted' } : { code: 550, text: 'no such user' }
  await ask('e/1', { to: { email: 'dau@thu.example' } })
  await ask('e/2', { to: { email: 'sai@thu.example' } })
  await send()
  assert.deepEqual(
    (await rows()).map(({ state, obstacle, reply_code: code }) => [state, obstacle, code]),
    [
      ['queued', 'server-busy', 450],
      ['failed', 'address-refused', 550],
    ],
  )
  delete mailbox.manners.refuse
  assert.equal(await send(), 0) // not yet
  later(2)
  await send()
  assert.deepEqual(
    (await rows()).map(({ state }) => state),
    ['sent', 'failed'],
  )
  assert.equal(mailbox.letters.length, 1)
})

test('refused after the letter was heard: 552 fails, 451 comes again with the same name', async () => {
  mailbox.manners.refuseLetter = (to) =>
    to.startsWith('dau') ? { code: 451, text: 'later' } : { code: 554, text: 'spam' }
  await ask('f/1', { to: { email: 'dau@thu.example' } })
  await ask('f/2', { to: { email: 'sai@thu.example' } })
  await send()
  assert.deepEqual(
    (await rows()).map(({ state, obstacle }) => [state, obstacle]),
    [
      ['queued', 'server-busy'],
      ['failed', 'content-refused'],
    ],
  )
  delete mailbox.manners.refuseLetter
  later(2)
  await send()
  const [letter] = mailbox.letters
  assert.equal(letter?.messageId, `<${(await rows())[0]?.message_id}@motcua.example.gov.vn>`)
})

test('a line cut before the end of the letter is tried again; after it nobody knows, and nothing is sent twice', async () => {
  mailbox.manners.cut = 'at-rcpt'
  await ask('g/1')
  await send()
  assert.equal((await only()).state, 'queued')
  mailbox.manners.cut = 'after-letter'
  later(5)
  await send()
  assert.deepEqual([(await only()).state, (await only()).obstacle], ['uncertain', 'connection-cut'])
  mailbox.manners.cut = undefined
  later(500)
  await send()
  assert.equal(mailbox.letters.length, 1)
})

test('a server that is too slow, that is not there, that does not speak TLS', async () => {
  const attempt = (change: Partial<typeof mailbox.server>, patience = { connectMs: 500, answerMs: 500 }) =>
    handToServer(
      { ...mailbox.server, ...change },
      {
        from: 'a@b.example',
        to: 'c@d.example',
        bytes: Buffer.from('Subject: x\r\n\r\ny'),
        handOver: async () => undefined,
      },
      patience,
    )
  mailbox.manners.waitMs = 1500
  assert.equal((await attempt({})).outcome, 'uncertain')
  mailbox.manners.waitMs = 0
  assert.deepEqual(await attempt({ port: 1 }), { outcome: 'postponed', obstacle: 'no-connection', replyCode: null })
  const open = await attempt({ tls: 'starttls' })
  assert.equal(open.outcome, 'postponed')
  assert.equal('obstacle' in open ? open.obstacle : '', 'no-tls')
})

test('without a server letters wait and say so; what waited too long is given up', async () => {
  context = { ...context, config: { ...context.config, mail: undefined } }
  await ask('h/1')
  await ask('h/2', { expiresAt: addMinutes(MORNING, 10) })
  assert.equal(await send(), 0)
  assert.deepEqual(
    (await rows()).map(({ state, tries }) => [state, tries]),
    [
      ['queued', 0],
      ['queued', 0],
    ],
  )
  later(11)
  await send()
  assert.deepEqual(
    (await rows()).map(({ state }) => state),
    ['queued', 'given-up'],
  )
  later(15 * 24 * 60)
  await send()
  assert.deepEqual(
    (await rows()).map(({ state, obstacle, secret }) => [state, obstacle, secret]),
    [
      ['given-up', 'too-late', null],
      ['given-up', 'too-late', null],
    ],
  )
})

test('at night nobody is disturbed, except with a code that somebody waits for; the code is forgotten once sent', async () => {
  database.setClock('2026-11-23T15:30:00.000Z') // 22:30
  await ask('i/1')
  await queueMessage(context, {
    agencyId,
    to: { email: 'nguoidan@thu.example' },
    template: 'one-time-code',
    facts: { code: '482913', minutes: '10' },
    dedupeKey: 'i/2',
  })
  await send()
  assert.deepEqual(
    (await rows()).map(({ state, not_before: at }) => [state, new Date(at).toISOString()]),
    [
      ['queued', '2026-11-24T00:00:00.000Z'],
      ['sent', '2026-11-23T15:30:00.000Z'],
    ],
  )
  assert.match(mailbox.letters[0]?.text ?? '', /482913/)
  assert.equal((await rows())[1]?.secret, null)
  database.setClock('2026-11-24T00:00:10.000Z')
  await send()
  assert.equal(mailbox.letters.length, 2)
})

test('letters to one person about one dossier arrive in their order, also when the first has to wait', async () => {
  const dossierId = '01980000-0000-7000-8000-000000000001'
  let first = true
  mailbox.manners.refuse = () => {
    const refusal = first ? { code: 450, text: 'later' } : undefined
    first = false
    return refusal
  }
  for (const number of [1, 2, 3]) await ask(`j/${number}`, { dossierId, facts: { ...facts, due: `lần ${number}` } })
  await send()
  later(3)
  await send()
  await send()
  assert.deepEqual(
    mailbox.letters.map(({ text }) => /lần \d/.exec(text ?? '')?.[0]),
    ['lần 1', 'lần 2', 'lần 3'],
  )
})

test('who wants no messages gets only those that belong to the handling; who has no address is told apart', async () => {
  const refused = addressIndex(context.keys, 'nguoidan@thu.example')
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    addRefusal(tx, { agency_id: agencyId, address_index: refused, refused_at: MORNING }),
  )
  assert.equal((await ask('k/1')).state, 'refused')
  const binding = { template: 'dossier-stopped', facts, agencyId, to: { email: 'nguoidan@thu.example' } } as const
  assert.equal((await queueMessage(context, { ...binding, dedupeKey: 'k/2' })).state, 'queued')
  await send()
  assert.equal((await ask('k/3', { to: { email: 'không có', phone: '024 3825 0000' } })).state, 'no-address')
})

test('an own text is used from then on; the version is kept with the message; a withdrawn message never leaves', async () => {
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    addTemplate(tx, {
      agency_id: agencyId,
      template: 'dossier-received',
      channel: 'email',
      language: 'vi',
      version: 1,
      subject: 'Xã báo: {{code}}',
      body: 'Chào bạn, {{agency}} đã nhận.',
      written_by: 1,
      written_at: MORNING,
    }),
  )
  await ask('l/1')
  await ask('l/2')
  assert.equal(await withdrawMessage(context, { agencyId, dedupeKey: 'l/2' }), true)
  await send()
  assert.equal(mailbox.letters.length, 1)
  assert.equal(mailbox.letters[0]?.subject, 'Xã báo: H61.1-26-001234')
  assert.match(mailbox.letters[0]?.text ?? '', /^Chào bạn, Ủy ban nhân dân xã Hải Hưng đã nhận\./)
  assert.deepEqual(
    (await rows()).map(({ state, template_version: version }) => [state, version]),
    [
      ['sent', 1],
      ['given-up', null],
    ],
  )
  assert.equal(await withdrawMessage(context, { agencyId, dedupeKey: 'l/1' }), false)
})

test('killed at the worst moment, the system never sends a letter twice', async () => {
  mailbox.manners.waitMs = 60_000
  await ask('m/1')
  const platform = join(import.meta.dirname, '../../platform')
  const program = `
    import { readConfig } from '${platform}/config.ts'
    import { openDb, openPool } from '${platform}/db.ts'
    import { openKeys } from '${platform}/keys.ts'
    import { openLog } from '${platform}/log.ts'
    import { sendDue } from '${import.meta.dirname}/sender.ts'
    const pool = openPool({ url: ${JSON.stringify(database.url)}, size: 4, role: 'motcua_app' })
    const config = { ...readConfig({}, '/'), mail: ${JSON.stringify(mailbox.server)} }
    const keys = openKeys(${JSON.stringify(context.keys.dir)})
    await sendDue({ db: openDb(pool), pool, clock: () => '${MORNING}', config, keys, log: openLog('silent') })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' })
  for (let tries = 0; mailbox.letters.length === 0 && tries < 200; tries++) await sleep(50)
  assert.equal(mailbox.letters.length, 1)
  assert.equal((await only()).state, 'handing-over')
  child.kill('SIGKILL')
  await new Promise((resolve) => void child.once('exit', resolve))
  mailbox.manners.waitMs = 0
  await send() // the claim still holds
  assert.equal((await only()).state, 'handing-over')
  later(10)
  await send()
  await send()
  assert.equal((await only()).state, 'uncertain')
  assert.equal(mailbox.letters.length, 1)
})

test('killed before anything was handed over, the letter goes out once by the next process', async () => {
  await ask('n/1')
  await database.ownerPool.query(
    `update portal.message set state = 'sending', leased_until = $2 where agency_id = $1`,
    [agencyId, addMinutes(MORNING, 5)],
  )
  assert.equal(await send(), 0)
  later(6)
  await send()
  later(10)
  await send()
  assert.equal((await only()).state, 'sent')
  assert.equal(mailbox.letters.length, 1)
})

const withGateway = (change: Partial<typeof usualSettings> = {}) =>
  withScope(context.db, { agencies: [agencyId] }, (tx) =>
    addSetting(tx, {
      agency_id: agencyId,
      version: 1,
      body: { ...usualSettings, sms: { url: gateway.url, sender: 'UBNDHAIHUNG', perMinute: 100 }, ...change },
      secret: context.keys.encrypt(JSON.stringify({ sms: gateway.secret })),
      written_by: 1,
      written_at: MORNING,
    }),
  )

test('by SMS: signed, without accents, each id once though the gateway takes it and does not answer', async () => {
  await withGateway()
  await ask('o/1', { to: { phone: '+84 912 345 678' } })
  gateway.manners.forget = true
  await send()
  assert.deepEqual([(await only()).state, (await only()).obstacle], ['queued', 'no-connection'])
  gateway.manners.forget = false
  later(2)
  await send()
  assert.equal((await only()).state, 'sent')
  assert.equal(gateway.asked(), 2)
  assert.equal(gateway.sent.length, 1)
  const [sms] = gateway.sent
  assert.equal(sms?.to, '0912345678')
  assert.equal(sms?.sender, 'UBNDHAIHUNG')
  assert.match(sms?.text ?? '', /^Ho so H61\.1-26-001234 da duoc tiep nhan\. Hen tra: 15:00 26\/11\/2026\. https:/)
  assert.ok(/^[\x20-\x7E]*$/.test(sms?.text ?? ''))
})

test('a gateway that is busy, refuses the number or answers nonsense', async () => {
  await withGateway()
  await ask('p/1', { to: { phone: '0912345678' } })
  gateway.manners.status = 503
  await send()
  assert.equal((await only()).obstacle, 'server-busy')
  gateway.manners.status = 200
  gateway.manners.body = '<html>'
  later(2)
  await send()
  assert.equal((await only()).obstacle, 'bad-answer')
  gateway.manners.status = 422
  later(10)
  await send()
  assert.deepEqual([(await only()).state, (await only()).reply_code], ['failed', 422])
})

test('an address that mail refuses is reached by SMS instead; no more than the gateway takes in a minute', async () => {
  await withGateway({ sms: { url: gateway.url, sender: 'X', perMinute: 1 } })
  mailbox.manners.refuse = () => ({ code: 550, text: 'no such user' })
  await ask('q/1', { to: { email: 'sai@thu.example', phone: '0912345678' }, channels: ['email', 'sms'] })
  await ask('q/2', { to: { phone: '0987654321' } })
  await send()
  await send()
  assert.equal(gateway.sent.length, 1)
  later(2)
  await send()
  assert.equal(gateway.sent.length, 2)
  assert.deepEqual(
    (await rows()).map(({ state, channel, masked_address: to }) => [state, channel, to]),
    [
      ['sent', 'sms', '091****678'],
      ['sent', 'sms', '098****321'],
    ],
  )
})

test('addresses and facts lie encrypted, and are gone after a month', async () => {
  await ask('r/1')
  await send()
  const row = await only()
  assert.doesNotMatch(JSON.stringify(row), /nguoidan|Đăng ký khai sinh/)
  assert.doesNotMatch(row.secret?.toString('latin1') ?? '', /nguoidan/)
  later(31 * 24 * 60)
  await send()
  assert.equal((await only()).secret, null)
  assert.ok(await simpleParser(mailbox.raw[0] ?? ''))
})
