import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { addFile, openFileStore } from '../../documents/index.ts'
import { aPdf, aPicture } from '../../documents/testing.ts'
import { dossierWords, dossierWordsEn, give, readDossier, takeIn, type CommandInput } from '../../dossiers/index.ts'
import { viewDossier } from '../../dossiers/view.ts'
import { anIntake, aPerson, at, type Commune } from '../../dossiers/testing.ts'
import { createAccount, type Actor } from '../../identity/index.ts'
import { aBrowser as anOfficersBrowser, GOOD_PASSWORD } from '../../identity/testing.ts'
import { withScope } from '../../platform/db.ts'
import type { Http } from '../../platform/http/route.ts'
import type { TestDatabase } from '../../platform/testing.ts'
import { recordAuthority } from '../accounts/authority.ts'
import { aSignedInCitizen } from '../accounts/testing.ts'
import { listFilled } from '../eforms/index.ts'
import type { FilingContext } from './flow.ts'
import { confirmMarks, marksOf, setMarks } from './marks.ts'
import { viewOnline } from './officer.ts'
import { en as officerWordsEn } from './officer-text.en.ts'
import { vi as officerWords } from './officer-text.vi.ts'
import { aFront, aBrowser, fillIn, maritalStatus, type Browser, type Page, type Front } from './testing.ts'

let front: Front
let database: TestDatabase<never>
let context: FilingContext
let commune: Commune
let http: Http
const CODE = '1.004873'

before(async () => {
  front = await aFront()
  ;({ database, context, commune, http } = front)
})
after(() => front.close())

type Lodged = { browser: Browser; page: Page; code: string; key: string; dossierId: string }

async function lodged(browser = aBrowser(http), answers = maritalStatus): Promise<Lodged> {
  const start = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const summary = await fillIn(browser, start, answers, aPicture('jpeg'))
  const page = await browser.post(summary.url, { _lam: 'nop', promise: 'co' })
  assert.match(page.url, /da-nop$/, page.body)
  const [, code = ''] = /filing-code unbroken">([^<]+)</.exec(page.body) ?? []
  const [, key = ''] = /filing-code">([^<]+)</.exec(page.body) ?? []
  const { rows } = await database.ownerPool.query<{ dossier_id: string }>(
    'select dossier_id from dossiers.dossier where code = $1',
    [code],
  )
  return { browser, page, code, key, dossierId: rows[0]?.dossier_id ?? assert.fail() }
}

const officer = (dossierId: string, command: CommandInput, commandId = randomUUID()) =>
  give(
    context,
    { actor: commune.reception, source: 'officer' },
    { agencyId: commune.agencyId, dossierId, body: { commandId, version: null, command } },
  )

/** As the officer's page does it: the marks and the request of the same command. */
async function mark(
  dossierId: string,
  marks: { kind: 'field' | 'paper'; target: string; label: string; note: string }[],
) {
  const commandId = randomUUID()
  const asked = { agencyId: commune.agencyId, dossierId, commandId }
  await setMarks(
    context,
    { ...asked, officerId: commune.reception.officerId, at: context.clock() },
    marks.map((each) => ({ ...each, before: null })),
  )
  const outcome = await officer(
    dossierId,
    {
      type: 'requestSupplement',
      componentKeys: marks.filter(({ kind }) => kind === 'paper').map(({ target }) => target),
      details: { reason: 'Hồ sơ có chỗ chưa đúng' },
    },
    commandId,
  )
  assert.ok(outcome.ok, JSON.stringify(outcome))
  await confirmMarks(context, { ...asked, at: context.clock() })
}

const status = async (dossierId: string): Promise<string> => {
  const { rows } = await database.ownerPool.query<{ status: string }>(
    'select status from dossiers.dossier where dossier_id = $1',
    [dossierId],
  )
  return rows[0]?.status ?? ''
}
const filled = (dossierId: string) =>
  withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
    listFilled(tx, context.keys, { agencyId: commune.agencyId, dossierId }),
  )

