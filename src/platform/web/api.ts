/** Why the server (or the network) said no. `kind` tells the screen what to advise. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors: readonly FieldError[]
  /** Everything else that the answer said, e.g. who changed the dossier meanwhile. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(status: number, body: Record<string, unknown>) {
    const { code, detail, errors, ...facts } = body
    super(typeof code === 'string' ? code : `http-${status}`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = this.message
    this.detail = typeof detail === 'string' ? detail : ''
    this.errors = Array.isArray(errors) ? errors.filter(isFieldError) : []
    this.facts = facts
  }

  /** The message for one field, by its JSON pointer: `problem.fieldError('/applicant/name')`. */
  fieldError(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail
  }

  get kind(): 'network' | 'server' | 'locked' | 'changed' | 'refused' {
    if (this.status === 0) return 'network'
    if (this.code === 'session-locked' || this.code === 'not-signed-in') return 'locked'
    if (this.code === 'changed-meanwhile') return 'changed'
    return this.status >= 500 ? 'server' : 'refused'
  }
}

export type FieldError = { pointer: string; detail: string }

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type RequestOptions = { signal?: AbortSignal | undefined; headers?: Record<string, string> }

/** Same-origin JSON. Types say what the caller expects from the feature's contract; the server guarantees it. */
export const api = {
  get: <Reply>(path: string, options?: RequestOptions) => request<Reply>('GET', path, undefined, options),
  post: <Reply>(path: string, body?: unknown, options?: RequestOptions) => request<Reply>('POST', path, body, options),
  put: <Reply>(path: string, body?: unknown, options?: RequestOptions) => request<Reply>('PUT', path, body, options),
  delete: <Reply>(path: string, body?: unknown, options?: RequestOptions) =>
    request<Reply>('DELETE', path, body, options),
}

/**
 * One intent of a person: sent with a client command id, and sent again with the same id while the network fails, so
 * that it happens once. Pass the id of an earlier failed attempt to go on with that one.
 */
export async function command<Reply>(
  path: string,
  body: Record<string, unknown>,
  { commandId = newCommandId(), method = 'POST' }: { commandId?: string; method?: Method } = {},
): Promise<Reply> {
  for (const pause of [400, 1200, 3000]) {
    try {
      return await request<Reply>(method, path, { ...body, commandId })
    } catch (error) {
      if (!mayRepeat(error)) throw error
      await sleep(pause)
    }
  }
  return request<Reply>(method, path, { ...body, commandId })
}

/** A UUID; also where the page is served over plain HTTP in an office network, where `randomUUID` is missing. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Whether nobody knows if the server did it: no answer at all, or a gateway that gave up. */
export const mayRepeat = (error: unknown): boolean =>
  error instanceof ApiProblem && [0, 502, 503, 504].includes(error.status)

export const toProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem(500, { code: 'unexpected', cause: error })

export type Upload = {
  file: File
  /** Further form fields, sent before the file. */
  fields?: Record<string, string>
  onProgress?: (percent: number) => void
  signal?: AbortSignal
}

/** Sends one file as multipart/form-data with progress. The part of the file is called `file`. */
export function uploadFile<Reply>(path: string, { file, fields = {}, onProgress, signal }: Upload): Promise<Reply> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const sender = new XMLHttpRequest()
    sender.open('POST', path)
    sender.setRequestHeader('x-motcua', '1')
    sender.setRequestHeader('accept', 'application/json')
    sender.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(Math.floor((event.loaded / event.total) * 100))
    })
    sender.addEventListener('load', () => {
      const body = parseBody(sender.responseText)
      if (sender.status < 300) return resolve(body as Reply)
      return reject(fail(new ApiProblem(sender.status, isRecord(body) ? body : {})))
    })
    sender.addEventListener('error', () => reject(new ApiProblem(0, { code: 'network' })))
    sender.addEventListener('abort', () => reject(new ApiProblem(0, { code: 'aborted' })))
    signal?.addEventListener('abort', () => sender.abort())
    sender.send(form)
  })
}

// What the shell listens to: the session ended or was locked while a page was open.
const lockListeners = new Set<(problem: ApiProblem) => void>()

export function onSessionLocked(listener: (problem: ApiProblem) => void): () => void {
  lockListeners.add(listener)
  return () => lockListeners.delete(listener)
}

let clockOffset = 0

/** The moment it is now by the server's clock, since due dates are judged there. */
export const serverNow = (): string => new Date(Date.now() + clockOffset).toISOString()

async function request<Reply>(
  method: Method,
  path: string,
  body: unknown,
  { signal, headers }: RequestOptions = {},
): Promise<Reply> {
  let response: Response
  let text: string
  try {
    response = await fetch(path, {
      method,
      signal: signal ?? null,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'x-motcua': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    text = await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiProblem(0, { code: 'network' })
  }
  noteClock(response)
  const parsed = parseBody(text)
  if (response.ok) return parsed as Reply
  throw fail(new ApiProblem(response.status, isRecord(parsed) ? parsed : {}))
}

function fail(problem: ApiProblem): ApiProblem {
  if (problem.kind === 'locked') for (const listener of lockListeners) listener(problem)
  return problem
}

function noteClock(response: Response): void {
  const said = Date.parse(response.headers.get('date') ?? '')
  // The header has whole seconds; smaller differences are not differences.
  if (Number.isFinite(said)) clockOffset = Math.abs(said - Date.now()) < 2000 ? 0 : said - Date.now()
}

function parseBody(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && typeof value['pointer'] === 'string' && typeof value['detail'] === 'string'

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
