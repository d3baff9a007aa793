import { dueAt, explain, loadCalendar } from '../calendar/index.ts'
import { caseOf, componentTitle, getVersion, listFields } from '../catalogue/index.ts'
import { may, type Actor } from '../identity/index.ts'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { getAgency, listPostTitles } from '../staff/index.ts'
import { findStep } from '../workflow/index.ts'
import { changesIn } from './amendment-view.ts'
import { contactPhone } from './contact.ts'
import { citationOf } from './rules/citation.ts'
import type { DossierContext } from './commands.ts'
import type { AmendmentChange, Details, DossierItem, DossierView, PersonView, QueueItem, StepView } from './contract.ts'
import { missingFees, type MissingFees } from './fees.ts'
import { remember } from './memory.ts'
import { namesFor, type Names } from './names.ts'
import { openWays } from './rules/component-way.ts'
import { planOf, type ResolvedPlan } from './plan.ts'
import { fold, type Dossier, type OpenStep } from './rules/events.ts'
import { availableCommands, guard, type CommandType, type Facts } from './rules/lifecycle.ts'
import { mayHandle, postFor, readingPost } from './rules/permissions.ts'
import { nationalStatus, timeliness, type TaskRow } from './rules/row.ts'
import { openSecret } from './sealing.ts'
import {
  findOwner,
  loadEvents,
  loadNotes,
  loadPersons,
  toHappened,
  type DossierRecord,
  type EventRow,
  type NoteRow,
  type PersonRow,
  type TaskRecord,
} from './store.ts'
import { vi, word } from './text.vi.ts'

/** Everything stored of one dossier, read for somebody who may read it. */
export type OpenedDossier = {
  agencyId: number
  dossierId: string
  dossier: Dossier
  events: EventRow[]
  persons: PersonRow[]
  /** Rows of persons whose place others have taken; the log still names them. */
  superseded: PersonRow[]
  notes: NoteRow[]
}

/** A dossier never changes its owner, so who owns the ones at work is asked once. */
const owners = new WeakMap<object, Map<string, number>>()
const MOST_OWNERS = 50_000

/** The agency that owns a dossier, when the actor's agencies own it or take part; whether it may be read is not said yet. */
export async function ownerFor(context: DossierContext, actor: Actor, dossierId: string): Promise<number | undefined> {
  const agencies = [...new Set(actor.posts.flatMap((post) => [...post.agencies, ...post.subtree]))]
  const known = owners.get(context.pool) ?? new Map<string, number>()
  owners.set(context.pool, known)
  const before = known.get(dossierId)
  if (before !== undefined && agencies.includes(before)) return before
  const owner = await withScope(context.db, { agencies }, (tx) => findOwner(tx, dossierId, agencies))
  if (known.size >= MOST_OWNERS) known.clear()
  if (owner !== undefined) known.set(dossierId, owner)
  return owner
}

/** Reads a dossier for an actor; undefined when it is not there or not theirs, which look the same. */
export async function openDossier(
  context: DossierContext,
  actor: Actor,
  dossierId: string,
): Promise<OpenedDossier | undefined> {
  const owner = await ownerFor(context, actor, dossierId)
  if (owner === undefined) return undefined
  const opened = await readDossier(context, owner, dossierId)
  return opened && readingPost(actor, opened.dossier) ? opened : undefined
}

/** Reads a dossier of an agency without asking who wants it: for jobs, forms and the public page. */
export async function readDossier(
  context: DossierContext,
  agencyId: number,
  dossierId: string,
): Promise<OpenedDossier | undefined> {
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const [events, persons, notes] = await Promise.all([
      loadEvents(tx, agencyId, dossierId),
      loadPersons(tx, agencyId, dossierId),
      loadNotes(tx, agencyId, dossierId),
    ])
    const dossier = fold(events.map(toHappened))
    const { now = [], before = [] } = Object.groupBy(persons, (row) => (row.superseded_at === null ? 'now' : 'before'))
    return dossier && { agencyId, dossierId, dossier, events, persons: now, superseded: before, notes }
  })
}

