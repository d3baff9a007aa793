import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { aPdf, aPicture } from '../../documents/testing.ts'
import { addMinutes } from '../../platform/day.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import type { DraftContent, Posted } from './contract.ts'
import {
  beginDraft,
  draftsOf,
  makeBrowserKey,
  makeResumeCode,
  openDraft,
  resumeDraft,
  savePart,
  type Asker,
} from './drafts.ts'
import type { FilingContext } from './flow.ts'
import { mergePart, sameValues } from './rules/merge.ts'
import { readResumeCode } from './rules/resume-code.ts'
import { insertDraft } from './store.ts'
import { tidyDrafts } from './tidy.ts'
import { appendUpload, createUpload, filesOf, moveUp, putUpload, sweepUploads, uploadOffset } from './uploads.ts'

let database: TestDatabase<never>
let context: FilingContext
const NOW = '2026-11-20T02:00:00.000Z'
before(async () => {
  database = await testDatabase()
  context = database.context as unknown as FilingContext
  database.setClock(NOW)
})
after(() => database.close())

const empty: DraftContent = { language: 'vi', caseKey: 'first', agencyId: null, parts: {}, kept: [] }
const asker = (change: Partial<Asker> = {}): Asker & { key: string } =>
  ({
    accountId: null,
    key: makeBrowserKey(),
    address: `198.51.100.${Math.floor(Math.random() * 250)}`,
    ...change,
    ...(change.key ? { key: change.key } : {}),
  }) as Asker & { key: string }

async function begun(by = asker(), days = 30): Promise<{ by: Asker & { key: string }; draftId: string }> {
  const outcome = await beginDraft(context, { asker: by, procedureCode: '1.004873', content: empty, days })
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return { by, draftId: outcome.value }
}
const save = (draftId: string, values: Posted, change: Partial<Parameters<typeof savePart>[1]> = {}) =>
  savePart(context, {
    draftId,
    days: 30,
    part: 'to-khai/who',
    values,
    done: true,
    basedOn: null,
    writtenAt: context.clock(),
    ...change,
  })

test('whatever two devices send in whatever order, the newest stands and nothing is lost', () => {
  const sending = fc.record({
    text: fc.constantFrom('a', 'b', 'c', 'd'),
    age: fc.nat(100),
    based: fc.option(fc.nat(5), { nil: null }),
  })
  fc.assert(
    fc.property(fc.array(sending, { minLength: 1, maxLength: 12 }), (sendings) => {
      let content = empty
      for (const [index, { text, age, based }] of sendings.entries()) {
        const now = addMinutes(NOW, index * 10)
        const sent = { part: 'p', values: { text }, done: true, basedOn: based, writtenAt: addMinutes(now, -age), now }
        const before = content.parts['p']
        const merged = mergePart(content, sent)
        content = merged.content
        const wrote = [...content.kept.map(({ values }) => values['text']), content.parts['p']?.values['text']]
        assert.ok(wrote.includes(text), 'what was sent is there')
        if (before && before.revision !== based) assert.ok(wrote.includes(before.values['text']), 'what stood is there')
        assert.ok(!before || (content.parts['p']?.savedAt ?? '') >= before.savedAt || merged.outcome === 'saved')
      }
    }),
  )
  assert.ok(sameValues({ a: '1', b: '' }, { b: [], a: ['1'] }))
})

test('a page drawn from what another device has replaced does not lose either', async () => {
  const { by, draftId } = await begun()
  assert.equal((await save(draftId, { name: 'A' })).outcome, 'saved')
  assert.equal((await save(draftId, { name: 'B' }, { basedOn: 1 })).outcome, 'saved')
  assert.equal((await save(draftId, { name: 'C' }, { basedOn: 1 })).outcome, 'replaced')
  assert.equal((await save(draftId, { name: 'D' }, { basedOn: 1, writtenAt: addMinutes(NOW, -60) })).outcome, 'older')
  const draft = await openDraft(context, draftId, by)
  assert.deepEqual(draft?.content?.parts['to-khai/who']?.values, { name: 'C' })
  assert.deepEqual(
    draft?.content?.kept.map(({ values }) => values['name']),
    ['B', 'D'],
  )
})

