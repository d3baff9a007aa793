import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart, { type Multipart } from '@fastify/multipart'
import staticFiles from '@fastify/static'
import swagger from '@fastify/swagger'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify'
import type { TSchema } from 'typebox'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { isApi, sendProblem, type Problem } from './problem.ts'
import type { Http } from './route.ts'
import { composeText, fieldErrors, nestsDeeper, plainText, schemaValidator } from './validation.ts'

type HttpOptions = {
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'secureCookies'>
  log: Log
  /** Throws when a request could not be served now, e.g. because the database does not answer. */
  ready?: () => Promise<void>
  /** Folder of the built officers' application; without it only the API and the public pages are served. */
  webDir?: string
}

/** The largest body of a request that is not an upload, and the largest uploaded file. */
const BODY_LIMIT = 2 * 1024 * 1024
const FILE_LIMIT = 50 * 1024 * 1024

/** The server without any feature's routes. Add hooks before routes: a hook sees only what is added after it. */
export async function createHttp({ config, log, ready, webDir }: HttpOptions): Promise<Http> {
  const loggerInstance: FastifyBaseLogger = log
  const http: Http = fastify({
    loggerInstance,
    // Lines carry the number of the request themselves.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    genReqId: () => crypto.randomUUID(),
    frameworkErrors(error, request, reply) {
      void answerFault(error, request, reply)
    },
    clientErrorHandler(_fault, socket) {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    },
  })
  http.setValidatorCompiler<TSchema>(schemaValidator)
  http.setErrorHandler<FastifyError>(answerFault)
  http.decorate('faultPages', {})
  const routes = watchRoutes(http)
  logRequests(http, log)
  await protect(http, config)
  await http.register(cookie)
  await http.register(compress, { threshold: 1024, encodings: ['br', 'gzip'] })
  readForms(http)
  await http.register(multipart, {
    limits: { fileSize: FILE_LIMIT, files: 20, fields: 50, fieldSize: 100_000, headerPairs: 100 },
  })
  await http.register(swagger, openApi)
  refuseForgedRequests(http, config)
  composeRequests(http)
  composeParts(http)
  keepAnswersPrivate(http)
  await serveWeb(http, webDir)
  http.setNotFoundHandler((request, reply) => answerUnknown({ request, reply, routes }))
  addHealth(http, ready)
  return http
}

// --- What every route must have -------------------------------------------------------------------------------------

type KnownRoute = { methods: string[]; path: RegExp }

/** Refuses routes that nobody said a permission for, and remembers the others for 405 answers. */
function watchRoutes(http: Http): KnownRoute[] {
  const routes: KnownRoute[] = []
  http.addHook('onRoute', ({ method, url, config }: RouteOptions) => {
    if (!config?.permission) throw new Error(`route ${[method].flat().join(' ')} ${url} has no config.permission`)
    if (url.includes('*')) return
    const path = new RegExp(`^${url.replace(/[.+?^$()|[\]\\]/g, String.raw`\$&`).replace(/:[^/]+/g, '[^/]+')}/?$`)
    routes.push({ methods: [method].flat(), path })
  })
  return routes
}

/** One line a request with the pattern of its route: addresses, queries and bodies can carry personal data. */
function logRequests(http: Http, log: Log): void {
  http.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id)
    done()
  })
  http.addHook('onResponse', (request, reply, done) => {
    const { method, id } = request
    const route = request.routeOptions.url ?? '(unknown)'
    log.info({
      what: 'request',
      id,
      method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    })
    done()
  })
}

/** Headers for browsers. Nothing here asks for https unless the system is reached by https. */
const protection = ({ secureCookies: https }: HttpOptions['config']) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'object-src': ["'none'"],
      'base-uri': ["'self'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
      ...(https ? { 'upgrade-insecure-requests': [] } : {}),
    },
  },
  strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : (false as const),
  crossOriginOpenerPolicy: https,
  originAgentCluster: https,
  referrerPolicy: { policy: 'same-origin' as const },
  xFrameOptions: { action: 'deny' as const },
})

