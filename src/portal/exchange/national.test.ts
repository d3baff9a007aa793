import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openFileStore } from '../../documents/index.ts'
import { give, readDossier, type CommandInput } from '../../dossiers/index.ts'
import { aCommune, at, type Commune } from '../../dossiers/testing.ts'
import { withScope } from '../../platform/db.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { noneOlder, testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { findFilled, seedEforms } from '../eforms/index.ts'
import { maritalStatus } from '../filing/testing.ts'
import { openOtherData } from './form-data.ts'
import { confirmMarks, marksOf, setMarks } from '../filing/index.ts'
import { insertPartner } from './partner-store.ts'
import { makeKey, tidyPartners } from './partners.ts'
import { nationalPort } from './inbound.ts'
import type { NationalContext } from './national.ts'
import { followStatuses, sendStatuses } from './outbox.ts'
import { openSandbox, sandboxDossier, type SandboxFile, type SandboxKey } from './sandbox.ts'

let database: TestDatabase<never>
let context: NationalContext
let http: Http
let target: string
let commune: Commune
let other: Commune
let key: SandboxKey
let portal: ReturnType<typeof openSandbox>
let now: number

const setNow = (moment: string) => {
  now = Date.parse(moment)
  database.setClock(moment)
}

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as NationalContext
  setNow(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
  other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  http = await createHttp({ config: context.config, log: context.log })
  nationalPort(http, context, openFileStore(context.config.fileDir))
  target = await http.listen({ port: 0, host: '127.0.0.1' })
  key = await aPartner('dvcqg')
  portal = openSandbox({ key, target, clock: () => now })
  const address = await portal.listen()
  await database.ownerPool.query('update portal.partner set address = $1 where partner_id = $2', [address, 'dvcqg'])
})
after(async () => {
  await portal.close()
  await http.close()
  await database.close()
})
beforeEach(() => {
  setNow(at('2026-11-20', '08:30'))
  portal.behave('none')
})

async function aPartner(partnerId: string, kind: 'national-portal' | 'post' = 'national-portal'): Promise<SandboxKey> {
  const moment = context.clock()
  const by = null
  await insertPartner(context.db, {
    partner_id: partnerId,
    kind,
    name: 'Cổng thử',
    address: null,
    enabled: true,
    made_at: moment,
    made_by: by,
    changed_at: moment,
    changed_by: by,
  })
  return { partnerId, ...(await makeKey(context, { partnerId, by })) }
}