/** The page of a dossier: its present, its story, and what may be done now. */
export async function viewDossier(context: DossierContext, actor: Actor, opened: OpenedDossier): Promise<DossierView> {
  const { dossier, events, agencyId, dossierId } = opened
  const now = context.clock()
  const day = dayOf(now)
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const plan = await planOf(context.db, { dossier, version, day })
  const posts = events.flatMap(({ post_id }) => (post_id === null ? [] : [post_id]))
  const [names, titles, { calendar }, fields, agency, phone, missing] = await Promise.all([
    namesOf(context, opened, plan),
    listPostTitles(context.db, posts),
    loadCalendar(context.db, agencyId),
    remember(context.db, 'fields', () => listFields(context.db)),
    getAgency(context.db, agencyId, day),
    contactPhone(context, opened, actor.officerId),
    missingFees(context.db, { dossier, version }),
  ])
  const facts: Facts = {
    now,
    officerId: actor.officerId,
    calendar,
    plan: plan.plan,
    processId: plan.processId,
    process: null,
    limit: limitNow(version, dossier),
    oneStop: plan.oneStop,
    recountedFees: missing.recounted,
    filesAtHand: true,
  }
  const due = explainDue(dossier, calendar)
  const notes = new Map(opened.notes.map((note) => [note.note_id, note]))
  const handling = mayHandle(actor, dossier)
  const changes = changesIn(context, opened)
  return {
    dossierId,
    agencyId,
    agencyName: agency.fullName,
    code: dossier.code,
    version: dossier.version,
    status: dossier.status,
    nationalStatus: nationalStatus[dossier.status],
    procedure: {
      code: version.code,
      name: version.name,
      shortName: version.shortName,
      caseKey: dossier.caseKey,
      caseName: caseOf(version, dossier.caseKey)?.name ?? '',
      field: dossier.field,
      fieldName: fields.find(({ key }) => key === dossier.field)?.name ?? dossier.field,
      versionId: dossier.procedureVersionId,
      citation: citationOf(version),
    },
    contactPhone: phone,
    channel: dossier.channel,
    assisted: dossier.assistedBy !== null,
    law: dossier.law,
    sets: dossier.sets,
    lodgedAt: dossier.lodgedAt,
    acceptBy: dossier.acceptBy,
    receivedAt: dossier.receivedAt,
    clockStartedAt: dossier.clockStartedAt,
    forwardBy: dossier.forwardBy,
    completeBy: dossier.completeBy,
    finishedAt: dossier.finishedAt,
    returnedAt: dossier.returnedAt,
    outcome: dossier.outcome,
    due: {
      original: dossier.dueOriginal,
      current: dossier.dueCurrent,
      timeliness: timeliness({ ...dossier, due: dossier.dueCurrent }, now),
      explanation: due?.explanation ?? null,
      sentences: due ? explain(due.explanation, 'vi') : [],
    },
    delivery: dossier.delivery,
    deliveryAddress: opened.persons.find(({ content }) => content?.deliveryAddress)?.content?.deliveryAddress ?? null,
    persons: opened.persons.map((row) => viewPerson(context, row, handling)).toSorted(byRole),
    components: componentsOf(version, dossier, handling),
    fee: {
      lines: dossier.fees.map(({ name, amount, basis }) => ({ name, amount, basis })),
      due: dossier.feeDue,
      paid: dossier.feePaid,
      refunded: dossier.feeRefunded,
      unset: missing.unset,
      recount: recountView(actor, dossier, { missing, facts }),
    },
    open: dossier.open.map((step) => viewStep(step, names, plan)),
    stages: plan.process.stages.map(({ steps }, stage) =>
      steps.map((step, place) => {
        const resolved = plan.plan[stage]?.[place]
        return {
          key: step.key,
          kind: step.kind,
          name: step.name,
          unitName: resolved ? names.unit(resolved.unitId) : '',
          agencyName: resolved && resolved.agencyId !== agencyId ? names.agency(resolved.agencyId) : '',
          minutes: resolved?.minutes ?? 0,
          state: stateOf(dossier, step),
        }
      }),
    ),
    opinions: dossier.opinions.map((opinion) => ({ ...opinion, unitName: names.unit(opinion.unitId) })),
    result:
      dossier.outcome === null
        ? null
        : {
            number: dossier.resultNumber,
            fileId: handling ? dossier.resultFileId : null,
            signedBy: names.officer(dossier.signedBy),
            electronic: dossier.resultElectronic,
          },
    correction: dossier.correction,
    timeline: events.map((row) => ({
      version: row.version,
      type: row.type,
      occurredAt: row.occurred_at,
      recordedAt: row.recorded_at,
      source: row.source,
      officerName: names.officer(row.officer_id),
      postTitle: row.post_id === null ? null : (titles.get(row.post_id) ?? null),
      onBehalfOfName: names.officer(row.on_behalf_of),
      aboutName: names.officer(assignedIn(row)),
      details: detailsOf(row, notes),
      changes: (changes.get(row.version) ?? []).map((change) => (handling ? change : maskReach(change))),
      event: { ...row.body },
    })),
    commands: commandsFor(actor, dossier, facts),
    forms: [],
    mayReveal: mayReveal(actor, dossier),
    mayHandle: handling,
  }
}

