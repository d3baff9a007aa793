import type { FileStore } from '../../documents/index.ts'
import { caseOf, getVersion, type ComponentRule, type ProcedureVersion } from '../../catalogue/index.ts'
import {
  detailsOf,
  mend,
  readDossier,
  type Details,
  type IntakeBody,
  type OpenedDossier,
} from '../../dossiers/index.ts'
import { addMinutes, dayOf, type Day } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import {
  answerAt,
  answersFromPost,
  checkAnswers,
  describe,
  findFilled,
  findingsWithin,
  getForm,
  intakeOf,
  keepFilled,
  postOf,
  standsFor,
  type Answers,
  type EForm,
  type Finding,
} from '../eforms/index.ts'
import type { DraftFile, Posted } from './contract.ts'
import type { Draft } from './drafts.ts'
import type { FilingContext } from './flow.ts'
import type { LodgingRefusal } from './lodging.ts'
import { mendMarks, openMarksOf, type Mark } from './marks.ts'
import type { MarkedValue } from './marks-contract.ts'
import { bringDeclaration, bringPapers, namesOf } from './papers.ts'
import { changeDraft, leaseDraft } from './store.ts'
import { filesOf, removeBytes } from './uploads.ts'

/** Name of the one part of a draft that mends. */
export const MEND = 'bo-sung'

/** Why the dossier may be changed: something was asked for, or nobody has accepted it yet. */
export type MendMode = 'supplement' | 'adjust'

export type Mending = {
  mode: MendMode
  draft: Draft
  opened: OpenedDossier
  version: ProcedureVersion
  caseKey: string
  form: EForm | null
  /** As kept with the dossier, and with what is mended so far. */
  before: Answers
  answers: Answers
  marks: Mark[]
  /** Paths of the form that may be changed; null for all. */
  paths: readonly string[] | null
  papers: ComponentRule[]
  files: DraftFile[]
  /** What the officer wrote besides the marks. */
  details: Details | null
  day: Day
}

/** Whether the applicant may change this dossier now. */
export function mendMode({ dossier }: OpenedDossier): MendMode | undefined {
  if (dossier.status === 'supplementAtIntake' || dossier.status === 'awaitingSupplement') return 'supplement'
  return dossier.status === 'lodged' && dossier.channel === 'online' ? 'adjust' : undefined
}

export async function readMending(
  context: FilingContext,
  { opened, draft, mode }: { opened: OpenedDossier; draft: Draft; mode: MendMode },
): Promise<Mending> {
  const { db, keys, clock } = context
  const { agencyId, dossierId, dossier } = opened
  const owner = { agencyId, dossierId }
  const [filled, marks, files, { version }] = await Promise.all([
    withScope(db, { agencies: [agencyId] }, (tx) => findFilled(tx, keys, owner)),
    mode === 'supplement' ? openMarksOf(context, owner) : [],
    filesOf(context, draft.draft_id),
    getVersion(db, dossier.procedureVersionId),
  ])
  const form = filled && !filled.erased ? await getForm(db, filled.formId) : null
  const before = filled?.answers ?? {}
  const caseKey = dossier.caseKey
  const paths = marks.length > 0 ? marks.filter(({ kind }) => kind === 'field').map(({ target }) => target) : null
  const sent = draft.content?.parts[MEND]?.values
  const answers = form && sent ? mended(form, before, sent, { caseKey, paths }) : before
  const rules = (caseOf(version, caseKey)?.components ?? []).filter(({ key }) => !form || !standsFor(form, key))
  const asked = marks.filter(({ kind }) => kind === 'paper').map(({ target }) => target)
  const papers = marks.length > 0 ? rules.filter(({ key }) => asked.includes(key)) : askedPapers(opened, mode, rules)
  const notes = new Map(opened.notes.map((note) => [note.note_id, note]))
  const request = opened.events.findLast(({ type }) => type === 'supplementRequested')
  return {
    mode,
    draft,
    opened,
    version,
    caseKey,
    form,
    before,
    answers,
    marks,
    paths,
    papers,
    files,
    details: mode === 'supplement' && request ? detailsOf(request, notes) : null,
    day: dayOf(clock()),
  }
}

