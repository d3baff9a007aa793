import type { Instant } from '../platform/day.ts'
import { withScope, withSnapshot } from '../platform/db.ts'
import { listAgencyIds } from '../staff/index.ts'
import { contentHash, entryHash, GENESIS, type Entry } from './chain.ts'
import type { DossierContext } from './commands.ts'
import { processHash } from './kept-process.ts'
import { evolve, supersededIn, type Dossier, type DossierEvent, type Ref } from './rules/events.ts'
import { toRow, toTasks } from './rules/row.ts'
import { headsHash, readSealHeads, sealHash, type Seal } from './seals.ts'
import { openSecret } from './sealing.ts'
import {
  listAgenciesWithLog,
  toHappened,
  type DossierRecord,
  type DossierTx,
  type EventRow,
  type PersonRow,
  type TaskRecord,
} from './store.ts'

/** Something in the log, beside it or derived from it that does not fit. */
export type LogFinding = {
  code:
    | 'event-altered'
    | 'event-missing'
    | 'event-does-not-follow'
    | 'log-cut-off'
    | 'dossier-missing'
    | 'row-differs'
    | 'tasks-differ'
    | 'person-altered'
    | 'person-missing'
    | 'note-altered'
    | 'note-missing'
    | 'process-altered'
    | 'process-missing'
    | 'seal-altered'
    | 'seal-missing'
    | 'seal-counts'
  agencyId: number
  dossierId: string | null
  version: number | null
}

export type LogReport = { agencies: number; dossiers: number; events: number; seals: number; findings: LogFinding[] }

/**
 * Reads the whole log and holds it against everything that was derived from it: hashes and their chain, the rows beside
 * it, the present of each dossier and its open work, the seals, and the last seals kept beside the keys.
 */
export async function verifyLog(context: DossierContext): Promise<LogReport> {
  const report: LogReport = { agencies: 0, dossiers: 0, events: 0, seals: 0, findings: [] }
  const outside = readSealHeads(context)
  for (const agencyId of await agenciesWithLog(context, Object.keys(outside).map(Number))) {
    const before = report.events
    await withSnapshot(context.db, { agencies: [agencyId] }, (tx) =>
      verifyAgency(context, tx, { agencyId, report, outside: outside[agencyId] }),
    )
    if (report.events > before) report.agencies += 1
  }
  return report
}

/** Agencies that have anything to verify, or had when they were sealed: of thousands in the tree a few have dossiers. */
export async function agenciesWithLog(context: DossierContext, sealed: readonly number[] = []): Promise<number[]> {
  const agencies = await listAgencyIds(context.db)
  const found = await withScope(context.db, { agencies }, (tx) => listAgenciesWithLog(tx, agencies))
  return [...new Set([...found, ...sealed])]
}

type Head = {
  dossierId: string
  dossier: Dossier | undefined
  version: number
  hash: Buffer
  hashes: Map<number, string>
  refs: Ref[]
}

async function verifyAgency(
  context: DossierContext,
  tx: DossierTx,
  {
    agencyId,
    report,
    outside,
  }: { agencyId: number; report: LogReport; outside: { number: number; hash: string } | undefined },
): Promise<void> {
  const found = (code: LogFinding['code'], dossierId: string | null, version: number | null = null) =>
    report.findings.push({ code, agencyId, dossierId, version })
  const seals = await tx
    .selectFrom('dossiers.seal')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('number')
    .execute()
  const sealedHeads = await tx
    .selectFrom('dossiers.sealed_head')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .execute()
  const headsByDossier = Map.groupBy(sealedHeads, (head) => head.dossier_id)
  const seen = new Set<string>()
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const ids = await tx
      .selectFrom('dossiers.event')
      .select('dossier_id')
      .distinct()
      .where('agency_id', '=', agencyId)
      .where('dossier_id', '>', last)
      .orderBy('dossier_id')
      .limit(500)
      .execute()
    if (ids.length === 0) break
    last = ids.at(-1)?.dossier_id ?? last
    const rows = await tx
      .selectFrom('dossiers.event')
      .selectAll()
      .where('agency_id', '=', agencyId)
      .where(
        'dossier_id',
        'in',
        ids.map((row) => row.dossier_id),
      )
      .orderBy('dossier_id')
      .orderBy('version')
      .execute()
    for (const [dossierId, own] of Map.groupBy(rows, (row) => row.dossier_id)) {
      seen.add(dossierId)
      report.dossiers += 1
      report.events += own.length
      const head = verifyDossier(context, own, found)
      for (const sealed of headsByDossier.get(dossierId) ?? []) {
        const hash = head.hashes.get(sealed.version)
        if (hash === undefined) found('log-cut-off', dossierId, sealed.version)
        else if (hash !== sealed.head_hash.toString('hex')) found('event-altered', dossierId, sealed.version)
      }
    }
    await verifyBeside(context, tx, { agencyId, rows, found })
  }
  for (const dossierId of headsByDossier.keys()) if (!seen.has(dossierId)) found('dossier-missing', dossierId)
  const orphans = await tx
    .selectFrom('dossiers.dossier')
    .select(['dossier_id', 'version'])
    .where('agency_id', '=', agencyId)
    .execute()
  for (const row of orphans) if (!seen.has(row.dossier_id)) found('dossier-missing', row.dossier_id, row.version)
  verifySeals(context, { seals, sealedHeads, outside, found })
  report.seals += seals.length
}

