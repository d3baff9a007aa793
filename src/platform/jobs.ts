import pg from 'pg'
import type { Log } from './log.ts'

/** Work that is done again and again without anybody asking. */
export type Job<Given> = {
  /** Kebab-case, for the log. */
  name: string
  everySeconds: number
  /** Long work ends early, at a place where it can go on later, when the signal says that the process stops. */
  run: (given: Given, stopping: AbortSignal) => Promise<void>
}

export type RunningJobs = {
  /** Waits for what is under way. */
  stop: () => Promise<void>
}

type JobOptions<Given> = { jobs: readonly Job<Given>[]; given: Given; url: string; log: Log }

/**
 * Runs each job at its interval, never twice at once. Of several processes on one database one does all the jobs: the
 * one whose connection holds the lock; when it goes, another takes over within its next interval.
 */
export function startJobs<Given>({ jobs, given, url, log }: JobOptions<Given>): RunningJobs {
  const leader = new Leader(url)
  const timers = new Map<string, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()

  const turn = async (job: Job<Given>): Promise<void> => {
    try {
      if (await leader.leads()) await job.run(given, stopping.signal)
    } catch (fault) {
      log.error({ what: 'job-failed', job: job.name, err: fault })
    }
  }
  const schedule = (job: Job<Given>, ms: number): void => {
    if (stopping.signal.aborted) return
    const start = () => {
      const work = turn(job).then(() => {
        running.delete(work)
        schedule(job, job.everySeconds * 1000)
      })
      running.add(work)
    }
    timers.set(job.name, setTimeout(start, ms))
  }
  for (const job of jobs) schedule(job, 0)
  return {
    async stop() {
      stopping.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(running)
      await leader.resign()
    },
  }
}

/** Says whether this process is the one that does the jobs now. */
class Leader {
  readonly #url: string
  #client: pg.Client | undefined
  #isLeader = false
  #asking: Promise<boolean> | undefined

  constructor(url: string) {
    this.#url = url
  }

  /** Asks the database each time: a connection that was lost without a word has lost the lock too. */
  leads(): Promise<boolean> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined))
    return this.#asking
  }

  async #ask(): Promise<boolean> {
    try {
      const client = (this.#client ??= await this.#connect())
      const question = this.#isLeader
        ? 'select true as leads'
        : `select pg_try_advisory_lock(hashtext('motcua-jobs')) as leads`
      const { rows } = await client.query<{ leads: boolean }>(question)
      this.#isLeader = rows[0]?.leads ?? false
      return this.#isLeader
    } catch (fault) {
      await this.resign()
      throw fault
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'motcua jobs', keepAlive: true })
    client.on('error', () => void this.resign())
    await client.connect()
    return client
  }

  async resign(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    this.#isLeader = false
    await client?.end().catch(() => undefined)
  }
}
