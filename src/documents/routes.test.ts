import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Actor } from '../identity/index.ts'
import { withScope } from '../platform/db.ts'
import { createHttp } from '../platform/http/server.ts'
import type { Http } from '../platform/http/route.ts'
import { newId } from '../platform/id.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { FileEntry } from './contract.ts'
import { openFileStore, type FileStore } from './file-store.ts'
import { documentsRoutes } from './routes.ts'
import { addFile, listFiles, type DocumentTables } from './store.ts'
import { aPdf, aPicture } from './testing.ts'

const ours = newId()
const closed = newId()
const theirs = newId()
const actor: Actor = { officerId: 7, accountId: 7, name: 'Phạm Văn Thưởng', posts: [] }

let database: TestDatabase<DocumentTables>
let http: Http
let fileDir: string

before(async () => {
  database = await testDatabase<DocumentTables>()
  const { config, log } = database.context
  fileDir = config.fileDir
  http = await createHttp({ config, log })
  http.decorateRequest('actor')
  http.addHook('preHandler', async (request) => {
    request.actor = actor
  })
  documentsRoutes(http, database.context, {
    files: openFileStore(fileDir),
    openDossier: async (_actor, dossierId) =>
      ({ [ours]: { agencyId: 1 }, [closed]: { agencyId: 1, readOnly: true } })[dossierId],
  })
  await http.ready()
})

after(async () => {
  await http.close()
  await database.close()
})