const pdf = (text: string): Uint8Array => Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`)
const aFile = (id: string, component = 'declaration', text = id): SandboxFile => ({
  id,
  component,
  name: `${id}.pdf`,
  type: 'application/pdf',
  bytes: pdf(text),
})
const bothFiles = (suffix = '') => [aFile(`tk${suffix}`), aFile(`cs${suffix}`, 'birth-notice')]

let sequence = 0
const aCode = () => `G01.99.${String(++sequence).padStart(6, '0')}`
const dossier = (nationalCode: string, change: Record<string, unknown> = {}, files: SandboxFile[] = []) =>
  sandboxDossier({ nationalCode, agencyCode: 'H99.01', files, now, change })

const rows = async <Row>(text: string, values: unknown[] = []) =>
  (await database.ownerPool.query(text, values)).rows as Row[]
const dossiersOf = (code: string) =>
  rows<{ dossier_id: string; code: string; status: string; channel: string; agency_id: number }>(
    `select d.* from portal.national_dossier n join dossiers.dossier d using (agency_id, dossier_id) where n.national_code = $1`,
    [code],
  )
const countAll = async () => (await rows<{ n: number }>('select count(*)::int as n from dossiers.dossier'))[0]?.n
const lines = (code: string) =>
  rows<{ outcome: string; code: string | null }>(
    'select outcome, code from portal.delivery where national_code = $1 order by received_at, delivery_id',
    [code],
  )

async function act(dossierId: string, command: CommandInput): Promise<void> {
  const outcome = await give(
    context,
    { actor: commune.reception, source: 'officer' },
    { agencyId: commune.agencyId, dossierId, body: { commandId: crypto.randomUUID(), version: null, command } },
  )
  assert.ok(outcome.ok, JSON.stringify(outcome))
}

const askSupplement = (dossierId: string, componentKeys = ['birth-notice']) =>
  act(dossierId, {
    type: 'requestSupplement',
    details: { reason: 'Giấy chứng sinh mờ', items: [{ paper: 'Giấy chứng sinh', change: 'Chụp lại' }] },
    componentKeys,
  })

test('a dossier of the portal comes in through the same intake, with its papers and its timers', async () => {
  const code = aCode()
  const files = bothFiles()
  const answer = await portal.send(dossier(code, {}, files), { files })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  assert.equal(answer.body['MaHoSo'], code)
  assert.equal(answer.body['TrangThaiHoSo'], '1')
  const [row] = await dossiersOf(code)
  assert.equal(row?.code, answer.body['MaHoSoDonVi'])
  assert.equal(row?.channel, 'online')
  assert.equal(row?.status, 'lodged')
  const [event] = await rows<{ body: { acceptBy: string; assistedBy: null } }>(
    `select body from dossiers.event where dossier_id = $1 and type = 'lodged'`,
    [row?.dossier_id],
  )
  assert.equal(event?.body.acceptBy, at('2026-11-23', '08:30'))
  const kept = await rows<{ name: string; component: string; origin: string }>(
    'select name, component, origin from documents.file where dossier_id = $1 order by component',
    [row?.dossier_id],
  )
  assert.deepEqual(
    kept.map(({ component }) => component),
    ['birth-notice', 'declaration'],
  )
  const [present] = await rows<{ papers: number; digitised: number }>(
    'select papers, digitised from dossiers.dossier where dossier_id = $1',
    [row?.dossier_id],
  )
  assert.deepEqual([present?.papers, present?.digitised], [2, 2])
})

test('the same delivery again, ten at once and later, is one dossier', async () => {
  const code = aCode()
  const files = bothFiles()
  const before = await countAll()
  const answers = await Promise.all(Array.from({ length: 10 }, () => portal.send(dossier(code, {}, files), { files })))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [...Array<number>(9).fill(200), 201])
  assert.equal(new Set(answers.map(({ body }) => body['MaHoSoDonVi'])).size, 1)
  const again = await portal.send(dossier(code, { NgayCapNhat: '20261120083000' }, files), { files })
  assert.equal(again.body['KetQua'], 'repeated')
  assert.equal(await countAll(), (before ?? 0) + 1)
})

test('who is not known, signs wrongly, late or twice is refused and leaves nothing', async () => {
  const code = aCode()
  const before = await countAll()
  const payload = dossier(code, { TaiLieuNop: [] })
  const forged: Promise<{ status: number; body: Record<string, unknown> }>[] = [
    portal.send(payload, { signed: { ...key, secret: 'khác' } }),
    portal.send(payload, { signed: { ...key, partnerId: 'khong-co' } }),
    portal.send(payload, { signed: { ...key, keyId: 'k_khongco' } }),
    portal.send(payload, { tamper: (bytes) => Buffer.from(bytes.toString().replace('Thử Nghiệm', 'Thu Nghiem')) }),
    portal.send(payload, { headers: { 'x-motcua-nonce': 'a'.repeat(20) } }),
    portal.send(payload, { headers: { 'x-motcua-timestamp': String(Math.floor(now / 1000) - 301) } }),
    portal.send(payload, { headers: { 'x-motcua-signature': '' } }),
  ]
  for (const answer of await Promise.all(forged)) {
    assert.equal(answer.status, 401, JSON.stringify(answer.body))
    assert.ok(['not-authenticated', 'clock-apart'].includes(String(answer.body['code'])))
  }
  const headers = {} as Record<string, string>
  const first = await portal.send(payload, { headers })
  assert.equal(first.status, 201)
  assert.equal(await countAll(), (before ?? 0) + 1)
  // A carrier's key does not open the port of the national portal.
  const carrier = await aPartner('buu-dien', 'post')
  assert.equal((await portal.send(payload, { signed: carrier })).status, 401)
})

test('a recorded request is not taken a second time', async () => {
  const code = aCode()
  const body = Buffer.from(JSON.stringify(dossier(code, { TaiLieuNop: [] })))
  const { signedHeaders } = await import('./signing.ts')
  const headers = signedHeaders(key, { body, now, nonce: 'mot-so-dung-mot-lan-1' })
  const send = () =>
    fetch(`${target}/api/exchange/national/dossiers`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    })
  assert.equal((await send()).status, 201)
  const replayed = await Promise.all([send(), send(), send()])
  for (const answer of replayed) {
    assert.equal(answer.status, 409)
    assert.equal(((await answer.json()) as { code: string }).code, 'replayed')
  }
  setNow(new Date(now + 3_600_000).toISOString())
  await tidyPartners(context)
  // Forgotten, but by now its moment has it refused.
  assert.equal((await send()).status, 401)
})

test('what cannot be taken over is refused with a code, and nothing has changed', async () => {
  const before = await countAll()
  const cases: [Record<string, unknown>, number, string][] = [
    [{ MaTTHC: '9.999999' }, 422, 'procedure-unknown'],
    [{ MaDonVi: 'H00.00' }, 422, 'agency-unknown'],
    [{ MaTruongHop: 'khong-co' }, 422, 'case-unknown'],
    [{ NgayNopHoSo: '20261320083000' }, 422, 'bad-date'],
    [{ NgayNopHoSo: '20260229083000' }, 422, 'bad-date'],
    [{ NgaySinh: '19901540' }, 422, 'bad-date'],
    [{ NgayNopHoSo: '20270101083000' }, 422, 'filed-in-future'],
    [{ NgayNopHoSo: '2026-11-20' }, 400, 'invalid-payload'],
    [{ TrangThaiHoSo: '9' }, 422, 'status-unexpected'],
    [{ TrangThaiHoSo: '11' }, 400, 'invalid-payload'],
    [{ ChuHoSo: '' }, 400, 'invalid-payload'],
    [{ ChuHoSo: 'A\u0000B' }, 400, 'invalid-payload'],
    [{ SoDinhDanh: '123' }, 422, 'not-accepted'],
    [{ SoDinhDanh: '' }, 422, 'not-accepted'],
    [{ NgaySinh: '20200101', SoDinhDanh: '001320012345' }, 422, 'not-accepted'],
    [{ HinhThucTra: '2', DiaChiTra: '' }, 422, 'not-accepted'],
    [{ TaiLieuNop: 'không phải danh sách' }, 400, 'invalid-payload'],
    [
      { TaiLieuNop: [{ TepDinhKemId: 'a', TenTepDinhKem: 'a', MaThanhPhanHoSo: 'khong-co', NoiDungTep: 'AAAA' }] },
      422,
      'component-unknown',
    ],
    [{ TaiLieuNop: [{ TepDinhKemId: 'a', TenTepDinhKem: 'a', MaThanhPhanHoSo: 'declaration' }] }, 422, 'file-missing'],
    [
      {
        TaiLieuNop: [
          {
            TepDinhKemId: 'a',
            TenTepDinhKem: 'a',
            MaThanhPhanHoSo: 'declaration',
            DuongDanTaiTepTin: 'http://169.254.169.254/',
          },
        ],
      },
      422,
      'file-by-link',
    ],
    [
      { TaiLieuNop: [{ TepDinhKemId: 'a', TenTepDinhKem: 'a', MaThanhPhanHoSo: 'declaration', NoiDungTep: '***' }] },
      422,
      'file-not-base64',
    ],
    [
      {
        TaiLieuNop: [
          {
            TepDinhKemId: 'a',
            TenTepDinhKem: 'a.svg',
            MaThanhPhanHoSo: 'declaration',
            NoiDungTep: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>').toString(
              'base64',
            ),
          },
        ],
      },
      422,
      'file-refused',
    ],
    [
      {
        TaiLieuNop: [
          {
            TepDinhKemId: 'a',
            TenTepDinhKem: 'a.pdf',
            MaThanhPhanHoSo: 'declaration',
            NoiDungTep: Buffer.from(pdf('một')).toString('base64'),
            MaBam: createHash('sha256').update(pdf('hai')).digest('hex'),
          },
        ],
      },
      422,
      'file-altered',
    ],
  ]
  for (const [change, status, expected] of cases) {
    const code = aCode()
    const answer = await portal.send(dossier(code, change))
    assert.equal(answer.status, status, `${expected}: ${JSON.stringify(answer.body)}`)
    assert.equal(answer.body['code'], expected)
    assert.deepEqual(await lines(code), [{ outcome: 'refused', code: expected }])
    assert.deepEqual(await rows('select 1 from portal.national_dossier where national_code = $1', [code]), [])
  }
  assert.equal(await countAll(), before)
})

test('refused for a slip, the same dossier is taken once it is mended', async () => {
  const code = aCode()
  assert.equal((await portal.send(dossier(code, { SoDinhDanh: '1' }))).status, 422)
  const mended = await portal.send(dossier(code, { TaiLieuNop: [] }))
  assert.equal(mended.status, 201, JSON.stringify(mended.body))
})

test('files come as parts: the signed part first, each file named by its hash, none that was not named', async () => {
  const [form, notice] = bothFiles() as [SandboxFile, SandboxFile]
  const swapped = { ...notice, bytes: pdf('đã bị đổi') }
  const altered = await portal.send(dossier(aCode(), {}, [form, notice]), { files: [form, swapped] })
  assert.equal(altered.body['code'], 'file-altered', JSON.stringify(altered.body))
  const extra = await portal.send(dossier(aCode(), {}, [form]), { files: [form, notice] })
  assert.equal(extra.body['code'], 'file-unexpected')
  const missing = await portal.send(dossier(aCode(), {}, [form, notice]), { files: [form] })
  assert.equal(missing.body['code'], 'file-missing')
  const hostile = { ...form, bytes: Buffer.from('MZ\u0090 chương trình') }
  const refused = await portal.send(dossier(aCode(), {}, [hostile]), { files: [hostile] })
  assert.equal(refused.body['code'], 'file-refused')
  const unsigned = await portal.send(dossier(aCode(), {}, [form]), { files: [form], signed: { ...key, secret: 'x' } })
  assert.equal(unsigned.status, 401)
})

test('a huge body is cut off', async () => {
  const answer = await fetch(`${target}/api/exchange/national/dossiers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: 'x'.repeat(1000),
  })
  assert.equal(answer.status, 401, 'without a claim nothing is read')
  const content = 'A'.repeat(25 * 1024 * 1024)
  const sent = await portal
    .send(dossier(aCode(), { TrichYeuHoSo: content }))
    .then(({ status }) => status)
    .catch(() => 413)
  assert.equal(sent, 413)
})