type Found = (code: LogFinding['code'], dossierId: string | null, version?: number | null) => void

/** The chain of one dossier from its first entry. */
function verifyDossier(context: DossierContext, rows: readonly EventRow[], found: Found): Head {
  const head: Head = {
    dossierId: rows[0]?.dossier_id ?? '',
    dossier: undefined,
    version: 0,
    hash: GENESIS,
    hashes: new Map(),
    refs: [],
  }
  for (const row of rows) {
    if (row.version !== head.version + 1) found('event-missing', row.dossier_id, head.version + 1)
    else if (!row.previous_hash.equals(head.hash)) found('event-does-not-follow', row.dossier_id, row.version)
    if (!entryHash(context.keys, row.previous_hash, toEntry(row)).equals(row.hash))
      found('event-altered', row.dossier_id, row.version)
    head.version = row.version
    head.hash = row.hash
    head.hashes.set(row.version, row.hash.toString('hex'))
  }
  return head
}

/** Whether the log of a dossier is as it was written, without a gap from its first entry on. */
export function isWholeLog(context: DossierContext, rows: readonly EventRow[]): boolean {
  let whole = true
  verifyDossier(context, rows, () => (whole = false))
  return whole
}

export const toEntry = (row: EventRow): Entry => ({
  agencyId: row.agency_id,
  dossierId: row.dossier_id,
  version: row.version,
  event: row.body,
  occurredAt: row.occurred_at,
  recordedAt: row.recorded_at,
  officerId: row.officer_id,
  postId: row.post_id,
  onBehalfOf: row.on_behalf_of,
  source: row.source,
  commandId: row.command_id,
  ordinal: row.ordinal,
})

/** Rows that events name, and rows that are derived from the log. */
async function verifyBeside(
  context: DossierContext,
  tx: DossierTx,
  { agencyId, rows, found }: { agencyId: number; rows: readonly EventRow[]; found: Found },
): Promise<void> {
  const ids = [...new Set(rows.map((row) => row.dossier_id))]
  const persons = await tx
    .selectFrom('dossiers.person')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', 'in', ids)
    .execute()
  const notes = await tx
    .selectFrom('dossiers.note')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', 'in', ids)
    .execute()
  const stored = await tx
    .selectFrom('dossiers.dossier')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', 'in', ids)
    .execute()
  const tasks = await tx
    .selectFrom('dossiers.task')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', 'in', ids)
    .execute()
  const named = rows.flatMap(({ body }) => (body.type === 'received' && body.process ? [body.process] : []))
  const processes = await tx
    .selectFrom('dossiers.process')
    .select(['hash', 'content'])
    .where('hash', 'in', ['', ...new Set(named)])
    .execute()
  const hashOfKept = new Map(processes.map(({ hash, content }) => [hash, processHash(content)]))
  const personById = new Map(persons.map((row) => [row.person_id, row]))
  const personsByDossier = Map.groupBy(persons, (row) => row.dossier_id)
  const noteById = new Map(notes.map((row) => [row.note_id, row]))
  const rowById = new Map(stored.map((row) => [row.dossier_id, row]))
  const tasksById = Map.groupBy(tasks, (task) => task.dossier_id)
  for (const [dossierId, own] of Map.groupBy(rows, (row) => row.dossier_id)) {
    for (const row of own) {
      for (const ref of personRefs(row.body)) {
        const person = personById.get(ref.id)
        if (!person) found('person-missing', dossierId, row.version)
        else if (
          person.erased_at === null &&
          !matches(ref, person.salt, { content: person.content, secret: openSecretSafely(context, person) })
        )
          found('person-altered', dossierId, row.version)
      }
      if (row.body.type === 'received' && row.body.process) {
        const hash = hashOfKept.get(row.body.process)
        if (hash === undefined) found('process-missing', dossierId, row.version)
        else if (hash !== row.body.process) found('process-altered', dossierId, row.version)
      }
      for (const ref of noteRefs(row.body)) {
        const note = noteById.get(ref.id)
        if (!note) found('note-missing', dossierId, row.version)
        else if (note.erased_at === null && !matches(ref, note.salt, note.content))
          found('note-altered', dossierId, row.version)
      }
    }
    const dossier = foldSafely(own)
    const present = rowById.get(dossierId)
    if (!dossier || !present) {
      found('row-differs', dossierId)
      continue
    }
    if (!sameRow(present, dossier, own.at(-1)?.hash ?? GENESIS)) found('row-differs', dossierId, dossier.version)
    if (!sameTasks(tasksById.get(dossierId) ?? [], dossier)) found('tasks-differ', dossierId, dossier.version)
    if (!sameSuperseded(personsByDossier.get(dossierId) ?? [], supersededIn(own.map(toHappened))))
      found('row-differs', dossierId, dossier.version)
  }
}

