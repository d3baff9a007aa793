import { caseOf, componentTitle, getVersion, type ProcedureVersion } from '../../catalogue/index.ts'
import {
  detailsOf,
  evolve,
  followLog,
  readDossier,
  toHappened,
  trackingKey,
  trackingPath,
  type Dossier,
  type DossierContext,
  type DossierEventType,
  type OpenedDossier,
} from '../../dossiers/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import { dayOf, writeInstant, type Day } from '../../platform/day.ts'
import { withScope, type Db } from '../../platform/db.ts'
import { describe, getForm, listFilled, placeLabel, type EformTables } from '../eforms/index.ts'
import { listCodedAgencyIds, listOfficers, listReceivingPoints } from '../../staff/index.ts'
import { queueMessage } from './commands.ts'
import type { NoticeLanguage } from './contract.ts'
import { isFresh, noticesFor, recipientsOf } from './rules/dossier-notices.ts'
import type { FactsOf } from './rules/notice-events.ts'
import type { NoticeTables } from './store.ts'
import { contactsOf, filedIn } from './tell-submitter.ts'

export type FollowContext = Context<TablesOf<DossierContext> & NoticeTables & EformTables>

const NAME = 'notices'

/** Entries that may lead to a message; the others are not even opened. */
const told: ReadonlySet<string> = new Set<DossierEventType>([
  'lodged',
  'received',
  'notReceived',
  'supplementRequested',
  'paymentRequired',
  'feesRecounted',
  'extended',
  'apologised',
  'resultSigned',
  'stepCompleted',
  'withdrawn',
  'stopped',
  'closedUnsupplemented',
  'resultReturned',
])

/** Reads on in the log of the dossiers and asks for the messages that follow from it. Returns how many entries it read. */
export async function followNotices(
  context: FollowContext,
  { stopping }: { stopping?: AbortSignal } = {},
): Promise<number> {
  const agencies = await listCodedAgencyIds(context.db)
  let read = 0
  while (!stopping?.aborted) {
    const some = await readPage(context, agencies)
    if (some === 0) break
    read += some
  }
  return read
}

const readPage = (context: FollowContext, agencies: readonly number[]): Promise<number> =>
  followLog(context, { name: NAME, agencies, limit: 2000 }, async (dossierTx, entries) => {
    const tx = dossierTx as unknown as Db<NoticeTables>
    const now = context.clock()
    const fresh = new Map<string, { agencyId: number; dossierId: string; versions: Set<number> }>()
    for (const { agency_id: agencyId, dossier_id: dossierId, version, type, occurred_at: at } of entries) {
      if (!told.has(type) || !isFresh(at, now)) continue
      const known = fresh.get(dossierId) ?? { agencyId, dossierId, versions: new Set<number>() }
      known.versions.add(version)
      fresh.set(dossierId, known)
    }
    for (const { agencyId, dossierId, versions } of fresh.values()) {
      const opened = await readDossier(context, agencyId, dossierId)
      if (opened) await tell({ ...context, db: tx }, context, { opened, versions })
    }
  })

/** Asks for what follows from these entries of one dossier. */
async function tell(
  into: Pick<Context, 'keys' | 'clock'> & { db: Db<NoticeTables> },
  context: FollowContext,
  { opened, versions }: { opened: OpenedDossier; versions: ReadonlySet<number> },
): Promise<void> {
  const { agencyId, dossierId, events, dossier } = opened
  const { keys, db, clock } = context
  const { version: procedure } = await getVersion(db, dossier.procedureVersionId)
  const place = await placeOf(context, agencyId, dossier, dayOf(clock()))
  const key = trackingKey(keys, opened)
  const proof = `ma=${encodeURIComponent(dossier.code)}&k=${key}`
  const common = {
    code: dossier.code,
    procedure: procedure.shortName,
    trackLink: `${trackingPath}/${encodeURIComponent(dossier.code)}?k=${key}`,
    mendLink: `/ho-so-cua-toi/${dossierId}/bo-sung?${proof}`,
  }
  const paperNames = papersOf(procedure, dossier.caseKey)
  const told = await filedIn(into.db, opened)
  const language = told ?? 'vi'
  const contacts = contactsOf(keys, opened)
  let before: Dossier | undefined
  for (const row of events) {
    const { event } = toHappened(row)
    const after = evolve(before, toHappened(row))
    if (versions.has(row.version)) {
      const fields = await fieldsToMend(context, opened, { row, language })
      const resultLink = `/ho-so-cua-toi/${dossierId}?${proof}`
      const notices = noticesFor({ event, before, after, paperNames, fields, language, place, resultLink })
      for (const { template, facts, toApplicant } of notices) {
        if (template === 'dossier-lodged' && told) continue
        for (const { email, phone, personId } of recipientsOf(contacts, toApplicant))
          await queueMessage(into, {
            agencyId,
            to: { email, phone },
            template,
            facts: { ...common, ...facts } as FactsOf<'dossier-lodged'>,
            dedupeKey: `dossier/${dossierId}/${row.version}/${template}/${personId}`,
            dossierId,
            language,
          })
      }
      if (event.type === 'lodged' && event.channel === 'online') await alertOfficers(into, context, { opened, common })
    }
    before = after
  }
}

