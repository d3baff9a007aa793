import { sql, type Generated, type JSONColumnType } from 'kysely'
import { Value } from 'typebox/value'
import type { Channel, ProcedureVersion } from '../catalogue/index.ts'
import type { Day, Instant } from '../platform/day.ts'
import { addDays } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { Process } from './contract.ts'
import { defaultProcess, judgeProcess } from './rules/default-process.ts'
import { mayUse, type ProcessFinding } from './rules/process.ts'

export type WorkflowTables = {
  'workflow.process': {
    agency_id: number
    process_id: Generated<number>
    code: string
    case_key: string | null
    valid_from: Day
    valid_to: Day | null
    superseded_at: Instant | null
    content: JSONColumnType<Process>
    recorded_at: Generated<Instant>
    recorded_by: number | null
  }
}

export type StoredProcess = {
  processId: number
  agencyId: number
  code: string
  caseKey: string | null
  validFrom: Day
  validTo: Day | null
  recordedAt: Instant
  recordedBy: number | null
  process: Process
}

export type WorkflowRefusal =
  | { code: 'process-malformed'; pointer: string }
  | { code: 'process-not-valid'; findings: ProcessFinding[] }
  | { code: 'unknown-case'; caseKey: string }
  | { code: 'later-process-exists'; validFrom: Day }

type WorkflowDb = Db<WorkflowTables>

const FRESH_MS = 30_000
const caches = new WeakMap<object, Map<string, { readAt: number; processes: StoredProcess[] }>>()

function cacheOf(db: WorkflowDb) {
  const cache = caches.get(db) ?? new Map<string, { readAt: number; processes: StoredProcess[] }>()
  caches.set(db, cache)
  return cache
}

/** The process by which an agency handles a case that came in on this day; its own, or the one that follows from the procedure. */
export async function processFor(
  db: WorkflowDb,
  facts: { agencyId: number; version: ProcedureVersion; caseKey: string; channel: Channel; day: Day },
): Promise<{ processId: number | null; process: Process }> {
  const { agencyId, version, caseKey, channel, day } = facts
  const inForce = (await processesOf(db, agencyId, version.code)).filter(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo),
  )
  const own = inForce.find((each) => each.caseKey === caseKey) ?? inForce.find((each) => each.caseKey === null)
  return own ?? { processId: null, process: foreseen(version, caseKey, channel) }
}

type Foreseen = { version: ProcedureVersion; process: Process }
const foreseenProcesses = new WeakMap<ProcedureVersion['cases'], Map<string, Foreseen>>()

/** The same procedure foresees the same process, so it is thought out once. */
function foreseen(version: ProcedureVersion, caseKey: string, channel: Channel): Process {
  const known = foreseenProcesses.get(version.cases) ?? new Map<string, Foreseen>()
  foreseenProcesses.set(version.cases, known)
  const key = `${caseKey}/${channel}`
  const found = known.get(key)
  const isSame = (['handOffs', 'defaultUnit', 'hasResult'] as const).every(
    (part) => found?.version[part] === version[part],
  )
  if (found && isSame) return found.process
  const process = defaultProcess(version, caseKey, channel)
  known.set(key, { version, process })
  return process
}

async function processesOf(db: WorkflowDb, agencyId: number, code: string): Promise<StoredProcess[]> {
  const cache = cacheOf(db)
  const key = `${agencyId}/${code}`
  const found = cache.get(key)
  if (found && performance.now() - found.readAt < FRESH_MS) return found.processes
  const processes = await selectProcesses(db)
    .where('agency_id', '=', agencyId)
    .where('code', '=', code)
    .where('superseded_at', 'is', null)
    .orderBy('valid_from', 'desc')
    .execute()
  if (cache.size > 20_000) cache.clear()
  cache.set(key, { readAt: performance.now(), processes })
  return processes
}

/** Undefined when there is none, or it belongs to another agency. */
export const findProcess = (db: WorkflowDb, agencyId: number, processId: number): Promise<StoredProcess | undefined> =>
  selectProcesses(db).where('agency_id', '=', agencyId).where('process_id', '=', processId).executeTakeFirst()

