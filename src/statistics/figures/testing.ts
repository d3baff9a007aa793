import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type pg from 'pg'
import type { DossierEvent } from '../../dossiers/index.ts'
import { addDays, addMinutes, dayOf, instantAt, type Day, type Instant } from '../../platform/day.ts'
import type { Recorded } from './rules/facts.ts'

/** A dossier with its whole log, as fast-check draws it. */
export type History = { agencyId: number; dossierId: string; log: Recorded[] }

/** First day on which anything happens in a drawn history. */
export const FIRST_DAY: Day = '2026-01-05'

const step = (
  kind: 'accept' | 'forward' | 'examine' | 'sign' | 'return',
  agencyId: number,
  unitId: number,
  openedAt: Instant,
) => ({
  key: kind,
  kind,
  agencyId,
  unitId,
  officerId: null,
  openedAt,
  dueAt: null,
})

type Draw = {
  agency: number
  procedure: number
  channel: 'counter' | 'online' | 'post'
  unit: number
  officer: number
  start: number
  due: number
  papers: readonly ('scanned' | 'uploaded' | 'reused' | null)[]
  refusedAtIntake: boolean
  moves: readonly { kind: number; minutes: number; delay: number; days: number }[]
}

const draw = (agencies: number): fc.Arbitrary<Draw> =>
  fc.record({
    agency: fc.nat(agencies - 1),
    procedure: fc.nat(2),
    channel: fc.constantFrom('counter', 'online', 'post'),
    unit: fc.integer({ min: 11, max: 12 }),
    officer: fc.integer({ min: 21, max: 23 }),
    start: fc.nat(60 * 24 * 50),
    due: fc.integer({ min: 1, max: 12 }),
    papers: fc.array(fc.constantFrom('scanned', 'uploaded', 'reused', null), { maxLength: 3 }),
    refusedAtIntake: fc.boolean().map((refused) => refused),
    moves: fc.array(
      fc.record({
        kind: fc.nat(15),
        minutes: fc.nat(60 * 24 * 4),
        delay: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(60 * 24 * 25) }),
        days: fc.integer({ min: 1, max: 9 }),
      }),
      { maxLength: 9 },
    ),
  })

const ref = { id: 'n', hash: '00' }

/**
 * Histories of dossiers as no office would have them: supplements, extensions, apologies, corrections, withdrawals in any
 * order that the fold accepts, entries written down days later.
 */
export const histories = (agencies: readonly number[], size: { min: number; max: number }): fc.Arbitrary<History[]> =>
  fc
    .array(draw(agencies.length), { minLength: size.min, maxLength: size.max })
    .map((draws) => draws.map((each) => live(each, agencies)))