const ways = { authorisation: 'not-mine', 'identity-paper': 'shown', 'residence-proof': 'data' }

test('what is said of papers that are not sent is told alike to the desk and to whom it concerns', async () => {
  const browser = aBrowser(http)
  const start = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const summary = await fillIn(browser, start, maritalStatus, aPicture('jpeg'))
  for (const [key, way] of Object.entries(ways))
    await browser.post(summary.url.replace('xac-nhan', `giay-to/${key}`), { way })
  const page = await browser.post(summary.url, { _lam: 'nop', promise: 'co' })
  assert.match(page.url, /da-nop$/, page.body)
  assert.ok(!page.body.includes('Bạn còn phải mang đến quầy'), 'nothing of it is to be brought')
  const [, code = ''] = /filing-code unbroken">([^<]+)</.exec(page.body) ?? []
  const { rows } = await database.ownerPool.query<{ dossier_id: string; details: unknown }>(
    `select e.dossier_id, e.body -> 'details' as details from dossiers.event e
     join dossiers.dossier d using (agency_id, dossier_id) where d.code = $1 and e.version = 1`,
    [code],
  )
  const dossierId = rows[0]?.dossier_id ?? assert.fail()
  assert.equal(rows[0]?.details, null, 'no remark tells it a second time')
  const opened = (await readDossier(context, commune.agencyId, dossierId)) ?? assert.fail()
  const { papers } = await viewOnline(context, opened)
  const { components } = await viewDossier(context, commune.reception, opened)
  const told = (list: readonly { key: string; way?: string | null | undefined }[]) =>
    Object.fromEntries(list.flatMap(({ key, way }) => (way ? [[key, way]] : [])))
  assert.deepEqual(told(papers), ways)
  assert.deepEqual(told(components), ways)
  const own = await browser.get(`/ho-so-cua-toi/${dossierId}`)
  for (const words of [
    'Cơ quan tự tra cứu, bạn không phải nộp.',
    'Bạn xuất trình bản giấy khi nhận kết quả.',
    'Bạn không thuộc trường hợp phải nộp.',
  ])
    assert.ok(own.body.includes(words), words)
})

test('a way that is not open for a paper is as if nothing was said of it', async () => {
  const browser = aBrowser(http)
  const start = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const summary = await fillIn(browser, start, maritalStatus, aPicture('jpeg'))
  const step = summary.url.replace('xac-nhan', 'giay-to/identity-paper')
  for (const way of ['not-mine', 'later', '__proto__']) {
    await browser.post(step, { way })
    const forced = await browser.post(summary.url, { _lam: 'nop', promise: 'co' })
    assert.doesNotMatch(forced.url, /da-nop/, way)
  }
  await browser.post(step, { way: 'shown' })
  assert.match((await browser.post(summary.url, { _lam: 'nop', promise: 'co' })).url, /da-nop/)
})

test('the panel and the list of papers use the same words, in both languages', () => {
  assert.deepEqual(officerWords.panel.ways, dossierWords.componentWays)
  assert.deepEqual(officerWordsEn.panel.ways, dossierWordsEn.componentWays)
})

test('what was filled in is kept with the dossier, and the declaration is among its papers', async () => {
  const { dossierId } = await lodged()
  const [first, ...more] = await filled(dossierId)
  assert.equal(more.length, 0)
  assert.equal(first?.answers['requesterName'], 'Trần Thị Mai')
  assert.equal(first?.keptBy, 'citizen')
  const { rows } = await database.ownerPool.query<{ component: string; media_type: string; origin: string }>(
    'select component, media_type, origin from documents.file where dossier_id = $1 order by component',
    [dossierId],
  )
  assert.deepEqual(rows, [{ component: 'declaration', media_type: 'application/pdf', origin: 'system' }])
})

