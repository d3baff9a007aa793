import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import {
  followLog,
  hasUnread,
  loadLogs,
  nextDossiers,
  toHappened,
  type DossierContext,
  type DossierKey,
} from '../../dossiers/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope, type Tx } from '../../platform/db.ts'
import { loadCalendar, workingMinutesBetween } from '../../calendar/index.ts'
import { listAbove, listCodedAgencyIds } from '../../staff/index.ts'
import {
  addFacts,
  addFactsAlone,
  currentVersions,
  dropUnknown,
  forgetFacts,
  forgetMembers,
  listMembers,
  rollUpAgency,
  rollUpScope,
  setMembers,
  type FigureTables,
  type FigureTx,
  type NewFacts,
} from './fact-store.ts'
import { factsOf, usualConventions, type Recorded } from './rules/facts.ts'
import { passedSteps } from './rules/steps.ts'
import { addSteps, forgetSteps, forgetStepSums, rollUpSteps, type NewStep } from './step-store.ts'

export type FigureContext = Context<TablesOf<DossierContext> & FigureTables>

const NAME = 'statistics'
const PAGE = 2000

/**
 * Reads the log to its end, so that the figures know what it says. Waits for writers that are under way, but no longer
 * than `patienceMs`: while a mass of dossiers is being brought in, a page is not to wait for all of it. Returns how many
 * entries were read.
 */
export async function bringUpToDate(context: FigureContext, { patienceMs = 60_000 } = {}): Promise<number> {
  const agencies = await listCodedAgencyIds(context.db)
  const until = performance.now() + patienceMs
  let read = 0
  do {
    const some = await withPatience(follow(context, agencies), until)
    read += some
    if (some > 0) continue
    if (!(await hasUnread(context, { name: NAME, agencies }))) break
    await sleep(10)
  } while (performance.now() < until)
  return read
}

/** The work goes on for those who wait for it longer; a fault after that is the next reader's to meet. */
async function withPatience(work: Promise<number>, until: number): Promise<number> {
  const over = new AbortController()
  const late = sleep(Math.max(0, until - performance.now()), 0 as const, { signal: over.signal })
  late.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    over.abort()
    work.catch(() => undefined)
  }
}

/** What the job does: reads what there is, page after page, and waits for nothing; the next turn goes on from there. */
export async function followFigures(context: FigureContext, stopping?: AbortSignal): Promise<void> {
  const agencies = await listCodedAgencyIds(context.db)
  while (!stopping?.aborted && (await follow(context, agencies)) > 0);
}

/**
 * One reader of a database at a time in this process: who comes meanwhile shares its page. Otherwise everybody who asks
 * would hold a connection while waiting for the lock of the follower, which itself needs another to go on.
 */
const reading = new WeakMap<FigureContext['db'], Promise<number>>()

function follow(context: FigureContext, agencies: readonly number[]): Promise<number> {
  const going = reading.get(context.db)
  if (going) return going
  const page = readOn(context, agencies).finally(() => reading.delete(context.db))
  reading.set(context.db, page)
  return page
}

/** A page of the log; at its end a look at the tree of agencies. */
async function readOn(context: FigureContext, agencies: readonly number[]): Promise<number> {
  const some = await readPage(context, agencies)
  if (some === 0) await keepScopes(context, agencies)
  else forgetMembers()
  return some
}

const readPage = (context: FigureContext, agencies: readonly number[]): Promise<number> =>
  followLog(context, { name: NAME, agencies, limit: PAGE }, async (dossierTx, entries) => {
    const tx = dossierTx as unknown as FigureTx
    const touched = new Map<string, DossierKey>()
    for (const { agency_id: agencyId, dossier_id: dossierId } of entries)
      touched.set(dossierId, { agencyId, dossierId })
    await joinOwnScopes(tx, [...touched.values()])
    const versions = await currentVersions(tx, [...touched.values()])
    const dossiers = logsToFacts(await loadLogs(dossierTx, [...touched.values()]))
    const news = dossiers.flatMap((dossier): NewFacts[] => {
      const known = versions.get(dossier.dossierId) ?? 0
      const facts = dossier.facts.filter(({ version }) => version > known)
      // What was known until now; the very same moment may have superseded it, then it is in the log no more.
      return facts.length === 0 ? [] : [{ ...dossier, before: beforeOf(dossier, known), facts }]
    })
    await addFacts(tx, news)
    await dropUnknown(tx, news)
    await addSteps(tx, await stepsOf(context, dossiers))
  })

