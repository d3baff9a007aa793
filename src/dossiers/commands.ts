import type pg from 'pg'
import { loadCalendar, type CalendarTables } from '../calendar/index.ts'
import {
  caseOf,
  getVersion,
  timeLimitFor,
  type CatalogueTables,
  type ComponentRule,
  type ProcedureVersion,
} from '../catalogue/index.ts'
import type { DocumentTables } from '../documents/index.ts'
import type { Actor } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { dayOf, type Day, type Instant } from '../platform/day.ts'
import { scopeStatement } from '../platform/db.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { findUnit, postsOf, type Post, type StaffTables } from '../staff/index.ts'
import type { WorkflowTables } from '../workflow/index.ts'
import { entryHash, GENESIS, type Entry } from './chain.ts'
import { missingFees } from './fees.ts'
import { keepProcess } from './kept-process.ts'
import { agencyCodeOf, planOf, type ResolvedPlan } from './plan.ts'
import { dossierCode } from './rules/code.ts'
import { withClosedWay } from './rules/component-way.ts'
import { evolve, supersededBy, type Dossier, type DossierEvent, type Lodging } from './rules/events.ts'
import type { CommandRefusal } from './refusals.ts'
import { decide, decideLodging, type DossierCommand, type Facts, type LifecycleRefusal } from './rules/lifecycle.ts'
import { applicantMay, postFor, readingPost } from './rules/permissions.ts'
import { toRow, toTasks } from './rules/row.ts'
import {
  appendBatch,
  loadBatch,
  toHappened,
  type Batch,
  type Loaded,
  type DossierTables,
  type NoteRow,
  type PersonRow,
} from './store.ts'

export type DossierContext = Context<
  DossierTables & DocumentTables & StaffTables & CalendarTables & CatalogueTables & WorkflowTables
>

/** Who gives a command and from where. The system and the applicants act without an actor. */
export type Giver =
  | { actor: Actor; source: 'officer' | 'demo' | 'import' }
  | { actor: null; source: 'system' | 'citizen' | 'demo' | 'import' }

export type { CommandRefusal }

/** What is asked for. A new dossier is lodged and, at the counter, decided upon in the same breath. */
export type Work =
  | { lodge: Omit<Lodging, 'code'>; then: readonly DossierCommand[]; applicantName: string; versionId: number }
  | { command: DossierCommand; expectedVersion: number | null }

export type Request = {
  agencyId: number
  dossierId: string
  commandId: string
  giver: Giver
  /** When it happened; another moment than now for events that are recorded later. */
  occurredAt: Instant
  /** When it is written down. */
  recordedAt: Instant
  work: Work
  /** Rows beside the log that the events name. */
  persons: readonly PersonRow[]
  notes: readonly NoteRow[]
}

export type Outcome = { dossier: Dossier; dossierId: string; repeated: boolean }

/**
 * The one way a dossier changes: load, decide, append, in one transaction. Commands of one agency that arrive while
 * another transaction of that agency is under way wait for it and then share the next one, each accepted or refused
 * alone; nothing of that is visible in the rules or to the caller.
 */
export function execute(context: DossierContext, request: Request): Promise<Result<Outcome, CommandRefusal>> {
  const desk = deskOf(context)
  const { agencyId } = request
  const lane = desk.lanes.get(agencyId) ?? { agencyId, waiting: [], queued: false }
  desk.lanes.set(agencyId, lane)
  return new Promise((resolve, reject) => {
    lane.waiting.push({ request, resolve, reject })
    if (!lane.queued) {
      lane.queued = true
      desk.ready.push(lane)
    }
    startBatches(context, desk)
  })
}

type Waiting = {
  request: Request
  resolve: (outcome: Result<Outcome, CommandRefusal>) => void
  reject: (fault: unknown) => void
}
/** The commands of one agency; queued while they wait for their turn or one of their batches is under way. */
type Lane = { agencyId: number; waiting: Waiting[]; queued: boolean }
type Desk = { lanes: Map<number, Lane>; ready: Lane[]; running: number }

