import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

/** Milliseconds of CPU that were used since the process began, by the parts of a run. */
export type Used = { database: number; driver: number; children: number }

const TICK = 10

/** The fields of /proc/<pid>/stat after the name, which may hold anything. */
function statOf(pid: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
  } catch {
    return undefined // it has ended meanwhile
  }
}

const ticks = (fields: readonly string[], from: number): number =>
  (Number(fields[from] ?? 0) + Number(fields[from + 1] ?? 0)) * TICK
const [PARENT, OWN, OF_CHILDREN] = [1, 11, 13]

/**
 * Reads what the database, this process and its children that have ended have used. Undefined where the system does not
 * tell (not Linux) or the database is on another machine.
 */
export async function openCpu(owner: pg.Pool): Promise<(() => Used) | undefined> {
  const { rows } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid')
  const server = statOf(String(rows[0]?.pid))?.[PARENT]
  const { rows: place } = await owner.query<{ local: boolean }>(
    'select inet_server_addr() is null or inet_server_addr() = inet_client_addr() as local',
  )
  if (server === undefined || !place[0]?.local) return undefined
  return () => {
    let database = 0
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const fields = statOf(pid)
      if (!fields) continue
      if (pid === server) database += ticks(fields, OWN) + ticks(fields, OF_CHILDREN)
      else if (fields[PARENT] === server) database += ticks(fields, OWN)
    }
    const own = statOf('self') ?? []
    const { user, system } = process.cpuUsage()
    return { database, driver: (user + system) / 1000, children: ticks(own, OF_CHILDREN) }
  }
}