/** The headers are the same for every answer, so they are made once and not with each. */
async function protect(http: Http, config: HttpOptions['config']): Promise<void> {
  const model = fastify()
  await model.register(helmet, protection(config))
  model.get('/', (_request, reply) => void reply.hijack().raw.end())
  const { headers } = await model.inject('/')
  await model.close()
  for (const name of ['date', 'connection', 'transfer-encoding', 'content-length']) delete headers[name]
  http.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers)
    done()
  })
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A change is accepted only from our own pages: the browser names where a request comes from, and calls that carry a
 * cookie carry a header besides, which no form of another site can set.
 */
function refuseForgedRequests(http: Http, { publicUrl }: HttpOptions['config']): void {
  const ownOrigin = new URL(publicUrl).origin
  http.addHook('onRequest', (request, reply, done) => {
    if (safeMethods.has(request.method)) return done()
    const { origin, 'sec-fetch-site': site, cookie: cookies } = request.headers
    const fromElsewhere =
      origin !== undefined && origin !== ownOrigin && origin !== `${request.protocol}://${request.host}`
    const crossSite = typeof site === 'string' && site !== 'same-origin' && site !== 'none'
    const unmarked = cookies !== undefined && isApi(request) && request.headers['x-motcua'] !== '1'
    if (!fromElsewhere && !crossSite && !unmarked) return done()
    const detail = 'Yêu cầu thay đổi dữ liệu phải được gửi từ chính hệ thống này. Hãy tải lại trang rồi thực hiện lại.'
    return void sendProblem(reply, 403, { code: 'cross-site-request', detail })
  })
}

/** The deepest body that any route takes is a handful of levels; more is sent to exhaust the stack. */
const DEEPEST_BODY = 50

function composeRequests(http: Http): void {
  http.addHook('preValidation', (request, reply, done) => {
    if (request.headers['content-type']?.includes('json') && nestsDeeper(request.body, DEEPEST_BODY))
      return void sendProblem(reply, 400, {
        code: 'body-too-deep',
        detail: `Nội dung gửi lên lồng nhau quá ${DEEPEST_BODY} tầng.`,
      })
    const body = composeText(request.body)
    const query = composeText(request.query, '/querystring')
    const params = composeText(request.params, '/params')
    request.body = body.value
    request.query = query.value
    request.params = params.value
    const pointers = [...body.forbidden, ...query.forbidden, ...params.forbidden]
    if (pointers.length === 0) return done()
    const detail = 'Nội dung có ký tự điều khiển hoặc ký tự hỏng. Hãy xóa và gõ lại phần được chỉ ra.'
    const errors = pointers
      .slice(0, 50)
      .map((pointer) => ({ pointer, detail: 'Có ký tự không nhìn thấy hoặc ký tự hỏng.' }))
    return void sendProblem(reply, 400, { code: 'forbidden-characters', detail, errors })
  })
}

/** A form with files is read piece by piece and its files may be kept by then, so that its text is mended, not refused. */
function composeParts(http: Http): void {
  http.addHook('preValidation', (request, _reply, done) => {
    if (request.isMultipart()) {
      const read = request.parts.bind(request)
      request.parts = (options) => inPlainText(read(options))
    }
    done()
  })
}

async function* inPlainText(parts: AsyncIterableIterator<Multipart>): AsyncGenerator<Multipart> {
  for await (const part of parts) {
    if (part.type === 'field') part.value = typeof part.value === 'string' ? plainText(part.value) : part.value
    else if (part.filename) part.filename = plainText(part.filename)
    yield part
  }
}