test('the owner, or one proof, opens the papers and reads the declaration; nobody else gets a file', async () => {
  const { browser, dossierId, code, key } = await lodged()
  const own = await browser.get(`/ho-so-cua-toi/${dossierId}`)
  assert.match(own.body, /Trần Thị Mai/)
  const links = [...own.body.matchAll(/href="(\/ho-so-cua-toi\/[^"]+\/tep\/[^"]+)"/g)].map(([, href = '']) => href)
  assert.ok(links.length > 0, own.body)
  const [link = ''] = links
  const { statusCode } = await http.inject({ url: link })
  assert.equal(statusCode, 404)
  const byKey = aBrowser(http)
  await byKey.post('/ho-so-cua-toi', { ma: code, k: key })
  for (const each of [browser, byKey]) {
    const file = await each.get(link)
    assert.equal(file.status, 200)
    assert.match(file.body, /^%PDF/)
  }
  const other = await lodged()
  const [, foreign = ''] = link.split('/tep/')
  assert.equal((await other.browser.get(`/ho-so-cua-toi/${other.dossierId}/tep/${foreign}`)).status, 404)
})

/** From the counter through every hand to the applicant, with the signed file as its officer called it. */
async function granted(dossierId: string, resultName: string): Promise<string> {
  const { agencyId, reception, justice, leader, clerk } = commune
  const fileId = randomUUID()
  const content = await openFileStore(context.config.fileDir).put(Readable.from([aPdf()]))
  assert.ok(content.ok)
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    addFile(tx, {
      agency_id: agencyId,
      dossier_id: dossierId,
      file_id: fileId,
      sha256: content.value.sha256,
      size: content.value.size,
      media_type: 'application/pdf',
      name: resultName,
      purpose: 'result',
      component: null,
      origin: 'scan',
      uploaded_at: context.clock(),
      uploaded_by: leader.officerId,
    }),
  )
  const act = async (actor: Actor, command: (open: (kind: string) => string) => CommandInput | undefined) => {
    const opened = (await readDossier(context, agencyId, dossierId)) ?? assert.fail()
    const asked = command((kind) => opened.dossier.open.find((step) => step.kind === kind)?.key ?? '')
    if (!asked) return
    const outcome = await give(
      context,
      { actor, source: 'officer' },
      { agencyId, dossierId, body: { commandId: randomUUID(), version: null, command: asked } },
    )
    assert.ok(outcome.ok, JSON.stringify(outcome))
  }
  await act(reception, () => ({ type: 'receive' }))
  await act(reception, () => ({ type: 'forward' }))
  await act(justice, (open) => ({ type: 'completeStep', key: open('examine'), details: null, resultNumber: null }))
  await act(leader, (open) => ({
    type: 'signResult',
    key: open('sign'),
    outcome: 'granted',
    documentNumber: '125/2026',
    signedOn: '2026-11-20',
    fileId,
    electronic: false,
    details: null,
  }))
  await act(clerk, (open) =>
    open('register') ? { type: 'completeStep', key: open('register'), details: null, resultNumber: null } : undefined,
  )
  const { dossier } = (await readDossier(context, agencyId, dossierId)) ?? assert.fail()
  if (dossier.feeDue > dossier.feePaid)
    await act(reception, () => ({ type: 'collectFee', method: 'cash', receiptNumber: null }))
  await act(reception, () => ({ type: 'returnResult', delivery: 'counter', recipient: null, details: null }))
  return fileId
}

test('the result is told to its owner by number and day, and its file is named after the procedure', async () => {
  const { browser, dossierId } = await lodged()
  assert.doesNotMatch((await browser.get(`/ho-so-cua-toi/${dossierId}`)).body, /<h2>Kết quả/)
  const fileId = await granted(dossierId, 'res.pdf')
  const own = await browser.get(`/ho-so-cua-toi/${dossierId}`)
  assert.match(own.body, /Số 125\/2026, ký ngày 20\/11\/2026\./)
  assert.match(own.body, />Kết quả – [^<]+\.pdf</)
  assert.doesNotMatch(own.body, /res\.pdf/)
  const file = await browser.get(`/ho-so-cua-toi/${dossierId}/tep/${fileId}`)
  assert.equal(file.status, 200)
  assert.match(decodeURIComponent(String(file.headers['content-disposition'])), /''Kết quả – .+\.pdf$/)
})

