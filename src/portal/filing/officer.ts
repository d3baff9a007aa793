import { addWorkingMinutes, loadCalendar, type WorkingCalendar } from '../../calendar/index.ts'
import { caseOf, componentTitle, getVersion } from '../../catalogue/index.ts'
import { listFiles } from '../../documents/index.ts'
import {
  give,
  listQueue,
  loadLogs,
  maskIdentityNumber,
  recordDisclosure,
  type CommandRefusal,
  type IntakeRefusal,
  type OpenedDossier,
  type Outcome,
} from '../../dossiers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { addMinutes, dayOf, writeInstant, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { listCodedAgencyIds, listOfficerNames, listOfficers } from '../../staff/index.ts'
import { checkAnswers, describe, getForm, listFilled, placeLabel, say, warningsOf } from '../eforms/index.ts'
import { queueMessage } from '../notices/index.ts'
import type { FilingContext } from './flow.ts'
import { confirmMarks, discardMarks, marksOf, setMarks, type Mark, type MarkedValue } from './marks.ts'
import { listUndecidedMarks, listWatched, noteReminded, noteSeen } from './marks-store.ts'
import type { FilledPart, MarkRound, MarksBody, OnlinePaper, OnlineView, WaitingItem } from './officer-contract.ts'
import { vi } from './officer-text.vi.ts'

/**
 * NĐ 118/2025/NĐ-CP, Điều 17: hệ thống thông báo cho cán bộ trong 02 giờ. The system never sleeps, so its two hours are
 * hours of the clock: it tells at once (notices), and looks here a second time before they are over.
 */
const TELL_AGAIN_AFTER_MINUTES = 90
/** Until then somebody should have opened it: two hours of work, so that no alarm stands at midnight on a Sunday. */
const LOOK_MINUTES = 120

const lookBy = (calendar: WorkingCalendar, lodgedAt: Instant): Instant =>
  addWorkingMinutes(calendar, lodgedAt, LOOK_MINUTES)

type Filled = NonNullable<OnlineView['filled']> & {
  /** Places of identity numbers: masked unless somebody says why the whole number is needed. */
  numbers: ReadonlySet<string>
}

/** What stands in the electronic form of a dossier, as words; undefined where there is none. */
async function readFilled(context: FilingContext, opened: OpenedDossier): Promise<Filled | undefined> {
  const { agencyId, dossierId } = opened
  const versions = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    listFilled(tx, context.keys, { agencyId, dossierId }),
  )
  const [newest] = versions
  if (!newest) return undefined
  const form = await getForm(context.db, newest.formId)
  const parts = describe(form, newest.answers, { caseKey: newest.caseKey, all: true })
  const facts = { today: dayOf(opened.dossier.lodgedAt), caseKey: newest.caseKey }
  const doubts = [...checkAnswers(form, newest.answers, facts), ...warningsOf(form, newest.answers, facts)]
  return {
    title: say(form.title, 'vi'),
    keptAt: newest.keptAt,
    keptBy: newest.keptBy,
    times: versions.length,
    comparedWithOfficial: form.comparedWithOfficial !== null,
    erased: newest.erased,
    doubts: doubts.filter(({ code }) => code === 'check').map(({ words }) => say(words, 'vi')),
    numbers: new Set(
      parts.flatMap(({ lines }) =>
        lines.filter(({ field }) => field.widget === 'identity-number').map(({ path }) => path),
      ),
    ),
    parts: parts.map(({ partKey, title, lines }): FilledPart => ({
      partKey,
      title,
      lines: lines
        .filter(({ field }) => field.widget !== 'files')
        .map(({ path, field, label, element, value }) => ({
          path,
          label,
          element,
          value,
          ...(field.widget === 'note' ? { told: true } : {}),
        })),
    })),
  }
}