test('deliveries out of order: the newest holds, an older one changes nothing', async () => {
  const code = aCode()
  const newer = dossier(code, { TaiLieuNop: [], NgayCapNhat: '20261120082900' })
  assert.equal((await portal.send(newer)).status, 201)
  const older = await portal.send(
    dossier(code, { TaiLieuNop: [], NgayCapNhat: '20261120082000', SoDienThoai: '0987654321' }),
  )
  assert.equal(older.status, 200)
  assert.equal(older.body['KetQua'], 'superseded')
  const same = await portal.send(
    dossier(code, { TaiLieuNop: [], NgayCapNhat: '20261120082900', SoDienThoai: '0987654321' }),
  )
  assert.equal(same.body['code'], 'same-moment-other-content')
  const changed = await portal.send(
    dossier(code, { TaiLieuNop: [], NgayCapNhat: '20261120082930', SoDienThoai: '0987654321' }),
  )
  assert.equal(changed.body['code'], 'not-awaiting-supplement')
})

test('a supplement is taken when it was asked for, and only what is new is sent', async () => {
  const code = aCode()
  const files = bothFiles()
  await portal.send(dossier(code, {}, files), { files })
  const [row] = await dossiersOf(code)
  assert.ok(row)
  await askSupplement(row.dossier_id)
  const asked = { agencyId: commune.agencyId, dossierId: row.dossier_id, commandId: crypto.randomUUID() }
  const moment = context.clock()
  const mark = {
    kind: 'paper',
    target: 'birth-notice',
    note: 'Chụp lại',
    label: 'Giấy chứng sinh',
    before: null,
  } as const
  await setMarks(context, { ...asked, officerId: commune.reception.officerId, at: moment }, [mark])
  await confirmMarks(context, { ...asked, at: moment })
  const mended = [aFile('cs2', 'birth-notice', 'rõ hơn')]
  setNow(new Date(now + 3_600_000).toISOString())
  const payload = dossier(code, { TrangThaiHoSo: '5' }, mended)
  const [first, second] = await Promise.all([
    portal.send(payload, { files: mended }),
    portal.send(payload, { files: mended }),
  ])
  assert.deepEqual([first.body['KetQua'], second.body['KetQua']].toSorted(), ['repeated', 'supplemented'])
  const [after] = await dossiersOf(code)
  assert.equal(after?.status, 'lodged')
  const [marked] = await marksOf(context, asked)
  assert.notEqual(marked?.mendedAt, null)
  assert.equal(marked?.after && 'files' in marked.after ? marked.after.files[0]?.name : '', 'cs2.pdf')
  const events = await rows<{ n: number }>(
    `select count(*)::int as n from dossiers.event where dossier_id = $1 and type = 'supplementReceived'`,
    [row.dossier_id],
  )
  assert.equal(events[0]?.n, 1)
})