test('only what was marked is mended; the system accepts it at once and keeps both versions', async () => {
  const { browser, dossierId } = await lodged()
  await mark(dossierId, [
    { kind: 'field', target: 'subjectEthnicity', label: 'Dân tộc', note: 'Ghi đúng như giấy khai sinh' },
    { kind: 'paper', target: 'identity-paper', label: 'Giấy tờ tùy thân', note: 'Ảnh mờ, chụp lại' },
  ])
  const own = await browser.get(`/ho-so-cua-toi/${dossierId}`)
  assert.match(own.body, /Sửa những chỗ cơ quan yêu cầu/)
  const page = await browser.get(`/ho-so-cua-toi/${dossierId}/bo-sung`)
  for (const told of ['Ghi đúng như giấy khai sinh', 'Ảnh mờ, chụp lại', 'Hồ sơ có chỗ chưa đúng', 'Thôn Đông'])
    assert.ok(page.body.includes(told), told)
  assert.match(page.body, /name="subjectEthnicity"/)
  assert.doesNotMatch(page.body, /name="requesterName"/)
  const unfinished = await browser.send(page.url, { subjectEthnicity: 'Tày', _lam: 'nop' }, [])
  assert.match(unfinished.body, /Hãy gửi tệp mới của giấy tờ này/)
  assert.equal(await status(dossierId), 'supplementAtIntake')
  const send = () =>
    browser.send(
      `/ho-so-cua-toi/${dossierId}/bo-sung`,
      { subjectEthnicity: 'Tày', requesterName: 'Kẻ Khác', _lam: 'nop' },
      [],
    )
  const { url, body } = await browser.get(`/ho-so-cua-toi/${dossierId}/bo-sung`)
  const draftId = /data-filing="([^"]+)"/.exec(body)?.[1] ?? assert.fail()
  const upload = await http.inject({
    method: 'POST',
    url: `/nop-ho-so/ho-so/${draftId}/tep`,
    headers: { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    payload: { component: 'identity-paper', name: 'cccd.jpg', size: aPicture('jpeg').length },
  })
  assert.equal(upload.statusCode, 201, upload.body)
  const piece = await http.inject({
    method: 'PATCH',
    url: String(upload.headers.location),
    headers: {
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'content-type': 'application/offset+octet-stream',
      'upload-offset': '0',
    },
    payload: aPicture('jpeg'),
  })
  assert.equal(piece.statusCode, 200, piece.body)
  assert.match(url, /bo-sung/)
  database.setClock(at('2026-11-20', '10:00'))
  const sent = await send()
  assert.match(sent.url, /bao=gui/, sent.body)
  assert.equal(await status(dossierId), 'lodged')
  await send()
  const versions = await filled(dossierId)
  assert.deepEqual(
    versions.map(({ answers }) => [answers['subjectEthnicity'], answers['requesterName']]),
    [
      ['Tày', 'Trần Thị Mai'],
      ['Kinh', 'Trần Thị Mai'],
    ],
  )
  const { rows } = await database.ownerPool.query<{ type: string; source: string }>(
    'select type, source from dossiers.event where dossier_id = $1 order by version desc limit 1',
    [dossierId],
  )
  assert.deepEqual(rows, [{ type: 'supplementReceived', source: 'citizen' }])
  const marks = await marksOf(context, { agencyId: commune.agencyId, dossierId })
  assert.ok(marks.every(({ mendedAt }) => mendedAt !== null))
  assert.deepEqual(marks.find(({ kind }) => kind === 'field')?.after, { text: 'Tày' })
  database.setClock(at('2026-11-20', '08:30'))
})