type DossierFacts = { agencyId: number; dossierId: string; log: readonly Recorded[]; facts: NewFacts['facts'] }

/** The fact that the log made with this entry, also where the same moment superseded it. */
const beforeOf = ({ log }: DossierFacts, version: number): NewFacts['before'] =>
  version === 0
    ? undefined
    : factsOf(
        log.filter((entry) => entry.version <= version),
        usualConventions,
      ).at(-1)

function logsToFacts(rows: Awaited<ReturnType<typeof loadLogs>>): DossierFacts[] {
  const logs = new Map<string, { agencyId: number; dossierId: string; log: Recorded[] }>()
  for (const row of rows) {
    const dossier = logs.get(row.dossier_id) ?? { agencyId: row.agency_id, dossierId: row.dossier_id, log: [] }
    dossier.log.push({ ...toHappened(row), recordedAt: row.recorded_at })
    logs.set(row.dossier_id, dossier)
  }
  return [...logs.values()].map((dossier) => ({ ...dossier, facts: factsOf(dossier.log, usualConventions) }))
}

/** The stays of dossiers that are over, measured by the calendar of their agency. */
async function stepsOf({ db }: FigureContext, dossiers: readonly DossierFacts[]): Promise<NewStep[]> {
  const steps: NewStep[] = []
  for (const { agencyId, dossierId, log, facts } of dossiers) {
    const fact = facts.at(-1)
    const passed = passedSteps(log)
    if (!fact || passed.length === 0) continue
    const { calendar } = await loadCalendar(db, agencyId)
    for (const { openedAt, closedAt, knownAt, ordinal, kind, unitId, officerId, late } of passed)
      steps.push({
        agencyId,
        dossierId,
        ordinal,
        kind,
        unitId,
        officerId,
        field: fact.field,
        procedureCode: fact.procedureCode,
        channel: fact.channel,
        closedOn: dayOf(closedAt),
        knownAt,
        knownLate: dayOf(knownAt) > dayOf(closedAt),
        officeMinutes: workingMinutesBetween(calendar, openedAt, closedAt),
        clockMinutes: Math.round((Date.parse(closedAt) - Date.parse(openedAt)) / 60_000),
        late,
      })
  }
  return steps
}

/** An agency that has dossiers is a scope of its own. */
async function joinOwnScopes(tx: FigureTx, dossiers: readonly DossierKey[]): Promise<void> {
  const known = new Set((await listMembers(tx)).filter(({ scopeId }) => scopeId > 0).map(({ agencyId }) => agencyId))
  for (const agencyId of new Set(dossiers.map((dossier) => dossier.agencyId)))
    if (!known.has(agencyId)) await setMembers(tx, agencyId, [agencyId])
}

/**
 * Agencies above those that have dossiers: what belongs to them follows the tree, and where the tree has changed their
 * sums are made anew. Behind the lock of the follower, so that nobody adds to sums of former members meanwhile.
 */
async function keepScopes(context: FigureContext, agencies: readonly number[]): Promise<void> {
  if ((await changedScopes(context)).size === 0) return
  await behindLock(context, agencies, async (tx) => {
    for (const [scopeId, members] of await changedScopes({ db: tx, clock: context.clock })) {
      await forgetStepSums(tx, scopeId)
      await setMembers(tx, scopeId, members)
      if (members.length === 0) continue
      await rollUpScope(tx, scopeId)
      await rollUpSteps(tx, scopeId)
    }
  })
}