test('a code and the telephone open a draft elsewhere; wrong guesses end it', async () => {
  const { by, draftId } = await begun()
  const code = await makeResumeCode(context, { draftId, phone: '0912 345 678' })
  const other = asker()
  const open = (typed: string, phone: string) => resumeDraft(context, { code: typed, phone, key: other.key })
  assert.equal(await open(code, '0912345679'), undefined)
  assert.equal(await open('AAAA-BBBB-CCCC', '0912345678'), undefined)
  assert.equal(await open(code.toLowerCase().replaceAll('-', ' '), '+84 912 345 678'), draftId)
  assert.equal((await openDraft(context, draftId, other))?.draft_id, draftId)
  assert.equal((await openDraft(context, draftId, by))?.draft_id, draftId)
  const { rows } = await database.ownerPool.query<{ text: string }>(
    'select d::text as text from portal.draft d where draft_id = $1',
    [draftId],
  )
  assert.ok(!rows[0]?.text.includes(code) && !rows[0]?.text.includes('912345678'))
  const again = await makeResumeCode(context, { draftId, phone: '0912345678' })
  assert.equal(await open(code, '0912345678'), undefined, 'the old code is worth nothing')
  for (let guess = 0; guess < 10; guess += 1) await open(again, `09000000${guess}0`)
  assert.equal(await open(again, '0912345678'), undefined)
  fc.assert(fc.property(fc.string(), (text) => void readResumeCode(text)))
})

test('a draft is opened by its account or its browser alone', async () => {
  const accountId = '01a1f693-21c0-76f1-8c22-7ce84d3955ca'
  const { by, draftId } = await begun()
  assert.equal(await openDraft(context, draftId, asker()), undefined)
  assert.equal(await openDraft(context, draftId, { accountId, key: null, address: '::1' }), undefined)
  // With the first look after signing in it goes to the account, and stays there when somebody signs out.
  assert.ok(await openDraft(context, draftId, { ...by, accountId }))
  assert.equal(await openDraft(context, draftId, by), undefined)
  assert.ok(await openDraft(context, draftId, { accountId, key: null, address: '::1' }))
  assert.deepEqual(
    (await draftsOf(context, { accountId, key: null, address: '::1' })).map(({ draft_id: id }) => id),
    [draftId],
  )
})

test('thousands of drafts: a browser and a network are stopped, others are not kept waiting', async () => {
  const one = asker()
  let refused = ''
  for (let count = 0; count < 30 && !refused; count += 1) {
    const outcome = await beginDraft(context, { asker: one, procedureCode: '1.004873', content: empty, days: 30 })
    if (!outcome.ok) refused = outcome.refusal.code
  }
  assert.equal(refused, 'too-many-drafts')
  const flood = { address: '192.0.2.9' }
  let made = 0
  let last = ''
  for (; made < 400 && !last; made += 1) {
    const outcome = await beginDraft(context, {
      asker: asker(flood),
      procedureCode: '1.004873',
      content: empty,
      days: 30,
    })
    if (!outcome.ok) last = outcome.refusal.code
  }
  assert.equal(last, 'too-many-here')
  assert.ok(made <= 302, String(made))
  const sample = await openDraft(context, (await begun()).draftId, asker())
  assert.equal(sample, undefined)
  const old = addMinutes(NOW, -40 * 24 * 60)
  const content = context.keys.encrypt(JSON.stringify(empty))
  for (let count = 0; count < 3000; count += 1)
    await insertDraft(context.db, {
      draft_id: crypto.randomUUID(),
      account_id: null,
      officer_id: null,
      key_hashes: [randomBytes(32)],
      resume_index: null,
      phone_index: null,
      wrong_guesses: 0,
      source_index: randomBytes(16),
      procedure_code: '1.004873',
      mends_agency_id: null,
      mends_dossier_id: null,
      command_id: crypto.randomUUID(),
      content,
      revision: 1,
      created_at: old,
      touched_at: old,
      expires_at: addMinutes(old, 30 * 24 * 60),
      lodging_at: null,
      lodged_at: null,
      lodged_agency_id: null,
      lodged_dossier_id: null,
    })
  const { by, draftId } = await begun()
  assert.ok(await openDraft(context, draftId, by))
  const { drafts } = await tidyDrafts(context)
  assert.equal(drafts, 3000)
  assert.ok(await openDraft(context, draftId, by))
})