test('before it is accepted an officer asks once; what was mended stays', async () => {
  const { browser, dossierId } = await lodged()
  const asked = [{ kind: 'field', target: 'subjectEthnicity', label: 'Dân tộc', note: 'Sai' }] as const
  await mark(dossierId, [...asked])
  await browser.get(`/ho-so-cua-toi/${dossierId}/bo-sung`)
  const sent = await browser.send(`/ho-so-cua-toi/${dossierId}/bo-sung`, { subjectEthnicity: 'Tày', _lam: 'nop' }, [])
  assert.match(sent.url, /bao=gui/, sent.body)
  await assert.rejects(mark(dossierId, [...asked]), /supplement-already-requested-at-intake/)
  assert.deepEqual(
    (await filled(dossierId)).map(({ answers }) => answers['subjectEthnicity']),
    ['Tày', 'Kinh'],
  )
})

test('before it is accepted the applicant changes it, afterwards no more', async () => {
  const { browser, dossierId } = await lodged()
  const changed = Object.assign({}, ...Object.values(maritalStatus), { requesterEmail: 'mai@example.vn' }) as Record<
    string,
    string
  >
  const sent = await browser.post(`/ho-so-cua-toi/${dossierId}/bo-sung`, { ...changed, _lam: 'nop' })
  assert.match(sent.url, /bao=sua/, sent.body)
  assert.equal((await filled(dossierId))[0]?.answers['requesterEmail'], 'mai@example.vn')
  assert.equal(await status(dossierId), 'lodged')
  const received = await officer(dossierId, { type: 'receive' })
  assert.ok(received.ok, JSON.stringify(received))
  const late = await browser.post(`/ho-so-cua-toi/${dossierId}/bo-sung`, {
    ...changed,
    requesterEmail: 'ke@khac.vn',
    _lam: 'nop',
  })
  assert.equal(late.url, `/ho-so-cua-toi/${dossierId}`)
  assert.equal((await filled(dossierId)).length, 2)
})

test('what is mended reaches the dossier: name and telephone, the lists, the proofs, the declaration', async () => {
  const { browser, dossierId, code } = await lodged()
  await mark(dossierId, [
    { kind: 'field', target: 'requesterName', label: 'Họ và tên', note: 'Ghi như trên thẻ căn cước' },
    { kind: 'field', target: 'requesterPhone', label: 'Điện thoại', note: 'Gọi không được' },
  ])
  const url = `/ho-so-cua-toi/${dossierId}/bo-sung`
  await browser.get(url)
  const mended = { requesterName: 'Trần Thị Mây', requesterPhone: '0977 111 222', requesterAddress: 'Kẻ khác' }
  const [sent] = await Promise.all([1, 2].map(() => browser.send(url, { ...mended, _lam: 'nop' }, [])))
  assert.ok(sent)
  assert.equal(await status(dossierId), 'lodged')
  const opened = (await readDossier(context, commune.agencyId, dossierId)) ?? assert.fail()
  assert.deepEqual(opened.events.map(({ type, source }) => [type, source]).slice(-2), [
    ['supplementReceived', 'citizen'],
    ['amended', 'citizen'],
  ])
  const [applicant] = opened.persons
  assert.equal(applicant?.content?.name, 'Trần Thị Mây')
  assert.match(applicant.content.address, /Thôn Đông/)
  const { rows } = await database.ownerPool.query<{ applicant_name: string }>(
    'select applicant_name from dossiers.dossier where dossier_id = $1',
    [dossierId],
  )
  assert.equal(rows[0]?.applicant_name, 'Trần Thị Mây')
  const declarations = await database.ownerPool.query(
    "select 1 from documents.file where dossier_id = $1 and component = 'declaration'",
    [dossierId],
  )
  assert.equal(declarations.rowCount, 2)
  assert.equal(opened.dossier.components.find(({ key }) => key === 'declaration')?.files.length, 2)
  const proven = async (k: string) => (await aBrowser(http).post('/ho-so-cua-toi', { ma: code, k })).status
  assert.deepEqual([await proven('0977111222'), await proven('0987654321')], [200, 404])
})