function stateOf(dossier: Dossier, step: { key: string; kind: string }): 'done' | 'open' | 'ahead' {
  if (dossier.open.some(({ key }) => key === step.key)) return 'open'
  const returned = step.kind === 'return' && dossier.returnedAt !== null
  return dossier.done.includes(step.key) || returned ? 'done' : 'ahead'
}

/** Whether this actor may see a whole identity number in this dossier. */
export const mayReveal = (actor: Actor, dossier: Dossier): boolean =>
  [{ agencyId: dossier.agencyId }, ...dossier.open].some((place) => may(actor, 'identity-number.reveal', place))

/** Given by pages of their own or beside what they are about, not by a button of the dossier. */
const ofRooms = new Set<CommandType>(['recomputeDue', 'refundFee', 'reverseFee', 'waiveFee', 'recountFees'])

/** The buttons: what the law knows in this state, the post allows, and with the reason where it is not possible now. */
function commandsFor(actor: Actor, dossier: Dossier, facts: Facts): DossierView['commands'] {
  return availableCommands(dossier, facts)
    .filter(({ type }) => !ofRooms.has(type) && postFor(actor, dossier, type, { plan: facts.plan }) !== undefined)
    .map(({ type, refusal }) => ({
      type,
      refusal: refusal ? { ...refusal, detail: word(vi.refusals, refusal) } : null,
    }))
}

/** What can be done about fees whose amount was missing when the dossier was lodged. */
function recountView(
  actor: Actor,
  dossier: Dossier,
  { missing: { unset, recounted }, facts }: { missing: MissingFees; facts: Facts },
): DossierView['fee']['recount'] {
  if (unset.length === 0) return null
  const refusal = guard(dossier, 'recountFees', facts)
  const closedOr = refusal?.code === 'no-fee-to-recount' ? 'missing' : 'final'
  const state = refusal ? closedOr : 'entered'
  const before = dossier.fees.map(({ name, amount }) => `${name} ${amount}`)
  const lines = refusal || !recounted ? [] : recounted.filter((line) => !before.includes(`${line.name} ${line.amount}`))
  return {
    state,
    lines: lines.map(({ name, amount, basis }) => ({ name, amount, basis })),
    mayRecount: !refusal && postFor(actor, dossier, 'recountFees', { plan: facts.plan }) !== undefined,
  }
}

