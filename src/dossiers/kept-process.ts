import { createHash } from 'node:crypto'
import type { Process } from '../workflow/index.ts'
import { canonical } from '../platform/canonical.ts'
import type { Db } from '../platform/db.ts'
import type { DossierTables } from './store.ts'

type ProcessDb = Db<Pick<DossierTables, 'dossiers.process'>>

const MOST = 5000
const hashes = new WeakMap<Process, string>()
const memories = new WeakMap<object, Map<string, Process>>()

function memoryOf(db: object): Map<string, Process> {
  const memory = memories.get(db) ?? new Map<string, Process>()
  memories.set(db, memory)
  if (memory.size > MOST) memory.clear()
  return memory
}

/** By what name a process is kept: what it says, and nothing else. */
export function processHash(process: Process): string {
  const known = hashes.get(process)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(canonical(process)).digest('hex')
  hashes.set(process, hash)
  return hash
}

/** Keeps a copy for the dossiers that are received under this process; one that is there already costs nothing. */
export async function keepProcess(db: ProcessDb, process: Process): Promise<string> {
  const hash = processHash(process)
  const memory = memoryOf(db)
  if (memory.has(hash)) return hash
  await db
    .insertInto('dossiers.process')
    .values({ hash, content: JSON.stringify(process) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  memory.set(hash, process)
  return hash
}

/** The copy of this name. Copies never change, so one that was read is remembered. */
export async function keptProcess(db: ProcessDb, hash: string): Promise<Process> {
  const memory = memoryOf(db)
  const known = memory.get(hash)
  if (known) return known
  const row = await db.selectFrom('dossiers.process').select('content').where('hash', '=', hash).executeTakeFirst()
  if (!row) throw new Error(`the process ${hash} of a dossier is gone`)
  memory.set(hash, row.content)
  return row.content
}