function live(draw: Draw, agencies: readonly number[]): History {
  const agencyId = agencies[draw.agency] as number
  const dossierId = randomUUID()
  const log: Recorded[] = []
  let at = addMinutes(instantAt(FIRST_DAY, 0), draw.start)
  let recordedAt = at
  const say = (event: DossierEvent, officerId: number | null = draw.officer) =>
    log.push({ agencyId, event, occurredAt: at, officerId, version: log.length + 1, recordedAt })
  say({
    type: 'lodged',
    lodgedAt: at,
    acceptBy: null,
    at: step('accept', agencyId, 10, at),
    code: `H99-${dossierId.slice(0, 13)}`,
    procedureCode: `1.00000${draw.procedure}`,
    procedureVersionId: draw.procedure + 1,
    caseKey: 'one',
    field: draw.procedure === 0 ? 'civil-status' : 'land',
    channel: draw.channel,
    receivingPointId: null,
    assistedBy: null,
    sets: 1,
    persons: {},
    components: draw.papers.map((digital, index) => ({
      key: `p${index}`,
      given: true,
      form: 'original',
      count: 1,
      digital,
      files: [],
    })),
    delivery: 'counter',
    fees: [],
    details: null,
  })
  let state: 'new' | 'open' | 'waiting' | 'signed' | 'over' = 'new'
  let due = at
  for (const { kind, minutes, delay, days } of [{ kind: 0, minutes: 0, delay: 0, days: draw.due }, ...draw.moves]) {
    at = addMinutes(at, minutes)
    recordedAt = [recordedAt, addMinutes(at, delay)].toSorted().at(-1) as Instant
    if (state === 'new') {
      if (draw.refusedAtIntake && kind === 3) {
        say({ type: 'notReceived', details: ref })
        state = 'over'
      } else if (draw.refusedAtIntake && kind < 8) {
        say({
          type: 'supplementRequested',
          stage: 'intake',
          details: ref,
          componentKeys: [],
          completeBy: null,
          late: false,
          at: step('accept', agencyId, 10, at),
        })
      } else {
        due = instantAt(addDays(dayOf(at), days), 17 * 60)
        say({
          type: 'received',
          law: 'nd118',
          receivedAt: at,
          clockStartedAt: at,
          limit: [],
          reading: 'days',
          nextDayAfter15: false,
          dueAt: due,
          forwardBy: at,
          processId: null,
          at: step('forward', agencyId, 10, at),
        } as unknown as DossierEvent)
        say({ type: 'forwarded', opened: [step('examine', agencyId, draw.unit, at)], late: false })
        state = 'open'
      }
      continue
    }
    state = move({ kind, days, state })
  }
  return { agencyId, dossierId, log }

  function move({
    kind,
    days,
    state,
  }: {
    kind: number
    days: number
    state: 'open' | 'waiting' | 'signed' | 'over'
  }): typeof state {
    if (state === 'waiting') {
      if (kind === 12) {
        say({ type: 'closedUnsupplemented' })
        return 'over'
      }
      if (kind === 11) {
        say({ type: 'withdrawn', details: ref, at: null })
        return 'over'
      }
      due = instantAt(addDays(dayOf(at), days), 17 * 60)
      say({
        type: 'supplementReceived',
        components: [],
        dueAt: due,
        mode: 'shift',
        opened: [step('examine', agencyId, draw.unit, at)],
      })
      return 'open'
    }
    if (state === 'signed') {
      if (kind < 6) say({ type: 'resultReturned', delivery: 'counter', recipient: null, details: null })
      else if (kind < 9)
        say({ type: 'correctionIssued', documentNumber: null, fileId: null, signerOfficerId: 1, late: false })
      return 'signed'
    }
    if (state === 'over') return 'over'
    switch (kind) {
      case 0:
        say({
          type: 'supplementRequested',
          stage: 'processing',
          details: ref,
          componentKeys: [],
          completeBy: null,
          late: false,
          at: step('return', agencyId, 10, at),
        })
        return 'waiting'
      case 1:
        due = instantAt(addDays(dayOf(due), days), 17 * 60)
        say({ type: 'extended', dueAt: due, cause: 'own-agency', details: ref, signerOfficerId: 1 })
        return 'open'
      case 2:
        say({
          type: 'apologised',
          newDay: addDays(dayOf(at), days),
          cause: 'own-agency',
          details: ref,
          signerOfficerId: 1,
        })
        return 'open'
      case 3:
        say({ type: 'stepAssigned', key: 'examine', officerId: draw.officer + 1, reason: 'assigned' })
        return 'open'
      case 4:
        say({ type: 'withdrawn', details: ref, at: null })
        return 'over'
      case 5:
        say({ type: 'stopped', details: ref, at: null })
        return 'over'
      case 6:
        say({ type: 'dueRecomputed', dueAt: (due = instantAt(addDays(dayOf(at), days - 4), 10 * 60)), notice: 'x' })
        return 'open'
      case 7:
        say({
          type: 'componentsRecorded',
          components: [{ key: 'p0', given: true, form: 'original', count: 1, digital: 'reused', files: [] }],
        })
        return 'open'
      case 8:
        say(
          {
            type: 'stepCompleted',
            key: 'examine',
            late: false,
            details: null,
            resultNumber: null,
            opened: [step('sign', agencyId, 13, at)],
          },
          draw.officer + 1,
        )
        return 'open'
      case 9:
        return 'open'
      default:
        say({
          type: 'resultSigned',
          stepKey: 'sign',
          outcome: kind % 3 === 0 ? 'refused' : 'granted',
          documentNumber: null,
          signedOn: dayOf(at),
          signerOfficerId: 1,
          fileId: null,
          electronic: kind % 2 === 0,
          details: null,
          opened: [],
        })
        return 'signed'
    }
  }
}

/** Writes entries of a log as they would stand there; hashes are made up. */
export async function writeLog(
  pool: pg.Pool,
  histories: readonly History[],
  from: (entry: Recorded) => boolean = () => true,
): Promise<void> {
  const rows = histories.flatMap(({ dossierId, log }) =>
    log.filter(from).map(({ agencyId, event, occurredAt, officerId, version, recordedAt }) => ({
      agency_id: agencyId,
      dossier_id: dossierId,
      version,
      type: event.type,
      body: event,
      occurred_at: occurredAt,
      recorded_at: recordedAt,
      officer_id: officerId,
      command_id: randomUUID(),
    })),
  )
  await pool.query(
    `insert into dossiers.event (agency_id, dossier_id, version, type, body, occurred_at, recorded_at, officer_id, source, command_id, ordinal, previous_hash, hash)
     select agency_id, dossier_id, version, type, body, occurred_at, recorded_at, officer_id, 'demo', command_id, 0, $2, $2
     from jsonb_to_recordset($1) as x(agency_id int, dossier_id uuid, version int, type text, body jsonb, occurred_at timestamptz, recorded_at timestamptz, officer_id int, command_id uuid)`,
    [JSON.stringify(rows), createHash('sha256').digest()],
  )
}