const MOST_AT_ONCE = 64
const CLOCK_SKEW = 60_000
const desks = new WeakMap<pg.Pool, Desk>()

function deskOf({ pool }: DossierContext): Desk {
  const desk = desks.get(pool) ?? { lanes: new Map<number, Lane>(), ready: [], running: 0 }
  desks.set(pool, desk)
  return desk
}

/**
 * Agencies take turns. A batch holds a connection while it looks up calendars and processes on another; were all of the
 * pool held by batches, they would wait for each other for ever, so they never take more than half of it.
 */
function startBatches(context: DossierContext, desk: Desk): void {
  const most = Math.max(1, Math.floor(context.pool.options.max / 2))
  while (desk.running < most) {
    const lane = desk.ready.shift()
    if (!lane) return
    desk.running += 1
    void runTogether(context, lane).finally(() => {
      desk.running -= 1
      if (lane.waiting.length > 0) desk.ready.push(lane)
      else desk.lanes.delete(lane.agencyId)
      startBatches(context, desk)
    })
  }
}

async function runTogether(context: DossierContext, { agencyId, waiting }: Lane): Promise<void> {
  const together = waiting.splice(0, MOST_AT_ONCE)
  try {
    const requests = together.map(({ request }) => request)
    const outcomes = await runBatch(context, agencyId, requests)
    together.forEach(({ resolve }, index) => {
      const outcome = outcomes[index]
      if (outcome) resolve(outcome)
    })
  } catch (fault) {
    await runAlone(context, agencyId, together, fault)
  }
}

/** Another server of the same database wrote the same command, or the same number, a moment before. */
const isTwice = (fault: unknown): boolean => (fault as { code?: unknown } | null)?.code === '23505'

/** One bad command must not take its neighbours with it: after a fault each is tried in a transaction of its own. */
async function runAlone(
  context: DossierContext,
  agencyId: number,
  together: readonly Waiting[],
  fault: unknown,
): Promise<void> {
  for (const { request, resolve, reject } of together) {
    if (together.length === 1 && !isTwice(fault)) {
      reject(fault)
      continue
    }
    try {
      const [outcome] = await runBatch(context, agencyId, [request])
      if (outcome) resolve(outcome)
    } catch (cause) {
      reject(cause)
    }
  }
}

/** A dossier while a batch works on it. */
export type Head = {
  dossier: Dossier | undefined
  hash: Buffer
  before: readonly string[]
  applicantName: string | null
  changed: boolean
  lastBy: number | null
  lastAt: Instant
  lastType: string
}

/**
 * Two round trips: open, lock and load; append and commit. The statements of each go out together (`pipeline` of the
 * pool), and the outcome is told only when the commit has come back.
 */
