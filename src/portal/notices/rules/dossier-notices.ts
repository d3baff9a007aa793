// NĐ 118/2025/NĐ-CP, Điều 17, 18, 19, 22: what the applicant is told of, and by when.
import type { Dossier, DossierEvent } from '../../../dossiers/index.ts'
import {
  addMinutes,
  dayOf,
  daysBetween,
  writeDay,
  writeInstant,
  type Day,
  type Instant,
} from '../../../platform/day.ts'
import { writeSum } from '../../../platform/money.ts'
import type { NoticeLanguage } from '../contract.ts'
import type { NoticeEvent } from './notice-events.ts'

export type DossierNotice = {
  template: NoticeEvent
  /** Facts beside code, procedure and link, which every message of a dossier has. */
  facts: Readonly<Record<string, string>>
  /** Also to the applicant when somebody else hands in the dossier. */
  toApplicant: boolean
}

type Happening = {
  event: DossierEvent
  before: Dossier | undefined
  after: Dossier
  /** Names of papers by their key. */
  paperNames: ReadonlyMap<string, string>
  /** Answers of the electronic form that a supplement asks to mend, by their labels. */
  fields: readonly string[]
  language: NoticeLanguage
  /** Where results are collected. */
  place: string
  /** Where its file is fetched once it is handed over. */
  resultLink: string
}

/** The messages that follow from one entry of the log; most entries concern the office alone. */
export function noticesFor({
  event,
  before,
  after,
  paperNames,
  fields,
  language,
  place,
  resultLink,
}: Happening): DossierNotice[] {
  const toSubmitter = (template: NoticeEvent, facts: DossierNotice['facts'] = {}): DossierNotice[] => [
    { template, facts, toApplicant: false },
  ]
  const toBoth = (template: NoticeEvent, facts: DossierNotice['facts'] = {}): DossierNotice[] => [
    { template, facts, toApplicant: true },
  ]
  switch (event.type) {
    // At the counter the receipt is handed over; who is not there gets word.
    case 'lodged':
      return event.channel === 'counter' ? [] : toSubmitter('dossier-lodged')
    case 'received':
      return toSubmitter('dossier-received', { due: momentOf(event.dueAt) })
    case 'notReceived':
      return toBoth('dossier-not-received')
    case 'supplementRequested': {
      const papers = event.componentKeys.flatMap((key) => paperNames.get(key) ?? []).join('; ')
      const until = dayText(event.completeBy)
      // What was filled in online is mended online, place by place.
      return fields.length === 0
        ? toSubmitter('dossier-supplement', { papers, until })
        : toSubmitter('filing-mend', { papers, fields: fields.join('; '), until })
    }
    case 'paymentRequired':
      return toSubmitter('dossier-payment', { amount: writeSum(event.amount, language), until: dayText(event.payBy) })
    case 'feesRecounted': {
      const owed = after.feeDue - after.feePaid
      return owed > 0 ? toSubmitter('dossier-fee', { amount: writeSum(owed, language) }) : []
    }
    case 'extended':
      return toSubmitter('dossier-extended', { due: momentOf(event.dueAt) })
    case 'apologised':
      return toBoth('dossier-apology', { due: writeDay(event.newDay) })
    case 'withdrawn':
      return toBoth('dossier-withdrawn')
    case 'stopped':
      return toBoth('dossier-stopped')
    case 'closedUnsupplemented':
      return toBoth('dossier-closed')
    case 'resultReturned':
      return after.status === 'returned'
        ? toBoth('dossier-returned', { resultLink: after.resultFileId === null ? '' : resultLink })
        : []
    case 'amended':
    case 'componentsRecorded':
    case 'correctionIssued':
    case 'correctionRequested':
    case 'dueRecomputed':
    case 'feeCollected':
    case 'feeRefunded':
    case 'feeReversed':
    case 'feeWaived':
    case 'forwarded':
    case 'opinionAnswered':
    case 'opinionAsked':
    case 'paymentConfirmed':
    case 'resultSigned':
    case 'sentBack':
    case 'stepAssigned':
    case 'stepCompleted':
    case 'supplementReceived':
      return isReady(after) && !(before && isReady(before)) ? readyNotice(after, { place, resultLink }, toBoth) : []
  }
}

/** The result can be fetched: signed, and nobody but the desk has it. */
const isReady = ({ status, open }: Dossier): boolean =>
  status === 'resultSigned' && open.some(({ kind }) => kind === 'return')

function readyNotice(
  { outcome, finishedAt, dueCurrent, delivery, resultFileId }: Dossier,
  { place, resultLink }: Pick<Happening, 'place' | 'resultLink'>,
  toBoth: (template: NoticeEvent, facts?: DossierNotice['facts']) => DossierNotice[],
): DossierNotice[] {
  if (outcome === 'refused') return toBoth('dossier-refused')
  const days = finishedAt && dueCurrent ? daysBetween(dayOf(finishedAt), dayOf(dueCurrent)) : 0
  const atCounter = delivery === 'counter' || delivery === 'counter-and-online'
  const hasFile = (delivery === 'online' || delivery === 'counter-and-online') && resultFileId !== null
  return toBoth('dossier-ready', {
    where: atCounter ? place : '',
    early: days > 0 ? String(days) : '',
    resultLink: hasFile ? resultLink : '',
  })
}

/** Who is told of a happening that is long past would be puzzled: records brought in later announce nothing. */
export const isFresh = (occurredAt: Instant, now: Instant): boolean => occurredAt > addMinutes(now, -48 * 60)

const dayText = (day: Day | null): string => (day === null ? '' : writeDay(day))
const momentOf = (moment: Instant): string => writeInstant(moment)

export type Contact = { roles: readonly string[]; email: string; phone: string }

/** Whom to write to: who handed the dossier in, and the applicant when it is another person who has to know. */
export function recipientsOf<Person extends Contact>(persons: readonly Person[], toApplicant: boolean): Person[] {
  const reachable = persons.filter(({ email, phone }) => email !== '' || phone !== '')
  const applicant = reachable.find(({ roles }) => roles.includes('applicant'))
  const acting = ['delegate', 'submitter', 'applicant', 'owner'].flatMap(
    (role) => reachable.find(({ roles }) => roles.includes(role)) ?? [],
  )[0]
  const chosen = toApplicant ? [acting, applicant] : [acting]
  return chosen.filter(
    (person, index): person is Person =>
      person !== undefined && chosen.findIndex((other) => other && keyOf(other) === keyOf(person)) === index,
  )
}

const keyOf = ({ email, phone }: Contact): string => email || phone