test('the link of a letter opens the page to mend in another browser, by its key alone and not to withdraw', async () => {
  const { code, key, dossierId } = await lodged()
  await mark(dossierId, [{ kind: 'field', target: 'subjectEthnicity', label: 'Dân tộc', note: 'Ghi lại' }])
  const url = `/ho-so-cua-toi/${dossierId}/bo-sung`
  const another = aBrowser(http)
  const page = await another.get(`${url}?ma=${code}&k=${key}`)
  assert.deepEqual([page.status, page.url], [200, url])
  assert.match(page.body, /name="subjectEthnicity"/)
  const withdrawn = await another.post(`/ho-so-cua-toi/${dossierId}/rut`, { reason: 'Nộp nhầm' })
  assert.equal(withdrawn.status, 403)
  const foreign = await lodged()
  for (const [ma, k] of [
    [code, 'AAAAAAAAAA'],
    [code, '0987654321'], // a number of the person belongs into no address
    [foreign.code, foreign.key],
  ]) {
    const stranger = aBrowser(http)
    const refused = await stranger.get(`${url}?ma=${ma}&k=${k}`)
    assert.equal(refused.status, 404)
    assert.ok(refused.body.includes(`value="${ma}"`), 'the code stands there already')
    assert.equal((await stranger.get(url)).status, 404)
  }
})

test('one proof opens a dossier, two withdraw it; a stranger finds nothing', async () => {
  const { code, key, dossierId } = await lodged()
  const stranger = aBrowser(http)
  for (const path of ['', '/bo-sung', '/rut'])
    assert.equal((await stranger.get(`/ho-so-cua-toi/${dossierId}${path}`)).status, 404, path)
  assert.equal((await stranger.post(`/ho-so-cua-toi/${dossierId}/rut`, { reason: 'phá' })).status, 404)
  assert.equal((await stranger.post('/ho-so-cua-toi', { ma: code, k: '0900000000' })).status, 404)
  stranger.cookies.set(
    'motcua_ho_so',
    `${Buffer.from(JSON.stringify({ agencyId: commune.agencyId, dossierId, strength: 'full', until: '2099' })).toString('base64url')}.AAAA`,
  )
  assert.equal((await stranger.get(`/ho-so-cua-toi/${dossierId}`)).status, 404)

  const applicant = aBrowser(http)
  const opened = await applicant.post('/ho-so-cua-toi', { ma: code, k: key })
  assert.equal(opened.url, `/ho-so-cua-toi/${dossierId}`)
  const url = `/ho-so-cua-toi/${dossierId}/rut`
  assert.equal((await applicant.post(url, { reason: '' })).status, 422)
  assert.equal((await applicant.post(url, { reason: 'Nộp nhầm' })).status, 403)
  assert.equal((await applicant.post(url, { reason: 'Nộp nhầm', k: key, person: key })).status, 403)
  assert.equal(await status(dossierId), 'lodged')
  const withdrawn = await applicant.post(url, { reason: 'Nộp nhầm', k: key, person: '0987654321' })
  assert.match(withdrawn.url, /bao=rut/, withdrawn.body)
  assert.equal(await status(dossierId), 'withdrawn')
  await applicant.post(url, { reason: 'Nộp nhầm', k: key, person: '0987654321' })
  const { rows } = await database.ownerPool.query(
    "select 1 from dossiers.event where dossier_id = $1 and type = 'withdrawn'",
    [dossierId],
  )
  assert.equal(rows.length, 1)
})