/** The papers that the officer named; all of the case when none was. */
function askedPapers({ events }: OpenedDossier, mode: MendMode, rules: readonly ComponentRule[]): ComponentRule[] {
  const request = mode === 'supplement' ? events.findLast(({ type }) => type === 'supplementRequested') : undefined
  const keys = (request?.body as { componentKeys?: readonly string[] } | undefined)?.componentKeys ?? []
  return keys.length > 0 ? rules.filter(({ key }) => keys.includes(key)) : [...rules]
}

/** The answers with what was sent, where it may be changed; everything else stays as it is. */
export function mended(
  form: EForm,
  before: Answers,
  sent: Posted,
  { caseKey, paths }: { caseKey: string; paths: readonly string[] | null },
): Answers {
  const base: Record<string, string | readonly string[]> = postOf(form, before)
  if (paths === null) {
    // A box that was unticked is not sent at all.
    const all = answersFromPost(form, sent, { caseKey })
    return Object.keys(all).length > 0 ? all : before
  }
  const isOpen = (name: string) => paths.some((path) => name === path || name.startsWith(`${path}.`))
  const kept = Object.entries(base).filter(([name]) => !isOpen(name))
  const changed = Object.entries(sent).filter(([name]) => isOpen(name))
  return answersFromPost(form, Object.fromEntries([...kept, ...changed]), { caseKey })
}

/** What still stands in the way of sending. */
export function faultsOf({ form, answers, before, caseKey, paths, marks, papers, files, day, mode, opened }: Mending): {
  findings: Finding[]
  papers: ComponentRule[]
  unchanged: boolean
} {
  const filedOn = dayOf(opened.dossier.lodgedAt)
  const findings = form ? findingsWithin(checkAnswers(form, answers, { today: day, filedOn, caseKey }), paths) : []
  const isSent = (key: string) => files.some(({ component, done }) => component === key && done)
  const needed = marks.length > 0 ? papers.filter(({ key }) => !isSent(key)) : []
  const coming = papers.filter(({ key }) => files.some(({ component, done }) => component === key && !done))
  const unchanged =
    mode === 'supplement' &&
    marks.length === 0 &&
    files.length === 0 &&
    JSON.stringify(answers) === JSON.stringify(before)
  return { findings, papers: [...new Set([...needed, ...coming])], unchanged }
}

const LEASE_SECONDS = 60

/**
 * Sends what was mended. The system accepts it in this moment and the clock follows: whether it is right, the officer
 * says afterwards. Sent twice, it counts once.
 */
export async function sendMending(
  context: FilingContext,
  files: FileStore,
  mending: Mending,
): Promise<Result<{ dossierId: string }, LodgingRefusal>> {
  const { draft, opened, form, answers, before, caseKey, mode } = mending
  const { agencyId, dossierId, dossier } = opened
  const now = context.clock()
  if (draft.lodging_at === null) {
    const faults = faultsOf(mending)
    if (faults.findings.length > 0 || faults.papers.length > 0 || faults.unchanged)
      return refuse({ code: 'unfinished' })
  }
  const leased = await leaseDraft(context.db, draft.draft_id, { now, before: addMinutes(now, -LEASE_SECONDS / 60) })
  if (!leased) return refuse({ code: 'being-lodged' })
  const isChanged = form !== null && JSON.stringify(answers) !== JSON.stringify(before)
  const components = await bringFiles(context, files, mending)
  if (isChanged) components.push(...(await declarationAnew(context, files, mending)))
  const saysOf = (given: Answers) => form && intakeOf(form, given, { caseKey })
  const outcome = await mend(context, {
    agencyId,
    dossierId,
    commandId: draft.command_id,
    type: mode === 'supplement' ? 'acceptSupplement' : 'recordComponents',
    components,
    before: saysOf(before),
    after: saysOf(answers),
  })
  if (!outcome.ok) {
    await changeDraft(context.db, draft.draft_id, { lodging_at: null })
    return outcome
  }
  await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    if (isChanged)
      await keepFilled(tx, context.keys, {
        agencyId,
        dossierId,
        formId: form.formId,
        caseKey,
        answers,
        by: 'citizen',
        at: context.clock(),
      })
    if (mode === 'supplement')
      await mendMarks(tx, context.keys, { agencyId, dossierId, at: context.clock() }, (mark) =>
        standing(mending, components, mark),
      )
  })
  await changeDraft(context.db, draft.draft_id, {
    lodged_at: context.clock(),
    lodged_agency_id: agencyId,
    lodged_dossier_id: dossierId,
    content: null,
  })
  await removeBytes(
    context,
    mending.files.map(({ fileId }) => fileId),
  )
  context.log.info({ what: 'mended', dossierId, mode, papers: components.length, version: dossier.version })
  return accept({ dossierId })
}