async function runBatch(
  context: DossierContext,
  agencyId: number,
  requests: readonly Request[],
): Promise<Result<Outcome, CommandRefusal>[]> {
  const { calendar } = await loadCalendar(context.db, agencyId)
  const client = await context.pool.connect()
  let broken: Error | undefined
  try {
    const existing = requests.filter(({ work }) => 'command' in work).map(({ dossierId }) => dossierId)
    const lodged = requests.filter(({ work }) => 'lodge' in work).map(({ occurredAt }) => dayOf(occurredAt))
    const [, loaded] = await Promise.all([
      client.query(begin(agencyId, existing)),
      loadBatch(client, {
        agencyId,
        dossierIds: [...new Set(requests.map(({ dossierId }) => dossierId))].toSorted(),
        commandIds: requests.map(({ commandId }) => commandId),
        days: [...new Set(lodged)].toSorted(),
      }),
    ])
    const batch: Batch = {
      events: [],
      dossiers: [],
      tasks: [],
      gone: [],
      persons: [],
      superseded: [],
      notes: [],
      participants: [],
      numbers: [],
    }
    const shared = {
      heads: headsOf(loaded),
      repeated: new Map(
        loaded.repeated.map(({ command_id, dossier_id, type }) => [
          command_id,
          { dossierId: dossier_id, lodged: type === 'lodged' },
        ]),
      ),
      numbers: loaded.numbers,
      batch,
      calendar,
      keys: context.keys,
    }
    const outcomes: Result<Outcome, CommandRefusal>[] = []
    for (const request of requests) outcomes.push(await runOne(context, { request, ...shared }))
    if (batch.events.length === 0) {
      await client.query('rollback')
      return outcomes
    }
    collect(batch, shared.heads, agencyId)
    batch.numbers.push(...[...loaded.numbers].map(([day, last]) => ({ day, last })))
    // After an append that failed the commit undoes everything, and the fault is thrown.
    await Promise.all([appendBatch(client, agencyId, batch), client.query('commit')])
    return outcomes
  } catch (fault) {
    await client.query('rollback').catch((cause: unknown) => (broken = new Error('rollback failed', { cause })))
    throw fault
  } finally {
    client.release(broken)
  }
}

/** The dossiers as their logs make them. */
function headsOf({ events, names }: Loaded): Map<string, Head> {
  const heads = new Map<string, Head>()
  for (const row of events) {
    heads.set(row.dossier_id, {
      dossier: evolve(heads.get(row.dossier_id)?.dossier, toHappened(row)),
      hash: row.hash,
      before: [],
      applicantName: names.get(row.dossier_id) ?? null,
      changed: false,
      lastBy: row.officer_id,
      lastAt: row.occurred_at,
      lastType: row.type,
    })
  }
  for (const head of heads.values()) head.before = head.dossier?.open.map(({ key }) => key) ?? []
  return heads
}

const UUID = /^[0-9a-f-]{36}$/

/** Opens the transaction, puts the scope in force and locks the dossiers in one order. */
function begin(agencyId: number, dossierIds: readonly string[]): string {
  const ids = [...new Set(dossierIds)].filter((id) => UUID.test(id)).toSorted()
  const lock =
    ids.length === 0
      ? ''
      : `; select 1 from dossiers.dossier where agency_id = ${Math.trunc(agencyId)} and dossier_id in (${ids.map((id) => `'${id}'`).join(',')}) order by dossier_id for no key update`
  return `begin; ${scopeStatement({ agencies: [agencyId] })}${lock}`
}

/** What a command id was used for before: which dossier, and whether it took that dossier in. */
type Carried = { dossierId: string; lodged: boolean }

export type Run = {
  request: Request
  heads: Map<string, Head>
  repeated: Map<string, Carried>
  /** The last number of each day; a dossier that is taken in raises it. */
  numbers: Map<Day, number>
  batch: Batch
  calendar: Facts['calendar']
  keys: DossierContext['keys']
}

/** Decides on one request and adds to the batch what comes of it; writes nothing. */
export async function runOne(context: DossierContext, run: Run): Promise<Result<Outcome, CommandRefusal>> {
  const { request, heads, repeated } = run
  const { work } = request
  const before = repeated.get(request.commandId)
  if (before !== undefined) {
    const head = heads.get(before.dossierId)
    if (!head?.dossier) throw new Error('a repeated command has lost its dossier')
    const { dossier } = head
    if (request.giver.actor !== null && !readingPost(request.giver.actor, dossier)) return refuse({ code: 'not-found' })
    if (!isSameWork(request, before, head)) return refuse({ code: 'command-id-used' })
    return accept({ dossier, dossierId: before.dossierId, repeated: true })
  }
  const outcome = 'lodge' in work ? await lodge(context, run, work) : await command(context, run, work)
  if (outcome.ok) repeated.set(request.commandId, { dossierId: request.dossierId, lodged: 'lodge' in work })
  return outcome
}