async function changedScopes(context: Pick<FigureContext, 'db' | 'clock'>): Promise<Map<number, number[]>> {
  const members = await listMembers(context.db)
  const own = members.filter(({ scopeId }) => scopeId > 0).map(({ agencyId }) => agencyId)
  const kept = group(members.filter(({ scopeId }) => scopeId < 0))
  const due = await scopesAbove(context, own)
  const changed = new Map<number, number[]>()
  for (const scopeId of new Set([...kept.keys(), ...due.keys()])) {
    const wanted = due.get(scopeId) ?? []
    if (String(wanted) !== String(kept.get(scopeId) ?? [])) changed.set(scopeId, wanted)
  }
  return changed
}

const group = (members: readonly { scopeId: number; agencyId: number }[]): Map<number, number[]> => {
  const groups = new Map<number, number[]>()
  for (const { scopeId, agencyId } of members) groups.set(scopeId, [...(groups.get(scopeId) ?? []), agencyId])
  for (const agencies of groups.values()) agencies.sort((one, other) => one - other)
  return groups
}

/** Of the agencies with dossiers those that belong to another, and that one itself when it has some. */
async function scopesAbove(
  { db, clock }: Pick<FigureContext, 'db' | 'clock'>,
  own: readonly number[],
): Promise<Map<number, number[]>> {
  if (own.length === 0) return new Map()
  const above = await listAbove(db, own, dayOf(clock()))
  const owners = new Set(above.map(({ aboveId }) => aboveId))
  return group([
    ...above.map(({ agencyId, aboveId }) => ({ scopeId: -aboveId, agencyId })),
    ...own.filter((agencyId) => owners.has(agencyId)).map((agencyId) => ({ scopeId: -agencyId, agencyId })),
  ])
}

/** Makes all facts and roll-ups anew from the log, at once for all who read. Returns the number of dossiers. */
export async function rebuildFigures(context: FigureContext): Promise<number> {
  const agencies = await listCodedAgencyIds(context.db)
  return behindLock(context, agencies, async (tx) => {
    await forgetSteps(tx)
    await forgetFacts(tx)
    const dossierTx = tx as unknown as Parameters<typeof loadLogs>[0]
    const own: number[] = []
    let count = 0
    for (const agencyId of agencies) {
      let after: string | null = null
      for (;;) {
        const ids: string[] = await nextDossiers(dossierTx, { agencyId, after, limit: PAGE / 5 })
        const last = ids.at(-1)
        if (last === undefined) break
        if (after === null) own.push(agencyId)
        const logs = logsToFacts(
          await loadLogs(
            dossierTx,
            ids.map((dossierId) => ({ agencyId, dossierId })),
          ),
        )
        await addFactsAlone(
          tx,
          logs.map((dossier) => ({ ...dossier, before: undefined })),
        )
        await addSteps(tx, await stepsOf(context, logs))
        count += ids.length
        after = last
      }
    }
    for (const agencyId of own) {
      await setMembers(tx, agencyId, [agencyId])
      await rollUpAgency(tx, agencyId)
    }
    for (const [scopeId, members] of await scopesAbove({ db: tx, clock: context.clock }, own)) {
      await setMembers(tx, scopeId, members)
      await rollUpScope(tx, scopeId)
      await rollUpSteps(tx, scopeId)
    }
    return count
  })
}

/** Work on facts while the follower stands still. */
async function behindLock<Value>(
  context: FigureContext,
  agencies: readonly number[],
  work: (tx: Tx<TablesOf<FigureContext>>) => Promise<Value>,
): Promise<Value> {
  const value = await withScope(context.db, { agencies }, async (tx) => {
    await sql`insert into platform.follower (name) values (${NAME}) on conflict do nothing`.execute(tx)
    await sql`select from platform.follower where name = ${NAME} for update`.execute(tx)
    return work(tx)
  })
  forgetMembers()
  return value
}
