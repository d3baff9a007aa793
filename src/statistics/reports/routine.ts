import { addDays, clockOfMinute, dayOf, instantAt, minuteOf, type Day, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { answersFor, authorityName, findAgency, getAgency, listCodedAgencyIds } from '../../staff/index.ts'
import { isWorkingDay, loadCalendar } from '../../calendar/index.ts'
import { listFigure } from '../figures/index.ts'
import type { FigureDossier, Question } from '../figures/contract.ts'
import type { ReportContext } from './context.ts'
import type { PaperKind, SignOff } from './contract.ts'
import { routineFacts, todayOf } from './gather.ts'
import { withMark } from './reports.ts'
import { weekOf } from './rules/period.ts'
import type { Printed } from './rules/printed.ts'
import { routinePaper, type DossierList } from './rules/routine.ts'
import { usualSignOff } from './rules/sign-off.ts'
import { findPaper, keepPaper } from './store.ts'

/** Authorities close the numbers of a day at 16:00. */
const CUT = 16 * 60
const LISTED = 200

export type RoutineView = { paper: Printed; knownAt: Instant; kept: boolean; from: Day; to: Day }

/** The paper of a day or a week: as it was kept, else as the records stood at its hour, or stand now. */
export async function openRoutine(
  context: ReportContext,
  { agencyId, kind, day }: { agencyId: number; kind: PaperKind; day: Day },
): Promise<RoutineView> {
  const span = spanOf(kind, day)
  const kept = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    findPaper(tx, { agencyId, kind, day: span.to }),
  )
  if (kept) return { ...kept, paper: await withMark(context, kept.paper), kept: true, ...span }
  const made = await makeRoutine(context, { agencyId, kind, day })
  return { ...made, paper: await withMark(context, made.paper), kept: false, ...span }
}

const spanOf = (kind: PaperKind, day: Day): { from: Day; to: Day } =>
  kind === 'daily' ? { from: day, to: day } : weekOf(day)

/** The hour at which the numbers of a day or a week close. */
const closes = (kind: PaperKind, to: Day): Instant =>
  kind === 'daily' ? instantAt(to, CUT) : instantAt(addDays(to, 1), 0)

async function makeRoutine(
  context: ReportContext,
  { agencyId, kind, day }: { agencyId: number; kind: PaperKind; day: Day },
): Promise<{ paper: Printed; knownAt: Instant }> {
  const span = spanOf(kind, day)
  const close = closes(kind, span.to)
  const knownAt = close <= context.clock() ? close : null
  const facts = await routineFacts(context, { agencyId, span, knownAt, unit: kind === 'daily' ? 'ngày' : 'tuần' })
  const agencies = await answersFor(context.db, agencyId, span.to)
  const question: Question = { agencies, from: span.from, to: span.to, knownAt: facts.knownAt, filter: {} }
  const last = addDays(dayOf(facts.knownAt) < span.to ? dayOf(facts.knownAt) : span.to, kind === 'daily' ? 2 : 7)
  // Who waits for the applicant has no day to keep now.
  const soon = (await readAll(context, question, 'open-in-time')).filter(
    ({ dueAt, timeliness }) =>
      dueAt !== null && timeliness !== 'waiting' && dueAt >= facts.knownAt && dayOf(dueAt) <= last,
  )
  const paper = routinePaper(
    kind,
    { facts, overdue: shortest(await readAll(context, question, 'open-overdue')), dueSoon: shortest(soon) },
    await headOf(context, { agencyId, day: span.to }),
  )
  return { paper, knownAt: facts.knownAt }
}

const shortest = (dossiers: readonly FigureDossier[]): DossierList => ({
  dossiers: dossiers.toSorted((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9')).slice(0, LISTED),
  all: dossiers.length,
})

const MOST = 5000

async function readAll(
  context: ReportContext,
  question: Question,
  figure: 'open-overdue' | 'open-in-time',
): Promise<FigureDossier[]> {
  const all: FigureDossier[] = []
  let cursor: string | undefined
  do {
    const page = await listFigure(context, question, figure, { cursor, limit: 500 })
    all.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && all.length < MOST)
  return all
}

async function headOf({ db }: ReportContext, { agencyId, day }: { agencyId: number; day: Day }): Promise<SignOff> {
  const agency = await getAgency(db, agencyId, day)
  const parent = agency.parentId === null ? undefined : await findAgency(db, agency.parentId, day)
  const usual = usualSignOff(
    {
      kind: agency.kind,
      name: authorityName(agency),
      fullName: agency.fullName,
      parent: parent ? authorityName(parent) : null,
      leader: null,
    },
    'periodic',
    { period: '', next: '' },
  )
  return {
    ...usual,
    parent: usual.agency,
    agency: 'Bộ phận Một cửa',
    symbol: 'BC-BPMC',
    day,
    signer: { lines: ['NGƯỜI LẬP BÁO CÁO'], name: null },
    recipients: ['Lãnh đạo Ủy ban nhân dân', 'Lưu: BPMC'],
  }
}

/** What the job does: after 16:00 of a working day it keeps the paper of the day for each agency. */
export async function keepRoutinePapers(context: ReportContext): Promise<number> {
  const now = context.clock()
  const today = todayOf(context)
  if (minuteOf(now) < CUT) return 0
  let made = 0
  for (const agencyId of await listCodedAgencyIds(context.db)) {
    const agency = await getAgency(context.db, agencyId, today)
    if (agency.validTo !== null && agency.validTo < today) continue
    const { calendar } = await loadCalendar(context.db, agencyId)
    if (!isWorkingDay(calendar, today)) continue
    const scope = { agencies: [agencyId] }
    const before = await withScope(context.db, scope, (tx) => findPaper(tx, { agencyId, kind: 'daily', day: today }))
    if (before) continue
    const { paper, knownAt } = await makeRoutine(context, { agencyId, kind: 'daily', day: today })
    await withScope(context.db, scope, (tx) =>
      keepPaper(tx, { agencyId, kind: 'daily', day: today, knownAt, paper, at: now }),
    )
    made++
  }
  return made
}

export const closingHour = clockOfMinute(CUT)
