import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { addMinutes, type Instant } from '../../platform/day.ts'
import { networkOf } from '../../platform/http/attempts.ts'
import { newId } from '../../platform/id.ts'
import type { Keys } from '../../platform/keys.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { DraftContent } from './contract.ts'
import { mergePart, type Merged, type Sent } from './rules/merge.ts'
import { readResumeCode, resumeCode } from './rules/resume-code.ts'
import {
  changeDraft,
  countDrafts,
  findDraft,
  findDraftByCode,
  findMending,
  insertDraft,
  listDrafts,
  listLodged,
  lockDraft,
  type DraftRow,
  type FilingTables,
} from './store.ts'

export type DraftContext = Pick<Context<FilingTables>, 'db' | 'keys' | 'clock'>

/** Who asks for a draft: a signed-in citizen, a browser with its key, or both. */
export type Asker = { accountId: string | null; key: string | null; address: string }

/** A draft as its owner works on it. */
export type Draft = Omit<DraftRow, 'content'> & { content: DraftContent | null }

export type DraftRefusal = { code: 'too-many-drafts' } | { code: 'too-many-here' }

const DAY = 24 * 60
/** Many share one address of a mobile network; a program that fills the table does not stop at this. */
const MOST_A_SOURCE_A_DAY = 300
const MOST_A_BROWSER = 20
const MOST_BROWSERS = 5
const MOST_GUESSES = 10

/** A new key of a browser: 128 bits that only its cookie knows. */
export const makeBrowserKey = (): string => randomBytes(16).toString('base64url')

const keyHash = (key: string | null): Buffer | null => (key ? createHash('sha256').update(key).digest() : null)

const sealContent = (keys: Keys, content: DraftContent): Buffer => keys.encrypt(JSON.stringify(content))
export const openContent = (keys: Keys, row: DraftRow): Draft => ({
  ...row,
  content: row.content && (JSON.parse(keys.decrypt(row.content)) as DraftContent),
})

/** Begins a draft, unless there are too many already. `key` is that of the browser, which has one by now. */
export async function beginDraft(
  { db, keys, clock }: DraftContext,
  {
    asker,
    procedureCode,
    content,
    officerId = null,
    most = MOST_A_BROWSER,
    days,
  }: {
    asker: Asker & { key: string }
    procedureCode: string
    content: DraftContent
    officerId?: number | null
    most?: number
    days: number
  },
): Promise<Result<string, DraftRefusal>> {
  const now = clock()
  const sourceIndex = keys.blindIndex('draft-source', networkOf(asker.address))
  const hash = keyHash(asker.key)
  const { own, source } = await countDrafts(db, {
    accountId: asker.accountId,
    keyHash: hash,
    sourceIndex,
    now,
    since: addMinutes(now, -DAY),
  })
  if (own >= (asker.accountId === null ? Math.min(most, MOST_A_BROWSER) : most))
    return refuse({ code: 'too-many-drafts' })
  if (source >= MOST_A_SOURCE_A_DAY) return refuse({ code: 'too-many-here' })
  const draftId = newId(Date.parse(now))
  await insertDraft(db, {
    draft_id: draftId,
    account_id: asker.accountId,
    officer_id: officerId,
    key_hashes: hash ? [hash] : [],
    resume_index: null,
    phone_index: null,
    wrong_guesses: 0,
    source_index: sourceIndex,
    procedure_code: procedureCode,
    mends_agency_id: null,
    mends_dossier_id: null,
    command_id: randomUUID(),
    content: sealContent(keys, content),
    revision: 1,
    created_at: now,
    touched_at: now,
    expires_at: addMinutes(now, days * DAY),
    lodging_at: null,
    lodged_at: null,
    lodged_agency_id: null,
    lodged_dossier_id: null,
  })
  return accept(draftId)
}

/**
 * The draft in which a dossier is mended: the one that is there, or a new one. Whoever may mend the dossier may open it,
 * from any of their browsers.
 */
export async function mendingDraft(
  { db, keys, clock }: DraftContext,
  {
    asker,
    dossier,
    days,
  }: {
    asker: Asker & { key: string }
    dossier: { agencyId: number; dossierId: string; procedureCode: string; caseKey: string; language: 'vi' | 'en' }
    days: number
  },
): Promise<Draft> {
  const now = clock()
  const hash = keyHash(asker.key)
  const found = await findMending(db, dossier.dossierId)
  if (found) {
    if (hash && !found.key_hashes.some((known) => known.equals(hash))) {
      found.key_hashes = [...found.key_hashes, hash].slice(-MOST_BROWSERS)
      await changeDraft(db, found.draft_id, { key_hashes: found.key_hashes })
    }
    return openContent(keys, found)
  }
  const { agencyId, dossierId, procedureCode, caseKey, language } = dossier
  const row: DraftRow = {
    draft_id: newId(Date.parse(now)),
    account_id: null,
    officer_id: null,
    key_hashes: hash ? [hash] : [],
    resume_index: null,
    phone_index: null,
    wrong_guesses: 0,
    source_index: keys.blindIndex('draft-source', networkOf(asker.address)),
    procedure_code: procedureCode,
    mends_agency_id: agencyId,
    mends_dossier_id: dossierId,
    command_id: randomUUID(),
    content: sealContent(keys, { language, caseKey, agencyId, parts: {}, kept: [] }),
    revision: 1,
    created_at: now,
    touched_at: now,
    expires_at: addMinutes(now, days * DAY),
    lodging_at: null,
    lodged_at: null,
    lodged_agency_id: null,
    lodged_dossier_id: null,
  }
  try {
    await insertDraft(db, row)
    return openContent(keys, row)
  } catch (fault) {
    // Two windows at once: the other one has begun it.
    if ((fault as { code?: unknown }).code !== '23505') throw fault
    return mendingDraft({ db, keys, clock }, { asker, dossier, days })
  }
}