/** Whether the stored row is what the log makes of the dossier. */
export const sameRow = (present: DossierRecord | undefined, dossier: Dossier, head: Buffer): boolean =>
  present !== undefined &&
  present.head_hash.equals(head) &&
  Object.entries(toRow(dossier)).every(([column, value]) => Reflect.get(present, column) === value)

/** Whether exactly those rows of persons are out of use whose place the log gives to others. */
export const sameSuperseded = (
  persons: readonly Pick<PersonRow, 'person_id' | 'superseded_at'>[],
  superseded: ReadonlyMap<string, Instant>,
): boolean => persons.every((row) => row.superseded_at === (superseded.get(row.person_id) ?? null))

/** Whether the stored lines of the queue are the open steps of the dossier. */
export function sameTasks(kept: readonly TaskRecord[], dossier: Dossier): boolean {
  const expected = toTasks(dossier)
  return (
    kept.length === expected.length &&
    expected.every((task) => {
      const line = kept.find(({ key }) => key === task.key)
      return line !== undefined && Object.entries(task).every(([column, value]) => Reflect.get(line, column) === value)
    })
  )
}

/** A log that was tampered with may not make sense as a story. */
function foldSafely(rows: readonly EventRow[]): Dossier | undefined {
  try {
    return rows.map(toHappened).reduce<Dossier | undefined>((dossier, next) => evolve(dossier, next), undefined)
  } catch {
    return undefined
  }
}

function openSecretSafely(context: DossierContext, person: Parameters<typeof openSecret>[1]): unknown {
  try {
    return openSecret(context.keys, person)
  } catch {
    return null
  }
}

const matches = (ref: Ref, salt: Buffer, content: unknown): boolean =>
  contentHash(salt, content).toString('hex') === ref.hash

const personRefs = (event: DossierEvent): Ref[] => {
  if (event.type === 'lodged') return Object.values(event.persons)
  if (event.type === 'amended') return Object.values(event.persons).filter((ref) => ref !== null)
  return event.type === 'resultReturned' && event.recipient ? [event.recipient] : []
}

const noteRefs = (event: DossierEvent): Ref[] => ('details' in event && event.details ? [event.details] : [])

function verifySeals(
  context: DossierContext,
  {
    seals,
    sealedHeads,
    outside,
    found,
  }: {
    seals: readonly Seal[]
    sealedHeads: readonly { number: number; dossier_id: string; version: number; head_hash: Buffer }[]
    outside: { number: number; hash: string } | undefined
    found: Found
  },
): void {
  const headsByNumber = Map.groupBy(sealedHeads, (head) => head.number)
  let previous: Buffer = GENESIS
  for (const [index, seal] of seals.entries()) {
    if (seal.number !== index + 1) {
      found('seal-missing', null, index + 1)
      return
    }
    const heads = headsByNumber.get(seal.number) ?? []
    const fits =
      seal.previous_hash.equals(previous) &&
      sealHash(seal).equals(seal.hash) &&
      context.keys.mac('seal', seal.hash).equals(seal.mac)
    if (!fits) found('seal-altered', null, seal.number)
    if (!headsHash(heads).equals(seal.heads_hash)) found('seal-altered', null, seal.number)
    previous = seal.hash
  }
  const dossiers = new Set(sealedHeads.map((head) => head.dossier_id)).size
  const last = seals.at(-1)
  if (last && last.dossiers !== dossiers) found('seal-counts', null, last.number)
  if (outside) {
    const kept = seals.find(({ number }) => number === outside.number)
    if (!kept) found('seal-missing', null, outside.number)
    else if (kept.hash.toString('hex') !== outside.hash) found('seal-altered', null, outside.number)
  }
}
