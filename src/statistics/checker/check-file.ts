import { Worker } from 'node:worker_threads'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { CheckOrder, CheckReply } from './check-worker.ts'
import type { Unreadable } from './readers/unreadable.ts'
import type { CheckReport } from './rules/check.ts'

/** The largest file that is taken, in bytes. */
export const MOST_BYTES = 20_000_000

const PATIENCE_MS = 60_000
const AT_ONCE = 2
const WAITING = 16

let running = 0
const queue: (() => void)[] = []

/**
 * Reads anybody's report (.docx, .xlsx, .pdf, .html, .md, .txt) and tests what it asserts. The file is opened in a thread
 * of its own, with limits of size, memory and time: it may be made to harm. What cannot be read is a refusal.
 */
export async function checkFile(bytes: Uint8Array, fileName: string): Promise<Result<CheckReport, Unreadable>> {
  if (bytes.byteLength > MOST_BYTES) return refuse({ code: 'too-large' })
  if (queue.length >= WAITING) return refuse({ code: 'busy' })
  if (running >= AT_ONCE) await new Promise<void>((resolve) => void queue.push(resolve))
  running += 1
  try {
    const reply = await runThread({ bytes: new Uint8Array(bytes), fileName })
    return 'report' in reply ? accept(reply.report) : refuse(reply.refusal)
  } finally {
    running -= 1
    queue.shift()?.()
  }
}

function runThread(order: CheckOrder): Promise<CheckReply> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./check-worker.ts', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 },
      stdout: true,
      stderr: true,
    })
    const end = (reply: CheckReply) => {
      clearTimeout(timer)
      resolve(reply)
      void worker.terminate()
    }
    const timer = setTimeout(() => end({ refusal: { code: 'too-slow' } }), PATIENCE_MS)
    worker.once('message', end)
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end({ refusal: { code: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-heavy' : 'damaged' } }),
    )
    worker.once('exit', () => end({ refusal: { code: 'damaged' } }))
  })
}