const limitNow = (version: Parameters<typeof caseOf>[0], dossier: Dossier) =>
  caseOf(version, dossier.caseKey)?.timeLimits.find(({ channels }) => channels.includes(dossier.channel)) ?? null

/** How the due date came about, counted again from the facts in the log. */
export function explainDue(dossier: Dossier, calendar: Facts['calendar']): ReturnType<typeof dueAt> | undefined {
  const { clockStartedAt, limit, reading, nextDayAfter15, pauses } = dossier
  if (!clockStartedAt || !limit || !reading) return undefined
  return dueAt({ start: clockStartedAt, limit, reading, calendar, nextDayAfter15, pauses })
}

export const detailsOf = (row: EventRow, notes: ReadonlyMap<string, NoteRow>): Details | null => {
  const ref = 'details' in row.body ? row.body.details : null
  const content = ref ? notes.get(ref.id)?.content : null
  return (content ?? null) as Details | null
}

const roleOrder: readonly PersonView['role'][] = ['applicant', 'submitter', 'owner', 'delegate', 'recipient']
/** Who was written down anew stands where the one before stood. */
const byRole = (one: PersonView, other: PersonView): number =>
  roleOrder.indexOf(one.role) - roleOrder.indexOf(other.role)

const HIDDEN = '••••'
export const maskPhone = (phone: string): string => (phone === '' ? '' : `${HIDDEN} ${phone.slice(-3)}`)
const maskEmail = (email: string): string =>
  email === '' ? '' : `${email.slice(0, 1)}${HIDDEN}${email.slice(Math.max(email.indexOf('@'), 0))}`

/** How to reach somebody, hidden in what an amendment changed. */
function maskReach(change: AmendmentChange): AmendmentChange {
  if (change.what !== 'phone' && change.what !== 'email') return change
  const mask = change.what === 'phone' ? maskPhone : maskEmail
  return { ...change, before: change.before && mask(change.before), after: change.after && mask(change.after) }
}

/** A person for the screen: the number masked; telephone and mail opened for those who handle the dossier. */
function viewPerson(context: Pick<DossierContext, 'keys'>, row: PersonRow, handling: boolean): PersonView {
  const secret = openSecret(context.keys, row)
  const { content } = row
  return {
    personId: row.person_id,
    role: content?.roles[0] ?? 'applicant',
    kind: content?.kind ?? 'individual',
    name: content?.name ?? '',
    identityKind: content?.identityKind ?? 'none',
    identityNumber: content?.maskedNumber ?? '',
    birthDay: content?.birthDay ?? null,
    sex: content?.sex ?? null,
    phone: handling ? secret.phone : maskPhone(secret.phone),
    email: handling ? secret.email : maskEmail(secret.email),
    address: content?.address ?? '',
    relation: content?.relation ?? '',
    erased: row.erased_at !== null,
  }
}

function componentsOf(
  version: Parameters<typeof caseOf>[0],
  dossier: Dossier,
  withFiles: boolean,
): DossierView['components'] {
  const rules = caseOf(version, dossier.caseKey)?.components ?? []
  const states = new Map(dossier.components.map((component) => [component.key, component]))
  return rules.map((rule) => {
    const state = states.get(rule.key)
    const { title, explanation } = componentTitle(rule)
    return {
      key: rule.key,
      name: title,
      explanation,
      officialForm: rule.form,
      need: rule.need,
      ways: openWays(rule),
      originals: rule.originals,
      copies: rule.copies,
      given: state?.given ?? false,
      form: state?.form ?? (rule.originals > 0 ? 'original' : 'copy'),
      count: state?.count ?? 0,
      digital: state?.digital ?? null,
      files: withFiles ? [...(state?.files ?? [])] : [],
      ...(state?.way ? { way: state.way } : {}),
    }
  })
}