/** NĐ 118/2025/NĐ-CP, Điều 17: within two hours the officers know of an online dossier; here at once. */
async function alertOfficers(
  into: Pick<Context, 'keys' | 'clock'> & { db: Db<NoticeTables> },
  { db, clock }: FollowContext,
  { opened, common }: { opened: OpenedDossier; common: { code: string; procedure: string } },
): Promise<void> {
  const { agencyId, dossierId, dossier } = opened
  if (dossier.status !== 'lodged') return
  const officers = await listOfficers(db, { day: dayOf(clock()), agencies: [agencyId] })
  const receiving = officers.filter(({ posts }) =>
    posts.some((post) => post.role === 'receiving-officer' && post.agencyId === agencyId),
  )
  for (const { officerId, email } of receiving)
    await queueMessage(into, {
      agencyId,
      to: { email },
      channels: ['email'],
      template: 'officer-online-waiting',
      facts: {
        code: common.code,
        procedure: common.procedure,
        acceptBy: dossier.acceptBy ? writeInstant(dossier.acceptBy) : '',
        dossierLink: `/can-bo/ho-so/${dossierId}`,
      },
      dedupeKey: `online-waiting/${dossierId}/${officerId}`,
      dossierId,
    })
}

/** Where the result is fetched: the point that took the dossier in, else the first of the authority. */
async function placeOf({ db }: FollowContext, agencyId: number, dossier: Dossier, day: Day): Promise<string> {
  const points = await listReceivingPoints(db, agencyId, day)
  const point = points.find(({ receivingPointId }) => receivingPointId === dossier.receivingPointId) ?? points[0]
  return point ? [point.name, point.address].filter(Boolean).join(', ') : ''
}

/** Everyday names of papers, short enough for a message. */
const papersOf = (version: ProcedureVersion, caseKey: string): ReadonlyMap<string, string> =>
  new Map((caseOf(version, caseKey)?.components ?? []).map((rule) => [rule.key, componentTitle(rule).title]))

/**
 * Answers of the electronic form that a supplement asks to mend. Only what is a label of the form is told: what an officer
 * wrote freely may name people.
 */
async function fieldsToMend(
  { db, keys }: FollowContext,
  { agencyId, dossierId, dossier, notes }: OpenedDossier,
  { row, language }: { row: OpenedDossier['events'][number]; language: NoticeLanguage },
): Promise<string[]> {
  if (row.body.type !== 'supplementRequested' || dossier.channel !== 'online') return []
  const asked = detailsOf(row, new Map(notes.map((note) => [note.note_id, note])))?.items?.map(({ paper }) => paper)
  const [filled] = await withScope(db, { agencies: [agencyId] }, (tx) => listFilled(tx, keys, { agencyId, dossierId }))
  if (!asked || !filled) return []
  const form = await getForm(db, filled.formId)
  const labelsIn = (spoken: NoticeLanguage): string[] =>
    describe(form, filled.answers, { caseKey: filled.caseKey, all: true, language: spoken }).flatMap(
      ({ title, lines }) => lines.map((line) => placeLabel(title, line)),
    )
  const words = labelsIn(language)
  return labelsIn('vi').flatMap((label, index) => (asked.includes(label) ? (words[index] ?? label) : []))
}
