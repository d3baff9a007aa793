import type { FastifyReply, FastifyRequest } from 'fastify'
import { FILE_LIMIT, type FileStore, type KeptFile } from '../../documents/index.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { PartnerKind } from './contract.ts'
import { checkClaim, readClaim, type Claim } from './partners.ts'
import { takeDelivery, type NationalContext, type NationalRefusal } from './national.ts'
import { readPayload, writeReceipt } from './wire.ts'
import { wordRefusal } from './text.vi.ts'

const PAYLOAD_LIMIT = 24 * 1024 * 1024
const PARTS_LIMIT = 200 * 1024 * 1024
const MOST_PARTS = 50

/** A body kept byte for byte, since its signature covers exactly these; hidden from hooks that look into objects. */
class RawBody {
  readonly #bytes: Buffer
  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }
  get bytes(): Buffer {
    return this.#bytes
  }
}

const failures = countAttempts({ most: 300, windowMs: 5 * 60_000 })

type InboundRefusal = {
  code: string
  errors?: readonly string[] | undefined
  facts?: Readonly<Record<string, string | number>> | undefined
}

const statuses: Readonly<Record<string, number>> = {
  'not-authenticated': 401,
  'clock-apart': 401,
  replayed: 409,
  'too-many-failures': 429,
  'payload-too-large': 413,
  'not-json': 400,
  'payload-first': 400,
  'invalid-payload': 400,
  busy: 409,
  'not-awaiting-supplement': 409,
  'already-ended': 409,
  'same-moment-other-content': 409,
}

export function sendInboundRefusal(reply: FastifyReply, refusal: InboundRefusal): FastifyReply {
  const status = statuses[refusal.code] ?? 422
  if (status === 409 && refusal.code === 'busy') void reply.header('retry-after', '5')
  if (status === 429) void reply.header('retry-after', '300')
  // What is still on its way of a refused request is not read.
  if (status === 401 || status === 413 || status === 429) void reply.header('connection', 'close')
  const detail = wordRefusal(refusal.code, refusal.facts)
  return sendProblem(reply, status, {
    code: refusal.code,
    detail,
    ...(refusal.facts ? { facts: refusal.facts } : {}),
    ...(refusal.errors?.length ? { errors: refusal.errors.map((pointer) => ({ pointer, detail })) } : {}),
  })
}

export type SignedRequest = { partnerId: string; body: Buffer; sentAt: string }

/**
 * A folder of routes for partners: what they send is kept byte for byte, and who cannot be meant is refused before a
 * byte of the body is read.
 */
export function partnerRoutes(http: Http, context: NationalContext, add: (scope: Http) => void): void {
  void http.register(async (scope) => {
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: PAYLOAD_LIMIT },
      (_request, body, done) => done(null, new RawBody(body as Buffer)),
    )
    scope.addHook('onRequest', async (request, reply) => {
      const claim = readClaim(request.headers, context.clock())
      const source = networkOf(request.ip)
      if (!failures.begin(source, Date.now())) return sendInboundRefusal(reply, { code: 'too-many-failures' })
      if (!claim.ok) return sendInboundRefusal(reply, claim.refusal)
      claims.set(request, { claim: claim.value, source, begun: Date.now() })
    })
    add(scope)
  })
}

const claims = new WeakMap<FastifyRequest, { claim: Claim; source: string; begun: number }>()

/** The body of a signed request, when the signature is of these bytes. */
export async function openSigned(
  context: NationalContext,
  request: FastifyRequest,
  { kind, body }: { kind: PartnerKind; body: Buffer },
): Promise<Result<SignedRequest, InboundRefusal>> {
  const held = claims.get(request)
  if (!held) return refuse({ code: 'not-authenticated' })
  const checked = await checkClaim(context, { claim: held.claim, body, kind })
  if (!checked.ok) {
    context.log.warn({ what: 'partner-refused', code: checked.refusal.code, kind })
    return checked
  }
  failures.succeeded(held.source, held.begun)
  const sentAt = new Date(Number(held.claim.timestamp) * 1000).toISOString()
  return accept({ partnerId: checked.value.partnerId, body, sentAt })
}

export const rawBody = (request: FastifyRequest): Buffer =>
  request.body instanceof RawBody ? request.body.bytes : Buffer.alloc(0)

export const parseJson = (bytes: Buffer): Result<unknown, InboundRefusal> => {
  try {
    return accept(JSON.parse(bytes.toString('utf8')) as unknown)
  } catch {
    return refuse({ code: 'not-json' })
  }
}