function multipart(content: Buffer, name = 'Giấy khai sinh.pdf', type = 'application/pdf') {
  const head = `--xx\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=xx' },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--xx--\r\n')]),
  }
}

const upload = async (
  content: Buffer,
  {
    dossierId = ours,
    query = 'purpose=component&component=to-khai&origin=scan',
    name = 'Giấy khai sinh.pdf',
    type = 'application/pdf',
  } = {},
) =>
  http.inject({ method: 'POST', url: `/api/dossiers/${dossierId}/files?${query}`, ...multipart(content, name, type) })

const uploaded = async (content: Buffer, options?: Parameters<typeof upload>[1]): Promise<FileEntry> =>
  (await upload(content, options)).json<FileEntry>()

const list = async (dossierId = ours) =>
  (await http.inject(`/api/dossiers/${dossierId}/files`)).json<{ files: FileEntry[] }>().files

test('a full disk is told as such, not as a fault of the sender', async () => {
  const { config, log } = database.context
  const full = await createHttp({ config, log })
  full.decorateRequest('actor')
  full.addHook('preHandler', async (request) => {
    request.actor = actor
  })
  const files: FileStore = {
    async put(source) {
      for await (const chunk of source)
        if (chunk.length > 0) throw Object.assign(new Error('write'), { code: 'ENOSPC', syscall: 'write' })
      return { ok: false, refusal: { code: 'file-empty' } }
    },
    get: async () => undefined,
  }
  documentsRoutes(full, database.context, { files, openDossier: async () => ({ agencyId: 1 }) })
  const url = `/api/dossiers/${ours}/files?purpose=other`
  const answer = await full.inject({ method: 'POST', url, ...multipart(Buffer.alloc(1_000_000, 'x')) })
  assert.deepEqual([answer.statusCode, answer.json().code], [507, 'storage-full'])
  await full.close()
})

test('a file goes into the dossier and comes back under its name', async () => {
  const content = aPdf('một')
  const sent = await upload(content)
  assert.equal(sent.statusCode, 201)
  const entry = sent.json<FileEntry>()
  assert.equal(entry.name, 'Giấy khai sinh.pdf')
  assert.equal(entry.size, content.length)
  assert.deepEqual(
    [entry.purpose, entry.component, entry.origin, entry.uploadedBy],
    ['component', 'to-khai', 'scan', 7],
  )
  assert.ok((await list()).some(({ fileId }) => fileId === entry.fileId))
  const got = await http.inject(`/api/files/${entry.fileId}`)
  assert.equal(got.statusCode, 200)
  assert.ok(content.equals(got.rawPayload))
  assert.match(
    String(got.headers['content-disposition']),
    /^attachment; filename="Giay khai sinh\.pdf"; filename\*=UTF-8''Gi%E1%BA%A5y/,
  )
})

test('the same file sent again is the same entry', async () => {
  const first = await upload(aPdf('hai'))
  const second = await upload(aPdf('hai'), { name: 'tên khác.pdf' })
  assert.deepEqual([first.statusCode, second.statusCode], [201, 200])
  assert.equal(second.json<FileEntry>().fileId, first.json<FileEntry>().fileId)
  const other = await upload(aPdf('hai'), { query: 'purpose=result' })
  assert.equal(other.statusCode, 201)
  assert.notEqual(other.json<FileEntry>().fileId, first.json<FileEntry>().fileId)
})

test('a download never executes in the browser', async () => {
  const { fileId } = await uploaded(Buffer.from('Kính gửi <b>Ủy ban</b>'), { name: 'x.html', type: 'text/html' })
  for (const url of [`/api/files/${fileId}`, `/api/files/${fileId}?inline=1`]) {
    const { headers } = await http.inject(url)
    assert.match(String(headers['content-disposition']), /^attachment; filename="x\.html\.txt"/)
    assert.equal(headers['content-type'], 'application/octet-stream')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.match(String(headers['content-security-policy']), /^sandbox; default-src 'none'/)
    assert.match(String(headers['cache-control']), /no-store/)
  }
})

test('only pictures and PDF are shown, in a page that can do nothing', async () => {
  const picture = await uploaded(aPicture('png'), { name: 'ảnh.png' })
  assert.equal(picture.preview, true)
  const { headers } = await http.inject(`/api/files/${picture.fileId}?inline=1`)
  assert.match(String(headers['content-disposition']), /^inline; filename="anh\.png"/)
  assert.equal(headers['content-type'], 'image/png')
  assert.match(String(headers['content-security-policy']), /^sandbox; default-src 'none'.*frame-ancestors 'self'/)
  const pdf = await uploaded(aPdf('xem'))
  const shown = await http.inject(`/api/files/${pdf.fileId}?inline=1`)
  assert.match(String(shown.headers['content-security-policy']), /^sandbox; default-src 'none'.*frame-ancestors 'self'/)
  assert.equal(shown.headers['content-type'], 'application/pdf')
})

test('refused files leave no entry and no content, and the answer says why in Vietnamese', async () => {
  const before = { entries: (await list()).length, files: readdirSync(fileDir, { recursive: true }).length }
  for (const [content, status, code] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 422, 'file-active'],
    [Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 422, 'file-executable'],
    [Buffer.concat([Buffer.from('x'), aPdf()]), 422, 'file-disguised'],
    [Buffer.alloc(0), 422, 'file-empty'],
    [Buffer.concat([aPdf(), Buffer.alloc(50 * 1024 * 1024, 32)]), 413, 'file-too-large'],
  ] as const) {
    const reply = await upload(content)
    assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [status, code])
    assert.match(reply.json<{ detail: string }>().detail, /[Tt]ệp/)
    assert.equal(reply.headers['content-type'], 'application/problem+json; charset=utf-8')
  }
  assert.deepEqual({ entries: (await list()).length, files: readdirSync(fileDir, { recursive: true }).length }, before)
})

test('a file of exactly the limit is taken', async () => {
  const head = aPdf('đầy')
  const reply = await upload(Buffer.concat([head, Buffer.alloc(50 * 1024 * 1024 - head.length, 32)]))
  assert.equal(reply.statusCode, 201)
})

test('a request without a file, or cut off in the middle, writes nothing', async () => {
  const empty = await http.inject({
    method: 'POST',
    url: `/api/dossiers/${ours}/files?purpose=other`,
    headers: { 'content-type': 'multipart/form-data; boundary=xx' },
    payload: '--xx--\r\n',
  })
  assert.deepEqual([empty.statusCode, empty.json<{ code: string }>().code], [400, 'file-missing'])
  const { headers, payload } = multipart(aPdf('đứt'))
  const cut = await http.inject({
    method: 'POST',
    url: `/api/dossiers/${ours}/files?purpose=other`,
    headers,
    payload: payload.subarray(0, payload.length - 30),
  })
  assert.deepEqual([cut.statusCode, cut.json<{ code: string }>().code], [400, 'upload-broken'])
  assert.deepEqual(readdirSync(join(fileDir, 'incoming')), [])
})

test('a dossier that is not yours does not exist, nor do its files', async () => {
  const foreign = newId()
  await withScope(database.db, { agencies: [2] }, async (tx) =>
    addFile(tx, {
      agency_id: 2,
      file_id: foreign,
      dossier_id: theirs,
      sha256: 'a'.repeat(64),
      size: 1,
      media_type: 'application/pdf',
      name: 'x.pdf',
      purpose: 'component',
      component: null,
      origin: 'upload',
      uploaded_at: '2026-11-20T02:00:00.000Z',
      uploaded_by: null,
    }),
  )
  const replies = await Promise.all([
    upload(aPdf('lạ'), { dossierId: theirs }),
    http.inject(`/api/dossiers/${theirs}/files`),
    http.inject(`/api/files/${foreign}`),
    http.inject(`/api/files/${newId()}`),
    http.inject({ method: 'DELETE', url: `/api/files/${foreign}` }),
  ])
  assert.deepEqual(
    replies.map(({ statusCode }) => statusCode),
    [404, 404, 404, 404, 404],
  )
})

test('a dossier that may only be read takes and loses no file', async () => {
  const reply = await upload(aPdf('ba'), { dossierId: closed })
  assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [409, 'dossier-not-writable'])
})

test('a file taken out is gone for everybody, but its row stays', async () => {
  const { fileId } = await uploaded(aPdf('bỏ'))
  assert.equal((await http.inject({ method: 'DELETE', url: `/api/files/${fileId}` })).statusCode, 204)
  assert.equal((await http.inject(`/api/files/${fileId}`)).statusCode, 404)
  assert.equal((await http.inject({ method: 'DELETE', url: `/api/files/${fileId}` })).statusCode, 404)
  assert.ok(!(await list()).some((entry) => entry.fileId === fileId))
  const { rows } = await database.ownerPool.query('select removed_by from documents.file where file_id = $1', [fileId])
  assert.deepEqual(rows, [{ removed_by: 7 }])
  assert.equal((await upload(aPdf('bỏ'))).statusCode, 201, 'it can be put in again')
})

test('a query that forgets its condition still sees only its scope', async () => {
  await uploaded(aPdf('bốn'))
  const seen = async (scope: { agencies: number[]; dossier?: string }) =>
    withScope(database.db, scope, async (tx) => {
      const rows = await tx.selectFrom('documents.file').select(['agency_id', 'dossier_id']).distinct().execute()
      return rows.map((row) => row.agency_id)
    })
  assert.deepEqual(await seen({ agencies: [] }), [])
  assert.deepEqual(await seen({ agencies: [1] }), [1])
  assert.deepEqual(await seen({ agencies: [], dossier: theirs }), [2])
  assert.deepEqual(
    await withScope(database.db, { agencies: [1] }, async (tx) => listFiles(tx, { agencyId: 2, dossierId: theirs })),
    [],
  )
})

test('the application can neither delete a row nor change what it says', async () => {
  for (const statement of ['delete from documents.file', "update documents.file set sha256 = ''"]) {
    const client = await database.context.pool.connect()
    try {
      await assert.rejects(client.query(statement), /permission denied/)
    } finally {
      client.release()
    }
  }
})
