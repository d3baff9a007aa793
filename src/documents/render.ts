import { Worker } from 'node:worker_threads'
import type { Instant } from '../platform/day.ts'
import type { RegisterForm } from './form-data.ts'
import type { PdfOrder, RenderOrder, RenderReply } from './render-worker.ts'

/** What every template is given; the rest is its own. */
export type PrintData = {
  /** Title and author of the PDF, shown by readers and screen readers. */
  title: string
  author: string
  /** Creation date of the PDF: the same data give the same bytes. */
  issuedAt: Instant
  [field: string]: unknown
}

type Pending = { resolve: (pdf: Buffer) => void; reject: (fault: Error) => void; timer: NodeJS.Timeout }
type Lane = { worker: Worker | undefined; pending: Map<number, Pending> }

const BULK_BYTES = 100_000
const QUICK_MS = 30_000
const BULK_MS = 300_000

// A register of thousands of rows must not keep a receipt at the counter waiting: it has a thread of its own.
const quick: Lane = { worker: undefined, pending: new Map() }
const bulk: Lane = { worker: undefined, pending: new Map() }
let lastId = 0

/**
 * Prints a template of `templates/` as PDF/A-1b. Rejects when the template is at fault, never because of a value. `files`
 * are pictures that the template names below `/`; with transparent ones it must be PDF/A-2b.
 */
export function renderPdf(
  template: string,
  data: PrintData,
  { standard = 'a-1b', files = [] }: Pick<Partial<PdfOrder>, 'standard' | 'files'> = {},
): Promise<Buffer> {
  const json = JSON.stringify(data)
  const createdAt = Math.floor(Date.parse(data.issuedAt) / 1000)
  const lane = json.length > BULK_BYTES || files.length > 0 ? bulk : quick
  return send(lane, { id: ++lastId, format: 'pdf', template, json, createdAt, standard, files })
}

/** The register as a workbook (XLSX): frozen head, real dates, text that never becomes a formula. */
export const renderRegisterXlsx = (form: RegisterForm): Promise<Buffer> =>
  send(bulk, { id: ++lastId, format: 'xlsx', json: JSON.stringify(form) })

/** Starts the thread before the first receipt needs it. */
export function warmRenderer(): void {
  quick.worker ??= start(quick)
  quick.worker.unref()
}

/** Ends the threads; what is still waiting is rejected. A later `renderPdf` starts them anew. */
export async function closeRenderer(): Promise<void> {
  const closed = new Error('the renderer was closed')
  await Promise.all([stop(quick, closed), stop(bulk, closed)])
}

function send(lane: Lane, order: RenderOrder): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const patience = lane === bulk ? BULK_MS : QUICK_MS
    const timer = setTimeout(() => void stop(lane, new Error('printing took too long')), patience)
    lane.pending.set(order.id, { resolve, reject, timer })
    const worker = (lane.worker ??= start(lane))
    worker.ref()
    worker.postMessage(order)
  })
}

function start(lane: Lane): Worker {
  const worker = new Worker(new URL('./render-worker.ts', import.meta.url))
  worker.on('message', (reply: RenderReply) => {
    const pending = lane.pending.get(reply.id)
    if (!pending) return
    lane.pending.delete(reply.id)
    clearTimeout(pending.timer)
    if (lane.pending.size === 0) worker.unref()
    if ('bytes' in reply)
      pending.resolve(Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.bytes.byteLength))
    else pending.reject(new Error(`printing failed: ${reply.fault}`))
  })
  const fail = (fault: Error) => {
    if (lane.worker === worker) void stop(lane, fault)
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the renderer ended')))
  return worker
}

async function stop(lane: Lane, fault: Error): Promise<void> {
  const { worker } = lane
  lane.worker = undefined
  for (const { reject, timer } of lane.pending.values()) {
    clearTimeout(timer)
    reject(fault)
  }
  lane.pending.clear()
  await worker?.terminate()
}