/** Dossiers that the asker has lodged from here. */
export const lodgedFrom = (
  { db, clock }: DraftContext,
  asker: Asker,
): Promise<{ agencyId: number; dossierId: string }[]> =>
  listLodged(db, { accountId: asker.accountId, keyHash: keyHash(asker.key), now: clock() })

/** Somebody else's draft and one that is not there look the same. */
const isOf = (row: DraftRow, asker: Asker, now: Instant): boolean => {
  if (row.expires_at <= now) return false
  if (row.account_id !== null) return row.account_id === asker.accountId
  const hash = keyHash(asker.key)
  return hash !== null && row.key_hashes.some((known) => known.equals(hash))
}

/** The draft, if it is the asker's. One begun before signing in goes to the account with the first look at it. */
export async function openDraft(
  { db, keys, clock }: DraftContext,
  draftId: string,
  asker: Asker,
): Promise<Draft | undefined> {
  const row = await findDraft(db, draftId)
  if (!row || !isOf(row, asker, clock())) return undefined
  if (row.account_id === null && asker.accountId !== null && row.officer_id === null && row.mends_dossier_id === null) {
    await changeDraft(db, draftId, { account_id: asker.accountId })
    row.account_id = asker.accountId
  }
  return openContent(keys, row)
}

/** The asker's drafts that are not lodged, the newest first. */
export async function draftsOf({ db, keys, clock }: DraftContext, asker: Asker): Promise<Draft[]> {
  const hash = keyHash(asker.key)
  if (asker.accountId === null && hash === null) return []
  const rows = await listDrafts(db, { accountId: asker.accountId, keyHash: hash, now: clock() })
  return rows.map((row) => openContent(keys, row))
}

export type PartOutcome = Merged['outcome'] | 'closed'

/** Writes one part of a draft; `closed` once it is being lodged. */
export async function savePart(
  { db, keys, clock }: DraftContext,
  { draftId, days, ...sent }: Omit<Sent, 'now'> & { draftId: string; days: number },
): Promise<{ outcome: PartOutcome; content: DraftContent | null }> {
  return change({ db, keys, clock }, draftId, days, (content) => {
    const merged = mergePart(content, { ...sent, now: clock() })
    return { content: merged.content, outcome: merged.outcome }
  })
}

/** Changes what is not a part: the case, the authority, the language. */
export const changeContent = async (
  context: DraftContext,
  { draftId, days }: { draftId: string; days: number },
  edit: (content: DraftContent) => DraftContent,
): Promise<void> => {
  await change(context, draftId, days, (content) => ({ content: edit(content), outcome: 'saved' }))
}

async function change(
  { db, keys, clock }: DraftContext,
  draftId: string,
  days: number,
  edit: (content: DraftContent) => { content: DraftContent; outcome: Merged['outcome'] },
): Promise<{ outcome: PartOutcome; content: DraftContent | null }> {
  return db.transaction().execute(async (tx) => {
    const row = await lockDraft(tx, draftId)
    if (!row?.content || row.lodging_at !== null || row.lodged_at !== null) return { outcome: 'closed', content: null }
    const before = openContent(keys, row).content
    if (!before) return { outcome: 'closed', content: null }
    const { content, outcome } = edit(before)
    const now = clock()
    await changeDraft(tx, draftId, {
      content: sealContent(keys, content),
      revision: row.revision + 1,
      touched_at: now,
      expires_at: addMinutes(now, days * DAY),
    })
    return { outcome, content }
  })
}

/** A code by which the draft is opened on another device together with the telephone; each one replaces the one before. */
export async function makeResumeCode(
  { db, keys }: DraftContext,
  { draftId, phone }: { draftId: string; phone: string },
): Promise<string> {
  const code = resumeCode(randomBytes(12))
  await changeDraft(db, draftId, {
    resume_index: keys.blindIndex('draft-resume', code.replaceAll('-', '')),
    phone_index: keys.blindIndex('draft-phone', phoneDigits(phone)),
    wrong_guesses: 0,
  })
  return code
}

/** Digits only, the country code 84 written as 0. */
export const phoneDigits = (phone: string): string => phone.replace(/\D/g, '').replace(/^84/, '0')

/**
 * Opens a draft for another browser by code and telephone. A wrong code and a wrong telephone are told alike; after some
 * wrong telephones the code is worth nothing any more.
 */
export async function resumeDraft(
  { db, keys, clock }: DraftContext,
  { code, phone, key }: { code: string; phone: string; key: string },
): Promise<string | undefined> {
  const plain = readResumeCode(code)
  const digits = phoneDigits(phone)
  const row = plain && (await findDraftByCode(db, keys.blindIndex('draft-resume', plain)))
  if (!row || row.expires_at <= clock() || row.wrong_guesses >= MOST_GUESSES || row.account_id !== null)
    return undefined
  if (!digits || !row.phone_index?.equals(keys.blindIndex('draft-phone', digits))) {
    await changeDraft(db, row.draft_id, { wrong_guesses: row.wrong_guesses + 1 })
    return undefined
  }
  const hash = keyHash(key)
  if (hash && !row.key_hashes.some((known) => known.equals(hash)))
    await changeDraft(db, row.draft_id, {
      key_hashes: [...row.key_hashes, hash].slice(-MOST_BROWSERS),
      wrong_guesses: 0,
    })
  return row.draft_id
}