/** Finishes what was cut short while it was sent: the supplement may be accepted already, the answers not kept. */
export async function finishMending(
  context: FilingContext,
  files: FileStore,
  draft: Draft,
): Promise<Result<{ dossierId: string }, LodgingRefusal>> {
  const { mends_agency_id: agencyId, mends_dossier_id: dossierId } = draft
  const opened = agencyId !== null && dossierId !== null ? await readDossier(context, agencyId, dossierId) : undefined
  if (!opened) return refuse({ code: 'closed' })
  return sendMending(context, files, await readMending(context, { opened, draft, mode: modeOf(opened, draft) }))
}

/** What it was sent for: after an accepted supplement the dossier no longer waits for one, but its marks are still open. */
function modeOf(opened: OpenedDossier, draft: Draft): MendMode {
  const isAccepted = opened.events.some(
    ({ command_id: id, type }) => id === draft.command_id && type === 'supplementReceived',
  )
  return isAccepted ? 'supplement' : (mendMode(opened) ?? 'adjust')
}

type Component = IntakeBody['components'][number]

/** What stands at a marked place now. */
function standing(
  { form, answers, caseKey, files }: Mending,
  components: readonly Component[],
  { kind, target }: { kind: 'field' | 'paper'; target: string },
): MarkedValue | null {
  if (kind === 'paper') {
    const component = components.find(({ key }) => key === target)
    const names = files.filter((file) => file.component === target).map(({ name }) => name)
    if (!component) return null
    return { files: component.files.map((fileId, index) => ({ fileId, name: names[index] ?? '' })) }
  }
  if (!form || answerAt(answers, target) === undefined) return { text: '' }
  const line = describe(form, answers, { caseKey })
    .flatMap(({ lines }) => lines)
    .find(({ path }) => path === target)
  return { text: line?.value ?? '' }
}

/** The declaration as it reads now stands beside the one before. */
async function declarationAnew(
  context: FilingContext,
  files: FileStore,
  { form, answers, draft, opened: { agencyId, dossierId, dossier } }: Mending,
): Promise<Component[]> {
  const at = draft.created_at
  const printed = form && (await bringDeclaration(context, files, { form, answers, agencyId, dossierId, at }))
  if (!printed) return []
  const { component: key, fileId } = printed
  const earlier = dossier.components.find((component) => component.key === key)?.files ?? []
  return [
    { key, given: true, form: 'electronic', count: 1, digital: 'uploaded', files: [...new Set([...earlier, fileId])] },
  ]
}

async function bringFiles(
  context: FilingContext,
  files: FileStore,
  { draft, opened, version, papers: rules, files: sent }: Mending,
): Promise<Component[]> {
  const brought = await bringPapers(context, files, sent, {
    names: namesOf(rules),
    author: version.shortName,
    at: draft.created_at,
    agencyId: opened.agencyId,
    dossierId: opened.dossierId,
    officerId: null,
  })
  return [...brought].map(([key, ids]) => ({
    key,
    given: true,
    form: 'electronic',
    count: 1,
    digital: 'uploaded',
    files: ids,
  }))
}