test('a verified number brings the dossiers of the counter into the list, an unverified one does not', async () => {
  const identityNumber = '001185099999'
  const counter = await takeIn(
    context,
    { actor: commune.reception, source: 'officer' },
    anIntake(context, commune, {
      persons: { applicant: aPerson({ name: 'Lê Thị Quầy', identityNumber, sex: 'female', birthDay: '1985-01-01' }) },
    }),
  )
  assert.ok(counter.ok, JSON.stringify(counter))
  const { code } = counter.value.dossier
  const plain = await aSignedInCitizen(context, { name: 'Người Lạ', identityNumber })
  assert.ok(!(await aBrowser(http, { cookie: plain.cookie }).get('/ho-so-cua-toi')).body.includes(code))
  const verified = await aSignedInCitizen(context, {
    name: 'Lê Thị Quầy',
    identityNumber,
    identityVerified: true,
    level: 'substantial',
  })
  const browser = aBrowser(http, { cookie: verified.cookie })
  assert.ok((await browser.get('/ho-so-cua-toi')).body.includes(code))
  assert.equal((await browser.get(`/ho-so-cua-toi/${counter.value.dossierId}`)).status, 200)
})

async function atTheDesk(actor: Actor): Promise<Browser> {
  const userName = `desk${actor.officerId}`
  const made = await createAccount(context, {
    officerId: actor.officerId,
    userName,
    password: GOOD_PASSWORD,
    demo: true,
  })
  assert.ok(made.ok)
  const officers = anOfficersBrowser(http)
  assert.ok((await officers.signIn(userName)).status < 300)
  return aBrowser(http, { cookie: [...officers.cookies].map(([name, value]) => `${name}=${value}`).join('; ') })
}

test('an officer who helps at the desk is named by the dossier; without the officer it is not sent', async () => {
  const browser = await atTheDesk(commune.reception)
  assert.match((await browser.get(`/nop-ho-so/${CODE}`)).body, /Bạn đang giúp người dân nộp/)
  const start = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const summary = await fillIn(browser, start, maritalStatus, aPicture('jpeg'))
  const cookie = browser.cookies.get('motcua_session') ?? assert.fail()
  browser.cookies.delete('motcua_session')
  const alone = await browser.post(summary.url, { _lam: 'nop', promise: 'co' })
  assert.equal(alone.status, 403)
  browser.cookies.set('motcua_session', cookie)
  const sent = await browser.post(summary.url, { _lam: 'nop', promise: 'co' })
  assert.match(sent.url, /da-nop$/, sent.body)
  const { rows } = await database.ownerPool.query<{
    source: string
    officer_id: number
    body: Record<string, unknown>
  }>(
    "select source, officer_id, body from dossiers.event where type = 'lodged' order by recorded_at desc, position desc limit 1",
  )
  assert.equal(rows[0]?.source, 'officer')
  assert.equal(rows[0]?.officer_id, commune.reception.officerId)
  assert.equal(rows[0]?.body['assistedBy'], commune.reception.officerId)
  assert.equal(rows[0]?.body['channel'], 'online')
  // Somebody of the office who takes nothing in helps as anybody does.
  const clerk = await atTheDesk(commune.clerk)
  assert.doesNotMatch((await clerk.get(`/nop-ho-so/${CODE}`)).body, /Bạn đang giúp người dân nộp/)
})