test('withdrawn on the portal, before and after it arrived', async () => {
  const code = aCode()
  await portal.send(dossier(code, { TaiLieuNop: [] }))
  const withdrawal = dossier(code, {
    TaiLieuNop: [],
    TrangThaiHoSo: '7',
    NgayCapNhat: '20261120083000',
    LyDoRut: 'Nộp nhầm nơi',
  })
  const answer = await portal.send(withdrawal)
  assert.equal(answer.body['KetQua'], 'withdrawn', JSON.stringify(answer.body))
  assert.equal(answer.body['TrangThaiHoSo'], '7')
  assert.equal((await portal.send(withdrawal)).body['KetQua'], 'repeated')
  const never = aCode()
  const early = await portal.send(dossier(never, { TaiLieuNop: [], TrangThaiHoSo: '7', NgayCapNhat: '20261120083000' }))
  assert.equal(early.body['KetQua'], 'withdrawn')
  const late = await portal.send(dossier(never, { TaiLieuNop: [], NgayCapNhat: '20261120082500' }))
  assert.equal(late.body['KetQua'], 'superseded')
  assert.deepEqual(await dossiersOf(never), [])
})

test('a dossier does not wander to another agency, nor to another portal', async () => {
  const code = aCode()
  await portal.send(dossier(code, { TaiLieuNop: [] }))
  const moved = await portal.send(dossier(code, { TaiLieuNop: [], MaDonVi: 'H99.02', NgayCapNhat: '20261120083000' }))
  assert.equal(moved.body['code'], 'agency-changed')
  assert.equal((await dossiersOf(code)).length, 1)
  // Another sender has its own numbers: the same one there is another dossier.
  const second = await aPartner('cong-tinh')
  const answer = await portal.send(dossier(code, { TaiLieuNop: [], MaDonVi: 'H99.02' }), { signed: second })
  assert.equal(answer.status, 201)
  assert.deepEqual(
    (await dossiersOf(code)).map(({ agency_id }) => agency_id).toSorted((a, b) => a - b),
    [commune.agencyId, other.agencyId].toSorted((a, b) => a - b),
  )
})

