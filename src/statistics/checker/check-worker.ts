import { parentPort, workerData } from 'node:worker_threads'
import { readReport } from './read-report.ts'
import { UnreadableFile, type Unreadable } from './readers/unreadable.ts'
import { checkBlocks, type CheckReport } from './rules/check.ts'

/** What the thread is given once, and what it answers once. */
export type CheckOrder = { bytes: Uint8Array; fileName: string }
export type CheckReply = { report: CheckReport } | { refusal: Unreadable }

if (!parentPort) throw new Error('check-worker runs as a worker thread')
const port = parentPort
const { bytes, fileName } = workerData as CheckOrder

async function answer(): Promise<CheckReply> {
  try {
    return {
      report: checkBlocks(await readReport(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), fileName)),
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return { refusal: { code: error.code } }
    // Libraries throw what they like at files made to harm; the file is at fault, and the rules are tested apart.
    return { refusal: { code: error instanceof RangeError ? 'too-heavy' : 'damaged' } }
  }
}

port.postMessage(await answer())