/** Answers of the API stay out of caches unless a route says otherwise. */
function keepAnswersPrivate(http: Http): void {
  http.addHook('onSend', (request, reply, _payload, done) => {
    if (isApi(request) && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
    done()
  })
}

// --- Answers that no route gives --------------------------------------------------------------------------------------

/** Refusals of the framework itself, by its codes. */
const frameworkProblems: Record<string, { status: number; problem: Problem }> = {
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    problem: { code: 'invalid-json', detail: 'Nội dung gửi lên không phải JSON hợp lệ.' },
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, problem: { code: 'empty-body', detail: 'Nội dung gửi lên trống.' } },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    problem: { code: 'invalid-length', detail: 'Độ dài nội dung gửi lên không khớp.' },
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    problem: { code: 'body-too-large', detail: `Nội dung gửi lên lớn quá ${BODY_LIMIT / 1024 / 1024} MB.` },
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    problem: { code: 'unsupported-media-type', detail: 'Loại nội dung gửi lên không được nhận ở đây.' },
  },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    status: 415,
    problem: { code: 'unsupported-media-type', detail: 'Tệp phải được gửi bằng biểu mẫu (multipart/form-data).' },
  },
  FST_REQ_FILE_TOO_LARGE: {
    status: 413,
    problem: { code: 'file-too-large', detail: `Tệp lớn quá ${FILE_LIMIT / 1024 / 1024} MB.` },
  },
  FST_FILES_LIMIT: { status: 413, problem: { code: 'too-many-files', detail: 'Gửi quá nhiều tệp trong một lần.' } },
  FST_FIELDS_LIMIT: {
    status: 413,
    problem: { code: 'too-many-fields', detail: 'Gửi quá nhiều thông tin trong một lần.' },
  },
  FST_PARTS_LIMIT: {
    status: 413,
    problem: { code: 'too-many-fields', detail: 'Gửi quá nhiều thông tin trong một lần.' },
  },
  FST_ERR_BAD_URL: { status: 400, problem: { code: 'bad-address', detail: 'Địa chỉ không hợp lệ.' } },
  FST_ERR_MAX_PARAM_LENGTH: { status: 400, problem: { code: 'bad-address', detail: 'Địa chỉ quá dài.' } },
}

/** Turns everything that was thrown into a problem; only true faults are logged, once, here. */
function answerFault(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const errors = fieldErrors(error)
  if (errors)
    return sendProblem(reply, 400, {
      code: 'invalid-request',
      detail: 'Một số thông tin chưa đúng. Hãy sửa các mục được chỉ ra rồi gửi lại.',
      errors,
    })
  const known = frameworkProblems[error.code]
  if (known) return sendProblem(reply, known.status, known.problem)
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500)
    return sendProblem(reply, status, { code: 'bad-request', detail: 'Yêu cầu không hợp lệ.' })
  if (isDatabaseAway(error)) {
    request.log.error({ what: 'database-away', id: request.id, err: error })
    void reply.header('retry-after', '5')
    return sendProblem(reply, 503, {
      code: 'not-ready',
      detail: 'Cơ sở dữ liệu chưa trả lời. Nội dung chưa được ghi; hãy thử lại sau ít giây.',
    })
  }
  if (isStorageFull(error)) {
    request.log.error({ what: 'storage-full', id: request.id, route: request.routeOptions.url, err: error })
    return sendProblem(reply, 507, {
      code: 'storage-full',
      detail: 'Máy chủ hết chỗ lưu trữ nên chưa ghi gì. Hãy báo quản trị viên; khi có chỗ trống, thực hiện lại.',
    })
  }
  request.log.error({ what: 'fault', id: request.id, route: request.routeOptions.url, err: error })
  return sendProblem(reply, 500, {
    code: 'fault',
    detail: `Hệ thống gặp lỗi và chưa ghi gì. Hãy thử lại; nếu vẫn lỗi, báo quản trị viên mã ${request.id}.`,
    requestId: request.id,
  })
}

/** The disk of the files or of the database. */
const isStorageFull = ({ code }: FastifyError): boolean => /^(ENOSPC|EDQUOT|53100)$/.test(code ?? '')

/** Connection refused or lost, server starting or stopping. A missing file is none of these, a missing socket is. */
const isDatabaseAway = (error: FastifyError & { syscall?: string }): boolean =>
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0\d|08\d\d\d|53300)$/.test(error.code ?? '') ||
  (error.code === 'ENOENT' && error.syscall === 'connect') ||
  /^Connection terminated|timeout exceeded when trying to connect/.test(error.message)

