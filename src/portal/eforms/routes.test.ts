import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { takeIn } from '../../dossiers/index.ts'
import { aCommune, anIntake, anOfficer, type Commune } from '../../dossiers/testing.ts'
import type { Actor } from '../../identity/index.ts'
import { createAccount } from '../../identity/accounts.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../../identity/testing.ts'
import { closeRenderer } from '../../documents/index.ts'
import { withScope } from '../../platform/db.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import type { FormDefinition, FormItem } from './contract.ts'
import { checkDefinition } from './check.ts'
import { families } from './families.ts'
import { resolvePlaces } from './places.ts'
import { eformRoutes } from './routes.ts'
import { readShippedForms, seedEforms } from './shipped-forms.ts'
import {
  eraseFilled,
  findFilled,
  formFor,
  keepFilled,
  listFilled,
  listForms,
  publishForm,
  type EformTables,
} from './store.ts'
import { shippedForm } from './testing.ts'

type Context = Parameters<typeof eformRoutes>[1]
const run = promisify(execFile)

let database: TestDatabase<never>
let context: Context
let http: Http
let commune: Commune
let other: Commune
let system: Actor
const browsers = new Map<number, ReturnType<typeof aBrowser>>()

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as Context
  database.setClock('2026-11-20T02:00:00.000Z')
  commune = await aCommune(context, { name: 'Xã Hải Hưng', code: 'H99.01' })
  other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  system = await anOfficer(context, {
    agencyId: commune.agencyId,
    unitId: commune.units.office,
    role: 'system-admin',
    name: 'Bùi Hệ Thống',
  })
  assert.equal(await seedEforms(context.db, context.clock()), 11)
  http = await testHttp(context, (server) => {
    identityRoutes(server, context)
    eformRoutes(server, context)
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
  const userName = `officer${actor.officerId}`
  await createAccount(context, { officerId: actor.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  await browser.signIn(userName)
  browsers.set(actor.officerId, browser)
  return browser
}

const open = (url: string) => http.inject({ method: 'GET', url })

test('the forms are brought once; what somebody changed stays as it is', async () => {
  assert.equal(await seedEforms(context.db, context.clock()), 0)
  const { formId } =
    (await formFor(context.db, { procedureCode: '1.001193', caseKey: 'late', day: '2026-11-20' })) ?? {}
  assert.ok(formId)
  // A form that came with an earlier program follows the present one.
  await publishForm(context.db, {
    definition: { ...shippedForm('death'), title: { vi: 'Tờ khai cũ', en: '' } },
    reason: '',
    by: null,
    at: context.clock(),
  })
  assert.equal(await seedEforms(context.db, context.clock()), 1)
  const versions = await listForms(context.db, 'death')
  assert.deepEqual(
    versions.map(({ version }) => version),
    [3, 2, 1],
  )
  const now = await formFor(context.db, { procedureCode: '1.000656', caseKey: 'late', day: '2026-11-20' })
  assert.equal(now?.version, 3)
})

test('a procedure without a form, a day without one and a case without one have none', async () => {
  const ask = (procedureCode: string, caseKey: string, day: string) =>
    formFor(context.db, { procedureCode, caseKey, day })
  assert.equal(await ask('1.012812', 'standard', '2026-11-20'), undefined)
  assert.equal(await ask('1.001193', 'on-time', '2020-01-01'), undefined)
  assert.equal(await ask('1.001776', 'another', '2026-11-20'), undefined)
  assert.equal((await ask('1.001776', 'care', '2026-11-20'))?.key, 'social-care')
  assert.equal((await ask('1.001776', 'allowance', '2026-11-20'))?.key, 'social-allowance')
})

test('anybody reads a form, nobody one that is not there', async () => {
  const [item] = await listForms(context.db, 'birth')
  const reply = await open(`/api/eforms/${item?.formId}`)
  assert.equal(reply.statusCode, 200)
  assert.match(String(reply.headers['cache-control']), /max-age/)
  assert.equal(reply.json<{ comparedWithOfficial: unknown }>().comparedWithOfficial, null)
  for (const id of ['999999', '99999999999', 'x', '-1']) assert.ok((await open(`/api/eforms/${id}`)).statusCode >= 400)
  assert.equal((await open('/api/eforms')).statusCode, 401)
})

test('a blank declaration prints for everybody, and says once that nobody compared it', async () => {
  const reply = await open('/to-khai/1.001193.pdf')
  assert.equal(reply.statusCode, 200)
  assert.equal(reply.headers['content-type'], 'application/pdf')
  if (existsSync('/usr/bin/pdftotext')) {
    const file = join(context.config.dataDir, 'blank.pdf')
    writeFileSync(file, reply.rawPayload)
    const { stdout } = await run('pdftotext', ['-layout', file, '-'])
    const text = stdout.normalize('NFC').replace(/\s+/g, ' ')
    for (const words of ['TỜ KHAI ĐĂNG KÝ KHAI SINH', 'Kính gửi', 'Người mẹ', 'Chưa đối chiếu mẫu', 'Tôi cam đoan'])
      assert.ok(text.includes(words), words)
  }
  assert.equal((await open('/to-khai/1.001776.pdf')).statusCode, 200)
  for (const path of ['/to-khai/1.012812.pdf', '/to-khai/9.999999.pdf', '/to-khai/..%2fx.pdf', '/to-khai/x'])
    assert.equal((await open(path)).statusCode, 404, path)
})

test('every shipped form prints, blank and filled in by its family', async () => {
  const { printBlank, printDeclaration } = await import('./print.ts')
  const facts = { demo: true, addressee: 'Ủy ban nhân dân xã Hải Hưng', place: 'Hải Hưng', at: context.clock() }
  for (const { form: key, caseKey, answers } of families) {
    const form = { ...shippedForm(key), formId: 1, version: 1, comparedWithOfficial: null }
    const blank = await printBlank({ form, caseKey, ...facts })
    const filled = await printDeclaration({ form, caseKey, answers, code: 'H99.01-261120-0001', ...facts })
    assert.ok(blank.length > 10_000 && filled.length > 10_000)
    if (!existsSync('/usr/bin/pdftotext')) continue
    for (const pdf of [blank, filled]) {
      const file = join(context.config.dataDir, 'printed.pdf')
      writeFileSync(file, pdf)
      const pages = (await run('pdftotext', ['-layout', file, '-'])).stdout.split('\f').filter((page) => page.trim())
      // Nobody signs a page on which nothing is declared.
      assert.match(pages.at(-1) ?? '', /:[\s\S]*(cam đoan|cam kết)/u, key)
    }
  }
})

async function aDossier(where: Commune): Promise<string> {
  const outcome = await takeIn(context, { actor: where.reception, source: 'officer' }, anIntake(context, where))
  assert.ok(outcome.ok)
  return outcome.value.dossierId
}

async function aFilled(where: Commune): Promise<string> {
  const dossierId = await aDossier(where)
  const form = await formFor(context.db, { procedureCode: '1.001193', caseKey: 'on-time', day: '2026-11-20' })
  const answers = families[0]?.answers ?? {}
  await withScope(context.db, { agencies: [where.agencyId] }, (tx) =>
    keepFilled(tx, context.keys, {
      agencyId: where.agencyId,
      dossierId,
      formId: form?.formId ?? 0,
      caseKey: 'on-time',
      answers,
      by: 'citizen',
      at: context.clock(),
    }),
  )
  return dossierId
}

test('what was filled in is kept encrypted, row by row, within its agency, and can be erased', async () => {
  const dossierId = await aFilled(commune)
  const { agencyId } = commune
  const owner = { agencyId, dossierId }
  const within = <Value>(agencies: number[], work: Parameters<typeof withScope<EformTables, Value>>[2]) =>
    withScope(context.db as never, { agencies }, work)
  const first = await within([agencyId], (tx) => findFilled(tx, context.keys, owner))
  assert.deepEqual(first?.answers, families[0]?.answers)
  const { rows } = await database.ownerPool.query<{ answers: Buffer }>('select answers from portal.filled_form')
  assert.ok(rows.every(({ answers }) => !answers.toString('latin1').includes('036194001234')))
  // A mended form is a new row version.
  const mended = { ...first?.answers, childName: 'Nguyễn Gia Khánh' }
  const version = await within([agencyId], (tx) =>
    keepFilled(tx, context.keys, {
      ...owner,
      formId: first?.formId ?? 0,
      caseKey: 'on-time',
      answers: mended,
      by: 'citizen',
      at: context.clock(),
    }),
  )
  assert.equal(version, 2)
  const history = await within([agencyId], (tx) => listFilled(tx, context.keys, owner))
  assert.deepEqual(
    history.map(({ rowVersion, answers }) => [rowVersion, answers['childName']]),
    [
      [2, 'Nguyễn Gia Khánh'],
      [1, 'Nguyễn Gia Bảo'],
    ],
  )
  assert.equal(await within([other.agencyId], (tx) => findFilled(tx, context.keys, owner)), undefined)
  await assert.rejects(
    within([other.agencyId], (tx) =>
      keepFilled(tx, context.keys, {
        ...owner,
        formId: first?.formId ?? 0,
        caseKey: null,
        answers: {},
        by: 'citizen',
        at: context.clock(),
      }),
    ),
  )
  // Rows are neither deleted nor exchanged by the application, and an altered one is noticed.
  await assert.rejects(context.pool.query('delete from portal.filled_form'))
  await assert.rejects(context.pool.query(`update portal.filled_form set hash = '\\x00'`))
  await database.ownerPool.query('update portal.filled_form set salt = $1 where dossier_id = $2 and row_version = 2', [
    Buffer.alloc(16),
    dossierId,
  ])
  await assert.rejects(
    within([agencyId], (tx) => findFilled(tx, context.keys, owner)),
    /altered/,
  )
  await within([agencyId], (tx) => eraseFilled(tx, { ...owner, at: context.clock() }))
  const erased = await within([agencyId], (tx) => findFilled(tx, context.keys, owner))
  assert.deepEqual([erased?.erased, erased?.answers], [true, {}])
})

test('the declaration of a dossier is for who may read it, its numbers whole for who may see them whole', async () => {
  const dossierId = await aFilled(commune)
  const path = `/api/dossiers/${dossierId}/declaration.pdf`
  const textOf = async (actor: Actor): Promise<string> => {
    const browser = await as(actor)
    const reply = await browser.raw(path)
    assert.equal(reply.statusCode, 200, reply.body)
    assert.match(String(reply.headers['content-security-policy']), /frame-ancestors 'self'/)
    const file = join(context.config.dataDir, 'filled.pdf')
    writeFileSync(file, reply.rawPayload)
    const { stdout } = await run('pdftotext', ['-layout', file, '-'])
    return stdout.normalize('NFC').replace(/\s+/g, ' ')
  }
  if (existsSync('/usr/bin/pdftotext')) {
    const masked = await textOf(commune.justice)
    assert.ok(masked.includes('Nguyễn Gia Bảo') && !masked.includes('036194001234'), masked)
    assert.ok(masked.includes('Kính gửi: Ủy ban nhân dân xã Hải Hưng'))
    const whole = await textOf(commune.reception)
    assert.ok(whole.includes('036194001234'), whole)
    const noted = await withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
      tx.selectFrom('dossiers.disclosure').select('officer_id').where('dossier_id', '=', dossierId).execute(),
    )
    assert.deepEqual(noted, [{ officer_id: commune.reception.officerId }])
  }
  const status = async (actor: Actor, url: string) => (await (await as(actor)).get(url)).status
  const about = await (await as(commune.justice)).get(`/api/dossiers/${dossierId}/declaration`)
  assert.equal((about.body['declaration'] as { isCompared: boolean }).isCompared, false)
  assert.equal(await status(other.justice, `/api/dossiers/${dossierId}/declaration`), 404)
  assert.equal(await status(other.justice, path), 404)
  assert.equal(await status(commune.justice, `/api/dossiers/${await aDossier(commune)}/declaration.pdf`), 404)
  assert.equal((await open(path)).statusCode, 401)
  const { agencyId, units } = commune
  const supervisor = await anOfficer(context, {
    agencyId,
    unitId: units.leadership,
    role: 'supervisor',
    name: 'Giám Sát',
  })
  assert.equal(await status(supervisor, path), 404)
  const hidden = await (await as(supervisor)).get(`/api/dossiers/${dossierId}/declaration`)
  assert.deepEqual([hidden.status, hidden.body], [200, { declaration: null }])
})

test('a form is published by who may do so everywhere, in the next version, with a reason', async () => {
  const definition: FormDefinition = {
    ...shippedForm('civil-extract'),
    title: { vi: 'Tờ khai trích lục (bản sửa)', en: 'Changed' },
    validFrom: '2026-11-20',
  }
  const body = { definition, reason: 'Sửa theo ý kiến của bộ phận một cửa', baseVersion: 1 }
  const publish = async (actor: Actor, change: Record<string, unknown> = {}) =>
    (await as(actor)).post('/api/eforms', { ...body, ...change })
  assert.equal((await publish(commune.admin)).status, 404)
  assert.equal((await publish(commune.justice)).status, 403)
  assert.equal((await publish(system, { reason: '' })).status, 422)
  assert.equal((await publish(system, { baseVersion: 0 })).status, 409)
  const codeOf = (reply: { body: unknown }) => (reply.body as { code: string }).code
  assert.equal(
    codeOf(await publish(system, { definition: { ...definition, layout: { parts: [] } } })),
    'form-not-valid',
  )
  assert.equal(codeOf(await publish(system, { definition: {} })), 'form-not-valid')
  assert.equal(
    codeOf(await publish(system, { definition: { ...definition, procedureCode: '9.999999' } })),
    'procedure-unknown',
  )
  const done = await publish(system)
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.equal((done.body as { version: number }).version, 2)
  // Two at once: one is told that the other was faster.
  const both = await Promise.all([publish(system, { baseVersion: 2 }), publish(system, { baseVersion: 2 })])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
  const before = await formFor(context.db, { procedureCode: '2.000635', caseKey: null, day: '2026-11-19' })
  const now = await formFor(context.db, { procedureCode: '2.000635', caseKey: null, day: '2026-11-20' })
  assert.deepEqual([before?.version, now?.version], [1, 3])
  assert.equal(await seedEforms(context.db, context.clock()), 0)
  const list = (await (await as(commune.justice)).get('/api/eforms?key=civil-extract')).body as {
    items: FormItem[]
    mayManage: boolean
  }
  assert.deepEqual([list.items.length, list.items[0]?.changedBy, list.mayManage], [3, 'Bùi Hệ Thống', false])
})

test('checks between answers are published with a form; wrong ones are refused and change nothing', async () => {
  const shipped = shippedForm('certified-copy')
  const check = {
    key: 'ownCheck',
    differ: ['requesterName', 'paperName'],
    words: { vi: 'Hãy kiểm tra lại', en: 'Check again' },
    severity: 'warning',
    source: 'thử',
  }
  const publish = async (checks: unknown, baseVersion: number) =>
    (await as(system)).post('/api/eforms', {
      definition: { ...shipped, validFrom: '2026-11-20', checks },
      reason: 'Thử điều phải khớp',
      baseVersion,
    })
  for (const wrong of [
    [{ ...check, differ: ['nobody'] }],
    [{ ...check, differ: ['requesterName'] }],
    [check, check],
    [{ ...check, words: { vi: '', en: '' } }],
    [{ ...check, severity: 'fatal' }],
    [{ ...check, script: 'alert(1)' }],
    [{ ...check, differ: undefined, compare: { left: 'requesterBirthDay', is: '~', right: 'today' } }],
  ]) {
    const refused = await publish(wrong, 1)
    assert.deepEqual([refused.status, (refused.body as { code: string }).code], [422, 'form-not-valid'])
  }
  assert.equal((await listForms(context.db, 'certified-copy')).length, 1)
  assert.equal((await publish([check], 1)).status, 200)
  const now = await formFor(context.db, { procedureCode: '2.000815', caseKey: 'standard', day: '2026-11-20' })
  assert.deepEqual(now?.checks, [check])
  // A version from before there were checks has none and stays good.
  const { checks: _, ...bare } = shipped
  assert.equal((await publish(undefined, 2)).status, 200)
  assert.deepEqual(checkDefinition(bare).findings, [])
})

test('a form is not yet compared until somebody says so, by name and with a note', async () => {
  const [item] = await listForms(context.db, 'marriage')
  const path = `/api/eforms/${item?.formId}/comparison`
  const post = async (actor: Actor, body: Record<string, unknown>) => (await as(actor)).post(path, body)
  assert.equal((await post(commune.admin, { compared: true, note: 'Đã xem bản in' })).status, 404)
  assert.equal((await post(system, { compared: true, note: '' })).status, 422)
  assert.equal((await post(system, { compared: true, note: 'Đối chiếu phụ lục Thông tư 04/2024' })).status, 200)
  assert.deepEqual((await listForms(context.db, 'marriage'))[0]?.comparedWithOfficial, {
    by: 'Bùi Hệ Thống',
    on: '2026-11-20',
    note: 'Đối chiếu phụ lục Thông tư 04/2024',
  })
  assert.equal((await post(system, { compared: false, note: '' })).status, 200)
  assert.equal((await listForms(context.db, 'marriage'))[0]?.comparedWithOfficial, null)
})

test('a definition from outside is checked in words', async () => {
  const check = async (definition: unknown) =>
    ((await (await as(system)).post('/api/eforms/check', { definition })).body as { findings: { code: string }[] })
      .findings
  assert.deepEqual(await check(readShippedForms()[0]), [])
  assert.equal((await check({ key: 1 }))[0]?.code, 'shape')
})

test('a place that was typed is found in the unit lists, or those are offered that may be meant', () => {
  const form = shippedForm('birth')
  const { answers, suggestions } = resolvePlaces(form, {
    hometown: { unitCode: null, place: 'hải hậu, ninh bình', detail: '' },
    birthPlace: { unitCode: null, place: 'Tân Lập', detail: '' },
    requesterAddress: { unitCode: null, place: 'Berlin, Đức', detail: '' },
  })
  assert.deepEqual(answers['hometown'], { unitCode: '14215', place: 'Xã Hải Hậu, Tỉnh Ninh Bình', detail: '' })
  assert.deepEqual(answers['requesterAddress'], { unitCode: null, place: 'Berlin, Đức', detail: '' })
  assert.ok((suggestions['birthPlace'] ?? []).length > 1)
  assert.deepEqual(Object.keys(suggestions), ['birthPlace'])
})