async function readPapers(context: FilingContext, opened: OpenedDossier): Promise<OnlinePaper[]> {
  const { agencyId, dossierId, dossier } = opened
  const [{ version }, files] = await Promise.all([
    getVersion(context.db, dossier.procedureVersionId),
    withScope(context.db, { agencies: [agencyId] }, (tx) => listFiles(tx, { agencyId, dossierId })),
  ])
  const given = new Map(dossier.components.map((component) => [component.key, component]))
  return (caseOf(version, dossier.caseKey)?.components ?? []).map((rule) => {
    const { key } = rule
    const state = given.get(key)
    const named = new Set(state?.files)
    return {
      key,
      name: componentTitle(rule).title,
      way: state?.way ?? null,
      given: state?.given ?? false,
      form: state?.form ?? 'electronic',
      files: files
        .filter(({ fileId }) => named.has(fileId))
        .map(({ fileId, name: file, mediaType, size, preview }) => ({ fileId, name: file, mediaType, size, preview })),
    }
  })
}

/** What an officer sees of a dossier that came in online. */
export async function viewOnline(context: FilingContext, opened: OpenedDossier): Promise<OnlineView> {
  const { agencyId, dossierId, dossier, events } = opened
  const [filled, papers, marks, { calendar }, watched] = await Promise.all([
    readFilled(context, opened),
    readPapers(context, opened),
    marksOf(context, { agencyId, dossierId }),
    loadCalendar(context.db, agencyId),
    withScope(context.db, { agencies: [agencyId] }, (tx) => listWatched(tx, [{ agencyId, dossierId }])),
  ])
  const watch = watched.get(dossierId)
  const names = await listOfficerNames(context.db, [
    ...marks.map(({ markedBy }) => markedBy),
    ...(watch?.seen_by ? [watch.seen_by] : []),
  ])
  const rounds = new Map<string, MarkRound>()
  for (const mark of marks) {
    const round = rounds.get(mark.commandId) ?? {
      commandId: mark.commandId,
      markedAt: mark.markedAt,
      markedByName: names.get(mark.markedBy) ?? '',
      mendedAt: mark.mendedAt,
      marks: [],
    }
    round.marks.push(viewMark(mark, filled?.numbers))
    rounds.set(mark.commandId, round)
  }
  const answered = events.find(({ type }) => answers.has(type))
  return {
    filled: filled ? maskFilled(filled) : null,
    papers,
    rounds: [...rounds.values()],
    watch: {
      lookBy: lookBy(calendar, dossier.lodgedAt),
      seenAt: watch?.seen_at ?? null,
      seenByName: watch?.seen_by ? (names.get(watch.seen_by) ?? null) : null,
      remindedAt: watch?.reminded_at ?? null,
      acceptBy: dossier.acceptBy,
      answeredAt: answered?.occurred_at ?? null,
    },
  }
}

/** The same with identity numbers as the rest of the page shows them. */
function maskFilled({ numbers, ...filled }: Filled): NonNullable<OnlineView['filled']> {
  const parts = filled.parts.map((part) => ({
    ...part,
    lines: part.lines.map((line) =>
      numbers.has(line.path) ? { ...line, value: maskIdentityNumber(line.value), masked: line.value !== '' } : line,
    ),
  }))
  return { ...filled, parts }
}

function viewMark(mark: Mark, numbers: ReadonlySet<string> | undefined): MarkRound['marks'][number] {
  const changed = JSON.stringify(valueOf(mark.before)) !== JSON.stringify(valueOf(mark.after))
  const masked = mark.kind === 'field' && numbers?.has(mark.target) === true
  const shown = (value: MarkedValue | null) =>
    masked && value && 'text' in value ? { text: maskIdentityNumber(value.text) } : value
  return { ...mark, before: shown(mark.before), after: shown(mark.after), changed }
}

const valueOf = (value: MarkedValue | null): unknown =>
  value && 'files' in value ? value.files.map(({ fileId }) => fileId) : (value?.text ?? '')