function answerUnknown({
  request,
  reply,
  routes,
}: {
  request: FastifyRequest
  reply: FastifyReply
  routes: KnownRoute[]
}) {
  const path = request.url.split('?', 1)[0] ?? '/'
  const allowed = routes.filter((route) => route.path.test(path)).flatMap((route) => route.methods)
  if (allowed.length > 0) {
    void reply.header('allow', [...new Set(allowed)].join(', '))
    return sendProblem(reply, 405, {
      code: 'method-not-allowed',
      detail: 'Địa chỉ này không nhận thao tác đó.',
    })
  }
  return sendProblem(reply, 404, {
    code: 'not-found',
    detail: 'Không có nội dung ở địa chỉ này. Hãy kiểm tra lại địa chỉ.',
  })
}

// --- What the server itself offers --------------------------------------------------------------------------------------

/** The officers' application lives below `/can-bo`; its own addresses are known to the browser only. */
async function serveWeb(http: Http, webDir: string | undefined): Promise<void> {
  const scripts = new Map<string, string>()
  http.decorate('publicScripts', scripts)
  if (!webDir || !existsSync(join(webDir, 'index.html'))) return
  for (const [name, url] of readScripts(webDir)) scripts.set(name, url)
  await http.register(staticFiles, { root: webDir, serve: false, cacheControl: false })
  const options = { config: { permission: 'public' }, schema: { hide: true } }
  http.get('/can-bo/assets/*', options, (request, reply) => {
    // Names carry a hash of the content, so a name never means anything else.
    const { '*': name } = request.params as { '*': string }
    return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(name, join(webDir, 'assets'))
  })
  const worker = scripts.get('service-worker')?.replace('/can-bo/', '')
  // It must lie at the root to serve the pages there.
  if (worker)
    http.get('/sw.js', options, (_request, reply) => reply.header('cache-control', 'no-cache').sendFile(worker))
  for (const url of ['/can-bo', '/can-bo/*'])
    http.get(url, options, (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html'))
}

/** Scripts of the public pages by name, with the address of their built file. */
function readScripts(webDir: string): [name: string, url: string][] {
  const file = join(webDir, 'scripts.json')
  if (!existsSync(file)) return []
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    { file: string; name?: string; src?: string }
  >
  return Object.values(manifest).flatMap(({ src, name, file: path }) =>
    name && src?.endsWith('.entry.ts') ? [[name.replace(/[.]entry$/, ''), `/can-bo/${path}`]] : [],
  )
}

function addHealth(http: Http, ready: HttpOptions['ready']): void {
  const options = { config: { permission: 'public' }, schema: { hide: true }, logLevel: 'silent' as const }
  http.get('/healthz', options, async () => ({ status: 'ok' }))
  http.get('/readyz', options, async (request, reply) => {
    try {
      await ready?.()
      return { status: 'ready' }
    } catch (fault) {
      request.log.warn({ what: 'not-ready', err: fault })
      return sendProblem(reply, 503, { code: 'not-ready', detail: 'Hệ thống chưa sẵn sàng phục vụ.' })
    }
  })
  http.get('/api/openapi.json', { ...options, logLevel: 'info' }, async () => http.swagger())
}

/** Plain forms of the public pages. A name that comes more than once becomes a list. */
function readForms(http: Http): void {
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 200_000 },
    (_request, body, done) => {
      const given = new URLSearchParams(String(body))
      const names = [...new Set(given.keys())]
      done(
        null,
        Object.fromEntries(
          names.map((name) => {
            const values = given.getAll(name)
            return [name, values.length > 1 ? values : values[0]]
          }),
        ),
      )
    },
  )
}

const openApi = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Một Cửa',
      version: '0.1.0',
      description:
        'API của hệ thống một cửa. Lỗi theo RFC 9457 (application/problem+json). Yêu cầu thay đổi dữ liệu bằng phiên đăng nhập phải mang tiêu đề `x-motcua: 1`.',
    },
    components: {
      securitySchemes: { session: { type: 'apiKey' as const, in: 'cookie' as const, name: 'motcua_session' } },
    },
  },
  hideUntagged: true,
}