/** Whether a request that bears a used id asks for what was done then; another one must not be told that it was done. */
function isSameWork({ dossierId, work }: Request, before: Carried, { dossier, applicantName }: Head): boolean {
  if ('command' in work) return !before.lodged && before.dossierId === dossierId
  const { procedureCode, caseKey, channel } = work.lodge
  return (
    before.lodged &&
    dossier?.procedureCode === procedureCode &&
    dossier.caseKey === caseKey &&
    dossier.channel === channel &&
    // A name that was erased can no longer be compared.
    (applicantName === null || applicantName === work.applicantName)
  )
}

async function lodge(
  context: DossierContext,
  run: Run,
  work: Extract<Work, { lodge: unknown }>,
): Promise<Result<Outcome, CommandRefusal>> {
  const { request, heads, numbers } = run
  const { agencyId, dossierId, occurredAt, giver } = request
  const day = dayOf(occurredAt)
  const desk = work.lodge.lodgedAtAgencyId ?? agencyId
  const post = giver.actor?.posts.find((held) => held.agencies.includes(desk) && held.role === 'receiving-officer')
  if (giver.actor && !post) return refuse({ code: 'not-found' })
  const { version } = await getVersion(context.db, work.versionId)
  const draft = {
    caseKey: work.lodge.caseKey,
    channel: work.lodge.channel,
    agencyId,
    processId: null,
    process: null,
    receivedAt: null,
  }
  const plan = await planOf(context.db, { dossier: draft as Dossier, version, day })
  const process = work.then.some(({ type }) => type === 'receive') ? await keepProcess(context.db, plan.process) : null
  const { caseKey, channel } = work.lodge
  const facts = factsFor(run, { plan, version, caseKey, channel, process })
  // Decide on all of it before a number is taken: what is refused leaves no gap.
  const lodging = (code: string): DossierEvent => decideLodging({ ...work.lodge, code }, facts)
  const agencyCode = await agencyCodeOf(context.db, agencyId, day)
  const trial = decideAll(lodging('?'), work.then, {
    agencyId,
    occurredAt,
    officerId: giver.actor?.officerId ?? null,
    facts,
  })
  if (!trial.ok) return trial
  const number = (numbers.get(day) ?? 0) + 1
  numbers.set(day, number)
  const code = dossierCode(agencyCode, day, number)
  const [, ...rest] = trial.value
  const head: Head = {
    dossier: undefined,
    hash: GENESIS,
    before: [],
    applicantName: work.applicantName,
    changed: true,
    lastBy: null,
    lastAt: occurredAt,
    lastType: '',
  }
  heads.set(dossierId, head)
  return accept({ dossier: append(run, head, [lodging(code), ...rest], post ?? null), dossierId, repeated: false })
}

function decideAll(
  first: DossierEvent,
  then: readonly DossierCommand[],
  {
    agencyId,
    occurredAt,
    officerId,
    facts,
  }: { agencyId: number; occurredAt: Instant; officerId: number | null; facts: Facts },
): Result<DossierEvent[], LifecycleRefusal> {
  const events = [first]
  let dossier = evolve(undefined, { agencyId, event: first, occurredAt, officerId, version: 1 })
  for (const next of then) {
    const decision = decide(dossier, next, facts)
    if (!decision.ok) return decision
    for (const event of decision.value) {
      events.push(event)
      dossier = evolve(dossier, { agencyId, event, occurredAt, officerId, version: events.length })
    }
  }
  return accept(events)
}