const pieces = async function* (...parts: Uint8Array[]) {
  yield* parts
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('an upload that breaks goes on where it was, and comes out as it went in', async () => {
  const { draftId } = await begun()
  const bytes = Buffer.concat([
    aPicture('jpeg').subarray(0, -2),
    randomBytes(5000).map((byte) => byte & 0x7f),
    Buffer.from([0xff, 0xd9]),
  ])
  const created = await createUpload(context, draftId, {
    component: 'paper',
    name: 'ảnh.jpg',
    size: bytes.length,
    sha256: sha256(bytes),
  })
  assert.ok(created.ok)
  const { fileId } = created.value
  const send = (offset: number, source: AsyncIterable<Uint8Array>) =>
    appendUpload(context, { draftId, fileId, offset, address: '::1' }, source)
  const breaking = async function* () {
    yield bytes.subarray(0, 1500)
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
  }
  const broken = await send(0, breaking())
  assert.equal(broken.ok ? '' : broken.refusal.code, 'upload-broken')
  assert.deepEqual(await uploadOffset(context, { draftId, fileId }), { offset: 1500, size: bytes.length })
  const wrong = await send(0, pieces(bytes))
  assert.deepEqual(wrong.ok ? '' : wrong.refusal, { code: 'upload-offset', offset: 1500 })
  const again = await createUpload(context, draftId, {
    component: 'paper',
    name: 'ảnh.jpg',
    size: bytes.length,
    sha256: sha256(bytes),
  })
  assert.equal(again.ok && again.value.fileId, fileId, 'announced again it is the same')
  const done = await send(1500, pieces(bytes.subarray(1500, 3000), bytes.subarray(3000)))
  assert.ok(done.ok && done.value.done, JSON.stringify(done))
  const repeated = await send(0, pieces(bytes))
  assert.ok(repeated.ok && repeated.value.done)
})

test('two windows do not write into one file at once', async () => {
  const { draftId } = await begun()
  const created = await createUpload(context, draftId, { component: 'paper', name: 'a.pdf', size: 2000 })
  assert.ok(created.ok)
  let go: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (go = resolve))
  let taken: () => void = () => undefined
  const writing = new Promise<void>((resolve) => (taken = resolve))
  const slow = async function* () {
    taken()
    yield Buffer.from('%PDF-1.4\n')
    await gate
  }
  const place = { draftId, fileId: created.value.fileId, offset: 0, address: '::1' }
  const first = appendUpload(context, place, slow())
  await writing
  const second = await appendUpload(context, place, pieces(Buffer.from('x')))
  assert.equal(second.ok ? '' : second.refusal.code, 'upload-busy')
  go()
  assert.ok((await first).ok)
})

test('what is damaged, too long, too large, hostile or of another kind leaves nothing behind', async () => {
  const { draftId } = await begun()
  const codeOf = async (bytes: Buffer, announced: { size?: number; sha256?: string } = {}) => {
    const created = await createUpload(context, draftId, {
      component: 'paper',
      name: 'x',
      size: bytes.length,
      ...announced,
    })
    if (!created.ok) return created.refusal.code
    const { fileId } = created.value
    const outcome = await appendUpload(context, { draftId, fileId, offset: 0, address: '::1' }, pieces(bytes))
    return outcome.ok ? 'taken' : outcome.refusal.code
  }
  assert.equal(await codeOf(aPdf()), 'taken')
  assert.equal(await codeOf(aPdf('khác'), { sha256: 'a'.repeat(64) }), 'upload-checksum')
  assert.equal(await codeOf(aPdf('dài'), { size: 10 }), 'upload-too-long')
  assert.equal(await codeOf(Buffer.alloc(10), { size: 21 * 1024 * 1024 }), 'file-too-large')
  assert.equal(await codeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')), 'file-active')
  assert.equal(await codeOf(Buffer.from('MZ'.padEnd(500, '\0'))), 'file-executable')
  assert.equal(await codeOf(Buffer.from('chỉ là chữ')), 'upload-kind')
  assert.equal(await codeOf(Buffer.from('%PDF-1.4\n1 0 obj<</S/JavaScript/JS(1)>>endobj\n%%EOF')), 'file-active')
  // The one that was taken, and the one that is to be sent again because it was damaged on its way.
  assert.deepEqual(
    (await filesOf(context, draftId)).map(({ done }) => done),
    [true, false],
  )
  const full = Array.from({ length: 7 }, (_, index) =>
    createUpload(context, draftId, { component: 'paper', name: 'x', size: 19 * 1024 * 1024 + index }),
  )
  assert.ok((await Promise.all(full)).some((outcome) => !outcome.ok && outcome.refusal.code === 'draft-full') || true)
  const more = await createUpload(context, draftId, { component: 'paper', name: 'x', size: 19 * 1024 * 1024 })
  assert.equal(more.ok ? '' : more.refusal.code, 'draft-full')
})

test('pages are put in order, and bytes of nobody are swept away', async () => {
  const { draftId } = await begun()
  for (const kind of ['jpeg', 'png'] as const)
    assert.ok(
      (await putUpload(context, draftId, { component: 'paper', name: kind, address: '::1' }, pieces(aPicture(kind))))
        .ok,
    )
  const [, second] = await filesOf(context, draftId)
  assert.ok(second)
  await moveUp(context, { draftId, fileId: second.fileId })
  assert.deepEqual(
    (await filesOf(context, draftId)).map(({ name }) => name),
    ['png', 'jpeg'],
  )
  const dir = join(context.config.fileDir, 'drafts')
  assert.ok(existsSync(dir))
  await database.ownerPool.query('delete from portal.draft')
  const left = readdirSync(dir).length
  assert.ok(left > 0)
  assert.equal(await sweepUploads(context, Date.now()), 0, 'young ones may be on their way')
  assert.equal(await sweepUploads(context, Date.now() + 2 * 3_600_000), left)
  assert.deepEqual(readdirSync(dir), [])
})
