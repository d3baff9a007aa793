import type { Day, Instant } from '../../platform/day.ts'
import { dayOf, daysBetween } from '../../platform/day.ts'
import type { Dossier, OpenStep, Status } from './events.ts'

/** The present of a dossier for lists, apart from the names of persons. */
export type DossierRow = {
  code: string
  version: number
  status: Status
  procedure_code: string
  procedure_version_id: number
  case_key: string
  field: string
  channel: string
  lodged_at: Instant
  received_at: Instant | null
  clock_started_at: Instant | null
  due_original: Instant | null
  due_current: Instant | null
  finished_at: Instant | null
  outcome: 'granted' | 'refused' | null
  returned_at: Instant | null
  extensions: number
  apologies: number
  fee_due: number
  fee_paid: number
  delivery: string
  digitised: number
  papers: number
  received_by: number | null
  signed_by: number | null
}

/** What the columns of the row are in this state; the rebuilt row must equal the stored one. */
export function toRow(dossier: Dossier): DossierRow {
  const given = dossier.components.filter((component) => component.given)
  return {
    code: dossier.code,
    version: dossier.version,
    status: dossier.status,
    procedure_code: dossier.procedureCode,
    procedure_version_id: dossier.procedureVersionId,
    case_key: dossier.caseKey,
    field: dossier.field,
    channel: dossier.channel,
    lodged_at: dossier.lodgedAt,
    received_at: dossier.receivedAt,
    clock_started_at: dossier.clockStartedAt,
    due_original: dossier.dueOriginal,
    due_current: dossier.dueCurrent,
    finished_at: dossier.finishedAt,
    outcome: dossier.outcome,
    returned_at: dossier.returnedAt,
    extensions: dossier.extensions,
    apologies: dossier.apologies.length,
    fee_due: dossier.feeDue,
    fee_paid: dossier.feePaid,
    delivery: dossier.delivery,
    digitised: given.filter((component) => component.digital !== null).length,
    papers: given.length,
    received_by: dossier.receivedBy,
    signed_by: dossier.signedBy,
  }
}

/** One line of open work. `sort_at` puts what is due first on top. */
export type TaskRow = {
  key: string
  handling_agency_id: number
  unit_id: number
  officer_id: number | null
  kind: OpenStep['kind']
  status: Status
  opened_at: Instant
  step_due_at: Instant | null
  due_at: Instant | null
  sort_at: Instant
}

/** The clock of the authority stands still while it waits for the applicant. */
export const isPaused = (status: Status): boolean =>
  status === 'awaitingSupplement' || status === 'awaitingPayment' || status === 'supplementAtIntake'

const FAR = '9999-12-31T00:00:00.000Z'

/** The open steps of a dossier as lines of the queue. */
export const toTasks = (dossier: Dossier): TaskRow[] =>
  dossier.open.map((step) => {
    const due = dueOfTask(dossier, step)
    return {
      key: step.key,
      handling_agency_id: step.agencyId,
      unit_id: step.unitId,
      officer_id: step.officerId,
      kind: step.kind,
      status: dossier.status,
      opened_at: step.openedAt,
      step_due_at: step.dueAt,
      due_at: due,
      sort_at: due ?? FAR,
    }
  })

/** Opinions and corrections have a day of their own; all else is due when the dossier is, unless its clock stands still. */
function dueOfTask(dossier: Dossier, step: OpenStep): Instant | null {
  const own = step.key === 'correction' || dossier.opinions.some(({ opinionId }) => opinionId === step.key)
  if (own) return step.dueAt
  return dossier.finishedAt || isPaused(dossier.status) ? null : (dossier.dueCurrent ?? dossier.acceptBy)
}

/** Ends without a result: such a dossier was neither late nor in time. */
const endedUnsettled: ReadonlySet<Status> = new Set(['notReceived', 'withdrawn', 'stopped', 'closedUnsupplemented'])

export type Timeliness = 'early' | 'on-time' | 'late' | 'open' | 'open-late' | 'waiting' | 'none'

/**
 * How a dossier stands with its time. Finished is measured at the end of processing, not at collection (DOMAIN §4.6);
 * early means an earlier day than promised.
 */
export function timeliness(
  dossier: Pick<Dossier, 'status' | 'finishedAt'> & { due: Instant | null },
  now: Instant,
): Timeliness {
  const { finishedAt, due, status } = dossier
  if (endedUnsettled.has(status)) return 'none'
  if (finishedAt) {
    if (!due) return 'on-time'
    if (finishedAt > due) return 'late'
    return dayOf(finishedAt) < dayOf(due) ? 'early' : 'on-time'
  }
  if (isPaused(status)) return 'waiting'
  return due && now > due ? 'open-late' : 'open'
}

/** National synchronisation codes of a dossier (trạng thái hồ sơ 1–10). A table, because sources differ on the ends. */
export const nationalStatus: Readonly<Record<Status, number>> = {
  lodged: 1,
  supplementAtIntake: 5,
  notReceived: 3,
  received: 2,
  processing: 4,
  awaitingSupplement: 5,
  awaitingPayment: 6,
  resultSigned: 9,
  returned: 10,
  withdrawn: 7,
  stopped: 8,
  closedUnsupplemented: 8,
}

/** Days by which a finished or open dossier is past its day; 0 when it is not. */
export const daysLate = (due: Day, on: Day): number => Math.max(0, daysBetween(due, on))