test('a paper of an earlier dossier is used again, and nobody else’s', async () => {
  const { identityNumber, phone } = { identityNumber: '001190012345', phone: '0987654321' }
  const { cookie } = await aSignedInCitizen(context, {
    name: 'Trần Thị Mai',
    identityNumber,
    phone,
    identityVerified: true,
    level: 'substantial',
  })
  const browser = aBrowser(http, { cookie })
  const first = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const draft = first.url.replace(/\/to-khai.*/, '')
  await browser.send(`${draft}/giay-to/identity-paper`, { way: 'files' }, [
    { name: 'cccd.png', bytes: aPicture('png') },
  ])
  const lodgedPage = await browser.post((await fillIn(browser, first, maritalStatus, aPicture('jpeg'))).url, {
    _lam: 'nop',
    promise: 'co',
  })
  assert.match(lodgedPage.url, /da-nop$/, lodgedPage.body)

  const second = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const again = second.url.replace(/\/to-khai.*/, '')
  const page = await browser.get(`${again}/giay-to/identity-paper`)
  const fileId = /value="dung:([0-9a-f-]{36})"/.exec(page.body)?.[1] ?? assert.fail(page.body)
  const stranger = await aSignedInCitizen(context, {
    name: 'Kẻ Khác',
    identityNumber: '001085012345',
    identityVerified: true,
    email: 'khac@example.vn',
    phone: '0911111111',
  })
  const other = aBrowser(http, { cookie: stranger.cookie })
  const theirs = (await other.post(`/nop-ho-so/${CODE}`, { case: 'first' })).url.replace(/\/to-khai.*/, '')
  const refused = await other.post(`${theirs}/giay-to/identity-paper`, { _lam: `dung:${fileId}` })
  assert.doesNotMatch(refused.body, /dùng lại từ hồ sơ trước/)
  const used = await browser.post(`${again}/giay-to/identity-paper`, { _lam: `dung:${fileId}` })
  assert.match(used.body, /dùng lại từ hồ sơ trước/)
  const sent = await browser.post((await fillIn(browser, second, maritalStatus, aPicture('jpeg'))).url, {
    _lam: 'nop',
    promise: 'co',
  })
  assert.match(sent.url, /da-nop$/, sent.body)
  const [, code = ''] = /filing-code unbroken">([^<]+)</.exec(sent.body) ?? []
  const { rows } = await database.ownerPool.query<{
    origin: string
    body: { components: { key: string; digital: string }[] }
  }>(
    `select f.origin, e.body from documents.file f join dossiers.event e using (agency_id, dossier_id)
     join dossiers.dossier d using (agency_id, dossier_id)
     where f.component = 'identity-paper' and e.type = 'componentsRecorded' and d.code = $1`,
    [code],
  )
  assert.deepEqual(
    rows.map(({ origin, body }) => [origin, body.components.find(({ key }) => key === 'identity-paper')?.digital]),
    [['reuse', 'reused']],
  )
})

test('who files for another says so, with the authority that the account has on record', async () => {
  const { cookie, accountId } = await aSignedInCitizen(context, {
    name: 'Lê Văn Thay',
    identityNumber: '001085054321',
    identityVerified: true,
    level: 'substantial',
    phone: '0933333333',
    email: 'thay@example.vn',
  })
  await recordAuthority(context, accountId, {
    kind: 'power-of-attorney',
    principal: {
      kind: 'person',
      name: 'Trần Thị Mai',
      identityNumber: '001190012345',
      birthDay: '1990-05-01',
      sex: 'female',
      address: '',
      unitCode: '',
    },
    basis: 'Văn bản ủy quyền số 12/2026',
    validFrom: '2020-01-01',
    validTo: null,
    proof: null,
  })
  const browser = aBrowser(http, { cookie })
  const begun = await browser.post(`/nop-ho-so/${CODE}`, { case: 'first' })
  const sent = await browser.post((await fillIn(browser, begun, maritalStatus, aPicture('jpeg'))).url, {
    _lam: 'nop',
    promise: 'co',
  })
  assert.match(sent.url, /da-nop$/, sent.body)
  const { rows } = await database.ownerPool.query<{ agency_id: number; dossier_id: string }>(
    "select agency_id, dossier_id from dossiers.event where type = 'lodged' order by recorded_at desc, position desc limit 1",
  )
  const opened = await readDossier(context, rows[0]?.agency_id ?? 0, rows[0]?.dossier_id ?? '')
  assert.ok(opened)
  assert.match(JSON.stringify(opened.notes), /Văn bản ủy quyền số 12\/2026/)
  const submitter = opened.persons.find(({ person_id }) => person_id === opened.dossier.persons.submitter?.id)
  assert.equal(submitter?.content?.relation, 'người được ủy quyền')
})
