import { Worker } from 'node:worker_threads'
import * as demo from '../../demo/index.ts'
import type { Context } from '../platform/context.ts'
import type { DemoOrder, DemoReply } from './demo-worker.ts'
import type { Tables } from './tables.ts'

/** An account of the demo, shown at each start. */
export type DemoAccount = demo.DemoAccount

/** Fills an empty, migrated database with the demo authorities. Runs once; a cut-short run starts over on a cleared database. */
export async function loadDemo(context: Context<Tables>, say: (line: string) => void = () => undefined): Promise<void> {
  await demo.loadDemo(context, (line) => say(`  ${line}`))
}

/** The accounts of the demo with their passwords, which were made when it was loaded. */
export const demoAccounts = (context: Context<Tables>): Promise<readonly DemoAccount[]> => demo.demoAccounts(context)

/** The citizen of the demo, who signs in as people do. */
export const { demoCitizen } = demo

export type { AuthorityName } from '../../demo/index.ts'
export const { authorities, authorityOf, loadingProgress, pastAccounts } = demo

/** Loads one more authority here and now, for the command line. */
export const loadAuthority = demo.loadAuthority

/** One line of progress for the terminal. */
export const progressLine = ({ title, done, of }: { title: string; done: number; of: number }): string =>
  `▸ Dữ liệu dùng thử: ${title}: ${number.format(done)}/${number.format(of)} hồ sơ (demo)`
const number = new Intl.NumberFormat('vi-VN')

/** Counts of which the terminal hears: not each of hundreds. */
const TOLD_EVERY = 7500

/**
 * Loads what belongs to the demo and is not there yet, one authority after the other, in a thread of its own: deciding
 * thirty thousand dossiers must not keep a request waiting. Does nothing where this is no demo.
 */
export async function loadOtherAuthorities(
  context: Context<Tables>,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  if (!(await isDemo(context))) return
  for (const { name, title, state, isOption } of await demo.loadingProgress(context)) {
    if (signal.aborted) return
    // What was asked for and begun goes on; an option that nobody asked for is not begun.
    if (state === 'loaded' || (state === 'waiting' && isOption)) continue
    const begun = performance.now()
    let told = -TOLD_EVERY
    const outcome = await inThread(context, { name, signal }, (progress) => {
      if (progress.done < told + TOLD_EVERY && progress.done < progress.of) return
      told = progress.done
      say(progressLine(progress))
    })
    const ms = Math.round(performance.now() - begun)
    context.log.info({ what: 'demo-authority', authority: name, outcome, ms })
    if (outcome === 'loaded') {
      say(`▸ ${title}: đã nạp xong. Tài khoản: (loaded; accounts:)`)
      for (const { username, password, post } of await demo.pastAccounts(context, name))
        say(`  ${username.padEnd(20)}  ${password}  ${post}`)
    }
  }
}

async function isDemo({ pool }: Context<Tables>): Promise<boolean> {
  const { rows } = await pool.query(
    `select from platform.setting where name = 'installation' and value = '"demo"'::jsonb`,
  )
  return rows.length > 0
}

type Telling = (progress: { title: string; done: number; of: number }) => void

function inThread(
  { pool, config }: Context<Tables>,
  { name, signal }: { name: demo.AuthorityName; signal: AbortSignal },
  tell: Telling,
): Promise<demo.LoadOutcome> {
  const { connectionString: url = '' } = pool.options
  const order: DemoOrder = { name, url, config }
  const worker = new Worker(new URL('./demo-worker.ts', import.meta.url), { workerData: order })
  const stop = () => worker.postMessage('stop')
  signal.addEventListener('abort', stop)
  return new Promise<demo.LoadOutcome>((resolve, reject) => {
    worker.on('message', (reply: DemoReply) => {
      if ('outcome' in reply) resolve(reply.outcome)
      else tell(reply)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the thread that loads the demo ended with ${code}`)))
  }).finally(() => signal.removeEventListener('abort', stop))
}