/** Whole identity numbers of the answers, by their place; that somebody looked, and why, stays. */
export async function revealNumbers(
  context: FilingContext,
  opened: OpenedDossier,
  { officerId, reason }: { officerId: number; reason: string },
): Promise<Record<string, string>> {
  const { agencyId, dossierId, persons } = opened
  const filled = await readFilled(context, opened)
  const applicant = persons.find(({ content }) => content?.roles.includes('applicant')) ?? persons[0]
  if (!filled || !applicant) return {}
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    recordDisclosure(tx, {
      agency_id: agencyId,
      disclosure_id: newId(),
      dossier_id: dossierId,
      person_id: applicant.person_id,
      officer_id: officerId,
      reason,
      disclosed_at: context.clock(),
    }),
  )
  const lines = filled.parts.flatMap((part) => part.lines).filter(({ path }) => filled.numbers.has(path))
  return Object.fromEntries(lines.map(({ path, value }) => [path, value]))
}

const answers: ReadonlySet<string> = new Set(['received', 'notReceived', 'supplementRequested', 'withdrawn'])

/** Somebody who could answer it has opened a dossier that waits: from then on nobody needs to be told. */
export async function noteOpened(context: FilingContext, opened: OpenedDossier, actor: Actor): Promise<void> {
  const { agencyId, dossierId, dossier } = opened
  if (dossier.channel !== 'online' || dossier.status !== 'lodged') return
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    noteSeen(tx, { agencyId, dossierId, officerId: actor.officerId, at: context.clock() }),
  )
}

export type MarkRefusal = CommandRefusal | IntakeRefusal | { code: 'mark-unknown' | 'mark-twice' | 'not-online' }

/** Keeps what was marked and asks for the supplement: both or neither, and once however often it is sent. */
export async function requestByMarks(
  context: FilingContext,
  actor: Actor,
  { opened, body }: { opened: OpenedDossier; body: MarksBody },
): Promise<Result<Outcome, MarkRefusal>> {
  const { agencyId, dossierId, dossier } = opened
  if (dossier.channel !== 'online') return refuse({ code: 'not-online' })
  const [filled, papers] = await Promise.all([readFilled(context, opened), readPapers(context, opened)])
  const places = new Map<string, { label: string; before: MarkedValue | null }>()
  for (const { title, lines } of filled?.parts ?? [])
    for (const line of lines.filter(({ told }) => !told))
      places.set(`field ${line.path}`, { label: placeLabel(title, line), before: { text: line.value } })
  for (const { key, name, files } of papers)
    places.set(`paper ${key}`, {
      label: name,
      before: { files: files.map(({ fileId, name: file }) => ({ fileId, name: file })) },
    })
  const marks = body.marks.map((mark) => ({ mark, place: places.get(`${mark.kind} ${mark.target}`) }))
  const keys = body.marks.map(({ kind, target }) => `${kind} ${target}`)
  if (new Set(keys).size < keys.length) return refuse({ code: 'mark-twice' })
  if (marks.some(({ place }) => place === undefined)) return refuse({ code: 'mark-unknown' })
  const whole = marks.flatMap(({ mark, place }) => (place ? [{ ...mark, ...place }] : []))
  const asked = { agencyId, dossierId, commandId: body.commandId }
  const at = context.clock()
  await setMarks(context, { ...asked, officerId: actor.officerId, at }, whole)
  const outcome = await give(
    context,
    { actor, source: 'officer' },
    {
      agencyId,
      dossierId,
      body: {
        commandId: body.commandId,
        version: body.version,
        command: {
          type: 'requestSupplement',
          componentKeys: whole.filter(({ kind }) => kind === 'paper').map(({ target }) => target),
          details: {
            reason: body.reason ?? vi.usualReason,
            basis: body.basis ?? '',
            guidance: body.guidance ?? vi.guidance,
            items: whole.map(({ label, note }) => ({ paper: label, change: note })),
          },
        },
      },
    },
  )
  if (outcome.ok) await confirmMarks(context, { ...asked, at })
  else await discardMarks(context, asked)
  return outcome.ok ? accept(outcome.value) : outcome
}