/** All processes of an agency for a procedure, the newest first, corrected ones left out. */
export const listProcesses = (db: WorkflowDb, agencyId: number, code?: string): Promise<StoredProcess[]> =>
  selectProcesses(db)
    .where('agency_id', '=', agencyId)
    .where('superseded_at', 'is', null)
    .$if(code !== undefined, (query) => query.where('code', '=', String(code)))
    .orderBy('code')
    .orderBy('case_key')
    .orderBy('valid_from', 'desc')
    .execute()

const selectProcesses = (db: WorkflowDb) =>
  db
    .selectFrom('workflow.process')
    .select([
      'process_id as processId',
      'agency_id as agencyId',
      'code',
      'case_key as caseKey',
      'valid_from as validFrom',
      'valid_to as validTo',
      'recorded_at as recordedAt',
      'recorded_by as recordedBy',
      'content as process',
    ])

type NewProcess = {
  agencyId: number
  version: ProcedureVersion
  caseKey: string | null
  validFrom: Day
  process: unknown
  by?: number | null
}

/** Puts a process in force from a day on; the one before it ends on the day before, one of the same day is corrected. */
export async function saveProcess(
  db: WorkflowDb,
  { agencyId, version, caseKey, validFrom, process, by = null }: NewProcess,
): Promise<Result<StoredProcess, WorkflowRefusal>> {
  if (caseKey !== null && !version.cases.some(({ key }) => key === caseKey))
    return refuse({ code: 'unknown-case', caseKey })
  if (!Value.Check(Process, process))
    return refuse({ code: 'process-malformed', pointer: Value.Errors(Process, process)[0]?.instancePath ?? '' })
  const findings = judgeProcess(version, caseKey, process)
  if (!mayUse(findings)) return refuse({ code: 'process-not-valid', findings })
  const { code } = version
  const saved = await db.transaction().execute(async (tx): Promise<Result<StoredProcess, WorkflowRefusal>> => {
    // Two editors at once: the second sees what the first has saved.
    await sql`select pg_advisory_xact_lock(hashtext(${`workflow.process/${agencyId}/${code}`}))`.execute(tx)
    const newest = await selectProcesses(tx)
      .where('agency_id', '=', agencyId)
      .where('code', '=', code)
      .where('case_key', caseKey === null ? 'is' : '=', caseKey)
      .where('superseded_at', 'is', null)
      .orderBy('valid_from', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (newest && newest.validFrom > validFrom)
      return refuse({ code: 'later-process-exists', validFrom: newest.validFrom })
    if (newest && (newest.validTo === null || newest.validTo >= validFrom)) {
      const end =
        newest.validFrom === validFrom ? { superseded_at: sql<Instant>`now()` } : { valid_to: addDays(validFrom, -1) }
      await tx
        .updateTable('workflow.process')
        .set(end)
        .where('agency_id', '=', agencyId)
        .where('process_id', '=', newest.processId)
        .execute()
    }
    const { process_id: processId, recorded_at: recordedAt } = await tx
      .insertInto('workflow.process')
      .values({
        agency_id: agencyId,
        code,
        case_key: caseKey,
        valid_from: validFrom,
        valid_to: null,
        superseded_at: null,
        content: JSON.stringify(process),
        recorded_by: by,
      })
      .returning(['process_id', 'recorded_at'])
      .executeTakeFirstOrThrow()
    return accept({ processId, agencyId, code, caseKey, validFrom, validTo: null, recordedAt, recordedBy: by, process })
  })
  cacheOf(db).delete(`${agencyId}/${code}`)
  return saved
}

/** Ends the agency's own process; from then on the one that follows from the procedure holds. */
export async function endProcess(
  db: WorkflowDb,
  { agencyId, processId, lastDay }: { agencyId: number; processId: number; lastDay: Day },
): Promise<StoredProcess | undefined> {
  const process = await findProcess(db, agencyId, processId)
  if (!process || process.validTo !== null) return undefined
  const end = lastDay < process.validFrom ? { superseded_at: sql<Instant>`now()` } : { valid_to: lastDay }
  await db
    .updateTable('workflow.process')
    .set(end)
    .where('agency_id', '=', agencyId)
    .where('process_id', '=', processId)
    .where('valid_to', 'is', null)
    .execute()
  cacheOf(db).delete(`${agencyId}/${process.code}`)
  return { ...process, validTo: lastDay }
}