async function command(
  context: DossierContext,
  run: Run,
  work: Extract<Work, { command: unknown }>,
): Promise<Result<Outcome, CommandRefusal>> {
  const { request, heads } = run
  const { giver } = request
  const head = heads.get(request.dossierId)
  const dossier = head?.dossier
  if (!head || !dossier) return refuse({ code: 'not-found' })
  if (giver.actor && !readingPost(giver.actor, dossier)) return refuse({ code: 'not-found' })
  if (work.expectedVersion !== null && work.expectedVersion !== dossier.version) {
    return refuse({
      code: 'changed-meanwhile',
      facts: { version: dossier.version, by: head.lastBy ?? 0, at: head.lastAt, what: head.lastType },
    })
  }
  // Clocks of several processes may differ a little; what is told to have happened earlier than the log says may not.
  if (Date.parse(request.occurredAt) < Date.parse(head.lastAt) - CLOCK_SKEW) {
    return refuse({ code: 'occurred-before-last', facts: { at: head.lastAt } })
  }
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const plan = await planOf(context.db, { dossier, version, day: dayOf(request.occurredAt) })
  const { type } = work.command
  const key = stepOf(work.command)
  const at = { plan: plan.plan, ...(key === undefined ? {} : { key }) }
  const post = giver.actor ? postFor(giver.actor, dossier, type, at) : null
  if (post === undefined || (giver.source === 'citizen' && !applicantMay(dossier, type)))
    return refuse({ code: 'not-your-task' })
  const wrong = wrongComponent(work.command, caseOf(version, dossier.caseKey)?.components ?? [])
  if (wrong) return refuse(wrong)
  if (!(await mayTake(context, dossier, work.command, request.occurredAt)))
    return refuse({ code: 'officer-not-in-unit' })
  const process = type === 'receive' ? await keepProcess(context.db, plan.process) : null
  const { caseKey, channel } = dossier
  const recountedFees = type === 'recountFees' ? (await missingFees(context.db, { dossier, version })).recounted : null
  const facts = factsFor(run, { plan, version, caseKey, channel, process, recountedFees })
  const decision = decide(dossier, work.command, facts)
  if (!decision.ok) return decision
  head.changed = true
  return accept({ dossier: append(run, head, decision.value, post), dossierId: request.dossierId, repeated: false })
}

/** A paper named by the command that the case does not have, or that may not stay out in the way it names. */
function wrongComponent(given: DossierCommand, rules: readonly ComponentRule[]): CommandRefusal | undefined {
  const components = 'components' in given ? given.components : []
  const keys = [...components.map(({ key }) => key), ...('componentKeys' in given ? given.componentKeys : [])]
  const unknown = keys.find((key) => !rules.some((rule) => rule.key === key))
  if (unknown !== undefined) return { code: 'component-unknown', facts: { key: unknown } }
  const closed = withClosedWay(components, rules)
  return closed && { code: 'component-way-closed', facts: { key: closed.key } }
}

/** Work is given only to somebody who holds a post in the unit that has the step, an opinion asked of a unit that is there. */
async function mayTake(
  context: DossierContext,
  dossier: Dossier,
  given: DossierCommand,
  at: Instant,
): Promise<boolean> {
  if (given.type === 'askOpinion') return (await findUnit(context.db, given.unitId))?.agencyId === given.agencyId
  if (given.type !== 'assign' || given.officerId === null) return true
  const step = dossier.open.find(({ key }) => key === given.key)
  const posts = await postsOf(context.db, given.officerId, dayOf(at))
  return step === undefined || posts.some((post) => post.agencies.includes(step.agencyId) && isAt(post, step))
}

/** A leader's post reaches every unit of the agency; a closed predecessor's steps are taken by any post of the successor. */
const isAt = (post: Post, step: { agencyId: number; unitId: number }): boolean =>
  post.unitId === step.unitId || post.agencyId !== step.agencyId || post.role === 'leader'

/** The open step that a command is given at, where it names one. */
function stepOf(command: DossierCommand): string | undefined {
  if ('key' in command) return command.key
  return command.type === 'answerOpinion' ? command.opinionId : undefined
}