function namesOf(context: DossierContext, { dossier, events }: OpenedDossier, plan: ResolvedPlan): Promise<Names> {
  const places = [...dossier.open, ...dossier.paused, ...plan.plan.flat(), ...dossier.opinions]
  return namesFor(context.db, {
    officers: [
      ...events.flatMap((row) => [row.officer_id, row.on_behalf_of, assignedIn(row)]),
      ...dossier.open.map(({ officerId }) => officerId),
      dossier.signedBy,
    ],
    units: places.map(({ unitId }) => unitId),
    agencies: places.map(({ agencyId }) => agencyId),
    versions: [dossier.procedureVersionId],
    day: dayOf(context.clock()),
  })
}

const assignedIn = ({ body }: EventRow): number | null => (body.type === 'stepAssigned' ? body.officerId : null)

const systemSteps: Readonly<Record<string, string>> = vi.steps

export const stepName = (
  { process }: Pick<ResolvedPlan, 'process'>,
  step: Pick<OpenStep | TaskRow, 'key' | 'kind'>,
): string => findStep(process, step.key)?.name ?? systemSteps[step.key] ?? systemSteps[step.kind] ?? step.key

const viewStep = (step: OpenStep, names: Names, plan: ResolvedPlan): StepView => ({
  ...step,
  name: stepName(plan, step),
  agencyName: names.agency(step.agencyId),
  unitName: names.unit(step.unitId),
  officerName: names.officer(step.officerId),
})

/** Lines of a queue with the names that people read. */
export async function viewTasks(context: DossierContext, tasks: readonly TaskRecord[]): Promise<QueueItem[]> {
  const names = await namesFor(context.db, {
    officers: tasks.map(({ officer_id }) => officer_id),
    units: tasks.map(({ unit_id }) => unit_id),
    agencies: tasks.filter((task) => task.agency_id !== task.handling_agency_id).map(({ agency_id }) => agency_id),
    versions: tasks.map(({ procedure_version_id }) => procedure_version_id),
    day: dayOf(context.clock()),
  })
  return tasks.map((task) => ({
    dossierId: task.dossier_id,
    agencyId: task.agency_id,
    key: task.key,
    kind: task.kind,
    stepName: systemSteps[task.key] ?? systemSteps[task.kind] ?? stepWords[task.kind] ?? task.key,
    status: task.status,
    code: task.code,
    applicantName: task.applicant_name,
    procedureName: names.procedure(task.procedure_version_id).shortName,
    field: task.field,
    channel: task.channel,
    unitId: task.unit_id,
    unitName: names.unit(task.unit_id),
    officerId: task.officer_id,
    officerName: names.officer(task.officer_id),
    openedAt: task.opened_at,
    stepDueAt: task.step_due_at,
    dueAt: task.due_at,
    ownerName: task.agency_id === task.handling_agency_id ? null : names.agency(task.agency_id),
  }))
}

const stepWords: Readonly<Record<string, string>> = vi.stepKinds

/** Lines of a list or register. */
export async function viewDossiers(context: DossierContext, rows: readonly DossierRecord[]): Promise<DossierItem[]> {
  const now = context.clock()
  const names = await namesFor(context.db, { versions: rows.map((row) => row.procedure_version_id), day: dayOf(now) })
  return rows.map((row) => ({
    dossierId: row.dossier_id,
    agencyId: row.agency_id,
    code: row.code,
    status: row.status,
    procedureCode: row.procedure_code,
    procedureName: names.procedure(row.procedure_version_id).shortName,
    field: row.field,
    channel: row.channel,
    applicantName: row.applicant_name,
    lodgedAt: row.lodged_at,
    receivedAt: row.received_at,
    dueOriginal: row.due_original,
    dueAt: row.due_current,
    finishedAt: row.finished_at,
    returnedAt: row.returned_at,
    timeliness: timeliness({ status: row.status, finishedAt: row.finished_at, due: row.due_current }, now),
    delivery: row.delivery,
    apologies: row.apologies,
    extensions: row.extensions,
  }))
}