test('a delivery that broke off in the middle goes on with the next one', async () => {
  const code = aCode()
  const files = bothFiles()
  await portal.send(dossier(code, {}, files), { files })
  // As if the process had ended after the dossier was taken in and before its number was noted.
  await database.ownerPool.query(
    `update portal.national_dossier set dossier_id = null, state = 'arriving', updated_at = null, content_hash = null,
      busy_until = now() - interval '1 second' where national_code = $1`,
    [code],
  )
  const before = await countAll()
  const answer = await portal.send(dossier(code, {}, files), { files })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  assert.equal(await countAll(), before)
  assert.equal((await dossiersOf(code)).length, 1)
})

test('statuses go back in order, once each, through errors and lost answers', async () => {
  const code = aCode()
  const files = bothFiles()
  await portal.send(dossier(code, {}, files), { files })
  const [row] = await dossiersOf(code)
  assert.ok(row)
  await askSupplement(row.dossier_id)
  setNow(new Date(now + 60_000).toISOString())
  const mended = [aFile('cs3', 'birth-notice', 'bản mới')]
  await portal.send(dossier(code, { TrangThaiHoSo: '5' }, mended), { files: mended })
  await act(row.dossier_id, { type: 'receive' })
  await act(row.dossier_id, { type: 'forward' })
  await noneOlder(database.ownerPool)
  await followStatuses(context)
  await followStatuses(context)
  const mine = () => portal.told.filter(({ MaHoSo }) => MaHoSo === code)
  portal.behave('error')
  await sendStatuses(context)
  assert.deepEqual(mine(), [])
  const waiting = () =>
    rows<{ state: string; attempts: number; last_code: string | null }>(
      'select state, attempts, last_code from portal.status_message where national_code = $1 and partner_id = $2 order by version',
      [code, 'dvcqg'],
    )
  assert.deepEqual((await waiting())[0], { state: 'queued', attempts: 1, last_code: 'http-503' })
  assert.ok(
    (await waiting()).slice(1).every(({ attempts }) => attempts === 0),
    'later ones wait for the first',
  )
  portal.behave('lose-answer')
  setNow(new Date(now + 31_000).toISOString())
  await sendStatuses(context)
  assert.equal(mine().length, 1)
  portal.behave('none')
  for (let minute = 0; minute < 5; minute++) {
    setNow(new Date(now + 120_000).toISOString())
    // Two processes at once.
    await Promise.all([sendStatuses(context), sendStatuses(context)])
  }
  assert.deepEqual(
    mine().map(({ TrangThaiHoSo }) => TrangThaiHoSo),
    ['1', '5', '1', '2', '4'],
  )
  const [, asked] = mine()
  assert.equal(asked?.['LyDo'], 'Giấy chứng sinh mờ')
  assert.deepEqual(asked?.['DanhSachBoSung'], [{ TenGiayTo: 'Giấy chứng sinh', NoiDungBoSung: 'Chụp lại' }])
  assert.match(String(mine()[3]?.['NgayHenTra']), /^\d{14}$/)
  assert.ok((await waiting()).every(({ state }) => state === 'sent'))
  assert.deepEqual(portal.refused, [])
  const before = portal.requests()
  await sendStatuses(context)
  assert.equal(portal.requests(), before, 'nothing is sent twice')
})