/** Dossiers that came in online and wait for the desk, the most urgent first. */
export async function listWaiting(context: FilingContext, agencies: readonly number[]): Promise<WaitingItem[]> {
  const { db, clock } = context
  const now = clock()
  const { items, watched } = await withScope(db, { agencies }, async (tx) => {
    const desks = agencies.map((agencyId) => ({ agencyId, unitId: null, officerId: null }))
    const page = await listQueue(tx, { desks, kind: 'accept', channel: 'online', now, limit: 200 })
    const lodged = page.items.filter(({ status }) => status === 'lodged')
    const keys = lodged.map(({ agency_id, dossier_id }) => ({ agencyId: agency_id, dossierId: dossier_id }))
    return { items: lodged, watched: await listWatched(tx, keys) }
  })
  const seenBy = [...watched.values()].flatMap(({ seen_by }) => seen_by ?? [])
  const names = await listOfficerNames(db, seenBy)
  return Promise.all(
    items.map(async (task) => {
      const watch = watched.get(task.dossier_id)
      const [{ version }, { calendar }] = await Promise.all([
        getVersion(db, task.procedure_version_id),
        loadCalendar(db, task.agency_id),
      ])
      return {
        dossierId: task.dossier_id,
        agencyId: task.agency_id,
        code: task.code,
        applicantName: task.applicant_name,
        procedureName: version.shortName || version.name,
        lodgedAt: task.opened_at,
        lookBy: lookBy(calendar, task.opened_at),
        acceptBy: task.due_at,
        seenAt: watch?.seen_at ?? null,
        seenByName: watch?.seen_by ? (names.get(watch.seen_by) ?? null) : null,
        remindedAt: watch?.reminded_at ?? null,
      }
    }),
  )
}

/** Tells the officers of the desk of online dossiers that nobody has opened, before the two hours are over. */
export async function remindOfUnopened(context: FilingContext): Promise<number> {
  const now = context.clock()
  const since = addMinutes(now, -TELL_AGAIN_AFTER_MINUTES)
  let told = 0
  const waiting = await listWaiting(context, await listCodedAgencyIds(context.db))
  for (const item of waiting) {
    if (item.seenAt !== null || item.remindedAt !== null || item.lodgedAt > since) continue
    const officers = await listOfficers(context.db, { day: dayOf(now), agencies: [item.agencyId] })
    const desk = officers.filter(({ posts }) => posts.some(({ role }) => role === 'receiving-officer'))
    for (const { officerId, email, phone } of desk)
      await queueMessage(context, {
        agencyId: item.agencyId,
        to: { ...(email ? { email } : {}), ...(phone ? { phone } : {}) },
        template: 'officer-online-waiting',
        facts: {
          code: item.code,
          procedure: item.procedureName,
          acceptBy: item.acceptBy ? writeInstant(item.acceptBy) : '',
          dossierLink: `/can-bo/ho-so/${item.dossierId}`,
        },
        dedupeKey: `online-waiting/${item.dossierId}/${officerId}`,
        dossierId: item.dossierId,
      })
    await withScope(context.db, { agencies: [item.agencyId] }, (tx) =>
      noteReminded(tx, { agencyId: item.agencyId, dossierId: item.dossierId, at: now }),
    )
    told += 1
  }
  return told
}

/**
 * Marks whose request was neither confirmed nor refused, since the process ended in between: the log says which it was.
 */
export async function settleMarks(context: FilingContext): Promise<void> {
  const at = context.clock()
  const agencies = await listCodedAgencyIds(context.db)
  const undecided = await withScope(context.db, { agencies }, (tx) => listUndecidedMarks(tx, addMinutes(at, -2)))
  const requests = new Map(
    undecided.map((row) => [
      row.command_id,
      { agencyId: row.agency_id, dossierId: row.dossier_id, commandId: row.command_id },
    ]),
  )
  for (const asked of requests.values()) {
    const log = await withScope(context.db, { agencies: [asked.agencyId] }, (tx) => loadLogs(tx, [asked]))
    if (log.some(({ command_id }) => command_id === asked.commandId)) await confirmMarks(context, { ...asked, at })
    else await discardMarks(context, asked)
  }
}