function factsFor(
  { request, calendar }: Run,
  {
    plan,
    version,
    caseKey,
    channel,
    process,
    recountedFees = null,
  }: {
    plan: ResolvedPlan
    version: ProcedureVersion
    caseKey: string
    channel: Lodging['channel']
    process: string | null
    recountedFees?: Facts['recountedFees']
  },
): Facts {
  return {
    now: request.occurredAt,
    officerId: request.giver.actor?.officerId ?? null,
    calendar,
    plan: plan.plan,
    processId: plan.processId,
    process,
    limit: timeLimitFor(version, caseKey, channel) ?? null,
    oneStop: plan.oneStop,
    recountedFees,
    filesAtHand: request.giver.source !== 'demo' && request.giver.source !== 'import',
  }
}

/** Chains the events to the log and folds them into the head. */
function append(
  run: Run,
  head: Head,
  events: readonly DossierEvent[],
  post: { postId: number; onBehalfOf: number | null } | null,
): Dossier {
  const { request, batch } = run
  const { agencyId, dossierId, commandId, giver, occurredAt, recordedAt } = request
  const officerId = giver.actor?.officerId ?? null
  for (const [ordinal, event] of events.entries()) {
    const version = (head.dossier?.version ?? 0) + 1
    const entry: Entry = {
      agencyId,
      dossierId,
      version,
      event,
      occurredAt,
      recordedAt,
      officerId,
      postId: post?.postId ?? null,
      onBehalfOf: post?.onBehalfOf ?? null,
      source: giver.source,
      commandId,
      ordinal,
    }
    const hash = entryHash(run.keys, head.hash, entry)
    batch.events.push({
      agency_id: agencyId,
      dossier_id: dossierId,
      version,
      type: event.type,
      body: event,
      occurred_at: occurredAt,
      recorded_at: recordedAt,
      officer_id: officerId,
      post_id: entry.postId,
      on_behalf_of: entry.onBehalfOf,
      source: giver.source,
      command_id: commandId,
      ordinal,
      previous_hash: head.hash,
      hash,
    })
    head.hash = hash
    for (const personId of supersededBy(head.dossier, event))
      batch.superseded.push({ dossier_id: dossierId, person_id: personId, superseded_at: occurredAt })
    head.dossier = evolve(head.dossier, { agencyId, event, occurredAt, officerId, version })
    head.lastBy = officerId
    head.lastAt = occurredAt
    head.lastType = event.type
  }
  // Whoever asks now is named in every list.
  const applicant = request.persons.find(({ person_id: id }) => id === head.dossier?.persons.applicant?.id)
  head.applicantName = applicant?.content?.name ?? head.applicantName
  batch.persons.push(...request.persons)
  batch.notes.push(...request.notes)
  if (!head.dossier) throw new Error('nothing was appended')
  return head.dossier
}

/** Derives the rows and the open work of every dossier that changed. */
export function collect(batch: Batch, heads: ReadonlyMap<string, Head>, agencyId: number): void {
  for (const [dossierId, { dossier, hash, before, applicantName, changed }] of heads) {
    if (!dossier || !changed) continue
    batch.dossiers.push({
      agency_id: agencyId,
      dossier_id: dossierId,
      ...toRow(dossier),
      head_hash: hash,
      applicant_name: applicantName,
    })
    const open = new Set(dossier.open.map(({ key }) => key))
    batch.gone.push(...before.filter((key) => !open.has(key)).map((key) => ({ dossier_id: dossierId, key })))
    batch.tasks.push(
      ...toTasks(dossier).map((task) => ({
        agency_id: agencyId,
        dossier_id: dossierId,
        ...task,
        code: dossier.code,
        procedure_version_id: dossier.procedureVersionId,
        field: dossier.field,
        channel: dossier.channel,
        applicant_name: applicantName,
      })),
    )
    batch.participants.push(...dossier.participants.map((id) => ({ dossier_id: dossierId, participant_agency_id: id })))
  }
}