test('what the portal will not have waits for a person', async () => {
  const code = aCode()
  await portal.send(dossier(code, { TaiLieuNop: [] }))
  portal.behave('refuse')
  await sleep(10)
  await sendStatuses(context)
  const state = async () =>
    (await rows<{ state: string }>('select state from portal.status_message where national_code = $1', [code]))[0]
      ?.state
  assert.equal(await state(), 'failed')
  portal.behave('none')
  setNow(new Date(now + 86_400_000).toISOString())
  await sendStatuses(context)
  assert.equal(await state(), 'failed')
})

test('a form that passes our checks is kept as filled in; what does not is shown to the officer as it came', async () => {
  await seedEforms(context.db, context.clock())
  const fields = {
    ...Object.assign({}, ...Object.values(maritalStatus)),
    ghiChuCong: 'Số 001190012345 đã xác thực',
  } as Record<string, string>
  const send = async (change: Record<string, unknown>) => {
    const code = aCode()
    const answer = await portal.send(
      dossier(code, { MaTTHC: '1.004873', MaTruongHop: undefined, TaiLieuNop: [], ...change }),
      { files: [] },
    )
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    const [row] = await rows<{ agency_id: number; dossier_id: string; other_data: Buffer | null }>(
      'select agency_id, dossier_id, other_data from portal.national_dossier where national_code = $1',
      [code],
    )
    assert.ok(row)
    const filled = await withScope(context.db, { agencies: [row.agency_id] }, (tx) =>
      findFilled(tx, context.keys, { agencyId: row.agency_id, dossierId: row.dossier_id }),
    )
    return { filled, other: openOtherData(context, row), row }
  }
  const right = await send({ DuLieuToKhai: fields })
  assert.equal(right.filled?.answers['requesterName'], 'Trần Thị Mai')
  assert.equal(right.filled.keptBy, 'exchange')
  assert.deepEqual(right.other, [{ name: 'ghiChuCong', value: 'Số 0011••••2345 đã xác thực' }])
  const wrong = await send({ DuLieuToKhai: { ...fields, requesterBirthDay: '31/02/1990' } })
  assert.equal(wrong.filled, undefined)
  assert.ok(wrong.other.some(({ name, value }) => name === 'requesterName' && value === 'Trần Thị Mai'))
  assert.doesNotMatch(String(wrong.row.other_data), /Trần/)
  assert.deepEqual((await send({})).other, [])
})