/** The port of the national portal: one address for new dossiers, supplements and withdrawals alike. */
export function nationalPort(http: Http, context: NationalContext, files: FileStore): void {
  partnerRoutes(http, context, (scope) => {
    scope.post(
      '/api/exchange/national/dossiers',
      {
        config: { permission: 'public' },
        schema: {
          tags: ['exchange'],
          summary: 'Cổng Dịch vụ công quốc gia gửi hồ sơ, bổ sung, rút hồ sơ',
          description:
            'Ký HMAC-SHA256 (xem docs/exchange.md). Nội dung là JSON, hoặc multipart/form-data với phần HoSo đứng đầu rồi đến các tệp mang tên TepDinhKemId.',
          consumes: ['application/json', 'multipart/form-data'],
        },
      },
      async (request, reply) => {
        const arrived = request.isMultipart()
          ? await readParts(context, files, request)
          : await readWhole(context, request)
        if (!arrived.ok) return sendInboundRefusal(reply, arrived.refusal)
        const taken = await takeDelivery(context, files, arrived.value)
        if (!taken.ok) return sendInboundRefusal(reply, taken.refusal satisfies NationalRefusal)
        const { outcome } = taken.value
        return reply.code(outcome === 'lodged' ? 201 : 200).send(writeReceipt(taken.value))
      },
    )
  })
}

type Arrived = Parameters<typeof takeDelivery>[2]

async function readWhole(context: NationalContext, request: FastifyRequest): Promise<Result<Arrived, InboundRefusal>> {
  const signed = await openSigned(context, request, { kind: 'national-portal', body: rawBody(request) })
  if (!signed.ok) return signed
  const payload = parseJson(signed.value.body)
  return payload.ok ? accept({ ...signed.value, payload: payload.value, parts: new Map() }) : payload
}

/** The signed part first; only then, and only what it names by its hash, is taken into the file store. */
async function readParts(
  context: NationalContext,
  files: FileStore,
  request: FastifyRequest,
): Promise<Result<Arrived, InboundRefusal>> {
  const parts = new Map<string, KeptFile>()
  let arrived: Arrived | undefined
  let wanted: ReadonlyMap<string, string | null> | undefined
  let size = 0
  let refusal: InboundRefusal | undefined
  for await (const part of request.parts({ limits: { fileSize: FILE_LIMIT + 1, files: MOST_PARTS, fields: 1 } })) {
    // What comes after a refusal is let run off; the limits of the parser hold for it too.
    if (refusal) {
      if (part.type === 'file') part.file.resume()
      continue
    }
    if (!arrived) {
      const first = await readFirst(context, request, part)
      if (first.ok) {
        arrived = first.value.arrived
        wanted = first.value.wanted
      } else {
        refusal = first.refusal
        if (part.type === 'file') part.file.resume()
      }
      continue
    }
    // A payload that cannot be read is refused with its line in the list, once its files have run off.
    if (!wanted) {
      if (part.type === 'file') part.file.resume()
      continue
    }
    const hash = wanted.get(part.fieldname)
    if (part.type !== 'file' || !hash || parts.has(part.fieldname)) {
      refusal = { code: 'file-unexpected', facts: { file: part.fieldname.slice(0, 100) } }
      if (part.type === 'file') part.file.resume()
      continue
    }
    const kept = await files.put(part.file)
    part.file.resume()
    if (!kept.ok) refusal = { code: 'file-refused', facts: { file: part.fieldname, reason: kept.refusal.code } }
    else if (kept.value.sha256 !== hash) refusal = { code: 'file-altered', facts: { file: part.fieldname } }
    else if ((size += kept.value.size) > PARTS_LIMIT) refusal = { code: 'payload-too-large' }
    else parts.set(part.fieldname, kept.value)
  }
  if (refusal) return refuse(refusal)
  return arrived ? accept({ ...arrived, parts }) : refuse({ code: 'payload-first' })
}

type Part = ReturnType<FastifyRequest['parts']> extends AsyncIterableIterator<infer One> ? One : never

async function readFirst(
  context: NationalContext,
  request: FastifyRequest,
  part: Part,
): Promise<Result<{ arrived: Arrived; wanted: ReadonlyMap<string, string | null> | undefined }, InboundRefusal>> {
  if (part.fieldname !== 'HoSo') return refuse({ code: 'payload-first' })
  const body = part.type === 'file' ? await readAll(part.file) : Buffer.from(String(part.value))
  if (!body) return refuse({ code: 'payload-too-large' })
  const signed = await openSigned(context, request, { kind: 'national-portal', body })
  if (!signed.ok) return signed
  const payload = parseJson(body)
  if (!payload.ok) return payload
  const arrived = { ...signed.value, payload: payload.value, parts: new Map<string, KeptFile>() }
  const read = readPayload(payload.value, { sentAt: arrived.sentAt, now: context.clock() })
  const wanted = read.ok ? new Map(read.value.papers.map(({ fileId, sha256 }) => [fileId, sha256])) : undefined
  return accept({ arrived, wanted })
}

const FIRST_LIMIT = 2 * 1024 * 1024

async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > FIRST_LIMIT) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
