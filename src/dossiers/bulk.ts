import { loadCalendar } from '../calendar/index.ts'
import type { Day } from '../platform/day.ts'
import { scopeStatement } from '../platform/db.ts'
import { collect, runOne, type DossierContext, type Head, type Run } from './commands.ts'
import type { IntakeBody } from './contract.ts'
import { lookUpProcedure } from './intake.ts'
import { planForNew } from './plan.ts'
import { give, takeIn } from './requests.ts'
import { appendBatch, type Batch } from './store.ts'

type Leading<Rule extends (...args: never[]) => unknown> =
  Parameters<Rule> extends [infer _Context, infer Giver, infer Body, ...unknown[]] ? [giver: Giver, body: Body] : never
type Times = { occurredAt: string; recordedAt: string }

/** Many new dossiers of one agency, decided in memory by the rules of every day and written together. */
export type Bulk = {
  takeIn: (...given: [...Leading<typeof takeIn>, times: Times]) => ReturnType<typeof takeIn>
  give: (...given: [...Leading<typeof give>, times: Times]) => ReturnType<typeof give>
  /** Reads side by side what intakes of these kinds on these days will ask for one after the other; may be left out. */
  expect: (intakes: readonly Expected[]) => Promise<void>
  /**
   * Writes what was decided since the last time, all or nothing, and lets go of those dossiers: a later command to one
   * of them is given in the ordinary way. More may be decided meanwhile, but one writing follows the other, and after
   * one that failed the bulk is worth nothing. `beside` runs in the same transaction, before anything is written.
   */
  write: (beside?: (query: Query) => Promise<void>) => Promise<{ dossiers: number; events: number }>
}
/** A kind of dossier on a day. */
export type Expected = Pick<IntakeBody, 'procedureCode' | 'caseKey' | 'channel'> & { day: Day }
type Query = <Row>(text: string, values: unknown[]) => Promise<Row[]>

/** What goes into one statement; larger ones take more memory and are not faster. */
const DOSSIERS_AT_ONCE = 150

/** Somebody else took in a dossier of this agency meanwhile, so the numbers given out here are taken. */
export class NumbersTaken extends Error {}

/**
 * Opens a bulk for an agency. It knows only the dossiers that were taken in through it, and numbers them after those
 * that are there: while it is open, nobody else may take in dossiers of the same days in this agency (`NumbersTaken`).
 */
export async function openBulk(context: DossierContext, agencyId: number): Promise<Bulk> {
  const { calendar } = await loadCalendar(context.db, agencyId)
  let known = await numbersOf(context, agencyId)
  let under = begun(known)
  const carryOut: Parameters<typeof takeIn>[4] = (_, request) => {
    if (request.agencyId !== agencyId) throw new Error(`the bulk of agency ${agencyId} takes no other's requests`)
    return runOne(context, { ...under, request, calendar, keys: context.keys })
  }
  return {
    takeIn: (giver, body, times) => takeIn(context, giver, body, times, carryOut),
    give: (giver, body, times) => give(context, giver, body, times, carryOut),
    expect: (intakes) => readAhead(context, agencyId, intakes),
    async write(beside) {
      const { batch, heads, numbers } = under
      collect(batch, heads, agencyId)
      const before = known
      const raised = [...numbers].filter(([day, last]) => last !== (before.get(day) ?? 0))
      // What comes while this is written belongs to the next.
      known = new Map(numbers)
      under = begun(known)
      await writeAll(context, { agencyId, batch, raised, known: before, beside })
      const counts = { dossiers: batch.dossiers.length, events: batch.events.length }
      return counts
    },
  }
}

async function readAhead(context: DossierContext, agencyId: number, intakes: readonly Expected[]): Promise<void> {
  const kinds = new Map(intakes.map((each) => [Object.values(each).join('/'), each]))
  const feeUnits = { copies: 1, pages: 1, signatures: 1, contracts: 1 }
  await Promise.all(
    Array.from(kinds.values(), async (each) => {
      const found = await lookUpProcedure(context.db, { agencyId, feeUnits, exemptions: [], ...each })
      if (found.ok) await planForNew(context.db, { agencyId, version: found.value.version, ...each })
    }),
  )
}

type Under = Pick<Run, 'heads' | 'repeated' | 'numbers' | 'batch'>

const begun = (known: ReadonlyMap<Day, number>): Under => ({
  heads: new Map<string, Head>(),
  repeated: new Map(),
  numbers: new Map(known),
  batch: {
    events: [],
    dossiers: [],
    tasks: [],
    gone: [],
    persons: [],
    superseded: [],
    notes: [],
    participants: [],
    numbers: [],
  },
})

async function numbersOf({ pool }: DossierContext, agencyId: number): Promise<Map<Day, number>> {
  const client = await pool.connect()
  try {
    await client.query(`begin; ${scopeStatement({ agencies: [agencyId] })}`)
    const { rows } = await client.query<{ day: Day; last: number }>(
      'select day, last from dossiers.counter where agency_id = $1',
      [agencyId],
    )
    await client.query('commit')
    return new Map(rows.map(({ day, last }) => [day, last]))
  } finally {
    client.release()
  }
}

type Writing = {
  agencyId: number
  batch: Batch
  raised: readonly (readonly [Day, number])[]
  known: ReadonlyMap<Day, number>
  beside: ((query: Query) => Promise<void>) | undefined
}

async function writeAll({ pool }: DossierContext, { agencyId, batch, raised, known, beside }: Writing): Promise<void> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(`begin; ${scopeStatement({ agencies: [agencyId] })}`)
    await beside?.(async (text, values) => (await client.query(text, values)).rows)
    const { rows } = await client.query<{ day: Day; last: number }>(
      `insert into dossiers.counter as c (agency_id, day, last) select $1, day, 0 from unnest($2::date[]) as day order by day
       on conflict (agency_id, day) do update set last = c.last returning day, last`,
      [agencyId, raised.map(([day]) => day).toSorted()],
    )
    if (rows.some(({ day, last }) => last !== (known.get(day) ?? 0)))
      throw new NumbersTaken(`agency ${agencyId} took in dossiers elsewhere`)
    const numbers = raised.map(([day, last]) => ({ day, last }))
    for (const [index, part] of partsOf(batch).entries())
      await appendBatch(client, agencyId, { ...part, numbers: index === 0 ? numbers : [] })
    await client.query('commit')
  } catch (fault) {
    await client.query('rollback').catch((cause: unknown) => (broken = new Error('rollback failed', { cause })))
    throw fault
  } finally {
    client.release(broken)
  }
}

/** The batch in parts of so many dossiers, each with everything that belongs to them. */
function partsOf(batch: Batch): Batch[] {
  const place = new Map(batch.dossiers.map(({ dossier_id }, index) => [dossier_id, index]))
  const parts: Batch[] = Array.from({ length: Math.ceil(place.size / DOSSIERS_AT_ONCE) }, () => begun(new Map()).batch)
  const put = <Row extends { dossier_id: string }>(rows: readonly Row[], into: (part: Batch) => Row[]): void => {
    for (const row of rows) {
      const part = parts[Math.floor((place.get(row.dossier_id) ?? 0) / DOSSIERS_AT_ONCE)]
      if (part) into(part).push(row)
    }
  }
  put(batch.events, ({ events }) => events)
  put(batch.dossiers, ({ dossiers }) => dossiers)
  put(batch.tasks, ({ tasks }) => tasks)
  put(batch.persons, ({ persons }) => persons)
  put(batch.superseded, ({ superseded }) => superseded)
  put(batch.notes, ({ notes }) => notes)
  put(batch.participants, ({ participants }) => participants)
  return parts
}