test('a supplement whose form says something else mends the persons of the dossier, once', async () => {
  await seedEforms(context.db, context.clock())
  const code = aCode()
  const fields = Object.assign({}, ...Object.values(maritalStatus)) as Record<string, string>
  const given = (form: Record<string, string>, change: Record<string, unknown> = {}) =>
    dossier(code, {
      MaTTHC: '1.004873',
      MaTruongHop: undefined,
      TaiLieuNop: [],
      DuLieuToKhai: form,
      ...change,
    })
  assert.equal((await portal.send(given(fields), { files: [] })).status, 201)
  const [row] = await dossiersOf(code)
  assert.ok(row)
  await askSupplement(row.dossier_id, [])
  setNow(new Date(now + 3_600_000).toISOString())
  const mended = given({ ...fields, requesterName: 'Trần Thị Mai Anh' }, { TrangThaiHoSo: '5' })
  assert.equal((await portal.send(mended, { files: [] })).body['KetQua'], 'supplemented')
  assert.equal((await portal.send(mended, { files: [] })).body['KetQua'], 'repeated')
  const owner = { agencyId: commune.agencyId, dossierId: row.dossier_id }
  const opened = await readDossier(context, owner.agencyId, owner.dossierId)
  const applicant = opened?.persons.find(({ content }) => content?.roles.includes('applicant'))
  assert.equal(applicant?.content?.name, 'Trần Thị Mai Anh')
  assert.equal(opened?.events.filter(({ type }) => type === 'amended').length, 1)
  const filled = await withScope(context.db, { agencies: [owner.agencyId] }, (tx) =>
    findFilled(tx, context.keys, owner),
  )
  assert.equal(filled?.answers['requesterName'], 'Trần Thị Mai Anh')
})
